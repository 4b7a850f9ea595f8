"""What a clerk does from anywhere: few keys, over a half-typed form that is untouched afterwards."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.open import Database
from desktop import words
from desktop.ui.navigation import Seat
from desktop.ui.pages.log_people import Named
from desktop.ui.pages.requests import RequestsPage
from desktop.ui.palette import Palette
from desktop.ui.quick import Quick, QuickFind
from desktop.ui.quick_enquiry import QuickEnquiry
from desktop.ui.quick_hand_out import QuickHandOut
from desktop.ui.quick_keys import QuickKeys
from desktop.ui.quick_progress import QuickProgress
from desktop.ui.runner import Runner
from desktop.ui.widgets.buttons import Button
from desktop.usecases.letters.letters import list_letters
from desktop.usecases.perform import Performer
from desktop.usecases.permissions import Role
from desktop.usecases.requests.requests import ListQuery, RequestRow, list_page, see_request
from desktop.usecases.work.hand_out import HandOver, WaitingQuery, hand_over, list_waiting
from tests.databases import sqlite_database
from tests.ui.conftest import SetLook
from tests.ui.heard import with_keyboard
from tests.ui.keys import CTRL, SHIFT, Keys, press, write
from tests.ui.page_checks import check_everywhere
from tests.ui.page_parts import settle
from tests.ui.town import PATIENCE, Desk, brought_out, catalogue, logged, person
from tests.usecases.conftest import CALENDAR, PASSWORD, Clock, SmallHall, _quick_hashes, clock, hall

__all__ = ["_quick_hashes", "clock", "hall", "sqlite_database"]

CARD = "110101199003077774"


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    return sqlite_database


@pytest.fixture
def performer(database: Database, clock: Clock) -> Performer:
    return Performer(database, catalogue(), CALENDAR, clock)


@pytest.fixture
def desk(qapp: QApplication, look: SetLook, hall: SmallHall, qtbot: QtBot) -> Iterator[Desk]:
    """A clerk's desk with the log page in front and a form half-typed on it."""
    made = Desk(qapp, hall, qtbot)
    made.log.who.search.focus()
    write("李四")
    made.kept()
    yield made
    made.close()


@pytest.fixture
def keys(qapp: QApplication) -> Iterator[Keys]:
    made = Keys(qapp)
    yield made
    made.stop()


def enquiry(desk: Desk) -> QuickEnquiry:
    found = desk.overlay("enquiry")
    assert isinstance(found, QuickEnquiry)
    return found


def progress(desk: Desk) -> QuickProgress:
    found = desk.overlay("progress")
    assert isinstance(found, QuickProgress)
    return found


def hand_out(desk: Desk) -> QuickHandOut:
    found = desk.overlay("hand_out")
    assert isinstance(found, QuickHandOut)
    return found


def newest(desk: Desk) -> RequestRow:
    found: RequestRow = desk.hall.read(desk.hall.clerk, list_page, ListQuery())[0]
    return found


def half_typed(desk: Desk) -> tuple[dict[str, Any], Any]:
    """What the form says, and where the keyboard was in it."""
    return desk.log.state(), with_keyboard()


# -- an enquiry in three keys -----------------------------------------------------------------------------------


def test_an_enquiry_takes_three_keys_beyond_its_text_and_leaves_the_form_as_it_was(desk: Desk, keys: Keys) -> None:
    before = half_typed(desk)
    press(Qt.Key.Key_E, CTRL)
    write("低保每月几号发？")
    press(Qt.Key.Key_Return)
    desk.settle()
    row = newest(desk)
    assert row.number in enquiry(desk).notice.text()
    press(Qt.Key.Key_Escape)
    assert keys.count == 3
    assert (row.kind, row.words, row.status) == ("enquiry", "低保每月几号发？", "open")
    assert not enquiry(desk).isVisible()
    assert half_typed(desk) == before


