"""The editor each kind of fact asks for: yes or no, one of several, several, a date, a number, a text."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from desktop.ui.translate import Retranslated
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.date_edit import DateEdit
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.yes_no import YesNo
from desktop.words import pick
from desktop.workflow.catalogue import Fact
from desktop.workflow.conditions import FactType

_YES_NO = {"yes": True, "no": False, "unknown": None}
NUMBERS = {FactType.INT, FactType.DECIMAL, FactType.MONEY}
Said = Callable[[object], None]


def answer_width(fact: Fact) -> float | None:
    """The width of the longest answer in Chinese characters, where it matters."""
    if fact.type in NUMBERS:
        return 8
    return 20 if fact.type is FactType.TEXT or (fact.type is FactType.SET and not fact.options) else None


def options_of(fact: Fact) -> list[tuple[str, str]]:
    """The options of a fact in the language of the seat."""
    return [(code, pick(text)) for code, text in fact.options.items()]


def editor_for(fact: Fact, said: Said, wrong: Callable[[], None]) -> QWidget:
    """Make the editor a fact asks for; `said` takes an answer, `wrong` hears of one that is none."""
    match fact.type:
        case FactType.BOOL:
            yes_no = YesNo()
            yes_no.answered.connect(lambda word: said(_YES_NO[word]))
            return yes_no
        case FactType.ENUM:
            choice = Choice(options_of(fact))
            choice.chosen.connect(said)
            return choice
        case FactType.DATE:
            date = DateEdit()
            date.edited.connect(lambda: said(date.value()) if date.value() is not None else None)
            return date
        case FactType.SET if fact.options:
            return _SetEditor(fact, said)
        case _:
            line = QLineEdit()
            line.editingFinished.connect(lambda: _finish(fact, line.text().strip(), said, wrong))
            return line


def _finish(fact: Fact, text: str, said: Said, wrong: Callable[[], None]) -> None:
    """Take what was typed when Enter or Tab ends it; an empty box is no answer yet."""
    value: object = text
    if not text:
        return
    if fact.type is FactType.SET:
        value = frozenset(part for part in text.replace("、", " ").replace("，", " ").replace(",", " ").split() if part)
    elif fact.type in NUMBERS:
        try:
            number = Decimal(text)
            value = int(number) if fact.type is FactType.INT else number
        except (InvalidOperation, ValueError, OverflowError):
            wrong()
            return
        if not number.is_finite() or number != Decimal(value) or (fact.minimum is not None and number < fact.minimum):
            wrong()
            return
    said(value)


class _SetEditor(Retranslated, QWidget):
    """Several of the options may hold; each is ticked by itself."""

    def __init__(self, fact: Fact, said: Said) -> None:
        super().__init__()
        self._fact, self._said = fact, said
        self._boxes = {code: QCheckBox() for code in fact.options}
        column = Column(self, spacing=0.4)
        for box in self._boxes.values():
            box.clicked.connect(self._on_clicked)
            column.addWidget(box, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(next(iter(self._boxes.values())))
        self.retranslate()

    def retranslate(self) -> None:
        """Say the options in the language of the seat."""
        for code, box in self._boxes.items():
            box.setText(pick(self._fact.options[code]))

    def _on_clicked(self) -> None:
        self._said(frozenset(code for code, box in self._boxes.items() if box.isChecked()))
