"""Every text field of every page is given what nobody should type: nothing breaks, nothing becomes markup."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QMainWindow, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from db.open import Database
from desktop.ui.navigation import PAGES, PageEntry, Seat
from desktop.ui.pages.page import Page
from desktop.ui.widgets.buttons import Button
from desktop.usecases.perform import Performer
from desktop.usecases.permissions import GRANTED, Role
from desktop.usecases.refusals import UNNAMED
from desktop.usecases.requests.requests import log_request, see_request
from desktop.words import _
from tests.databases import sqlite_database
from tests.usecases.conftest import CALENDAR, Clock, SmallHall, _quick_hashes, clock, hall
from tests.usecases.small_case import STALL, stall_request

__all__ = ["_quick_hashes", "clock", "hall", "sqlite_database"]

PATIENCE = 60_000
MARKUP = "<b>&\"'</b><img src=x onerror=alert(1)>{name}%s"
LONG = "长" * 100_000
RARE = "𠮷㐂𫝀e\u0301\u202e倒\u200bñ👩‍👩‍👧\u0001"
LINES = "第一行\n第二行\r\n\t第三行\x00末"
BROKEN = "半\ud842个"
NASTY = [
    pytest.param(MARKUP, id="markup", marks=pytest.mark.bad_input("markup in any text field")),
    pytest.param(LONG, id="long", marks=pytest.mark.bad_input("a text of 100,000 characters")),
    pytest.param(RARE, id="rare", marks=pytest.mark.bad_input("a name with rare characters")),
    pytest.param(LINES, id="lines"),
    pytest.param(BROKEN, id="surrogate"),
]
STILL = frozenset({"backup"})
"""Pages whose buttons ask for files or take the records away; their fields are filled all the same."""


@pytest.fixture
def performer(sqlite_database: Database, clock: Clock) -> Performer:
    return Performer(sqlite_database, STALL, CALENDAR, clock)


class Listener(QObject):
    """Hears what breaks, and how long the window stands still at the longest."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.broken: list[BaseException] = []
        self.longest = 0
        self._since = QElapsedTimer()
        self._beat = QTimer(self)
        self._beat.timeout.connect(self._on_beat)
        seat.runner.broken.connect(self._on_broken)
        self._since.start()
        self._beat.start(5)

    @Slot(object)
    def _on_broken(self, error: BaseException) -> None:
        self.broken.append(error)

    @Slot()
    def _on_beat(self) -> None:
        self.longest = max(self.longest, self._since.restart())


def who_sees(hall: SmallHall, entry: PageEntry) -> Any:
    """Return somebody who may see the page."""
    roles = [Role.CLERK, Role.REVIEWER, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.EXPERT, Role.AUDITOR]
    return next(hall.sessions[r] for r in roles if entry.permission is None or r in GRANTED[entry.permission])


def quiet(bot: QtBot, seat: Seat, page: Page) -> None:
    bot.waitUntil(lambda: seat.runner.pending == 0 and not waits(page), timeout=PATIENCE)


def waits(page: Page) -> bool:
    """Tell whether something on the page is still to begin: a reading, a search once the typing rests."""
    return any(timer.isSingleShot() and timer.isActive() for timer in page.findChildren(QTimer))


def shown(bot: QtBot, seat: Seat, entry: PageEntry, argument: object) -> tuple[QMainWindow, Page]:
    """Show a page in a window of its own, opened on what it is gone to with."""
    window, page = QMainWindow(), entry.factory(seat)
    window.setCentralWidget(page)
    window.resize(1366, 768)
    bot.addWidget(window)
    window.show()
    window.activateWindow()
    if argument is not None:
        page.open(argument)
    quiet(bot, seat, page)
    return window, page


def fields(page: QWidget) -> list[QLineEdit | QPlainTextEdit]:
    """Return every field in which one can type now."""
    found: list[QLineEdit | QPlainTextEdit] = [*page.findChildren(QLineEdit), *page.findChildren(QPlainTextEdit)]
    return [field for field in found if field.isVisible() and field.isEnabled() and not field.isReadOnly()]


def paste(field: QLineEdit | QPlainTextEdit, words: str) -> None:
    """Paste as a hand does; half of a pair of surrogates cannot come by the clipboard, but a program can put it in."""
    field.setFocus()
    field.selectAll()
    if words == BROKEN:
        (field.insert if isinstance(field, QLineEdit) else field.insertPlainText)(words)
        return
    QGuiApplication.clipboard().setText(words)
    field.paste()


def close_questions() -> None:
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog) and widget.isVisible():
            widget.reject()
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()


def markup_in(page: QWidget) -> list[str]:
    """Return the texts of labels of a window that would be drawn as markup; Qt's own dialogs are windows of theirs."""
    own = [label for label in page.findChildren(QLabel) if label.window() is page.window()]
    return [label.text()[:80] for label in own if label.text() and label.textFormat() != Qt.TextFormat.PlainText]


def codes_in(page: QWidget) -> list[str]:
    """Return what is said with a code of the program instead of a sentence."""
    texts = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    unnamed = _(UNNAMED).partition("{code}")[0]
    return [text[:120] for text in texts if unnamed in text]


def press_all(bot: QtBot, seat: Seat, page: Page, again: Callable[[], None]) -> None:
    """Press every button that can be pressed, with the fields filled anew before each."""
    count = len([button for button in page.findChildren(Button) if button.isVisible()])
    for at in range(count):
        buttons = [button for button in page.findChildren(Button) if button.isVisible() and button.isEnabled()]
        if at >= len(buttons):
            return
        again()
        buttons = [button for button in page.findChildren(Button) if button.isVisible() and button.isEnabled()]
        if at < len(buttons):
            buttons[at].click()
        quiet(bot, seat, page)
        close_questions()


@pytest.mark.parametrize("words", NASTY)
@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.code)
def test_no_field_of_any_page_breaks_at_what_is_typed(
    entry: PageEntry, words: str, seat: Seat, hall: SmallHall, qtbot: QtBot
) -> None:
    request = hall.write(hall.clerk, log_request, stall_request(words=MARKUP)).request
    (task,) = hall.read(hall.clerk, see_request, request).tasks
    seat.set_session(who_sees(hall, entry))
    argument = {"request": request, "work": task.id}.get(entry.code)
    window, page = shown(qtbot, seat, entry, argument)
    heard = Listener(seat)

    def fill() -> None:
        for field in fields(page):
            paste(field, words)

    for field in fields(page):
        paste(field, words)
        QTest.keyClick(field, Qt.Key.Key_Return)
        quiet(qtbot, seat, page)
        close_questions()
    if entry.code not in STILL:
        press_all(qtbot, seat, page, fill)
    quiet(qtbot, seat, page)
    print(entry.code, len(fields(page)), "longest stall", heard.longest, "ms")
    assert heard.broken == []
    assert markup_in(window) == []
    assert codes_in(window) == []
    assert heard.longest < 1500  # generous: other tests run beside this one
    window.close()
