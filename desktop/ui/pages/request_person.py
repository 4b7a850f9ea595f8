"""Putting right what is kept of somebody who takes part: another telephone or name, or a card shown only now."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final, Literal
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.navigation import Seat
from desktop.ui.pages.log_people import Named, called, name_words
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.running_text import RunningText
from desktop.usecases.people.people import (
    AddIdentifier,
    ChangePhone,
    FreeKind,
    PersonCard,
    Rename,
    add_identifier,
    change_phone,
    person_card,
    rename,
)
from desktop.usecases.refusals import refusal_words
from desktop.usecases.refused import Refused
from desktop.words import _, gettext_noop, here

What = Literal["phone", "card", "name"]
TITLES: Final[Mapping[What, str]] = {
    "phone": gettext_noop("Correct this telephone"),
    "card": gettext_noop("Add a card shown later"),
    "name": gettext_noop("Correct this name"),
}
_KEEP: Final[Mapping[What, str]] = {
    "phone": gettext_noop("Save the telephone"),
    "card": gettext_noop("Save the card"),
    "name": gettext_noop("Save the name"),
}
_KEPT: Final[Mapping[What, str]] = {
    "phone": gettext_noop("The telephone is put right."),
    "card": gettext_noop("The card is on file."),
    "name": gettext_noop("The name is put right."),
}
BY_SHAPE: Final = "by_shape"
"""The kind of a card whose number tells by itself what it is."""
CARDS: Final = {
    BY_SHAPE: gettext_noop("Identity card or residence permit"),
    FreeKind.PASSPORT.value: gettext_noop("Passport"),
    FreeKind.OTHER.value: gettext_noop("Another card"),
}
WARNINGS: Final = {
    "birth_differs": gettext_noop("The number tells another day of birth than is on file. Look whose card it is."),
    "sex_differs": gettext_noop("The number tells another sex than is on file. Look whose card it is."),
    "area_unknown": gettext_noop("The place in the number is not in the list of places. Check the first six digits."),
    "unchecked": gettext_noop("Such numbers cannot be checked. Compare it with the card once more."),
    "name_digits": gettext_noop("There are digits in the name. Look whether it is right."),
    "name_private_use": gettext_noop("A character of the name may look different elsewhere. Compare it with the card."),
    "name_no_letters": gettext_noop("No character of the name is a letter. Look whether it is right."),
}
"""What to look at again, by the code that `add_identifier` and `rename` give back."""
ELSEWHERE: Final = gettext_noop(
    "This number is on file under somebody else. Compare it with the card; nothing was changed."
)


class PersonForm(QWidget):
    """One answer about one person; `done` carries what to tell, `left` says that nothing is changed after all."""

    done = Signal(str)
    left = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self._what: What = "phone"
        self._request: UUID | None = None
        self._people: tuple[Named, ...] = ()
        self._on_file: PersonCard | None = None
        self.title, self.on_file = Heading("", 3), RunningText()
        self.whom: Field[Choice] = Field(Choice())
        self.phone: Field[QLineEdit] = Field(QLineEdit(), hanzi=10)
        self.kind: Field[Choice] = Field(Choice())
        self.number: Field[QLineEdit] = Field(QLineEdit(), hanzi=14)
        self.new_name: Field[QLineEdit] = Field(QLineEdit(), hanzi=14)
        self.reason: Field[QLineEdit] = Field(QLineEdit(), hanzi=14)
        self._typed = (self.phone, self.number, self.new_name, self.reason)
        self.notice = Notice()
        self.keep, self.leave = Button("", "primary", icon="check"), Button("", "quiet")
        column = Column(self, spacing=1)
        for widget in (self.title, self.whom, self.on_file, self.kind, *self._typed, self.notice):
            column.addWidget(widget)
        column.addWidget(Flow(self.keep, self.leave))
        self.whom.editor.chosen.connect(self._on_whom)
        self.kind.editor.chosen.connect(self._on_kind)
        for field in self._typed:
            field.editor.returnPressed.connect(self._on_keep)
        self.keep.clicked.connect(self._on_keep)
        self.leave.clicked.connect(self.left)
        self.hide()

    def begin(self, what: What, request: UUID, people: Sequence[Named]) -> None:
        """Ask for a telephone, a card or the name of one of these people."""
        self._what, self._request, self._people = what, request, tuple(people)
        for field in self._typed:
            field.editor.clear()
        self.notice.clear()
        self.whom.editor.set_options([])
        self.kind.editor.set_options([])
        self.say()
        self.whom.editor.set_value(str(self._people[0].subject))
        self.kind.editor.set_value(BY_SHAPE)
        self.set_busy(busy=False)
        self._show_fields()
        self._look()
        self.show()
        {"phone": self.phone, "card": self.number, "name": self.new_name}[what].focus()

    def say(self) -> None:
        """Say the words in the language of the seat; what is typed stays."""
        for field in self._typed:
            field.set_error()
        self.title.set_text(_(TITLES[self._what]))
        self.whom.set_label(_("Whose it is"))
        self.whom.editor.set_options([(str(each.subject), name_words(each)) for each in self._people])
        self.phone.set_label(_("New telephone"))
        self.phone.set_help(_("Leave it empty when there is none any more."))
        self.kind.set_label(_("Which card"))
        self.kind.editor.set_options([(code, _(words)) for code, words in CARDS.items()])
        self.new_name.set_label(_("Right name"))
        self.reason.set_label(_("Why it is put right"))
        self.reason.set_help(_("Such as: written wrongly, or changed by law. The former name is kept and still found."))
        self.keep.set_text(_(_KEEP[self._what]))
        self.leave.set_text(_("Leave it as it is"))
        self._show_fields()
        self._say_on_file()

    def set_busy(self, *, busy: bool) -> None:
        """Take no second press while the first is being done."""
        self.keep.setEnabled(not busy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave everything as it is at Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _person(self) -> Named | None:
        chosen = self.whom.editor.value()
        return next((each for each in self._people if str(each.subject) == chosen), None)

    def _show_fields(self) -> None:
        """Show what this answer and this kind of person ask for."""
        person, card = self._person(), self._what == "card"
        natural = person is None or person.kind == "person"
        self.whom.setVisible(len(self._people) > 1)
        self.phone.setVisible(self._what == "phone")
        self.kind.setVisible(card and natural)
        self.number.setVisible(card)
        self.new_name.setVisible(self._what == "name")
        self.reason.setVisible(self._what == "name" and person is not None and bool(person.name))
        self.number.set_label(_("Number on the card") if natural else _("Credit code"))

    def _look(self) -> None:
        """Read what is on file, so that the clerk can compare; the look is noted in the log."""
        self._on_file = None
        self._say_on_file()
        person = self._person()
        if person is not None:
            shown = partial(self._show_on_file, person.subject)
            self.seat.runner.read(self, person_card, person.subject, done=shown, refused=self._on_refused)

    def _show_on_file(self, subject: UUID, card: PersonCard) -> None:
        person = self._person()
        if person is not None and person.subject == subject:
            self._on_file = card
            self._say_on_file()

    def _say_on_file(self) -> None:
        card = self._on_file
        self.on_file.setVisible(card is not None)
        if card is None:
            return
        if self._what == "phone":
            what = card.phone or _("no telephone")
        elif self._what == "card":
            what = here().listing(number.masked for number in card.identifiers) or _("no card")
        else:
            what = _name_on_file(card)
        self.on_file.set_text(_("On file: {what}").format(what=what))

    @Slot(str)
    def _on_whom(self, _subject: str) -> None:
        self._show_fields()
        self._look()

    @Slot(str)
    def _on_kind(self, _kind: str) -> None:
        self.number.set_error()

    @Slot()
    def _on_keep(self) -> None:
        person = self._person()
        if person is None or self._request is None or not self.keep.isEnabled():
            return
        self.notice.clear()
        for field in self._typed:
            field.set_error()
        if self._what == "card" and not self.number.editor.text().strip():
            self.number.set_error(_("The number is missing. It stands on the card."))
            self.number.focus()
            return
        use_case, command = self._command(person, self._request)
        self.set_busy(busy=True)
        self.seat.runner.write(self, use_case, command, done=self._on_done, refused=self._on_refused)

    def _command(self, person: Named, request: UUID) -> tuple[Callable[..., Any], object]:
        if self._what == "phone":
            return change_phone, ChangePhone(person.subject, self.phone.editor.text().strip() or None, request)
        if self._what == "name":
            named, why = self.new_name.editor.text(), self.reason.editor.text()
            return rename, Rename(person.subject, named, reason=why.strip() or None, request=request)
        chosen = self.kind.editor.value()
        kind = None if person.kind != "person" or chosen == BY_SHAPE else chosen
        return add_identifier, AddIdentifier(person.subject, self.number.editor.text().strip(), kind, request=request)

    def _on_done(self, warnings: tuple[str, ...] | None) -> None:
        self.set_busy(busy=False)
        self.done.emit(
            " ".join([_(_KEPT[self._what]), *(_(WARNINGS[code]) for code in warnings or () if code in WARNINGS)])
        )

    def _on_refused(self, refusal: Refused) -> None:
        self.set_busy(busy=False)
        part = refusal.code.partition("_")[0]
        fields = {"phone": self.phone, "identifier": self.number, "already": self.number, "name": self.new_name}
        if self._what == "name":
            fields |= {"reason": self.reason, "too": self.reason, "lone": self.reason}
        field = fields.get(part)
        if field is None:
            self.notice.say_problem(refusal_words(refusal))
            return
        field.set_error(_(ELSEWHERE) if refusal.code == "already_known" else refusal_words(refusal))
        field.focus()


def _name_on_file(card: PersonCard) -> str:
    """Give the name somebody has, and those borne before."""
    former = here().listing(dict.fromkeys(each.name for each in card.former_names))
    name = called(card.name, card.kind)
    return _("{name} (formerly {names})").format(name=name, names=former) if former else name
