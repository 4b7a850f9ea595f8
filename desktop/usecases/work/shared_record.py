"""What is on record of a person is shared by all of the person's requests: a change made in one reaches the others.

Every open request in which that person takes part is planned anew in the same transaction; of very many the first few
are, and the rest within the next look at the day (`day_begun`), which every seat takes once a minute.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from db.queries.shared_record import hold_requests, hold_subjects, open_requests_of, plan_again_later
from desktop.usecases.context import Context
from desktop.usecases.refused import Refused
from desktop.usecases.requests.case import inputs_of
from desktop.usecases.topics import Topic
from desktop.usecases.work.worklist import OPEN, bring_up_to_date, differs, status_kept
from desktop.workflow.planning.engine import plan as planned_now

AT_ONCE: Final = 20
"""Up to so many other requests are planned anew within the act; the rest wait for the next look at the day."""
MOVED: Final = "moved_by_another"
"""The line in a request's history that says what elsewhere has changed it."""


@dataclass(frozen=True)
class Others:
    """The open requests that hear of a change, held until the transaction ends; and the request it is made in."""

    by: UUID | None
    requests: tuple[UUID, ...]


def hold(context: Context, *requests: UUID, touched: Iterable[UUID | str] = (), people: Iterable[UUID] = ()) -> Others:
    """Keep what an act writes from other writers, and give the other requests that hear of what it changes.

    `touched` are those of whom it changes what is on record (what is no subject is passed over), `people` others who
    take part. It comes before anything is read that the act is judged by: people first, then requests, each by id, so
    that two acts on one person's requests wait for each other in one order.
    """
    connection, hall = context.connection, context.hall_id
    whose = {subject for one in touched if (subject := _subject(one)) is not None}
    hold_subjects(connection, hall, whose | set(people), requests)
    others = [one for one in open_requests_of(connection, hall, whose) if one not in requests]
    hold_requests(connection, hall, (*requests, *others))
    return Others(requests[0] if len(requests) == 1 else None, tuple(others))


def bring_others(context: Context, others: Others, what: Mapping[str, Any]) -> None:
    """Plan anew every other request that hears of a change; its history says what moved it, by codes in `what`.

    Nothing done in them is done again. A request that the change leaves as it was gets no line.
    """
    cause = {"by": None if others.by is None else str(others.by), **what}
    for request in others.requests[:AT_ONCE]:
        _bring(context, request, cause)
    rest = others.requests[AT_ONCE:]
    if rest:
        plan_again_later(context.connection, context.hall_id, rest, context.today - timedelta(days=1))
    for request in rest:
        _record(context, request, cause)


def _bring(context: Context, request: UUID, cause: Mapping[str, Any]) -> None:
    if status_kept(context, request) != OPEN:
        return
    try:
        inputs = inputs_of(context, request)
    except Refused:  # a matter the catalogue no longer has stays as it is
        return
    plan = planned_now(context.catalogue, context.calendar, inputs, context.today)
    if differs(context, request, plan):
        _record(context, request, cause)
    bring_up_to_date(context, request, inputs, plan)


def _record(context: Context, request: UUID, cause: Mapping[str, Any]) -> None:
    context.record(MOVED, Topic.REQUESTS, Topic.TASKS, request=request, data=cause)


def _subject(said: UUID | str) -> UUID | None:
    """Give a subject by its id; None for the case itself, and for a role that nobody holds yet."""
    if isinstance(said, UUID):
        return said
    try:
        return UUID(said)
    except ValueError:
        return None
