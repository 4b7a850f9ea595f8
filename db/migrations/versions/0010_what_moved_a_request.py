"""What elsewhere has moved a request that is only planned anew later: its history says so then, if it is another."""

import sqlalchemy as sa
from alembic import op

from db.base import JSON_TYPE

revision = "0010"
down_revision = "0009"
minimum_seat = 1
"""An older seat plans such a request anew without saying why; a newer one beside it still says it."""


def upgrade() -> None:
    op.add_column("request", sa.Column("moved_by", JSON_TYPE, nullable=True))


def downgrade() -> None:
    op.drop_column("request", "moved_by")
