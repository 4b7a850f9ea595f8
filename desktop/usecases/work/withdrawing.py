"""Withdrawing a whole request: every part a department still has, and what was never passed on."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import update

from db.models.request import Request
from db.models.task import Task
from db.queries.requests import TaskRow, request_row, tasks_of
from desktop.usecases.context import Context
from desktop.usecases.permissions import Permission
from desktop.usecases.reasons import reason_said
from desktop.usecases.refused import Refused
from desktop.usecases.requests.case import plan_of_request
from desktop.usecases.topics import Topic
from desktop.usecases.work.offers import offers_of
from desktop.usecases.work.shared_record import hold
from desktop.usecases.work.work import DoAct, do_act
from desktop.usecases.work.worklist import OPEN, WITHDRAWN
from desktop.workflow.planning.inputs import Key, Kind
from desktop.workflow.planning.plan import Plan
from desktop.workflow.procedure.legal_states import ActKind, LegalState


@dataclass(frozen=True)
class WithdrawRequest:
    """The applicant takes the whole request back, and says why."""

    request: UUID
    reason: str


def withdraw_request(context: Context, command: WithdrawRequest) -> Plan:
    """Withdraw every part of a request that may still be withdrawn; what was decided stays decided.

    Each department confirms its part by a letter of its own. A result that is out stays to be handed over.
    Refused request_unknown, no_plan, request_over, reason_missing, too_long.
    """
    context.require(Permission.WITHDRAW_REQUEST)
    hold(context, command.request)
    row = request_row(context.connection, context.hall_id, command.request)
    if row is None:
        raise Refused("request_unknown")
    if row.status != OPEN:
        raise Refused("request_over")
    reason = reason_said(command.reason)
    if not reason:
        raise Refused("reason_missing")
    while (task := _next(context, command.request)) is not None:
        do_act(context, DoAct(task.id, ActKind.WITHDRAW, reason), passes_on=False)
    _close(context, command.request)
    data = {"reason": reason}
    context.record("request_withdrawn", Topic.REQUESTS, Topic.TASKS, request=command.request, data=data)
    return plan_of_request(context, command.request)


def _next(context: Context, request: UUID) -> TaskRow | None:
    """Give a part that may be withdrawn now; withdrawing one may change the others, so they are looked at anew."""
    plan = plan_of_request(context, request)
    for row in tasks_of(context.connection, context.hall_id, request):
        task = plan.task(Key(Kind.ITEM, row.item, row.subject))
        if task is None or task.round != row.round:
            continue
        offers = offers_of(context.staff, plan, task)
        if any(offer.act is ActKind.WITHDRAW and offer.allowed for offer in offers):
            return row
    return None


def _close(context: Context, request: UUID) -> None:
    """Close the line of the request in the list, and take what never began out of the departments' work."""
    this = (Request.hall_id == context.hall_id, Request.id == request)
    closed = {"status": WITHDRAWN, "closed_at": context.now, "next_due": None, "next_actor": None}
    context.connection.execute(update(Request).where(*this).values(**closed))
    never = (Task.hall_id == context.hall_id, Task.request_id == request, Task.state == LegalState.NONE.value)
    context.connection.execute(update(Task).where(*never).values(wanted=False))
