"""Which requests are meant: the filters of the list and the figures of the overview are the same conditions.

So a figure and the list behind it can never tell two stories. What a code means in the hall is not known here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    and_,
    cast,
    exists,
    func,
    literal_column,
    or_,
    select,
    union,
)
from sqlalchemy.orm import InstrumentedAttribute

from db.models.event import Event, is_act
from db.models.fact import Fact
from db.models.request import Request, RequestRole
from db.models.task import Task

_Column = InstrumentedAttribute[Any]

FEW = 1_000
"""Up to so many requests are looked up one by one; of more, one of the next rows of the list is soon among them."""


@dataclass(frozen=True)
class TaskFilter:
    """Tasks of a department that the demand still wants; an empty field asks for nothing."""

    department: str | None = None
    states: tuple[str, ...] = ()
    readiness: tuple[str, ...] = ()
    assignee: UUID | None = None
    unassigned: bool = False
    due_from: date | None = None
    due_until: date | None = None


@dataclass(frozen=True)
class RequestFilter:
    """Requests for which everything named here holds; an empty field asks for nothing."""

    statuses: tuple[str, ...] = ()
    nobody_next: bool = False
    """Whether nobody is named who must act next."""
    next_actor: str | None = None
    due_from: date | None = None
    due_until: date | None = None
    opened_by: UUID | None = None
    besides_opened_by: tuple[UUID, ...] = ()
    opened_from: datetime | None = None
    demand: str | None = None
    channel: str | None = None
    tasks: tuple[TaskFilter, ...] = ()
    promised_from: date | None = None
    promised_until: date | None = None
    """A paper is owing, and the nearest day one was promised for is this day or earlier."""
    applicant_dead: bool = False
    """Somebody who applies is on record as dead."""
    sent_back: bool = False
    """Supplemented twice in one item, passed back by a department, or begun a second time after an end."""
    paused_past: date | None = None
    """An item is paused, and was to go on before this day."""


@dataclass(frozen=True)
class Conditions:
    """Conditions on a request at this moment.

    They are `few` when they name requests one by one, so that none is walked to, and `none` when no request fits.
    """

    clauses: tuple[ColumnElement[bool], ...]
    few: bool
    none: bool


def conditions(connection: Connection, hall: UUID, filters: Sequence[RequestFilter]) -> Conditions:
    """Give the conditions on a request that let it pass all filters; what few requests fulfil is looked up first."""
    found: list[ColumnElement[bool]] = [Request.hall_id == hall]
    few = none = False
    for wanted in filters:
        sets = [(_task_requests(hall, each), _has_task(each)) for each in wanted.tasks]
        sets += [(rare, Request.id.in_(rare)) for rare in _rare(connection, hall, wanted)]
        for ids, many in sets:
            named = _few(connection, ids)
            few, none = few or len(named) <= FEW, none or not named
            found.append(Request.id.in_(named) if len(named) <= FEW else many)
    say = aside if few else _plainly
    for wanted in filters:
        found += _own(wanted, say)
    return Conditions(tuple(found), few, none)


def _few(connection: Connection, ids: Select[Any]) -> Sequence[UUID]:
    """Give the different ids while they are few, else one more than few; found as asked for, not in their order."""
    (column,) = ids.selected_columns
    said = ids.with_only_columns(func.coalesce(column, column)).distinct()
    return connection.scalars(said.limit(FEW + 1)).all()


def aside(column: _Column) -> ColumnElement[Any]:
    """Say a column so that no index on it is used, where the store would choose the worse of two."""
    return func.coalesce(column, column)


def _plainly(column: _Column) -> ColumnElement[Any]:
    return column.expression


def _own(wanted: RequestFilter, say: Callable[[_Column], ColumnElement[Any]]) -> list[ColumnElement[bool]]:
    """Give the conditions on what a request's own row says."""
    found: list[ColumnElement[bool]] = []
    if wanted.statuses:
        status, one = say(Request.status), len(wanted.statuses) == 1
        found.append(status == wanted.statuses[0] if one else status.in_(wanted.statuses))
    if wanted.nobody_next:
        found.append(say(Request.next_actor).is_(None))
    if wanted.besides_opened_by:
        found.append(or_(Request.opened_by.is_(None), Request.opened_by.not_in(wanted.besides_opened_by)))
    for column, value in (
        (Request.next_actor, wanted.next_actor),
        (Request.opened_by, wanted.opened_by),
        (Request.demand, wanted.demand),
        (Request.channel, wanted.channel),
    ):
        if value is not None:
            found.append(say(column) == value)
    if wanted.opened_from is not None:
        found.append(say(Request.opened_at) >= wanted.opened_from)
    found += _between(say(Request.next_due), wanted.due_from, wanted.due_until)
    return found + _between(Request.promise_due, wanted.promised_from, wanted.promised_until)


def _between(day: Any, first: date | None, last: date | None) -> list[ColumnElement[bool]]:
    found = [] if first is None else [day >= first]
    return found if last is None else [*found, day <= last]


