"""Questions about requests: one whole request, the list, and the work of a department.

What is asked at every act is built once, with places for its values: building a statement costs several times as much
as asking it.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import CompoundSelect, Connection, Select, and_, bindparam, func, select, union, union_all

from db.models.event import Event
from db.models.fact import Fact
from db.models.paper import Paper
from db.models.request import Request, RequestRole
from db.models.subject import Subject
from db.models.task import Task
from db.queries.request_filter import TaskFilter, task_conditions


class RequestRow(NamedTuple):
    """A request as it is listed."""

    id: UUID
    number: str
    kind: str
    demand: str | None
    title: str
    words: str | None
    status: str
    opened_at: datetime
    closed_at: datetime | None
    next_due: date | None
    next_actor: str | None
    applicant_id: UUID | None
    applicant: str | None
    promise_due: date | None = None
    """The nearest day a paper still owing was promised for."""


class RoleRow(NamedTuple):
    """Somebody taking part in a request."""

    role: str
    subject_id: UUID
    name: str
    """Empty of whom nobody has named."""
    capacity: str | None
    scope: str | None
    until: date | None
    kind: str
    phone: str | None


class FactRow(NamedTuple):
    """A value of a fact, with where it comes from."""

    id: UUID
    subject_id: UUID | None
    request_id: UUID | None
    code: str
    value: Any
    source: str
    legal_at: datetime
    valid_until: date | None
    event_id: UUID | None = None


class PaperRow(NamedTuple):
    """A paper in a case or on somebody's file."""

    id: UUID
    subject_id: UUID | None
    request_id: UUID | None
    code: str
    state: str
    form: str | None
    received_at: datetime | None
    valid_until: date | None


class EventRow(NamedTuple):
    """A line of a request's history."""

    seq: int
    op: UUID
    kind: str
    actor_id: UUID | None
    legal_at: datetime
    recorded_at: datetime
    data: dict[str, Any] | None
    id: UUID | None = None


class TaskRow(NamedTuple):
    """A task of a department, as it is listed."""

    id: UUID
    request_id: UUID
    number: str
    title: str
    applicant: str | None
    item: str
    subject: str
    round: int
    department: str
    state: str
    readiness: str
    assignee_id: UUID | None
    since: datetime
    due: date | None
    waiting_on: list[Any]


_HALL: Any = bindparam("hall")
_REQUEST: Any = bindparam("request")
_SUBJECTS: Any = bindparam("subjects", expanding=True)

REQUEST = (
    select(
        Request.id,
        Request.number,
        Request.kind,
        Request.demand,
        Request.title,
        Request.words,
        Request.status,
        Request.opened_at,
        Request.closed_at,
        Request.next_due,
        Request.next_actor,
        Request.applicant_id,
        Subject.name,
        Request.promise_due,
    )
    .select_from(Request)
    .outerjoin(Subject, and_(Subject.hall_id == Request.hall_id, Subject.id == Request.applicant_id))
)
_ONE = REQUEST.where(Request.hall_id == _HALL, Request.id == _REQUEST)


def request_row(connection: Connection, hall: UUID, request: UUID) -> RequestRow | None:
    """Give one request."""
    row = connection.execute(_ONE, {"hall": hall, "request": request}).one_or_none()
    return None if row is None else RequestRow._make(row)


def request_by_number(connection: Connection, hall: UUID, number: str) -> UUID | None:
    """Give the request of a number."""
    return connection.scalar(select(Request.id).where(Request.hall_id == hall, Request.number == number))


def request_rows(connection: Connection, hall: UUID, requests: Sequence[UUID]) -> list[RequestRow]:
    """Give several requests, in the order asked for."""
    rows = connection.execute(REQUEST.where(Request.hall_id == hall, Request.id.in_(requests)))
    found = {row[0]: RequestRow._make(row) for row in rows}
    return [found[request] for request in requests if request in found]


_ROLES = (
    select(
        RequestRole.role,
        RequestRole.subject_id,
        Subject.name,
        RequestRole.capacity,
        RequestRole.scope,
        RequestRole.until,
        Subject.kind,
        Subject.phone,
    )
    .join(Subject, and_(Subject.hall_id == RequestRole.hall_id, Subject.id == RequestRole.subject_id))
    .where(RequestRole.hall_id == _HALL, RequestRole.request_id == _REQUEST)
    .order_by(RequestRole.id)
)


def roles_of(connection: Connection, hall: UUID, request: UUID) -> list[RoleRow]:
    """Give who takes part in a request."""
    return [RoleRow._make(row) for row in connection.execute(_ROLES, {"hall": hall, "request": request})]


