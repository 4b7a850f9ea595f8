"""The departments with their work and their people, and writing a department's name as it stands on letters."""

from collections.abc import Mapping
from typing import ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop import words
from desktop.ui.pages.admin_form import AdminForm, text_of
from desktop.ui.pages.admin_rows import WordRows
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.key_value import KeyValue
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.running_text import RunningText
from desktop.ui.widgets.side_by_side import SideBySide
from desktop.ui.widgets.status_mark import Status
from desktop.ui.widgets.table import Table, Width
from desktop.ui.widgets.yes_no import YesNo
from desktop.usecases.hall.department_cards import DepartmentCard
from desktop.usecases.hall.halls import DepartmentForm
from desktop.words import _, gettext_noop, here

STATES: dict[str, tuple[str, Status]] = {
    "ready": (gettext_noop("People are here"), "done"),
    "nobody": (gettext_noop("Nobody reviews"), "overdue"),
    "no_approver": (gettext_noop("Nobody approves"), "waiting"),
    "idle": (gettext_noop("No items"), "not_needed"),
    "closed": (gettext_noop("Not served here"), "not_needed"),
}


def state_of(card: DepartmentCard) -> str:
    """How a department stands: whether its items can be decided here."""
    if not card.active:
        return "closed"
    if not card.items and not card.under_way:
        return "idle"
    if not card.reviewers:
        return "nobody"
    return "ready" if card.approvers else "no_approver"


def name_of(card: DepartmentCard) -> str:
    """A department's name in the language of the seat."""
    return (card.name_en or card.name_zh) if words.language() == "en" else card.name_zh


class DepartmentEdit(AdminForm):
    """The name in both languages, and whether the department is served here."""

    about: ClassVar[Mapping[str, str]] = {"name_missing": "zh", "too_long": "zh"}

    def __init__(self) -> None:
        super().__init__(icon="save", role="")  # two forms stand on this page
        self.card: DepartmentCard | None = None
        self.served = YesNo(may_not_know=False)
        self.add_field("zh", Field(QLineEdit(), hanzi=22))
        self.add_field("en", Field(QLineEdit(), hanzi=22))
        self.add_field("served", Field(self.served))
        self.finish()

    def begin(self, card: DepartmentCard) -> None:
        """Show the department as it is."""
        self.card = card
        self.forget()
        self.set_busy(busy=False)
        self.fields["zh"].editor.setText(card.name_zh)
        self.fields["en"].editor.setText(card.name_en)
        self.served.set_value("yes" if card.active or not card.here else "no")
        self.retranslate()

    def command(self) -> DepartmentForm | None:
        """The department as it is to be."""
        if self.card is None:
            return None
        zh, en = text_of(self.fields["zh"]), text_of(self.fields["en"])
        return DepartmentForm(self.card.code, zh, en, self.served.value() == "yes")

    def is_touched(self) -> bool:
        """Whether something was typed that is not saved."""
        card = self.card
        if card is None:
            return False
        return self.command() != DepartmentForm(card.code, card.name_zh, card.name_en, card.active or not card.here)

    def missing(self) -> list[tuple[str, QWidget]]:
        """The name has to be there."""
        return self.require("zh", _("Type the department's name."))

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        super().retranslate()
        self.save.set_text(_("Save the department"))
        self.fields["zh"].set_label(_("Name on letters, in Chinese"))
        self.fields["zh"].set_help(_("The organ that issues, in full, such as 临洮县民政局."))
        self.fields["en"].set_label(_("Name in English"))
        self.fields["served"].set_label(_("Served in this hall"))
        self.fields["served"].set_help(_("Not served: no account and no counter may belong to it."))


