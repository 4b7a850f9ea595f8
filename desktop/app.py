"""The composition root: settings → window → database → catalogue → performer → runner → the desk."""

import logging
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from desktop.paths import Paths, paths_in
from desktop.settings import Settings, keep_choice
from desktop.ui import theme, translate
from desktop.ui.collector import Collector
from desktop.ui.crash import CrashReporter
from desktop.ui.qt_messages import QtMessages
from desktop.ui.sizes import clerk_text_pixels
from desktop.ui.watcher import Watcher
from desktop.words import _

if TYPE_CHECKING:
    from db.open import Database
    from desktop.authoring import CatalogueFault
    from desktop.ui.backup_keeper import BackupKeeper
    from desktop.ui.entrance import Entrance
    from desktop.ui.navigation import Seat
    from desktop.ui.news import NewsTeller
    from desktop.ui.runner import Runner
    from desktop.ui.tour import Step
    from desktop.usecases.backups.backups import Restored
    from desktop.usecases.perform import Performer

TOUR_SCREEN = (1366, 768)
TOUR_DAY = date(2026, 3, 16)
"""A Monday like any other."""

Clock = Callable[[], datetime]

_log = logging.getLogger(__name__)


def utc_now() -> datetime:
    """The clock of the machine."""
    return datetime.now(UTC)


def run(paths: Paths, settings: Settings) -> int:
    """Open the window and return the program's exit code when it is closed."""
    program = Program(qt_application(settings), paths, settings)
    program.show()
    return program.app.exec()


def play_tour(settings: Settings, out: Path, day: date = TOUR_DAY) -> "Iterator[Step]":
    """Play the tour through the main job on a practice hall of its own; each step is given when its picture is written.

    The clock stands on a fixed day, so that every tour is the same; nothing of it touches the hall of this seat.
    """
    from desktop.ui.tour import Tour, TourClock
    from desktop.usecases.perform import ZONE

    out.mkdir(parents=True, exist_ok=True)
    clock = TourClock(datetime.combine(day, time(9), ZoneInfo(ZONE)))
    with TemporaryDirectory(prefix="yijian-tour-") as folder:
        alone = replace(settings, database=None)
        program = Program(qt_application(settings), paths_in(Path(folder)), alone, clock)
        program.window.resize(*TOUR_SCREEN)
        program.show()
        try:
            yield from Tour(program, out, clock).play()
        finally:
            program.close()
            program.window.close()


