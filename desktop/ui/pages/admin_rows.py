"""Rows of words for a table: what the administrator's pages list."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.ui.widgets.status_mark import Status
from desktop.ui.widgets.table import STATUS_ROLE

_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class WordRows(QAbstractTableModel):
    """Things as rows: each with its key, its words by column, and a status before one of them."""

    def __init__(self, columns: int, *, status_in: int | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ("",) * columns
        self._status_in = status_in
        self.keys: list[Any] = []
        self._rows: list[tuple[tuple[str, ...], Status | None]] = []

    def set_names(self, *names: str) -> None:
        """Name the columns."""
        self._names = names
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(names) - 1)

    def show_rows(self, rows: Sequence[tuple[Any, tuple[str, ...], Status | None]]) -> None:
        """Show these rows and no others: key, words, status."""
        self.beginResetModel()
        self.keys = [key for key, _words, _status in rows]
        self._rows = [(words, status) for _key, words, status in rows]
        self.endResetModel()

    def row_of(self, key: object) -> int | None:
        """The row of a key, or None."""
        return next((at for at, each in enumerate(self.keys) if each == key), None)

    def words(self) -> list[tuple[str, ...]]:
        """The words of every row."""
        return [words for words, _status in self._rows]

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self._names)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell, and the status before its word."""
        words, status = self._rows[index.row()]
        if role == STATUS_ROLE and index.column() == self._status_in:
            return status
        return words[index.column()] if role == Qt.ItemDataRole.DisplayRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The names of the columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return self._names[section]
