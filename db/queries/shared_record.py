"""What the requests of one person share: the outcomes on file, and which requests hear of a change.

Whoever writes in a request holds first everybody who takes part in it, then the requests, each by id: in one order, so
that no two can wait for each other.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, bindparam, or_, select, update

from db.models.request import Request, RequestRole
from db.models.subject import Subject
from db.models.task import Task

IN_FORCE: Final = ("issued", "served")
"""The states of an item whose result is out."""
TAKEN_AWAY: Final = ("annulled", "revoked_unlawful", "permit_withdrawn", "penalty_revoked", "deregistered")
"""The states of an item whose result was taken away, or of a decision that was."""


class OutcomeRow(NamedTuple):
    """A task of another request whose outcome exists, or did."""

    item: str
    subject: str
    since: datetime
    request_id: UUID
    round: int
    state: str


_HALL: Any = bindparam("hall")
_SUBJECTS: Any = bindparam("subjects", expanding=True)
_OUTCOMES = select(Task.item, Task.subject, Task.since, Task.request_id, Task.round, Task.state).where(
    Task.hall_id == _HALL, Task.subject.in_(_SUBJECTS), Task.state.in_((*IN_FORCE, *TAKEN_AWAY))
)
_OUTCOMES_BESIDES = _OUTCOMES.where(Task.request_id != bindparam("request"))
_OPEN_OF: Any = (
    select(Request.id)
    .join(RequestRole, (RequestRole.hall_id == Request.hall_id) & (RequestRole.request_id == Request.id))
    .where(
        RequestRole.hall_id == _HALL,
        RequestRole.subject_id.in_(_SUBJECTS),
        Request.status == "open",
        Request.demand.is_not(None),
    )
)


_MARKED = update(Request).where(Request.hall_id == bindparam("of_hall"), Request.id == bindparam("of_request"))
_CAUSES = select(Request.id, Request.moved_by).where(
    Request.hall_id == _HALL,
    Request.id.in_(bindparam("requests", expanding=True)),
    Request.status == "open",
    Request.moved_by.is_not(None),
)


def outcomes_of(connection: Connection, hall: UUID, subjects: Sequence[str], besides: UUID | None) -> list[OutcomeRow]:
    """Give the tasks of other requests whose outcomes these subjects hold, or held."""
    asked = {"hall": hall, "subjects": subjects}
    if besides is None:
        rows = connection.execute(_OUTCOMES, asked)
    else:
        rows = connection.execute(_OUTCOMES_BESIDES, {**asked, "request": besides})
    return [OutcomeRow._make(row) for row in rows]


def open_requests_of(connection: Connection, hall: UUID, subjects: Collection[UUID]) -> list[UUID]:
    """Give the open requests with a plan in which one of these subjects takes part, the oldest first."""
    if not subjects:
        return []
    return sorted(set(connection.scalars(_OPEN_OF, {"hall": hall, "subjects": list(subjects)})))


def hold_subjects(connection: Connection, hall: UUID, subjects: Collection[UUID], requests: Collection[UUID]) -> None:
    """Keep these subjects, and all who take part in these requests, from other writers until the transaction ends.

    The embedded store has one writer at a time, and nothing to hold.
    """
    if connection.dialect.name != "postgresql" or not (subjects or requests):
        return
    part = select(RequestRole.subject_id).where(RequestRole.hall_id == hall, RequestRole.request_id.in_(requests))
    these = select(Subject.id).where(Subject.hall_id == hall, or_(Subject.id.in_(subjects), Subject.id.in_(part)))
    connection.execute(these.order_by(Subject.id).with_for_update(key_share=True)).all()


def hold_requests(connection: Connection, hall: UUID, requests: Collection[UUID]) -> None:
    """Keep these requests from other writers until the transaction ends; see `hold_subjects`."""
    if connection.dialect.name != "postgresql" or not requests:
        return
    these = select(Request.id).where(Request.hall_id == hall, Request.id.in_(requests))
    connection.execute(these.order_by(Request.id).with_for_update(key_share=True)).all()


def plan_again_later(
    connection: Connection, hall: UUID, requests: Collection[UUID], before: date, cause: Mapping[str, Any]
) -> None:
    """Mark requests as planned last on a day that is over, so that the next look at the day plans them anew.

    `cause` is kept with the mark, after what was kept there already.
    """
    kept = causes_of(connection, hall, requests)
    rows = [{**_place(hall, one), "holds_until": before, "moved_by": [*kept.get(one, ()), cause]} for one in requests]
    if rows:
        connection.execute(_MARKED, rows)


def causes_of(connection: Connection, hall: UUID, requests: Collection[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """Give the causes kept with the marks of these requests, the oldest first; nothing for one without a mark."""
    rows = connection.execute(_CAUSES, {"hall": hall, "requests": list(requests)}) if requests else ()
    return {row.id: row.moved_by for row in rows}


def forget_causes(connection: Connection, hall: UUID, request: UUID) -> None:
    """Take the causes away from a request once it is planned anew."""
    connection.execute(_MARKED, {**_place(hall, request), "moved_by": None})


def _place(hall: UUID, request: UUID) -> dict[str, UUID]:
    return {"of_hall": hall, "of_request": request}
