"""Two seats on the same records: each sees the other's writes within a second, its own once, and loses nothing."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from db.keys import Keys
from db.migrate import open_up_to_date
from db.open import Database, Place
from desktop.ui.navigation import Seat
from desktop.ui.news import NewsTeller
from desktop.ui.pages.overview import OverviewPage
from desktop.ui.pages.page import Page
from desktop.ui.pages.requests import RequestsPage
from desktop.ui.runner import Runner
from desktop.ui.watcher import Watcher
from desktop.ui.widgets.layouts import Column
from desktop.usecases.context import Session
from desktop.usecases.perform import Performer
from desktop.usecases.requests.drafts import SaveDraft, save_draft
from desktop.usecases.requests.requests import log_request, see_request
from desktop.usecases.topics import Topic
from tests.databases import database, postgres_database, postgres_place, sqlite_database
from tests.db.many_requests import fill
from tests.ui.conftest import SetLook
from tests.usecases.conftest import CALENDAR, Clock, SmallHall, _quick_hashes, clock, hall
from tests.usecases.small_case import STALL, stall_request

__all__ = ["_quick_hashes", "clock", "database", "hall", "postgres_database", "postgres_place", "sqlite_database"]

ROOT = Path(__file__).parents[2]
PATIENCE = 20_000
QUIET = 700
"""Milliseconds in which every news would have come: a file is asked five times a second."""


class Notes(Page):
    """A page with one field, which counts how often it reads."""

    topics = frozenset({Topic.REQUESTS})

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.reads = 0
        self.field = QLineEdit()
        Column(self).addWidget(self.field)

    def reload(self) -> None:
        self.reads += 1


class Desk:
    """One seat as the program makes it: a performer of its own, runner, watcher and news."""

    def __init__(self, opened: Database, session: Session, clock: Clock) -> None:
        self.runner = Runner(Performer(opened, STALL, CALENDAR, clock))
        self.seat = Seat(self.runner)
        self.seat.set_session(session)
        self.watcher = Watcher(opened.feed())
        self.teller = NewsTeller(self.runner)
        self.watcher.news.connect(self.teller.look)

    def close(self) -> None:
        self.watcher.stop()
        self.runner.close()


@pytest.fixture
def performer(database: Database, clock: Clock) -> Performer:
    return Performer(database, STALL, CALENDAR, clock)


@pytest.fixture
def opened_twice(hall: SmallHall) -> Iterator[Database]:
    """The same records opened a second time, as another program has them."""
    place = hall.performer.database.place
    opened = open_up_to_date(place, Keys.load(place.folder))
    yield opened
    opened.close()


@pytest.fixture
def desks(hall: SmallHall, opened_twice: Database, look: SetLook, qtbot: QtBot) -> Iterator[tuple[Desk, Desk]]:
    """Two seats with a program each: the clerk's and the supervisor's."""
    made = (
        Desk(hall.performer.database, hall.clerk, hall.clock),
        Desk(opened_twice, hall.supervisor, hall.clock),
    )
    qtbot.waitUntil(lambda: all(desk.runner.pending == 0 for desk in made))
    yield made
    for desk in made:
        desk.close()


def shown(page: Page, qtbot: QtBot) -> Page:
    qtbot.addWidget(page)
    page.resize(1366, 600)
    page.show()
    qtbot.waitUntil(lambda: page.seat.runner.pending == 0 and not page._stale)
    return page


def test_each_seat_sees_the_others_request(desks: tuple[Desk, Desk], qtbot: QtBot) -> None:
    pages = [RequestsPage(desk.seat) for desk in desks]  # kept to the end, as the window keeps its pages
    for writer, reader, page in ((*desks, pages[1]), (*desks[::-1], pages[0])):
        shown(page, qtbot)
        before = len(page.model.rows)
        assert page.seat is reader.seat
        writer.runner.write(page, log_request, stall_request())
        qtbot.waitUntil(lambda writer=writer: writer.runner.pending == 0)  # type: ignore[misc]
        qtbot.waitUntil(lambda page=page, before=before: len(page.model.rows) == before + 1, timeout=PATIENCE)  # type: ignore[misc]


def test_the_own_write_is_told_once(desks: tuple[Desk, Desk], qtbot: QtBot) -> None:
    mine, other = desks
    page = Notes(mine.seat)
    shown(page, qtbot)
    qtbot.wait(QUIET)
    reads = page.reads
    for _time in range(3):
        told: list[object] = []
        mine.runner.changed.connect(told.append)
        with qtbot.waitSignal(mine.runner.changed):
            mine.runner.write(page, log_request, stall_request())
        qtbot.wait(QUIET)
        assert len(told) == 1
        mine.runner.changed.disconnect(told.append)
    assert page.reads == reads + 3
    other.runner.write(page, log_request, stall_request())
    qtbot.waitUntil(lambda: page.reads == reads + 4, timeout=PATIENCE)


def test_a_look_at_a_file_is_no_news(desks: tuple[Desk, Desk], hall: SmallHall, qtbot: QtBot) -> None:
    logged = hall.write(hall.clerk, log_request, stall_request())
    mine, other = desks
    page = Notes(mine.seat)
    shown(page, qtbot)
    qtbot.wait(QUIET)
    told: list[object] = []
    mine.runner.changed.connect(told.append)
    other.runner.read(page, see_request, logged.request, done=told.append)
    qtbot.waitUntil(lambda: len(told) == 1)
    qtbot.wait(QUIET)
    assert len(told) == 1


def test_what_is_chosen_and_in_sight_stays_when_others_write(
    desks: tuple[Desk, Desk], hall: SmallHall, qtbot: QtBot
) -> None:
    fill(hall.performer.database, hall.clerk.hall_id, hall.clerk.account_id, 200)
    mine, other = desks
    page = RequestsPage(mine.seat)
    shown(page, qtbot)
    qtbot.waitUntil(lambda: len(page.model.rows) >= 50)
    page.table.selectRow(20)
    page.table.verticalScrollBar().setValue(page.table.verticalScrollBar().maximum() // 2)
    qtbot.waitUntil(lambda: mine.runner.pending == 0)
    chosen, top = page.model.rows[20].id, page.model.rows[page.table.rowAt(0)].id
    number = len(page.model.rows)
    other.runner.write(page, log_request, stall_request(words="想卖花"))
    qtbot.waitUntil(lambda: page.model.rows[0].words == "想卖花", timeout=PATIENCE)
    row = page.table.selected_row()
    assert row is not None
    assert page.model.rows[row].id == chosen
    assert page.model.rows[page.table.rowAt(0)].id == top
    assert len(page.model.rows) >= number


def test_half_typed_words_stay_in_their_box_when_others_write(desks: tuple[Desk, Desk], qtbot: QtBot) -> None:
    mine, other = desks
    page = RequestsPage(mine.seat)
    shown(page, qtbot)
    page.search.editor.setText("想卖袜")
    page.search.editor.setCursorPosition(2)
    other.runner.write(page, log_request, stall_request(words="想卖袜子"))
    qtbot.wait(QUIET + 500)
    assert (page.search.editor.text(), page.search.editor.cursorPosition()) == ("想卖袜", 2)


def test_the_overview_follows_another_seat(desks: tuple[Desk, Desk], qtbot: QtBot) -> None:
    mine, other = desks
    page = OverviewPage(other.seat)
    shown(page, qtbot)
    assert page.view is not None
    assert sum(figure.number for figure in page.view.mine) == 0
    body = page.body.verticalScrollBar().value()
    other.runner.write(page, log_request, stall_request())
    qtbot.waitUntil(lambda: page.view is not None and page.view.mine[0].number == 1, timeout=PATIENCE)
    mine.runner.write(page, log_request, stall_request())
    qtbot.waitUntil(lambda: len(page.model.rows) == 0 and other.runner.pending == 0, timeout=PATIENCE)
    assert page.body.verticalScrollBar().value() == body


def test_a_program_of_its_own_is_heard(desks: tuple[Desk, Desk], hall: SmallHall, qtbot: QtBot) -> None:
    page = RequestsPage(desks[0].seat)
    shown(page, qtbot)
    place = hall.performer.database.place
    with _elsewhere(place, hall.clerk) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stdout.readline().strip() == "ready"
        process.stdin.write("go\n")
        process.stdin.flush()
        assert process.stdout.readline().strip() == "kept"
        qtbot.waitUntil(lambda: len(page.model.rows) == 1, timeout=PATIENCE)


def _elsewhere(place: Place, session: Session) -> "subprocess.Popen[str]":
    """Another program at the same records that logs one request when it is told to."""
    command = [sys.executable, "-m", "tests.ui.test_news", str(place.folder), place.url or "", str(session.id)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)  # noqa: S603  our own program


def test_news_that_cannot_be_read_are_asked_for_again(desks: tuple[Desk, Desk], hall: SmallHall, qtbot: QtBot) -> None:
    mine, other = desks
    mine.runner.broken.emit(OSError())
    mine.teller._looking = True
    mine.runner.broken.emit(OSError())
    page = Notes(mine.seat)
    shown(page, qtbot)
    reads = page.reads
    other.runner.write(page, log_request, stall_request())
    qtbot.waitUntil(lambda: page.reads > reads, timeout=PATIENCE)


def test_every_look_that_is_noted_is_named_as_one() -> None:
    sources = (path.read_text(encoding="utf-8") for path in (ROOT / "desktop" / "usecases").rglob("*.py"))
    kinds = [kind for text in sources for kind in re.findall(r'record_reading\(\s*"([a-z_]+)"', text)]
    assert len(kinds) > 3
    assert [kind for kind in kinds if not kind.endswith("_seen")] == []


def _log_one(folder: str, url: str, session: str) -> None:
    """As another program: find the clerk's stay, wait for the word, and log a request."""
    from dataclasses import replace
    from uuid import UUID

    from db.queries.halls import first_hall
    from desktop.usecases.permissions import Role

    place = Place(Path(folder), url or None)
    opened = open_up_to_date(place, Keys.load(place.folder))
    with opened.read() as connection:
        hall = first_hall(connection)
        assert hall is not None
        from sqlalchemy import select

        from db.models import Signing

        account = connection.execute(select(Signing.account_id).where(Signing.id == UUID(session))).scalar_one()
    clerk = Session(UUID(session), account, hall.id, "", frozenset({Role.CLERK}))
    performer = Performer(opened, STALL, CALENDAR, Clock())
    print("ready", flush=True)
    sys.stdin.readline()
    performer.write(replace(clerk, counter="A01"), log_request, stall_request())
    print("kept", flush=True)
    opened.close()


if __name__ == "__main__":
    _log_one(*sys.argv[1:])


def test_what_is_half_typed_at_another_seat_is_no_news(desks: tuple[Desk, Desk], hall: SmallHall, qtbot: QtBot) -> None:
    writer, reader = desks
    told: list[object] = []
    reader.runner.changed.connect(told.append)
    for letter in ("王", "王秀", "王秀英"):
        writer.runner.write(writer.seat, save_draft, SaveDraft({"who": letter}))
        qtbot.wait(QUIET // 3)
    qtbot.waitUntil(lambda: writer.runner.pending == 0 and reader.runner.pending == 0)
    assert told == []
    writer.runner.write(writer.seat, log_request, stall_request())
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE)
