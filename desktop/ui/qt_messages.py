"""What Qt itself has to say: passed on as it comes, but for one line that means nothing here."""

import sys
from collections.abc import Callable

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

NOISE = "This plugin does not support propagateSizeHints()"
"""Said for every window drawn without a screen: there is no window manager that would want to know a size."""

Handler = Callable[[QtMsgType, QMessageLogContext, str], object]


class QtMessages:
    """Stands between Qt and whoever listened before; ``remove`` steps aside again."""

    def __init__(self) -> None:
        self._before: Handler | None = None
        self._installed = False

    def install(self) -> None:
        """Listen; a second time there is nothing to do."""
        if not self._installed:
            self._installed = True
            self._before = qInstallMessageHandler(self._on_message)

    def remove(self) -> None:
        """Let whoever listened before listen again."""
        if self._installed:
            self._installed = False
            qInstallMessageHandler(self._before)
            self._before = None

    def _on_message(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if message == NOISE:
            return
        if self._before is not None:
            self._before(kind, context, message)
            return
        sys.stderr.write(message + "\n")
