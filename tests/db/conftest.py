"""The records the tests of the storage ground work on."""

from tests.databases import database, postgres_database, postgres_place, sqlite_database

__all__ = ["database", "postgres_database", "postgres_place", "sqlite_database"]
