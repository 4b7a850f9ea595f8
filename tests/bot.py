"""A hand at the window that looks again after every event, not once every hundredth of a second."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractEventDispatcher, QEventLoop, QTimer
from pytestqt.qtbot import QtBot


class Bot(QtBot):
    """The bot of pytest-qt, whose `waitUntil` sleeps 10 ms between two looks however soon the answer is there."""

    _looking = False

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = 5000) -> None:  # noqa: N802  Qt's name
        """Wait until the callback says True, or passes its assertions."""
        self._looking = True
        try:
            super().waitUntil(callback, timeout=timeout)
        finally:
            self._looking = False

    def wait(self, ms: int) -> None:
        """Let the window live for so long; while something is waited for, only until something has happened."""
        if not self._looking:
            super().wait(ms)
            return
        loop, timer = QEventLoop(), QTimer(singleShot=True, interval=ms)
        slept, awoken = False, False

        def on_about_to_block() -> None:
            nonlocal slept
            if awoken:
                loop.quit()
            slept = True

        def on_awake() -> None:
            nonlocal awoken
            awoken = slept

        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.aboutToBlock.connect(on_about_to_block)
        dispatcher.awake.connect(on_awake)
        timer.timeout.connect(loop.quit)
        timer.start()
        loop.exec()
        timer.stop()
        dispatcher.aboutToBlock.disconnect(on_about_to_block)
        dispatcher.awake.disconnect(on_awake)
