"""The facts of a request with where they come from, and putting one right."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.kept_words import REASON, KeptWords
from desktop.ui.pages.log_editors import SetEditor, fault_words, members_of, show_answer
from desktop.ui.pages.request_plan import names_in
from desktop.ui.pages.request_words import actor_words, fact_name, source_words, value_words
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.date_edit import DateEdit
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row, emptied
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.plan_why import WhyPanel
from desktop.ui.widgets.status_mark import StatusMark
from desktop.ui.widgets.yes_no import YesNo
from desktop.usecases.reasons import fault_of_reason
from desktop.usecases.refusals import refusal_words
from desktop.usecases.requests.requests import Answer, FactRow
from desktop.usecases.requests.timeline import CaseView
from desktop.words import _, here, pgettext, pick
from desktop.workflow.catalogue.definitions import CASE, Fact
from desktop.workflow.catalogue.numbers import NUMBERS, read_number
from desktop.workflow.conditions.condition import FactType
from desktop.workflow.planning.plan import Question

Editor = YesNo | Choice | DateEdit | SetEditor | QLineEdit
NOT_TOLD: Final = object()
"""Nobody has answered yet, which is not the same as an answer "I don't know"."""


@dataclass(frozen=True)
class Correction:
    """A fact told anew, and why."""

    answer: Answer
    reason: str


class FactEditor(QWidget):
    """One fact and the place for its new value; it stays as it is while the page is read again."""

    corrected = Signal(object)  # a Correction

    def __init__(self, words: KeptWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._card = words, ""
        self._fact: Fact | None = None
        self._subject, self._told = CASE, NOT_TOLD
        self.value: Field[Editor] | None = None
        self.today: date | None = None
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
        self.reason.editor.textEdited.connect(self._on_typed)
        self.hide()

    def begin(self, fact: Fact, subject: str, value: object = NOT_TOLD, *, request: UUID | None = None) -> None:
        """Ask for a fact, for the first time or anew; the present answer, as it is kept, stands in the form.

        A reason typed before and not sent stands there too.
        """
        self._card = f"correct:{request}:{fact.code}:{subject}"
        self._fact, self._subject, self._told = fact, subject, _as_told(fact, value)
        emptied(self._place)
        self.value = Field(_editor(fact), hanzi=18)
        self._place.addWidget(self.value)
        self.reason.editor.setText(self._words.of(self._card).get(REASON, ""))
        self.reason.set_error()
        self.say()
        if self._told is not NOT_TOLD and (self._told is not None or isinstance(self.value.editor, YesNo)):
            show_answer(self.value.editor, self._told)
        self._words.attach(self._card, {"value": self.value.editor})
        self.show()
        self.value.focus()

    def finish(self) -> None:
        """Put the form away for good: the fact is corrected."""
        self._words.forget(self._card)
        self.hide()

    @Slot(str)
    def _on_typed(self, said: str) -> None:
        self._words.keep(self._card, REASON, said)

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
        fault_said = fault_words(self._fact, self.value.editor, self.today)
        if fault_said:
            self.value.set_error(fault_said)
            self.value.focus()
            return
        known, value = _value(self._fact, self.value.editor)
        if not known or self._is_told(value):
            self.value.set_error(self._still_wanted(told=known))
            self.value.focus()
            return
        self.value.set_error()
        fault = fault_of_reason(self.reason.editor.text(), needed=False)
        self.reason.set_error("" if fault is None else refusal_words(fault))
        if fault is not None:
            self.reason.focus()
            return
        answer = Answer(self._subject, self._fact.code, value)
        self.corrected.emit(Correction(answer, self.reason.editor.text().strip()))

    def _is_told(self, value: object) -> bool:
        """Tell whether an answer is the one that stands."""
        told = self._told
        same_kind = isinstance(told, bool | frozenset | date) or told is None
        return told is not NOT_TOLD and (told == value if same_kind else str(told) == str(value))

    def _still_wanted(self, *, told: bool) -> str:
        """Say what is to be done about an answer that changes nothing, or is none."""
        if told:
            return _("This is the answer that stands. Change it, or leave it as it is.")
        if self.value is not None and isinstance(self.value.editor, YesNo | Choice):
            return _("Choose the right answer, or leave it as it is.")
        return _("Give the right answer, or leave it as it is.")


class FactsCard(Card):
    """What is still to be answered, and the latest value of every fact with its source and a way to correct it."""

    def __init__(self, words: KeptWords, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.notice, self.editor, self.panel = Notice(), FactEditor(words), WhyPanel()
        self.buttons: dict[str, Button] = {}
        self.whys: dict[str, Button] = {}
        self._case: CaseView | None = None
        self._rows = Column(spacing=1)
        holder = QWidget()
        holder.setLayout(self._rows)
        for part in (self.notice, self.editor, self.panel, holder):
            self.add(part)

    def show_case(self, case: CaseView, *, may_correct: bool) -> None:
        """Show what is asked and what is known."""
        self.set_title(_("Facts"))
        self._case = case
        self.editor.today = case.today
        self._say_minor(case)
        self.editor.say()
        emptied(self._rows)
        self.buttons, self.whys = {}, {}
        plan = case.view.plan
        questions = () if plan is None else plan.questions
        if plan is not None:
            self.panel.renew(plan, names_in(case))
        for question in questions:
            self._add_question(case, question, may_answer=may_correct)
        latest = {(row.subject_id, row.code): row for row in case.view.facts}
        for row in latest.values():
            self._add(case, row, may_correct=may_correct)
        if not latest and not questions:
            self._rows.addWidget(Label(_("Nothing has been asked yet."), "muted"))

    def _say_minor(self, case: CaseView) -> None:
        if case.guardian_missing:
            self.notice.say("warning", _("The applicant is under 18. A guardian has to take part."))
        else:
            self.notice.clear()

    def _add_question(self, case: CaseView, question: Question, *, may_answer: bool) -> None:
        """Show a question nobody has answered: who is to answer it, and why it is asked."""
        fact = case.catalogue.facts[question.key.code]
        name = pick(fact.question or fact.name)
        whose = names_in(case).get(question.key.subject, "")
        said = _("{whose}, {what}").format(whose=whose, what=name) if whose else name
        links = Flow()
        if may_answer and self._is_typed(fact):
            answer = self._link(_("Answer"), name, partial(self._on_correct, fact, question.key.subject, NOT_TOLD))
            self.buttons[question.key.code] = answer
            links.add(answer)
        why = self._link(pgettext("plan", "Why"), name, partial(self._on_why, question.key.leaf))
        self.whys[question.key.leaf] = why
        links.add(why)
        waits = _("Not answered yet; {who} has to say").format(who=actor_words([question.actor.value]))
        self._put(Label(said, "strong"), StatusMark("waiting", waits), links)

    def _add(self, case: CaseView, row: FactRow, *, may_correct: bool) -> None:
        earlier = [one for one in case.view.facts if (one.subject_id, one.code) == (row.subject_id, row.code)][:-1]
        whose = names_in(case).get(str(row.subject_id), "")
        name, fact = fact_name(case.catalogue, row.code), case.catalogue.facts.get(row.code)
        said = _("{fact}: {value}").format(fact=name, value=_said(case, row))
        day = here().date(row.legal_at.astimezone(case.zone).date(), case.today)
        source = _("{source}, {day}").format(source=source_words(row.source), day=day)
        head = Row(spacing=1)
        head.addWidget(Label(_("{whose}, {what}").format(whose=whose, what=said) if whose else said, "strong"), 1)
        lines: list[QWidget] = [Label(source, "muted")]
        if earlier:
            was = here().listing(_said(case, one) for one in earlier)
            lines.append(Label(_("Before: {values}").format(values=was), "muted"))
        if may_correct and fact is not None and self._is_typed(fact):
            subject = CASE if row.subject_id is None else str(row.subject_id)
            correct = self._link(_("Correct"), pick(fact.name), partial(self._on_correct, fact, subject, row.value))
            self.buttons[row.code] = correct
            head.addWidget(correct, 0, Qt.AlignmentFlag.AlignTop)
        self._put(*lines, head=head)

    def _put(self, *lines: QWidget, head: Row | None = None) -> None:
        row = QWidget()
        column = Column(row, spacing=0.1)
        if head is not None:
            column.addLayout(head)
        for line in lines:
            column.addWidget(line)
        self._rows.addWidget(row)

    @staticmethod
    def _link(word: str, name: str, act: Callable[..., None]) -> Button:
        button = Button(word, "link")
        button.setAccessibleName(_("{act}: {what}").format(act=word, what=name))
        button.clicked.connect(act)
        return button

    def _on_correct(self, fact: Fact, subject: str, value: object, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        request = None if self._case is None else self._case.view.row.id
        self.editor.begin(fact, subject, value, request=request)

    def _is_typed(self, fact: Fact) -> bool:
        """Tell whether a fact is told by a person in one field: not worked out, nor filled by who takes part."""
        plan = None if self._case is None else self._case.view.plan
        filled = set() if plan is None else {role.set_of for role in plan.demand.roles}
        return fact.rule is None and fact.code not in filled

    def _on_why(self, leaf: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        if self._case is not None and self._case.view.plan is not None:
            self.panel.ask(self._case.view.plan, leaf, names_in(self._case))


def _said(case: CaseView, row: FactRow) -> str:
    known: Mapping[str, Fact] = case.catalogue.facts
    return value_words(known[row.code], row.value) if row.code in known else str(row.value)


def _as_told(fact: Fact, value: object) -> object:
    """Give an answer as its field shows it, from how it is kept."""
    if fact.type is FactType.SET and isinstance(value, list | tuple | frozenset):
        return frozenset(value)
    if fact.type is FactType.DATE and isinstance(value, str):
        return date.fromisoformat(value)
    return value


def _editor(fact: Fact) -> Editor:
    match fact.type:
        case FactType.BOOL:
            return YesNo()
        case FactType.ENUM:
            return Choice()
        case FactType.DATE:
            return DateEdit()
        case FactType.SET if fact.options:
            return SetEditor(fact)
        case _:
            return QLineEdit()


def _value(fact: Fact, editor: Editor) -> tuple[bool, object]:
    """Give whether an answer was given, and the answer; "I don't know" is one."""
    if isinstance(editor, YesNo):
        said = editor.value()
        return said is not None, {"yes": True, "no": False}.get(said or "")
    if isinstance(editor, SetEditor):
        return True, editor.value()
    if isinstance(editor, Choice | DateEdit):
        chosen = editor.value()
        return chosen is not None, chosen
    text = editor.text().strip()
    if fact.type in NUMBERS:
        return bool(text), read_number(fact, text) if text else None
    if fact.type is FactType.SET:
        return bool(text), members_of(text)
    return bool(text), text
