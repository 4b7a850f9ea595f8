"""Registering somebody or something new: only what the kind asks for, a number or the reason why there is none."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from itertools import pairwise
from typing import Any, Final, Literal, cast
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.navigation import Seat
from desktop.ui.pages.log_people import THINGS, Named, kind_words
from desktop.ui.pages.request_person import WARNINGS
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.date_edit import DateEdit
from desktop.ui.widgets.faults import Fault, FaultSummary, of_field
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.layouts import Column
from desktop.usecases.people.people import (
    NewBody,
    NewEnterprise,
    NewPerson,
    NewThing,
    NoIdentifier,
    Registered,
    ThingKind,
    form_faults,
    register_body,
    register_enterprise,
    register_person,
    register_thing,
)
from desktop.usecases.refusals import SENTENCES, refusal_words
from desktop.usecases.refused import Refused
from desktop.usecases.work.act_words import REFUSALS
from desktop.words import _, gettext_noop, pgettext

REASONS: Final = {
    NoIdentifier.NOT_AT_HAND: gettext_noop("Not at hand"),
    NoIdentifier.LOST: gettext_noop("Lost"),
    NoIdentifier.NEWBORN: gettext_noop("Newborn, not registered yet"),
    NoIdentifier.UNREGISTERED: gettext_noop("Never registered"),
    NoIdentifier.FOREIGN: gettext_noop("From abroad, no such number"),
    NoIdentifier.NOT_ESTABLISHED: gettext_noop("Still to be founded"),
    NoIdentifier.OTHER: gettext_noop("Another reason"),
}
_OF_PERSONS: Final = tuple(reason for reason in REASONS if reason is not NoIdentifier.NOT_ESTABLISHED)
_OF_FIRMS: Final = (NoIdentifier.NOT_AT_HAND, NoIdentifier.NOT_ESTABLISHED, NoIdentifier.LOST, NoIdentifier.OTHER)


class RegisterForm(Retranslated, QWidget):
    """`registered` carries the new one as Named, `warned` then what to look at again; `left`: nobody is registered."""

    registered = Signal(object)
    warned = Signal(str)
    left = Signal()

    def __init__(self, seat: Seat, kinds: Sequence[str]) -> None:
        super().__init__()
        self.seat = seat
        self._kinds = tuple(kinds)
        self._refusals: tuple[Refused, ...] = ()
        self.kind: Field[Choice] = Field(Choice())
        self.full_name: Field[QLineEdit] = Field(QLineEdit(), hanzi=20)
        self.number: Field[QLineEdit] = Field(QLineEdit(), hanzi=14)
        self.reason: Field[Choice] = Field(Choice(shown_at_most=0))
        self.birth: Field[DateEdit] = Field(DateEdit())
        self.phone: Field[QLineEdit] = Field(QLineEdit(), hanzi=10)
        self.keep, self.leave = Button(icon="check"), Button(role="quiet", icon="x")
        self.notice = FaultSummary()
        self._fields = (self.kind, self.full_name, self.number, self.reason, self.birth, self.phone)
        column = Column(self)
        for widget in (self.notice, *self._fields, Flow(self.keep, self.leave)):
            column.addWidget(widget)
        self._connect()
        self.retranslate()
        self.begin()

    def begin(self) -> None:
        """Forget what was typed."""
        for field in (self.full_name, self.number, self.phone):
            field.editor.clear()
        self.birth.editor.set_value(None)
        self._take_back()
        self.kind.editor.set_value(self._kinds[0])
        self.reason.editor.set_value(NoIdentifier.NOT_AT_HAND)
        self._show_fields()

    def ask(self, name: str = "") -> None:
        """Ask for somebody new, with what was searched as the name."""
        if name and not any(mark.isdigit() for mark in name):
            self.full_name.editor.setText(name)
        self._show_fields()
        self.full_name.focus()

    def set_kinds(self, kinds: Sequence[str]) -> None:
        """Register other kinds from now on."""
        if tuple(kinds) != self._kinds:
            self._kinds = tuple(kinds)
            self.retranslate()
            self.kind.editor.set_value(self._kinds[0])
            self._show_fields()

    def faults(self) -> list[Fault]:
        """Say at the name that what is typed here is not taken yet."""
        if not self._is_begun():
            return []
        self.full_name.set_error(
            _("This name is not registered yet. Register and choose it, or go back to the search.")
        )
        return [of_field(self.full_name, only_open=True)]

    def state(self) -> dict[str, Any]:
        """Give what is typed, as it is kept in a draft."""
        day = self.birth.editor.value()
        texts = {"name": self.full_name, "number": self.number, "phone": self.phone}
        kept = {name: field.editor.text() for name, field in texts.items()}
        return kept | {
            "kind": self._kind(),
            "reason": self.reason.editor.value(),
            "birth": None if day is None else day.isoformat(),
        }

    def restore(self, kept: dict[str, Any]) -> None:
        """Show what was typed."""
        self.kind.editor.set_value(kept["kind"] if kept.get("kind") in self._kinds else self._kinds[0])
        self._show_fields()
        for name, field in {"name": self.full_name, "number": self.number, "phone": self.phone}.items():
            field.editor.setText(str(kept.get(name) or ""))
        self.reason.editor.set_value(kept.get("reason") or NoIdentifier.NOT_AT_HAND)
        self.birth.editor.set_value(date.fromisoformat(kept["birth"]) if kept.get("birth") else None)
        self._show_fields()

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        if any(field.error() for field in self._fields):
            self.faults() if self.full_name.error() and not self._refusals else self._say_refusals()
        self.kind.set_label(_("Kind"))
        self.kind.editor.set_options([(kind, kind_words(kind)) for kind in self._kinds])
        self.number.set_help(_("May be left empty if it is not at hand."))
        self.reason.set_label(_("Why there is no number"))
        self.birth.set_label(_("Day of birth"))
        self.birth.set_help(_("May be left empty; needed for a child."))
        self.phone.set_label(_("Phone"))
        self.keep.set_text(_("Register and choose"))
        self.leave.set_text(pgettext("register", "Back to the search"))
        self._show_fields()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the search at Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        self.kind.editor.chosen.connect(self._on_kind)
        self.number.editor.textChanged.connect(self._on_number)
        self.full_name.editor.returnPressed.connect(self._on_name_entered)
        self.number.editor.returnPressed.connect(self.phone.focus)
        self.phone.editor.returnPressed.connect(self._on_keep)
        self.keep.clicked.connect(self._on_keep)
        self.leave.clicked.connect(self._on_leave)
        for field in (self.full_name, self.number, self.phone):
            field.editor.textEdited.connect(partial(self._on_edited, field))
        self.birth.editor.edited.connect(partial(self._on_edited, self.birth, ""))

    def _take_back(self) -> None:
        """Take back what was said of the form."""
        self._refusals = ()
        self.notice.clear()
        for field in self._fields:
            field.set_error()

    def _on_edited(self, field: Field[Any], _text: str) -> None:
        """Let what is typed anew be judged anew."""
        if field.error():
            near = {part for part, each in self._near().items() if each is field}
            self._refusals = tuple(one for one in self._refusals if one.code.partition("_")[0] not in near)
            field.set_error()
            self.notice.see_again()

    def _is_begun(self) -> bool:
        typed = (self.full_name, self.number, self.phone)
        return any(field.editor.text().strip() for field in typed) or not self.birth.editor.is_empty()

    def _kind(self) -> str:
        return self.kind.editor.value() or self._kinds[0]

    def _show_fields(self) -> None:
        """Show what the kind asks for, and the reason only while there is no number."""
        kind = self._kind()
        thing, person = kind in THINGS, kind == "person"
        numberless = not thing and not self.number.editor.text().strip()
        self.kind.setVisible(len(self._kinds) > 1)
        self.kind.editor.set_value(kind)  # what is asked below is this kind's
        self.number.setVisible(not thing)
        self.reason.setVisible(numberless)
        self.birth.setVisible(person and numberless)
        self.phone.setVisible(not thing)
        self.full_name.set_label(
            {"person": _("Full name"), "premises": _("Address or name"), "vehicle": _("Number plate")}.get(
                kind, _("Name")
            )
        )
        self.number.set_label(_("Identity number") if person else _("Credit code"))
        fitting = _OF_PERSONS if person else _OF_FIRMS
        self.reason.editor.set_options([(reason.value, _(REASONS[reason])) for reason in fitting])
        if self.reason.editor.value() is None:
            self.reason.editor.set_value(NoIdentifier.NOT_AT_HAND)
        self._put_in_order()

    def _put_in_order(self) -> None:
        """Let Tab go down the form: a choice that was filled anew stood after everything else in the window."""
        day = self.birth.editor
        box = self.reason.editor.focusProxy() or self.reason.editor  # Qt would move the old place, not the box
        names = (self.full_name.editor, self.number.editor, box)
        for one, after in pairwise((*names, day.year, day.month, day.day, self.phone.editor, self.keep, self.leave)):
            self.setTabOrder(one, after)

    @Slot(str)
    def _on_kind(self, _kind: str) -> None:
        self._show_fields()

    @Slot(str)
    def _on_number(self, _text: str) -> None:
        self._show_fields()

    @Slot()
    def _on_name_entered(self) -> None:
        if self.number.isVisibleTo(self):
            self.number.focus()
        else:
            self._on_keep()

    @Slot()
    def _on_leave(self) -> None:
        self.left.emit()

    @Slot()
    def _on_keep(self) -> None:
        self._show_fields()
        self._take_back()
        name, kind = self.full_name.editor.text().strip(), self._kind()
        use_case, command = self._command(name, kind)
        if self.birth.isVisibleTo(self) and self.birth.editor.fault():
            self._look_at(command)
            return
        done, refused = partial(self._on_registered, name, kind), partial(self._on_refused, name, kind)
        self.seat.runner.write(self, use_case, command, done=done, refused=refused)

    def _command(self, name: str, kind: str) -> tuple[Callable[..., Any], object]:
        """Give the act that registers this kind, and what it is told."""
        number = self.number.editor.text().strip() or None
        phone = self.phone.editor.text().strip() or None
        reason = None if number else NoIdentifier(self.reason.editor.value() or NoIdentifier.NOT_AT_HAND)
        if kind in THINGS:
            return register_thing, NewThing(cast("ThingKind", kind), name)
        if kind == "body":
            return register_body, NewBody(name, number, phone, no_identifier=reason)
        if kind in {"enterprise", "sole_trader"}:
            firm = cast("Literal['enterprise', 'sole_trader']", kind)
            return register_enterprise, NewEnterprise(name, number, firm, phone, no_identifier=reason)
        birth = None if number else self.birth.editor.value()
        return register_person, NewPerson(name, number, birth=birth, phone=phone, no_identifier=reason)

    def _on_registered(self, name: str, kind: str, registered: Registered) -> None:
        self.registered.emit(Named(registered.subject, name, kind))
        odd = [_(WARNINGS[code]) for code in registered.warnings if code in WARNINGS]
        if odd:
            self.warned.emit(_("{name} is taken. {odd}").format(name=name or kind_words(kind), odd=" ".join(odd)))

    def _on_refused(self, name: str, kind: str, refusal: Refused) -> None:
        known = refusal.values.get("subject")
        if refusal.code == "already_known" and isinstance(known, UUID):
            self.registered.emit(Named(known, name, kind))
        elif refusal.code.partition("_")[0] in self._near():
            self._look_at(self._command(name, kind)[1])
        else:
            self.notice.say_problem(refusal_words(refusal))

    def _look_at(self, command: object) -> None:
        """Say everything that is wrong at once, not one thing at each press."""
        self.seat.runner.read(self, form_faults, command, done=self._on_looked)

    def _on_looked(self, refusals: tuple[Refused, ...]) -> None:
        self._refusals = refusals
        self._say_refusals()
        self.notice.say_faults([of_field(field) for field in self._fields if field.error() and field.isVisibleTo(self)])

    def _say_refusals(self) -> None:
        if self.birth.isVisibleTo(self):
            self.birth.set_error(self.birth.editor.fault())
        for refusal in self._refusals:
            part = refusal.code.partition("_")[0]
            self._near()[part].set_error(_said_of(part, refusal))

    def _near(self) -> dict[str, Field[Any]]:
        """The field a refusal is about, by how its code begins."""
        return {"name": self.full_name, "identifier": self.number, "birth": self.birth, "phone": self.phone}


def _said_of(part: str, refusal: Refused) -> str:
    """Say why not; of a number or a phone in general, where nobody says it more exactly."""
    exact = refusal.code in SENTENCES or refusal.code in REFUSALS
    return refusal_words(refusal) if exact else _fault_words(part)


def _fault_words(part: str) -> str:
    """What is wrong with a number or a phone, when nobody says it more exactly."""
    return {
        "identifier": _("This number is not right. Check it against the card."),
        "birth": _("This day of birth is not right. Check it."),
        "phone": _("This phone number is not right. Type 11 digits, or a landline with its area code."),
    }.get(part, _("This name is not right. Type it as it stands on the card."))
