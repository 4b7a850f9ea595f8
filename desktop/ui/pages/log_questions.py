"""The questions of a need: only those that matter by now, each with the editor its fact asks for, editable later."""

from functools import partial
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.pages.log_editors import answer_width, editor_for, options_of
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.label import Label
from desktop.usecases.requests import Answer
from desktop.words import _, pick
from desktop.workflow.catalogue import Catalogue, Fact
from desktop.workflow.inputs import Key
from desktop.workflow.plan import Actor, Plan

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
        self._none = Label(role="muted")
        self.add(self._none)
        self.retranslate()

    def begin(self, catalogue: Catalogue) -> None:
        """Forget every answer."""
        self.catalogue = catalogue
        for field in self.fields.values():
            field.hide()
            field.deleteLater()
        self.fields, self._answers = {}, {}
        self._none.show()

    def show_plan(self, plan: Plan) -> None:
        """Ask what the plan asks by now; what was answered stays, what nobody asks any more goes."""
        asked = [question.key for question in plan.questions if question.actor is not Actor.REGISTRY]
        for key in [key for key in self.fields if key not in asked and key not in self._answers]:
            field = self.fields.pop(key)
            field.hide()
            field.deleteLater()
        for key in asked:
            if key not in self.fields and key.code in self.catalogue.facts:
                self._ask(key)
        self._none.setVisible(not self.fields)

    def answers(self) -> tuple[Answer, ...]:
        """What has been told, in the order it was asked."""
        return tuple(Answer(key.subject, key.code, value) for key, value in self._answers.items())

    def told(self) -> tuple[Key, ...]:
        """The facts that have been told."""
        return tuple(self._answers)

    def retranslate(self) -> None:
        """Say the questions in the language of the seat."""
        self.set_title(_("What we need to know"))
        self._none.set_text(_("Nothing needs to be asked."))
        for key, field in self.fields.items():
            fact = self.catalogue.facts[key.code]
            self._say(field, fact)
            if isinstance(field.editor, Choice):
                field.editor.set_options(options_of(fact))

    def focused(self) -> Key | None:
        """The question the keyboard is at."""
        at = cast("QWidget | None", self.focusWidget())  # the stubs say it is always there
        if at is None or not at.hasFocus():
            return None
        return next((key for key, field in self.fields.items() if field.isAncestorOf(at)), None)

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
        said = partial(self._on_said, key)
        field: Field[QWidget] = Field(editor_for(fact, said, partial(self._on_wrong, key)), hanzi=answer_width(fact))
        self.fields[key] = field
        self._say(field, fact)
        self.add(field)

    def _say(self, field: Field[QWidget], fact: Fact) -> None:
        field.set_label(pick(fact.question) if fact.question else pick(fact.name))
        plain = pick(fact.question.plain) if fact.question and fact.question.plain else ""
        unit = _("In {unit}.").format(unit=_unit(fact.unit)) if fact.unit else ""
        field.set_help(" ".join(part for part in (plain, pick(fact.help) if fact.help else "", unit) if part))

    def _on_said(self, key: Key, value: object) -> None:
        self.fields[key].set_error()
        if key in self._answers and self._answers[key] == value:
            return
        self._answers[key] = value
        self.answered.emit()

    def _on_wrong(self, key: Key) -> None:
        taken_back = self._answers.pop(key, self) is not self
        least = self.catalogue.facts[key.code].minimum
        more = _("At least {least}.").format(least=least) if least is not None else ""
        self.fields[key].set_error(" ".join(part for part in (_("Type a number, such as 86."), more) if part))
        if taken_back:
            self.answered.emit()


def _unit(unit: str) -> str:
    return {"m2": _("square metres"), "yuan": _("yuan")}.get(unit, unit)
