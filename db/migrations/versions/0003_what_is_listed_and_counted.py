"""What is listed and counted: indexes for the filters of the list of requests and the figures of the overview."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
minimum_seat = 1
"""The oldest form a seat must know to go on working with this one (expand first, contract later)."""

_PLAIN = (
    ("request", ("status", "opened_at")),
    ("request", ("status", "next_actor", "opened_by")),
    ("request", ("opened_by", "opened_at")),
    ("request", ("demand", "opened_at")),
    ("request", ("channel", "opened_at")),
    ("task", ("state", "request_id")),
    ("task", ("department", "state", "due")),
)
_ACTS = ("supplement", "not_ours", "suspend")
_PARTIAL = (
    ("ix_paper_promised", "paper", "promise_due", "promise_due IS NOT NULL"),
    ("ix_task_begun_again", "task", "request_id", "round > 1"),
)


def upgrade() -> None:
    for table, columns in _PLAIN:
        op.create_index(_name(table, columns), table, ["hall_id", *columns])
    for name, table, column, where in _PARTIAL:
        said = sa.text(where)
        op.create_index(name, table, ["hall_id", column], sqlite_where=said, postgresql_where=said)
    for act in _ACTS:
        op.create_index(
            f"ix_event_{act}",
            "event",
            ["hall_id", "request_id", "seq"],
            sqlite_where=sa.text(f"kind = 'act' AND json_extract(data, '$.act') = '{act}'"),
            postgresql_where=sa.text(f"kind = 'act' AND data ->> 'act' = '{act}'"),
        )


def downgrade() -> None:
    for act in _ACTS:
        op.drop_index(f"ix_event_{act}", "event")
    for name, table, *_rest in reversed(_PARTIAL):
        op.drop_index(name, table)
    for table, columns in reversed(_PLAIN):
        op.drop_index(_name(table, columns), table)


def _name(table: str, columns: tuple[str, ...]) -> str:
    return op.f("_".join(("ix", table, "hall_id", *columns)))
