"""How a row points at another row of its own hall."""

from sqlalchemy import ForeignKeyConstraint


def to(table: str, column: str, key: str = "id") -> ForeignKeyConstraint:
    """Return the rule that the column names a row of that table in the same hall."""
    return ForeignKeyConstraint(["hall_id", column], [f"{table}.hall_id", f"{table}.{key}"])


def to_hall() -> ForeignKeyConstraint:
    """Return the rule that the hall exists."""
    return ForeignKeyConstraint(["hall_id"], ["hall.id"])
