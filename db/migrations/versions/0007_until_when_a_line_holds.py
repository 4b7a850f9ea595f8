"""Until when the lines of a request hold by themselves: the day after, what has run out since is found by it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
minimum_seat = 1
"""An older seat does not write the day; a newer one beside it finds the request on the day written last."""

_NAME = "ix_request_holds_until"
_ONCE = sa.text("UPDATE request SET holds_until = '1970-01-01' WHERE status = 'open' AND demand IS NOT NULL")
"""Nobody knows of what is open until when it holds: all of it is planned once, on the first day."""


def upgrade() -> None:
    op.add_column("request", sa.Column("holds_until", sa.Date(), nullable=True))
    there = sa.text("holds_until IS NOT NULL")
    op.create_index(_NAME, "request", ["hall_id", "holds_until"], sqlite_where=there, postgresql_where=there)
    op.execute(_ONCE)


def downgrade() -> None:
    op.drop_index(_NAME, "request")
    op.drop_column("request", "holds_until")
