"""One act, one path: what is refused in one place is refused in every place, and before anything is on record."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from desktop.usecases.letters.letters import list_letters, see_letter
from desktop.usecases.reasons import MOST_REASON
from desktop.usecases.refused import Refused
from desktop.usecases.requests.requests import (
    Answer,
    CorrectFact,
    Handed,
    ReceivePapers,
    correct_fact,
    log_request,
    look,
    receive_papers,
    see_request,
)
from desktop.usecases.work.act_words import REFUSALS, spoken
from desktop.usecases.work.withdrawing import WithdrawRequest, withdraw_request
from desktop.usecases.work.work import DoAct, TaskView, do_act, see_task
from desktop.workflow.catalogue.requirements import LeafKind, Need, Phase
from desktop.workflow.planning.inputs import Key, Kind
from desktop.workflow.planning.plan import Plan
from desktop.workflow.procedure.legal_states import ActKind, LegalState
from desktop.workflow.procedure.procedures import ItemKind
from tests.usecases.conftest import SmallHall
from tests.usecases.small_case import STALL, stall_request
from tests.usecases.stalls import stall_catalogue

CARD, SITE = "material:health_card:case", "material:site_plan:case"


def log(hall: SmallHall, *papers: str, food: bool = True) -> UUID:
    request: UUID = hall.write(hall.clerk, log_request, stall_request(food=food, papers=papers)).request
    return request


def seen(hall: SmallHall, request: UUID) -> TaskView:
    task = hall.read(hall.clerk, see_request, request).tasks[0].id
    view: TaskView = hall.read(hall.reviewer, see_task, task)
    return view


def do(hall: SmallHall, request: UUID, act: ActKind, reason: str = "", **values: object) -> Plan:
    session = hall.clerk if act in {ActKind.RESUPPLY, ActKind.WITHDRAW} else hall.reviewer
    task = hall.read(hall.clerk, see_request, request).tasks[0].id
    plan: Plan = hall.write(session, do_act, DoAct(task, act, reason, values=values))
    hall.clock.move(minutes=1)
    return plan


def refused(hall: SmallHall, request: UUID, act: ActKind, reason: str = "", **values: object) -> Refused:
    with pytest.raises(Refused) as refusal:
        do(hall, request, act, reason, **values)
    return refusal.value


# --- what is done at once ---


def test_the_counter_does_not_finish_at_once_what_the_rules_advise_against(hall: SmallHall) -> None:
    plan = {Phase.ACCEPT: Need(kind=LeafKind.MATERIAL, code="site_plan")}
    hall.performer.catalogue = stall_catalogue(kind=ItemKind.INSTANT, eligible="not sells_food", requires=plan)
    asked = replace(stall_request(food=True), at_once=True)
    assert hall.read(hall.clerk, look, asked.form).at_once == ()
    with pytest.raises(Refused, match="not_at_once"):
        hall.write(hall.clerk, log_request, asked)
    (result,) = hall.write(hall.clerk, log_request, replace(stall_request(food=False), at_once=True)).results
    assert result.item == Key(Kind.ITEM, "stall", "case")


# --- papers that may follow (容缺) ---


def test_a_department_lets_only_those_papers_follow_that_may_and_no_longer_than_they_may(hall: SmallHall) -> None:
    hall.performer.catalogue = stall_catalogue(health_card_may_follow=True)
    request = log(hall)
    sooner = {CARD: date(2026, 3, 4)}
    wrong = refused(hall, request, ActKind.PROMISE, deferred={**sooner, SITE: date(2026, 3, 4)})
    named = hall.performer.catalogue.materials["site_plan"].name
    assert (wrong.code, wrong.values["paper"]) == ("paper_may_not_follow", (named,))
    late = refused(hall, request, ActKind.PROMISE, deferred={CARD: date(2026, 3, 6)})  # its own limit is 3 working days
    assert (late.code, late.values["latest"]) == ("deferral_too_late", date(2026, 3, 5))
    do(hall, request, ActKind.PROMISE, deferred={CARD: date(2026, 3, 5)})
    hall.performer.catalogue = stall_catalogue()
    assert refused(hall, log(hall), ActKind.PROMISE, deferred=sooner).code == "paper_may_not_follow"


def test_a_promise_is_kept_when_the_paper_has_come(hall: SmallHall) -> None:
    hall.performer.catalogue = stall_catalogue(health_card_may_follow=True)
    request = log(hall, "site_plan")
    do(hall, request, ActKind.PROMISE, deferred={CARD: date(2026, 3, 5)})
    do(hall, request, ActKind.ACCEPT)
    assert refused(hall, request, ActKind.KEEP_PROMISE).code == "still_owing"
    assert refused(hall, request, ActKind.GRANT).code == "gate_closed"
    hall.write(hall.clerk, receive_papers, ReceivePapers(request, (Handed("case", "health_card"),)))
    do(hall, request, ActKind.KEEP_PROMISE)
    assert do(hall, request, ActKind.GRANT).tasks[0].state.state is LegalState.GRANTED


# --- one notice lists everything (一次性告知) ---


def listed(plan: Plan) -> tuple[str, ...]:
    return plan.tasks[0].state.notices[-1].listed


def test_a_notice_names_everything_missing_whatever_was_ticked(hall: SmallHall) -> None:
    hall.performer.catalogue = STALL
    request = log(hall)
    assert set(listed(do(hall, request, ActKind.SUPPLEMENT, listed=[SITE]))) == {SITE, CARD}
    assert set(listed(do(hall, log(hall), ActKind.SUPPLEMENT))) == {SITE, CARD}
    line = hall.read(hall.clerk, list_letters, request)[0]
    letter = hall.read(hall.clerk, see_letter, line.id).letter
    assert {need.name.zh for need in letter.missing} == {"场地平面图", "健康证明"}


def test_a_notice_asks_again_only_for_what_is_here_and_says_what_is_wrong_with_it(hall: SmallHall) -> None:
    hall.performer.catalogue = STALL
    request = log(hall, "site_plan")
    unknown = refused(hall, request, ActKind.SUPPLEMENT, listed=["material:no_such_paper:case"])
    assert unknown.code == "paper_unknown"
    assert refused(hall, request, ActKind.SUPPLEMENT, listed=[CARD, SITE]).code == "defect_undescribed"
    assert refused(hall, request, ActKind.SUPPLEMENT, defects={SITE: " "}).code == "defect_undescribed"
    assert listed(do(hall, request, ActKind.SUPPLEMENT, defects={SITE: "没有标出消防通道"})) == (CARD, SITE)


def test_what_became_missing_after_a_notice_may_be_asked_for(hall: SmallHall) -> None:
    hall.performer.catalogue = STALL
    request = log(hall, food=False)
    assert listed(do(hall, request, ActKind.SUPPLEMENT)) == (SITE,)
    hall.write(hall.clerk, receive_papers, ReceivePapers(request, (Handed("case", "site_plan"),)))
    do(hall, request, ActKind.RESUPPLY)
    hall.write(hall.clerk, correct_fact, CorrectFact(request, Answer("case", "sells_food", value=True)))
    assert next(offer for offer in seen(hall, request).offers if offer.act is ActKind.SUPPLEMENT).allowed
    assert listed(do(hall, request, ActKind.SUPPLEMENT)) == (CARD,)


def test_an_act_written_down_late_cannot_undo_what_is_on_record(hall: SmallHall) -> None:
    hall.performer.catalogue = STALL
    request = hall.write(hall.clerk, log_request, stall_request(food=False)).request
    task = hall.read(hall.clerk, see_request, request).tasks[0].id
    hall.write(hall.reviewer, do_act, DoAct(task, ActKind.ACCEPT))
    between = hall.clock.now + timedelta(minutes=1)
    hall.clock.move(minutes=5)
    hall.write(hall.reviewer, do_act, DoAct(task, ActKind.GRANT))
    hall.clock.move(minutes=5)
    with pytest.raises(Refused, match="undoes_record") as refused:
        hall.write(hall.clerk, do_act, DoAct(task, ActKind.WITHDRAW, "不办了", legal=between))
    assert hall.read(hall.clerk, see_request, request).tasks[0].state == "granted"
    said = REFUSALS["undoes_record"].format(**spoken(refused.value.values))
    assert "准予许可" in said


# --- what is written with an act ---


@pytest.mark.bad_input("a text of 100,000 characters")
def test_a_reason_that_fits_no_letter_is_refused_wherever_it_is_given(hall: SmallHall) -> None:
    hall.performer.catalogue = STALL
    request, book = log(hall), "长" * 100_000
    correction = CorrectFact(request, Answer("case", "sells_food", False), book)
    with pytest.raises(Refused, match="too_long") as refusal:
        hall.write(hall.clerk, withdraw_request, WithdrawRequest(request, book))
    assert refusal.value.values == {"limit": MOST_REASON, "length": 100_000}
    with pytest.raises(Refused, match="too_long"):
        hall.write(hall.clerk, correct_fact, correction)
    assert refused(hall, request, ActKind.WITHDRAW, book).code == "too_long"
    assert refused(hall, request, ActKind.SUPPLEMENT, listed=(CARD,), defects={CARD: book}).code == "too_long"
    assert [row.kind for row in hall.read(hall.clerk, list_letters, request)] == ["receipt"]
    hall.write(hall.clerk, withdraw_request, WithdrawRequest(request, "长" * MOST_REASON))
