"""Where Alembic finds the connection that `db.migrate` holds and the tables as they are defined now."""

import importlib

from alembic import context

from db.base import Base
from db.migrate import only_defined

attributes = context.config.attributes
metadata = attributes.get("metadata")
if metadata is None:
    importlib.import_module("db.models")
    metadata = Base.metadata

# The transaction is the caller's: it began with BEGIN IMMEDIATE, so that a killed migration leaves nothing behind.
context.configure(
    connection=attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
    include_name=only_defined(attributes["connection"]),
    user_module_prefix="db.base.",
)
context.run_migrations()
