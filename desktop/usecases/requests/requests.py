"""Requests: what somebody needs is logged, looked up, corrected, and seen through to its end."""

from dataclasses import dataclass
from uuid import UUID

from db.queries.requests import (
    EventRow,
    FactRow,
    PaperRow,
    RequestRow,
    RoleRow,
    TaskRow,
    facts_of,
    history_of,
    papers_of,
    request_row,
    roles_of,
    tasks_of,
)
from desktop.usecases.context import Context
from desktop.usecases.permissions import Permission
from desktop.usecases.reasons import reason_said
from desktop.usecases.refused import Refused
from desktop.usecases.requests.case import Answer, Form, Handed, Mandate, as_received, plan_of_request
from desktop.usecases.requests.case_records import keep_facts
from desktop.usecases.requests.new_request import Logged, LogRequest, Look, log_request, look, preview, twins
from desktop.usecases.requests.papers_in import ReceivePapers, receive_papers
from desktop.usecases.requests.request_list import ListQuery, see_list
from desktop.usecases.requests.under_way import check_open, check_part
from desktop.usecases.sight import check_sight
from desktop.usecases.topics import Topic
from desktop.usecases.work.shared_record import bring_others, hold
from desktop.usecases.work.worklist import bring_up_to_date
from desktop.workflow.planning.plan import Plan

__all__ = [
    "Answer",
    "CorrectFact",
    "EventRow",
    "FactRow",
    "Form",
    "Handed",
    "ListQuery",
    "LogRequest",
    "Logged",
    "Look",
    "Mandate",
    "PaperRow",
    "ReceivePapers",
    "RequestRow",
    "RequestView",
    "RoleRow",
    "TaskRow",
    "correct_fact",
    "list_page",
    "log_request",
    "look",
    "preview",
    "receive_papers",
    "see_request",
    "twins",
]


@dataclass(frozen=True)
class RequestView:
    """A request as its page shows it."""

    row: RequestRow
    roles: tuple[RoleRow, ...]
    facts: tuple[FactRow, ...]
    papers: tuple[PaperRow, ...]
    tasks: tuple[TaskRow, ...]
    history: tuple[EventRow, ...]
    plan: Plan | None


@dataclass(frozen=True)
class CorrectFact:
    """A fact told anew; everything done stays done, and the plan is made anew."""

    request: UUID
    answer: Answer
    reason: str = ""


def see_request(context: Context, request: UUID) -> RequestView:
    """Show a whole request; the look is noted in the log. Refused request_unknown."""
    context.require(Permission.SEE_REQUESTS)
    connection, hall = context.connection, context.hall_id
    row = request_row(connection, hall, request)
    if row is None:
        raise Refused("request_unknown")
    check_sight(context, request)
    context.record_reading("request_seen", request=request)
    roles = roles_of(connection, hall, request)
    subjects = [role.subject_id for role in roles]
    return RequestView(
        row=row,
        roles=tuple(roles),
        facts=tuple(facts_of(connection, hall, request, subjects)),
        papers=as_received(papers_of(connection, hall, request, subjects)),
        tasks=tuple(tasks_of(connection, hall, request)),
        history=tuple(history_of(connection, hall, request)),
        plan=plan_of_request(context, request) if row.demand else None,
    )


def list_page(context: Context, query: ListQuery) -> tuple[RequestRow, ...]:
    """Give the rows of a page of requests, newest first, or those that the words find."""
    return see_list(context, query).rows


def correct_fact(context: Context, command: CorrectFact) -> Plan:
    """Put a fact right: the old value stays in the record, the plan is made anew, nothing done is redone.

    A fact of a person is on the person's file: the person's other open requests are planned anew as well.
    Refused request_unknown, request_over, unknown_subject for somebody who takes no part, and as `keep_facts` says.
    """
    context.require(Permission.RECORD_FACT)
    check_sight(context, command.request)
    others = hold(context, command.request, touched=(command.answer.subject,))
    check_open(context, command.request)
    check_part(context, command.request, command.answer.subject)
    data = {
        "fact": command.answer.code,
        "subject": command.answer.subject,
        "reason": reason_said(command.reason) or None,
    }
    event = context.record("fact_corrected", Topic.REQUESTS, Topic.FACTS, request=command.request, data=data)
    keep_facts(context, command.request, event, (command.answer,))
    plan = bring_up_to_date(context, command.request)
    bring_others(context, others, {"fact": command.answer.code})
    return plan
