"""When a request is over: not before every goal that may apply is reached or closed."""

from datetime import date
from uuid import UUID

import pytest

from desktop.usecases.requests.requests import (
    Answer,
    CorrectFact,
    Handed,
    ReceivePapers,
    correct_fact,
    log_request,
    receive_papers,
    see_request,
)
from desktop.usecases.work.work import DoAct, do_act
from desktop.workflow.catalogue.definitions import Catalogue, Want
from desktop.workflow.catalogue.requirements import LeafKind, Need, Phase
from desktop.workflow.procedure.legal_states import ActKind
from tests.usecases.conftest import SmallHall
from tests.usecases.small_case import STALL, stall_request
from tests.usecases.stalls import two_departments

FOOD = Want(outcome="food_filing")


def _with_food(want: Want) -> Catalogue:
    """The stall and the food filing, which is handed in only with the health certificate."""
    both = two_departments()
    demand = both.demands["open_stall"]
    wants = (*(one for one in demand.wants if one.outcome != want.outcome), want)
    card = {Phase.SUBMIT: Need(kind=LeafKind.MATERIAL, code="health_card")}
    fields = {name: getattr(both, name) for name in Catalogue.model_fields}
    items = {**both.items, "food": both.items["food"].model_copy(update={"requires": card})}
    demands = {"open_stall": demand.model_copy(update={"wants": wants})}
    return Catalogue(**(fields | {"items": items, "demands": demands}))


def _refused(hall: SmallHall, want: Want) -> UUID:
    """Log the stall with a goal beside it that is not begun, and refuse the stall."""
    hall.performer.catalogue = _with_food(want)
    request: UUID = hall.write(hall.clerk, log_request, stall_request(food=False)).request
    task = next(task.id for task in hall.read(hall.clerk, see_request, request).tasks if task.item == "stall")
    hall.write(hall.reviewer, do_act, DoAct(task, ActKind.NOT_ACCEPT, "不属于本机关职权"))
    hall.clock.move(minutes=1)
    hall.write(hall.clerk, do_act, DoAct(task, ActKind.SERVE, values={"method": "in_person"}))
    hall.clock.move(minutes=1)
    return request


def _standing(hall: SmallHall, request: UUID) -> tuple[str, str | None]:
    row = hall.read(hall.clerk, see_request, request).row
    return row.status, row.next_actor


def test_one_goal_refused_does_not_end_the_request_for_the_other(hall: SmallHall) -> None:
    request = _refused(hall, FOOD)
    assert _standing(hall, request) == ("open", "applicant")
    hall.write(hall.clerk, receive_papers, ReceivePapers(request, (Handed("case", "health_card"),)))
    states = {task.item: task.state for task in hall.read(hall.clerk, see_request, request).tasks}
    assert states == {"stall": "not_accepted", "food": "submitted"}


@pytest.mark.parametrize(("month", "status"), [(5, "open"), (4, "ended")])
def test_while_a_goal_may_still_apply_the_request_stays_open(hall: SmallHall, month: int, status: str) -> None:
    request = _refused(hall, FOOD.model_copy(update={"when": "opens_on >= 2026-05-01"}))
    assert _standing(hall, request) == ("open", "applicant")
    day = date(2026, month, 2)
    hall.write(hall.clerk, correct_fact, CorrectFact(request, Answer("case", "opens_on", day)))
    assert _standing(hall, request)[0] == status


def test_a_result_to_collect_has_its_day_of_delivery_and_makes_no_request_overdue(hall: SmallHall) -> None:
    hall.performer.catalogue = STALL
    request = hall.write(hall.clerk, log_request, stall_request(food=False)).request
    task = hall.read(hall.clerk, see_request, request).tasks[0].id
    dates = []
    for act in (ActKind.ACCEPT, ActKind.GRANT, ActKind.ISSUE):
        hall.write(hall.reviewer, do_act, DoAct(task, act))
        hall.clock.move(minutes=1)
        view = hall.read(hall.clerk, see_request, request)
        dates.append((view.tasks[0].due, view.row.next_due))
    promised, delivery = date(2026, 3, 9), date(2026, 3, 16)
    assert dates == [(promised, promised), (delivery, delivery), (delivery, None)]
