"""Taking a list out by the button: seen by those who may, said with how far it is, kept whole or not at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from db.open import Database
from desktop.ui.navigation import Seat
from desktop.ui.runner import Runner
from desktop.ui.widgets.list_export import ListExport
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.usecases.perform import Performer
from desktop.usecases.requests.exports import TableForm
from desktop.usecases.requests.requests import log_request
from tests.databases import sqlite_database
from tests.ui.conftest import SetLook
from tests.ui.page_checks import check_everywhere
from tests.usecases.conftest import CALENDAR, Clock, SmallHall, _quick_hashes, clock, hall
from tests.usecases.small_case import STALL, stall_request
from tests.usecases.test_exports import LISTING, read_csv

__all__ = ["_quick_hashes", "clock", "hall", "sqlite_database"]


@pytest.fixture
def performer(sqlite_database: Database, clock: Clock) -> Performer:
    return Performer(sqlite_database, STALL, CALENDAR, clock)


@pytest.fixture
def export(hall: SmallHall, look: SetLook, qtbot: QtBot) -> Iterator[ListExport]:
    """A supervisor's seat, at a hall with one request."""
    hall.write(hall.clerk, log_request, stall_request(words="=1+1"))
    runner = Runner(hall.performer)
    seat = Seat(runner)
    seat.set_session(hall.supervisor)
    shown = ListExport(seat, lambda: LISTING)
    qtbot.addWidget(shown)
    shown.show()
    yield shown
    runner.close()


def quiet(qtbot: QtBot, export: ListExport) -> None:
    qtbot.waitUntil(lambda: export.seat.runner.pending == 0 and export.button.isEnabled(), timeout=20_000)


@pytest.mark.bad_input("formula-like text in an export")
def test_the_list_is_kept_in_the_file_that_was_chosen(export: ListExport, qtbot: QtBot, tmp_path: Path) -> None:
    export.button.click()
    dialog = export.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "办件.csv"))
    dialog.reject()
    quiet(qtbot, export)
    assert read_csv((tmp_path / "办件.csv").read_bytes())[1] == ["20260302-0001", "'=1+1"]
    assert "已保存" in export.notice.text()
    assert not export.progress.isVisible()


def test_a_folder_that_takes_nothing_is_said_and_keeps_no_part(
    export: ListExport, qtbot: QtBot, tmp_path: Path
) -> None:
    export.export_to(str(tmp_path / "没有" / "办件.xlsx"), TableForm.XLSX)
    quiet(qtbot, export)
    assert "列表没有存成" in export.notice.text()
    assert list(tmp_path.glob("**/*.xlsx")) == []


def test_who_may_not_export_sees_no_button(export: ListExport, hall: SmallHall) -> None:
    export.seat.set_session(hall.clerk)
    assert not export.isVisible()
    export.seat.set_session(hall.supervisor)
    assert export.isVisible()


def test_the_button_keeps_the_rules_of_every_page(export: ListExport, qtbot: QtBot, tmp_path: Path) -> None:
    export.export_to(str(tmp_path / "没有" / "办件.xlsx"), TableForm.XLSX)
    quiet(qtbot, export)
    page = ScrollPage()
    page.add(export)
    page.add_stretch()
    qtbot.addWidget(page)
    export.notice.clear()
    assert check_everywhere(page) == []
