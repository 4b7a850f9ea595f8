"""Needs that have become a request; and nobody is called by a role any more, who gave no name has none."""

import sqlalchemy as sa
from alembic import op

import db.base

revision = "0005"
down_revision = "0004"
minimum_seat = 1
"""An older seat does not know which request a need has become; it goes on beside this one."""

_NAMED_BY_ROLE = sa.text(
    "UPDATE subject SET name = '' WHERE provisional AND no_identifier IS NULL AND phone IS NULL AND birth IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM identifier AS number"
    " WHERE number.hall_id = subject.hall_id AND number.subject_id = subject.id)"
)
"""Only whom nobody had named was put on file without a number and without the reason why there is none."""


def upgrade() -> None:
    with op.batch_alter_table("unmet_need") as table:
        table.add_column(sa.Column("request_id", db.base.Identifier(), nullable=True))
        table.create_foreign_key(
            op.f("fk_unmet_need_hall_id_request_id_request"), "request", ["hall_id", "request_id"], ["hall_id", "id"]
        )
    op.execute(_NAMED_BY_ROLE)


def downgrade() -> None:
    with op.batch_alter_table("unmet_need") as table:
        table.drop_constraint(op.f("fk_unmet_need_hall_id_request_id_request"), type_="foreignkey")
        table.drop_column("request_id")
