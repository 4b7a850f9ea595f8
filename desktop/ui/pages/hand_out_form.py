"""Handing over: the results of one person, who takes them, how it is signed for, and one button that does it."""

from datetime import date
from functools import partial
from uuid import UUID, uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.navigation import Seat
from desktop.ui.pages.log_people import called
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, emptied
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.tick import Tick
from desktop.usecases.refusals import refusal_words
from desktop.usecases.refused import Refused
from desktop.usecases.work.hand_out import HandedOver, HandOutView, HandOver, Result, SomebodyElse, Taker, hand_over
from desktop.words import _, here, pgettext, pick

IN_PERSON, SOMEBODY, POST = "in_person", "somebody", "post"
SIGNATURE, FINGERPRINT = "signature", "fingerprint"


class HandOutForm(Retranslated, QWidget):
    """Everything that waits for one person, ticked; who takes it is said each time, never taken for granted."""

    handed_over = Signal(object)  # a HandedOver

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.seat = seat
        self.view: HandOutView | None = None
        self.boxes: dict[UUID, Tick] = {}
        self._op: UUID = uuid4()
        self.name, self.numbers = Heading("", 3), Label(role="muted")
        self.rows = Column(spacing=0.4)
        self.who: Field[Choice] = Field(Choice(shown_at_most=12))
        self.why_not = Label(role="muted")
        self.full_name: Field[QLineEdit] = Field(QLineEdit(), hanzi=14)
        self.card: Field[QLineEdit] = Field(QLineEdit(), hanzi=14)
        self.mail: Field[QLineEdit] = Field(QLineEdit(), hanzi=14)
        self.signed: Field[Choice] = Field(Choice())
        self.notice = Notice()
        self.go = Button("", "primary", icon="hand-helping")
        self._arrange()
        self.who.editor.chosen.connect(self._on_who)
        self.go.clicked.connect(self._on_go)
        self.retranslate()
        self.signed.editor.set_value(SIGNATURE)
        self.hide()

    def show_view(self, view: HandOutView) -> None:
        """Show what waits for a person, with everything of the chosen request's person ticked."""
        self.view = view
        self._op = uuid4()
        emptied(self.rows)
        self.boxes = {}
        for result in view.results:
            tick = Tick(on=True)
            tick.ticked.connect(self._on_ticked)
            self.boxes[result.task] = tick
            self.rows.addWidget(tick)
        for field in (self.full_name, self.card, self.mail):
            field.editor.clear()
            field.set_error()
        self.who.set_error()
        self.notice.clear()
        self.go.setEnabled(True)
        self.who.editor.set_value(None)
        self._say_view()
        self.who.editor.set_value(None)
        self._show_parts()
        self.show()

    def clear(self) -> None:
        """Show nobody."""
        self.view = None
        self.hide()

    def focus_first(self) -> None:
        """Bring the keyboard to who takes it."""
        self.who.focus()

    def retranslate(self) -> None:
        """Say the words in the language of the seat; what was typed and ticked stays."""
        self.who.set_label(_("Who takes it?"))
        self.full_name.set_label(_("Name of who takes it"))
        self.card.set_label(_("Number of their card"))
        self.card.set_help(_("May be left empty if it is not at hand."))
        self.mail.set_label(_("Number of the mail"))
        self.signed.set_label(_("Signed for with"))
        kept = self.signed.editor.value()
        self.signed.editor.set_options([(SIGNATURE, _("Signature")), (FINGERPRINT, _("Fingerprint"))])
        self.signed.editor.set_value(kept)
        self.notice.clear()
        self._say_view()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand over at Enter from every place of the form."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go.click()
            return
        super().keyPressEvent(event)

    def _say_view(self) -> None:
        view = self.view
        if view is None:
            return
        self.name.set_text(called(view.applicant))
        numbers = here().listing(view.numbers)
        self.numbers.set_text(
            _("Compare with the card: {numbers}").format(numbers=numbers) if numbers else _("No number is on file.")
        )
        for result in view.results:
            self.boxes[result.task].set_text(_result_words(result, view.today))
        kept = self.who.editor.value()
        self.who.editor.set_options(_who_options(view))
        self.who.editor.set_value(kept)
        against = [refusal_words(Refused(taker.why_not, name=taker.name)) for taker in view.takers if taker.why_not]
        self.why_not.set_text("\n".join(against))
        self.why_not.setVisible(bool(against))
        self._say_go()

    def _say_go(self) -> None:
        self.go.set_text(_("Note as posted") if self.who.editor.value() == POST else _("Hand over"))

    def _show_parts(self) -> None:
        who = self.who.editor.value()
        self.full_name.setVisible(who == SOMEBODY)
        self.card.setVisible(who == SOMEBODY)
        self.mail.setVisible(who == POST)
        self.signed.setVisible(who is not None and who != POST)
        self._say_go()

    def _on_who(self, who: str) -> None:
        self.who.set_error()
        self.notice.clear()
        self._op = uuid4()
        self._show_parts()
        if who == SOMEBODY:
            self.full_name.focus()
        elif who == POST:
            self.mail.focus()

    def _on_ticked(self, _on: object) -> None:
        self._op = uuid4()
        self.notice.clear()

    def _on_go(self) -> None:
        command = self._command()
        if command is None or not self.go.isEnabled():
            return
        for field in (self.full_name, self.mail):
            field.set_error()
        self.notice.clear()
        self.go.setEnabled(False)
        self.seat.runner.write(self, hand_over, command, done=self._on_done, refused=self._on_refused, op=self._op)

    def _command(self) -> HandOver | None:
        who = self.who.editor.value()
        if who is None:
            self.who.set_error(_("Say who takes it."))
            self.who.focus()
            return None
        tasks = tuple(task for task, tick in self.boxes.items() if tick.box.isChecked())
        if who == POST:
            return HandOver(tasks, "post", mail_number=self.mail.editor.text())
        signed = self.signed.editor.value()
        make = partial(HandOver, tasks, signed="fingerprint" if signed == FINGERPRINT else "signature")
        if who == IN_PERSON:
            return make(method="in_person")
        if who == SOMEBODY:
            return make(method="agent", somebody=SomebodyElse(self.full_name.editor.text(), self.card.editor.text()))
        return make(method="agent", taker=UUID(who))

    def _on_done(self, done: HandedOver) -> None:
        self.clear()
        self.handed_over.emit(done)

    def _on_refused(self, refusal: Refused) -> None:
        self.go.setEnabled(True)
        self._op = uuid4()
        part = refusal.code.partition("_")[0]
        near = {"name": self.full_name, "identifier": self.card, "mail": self.mail}.get(part)
        if near is None or not near.isVisibleTo(self):
            self.notice.say_problem(refusal_words(refusal))
            return
        near.set_error(refusal_words(refusal))
        near.focus()

    def _arrange(self) -> None:
        column = Column(self, spacing=1)
        parts: tuple[QWidget, ...] = (
            self.who, self.why_not, self.full_name, self.card, self.mail, self.signed, self.notice,
        )  # fmt: skip
        column.addWidget(self.name)
        column.addWidget(self.numbers)
        column.addLayout(self.rows)
        for part in parts:
            column.addWidget(part)
        column.addWidget(Flow(self.go))


