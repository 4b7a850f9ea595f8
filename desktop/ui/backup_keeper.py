"""Backups nobody has to think of: every half hour in which something was done, beside the work and without a word."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

LOOK_MS = 5 * 60 * 1000

_log = logging.getLogger(__name__)


class BackupKeeper(QObject):
    """Asks every few minutes whether a backup is due; a thread of its own takes it, so that no act waits for it."""

    taken = Signal(object)  # the path of the backup
    failed = Signal(object)  # the error; it is tried again at the next look

    def __init__(self, back_up: Callable[[], Path | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._back_up = back_up
        self._pool = ThreadPoolExecutor(1, "backup")
        self._running: Future[Path | None] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Take a backup if one is due, unless one is being taken."""
        if self._running is None or self._running.done():
            self._running = self._pool.submit(self._back_up)
            self._running.add_done_callback(self._report)

    def stop(self) -> None:
        """Finish what was begun and take no more."""
        self._timer.stop()
        self._pool.shutdown(wait=True)

    def _report(self, future: "Future[Path | None]") -> None:
        """On the backup's own thread: a signal takes the word over to the window's."""
        error = future.exception()
        if error is not None:
            _log.warning("the backup by itself did not succeed", exc_info=error)
            self.failed.emit(error)
        elif future.result() is not None:
            self.taken.emit(future.result())
