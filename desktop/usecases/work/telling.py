"""Telling the applicant of a way out that a day or a rule has brought: an act of the counter, never of a look at it."""

from uuid import UUID

from desktop.usecases.context import Context
from desktop.usecases.permissions import Permission
from desktop.usecases.requests.under_way import check_open
from desktop.usecases.sight import check_sight
from desktop.usecases.work.shared_record import hold
from desktop.usecases.work.worklist import bring_up_to_date
from desktop.workflow.planning.plan import Plan


def tell_elsewhere(context: Context, request: UUID) -> Plan:
    """Write the letter that says where to go with a request that leads elsewhere; told once, it is not written again.

    What departments have in hand of it they end then; where nothing is, the request ends.
    Refused request_unknown, request_over.
    """
    context.require(Permission.WRITE_LETTER)
    check_sight(context, request)
    hold(context, request)
    check_open(context, request)
    return bring_up_to_date(context, request)
