"""One start, measured from outside: says on standard output when something is painted and when keys are taken.

`python -m tests.bench.started bare` shows a bare PySide6 window; with a folder instead it starts the program there.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QWidget


class _Painted(QObject):
    """Says the first time a widget has been painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._said = False
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self._said:
            self._said = True
            QTimer.singleShot(0, self, self._say)  # after the painting is done
        return super().eventFilter(watched, event)

    def _say(self) -> None:
        print("painted", flush=True)


def bare() -> int:
    """Show a window with one line of text."""
    app = QApplication(sys.argv[:1])
    window = QLabel("一键")
    _Painted(window)
    window.resize(1366, 768)
    window.show()
    QTimer.singleShot(300, app.quit)
    return app.exec()


def program(folder: Path) -> int:
    """Start the program on records and wait until its sign-in page takes keys."""
    from desktop.cli.options import settings_asked  # which brings all of the command line with it
    from desktop.paths import paths_in

    paths = paths_in(folder)
    settings = settings_asked(paths, language="zh")
    from desktop.app import Program, qt_application

    app = qt_application(settings)
    running = Program(app, paths, settings)
    _Painted(running.window.start)
    running.window.resize(1366, 768)
    running.show()
    running.wait_until_ready(30_000)
    app.processEvents()
    print("takes keys" if running.window.stack.currentWidget() is not running.window.start else "stuck", flush=True)
    running.close()
    return 0


if __name__ == "__main__":
    sys.exit(bare() if sys.argv[1] == "bare" else program(Path(sys.argv[1])))
