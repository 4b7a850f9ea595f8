"""The runner and the watcher: answers on the window's thread, in order, to those who are still there."""

import threading
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from db.open import Database
from desktop.app import performer_on
from desktop.ui.runner import Runner
from desktop.ui.watcher import Watcher
from desktop.usecases.context import Context
from desktop.usecases.hall.halls import FoundHall, HallStatus, found_hall, hall_status
from desktop.usecases.refused import Refused
from desktop.usecases.topics import Topic
from tests.databases import sqlite_database

__all__ = ["sqlite_database"]

PATIENCE = 20_000
PASSWORD = "一句容易记的话很安全"
FOUND = FoundHall("临洮县政务服务中心", "wangqiang", "王强", PASSWORD)


class Listener(QObject):
    """A page that only listens."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.refusals: list[str] = []
        self.threads: set[int] = set()

    def on_done(self, value: object) -> None:
        self.heard.append(value)
        self.threads.add(threading.get_ident())

    def on_refused(self, refusal: Refused) -> None:
        self.refusals.append(refusal.code)


def says(_context: Context, query: object) -> object:
    return query


def refuses(_context: Context, _query: object) -> object:
    raise Refused("not_allowed")


def breaks(_context: Context, _query: object) -> object:
    raise ZeroDivisionError


@pytest.fixture
def runner(qapp: object, sqlite_database: Database) -> Iterator[Runner]:
    made = Runner(performer_on(sqlite_database))
    yield made
    made.close()


@pytest.fixture
def listener(qapp: object) -> Listener:
    return Listener()


def settle(qtbot: QtBot, runner: Runner) -> None:
    """Wait until nothing is pending."""
    qtbot.waitUntil(lambda: runner.pending == 0, timeout=PATIENCE)


def test_acts_are_carried_out_in_the_order_they_were_asked_for(
    runner: Runner, listener: Listener, qtbot: QtBot
) -> None:
    for number in range(20):
        runner.write(listener, says, number, done=listener.on_done)
    settle(qtbot, runner)
    assert listener.heard == list(range(20))
    assert listener.threads == {threading.get_ident()}


def test_an_act_tells_what_it_changed_after_its_owner_has_heard(
    runner: Runner, listener: Listener, qtbot: QtBot
) -> None:
    told: list[tuple[frozenset[Topic], int]] = []
    runner.changed.connect(lambda topics: told.append((topics, len(listener.heard))))
    runner.write(listener, found_hall, FOUND, done=listener.on_done)
    settle(qtbot, runner)
    assert told == [(frozenset(Topic), 1)]


def test_a_look_changes_nothing_and_tells_nobody(runner: Runner, listener: Listener, qtbot: QtBot) -> None:
    told: list[object] = []
    runner.changed.connect(told.append)
    runner.read(listener, hall_status, None, done=listener.on_done)
    settle(qtbot, runner)
    assert listener.heard == [HallStatus(None)]
    assert told == []


def test_a_refusal_comes_to_who_asked(runner: Runner, listener: Listener, qtbot: QtBot) -> None:
    unheard: list[object] = []
    runner.refused.connect(unheard.append)
    runner.write(listener, refuses, None, done=listener.on_done, refused=listener.on_refused)
    settle(qtbot, runner)
    assert (listener.refusals, listener.heard, unheard) == (["not_allowed"], [], [])


def test_a_refusal_nobody_asked_to_hear_is_told_to_the_window(runner: Runner, listener: Listener, qtbot: QtBot) -> None:
    with qtbot.waitSignal(runner.refused, timeout=PATIENCE) as told:
        runner.read(listener, refuses, None, done=listener.on_done)
    assert told.args is not None
    assert told.args[0].code == "not_allowed"


def test_a_bug_is_told_once_and_the_next_act_is_carried_out(runner: Runner, listener: Listener, qtbot: QtBot) -> None:
    told: list[object] = []
    runner.broken.connect(told.append)
    runner.write(listener, breaks, None, done=listener.on_done)
    runner.write(listener, says, "next", done=listener.on_done)
    settle(qtbot, runner)
    assert [type(error) for error in told] == [ZeroDivisionError]
    assert listener.heard == ["next"]


def test_a_page_that_is_gone_is_not_answered(runner: Runner, listener: Listener, qtbot: QtBot) -> None:
    heard = listener.heard
    runner.write(listener, says, "late", done=listener.on_done)
    delete(listener)
    settle(qtbot, runner)
    assert heard == []


def test_a_page_nobody_holds_any_more_is_not_destroyed_by_a_worker(runner: Runner, qtbot: QtBot) -> None:
    begun, go_on, threads = threading.Event(), threading.Event(), list[int]()

    def waits(_context: Context, _query: object) -> None:
        begun.set()
        assert go_on.wait(PATIENCE / 1000)

    page = QWidget()
    gone = weakref.finalize(page, lambda: threads.append(threading.get_ident()))
    runner.read(page, waits, None, done=page.setWindowTitle)
    assert begun.wait(PATIENCE / 1000)
    del page
    go_on.set()
    settle(qtbot, runner)
    qtbot.waitUntil(lambda: not gone.alive)
    assert threads == [threading.get_ident()]


def test_the_same_wish_twice_is_done_once(runner: Runner, listener: Listener, qtbot: QtBot) -> None:
    op = runner.write(listener, found_hall, FOUND, done=listener.on_done)
    runner.write(listener, found_hall, FOUND, done=listener.on_done, refused=listener.on_refused, op=op)
    settle(qtbot, runner)
    assert len(listener.heard) == 1
    assert listener.refusals == ["already_done"]


def test_what_is_pending_is_counted(runner: Runner, listener: Listener, qtbot: QtBot) -> None:
    counts: list[int] = []
    runner.pending_changed.connect(counts.append)
    runner.write(listener, says, 1)
    runner.write(listener, says, 2)
    settle(qtbot, runner)
    assert counts == [1, 2, 1, 0]


def test_a_closed_runner_starts_nothing(runner: Runner, listener: Listener) -> None:
    runner.close()
    runner.write(listener, says, 1, done=listener.on_done)
    assert runner.pending == 0


def test_another_seats_act_is_heard_within_a_second(
    runner: Runner, listener: Listener, sqlite_database: Database, qtbot: QtBot
) -> None:
    watcher = Watcher(sqlite_database.feed())
    try:
        with qtbot.waitSignal(watcher.news, timeout=1000):
            with qtbot.assertNotEmitted(watcher.news, wait=300):
                pass
            performer_on(sqlite_database).write(None, found_hall, FOUND)
    finally:
        watcher.stop()


def test_records_out_of_reach_are_told_once_and_found_again(
    sqlite_database: Database, tmp_path: Path, qtbot: QtBot
) -> None:
    watcher = Watcher(sqlite_database.feed())
    lost: list[object] = []
    watcher.lost.connect(lost.append)
    file = sqlite_database.place.file
    away = tmp_path / "away.db"
    try:
        with qtbot.waitSignal(watcher.lost, timeout=PATIENCE):
            file.rename(away)
        with qtbot.waitSignals([watcher.found, watcher.news], timeout=PATIENCE):
            away.rename(file)
        assert len(lost) == 1
    finally:
        watcher.stop()
