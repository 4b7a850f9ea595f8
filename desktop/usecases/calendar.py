"""The hall's calendar: holidays, make-up days, and what the administrator changes of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, delete, insert, update

from db.models import CalendarDay, CalendarYear, Hall
from db.queries.calendar import DayRow, calendar_days, published_years
from db.queries.halls import hall_row
from desktop.cleaning import TextFault, clean_line
from desktop.usecases.context import Context
from desktop.usecases.permissions import Permission
from desktop.usecases.refused import Refused
from desktop.usecases.topics import Topic
from desktop.workflow.calendars import DayKind, WorkCalendar, from_rows

__all__ = ["DayRow", "DaySpan", "SetDay", "calendar_of", "list_days", "seed_calendar", "set_day", "work_calendar"]

OF_THE_HALL: Final = "hall"
"""The source of a day that the hall set itself."""


@dataclass(frozen=True)
class DaySpan:
    """The days asked for, both ends included."""

    first: date
    last: date


@dataclass(frozen=True)
class SetDay:
    """A day as it is to be from now on; kind None puts it back into the ordinary week."""

    day: date
    kind: DayKind | None
    name: str = ""
    source: str = OF_THE_HALL


def list_days(context: Context, query: DaySpan) -> tuple[DayRow, ...]:
    """Give the days of a span that differ from the ordinary week."""
    context.require(Permission.SEE_HALL)
    return calendar_days(context.connection, context.hall_id, query.first, query.last)


def set_day(context: Context, command: SetDay) -> None:
    """Make a day rest, work or make up for a holiday; due dates are counted anew from then on."""
    context.require(Permission.EDIT_CALENDAR)
    hall_id = context.hall_id
    weekend = command.day.weekday() >= 5
    if command.kind is DayKind.MAKEUP and not weekend:
        raise Refused("makeup_on_a_weekday", day=command.day)
    try:
        name, source = clean_line(command.name), clean_line(command.source)
    except TextFault as fault:
        raise Refused(fault.code, **fault.values) from None
    connection = context.connection
    connection.execute(delete(CalendarDay).where(CalendarDay.hall_id == hall_id, CalendarDay.day == command.day))
    if command.kind is not None:
        row = {"day": command.day, "kind": command.kind.value, "name": name, "source": source}
        connection.execute(insert(CalendarDay), {"hall_id": hall_id, **row})
    _count_revision(context)
    kind = command.kind and command.kind.value
    context.record("calendar_changed", Topic.CALENDAR, data={"day": command.day.isoformat(), "kind": kind})


def work_calendar(context: Context) -> WorkCalendar:
    """Build the calendar that limits are counted on from the hall's own rows."""
    return calendar_of(context.connection, context.hall_id)


def calendar_of(connection: Connection, hall_id: UUID) -> WorkCalendar:
    """Build the calendar of a hall from its rows."""
    rows = [
        {"date": row.day.isoformat(), "kind": row.kind, "name": row.name, "source": row.source}
        for row in calendar_days(connection, hall_id)
    ]
    return from_rows(rows, published_years(connection, hall_id))


def seed_calendar(context: Context, days: Iterable[Mapping[str, str]], years: Iterable[int]) -> None:
    """Give a new hall the shipped days: rows of date, kind, name, source, and the years whose notice is known."""
    hall = {"hall_id": context.hall_id}
    rows = [
        {**hall, "day": date.fromisoformat(row["date"]), "kind": DayKind(row["kind"]).value,
         "name": row["name"], "source": row["source"]}
        for row in days
    ]  # fmt: skip
    if rows:
        context.connection.execute(insert(CalendarDay), rows)
    known = [{**hall, "year": year} for year in sorted(set(years))]
    if known:
        context.connection.execute(insert(CalendarYear), known)


def _count_revision(context: Context) -> None:
    """Say in the hall's settings that the calendar is another one, so that every seat builds it anew."""
    hall = hall_row(context.connection, context.hall_id)
    settings = {} if hall is None else hall.settings
    changed = {**settings, "calendar": int(settings.get("calendar", 0)) + 1}
    context.connection.execute(update(Hall).where(Hall.id == context.hall_id).values(settings=changed))
