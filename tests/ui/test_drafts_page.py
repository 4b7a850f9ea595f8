"""Half-typed forms in the window: kept as they are typed, set aside, taken up, thrown away, and there after a kill."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from db.open import Database
from desktop.app import Program
from desktop.paths import Paths
from desktop.settings import Settings
from desktop.ui.draft_keeper import DraftKeeper
from desktop.ui.navigation import Seat
from desktop.ui.pages.log import LogPage
from desktop.ui.quick_enquiry import QuickEnquiry
from desktop.ui.quick_parked import ParkedStrip, QuickParked
from desktop.ui.runner import Runner
from desktop.usecases.perform import Performer
from desktop.usecases.requests.drafts import DraftLine, SaveDraft, list_drafts, save_draft
from tests.databases import sqlite_database
from tests.ui import typed_and_killed
from tests.ui.conftest import SetLook
from tests.ui.heard import with_keyboard
from tests.ui.keys import ALT, CTRL, press, write
from tests.ui.page_checks import check_everywhere
from tests.ui.town import PATIENCE, Desk, catalogue
from tests.usecases.conftest import CALENDAR, PASSWORD, Clock, SmallHall, _quick_hashes, clock, hall

__all__ = ["_quick_hashes", "clock", "hall", "sqlite_database"]


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    return sqlite_database


@pytest.fixture
def performer(database: Database, clock: Clock) -> Performer:
    return Performer(database, catalogue(), CALENDAR, clock)


@pytest.fixture
def desk(qapp: QApplication, look: SetLook, hall: SmallHall, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qapp, hall, qtbot)
    yield made
    made.close()


def type_need(desk: Desk, words: str) -> None:
    """Type what somebody needs, without choosing it."""
    desk.window.activateWindow()
    desk.log.need.search.focus()
    desk.settle()
    press(Qt.Key.Key_End)
    write(words)
    desk.kept()


def typed(desk: Desk) -> str:
    return desk.log.need.search.editor.text()


def aside(desk: Desk) -> list[str]:
    """What the other forms of the account are about, the latest first."""
    lines: tuple[DraftLine, ...] = desk.hall.read(desk.seat.session, list_drafts).lines
    return [line.what for line in lines]


def strip(desk: Desk) -> ParkedStrip:
    (found,) = desk.window.findChildren(ParkedStrip)
    return found


def again(qapp: QApplication, desk: Desk, qtbot: QtBot, counter: str | None = "A01") -> Desk:
    """Another program on the same records, with the same account; the first one goes on or was killed."""
    return Desk(qapp, desk.hall, qtbot, desk.hall.sign_in("clerk", counter=counter))


# -- as it is typed ---------------------------------------------------------------------------------------------


def test_what_was_typed_is_there_at_the_next_start(desk: Desk, qapp: QApplication, qtbot: QtBot) -> None:
    type_need(desk, "想在夜市卖凉皮")
    other = again(qapp, desk, qtbot)
    assert typed(other) == "想在夜市卖凉皮"
    assert "已恢复" in other.window.workspace.notice.text()
    other.close()


def test_where_a_form_came_from_is_no_longer_said_once_it_is_logged(
    desk: Desk, qapp: QApplication, qtbot: QtBot
) -> None:
    type_need(desk, "想在夜市卖凉皮")
    other = again(qapp, desk, qtbot)
    notice = other.window.workspace.notice
    other.seat.say("info", notice.text())  # coming to the page a second time has put it away
    assert "已恢复" in notice.text()
    other.log.logged.emit(None)
    other.settle()
    assert notice.isHidden()
    other.seat.say("done", "别的话")
    other.log.logged.emit(None)
    assert not notice.isHidden(), "only its own sentence is taken back"
    other.close()


def test_both_windows_hear_that_one_form_is_open_in_them(desk: Desk, qapp: QApplication, qtbot: QtBot) -> None:
    type_need(desk, "想在夜市卖凉皮")
    other = again(qapp, desk, qtbot)
    assert "另一个窗口" in other.window.workspace.notice.text()
    desk.quick.keeper.read_list()
    desk.settle()
    assert "另一个窗口" in desk.window.workspace.notice.text()
    type_need(desk, "和冷面")
    other.kept()
    assert typed(other) == "想在夜市卖凉皮"
    assert sorted(aside(other) + aside(desk)) == ["想在夜市卖凉皮", "想在夜市卖凉皮和冷面"]
    other.close()


def test_a_form_of_a_stay_that_has_ended_is_not_said_to_be_open_elsewhere(desk: Desk) -> None:
    type_need(desk, "明天再说")
    desk.window.sign_out_requested.emit()
    desk.until(lambda: desk.seat.session is None)
    desk.sit_down(desk.hall.sign_in("clerk", counter="A01"))
    assert desk.window.workspace.notice.text() == "上次填到一半的登记已恢复。"


def test_a_half_typed_enquiry_is_there_too(desk: Desk, qapp: QApplication, qtbot: QtBot) -> None:
    press(Qt.Key.Key_E, CTRL)
    write("问到一半")
    desk.kept()
    other = again(qapp, desk, qtbot)
    enquiry = other.overlay("enquiry")
    assert isinstance(enquiry, QuickEnquiry)
    assert enquiry.question.editor.toPlainText() == "问到一半"
    other.close()


def test_an_emptied_form_is_no_draft(desk: Desk, qapp: QApplication, qtbot: QtBot) -> None:
    type_need(desk, "算了")
    editor = with_keyboard()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    press(Qt.Key.Key_Delete)
    desk.kept()
    other = again(qapp, desk, qtbot)
    assert typed(other) == ""
    assert aside(other) == []
    other.close()


def test_typing_never_waits_for_the_records(desk: Desk) -> None:
    """Each key is taken at once while earlier ones are being kept, and the last of them is kept too."""
    desk.log.need.search.focus()
    for mark in "一二三四五六七八九十":
        write(mark)
        desk.quick.keeper.keep()
    assert desk.runner.pending > 0
    assert typed(desk) == "一二三四五六七八九十"
    desk.kept()
    assert desk.quick.keeper._kept["need"] == desk.log.state()["need"]


def test_signing_out_keeps_the_form_for_the_next_time(desk: Desk) -> None:
    desk.log.need.search.focus()
    write("明天再说")
    desk.window.sign_out_requested.emit()
    desk.until(lambda: desk.seat.session is None)
    desk.sit_down(desk.hall.sign_in("clerk", counter="A02"))
    assert typed(desk) == "明天再说"


def test_another_account_never_sees_the_form(desk: Desk) -> None:
    type_need(desk, "别人的事")
    desk.sit_down(desk.hall.sign_in("supervisor", counter="A01"))
    assert typed(desk) == ""
    assert aside(desk) == []


def test_the_lock_keeps_the_form_and_those_set_aside(desk: Desk) -> None:
    type_need(desk, "第一位")
    press(Qt.Key.Key_T, CTRL)
    desk.settle()
    type_need(desk, "第二位")
    desk.window.lock()
    desk.settle()
    assert not strip(desk).isVisible()
    assert not desk.log.isVisible()
    desk.window.lock_page.password.focus()
    write(PASSWORD)
    press(Qt.Key.Key_Return)
    desk.until(desk.window.is_at_desk)
    assert typed(desk) == "第二位"
    assert aside(desk) == ["第一位"]
    assert strip(desk).isVisible()


# -- set aside --------------------------------------------------------------------------------------------------


def test_several_people_are_served_at_once(desk: Desk) -> None:
    for words in ("第一位", "第二位"):
        type_need(desk, words)
        press(Qt.Key.Key_T, CTRL)
        desk.settle()
        assert typed(desk) == ""
    assert aside(desk) == ["第二位", "第一位"]
    assert [chip.text() for chip in strip(desk).chips] == ["第二位 09:30", "第一位 09:30"]
    type_need(desk, "第三位")
    press(Qt.Key.Key_2, ALT)
    desk.settle()
    assert typed(desk) == "第一位"
    assert set(aside(desk)) == {"第三位", "第二位"}


def test_a_form_is_taken_up_with_a_press_from_any_page(desk: Desk) -> None:
    type_need(desk, "第一位")
    press(Qt.Key.Key_T, CTRL)
    desk.settle()
    desk.window.workspace.go("about")
    strip(desk).chips[0].click()
    desk.settle()
    assert desk.window.workspace.current() == "log"
    assert typed(desk) == "第一位"
    assert not strip(desk).isVisible()


def test_the_list_is_opened_and_the_latest_form_taken_up_by_keys_alone(desk: Desk) -> None:
    for words in ("第一位", "第二位"):
        type_need(desk, words)
        press(Qt.Key.Key_T, CTRL)
        desk.settle()
    press(Qt.Key.Key_T, ALT)
    desk.settle()
    press(Qt.Key.Key_Return)
    desk.settle()
    assert typed(desk) == "第二位"
    assert aside(desk) == ["第一位"]


def test_nothing_typed_is_not_set_aside(desk: Desk) -> None:
    press(Qt.Key.Key_T, CTRL)
    desk.settle()
    assert aside(desk) == []
    assert "不用暂放" in desk.window.workspace.notice.text()


def test_a_form_taken_up_is_typed_on_as_the_same_draft(desk: Desk, qapp: QApplication, qtbot: QtBot) -> None:
    type_need(desk, "第一")
    press(Qt.Key.Key_T, CTRL)
    desk.settle()
    press(Qt.Key.Key_1, ALT)
    desk.settle()
    type_need(desk, "位")
    assert aside(desk) == []
    other = again(qapp, desk, qtbot)
    assert typed(other) == "第一位"
    assert aside(other) == []
    other.close()


def test_a_form_open_at_another_counter_can_be_taken_over_and_neither_is_lost(
    desk: Desk, qapp: QApplication, qtbot: QtBot
) -> None:
    type_need(desk, "第一窗口")
    other = again(qapp, desk, qtbot, "A02")
    assert typed(other) == ""
    other.quick.open("parked")
    other.settle()
    sheet = other.overlay("parked")
    assert isinstance(sheet, QuickParked)
    (button,) = sheet.take_up.values()
    button.click()
    other.settle()
    assert typed(other) == "第一窗口"
    desk.window.activateWindow()
    desk.settle()
    type_need(desk, "又写了")
    type_need(other, "，也写了")
    assert set(aside(desk)) == {"第一窗口，也写了"}
    assert set(aside(other)) == {"第一窗口又写了"}
    other.close()


def test_a_form_thrown_away_can_be_taken_back(desk: Desk) -> None:
    type_need(desk, "第一位")
    press(Qt.Key.Key_T, CTRL)
    desk.settle()
    press(Qt.Key.Key_T, ALT)
    desk.settle()
    sheet = desk.overlay("parked")
    assert isinstance(sheet, QuickParked)
    (button,) = sheet.throw_away.values()
    assert sheet.height() < desk.window.height() // 2, "as high as one form needs"
    assert sheet.body.verticalScrollBar().maximum() == 0
    button.click()
    desk.settle()
    assert sheet.body.verticalScrollBar().maximum() == 0
    assert aside(desk) == []
    assert "第一位" in sheet.notice.text()
    back = sheet.notice.findChildren(type(sheet.leave))[0]
    assert back.text() == "恢复"
    back.click()
    desk.settle()
    assert aside(desk) == ["第一位"]
    (take,) = sheet.take_up.values()
    take.click()
    desk.settle()
    assert typed(desk) == "第一位"


def test_old_forms_are_put_forward_apart_from_the_others(desk: Desk, clock: Clock) -> None:
    state = desk.log.state()
    desk.hall.write(desk.hall.clerk, save_draft, SaveDraft(state, None, "张三", "旧的", parked=True))
    clock.now += timedelta(days=8)
    desk.sit_down(desk.hall.sign_in("clerk", counter="A01"))
    desk.hall.write(desk.seat.session, save_draft, SaveDraft(state, None, "李四", "新的", parked=True))
    desk.quick.keeper.read_list()
    desk.settle()
    assert len(strip(desk).chips) == 1
    press(Qt.Key.Key_T, ALT)
    desk.settle()
    sheet = desk.overlay("parked")
    assert isinstance(sheet, QuickParked)
    assert [button.accessibleName() for button in sheet.take_up.values()] == [
        "继续填：李四 · 新的",
        "继续填：张三 · 旧的",
    ]


# -- killed -----------------------------------------------------------------------------------------------------


def test_the_form_is_there_again_after_the_program_was_killed(
    tmp_path: Path, look: SetLook, qapp: QApplication, qtbot: QtBot
) -> None:
    """Another process types into its own window and is killed in the midst; this one finds the form."""
    folder = tmp_path / "data"
    typed_and_killed.found(folder)
    command = [sys.executable, "-m", "tests.ui.typed_and_killed", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  our own test program
        assert process.stdout is not None
        said = [line.strip() for line in process.stdout]  # it kills itself, and says nothing after that
        assert process.wait() == -9, said
    assert said[-1] == "kept"
    program = Program(qapp, Paths(folder), Settings(data=folder))
    qtbot.addWidget(program.window)
    program.show()
    typed_and_killed.sign_in(program, lambda reached: qtbot.waitUntil(reached, timeout=PATIENCE))
    pages = program.window.workspace.pages
    qtbot.waitUntil(lambda: "log" in pages, timeout=PATIENCE)  # it is gone to without being asked
    page = pages["log"]
    assert isinstance(page, LogPage)
    qtbot.waitUntil(lambda: page.need.search.editor.text() == typed_and_killed.WORDS, timeout=PATIENCE)
    assert program.window.workspace.current() == "log"
    program.close()


# -- everybody --------------------------------------------------------------------------------------------------


def test_the_strip_and_the_list_can_be_read_and_used_by_everybody(
    hall: SmallHall, clock: Clock, look: SetLook, qtbot: QtBot
) -> None:
    session = hall.clerk
    for days, who in ((0, "张三"), (9, "临洮县洮阳餐饮管理有限公司")):
        clock.now += timedelta(days=days)
        session = hall.sign_in("clerk", counter="A01")
        hall.write(session, save_draft, SaveDraft({"who": {}}, None, who, "开办餐饮店", parked=True))
    runner = Runner(hall.performer)
    runner.session = session
    seat = Seat(runner)
    keeper = DraftKeeper(seat)
    keeper.begin(QuickEnquiry(seat, lambda: (None, "")))
    qtbot.waitUntil(lambda: len(keeper.lines()) == 2, timeout=PATIENCE)
    shown, sheet = ParkedStrip(keeper), QuickParked(seat, keeper)
    for each in (shown, sheet):
        qtbot.addWidget(each)
        assert check_everywhere(each) == []
    runner.close()
