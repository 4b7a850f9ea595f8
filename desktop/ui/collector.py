"""Memory is tidied up on the window's thread only: a part of the window must not be destroyed by another.

Python tidies up on whatever thread happens to be at work. Where that is a reader's, and a part of the window lies in
what it throws away, Qt destroys it there and the program falls.
"""

import gc
from typing import ClassVar

from PySide6.QtCore import QObject, QTimer, Slot

LOOK_MS = 500


class Collector(QObject):
    """While one is at work Python's own tidying rests; this one looks twice a second by the same measures."""

    _at_work: ClassVar[int] = 0

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stopped = False
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        Collector._at_work += 1
        gc.disable()

    def stop(self) -> None:
        """Rest; when the last one does, Python tidies up by itself again. A second time there is nothing to do."""
        if self._stopped:
            return
        self._stopped = True
        self._timer.stop()
        Collector._at_work -= 1
        if Collector._at_work == 0:
            gc.enable()

    @Slot()
    def look(self) -> None:
        """Tidy up the oldest part of memory whose measure is full."""
        for part, (filled, measure) in reversed(list(enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)))):
            if filled > measure:
                gc.collect(part)
                return
