"""The days and years of the hall's calendar."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, select

from db.models import CalendarDay, CalendarYear


@dataclass(frozen=True)
class DayRow:
    """A day that differs from the ordinary week."""

    day: date
    kind: str
    name: str
    source: str


def calendar_days(
    connection: Connection, hall_id: UUID, first: date = date.min, last: date = date.max
) -> tuple[DayRow, ...]:
    """Return the days from first through last that differ from the ordinary week, in order."""
    asked = select(CalendarDay.day, CalendarDay.kind, CalendarDay.name, CalendarDay.source)
    within = CalendarDay.hall_id == hall_id, CalendarDay.day >= first, CalendarDay.day <= last
    return tuple(DayRow(*row) for row in connection.execute(asked.where(*within).order_by(CalendarDay.day)))


def published_years(connection: Connection, hall_id: UUID) -> frozenset[int]:
    """Return the years whose holiday notice is in the calendar."""
    return frozenset(connection.execute(select(CalendarYear.year).where(CalendarYear.hall_id == hall_id)).scalars())
