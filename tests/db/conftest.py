"""The records the tests of the storage ground work on."""

from tests.databases import database, empty_url, postgres_database, postgres_place, sqlite_database

__all__ = ["database", "empty_url", "postgres_database", "postgres_place", "sqlite_database"]
