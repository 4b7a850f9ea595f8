"""A question that must be answered before going on: what will happen, and buttons named by what they do."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from desktop.ui import theme
from desktop.ui.widgets.buttons import Button, ButtonRole
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.running_text import RunningText
from desktop.ui.widgets.scroll_page import ScrollPage

WIDTH_HANZI = 30


@dataclass(frozen=True, slots=True)
class Verb:
    """One way to answer: a key for the program, the words on the button, its role and icon."""

    key: str
    word: str
    role: ButtonRole = ""
    icon: str | None = None


class Ask(QDialog):
    """Asks once; ``chosen`` carries the key of the answer, or an empty text when Escape closed it.

    The verbs stand in the order given, from the right; the first has the focus unless it is dangerous. More widgets,
    such as the list of reasons, go into ``body``. ``open()`` shows it without stopping the program.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None, title: str, text: str, verbs: Sequence[Verb]) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.heading = Heading(title, 2)
        self.text = RunningText(text)
        self.body = Column(spacing=1)
        self.buttons: dict[str, Button] = {}
        self._page = ScrollPage(margins=0)
        for widget in (self.heading, self.text):
            self._page.add(widget)
        self._page.column.addLayout(self.body)
        self._page.add_stretch()
        self._verbs = self._buttons_of(verbs)
        column = Column(self, spacing=2, margins=3)
        column.addWidget(self._page, 1)
        column.addWidget(self._verbs)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.finished.connect(self._on_finished)
        self._answer = ""
        calm = [verb.key for verb in verbs if verb.role != "danger"]
        if calm:
            self.buttons[calm[0]].setFocus(Qt.FocusReason.OtherFocusReason)

    def answer(self, key: str) -> None:
        """Answer with one of the verbs."""
        self._answer = key
        self.accept()

    def _on_verb_clicked(self, key: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self.answer(key)

    def _on_finished(self, _result: int) -> None:
        self.chosen.emit(self._answer)

    def showEvent(self, event: QShowEvent) -> None:
        """Be as large as the question, as far as the screen allows."""
        self._fit()
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.isVisible():
            self._fit()

    def _fit(self) -> None:
        look = theme.current()
        margins, room = 2 * look.px(3), self.screen().availableSize()
        inner = min(look.line_width(WIDTH_HANZI), int(room.width() * 0.9) - margins)
        high = self._page.height_for(inner) + look.px(2) + self._verbs.heightForWidth(inner)
        self.setMinimumWidth(min(inner + margins, look.line_width(WIDTH_HANZI) // 2))
        self.resize(inner + margins, min(high + margins, int(room.height() * 0.9)))

    def _buttons_of(self, verbs: Sequence[Verb]) -> Flow:
        flow = Flow(spacing=1)
        for verb in verbs:
            button = Button(verb.word, verb.role, icon=verb.icon)
            button.clicked.connect(partial(self._on_verb_clicked, verb.key))
            flow.add(button)
            self.buttons[verb.key] = button
        return flow