def test_a_question_answered_on_the_spot_is_closed_with_its_answer(desk: Desk, keys: Keys) -> None:
    press(Qt.Key.Key_E, CTRL)
    write("几点下班？")
    press(Qt.Key.Key_Tab)
    write("下午五点半。")
    press(Qt.Key.Key_Return)
    desk.settle()
    assert keys.count == 3
    row = newest(desk)
    assert (row.kind, row.status) == ("enquiry", "done")
    assert [line.kind for line in desk.hall.read(desk.hall.clerk, list_letters, row.id)] == ["enquiry_reply"]
    assert "办结" in enquiry(desk).notice.text()


def test_in_the_largest_size_the_number_and_the_error_of_an_enquiry_are_in_sight(desk: Desk, look: SetLook) -> None:
    desk.window.resize(1366, 768)
    look(size="largest")
    press(Qt.Key.Key_E, CTRL)
    settle()
    body = enquiry(desk).body
    body.verticalScrollBar().setValue(body.verticalScrollBar().maximum())
    assert enquiry(desk).question.visibleRegion().isEmpty()
    enquiry(desk).send.setFocus(Qt.FocusReason.MouseFocusReason)
    enquiry(desk).send.click()
    desk.settle()
    settle()
    assert not enquiry(desk).question.visibleRegion().isEmpty()
    write("几点下班？")
    body.verticalScrollBar().setValue(body.verticalScrollBar().maximum())
    press(Qt.Key.Key_Return)
    desk.settle()
    settle()
    assert newest(desk).number in enquiry(desk).notice.text()
    assert not enquiry(desk).notice.visibleRegion().isEmpty()


def test_shift_and_enter_begin_a_new_line(desk: Desk) -> None:
    press(Qt.Key.Key_E, CTRL)
    write("第一行")
    press(Qt.Key.Key_Return, SHIFT)
    write("第二行")
    press(Qt.Key.Key_Return)
    desk.settle()
    assert newest(desk).words == "第一行\n第二行"


def test_an_enquiry_is_logged_for_who_is_on_the_form_unless_it_is_to_be_without_a_name(desk: Desk) -> None:
    subject = person(desk.hall, "李四", CARD)
    desk.log.who.take(Named(subject, "李四"))
    desk.settle()
    press(Qt.Key.Key_E, CTRL)
    assert "李四" in enquiry(desk).who.text()
    write("问一")
    press(Qt.Key.Key_Return)
    desk.settle()
    assert newest(desk).applicant_id == subject
    enquiry(desk).anonymous.click()
    write("问二")
    press(Qt.Key.Key_Return)
    desk.settle()
    assert newest(desk).words == "问二"
    assert newest(desk).applicant_id != subject


def test_enter_twice_logs_one_enquiry(desk: Desk) -> None:
    press(Qt.Key.Key_E, CTRL)
    write("只问一次")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    desk.settle()
    assert len(desk.hall.read(desk.hall.clerk, list_page, ListQuery())) == 1


def test_an_empty_question_is_asked_for_and_a_closed_overlay_keeps_its_words(desk: Desk) -> None:
    press(Qt.Key.Key_E, CTRL)
    press(Qt.Key.Key_Return)
    assert enquiry(desk).question.error()
    write("问到一半")
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_E, CTRL)
    assert enquiry(desk).question.editor.toPlainText() == "问到一半"


def test_an_enquiry_that_is_far_too_long_is_kept_and_refused_in_words(desk: Desk) -> None:
    press(Qt.Key.Key_E, CTRL)
    write("长" * 100_000)
    press(Qt.Key.Key_Return)
    desk.settle()
    assert "100000" in enquiry(desk).question.error()
    assert len(enquiry(desk).question.editor.toPlainText()) == 100_000


