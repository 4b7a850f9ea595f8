"""Who may do which act on a task, in what capacity; and acts that bring papers, send papers back, or end a request."""

from datetime import date
from uuid import UUID

import pytest

from desktop.letters.content import Supplement
from desktop.letters.parts import Need
from desktop.usecases.context import Session
from desktop.usecases.letters.letters import list_letters, see_letter
from desktop.usecases.permissions import Role
from desktop.usecases.refused import Refused
from desktop.usecases.requests.requests import Handed, see_request
from desktop.usecases.work.withdrawing import WithdrawRequest, withdraw_request
from desktop.usecases.work.work import DoAct, TaskView, WorkQuery, do_act, list_work, see_task
from desktop.workflow.planning.plan import PaperLine, Readiness
from desktop.workflow.procedure.acts import Offer
from desktop.workflow.procedure.legal_states import ActKind, ActorRole, Gate, LegalState
from desktop.workflow.time.limits import Limit
from tests.usecases.conftest import SmallHall
from tests.usecases.small_case import STALL, stall_request
from tests.usecases.stalls import stall_catalogue, two_departments

CARD = "material:health_card:case"


@pytest.fixture
def stall_hall(hall: SmallHall) -> SmallHall:
    hall.performer.catalogue = STALL
    return hall


def log(hall: SmallHall, *, food: bool = False, papers: tuple[str, ...] = ("site_plan",)) -> UUID:
    from desktop.usecases.requests.requests import log_request

    request: UUID = hall.write(hall.clerk, log_request, stall_request(food=food, papers=papers)).request
    return request


def task_of(hall: SmallHall, request: UUID) -> UUID:
    found: UUID = hall.read(hall.clerk, see_request, request).tasks[0].id
    return found


def seen(hall: SmallHall, session: Session, request: UUID) -> TaskView:
    view: TaskView = hall.read(session, see_task, task_of(hall, request))
    return view


def offers(hall: SmallHall, session: Session, request: UUID) -> dict[ActKind, Offer]:
    return {offer.act: offer for offer in seen(hall, session, request).offers}


def do(hall: SmallHall, session: Session, request: UUID, act: ActKind, reason: str = "", **more: object) -> None:
    papers = more.pop("papers", ())
    assert isinstance(papers, tuple)
    hall.write(session, do_act, DoAct(task_of(hall, request), act, reason, values=more, papers=papers))
    hall.clock.move(minutes=1)


def test_an_approver_who_reviews_is_offered_both_capacities(stall_hall: SmallHall) -> None:
    stall_hall.performer.catalogue = stall_catalogue(health_card_may_follow=True, extend=Limit.parse("10 workdays"))
    request = log(stall_hall, food=True)
    do(stall_hall, stall_hall.reviewer, request, ActKind.PROMISE, deferred={CARD: date(2026, 3, 5)})
    do(stall_hall, stall_hall.reviewer, request, ActKind.ACCEPT)
    found = offers(stall_hall, stall_hall.reviewer, request)
    assert found[ActKind.KEEP_PROMISE].allowed
    assert found[ActKind.EXTEND].allowed
    assert found[ActKind.BREAK_PROMISE].needs_reason


def test_a_clerk_is_told_who_does_what_the_counter_may_not(stall_hall: SmallHall) -> None:
    found = offers(stall_hall, stall_hall.clerk, log(stall_hall))
    assert found[ActKind.WITHDRAW].allowed
    accept = found[ActKind.ACCEPT]
    assert (accept.allowed, accept.code) == (False, "role_may_not")
    assert accept.values["roles"] == (ActorRole.APPROVER, ActorRole.REVIEWER)
    assert found[ActKind.ISSUE].code == "not_from_state"


def test_a_reviewer_of_another_department_is_told_so(stall_hall: SmallHall) -> None:
    stall_hall.performer.catalogue = two_departments()
    other = stall_hall.add(Role.REVIEWER, "other", "amr")
    found = offers(stall_hall, other, log(stall_hall))
    assert found[ActKind.ACCEPT].code == "other_department"
    assert found[ActKind.WITHDRAW].code == "role_may_not"


