"""What somebody already has: an index from a subject to the items done for it, read with every new request."""

from alembic import op

revision = "0006"
down_revision = "0005"
minimum_seat = 1
"""The oldest form a seat must know to go on working with this one (expand first, contract later)."""

_NAME = "ix_task_hall_id_subject_state"


def upgrade() -> None:
    op.create_index(op.f(_NAME), "task", ["hall_id", "subject", "state"])


def downgrade() -> None:
    op.drop_index(op.f(_NAME), "task")
