"""The rows of a department's work: what it is, for whom, where it stands, by when, and how long it has waited."""

from datetime import date

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.ui.pages.log_people import called
from desktop.ui.pages.request_dates import overdue_words
from desktop.ui.pages.work_case import waiting_words
from desktop.ui.widgets.table import STATUS_ROLE, Width
from desktop.usecases.work.act_words import state_words
from desktop.usecases.work.work import TaskRow, WorkList
from desktop.usecases.work.worklist import owed_of
from desktop.words import _, here, pick
from desktop.workflow.catalogue.definitions import Item
from desktop.workflow.planning.plan import Readiness
from desktop.workflow.procedure.legal_states import LegalState

COLUMNS = (Width(8, 3), Width(5, 2), Width(4.5), Width(8), Width(3.5, 0, 1))
"""How wide item, applicant, state, due and waiting are; in a narrow list the waiting goes."""
_DUE = 3
_NOT_YET_RUNNING = frozenset({LegalState.NONE, LegalState.SUBMITTED, LegalState.SUPPLEMENT})
_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class WorkModel(QAbstractTableModel):
    """Tasks as rows, the nearest date first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[TaskRow] = []
        self._list: WorkList | None = None

    def show_rows(self, work: WorkList) -> None:
        """Show these rows and no others."""
        self.beginResetModel()
        self.rows, self._list = list(work.rows), work
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """How many tasks are shown."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Item, applicant, state, due, waiting."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell, and the shape of what is overdue."""
        row, work = self.rows[index.row()], self._list
        if work is None:
            return None
        if role == STATUS_ROLE and index.column() == _DUE:
            return "overdue" if _is_overdue(row, work.today) else None
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._cells(row, work)[index.column()]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The names of the columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return (_("Item"), _("Applicant"), _("Status"), _("Due"), _("Has waited"))[section]

    def _cells(self, row: TaskRow, work: WorkList) -> tuple[str, ...]:
        item = work.catalogue.items.get(row.item)
        waited = (work.today - row.since.astimezone(work.zone).date()).days
        return (
            row.item if item is None else pick(item.name),
            row.applicant or _("{name}, {what}").format(name=called(None), what=row.number.rpartition("-")[2]),
            _stand(row, "" if item is None else item.procedure),
            _due(row, item, work.today),
            waiting_words(waited),
        )


def _stand(row: TaskRow, procedure: str) -> str:
    if row.state == LegalState.NONE and row.readiness == Readiness.OPEN:
        return _("To be passed on")
    owed = owed_of(row)
    return state_words(LegalState(row.state), procedure, check_owed=owed.check, service_owed=owed.service)


def _due(row: TaskRow, item: Item | None, today: date) -> str:
    if row.due is None:
        runs_later = item is not None and item.promised is not None and row.state in _NOT_YET_RUNNING
        return _("Counts from acceptance") if runs_later else ""
    return overdue_words(row.due, today) if _is_overdue(row, today) else here().date(row.due, today)


def _is_overdue(row: TaskRow, today: date) -> bool:
    return row.due is not None and row.due < today
