"""The request page and an item's rounds: the latest is shown, and an earlier one whose result waits to be taken."""

import pytest
from pytestqt.qtbot import QtBot

from db.open import Database
from desktop.ui.navigation import Seat
from desktop.ui.pages.request import RequestPage
from desktop.usecases.perform import Performer
from desktop.workflow.catalogue.requirements import Phase
from desktop.workflow.planning.plan import Actor
from desktop.workflow.procedure.legal_states import ActKind
from tests.databases import sqlite_database
from tests.usecases.conftest import CALENDAR, Clock, SmallHall, _quick_hashes, clock, hall
from tests.usecases.test_run_out import CHECKED, OUT, begin, do, later, log, town

__all__ = ["_quick_hashes", "clock", "hall", "sqlite_database"]


@pytest.fixture
def performer(sqlite_database: Database, clock: Clock) -> Performer:
    return Performer(sqlite_database, town(Phase.DECIDE, CHECKED), CALENDAR, clock)


def rounds(page: RequestPage) -> list[tuple[str, int]]:
    return [(box.row.item, box.row.round) for box in page.tasks.boxes]


def test_a_result_of_an_earlier_round_stands_there_until_it_is_handed_over(
    hall: SmallHall, seat: Seat, qtbot: QtBot
) -> None:
    request = log(hall)
    do(hall, request, "check", *OUT)
    do(hall, request, "shop", ActKind.ACCEPT)
    later(hall, 11)
    begin(hall)
    seat.set_session(hall.clerk)
    page = RequestPage(seat)
    qtbot.addWidget(page)
    page.open(request)
    qtbot.waitUntil(lambda: page.case is not None)
    assert sorted(rounds(page)) == [("check", 1), ("check", 2), ("shop", 1)]
    first = next(box for box in page.tasks.boxes if (box.row.item, box.row.round) == ("check", 1))
    assert first._task is not None
    assert (first._task.round, first._task.actor) == (1, Actor.COUNTER)
    do(hall, request, "check", ActKind.SERVE, values={"method": "in_person", "signed": "signature"})
    page.reload()
    qtbot.waitUntil(lambda: sorted(rounds(page)) == [("check", 2), ("shop", 1)])