# -- progress in two keys ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("sought", ["王小明", "wxm", CARD, "20260302-0001"])
def test_progress_takes_two_keys_beyond_what_is_looked_for(desk: Desk, keys: Keys, sought: str) -> None:
    logged(desk.hall, person(desk.hall, "王小明", CARD))
    before = half_typed(desk)
    press(Qt.Key.Key_J, CTRL)
    write(sought)
    press(Qt.Key.Key_Return)
    desk.settle()
    assert keys.count == 2
    assert progress(desk).lines()[0] == "在民政局办理。", "the day of the answer is not the day it is done"
    assert "摊位许可：在民政局，已收件，待受理，3月9日 周一前答复是否受理。" in progress(desk).lines()
    press(Qt.Key.Key_Escape)
    assert half_typed(desk) == before


def test_progress_says_what_is_to_be_collected_and_what_is_finished(desk: Desk) -> None:
    task = brought_out(desk.hall, person(desk.hall, "王小明"))
    press(Qt.Key.Key_J, CTRL)
    write("王小明")
    press(Qt.Key.Key_Return)
    desk.settle()
    assert progress(desk).lines()[0] == "有1个结果已出，可以在这里领取。"
    desk.hall.write(desk.hall.clerk, hand_over, HandOver((task,), "in_person"))
    progress(desk)._on_enter()
    desk.settle()
    assert progress(desk).lines()[0] == "已于3月2日 周一办结。"


def test_the_arrows_choose_another_line_while_one_types(desk: Desk) -> None:
    for name in ("张一", "张二"):
        logged(desk.hall, person(desk.hall, name))
    press(Qt.Key.Key_J, CTRL)
    write("张")
    desk.until(lambda: progress(desk)._rows.rowCount() == 2)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    desk.settle()
    assert progress(desk).progress is not None
    assert progress(desk).who.text() == "张一"


def test_an_answer_to_older_words_is_dropped(desk: Desk) -> None:
    logged(desk.hall, person(desk.hall, "张一"))
    press(Qt.Key.Key_J, CTRL)
    found = progress(desk)
    write("张")
    found._on_searched("张")
    old = found._asked
    found._on_searched("张三丰")
    desk.settle()
    assert found._rows.rowCount() == 0
    assert not found.show_rows(old, ["旧的"], "file-text")
    assert found._rows.rowCount() == 0


def test_looking_never_stops_the_window(desk: Desk) -> None:
    """Keys go on being taken while the records are asked; nothing is read on the window's own thread."""
    press(Qt.Key.Key_J, CTRL)
    found = progress(desk)
    write("张")
    found._on_searched("张")
    assert desk.runner.pending > 0
    write("三")
    assert found.search.editor.text() == "张三"
    desk.settle()


def test_an_answer_that_is_slow_says_so_and_a_quick_one_does_not_flash(desk: Desk, qtbot: QtBot) -> None:
    press(Qt.Key.Key_J, CTRL)
    shown = progress(desk)
    write("没有这样的事")
    desk.settle()
    assert not shown.looking.isVisible()
    shown._slow.start()
    qtbot.waitUntil(shown.looking.isVisible, timeout=2000)
    shown.show_rows(shown._asked, [], "file-text")
    assert not shown.looking.isVisible()


def test_nothing_found_is_said_with_what_to_try(desk: Desk) -> None:
    press(Qt.Key.Key_J, CTRL)
    write("没有这个人")
    press(Qt.Key.Key_Return)
    desk.settle()
    assert progress(desk).nothing.isVisible()
    assert progress(desk).progress is None


def test_from_progress_to_the_request(desk: Desk) -> None:
    request = logged(desk.hall, person(desk.hall, "王小明"))
    press(Qt.Key.Key_J, CTRL)
    write("王小明")
    press(Qt.Key.Key_Return)
    desk.settle()
    gone: list[tuple[str, object]] = []
    desk.seat.page_requested.connect(lambda code, argument: gone.append((code, argument)))
    press(Qt.Key.Key_Return, CTRL)
    desk.until(lambda: bool(gone))
    assert gone == [("request", request)]
    assert not progress(desk).isVisible()


