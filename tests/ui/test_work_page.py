"""The work of a department by clicks on real records: taken, asked for, accepted, decided, issued and handed over."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from db.open import Database
from desktop.ui.navigation import PAGES, Seat
from desktop.ui.pages.work import ALL, WorkPage
from desktop.ui.pages.work_case import WORD_JOINER
from desktop.ui.pages.work_why_not import EXPECTED
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.date_edit import DateEdit
from desktop.ui.widgets.number_box import NumberBox
from desktop.ui.widgets.table import STATUS_ROLE
from desktop.usecases.context import Session
from desktop.usecases.papers.attachment_intake import FileToAttach, attach
from desktop.usecases.papers.attachments import Place
from desktop.usecases.perform import Performer
from desktop.usecases.requests.requests import Handed, ReceivePapers, log_request, receive_papers, see_request
from desktop.usecases.topics import Topic
from desktop.usecases.work.act_words import ACTORS, ACTS, GATES, STATES
from desktop.usecases.work.work import DoAct, do_act
from desktop.workflow.planning.plan import Actor
from desktop.workflow.procedure.legal_states import ActKind, Gate, LegalState
from desktop.workflow.procedure.rounds import ClockName
from desktop.workflow.time.limits import Limit
from tests.databases import sqlite_database
from tests.ui.conftest import SetLook, seated
from tests.ui.page_checks import check_everywhere
from tests.ui.page_fit import check_fit
from tests.ui.page_parts import settle
from tests.usecases.conftest import CALENDAR, Clock, SmallHall, _quick_hashes, clock, hall
from tests.usecases.scans import png
from tests.usecases.small_case import STALL, stall_request
from tests.usecases.stalls import TESTING, stall_catalogue, two_departments

__all__ = ["_quick_hashes", "clock", "hall", "sqlite_database"]


@pytest.fixture
def performer(sqlite_database: Database, clock: Clock) -> Performer:
    return Performer(sqlite_database, STALL, CALENDAR, clock)


@pytest.fixture
def seat(hall: SmallHall, look: SetLook, qtbot: QtBot) -> Iterator[Seat]:
    """The reviewer's seat."""
    with seated(hall, hall.reviewer) as found:
        yield found


def log(hall: SmallHall, *, food: bool = False) -> UUID:
    hall.clock.move(minutes=1)
    logged = hall.write(hall.clerk, log_request, stall_request(food=food))
    found: UUID = logged.request
    return found


def page_of(seat: Seat, qtbot: QtBot, session: Session) -> WorkPage:
    seat.set_session(session)
    page = WorkPage(seat)
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    come(qtbot, seat, page)
    return page


def come(qtbot: QtBot, seat: Seat, page: WorkPage) -> None:
    """Wait until everything asked for has been answered and shown."""
    qtbot.waitUntil(lambda: seat.runner.pending == 0 and not page._soon.isActive() and not page._stale)
    settle()


def press(qtbot: QtBot, seat: Seat, page: WorkPage, button: Button) -> None:
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    come(qtbot, seat, page)


def act(qtbot: QtBot, seat: Seat, page: WorkPage, kind: ActKind) -> None:
    """Press the button of an act, and the one that says it is meant where nothing else is asked."""
    if (fold := page.work.acts.fold_of(kind)) is not None:
        press(qtbot, seat, page, fold)
    press(qtbot, seat, page, page.work.acts.buttons[kind])
    if page.work.acts.form is not None and page.work.acts.form.is_check:
        go(qtbot, seat, page)


def go(qtbot: QtBot, seat: Seat, page: WorkPage) -> None:
    assert page.work.acts.form is not None
    press(qtbot, seat, page, page.work.acts.form.go)


def state_of(page: WorkPage) -> LegalState:
    assert page.view is not None
    return page.view.task.state.state


