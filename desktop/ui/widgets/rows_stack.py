"""The place of a list: its table, or what is said where it has no rows."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.ui.widgets.plan_explained import QWIDGETSIZE_MAX
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.ui.widgets.table import Table


class RowsStack(QStackedWidget):
    """``set_room`` says how high the place may be; ``tight``, where something follows below, it ends with its rows."""

    def __init__(self, table: Table, empty: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table, self._empty = table, empty
        self._least, self._most, self._tight = 0, QWIDGETSIZE_MAX, False
        self.addWidget(table)
        self.addWidget(empty)
        table.fitted.connect(self._fit)
        self.currentChanged.connect(self._fit)

    def show_rows(self, *, has_rows: bool) -> None:
        """Show the table, or what is said in its place."""
        self.setCurrentWidget(self._table if has_rows else self._empty)

    def set_room(self, most: int, *, least: int = 0, tight: bool) -> None:
        """Be as high as the rows and at most so many pixels, or as high as there is room and at least so many."""
        self._least, self._most, self._tight = least, most, tight
        self._fit()

    @Slot()
    def _fit(self) -> None:
        if not self._tight:
            self.setMinimumHeight(self._least)
            self.setMaximumHeight(QWIDGETSIZE_MAX)
            return
        shown = self._table.content_height() if self.currentWidget() is self._table else self._said_height()
        if shown and self.minimumHeight() != min(shown, self._most):
            self.setFixedHeight(min(shown, self._most))

    def _said_height(self) -> int:
        said = self._empty
        if isinstance(said, ScrollPage):
            return said.height_for(self.width())
        return said.heightForWidth(self.width()) if said.hasHeightForWidth() else said.sizeHint().height()