# -- a hand-out in four keys ------------------------------------------------------------------------------------


@pytest.mark.parametrize("sought", ["王小明", CARD, "20260302-0001"])
def test_a_hand_out_takes_four_keys_beyond_what_is_looked_for(desk: Desk, keys: Keys, sought: str) -> None:
    brought_out(desk.hall, person(desk.hall, "王小明", CARD))
    before = half_typed(desk)
    press(Qt.Key.Key_H, CTRL)
    write(sought)
    press(Qt.Key.Key_Return)
    desk.settle()
    assert "7774" in hand_out(desk).form.numbers.text()
    press(Qt.Key.Key_Space)  # in person, said by whoever compared the card
    press(Qt.Key.Key_Return)
    desk.settle()
    assert keys.count == 4
    assert hand_out(desk).notice.text() == "已发给王小明：摊位许可。"
    assert desk.hall.read(desk.hall.clerk, list_waiting, WaitingQuery()).results == ()
    press(Qt.Key.Key_Escape)
    assert half_typed(desk) == before


def test_nobody_gets_a_result_before_it_is_said_who_takes_it(desk: Desk) -> None:
    brought_out(desk.hall, person(desk.hall, "王小明", CARD))
    press(Qt.Key.Key_H, CTRL)
    write("王小明")
    press(Qt.Key.Key_Return)
    desk.settle()
    press(Qt.Key.Key_Return)
    desk.settle()
    assert hand_out(desk).form.who.error()
    assert len(desk.hall.read(desk.hall.clerk, list_waiting, WaitingQuery()).results) == 1


def test_what_is_not_out_is_not_found(desk: Desk) -> None:
    logged(desk.hall, person(desk.hall, "王小明"))
    press(Qt.Key.Key_H, CTRL)
    write("王小明")
    press(Qt.Key.Key_Return)
    desk.settle()
    assert hand_out(desk).nothing.isVisible()
    assert not hand_out(desk).form.isVisible()


# -- keys -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["line", "words", "page"])
def test_the_keys_work_from_every_kind_of_place(desk: Desk, place: str) -> None:
    """Also from a box for text, whose own keys are many, and from a page without any."""
    if place == "line":
        desk.log.who.search.focus()
    elif place == "words":
        desk.quick.open("enquiry")
        enquiry(desk).answer.focus()
    else:
        desk.window.workspace.go("about")
    for key, modifier, code in (
        (Qt.Key.Key_E, CTRL, "enquiry"), (Qt.Key.Key_J, CTRL, "progress"), (Qt.Key.Key_H, CTRL, "hand_out"),
        (Qt.Key.Key_F1, SHIFT, "keys"),
    ):  # fmt: skip
        if place == "words" and code == "enquiry":
            continue
        press(key, modifier)
        assert desk.overlay(code).isVisible(), code
        press(Qt.Key.Key_Escape)
        assert not desk.overlay(code).isVisible(), code


def test_every_key_stands_on_its_control_and_on_the_sheet(desk: Desk) -> None:
    rail = desk.window.workspace.rail
    shown = {button.keys for button in rail.acts.values()}
    assert shown == {"Ctrl+E", "Ctrl+J", "Ctrl+H", "Ctrl+T", "Alt+T", "Shift+F1"}
    press(Qt.Key.Key_F1, SHIFT)
    sheet = desk.overlay("keys")
    assert isinstance(sheet, QuickKeys)
    assert shown | {"Ctrl+L", "Ctrl+K"} <= {keys for keys, _what in sheet.anywhere.rows()}
    on_page = {button.accessibleName() for button in desk.log.findChildren(Button) if button.isVisible()}
    assert sheet.here.rows()
    assert {what for _keys, what in sheet.here.rows()} <= on_page