def qt_application(settings: Settings) -> QApplication:
    """The Qt application in the seat's language, theme and size."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError("a window needs a QApplication")
    app.setApplicationName("yijian")
    app.setApplicationDisplayName("")
    theme.apply(app, settings.theme, settings.size, standard_pixels=_standard_pixels(app))
    translate.switch_language(app, settings.language)
    return app


def open_records(paths: Paths, settings: Settings) -> "Database":
    """Open the records of this seat, brought to the form this program knows; StorageFault says why not."""
    from db.migrate import open_up_to_date
    from db.open import Place
    from desktop.usecases.hall.seat_keys import keys_at

    place = Place(paths.folder, settings.database)
    return open_up_to_date(place, keys_at(place), backups=paths.backups)


def performer_on(database: "Database", cache: Path | None = None, clock: Clock = utc_now) -> "Performer":
    """Whoever carries out use cases on these records, with the shipped catalogue and calendar.

    `cache` is the folder where the catalogue is kept as it was read, so that the next start is quicker.
    """
    return _performer(database, cache, clock)[0]


def _performer(
    database: "Database", cache: Path | None, clock: Clock
) -> "tuple[Performer, tuple[CatalogueFault, ...]]":
    """Give whoever carries out use cases, and what is wrong with a catalogue in whose place the one before is used.

    Raises CatalogueUnreadable when there is none from before.
    """
    from desktop.authoring import CatalogueUnreadable, load_catalogue, shipped_calendar
    from desktop.authoring.kept import last_kept
    from desktop.usecases.perform import Performer

    faults: tuple[CatalogueFault, ...] = ()
    try:
        catalogue = load_catalogue(kept_in=cache)
    except CatalogueUnreadable as broken:
        before = None if cache is None else last_kept(cache)
        if before is None:
            raise
        _log.warning("the catalogue cannot be read; the one before is used", exc_info=broken)
        catalogue, faults = before, broken.faults
    return Performer(database, catalogue, shipped_calendar(), clock), faults


def fault_code(error: BaseException) -> str | None:
    """The code of a fault of the store, or None for any other error."""
    from db.faults import StorageFault

    return error.code.value if isinstance(error, StorageFault) else None


class Program(QObject):
    """One running seat: the window first, then everything behind it, which is opened off the window's thread."""

    _opened = Signal(object)  # the Future of opening

    def __init__(self, app: QApplication, paths: Paths, settings: Settings, clock: Clock = utc_now) -> None:
        from desktop.ui.window import Window

        super().__init__()
        self.app = app
        self.paths = paths
        self.settings = settings
        self.clock = clock
        self._collector = Collector(self)
        self.crash = CrashReporter(self)
        self.crash.install()
        self.messages = QtMessages()
        self.messages.install()
        self.window = Window(app)
        self.runner: Runner | None = None
        self.entrance: Entrance | None = None
        self._watcher: Watcher | None = None
        self._news: NewsTeller | None = None
        self._keeper: BackupKeeper | None = None
        self._performer: Performer | None = None
        self._seat: Seat | None = None
        self._faults: tuple[CatalogueFault, ...] = ()
        self._opener = ThreadPoolExecutor(1, "opener")
        self._opening: Future[Performer] | None = None
        self._opened.connect(self._on_opened, Qt.ConnectionType.QueuedConnection)
        self.window.start.retry_requested.connect(self._on_open)
        self.window.chosen.connect(self._on_chosen)
        self.window.closed.connect(self.close)
        self.crash.noticed.connect(self.window.say_crash)

    def show(self) -> None:
        """Paint the start page, and open the records once it has been painted."""
        self.window.show()
        self.app.processEvents()
        QTimer.singleShot(0, self, self._on_open)

    def wait_until_ready(self, milliseconds: int) -> None:
        """Let the program go on until a page other than the start page is in front, at most so long."""
        loop = QEventLoop()
        self.window.stack.currentChanged.connect(loop.quit)
        QTimer.singleShot(milliseconds, loop.quit)
        if self.window.stack.currentWidget() is self.window.start:
            loop.exec()
        self.app.processEvents()

    @Slot()
    def close(self) -> None:
        """Finish what was begun and give everything back; a second time there is nothing to do."""
        self.crash.remove()
        self.messages.remove()
        self._opener.shutdown(wait=True)
        self._collector.stop()
        if self._opening is not None and self._opening.exception() is None:  # opened while the window was closed
            self._opening.result().database.close()
        self._opening = None
        self._stop_watching()
        if self.runner is not None:
            self.runner.close()
            self.runner = None
        if self._performer is not None:
            self._performer.database.close()
            self._performer = None

    @Slot()
    def _on_open(self) -> None:
        self.window.start.say_opening()
        if self._opening is None:
            self._opening = self._opener.submit(self._open)
            self._opening.add_done_callback(self._opened.emit)

    def _open(self) -> "Performer":
        """On the opener's thread: open the records and read what the hall offers."""
        database = open_records(self.paths, self.settings)
        try:
            performer, self._faults = _performer(database, self.paths.cache, self.clock)
        except BaseException:
            database.close()
            raise
        return performer

    @Slot(object)
    def _on_opened(self, opening: "Future[Performer]") -> None:
        if opening is not self._opening:
            return
        self._opening = None
        error = opening.exception()
        if error is None:
            self._furnish(opening.result())
            return
        if self._is_broken_catalogue(error):
            return
        code = fault_code(error)
        if code is None:
            raise error
        _log.error("the records cannot be opened", exc_info=error, extra={"code": code})
        self.window.start.say_fault(code)

    def _is_broken_catalogue(self, error: BaseException) -> bool:
        """Say what is wrong with a catalogue in whose place there is none; False for any other error."""
        from desktop.authoring import CatalogueUnreadable

        if not isinstance(error, CatalogueUnreadable):
            return False
        _log.error("the catalogue cannot be read", exc_info=error)
        self.window.start.say_broken_catalogue(error.faults)
        return True

    def _furnish(self, performer: "Performer") -> None:
        from desktop.ui.broken_catalogue import BrokenCatalogueNote
        from desktop.ui.brought_up import BroughtUpNote
        from desktop.ui.clock_watch import ClockStrip, ClockWatch
        from desktop.ui.day_watch import DayWatch
        from desktop.ui.entrance import Entrance
        from desktop.ui.navigation import Seat
        from desktop.ui.runner import Runner

        self._performer = performer
        self.runner = Runner(performer, self)
        seat = self._seat = Seat(self.runner, self)
        self.window.furnish(seat)
        self.runner.broken.connect(self._on_broken)
        seat.restore_begun.connect(self._on_restore_begun)
        seat.restore_ended.connect(self._on_restore_ended)
        self._start_watching(self._performer)
        self._clock = ClockWatch(seat, performer.clock, self)
        strip = ClockStrip()
        self._clock.found.connect(strip.show_clock)
        self.window.workspace.show_above(strip)
        self._day = DayWatch(seat, self)
        migrated = performer.database.migrated
        if migrated is not None and migrated.backup is not None:
            self._note = BroughtUpNote(seat, migrated.backup, self)
        if self._faults:
            self._broken = BrokenCatalogueNote(seat, self._faults, self)
        self.entrance = Entrance(self.window, seat)
        self.window.stack.currentChanged.connect(self._on_first_page)
        self.entrance.begin()

    @Slot()
    def _on_first_page(self) -> None:
        """Tidy up once the door is shown, so that a store that cannot be written is said there."""
        from desktop.usecases.papers.attachments import sweep_attachments

        self.window.stack.currentChanged.disconnect(self._on_first_page)
        if self.runner is not None:
            self.runner.write(self, sweep_attachments, None)

    def _start_watching(self, performer: "Performer") -> None:
        """Hear of other seats' writes, and back up by itself."""
        from desktop.ui.backup_keeper import BackupKeeper
        from desktop.ui.news import NewsTeller
        from desktop.usecases.backups.backups import back_up_if_due

        self._watcher = Watcher(performer.database.feed(), self)
        if self.runner is not None:
            self._news = NewsTeller(self.runner, self)
            self._watcher.news.connect(self._news.look)
        self._watcher.lost.connect(self._on_broken)
        self._watcher.found.connect(self.window.say_within_reach)
        self._keeper = BackupKeeper(partial(back_up_if_due, performer), self)

    def _stop_watching(self) -> None:
        """Let go of the records; only the performer has them open then."""
        if self._watcher is not None:
            self._watcher.stop()
            self._watcher = None
        if self._news is not None:
            self._news.deleteLater()
            self._news = None
        if self._keeper is not None:
            self._keeper.stop()
            self._keeper = None

    @Slot()
    def _on_restore_begun(self) -> None:
        self._stop_watching()
        self.window.workspace.setEnabled(False)

    @Slot(object)
    def _on_restore_ended(self, restored: "Restored | None") -> None:
        """Go on with the records there are now; after a restore everybody comes in by the door again."""
        self.window.workspace.setEnabled(True)
        if self._performer is None or self._seat is None or self.entrance is None:
            return
        self._start_watching(self._performer)
        if restored is not None:
            self.window.end()
            self._seat.set_session(None)
            self.window.stack.currentChanged.connect(self._on_door_after_restore, Qt.ConnectionType.QueuedConnection)
            self.entrance.begin()

    @Slot(int)
    def _on_door_after_restore(self, _at: int) -> None:
        self.window.stack.currentChanged.disconnect(self._on_door_after_restore)
        self.window.sign_in.notice.say_done(_("The backup is in place. Sign in again; what was there before is kept."))

    @Slot(object)
    def _on_broken(self, error: BaseException) -> None:
        """A store out of reach is told as what it is; any other error is a bug."""
        code = fault_code(error)
        if code is None:
            self.crash.report(error)
            return
        _log.warning("the store failed", exc_info=error, extra={"code": code})
        if self._seat is not None:
            self.window.workspace.setEnabled(True)  # a restore may have failed so that nothing could be opened again
        self.window.say_fault(code)

    @Slot(str, str)
    def _on_chosen(self, name: str, value: str) -> None:
        keep_choice(self.paths.seat_file, **{name: value})


def _standard_pixels(app: QApplication) -> float:
    return clerk_text_pixels(app.primaryScreen().logicalDotsPerInch())
