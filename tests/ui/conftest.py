"""What every test of the window needs: the program's own fonts, no screen, and a way to set the look."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["FONTCONFIG_FILE"] = str(Path(__file__).with_name("fonts.conf"))

import pytest
from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from desktop import words
from desktop.ui import theme, translate
from desktop.ui.navigation import Seat
from desktop.ui.runner import Runner
from desktop.ui.sizes import Size
from desktop.ui.widgets.layouts import Column
from desktop.usecases.context import Session
from tests.ui.page_parts import settle
from tests.usecases.conftest import SmallHall

SetLook = Callable[..., None]
Put = Callable[..., QMainWindow]

CLERK_SCREEN = QSize(1366, 768)
KIOSK_SCREEN = QSize(1080, 1920)
BOARD_SCREEN = QSize(1920, 1080)


@pytest.fixture(autouse=True)
def _nothing_left_over() -> Iterator[None]:
    """Take away what a test has closed; else every later change of the look restyles the windows of all before it."""
    yield
    take_away_closed()


def take_away_closed() -> None:
    """Delete what was closed: this waits for an event loop otherwise."""
    app = QApplication.instance()
    if app is not None:
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def look(qapp: QApplication) -> Iterator[SetLook]:
    """Set theme, size and language: ``look("dark", "large", "en")``; a test begins and ends in light, standard, zh."""

    def set_look(
        shown: theme.Theme = "light",
        size: Size = "standard",
        language: words.Language = "zh",
        *,
        standard_pixels: float | None = None,
    ) -> None:
        if words.language() != language:
            translate.switch_language(qapp, language)
        theme.apply(qapp, shown, size, standard_pixels=standard_pixels)

    set_look()
    yield set_look
    take_away_closed()
    set_look(standard_pixels=14.0)


@pytest.fixture
def seat(hall: SmallHall, look: SetLook, qtbot: QtBot) -> Iterator[Seat]:
    """The clerk's seat at the hall of the test's own module."""
    with seated(hall, hall.clerk) as found:
        yield found


@contextmanager
def seated(hall: SmallHall, session: Session) -> Iterator[Seat]:
    """A seat at which somebody has signed in, until they leave it."""
    runner = Runner(hall.performer)
    found = Seat(runner)
    found.set_session(session)
    yield found
    runner.close()


@pytest.fixture
def put(look: SetLook, qtbot: QtBot) -> Put:
    """Put widgets under each other into a window that has the keyboard."""
    look()
    kept = []

    def put_widgets(*widgets: QWidget, width: int = 800) -> QMainWindow:
        window, page = QMainWindow(), QWidget()
        column = Column(page)
        for widget in widgets:
            column.addWidget(widget)
        column.addStretch(1)
        window.setCentralWidget(page)
        window.resize(width, 600)
        qtbot.addWidget(window)
        kept.append(window)
        window.show()
        window.activateWindow()
        settle()
        return window

    return put_widgets
