"""The editor each kind of fact asks for: yes or no, one of several, several, a date, a number, a line or a text."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.translate import Retranslated
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.date_edit import DateEdit
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.text_box import TextBox
from desktop.ui.widgets.wrapping import TickBox
from desktop.ui.widgets.yes_no import YesNo
from desktop.usecases.refusals import refusal_words
from desktop.usecases.refused import Refused
from desktop.usecases.requests.case import BIRTH_DATE
from desktop.usecases.values import birth_of, is_phone, phone_of
from desktop.words import _, pick
from desktop.workflow.catalogue.definitions import Fact
from desktop.workflow.catalogue.numbers import NUMBERS, NumberFault, least_of, most_of, read_number
from desktop.workflow.conditions.condition import FactType

_YES_NO = {"yes": True, "no": False, "unknown": None}
TOLD_AT_LENGTH = frozenset({"request_text", "not_done_reason"})
"""The facts that are a person's own story: they are typed into a box of several lines."""
_LONGEST_LINE = 190
Said = Callable[[object], None]


def as_line(words: str) -> str:
    """Give a story as the one line its fact holds; the request keeps it whole."""
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST_LINE else line[:_LONGEST_LINE] + "…"


def answer_width(fact: Fact) -> float | None:
    """The width of the longest answer in Chinese characters, where it matters."""
    if fact.type in NUMBERS:
        return 8
    return 20 if fact.type is FactType.TEXT or (fact.type is FactType.SET and not fact.options) else None


def options_of(fact: Fact) -> list[tuple[str, str]]:
    """The options of a fact in the language of the seat."""
    return [(code, pick(text)) for code, text in fact.options.items()]


def editor_for(fact: Fact, said: Said, wrong: Callable[[], None], emptied: Callable[[], None]) -> QWidget:
    """Make the editor a fact asks for; `said` takes an answer, `wrong` hears of one that is none, `emptied` of none."""
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
            date.edited.connect(lambda: said(date.value()) if date.value() is not None else emptied())
            return date
        case FactType.SET if fact.options:
            return SetEditor(fact, said)
        case FactType.TEXT if fact.code in TOLD_AT_LENGTH:
            return Story(said)
        case _:
            line = QLineEdit()
            line.editingFinished.connect(lambda: _finish(fact, line.text().strip(), said, wrong, emptied))
            return line


def _finish(fact: Fact, text: str, said: Said, wrong: Callable[[], None], emptied: Callable[[], None]) -> None:
    """Take what was typed when Enter or Tab ends it; an empty box is no answer, or no longer."""
    value: object = text
    if not text:
        emptied()
        return
    if fact.type is FactType.SET:
        value = members_of(text)
    elif fact.type in NUMBERS:
        try:
            value = read_number(fact, text)
        except NumberFault:
            wrong()
            return
    elif is_phone(fact) and not _can_be_called(text):
        wrong()
        return
    said(value)


def _can_be_called(text: str) -> bool:
    try:
        phone_of(text)
    except Refused:
        return False
    return True


def wrong_words(fact: Fact) -> str:
    """Say how to type an answer that cannot be one."""
    if is_phone(fact):
        return _("This phone number is not right. Type 11 digits, or a landline with its area code.")
    least, most = least_of(fact), most_of(fact)
    from_here = _("At least {least}.").format(least=least) if least is not None else ""
    bounded = fact.unit is not None or fact.maximum is not None
    to_there = _("At most {most}.").format(most=most) if bounded else ""
    whole = fact.type is FactType.INT
    number = _("Type a whole number, such as 3.") if whole else _("Type a number, such as 86.")
    return " ".join(part for part in (number, from_here, to_there) if part)


def fault_words(fact: Fact, editor: QWidget, today: date | None) -> str:
    """Say what is wrong with what stands in an editor; nothing while it is empty or can be an answer."""
    if isinstance(editor, DateEdit):
        return editor.fault() or _birth_fault(fact, editor.value(), today)
    text = editor.text().strip() if isinstance(editor, QLineEdit) else ""
    if not text:
        return ""
    if fact.type in NUMBERS:
        try:
            read_number(fact, text)
        except NumberFault:
            return wrong_words(fact)
    return wrong_words(fact) if is_phone(fact) and not _can_be_called(text) else ""


def _birth_fault(fact: Fact, day: date | None, today: date | None) -> str:
    """Say why nobody can be born on a day; nothing of other days."""
    if fact.code != BIRTH_DATE or day is None or today is None:
        return ""
    try:
        birth_of(day, today)
    except Refused as refusal:
        return refusal_words(refusal)
    return ""


def members_of(text: str) -> frozenset[str]:
    """Read several things from one line, whatever stands between them."""
    return frozenset(text.replace("、", " ").replace("，", " ").replace(",", " ").split())


def show_answer(editor: QWidget, value: object) -> None:
    """Show in an editor what was answered before."""
    match editor:
        case YesNo():
            editor.set_value("unknown" if value is None else "yes" if value else "no")
        case Choice():
            editor.set_value(str(value))
        case DateEdit() if isinstance(value, date):
            editor.set_value(value)
        case SetEditor() if isinstance(value, frozenset):
            editor.set_value(value)
        case TextBox():
            editor.setPlainText(str(value))
        case QLineEdit():
            members = value if isinstance(value, frozenset) else None
            editor.setText(str(value) if members is None else "、".join(sorted(str(member) for member in members)))


class Story(TextBox):
    """A person's own words of any length; Enter makes a new line, Ctrl+Enter and Tab go on."""

    def __init__(self, said: Said) -> None:
        super().__init__(lines=4)
        self._said = said

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the words when the keyboard goes on."""
        self.finish()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the words before Ctrl+Enter logs them."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.finish()
        super().keyPressEvent(event)

    def finish(self) -> None:
        """Take what is typed."""
        words = self.toPlainText().strip()
        if words:
            self._said(words)


class SetEditor(Retranslated, QWidget):
    """Several of the options may hold; each is ticked by itself."""

    def __init__(self, fact: Fact, said: Said | None = None) -> None:
        super().__init__()
        self._fact, self._said = fact, said
        self._boxes = {code: TickBox() for code in fact.options}
        column = Column(self, spacing=0.4)
        for box in self._boxes.values():
            box.clicked.connect(self._on_clicked)
            column.addWidget(box, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(next(iter(self._boxes.values())))
        self.retranslate()

    def set_value(self, members: frozenset[object]) -> None:
        """Show an answer given before."""
        for code, box in self._boxes.items():
            box.setChecked(code in members)

    def retranslate(self) -> None:
        """Say the options in the language of the seat."""
        for code, box in self._boxes.items():
            box.set_text(pick(self._fact.options[code]))

    def value(self) -> frozenset[str]:
        """What is ticked."""
        return frozenset(code for code, box in self._boxes.items() if box.isChecked())

    def _on_clicked(self) -> None:
        if self._said is not None:
            self._said(self.value())
