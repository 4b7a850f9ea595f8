"""The hall's own row, its departments and counters, and who stands behind a session."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from db.models import Account, Counter, Department, Hall, Signing


@dataclass(frozen=True)
class HallRow:
    """A hall."""

    id: UUID
    name_zh: str
    name_en: str
    division: str | None
    sample: bool
    settings: dict[str, Any]


@dataclass(frozen=True)
class DepartmentRow:
    """A department of the hall."""

    id: UUID
    code: str
    name_zh: str
    name_en: str
    active: bool


@dataclass(frozen=True)
class CounterRow:
    """A counter of the hall."""

    id: UUID
    code: str
    name: str
    department: str | None
    active: bool


@dataclass(frozen=True)
class Standing:
    """What a session rests on now: the stay at the seat, the account, and the hall's settings."""

    began: datetime
    ended: datetime | None
    active: bool
    name: str
    roles: list[str]
    department: str | None
    approver: bool
    settings: dict[str, Any]


_HALL = select(Hall.id, Hall.name_zh, Hall.name_en, Hall.division, Hall.sample, Hall.settings)
_STANDING = select(
    Signing.began, Signing.ended, Account.active, Account.name, Account.roles, Account.department, Account.approver,
    Hall.settings,
).select_from(Signing).join(
    Account, (Account.hall_id == Signing.hall_id) & (Account.id == Signing.account_id)
).join(Hall, Hall.id == Signing.hall_id)  # fmt: skip
_THIS_HALL = _HALL.where(Hall.id == bindparam("hall"))
_THIS_STANDING = _STANDING.where(Signing.hall_id == bindparam("hall"), Signing.id == bindparam("signing"))
_COUNTERS = (
    select(Counter.id, Counter.code, Counter.name, Counter.department, Counter.active)
    .where(Counter.hall_id == bindparam("hall"))
    .order_by(Counter.code)
)


def first_hall(connection: Connection) -> HallRow | None:
    """Return the hall of these records, the first founded one where a server has several."""
    row = connection.execute(_HALL.order_by(Hall.founded_at, Hall.id).limit(1)).first()
    return None if row is None else HallRow(*row)


def hall_row(connection: Connection, hall_id: UUID) -> HallRow | None:
    """Return one hall."""
    row = connection.execute(_THIS_HALL, {"hall": hall_id}).first()
    return None if row is None else HallRow(*row)


def standing(connection: Connection, hall_id: UUID, signing_id: UUID) -> Standing | None:
    """Return what a session rests on, or None when there never was such a stay."""
    row = connection.execute(_THIS_STANDING, {"hall": hall_id, "signing": signing_id}).first()
    return None if row is None else Standing(*row)


def departments(connection: Connection, hall_id: UUID) -> tuple[DepartmentRow, ...]:
    """Return the hall's departments by code."""
    asked = select(Department.id, Department.code, Department.name_zh, Department.name_en, Department.active)
    rows = connection.execute(asked.where(Department.hall_id == hall_id).order_by(Department.code))
    return tuple(DepartmentRow(*row) for row in rows)


def counters(connection: Connection, hall_id: UUID) -> tuple[CounterRow, ...]:
    """Return the hall's counters by code."""
    return tuple(CounterRow(*row) for row in connection.execute(_COUNTERS, {"hall": hall_id}))


def hold_settings(connection: Connection, hall_id: UUID) -> dict[str, Any]:
    """Give a hall's settings and keep them from everybody else until the transaction ends."""
    settings: dict[str, Any] = connection.execute(
        select(Hall.settings).where(Hall.id == hall_id).with_for_update()
    ).scalar_one()
    return settings
