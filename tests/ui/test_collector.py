"""Memory is tidied up on the window's thread, whoever fills it."""

import gc
import threading
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.ui.collector import LOOK_MS, Collector
from desktop.ui.runner import Outcome, Runner


class Ring:
    """Something only tidying up can throw away; it notes on which thread that was."""

    def __init__(self, gone: list[int]) -> None:
        self.itself, self._gone = self, gone

    def __del__(self) -> None:
        self._gone.append(threading.get_ident())


class Filling:
    """A performer that fills the memory on the reader's thread."""

    def read(self, session: Any, use_case: Any, query: Any) -> int:
        for _ in range(50_000):
            Ring(query)
        return threading.get_ident()

    def write(self, session: Any, use_case: Any, command: Any, op: UUID | None = None) -> Outcome:
        raise NotImplementedError


def test_what_a_reader_leaves_behind_goes_on_the_windows_thread(qtbot: QtBot) -> None:
    runner, owner, gone, answers = Runner(Filling()), QObject(), [], []  # type: ignore[var-annotated]
    runner.read(owner, lambda: None, gone, done=answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=20_000)
    qtbot.waitUntil(lambda: bool(gone), timeout=20 * LOOK_MS)
    assert answers != [threading.get_ident()]
    assert set(gone) == {threading.get_ident()}
    runner.close()


@pytest.mark.parametrize("at_work", [1, 2])
def test_python_tidies_up_by_itself_when_the_last_one_rests(at_work: int, qtbot: QtBot) -> None:
    before = Collector._at_work
    working = [Collector() for _ in range(at_work)]
    assert not gc.isenabled()
    for each in working:
        each.stop()
        each.stop()
    assert Collector._at_work == before
    assert gc.isenabled() is (before == 0)
