"""The hands and eyes of a tour: it clicks and types in the real window, waits for answers, and takes pictures."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import QDeadlineTimer, QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMenu, QScrollArea, QWidget

from desktop.ui.runner import Runner
from desktop.ui.window import Window

PATIENCE_MS = 60_000
LONG_PATIENCE_MS = 300_000
LOOK_MS = 10

Kind = TypeVar("Kind", bound=QWidget)


class TourStuck(RuntimeError):
    """A step of the tour did not come about in time; a bug of the program or of the tour."""


@dataclass
class TourClock:
    """The clock of a tour: it stands on a fixed day and moves on with the tour, so that every tour is the same."""

    now: datetime

    def __call__(self) -> datetime:
        """What time it is in the tour."""
        return self.now

    def move(self, minutes: int) -> None:
        """Let some minutes pass."""
        self.now += timedelta(minutes=minutes)


@dataclass(frozen=True)
class Step:
    """One thing the tour did, and the picture of it."""

    what: str
    picture: Path


class Toured(Protocol):
    """The running program, as far as a tour touches it."""

    app: QApplication
    window: Window
    runner: Runner | None


class Hands:
    """Whoever sits at the seat during a tour."""

    def __init__(self, program: Toured, out: Path, clock: TourClock) -> None:
        self._program, self._out, self._clock = program, out, clock
        self._shots = 0
        self.window = program.window

    def go(self, code: str, kind: type[Kind]) -> Kind:
        """Go to a page by its button in the rail, or by its line in the menu that stands for it."""
        workspace = self.window.workspace
        if workspace.current() != code:
            if workspace.rail.folded:
                self._choose(workspace.bar.menu, list(workspace.rail.buttons).index(code))
            else:
                self.click(workspace.rail.buttons[code])
        self.until(lambda: workspace.current() == code, code)
        self.settle()
        found = workspace.pages[code]
        if not isinstance(found, kind):
            raise TourStuck(code)
        return found

    def click(self, button: QAbstractButton) -> None:
        """Press a button, once it may be pressed."""
        self.until(button.isEnabled, button.text())
        self.bring_into_sight(button)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def _choose(self, button: QAbstractButton, line: int) -> None:
        """Open the menu of a button and press one of its lines."""
        self.click(button)
        self.until(lambda: isinstance(QApplication.activePopupWidget(), QMenu), button.text())
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu):
            place = menu.actionGeometry(menu.actions()[line]).center()
            QTest.mouseClick(menu, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)

    def type(self, editor: QLineEdit, words: str, *, enter: bool = False) -> None:
        """Type over what stands in a line."""
        self.bring_into_sight(editor)
        editor.setFocus()
        editor.selectAll()
        editor.insert(words)
        if enter:
            QTest.keyClick(editor, Qt.Key.Key_Return)

    def press(self, widget: QWidget, key: Qt.Key) -> None:
        """Press a key on a control."""
        self.bring_into_sight(widget)
        widget.setFocus()
        QTest.keyClick(widget, key)

    def settle(self) -> None:
        """Go on when everything asked for has been answered and drawn."""
        for _round in range(2):
            self.until(self._is_quiet, "an answer")
            for _times in range(3):
                self._program.app.processEvents()

    def until(self, reached: Callable[[], bool], what: str, *, patience: int = PATIENCE_MS) -> None:
        """Wait until something has come about, so many milliseconds at the most. Raises TourStuck."""
        deadline = QDeadlineTimer(patience)
        loop, look = QEventLoop(), QTimer()
        look.timeout.connect(loop.quit)
        look.start(LOOK_MS)
        while not reached():
            if deadline.hasExpired():
                raise TourStuck(what)
            loop.exec()  # a loop that polled would take the time the worker needs

    def step(self, name: str, what: str, at: QWidget | None = None) -> Step:
        """Take a picture of what was done, with a control in sight, and let a minute pass."""
        self.settle()
        if at is not None:
            self.bring_into_sight(at)
            self._program.app.processEvents()
        self._shots += 1
        file = self._out / f"{self._shots:02d}-{name}.png"
        if not self.window.grab().save(str(file)):
            raise TourStuck(str(file))
        self._clock.move(1)
        return Step(what, file)

    def wait(self, minutes: int) -> None:
        """Let some minutes pass on the tour's clock."""
        self._clock.move(minutes)

    @staticmethod
    def bring_into_sight(widget: QWidget) -> None:
        """Scroll every page around a control so that it can be seen."""
        place = widget.parentWidget()
        while place is not None:
            if isinstance(place, QScrollArea):
                place.ensureWidgetVisible(widget)
            place = place.parentWidget()

    def _is_quiet(self) -> bool:
        runner = self._program.runner
        return runner is None or runner.pending == 0
