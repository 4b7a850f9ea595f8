"""What an act is about and what has to be said with it, as every page is told and every act is held to."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from desktop.usecases.refused import Refused
from desktop.usecases.requests.case import Handed
from desktop.usecases.requests.requests import LogRequest, log_request, see_request
from desktop.usecases.requests.timeline import see_case
from desktop.usecases.work.act_needs import MISSING, ActNeeds, TaskView, Written
from desktop.usecases.work.work import DoAct, do_act, see_task
from desktop.workflow.procedure.legal_states import ActKind, LegalState
from desktop.workflow.time.limits import Limit
from tests.usecases.conftest import SmallHall
from tests.usecases.small_case import stall_request
from tests.usecases.stalls import stall_catalogue, two_departments

CARD, SITE = "material:health_card:case", "material:site_plan:case"


@pytest.fixture
def hall_of_stalls(hall: SmallHall) -> SmallHall:
    hall.performer.catalogue = stall_catalogue(health_card_may_follow=True, extend=Limit.parse("10 workdays"))
    return hall


def log(hall: SmallHall, asked: LogRequest) -> UUID:
    request: UUID = hall.write(hall.clerk, log_request, asked).request
    return hall.read(hall.clerk, see_request, request).tasks[0].id  # type: ignore[no-any-return] # a row's key


def seen(hall: SmallHall, task: UUID) -> TaskView:
    view: TaskView = hall.read(hall.reviewer, see_task, task)
    return view


def do(hall: SmallHall, task: UUID, act: ActKind, reason: str = "") -> None:
    session = hall.clerk if act in {ActKind.WITHDRAW, ActKind.OBJECT} else hall.reviewer
    hall.write(session, do_act, DoAct(task, act, reason))
    hall.clock.move(minutes=1)


def test_a_task_says_of_each_act_what_it_is_about(hall_of_stalls: SmallHall) -> None:
    view = seen(hall_of_stalls, log(hall_of_stalls, stall_request(papers=())))
    assert view.needs_of(ActKind.SUPPLEMENT).leaves == (SITE, CARD)
    assert view.needs_of(ActKind.PROMISE).leaves == (CARD,)
    assert view.needs_of(ActKind.ACCEPT) == ActNeeds()
    assert view.here == ()
    assert seen(hall_of_stalls, log(hall_of_stalls, stall_request())).here == (SITE,)


def test_a_task_says_what_is_known_before_an_act_is_done(hall_of_stalls: SmallHall) -> None:
    asked = stall_request()
    promise = Handed("case", "health_card", promise_due=date(2026, 3, 4))
    task = log(hall_of_stalls, replace(asked, form=replace(asked.form, papers=(*asked.form.papers, promise))))
    view = seen(hall_of_stalls, task)
    assert view.needs_of(ActKind.PROMISE).day == date(2026, 3, 4)
    assert view.needs_of(ActKind.EXTEND).longest == Limit.parse("10 workdays")
    assert "testing" in view.needs_of(ActKind.SUSPEND).grounds
    assert LegalState.ISSUED in view.needs_of(ActKind.OBSERVE).ahead
    assert LegalState.NONE not in view.needs_of(ActKind.OBSERVE).ahead
    assert view.needs_of(ActKind.ISSUE).numbered
    case = hall_of_stalls.read(hall_of_stalls.reviewer, see_case, view.row.request_id)
    assert case.work[task].needs == view.needs


def test_a_task_says_the_law_of_its_next_step(hall_of_stalls: SmallHall) -> None:
    view = seen(hall_of_stalls, log(hall_of_stalls, stall_request(food=False)))
    assert [law for law in view.laws if law.startswith("行政许可法")] == list(view.laws)
    assert view.laws
    assert view.statutory == Limit.parse("20 workdays")


@pytest.mark.parametrize(("act", "written"), [(ActKind.WITHDRAW, Written.REASON), (ActKind.OBJECT, Written.NOTE)])
def test_an_act_the_hall_wants_explained_is_refused_without_a_word(
    hall_of_stalls: SmallHall, act: ActKind, written: Written
) -> None:
    task = log(hall_of_stalls, stall_request(food=False))
    do(hall_of_stalls, task, ActKind.ACCEPT)
    assert seen(hall_of_stalls, task).needs_of(act).written is written
    for nothing in ("", " "):
        with pytest.raises(Refused, match=MISSING[written]):
            do(hall_of_stalls, task, act, nothing)
    do(hall_of_stalls, task, act, "邻居担心占道")


def test_a_question_is_answered_with_an_answer(hall: SmallHall) -> None:
    hall.performer.catalogue = stall_catalogue(procedure="enquiry")
    task = log(hall, stall_request(food=False))
    do(hall, task, ActKind.ACCEPT)
    assert seen(hall, task).needs_of(ActKind.GRANT).written is Written.ANSWER
    with pytest.raises(Refused, match="answer_missing"):
        do(hall, task, ActKind.GRANT)
    do(hall, task, ActKind.GRANT, "夜市八点开始")


def test_a_task_names_the_items_decided_together_with_it(hall: SmallHall) -> None:
    hall.performer.catalogue = two_departments()
    view = seen(hall, log(hall, stall_request()))
    assert view.task.item.joint is not None
    assert {one.item.joint for one in view.together} == {view.task.item.joint}
    assert view.task.key not in {one.key for one in (*view.together, *view.beside)}
