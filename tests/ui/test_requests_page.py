"""The list of requests on real records: found as one types, read on as one scrolls, opened with Enter."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db.open import Database
from desktop.ui.navigation import Seat
from desktop.ui.pages import requests
from desktop.ui.pages.requests import RequestsPage
from desktop.ui.runner import Runner
from desktop.usecases.perform import Performer
from desktop.usecases.requests import log_request
from tests.databases import sqlite_database
from tests.ui.conftest import SetLook
from tests.ui.page_checks import check_everywhere
from tests.usecases.conftest import CALENDAR, Clock, SmallHall, _quick_hashes, clock, hall
from tests.usecases.small_case import STALL, stall_request

__all__ = ["_quick_hashes", "clock", "hall", "sqlite_database"]


@pytest.fixture
def performer(sqlite_database: Database, clock: Clock) -> Performer:
    return Performer(sqlite_database, STALL, CALENDAR, clock)


@pytest.fixture
def seat(hall: SmallHall, look: SetLook, qtbot: QtBot) -> Iterator[Seat]:
    """A clerk's seat at a hall with three requests."""
    for words in ("想卖凉皮", "想卖袜子", "想修鞋"):
        hall.clock.move(minutes=1)
        hall.write(hall.clerk, log_request, stall_request(words=words))
    runner = Runner(hall.performer)
    found = Seat(runner)
    found.set_session(hall.clerk)
    yield found
    runner.close()


@pytest.fixture
def page(seat: Seat, qtbot: QtBot) -> RequestsPage:
    shown = RequestsPage(seat)
    qtbot.addWidget(shown)
    shown.resize(1366, 768)
    shown.show()
    qtbot.waitUntil(lambda: len(shown.model.rows) == 3)
    return shown


def numbers(page: RequestsPage) -> list[str]:
    return [row.number[-1] for row in page.model.rows]


def test_the_newest_request_comes_first(page: RequestsPage) -> None:
    assert numbers(page) == ["3", "2", "1"]
    assert page.model.index(0, 5).data() == "3月2日 周一 09:33"


def test_typing_finds_the_persons_own_words(page: RequestsPage, qtbot: QtBot) -> None:
    page.search.editor.insert("袜子")
    page.search.editor.textEdited.emit("袜子")  # what an input method leaves behind
    qtbot.waitUntil(lambda: numbers(page) == ["2"])


def test_a_status_nobody_has_shows_what_to_do(page: RequestsPage, qtbot: QtBot) -> None:
    page.status.editor.set_value("withdrawn")
    page.status.editor.chosen.emit("withdrawn")
    qtbot.waitUntil(page.empty.isVisible)
    assert "换一个状态" in page.empty.text.text()


def test_enter_opens_the_chosen_request(page: RequestsPage, seat: Seat, qtbot: QtBot) -> None:
    page.table.selectRow(1)
    with qtbot.waitSignal(seat.page_requested) as gone:
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert gone.args == ["request", page.model.rows[1].id]


def test_the_list_goes_on_where_the_page_above_ended(seat: Seat, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "PAGE_ROWS", 2)
    page = RequestsPage(seat)
    qtbot.addWidget(page)
    page.reload()
    qtbot.waitUntil(lambda: len(page.model.rows) == 2)
    assert page.model.canFetchMore(QModelIndex())
    page.model.fetchMore(QModelIndex())
    assert not page.model.canFetchMore(QModelIndex())
    qtbot.waitUntil(lambda: numbers(page) == ["3", "2", "1"])
    assert not page.model.canFetchMore(QModelIndex())


def test_the_chosen_request_stays_chosen_when_another_is_logged(page: RequestsPage, seat: Seat, qtbot: QtBot) -> None:
    page.table.selectRow(1)
    seat.runner.write(page, log_request, stall_request(words="想卖花"))
    qtbot.waitUntil(lambda: len(page.model.rows) == 4)
    row = page.table.selected_row()
    assert row is not None
    assert numbers(page)[row] == "2"


def test_the_page_keeps_the_rules_of_every_page(page: RequestsPage) -> None:
    assert check_everywhere(page) == []
