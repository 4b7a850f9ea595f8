"""Who is signed in where, and ending a session that somebody forgot."""

from PySide6.QtCore import Signal, Slot

from desktop.ui.pages.admin_rows import WordRows
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.running_text import RunningText
from desktop.ui.widgets.table import Table, Width
from desktop.usecases.hall.stays import Stay
from desktop.words import _, here, pgettext


class Stays(Retranslated, Card):
    """One row for each session; the own one is ended by signing out."""

    end_requested = Signal(object)  # a Stay

    def __init__(self) -> None:
        super().__init__()
        self._stays: tuple[Stay, ...] = ()
        self._may_end = False
        self.lead = RunningText("", "muted")
        self.model = WordRows(3)
        self.table = Table(widths=[Width(8, 2), Width(8, 2), Width(9, 1)])
        self.end = Button("", icon="log-out")
        self.add(self.lead)
        self.add(self.table)
        self.table.show_up_to_a_screen()
        self.add(Flow(self.end))
        self.table.setModel(self.model)
        self.table.row_chosen.connect(self._on_row)
        self.end.clicked.connect(self._on_end)
        self.retranslate()

    def show_stays(self, stays: tuple[Stay, ...], *, may_end: bool) -> None:
        """Show everybody signed in now."""
        self._stays, self._may_end = stays, may_end
        self._show()

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.set_title(_("Signed in now"))
        self.lead.set_text(_("When somebody forgot to sign out, end the session here; that seat can do nothing more."))
        self.model.set_names(pgettext("person", "Name"), _("Counter"), _("Since"))
        self.table.set_name(_("Signed in now"))
        self.end.set_text(_("End this session"))
        self._show()

    def _show(self) -> None:
        chosen = self._chosen()
        self.model.show_rows([(each.id, self._cells(each), None) for each in self._stays])
        row = None if chosen is None else self.model.row_of(chosen.id)
        if row is not None:
            self.table.selectRow(row)
        self.end.setVisible(self._may_end)
        self._on_row(-1)

    def _cells(self, stay: Stay) -> tuple[str, ...]:
        name = _("{name} (you)").format(name=stay.name) if stay.own else stay.name
        return name, stay.counter or _("No counter"), here().date_time(stay.began)

    def _chosen(self) -> Stay | None:
        at = self.table.selected_row()
        return None if at is None or at >= len(self._stays) else self._stays[at]

    @Slot(int)
    def _on_row(self, _row: int) -> None:
        chosen = self._chosen()
        self.end.setEnabled(chosen is not None and not chosen.own)

    def _on_end(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        chosen = self._chosen()
        if chosen is not None and not chosen.own:
            self.end_requested.emit(chosen)
