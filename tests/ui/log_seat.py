"""A clerk at the desk of a hall that has somebody on file, in a window of the usual size."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.open import Database
from desktop.ui.pages.log import LogPage
from desktop.usecases.perform import Performer
from tests.databases import sqlite_database
from tests.ui.conftest import SetLook
from tests.ui.keys import press
from tests.ui.log_desk import OFFERED, person
from tests.ui.town import Desk
from tests.usecases.conftest import CALENDAR, Clock, SmallHall, _quick_hashes, clock, hall

__all__ = ["USUAL", "_quick_hashes", "clock", "desk", "hall", "moving_form", "performer", "sqlite_database"]

USUAL = (1366, 768)


@pytest.fixture
def performer(sqlite_database: Database, clock: Clock) -> Performer:
    return Performer(sqlite_database, OFFERED, CALENDAR, clock)


@pytest.fixture
def desk(qapp: QApplication, hall: SmallHall, look: SetLook, qtbot: QtBot) -> Iterator[Desk]:
    person(hall, "王秀英")
    made = Desk(qapp, hall, qtbot)
    made.window.resize(*USUAL)
    yield made
    made.close()


def moving_form(desk: Desk) -> LogPage:
    """The form of somebody on file who moves in."""
    page = desk.log
    for search, words in ((page.who.search, "王秀英"), (page.need.search, "迁户口")):
        search.focus()
        search.editor.setText(words)
        for _press in range(2):
            press(Qt.Key.Key_Return)
            desk.settle()
    return page
