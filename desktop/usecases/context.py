"""What a use case works with: who acts, when, in which hall, and the log it writes into."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from db.ids import new_id
from db.keys import Keys
from db.queries.events import append_event
from desktop.usecases.permissions import Permission, Role, allowed
from desktop.usecases.refused import Refused
from desktop.usecases.topics import Topic
from desktop.words import Language
from desktop.workflow.catalogue.definitions import Catalogue
from desktop.workflow.time.calendars import WorkCalendar


@dataclass(frozen=True)
class Session:
    """Somebody signed in at a seat."""

    id: UUID
    account_id: UUID
    hall_id: UUID
    name: str
    roles: frozenset[Role]
    department: str | None = None
    """Code of the department."""
    counter: str | None = None
    language: Language = "zh"
    approver: bool = False
    """May approve within the department."""


@dataclass(frozen=True)
class Reading:
    """A look at what is kept of somebody or of a request, to be noted in the log."""

    kind: str
    request: UUID | None
    subject: UUID | None


@dataclass
class Context:
    """One use case at work, inside one transaction that is not its own to end."""

    connection: Connection
    session: Session | None
    now: datetime
    zone: ZoneInfo
    catalogue: Catalogue
    calendar: WorkCalendar
    keys: Keys
    op: UUID
    hall: UUID | None = None
    """The hall, when there is one; `hall_id` is for those who need it."""
    topics: set[Topic] = field(default_factory=set)
    readings: list[Reading] = field(default_factory=list)
    _ordinals: Counter[str] = field(default_factory=Counter)

    @property
    def today(self) -> date:
        """Return the day in the hall's own time zone."""
        return self.now.astimezone(self.zone).date()

    @property
    def hall_id(self) -> UUID:
        """Return the hall; Refused no_hall before it is founded."""
        if self.hall is None:
            raise Refused("no_hall")
        return self.hall

    @property
    def staff(self) -> Session:
        """Return who is signed in; Refused not_signed_in when nobody is."""
        if self.session is None:
            raise Refused("not_signed_in")
        return self.session

    def require(self, permission: Permission) -> Session:
        """Return who is signed in, if that person may do this; Refused not_signed_in or not_allowed."""
        session = self.staff
        right = session.approver or permission is not Permission.APPROVE
        if not (right and allowed(session.roles, permission)):
            raise Refused("not_allowed", permission=permission.value)
        return session

    def record(
        self,
        kind: str,
        *topics: Topic,
        request: UUID | None = None,
        subject: UUID | None = None,
        task: UUID | None = None,
        legal: datetime | None = None,
        data: Mapping[str, Any] | None = None,
        actor: UUID | None = None,
    ) -> UUID:
        """Append one act to the log and remember which kinds of data it changed; return the event's id.

        `data` holds ids and codes, never a name or a number of a person: the log outlives what it is about. `actor` is
        for a line that only follows from what somebody else did before; an act is always of who is signed in.
        """
        self.topics.update(topics)
        event_id, ordinal = new_id(), self._ordinals[kind]
        self._ordinals[kind] += 1
        row = {
            "hall_id": self.hall_id, "id": event_id, "op": self.op, "ordinal": ordinal, "kind": kind,
            "request_id": request, "subject_id": subject, "task_id": task,
            "actor_id": actor or (None if self.session is None else self.session.account_id),
            "seat": None if self.session is None or actor else self.session.counter,
            "legal_at": legal or self.now, "recorded_at": self.now, "data": None if data is None else dict(data),
        }  # fmt: skip
        append_event(self.connection, row)
        return event_id

    def record_reading(self, kind: str, *, request: UUID | None = None, subject: UUID | None = None) -> None:
        """Note that somebody looked at what is kept of a person or a request; the log gets it after the look."""
        self.readings.append(Reading(kind, request, subject))
