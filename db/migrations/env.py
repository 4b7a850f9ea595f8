"""Where Alembic finds the connection that `db.migrate` holds and the tables as they are defined now."""

from typing import Literal

from alembic import context

from db import base
from db.migrate import definitions, only_defined


def named_type(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write the types that differ between the stores by the name they have in `db.base`."""
    same = (
        name for name in ("JSON_TYPE", "INTEGER_TYPE") if kind == "type" and repr(item) == repr(getattr(base, name))
    )
    return next((f"db.base.{name}" for name in same), False)


attributes = context.config.attributes

# The transaction is the caller's: it began with BEGIN IMMEDIATE, so that a killed migration leaves nothing behind.
context.configure(
    connection=attributes["connection"],
    target_metadata=attributes["metadata"] or definitions(),
    render_as_batch=True,
    compare_type=True,
    include_name=only_defined(attributes["connection"]),
    render_item=named_type,
    user_module_prefix="db.base.",
)
context.run_migrations()
