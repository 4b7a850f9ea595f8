"""The base of every page: which kinds of data it shows, and reading them again when they change."""

from typing import ClassVar

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.navigation import Seat
from desktop.ui.translate import Retranslated
from desktop.usecases.topics import Topic


class Page(Retranslated, QWidget):
    """One page of the window.

    A page says what it shows in ``topics`` and overrides ``reload``. While it is visible it reloads when such data
    change, at most once a turn; while it is hidden it waits until it is shown. ``open`` takes the argument it was gone
    to with. Nothing typed is lost by a reload: ``reload`` reads what is shown, not what is being written.
    """

    topics: ClassVar[frozenset[Topic]] = frozenset()

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.seat = seat
        self._stale = True
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._on_soon)
        seat.runner.changed.connect(self._on_changed)

    def open(self, argument: object) -> None:
        """Show what the argument names; most pages need none."""

    def reload(self) -> None:
        """Read again what is shown."""

    def showEvent(self, event: QShowEvent) -> None:
        """Read what has changed since the page was last seen."""
        super().showEvent(event)
        if self._stale:
            self._soon.start()

    @Slot(object)
    def _on_changed(self, topics: frozenset[Topic]) -> None:
        if self.topics.isdisjoint(topics):
            return
        self._stale = True
        if self.isVisible():
            self._soon.start()

    @Slot()
    def _on_soon(self) -> None:
        if self._stale and self.isVisible():
            self._stale = False
            self.reload()
