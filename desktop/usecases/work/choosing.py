"""Choosing a way of a request that is under way: what the applicant said they want, instead of what came to nothing."""

from dataclasses import dataclass
from uuid import UUID

from db.queries.requests import request_row
from desktop.usecases.context import Context
from desktop.usecases.permissions import Permission
from desktop.usecases.refused import Refused
from desktop.usecases.requests.case import CHOICE, plan_of_request
from desktop.usecases.topics import Topic
from desktop.usecases.work.shared_record import hold
from desktop.usecases.work.worklist import OPEN, bring_up_to_date
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.planning.plan import Plan


@dataclass(frozen=True)
class ChooseWay:
    """The applicant's choice: among which ways (`Alternative.group`), and the name of the way taken."""

    request: UUID
    of: str
    way: str


def choose_way(context: Context, command: ChooseWay) -> Plan:
    """Keep the applicant's choice among the ways of a plan, and pass on what it asks for.

    Refused request_unknown, no_plan, request_over, way_closed where the way is not open here.
    """
    context.require(Permission.CHANGE_REQUEST)
    hold(context, command.request)
    row = request_row(context.connection, context.hall_id, command.request)
    if row is None:
        raise Refused("request_unknown")
    if row.status != OPEN:
        raise Refused("request_over")
    plan = plan_of_request(context, command.request)
    ways = {way.name for one in plan.alternatives if one.group == command.of for way in one.ways if _is_open(way.value)}
    if command.way not in ways:
        raise Refused("way_closed")
    data = {"of": command.of, "way": command.way}
    context.record(CHOICE, Topic.REQUESTS, Topic.TASKS, request=command.request, data=data)
    return bring_up_to_date(context, command.request)


def _is_open(value: Truth) -> bool:
    return value is not Truth.FALSE
