"""What a change of the calendar does to open requests: counted before it is made, and written when it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from db.queries.requests import open_before
from desktop.usecases.context import Context, Session
from desktop.usecases.hall.calendar import CalendarEdit, calendar_after, edit_calendar
from desktop.usecases.perform import Performer
from desktop.usecases.permissions import Permission
from desktop.usecases.refused import Refused
from desktop.usecases.requests.case import inputs_of
from desktop.usecases.work.shared_record import hold
from desktop.usecases.work.worklist import OPEN, rewrite_lines
from desktop.workflow.planning.engine import plan
from desktop.workflow.planning.plan import Plan

AT_A_TIME = 20
Report = Callable[[int, int], bool]


@dataclass(frozen=True)
class Effect:
    """How many open requests were looked at, and how many of them get other dates."""

    looked: int = 0
    of: int = 0
    later: int = 0
    earlier: int = 0
    most: int = 0
    """By how many days at the most."""

    @property
    def changed(self) -> int:
        """Return how many requests get another date."""
        return self.later + self.earlier

    @property
    def whole(self) -> bool:
        """Return whether all of them were looked at."""
        return self.looked == self.of


@dataclass(frozen=True)
class EffectQuery:
    """An edit, and the requests to look at."""

    edit: CalendarEdit
    requests: tuple[UUID, ...]


def touched_requests(context: Context, edit: CalendarEdit) -> tuple[UUID, ...]:
    """Give the open requests whose dates the edit may move: those opened by the last day of it."""
    context.require(Permission.EDIT_CALENDAR)
    end = datetime.combine(edit.last + timedelta(days=1), time(), context.zone)
    return open_before(context.connection, context.hall_id, end, OPEN)


def effect_on(context: Context, query: EffectQuery) -> Effect:
    """Count which of these requests get other dates by an edit; nothing is written and nobody's data are shown."""
    context.require(Permission.EDIT_CALENDAR)
    after = calendar_after(context.connection, context.hall_id, query.edit)
    found = Effect()
    for request in query.requests:
        try:
            inputs = inputs_of(context, request)
        except Refused:  # a matter the catalogue no longer has keeps its dates
            continue
        now = plan(context.catalogue, context.calendar, inputs, context.today)
        found = _counted(found, _shift(now, plan(context.catalogue, after, inputs, context.today)))
    return replace(found, looked=len(query.requests))


def recount(context: Context, requests: Sequence[UUID]) -> None:
    """Write the dates of these requests anew, as the calendar has them now; nothing of them is passed on by it."""
    context.require(Permission.EDIT_CALENDAR)
    settled = hold(context, *requests).settled
    for request in requests:
        if request in settled:
            continue
        try:
            rewrite_lines(context, request)
        except Refused:  # as above
            continue


def preview_edit(performer: Performer, report: Report, *, session: Session, edit: CalendarEdit) -> Effect:
    """Count what an edit would do to open requests, a few at a time; told to stop, give what was counted so far."""
    requests = performer.read(session, touched_requests, edit)
    found = Effect(of=len(requests))
    if not requests:
        performer.read(session, effect_on, EffectQuery(edit, ()))  # an edit that is refused is refused here too
    for at in range(0, len(requests), AT_A_TIME):
        part = performer.read(session, effect_on, EffectQuery(edit, requests[at : at + AT_A_TIME]))
        found = _together(found, part)
        if not report(found.looked, found.of):
            break
    return found


def make_edit(performer: Performer, report: Report, *, session: Session, edit: CalendarEdit) -> int:
    """Change the calendar, then write the dates of open requests anew; return how many were looked at.

    A page shows the right date at once, because it plans by the calendar of now; the lists follow here.
    """
    performer.write(session, edit_calendar, edit)
    requests = performer.read(session, touched_requests, edit)
    for at in range(0, len(requests), AT_A_TIME):
        performer.write(session, recount, requests[at : at + AT_A_TIME])
        report(min(at + AT_A_TIME, len(requests)), len(requests))
    return len(requests)


def _dates(planned: Plan) -> dict[str, date]:
    found = {str(task.key): task.due.date for task in planned.tasks if task.due is not None}
    if planned.matter_due is not None:
        found["matter"] = planned.matter_due.date
    return found


def _shift(before: Plan, after: Plan) -> int:
    """Return by how many days the date that moves most moves, later or (below nought) earlier."""
    was, becomes = _dates(before), _dates(after)
    moves = [(becomes[key] - was[key]).days for key in was.keys() & becomes.keys()]
    return max(moves, key=abs, default=0)


def _counted(found: Effect, shift: int) -> Effect:
    later, earlier = found.later + (shift > 0), found.earlier + (shift < 0)
    return replace(found, later=later, earlier=earlier, most=max(found.most, abs(shift)))


def _together(one: Effect, other: Effect) -> Effect:
    return Effect(
        one.looked + other.looked,
        one.of,
        one.later + other.later,
        one.earlier + other.earlier,
        max(one.most, other.most),
    )