def task_conditions(tasks: TaskFilter, *, by_request: bool = False) -> list[ColumnElement[bool]]:
    """Give the conditions on a task, so that it is looked up by what leaves the fewest.

    That is its request, if it is known; else whose hands it is in, then the department and the state.
    """
    found: list[ColumnElement[bool]] = [Task.wanted.is_(True)]
    held = by_request or tasks.assignee is not None
    if tasks.assignee is not None:
        found.append((aside(Task.assignee_id) if by_request else Task.assignee_id) == tasks.assignee)
    if tasks.department is not None:
        found.append((aside(Task.department) if held else Task.department) == tasks.department)
    if tasks.states:
        found.append((aside(Task.state) if held else Task.state).in_(tasks.states))
    if tasks.readiness:
        found.append(aside(Task.readiness).in_(tasks.readiness))
    if tasks.unassigned:
        found.append(aside(Task.assignee_id).is_(None))
    return found + _between(Task.due, tasks.due_from, tasks.due_until)


def _task_requests(hall: UUID, tasks: TaskFilter) -> Select[Any]:
    return select(Task.request_id).where(Task.hall_id == hall, *task_conditions(tasks))


def _has_task(tasks: TaskFilter) -> ColumnElement[bool]:
    whose = Task.hall_id == Request.hall_id, Task.request_id == Request.id
    where = (*whose, *task_conditions(tasks, by_request=True))
    return exists(select(literal_column("1")).select_from(Task).where(*where))


def _rare(connection: Connection, hall: UUID, wanted: RequestFilter) -> list[Select[Any]]:
    """Give the sets of requests that have an index of their own."""
    found: list[Select[Any]] = []
    if wanted.applicant_dead:
        found.append(_of_the_dead(hall))
    if wanted.sent_back:
        found.append(_sent_back(connection, hall))
    if wanted.paused_past is not None:
        found.append(_paused(connection, hall, wanted.paused_past))
    return found


def _of_the_dead(hall: UUID) -> Select[Any]:
    """Give the requests in which somebody applies of whom the latest word is a day of death."""
    said: ColumnElement[str] = literal_column("'death_date'")  # as the index says it
    later = Fact.__table__.alias("later")
    same = later.c.hall_id == Fact.hall_id, later.c.subject_id == Fact.subject_id
    anew = exists(
        select(literal_column("1")).select_from(later).where(*same, later.c.code == said, later.c.id > Fact.id)
    )
    told = Fact.hall_id == hall, Fact.code == said, Fact.subject_id.is_not(None), cast(Fact.value, Text) != "null"
    applies = and_(RequestRole.hall_id == Fact.hall_id, RequestRole.subject_id == Fact.subject_id)
    return (
        select(RequestRole.request_id).select_from(Fact).join(RequestRole, applies)
        .where(*told, ~anew, aside(RequestRole.role) == "applicant")
    )  # fmt: skip


def _sent_back(connection: Connection, hall: UUID) -> Select[Any]:
    """Give the open requests that go back and forth: each kind from an index of its own, which is short."""
    dialect = connection.dialect.name
    supplemented = select(Event.request_id).where(Event.hall_id == hall, is_act("supplement", dialect))
    more_than_once = supplemented.group_by(Event.request_id).having(func.count() > 1)
    in_one_item = (
        supplemented.where(Event.request_id.in_(more_than_once))
        .group_by(Event.request_id, _word("item"), _word("subject"))
        .having(func.count() > 1)
    )
    passed_back = select(Event.request_id).where(Event.hall_id == hall, is_act("not_ours", dialect))
    again = select(Task.request_id).where(Task.hall_id == hall, Task.wanted, Task.round > literal_column("1"))
    found = select(union(in_one_item, passed_back, again).subquery("back").c.request_id)
    return select(Request.id).where(Request.hall_id == hall, aside(Request.status) == "open", Request.id.in_(found))


def _paused(connection: Connection, hall: UUID, day: date) -> Select[Any]:
    """Give the requests with a pause that was to end before a day; the last pause of an item is the one that holds."""
    last = last_pause_end(connection.dialect.name)
    paused = Task.hall_id == hall, Task.wanted, Task.state == "suspended"
    return select(Task.request_id).where(*paused, last < day.isoformat())


def last_pause_end(dialect: str) -> Any:
    """Give, beside an item, the day on which its last pause was to end."""
    return (
        select(_word("values", "expected_end"))
        .where(
            Event.hall_id == Task.hall_id,
            Event.request_id == Task.request_id,
            is_act("suspend", dialect),
            _word("item") == Task.item,
            _word("subject") == Task.subject,
        )
        .order_by(Event.seq.desc())
        .limit(1)
        .scalar_subquery()
    )


def _word(*path: str) -> ColumnElement[str]:
    """Give a word out of what an event says."""
    found: Any = Event.data
    for name in path:
        found = found[name]
    word: ColumnElement[str] = found.as_string()
    return word
