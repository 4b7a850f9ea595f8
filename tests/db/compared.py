"""The tables as they were migrated beside the tables as they are defined."""

from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData

from db.migrate import only_defined


def differences(connection: Connection, metadata: MetaData) -> list[Any]:
    """Return how the tables as migrated differ from the tables as defined; empty when they agree."""
    options = {"compare_type": True, "include_name": only_defined(connection)}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))
