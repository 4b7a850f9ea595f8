"""Watching the clock of the seat: who sits down is told when it is behind, and so is who goes on sitting there."""

from PySide6.QtCore import QObject, QTimer, Slot

from desktop.ui.navigation import Seat
from desktop.usecases.clock import ClockBehind, clock_behind
from desktop.words import _, here

EVERY_MS = 60_000


class ClockWatch(QObject):
    """Asks the records at every sign-in and once a minute; it says the same thing once."""

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._said = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        seat.session_changed.connect(self._on_session_changed)

    @Slot()
    def look(self) -> None:
        """Ask whether the clock is behind."""
        if self._seat.session is not None:
            self._seat.runner.read(self, clock_behind, None, done=self._on_answer)

    def stop(self) -> None:
        """Ask no more."""
        self._timer.stop()

    @Slot()
    def _on_session_changed(self) -> None:
        self._said = False
        if self._seat.session is None:
            self._timer.stop()
        else:
            self._timer.start()
            self.look()

    def _on_answer(self, behind: ClockBehind | None) -> None:
        if behind is None:
            self._said = False
        elif not self._said:
            self._said = True
            self._seat.say("warning", clock_words(behind))


def clock_words(behind: ClockBehind) -> str:
    """Say that the clock is behind, how that is known, and what to do."""
    sentence = _(
        "The clock of this computer is behind: it says {now}, but something was recorded on {recorded} already. "
        "Set the clock right before you go on; otherwise dates and limits are wrong."
    )
    return sentence.format(now=here().date_time(behind.now), recorded=here().date_time(behind.recorded))
