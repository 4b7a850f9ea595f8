"""Who it is for: somebody on file found by name, phone or number, somebody new, or nobody named."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal, Slot

from desktop.ui.navigation import Seat
from desktop.ui.pages.log_people import Named, name_words
from desktop.ui.pages.log_picker import SubjectPicker
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Row
from desktop.words import _

KINDS = ("person", "enterprise", "sole_trader", "body")


class WhoCard(Retranslated, Card):
    """The first part of the page; it says `chosen` whenever who it is for has changed."""

    chosen = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.named: Named | None = None
        self.settled = False
        self.anonymous = Button(role="quiet", shortcut="F4", icon="eye-off")
        self.picker = SubjectPicker(seat, KINDS, beside=(self.anonymous,), shortcut="F3")
        self.shown = Label(role="strong")
        self.change = Button(role="quiet", icon="edit")
        self.search, self.results, self.new = self.picker.search, self.picker.results, self.picker.new
        chosen = Row()
        chosen.addWidget(self.shown, 1)
        chosen.addWidget(self.change)
        self.column.insertLayout(self.column.count() - 1, chosen)
        self.add(self.picker)
        self.picker.chosen.connect(self._on_picked)
        self.anonymous.clicked.connect(self._on_anonymous)
        self.change.clicked.connect(self._on_change)
        self.begin()
        self.retranslate()

    @property
    def subject(self) -> UUID | None:
        """Who it is for, or None for nobody named."""
        return None if self.named is None else self.named.subject

    def begin(self) -> None:
        """Ask anew."""
        self.named, self.settled = None, False
        self.picker.begin()
        self._show_parts()

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.set_title(_("Who is it for"))
        self.anonymous.set_text(_("Without a name"))
        self.change.set_text(_("Somebody else"))
        self._show_parts()

    def focus_first(self) -> None:
        """Bring the keyboard to the search."""
        self.picker.focus_first()

    def take(self, named: Named | None) -> None:
        """Settle who it is for; None is nobody named."""
        self.named, self.settled = named, True
        self._show_parts()
        self.chosen.emit()

    def state(self) -> dict[str, Any]:
        """Give who was chosen and what is typed, as it is kept in a draft."""
        named = None if self.named is None else self.named.kept()
        return {"settled": self.settled, "named": named, "typed": None if self.settled else self.picker.state()}

    def restore(self, kept: dict[str, Any]) -> None:
        """Show who was chosen and what was typed."""
        self.settled = bool(kept.get("settled"))
        self.named = Named.read(kept["named"]) if kept.get("named") else None
        if not self.settled:
            self.picker.restore(kept.get("typed") or {})
        self._show_parts()

    def _show_parts(self) -> None:
        self.shown.set_text(_("Without a name") if self.named is None else name_words(self.named))
        self.shown.setVisible(self.settled)
        self.change.setVisible(self.settled)
        self.picker.setVisible(not self.settled)

    @Slot(object)
    def _on_picked(self, named: Named) -> None:
        self.take(named)

    @Slot()
    def _on_anonymous(self) -> None:
        self.take(None)

    @Slot()
    def _on_change(self) -> None:
        self.begin()
        self.chosen.emit()
        self.focus_first()
