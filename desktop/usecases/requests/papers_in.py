"""Papers handed in for a request that is under way."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from desktop.usecases.context import Context
from desktop.usecases.permissions import Permission
from desktop.usecases.requests.case import Handed
from desktop.usecases.requests.case_records import keep_paper
from desktop.usecases.requests.under_way import check_open, check_part
from desktop.usecases.sight import check_sight
from desktop.usecases.topics import Topic
from desktop.usecases.work.shared_record import bring_others, hold
from desktop.usecases.work.worklist import bring_up_to_date
from desktop.workflow.planning.plan import Plan


@dataclass(frozen=True)
class ReceivePapers:
    """Papers handed in for a request that is under way."""

    request: UUID
    papers: tuple[Handed, ...] = field(default=())
    received: datetime | None = None
    """When they came, where that is not now."""


def receive_papers(context: Context, command: ReceivePapers) -> Plan:
    """Take in papers for a request that is under way; what is a person's own serves all of the person's requests.

    Refused request_unknown, request_over, unknown_subject for somebody who takes no part, and as `keep_paper` says.
    """
    context.require(Permission.RECEIVE_PAPER)
    check_sight(context, command.request)
    others = hold(context, command.request, touched=[paper.subject for paper in command.papers])
    plan = take_in(context, command)
    bring_others(context, others, {"papers": [paper.code for paper in command.papers]})
    return plan


def take_in(context: Context, command: ReceivePapers) -> Plan:
    """Take papers into a request that is held already with everybody whose they are; refused as `receive_papers` is."""
    context.require(Permission.RECEIVE_PAPER)
    check_sight(context, command.request)
    check_open(context, command.request)
    check_part(context, command.request, *(paper.subject for paper in command.papers))
    event = context.record(
        "papers_received",
        Topic.REQUESTS,
        Topic.PAPERS,
        request=command.request,
        legal=command.received,
        data={"papers": [paper.code for paper in command.papers]},
    )
    for paper in command.papers:
        keep_paper(context, command.request, event, paper, command.received)
    return bring_up_to_date(context, command.request)
