"""A way out found after logging: the matter leads elsewhere, and the person is told in a letter where to go."""

from typing import Final
from uuid import UUID

from db.queries.requests import history_of
from desktop.letters.content import WayOut
from desktop.usecases.context import Context
from desktop.usecases.letters.letter_contents import about_of, applicant_part, papers_in, shared
from desktop.usecases.letters.letter_missing import both
from desktop.usecases.letters.letters import write_way_out
from desktop.usecases.topics import Topic
from desktop.workflow.catalogue.definitions import Route
from desktop.workflow.planning.plan import Plan

TOLD: Final = "way_out_told"


def is_told(context: Context, request: UUID, plan: Plan) -> bool:
    """Tell whether the applicant was told of the way out that holds now; where none holds there is nothing to tell."""
    if plan.route is None:
        return True
    number = plan.demand.routing.index(plan.route)
    history = history_of(context.connection, context.hall_id, request)
    return any(event.kind == TOLD and (event.data or {}).get("route") == number for event in history)


def tell_way_out(context: Context, request: UUID, plan: Plan) -> None:
    """Write the letter of a way out that holds now and was not told before; departments end what they have in hand."""
    route = plan.route
    if route is None or is_told(context, request, plan):
        return
    number = plan.demand.routing.index(route)
    data = {"demand": plan.demand.code, "route": number}
    event = context.record(TOLD, Topic.REQUESTS, Topic.LETTERS, request=request, data=data)
    write_way_out(context, request, lambda letter: _letter(context, request, plan, route, letter), event)


def _letter(context: Context, request: UUID, plan: Plan, route: Route, number: str) -> WayOut:
    under_way = tuple(both(task.item.name) for task in plan.tasks if task.state.live)
    about = about_of(context, request)
    return WayOut(
        **shared(context, about, number),
        department=about.hall.name,
        applicant=applicant_part(about),
        received_on=about.row.opened_at.astimezone(context.zone).date(),
        outcome=both(route.outcome),
        under_way=under_way,
        returned=() if under_way else papers_in(context, about, kept=True),
    )