def done_words(done: HandedOver) -> str:
    """Say what was handed over, and to whom."""
    items = here().listing(pick(item) for item in done.items)
    if not done.to:
        return _("Handed over: {items}.").format(items=items)
    return _("Handed over to {name}: {items}.").format(name=done.to, items=items)


def _result_words(result: Result, today: date) -> str:
    since = here().date(result.since.date(), today)
    words = _("{item} ({department}), out since {day}, {number}")
    if result.decision:
        words = _("{item}, decided by {department} on {day}, {number}")
    return words.format(item=pick(result.item), department=pick(result.department), day=since, number=result.number)


def _who_options(view: HandOutView) -> list[tuple[str, str]]:
    name = view.applicant or _("the applicant")
    own = _("Somebody sent by {name}") if view.organisation else _("{name} in person")
    takers = [(str(taker.subject), _taker_words(taker)) for taker in view.takers if taker.why_not is None]
    return [
        (IN_PERSON, own.format(name=name)),
        *takers,
        (SOMEBODY, _("Somebody else with authority")),
        (POST, _("Sent by post")),
    ]


def _taker_words(taker: Taker) -> str:
    role = pgettext("role", "Guardian") if taker.role == "guardian" else pgettext("role", "Agent")
    return here().listing([f"{role} {taker.name}", *taker.numbers])
