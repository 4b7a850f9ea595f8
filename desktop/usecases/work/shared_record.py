"""What is on record of a person is shared by all of the person's requests: a change made in one reaches the others.

Every open request in which that person takes part is planned anew in the same transaction; of very many the first few
are. The rest keep the cause: they are planned before anything else is done in them, at the latest within the next look
at the day (`day_begun`), which every seat takes once a minute; nobody acts by that, so nothing is passed on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from db.queries.shared_record import (
    causes_of,
    forget_causes,
    hold_requests,
    hold_subjects,
    open_requests_of,
    plan_again_later,
)
from desktop.usecases.context import Context
from desktop.usecases.refused import Refused
from desktop.usecases.requests.case import inputs_of
from desktop.usecases.topics import Topic
from desktop.usecases.work.worklist import OPEN, bring_up_to_date, differs, rewrite_lines, status_kept
from desktop.workflow.planning.engine import plan as planned_now
from desktop.workflow.planning.inputs import Inputs
from desktop.workflow.planning.plan import Plan

AT_ONCE: Final = 20
"""Up to so many other requests are planned anew within the act; the rest wait for the next look at the day."""
MOVED: Final = "moved_by_another"
"""The line in a request's history that says what elsewhere has changed it."""


@dataclass(frozen=True)
class Others:
    """The open requests that hear of a change, held until the transaction ends; and the request it is made in."""

    by: UUID | None
    requests: tuple[UUID, ...]
    settled: frozenset[UUID] = frozenset()
    """The requests that kept a cause and were planned anew for it just now."""


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
    settled = _settle(context, (*requests, *others[:AT_ONCE]))
    return Others(requests[0] if len(requests) == 1 else None, tuple(others), settled)


def bring_others(context: Context, others: Others, what: Mapping[str, Any]) -> None:
    """Plan anew every other request that hears of a change; its history says what moved it, by codes in `what`.

    Nothing done in them is done again. A request that the change leaves as it was gets no line.
    """
    cause = {"by": None if others.by is None else str(others.by), **what}
    for request in others.requests[:AT_ONCE]:
        _bring(context, request, cause)
    rest = others.requests[AT_ONCE:]
    if rest:
        kept = {"what": cause, "actor": str(context.staff.account_id), "at": context.now.isoformat()}
        plan_again_later(context.connection, context.hall_id, rest, context.today - timedelta(days=1), kept)


def _bring(context: Context, request: UUID, cause: Mapping[str, Any]) -> None:
    if status_kept(context, request) != OPEN:
        return
    found = _planned(context, request)
    if found is None:
        return
    inputs, plan = found
    if not differs(context, request, plan):
        rewrite_lines(context, request, plan)  # until when they hold may be another; what waits here goes on waiting
        return
    context.record(MOVED, Topic.REQUESTS, Topic.TASKS, request=request, data=cause)
    bring_up_to_date(context, request, inputs, plan)


def _settle(context: Context, requests: Sequence[UUID]) -> frozenset[UUID]:
    """Plan anew those of these requests that kept a cause, and let their history tell it if it moved them.

    The line is of who changed what they share, at that time; whoever comes upon it now has done nothing.
    """
    kept = causes_of(context.connection, context.hall_id, requests)
    for request, causes in kept.items():
        found = _planned(context, request)
        if found is None:
            continue
        _inputs, plan = found
        for cause in causes if differs(context, request, plan) else ():
            told = {"legal": datetime.fromisoformat(cause["at"]), "actor": UUID(cause["actor"]), "data": cause["what"]}
            context.record(MOVED, Topic.REQUESTS, Topic.TASKS, request=request, **told)
        rewrite_lines(context, request, plan)
        forget_causes(context.connection, context.hall_id, request)
    return frozenset(kept)


def _planned(context: Context, request: UUID) -> tuple[Inputs, Plan] | None:
    """Plan a request anew; None for a matter the catalogue no longer has, which stays as it is."""
    try:
        inputs = inputs_of(context, request)
    except Refused:
        return None
    return inputs, planned_now(context.catalogue, context.calendar, inputs, context.today)


def _subject(said: UUID | str) -> UUID | None:
    """Give a subject by its id; None for the case itself, and for a role that nobody holds yet."""
    if isinstance(said, UUID):
        return said
    try:
        return UUID(said)
    except ValueError:
        return None
