"""Watching the clock of the seat: as long as it is behind, it says so above every page."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.ui.navigation import Seat
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.notice import Notice
from desktop.usecases.clock import TOLERANCE, ClockBehind, clock_behind
from desktop.words import _, here

EVERY_MS = 60_000
GLANCE_MS = 1_000


class ClockWatch(QObject):
    """Asks the records at every sign-in, once a minute, and as soon as the clock itself goes back."""

    found = Signal(object)  # ClockBehind, or None when the clock is right; only when that changes

    def __init__(self, seat: Seat, clock: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat, self._clock = seat, clock
        self._latest = clock()
        self._behind: ClockBehind | None = None
        self._timer, self._glance = QTimer(self), QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._glance.setInterval(GLANCE_MS)
        self._timer.timeout.connect(self.look)
        self._glance.timeout.connect(self.glance)
        seat.session_changed.connect(self._on_session_changed)

    @Slot()
    def look(self) -> None:
        """Ask whether the clock is behind."""
        if self._seat.session is not None:
            self._seat.runner.read(self, clock_behind, None, done=self._on_answer)

    @Slot()
    def glance(self) -> None:
        """Look at the clock alone, and ask the records at once when it went back."""
        now = self._clock()
        if self._latest - now > TOLERANCE:
            self.look()
            self._latest = now
        self._latest = max(self._latest, now)

    def stop(self) -> None:
        """Ask no more."""
        self._timer.stop()
        self._glance.stop()

    @Slot()
    def _on_session_changed(self) -> None:
        self._tell(None)
        if self._seat.session is None:
            self.stop()
        else:
            self._timer.start()
            self._glance.start()
            self.look()

    def _on_answer(self, behind: ClockBehind | None) -> None:
        if (behind is None) != (self._behind is None):
            self._tell(behind)

    def _tell(self, behind: ClockBehind | None) -> None:
        self._behind = behind
        self.found.emit(behind)


class ClockStrip(Retranslated, QWidget):
    """Stands above every page while the clock is behind: what is done under it carries the wrong day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._behind: ClockBehind | None = None
        self.notice = Notice()
        Column(self, spacing=0, margins=(2, 0.5, 2, 0)).addWidget(self.notice)
        self.retranslate()

    @Slot(object)
    def show_clock(self, behind: ClockBehind | None) -> None:
        """Show that the clock is behind, or nothing."""
        self._behind = behind
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.setVisible(self._behind is not None)
        if self._behind is None:
            self.notice.clear()
        else:
            self.notice.say("warning", clock_words(self._behind))


def clock_words(behind: ClockBehind) -> str:
    """Say that the clock is behind, how that is known, and what to do."""
    sentence = _(
        "The clock of this computer is behind: it says {now}, but something was recorded on {recorded} already. "
        "Set the clock right before you go on; otherwise dates and limits are wrong."
    )
    return sentence.format(now=here().date_time(behind.now), recorded=here().date_time(behind.recorded))
