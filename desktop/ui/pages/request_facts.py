"""The facts of a request with where they come from, and putting one right."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.pages.request_words import fact_name, source_words, value_words
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.date_edit import DateEdit
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, emptied
from desktop.ui.widgets.yes_no import YesNo
from desktop.usecases.requests import Answer, FactRow
from desktop.usecases.timeline import CaseView
from desktop.words import _, here, pick
from desktop.workflow.catalogue import CASE, Fact
from desktop.workflow.conditions import FactType

Editor = YesNo | Choice | DateEdit | QLineEdit


@dataclass(frozen=True)
class Correction:
    """A fact told anew, and why."""

    answer: Answer
    reason: str


class FactEditor(QWidget):
    """One fact and the place for its new value; it stays as it is while the page is read again."""

    corrected = Signal(object)  # a Correction

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fact: Fact | None = None
        self._subject = CASE
        self.value: Field[Editor] | None = None
        self._title = Heading("", 3)
        self._place = Column()
        self.reason: Field[QLineEdit] = Field(QLineEdit(), hanzi=24)
        self.save, self.cancel = Button("", "primary", icon="check"), Button("", "quiet")
        column = Column(self, spacing=1)
        column.addWidget(self._title)
        column.addLayout(self._place)
        column.addWidget(self.reason)
        column.addWidget(Flow(self.save, self.cancel))
        self.save.clicked.connect(self._on_save)
        self.cancel.clicked.connect(self.hide)
        self.hide()

    def begin(self, fact: Fact, subject: str) -> None:
        """Ask for a fact anew."""
        self._fact, self._subject = fact, subject
        emptied(self._place)
        self.value = Field(_editor(fact), hanzi=18)
        self._place.addWidget(self.value)
        self.reason.editor.clear()
        self.say()
        self.show()
        self.value.focus()

    def say(self) -> None:
        """Say the words in the language of the seat; what is typed stays."""
        self.reason.set_label(_("Why it is corrected"))
        self.save.set_text(_("Save the correction"))
        self.cancel.set_text(_("Leave it as it is"))
        if self._fact is None or self.value is None:
            return
        self._title.set_text(_("Correct: {fact}").format(fact=pick(self._fact.name)))
        self.value.set_label(pick(self._fact.question or self._fact.name))
        editor = self.value.editor
        if isinstance(editor, Choice):
            editor.set_options([(key, pick(text)) for key, text in self._fact.options.items()])

    @Slot()
    def _on_save(self) -> None:
        if self._fact is None or self.value is None:
            return
        known, value = _value(self._fact, self.value.editor)
        if not known:
            self.value.set_error(_("Give the right answer, or leave it as it is."))
            self.value.focus()
            return
        self.value.set_error()
        answer = Answer(self._subject, self._fact.code, value)
        self.corrected.emit(Correction(answer, self.reason.editor.text().strip()))


class FactsCard(Card):
    """The latest value of every fact, its source and day, and a button to correct it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.editor = FactEditor()
        self.buttons: dict[str, Button] = {}
        self._rows = Column(spacing=1)
        holder = QWidget()
        holder.setLayout(self._rows)
        self.add(self.editor)
        self.add(holder)

    def show_case(self, case: CaseView, *, may_correct: bool) -> None:
        """Show what is known."""
        self.set_title(_("Facts"))
        self.editor.say()
        emptied(self._rows)
        self.buttons = {}
        names = {role.subject_id: role.name for role in case.view.roles}
        latest = {(row.subject_id, row.code): row for row in case.view.facts}
        for row in latest.values():
            earlier = [one for one in case.view.facts if (one.subject_id, one.code) == (row.subject_id, row.code)][:-1]
            whose = "" if row.subject_id is None else names.get(row.subject_id, "")
            self._add(case, row, earlier, whose)
            if may_correct:
                self._add_button(case, row)
        if not latest:
            self._rows.addWidget(Label(_("Nothing has been asked yet."), "muted"))

    def _add(self, case: CaseView, row: FactRow, earlier: list[FactRow], whose: str) -> None:
        name = fact_name(case.catalogue, row.code)
        said = _("{fact}: {value}").format(fact=name, value=_said(case, row))
        self._rows.addWidget(Label(_("{whose}, {what}").format(whose=whose, what=said) if whose else said, "strong"))
        day = here().date(row.legal_at.astimezone(case.zone).date(), case.today)
        self._rows.addWidget(Label(_("{source}, {day}").format(source=source_words(row.source), day=day), "muted"))
        if earlier:
            was = here().listing(_said(case, one) for one in earlier)
            self._rows.addWidget(Label(_("Before: {values}").format(values=was), "muted"))

    def _add_button(self, case: CaseView, row: FactRow) -> None:
        fact = case.catalogue.facts.get(row.code)
        if fact is None or fact.type is FactType.SET or fact.rule is not None:
            return
        button = Button(_("Correct"), icon="edit")
        button.setAccessibleName(_("Correct: {fact}").format(fact=pick(fact.name)))
        subject = CASE if row.subject_id is None else str(row.subject_id)
        button.clicked.connect(partial(self._on_correct, fact, subject))
        self.buttons[row.code] = button
        self._rows.addWidget(Flow(button))

    def _on_correct(self, fact: Fact, subject: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self.editor.begin(fact, subject)


def _said(case: CaseView, row: FactRow) -> str:
    known: Mapping[str, Fact] = case.catalogue.facts
    return value_words(known[row.code], row.value) if row.code in known else str(row.value)


def _editor(fact: Fact) -> Editor:
    match fact.type:
        case FactType.BOOL:
            return YesNo()
        case FactType.ENUM:
            return Choice()
        case FactType.DATE:
            return DateEdit()
        case _:
            return QLineEdit()


def _value(fact: Fact, editor: Editor) -> tuple[bool, object]:
    """Give whether an answer was given, and the answer; "I don't know" is one."""
    if isinstance(editor, YesNo):
        said = editor.value()
        return said is not None, {"yes": True, "no": False}.get(said or "")
    if isinstance(editor, Choice | DateEdit):
        chosen = editor.value()
        return chosen is not None, chosen
    text = editor.text().strip()
    if fact.type is FactType.INT:
        digits = text.lstrip("-")
        return digits.isdecimal(), int(text) if digits.isdecimal() else None
    return bool(text), text
