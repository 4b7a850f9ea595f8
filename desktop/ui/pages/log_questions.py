"""The questions of a need: only those that matter by now, each with the editor its fact asks for, editable later."""

import re
from collections.abc import Mapping
from datetime import date
from difflib import SequenceMatcher
from functools import partial
from typing import Any, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.pages.log_editors import (
    TOLD_AT_LENGTH,
    Story,
    answer_width,
    as_line,
    editor_for,
    fault_words,
    options_of,
    show_answer,
)
from desktop.ui.pages.log_people import Called
from desktop.ui.pages.request_words import value_words
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.date_edit import DateEdit
from desktop.ui.widgets.faults import Fault, of_field
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.label import Label
from desktop.usecases.requests.requests import Answer
from desktop.usecases.values import kept, read_back
from desktop.words import _, gettext_noop, pick
from desktop.workflow.catalogue.definitions import Catalogue, Fact
from desktop.workflow.planning.inputs import Key, Kind
from desktop.workflow.planning.plan import Actor, Plan

UNITS = {
    "m2": gettext_noop("square metres"),
    "m": gettext_noop("metres"),
    "cm": gettext_noop("centimetres"),
    "yuan": gettext_noop("yuan"),
    "CNY": gettext_noop("yuan"),
    "people": gettext_noop("people"),
    "years": gettext_noop("years"),
    "months": gettext_noop("months"),
    "days": gettext_noop("days"),
}
_ALIKE = 0.6
"""Share of letters two sentences have in common, in order, from which on they say the same."""
_CONTROL = Qt.KeyboardModifier.ControlModifier