def text_of(page: WorkPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


def test_a_request_goes_from_taken_to_issued_by_clicks(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    log(hall)
    page = page_of(seat, qtbot, hall.reviewer)
    press(qtbot, seat, page, page.take)
    assert page.work.title.text() == "摊位许可"
    for kind in (ActKind.ACCEPT, ActKind.ASSIGN, ActKind.GRANT, ActKind.ISSUE):
        hall.clock.move(minutes=5)
        act(qtbot, seat, page, kind)
    go(qtbot, seat, page)
    assert state_of(page) is LegalState.ISSUED
    assert ActKind.SERVE not in page.work.acts.buttons


def test_before_acceptance_the_list_says_from_when_the_date_counts(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    log(hall)
    page = page_of(seat, qtbot, hall.reviewer)
    assert page.model.index(0, 3).data() == "3月9日 周一", "the notice of acceptance has its own day"
    page.model.rows[0] = page.model.rows[0]._replace(due=None)
    assert page.model.index(0, 3).data() == "受理后算"
    page.model.rows[0] = page.model.rows[0]._replace(state=LegalState.GRANTED)
    assert page.model.index(0, 3).data() == ""


def test_after_an_act_by_key_the_keyboard_is_at_what_was_done(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    log(hall)
    page = page_of(seat, qtbot, hall.reviewer)
    press(qtbot, seat, page, page.take)
    button = page.work.acts.buttons[ActKind.ACCEPT]
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    come(qtbot, seat, page)
    assert state_of(page) is LegalState.ACCEPTED
    assert page.notice.hasFocus()
    assert page.notice.text() == "民政局已受理：摊位许可。"


def test_the_clerk_hands_the_result_over(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    request = log(hall)
    (task,) = hall.read(hall.clerk, see_request, request).tasks
    for kind in (ActKind.ACCEPT, ActKind.ASSIGN, ActKind.GRANT, ActKind.ISSUE):
        hall.clock.move(minutes=5)
        hall.write(hall.reviewer, do_act, DoAct(task.id, kind))
    page = page_of(seat, qtbot, hall.clerk)
    page.table.selectRow(0)
    come(qtbot, seat, page)
    assert ActKind.GRANT not in page.work.acts.buttons
    act(qtbot, seat, page, ActKind.SERVE)
    go(qtbot, seat, page)
    assert hall.read(hall.clerk, see_request, request).row.status == "done"


def test_a_supplement_lists_everything_missing(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    log(hall, food=True)
    page = page_of(seat, qtbot, hall.reviewer)
    assert page.model.rows == []
    page.which.editor.set_value(ALL)
    page.which.editor.chosen.emit(ALL)
    come(qtbot, seat, page)
    page.table.selectRow(0)
    come(qtbot, seat, page)
    assert "健康证明" in text_of(page)
    assert ActKind.ACCEPT not in page.work.acts.buttons
    act(qtbot, seat, page, ActKind.SUPPLEMENT)
    form = page.work.acts.form
    assert form is not None
    assert form.listed == ("material:health_card:case",)
    go(qtbot, seat, page)
    assert state_of(page) is LegalState.SUPPLEMENT
    assert page.view is not None
    assert page.view.task.state.notices[0].listed == ("material:health_card:case",)


def test_a_refusal_asks_for_its_reason_in_place(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    request = log(hall)
    page = page_of(seat, qtbot, hall.reviewer)
    press(qtbot, seat, page, page.take)
    for kind in (ActKind.ACCEPT, ActKind.ASSIGN, ActKind.REFUSE):
        act(qtbot, seat, page, kind)
    form = page.work.acts.form
    assert form is not None
    form.go.click()
    assert "理由" in form.reason.error()
    assert state_of(page) is LegalState.REVIEWING
    form.reason.editor.setPlainText("场地不在规划摊区内")
    form.go.click()
    come(qtbot, seat, page)
    assert state_of(page) is LegalState.REFUSED
    assert hall.read(hall.clerk, see_request, request).row.next_actor == "counter"


def test_a_form_left_alone_gives_the_buttons_back(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    log(hall)
    page = page_of(seat, qtbot, hall.reviewer)
    press(qtbot, seat, page, page.take)
    act(qtbot, seat, page, ActKind.NOT_ACCEPT)
    form = page.work.acts.form
    assert form is not None
    assert not page.work.acts.buttons[ActKind.ACCEPT].isVisible()
    press(qtbot, seat, page, form.leave)
    assert page.work.acts.form is None
    assert page.work.acts.buttons[ActKind.ACCEPT].isVisible()
    assert state_of(page) is LegalState.SUBMITTED


def test_what_ends_a_case_stands_behind_one_button_beside_the_next_step(
    hall: SmallHall, seat: Seat, qtbot: QtBot
) -> None:
    page = begun(hall, seat, qtbot)
    acts = page.work.acts
    assert acts.first is ActKind.ACCEPT
    assert acts.end is not None
    assert acts.end.text() == "结束办理…"
    assert not acts.buttons[ActKind.NOT_ACCEPT].isVisible()
    press(qtbot, seat, page, acts.end)
    assert acts.buttons[ActKind.NOT_ACCEPT].isVisible()
    page.reload()
    come(qtbot, seat, page)
    assert acts.buttons[ActKind.NOT_ACCEPT].isVisible(), "what was unfolded stays so while the case is read again"


@pytest.mark.parametrize("size", ["standard", "largest"])
def test_after_an_error_the_button_of_the_act_is_still_in_sight(
    hall: SmallHall, seat: Seat, qtbot: QtBot, look: SetLook, size: str
) -> None:
    page = begun(hall, seat, qtbot)
    page.resize(1160, 560)  # what is left of 1366×768
    look(size=size)
    act(qtbot, seat, page, ActKind.NOT_ACCEPT)
    form, seen = page.work.acts.form, page.body.viewport()
    assert form is not None
    form.go.click()
    settle()
    assert form.reason.error()
    for part in (form.reason.editor, form.go):
        assert seen.rect().contains(part.rect().translated(part.mapTo(seen, QPoint(0, 0)))), part


def test_an_empty_list_is_said_once_and_nothing_is_to_be_chosen_from_it(
    hall: SmallHall, seat: Seat, qtbot: QtBot
) -> None:
    page = page_of(seat, qtbot, hall.reviewer)
    assert page.empty.isVisible()
    assert not page.nothing.isVisible()
    said, above = page.empty.heading.mapTo(page, QPoint(0, 0)), page.take.mapTo(page, page.take.rect().bottomLeft())
    assert said.y() - above.y() < 150, "it stands where the rows would"
    log(hall)
    page.reload()
    come(qtbot, seat, page)
    assert page.nothing.isVisible()


def test_the_particulars_of_a_case_stand_in_a_line_above_its_acts(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    page = begun(hall, seat, qtbot)
    assert page.work.number.text() == "编号20260302-0001"
    due = "到期：3月9日 周一，还有5个工作日"
    said = page.work.about.text().replace(WORD_JOINER, "").replace("\u00a0", " ")
    assert said == f"{due} · 我要摆摊 · 申请人：不留姓名 · 民政局 · 还没有人认领 · 今天刚到"


def test_what_is_typed_stays_when_the_case_changes_beside_it(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    request = log(hall, food=True)
    page = page_of(seat, qtbot, hall.reviewer)
    (task,) = hall.read(hall.clerk, see_request, request).tasks
    page.open(task.id)
    come(qtbot, seat, page)
    act(qtbot, seat, page, ActKind.NOT_ACCEPT)
    form = page.work.acts.form
    assert form is not None
    form.reason.editor.setPlainText("不属于许可范围")
    hall.write(hall.clerk, receive_papers, ReceivePapers(request, (Handed("case", "health_card"),)))
    seat.runner.tell(frozenset({Topic.PAPERS}))
    come(qtbot, seat, page)
    assert ActKind.ACCEPT in page.work.acts.buttons
    assert page.work.acts.form is not None
    assert page.work.acts.form.chosen().reason == "不属于许可范围"


def test_what_cannot_be_done_says_why(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    log(hall)
    page = page_of(seat, qtbot, hall.reviewer)
    press(qtbot, seat, page, page.take)
    acts = page.work.acts
    assert not acts.why_not.isVisible()
    press(qtbot, seat, page, acts.fold)
    assert acts.why_not.isVisible()
    said = dict(acts.why_not.rows())
    assert "没有可以容缺后补" in said["容缺后补"]
    assert not any("{" in why or "原因" in why for why in said.values())


def test_one_reason_for_many_acts_is_said_once_with_their_names(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    log(hall)
    page = page_of(seat, qtbot, hall.reviewer)
    press(qtbot, seat, page, page.take)
    acts = page.work.acts
    press(qtbot, seat, page, acts.fold)
    names, _why = acts.why_not.rows()[0]
    assert set(names.split("、")) & {acts.words_of(act) for act in EXPECTED}
    assert not acts.why_not.step.isVisible()  # what is far from the next step is folded under one line
    press(qtbot, seat, page, acts.why_not.fold)
    said = acts.why_not.step.text()
    assert said.startswith("现在是“已收件，待受理”，这一步不能办：")
    assert all(name in said for name in ("指定审查人员", "出具结果"))
    reasons = [why for _names, why in acts.why_not.rows()]
    assert len(reasons) == len(set(reasons))
    assert not any("已收件" in why for why in reasons)
    assert acts.why_not.step.width() > 20 * page.fontMetrics().averageCharWidth()


def test_taking_twice_goes_on_to_the_next_one(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    first, second = log(hall), log(hall)
    page = page_of(seat, qtbot, hall.reviewer)
    taken = []
    for _time in range(2):
        page.take.click()
        come(qtbot, seat, page)
        assert page.view is not None
        taken.append(page.view.row.request_id)
    assert taken == [first, second]


def test_every_act_state_gate_and_actor_has_a_name() -> None:
    assert (set(ACTS), set(STATES), set(GATES), set(ACTORS)) == (set(ActKind), set(LegalState), set(Gate), set(Actor))


def test_a_usual_case_takes_six_keys_from_the_list_to_the_result(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    """Take, accept, grant and mean it, issue, and the confirmation of the certificate; its number is typed between."""
    log(hall)
    page = page_of(seat, qtbot, hall.reviewer)
    with qtbot.waitSignal(page.take.clicked):  # a button pressed by its key goes down and up again first
        keys = press_key(qtbot, seat, page, Qt.Key.Key_N)
    come(qtbot, seat, page)
    for step in range(3):
        qtbot.waitUntil(lambda: not page.work.acts.is_repeat())
        keys += press_key(qtbot, seat, page, Qt.Key.Key_Return)
        if step == 1:
            keys += press_key(qtbot, seat, page, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    form = page.work.acts.form
    assert form is not None
    typed = page.focusWidget()
    assert typed is not None
    QTest.keyClicks(typed, "62112400001")
    qtbot.waitUntil(lambda: not page.work.acts.is_repeat())
    keys += press_key(qtbot, seat, page, Qt.Key.Key_Return)
    assert state_of(page) is LegalState.ISSUED
    assert keys == 6
    assert page.view is not None
    history = hall.read(hall.clerk, see_request, page.view.row.request_id).history
    assert [(event.data or {}).get("values") for event in history][-1] == {"number": "62112400001"}


def press_key(
    qtbot: QtBot,
    seat: Seat,
    page: WorkPage,
    key: Qt.Key,
    held: Qt.KeyboardModifier = Qt.KeyboardModifier.ControlModifier,
) -> int:
    """Press a key, with Ctrl if nothing else is said, in the window that has the keyboard; it counts as one."""
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    window = page.windowHandle()
    QTest.keyClick(window, key, held)
    come(qtbot, seat, page)
    return 1


def test_a_grant_is_said_again_before_it_is_done(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    page, plain = begun(hall, seat, qtbot), Qt.KeyboardModifier.NoModifier
    act(qtbot, seat, page, ActKind.ACCEPT)
    page.table.setFocus()
    press_key(qtbot, seat, page, Qt.Key.Key_Return)
    form = page.work.acts.form
    assert form is not None
    assert form.title.text() == "准予许可：摊位许可，不留姓名。"
    assert (form.go.text(), form.leave.text()) == ("准予许可", "取消")
    assert form.go.hasFocus()
    qtbot.waitUntil(lambda: not page.work.acts.is_repeat())
    press_key(qtbot, seat, page, Qt.Key.Key_Return)
    assert state_of(page) is LegalState.ACCEPTED, "the key that opened the check went through it"
    press_key(qtbot, seat, page, Qt.Key.Key_Escape, plain)
    assert page.work.acts.form is None
    assert page.table.hasFocus()
    qtbot.waitUntil(lambda: not page.work.acts.is_repeat())
    press_key(qtbot, seat, page, Qt.Key.Key_Return)
    press_key(qtbot, seat, page, Qt.Key.Key_Return, plain)
    assert state_of(page) is LegalState.GRANTED


def test_a_hearing_left_alone_gives_the_keyboard_back_to_its_button(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    page = begun(hall, seat, qtbot)
    act(qtbot, seat, page, ActKind.ACCEPT)
    press(qtbot, seat, page, page.work.acts.buttons[ActKind.HEARING_OPEN])
    assert not hearing_open(page)
    press_key(qtbot, seat, page, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert page.work.acts.buttons[ActKind.HEARING_OPEN].hasFocus()


def test_a_reason_half_written_is_not_lost_to_a_key(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    page = begun(hall, seat, qtbot)
    act(qtbot, seat, page, ActKind.NOT_ACCEPT)
    form = page.work.acts.form
    assert form is not None
    assert form.title.text() == "不予受理：摊位许可，不留姓名。"
    form.reason.editor.insertPlainText("不属于")
    press_key(qtbot, seat, page, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert page.work.acts.form is form


@pytest.mark.parametrize("language", ["zh", "en"])
def test_in_the_largest_text_a_check_is_whole_and_in_sight(
    hall: SmallHall, seat: Seat, qtbot: QtBot, look: SetLook, language: str
) -> None:
    page = begun(hall, seat, qtbot)
    act(qtbot, seat, page, ActKind.ACCEPT)
    page.window().resize(1225, 600)  # what is left of 1366×768
    look(size="largest", language=language)
    page.body.verticalScrollBar().setValue(0)
    settle()
    press_key(qtbot, seat, page, Qt.Key.Key_Return)
    form, seen = page.work.acts.form, page.body.viewport()
    assert form is not None
    for part in (form.title, form.go, form.leave):
        assert seen.rect().contains(part.rect().translated(part.mapTo(seen, QPoint(0, 0)))), part


def test_a_key_held_down_does_one_act(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    log(hall)
    page = page_of(seat, qtbot, hall.reviewer)
    press(qtbot, seat, page, page.take)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    for _time in range(3):
        QTest.keyClick(page.windowHandle(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    come(qtbot, seat, page)
    assert state_of(page) is LegalState.ACCEPTED


def fill(qtbot: QtBot, seat: Seat, page: WorkPage, reason: str = "", **fields: object) -> None:
    """Fill the open form by keys where keys type, and send it off."""
    form = page.work.acts.form
    assert form is not None
    for name, value in fields.items():
        editor = form.fields[name].editor
        if isinstance(editor, DateEdit):
            editor.set_value(date.fromisoformat(str(value)))
        elif isinstance(editor, QLineEdit):
            editor.setText(str(value))  # keys of the test cannot type hanzi
        elif isinstance(editor, NumberBox):
            editor.setValue(int(str(value)))
        else:
            editor.set_value(value)
    if reason:
        form.reason.editor.insertPlainText(reason)
    form.go.click()
    come(qtbot, seat, page)
    assert page.work.acts.form is None, page.notice.text()


def begun(hall: SmallHall, seat: Seat, qtbot: QtBot, *, food: bool = False, **changes: Any) -> WorkPage:
    """The work page with a case in hand, by the rules of a changed item."""
    hall.performer.catalogue = stall_catalogue(health_card_may_follow=True, **changes)
    request = log(hall, food=food)
    (task,) = hall.read(hall.clerk, see_request, request).tasks
    page = page_of(seat, qtbot, hall.reviewer)
    page.open(task.id)
    come(qtbot, seat, page)
    return page


def test_a_case_is_paused_on_a_ground_and_taken_up_again(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    page = begun(hall, seat, qtbot, pauses=(TESTING,))
    act(qtbot, seat, page, ActKind.ACCEPT)
    act(qtbot, seat, page, ActKind.SUSPEND)
    form = page.work.acts.form
    assert form is not None
    form.go.click()
    assert "事由" in form.fields["ground"].error()
    assert "预计恢复" in form.fields["day"].error()
    fill(qtbot, seat, page, "水质送检", ground="testing", day="2026-03-09")
    assert state_of(page) is LegalState.SUSPENDED
    act(qtbot, seat, page, ActKind.RESUME)
    assert state_of(page) is LegalState.REVIEWING


def test_a_limit_is_extended_by_who_approves(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    page = begun(hall, seat, qtbot, extend=Limit.parse("10 workdays"))
    act(qtbot, seat, page, ActKind.ACCEPT)
    assert page.view is not None
    before = page.view.task.state.clock(ClockName.STATUTORY)
    act(qtbot, seat, page, ActKind.EXTEND)
    fill(qtbot, seat, page, "案情复杂", days=4)
    after = page.view.task.state.clock(ClockName.STATUTORY)
    assert before is not None
    assert after is not None
    assert (after.date - before.date).days == 4


def test_a_promise_is_given_kept_and_another_one_broken(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    for outcome in (ActKind.KEEP_PROMISE, ActKind.BREAK_PROMISE):
        page = begun(hall, seat, qtbot, food=True)
        act(qtbot, seat, page, ActKind.PROMISE)
        fill(qtbot, seat, page, day="2026-03-05")
        act(qtbot, seat, page, ActKind.ACCEPT)
        assert page.view is not None
        assert not page.view.task.gates_open[Gate.DECIDE]
        act(qtbot, seat, page, outcome)
        fill(qtbot, seat, page, "两次催交未交" if outcome is ActKind.BREAK_PROMISE else "")
        state = page.view.task.state
        assert state.open_promises == ()
        assert bool(state.deferrals[0].kept_on) is (outcome is ActKind.KEEP_PROMISE)
        assert page.case is not None
        came = "health_card" in {paper.code for paper in page.case.view.papers}
        assert came is (outcome is ActKind.KEEP_PROMISE)


def test_the_day_promised_at_the_counter_stands_in_the_form_of_the_promise(
    hall: SmallHall, seat: Seat, qtbot: QtBot
) -> None:
    hall.performer.catalogue = stall_catalogue(health_card_may_follow=True)
    asked = stall_request(food=True)
    promise = Handed("case", "health_card", promise_due=date(2026, 3, 4))
    form = replace(asked.form, papers=(*asked.form.papers, promise))
    logged = hall.write(hall.clerk, log_request, replace(asked, form=form))
    page = page_of(seat, qtbot, hall.reviewer)
    page.open(hall.read(hall.clerk, see_request, logged.request).tasks[0].id)
    come(qtbot, seat, page)
    act(qtbot, seat, page, ActKind.PROMISE)
    assert page.work.acts.form is not None
    assert page.work.acts.form.fields["day"].editor.value() == date(2026, 3, 4)


def hearing_open(page: WorkPage) -> bool:
    return page.view is not None and page.view.task.state.hearing_open


def test_a_hearing_is_opened_with_its_day_and_place_and_closed(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    page = begun(hall, seat, qtbot)
    for kind in (ActKind.ACCEPT, ActKind.HEARING_OPEN):
        act(qtbot, seat, page, kind)
    form = page.work.acts.form
    assert form is not None
    go(qtbot, seat, page)
    assert "哪一天" in form.fields["hearing_on"].error()
    assert "在哪里" in form.fields["place"].error()
    form.fields["hearing_on"].editor.set_value(date(2026, 3, 31))
    form.fields["place"].editor.setText("三楼听证室")
    press_key(qtbot, seat, page, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert page.work.acts.form is form, "what is written is not lost"
    qtbot.waitUntil(lambda: not form.go.is_repeat())
    go(qtbot, seat, page)
    assert hearing_open(page) is True
    assert ActKind.GRANT not in page.work.acts.buttons
    act(qtbot, seat, page, ActKind.HEARING_CLOSE)
    assert hearing_open(page) is False
    assert ActKind.GRANT in page.work.acts.buttons


def test_a_paper_with_a_defect_is_asked_for_again(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    page = begun(hall, seat, qtbot)
    act(qtbot, seat, page, ActKind.SUPPLEMENT)
    form = page.work.acts.form
    assert form is not None
    form.go.click()
    assert "没有缺少" in form.notice.text()
    (defect,) = form.leaves.defects.values()
    QTest.mouseClick(defect.tick.words, Qt.MouseButton.LeftButton)
    form.go.click()
    assert "不符合要求" in defect.wrong.error()
    defect.wrong.editor.setText("没有标出消防通道")
    fill(qtbot, seat, page)
    assert state_of(page) is LegalState.SUPPLEMENT
    assert "有瑕疵" in text_of(page)


def test_a_report_is_asked_for_and_missed_by_one_word(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    page = begun(hall, seat, qtbot)
    act(qtbot, seat, page, ActKind.ACCEPT)
    act(qtbot, seat, page, ActKind.NOTE_REPORT)
    form = page.work.acts.form
    assert form is not None
    form.go.click()
    assert form.reason.label_text() == "说明"
    assert "说明" in form.reason.error()
    assert "理由" not in form.reason.error()


@pytest.mark.parametrize(
    ("kind", "fields", "state"),
    [
        (ActKind.NOT_OURS, {"whom": "县城管局"}, LegalState.NOT_ACCEPTED),
        (ActKind.NOT_REQUIRED, {}, LegalState.NOT_ACCEPTED),
        (ActKind.NOT_ACCEPT, {}, LegalState.NOT_ACCEPTED),
        (ActKind.TERMINATE, {}, LegalState.TERMINATED),
    ],
)
def test_a_case_is_turned_away_with_a_reason(
    hall: SmallHall, seat: Seat, qtbot: QtBot, kind: ActKind, fields: dict[str, str], state: LegalState
) -> None:
    page = begun(hall, seat, qtbot)
    act(qtbot, seat, page, kind)
    fill(qtbot, seat, page, "不在受理范围", **fields)
    assert state_of(page) is state


def test_the_clerk_takes_in_what_was_asked_for_and_passes_it_back(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    page = begun(hall, seat, qtbot, food=True)
    act(qtbot, seat, page, ActKind.SUPPLEMENT)
    go(qtbot, seat, page)
    assert page.view is not None
    task = page.view.row.id
    page = page_of(seat, qtbot, hall.clerk)
    page.open(task)
    come(qtbot, seat, page)
    act(qtbot, seat, page, ActKind.RESUPPLY)
    form = page.work.acts.form
    assert form is not None
    assert form.leaves.ticks is not None
    assert form.leaves.ticks.chosen() == ("material:health_card:case",)
    go(qtbot, seat, page)
    assert state_of(page) is LegalState.SUBMITTED
    assert page.view is not None
    assert page.view.task.gates_open[Gate.ACCEPT]


def test_a_decision_of_another_system_is_noted_by_the_counter(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    request = log(hall)
    (task,) = hall.read(hall.clerk, see_request, request).tasks
    page = page_of(seat, qtbot, hall.clerk)
    page.open(task.id)
    come(qtbot, seat, page)
    act(qtbot, seat, page, ActKind.OBSERVE)
    fill(qtbot, seat, page, source="省政务服务网", number="GS-2026-17", found="issued")
    assert state_of(page) is LegalState.ISSUED


def test_the_list_says_how_long_each_has_waited(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    log(hall)
    hall.clock.move(days=1)
    again = hall.sign_in("reviewer")
    page = page_of(seat, qtbot, again)
    row = [page.model.data(page.model.index(0, column)) for column in range(5)]
    assert row[:3] + row[4:] == ["摊位许可", "不留姓名，0001", "已收件，待受理", "1天"]


def test_what_is_late_says_so_in_words_on_the_case_and_in_the_list(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    log(hall)
    hall.clock.move(days=12)
    page = page_of(seat, qtbot, hall.sign_in("reviewer"))
    page.table.selectRow(0)
    come(qtbot, seat, page)
    assert page.view is not None
    due = page.view.task.due
    assert due is not None
    assert page.work.status.text() == f"已受理，已逾期{-due.remaining}个工作日"
    said = str(page.model.data(page.model.index(0, 3)))
    assert said == "已逾期5天（应于3月9日 周一）"
    assert page.model.data(page.model.index(0, 3), STATUS_ROLE) == "overdue"
    assert check_fit(page, page.size()) == []


def test_the_rule_and_the_evidence_stand_beside_the_decision(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    page = begun(hall, seat, qtbot, eligible="not sells_food", basis="县摊区管理办法 第九条")
    rule = dict(page.work._rule.rows())
    assert "县摊区管理办法 第九条" in rule["依据"]
    assert rule["承诺期限"] == "5个工作日"
    assert rule["办理条件"] == "按现有情况，符合条件。"
    said = text_of(page)
    assert "卖食品：否" in said
    assert "场地平面图" in said


def test_the_scans_of_a_paper_are_seen_beside_the_decision(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    request = log(hall)
    scan = FileToAttach("平面图.png", Place(request), content=png())
    attach(hall.performer, hall.clerk, scan, lambda _done, _of: True)
    (task,) = hall.read(hall.clerk, see_request, request).tasks
    page = page_of(seat, qtbot, hall.reviewer)
    page.open(task.id)
    come(qtbot, seat, page)
    qtbot.waitUntil(lambda: len(page.work.evidence.files.files.rows) == 1)
    assert "平面图.png" in text_of(page)


def test_what_is_missing_says_why_beside_the_decision(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    page = begun(hall, seat, qtbot, food=True)
    page.work.evidence.whys["material:health_card:case"].click()
    settle()
    assert "摊位许可在受理前需要：健康证明。" in text_of(page)


def test_who_decides_together_with_this_department_stands_beside_it(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    page = begun(hall, seat, qtbot)
    assert not page.work.evidence.others.isVisible()
    hall.performer.catalogue = two_departments()
    request = log(hall)
    task = next(task for task in hall.read(hall.clerk, see_request, request).tasks if task.item == "stall")
    page.open(task.id)
    come(qtbot, seat, page)
    assert page.work.evidence.others.heading.text() == "并联审批的部门"
    assert "市场监督管理局：已收件，待受理" in text_of(page)
    hall.clock.move(days=40)
    page = page_of(seat, qtbot, hall.sign_in("reviewer"))
    page.open(task.id)
    come(qtbot, seat, page)
    assert "市场监督管理局：已受理，已逾期24个工作日" in text_of(page)


def test_granting_against_the_facts_asks_for_a_reason(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    page = begun(hall, seat, qtbot, eligible="sells_food")
    act(qtbot, seat, page, ActKind.ACCEPT)
    act(qtbot, seat, page, ActKind.GRANT)
    assert page.work.acts.form is not None
    assert "不符合条件" in page.work.acts.form.note.text()
    fill(qtbot, seat, page, "县政府专题会议同意")
    assert state_of(page) is LegalState.GRANTED


def test_the_page_is_in_the_rail() -> None:
    assert "work" in [entry.code for entry in PAGES]


def test_the_page_keeps_the_rules_of_every_page(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    log(hall)
    page = page_of(seat, qtbot, hall.reviewer)
    press(qtbot, seat, page, page.take)
    for kind in (ActKind.ACCEPT, ActKind.ASSIGN, ActKind.REFUSE):
        act(qtbot, seat, page, kind)
    assert check_everywhere(page) == []


def test_in_large_text_the_list_ends_with_its_rows_and_a_press_leads_to_the_case(
    hall: SmallHall, seat: Seat, qtbot: QtBot, look: SetLook
) -> None:
    log(hall)
    page = page_of(seat, qtbot, hall.reviewer)
    page.window().resize(1220, 600)
    look(size="largest")
    settle()
    assert page.sides.is_stacked()
    assert page.table.height() <= page.table.content_height()
    assert page.table.verticalScrollBar().maximum() == 0
    assert page.body.verticalScrollBar().value() == 0
    row = page.table.visualRect(page.model.index(0, 1)).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=row)
    come(qtbot, seat, page)
    settle()
    top = page.work.mapTo(page.body.viewport(), QPoint(0, 0)).y()
    assert 0 <= top < page.body.viewport().height() / 4
    page.body.verticalScrollBar().setValue(0)
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=row)
    settle()
    assert page.body.verticalScrollBar().value() > 0
