"""Withdrawing a whole request: a button, and in its place the reason that goes into the letters."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.ui.kept_words import REASON, KeptWords
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.running_text import RunningText
from desktop.ui.widgets.text_box import TextBox
from desktop.usecases.reasons import fault_of_reason
from desktop.usecases.refusals import refusal_words
from desktop.words import _


class Withdrawing(QWidget):
    """Asks for the reason before a request is taken back as a whole."""

    given = Signal(str)  # the reason

    def __init__(self, words: KeptWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._card = words, ""
        self.begin, self.form = Button("", icon="undo"), Card()
        self.about, self.reason = RunningText(), Field(TextBox(lines=2), hanzi=30)
        self.go, self.leave = Button("", "danger", icon="check"), Button("", "quiet")
        for widget in (self.about, self.reason, Flow(self.go, self.leave)):
            self.form.add(widget)
        column = Column(self, spacing=1)
        column.addWidget(Flow(self.begin))
        column.addWidget(self.form)
        self.form.hide()
        self.begin.clicked.connect(partial(self._on_begin))
        self.go.clicked.connect(partial(self._on_go))
        self.leave.clicked.connect(partial(self._on_leave))
        self.reason.editor.textChanged.connect(self._on_typed)
        self.say()

    def say(self) -> None:
        """Say the words in the language of the seat; what was typed stays."""
        self.begin.set_text(_("Withdraw the whole request"))
        self.form.set_title(_("Withdraw the whole request"))
        self.about.set_text(
            _("Everything a department has not decided yet is taken back. What was decided stays decided.")
        )
        self.reason.set_label(_("Why the person withdraws"))
        self.reason.set_help(_("The person reads it in the letter."))
        if self.reason.error():
            self._say_fault()
        self.go.set_text(_("Withdraw everything"))
        self.leave.set_text(_("Cancel"))

    def show_request(self, request: UUID) -> None:
        """Be about this request; what was typed for another is kept for that."""
        card = f"withdraw:{request}"
        if card != self._card:
            self.put_away()
            self._card = card

    def put_away(self) -> None:
        """Put the form away; what was typed stays kept."""
        self.form.hide()
        self.begin.show()

    def finish(self) -> None:
        """Put the form away for good: the request is withdrawn."""
        self._words.forget(self._card)
        self.put_away()

    def set_busy(self, *, busy: bool) -> None:
        """Take no second press while the first is being done."""
        self.go.setEnabled(not busy)

    def _on_begin(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self.reason.editor.setPlainText(self._words.of(self._card).get(REASON, ""))
        self.reason.set_error()
        self.begin.hide()
        self.form.show()
        self.reason.focus()

    @Slot()
    def _on_typed(self) -> None:
        if not self.form.isHidden():
            self._words.keep(self._card, REASON, self.reason.editor.toPlainText())

    def _on_go(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self._say_fault()
        if self.reason.error():
            self.reason.focus()
        else:
            self.given.emit(self.reason.editor.toPlainText().strip())

    def _say_fault(self) -> None:
        """Say beside the field what is wrong with the reason."""
        fault = fault_of_reason(self.reason.editor.toPlainText())
        self.reason.set_error("" if fault is None else refusal_words(fault))

    def _on_leave(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self.put_away()
