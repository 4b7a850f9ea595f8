"""Letters on real records: each act leaves its letter, and a letter is read back as it was given."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from desktop.letters.content import (
    Acceptance,
    Extension,
    Grant,
    Letter,
    NonAcceptance,
    Receipt,
    Refusal,
    ResultHandover,
    Supplement,
    Withdrawal,
)
from desktop.letters.parts import Depends, Need
from desktop.letters.render import render
from desktop.usecases.letters import list_letters, see_letter
from desktop.usecases.people import NewPerson, NoIdentifier, register_person
from desktop.usecases.refused import Refused
from desktop.usecases.requests import Logged, log_request, see_request
from desktop.usecases.work import DoAct, do_act
from desktop.workflow.catalogue import Catalogue
from desktop.workflow.legal_states import ActKind
from desktop.workflow.limits import Limit
from tests.usecases.conftest import Clock, SmallHall
from tests.usecases.small_case import STALL, stall_request


@pytest.fixture
def stall_hall(hall: SmallHall) -> SmallHall:
    hall.performer.catalogue = STALL
    return hall


def log(hall: SmallHall, *, food: bool = False, papers: tuple[str, ...] = ("site_plan",)) -> Logged:
    logged = hall.write(hall.clerk, log_request, stall_request(food=food, papers=papers))
    assert isinstance(logged, Logged)
    return logged


def do(hall: SmallHall, request: UUID, act: ActKind, reason: str = "", **values: object) -> None:
    session = hall.clerk if act in {ActKind.SERVE, ActKind.WITHDRAW} else hall.reviewer
    task = hall.read(hall.clerk, see_request, request).tasks[0].id
    hall.write(session, do_act, DoAct(task, act, reason, values=values))
    hall.clock.move(minutes=1)


def newest(hall: SmallHall, request: UUID) -> Letter:
    line = hall.read(hall.clerk, list_letters, request)[0]
    letter: Letter = hall.read(hall.clerk, see_letter, line.id).letter
    return letter


def kinds(hall: SmallHall, request: UUID) -> list[str]:
    return [line.kind for line in hall.read(hall.clerk, list_letters, request)][::-1]


def test_logging_a_request_gives_a_receipt_with_its_number_and_everything_missing(stall_hall: SmallHall) -> None:
    logged = log(stall_hall, food=True)
    receipt = newest(stall_hall, logged.request)
    assert isinstance(receipt, Receipt)
    assert (receipt.request_number, receipt.number) == (logged.number, "收件-20260302-0001")
    assert [paper.name.zh for paper in receipt.papers] == ["场地平面图"]
    assert [entry.name.zh for entry in receipt.missing if isinstance(entry, Need)] == ["健康证明"]
    assert receipt.counter.zh == "A01 综合窗口"


def test_an_open_question_is_listed_with_what_hangs_on_it(stall_hall: SmallHall) -> None:
    command = stall_request(papers=())
    form = type(command.form)("open_stall")
    logged = stall_hall.write(stall_hall.clerk, log_request, type(command)(form))
    receipt = newest(stall_hall, logged.request)
    assert isinstance(receipt, Receipt)
    needs = [entry.name.zh for entry in receipt.missing if isinstance(entry, Need)]
    open_ones = [entry for entry in receipt.missing if isinstance(entry, Depends)]
    assert needs == ["场地平面图"]
    assert [(e.question.zh, [n.name.zh for n in e.when_so]) for e in open_ones] == [("卖食品", ["健康证明"])]


def test_the_supplement_notice_lists_everything_missing(stall_hall: SmallHall) -> None:
    logged = log(stall_hall, food=True, papers=())
    do(stall_hall, logged.request, ActKind.SUPPLEMENT, listed=("material:site_plan:case",))
    notice = newest(stall_hall, logged.request)
    assert isinstance(notice, Supplement)
    assert {entry.name.zh for entry in notice.missing if isinstance(entry, Need)} == {"场地平面图", "健康证明"}
    words = render(notice).words
    assert "场地平面图" in words
    assert "健康证明" in words


def test_accept_grant_and_serve_each_leave_their_letter(stall_hall: SmallHall) -> None:
    request = log(stall_hall).request
    do(stall_hall, request, ActKind.ACCEPT)
    accepted = newest(stall_hall, request)
    assert isinstance(accepted, Acceptance)
    assert (accepted.items[0].due.on, accepted.department.zh) == (date(2026, 3, 9), "民政局")
    do(stall_hall, request, ActKind.ASSIGN)
    do(stall_hall, request, ActKind.GRANT)
    assert isinstance(newest(stall_hall, request), Grant)
    do(stall_hall, request, ActKind.ISSUE)
    do(stall_hall, request, ActKind.SERVE, method="in_person")
    handed = newest(stall_hall, request)
    assert isinstance(handed, ResultHandover)
    assert [paper.name.zh for paper in handed.documents] == ["摊位证"]
    assert kinds(stall_hall, request) == ["receipt", "acceptance", "grant", "result_handover"]


def test_a_refusal_gives_reasons_articles_and_both_remedies(stall_hall: SmallHall) -> None:
    request = log(stall_hall).request
    do(stall_hall, request, ActKind.ACCEPT)
    do(stall_hall, request, ActKind.ASSIGN)
    do(stall_hall, request, ActKind.REFUSE, "占用消防通道")
    refusal = newest(stall_hall, request)
    assert isinstance(refusal, Refusal)
    assert refusal.reasons[0].zh == "占用消防通道"
    assert (refusal.remedies.reconsideration_limit.count, refusal.remedies.litigation_limit.count) == (60, 6)
    assert refusal.articles


def test_not_accepting_and_withdrawing_leave_their_letters(stall_hall: SmallHall) -> None:
    first, second = log(stall_hall).request, log(stall_hall).request
    do(stall_hall, first, ActKind.NOT_ACCEPT, "不在受理范围")
    do(stall_hall, second, ActKind.WITHDRAW, "申请人改主意")
    assert isinstance(newest(stall_hall, first), NonAcceptance)
    withdrawal = newest(stall_hall, second)
    assert isinstance(withdrawal, Withdrawal)
    assert [paper.name.zh for paper in withdrawal.returned] == ["场地平面图"]


def test_an_act_refused_by_the_law_leaves_no_letter(stall_hall: SmallHall) -> None:
    request = log(stall_hall).request
    with pytest.raises(Refused):
        do(stall_hall, request, ActKind.SUPPLEMENT, listed=())
    assert kinds(stall_hall, request) == ["receipt"]


def test_letters_are_numbered_within_their_kind(stall_hall: SmallHall, clock: Clock) -> None:
    first, second = log(stall_hall).request, log(stall_hall).request
    do(stall_hall, second, ActKind.ACCEPT)
    assert newest(stall_hall, first).number == "收件-20260302-0001"
    assert newest(stall_hall, second).number == "受理-20260302-0001"


def test_markup_in_a_reason_stays_text(stall_hall: SmallHall) -> None:
    request = log(stall_hall).request
    do(stall_hall, request, ActKind.NOT_ACCEPT, "<b>重</b>&")
    rendered = render(newest(stall_hall, request))
    assert "<b>重</b>&" in rendered.words
    assert "&lt;b&gt;重" in rendered.parts[0].html


def test_a_letter_nobody_wrote_is_not_found(stall_hall: SmallHall) -> None:
    request = log(stall_hall).request
    with pytest.raises(Refused, match="letter_unknown"):
        stall_hall.read(stall_hall.clerk, see_letter, request)


def test_an_extension_tells_the_old_and_the_new_day(stall_hall: SmallHall) -> None:
    longer = STALL.items["stall"].model_copy(update={"extend": Limit.parse("10 workdays")})
    fields = {name: getattr(STALL, name) for name in Catalogue.model_fields}
    stall_hall.performer.catalogue = Catalogue(**(fields | {"items": {"stall": longer}}))
    request = log(stall_hall).request
    do(stall_hall, request, ActKind.ACCEPT)
    do(stall_hall, request, ActKind.ASSIGN)
    do(stall_hall, request, ActKind.EXTEND, "案情复杂", limit="10 workdays")
    extension = newest(stall_hall, request)
    assert isinstance(extension, Extension)
    assert extension.extended_by.count == 10
    assert extension.new_due.on > extension.old_due.on


def test_markup_in_a_name_stays_text(stall_hall: SmallHall) -> None:
    command = stall_request()
    person = NewPerson("<i>王</i>&", no_identifier=next(iter(NoIdentifier)), witness="李四")
    subject = stall_hall.write(stall_hall.clerk, register_person, person).subject
    form = replace(command.form, roles={"applicant": (subject,)})
    logged = stall_hall.write(stall_hall.clerk, log_request, replace(command, form=form))
    rendered = render(newest(stall_hall, logged.request))
    assert "<i>王</i>&" in rendered.words
    assert "&lt;i&gt;王" in rendered.parts[0].html
