"""Telling who sits down first that the records were brought to the form of this version, and where the copy is."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot

from desktop.ui.navigation import Seat
from desktop.words import _


class BroughtUpNote(QObject):
    """Says it once, to the first who is signed in."""

    def __init__(self, seat: Seat, copy: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._copy = copy
        seat.session_changed.connect(self._on_session_changed)

    @Slot()
    def _on_session_changed(self) -> None:
        if self._seat.session is None:
            return
        self._seat.session_changed.disconnect(self._on_session_changed)
        QTimer.singleShot(0, self, self._say)  # the desk is laid out first

    @Slot()
    def _say(self) -> None:
        words = _("The records were brought to the form of this version. A copy from before is kept: {path}")
        self._seat.say("done", words.format(path=self._copy))
