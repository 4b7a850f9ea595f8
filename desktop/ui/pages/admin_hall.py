"""The hall itself: its name, where it is, when it is open, and what its letters say of where to turn."""

from collections.abc import Mapping
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.identity import division_name
from desktop.ui.navigation import Seat
from desktop.ui.pages.admin_form import AdminForm, text_of
from desktop.ui.pages.admin_words import admin_refusal
from desktop.ui.pages.page import Page
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.running_text import RunningText
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.usecases.hall.hall_settings import IN_BOTH, Both, HallForm, save_hall, see_hall
from desktop.usecases.permissions import Permission
from desktop.usecases.refused import Refused
from desktop.usecases.topics import Topic
from desktop.words import _


class HallEdit(AdminForm):
    """Every text in Chinese, and where letters say it in English too, in English."""

    about: ClassVar[Mapping[str, str]] = {"name_missing": "name_zh", "unknown_division": "division"}

    def __init__(self) -> None:
        super().__init__(icon="save")
        self._headings = {"place": Heading("", 2), "turn": Heading("", 2)}
        self._add_pair("name")
        for name, hanzi in (("division", 6), ("phone", 14)):
            self.add_field(name, Field(QLineEdit(), hanzi=hanzi))
        self.add(self._headings["place"])
        self._add_pair("address")
        self._add_pair("hours")
        self.add(self._headings["turn"])
        self._add_pair("reconsideration_organ")
        self._add_pair("court")
        self.finish()
        self.fields["division"].editor.textChanged.connect(self._on_division)

    def _add_pair(self, name: str) -> None:
        self.add_pair((f"{name}_zh", f"{name}_en"), (Field(QLineEdit(), hanzi=28), Field(QLineEdit(), hanzi=28)))

    def show_hall(self, hall: HallForm) -> None:
        """Show the hall as it is."""
        self.clear_errors()
        self.set_busy(busy=False)
        told = {"name_zh": hall.name.zh, "name_en": hall.name.en, "division": hall.division or "", "phone": hall.phone}
        for name in IN_BOTH:
            both: Both = getattr(hall, name)
            told |= {f"{name}_zh": both.zh, f"{name}_en": both.en}
        for name, text in told.items():
            self.fields[name].editor.setText(text)

    def hall(self) -> HallForm:
        """The hall as it is to be."""
        texts = {name: text_of(field) for name, field in self.fields.items()}
        both = {name: Both(texts[f"{name}_zh"], texts[f"{name}_en"]) for name in IN_BOTH}
        name, division = Both(texts["name_zh"], texts["name_en"]), texts["division"].strip() or None
        return HallForm(name, division, texts["phone"], **both)

    def set_may_change(self, *, may_change: bool) -> None:
        """Let it be changed, or only read."""
        self.buttons.setVisible(may_change)
        for field in self.fields.values():
            field.editor.setReadOnly(not may_change)

    def missing(self) -> list[tuple[str, QWidget]]:
        """The hall's name has to be there."""
        return self.require("name_zh", _("Type the hall's name."))

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        super().retranslate()
        self.save.set_text(_("Save the hall"))
        self.cancel.set_text(_("Back to what is saved"))
        self._headings["place"].set_text(_("Where and when"))
        self._headings["turn"].set_text(_("Where people may turn with a complaint"))
        self.fields["division"].set_label(_("Code of the place"))
        self.fields["phone"].set_label(_("Telephone"))
        self.fields["phone"].set_help(_("Empty: letters leave it out."))
        general, posted = _("Empty: letters say it in general words."), _("Empty: letters leave it out.")
        self._label("name", _("Name"), _("It stands on every letter."))
        self._label("address", _("Address"), posted)
        self._label("hours", _("Opening hours"), posted)
        self._label("reconsideration_organ", _("Where decisions are reconsidered"), general)
        self._label("court", _("Court that hears suits"), general)
        self._on_division("")

    def _label(self, name: str, what: str, help_text: str) -> None:
        self.fields[f"{name}_zh"].set_label(_("{what}, in Chinese").format(what=what))
        self.fields[f"{name}_en"].set_label(_("{what}, in English").format(what=what))
        for language in ("zh", "en"):
            self.fields[f"{name}_{language}"].set_help(help_text)

    @Slot(str)
    def _on_division(self, _code: str) -> None:
        """Say which place a code is while it is typed."""
        known = division_name(text_of(self.fields["division"]).strip())
        self.fields["division"].set_help(known or _("Six digits of the county, such as 621124."))


class HallPage(Page):
    """Everybody who edits it sees what letters take from it; letters already given stay as they are."""

    topics = frozenset({Topic.SETTINGS})

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.saved: HallForm | None = None
        self.title, self.notice, self.lead = Heading("", 1), Notice(), RunningText("", "muted")
        self.form = HallEdit()
        body = ScrollPage(hanzi=72)
        for widget in (self.title, self.lead, self.notice, self.form):
            body.add(widget)
        body.add_stretch()
        Column(self).addWidget(body)
        self.form.given.connect(self._on_given)
        self.form.closed.connect(self._on_back)
        self.retranslate()

    def reload(self) -> None:
        """Read the hall again, unless something is half-typed."""
        self.seat.runner.read(self, see_hall, None, done=self._show, refused=self._say_no)

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.notice.clear()
        self.title.set_text(_("The hall"))
        self.lead.set_text(_("Receipts and letters take these words. What has been given stays as it was given."))

    def _show(self, hall: HallForm) -> None:
        untouched = self.saved is None or self.form.hall() == self.saved
        self.saved = hall
        self.form.set_may_change(may_change=self.seat.may(Permission.CHANGE_SETTINGS))
        if untouched:
            self.form.show_hall(hall)

    @Slot()
    def _on_given(self) -> None:
        self.notice.clear()
        self.seat.runner.write(self, save_hall, self.form.hall(), done=self._on_saved, refused=self.form.say_refused)

    def _on_saved(self, _nothing: object) -> None:
        self.saved = None
        self.form.set_busy(busy=False)
        self.notice.say_done(_("Saved. The next letters say it so."))

    @Slot()
    def _on_back(self) -> None:
        if self.saved is not None:
            self.form.show_hall(self.saved)

    def _say_no(self, refusal: Refused) -> None:
        self.notice.say_problem(admin_refusal(refusal))
