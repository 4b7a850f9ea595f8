"""A row of buttons that breaks into several rows, or a column, when the text is large or the window narrow."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Slot
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from desktop.ui import theme


class FlowLayout(QLayout):
    """Puts its widgets beside each other, and goes on in the next row where the width ends.

    When every row would hold one widget only, all take the whole width, as a column of buttons does.
    """

    def __init__(self, parent: QWidget | None = None, *, spacing: float = 1, to_the_right: bool = False) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._units = spacing
        self._to_the_right = to_the_right
        self.setContentsMargins(0, 0, 0, 0)
        theme.current().changed.connect(self._on_look_changed)
        if parent is not None:
            parent.setLayout(self)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802  Qt's name
        """Put an item at the end."""
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802  Qt's name; None is past the end
        """The item at a place, or None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802  Qt's name; None is past the end
        """Take the item at a place out."""
        if not 0 <= index < len(self._items):
            return None
        item = self._items.pop(index)
        self.invalidate()
        return item

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802  Qt's name
        """It takes the width it is given."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """Its height follows from its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high it is in a width of so many pixels."""
        rows = self._rows(width)
        return sum(self._row_height(row) for row in rows) + self._gap() * max(0, len(rows) - 1)

    def sizeHint(self) -> QSize:
        """All in one row."""
        shown = self._shown()
        width = sum(item.sizeHint().width() for item in shown) + self._gap() * max(0, len(shown) - 1)
        return QSize(width, self._row_height(shown))

    def minimumSize(self) -> QSize:  # noqa: N802  Qt's name
        """As wide as its widest widget."""
        shown = self._shown()
        width = max((item.minimumSize().width() for item in shown), default=0)
        return QSize(width, self._row_height(shown))

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802  Qt's name
        """Place every widget."""
        super().setGeometry(rect)
        rows = self._rows(rect.width())
        in_column = len(rows) > 1 and all(len(row) == 1 for row in rows)
        top = rect.top()
        for row in rows:
            height = self._row_height(row)
            if in_column:
                row[0].setGeometry(QRect(rect.left(), top, rect.width(), height))
            else:
                self._place(row, QRect(rect.left(), top, rect.width(), height))
            top += height + self._gap()

    @Slot()
    def _on_look_changed(self) -> None:
        self.invalidate()

    def _place(self, row: list[QLayoutItem], rect: QRect) -> None:
        gap = self._gap()
        widths = [min(item.sizeHint().width(), rect.width()) for item in row]
        left = rect.right() + 1 - sum(widths) - gap * (len(row) - 1) if self._to_the_right else rect.left()
        for item, width in zip(row, widths, strict=True):
            item.setGeometry(QRect(QPoint(left, rect.top()), QSize(width, rect.height())))
            left += width + gap

    def _rows(self, width: int) -> list[list[QLayoutItem]]:
        rows: list[list[QLayoutItem]] = []
        used, gap = 0, self._gap()
        for item in self._shown():
            wanted = item.sizeHint().width()
            if rows and used + gap + wanted <= width:
                rows[-1].append(item)
                used += gap + wanted
            else:
                rows.append([item])
                used = wanted
        return rows

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _row_height(self, row: list[QLayoutItem]) -> int:
        return max((item.sizeHint().height() for item in row), default=0)

    def _gap(self) -> int:
        return theme.current().px(self._units)


class Flow(QWidget):
    """A row of buttons or marks that wraps; add to it with ``add``."""

    def __init__(
        self,
        *widgets: QWidget,
        spacing: float = 1,
        to_the_right: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, spacing=spacing, to_the_right=to_the_right)
        for widget in widgets:
            self.add(widget)

    def add(self, widget: QWidget) -> None:
        """Put a widget at the end of the row."""
        self._flow.addWidget(widget)
