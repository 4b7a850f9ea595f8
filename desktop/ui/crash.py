"""A bug is told once, plainly, and the program goes on: what was being done is not saved, everything before it is."""

import logging
import sys
import threading
from types import TracebackType
from uuid import uuid4

from PySide6.QtCore import QObject, Qt, Signal, Slot

_log = logging.getLogger(__name__)


class CrashReporter(QObject):
    """Hears of every error nobody caught, on whatever thread, logs it and lets the window say so."""

    noticed = Signal(str)  # the reference under which the log has it
    _caught = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._caught.connect(self._on_caught, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take the place of Python's own last words, which nobody at a counter reads."""
        sys.excepthook = self._on_uncaught
        threading.excepthook = self._on_uncaught_in_thread

    def remove(self) -> None:
        """Give Python its last words back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def report(self, error: BaseException) -> str:
        """Log an error and have it said; the reference is short enough to be read out on the telephone."""
        reference = uuid4().hex[:6].upper()
        _log.error("a bug", exc_info=error, extra={"reference": reference})
        self.noticed.emit(reference)
        return reference

    @Slot(object)
    def _on_caught(self, error: BaseException) -> None:
        self.report(error)

    def _on_uncaught(self, _kind: type[BaseException], error: BaseException, _traceback: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(_kind, error, _traceback)
            return
        self._caught.emit(error)

    def _on_uncaught_in_thread(self, told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None:
            self._caught.emit(told.exc_value)
