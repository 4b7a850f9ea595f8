"""The running program and its records: out of reach and back again, told plainly, and work goes on."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Program, qt_application
from desktop.paths import Paths
from desktop.settings import Settings
from desktop.ui.clock_watch import ClockStrip
from desktop.ui.pages.requests import RequestsPage
from desktop.ui.qt_messages import QtMessages
from tests.ui import typed_and_killed
from tests.ui.conftest import SetLook
from tests.usecases.conftest import _quick_hashes

__all__ = ["_quick_hashes"]

PATIENCE = 60_000


class SeatClock:
    """The true clock, until it is set back."""

    back = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) - self.back


@pytest.fixture
def clock() -> SeatClock:
    return SeatClock()


@pytest.fixture
def program(look: SetLook, qapp: QApplication, qtbot: QtBot, tmp_path: Path, clock: SeatClock) -> Iterator[Program]:
    """A clerk's desk in the running program."""
    folder = tmp_path / "hall"
    typed_and_killed.found(folder)
    settings = Settings(data=folder)
    made = Program(qt_application(settings), Paths(folder), settings, clock)
    qtbot.addWidget(made.window)
    made.show()
    typed_and_killed.sign_in(made, lambda reached: qtbot.waitUntil(reached, timeout=PATIENCE))
    yield made
    made.close()
    made.window.close()


def test_records_moved_away_and_back_are_told_and_work_goes_on(program: Program, qtbot: QtBot) -> None:
    workspace, file = program.window.workspace, program.paths.folder / "yijian.db"
    away = file.with_name("away.db")
    qtbot.waitUntil(lambda: program.runner is not None and program.runner.pending == 0, timeout=PATIENCE)
    file.rename(away)
    qtbot.waitUntil(lambda: workspace.notice.isVisible() and workspace.notice.tone == "problem", timeout=PATIENCE)
    away.rename(file)
    qtbot.waitUntil(lambda: workspace.notice.tone == "done", timeout=PATIENCE)
    assert "又连上了" in workspace.notice.text()
    workspace.go("requests")
    page = workspace.pages["requests"]
    assert isinstance(page, RequestsPage)
    qtbot.waitUntil(page.empty.isVisible, timeout=PATIENCE)


def test_the_program_listens_to_qt_while_it_runs(program: Program) -> None:
    assert isinstance(program.messages, QtMessages)
    assert program.messages._installed
    program.close()
    assert not program.messages._installed


@pytest.mark.bad_input("a clock set back")
def test_a_clock_set_back_is_said_above_every_page_until_it_is_right(
    program: Program, qtbot: QtBot, clock: SeatClock
) -> None:
    workspace = program.window.workspace
    strip = workspace.findChild(ClockStrip)
    assert isinstance(strip, ClockStrip)
    clock.back = timedelta(days=40)
    qtbot.waitUntil(strip.isVisible, timeout=PATIENCE)
    for page in ("requests", "log"):
        workspace.go(page)
        assert strip.isVisible()
        assert "时钟慢了" in strip.notice.text()
