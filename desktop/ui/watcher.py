"""What other seats changed: heard within a second, passed on as the same signal as this seat's own changes."""

import logging
from typing import Protocol

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal, Slot

POLL_MS = 200
AWAY_MS = 1000

_log = logging.getLogger(__name__)


class Feed(Protocol):
    """Says whether anything may have changed since it was asked last."""

    def poll(self) -> bool:
        """Whether anything may have changed since the last poll, without waiting."""

    def fileno(self) -> int | None:
        """What to watch for news, or None when one must poll."""

    def close(self) -> None:
        """Stop listening."""


class Watcher(QObject):
    """Asks a file five times a second, and waits at a server's line; news are a hint to look again, no more."""

    news = Signal()
    lost = Signal(object)  # the error by which the records became out of reach, once
    found = Signal()  # they are in reach again

    def __init__(self, feed: Feed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._feed = feed
        self._notifier: QSocketNotifier | None = None
        self._watched: int | None = None
        self._away = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_time)
        self._listen()

    def stop(self) -> None:
        """Hear nothing more."""
        self._timer.stop()
        self._forget_notifier()
        self._feed.close()

    @Slot()
    def _on_time(self) -> None:
        self._ask()

    @Slot()
    def _on_readable(self) -> None:
        self._ask()

    def _ask(self) -> None:
        try:
            has_news = self._feed.poll()
        except Exception as error:  # noqa: BLE001  the store's faults are not known here, and the next poll tries again
            self._say_lost(error)
            return
        if self._away:
            self._away = False
            self.found.emit()
            has_news = True  # what was said meanwhile was not heard
        self._listen()
        if has_news:
            self.news.emit()

    def _say_lost(self, error: Exception) -> None:
        self._forget_notifier()
        self._timer.start(AWAY_MS)
        if not self._away:
            self._away = True
            _log.warning("the records are out of reach", exc_info=error)
            self.lost.emit(error)

    def _listen(self) -> None:
        """Watch the line there is now; after a break it is another one. Without a line, ask by the clock."""
        descriptor = self._feed.fileno()
        if descriptor is None:
            self._forget_notifier()
            if not self._timer.isActive() or self._timer.interval() != POLL_MS:
                self._timer.start(POLL_MS)
            return
        self._timer.stop()
        if descriptor != self._watched:
            self._forget_notifier()
            self._watched = descriptor
            self._notifier = QSocketNotifier(descriptor, QSocketNotifier.Type.Read, self)
            self._notifier.activated.connect(self._on_readable)

    def _forget_notifier(self) -> None:
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
        self._notifier = None
        self._watched = None