def test_no_key_is_given_twice(desk: Desk) -> None:
    buttons = [button for button in desk.window.findChildren(Button) if button.isVisible()]
    keys = [button.shortcut().toString() for button in buttons if not button.shortcut().isEmpty()]
    assert len(keys) == len(set(keys))


def test_a_folded_rail_keeps_the_keys(desk: Desk) -> None:
    desk.window.workspace.rail.toggle()
    press(Qt.Key.Key_J, CTRL)
    assert progress(desk).isVisible()


def test_an_auditor_is_offered_the_keys_only(desk: Desk) -> None:
    desk.sit_down(desk.hall.sessions[Role.AUDITOR])
    assert list(desk.window.workspace.rail.acts) == ["keys"]
    press(Qt.Key.Key_E, CTRL)
    assert not enquiry(desk).isVisible()


def test_nothing_is_done_from_anywhere_while_the_seat_is_locked(desk: Desk) -> None:
    desk.window.lock()
    press(Qt.Key.Key_J, CTRL)
    assert "progress" not in desk.quick.overlays


def test_the_lock_covers_an_overlay_and_the_password_brings_it_back(desk: Desk) -> None:
    press(Qt.Key.Key_E, CTRL)
    write("问到一半")
    press(Qt.Key.Key_L, CTRL)
    assert not enquiry(desk).isVisible()
    assert desk.window.stack.currentWidget() is desk.window.lock_page
    desk.window.lock_page.password.focus()
    write(PASSWORD)
    press(Qt.Key.Key_Return)
    desk.until(desk.window.is_at_desk)
    assert enquiry(desk).isVisible()
    assert enquiry(desk).question.editor.toPlainText() == "问到一半"
    assert desk.log.who.search.editor.text() == "李四"


def test_nothing_of_who_leaves_stays_in_an_overlay(desk: Desk) -> None:
    press(Qt.Key.Key_E, CTRL)
    write("别人的话")
    press(Qt.Key.Key_Escape)
    desk.sit_down(desk.hall.supervisor)
    press(Qt.Key.Key_E, CTRL)
    assert enquiry(desk).question.editor.toPlainText() == ""


def test_the_palette_finds_the_acts(desk: Desk) -> None:
    assert {"咨询", "查进度", "发结果"} <= {command.words for command in desk.window.commands()}


def opened_palette(desk: Desk, typed: str) -> Palette:
    """The palette, opened by its key, when everything typed has been looked up."""
    press(Qt.Key.Key_K, CTRL)
    (palette,) = [each for each in desk.window.findChildren(Palette) if each.isVisible()]
    write(typed)
    desk.until(lambda: not palette._rest.isActive())
    desk.settle()
    return palette


def test_the_palette_finds_a_request_by_its_number_first(desk: Desk) -> None:
    ada = person(desk.hall, "王阿达")
    wanted = logged(desk.hall, ada)
    for _more in range(7):
        logged(desk.hall, ada)
    number = desk.hall.read(desk.hall.clerk, see_request, wanted).row.number
    palette = opened_palette(desk, number)
    assert palette.words_shown()[0].startswith(f"{number} · ")
    press(Qt.Key.Key_Return)
    desk.settle()
    assert desk.window.workspace.current() == "request"


def test_the_palette_finds_five_requests_then_people_then_pages(desk: Desk) -> None:
    """王关于 bears the name of the page 关于."""
    ada = person(desk.hall, "王关于")
    for _time in range(7):
        logged(desk.hall, ada)
    shown = opened_palette(desk, "关于").words_shown()
    assert all("王关于" in words and " · " in words for words in shown[:5])
    assert shown[5:] == ["王关于", "前往：关于"]


def test_what_is_marked_in_the_palette_stays_so_when_records_are_found(desk: Desk) -> None:
    logged(desk.hall, person(desk.hall, "王关于"))
    palette = opened_palette(desk, "关于")
    assert palette.list.currentIndex().row() == 2
    press(Qt.Key.Key_Return)
    assert desk.window.workspace.current() == "about"


