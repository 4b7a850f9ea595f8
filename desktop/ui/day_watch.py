"""Watching for another day: what a day changes by itself is written into the lists as soon as somebody sits down."""

from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Slot

from desktop.ui.navigation import Seat
from desktop.usecases.work.day_begun import AT_A_TIME, begin_day, requests_of_another_day

EVERY_MS = 60_000


class DayWatch(QObject):
    """Asks at every sign-in and once a minute which lines are of another day, and has them written, a few at a time."""

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._tried: set[UUID] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        seat.session_changed.connect(self._on_session_changed)

    @Slot()
    def look(self) -> None:
        """Ask which lines are of another day."""
        if self._seat.session is not None:
            self._seat.runner.read(self, requests_of_another_day, None, done=self._on_answer)

    def stop(self) -> None:
        """Ask no more."""
        self._timer.stop()

    @Slot()
    def _on_session_changed(self) -> None:
        self._tried.clear()
        if self._seat.session is None:
            self._timer.stop()
        else:
            self._timer.start()
            self.look()

    def _on_answer(self, requests: tuple[UUID, ...]) -> None:
        """Have the next few written; what stays as it was is not tried again while it is the same."""
        self._tried &= set(requests)
        new = tuple(one for one in requests if one not in self._tried)[:AT_A_TIME]
        if new and self._seat.session is not None:
            self._tried.update(new)
            self._seat.runner.write(self, begin_day, new, done=lambda _value: self.look())