def test_nothing_is_offered_that_is_refused_when_done(stall_hall: SmallHall) -> None:
    for session in (stall_hall.clerk, stall_hall.reviewer, stall_hall.supervisor):
        request = log(stall_hall, food=True)
        for act, offer in offers(stall_hall, session, request).items():
            if not offer.allowed:
                with pytest.raises(Refused):
                    do(stall_hall, session, request, act, "理由")


def test_a_decision_on_a_case_just_accepted_takes_it_in_hand(stall_hall: SmallHall) -> None:
    request = log(stall_hall)
    do(stall_hall, stall_hall.reviewer, request, ActKind.ACCEPT)
    assert offers(stall_hall, stall_hall.reviewer, request)[ActKind.GRANT].allowed
    do(stall_hall, stall_hall.reviewer, request, ActKind.GRANT)
    history = stall_hall.read(stall_hall.clerk, see_request, request).history
    acts = [event.data["act"] for event in history if event.kind == "act" and event.data]
    assert acts == ["submit", "accept", "assign", "grant"]
    row = stall_hall.read(stall_hall.clerk, see_request, request).tasks[0]
    assert row.assignee_id == stall_hall.reviewer.account_id


def test_a_refusal_without_a_reason_leaves_the_case_as_it_was(stall_hall: SmallHall) -> None:
    request = log(stall_hall)
    do(stall_hall, stall_hall.reviewer, request, ActKind.ACCEPT)
    with pytest.raises(Refused, match="reason_missing"):
        do(stall_hall, stall_hall.reviewer, request, ActKind.REFUSE)
    assert seen(stall_hall, stall_hall.reviewer, request).task.state.state is LegalState.ACCEPTED


def test_granting_against_the_conditions_takes_a_reason(stall_hall: SmallHall) -> None:
    stall_hall.performer.catalogue = stall_catalogue(eligible="not sells_food")
    request = log(stall_hall, food=True, papers=("site_plan", "health_card"))
    do(stall_hall, stall_hall.reviewer, request, ActKind.ACCEPT)
    assert offers(stall_hall, stall_hall.reviewer, request)[ActKind.GRANT].needs_reason
    with pytest.raises(Refused, match="against_advice"):
        do(stall_hall, stall_hall.reviewer, request, ActKind.GRANT)
    do(stall_hall, stall_hall.reviewer, request, ActKind.GRANT, "县政府专题会议同意")
    assert seen(stall_hall, stall_hall.reviewer, request).task.state.state is LegalState.GRANTED


def test_a_result_may_not_end_before_it_begins(stall_hall: SmallHall) -> None:
    request = log(stall_hall)
    for act in (ActKind.ACCEPT, ActKind.GRANT):
        do(stall_hall, stall_hall.reviewer, request, act)
    with pytest.raises(Refused, match="valid_until_past"):
        do(stall_hall, stall_hall.reviewer, request, ActKind.ISSUE, valid_until=date(2026, 3, 2))
    do(
        stall_hall,
        stall_hall.reviewer,
        request,
        ActKind.ISSUE,
        number="临食摊〔2026〕1号",
        valid_until=date(2029, 3, 1),
    )


def test_a_paper_that_is_there_can_be_sent_back_with_what_is_wrong(stall_hall: SmallHall) -> None:
    request = log(stall_hall, food=True)
    plan = "material:site_plan:case"
    defects = {plan: "没有标出消防通道"}
    do(stall_hall, stall_hall.reviewer, request, ActKind.SUPPLEMENT, listed=[CARD, plan], defects=defects)
    view = seen(stall_hall, stall_hall.reviewer, request)
    assert {paper.key.code: paper.line for paper in view.plan.papers}["site_plan"] is PaperLine.DEFECTIVE
    assert view.task.gates[Gate.ACCEPT].readiness is Readiness.BLOCKED
    line = stall_hall.read(stall_hall.clerk, list_letters, request)[0]
    letter = stall_hall.read(stall_hall.clerk, see_letter, line.id).letter
    assert isinstance(letter, Supplement)
    faults = {need.name.zh: need.fault.zh for need in letter.missing if isinstance(need, Need) and need.fault}
    assert faults == {"场地平面图": "没有标出消防通道"}


