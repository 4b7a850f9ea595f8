"""Who it is for: somebody on file found by name, phone or number, somebody new, or nobody named."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot

from desktop.ui.navigation import Seat
from desktop.ui.pages.log_people import Named, kind_words, name_words
from desktop.ui.pages.log_picker import SubjectPicker
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row, to_the_left
from desktop.ui.widgets.notice import Notice
from desktop.words import _

KINDS = ("person", "enterprise", "sole_trader", "body")


class WhoCard(Retranslated, Card):
    """The first part of the page; it says `chosen` whenever who it is for has changed."""

    chosen = Signal()
    warned = Signal(str)

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
        self._needed: tuple[str, ...] = ()
        self._need = self._dead = ""
        self.notice, self.fitting = Notice(), Button(icon="search")
        chosen = Row()
        chosen.addWidget(self.shown, 1)
        chosen.addWidget(self.change)
        self.column.insertLayout(self.column.count() - 1, chosen)
        self.add(self.picker)
        self.add(self.notice)
        unfit = Column()
        to_the_left(unfit, self.fitting)
        self.column.insertLayout(self.column.count() - 1, unfit)
        self.picker.chosen.connect(self._on_picked)
        self.picker.warned.connect(self.warned)
        self.fitting.clicked.connect(self._on_change)
        self.anonymous.clicked.connect(self._on_anonymous)
        self.change.clicked.connect(self._on_change)
        self.begin()
        self.retranslate()

    @property
    def subject(self) -> UUID | None:
        """Who it is for, or None for nobody named."""
        return None if self.named is None else self.named.subject

    @property
    def is_unfit(self) -> bool:
        """Whether who it is for may not ask for what is needed."""
        return self.named is not None and bool(self._needed) and self.named.kind not in self._needed

    def fault_words(self) -> str:
        """Why who it is for may not ask for what is needed; nothing where that is not so."""
        return self.notice.text() if self.is_unfit else ""

    def show_need(self, need: str, kinds: Sequence[str]) -> None:
        """Say at once when the need is not for somebody of this kind; without kinds everybody may ask."""
        self._need, self._needed = need, tuple(kinds)
        self.picker.set_kinds([kind for kind in KINDS if kind in self._needed] or KINDS)
        self._show_parts()

    def show_dead(self, words: str) -> None:
        """Say at once that who it is for is on record as dead, and what the law allows; nothing takes it back."""
        if words != self._dead:
            self._dead = words
            self._show_parts()

    def begin(self) -> None:
        """Ask anew."""
        self.named, self.settled, self._dead = None, False, ""
        self.picker.begin()
        self._show_parts()

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.set_title(_("Who is it for"))
        self.anonymous.set_text(_("Without a name"))
        self.change.set_text(_("Somebody else"))
        self._show_parts()

    def focus_first(self) -> None:
        """Bring the keyboard to the search, or to the button that leads there from somebody who may not ask."""
        if self.is_unfit:
            self.fitting.setFocus(Qt.FocusReason.TabFocusReason)
        else:
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
        self.change.setVisible(self.settled and not self.is_unfit)
        self.fitting.setVisible(self.is_unfit)
        if self.named is not None and self.is_unfit:
            self._say_unfit(self.named)
        elif self.settled and self._dead:
            self.notice.say("warning", self._dead)
        else:
            self.notice.clear()
        self.picker.setVisible(not self.settled)

    def _say_unfit(self, named: Named) -> None:
        needed = _(" or ").join(kind_words(kind) for kind in self._needed)
        said = _("“{need}” cannot be asked for by {name} ({kind}).")
        what = said.format(need=self._need, name=name_words(named), kind=kind_words(named.kind))
        self.notice.say("problem", what, _("It takes: {kinds}.").format(kinds=needed))
        self.fitting.set_text(_("Choose another applicant"))

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
