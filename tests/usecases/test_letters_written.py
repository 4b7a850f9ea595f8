"""Letters on real records: each act leaves its letter, and a letter is read back as it was given."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from desktop.letters.content import (
    Acceptance,
    EnquiryReply,
    Extension,
    Grant,
    Letter,
    NonAcceptance,
    NotOurs,
    NotRequired,
    Promise,
    PromiseBroken,
    Receipt,
    Refusal,
    ResultHandover,
    Resumption,
    Supplement,
    Suspension,
    Termination,
    Withdrawal,
)
from desktop.letters.parts import Depends, Need
from desktop.letters.render import render
from desktop.usecases.letters.letters import list_letters, see_letter
from desktop.usecases.people.people import NewPerson, NoIdentifier, register_person
from desktop.usecases.refused import Refused
from desktop.usecases.requests.requests import Form, Logged, LogRequest, log_request, see_request
from desktop.usecases.work.work import DoAct, do_act
from desktop.workflow.catalogue.definitions import Catalogue, Want
from desktop.workflow.catalogue.requirements import Known, LeafKind, Phase
from desktop.workflow.catalogue.requirements import Need as Leaf
from desktop.workflow.procedure.legal_states import ActKind
from desktop.workflow.time.limits import Limit
from tests.usecases.conftest import Clock, SmallHall
from tests.usecases.small_case import STALL, stall_request
from tests.usecases.stalls import TESTING, stall_catalogue, two_departments


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
    assert (receipt.counter.zh, receipt.counter.en) == ("A01 综合窗口", "Counter A01")


def test_what_one_department_waits_for_from_another_is_not_the_persons_to_bring(stall_hall: SmallHall) -> None:
    together = two_departments()
    needs_licence = {Phase.ACCEPT: Leaf(kind=LeafKind.OUTCOME, code="stall_licence")}
    food = together.items["food"].model_copy(update={"requires": needs_licence})
    fields = {name: getattr(together, name) for name in Catalogue.model_fields}
    stall_hall.performer.catalogue = Catalogue(**(fields | {"items": {**together.items, "food": food}}))
    receipt = newest(stall_hall, log(stall_hall).request)
    assert isinstance(receipt, Receipt)
    assert (receipt.missing, receipt.next_visit) == ((), None)
    assert [entry.name.zh for entry in receipt.under_way if isinstance(entry, Need)] == ["摊位证"]


def test_a_receipt_asks_for_no_paper_while_an_answer_decides_which(stall_hall: SmallHall) -> None:
    undecided = STALL.demands["open_stall"].model_copy(
        update={"wants": (Want(outcome="stall_licence", when="sells_food"),)}
    )
    stall_hall.performer.catalogue = STALL.model_copy(update={"demands": {"open_stall": undecided}})
    logged = stall_hall.write(stall_hall.clerk, log_request, LogRequest(Form("open_stall")))
    receipt = newest(stall_hall, logged.request)
    assert isinstance(receipt, Receipt)
    assert [entry.question.zh for entry in receipt.missing if isinstance(entry, Depends)] == ["卖食品"]
    assert (receipt.next_visit, receipt.papers_open) == (None, True)


def test_a_receipt_asks_to_be_told_without_asking_for_papers(stall_hall: SmallHall) -> None:
    told_only = {Phase.ACCEPT: Known(code="sells_food")}
    stall = STALL.items["stall"].model_copy(update={"requires": told_only})
    stall_hall.performer.catalogue = STALL.model_copy(update={"items": {"stall": stall}})
    logged = stall_hall.write(stall_hall.clerk, log_request, LogRequest(Form("open_stall")))
    receipt = newest(stall_hall, logged.request)
    assert isinstance(receipt, Receipt)
    assert len(receipt.missing) == 1
    assert (receipt.next_visit, receipt.papers_open) == (None, False)


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
    granted = newest(stall_hall, request)
    assert isinstance(granted, Grant)
    assert [word for word in ("长期", "有效期") if word in render(granted).words] == [], "nobody has said so"
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
    assert refusal.remedies is not None
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


@pytest.mark.bad_input("markup in any text field")
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


@pytest.mark.bad_input("markup in any text field")
def test_markup_in_a_name_stays_text(stall_hall: SmallHall) -> None:
    command = stall_request()
    person = NewPerson("<i>王</i>&", no_identifier=next(iter(NoIdentifier)), witness="李四")
    subject = stall_hall.write(stall_hall.clerk, register_person, person).subject
    form = replace(command.form, roles={"applicant": (subject,)})
    logged = stall_hall.write(stall_hall.clerk, log_request, replace(command, form=form))
    rendered = render(newest(stall_hall, logged.request))
    assert "<i>王</i>&" in rendered.words
    assert "&lt;i&gt;王" in rendered.parts[0].html


CARD = "material:health_card:case"
LIGHT = ("filing", "public_service", "enquiry")


@pytest.mark.parametrize("procedure", LIGHT)
def test_a_plain_service_is_refused_with_reasons_and_without_the_remedies_of_the_law(
    stall_hall: SmallHall, procedure: str
) -> None:
    stall_hall.performer.catalogue = stall_catalogue(procedure=procedure)
    first, second = log(stall_hall).request, log(stall_hall).request
    do(stall_hall, first, ActKind.ACCEPT)
    do(stall_hall, first, ActKind.REFUSE, "占用消防通道")
    do(stall_hall, second, ActKind.NOT_ACCEPT, "不在受理范围")
    refusal, turned_away = newest(stall_hall, first), newest(stall_hall, second)
    assert isinstance(refusal, Refusal)
    assert isinstance(turned_away, NonAcceptance)
    assert (refusal.remedies, turned_away.remedies) == (None, None)
    for letter in (refusal, turned_away):
        words = render(letter).words
        assert "12345" in words
        assert "行政复议" not in words


def test_what_needs_no_permit_is_told_in_a_letter(stall_hall: SmallHall) -> None:
    request = log(stall_hall).request
    do(stall_hall, request, ActKind.NOT_REQUIRED, "自产自销农产品不用办证")
    letter = newest(stall_hall, request)
    assert isinstance(letter, NotRequired)
    assert letter.articles[0].zh == "行政许可法 第三十二条第一款第一项"
    assert [paper.name.zh for paper in letter.returned] == ["场地平面图"]


@pytest.mark.parametrize(("whom", "office"), [("县城管局", "县城管局"), ("", "请向本大厅咨询台查询")])
def test_who_is_in_charge_is_told_in_a_letter(stall_hall: SmallHall, whom: str, office: str) -> None:
    request = log(stall_hall).request
    do(stall_hall, request, ActKind.NOT_OURS, "占道经营由城管部门管", to_whom=whom)
    letter = newest(stall_hall, request)
    assert isinstance(letter, NotOurs)
    assert letter.right_office.name.zh == office


def test_a_pause_and_its_end_are_told_with_their_ground(stall_hall: SmallHall, clock: Clock) -> None:
    stall_hall.performer.catalogue = stall_catalogue(pauses=(TESTING,))
    request = log(stall_hall).request
    do(stall_hall, request, ActKind.ACCEPT)
    do(stall_hall, request, ActKind.SUSPEND, "水质送检", ground="testing", expected_end=date(2026, 3, 9))
    pause = newest(stall_hall, request)
    assert isinstance(pause, Suspension)
    assert (pause.ground.zh, pause.expected_end.on) == ("检测", date(2026, 3, 9))
    clock.move(days=3)
    stall_hall.sessions.update({role: stall_hall.sign_in(role.value) for role in list(stall_hall.sessions)})
    do(stall_hall, request, ActKind.RESUME)
    goes_on = newest(stall_hall, request)
    assert isinstance(goes_on, Resumption)
    assert (goes_on.ground.zh, goes_on.started_on, goes_on.resumed_on) == ("检测", date(2026, 3, 2), date(2026, 3, 5))
    assert goes_on.new_due is not None
    assert goes_on.new_due.on > date(2026, 3, 9)


def test_a_saturday_on_which_everybody_works_is_called_so(stall_hall: SmallHall) -> None:
    stall_hall.performer.catalogue = stall_catalogue(pauses=(TESTING,))
    request = log(stall_hall).request
    do(stall_hall, request, ActKind.ACCEPT)
    for day, worked in ((date(2026, 5, 9), True), (date(2026, 5, 16), False)):
        do(stall_hall, request, ActKind.SUSPEND, "水质送检", ground="testing", expected_end=day)
        pause = newest(stall_hall, request)
        assert isinstance(pause, Suspension)
        assert (pause.expected_end.on, pause.expected_end.worked) == (day, worked)
        do(stall_hall, request, ActKind.RESUME)


def test_a_promise_is_written_and_so_is_that_it_was_not_kept(stall_hall: SmallHall) -> None:
    stall_hall.performer.catalogue = stall_catalogue(health_card_may_follow=True)
    request = log(stall_hall, food=True).request
    do(stall_hall, request, ActKind.PROMISE, deferred={CARD: date(2026, 3, 4)})
    promise = newest(stall_hall, request)
    assert isinstance(promise, Promise)
    assert [(o.need.name.zh, o.due.on) for o in promise.owing] == [("健康证明", date(2026, 3, 4))]
    do(stall_hall, request, ActKind.ACCEPT)
    do(stall_hall, request, ActKind.BREAK_PROMISE, "两次催交未交", leaves=[CARD])
    broken = newest(stall_hall, request)
    assert isinstance(broken, PromiseBroken)
    assert broken.reasons[0].zh == "两次催交未交"
    assert kinds(stall_hall, request) == ["receipt", "promise", "deferred_acceptance", "promise_broken"]


def test_a_procedure_that_ends_without_a_decision_leaves_a_letter(stall_hall: SmallHall) -> None:
    request = log(stall_hall).request
    do(stall_hall, request, ActKind.ACCEPT)
    do(stall_hall, request, ActKind.TERMINATE, "申请人去世")
    letter = newest(stall_hall, request)
    assert isinstance(letter, Termination)
    assert letter.reasons[0].zh == "申请人去世"


def test_a_refusal_handed_over_is_the_decision_and_not_the_licence(stall_hall: SmallHall) -> None:
    request = log(stall_hall).request
    do(stall_hall, request, ActKind.ACCEPT)
    do(stall_hall, request, ActKind.REFUSE, "占用消防通道")
    assert newest(stall_hall, request).articles[0].zh == "行政许可法 第三十八条第二款"  # type: ignore[union-attr] # a refusal cites
    do(stall_hall, request, ActKind.SERVE, method="agent")
    handed = newest(stall_hall, request)
    assert isinstance(handed, ResultHandover)
    assert [paper.name.zh for paper in handed.documents] == ["不予行政许可决定书（摊位许可）"]
    assert handed.method.zh == "由代理人领取"


def test_the_number_of_a_result_stands_on_the_proof_that_it_was_handed_over(stall_hall: SmallHall) -> None:
    request = log(stall_hall).request
    for act in (ActKind.ACCEPT, ActKind.GRANT):
        do(stall_hall, request, act)
    do(stall_hall, request, ActKind.ISSUE, number="临食摊〔2026〕1号")
    do(stall_hall, request, ActKind.SERVE, method="in_person")
    handed = newest(stall_hall, request)
    assert isinstance(handed, ResultHandover)
    assert [paper.number for paper in handed.documents] == ["临食摊〔2026〕1号"]


def test_the_list_of_letters_says_whose_each_is_and_who_wrote_it(stall_hall: SmallHall) -> None:
    request = log(stall_hall).request
    do(stall_hall, request, ActKind.ACCEPT)
    accepted, receipt = stall_hall.read(stall_hall.clerk, list_letters, request)
    assert (accepted.issuer.zh, accepted.writer) == ("民政局", "reviewer的姓名")
    assert (receipt.issuer.zh, receipt.writer) == ("临洮县政务大厅", "clerk的姓名")
    assert receipt.made_at.hour == 9


def test_the_proof_names_who_took_it_and_the_number_of_what_was_posted(stall_hall: SmallHall) -> None:
    person = NewPerson("陈小妹", no_identifier=next(iter(NoIdentifier)), witness="李四")
    taker = stall_hall.write(stall_hall.clerk, register_person, person).subject
    for values, recipient, method in (
        ({"method": "agent", "recipient": str(taker), "relation": "other"}, "陈小妹", "由代理人领取"),
        ({"method": "post", "mail_number": "EMS1001"}, "申请人", "邮寄送达（邮件编号EMS1001）"),
    ):
        request = log(stall_hall).request
        for act in (ActKind.ACCEPT, ActKind.GRANT, ActKind.ISSUE):
            do(stall_hall, request, act)
        do(stall_hall, request, ActKind.SERVE, **values)
        handed = newest(stall_hall, request)
        assert isinstance(handed, ResultHandover)
        assert (handed.recipient, handed.method.zh) == (recipient, method)
        assert (handed.relation is not None) is (recipient == "陈小妹")


DECISIONS = {
    "permit": ("准予行政许可决定书", "准予许可：摊位许可", "不予许可：摊位许可"),
    "confirmation": ("行政确认决定书", "予以确认：摊位许可", "不予确认：摊位许可"),
    "benefit": ("批准给付决定书", "批准给付：摊位许可", "不予给付：摊位许可"),
    "registration": ("准予登记通知书", "准予登记：摊位许可", "不予登记：摊位许可"),
    "filing": ("备案通知书", "予以备案：摊位许可", "不予备案：摊位许可"),
    "public_service": ("办结通知书", "现已办结：摊位许可", "不予办理：摊位许可"),
}


@pytest.mark.parametrize("procedure", DECISIONS)
def test_a_decision_is_told_in_the_words_of_its_procedure(stall_hall: SmallHall, procedure: str) -> None:
    stall_hall.performer.catalogue = stall_catalogue(procedure=procedure)
    title, granted, refused = DECISIONS[procedure]
    first, second = log(stall_hall).request, log(stall_hall).request
    for request in (first, second):
        do(stall_hall, request, ActKind.ACCEPT)
    do(stall_hall, first, ActKind.GRANT)
    do(stall_hall, second, ActKind.REFUSE, "占用消防通道")
    yes, no = render(newest(stall_hall, first)), render(newest(stall_hall, second))
    assert yes.title == title
    assert granted in yes.words
    assert refused in no.words


@pytest.mark.parametrize("procedure", ["enquiry", "complaint"])
def test_what_is_answered_is_neither_granted_nor_an_application(stall_hall: SmallHall, procedure: str) -> None:
    stall_hall.performer.catalogue = stall_catalogue(procedure=procedure)
    request = log(stall_hall).request
    receipt = render(newest(stall_hall, request)).words
    do(stall_hall, request, ActKind.ACCEPT)
    accepted = render(newest(stall_hall, request)).words
    do(stall_hall, request, ActKind.GRANT, "已经处理好了。")
    reply = newest(stall_hall, request)
    assert isinstance(reply, EnquiryReply)
    answer = render(reply).words
    assert "已经处理好了。" in answer
    assert ("您问" in answer) is (procedure == "enquiry")
    assert "准予" not in answer
    assert "申请" not in receipt.replace("申请人", "")
    assert "“我要摆摊”诉求" in accepted


def test_a_check_between_departments_leaves_the_person_no_letter(stall_hall: SmallHall) -> None:
    stall_hall.performer.catalogue = stall_catalogue(procedure="verification")
    request = log(stall_hall).request
    for act in (ActKind.ACCEPT, ActKind.GRANT, ActKind.ISSUE):
        do(stall_hall, request, act)
    assert kinds(stall_hall, request) == ["receipt"]


def test_a_hall_without_a_telephone_tells_nobody_to_call_a_notice(stall_hall: SmallHall) -> None:
    stall_hall.performer.catalogue = stall_catalogue(procedure="filing")
    first, second = log(stall_hall, food=True).request, log(stall_hall).request
    told = [render(newest(stall_hall, first), ("zh", "en")).words]
    do(stall_hall, second, ActKind.NOT_ACCEPT, "不在受理范围")
    told.append(render(newest(stall_hall, second), ("zh", "en")).words)
    for words in told:
        assert "拨打以" not in words
        assert "call 以" not in words
        assert "电话" not in words
        assert "telephone" not in words