def test_enter_in_the_palette_waits_for_what_is_being_looked_up(desk: Desk) -> None:
    wanted = logged(desk.hall, person(desk.hall, "王阿达"))
    number = desk.hall.read(desk.hall.clerk, see_request, wanted).row.number
    press(Qt.Key.Key_K, CTRL)
    write(number)
    press(Qt.Key.Key_Return)
    desk.until(lambda: desk.window.workspace.current() == "request")


def test_somebody_found_in_the_palette_opens_the_requests(desk: Desk) -> None:
    person(desk.hall, "王阿达")
    palette = opened_palette(desk, "王阿达")
    assert palette.words_shown() == ["王阿达"]
    press(Qt.Key.Key_Return)
    desk.settle()
    page = desk.window.workspace.pages["requests"]
    assert isinstance(page, RequestsPage)
    assert page.search.editor.text() == "王阿达"


def test_the_palette_shows_a_reviewer_no_request_of_another_department(desk: Desk) -> None:
    wanted = logged(desk.hall, person(desk.hall, "王阿达"))
    number = desk.hall.read(desk.hall.clerk, see_request, wanted).row.number
    desk.sit_down(desk.hall.add(Role.REVIEWER, "other", "administrative_approval"))
    palette = opened_palette(desk, number)
    assert palette.words_shown() == []
    assert palette.nothing.isVisible()


# -- everybody --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["enquiry", "progress", "hand_out", "keys"])
def test_every_overlay_can_be_read_and_used_by_everybody(
    hall: SmallHall, look: SetLook, qtbot: QtBot, code: str
) -> None:
    brought_out(hall, person(hall, "临洮县洮阳镇人民政府综合便民服务中心", CARD))
    runner = Runner(hall.performer)
    runner.session = hall.clerk
    seat = Seat(runner)
    keys = (("Ctrl+E", "Enquiry"), ("Shift+F1", "Keys"))
    made: dict[str, Callable[[], Quick]] = {
        "enquiry": lambda: QuickEnquiry(seat, lambda: (None, "")),
        "progress": lambda: QuickProgress(seat),
        "hand_out": lambda: QuickHandOut(seat),
        "keys": lambda: QuickKeys(seat, lambda: [(key, words._(what)) for key, what in keys], lambda: None),
    }
    overlay = made[code]()
    qtbot.addWidget(overlay)
    overlay.open()
    overlay.begin()
    if isinstance(overlay, QuickFind):
        overlay.search.editor.setText(CARD)
        overlay._on_enter()
        qtbot.waitUntil(lambda: runner.pending == 0, timeout=PATIENCE)
        settle()
        qtbot.waitUntil(lambda: runner.pending == 0, timeout=PATIENCE)
    elif isinstance(overlay, QuickEnquiry):
        overlay.send.click()
    assert check_everywhere(overlay) == []
    runner.close()


def test_what_is_shown_is_said_in_the_other_language_too(desk: Desk) -> None:
    logged(desk.hall, person(desk.hall, "王小明"))
    press(Qt.Key.Key_J, CTRL)
    write("王小明")
    press(Qt.Key.Key_Return)
    desk.settle()
    desk.window.set_language("en")
    assert progress(desk).lines()[0] == "With Civil affairs."
    assert not any("\u4e00" <= mark <= "\u9fff" for line in progress(desk).lines() for mark in line)
    desk.window.set_language("zh")
    assert words.language() == "zh"


def test_a_request_that_was_looked_up_is_in_the_log(desk: Desk) -> None:
    request = logged(desk.hall, person(desk.hall, "王小明"))
    press(Qt.Key.Key_J, CTRL)
    write("王小明")
    press(Qt.Key.Key_Return)
    desk.settle()
    window = QGuiApplication.focusWindow()
    assert isinstance(window, QWindow)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    history = desk.hall.read(desk.hall.supervisor, see_request, request).history
    assert "request_seen" in {event.kind for event in history}
