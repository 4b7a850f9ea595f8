"""${message}."""

import db.base
import sqlalchemy as sa
from alembic import op
${imports + chr(10) if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
minimum_seat = 1
"""The oldest form a seat must know to go on working with this one (expand first, contract later)."""


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
