"""What waits to be handed out, who may take it, and the act; and where a matter stands, told at the counter."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from db.open import Database
from desktop.usecases.letters.letters import list_letters, see_letter
from desktop.usecases.people.people import NewPerson, NoIdentifier, register_person
from desktop.usecases.perform import Performer
from desktop.usecases.refused import Refused
from desktop.usecases.requests.case import Form, Mandate
from desktop.usecases.requests.progress import FindRequests, Progress, find_requests, tell_progress
from desktop.usecases.requests.requests import Answer, Handed, LogRequest, log_request, see_request
from desktop.usecases.work.hand_out import (
    HandedOver,
    HandOutView,
    HandOver,
    Result,
    SomebodyElse,
    WaitingQuery,
    hand_over,
    list_waiting,
    see_hand_out,
)
from desktop.usecases.work.work import DoAct, do_act
from desktop.workflow.procedure.legal_states import ActKind, LegalState
from tests.usecases.conftest import CALENDAR, Clock, SmallHall
from tests.usecases.small_case import STALL

CARD = "110101199003077774"


@pytest.fixture
def performer(database: Database, clock: Clock) -> Performer:
    return Performer(database, STALL, CALENDAR, clock)


def person(hall: SmallHall, name: str, number: str | None = None) -> UUID:
    reason = None if number else NoIdentifier.NOT_AT_HAND
    found: UUID = hall.write(hall.clerk, register_person, NewPerson(name, number, no_identifier=reason)).subject
    return found


def log(hall: SmallHall, applicant: UUID | None, **more: Any) -> UUID:
    """A stall that sells no food lacks nothing."""
    roles = {} if applicant is None else {"applicant": (applicant,)}
    roles |= more.pop("roles", {})
    form = Form("open_stall", roles, (Answer("case", "sells_food", False),), (Handed("case", "site_plan"),), **more)
    found: UUID = hall.write(hall.clerk, log_request, LogRequest(form, despite_twin=True)).request
    return found


def bring_out(hall: SmallHall, request: UUID) -> UUID:
    """Let the department finish it."""
    (task,) = hall.read(hall.clerk, see_request, request).tasks
    for act in (ActKind.ACCEPT, ActKind.ASSIGN, ActKind.GRANT, ActKind.ISSUE):
        hall.write(hall.reviewer, do_act, DoAct(task.id, act))
    found: UUID = task.id
    return found


def out(hall: SmallHall, applicant: UUID | None, **more: Any) -> UUID:
    return bring_out(hall, log(hall, applicant, **more))


def waiting(hall: SmallHall, words: str = "", **more: Any) -> tuple[Result, ...]:
    found: tuple[Result, ...] = hall.read(hall.clerk, list_waiting, WaitingQuery(words, **more)).results
    return found


def seen(hall: SmallHall, task: UUID) -> HandOutView:
    found = hall.read(hall.clerk, see_hand_out, task)
    assert isinstance(found, HandOutView)
    return found


def give(hall: SmallHall, *tasks: UUID, **how: Any) -> HandedOver:
    found = hall.write(hall.clerk, hand_over, HandOver(tasks, **{"method": "in_person", **how}))
    assert isinstance(found, HandedOver)
    return found


def handover_letter(hall: SmallHall, request: UUID) -> Any:
    line = next(one for one in hall.read(hall.clerk, list_letters, request) if one.kind == "result_handover")
    return hall.read(hall.clerk, see_letter, line.id).letter


def test_what_has_waited_longest_stands_first(hall: SmallHall, clock: Clock) -> None:
    tasks = []
    for name in ("张三", "李四", "王五"):
        tasks.append(out(hall, person(hall, name)))
        clock.move(hours=1)
    assert [result.task for result in waiting(hall)] == tasks
    first = waiting(hall, limit=1)[0]
    assert [r.task for r in waiting(hall, after=(first.since, first.task))] == tasks[1:]


@pytest.mark.parametrize("words", ["李四", "lisi", "ls", CARD, "20260302-0002"])
def test_a_result_is_found_by_name_pinyin_card_and_number(hall: SmallHall, words: str) -> None:
    out(hall, person(hall, "张三"))
    task = out(hall, person(hall, "李四", CARD))
    assert [result.task for result in waiting(hall, words)] == [task]


def test_all_that_waits_for_one_person_is_handed_over_in_one_go(hall: SmallHall) -> None:
    applicant = person(hall, "李四", CARD)
    first, second = out(hall, applicant), out(hall, applicant)
    out(hall, person(hall, "张三"))
    view = seen(hall, second)
    assert [result.task for result in view.results] == [first, second]
    assert view.applicant == "李四"
    assert view.numbers[0].endswith("7774")
    assert CARD not in view.numbers
    done = give(hall, first, second)
    assert len(done.items) == 2
    assert done.to == "李四"
    assert [result.applicant for result in waiting(hall)] == ["张三"]


def test_a_result_is_handed_over_once(hall: SmallHall) -> None:
    task = out(hall, None)
    give(hall, task)
    with pytest.raises(Refused, match="already_handed_over"):
        give(hall, task)
    with pytest.raises(Refused, match="already_handed_over"):
        seen(hall, task)


def test_of_several_all_are_handed_over_or_none(hall: SmallHall) -> None:
    applicant = person(hall, "李四")
    first, second = out(hall, applicant), out(hall, applicant)
    give(hall, second)
    with pytest.raises(Refused, match="already_handed_over"):
        give(hall, first, second)
    assert [result.task for result in waiting(hall)] == [first]


def test_results_of_several_people_are_not_handed_over_together(hall: SmallHall) -> None:
    tasks = out(hall, person(hall, "张三")), out(hall, person(hall, "李四"))
    with pytest.raises(Refused, match="several_people"):
        give(hall, *tasks)


def test_the_act_is_in_the_log_without_a_name_and_the_letter_names_who_took_it(hall: SmallHall) -> None:
    agent = person(hall, "赵代办")
    request = log(
        hall, person(hall, "李四"), roles={"agent": (agent,)}, mandates={"agent": Mandate("relative", "collect")}
    )
    task = bring_out(hall, request)
    (taker,) = seen(hall, task).takers
    assert (taker.subject, taker.name, taker.why_not) == (agent, "赵代办", None)
    assert give(hall, task, method="agent", taker=agent).to == "赵代办"
    view = hall.read(hall.clerk, see_request, request)
    data = view.history[-1].data
    assert data["values"] == {"method": "agent", "signed": "signature", "recipient": str(agent), "relation": "agent"}
    letter = handover_letter(hall, request)
    assert letter.recipient == "赵代办"
    assert letter.relation.zh == "代办人"
    assert view.tasks[0].state == LegalState.SERVED


def test_an_agent_who_was_not_sent_to_collect_gets_nothing(hall: SmallHall) -> None:
    agent = person(hall, "赵代办")
    task = out(
        hall, person(hall, "李四"), roles={"agent": (agent,)}, mandates={"agent": Mandate("relative", "hand_in")}
    )
    assert seen(hall, task).takers[0].why_not == "may_not_collect"
    with pytest.raises(Refused, match="may_not_collect"):
        give(hall, task, method="agent", taker=agent)


def test_an_authority_that_is_over_is_no_authority(hall: SmallHall, clock: Clock) -> None:
    agent = person(hall, "赵代办")
    until = (clock.now + timedelta(days=1)).date()
    mandate = Mandate("relative", "whole", until)
    task = out(hall, person(hall, "李四"), roles={"agent": (agent,)}, mandates={"agent": mandate})
    assert seen(hall, task).takers[0].why_not is None
    clock.move(days=2)
    hall.sessions.update({role: hall.sign_in(role.value) for role in hall.sessions if role.value == "clerk"})
    assert seen(hall, task).takers[0].why_not == "mandate_over"


def test_a_stranger_to_the_request_is_no_taker(hall: SmallHall) -> None:
    task = out(hall, person(hall, "李四"))
    with pytest.raises(Refused, match="taker_unknown"):
        give(hall, task, method="agent", taker=person(hall, "路人"))


def test_somebody_else_is_put_on_file_once(hall: SmallHall) -> None:
    request = log(hall, person(hall, "李四"))
    task = bring_out(hall, request)
    give(hall, task, method="agent", somebody=SomebodyElse("李小四", CARD))
    assert handover_letter(hall, request).recipient == "李小四"
    other = out(hall, person(hall, "王五"))
    give(hall, other, method="agent", somebody=SomebodyElse("李小四", CARD))
    with pytest.raises(Refused, match="name_missing"):
        give(hall, out(hall, None), method="agent", somebody=SomebodyElse(" "))


def test_what_is_posted_has_the_number_of_the_mail(hall: SmallHall) -> None:
    request = log(hall, person(hall, "李四"))
    task = bring_out(hall, request)
    with pytest.raises(Refused, match="mail_number_missing"):
        give(hall, task, method="post")
    give(hall, task, method="post", mail_number="EA 1234 5678 9CN")
    data = hall.read(hall.clerk, see_request, request).history[-1].data
    assert data["values"] == {"method": "post", "mail_number": "EA123456789CN"}


def test_nothing_ticked_hands_nothing_over(hall: SmallHall) -> None:
    with pytest.raises(Refused, match="nothing_chosen"):
        give(hall)


def test_a_department_hands_nothing_out_at_the_counter(hall: SmallHall) -> None:
    task = out(hall, None)
    with pytest.raises(Refused, match="not_allowed"):
        hall.write(hall.reviewer, hand_over, HandOver((task,), "in_person"))


# -- progress ---------------------------------------------------------------------------------------------------


def told(hall: SmallHall, request: UUID) -> Progress:
    found = hall.read(hall.clerk, tell_progress, request)
    assert isinstance(found, Progress)
    return found


@pytest.mark.parametrize("words", ["李四", "lisi", CARD, "20260302-0001", "0302-0001"])
def test_a_matter_is_found_by_name_pinyin_card_and_number(hall: SmallHall, words: str) -> None:
    request = log(hall, person(hall, "李四", CARD))
    log(hall, person(hall, "张三"))
    found = hall.read(hall.clerk, find_requests, FindRequests(words))
    assert [row.request for row in found] == [request]


def test_progress_says_what_is_missing_who_has_it_and_until_when(hall: SmallHall) -> None:
    form = Form("open_stall", answers=(Answer("case", "sells_food", True),), papers=(Handed("case", "site_plan"),))
    request = hall.write(hall.clerk, log_request, LogRequest(form)).request
    progress = told(hall, request)
    assert [paper.zh for paper in progress.to_bring] == ["健康证明"]
    assert progress.steps[0].department.zh == "民政局"


def test_progress_follows_the_acts(hall: SmallHall) -> None:
    request = log(hall, None)
    (step,) = told(hall, request).steps
    assert (step.state, step.stage.done) == (LegalState.SUBMITTED, False)
    assert step.due is not None
    task = bring_out(hall, request)
    (step,) = told(hall, request).steps
    assert step.stage.to_collect
    give(hall, task)
    progress = told(hall, request)
    assert progress.steps[0].stage.done
    assert progress.status == "done"


def test_a_look_at_progress_is_in_the_log(hall: SmallHall) -> None:
    request = log(hall, None)
    told(hall, request)
    kinds = [event.kind for event in hall.read(hall.supervisor, see_request, request).history]
    assert "request_seen" in kinds
