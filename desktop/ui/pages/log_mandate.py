"""In what capacity an agent or a guardian acts, for what, and until when."""

from datetime import date
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.ui.translate import Retranslated
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.date_edit import DateEdit
from desktop.ui.widgets.faults import Fault, of_field
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.layouts import Column
from desktop.usecases.refusals import refusal_words
from desktop.usecases.refused import Refused
from desktop.usecases.requests.requests import Mandate
from desktop.usecases.requests.taking_part import AGENT, CAPACITIES, SCOPES
from desktop.words import _


class MandateForm(Retranslated, QWidget):
    """A guardian has a capacity; an agent also a scope, and a last day where the authority names one."""

    changed = Signal()

    def __init__(self, role: str) -> None:
        super().__init__()
        self._role, self._tried = role, False
        self.capacity: Field[Choice] = Field(Choice(shown_at_most=0))
        self.scope: Field[Choice] = Field(Choice())
        self.until: Field[DateEdit] = Field(DateEdit())
        column = Column(self)
        for field in (self.capacity, self.scope, self.until):
            column.addWidget(field)
        for agents_own in (self.scope, self.until):
            agents_own.setVisible(role == AGENT)
        self.capacity.editor.chosen.connect(self._on_changed)
        self.scope.editor.chosen.connect(self._on_changed)
        self.until.editor.edited.connect(self._on_changed)
        self.retranslate()

    def mandate(self) -> Mandate:
        """The authority as it stands."""
        day = self.until.editor.value()
        return Mandate(self.capacity.editor.value(), self.scope.editor.value(), day)

    def faults(self) -> list[Fault]:
        """What an authority lacks, or what cannot be taken of it; each is said at its field too."""
        self._tried = True
        self._say_faults()
        return [of_field(field) for field in (self.scope, self.until) if field.error()]

    def say_error(self, code: str, words: str, *, focus: bool) -> bool:
        """Say what is wrong beside its field, and go there; False when it is about none of them."""
        fields: dict[str, Field[Any]] = {"mandate_ended": self.until, "mandate_without_scope": self.scope}
        field = fields.get(code)
        if field is None:
            return False
        field.set_error(words)
        if focus:
            field.focus()
        return True

    def state(self) -> dict[str, Any]:
        """Give it as it is kept in a draft."""
        mandate = self.mandate()
        until = None if mandate.until is None else mandate.until.isoformat()
        return {"capacity": mandate.capacity, "scope": mandate.scope, "until": until}

    def restore(self, kept: dict[str, Any]) -> None:
        """Show it again."""
        self.capacity.editor.set_value(kept.get("capacity"))
        self.scope.editor.set_value(kept.get("scope"))
        self.until.editor.set_value(date.fromisoformat(kept["until"]) if kept.get("until") else None)

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.capacity.set_label(_("In what capacity"))
        self.capacity.editor.set_options([(code, _(words)) for code, words in CAPACITIES[self._role].items()])
        self.scope.set_label(_("Sent for"))
        self.scope.editor.set_options([(code, _(words)) for code, words in SCOPES.items()])
        self.until.set_label(_("Authority holds until"))
        self.until.set_help(_("Leave it empty when the authority names no last day."))
        if self._tried:
            self._say_faults()

    def _say_faults(self) -> None:
        lacks_scope = self._role == AGENT and self.scope.editor.value() is None
        self.scope.set_error(refusal_words(Refused("mandate_without_scope")) if lacks_scope else "")
        self.until.set_error(self.until.editor.fault())

    @Slot()
    def _on_changed(self) -> None:
        self._tried = False
        for field in (self.scope, self.until):
            field.set_error()
        self.changed.emit()
