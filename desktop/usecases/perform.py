"""Carrying out one use case in one transaction: the only place that begins and ends one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Generic, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from db.faults import StorageFault
from db.ids import new_id
from db.notices import notify
from db.open import Database
from db.queries.events import was_done
from db.queries.halls import first_hall, standing
from desktop.usecases.context import Context, Reading, Session
from desktop.usecases.hall.calendar import calendar_of
from desktop.usecases.hall.hall_items import REVISION as ITEMS
from desktop.usecases.hall.hall_items import catalogue_of
from desktop.usecases.permissions import Role
from desktop.usecases.prepared import Prepared
from desktop.usecases.refused import Refused, RefusedAndKept
from desktop.usecases.topics import Topic
from desktop.workflow.catalogue.definitions import Catalogue
from desktop.workflow.time.calendars import WorkCalendar

Command = TypeVar("Command")
Value = TypeVar("Value")

LONGEST_STAY: Final = timedelta(hours=10)
READING_HOLDS: Final = timedelta(minutes=15)
"""A second look by the same person at the same file within this time is the same look."""
ZONE: Final = "Asia/Shanghai"


@dataclass(frozen=True)
class Done(Generic[Value]):
    """What an act gave back, and which kinds of data it changed."""

    value: Value
    topics: frozenset[Topic]


class Performer:
    """Carries out use cases on the records; safe to share between threads that write one at a time."""

    def __init__(
        self,
        database: Database,
        catalogue: Catalogue,
        calendar: WorkCalendar,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.database = database
        self.catalogue = catalogue
        self.calendar = calendar
        self.clock = clock
        self._calendars: dict[tuple[UUID, int], WorkCalendar] = {}
        self._catalogues: dict[tuple[UUID, int], Catalogue] = {}
        self._looked: dict[tuple[UUID | None, Reading], datetime] = {}

    def take_records(self, database: Database) -> None:
        """Work on other records from now on, as after a restore; nothing of the former ones is remembered."""
        self.database = database
        self._calendars, self._catalogues, self._looked = {}, {}, {}

    def write(
        self,
        session: Session | None,
        use_case: Callable[[Context, Command], Value],
        command: Command,
        op: UUID | None = None,
    ) -> Done[Value]:
        """Carry out an act wholly or not at all.

        `op` is the key of the wish, made when the person wished it: the same wish a second time is Refused
        already_done. When the store fails at the very end, the log is asked by the key what became of the act.
        The slow work of a prepared act is done before, while others may write.
        """
        if isinstance(use_case, Prepared):
            known = self.read(session, use_case.look, command)
            ready = use_case.work(command, known)
            return self.write(session, use_case.act, ready, op)
        try:
            return self._attempt(session, use_case, command, op)
        except IntegrityError:
            # On a server somebody else may have written the same in the same moment: now it can be seen.
            return self._attempt(session, use_case, command, op)

    def _attempt(
        self,
        session: Session | None,
        use_case: Callable[[Context, Command], Value],
        command: Command,
        op: UUID | None,
    ) -> Done[Value]:
        key = op or new_id()
        hall: UUID | None = None
        outcome: Done[Value] | RefusedAndKept | None = None
        try:
            with self._writing(session, key) as context:
                if op is not None and context.hall is not None and was_done(context.connection, context.hall, op):
                    raise Refused("already_done")
                outcome = _carry_out(use_case, context, command)
                hall = context.hall
        except StorageFault:
            if outcome is None or not self._is_done(hall, key):
                raise
        if isinstance(outcome, Done):
            return outcome
        if outcome is None:
            raise RuntimeError("a transaction ended without an outcome")
        raise outcome

    def read(self, session: Session | None, use_case: Callable[[Context, Command], Value], query: Command) -> Value:
        """Answer a question; looks at people's data that the use case noted are then put into the log."""
        with self.database.read() as connection:
            context = self._context(connection, session, new_id())
            value = use_case(context, query)
        fresh = [reading for reading in context.readings if self._is_fresh(context, reading)]
        if fresh:
            with self._writing(session, new_id()) as writing:
                _log_readings(writing, fresh)
            recent = {look: at for look, at in self._looked.items() if context.now - at < READING_HOLDS}
            self._looked = recent | {(_stay(context), reading): context.now for reading in fresh}
        return value

    @contextmanager
    def _writing(self, session: Session | None, op: UUID) -> Iterator[Context]:
        """Lend the context of one transaction that is kept at the end; other seats hear of it if anything changed."""
        with self.database.write() as connection:
            context = self._context(connection, session, op)
            yield context
            if context.topics:
                notify(connection)

    def _context(self, connection: Connection, session: Session | None, op: UUID) -> Context:
        hall, settings, now = None, dict[str, Any](), self.clock()
        if session is not None:
            hall = session.hall_id
            session, settings = _renewed(connection, session, now)
        elif (row := first_hall(connection)) is not None:
            hall, settings = row.id, row.settings
        zone = ZoneInfo(settings.get("zone", ZONE))
        calendar = self._calendar(connection, hall, int(settings.get("calendar", 0)))
        catalogue = self._catalogue(connection, hall, int(settings.get(ITEMS, 0)))
        keys = self.database.keys
        return Context(connection, session, now.astimezone(zone), zone, catalogue, calendar, keys, op, hall)

    def _calendar(self, connection: Connection, hall: UUID | None, revision: int) -> WorkCalendar:
        """Return the hall's calendar, read again when any seat has changed it; before there is a hall, the shipped."""
        if hall is None:
            return self.calendar
        kept = self._calendars.get((hall, revision))
        if kept is None:
            kept = calendar_of(connection, hall)
            self._calendars = {(hall, revision): kept}
        return kept

    def _catalogue(self, connection: Connection, hall: UUID | None, revision: int) -> Catalogue:
        """Return what the hall offers, put together again when any seat has changed its own items."""
        if hall is None or not revision:
            return self.catalogue
        offered = self._catalogues.get((hall, revision))
        if offered is None:
            offered = catalogue_of(connection, hall, self.catalogue)
            self._catalogues = {(hall, revision): offered}
        return offered

    def _is_done(self, hall: UUID | None, op: UUID) -> bool:
        """Ask the log whether an act was kept although the store failed at the end of it."""
        if hall is None:
            return False
        with self.database.read() as connection:
            return was_done(connection, hall, op)

    def _is_fresh(self, context: Context, reading: Reading) -> bool:
        last = self._looked.get((_stay(context), reading))
        return last is None or not timedelta() <= context.now - last < READING_HOLDS


