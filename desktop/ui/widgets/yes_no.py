"""A yes-or-no question as two or three large choices; nothing is chosen beforehand, and not knowing is an answer."""

from typing import Literal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QLabel, QRadioButton, QWidget

from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import plain
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.layouts import Column
from desktop.words import pgettext

Answer = Literal["yes", "no", "unknown"]

_KEYS: dict[int, Answer] = {
    Qt.Key.Key_Y: "yes",
    Qt.Key.Key_1: "yes",
    Qt.Key.Key_N: "no",
    Qt.Key.Key_2: "no",
    Qt.Key.Key_Question: "unknown",
    Qt.Key.Key_3: "unknown",
}


class YesNo(Retranslated, QWidget):
    """Yes (Y or 1), No (N or 2) and, where it is allowed, I don't know (? or 3)."""

    answered = Signal(str)

    def __init__(self, *, may_not_know: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._label: QLabel | None = None
        self._description = ""
        self._group = QButtonGroup(self)
        answers: tuple[Answer, ...] = ("yes", "no", "unknown") if may_not_know else ("yes", "no")
        self._choices: dict[Answer, QRadioButton] = {answer: QRadioButton() for answer in answers}
        flow = Flow(spacing=1)
        for choice in self._choices.values():
            choice.setProperty("role", "choice")
            self._group.addButton(choice)
            flow.add(choice)
        Column(self).addWidget(flow)
        self.setFocusProxy(self._choices["yes"])
        self._group.buttonClicked.connect(self._on_button_clicked)
        self.retranslate()

    def value(self) -> Answer | None:
        """The answer, or None while there is none."""
        return next((answer for answer, choice in self._choices.items() if choice.isChecked()), None)

    def set_value(self, answer: Answer | None) -> None:
        """Show an answer given before, or none."""
        self._group.setExclusive(False)
        for each, choice in self._choices.items():
            choice.setChecked(each == answer)
        self._group.setExclusive(True)

    def name_parts(self, name: str, description: str, label: QLabel | None = None) -> None:
        """Name the choices after the question they answer."""
        self._name, self._description, self._label = name, description, label
        if label is not None:
            label.setBuddy(self._choices["yes"])
        for choice in self._choices.values():
            word = choice.text()
            choice.setAccessibleName(
                pgettext("choice", "{answer}, {name}").format(answer=word, name=name) if name else word
            )
            choice.setAccessibleDescription(description)

    def retranslate(self) -> None:
        """Say the answers in the language of the seat."""
        words: dict[Answer, str] = {
            "yes": pgettext("answer", "Yes"),
            "no": pgettext("answer", "No"),
            "unknown": pgettext("answer", "I don't know"),
        }
        for answer, choice in self._choices.items():
            choice.setText(plain(words[answer]))
        self.name_parts(self._name, self._description, self._label)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer by a key."""
        answer = _KEYS.get(event.key())
        if answer is None or answer not in self._choices:
            super().keyPressEvent(event)
            return
        self._choices[answer].setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._choices[answer].click()

    @Slot(QAbstractButton)
    def _on_button_clicked(self, _button: QAbstractButton) -> None:
        self.answered.emit(self.value() or "")