class Departments(Retranslated, QWidget):
    """The list, and beside it who works for the chosen department and how it is called."""

    given = Signal(object)  # a DepartmentForm

    def __init__(self) -> None:
        super().__init__()
        self.cards: tuple[DepartmentCard, ...] = ()
        self._may_change = False
        self.list = Card()
        self.model = WordRows(4, status_in=3)
        self.table = Table(widths=[Width(10, 2), Width(4), Width(4), Width(7, 1)])
        self.list.add(self.table)
        self.table.show_up_to_a_screen()
        self.beside, self.what, self.hint = Card(), KeyValue(), RunningText("", "muted")
        self.form = DepartmentEdit()
        self.beside.add(self.what)
        self.beside.add(self.hint)
        right = QWidget()
        column = Column(right, spacing=1.5)
        column.addWidget(self.beside)
        column.addWidget(self.form)
        column.addStretch(1)
        Column(self).addWidget(SideBySide(self.list, right, shares=(3, 2), least_hanzi=60))
        self.table.setModel(self.model)
        self.table.row_chosen.connect(self._on_row)
        self.form.given.connect(self._on_given)
        self.form.closed.connect(self._on_cancelled)
        self.retranslate()

    def show_cards(self, cards: tuple[DepartmentCard, ...], *, may_change: bool) -> None:
        """Show these departments; a form being filled stays as it is."""
        self.cards, self._may_change = cards, may_change
        self._show()

    def open_ones(self) -> list[tuple[str, str]]:
        """The departments a counter may belong to: code and name."""
        return [(card.code, name_of(card)) for card in self.cards if card.active]

    def chosen(self) -> DepartmentCard | None:
        """The department beside the list."""
        at = self.table.selected_row()
        return None if at is None or at >= len(self.cards) else self.cards[at]

    def close_form(self) -> None:
        """Show the chosen department as it is now."""
        self.form.card = None
        self._show()

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.list.set_title(_("Departments"))
        self.model.set_names(_("Department"), _("Items"), _("In hand"), _("State"))
        self.table.set_name(_("Departments"))
        self._show()

    def _show(self) -> None:
        chosen = self.chosen()
        rows = []
        for card in self.cards:
            word, status = STATES[state_of(card)]
            rows.append((card.code, (name_of(card), str(card.items), str(card.under_way), _(word)), status))
        self.model.show_rows(rows)
        row = None if chosen is None else self.model.row_of(chosen.code)
        if row is not None:
            self.table.selectRow(row)
        self._show_chosen()

    def _show_chosen(self) -> None:
        card = self.chosen()
        self.beside.set_title(_("No department chosen") if card is None else name_of(card))
        self.what.setVisible(card is not None)
        self.hint.set_text(_hint(card))
        self.hint.setVisible(bool(self.hint.text()))
        self.form.setVisible(card is not None and self._may_change)
        if card is None:
            return
        nobody = _("Nobody")
        self.what.set_rows(
            [
                (_("Reviewers"), here().listing(card.reviewers) or nobody),
                (_("May approve"), here().listing(card.approvers) or nobody),
            ]
        )
        shown = self.form.card
        if shown is None or shown.code != card.code or (shown != card and not self.form.is_touched()):
            self.form.begin(card)

    @Slot(int)
    def _on_row(self, _row: int) -> None:
        self._show_chosen()

    @Slot()
    def _on_given(self) -> None:
        command = self.form.command()
        if command is not None:
            self.given.emit(command)

    @Slot()
    def _on_cancelled(self) -> None:
        self.close_form()


def _hint(card: DepartmentCard | None) -> str:
    """What to do about a department as it stands."""
    if card is None:
        return _("Choose a department to see who works for it and how letters call it.")
    if not card.here:
        return _("The catalogue names it and the hall does not have it yet. Save it to take it in.")
    return {
        "nobody": _("Nobody can decide its items. Give somebody the role of a reviewer under “Accounts”."),
        "no_approver": _(
            "Extensions need approval, and nobody may give it. Tick “May approve for the department” for a reviewer."
        ),
        "idle": _("The catalogue has no item of this department."),
        "closed": _("It is not served here; its work under way goes on."),
    }.get(state_of(card), "")
