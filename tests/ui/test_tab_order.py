"""Tab goes down a page as one reads it, also through what was put in later."""

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.scroll_page import ScrollPage
from tests.ui.conftest import Put
from tests.ui.heard import with_keyboard
from tests.ui.keys import press
from tests.ui.log_seat import _quick_hashes, clock, desk, hall, moving_form, performer, sqlite_database
from tests.ui.page_parts import settle
from tests.ui.town import Desk

__all__ = ["_quick_hashes", "clock", "desk", "hall", "performer", "sqlite_database"]


def heard(first: QWidget, presses: int) -> list[str]:
    first.setFocus()
    said = []
    for _ in range(presses):
        focused = with_keyboard()
        said.append(focused.accessibleName() or getattr(focused, "text", str)())
        press(Qt.Key.Key_Tab)
    return said


def test_what_is_put_in_between_is_reached_in_between(put: Put) -> None:
    page, first, last, holder = ScrollPage(), QPushButton("一"), QPushButton("三"), QWidget()
    column = Column(holder)
    for widget in (first, holder, last):
        page.add(widget)
    put(page)
    column.addWidget(QPushButton("二"))
    settle()
    assert heard(first, 3) == ["一", "二", "三"]


def test_the_form_of_a_request_is_gone_through_from_top_to_bottom(desk: Desk) -> None:
    page = moving_form(desk)
    form = page.body.widget()
    assert form is not None
    stops: list[QWidget] = []
    page.who.search.focus()
    while (focused := QApplication.focusWidget()) is not None and focused not in stops and len(stops) < 200:
        stops.append(focused)
        press(Qt.Key.Key_Tab)
    on_form = [stop for stop in stops if form.isAncestorOf(stop)]
    tops = [stop.mapTo(form, stop.rect().center()).y() for stop in on_form]
    assert len(on_form) > 8
    assert all(after >= one - on_form[at].height() for at, (one, after) in enumerate(pairwise(tops)))
