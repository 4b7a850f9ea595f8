"""The figures of a desk: start, first paint, stalls, logging, searching and planning, each beside its floor."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import event, text

from db.keys import Keys
from db.migrate import open_up_to_date
from db.open import Database, Place
from db.search_words import Sought
from desktop.app import Program, performer_on, qt_application
from desktop.authoring import load_catalogue, shipped_calendar
from desktop.paths import paths_in
from desktop.settings import Settings
from desktop.ui.pages.requests import RequestsPage
from desktop.ui.tour import Tour
from desktop.ui.tour_hands import Hands, Step, TourClock
from desktop.usecases.context import Context
from desktop.usecases.hall.signing_in import SignIn, sign_in
from desktop.usecases.people.people import NewPerson, NoIdentifier, register_person
from desktop.usecases.perform import Performer
from desktop.usecases.requests.requests import Form, ListQuery, LogRequest, list_page, log_request
from desktop.usecases.sample import PASSWORD
from desktop.workflow.catalogue.definitions import APPLICANT
from desktop.workflow.planning.engine import plan
from desktop.workflow.planning.inputs import Inputs
from tests.bench.filled import fill
from tests.databases import copy_of_template
from tests.db.test_search_figures import Sample, queries

STARTS: Final = 5
LOGGED: Final = 60
SEARCHES: Final = 100
PLANS: Final = 200
DAY: Final = date(2026, 3, 2)
MATTER: Final = "disability_services"
"""The matter of one person that wants most."""
SORTS: Final = ("1 character", "2 characters", "4 characters", "pinyin initials", "whole number")

Figure = dict[str, Any]


def measure(count: int, folder: Path) -> dict[str, Any]:
    """Measure everything on so many requests in a folder; each figure says its floor, its goal and whether it holds."""
    place = _filled(count, folder)
    database = open_up_to_date(place, Keys.load(place.folder))
    performer = performer_on(database)
    figures = [*_planning(), *_logging(database, performer), *_searching(database, performer)]
    database.close()
    figures += [*_starting(folder), *_at_the_window(folder)]
    return {"requests": count, "figures": figures}


def _filled(count: int, folder: Path) -> Place:
    """Give the records of a folder that hold so many requests, filled now unless an earlier run kept them."""
    mark = folder / "filled"
    if mark.exists():
        return Place(folder)
    place = copy_of_template(folder)
    database = open_up_to_date(place, Keys.load(place.folder))
    fill(performer_on(database), count)
    database.close()
    mark.write_text(str(count), encoding="utf-8")
    return place


def _figure(name: str, unit: str, value: float, goal: float, **beside: float) -> Figure:
    rounded = {key: round(each, 3) for key, each in beside.items()}
    return {"name": name, "unit": unit, "value": round(value, 3), "goal": goal, "holds": value <= goal, **rounded}


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


# -- start ------------------------------------------------------------------------------------------------------------


def _starting(folder: Path) -> Iterator[Figure]:
    """Start a bare window and the program in turn, so that both meet the same machine."""
    bare, painted, ready = [], [], []
    for _ in range(STARTS):
        bare.append(_start("bare")["painted"])
        times = _start(str(folder))
        painted.append(times["painted"])
        ready.append(times["takes keys"])
    floor = statistics.median(bare)
    yield _figure(
        "start page painted ÷ bare window", "×", statistics.median(painted) / floor, 2.5,
        painted_ms=statistics.median(painted), bare_ms=floor,
    )  # fmt: skip
    yield _figure("start to a sign-in page that takes keys", "s", statistics.median(ready) / 1000, 2.5)


def _start(what: str) -> dict[str, float]:
    began = time.perf_counter()
    times: dict[str, float] = {}
    command = [sys.executable, "-m", "tests.bench.started", what]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  this bench itself
        assert process.stdout is not None
        for line in process.stdout:
            times[line.strip()] = (time.perf_counter() - began) * 1000
    return times


# -- planning ---------------------------------------------------------------------------------------------------------


def _planning() -> Iterator[Figure]:
    """Plan every one of the matters from scratch."""
    catalogue, calendar = load_catalogue(), shipped_calendar()
    medians: dict[str, float] = {}
    for code, demand in catalogue.demands.items():
        if demand.before_after is None and len(demand.wants) < 2:
            continue
        inputs = Inputs(code, opened=DAY)
        plan(catalogue, calendar, inputs, DAY)
        medians[code] = statistics.median(_timed(partial(plan, catalogue, calendar, inputs, DAY)) for _ in range(PLANS))
    slowest = max(medians, key=lambda code: medians[code])
    yield _figure(
        f"planning a matter, the slowest ({slowest})", "µs", medians[slowest] * 1000, 50_000,
        median_us=statistics.median(medians.values()) * 1000,
    )  # fmt: skip


# -- logging ----------------------------------------------------------------------------------------------------------


def _logging(database: Database, performer: Performer) -> Iterator[Figure]:
    """Log requests durably; in turn write the very rows of such a request barely, and as many bytes in one row."""
    clerk = performer.write(None, sign_in, SignIn("clerk", PASSWORD, "A01")).value
    with database.write() as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS bench_bytes (id INTEGER PRIMARY KEY, content BLOB)"))
    whole, rows, bytes_ = [], [], []
    for number in range(LOGGED):
        person = NewPerson(f"王小{number}", phone="13900000000", no_identifier=NoIdentifier.NOT_AT_HAND)
        subject = performer.write(clerk, register_person, person).value.subject
        command = LogRequest(Form(MATTER, {APPLICANT: (subject,)}), "想办这件事", despite_twin=True)
        written = _rehearsed(database, performer, clerk, command)
        size = sum(len(repr(row.parameters).encode()) for row in written)
        rows.append(_timed(partial(_write_rows, database, written)))
        bytes_.append(_timed(partial(_write_bytes, database, size)))
        whole.append(_timed(partial(performer.write, clerk, log_request, command)))
    logged, floor, one_row = (statistics.median(each) for each in (whole, rows, bytes_))
    yield _figure(
        "one request logged durably ÷ a bare transaction of its rows", "×", logged / floor, 5,
        logged_ms=logged, bare_ms=floor, statements=len(written), bytes=size,
        divided_by_one_row_of_as_many_bytes=logged / one_row,
    )  # fmt: skip


class _Written(NamedTuple):
    statement: str
    parameters: Any
    many: bool


class _TakenBack(Exception):
    """What was logged is not kept."""


def _rehearsed(database: Database, performer: Performer, clerk: Any, command: LogRequest) -> list[_Written]:
    """Log a request and take it back; gives every statement that wrote, with its rows, to be written barely."""
    written: list[_Written] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: Any) -> None:
        if statement.lstrip()[:6].upper() in {"INSERT", "UPDATE", "DELETE"}:
            kept = [tuple(row) for row in parameters] if many else tuple(parameters)
            written.append(_Written(statement, kept, bool(many)))

    def take_back(context: Context, command: LogRequest) -> None:
        log_request(context, command)
        raise _TakenBack

    with database.write() as connection:
        engine = connection.engine
    event.listen(engine, "before_cursor_execute", note)
    with suppress(_TakenBack):
        performer.write(clerk, take_back, command)
    event.remove(engine, "before_cursor_execute", note)
    return written


def _write_rows(database: Database, written: list[_Written]) -> None:
    """Write the same rows into the same tables and indexes of the same file, by the driver alone."""
    with database.write() as connection:
        cursor = connection.connection.cursor()
        for row in written:
            (cursor.executemany if row.many else cursor.execute)(row.statement, row.parameters)


def _write_bytes(database: Database, size: int) -> None:
    with database.write() as connection:
        connection.execute(text("INSERT INTO bench_bytes (content) VALUES (randomblob(:size))"), {"size": size})


# -- searching --------------------------------------------------------------------------------------------------------


def _searching(database: Database, performer: Performer) -> Iterator[Figure]:
    """Search the list as it is typed, and in turn ask the bare index for the same."""
    clerk = performer.write(None, sign_in, SignIn("clerk", PASSWORD, "A01")).value
    sorts = queries(Sample(99))
    for sort in SORTS:
        whole, bare = [], []
        for _ in range(SEARCHES):
            words = sorts[sort]()
            whole.append(_timed(partial(performer.read, clerk, list_page, ListQuery(words))))
            bare.append(_timed(partial(_ask_index, database, words)))
        yield _figure(f"search as you type, {sort}: p95", "ms", _p95(whole), 100, bare_p95_ms=_p95(bare),
                      times_bare=_p95(whole) / _p95(bare))  # fmt: skip


def _ask_index(database: Database, words: str) -> None:
    pieces = " ".join(f'"{piece}"' for piece in Sought(words).pieces)
    sql = "SELECT rowid FROM search_index WHERE search_index MATCH :pieces ORDER BY rowid DESC LIMIT 50"
    with database.read() as connection:
        connection.execute(text(sql), {"pieces": pieces}).fetchall()


# -- at the window ----------------------------------------------------------------------------------------------------


class _Paints(QObject):
    """Notes when a widget is first painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.at: float | None = None
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self.at is None:
            self.at = time.perf_counter()
        return super().eventFilter(watched, event)