class QuestionsCard(Retranslated, Card):
    """The third part of the page; `answered` says that the answers have changed, `finished` goes on."""

    answered = Signal()
    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.catalogue = Catalogue()
        self.fields: dict[Key, Field[QWidget]] = {}
        self._answers: dict[Key, object] = {}
        self._called: Mapping[str, Called] = {}
        self._places: dict[Field[QWidget], _Place] = {}
        self._open: set[Key] = set()
        self._today: date | None = None
        self._none = Label(role="muted")
        self.add(self._none)
        self.retranslate()

    def begin(self, catalogue: Catalogue) -> None:
        """Forget every answer."""
        self.catalogue = catalogue
        for field in self.fields.values():
            self._forget(field)
        self.fields, self._answers, self._open = {}, {}, set()
        self._none.show()

    def show_plan(self, plan: Plan) -> None:
        """Ask what the plan asks by now; what was answered stays, what nobody asks any more goes."""
        self._today = plan.today
        asked = [question.key for question in plan.questions if question.actor is not Actor.REGISTRY]
        for key in [key for key in self.fields if key not in asked and key not in self._answers]:
            self._forget(self.fields.pop(key))
        for key in asked:
            if key not in self.fields and key.code in self.catalogue.facts:
                self._ask(key)
        self._none.setVisible(not self.fields)

    def answers(self) -> tuple[Answer, ...]:
        """What has been told, in the order it was asked; a story as the one line its fact holds."""
        return tuple(Answer(key.subject, key.code, _as_told(key, value)) for key, value in self._answers.items())

    def story(self) -> str:
        """What the person told at length, whole."""
        return "\n".join(str(value) for key, value in self._answers.items() if key.code in TOLD_AT_LENGTH)

    def faults(self) -> list[Fault]:
        """Take what is being typed and was not ended with a key, and say what cannot be taken.

        It keeps its sentence: nothing is logged with an answer of before.
        """
        for key, field in list(self.fields.items()):
            if isinstance(field.editor, Story):
                field.editor.finish()
            elif isinstance(field.editor, QLineEdit):
                field.editor.editingFinished.emit()
            elif isinstance(field.editor, DateEdit):
                field.set_error(self._fault(key))
        return [of_field(field) for key, field in self.fields.items() if field.error() and key not in self._open]

    def open_ones(self) -> list[Fault]:
        """Say at each question without an answer that it has none; it may stay so, and may be asked later."""
        self._open = {key for key, field in self.fields.items() if key not in self._answers and not self._fault(key)}
        for key in self._open:
            self.fields[key].set_error(_open_words())
        return [of_field(self.fields[key], may_wait=True) for key in self.fields if key in self._open]

    def answer(self, code: str) -> object:
        """What was told of the case itself under a code; None when nothing was."""
        return next((value for key, value in self._answers.items() if key.code == code), None)

    def tell(self, code: str, *, value: object) -> None:
        """Answer a question that is asked from what the form says elsewhere."""
        key = next((key for key in self.fields if key.code == code), None)
        if key is not None and self._answers.get(key, self) != value:
            show_answer(self.fields[key].editor, value)
            self._on_said(key, value)

    def follow(self, moved: Mapping[str, str]) -> None:
        """Let what was told of somebody be told of another: of a role once it is named, or named otherwise."""
        for key in [key for key in self.fields if key.subject in moved]:
            to, field = key._replace(subject=moved[key.subject]), self.fields.pop(key)
            if to in self.fields:
                self._forget(field)
            else:
                self.fields[to], self._places[field].key = field, to
                self._open = {to if each == key else each for each in self._open}
        told = {key._replace(subject=moved.get(key.subject, key.subject)): v for key, v in self._answers.items()}
        self._answers = told

    def call(self, called: Mapping[str, Called]) -> None:
        """Say of everybody but the applicant whose question it is."""
        if called != self._called:
            self._called = called
            self.retranslate()

    def state(self) -> list[dict[str, Any]]:
        """Give what was told, as it is kept in a draft."""
        facts = self.catalogue.facts
        told = {key: value for key, value in self._answers.items() if key.code in facts}
        return [
            {"subject": key.subject, "code": key.code, "value": _kept(facts[key.code], value)}
            for key, value in told.items()
        ]

    def restore(self, told: list[dict[str, Any]]) -> None:
        """Show what was told; what the catalogue no longer asks is left out."""
        for each in told:
            key = Key(Kind.FACT, each["code"], each["subject"])
            if key.code in self.catalogue.facts:
                self._answers[key] = read_back(self.catalogue.facts[key.code], each["value"])
                if key not in self.fields:
                    self._ask(key)
        self._none.setVisible(not self.fields)

    def told(self) -> dict[Key, str]:
        """What has been told, in words; a story as its first line."""
        facts = self.catalogue.facts
        known = {key: value for key, value in self._answers.items() if key.code in facts}
        return {key: value_words(facts[key.code], kept(facts[key.code], _as_told(key, v))) for key, v in known.items()}

    def retranslate(self) -> None:
        """Say the questions in the language of the seat."""
        self.set_title(_("What we need to know"))
        self._none.set_text(_("Nothing needs to be asked."))
        for key, field in self.fields.items():
            fact = self.catalogue.facts[key.code]
            self._say(key, field, fact)
            if isinstance(field.editor, Choice):
                field.editor.set_options(options_of(fact))
            if field.error():
                field.set_error(_open_words() if key in self._open else self._fault(key))

    def focused(self) -> Key | None:
        """The question the keyboard is at."""
        at = cast("QWidget | None", self.focusWidget())  # the stubs say it is always there
        if at is None or not at.hasFocus():
            return None
        return next((key for key, field in self.fields.items() if field.isAncestorOf(at)), None)

    def focus_open(self) -> bool:
        """Bring the keyboard to the first question without an answer; say whether there is one."""
        first = next((key for key in self.fields if key not in self._answers), None)
        if first is not None:
            self.fields[first].focus()
        return first is not None

    def focus_next(self) -> bool:
        """Bring the keyboard to the next question without an answer; say whether there is one."""
        keys, at = list(self.fields), self.focused()
        start = keys.index(at) + 1 if at is not None else 0
        for key in keys[start:] + keys[:start]:
            if key not in self._answers and key != at:
                self.fields[key].focus()
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on to the next open question at Enter, and after the last to what comes next."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.modifiers() & _CONTROL:
            super().keyPressEvent(event)
        elif not self.focus_next():
            self.finished.emit()

    def _ask(self, key: Key) -> None:
        fact = self.catalogue.facts[key.code]
        at = _Place(key)
        editor = editor_for(
            fact, partial(self._on_said_at, at), partial(self._on_wrong_at, at), partial(self._on_emptied_at, at)
        )
        field: Field[QWidget] = Field(editor, hanzi=answer_width(fact))
        self.fields[key], self._places[field] = field, at
        if key in self._answers:
            show_answer(editor, self._answers[key])
        self._say(key, field, fact)
        self.add(field)

    def _forget(self, field: Field[QWidget]) -> None:
        self._places.pop(field, None)
        field.hide()
        field.deleteLater()

    def _say(self, key: Key, field: Field[QWidget], fact: Fact) -> None:
        asked = pick(fact.question) if fact.question else pick(fact.name)
        field.set_label(asked_words(fact, self._called.get(key.subject)))
        plain = pick(fact.question.plain) if fact.question and fact.question.plain else ""
        more = pick(fact.help) if fact.help else ""
        unit = unit_words(fact.unit, f"{asked} {plain} {more}") if fact.unit else ""
        plain = "" if says_the_same(asked, plain) else plain
        field.set_help(" ".join(part for part in (plain, more, unit) if part))

    def _on_said_at(self, at: "_Place", value: object) -> None:
        self._on_said(at.key, value)

    def _on_wrong_at(self, at: "_Place") -> None:
        self._on_wrong(at.key)

    def _on_emptied_at(self, at: "_Place") -> None:
        if at.key not in self._open:
            self.fields[at.key].set_error()
        if self._answers.pop(at.key, self) is not self:
            self.answered.emit()

    def _fault(self, key: Key) -> str:
        return fault_words(self.catalogue.facts[key.code], self.fields[key].editor, self._today)

    def _on_said(self, key: Key, value: object) -> None:
        self._open.discard(key)
        if isinstance(value, date) and self._fault(key):
            self._on_wrong(key)
            return
        self.fields[key].set_error()
        if key in self._answers and self._answers[key] == value:
            return
        self._answers[key] = value
        self.answered.emit()

    def _on_wrong(self, key: Key) -> None:
        self._open.discard(key)
        taken_back = self._answers.pop(key, self) is not self
        self.fields[key].set_error(self._fault(key))
        if taken_back:
            self.answered.emit()


