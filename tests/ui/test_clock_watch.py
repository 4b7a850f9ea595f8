"""Who sits down at a seat whose clock is behind is told so, in the language of the seat."""

import pytest
from pytestqt.qtbot import QtBot

from db.open import Database
from desktop import words
from desktop.ui.clock_watch import ClockStrip, ClockWatch, clock_words
from desktop.ui.day_watch import DayWatch
from desktop.ui.navigation import Seat
from desktop.usecases.clock import ClockBehind
from desktop.usecases.perform import Performer
from desktop.usecases.requests.requests import log_request, see_request
from tests.databases import sqlite_database
from tests.ui.conftest import SetLook
from tests.usecases.conftest import CALENDAR, Clock, SmallHall, _quick_hashes, clock, hall
from tests.usecases.small_case import STALL, stall_request

__all__ = ["_quick_hashes", "clock", "hall", "sqlite_database"]

SAID = {
    "zh": ("现在显示2026年3月1日 周日 09:30", "2026年3月2日 周一 09:30已有记录"),
    "en": ("it says Sun 1 Mar 2026 09:30", "recorded on Mon 2 Mar 2026 09:30 already"),
}


@pytest.fixture
def performer(sqlite_database: Database, clock: Clock) -> Performer:
    return Performer(sqlite_database, STALL, CALENDAR, clock)


def quiet(qtbot: QtBot, seat: Seat) -> None:
    qtbot.waitUntil(lambda: seat.runner.pending == 0, timeout=20_000)


@pytest.mark.bad_input("a clock set back")
@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_clock_set_back_is_said_once_to_who_sits_down(
    seat: Seat, hall: SmallHall, qtbot: QtBot, look: SetLook, language: words.Language
) -> None:
    look(language=language)
    watch, strip = ClockWatch(seat, hall.clock), ClockStrip()
    qtbot.addWidget(strip)
    said: list[str] = []

    def hear(behind: ClockBehind | None) -> None:
        said.extend([clock_words(behind)] if behind is not None else [])

    watch.found.connect(hear)
    watch.found.connect(strip.show_clock)
    watch.look()  # nobody is there to be told
    hall.clock.move(days=-1)
    seat.set_session(hall.clerk)
    quiet(qtbot, seat)
    watch.look()
    quiet(qtbot, seat)
    assert len(said) == 1
    assert strip.notice.tone == "warning"
    assert all(part in strip.notice.text() for part in SAID[language]), strip.notice.text()
    hall.clock.move(days=1)
    watch.look()
    quiet(qtbot, seat)
    assert strip.isHidden()
    hall.clock.move(days=-1)
    watch.look()
    quiet(qtbot, seat)
    assert len(said) == 2  # it was right in between
    watch.stop()


def test_a_right_clock_is_not_spoken_of(seat: Seat, hall: SmallHall, qtbot: QtBot) -> None:
    said: list[ClockBehind | None] = []
    watch = ClockWatch(seat, hall.clock)
    watch.found.connect(said.append)
    seat.set_session(hall.clerk)
    quiet(qtbot, seat)
    assert said == [None]
    watch.stop()


@pytest.mark.bad_input("a clock set back")
def test_a_clock_set_back_under_somebodys_hands_is_said_at_once(seat: Seat, hall: SmallHall, qtbot: QtBot) -> None:
    watch, strip = ClockWatch(seat, hall.clock), ClockStrip()
    qtbot.addWidget(strip)
    watch.found.connect(strip.show_clock)
    seat.set_session(hall.clerk)
    quiet(qtbot, seat)
    assert strip.isHidden()
    hall.clock.move(days=-40)
    qtbot.waitUntil(lambda: not strip.isHidden(), timeout=5_000)
    watch.stop()


def test_who_sits_down_finds_the_lists_as_the_day_has_them(seat: Seat, hall: SmallHall, qtbot: QtBot) -> None:
    form = stall_request(food=False, papers=("site_plan",))
    request = hall.write(hall.clerk, log_request, form).request
    hall.clock.move(days=14)
    hall.sessions = {role: hall.sign_in(role.value) for role in hall.sessions}
    assert [row.state for row in hall.read(hall.clerk, see_request, request).tasks] == ["submitted"]
    watch = DayWatch(seat)
    seat.set_session(hall.clerk)
    quiet(qtbot, seat)
    assert [row.state for row in hall.read(hall.clerk, see_request, request).tasks] == ["accepted"]
    watch.stop()