class _Pulse(QObject):
    """Beats every millisecond on the window's thread; the longest gap is the longest time nobody was answered."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=1)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.beat)
        self._timer.start()

    def beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, (now - self._last) * 1000)
        self._last = now


class _Seat:
    """The program on the filled hall, driven by keys."""

    def __init__(self, folder: Path) -> None:
        settings = Settings(language="zh")
        self.app: QApplication = qt_application(settings)
        self.program = Program(self.app, paths_in(folder), settings)
        self.program.window.resize(1366, 768)
        self.program.show()
        self.program.wait_until_ready(30_000)

    def sign_in(self, login: str) -> None:
        """Sit down in the practice hall."""
        page = self.program.window.sign_in
        page.account.editor.set_value(login)
        page.password.editor.setText(PASSWORD)
        page.enter.click()
        self.until(self.program.window.is_at_desk)
        self.rest()

    def until(self, reached: Callable[[], bool]) -> None:
        """Let the window work until something is so."""
        while not reached():
            self.app.processEvents()

    def rest(self) -> None:
        """Let everything asked for be answered."""
        runner = self.program.runner
        assert runner is not None
        self.until(lambda: runner.pending == 0)
        self.app.processEvents()


def _at_the_window(folder: Path) -> Iterator[Figure]:
    """Go to every page, then log, search and list by keys, on the filled hall."""
    seat = _Seat(folder)
    seat.sign_in("supervisor")
    paints = dict(_first_paints(seat))
    seat.program.close()
    seat = _Seat(folder)
    seat.sign_in("clerk")
    paints |= dict(_first_paints(seat))
    slowest = max(paints, key=lambda code: paints[code])
    yield _figure(f"first paint of any page, the slowest ({slowest})", "ms", paints[slowest], 150)
    pulse = _Pulse()
    _work(seat)
    yield _figure("longest stall while logging, searching and listing", "ms", pulse.longest, 100)
    seat.program.close()


def _first_paints(seat: _Seat) -> Iterator[tuple[str, float]]:
    workspace = seat.program.window.workspace
    workspace.go("about")
    seat.rest()
    for code in workspace.rail.buttons:
        if code == "about":
            continue
        known = code in workspace.pages
        began = time.perf_counter()
        workspace.go(code)
        paints = _Paints(workspace.pages[code])
        seat.until(lambda paints=paints: paints.at is not None)  # type: ignore[misc]
        assert paints.at is not None
        if not known:
            yield code, (paints.at - began) * 1000
        seat.rest()
        workspace.go("about")
        seat.rest()


class _Blind(Hands):
    """The hands of the tour without its camera, which would be the longest stall of all."""

    def step(self, name: str, what: str, at: QWidget | None = None) -> Step:
        """Go on."""
        self.settle()
        return Step(what, Path())


def _work(seat: _Seat) -> None:
    """Search and list by keys, then log a restaurant with every question and paper."""
    workspace = seat.program.window.workspace
    workspace.go("requests")
    page = workspace.pages["requests"]
    assert isinstance(page, RequestsPage)
    seat.rest()
    for words in ("王", "王秀", "开办餐饮", "wxy", "2026"):
        page.search.editor.clear()
        for mark in words:
            page.search.editor.insert(mark)
            seat.app.processEvents()
        seat.rest()
    page.search.editor.clear()
    seat.rest()
    for _ in range(40):
        QTest.keyClick(page.table, Qt.Key.Key_PageDown)
        seat.rest()
    clock = TourClock(datetime.now(UTC))
    tour = Tour(seat.program, Path(), clock)
    tour._hands = _Blind(seat.program, Path(), clock)
    assert list(tour._log()), "nothing was logged"
