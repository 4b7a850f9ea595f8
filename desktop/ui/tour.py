"""A tour through the main job: the real window driven by clicks and keys, with a picture of each step.

It is the demonstration on a machine without a screen, the smoke test, and the source of the pictures.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol, TypeVar, cast

from PySide6.QtCore import QDeadlineTimer, QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLineEdit, QWidget

from desktop.ui.pages.log import LogPage
from desktop.ui.pages.requests import RequestsPage
from desktop.ui.runner import Runner
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.yes_no import YesNo
from desktop.ui.window import Window
from desktop.usecases.sample import PASSWORD

PATIENCE_MS = 180_000
LOOK_MS = 20
CLERK = "clerk"
COMPANY = "临洮县洮阳餐饮有限公司"
WORDS = "开餐馆"

Kind = TypeVar("Kind", bound=QWidget)


class TourStuck(RuntimeError):
    """A step of the tour did not come about in time; a bug of the program or of the tour."""


class Toured(Protocol):
    """The running program, as far as the tour touches it."""

    app: QApplication
    window: Window
    runner: Runner | None


class Tour:
    """Plays a clerk who logs an enterprise's wish to open a restaurant."""

    def __init__(self, program: Toured, out: Path) -> None:
        self._program = program
        self._window = program.window
        self._out = out
        self._shots = 0

    def play(self) -> Iterator[Path]:
        """Go through the steps; each picture is given when it is written. Raises TourStuck."""
        window = self._window
        yield self._picture("start")
        self._until(lambda: window.stack.currentWidget() is not window.start, "the first page")
        if window.stack.currentWidget() is window.found_hall:
            yield self._picture("first-start")
            self._click(window.found_hall.practice)
            self._until(lambda: window.stack.currentWidget() is window.sign_in, "the practice hall")
        self._settle()
        yield from self._sign_in()
        yield from self._log()
        yield from self._look_it_up()

    # -- the steps ----------------------------------------------------------------------------------------------

    def _sign_in(self) -> Iterator[Path]:
        page = self._window.sign_in
        page.account.editor.set_value(CLERK)
        self._type(page.password.editor, PASSWORD)
        yield self._picture("sign-in")
        self._click(page.enter)
        self._until(self._window.is_at_desk, "the desk")
        self._settle()

    def _log(self) -> Iterator[Path]:
        page = self._page(LogPage)
        yield self._picture("log-empty")
        self._click(page.who.new)
        page.who.kind.editor.set_value("enterprise")
        self._type(page.who.full_name.editor, COMPANY)
        self._click(page.who.keep)
        self._until(lambda: page.who.settled, "the enterprise")
        self._type(page.need.search.editor, WORDS)
        QTest.keyClick(page.need.search.editor, Qt.Key.Key_Return)
        self._until(lambda: self._first(page.need, WORDS) is not None, "the need")
        yield self._picture("log-need")
        self._click(cast("Button", self._first(page.need, WORDS)))
        self._until(lambda: page.plan is not None, "the plan")
        self._settle()
        yield self._picture("log-questions")
        self._click(page.roles.parts["legal_representative"].not_known)
        self._settle()
        self._answer(page)
        yield self._picture("log-papers")
        for box in list(page.papers.boxes.values()):
            self._tick(box)
        self._settle()
        yield self._picture("log-check")
        self._click(page.send.submit)
        self._until(page.done.isVisible, "the number")
        self._settle()
        yield self._picture("log-done")

    def _look_it_up(self) -> Iterator[Path]:
        number = self._page(LogPage).done.number.text().split()[-1]
        self._window.workspace.go("requests")
        page = self._page(RequestsPage)
        self._settle()
        yield self._picture("requests")
        self._type(page.search.editor, number)
        QTest.keyClick(page.search.editor, Qt.Key.Key_Return)
        self._until(lambda: page.model.rowCount() == 1, "the request in the list")
        page.table.selectRow(0)
        QTest.keyClick(page.table, Qt.Key.Key_Return)
        self._until(lambda: self._window.workspace.current() == "request", "the page of the request")
        self._settle()
        yield self._picture("request")

    def _answer(self, page: LogPage) -> None:
        """Answer no to every yes-or-no question, the way a small noodle shop would, until nothing more is asked."""
        answered: set[object] = set()
        while True:
            left = [(key, f) for key, f in page.questions.fields.items() if key not in answered]
            asked = next(((key, f.editor) for key, f in left if isinstance(f.editor, YesNo)), None)
            if asked is None:
                return
            key, editor = asked
            answered.add(key)
            QTest.keyClick(editor, Qt.Key.Key_N)
            self._settle()

    # -- hands and eyes -----------------------------------------------------------------------------------------

    def _page(self, kind: type[Kind]) -> Kind:
        found = self._window.findChild(kind)
        if found is None:
            raise TourStuck(kind.__name__)
        return found

    @staticmethod
    def _first(card: QWidget, _words: str) -> Button | None:
        choices = (button for button in card.findChildren(Button) if button.property("role") == "choice")
        return next((button for button in choices if button.isVisible()), None)

    @staticmethod
    def _click(button: QAbstractButton) -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    @staticmethod
    def _tick(box: QCheckBox) -> None:
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Space)

    @staticmethod
    def _type(editor: QLineEdit, words: str) -> None:
        editor.setFocus()
        editor.clear()
        editor.insert(words)

    def _settle(self) -> None:
        """Go on when everything asked for has been answered and drawn."""
        runner = self._program.runner
        self._until(lambda: runner is None or runner.pending == 0, "an answer")
        for _ in range(3):
            self._program.app.processEvents()
        self._until(lambda: runner is None or runner.pending == 0, "an answer")

    def _until(self, reached: Callable[[], bool], what: str) -> None:
        deadline = QDeadlineTimer(PATIENCE_MS)
        loop, look = QEventLoop(), QTimer()
        look.timeout.connect(loop.quit)
        look.start(LOOK_MS)
        while not reached():
            if deadline.hasExpired():
                raise TourStuck(what)
            loop.exec()  # a loop that polled would take the time the worker needs

    def _picture(self, name: str) -> Path:
        self._shots += 1
        self._program.app.processEvents()
        file = self._out / f"{self._shots:02d}-{name}.png"
        self._window.grab().save(str(file))
        return file
