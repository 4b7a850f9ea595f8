"""Tab goes down a page as one reads it, also through what was put in later."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from db.open import Database
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.usecases.perform import Performer
from tests.databases import sqlite_database
from tests.ui.conftest import Put, SetLook
from tests.ui.heard import with_keyboard
from tests.ui.keys import press
from tests.ui.log_desk import OFFERED, person
from tests.ui.page_parts import settle
from tests.ui.town import Desk
from tests.usecases.conftest import CALENDAR, Clock, SmallHall, _quick_hashes, clock, hall

__all__ = ["_quick_hashes", "clock", "hall", "sqlite_database"]


@pytest.fixture
def performer(sqlite_database: Database, clock: Clock) -> Performer:
    return Performer(sqlite_database, OFFERED, CALENDAR, clock)


@pytest.fixture
def desk(qapp: QApplication, hall: SmallHall, look: SetLook, qtbot: QtBot) -> Iterator[Desk]:
    person(hall, "王秀英")
    made = Desk(qapp, hall, qtbot)
    yield made
    made.close()


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
    page = desk.log
    for search, words in ((page.who.search, "王秀英"), (page.need.search, "迁户口")):
        search.focus()
        search.editor.setText(words)
        for _press in range(2):
            press(Qt.Key.Key_Return)
            desk.settle()
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