def _carry_out(
    use_case: Callable[[Context, Command], Value], context: Context, command: Command
) -> Done[Value] | RefusedAndKept:
    """Return what the use case gave back, or its refusal if what it wrote is to stay."""
    try:
        value = use_case(context, command)
    except RefusedAndKept as refusal:
        return refusal
    _log_readings(context, context.readings)
    return Done(value, frozenset(context.topics))


def _stay(context: Context) -> UUID | None:
    return None if context.session is None else context.session.id


def _log_readings(context: Context, readings: list[Reading]) -> None:
    for reading in readings:
        context.record(reading.kind, request=reading.request, subject=reading.subject)


def _renewed(connection: Connection, session: Session, now: datetime) -> tuple[Session, dict[str, Any]]:
    """Return the session with the rights the account has at this moment, and the hall's settings.

    Refused signed_out when the stay has ended or the account is closed, stay_too_long after ten hours.
    """
    found = standing(connection, session.hall_id, session.id)
    if found is None or found.ended is not None or not found.active:
        raise Refused("signed_out")
    if now - found.began > LONGEST_STAY:
        raise Refused("stay_too_long", hours=LONGEST_STAY // timedelta(hours=1))
    known = frozenset(Role(role) for role in found.roles)
    rights = replace(session, name=found.name, roles=known, department=found.department, approver=found.approver)
    return rights, found.settings