class _Place:
    """Whose fact a field asks for now; a role's becomes somebody's once the role is named."""

    def __init__(self, key: Key) -> None:
        self.key = key


def asked_words(fact: Fact, called: Called | None) -> str:
    """Ask for a fact, of everybody but the applicant with whose it is."""
    asked = pick(fact.question) if fact.question else pick(fact.name)
    return asked if called is None else asked_of(asked, called)


def asked_of(question: str, called: Called) -> str:
    """Say once whom a question is about: the name stands after the role where the question speaks of the role."""
    role = re.escape(called.role)
    spoken_of = re.search(rf"\b{role}\b" if called.role.isascii() else role, question, re.IGNORECASE)
    if spoken_of is None:
        return _("{whose}: {question}").format(whose=called.words, question=question)
    if not called.name:
        return question
    named = _("{role} ({name})").format(role=spoken_of.group(), name=called.name)
    return question[: spoken_of.start()] + named + question[spoken_of.end() :]


def _open_words() -> str:
    return _("No answer yet; it can be asked later.")


def says_the_same(question: str, hint: str) -> bool:
    """Tell whether a hint only says its question again, word for word or nearly so."""
    one, other = ("".join(re.findall(r"\w", text.casefold())) for text in (question, hint))
    return other in one or SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def _as_told(key: Key, value: object) -> object:
    return as_line(value) if key.code in TOLD_AT_LENGTH and isinstance(value, str) else value


def _kept(fact: Fact, value: object) -> object:
    """Give an answer as a draft keeps it; a story stays whole."""
    return value if fact.code in TOLD_AT_LENGTH else kept(fact, value)


def unit_words(unit: str, said: str) -> str:
    """Say in what to answer, unless what is said of the question says it already."""
    word = _(UNITS[unit]) if unit in UNITS else unit
    spoken_of = re.search(rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word), said, re.IGNORECASE)
    return "" if spoken_of else _("In {unit}.").format(unit=word)