_FACT: tuple[Any, ...] = (
    Fact.id,
    Fact.subject_id,
    Fact.request_id,
    Fact.code,
    Fact.value,
    Fact.source,
    Fact.legal_at,
    Fact.valid_until,
    Fact.event_id,
    Fact.recorded_at,  # only to be sorted by
)
_PAPER: tuple[Any, ...] = (
    Paper.id,
    Paper.subject_id,
    Paper.request_id,
    Paper.code,
    Paper.state,
    Paper.form,
    Paper.received_at,
    Paper.valid_until,
)


def _case_and_file(rows: Select[Any], kept: type[Fact | Paper]) -> CompoundSelect[Any]:
    """Ask for what belongs to the case alone, and for what is in these people's files; each by an index of its own."""
    return union_all(
        rows.where(kept.hall_id == _HALL, kept.request_id == _REQUEST, kept.subject_id.is_(None)),
        rows.where(kept.hall_id == _HALL, kept.subject_id.in_(_SUBJECTS)),
    )


_FACTS = _case_and_file(select(*_FACT), Fact).order_by("legal_at", "recorded_at", "id")
_PAPERS = _case_and_file(select(*_PAPER), Paper).order_by("id")


def facts_of(connection: Connection, hall: UUID, request: UUID | None, subjects: Sequence[UUID]) -> list[FactRow]:
    """Give what is known: of the case itself, and of everybody's file; in the order in which it was told."""
    rows = connection.execute(_FACTS, {"hall": hall, "request": request, "subjects": subjects})
    return [FactRow._make(row[:-1]) for row in rows]


def papers_of(connection: Connection, hall: UUID, request: UUID | None, subjects: Sequence[UUID]) -> list[PaperRow]:
    """Give the papers of the case itself and of everybody's file, in the order in which they were written down."""
    rows = connection.execute(_PAPERS, {"hall": hall, "request": request, "subjects": subjects})
    return [PaperRow._make(row) for row in rows]


class PromiseRow(NamedTuple):
    """What became of a paper: its state, the day it was promised for, and in which request that was."""

    subject_id: UUID | None
    code: str
    state: str
    promise_due: date | None
    request_id: UUID | None


def promises_of(connection: Connection, hall: UUID, request: UUID) -> list[PromiseRow]:
    """Give the papers of a request and of everybody who takes part in it, oldest first."""
    taking_part = select(RequestRole.subject_id).where(RequestRole.hall_id == hall, RequestRole.request_id == request)
    row: tuple[Any, ...] = (
        Paper.subject_id,
        Paper.code,
        Paper.state,
        Paper.promise_due,
        Paper.request_id,
        Paper.id,
    )
    both = union(
        select(*row).where(Paper.hall_id == hall, Paper.request_id == request),
        select(*row).where(Paper.hall_id == hall, Paper.subject_id.in_(taking_part)),
    )
    # Sorted here: asked for in this order, the store would walk all papers in it.
    return [PromiseRow._make(found[:-1]) for found in sorted(connection.execute(both), key=itemgetter(-1))]


_EVENT = (
    Event.seq, Event.op, Event.kind, Event.actor_id, Event.legal_at, Event.recorded_at, Event.data, Event.id
)  # fmt: skip


_HISTORY = select(*_EVENT).where(Event.hall_id == _HALL, Event.request_id == _REQUEST).order_by(Event.seq)


def history_of(connection: Connection, hall: UUID, request: UUID) -> list[EventRow]:
    """Give everything that was done in a request, in the order it was written down."""
    return [EventRow._make(row) for row in connection.execute(_HISTORY, {"hall": hall, "request": request})]


def acts_of(connection: Connection, hall: UUID, requests: Collection[UUID]) -> list[tuple[UUID, EventRow]]:
    """Give the acts of departments in some requests, each with its request, in the order they were written down."""
    statement = (
        select(*_EVENT, Event.request_id)
        .where(Event.hall_id == hall, Event.request_id.in_(requests), Event.kind == "act")
        .order_by(Event.seq)
    )
    return [(row.request_id, EventRow._make(row[:-1])) for row in connection.execute(statement)]


def events_of(
    connection: Connection, hall: UUID, requests: Collection[UUID], kind: str
) -> list[tuple[UUID, dict[str, Any]]]:
    """Give what the events of one kind in some requests say, each with its request, in the order of writing."""
    within = Event.hall_id == hall, Event.request_id.in_(requests), Event.kind == kind
    rows = connection.execute(select(Event.request_id, Event.data).where(*within).order_by(Event.seq))
    return [(row.request_id, row.data or {}) for row in rows if row.request_id is not None]


