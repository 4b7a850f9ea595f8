"""What the log and the records say of a moment, for a backup: what was done since, and what lies in a copy."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, func, select

from db.models import Event, Hall
from db.models.request import Request


def looked_into(connection: Connection) -> tuple[str, int]:
    """Give the name of the hall whose records these are, and how many requests they hold."""
    name = connection.scalar(select(Hall.name_zh).order_by(Hall.founded_at, Hall.id).limit(1))
    return name or "", connection.execute(select(func.count()).select_from(Request)).scalar_one()


def last_recorded(connection: Connection) -> datetime | None:
    """Give the moment of the last act in the records, of whatever hall."""
    return connection.scalar(select(func.max(Event.recorded_at)))


def last_recorded_since(connection: Connection, hall_id: UUID, moment: datetime) -> datetime | None:
    """Give the moment of a hall's last act after a moment."""
    return connection.scalar(
        select(func.max(Event.recorded_at)).where(Event.hall_id == hall_id, Event.recorded_at > moment)
    )


def count_acts(connection: Connection, hall_id: UUID, besides: Collection[str], since: datetime | None) -> int:
    """Count a hall's acts after a moment, besides these kinds and looks."""
    counted = Event.kind.not_in(besides), Event.kind.not_like("%\\_seen", escape="\\")
    asked = select(func.count()).where(Event.hall_id == hall_id, *counted)
    if since is not None:
        asked = asked.where(Event.recorded_at > since)
    return int(connection.execute(asked).scalar_one())


def count_requests(connection: Connection, hall_id: UUID, since: datetime) -> int:
    """Count a hall's requests opened after a moment."""
    asked = select(func.count()).where(Request.hall_id == hall_id, Request.opened_at > since)
    return int(connection.execute(asked).scalar_one())
