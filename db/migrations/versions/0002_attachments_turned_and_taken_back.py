"""Attachments: who added each, whether it is whole, how it is turned, and when it was taken back."""

import sqlalchemy as sa
from alembic import op

import db.base

revision = "0002"
down_revision = "0001"
minimum_seat = 1
"""An older seat knows no attachments; it goes on beside this one."""


def upgrade() -> None:
    with op.batch_alter_table("attachment") as table:
        table.add_column(sa.Column("added_by", db.base.Identifier(), nullable=True))
        table.add_column(sa.Column("finished_at", db.base.UtcDateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("turned", db.base.INTEGER_TYPE, server_default="0", nullable=False))
        table.add_column(sa.Column("removed_at", db.base.UtcDateTime(timezone=True), nullable=True))
        table.create_foreign_key(
            op.f("fk_attachment_hall_id_added_by_account"), "account", ["hall_id", "added_by"], ["hall_id", "id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("attachment") as table:
        table.drop_constraint(op.f("fk_attachment_hall_id_added_by_account"), type_="foreignkey")
        for column in ("removed_at", "turned", "finished_at", "added_by"):
            table.drop_column(column)
