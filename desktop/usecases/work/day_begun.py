"""What another day changes by itself: something ran out, a pause is over, silence has accepted; the lists follow."""

from typing import Final
from uuid import UUID

from db.queries.days import Standing, requests_run_out, tasks_standing
from desktop.usecases.context import Context
from desktop.usecases.refused import Refused
from desktop.usecases.topics import Topic
from desktop.usecases.work.shared_record import hold
from desktop.usecases.work.worklist import rewrite_lines
from desktop.workflow.planning.plan import Actor, Readiness
from desktop.workflow.procedure.legal_states import LegalState
from desktop.workflow.procedure.procedures import SilenceCode
from desktop.workflow.procedure.profiles import PROFILES

AT_A_TIME: Final = 20
_DECIDED: Final = (LegalState.ISSUED.value, LegalState.SERVED.value)


def requests_of_another_day(context: Context, _query: None = None) -> tuple[UUID, ...]:
    """Give the requests whose lines in the lists were written for a day that is over; anybody may ask.

    The plan of a case is always of today. What the lists keep of it waits for the next act, except for this.
    """
    if context.hall is None:
        return ()
    departments = sorted({item.department for item in context.catalogue.items.values()})
    rows = tasks_standing(context.connection, context.hall, context.today, departments)
    run_out = requests_run_out(context.connection, context.hall, context.today)
    return tuple(dict.fromkeys((*(row.request_id for row in rows if _is_of_another_day(context, row)), *run_out)))


def begin_day(context: Context, requests: tuple[UUID, ...]) -> None:
    """Write the lines of these requests as they stand today; nobody acts by it.

    Whoever is signed in is nobody's hand here: what the day makes ready to be passed on waits for the counter. The log
    gets nothing but what elsewhere had moved a request and was kept until now, in the name of who did that.
    """
    _ = context.staff
    settled = hold(context, *requests).settled
    for request in requests:
        if request in settled:
            continue
        try:
            rewrite_lines(context, request)
        except Refused:  # a matter the catalogue no longer has stays as it is
            continue
    context.topics.update({Topic.REQUESTS, Topic.TASKS})


def _is_of_another_day(context: Context, row: Standing) -> bool:
    """Tell whether a line says what the day has overtaken: a pause until a day, a paper awaited, no answer yet."""
    if row.state == LegalState.SUSPENDED:
        expected = row.expected_end
        return Actor.CLOCK.value in row.waiting_on and expected is not None and expected <= context.today.isoformat()
    if row.state in _DECIDED:
        return row.readiness == Readiness.BLOCKED
    item = context.catalogue.items.get(row.item)
    if item is None:
        return False
    return PROFILES[item.procedure].silence_basis(SilenceCode.DEEMED_ACCEPTED, item.timing) is not None