def taken_part_in(connection: Connection, hall: UUID, subject: UUID) -> list[UUID]:
    """Give every request, open or over, in which somebody takes part, the oldest first."""
    asked = select(RequestRole.request_id).where(RequestRole.hall_id == hall, RequestRole.subject_id == subject)
    return sorted(set(connection.scalars(asked)))


_TWINS = REQUEST.where(
    Request.hall_id == _HALL,
    Request.applicant_id == bindparam("applicant"),
    Request.demand == bindparam("demand"),
    Request.status == "open",
)


def open_twins(connection: Connection, hall: UUID, demand: str, applicant: UUID) -> list[RequestRow]:
    """Give the open requests of somebody for the same demand."""
    rows = connection.execute(_TWINS, {"hall": hall, "applicant": applicant, "demand": demand})
    return [RequestRow._make(row) for row in rows]


_TASK = (
    select(
        Task.id,
        Task.request_id,
        Request.number,
        Request.title,
        Subject.name,
        Task.item,
        Task.subject,
        Task.round,
        Task.department,
        Task.state,
        Task.readiness,
        Task.assignee_id,
        Task.since,
        Task.due,
        Task.waiting_on,
    )
    .select_from(Task)
    .join(Request, and_(Request.hall_id == Task.hall_id, Request.id == Task.request_id))
    .outerjoin(Subject, and_(Subject.hall_id == Request.hall_id, Subject.id == Request.applicant_id))
)


_TASKS = _TASK.where(Task.hall_id == _HALL, Task.request_id == _REQUEST).order_by(Task.id)


def tasks_of(connection: Connection, hall: UUID, request: UUID) -> list[TaskRow]:
    """Give the tasks of a request."""
    return [TaskRow._make(row) for row in connection.execute(_TASKS, {"hall": hall, "request": request})]


def task_row(connection: Connection, hall: UUID, task: UUID) -> TaskRow | None:
    """Give one task."""
    row = connection.execute(_TASK.where(Task.hall_id == hall, Task.id == task)).one_or_none()
    return None if row is None else TaskRow._make(row)


def list_tasks(
    connection: Connection,
    hall: UUID,
    *,
    department: str | None = None,
    states: Sequence[str] = (),
    readiness: Sequence[str] = (),
    limit: int = 200,
) -> list[TaskRow]:
    """Give the wanted tasks of a department (or of all), the nearest date first; which they are is found out first."""
    wanted = TaskFilter(department, tuple(states), tuple(readiness))
    order = Task.due.is_(None), Task.due, Task.since, Task.id
    first = select(Task.id).where(Task.hall_id == hall, *task_conditions(wanted)).order_by(*order).limit(limit)
    found = connection.scalars(first).all()
    statement = _TASK.where(Task.hall_id == hall, Task.id.in_(found)).order_by(*order)
    return [TaskRow._make(row) for row in connection.execute(statement)]


def number_of(connection: Connection, hall: UUID, request: UUID) -> str:
    """Give the number of a request."""
    asked = select(Request.number).where(Request.hall_id == hall, Request.id == request)
    return connection.execute(asked).scalar_one()


_STATUS = select(Request.status).where(Request.hall_id == _HALL, Request.id == _REQUEST)


def request_status(connection: Connection, hall: UUID, request: UUID) -> str | None:
    """Give the status a request has in the list; None where there is no such request."""
    found: str | None = connection.scalar(_STATUS, {"hall": hall, "request": request})
    return found


def open_before(connection: Connection, hall: UUID, end: datetime, status: str) -> tuple[UUID, ...]:
    """Give the requests of a status that have a demand and were opened before a moment, the oldest first."""
    asked = select(Request.id).where(
        Request.hall_id == hall, Request.status == status, Request.demand.is_not(None), Request.opened_at < end
    )
    return tuple(connection.scalars(asked.order_by(Request.opened_at, Request.id)))


def has_task_of(connection: Connection, hall: UUID, request: UUID, department: str | None) -> bool:
    """Tell whether a department has a task of a request."""
    own = select(Task.id).where(Task.hall_id == hall, Task.request_id == request, Task.department == department)
    return connection.scalar(own.limit(1)) is not None


def wanted_by_department(connection: Connection, hall: UUID, states: Collection[str]) -> dict[str, int]:
    """Count the wanted tasks of these states, by department."""
    asked = select(Task.department, func.count()).where(Task.hall_id == hall, Task.wanted, Task.state.in_(states))
    return {row[0]: row[1] for row in connection.execute(asked.group_by(Task.department))}
