"""Rows that come a page at a time: the next page is asked for once, when the last row comes into sight."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Signal

NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class PagedRows(QAbstractTableModel):
    """A table of rows that is read on; whoever hears `more_wanted` asks for the next page."""

    more_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Any] = []
        self.after: Any = None
        """The place after which the list goes on, or None at its end."""
        self._asked_for_more = False

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self.rows)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether there are more rows than are shown, and nobody has asked for them yet."""
        return self.after is not None and not self._asked_for_more and not parent.isValid()

    def fetchMore(self, _parent: Index) -> None:
        """Ask for the next ones, once."""
        self._asked_for_more = True
        self.more_wanted.emit()
