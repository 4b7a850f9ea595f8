"""The rows of the list of requests: shown anew, read on, and renewed where they stand."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Qt

from desktop.ui.pages.log_people import called
from desktop.ui.pages.request_words import next_words, status_of, status_words
from desktop.ui.widgets.paged_rows import NOWHERE, Index, PagedRows
from desktop.ui.widgets.status_mark import Status
from desktop.ui.widgets.table import STATUS_ROLE, Width
from desktop.usecases.requests.request_list import ListView, Place, RequestRow
from desktop.words import _, here, pick
from desktop.workflow.catalogue.definitions import Text

COLUMNS = (Width(8, 0, 1), Width(10, 2), Width(6, 1), Width(9.5), Width(10, 1, 2), Width(12.5, 0, 3))
"""How wide number, matter, applicant, status, next and logged are; in large text the moment of logging goes first."""


class RequestModel(PagedRows):
    """Requests as rows; more are asked for when the last one comes into sight.

    ``renew`` and ``renew_some`` change only what has changed, so that the choice and the place on the screen stay.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[RequestRow] = []
        self.after: Place | None = None
        """The place after which the list goes on, or None at its end."""
        self._at: tuple[date, ZoneInfo] | None = None
        self._matters: dict[str, Text] = {}
        self._shown: set[UUID] = set()

    def show_rows(self, view: ListView) -> None:
        """Show these rows and no others."""
        self.beginResetModel()
        self.rows, self._shown = list(view.rows), {row.id for row in view.rows}
        self._take(view)
        self.endResetModel()

    def add_rows(self, view: ListView) -> None:
        """Show these rows below the others."""
        fresh = [row for row in view.rows if row.id not in self._shown]
        self._take(view)
        self._insert(len(self.rows), fresh)

    def renew(self, view: ListView) -> None:
        """Show these rows, read again from the top; what is still there stays where it is."""
        self._take(view)
        kept = {row.id for row in view.rows}
        self._remove(lambda row: row.id not in kept)
        for at, row in enumerate(view.rows):
            if at < len(self.rows) and self.rows[at].id == row.id:
                self._replace(at, row)
            else:
                if row.id in self._shown:
                    self._remove(lambda other, row=row: other.id == row.id)  # type: ignore[misc]
                self._insert(at, [row])

    def renew_some(self, asked: frozenset[UUID], view: ListView) -> None:
        """Show again some rows that were asked for; those that no longer belong here go."""
        found = {row.id: row for row in view.rows}
        self._remove(lambda row: row.id in asked and row.id not in found)
        for at, row in enumerate(self.rows):
            if row.id in found:
                self._replace(at, found[row.id])

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Number, matter, applicant, status, what comes next, opened."""
        return 0 if parent.isValid() else 6

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell, and the status before its word."""
        row = self.rows[index.row()]
        if role == STATUS_ROLE and index.column() == 3:
            return self._status(row)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._cell(row, index.column())

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The names of the columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return header_words()[section]

    def _cell(self, row: RequestRow, column: int) -> str:
        return "" if self._at is None else cell_words(row, column, *self._at, self._matters)

    def _status(self, row: RequestRow) -> Status:
        if self._at is not None and (_is_overdue(row, self._at[0]) or _is_missed(row, self._at[0])):
            return "overdue"
        return status_of(row)

    def _take(self, view: ListView) -> None:
        self.after, self._asked_for_more, self._at = view.after, False, (view.today, view.zone)
        self._matters.update(view.matters)

    def _replace(self, at: int, row: RequestRow) -> None:
        if self.rows[at] != row:
            self.rows[at] = row
            self.dataChanged.emit(self.index(at, 0), self.index(at, self.columnCount() - 1))

    def _insert(self, at: int, rows: Sequence[RequestRow]) -> None:
        if rows:
            self.beginInsertRows(NOWHERE, at, at + len(rows) - 1)
            self.rows[at:at] = rows
            self._shown.update(row.id for row in rows)
            self.endInsertRows()

    def _remove(self, gone: Callable[[RequestRow], bool]) -> None:
        for at in reversed([at for at, row in enumerate(self.rows) if gone(row)]):
            self.beginRemoveRows(NOWHERE, at, at)
            self._shown.discard(self.rows.pop(at).id)
            self.endRemoveRows()


def header_words() -> tuple[str, ...]:
    """Name the columns."""
    return (_("Number"), _("Matter"), _("Applicant"), _("Status"), _("Next"), _("Logged"))


def cell_words(row: RequestRow, column: int, today: date, zone: ZoneInfo, matters: Mapping[str, Text]) -> str:
    """Say what stands in a cell."""
    match column:
        case 1:
            return pick(matters[row.title]) if row.title in matters else row.title
        case 3:
            if _is_missed(row, today):
                return _("Overdue, and a paper owing") if _is_overdue(row, today) else _("Promised paper owing")
            words = status_words(row.status)
            return _("{status}, overdue").format(status=words) if _is_overdue(row, today) else words
        case 4:
            return next_words(row, today)
        case 5:
            return here().date_time(row.opened_at.astimezone(zone), today)
    return row.number if column == 0 else called(row.applicant)


def rows_said(view: ListView) -> list[tuple[str, ...]]:
    """Say every cell of a page of the list, as they are exported."""
    known = view.today, view.zone, view.matters
    return [tuple(cell_words(row, column, *known) for column in range(len(COLUMNS))) for row in view.rows]


def _is_missed(row: RequestRow, today: date) -> bool:
    """Tell whether a paper was to follow, and its day is past."""
    return row.status == "open" and row.promise_due is not None and row.promise_due < today


def _is_overdue(row: RequestRow, today: date) -> bool:
    return row.status == "open" and row.next_due is not None and row.next_due < today