def test_papers_asked_for_come_in_with_the_act_that_passes_them_back(stall_hall: SmallHall) -> None:
    request = log(stall_hall, food=True)
    do(stall_hall, stall_hall.reviewer, request, ActKind.SUPPLEMENT, listed=[CARD])
    assert stall_hall.read(stall_hall.clerk, list_work, WorkQuery()) == ()
    do(stall_hall, stall_hall.clerk, request, ActKind.RESUPPLY, papers=(Handed("case", "health_card"),))
    view = seen(stall_hall, stall_hall.reviewer, request)
    assert view.task.state.state is LegalState.SUBMITTED
    assert view.task.gates[Gate.ACCEPT].readiness is Readiness.OPEN


def test_a_defect_in_what_came_back_may_be_named_once_more(stall_hall: SmallHall) -> None:
    request = log(stall_hall, food=True)
    do(stall_hall, stall_hall.reviewer, request, ActKind.SUPPLEMENT, listed=[CARD])
    do(stall_hall, stall_hall.clerk, request, ActKind.RESUPPLY, papers=(Handed("case", "health_card"),))
    assert offers(stall_hall, stall_hall.reviewer, request)[ActKind.SUPPLEMENT].allowed
    do(stall_hall, stall_hall.reviewer, request, ActKind.SUPPLEMENT, listed=[CARD], defects={CARD: "已过期"})
    assert seen(stall_hall, stall_hall.reviewer, request).task.state.state is LegalState.SUPPLEMENT


def test_work_that_waits_for_papers_or_for_the_counter_is_not_the_departments(stall_hall: SmallHall) -> None:
    request = log(stall_hall, food=True)
    do(stall_hall, stall_hall.reviewer, request, ActKind.SUPPLEMENT, listed=[CARD])
    assert stall_hall.read(stall_hall.reviewer, list_work, WorkQuery()) == ()
    do(stall_hall, stall_hall.clerk, request, ActKind.RESUPPLY, papers=(Handed("case", "health_card"),))
    for act in (ActKind.ACCEPT, ActKind.GRANT, ActKind.ISSUE):
        assert [row.request_id for row in stall_hall.read(stall_hall.reviewer, list_work, WorkQuery())] == [request]
        do(stall_hall, stall_hall.reviewer, request, act)
    assert stall_hall.read(stall_hall.reviewer, list_work, WorkQuery()) == ()
    assert [row.request_id for row in stall_hall.read(stall_hall.clerk, list_work, WorkQuery())] == [request]


def test_a_paper_brought_after_a_notice_waits_for_the_counter_to_pass_it_back(stall_hall: SmallHall) -> None:
    from desktop.usecases.requests.requests import ReceivePapers, receive_papers

    request = log(stall_hall, food=True)
    do(stall_hall, stall_hall.reviewer, request, ActKind.SUPPLEMENT, listed=[CARD])
    assert stall_hall.read(stall_hall.clerk, see_request, request).row.next_actor == "applicant"
    stall_hall.write(stall_hall.clerk, receive_papers, ReceivePapers(request, (Handed("case", "health_card"),)))
    assert stall_hall.read(stall_hall.clerk, see_request, request).row.next_actor == "counter"
    assert [row.request_id for row in stall_hall.read(stall_hall.clerk, list_work, WorkQuery())] == [request]


def test_a_whole_request_is_withdrawn_with_a_reason(stall_hall: SmallHall) -> None:
    request = log(stall_hall)
    with pytest.raises(Refused, match="reason_missing"):
        stall_hall.write(stall_hall.clerk, withdraw_request, WithdrawRequest(request, " "))
    stall_hall.write(stall_hall.clerk, withdraw_request, WithdrawRequest(request, "不想办了"))
    view = stall_hall.read(stall_hall.clerk, see_request, request)
    assert (view.row.status, view.row.next_actor, view.row.closed_at) == ("withdrawn", None, stall_hall.clock.now)
    assert view.tasks[0].state == "withdrawn"
    assert "withdrawal" in [line.kind for line in stall_hall.read(stall_hall.clerk, list_letters, request)]
    with pytest.raises(Refused, match="request_over"):
        stall_hall.write(stall_hall.clerk, withdraw_request, WithdrawRequest(request, "又不想办了"))


def test_only_the_counter_withdraws_a_request(stall_hall: SmallHall) -> None:
    request = log(stall_hall)
    with pytest.raises(Refused, match="not_allowed"):
        stall_hall.write(stall_hall.reviewer, withdraw_request, WithdrawRequest(request, "不想办了"))
