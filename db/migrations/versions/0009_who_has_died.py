"""Who has died: an index of the few facts that say so, so that what the dead still have open is found by it."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
minimum_seat = 1
"""An older seat writes the same facts; the index follows by itself."""

_NAME = "ix_fact_of_death"


def upgrade() -> None:
    told = sa.text("code = 'death_date'")
    op.create_index(_NAME, "fact", ["hall_id", "subject_id"], sqlite_where=told, postgresql_where=told)


def downgrade() -> None:
    op.drop_index(_NAME, "fact")
