"""The list of requests: found as one types, by status, as long as the hall has kept them; Enter opens one."""

from datetime import date, datetime
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QStackedWidget

from desktop.ui.navigation import Seat
from desktop.ui.pages.page import Page
from desktop.ui.pages.request_words import next_words, status_of, status_words
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.ui.widgets.search_box import SearchBox
from desktop.ui.widgets.side_by_side import SideBySide
from desktop.ui.widgets.table import STATUS_ROLE, Table, Width
from desktop.usecases.requests import ListQuery, RequestRow
from desktop.usecases.timeline import ListView, see_list
from desktop.usecases.topics import Topic
from desktop.words import _, here

PAGE_ROWS = 50
FOUND_ROWS = 200
EVERY = "every"
STATUSES = ("open", "done", "ended", "withdrawn")
_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class RequestModel(QAbstractTableModel):
    """Requests as rows; more are asked for when the last one comes into sight."""

    more_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[RequestRow] = []
        self._at: tuple[date, ZoneInfo] | None = None
        self._more = False

    def show_rows(self, view: ListView, *, more: bool) -> None:
        """Show these rows and no others."""
        self.beginResetModel()
        self.rows, self._more, self._at = list(view.rows), more, (view.today, view.zone)
        self.endResetModel()

    def add_rows(self, rows: tuple[RequestRow, ...], *, more: bool) -> None:
        """Show these rows below the others."""
        self._more = more
        if rows:
            self.beginInsertRows(_NOWHERE, len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()

    def place(self) -> tuple[datetime, UUID] | None:
        """The place after which the list goes on."""
        return (self.rows[-1].opened_at, self.rows[-1].id) if self.rows else None

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """How many requests are shown."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Number, matter, applicant, status, what comes next, opened."""
        return 0 if parent.isValid() else 6

    def canFetchMore(self, parent: _Index) -> bool:
        """Whether there are more requests than are shown."""
        return self._more and not parent.isValid()

    def fetchMore(self, _parent: _Index) -> None:
        """Ask for the next ones, once."""
        self._more = False
        self.more_wanted.emit()

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell, and the status before its word."""
        row = self.rows[index.row()]
        if role == STATUS_ROLE and index.column() == 3:
            return status_of(row)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._cells(row)[index.column()]

    def _cells(self, row: RequestRow) -> tuple[str, ...]:
        if self._at is None:
            return ("",) * 6
        today, zone = self._at
        opened = here().date_time(row.opened_at.astimezone(zone), today)
        status = status_words(row.status)
        return row.number, row.title, row.applicant or "", status, next_words(row, today), opened

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The names of the columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return (_("Number"), _("Matter"), _("Applicant"), _("Status"), _("Next"), _("Logged"))[section]


class RequestsPage(Page):
    """Search, status, and the rows; what is chosen stays chosen when the list is read again."""

    topics = frozenset({Topic.REQUESTS})

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._asked = 0
        self._title = Heading("", 1)
        self.search = Field(SearchBox(), hanzi=24)
        self.status = Field(Choice(shown_at_most=0), hanzi=12)
        self.model = RequestModel(self)
        self.table = Table(widths=[Width(8), Width(10, 2), Width(6, 1), Width(6), Width(10, 1), Width(9)])
        self.empty = EmptyState("inbox")
        self._no_rows = ScrollPage(margins=0)
        self._no_rows.add(self.empty)
        self.stack = QStackedWidget()
        self._arrange()
        self.table.setModel(self.model)
        self.search.editor.searched.connect(self._on_asked)
        self.status.editor.chosen.connect(self._on_asked)
        self.table.row_opened.connect(self._on_opened)
        self.model.more_wanted.connect(self._on_more_wanted)
        self.retranslate()
        self.status.editor.set_value(EVERY)

    def open(self, argument: object) -> None:
        """Look for the words that are given."""
        if isinstance(argument, str):
            self.search.editor.setText(argument)
            self.reload()

    def reload(self) -> None:
        """Read the list from its top; an answer to an older question is not shown."""
        self._asked += 1
        self.seat.runner.read(self, see_list, self._query(), done=partial(self._show, self._asked))

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self._title.set_text(_("Requests"))
        self.search.set_label(_("Find a request"))
        self.search.set_help(_("Number, name, phone, matter, or the person's own words."))
        self.search.editor.set_name(_("Find a request"))
        self.status.set_label(_("Status"))
        chosen = self.status.editor.value()
        options = [(EVERY, _("Every status")), *((status, status_words(status)) for status in STATUSES)]
        self.status.editor.set_options(options)
        self.status.editor.set_value(chosen)
        self.table.set_name(_("Requests"))
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 5)
        self._say_empty()

    def _query(self, before: tuple[datetime, UUID] | None = None) -> ListQuery:
        words, status = self.search.editor.text().strip(), self.status.editor.value()
        statuses = () if status in (None, EVERY) else (str(status),)
        return ListQuery(words, statuses, before, FOUND_ROWS if words else PAGE_ROWS)

    def _show(self, asked: int, view: ListView) -> None:
        if asked != self._asked:
            return
        chosen, rows = self._chosen(), view.rows
        self.model.show_rows(view, more=self._goes_on(rows))
        self._say_empty()
        self.stack.setCurrentWidget(self.table if rows else self._no_rows)
        if chosen is not None:
            self._choose(chosen)

    def _show_more(self, asked: int, view: ListView) -> None:
        if asked == self._asked:
            self.model.add_rows(view.rows, more=self._goes_on(view.rows))

    def _goes_on(self, rows: tuple[RequestRow, ...]) -> bool:
        """Whether another page may follow; what words have found is shown at once."""
        return not self.search.editor.text().strip() and len(rows) == PAGE_ROWS

    def _chosen(self) -> UUID | None:
        row = self.table.selected_row()
        return None if row is None or row >= len(self.model.rows) else self.model.rows[row].id

    def _choose(self, request: UUID) -> None:
        for at, row in enumerate(self.model.rows):
            if row.id == request:
                self.table.selectRow(at)

    def _say_empty(self) -> None:
        looking = bool(self.search.editor.text().strip()) or self.status.editor.value() not in (None, EVERY)
        if looking:
            self.empty.set_texts(_("Nothing is found"), _("Try fewer words or another status."))
        else:
            self.empty.set_texts(_("No request yet"), _("What is logged at a counter appears here."))

    @Slot()
    @Slot(str)
    def _on_asked(self, _what: str = "") -> None:
        self.reload()

    @Slot(int)
    def _on_opened(self, row: int) -> None:
        self.seat.go("request", self.model.rows[row].id)

    @Slot()
    def _on_more_wanted(self) -> None:
        before = self.model.place()
        self.seat.runner.read(self, see_list, self._query(before), done=partial(self._show_more, self._asked))

    def _arrange(self) -> None:
        column = Column(self, spacing=1.5, margins=2)
        column.addWidget(self._title)
        column.addWidget(SideBySide(self.search, self.status, shares=(2, 1), least_hanzi=36))
        self.stack.addWidget(self.table)
        self.stack.addWidget(self._no_rows)
        column.addWidget(self.stack, 1)
