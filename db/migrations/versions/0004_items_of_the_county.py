"""Items of the county: plain items beside the shipped catalogue, as the county's list says them."""

import sqlalchemy as sa
from alembic import op

import db.base

revision = "0004"
down_revision = "0003"
minimum_seat = 1
"""An older seat does not offer these items; what was logged of them it shows by their title."""


def upgrade() -> None:
    op.create_table(
        "hall_item",
        sa.Column("hall_id", db.base.Identifier(), nullable=False),
        sa.Column("id", db.base.Identifier(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("source_code", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("main_item", sa.Text(), nullable=True),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("procedure", sa.Text(), nullable=False),
        sa.Column("instant", sa.Boolean(), nullable=False),
        sa.Column("statutory", sa.Text(), nullable=True),
        sa.Column("promised", sa.Text(), nullable=True),
        sa.Column("checklist", db.base.JSON_TYPE, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("added_at", db.base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("added_by", db.base.Identifier(), nullable=True),
        sa.Column("changed_at", db.base.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_hall_item_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["hall_id", "department"],
            ["department.hall_id", "department.code"],
            name=op.f("fk_hall_item_hall_id_department_department"),
        ),
        sa.ForeignKeyConstraint(
            ["hall_id", "added_by"],
            ["account.hall_id", "account.id"],
            name=op.f("fk_hall_item_hall_id_added_by_account"),
        ),
        sa.PrimaryKeyConstraint("hall_id", "id", name=op.f("pk_hall_item")),
        sa.UniqueConstraint("hall_id", "code", name=op.f("uq_hall_item_hall_id_code")),
    )


def downgrade() -> None:
    op.drop_table("hall_item")
