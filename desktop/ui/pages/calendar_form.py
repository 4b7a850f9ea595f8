"""Changing days of the calendar: which, to what, why; and what it would do to open requests, before it is saved."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.pages.admin_form import AdminForm, text_of
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.date_edit import DateEdit
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.key_value import KeyValue
from desktop.ui.widgets.progress import Progress
from desktop.ui.widgets.running_text import RunningText
from desktop.usecases.hall.calendar import OF_THE_HALL, OF_THE_STATE, CalendarEdit
from desktop.usecases.work.calendar_effects import Effect
from desktop.words import _, ngettext

REST, WORK, BACK = "rest", "work", "back"


class CalendarForm(AdminForm):
    """Days as they are to be; the next step shows what follows from it."""

    about: ClassVar[Mapping[str, str]] = {
        "days_reversed": "last",
        "too_many_days": "last",
        "reason_missing": "name",
        "too_long": "name",
    }

    def __init__(self) -> None:
        super().__init__(icon="eye")
        self.first, self.last = DateEdit(), DateEdit()
        self.what, self.source = Choice(), Choice()
        for name, field in (
            ("first", Field(self.first)),
            ("last", Field(self.last)),
            ("what", Field(self.what)),
            ("name", Field(QLineEdit(), hanzi=20)),
            ("source", Field(self.source)),
        ):
            self.add_field(name, field)
        self.what.chosen.connect(self._on_what)
        self.finish()
        self.cancel.hide()
        self.source.set_value(OF_THE_HALL)

    def begin(self, day: date) -> None:
        """Begin with one day; what was chosen for others stays chosen."""
        self.clear_errors()
        self.first.set_value(day)
        self.last.set_value(day)

    def command(self) -> CalendarEdit | None:
        """The edit that was typed, None while it is not whole."""
        first, last, what = self.first.value(), self.last.value(), self.what.value()
        if first is None or last is None or what is None:
            return None
        if what == BACK:
            return CalendarEdit(first, last, None)
        source = self.source.value() or OF_THE_HALL
        return CalendarEdit(first, last, what == WORK, text_of(self.fields["name"]), source)

    def missing(self) -> list[tuple[str, QWidget]]:
        """What still has to be filled in."""
        found: list[tuple[str, QWidget]] = []
        for name, editor in (("first", self.first), ("last", self.last)):
            if editor.value() is None:
                found.append(self.fault(name, _("Type a day that exists.")))
        if self.what.value() is None:
            found.append(self.fault("what", _("Say what these days are to be.")))
        elif self.what.value() != BACK:
            found += self.require("name", _("Name the holiday, or say why."))
        return found

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        super().retranslate()
        self.set_title(_("Change days"))
        self.save.set_text(_("See what follows"))
        self.fields["first"].set_label(_("First day"))
        self.fields["last"].set_label(_("Last day"))
        self.fields["what"].set_label(_("These days are"))
        what, source = self.what.value(), self.source.value()
        self.what.set_options([(REST, _("Rest days")), (WORK, _("Working days")), (BACK, _("As published again"))])
        self.what.set_value(what)
        self.fields["name"].set_label(_("Holiday or reason"))
        self.fields["source"].set_label(_("Who says so"))
        self.source.set_options(
            [(OF_THE_HALL, _("Decided by this hall")), (OF_THE_STATE, _("Notice of the State Council"))]
        )
        self.source.set_value(source)
        self._on_what("")

    @Slot(str)
    def _on_what(self, _what: str) -> None:
        named = ["name", "source"] if self.what.value() != BACK else []
        self.show_only(["first", "last", "what", *named])


class CalendarEffect(Retranslated, Card):
    """What an edit would do to open requests; saving is a second press."""

    confirmed = Signal()
    cancelled = Signal()
    stop_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._effect: Effect | None = None
        self.progress, self.what, self.rows = Progress(), RunningText(), KeyValue()
        self.after = RunningText("", "muted")
        self.confirm, self.cancel = Button("", "primary", icon="save"), Button("", "quiet", icon="x")
        self._answers = Flow(self.confirm, self.cancel)
        for widget in (self.progress, self.what, self.rows, self.after, self._answers):
            self.add(widget)
        self.confirm.clicked.connect(self.confirmed)
        self.cancel.clicked.connect(self.cancelled)
        self.progress.cancel_requested.connect(self.stop_requested)
        self.retranslate()

    def begin(self, *, saving: bool) -> None:
        """Show that requests are being counted, or written anew."""
        self._effect = None
        self.progress.set_what(_("Writing dates anew") if saving else _("Counting open requests"))
        self.progress.cancel.setVisible(not saving)
        self.progress.set_amount(0, 0)
        self._show()
        self.show()

    def show_effect(self, effect: Effect) -> None:
        """Show what was counted."""
        self._effect = effect
        self._show()
        self.confirm.setFocus()

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.set_title(_("What follows"))
        self.confirm.set_text(_("Save these days"))
        self.cancel.set_text(_("Change nothing"))
        self.after.set_text(_("Letters already given keep the dates they were given with."))
        self._show()

    def _show(self) -> None:
        effect = self._effect
        self.progress.setVisible(effect is None)
        for part in (self.what, self.after, self._answers):
            part.setVisible(effect is not None)
        self.rows.setVisible(effect is not None and bool(effect.changed))
        if effect is not None:
            self.what.set_text(effect_words(effect))
            self.rows.set_rows(effect_rows(effect))


def effect_words(effect: Effect) -> str:
    """Say how many open requests get another date."""
    said = ngettext("{n} open request gets another date.", "{n} open requests get other dates.", effect.changed)
    what = said.format(n=effect.changed) if effect.changed else _("No open request gets another date.")
    if effect.whole:
        return what
    part = _("Stopped after {looked} of {of} requests, so there may be more.")
    return f"{what}\n{part.format(looked=effect.looked, of=effect.of)}"


def effect_rows(effect: Effect) -> list[tuple[str, str]]:
    """Name how many move which way, and how far."""
    most = ngettext("{n} day", "{n} days", effect.most).format(n=effect.most)
    return [(_("Later"), str(effect.later)), (_("Earlier"), str(effect.earlier)), (_("At the most"), most)]
