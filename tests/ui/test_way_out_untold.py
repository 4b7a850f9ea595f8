"""A way out that a day has brought: the request says on top where to go, and the counter writes the letter."""

from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from db.open import Database
from desktop.ui.navigation import Seat
from desktop.ui.pages.request import RequestPage
from desktop.usecases.perform import Performer
from desktop.usecases.requests.requests import log_request
from desktop.usecases.work.day_begun import begin_day
from tests.databases import sqlite_database
from tests.ui.page_checks import check_within_frame
from tests.ui.page_parts import settle
from tests.usecases.conftest import CALENDAR, Clock, SmallHall, _quick_hashes, clock, hall
from tests.usecases.small_case import STALL, stall_request
from tests.usecases.test_after_decision import elsewhere

__all__ = ["_quick_hashes", "clock", "hall", "sqlite_database"]


@pytest.fixture
def performer(sqlite_database: Database, clock: Clock) -> Performer:
    return Performer(sqlite_database, STALL, CALENDAR, clock)


def test_the_counter_writes_the_letter_of_a_way_out_on_the_request(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    request: UUID = hall.write(hall.clerk, log_request, stall_request(food=False, papers=())).request
    hall.performer.catalogue = elsewhere("not sells_food")
    hall.write(hall.clerk, begin_day, (request,))
    seat.set_session(hall.clerk)
    page = RequestPage(seat)
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    page.open(request)
    qtbot.waitUntil(page.way_out.isVisible)
    settle()
    assert page.way_out.words.text() == "请到食品摊点服务站办理。"
    assert check_within_frame(page.way_out) == []
    page.way_out.tell.click()
    qtbot.waitUntil(page.way_out.isHidden)
    settle()
    qtbot.waitUntil(lambda: any("告知" in button.text() for button in page.letters.panel.buttons.values()))
