"""Results that wait to be handed out, and the requests somebody takes part in."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Select, and_, or_, select, tuple_

from db.models.letter import Letter
from db.models.request import Request, RequestRole
from db.models.subject import Subject
from db.models.task import Task
from db.queries.request_filter import aside

DECISIONS = (
    "refused", "not_accepted", "terminated", "lapsed",
    "revoked_unlawful", "permit_withdrawn", "penalty_revoked", "deregistered",
)  # fmt: skip
"""The states of an item that a decision against the person leads to."""
OUT = ("issued", *DECISIONS)
"""The states in which something may wait at the counter: a result that is out, or a decision still to be served."""
TO_HAND_OUT = ("passed", "open", "blocked")
"""What nobody comes for, and what was served, is closed; nothing else keeps what is out from being handed over."""


class ResultRow(NamedTuple):
    """A result that is out and not handed over yet, or a decision not served yet."""

    task_id: UUID
    request_id: UUID
    number: str
    title: str
    item: str
    subject: str
    department: str
    since: datetime
    applicant_id: UUID | None
    applicant: str | None
    kind: str | None
    phone: str | None
    state: str


class TakerRow(NamedTuple):
    """Somebody who acts for the applicant of a request."""

    role: str
    subject_id: UUID
    name: str
    capacity: str | None
    scope: str | None
    until: date | None


_RESULT = (
    select(
        Task.id, Task.request_id, Request.number, Request.title, Task.item, Task.subject, Task.department, Task.since,
        Request.applicant_id, Subject.name, Subject.kind, Subject.phone, Task.state,
    )
    .select_from(Task)
    .join(Request, and_(Request.hall_id == Task.hall_id, Request.id == Task.request_id))
    .outerjoin(Subject, and_(Subject.hall_id == Request.hall_id, Subject.id == Request.applicant_id))
)  # fmt: skip


def results_waiting(
    connection: Connection,
    hall: UUID,
    *,
    requests: Sequence[UUID] | None = None,
    after: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> list[ResultRow]:
    """Give the results waiting in a hall or in some requests, the longest first; `after` is the last one shown."""
    asked = _waiting(hall)
    if requests is not None:
        asked = asked.where(Task.request_id.in_(requests))
    if after is not None:
        asked = asked.where(tuple_(Task.since, Task.id) > after)
    rows = connection.execute(asked.order_by(Task.since, Task.id).limit(limit))
    return [ResultRow._make(row) for row in rows]


def result_row(connection: Connection, hall: UUID, task: UUID) -> ResultRow | None:
    """Give one result that waits."""
    row = connection.execute(_waiting(hall).where(Task.id == task)).one_or_none()
    return None if row is None else ResultRow._make(row)


def results_of_applicant(connection: Connection, hall: UUID, applicant: UUID) -> list[ResultRow]:
    """Give everything that waits for one applicant, the longest first."""
    asked = _waiting(hall).where(Request.applicant_id == applicant).order_by(Task.since, Task.id)
    return [ResultRow._make(row) for row in connection.execute(asked)]


def letter_kinds(connection: Connection, hall: UUID, rows: Sequence[ResultRow]) -> dict[UUID, set[str]]:
    """Give the kinds of the letters that these items have."""
    tasks, requests = {row.task_id for row in rows}, {row.request_id for row in rows}
    asked = select(Letter.task_id, Letter.kind).where(Letter.hall_id == hall, Letter.request_id.in_(requests))
    found: dict[UUID, set[str]] = {}
    for task, kind in connection.execute(asked) if rows else ():
        if task is not None and task in tasks:
            found.setdefault(task, set()).add(kind)
    return found


def takers_of(connection: Connection, hall: UUID, requests: Sequence[UUID], roles: Sequence[str]) -> list[TakerRow]:
    """Give who acts in these roles for the applicants of these requests."""
    asked = (
        select(
            RequestRole.role, RequestRole.subject_id, Subject.name,
            RequestRole.capacity, RequestRole.scope, RequestRole.until,
        )
        .join(Subject, and_(Subject.hall_id == RequestRole.hall_id, Subject.id == RequestRole.subject_id))
        .where(RequestRole.hall_id == hall, RequestRole.request_id.in_(requests), RequestRole.role.in_(roles))
        .order_by(RequestRole.id)
    )  # fmt: skip
    return [TakerRow._make(row) for row in connection.execute(asked)]


def requests_with(connection: Connection, hall: UUID, subjects: Sequence[UUID], limit: int = 50) -> list[UUID]:
    """Give the requests these subjects take part in, the newest first."""
    theirs = select(RequestRole.request_id).where(RequestRole.hall_id == hall, RequestRole.subject_id.in_(subjects))
    asked = select(Request.id).where(
        Request.hall_id == hall, or_(Request.applicant_id.in_(subjects), Request.id.in_(theirs))
    )
    return list(connection.scalars(asked.order_by(Request.opened_at.desc(), Request.id.desc()).limit(limit)))


def _waiting(hall: UUID) -> "Select[*tuple[Any, ...]]":
    return _RESULT.where(Task.hall_id == hall, Task.state.in_(OUT), aside(Task.readiness).in_(TO_HAND_OUT))
