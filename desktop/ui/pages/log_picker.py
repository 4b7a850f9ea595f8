"""Finding somebody or something on file, by name, pinyin, number or phone, or registering it anew."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.navigation import Seat
from desktop.ui.pages.log_people import ICONS, THINGS, Named, told_apart
from desktop.ui.pages.log_register import RegisterForm
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.faults import Fault, of_field
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, emptied
from desktop.ui.widgets.search_box import SearchBox
from desktop.usecases.people.people import FoundPerson, PeopleQuery, find_people
from desktop.words import _

SHOWN = 6


class SubjectPicker(Retranslated, QWidget):
    """One search for every kind of subject; `chosen` carries whom it settled on, as Named,
    `warned` what to look at again in whom was just registered.

    Enter takes the one that was found; with several the arrows choose. `beside` are buttons for other ways out.
    """

    chosen = Signal(object)
    warned = Signal(str)

    def __init__(
        self, seat: Seat, kinds: Sequence[str], *, beside: Sequence[Button] = (), shortcut: str | None = None
    ) -> None:
        super().__init__()
        self.seat = seat
        self._kinds = tuple(kinds)
        self._found: tuple[FoundPerson, ...] = ()
        self._looking: str | None = None
        self.search: Field[SearchBox] = Field(SearchBox(), hanzi=20)
        self.results = Column(spacing=0.5)
        self.nobody = Label(role="muted")
        self.new = Button(shortcut=shortcut, icon="user-plus")
        self.ways = Flow(self.new, *beside)
        self._form: RegisterForm | None = None
        self._arrange()
        self._connect()
        self.begin()
        self.retranslate()

    @property
    def form(self) -> RegisterForm:
        """The form for somebody new; made when the first one comes, so that the page opens sooner."""
        if self._form is None:
            self._form = RegisterForm(self.seat, self._kinds)
            self._form.hide()
            self._form.registered.connect(self.chosen)
            self._form.warned.connect(self.warned)
            self._form.left.connect(self._on_left)
            self.column.addWidget(self._form)
        return self._form

    def begin(self) -> None:
        """Ask anew."""
        self._found, self._looking = (), None
        self.search.editor.clear()
        self.search.set_error()
        self.search.editor.returnPressed.emit()  # the box forgets what it asked, so that the same words are asked again
        if self._form is not None:
            self._form.begin()
        self._show_parts(form=False)

    def set_kinds(self, kinds: Sequence[str]) -> None:
        """Look for other kinds from now on."""
        self._kinds = tuple(kinds)
        if self._form is not None:
            self._form.set_kinds(kinds)
        self.retranslate()

    def focus_first(self) -> None:
        """Bring the keyboard to the search, or to the name while somebody new is typed."""
        (self.form.full_name if self._is_registering() else self.search).focus()

    def faults(self) -> list[Fault]:
        """Say where somebody is half named here: searched for and not chosen, or typed and not taken."""
        if self._is_registering():
            return self.form.faults()
        self.search.set_error(_left_open() if self.search.editor.text().strip() else "")
        return [of_field(self.search, only_open=True)] if self.search.error() else []

    def state(self) -> dict[str, Any]:
        """Give what is typed, as it is kept in a draft."""
        return {"words": self.search.editor.text(), "form": self.form.state() if self._is_registering() else None}

    def restore(self, kept: dict[str, Any]) -> None:
        """Show what was typed."""
        self.search.editor.setText(str(kept.get("words") or ""))
        if kept.get("form"):
            self._show_parts(form=True)
            self.form.restore(kept["form"])

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        things = set(self._kinds) <= THINGS
        self.search.set_label(_("Name or address") if things else _("Name, phone or number"))
        self.nobody.set_text(_("Nothing of that name is on file.") if things else _("Nobody of that name is on file."))
        self.new.set_text(_("Register it") if things else _("Somebody new"))
        if self.search.error():
            self.search.set_error(_left_open())
        self._show_results()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from the search to what was found at the down arrow."""
        item = self.results.itemAt(0)
        first = None if item is None else item.widget()
        if event.key() == Qt.Key.Key_Down and first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _arrange(self) -> None:
        self.column = Column(self)
        self.column.addWidget(self.search)
        self.column.addLayout(self.results)
        for widget in (self.nobody, self.ways):
            self.column.addWidget(widget)

    def _connect(self) -> None:
        self.search.editor.searched.connect(self._on_searched)
        self.search.editor.textChanged.connect(self._on_typed)
        self.search.editor.returnPressed.connect(self._on_enter)
        self.new.clicked.connect(self._on_new)

    def _show_parts(self, *, form: bool) -> None:
        for widget in (self.search, self.ways):
            widget.setVisible(not form)
        if form or self._form is not None:
            self.form.setVisible(form)
        if form:
            self._found = ()
        self._show_results()

    def _is_registering(self) -> bool:
        return self._form is not None and self._form.isVisibleTo(self)

    def _show_results(self) -> None:
        emptied(self.results)
        for found in self._found[:SHOWN]:
            button = Button(told_apart(found), "choice", icon=ICONS.get(found.kind, "user"))
            button.clicked.connect(partial(self._on_chosen, found))
            self.results.addWidget(button)
        looked = bool(self.search.editor.text().strip()) and self._looking is None
        self.nobody.setVisible(looked and not self._found and self.search.isVisibleTo(self))

    @Slot(str)
    def _on_typed(self, _words: str) -> None:
        self.search.set_error()

    @Slot(str)
    def _on_searched(self, words: str) -> None:
        self._found = ()
        self._looking = words or None
        if words:
            query = PeopleQuery(words, self._kinds, SHOWN)
            self.seat.runner.read(self, find_people, query, done=partial(self._on_found, words))
        else:
            self._show_results()

    def _on_found(self, words: str, found: tuple[FoundPerson, ...]) -> None:
        if words != self._looking:
            return
        self._looking, self._found = None, found
        self._show_results()

    @Slot()
    def _on_enter(self) -> None:
        """Take the only one found for the words as they stand."""
        if len(self._found) == 1 and self._looking is None:
            self._on_chosen(self._found[0])

    def _on_chosen(self, found: FoundPerson, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self.chosen.emit(Named(found.subject, found.name, found.kind))

    @Slot()
    def _on_new(self) -> None:
        typed = self.search.editor.text().strip()
        self._show_parts(form=True)
        self.form.ask(typed)

    @Slot()
    def _on_left(self) -> None:
        self._show_parts(form=False)
        self.search.focus()


def _left_open() -> str:
    """What is to be done about words that were searched for and led to nobody."""
    return _("Nobody is chosen yet. Choose one, register somebody new, or empty the box.")
