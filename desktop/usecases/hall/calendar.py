"""The hall's calendar: holidays, make-up days, and what the administrator changes of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, delete, insert

from db.models import CalendarDay, CalendarYear
from db.queries.calendar import DayRow, calendar_days, published_years
from desktop.authoring import shipped_calendar
from desktop.cleaning import TextFault, clean_line
from desktop.usecases.context import Context
from desktop.usecases.hall.hall_settings import change_settings, held_settings
from desktop.usecases.permissions import Permission
from desktop.usecases.refused import Refused
from desktop.usecases.topics import Topic
from desktop.workflow.time.calendars import DayKind, WorkCalendar, from_rows

__all__ = [
    "CalendarEdit", "CalendarYearRow", "DayRow", "PublishYear", "YearView", "calendar_after", "calendar_of",
    "edit_calendar", "publish_year", "see_year", "seed_calendar",
]  # fmt: skip

OF_THE_HALL: Final = "hall"
"""The source of a day that the hall set itself."""
OF_THE_STATE: Final = "state_council"
"""The source of a day that the yearly notice of the State Council sets."""
LONGEST_EDIT: Final = 31


@dataclass(frozen=True)
class CalendarEdit:
    """Days as they are to be from now on, both ends included."""

    first: date
    last: date
    working: bool | None
    """Whether the hall works; None takes back what was set here, so that the days are as published."""
    name: str = ""
    """The holiday, or why the hall itself decided so."""
    source: str = OF_THE_HALL


@dataclass(frozen=True)
class PublishYear:
    """Whether all days of a year's notice are in the calendar, so that its dates are no longer estimated."""

    year: int
    published: bool = True


@dataclass(frozen=True)
class CalendarYearRow:
    """A day of a year that differs from the ordinary week, and whether it is as the program came with it."""

    day: date
    kind: DayKind
    name: str
    source: str
    shipped: bool


@dataclass(frozen=True)
class YearView:
    """One year of the calendar."""

    year: int
    published: bool
    days: tuple[CalendarYearRow, ...]
    today: date
    shipped: bool
    """Whether the notice came with the program."""


def see_year(context: Context, asked: int | None) -> YearView:
    """Show a year, or this one: the days that differ from the ordinary week, and whether its notice is known."""
    context.require(Permission.SEE_HALL)
    year = context.today.year if asked is None else asked
    rows = calendar_days(context.connection, context.hall_id, date(year, 1, 1), date(year, 12, 31))
    known = published_years(context.connection, context.hall_id)
    shipped = year in shipped_calendar().published
    return YearView(year, year in known, tuple(_year_row(row) for row in rows), context.today, shipped)


def edit_calendar(context: Context, edit: CalendarEdit) -> None:
    """Set days as the hall decided or as a notice says, or take back what was set; due dates follow from then on.

    Refused days_reversed, too_many_days (most), reason_missing, or the faults of texts.
    """
    context.require(Permission.EDIT_CALENDAR)
    connection, hall_id = context.connection, context.hall_id
    rows = edited_days(edit)
    within = CalendarDay.hall_id == hall_id, CalendarDay.day >= edit.first, CalendarDay.day <= edit.last
    connection.execute(delete(CalendarDay).where(*within))
    if rows:
        named = [{"day": row.day, "kind": row.kind, "name": row.name, "source": row.source} for row in rows]
        connection.execute(insert(CalendarDay), [{"hall_id": hall_id, **row} for row in named])
    _count_revision(context)
    span = {"day": edit.first.isoformat(), "last": edit.last.isoformat(), "working": edit.working}
    context.record("calendar_changed", Topic.CALENDAR, data=span)


def publish_year(context: Context, command: PublishYear) -> None:
    """Say that the notice of a year is in the calendar, or that it was not after all. Refused year_shipped."""
    context.require(Permission.EDIT_CALENDAR)
    if not command.published and command.year in shipped_calendar().published:
        raise Refused("year_shipped", year=command.year)
    one = CalendarYear.hall_id == context.hall_id, CalendarYear.year == command.year
    context.connection.execute(delete(CalendarYear).where(*one))
    if command.published:
        context.connection.execute(insert(CalendarYear), {"hall_id": context.hall_id, "year": command.year})
    _count_revision(context)
    data = {"year": command.year, "published": command.published}
    context.record("calendar_year_published", Topic.CALENDAR, data=data)


def edited_days(edit: CalendarEdit) -> tuple[DayRow, ...]:
    """Give the rows an edit leaves in place of those of its days; see `edit_calendar` for what is refused."""
    if edit.last < edit.first:
        raise Refused("days_reversed")
    number = (edit.last - edit.first).days + 1
    if number > LONGEST_EDIT:
        raise Refused("too_many_days", most=LONGEST_EDIT)
    days = [edit.first + timedelta(days=at) for at in range(number)]
    if edit.working is None:
        return tuple(row for row in (_shipped(day) for day in days) if row is not None)
    try:
        name, source = clean_line(edit.name), clean_line(edit.source)
    except TextFault as fault:
        raise Refused(fault.code, **fault.values) from None
    if not name:
        raise Refused("reason_missing")
    return tuple(DayRow(day, _kind(day, working=edit.working).value, name, source) for day in days)


def calendar_after(connection: Connection, hall_id: UUID, edit: CalendarEdit) -> WorkCalendar:
    """Build the calendar as it would be after an edit; nothing is written."""
    kept = [row for row in calendar_days(connection, hall_id) if not edit.first <= row.day <= edit.last]
    return _calendar([*kept, *edited_days(edit)], published_years(connection, hall_id))


def calendar_of(connection: Connection, hall_id: UUID) -> WorkCalendar:
    """Build the calendar of a hall from its rows."""
    return _calendar(calendar_days(connection, hall_id), published_years(connection, hall_id))


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


def _calendar(days: Iterable[DayRow], published: Iterable[int]) -> WorkCalendar:
    rows = [
        {"date": row.day.isoformat(), "kind": row.kind, "name": row.name, "source": row.source}
        for row in sorted(days, key=lambda row: row.day)
    ]
    return from_rows(rows, published)


def _year_row(row: DayRow) -> CalendarYearRow:
    return CalendarYearRow(row.day, DayKind(row.kind), row.name, row.source, row == _shipped(row.day))


def _shipped(day: date) -> DayRow | None:
    """Return a day as the program came with it, None where it follows the ordinary week."""
    known = shipped_calendar().exception(day)
    return None if known is None else DayRow(day, known.kind.value, known.name, known.source)


def _kind(day: date, *, working: bool) -> DayKind:
    if not working:
        return DayKind.REST
    return DayKind.MAKEUP if day.weekday() >= 5 else DayKind.WORKING


def _count_revision(context: Context) -> None:
    """Say in the hall's settings that the calendar is another one, so that every seat builds it anew."""
    change_settings(context, {"calendar": int(held_settings(context).get("calendar", 0)) + 1})
