"""The hall itself: founding it, its departments and its counters."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import insert, update

from db.ids import new_id
from db.models import Counter, Department, Hall
from db.queries.halls import CounterRow, DepartmentRow, counters, departments, first_hall
from db.queries.stays import open_stays
from desktop.cleaning import TextFault, clean_code, clean_name
from desktop.identity import divisions
from desktop.usecases.context import Context
from desktop.usecases.hall.accounts import NewAccount, open_account
from desktop.usecases.hall.calendar import seed_calendar
from desktop.usecases.hall.name_order import name_order
from desktop.usecases.perform import LONGEST_STAY
from desktop.usecases.permissions import Permission, Role
from desktop.usecases.refused import Refused
from desktop.usecases.topics import Topic
from desktop.workflow.time.calendars import WorkCalendar

__all__ = [
    "CounterForm",
    "CounterRow",
    "DepartmentForm",
    "DepartmentRow",
    "FoundHall",
    "Founded",
    "HallStatus",
    "found_hall",
    "hall_status",
    "list_counters",
    "list_departments",
    "save_counter",
    "save_department",
]


@dataclass(frozen=True, repr=False)
class FoundHall:
    """An empty hall to be, with its first administrator."""

    name_zh: str
    administrator_login: str
    administrator_name: str
    password: str
    name_en: str = ""
    division: str | None = None
    zone: str = "Asia/Shanghai"
    sample: bool = False
    calendar: WorkCalendar | None = None
    """The days to begin with; None takes the calendar the program came with."""


@dataclass(frozen=True)
class Founded:
    """A hall that has just been founded."""

    hall_id: UUID
    administrator_id: UUID


@dataclass(frozen=True)
class HallStatus:
    """Whether there is a hall, which one, and whether it is there for practice only."""

    hall_id: UUID | None
    name_zh: str = ""
    name_en: str = ""
    division: str | None = None
    sample: bool = False

    @property
    def founded(self) -> bool:
        """Return whether there is a hall."""
        return self.hall_id is not None


@dataclass(frozen=True)
class DepartmentForm:
    """A department as it is to be, new or changed by its code."""

    code: str
    name_zh: str
    name_en: str = ""
    active: bool = True


@dataclass(frozen=True)
class CounterForm:
    """A counter as it is to be, new or changed by its code; without a department it is integrated."""

    code: str
    name: str
    department: str | None = None
    active: bool = True


def hall_status(context: Context, _query: None = None) -> HallStatus:
    """Say whether there is a hall; anybody may ask."""
    row = first_hall(context.connection)
    if row is None:
        return HallStatus(None)
    return HallStatus(row.id, row.name_zh, row.name_en, row.division, row.sample)


def found_hall(context: Context, command: FoundHall) -> Founded:
    """Found an empty hall with an administrator, the catalogue's departments and the shipped calendar.

    Refused hall_exists, unknown_division, unknown_zone, and the faults of names and passwords.
    """
    if first_hall(context.connection) is not None:
        raise Refused("hall_exists")
    if command.division is not None and command.division not in divisions():
        raise Refused("unknown_division", division=command.division)
    _check_zone(command.zone)
    name_zh = _name(command.name_zh)
    context.hall = new_id()
    row = {
        "id": context.hall, "name_zh": name_zh, "name_en": _name(command.name_en or name_zh),
        "division": command.division, "sample": command.sample, "settings": {"zone": command.zone, "calendar": 1},
        "founded_at": context.now,
    }  # fmt: skip
    context.connection.execute(insert(Hall), row)
    _seed_departments(context)
    _seed_days(context, command.calendar or context.calendar)
    context.record("hall_founded", *Topic, data={"catalogue": context.catalogue.version})
    return Founded(context.hall, open_account(context, _administrator(command)))


def list_departments(context: Context, _query: None = None) -> tuple[DepartmentRow, ...]:
    """Give the hall's departments by name, closed ones too."""
    context.require(Permission.SEE_HALL)
    rows = departments(context.connection, context.hall_id)
    return tuple(sorted(rows, key=lambda row: name_order(row.name_zh)))


