"""An administrator's seat at the small hall, for the tests of the pages the administrator edits."""

from collections.abc import Iterator
from typing import Any, TypeVar

import pytest
from PySide6.QtWidgets import QLabel, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from db.open import Database
from desktop.ui.navigation import Seat
from desktop.ui.pages.page import Page
from desktop.usecases.perform import Performer
from tests.databases import sqlite_database
from tests.ui.conftest import SetLook, seated
from tests.usecases.conftest import CALENDAR, Clock, SmallHall, _quick_hashes, clock, hall
from tests.usecases.small_case import STALL

__all__ = ["_quick_hashes", "clock", "come", "hall", "performer", "pick_row", "put_page", "seat", "sqlite_database"]

Shown = TypeVar("Shown", bound=Page)
_WINDOWS: list[QMainWindow] = []
"""Qt does not keep a window nobody refers to."""


@pytest.fixture
def performer(sqlite_database: Database, clock: Clock) -> Performer:
    return Performer(sqlite_database, STALL, CALENDAR, clock)


@pytest.fixture
def seat(hall: SmallHall, look: SetLook, qtbot: QtBot) -> Iterator[Seat]:
    """The administrator's seat."""
    with seated(hall, hall.administrator) as found:
        yield found
        _WINDOWS.clear()
    hall.performer.database.close()


def put_page(qtbot: QtBot, seat: Seat, page: Shown) -> Shown:
    """Show a page in a window of its own and wait until it has read everything."""
    window = QMainWindow()
    _WINDOWS.append(window)
    window.setCentralWidget(page)
    window.resize(1366, 768)
    qtbot.addWidget(window)
    window.show()
    come(qtbot, seat, page)
    return page


def come(qtbot: QtBot, seat: Seat, page: Page) -> None:
    """Wait until everything asked for has been answered and shown."""
    qtbot.waitUntil(lambda: seat.runner.pending == 0 and not page._soon.isActive(), timeout=20_000)


def pick_row(page: Any, key: object) -> None:
    """Choose the row of a key in the page's table."""
    row = page.model.row_of(key)
    assert row is not None, key
    page.table.selectRow(row)


def text_of(page: QWidget) -> str:
    """Everything a page says in labels now."""
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))
