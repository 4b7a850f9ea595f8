"""The page of one request on real records: its plan, its dates, its papers and facts, and what may be done."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from db.open import Database
from desktop.ui.navigation import Seat
from desktop.ui.pages.log_editors import SetEditor, show_answer
from desktop.ui.pages.request import RequestPage
from desktop.ui.pages.request_facts import FactEditor
from desktop.ui.pages.request_people import people_rows
from desktop.ui.pages.request_tasks import TaskBox
from desktop.ui.widgets.yes_no import YesNo
from desktop.usecases.perform import Performer
from desktop.usecases.requests.requests import Answer, log_request, see_request
from desktop.usecases.topics import Topic
from desktop.usecases.work.work import DoAct, do_act
from desktop.workflow.catalogue.definitions import Fact, Text
from desktop.workflow.conditions.condition import FactType
from desktop.workflow.procedure.legal_states import ActKind
from tests.databases import sqlite_database
from tests.ui.conftest import SetLook
from tests.ui.page_checks import check_everywhere, check_within_frame
from tests.ui.page_parts import settle
from tests.usecases.conftest import CALENDAR, Clock, SmallHall, _quick_hashes, clock, hall
from tests.usecases.small_case import STALL, stall_request

STALL_NAME = Text(zh="摊位", en="Stall")
CARD = "material:health_card:case"
__all__ = ["_quick_hashes", "clock", "hall", "sqlite_database"]


@pytest.fixture
def performer(sqlite_database: Database, clock: Clock) -> Performer:
    return Performer(sqlite_database, STALL, CALENDAR, clock)


@pytest.fixture
def request_id(hall: SmallHall) -> UUID:
    """A stall that sells food; the health certificate is missing."""
    logged = hall.write(hall.clerk, log_request, stall_request(words="想在夜市卖凉皮"))
    found: UUID = logged.request
    return found


@pytest.fixture
def page(seat: Seat, request_id: UUID, qtbot: QtBot) -> Iterator[RequestPage]:
    window, shown = QMainWindow(), RequestPage(seat)
    window.setCentralWidget(shown)
    window.resize(1366, 768)
    qtbot.addWidget(window)
    window.show()
    shown.open(request_id)
    come(qtbot, seat, shown)
    yield shown
    window.close()


def come(qtbot: QtBot, seat: Seat, page: RequestPage) -> None:
    """Wait until everything asked for has been answered and shown."""
    qtbot.waitUntil(lambda: page.case is not None and seat.runner.pending == 0 and not page._soon.isActive())
    settle()


def text_of(page: Any) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


def accept(hall: SmallHall, request: UUID) -> None:
    (task,) = hall.read(hall.clerk, see_request, request).tasks
    hall.write(hall.reviewer, do_act, DoAct(task.id, ActKind.ACCEPT))


def test_a_request_shows_who_wants_what_and_on_whom_it_waits(page: RequestPage) -> None:
    assert page.title.text() == "我要摆摊"
    assert "20260302-0001" in page.who.text()
    assert page.status.text() == "等申请人"
    assert page.who.isVisible()
    assert page.status.isVisible()
    assert "想在夜市卖凉皮" in text_of(page)


def test_a_missing_paper_is_taken_in_and_the_plan_changes(page: RequestPage, seat: Seat, qtbot: QtBot) -> None:
    assert page.case is not None
    before = page.case
    page.papers.buttons["health_card", "original"].click()
    qtbot.waitUntil(lambda: page.case is not before)
    come(qtbot, seat, page)
    assert page.papers.buttons == {}
    assert "收到材料：健康证明。" in text_of(page.timeline)
    assert page.status.text() == "等部门"


def test_only_what_changed_in_this_request_is_marked_in_its_plan(
    page: RequestPage, seat: Seat, hall: SmallHall, qtbot: QtBot
) -> None:
    other = hall.write(hall.clerk, log_request, stall_request(papers=()))
    page.open(other.request)
    come(qtbot, seat, page)
    assert page.plan.picture.canvas.marked == frozenset()
    before = page.case
    page.papers.buttons["health_card", "original"].click()
    qtbot.waitUntil(lambda: page.case is not before)
    come(qtbot, seat, page)
    assert page.plan.picture.canvas.marked


def test_a_corrected_fact_takes_the_paper_off_the_list(page: RequestPage, seat: Seat, qtbot: QtBot) -> None:
    before = page.case
    page.facts.buttons["sells_food"].click()
    field = page.facts.editor.value
    assert field is not None
    assert isinstance(field.editor, YesNo)
    field.editor.set_value("no")
    page.facts.editor.save.click()
    qtbot.waitUntil(lambda: page.case is not before)
    come(qtbot, seat, page)
    assert "health_card" not in {code for code, _form in page.papers.buttons}
    assert "卖食品：否" in text_of(page.facts)
    assert "原先：是" in text_of(page.facts)
    assert page.facts.editor.isHidden()


def test_whom_nobody_has_named_is_said_to_keep_the_name_back(page: RequestPage, look: SetLook) -> None:
    assert page.case is not None
    assert page.case.view.row.applicant == ""
    assert people_rows(page.case) == [("申请人", "不留姓名")]
    (one,) = page.case.view.roles
    twice = replace(page.case, view=replace(page.case.view, roles=(one, one._replace(name="王秀英"), one)))
    assert people_rows(twice) == [("申请人", "不留姓名"), ("申请人", "王秀英")]
    mother = replace(page.case, view=replace(page.case.view, roles=(one._replace(role="mother"),)))
    assert people_rows(mother) == [("mother", "名字还不知道")]
    premises = replace(page.case, view=replace(page.case.view, roles=(one._replace(kind="premises"),)))
    assert people_rows(premises) == [("申请人", "名称未定")]
    assert page.who.text().startswith("不留姓名")
    look(language="en")
    assert people_rows(page.case) == [("Applicant", "Without a name")]


def test_why_stands_on_the_line_of_its_paper_and_is_reached_by_keyboard(page: RequestPage) -> None:
    why, take_in = page.papers.whys[CARD], page.papers.buttons["health_card", "original"]
    assert why.mapTo(page, why.rect().bottomLeft()).y() < take_in.mapTo(page, take_in.rect().topLeft()).y()
    assert why.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_the_page_has_one_scroller_and_the_plan_none_of_its_own(page: RequestPage) -> None:
    assert page.plan.isVisible()
    assert page.plan.picture.canvas.verticalScrollBar().maximum() == 0
    assert page.plan.picture.height() >= page.plan.picture.content_height()


def test_withdrawing_one_item_stands_folded_away_and_withdrawing_all_in_one_place(page: RequestPage) -> None:
    acts = box_of(page).acts
    withdraw = acts.buttons[ActKind.WITHDRAW]
    assert not withdraw.isVisible()
    acts.fold.click()
    assert withdraw.isVisible()
    assert page.withdrawing.begin.isVisible()
    assert page.withdrawing.begin.property("role") == ""
    assert page.withdrawing.go.property("role") == "danger"


def test_several_things_that_hold_are_corrected_with_ticks(seat: Seat, look: SetLook, qtbot: QtBot) -> None:
    options = {
        "stall": Text(zh="摊位", en="Stall"),
        "cart": Text(zh="推车", en="Cart"),
        "van": Text(zh="餐车", en="Van"),
    }
    fact = Fact(code="sells_from", name=Text(zh="经营方式", en="Sells from"), type=FactType.SET, options=options)
    editor = FactEditor(seat.words)
    qtbot.addWidget(editor)
    editor.begin(fact, "case", ["stall", "van"])
    assert editor.value is not None
    ticks = editor.value.editor
    assert isinstance(ticks, SetEditor)
    assert ticks.value() == {"stall", "van"}
    ticks.set_value(frozenset({"cart"}))
    with qtbot.waitSignal(editor.corrected) as corrected:
        editor.save.click()
    assert corrected.args is not None
    assert corrected.args[0].answer == Answer("case", "sells_from", frozenset({"cart"}))


def test_an_empty_correction_is_questioned_and_nothing_is_written(page: RequestPage, seat: Seat) -> None:
    page.facts.buttons["sells_food"].click()
    field = page.facts.editor.value
    assert field is not None
    assert isinstance(field.editor, YesNo)
    assert field.editor.value() == "yes", "the present answer"
    page.facts.editor.save.click()
    assert "现在的回答就是这样" in field.error()
    field.editor.set_value(None)
    page.facts.editor.save.click()
    assert "请选择" in field.error()
    assert seat.runner.pending == 0


@pytest.mark.parametrize(
    ("kind", "kept", "shown"),
    [
        (FactType.DATE, "2026-03-02", date(2026, 3, 2)),
        (FactType.INT, 12, "12"),
        (FactType.TEXT, "城关镇", "城关镇"),
        (FactType.ENUM, "van", "van"),
        (FactType.BOOL, None, "unknown"),
    ],
)
def test_the_present_answer_stands_in_the_form_of_its_correction(
    seat: Seat, look: SetLook, qtbot: QtBot, kind: FactType, kept: object, shown: object
) -> None:
    options = {"stall": Text(zh="摊位", en="Stall"), "van": Text(zh="餐车", en="Van")}
    name = Text(zh="经营方式", en="Sells from")
    fact = Fact(code="sells_from", name=name, type=kind, options=options if kind is FactType.ENUM else {})
    editor = FactEditor(seat.words)
    qtbot.addWidget(editor)
    editor.begin(fact, "case", kept)
    assert editor.value is not None
    field = editor.value.editor
    assert (field.text() if isinstance(field, QLineEdit) else field.value()) == shown
    with qtbot.assertNotEmitted(editor.corrected):
        editor.save.click()
    assert "现在的回答就是这样" in editor.value.error()


@pytest.mark.parametrize(
    ("fact", "typed", "said"),
    [
        (Fact(code="level", name=STALL_NAME, type=FactType.INT, minimum=1, maximum=4), "--5", "请填整数"),
        (Fact(code="level", name=STALL_NAME, type=FactType.INT, minimum=1, maximum=4), "3.0", "请填整数"),
        (Fact(code="level", name=STALL_NAME, type=FactType.INT, minimum=1, maximum=4), "9", "不能大于4"),
        (Fact(code="area", name=STALL_NAME, type=FactType.DECIMAL, unit="m2"), "6x", "请填数字"),
        (Fact(code="birth_date", name=STALL_NAME, type=FactType.DATE), date(2030, 1, 1), "还没到"),
        (Fact(code="birth_date", name=STALL_NAME, type=FactType.DATE), date(1775, 1, 1), "130"),
    ],
)
def test_a_correction_that_cannot_be_is_said_beside_its_field(
    seat: Seat, look: SetLook, qtbot: QtBot, fact: Fact, typed: object, said: str
) -> None:
    editor = FactEditor(seat.words)
    editor.today = date(2026, 3, 2)
    qtbot.addWidget(editor)
    editor.begin(fact, "case")
    assert editor.value is not None
    show_answer(editor.value.editor, typed)
    with qtbot.assertNotEmitted(editor.corrected):
        editor.save.click()
    assert said in editor.value.error()


def test_a_half_typed_correction_outlives_a_reload(page: RequestPage, seat: Seat, qtbot: QtBot) -> None:
    page.facts.buttons["sells_food"].click()
    page.facts.editor.reason.editor.setText("听错了")
    before = page.case
    page.reload()
    qtbot.waitUntil(lambda: page.case is not before)
    assert not page.facts.editor.isHidden()
    assert page.facts.editor.reason.editor.text() == "听错了"


def test_a_date_is_explained_day_by_day(page: RequestPage, seat: Seat, hall: SmallHall, qtbot: QtBot) -> None:
    page.papers.buttons["health_card", "original"].click()
    come(qtbot, seat, page)
    assert page.request is not None
    accept(hall, page.request)
    page.case = None
    page.reload()
    come(qtbot, seat, page)
    assert page.due.text() == "3月9日 周一，还有5个工作日"
    (box,) = page.tasks.boxes
    box.why_date.click()
    rows = box.ledger.rows()
    assert rows[0] == ("期限", "5个工作日")
    assert ("3月7日 周六至3月8日 周日", "周末，不计入") in rows
    assert rows[-1] == ("到期", "3月9日 周一")


def box_of(page: RequestPage) -> TaskBox:
    (box,) = page.tasks.boxes
    return box


def do(qtbot: QtBot, seat: Seat, page: RequestPage, act: ActKind, reason: str = "") -> None:
    """Do an act in the box of the only task, through its form where it has one."""
    before = page.case
    acts = box_of(page).acts
    acts.buttons[act].click()
    if acts.form is not None:
        acts.form.reason.editor.insertPlainText(reason)
        acts.form.go.click()
    qtbot.waitUntil(lambda: page.case is not before)
    come(qtbot, seat, page)
    settle()
    assert acts.form is None


def letters_of(page: RequestPage) -> list[str]:
    return [line.kind for line in page.letters.panel.lines]


def test_what_the_clerk_may_do_is_done_here_and_the_rest_says_why(page: RequestPage) -> None:
    acts = box_of(page).acts
    assert set(acts.buttons) == {ActKind.CORRECT, ActKind.OBSERVE, ActKind.WITHDRAW}
    acts.fold.click()
    said = dict(acts.why_not.rows())
    assert "部门审查人员" in next(why for names, why in said.items() if "受理" in names.split("、"))
    assert not any("原因" in why or "{" in why for why in said.values())


def test_an_item_is_withdrawn_with_a_reason_that_stands_in_letter_and_timeline(
    page: RequestPage, seat: Seat, qtbot: QtBot
) -> None:
    do(qtbot, seat, page, ActKind.WITHDRAW, "店面没租下来")
    qtbot.waitUntil(lambda: letters_of(page)[:1] == ["withdrawal"])
    assert "店面没租下来" in text_of(page.timeline)
    assert page.status.text() == "已终结，未全部取得结果"


def test_papers_asked_for_are_taken_in_and_passed_back_in_one_act(
    page: RequestPage, seat: Seat, hall: SmallHall, qtbot: QtBot
) -> None:
    hall.write(hall.reviewer, do_act, DoAct(box_of(page).row.id, ActKind.SUPPLEMENT, values={"listed": [CARD]}))
    seat.runner.tell(frozenset({Topic.TASKS}))
    qtbot.waitUntil(lambda: ActKind.RESUPPLY in box_of(page).acts.buttons)
    come(qtbot, seat, page)
    do(qtbot, seat, page, ActKind.RESUPPLY)
    assert page.status.text() == "等部门"
    assert "收到材料：健康证明。" in text_of(page.timeline)
    assert page.papers.buttons == {}


def test_a_result_is_handed_over_with_two_keys(page: RequestPage, seat: Seat, hall: SmallHall, qtbot: QtBot) -> None:
    page.papers.buttons["health_card", "original"].click()
    come(qtbot, seat, page)
    for act in (ActKind.ACCEPT, ActKind.GRANT, ActKind.ISSUE):
        hall.write(hall.reviewer, do_act, DoAct(box_of(page).row.id, act))
    seat.runner.tell(frozenset({Topic.TASKS}))
    qtbot.waitUntil(lambda: ActKind.SERVE in box_of(page).acts.buttons)
    come(qtbot, seat, page)
    window = page.window()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for _key in range(2):
        qtbot.waitUntil(lambda: not box_of(page).acts.is_repeat())
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.status.text() == "已办结")
    qtbot.waitUntil(lambda: letters_of(page)[:1] == ["result_handover"])


def test_a_reviewer_of_the_department_acts_here_too(
    page: RequestPage, seat: Seat, hall: SmallHall, qtbot: QtBot
) -> None:
    page.papers.buttons["health_card", "original"].click()
    come(qtbot, seat, page)
    seat.set_session(hall.reviewer)
    page.reload()
    qtbot.waitUntil(lambda: ActKind.ACCEPT in box_of(page).acts.buttons)
    come(qtbot, seat, page)
    do(qtbot, seat, page, ActKind.ACCEPT)
    assert page.due.text() == "3月9日 周一，还有5个工作日"
    qtbot.waitUntil(lambda: letters_of(page)[:1] == ["acceptance"])
    assert "民政局已受理：摊位许可。" in text_of(page.timeline)
    assert "reviewer的姓名" in text_of(page.timeline)


def assert_at_rest(page: RequestPage) -> None:
    """See that nobody has a next step in a request that was withdrawn whole."""
    assert [box.row.state for box in page.tasks.boxes] == ["withdrawn"]
    said = text_of(page.tasks)
    assert "已撤回" in said
    assert "该谁办" not in said
    assert "还缺" not in said
    assert not any(box.go.isVisible() for box in page.tasks.boxes)
    assert "未开始" not in said


def test_the_whole_request_is_withdrawn_with_a_reason(page: RequestPage, seat: Seat, qtbot: QtBot) -> None:
    page.withdrawing.begin.click()
    page.withdrawing.go.click()
    assert "理由" in page.withdrawing.reason.error()
    page.withdrawing.reason.editor.setPlainText("长" * 501)
    page.withdrawing.go.click()
    assert "501" in page.withdrawing.reason.error()
    page.withdrawing.reason.editor.clear()
    page.withdrawing.reason.editor.insertPlainText("不想办了")
    page.withdrawing.go.click()
    qtbot.waitUntil(lambda: page.status.text() == "已撤回")
    come(qtbot, seat, page)
    assert not page.withdrawing.isVisible()
    settle()
    assert "申请人撤回了整件申请。" in text_of(page.timeline)
    assert_at_rest(page)
    assert page.papers.buttons == {}
    assert page.facts.buttons == {}, "nothing is told in a request that is over"


def test_a_vertex_of_the_plan_says_why_it_is_there_and_who_must_act(page: RequestPage, qtbot: QtBot) -> None:
    plan = page.plan.plan
    plan.view.show_as("picture")
    plan.view.focus_vertex(CARD)
    plan.view.canvas.setFocus()
    QTest.keyClick(plan.view.canvas, Qt.Key.Key_Return)
    settle()
    said = text_of(plan.panel)
    assert "摊位许可在受理前需要：健康证明。" in said
    assert "卖食品" in said
    assert "申请人要办的就是：摊位证（我要摆摊）。" in said
    assert "申请人：健康证明" in said
    assert plan.panel.hasFocus()
    QTest.keyClick(plan.panel, Qt.Key.Key_Escape)
    assert plan.panel.isHidden()
    assert plan.view.canvas.hasFocus()


def test_a_row_of_the_list_answers_the_same(page: RequestPage) -> None:
    plan = page.plan.plan
    plan.view.show_as("list")
    plan.view.focus_vertex(CARD)
    QTest.keyClick(plan.view.list, Qt.Key.Key_Return)
    settle()
    assert "摊位许可在受理前需要：健康证明。" in text_of(plan.panel)


def test_a_paper_and_a_task_say_why_beside_themselves(page: RequestPage) -> None:
    page.papers.whys[CARD].click()
    box_of(page).why.click()
    settle()
    assert "摊位许可在受理前需要：健康证明。" in text_of(page.papers.panel)
    assert "办好摊位许可，就能取得：摊位证。" in text_of(box_of(page).panel)


def test_an_open_explanation_follows_the_plan(page: RequestPage, seat: Seat, qtbot: QtBot) -> None:
    page.plan.plan.ask(CARD)
    before = page.case
    page.papers.buttons["health_card", "original"].click()
    qtbot.waitUntil(lambda: page.case is not before)
    come(qtbot, seat, page)
    assert "已经收到。" in text_of(page.plan.plan.panel)
    assert "该谁办" not in text_of(page.plan.plan.panel)


def test_a_question_nobody_answered_is_asked_with_why_and_answered_here(
    page: RequestPage, seat: Seat, hall: SmallHall, qtbot: QtBot
) -> None:
    form = type(stall_request().form)("open_stall")
    request = hall.write(hall.clerk, log_request, replace(stall_request(), form=form, despite_twin=True)).request
    page.open(request)
    qtbot.waitUntil(lambda: page.case is not None and page.case.view.row.id == request)
    come(qtbot, seat, page)
    page.facts.whys["fact:sells_food:case"].click()
    settle()
    assert "摊位许可" in text_of(page.facts.panel)
    page.facts.buttons["sells_food"].click()
    assert page.facts.editor.value is not None
    assert isinstance(page.facts.editor.value.editor, YesNo)
    page.facts.editor.value.editor.set_value("yes")
    before = page.case
    page.facts.editor.save.click()
    qtbot.waitUntil(lambda: page.case is not before)
    come(qtbot, seat, page)
    assert "卖食品：是" in text_of(page.facts)
    assert ("health_card", "original") in page.papers.buttons


def test_the_plan_is_as_high_as_it_needs_and_begins_at_its_top(page: RequestPage) -> None:
    canvas = page.plan.picture.canvas
    assert canvas.verticalScrollBar().maximum() == 0
    assert canvas.verticalOffset() == 0


def test_the_letters_are_listed_with_whose_they_are(page: RequestPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: letters_of(page) == ["receipt"])
    settle()
    assert "临洮县政务大厅，经办人clerk的姓名" in text_of(page.letters)
    assert page.letters.panel.preview.page_count >= 1


def test_a_task_leads_to_its_work(page: RequestPage, seat: Seat, qtbot: QtBot) -> None:
    (box,) = page.tasks.boxes
    with qtbot.waitSignal(seat.page_requested) as gone:
        box.go.click()
    assert gone.args == ["work", box.row.id]


def test_the_way_to_the_work_is_a_button_and_the_first_stop_after_the_name_of_a_task(page: RequestPage) -> None:
    (box,) = page.tasks.boxes
    assert not box.go.property("role")
    assert not box.go.icon().isNull()
    stop: QWidget | None = box.name.nextInFocusChain()
    while stop is not None and not (stop.focusPolicy() & Qt.FocusPolicy.TabFocus and stop.isVisible()):
        stop = stop.nextInFocusChain()
    assert stop is box.go


def test_the_page_keeps_the_rules_of_every_page(page: RequestPage) -> None:
    assert check_everywhere(page) == []


def test_the_page_keeps_the_rules_with_everything_unfolded(page: RequestPage) -> None:
    page.plan.plan.ask(CARD)
    page.papers.whys[CARD].click()
    box_of(page).why.click()
    box_of(page).acts.fold.click()
    box_of(page).acts.buttons[ActKind.OBSERVE].click()
    page.facts.buttons["sells_food"].click()
    page.withdrawing.begin.click()
    page.people.card.click()
    settle()
    found = check_everywhere(page)
    assert found == [], "\n".join(map(str, found))


def test_the_page_with_everything_unfolded_fits_within_the_frame(page: RequestPage) -> None:
    page.plan.plan.ask(CARD)
    page.plan.picture.show_as("picture")
    box_of(page).acts.buttons[ActKind.OBSERVE].click()
    page.withdrawing.begin.click()
    page.withdrawing.go.click()
    settle()
    assert check_within_frame(page) == []
