"""Whoever is on record as dead: the log page says so as soon as they are chosen, with what the law allows."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from db.open import Database
from desktop.ui.pages.log import LogPage
from desktop.usecases.perform import Performer
from tests.databases import sqlite_database
from tests.ui.conftest import SetLook
from tests.ui.log_desk import clerk_at, for_whom, in_need, press, quiet
from tests.usecases.conftest import CALENDAR, Clock, SmallHall, _quick_hashes, clock, hall
from tests.usecases.test_deaths import TOWN, death_of, person

__all__ = ["_quick_hashes", "clock", "hall", "sqlite_database"]


@pytest.fixture
def performer(sqlite_database: Database, clock: Clock) -> Performer:
    return Performer(sqlite_database, TOWN, CALENDAR, clock)


@pytest.fixture
def page(hall: SmallHall, look: SetLook, qtbot: QtBot) -> Iterator[LogPage]:
    with clerk_at(hall, qtbot) as made:
        yield made


def test_a_dead_applicant_is_warned_of_at_once_and_another_takes_the_warning_away(
    hall: SmallHall, page: LogPage, qtbot: QtBot
) -> None:
    death_of(hall, person(hall, "张德福"))
    for_whom(qtbot, page, "张德福")
    in_need(qtbot, page, "licence")
    quiet(qtbot, page)
    assert page.who.notice.isVisible()
    assert "张德福已登记于2026年2月26日" in page.who.notice.text()
    press(qtbot, page, page.who.change)
    assert page.who.notice.isHidden()
    for_whom(qtbot, page, "张建军")
    quiet(qtbot, page)
    assert page.who.notice.isHidden()
