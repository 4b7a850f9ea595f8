"""A small hall on both kinds of store, with an account of each role and a clock that stands until it is moved."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from argon2 import PasswordHasher

from db.open import Database
from desktop.usecases.context import Session
from desktop.usecases.hall import passwords
from desktop.usecases.hall.accounts import NewAccount, add_account
from desktop.usecases.hall.halls import CounterForm, FoundHall, found_hall, save_counter
from desktop.usecases.hall.signing_in import SignIn, sign_in
from desktop.usecases.perform import Performer
from desktop.usecases.permissions import Role
from desktop.workflow.catalogue.definitions import Catalogue, Department, Text
from desktop.workflow.time.calendars import DayKind, ExceptionalDay, WorkCalendar
from tests.databases import database, empty_url, postgres_database, postgres_place, sqlite_database

__all__ = ["database", "empty_url", "postgres_database", "postgres_place", "sqlite_database"]

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
MORNING: Final = datetime(2026, 3, 2, 9, 30, tzinfo=SHANGHAI)
PASSWORD: Final = "lintao 大厅 2026"
QUICK: Final = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
CATALOGUE: Final = Catalogue(
    version="test",
    departments={
        "mca": Department(code="mca", name=Text(zh="民政局", en="Civil affairs")),
        "amr": Department(code="amr", name=Text(zh="市场监督管理局", en="Market regulation")),
    },
)
CALENDAR: Final = WorkCalendar(
    {
        date(2026, 5, 1): ExceptionalDay(DayKind.REST, "labour_day", "state_council"),
        date(2026, 5, 9): ExceptionalDay(DayKind.MAKEUP, "labour_day", "state_council"),
    },
    {2026},
)


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    now: datetime = MORNING

    def __call__(self) -> datetime:
        return self.now

    def move(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass
class SmallHall:
    """A hall with two departments, two counters and somebody signed in for each role."""

    performer: Performer
    clock: Clock
    sessions: dict[Role, Session] = field(default_factory=dict)

    @property
    def clerk(self) -> Session:
        return self.sessions[Role.CLERK]

    @property
    def reviewer(self) -> Session:
        return self.sessions[Role.REVIEWER]

    @property
    def supervisor(self) -> Session:
        return self.sessions[Role.SUPERVISOR]

    @property
    def administrator(self) -> Session:
        return self.sessions[Role.ADMINISTRATOR]

    def write(self, session: Session | None, use_case: Callable[..., Any], command: Any = None) -> Any:
        return self.performer.write(session, use_case, command).value

    def read(self, session: Session | None, use_case: Callable[..., Any], query: Any = None) -> Any:
        return self.performer.read(session, use_case, query)

    def sign_in(self, login: str, password: str = PASSWORD, counter: str | None = None) -> Session:
        session = self.write(None, sign_in, SignIn(login, password, counter))
        assert isinstance(session, Session)
        return session

    def add(self, role: Role, login: str, department: str | None = None, *, approver: bool = False) -> Session:
        new = NewAccount(login, f"{login}的姓名", PASSWORD, frozenset({role}), department, approver)
        self.write(self.administrator, add_account, _confirmed(new))
        return self.sign_in(login)


def _confirmed(new: NewAccount) -> NewAccount:
    return NewAccount(new.login, new.name, new.password, new.roles, new.department, new.approver, own_password=PASSWORD)


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are hashed for real, with figures that cost little; `test_accounts` holds the true ones."""
    monkeypatch.setattr(passwords, "_hasher", lambda: QUICK)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def performer(database: Database, clock: Clock) -> Performer:
    """Use cases on empty records, in a file and on a server."""
    return Performer(database, CATALOGUE, CALENDAR, clock)


@pytest.fixture
def hall(performer: Performer, clock: Clock) -> SmallHall:
    """The small hall; every account's login is its role and its password is PASSWORD."""
    small = SmallHall(performer, clock)
    small.write(None, found_hall, FoundHall("临洮县政务大厅", "administrator", "马主任", PASSWORD, division="621124"))
    small.sessions[Role.ADMINISTRATOR] = small.sign_in("administrator")
    for code in ("A01", "A02"):
        small.write(small.administrator, save_counter, CounterForm(code, f"{code} 综合窗口"))
    for role in Role:
        if role is not Role.ADMINISTRATOR:
            reviews = role is Role.REVIEWER
            small.sessions[role] = small.add(role, role.value, "mca" if reviews else None, approver=reviews)
    small.sessions[Role.CLERK] = small.sign_in("clerk", counter="A01")
    return small