def list_counters(context: Context, _query: None = None) -> tuple[CounterRow, ...]:
    """Give the hall's counters, closed ones too; the sign-in page asks before anybody is signed in."""
    return counters(context.connection, context.hall_id) if context.hall is not None else ()


def save_department(context: Context, command: DepartmentForm) -> None:
    """Add a department or change the one of this code; a code is never changed, and nothing is deleted."""
    context.require(Permission.EDIT_DEPARTMENTS)
    code = _code(command.code)
    name = _name(command.name_zh)
    values = {"name_zh": name, "name_en": _name(command.name_en or name), "active": command.active}
    one = Department.hall_id == context.hall_id, Department.code == code
    if not context.connection.execute(update(Department).where(*one).values(**values)).rowcount:
        context.connection.execute(insert(Department), {"hall_id": context.hall_id, "code": code, **values})
    context.record("department_saved", Topic.SETTINGS, data={"department": code, "active": command.active})


def save_counter(context: Context, command: CounterForm) -> None:
    """Add a counter or change the one of this code. Refused unknown_department, counter_in_use (name)."""
    context.require(Permission.EDIT_COUNTERS)
    code = _code(command.code)
    if not command.active:
        _nobody_sits_at(context, code)
    known = {row.code for row in departments(context.connection, context.hall_id) if row.active}
    if command.department is not None and command.department not in known:
        raise Refused("unknown_department", department=command.department)
    values = {"name": _name(command.name), "department": command.department, "active": command.active}
    one = Counter.hall_id == context.hall_id, Counter.code == code
    if not context.connection.execute(update(Counter).where(*one).values(**values)).rowcount:
        context.connection.execute(insert(Counter), {"hall_id": context.hall_id, "code": code, **values})
    context.record("counter_saved", Topic.SETTINGS, data={"counter": code, "active": command.active})


def _nobody_sits_at(context: Context, counter: str) -> None:
    """Refuse to close a counter under somebody's hands."""
    stays = open_stays(context.connection, context.hall_id, context.now - LONGEST_STAY)
    name = next((stay.name for stay in stays if stay.counter == counter), None)
    if name is not None:
        raise Refused("counter_in_use", name=name)


def _administrator(command: FoundHall) -> NewAccount:
    roles = frozenset({Role.ADMINISTRATOR})
    return NewAccount(
        command.administrator_login, command.administrator_name, command.password, roles, training=command.sample
    )


def _seed_departments(context: Context) -> None:
    rows = [
        {"hall_id": context.hall_id, "code": each.code, "name_zh": each.name.zh, "name_en": each.name.en,
         "active": True}
        for each in context.catalogue.departments.values()
    ]  # fmt: skip
    if rows:
        context.connection.execute(insert(Department), rows)


def _seed_days(context: Context, calendar: WorkCalendar) -> None:
    """Write the days of every published year that differ from the ordinary week."""
    rows = []
    for year in sorted(calendar.published):
        first = date(year, 1, 1)
        for day in (first + timedelta(days=number) for number in range(366)):
            exceptional = calendar.exception(day)
            if exceptional is not None and day.year == year:
                rows.append(
                    {"date": day.isoformat(), "kind": exceptional.kind.value, "name": exceptional.name,
                     "source": exceptional.source}
                )  # fmt: skip
    seed_calendar(context, rows, calendar.published)


def _check_zone(zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Refused("unknown_zone", zone=zone) from None


def _name(typed: str) -> str:
    try:
        name = clean_name(typed)
    except TextFault as fault:
        raise Refused(fault.code, **fault.values) from None
    if not name:
        raise Refused("name_missing")
    return name


def _code(typed: str) -> str:
    """Return a code with its letters as typed: the catalogue's codes are small, counters' often capital."""
    try:
        clean_code(typed)
    except TextFault as fault:
        raise Refused(fault.code, **fault.values) from None
    code = "".join(typed.split())
    if not code or not code.isprintable():
        raise Refused("code_missing")
    return code
