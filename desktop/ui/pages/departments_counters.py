"""The counters people come to: opened, named, given to a department, closed and opened again; none is deleted."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.pages.admin_form import AdminForm, text_of
from desktop.ui.pages.admin_rows import WordRows
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.side_by_side import SideBySide
from desktop.ui.widgets.table import Table, Width
from desktop.ui.widgets.yes_no import YesNo
from desktop.usecases.hall.halls import CounterForm, CounterRow
from desktop.words import _

INTEGRATED = "-"


class CounterEdit(AdminForm):
    """A counter as it is to be; the code is given once and never changed."""

    about: ClassVar[Mapping[str, str]] = {
        "code_missing": "code",
        "name_missing": "name",
        "unknown_department": "department",
        "counter_in_use": "open",
    }

    def __init__(self) -> None:
        super().__init__(icon="save", role="")  # two forms stand on this page
        self.counter: CounterRow | None = None
        self.department, self.open_now = Choice(shown_at_most=0), YesNo(may_not_know=False)
        self.add_field("code", Field(QLineEdit(), hanzi=6))
        self.add_field("name", Field(QLineEdit(), hanzi=20))
        self.add_field("department", Field(self.department))
        self.add_field("open", Field(self.open_now))
        self.finish()

    def offer_departments(self, departments: Sequence[tuple[str, str]]) -> None:
        """Offer these departments, and none of them."""
        self.department.set_options([(INTEGRATED, _("All of them (integrated)")), *departments])

    def begin(self, counter: CounterRow | None) -> None:
        """Show a counter as it is, or an empty form for a new one."""
        self.counter = counter
        self.forget()
        self.set_busy(busy=False)
        self.fields["code"].editor.setText("" if counter is None else counter.code)
        self.fields["name"].editor.setText("" if counter is None else counter.name)
        self.department.set_value(INTEGRATED if counter is None else counter.department or INTEGRATED)
        self.open_now.set_value("yes" if counter is None or counter.active else "no")
        self.show_only(["code", "name", "department"] if counter is None else ["name", "department", "open"])
        self.retranslate()

    def command(self) -> CounterForm:
        """The counter as it is to be."""
        code = text_of(self.fields["code"]) if self.counter is None else self.counter.code
        chosen = self.department.value()
        department = None if chosen in (None, INTEGRATED) else chosen
        return CounterForm(code, text_of(self.fields["name"]), department, self.open_now.value() == "yes")

    def is_touched(self) -> bool:
        """Whether something was typed that is not saved."""
        row = self.counter
        return row is not None and self.command() != CounterForm(row.code, row.name, row.department, row.active)

    def missing(self) -> list[tuple[str, QWidget]]:
        """Code and name have to be there."""
        code = self.require("code", _("Type a code, such as A05.")) if self.counter is None else []
        return [*code, *self.require("name", _("Type the counter's name."))]

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        super().retranslate()
        self.set_title(_("A new counter") if self.counter is None else self.counter.code)
        self.save.set_text(_("Open the counter") if self.counter is None else _("Save the counter"))
        self.fields["code"].set_label(_("Code"))
        self.fields["code"].set_help(_("It stands on tickets and letters and is never changed."))
        self.fields["name"].set_label(_("Name of the counter"))
        self.fields["department"].set_label(_("Serves"))
        self.fields["open"].set_label(_("In use"))
        self.fields["open"].set_help(_("Nobody can sign in at a counter that is not in use."))


class Counters(Retranslated, QWidget):
    """The list, and the form of the chosen counter beside it."""

    given = Signal(object)  # a CounterForm

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[CounterRow, ...] = ()
        self._departments: dict[str, str] = {}
        self._may_change = False
        self._adding = False
        self.list = Card()
        self.add_button = Button("", icon="plus")
        self.model = WordRows(4, status_in=3)
        self.table = Table(widths=[Width(4), Width(8, 2), Width(7, 2), Width(5, 1)])
        self.empty = EmptyState("store")
        self.form = CounterEdit()
        self._arrange()
        self.table.setModel(self.model)
        self.table.row_chosen.connect(self._on_row)
        self.add_button.clicked.connect(self._on_add)
        self.form.given.connect(self._on_given)
        self.form.closed.connect(self._on_cancelled)
        self.form.hide()
        self.retranslate()

    def offer_departments(self, departments: Sequence[tuple[str, str]]) -> None:
        """Know these departments by their names."""
        self._departments = dict(departments)
        self.form.offer_departments(departments)
        self._show()

    def show_rows(self, rows: tuple[CounterRow, ...], *, may_change: bool) -> None:
        """Show these counters; a form being filled stays as it is."""
        self.rows, self._may_change = rows, may_change
        self._show()

    def chosen(self) -> CounterRow | None:
        """The counter beside the list."""
        at = self.table.selected_row()
        return None if at is None or at >= len(self.rows) else self.rows[at]

    def close_form(self) -> None:
        """Show the chosen counter as it is now."""
        self.form.counter, self._adding = None, False
        self._show()

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.list.set_title(_("Counters"))
        self.add_button.set_text(_("A new counter"))
        self.model.set_names(_("Code"), _("Name of the counter"), _("Serves"), _("State"))
        self.table.set_name(_("Counters"))
        self.empty.set_texts(_("No counter yet"), _("Open the first one; whoever signs in chooses it."))
        self.form.offer_departments(list(self._departments.items()))
        self._show()

    def _show(self) -> None:
        chosen = self.chosen()
        self.model.show_rows(
            [(row.code, self._cells(row), "done" if row.active else "not_needed") for row in self.rows]
        )
        self.table.setVisible(bool(self.rows))
        self.empty.setVisible(not self.rows)
        at = None if chosen is None else self.model.row_of(chosen.code)
        if at is not None:
            self.table.selectRow(at)
        self.add_button.setVisible(self._may_change)
        self._show_form()

    def _show_form(self) -> None:
        row = None if self._adding else self.chosen()
        shown = self._may_change and (self._adding or row is not None)
        self.form.setVisible(shown)
        known = self.form.counter
        if not shown or row is None:
            return
        if known is None or known.code != row.code or (known != row and not self.form.is_touched()):
            self.form.begin(row)

    def _cells(self, row: CounterRow) -> tuple[str, ...]:
        serves = self._departments.get(row.department, row.department) if row.department else _("All of them")
        return row.code, row.name, serves, _("In use") if row.active else _("Not in use")

    @Slot(int)
    def _on_row(self, _row: int) -> None:
        self._adding = False
        self._show_form()

    def _on_add(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self._adding = True
        self.table.clearSelection()
        self.form.begin(None)
        self.form.show()
        self.form.fields["code"].focus()

    @Slot()
    def _on_given(self) -> None:
        self.given.emit(self.form.command())

    @Slot()
    def _on_cancelled(self) -> None:
        self.close_form()

    def _arrange(self) -> None:
        self.list.add(self.table)
        self.list.add(self.empty)
        self.table.show_up_to_a_screen()
        self.list.add(Flow(self.add_button))
        right = QWidget()
        column = Column(right)
        column.addWidget(self.form)
        column.addStretch(1)
        Column(self).addWidget(SideBySide(self.list, right, shares=(3, 2), least_hanzi=60))
