"""What has the keyboard is in sight, and stays so while errors, answers, text sizes and windows move the page."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.pages.log import LogPage
from desktop.ui.widgets.date_edit import DateEdit
from desktop.ui.widgets.field import Field
from tests.ui.conftest import SetLook
from tests.ui.heard import with_keyboard
from tests.ui.keys import CTRL, press
from tests.ui.log_seat import USUAL, _quick_hashes, clock, desk, hall, moving_form, performer, sqlite_database
from tests.ui.page_parts import settle
from tests.ui.town import Desk

__all__ = ["_quick_hashes", "clock", "desk", "hall", "performer", "sqlite_database"]

SMALL = (1024, 768)


def moving_in(desk: Desk) -> Field[DateEdit]:
    """A form about moving in, whose proof of address is promised for a day that is not typed yet."""
    page = moving_form(desk)
    part = next(part for part in page.papers.parts.values() if part.later.isVisibleTo(page))
    part.later.click()
    desk.settle()
    return part.due


def sent(desk: Desk, shown: QWidget) -> None:
    """Press the key that logs, and wait for what it brings."""
    press(Qt.Key.Key_Return, CTRL)
    desk.until(shown.isVisible)
    desk.settle()
    settle()


def is_in_sight(widget: QWidget) -> bool:
    """Whether the whole of a widget is seen in its window."""
    return widget.visibleRegion().boundingRect() == widget.rect()


def half_typed(desk: Desk) -> Field[DateEdit]:
    due = moving_in(desk)
    due.focus()
    QTest.keyClicks(with_keyboard(), "20260")
    return due


@pytest.mark.parametrize("size", ["standard", "largest"])
def test_the_place_at_fault_stays_in_sight_when_an_answer_makes_the_page_longer(
    desk: Desk, look: SetLook, size: str
) -> None:
    look(size=size)
    due = half_typed(desk)
    desk.log.send.submit.setFocus()
    sent(desk, desk.log.faults)
    assert due.isAncestorOf(with_keyboard())
    assert is_in_sight(due)
    desk.log.roles.notice.say("warning", "窗口读到了新的情况。\n" * 8)
    desk.window.workspace.notice.say("info", "还有一句话。")
    settle()
    assert is_in_sight(due)


def test_the_field_with_the_keyboard_stays_in_sight_through_sizes_languages_and_windows(
    desk: Desk, look: SetLook
) -> None:
    due = half_typed(desk)
    at = with_keyboard()
    for size, language, room in (
        ("largest", "zh", USUAL),
        ("largest", "en", SMALL),
        ("standard", "en", (1024, 500)),
        ("standard", "zh", USUAL),
    ):
        desk.window.resize(*room)
        look(size=size, language=language)
        desk.settle()
        assert with_keyboard() is at
        assert is_in_sight(at), (size, language, room)
        assert is_in_sight(due), (size, language, room)


@pytest.mark.parametrize("room", [USUAL, SMALL])
def test_the_number_of_what_is_logged_is_seen_first_in_the_largest_size(
    desk: Desk, look: SetLook, room: tuple[int, int]
) -> None:
    desk.window.resize(*room)
    look(size="largest")
    due = moving_in(desk)
    due.editor.set_value(date(2026, 3, 5))
    due.editor.edited.emit()
    desk.settle()
    sent(desk, desk.log.done)
    assert is_in_sight(desk.log.done.number)
    assert desk.log.done.next.hasFocus()


def test_what_was_scrolled_away_does_not_jump_back(desk: Desk) -> None:
    due = half_typed(desk)
    wheel(desk.log, 40)
    assert not is_in_sight(due)
    desk.log.roles.notice.say("warning", "窗口读到了新的情况。")
    settle()
    assert desk.log.body.verticalScrollBar().value() == 0


def test_tab_goes_through_the_form_of_somebody_new_as_it_is_read(desk: Desk) -> None:
    desk.log.who.new.click()
    desk.settle()
    form = desk.log.who.picker.form
    form.number.editor.setText("6")  # the reason is not asked for now
    form.number.editor.clear()
    form.full_name.focus()
    assert tabbed(desk, 7) == [
        "身份证号", "没有号码的理由", "出生日期，年", "出生日期，月", "出生日期，日", "电话", "登记并选用",
    ]  # fmt: skip


def tabbed(desk: Desk, times: int) -> list[str]:
    """What is heard at each press of Tab."""
    heard = []
    for _press in range(times):
        press(Qt.Key.Key_Tab)
        settle()
        heard.append(with_keyboard().accessibleName())
    return heard


def wheel(page: LogPage, notches: int) -> None:
    """Turn the wheel up over the form."""
    port = page.body.viewport()
    middle = QRect(QPoint(0, 0), port.size()).center()
    by, none = QPoint(0, 120 * notches), Qt.KeyboardModifier.NoModifier
    at, far = QPointF(middle), QPointF(port.mapToGlobal(middle))
    turned = QWheelEvent(at, far, QPoint(), by, Qt.MouseButton.NoButton, none, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(port, turned)
    settle()
