"""The request page offers the way that is left after another was refused, and goes it only when it is chosen."""

import pytest
from pytestqt.qtbot import QtBot

from db.open import Database
from desktop.ui.navigation import Seat
from desktop.ui.pages.request import RequestPage
from desktop.usecases.perform import Performer
from desktop.usecases.requests.requests import see_request
from desktop.workflow.procedure.legal_states import ActKind
from tests.databases import sqlite_database
from tests.ui.conftest import SetLook
from tests.ui.page_parts import settle
from tests.usecases.conftest import CALENDAR, Clock, SmallHall, _quick_hashes, clock, hall
from tests.usecases.test_ways_left import LICENCE, TWO_WAYS, close, logged, states

__all__ = ["_quick_hashes", "clock", "hall", "sqlite_database"]


@pytest.fixture
def performer(sqlite_database: Database, clock: Clock) -> Performer:
    return Performer(sqlite_database, TWO_WAYS, CALENDAR, clock)


def test_the_way_that_is_left_is_offered_and_gone_when_it_is_chosen(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    request = logged(hall)
    close(hall, request, "quick", ActKind.REFUSE)
    page = RequestPage(seat)
    qtbot.addWidget(page)
    page.open(request)
    qtbot.waitUntil(lambda: page.case is not None)
    field, go = page.ways.fields[LICENCE], page.ways.buttons[LICENCE]
    assert not page.ways.isHidden()
    assert not go.isEnabled()
    field.editor.set_value("slow")
    field.editor.chosen.emit("slow")
    go.click()
    qtbot.waitUntil(lambda: states(hall, request)["slow"] == "submitted")
    settle()
    page.reload()
    qtbot.waitUntil(page.ways.isHidden)
    assert hall.read(hall.clerk, see_request, request).row.next_actor == "counter"


def test_a_way_that_was_ticked_stays_ticked_in_the_other_language(
    hall: SmallHall, seat: Seat, look: SetLook, qtbot: QtBot
) -> None:
    request = logged(hall)
    close(hall, request, "quick", ActKind.REFUSE)
    page = RequestPage(seat)
    qtbot.addWidget(page)
    page.open(request)
    qtbot.waitUntil(lambda: page.case is not None)
    page.ways.fields[LICENCE].editor.set_value("slow")
    look(language="en")
    page.retranslate()
    assert page.ways.fields[LICENCE].editor.value() == "slow"
    assert page.ways.buttons[LICENCE].isEnabled()
