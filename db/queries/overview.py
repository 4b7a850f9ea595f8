"""Counting for the overview: requests and items of a filter, drafts, and needs nobody has answered."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, and_, distinct, func, or_, select

from db.models.request import Request
from db.models.task import Task
from db.models.writing import Draft, UnmetNeed
from db.queries.request_filter import RequestFilter, TaskFilter, conditions, task_conditions


@dataclass(frozen=True)
class Count:
    """How many, and in how many requests; the same where requests themselves are counted."""

    number: int
    requests: int


@dataclass(frozen=True)
class NeedRow:
    """A need in the person's own words that waits for an answer."""

    id: UUID
    words: str
    recorded_at: datetime


def count_requests(connection: Connection, hall: UUID, wanted: RequestFilter) -> Count:
    """Count the requests of a filter."""
    where = conditions(connection, hall, (wanted,))
    if where.none:
        return Count(0, 0)
    number = connection.scalar(select(func.count()).select_from(Request).where(*where.clauses)) or 0
    return Count(number, number)


def count_tasks(connection: Connection, hall: UUID, tasks: TaskFilter, besides: tuple[UUID, ...]) -> Count:
    """Count items, besides those of requests that were logged by some accounts."""
    statement = select(func.count(), func.count(distinct(Task.request_id))).where(
        Task.hall_id == hall, *task_conditions(tasks)
    )
    if besides:
        statement = statement.join(Request, and_(Request.hall_id == Task.hall_id, Request.id == Task.request_id)).where(
            or_(Request.opened_by.is_(None), Request.opened_by.not_in(besides))
        )
    return Count(*connection.execute(statement).one())


def count_drafts(connection: Connection, hall: UUID, account: UUID) -> int:
    """Count the half-typed forms that somebody has put aside."""
    mine = Draft.hall_id == hall, Draft.account_id == account, Draft.parked.is_(True)
    return connection.scalar(select(func.count()).select_from(Draft).where(*mine)) or 0


def unanswered_needs(
    connection: Connection, hall: UUID, before: datetime, besides: tuple[UUID, ...], limit: int
) -> tuple[int, list[NeedRow]]:
    """Count the needs recorded before a moment that have no answer, and give the oldest of them."""
    where = [UnmetNeed.hall_id == hall, UnmetNeed.answered_at.is_(None), UnmetNeed.recorded_at < before]
    if besides:
        where.append(or_(UnmetNeed.recorded_by.is_(None), UnmetNeed.recorded_by.not_in(besides)))
    number = connection.scalar(select(func.count()).select_from(UnmetNeed).where(*where)) or 0
    oldest = select(UnmetNeed.id, UnmetNeed.words, UnmetNeed.recorded_at).where(*where)
    rows = connection.execute(oldest.order_by(UnmetNeed.recorded_at, UnmetNeed.id).limit(limit))
    return number, [NeedRow(*row) for row in rows]
