"""Who it is for: somebody on file found by name, phone or number, somebody new, or nobody named."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit

from desktop.ui.navigation import Seat
from desktop.ui.refusals import SENTENCES, refusal_words
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row, emptied, to_the_left
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.search_box import SearchBox
from desktop.usecases.people import (
    FoundPerson,
    NewEnterprise,
    NewPerson,
    NoIdentifier,
    PeopleQuery,
    Registered,
    find_people,
    register_enterprise,
    register_person,
)
from desktop.usecases.refused import Refused
from desktop.words import _, here

_SHOWN = 6


class WhoCard(Retranslated, Card):
    """The first part of the page; it says `chosen` whenever who it is for has changed."""

    chosen = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.subject: UUID | None = None
        self.name = ""
        self.settled = False
        self._found: tuple[FoundPerson, ...] = ()
        self.search: Field[SearchBox] = Field(SearchBox(), hanzi=20)
        self.results = Column(spacing=0.5)
        self.nobody = Label(role="muted")
        self.new = Button(shortcut="F3", icon="user-plus")
        self.anonymous = Button(role="quiet", shortcut="F4", icon="eye-off")
        self.kind: Field[Choice] = Field(Choice())
        self.full_name: Field[QLineEdit] = Field(QLineEdit(), hanzi=20)
        self.number: Field[QLineEdit] = Field(QLineEdit(), hanzi=14)
        self.phone: Field[QLineEdit] = Field(QLineEdit(), hanzi=10)
        self.keep = Button(icon="check")
        self.notice = Notice()
        self.shown = Label(role="strong")
        self.change = Button(role="quiet", icon="edit")
        self._choices = Flow(self.new, self.anonymous)
        self._form = (self.kind, self.full_name, self.number, self.phone, self.keep)
        self._arrange()
        self._connect()
        self.begin()
        self.retranslate()

    def begin(self) -> None:
        """Ask anew."""
        self.subject, self.name, self.settled, self._found = None, "", False, ()
        self.search.editor.clear()
        self.search.editor.returnPressed.emit()  # the box forgets what it asked, so that the same words are asked again
        for field in (self.full_name, self.number, self.phone):
            field.editor.clear()
            field.set_error()
        self.kind.editor.set_value(None)
        self.notice.clear()
        self._show_results()
        self._show_parts(form=False)

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.set_title(_("Who is it for"))
        self.search.set_label(_("Name, phone or number"))
        self.nobody.set_text(_("Nobody of that name is on file. Enter somebody new, or go on without a name."))
        self.new.set_text(_("Somebody new"))
        self.anonymous.set_text(_("Without a name"))
        self.kind.set_label(_("Person or enterprise"))
        self.kind.editor.set_options(
            [("person", _("Person")), ("enterprise", _("Enterprise")), ("sole_trader", _("Sole trader"))]
        )
        self.full_name.set_label(_("Full name"))
        self.number.set_label(_("Identity number or credit code"))
        self.number.set_help(_("May be left empty if it is not at hand."))
        self.phone.set_label(_("Phone"))
        self.keep.set_text(_("Take this name"))
        self.change.set_text(_("Somebody else"))
        self.shown.set_text(self.name or _("Without a name"))
        self._show_results()

    def focus_first(self) -> None:
        """Bring the keyboard to the search."""
        self.search.focus()

    def take(self, subject: UUID | None, name: str) -> None:
        """Settle who it is for."""
        self.subject, self.name, self.settled = subject, name, True
        self.shown.set_text(name or _("Without a name"))
        self._show_parts(form=False)
        self.chosen.emit()

    def _arrange(self) -> None:
        chosen = Row()
        chosen.addWidget(self.shown, 1)
        chosen.addWidget(self.change)
        self.column.insertLayout(self.column.count() - 1, chosen)
        self.add(self.search)
        self.column.insertLayout(self.column.count() - 1, self.results)
        for widget in (self.nobody, self._choices, *self._form[:-1], self.notice):
            self.add(widget)
        buttons = Column()
        to_the_left(buttons, self.keep)
        self.column.insertLayout(self.column.count() - 1, buttons)

    def _connect(self) -> None:
        self.search.editor.searched.connect(self._on_searched)
        self.search.editor.returnPressed.connect(self._on_enter)
        self.new.clicked.connect(self._on_new)
        self.anonymous.clicked.connect(self._on_anonymous)
        self.keep.clicked.connect(self._on_keep)
        self.change.clicked.connect(self._on_change)
        self.full_name.editor.returnPressed.connect(self.number.focus)
        self.number.editor.returnPressed.connect(self.phone.focus)
        self.phone.editor.returnPressed.connect(self._on_keep)

    def _show_parts(self, *, form: bool) -> None:
        for widget in (self.search, self._choices):
            widget.setVisible(not self.settled)
        for field in self._form:
            field.setVisible(form)
        self.shown.setVisible(self.settled)
        self.change.setVisible(self.settled)
        if self.settled or form:
            self._found = ()
            self._show_results()

    def _show_results(self) -> None:
        emptied(self.results)
        for person in self._found[:_SHOWN]:
            words = here().listing([person.name, *person.identifiers, *([person.phone] if person.phone else [])])
            button = Button(words, "choice", icon="user")
            button.clicked.connect(partial(self.take, person.subject, person.name))
            self.results.addWidget(button)
        asked = bool(self.search.editor.text().strip()) and not self.settled and not self.full_name.isVisibleTo(self)
        self.nobody.setVisible(asked and not self._found)

    @Slot(str)
    def _on_searched(self, words: str) -> None:
        if not words:
            self._on_found(())
            return
        self.seat.runner.read(self, find_people, PeopleQuery(words, limit=_SHOWN), done=self._on_found)

    def _on_found(self, found: tuple[FoundPerson, ...]) -> None:
        self._found = found
        self._show_results()

    @Slot()
    def _on_enter(self) -> None:
        if len(self._found) == 1:
            self.take(self._found[0].subject, self._found[0].name)

    @Slot()
    def _on_new(self) -> None:
        self._show_parts(form=True)
        typed = self.search.editor.text().strip()
        if typed and not any(mark.isdigit() for mark in typed):
            self.full_name.editor.setText(typed)
        if self.kind.editor.value() is None:
            self.kind.editor.set_value("person")
        self.full_name.focus()

    @Slot()
    def _on_anonymous(self) -> None:
        self.take(None, "")

    @Slot()
    def _on_change(self) -> None:
        self.begin()
        self.chosen.emit()
        self.focus_first()

    @Slot()
    def _on_keep(self) -> None:
        self.notice.clear()
        for field in (self.full_name, self.number, self.phone):
            field.set_error()
        name, number = self.full_name.editor.text().strip(), self.number.editor.text().strip() or None
        phone = self.phone.editor.text().strip() or None
        reason = None if number else NoIdentifier.NOT_AT_HAND
        kind = self.kind.editor.value()
        done, refused, runner = partial(self._on_registered, name), partial(self._on_refused, name), self.seat.runner
        if kind in {"enterprise", "sole_trader"}:
            firm = NewEnterprise(
                name, number, "sole_trader" if kind == "sole_trader" else "enterprise", phone, no_identifier=reason
            )
            runner.write(self, register_enterprise, firm, done=done, refused=refused)
        else:
            person = NewPerson(name, number, phone=phone, no_identifier=reason)
            runner.write(self, register_person, person, done=done, refused=refused)

    def _on_registered(self, name: str, registered: Registered) -> None:
        self.take(registered.subject, name)

    def _on_refused(self, name: str, refusal: Refused) -> None:
        known = refusal.values.get("subject")
        if refusal.code == "already_known" and isinstance(known, UUID):
            self.take(known, name)
            return
        near = {"name": self.full_name, "identifier": self.number, "phone": self.phone}
        part = refusal.code.partition("_")[0]
        if part not in near:
            self.notice.say_problem(refusal_words(refusal))
            return
        near[part].set_error(refusal_words(refusal) if refusal.code in SENTENCES else _fault_words(part))
        near[part].focus()


def _fault_words(part: str) -> str:
    """What is wrong with a number or a phone, when nobody says it more exactly."""
    return {
        "identifier": _("This number is not right. Check it against the card."),
        "phone": _("This phone number is not right. Type 11 digits, or a landline with its area code."),
    }.get(part, _("This name is not right. Type it as it stands on the card."))
