"""Until when a request's papers were promised: one that is owing past its day is found, and shows in the list."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
minimum_seat = 1
"""An older seat does not write the day; what it changes is written with the next act on a newer one."""

_NAME, _OLD = "ix_request_promise_due", "ix_paper_promised"
_ONCE = sa.text("UPDATE request SET holds_until = '1970-01-01' WHERE status = 'open' AND demand IS NOT NULL")
"""Which promise still counts only a plan knows: what is open is planned once, on the first day."""


def upgrade() -> None:
    op.add_column("request", sa.Column("promise_due", sa.Date(), nullable=True))
    there = sa.text("promise_due IS NOT NULL")
    op.create_index(_NAME, "request", ["hall_id", "promise_due"], sqlite_where=there, postgresql_where=there)
    op.drop_index(_OLD, "paper")
    op.execute(_ONCE)


def downgrade() -> None:
    there = sa.text("promise_due IS NOT NULL")
    op.create_index(_OLD, "paper", ["hall_id", "promise_due"], sqlite_where=there, postgresql_where=there)
    op.drop_index(_NAME, "request")
    op.drop_column("request", "promise_due")
