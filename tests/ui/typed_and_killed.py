"""A program that signs a clerk in, types into the log page, and is killed; run by the test of drafts."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from desktop.app import Program, open_records, performer_on, qt_application
from desktop.paths import Paths
from desktop.settings import Settings
from desktop.ui.pages.log import LogPage
from desktop.usecases.hall.accounts import NewAccount, add_account
from desktop.usecases.hall.halls import FoundHall, found_hall
from desktop.usecases.hall.signing_in import SignIn
from desktop.usecases.hall.signing_in import sign_in as sit_down
from desktop.usecases.permissions import Role

WORDS = "想开一家牛肉面馆，两间门面"
PASSWORD = "lintao 大厅 2026"
PATIENCE_MS = 60_000

Wait = Callable[[Callable[[], bool]], None]


def found(folder: Path) -> None:
    """Found a hall with a clerk in a folder."""
    paths = Paths(folder)
    folder.mkdir(parents=True, exist_ok=True)
    database = open_records(paths, Settings(data=folder))
    performer = performer_on(database)
    performer.write(
        None, found_hall, FoundHall("临洮县政务大厅", "administrator", "马主任", PASSWORD, division="621124")
    )
    office = performer.write(None, sit_down, SignIn("administrator", PASSWORD)).value
    clerk = NewAccount("clerk", "李娜", PASSWORD, frozenset({Role.CLERK}), own_password=PASSWORD)
    performer.write(office, add_account, clerk)
    database.close()


def sign_in(program: Program, wait: Wait) -> None:
    """Sit down as the clerk, through the door."""
    window = program.window
    wait(lambda: window.stack.currentWidget() not in (window.start, None))
    wait(lambda: window.stack.currentWidget() is window.sign_in)
    window.sign_in.login.editor.setText("clerk")
    window.sign_in.password.editor.setText(PASSWORD)
    window.sign_in.enter.click()
    wait(window.is_at_desk)
    window.workspace.go("log")


def _wait(reached: Callable[[], bool]) -> None:
    deadline, loop, look = QDeadlineTimer(PATIENCE_MS), QEventLoop(), QTimer()
    look.timeout.connect(loop.quit)
    look.start(20)
    while not reached():
        if deadline.hasExpired():
            raise TimeoutError
        loop.exec()


def main(folder: Path) -> None:
    """Type, wait until the typing is kept, and die without a word to anybody."""
    program = Program(qt_application(Settings(data=folder)), Paths(folder), Settings(data=folder))
    program.show()
    sign_in(program, _wait)
    program.window.workspace.go("log")
    page = program.window.workspace.pages["log"]
    runner, quick = program.runner, program.window.quick
    if not isinstance(page, LogPage) or runner is None or quick is None:
        raise TypeError("a clerk begins at the log page")
    _wait(lambda: runner.pending == 0)
    page.need.search.focus()
    for mark in WORDS:
        event = QInputMethodEvent()
        event.setCommitString(mark)
        QApplication.sendEvent(page.need.search.editor, event)
    _wait(lambda: quick.keeper._kept != {} and not quick.keeper._busy and not quick.keeper._timer.isActive())
    print("kept", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
