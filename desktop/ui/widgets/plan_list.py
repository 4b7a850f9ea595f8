"""The plan as an indented list: the same vertices and lines as the picture, for screen readers and the largest size.

What is wanted stands at the left margin, and under each thing what it needs. What two things need is listed under both;
its own needs are listed once, and the second place says so.
"""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.widgets.plan_layout import PlanPicture
from desktop.ui.widgets.plan_marks import TONES, paint_mark
from desktop.ui.widgets.plan_scene import FOLD
from desktop.ui.widgets.plan_text import Breaker, Lines
from desktop.ui.widgets.plan_walk import Row, as_list
from desktop.ui.widgets.plan_words import folded_word, joined, row_sentence, row_words, status
from desktop.ui.widgets.scroll_page import reveal
from desktop.words import pgettext

_ID = Qt.ItemDataRole.UserRole
_ROW = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex


class PlanList(QTreeView):
    """A plan read backward from what is wanted."""

    why_requested = Signal(str)
    fold_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = PlanPicture()
        self._unfolded = False
        self._pressed = False
        self._later = QTimer(self, singleShot=True, interval=0)
        self._items = QStandardItemModel(self)
        self.setModel(self._items)
        self._rows = _Rows(self)
        self.setItemDelegate(self._rows)
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setExpandsOnDoubleClick(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self._later.timeout.connect(self._on_look_changed)

    # --- what others call

    def set_picture(self, picture: PlanPicture) -> None:
        """Show a plan; rows that were closed stay closed, and the keys stay on their vertex."""
        self._picture = picture
        self._fill()

    def set_unfolded(self, unfolded: bool) -> None:  # noqa: FBT001 - a setter like Qt's own
        """Show what is not needed among the rest, or fold it away."""
        if unfolded != self._unfolded:
            self._unfolded = unfolded
            self._fill()

    def focused_vertex(self) -> str | None:
        """Give the vertex the keys are on."""
        data = self.currentIndex().data(_ID)
        return data if isinstance(data, str) else None

    def focus_vertex(self, vertex: str) -> None:
        """Put the keys on the first row of a vertex and bring it into sight."""
        found = next((index for index in self._all() if index.data(_ID) == vertex), None)
        if found is not None:
            self.setCurrentIndex(found)
            self.scrollTo(found)

    def content_height(self) -> int:
        """How high all the rows that are open are together."""
        rows = sum(self.rowHeight(index) for index in self._all() if self.visualRect(index).isValid())
        return rows + self.height() - self.viewport().height()

    # --- events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask why with Enter; walk as lists are walked."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and not event.isAutoRepeat():
            self._ask(self.focused_vertex())
        else:
            super().keyPressEvent(event)
            reveal(self, self.visualRect(self.currentIndex()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click."""
        super().mousePressEvent(event)
        self._pressed = True

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the second press of a trembling hand for nothing."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask why of the row that was clicked; its arrow opens and closes it."""
        super().mouseReleaseEvent(event)
        here = event.position().toPoint()
        index = self.indexAt(here)
        pressed, self._pressed = self._pressed, False
        left = event.button() == Qt.MouseButton.LeftButton
        if pressed and left and index.isValid() and self.visualRect(index).contains(here):
            self._ask(index.data(_ID))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the rows anew for the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """Say and draw anew when the look, the size or the language changes."""
        super().changeEvent(event)
        kinds = {QEvent.Type.FontChange, QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.LanguageChange}
        if event.type() in kinds and hasattr(self, "_later"):
            self._later.start()

    # --- slots

    def _on_look_changed(self) -> None:
        self._fill()

    # --- the rest

    def _ask(self, vertex: object) -> None:
        if vertex == FOLD:
            self.fold_requested.emit()
        elif isinstance(vertex, str):
            self.why_requested.emit(vertex)

    def _all(self, parent: QModelIndex | None = None) -> list[QModelIndex]:
        """Give all rows from the top."""
        found: list[QModelIndex] = []
        for row in range(self._items.rowCount(parent or QModelIndex())):
            index = self._items.index(row, 0, parent or QModelIndex())
            found += [index, *self._all(index)]
        return found

    def _fill(self) -> None:
        here = self.focused_vertex()
        closed = {index.data(_ID) for index in self._all() if not self.isExpanded(index)}
        closed -= {index.data(_ID) for index in self._all() if not self._items.hasChildren(index)}
        self._items.clear()
        self.setAccessibleName(pgettext("plan", "Plan as a list"))
        shown = self._picture.shown(unfolded=self._unfolded)
        for row in as_list(shown):
            self._items.appendRow(_item(row))
        if self._picture.folded:
            self._items.appendRow(_fold_item(folded_word(len(self._picture.folded), unfolded=self._unfolded)))
        self._measure()
        self.expandAll()
        for index in self._all():
            if index.data(_ID) in closed:
                self.collapse(index)
        order = [index.data(_ID) for index in self._all()]
        if here is not None and here in order:
            self.focus_vertex(here)
        elif order:
            self.setCurrentIndex(self._items.index(0, 0))

    def _measure(self) -> None:
        """Measure the rows anew; a deep plan is indented less, so that its words keep half the width."""
        deep = max((_depth(index) for index in self._all()), default=0) + 1
        self.setIndentation(round(min(2.5 * theme.current().u, self.viewport().width() / 2 / deep)))
        self._rows.renew()
        self.scheduleDelayedItemsLayout()


class _Rows(QStyledItemDelegate):
    """Paints the rows: the mark of the state, the name, and under it how things stand."""

    def __init__(self, view: PlanList) -> None:
        super().__init__(view)
        self._view = view
        self.renew()

    def renew(self) -> None:
        """Forget what was measured in another font or width."""
        self._breaker = Breaker(theme.current().font())

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Give a row the height its broken lines need."""
        label, said, _rest = self._texts(index)
        u = theme.current().u
        return QSize(round(self._width(index)), round(label.h + (said.h if said else 0) + 1.4 * u))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one row."""
        look = theme.current()
        box = QRectF(option.rect)
        label, said, rest = self._texts(index)
        row = index.data(_ROW)
        node = row.node if isinstance(row, Row) else None
        tone = look.token(TONES[node.state] if node else "muted")
        x, y = box.left() + 2.4 * look.u, box.top() + 0.6 * look.u
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_HasFocus:
            self._ring(painter, box)
        if node and node.critical:
            painter.fillRect(
                QRectF(box.left() + 0.15 * look.u, y, 0.25 * look.u, box.height() - 1.2 * look.u), look.token("text")
            )
        size = 1.3 * look.u
        mark = QRectF(box.left() + 0.7 * look.u, y + (self._breaker.line - size) / 2, size, size)
        paint_mark(painter, node.state if node else "not_needed", mark, tone)
        label.paint(painter, x, y, look.token("text" if node else "accent"))
        if said:
            said.paint(painter, x, y + label.h + 0.1 * look.u, tone, (rest, look.token("muted")))
        painter.restore()

    def _ring(self, painter: QPainter, box: QRectF) -> None:
        look = theme.current()
        inset = look.ring / 2 + 0.5
        painter.setPen(QPen(look.token("focus"), look.ring))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), look.radius, look.radius)

    def _texts(self, index: _Index) -> tuple[Lines, Lines | None, int]:
        """Break the texts of a row: its name, how things stand, and where the state ends in that."""
        width = max(self._width(index) - 3.2 * theme.current().u, self._breaker.line * 2)
        row = index.data(_ROW)
        if not isinstance(row, Row):
            return self._breaker.broken(str(index.data()), width, even=False), None, 0
        label = self._breaker.broken(row.node.label, width, bold=row.node.kind == "outcome", even=False)
        state = status(row.node, " · ")
        said = self._breaker.broken(joined([state, row_words(row)], " · "), width, even=False)
        return label, said, len(state)

    def _width(self, index: _Index) -> float:
        return self._view.viewport().width() - self._view.indentation() * (1 + _depth(index))


def _depth(index: _Index) -> int:
    """Count the rows above a row."""
    depth, above = 0, index.parent()
    while above.isValid():
        depth, above = depth + 1, above.parent()
    return depth


def _item(row: Row) -> QStandardItem:
    """Make the row of a vertex and of what it needs."""
    item = QStandardItem(row.node.label)
    item.setData(row.node.id, _ID)
    item.setData(row, _ROW)
    item.setAccessibleText(row_sentence(row))
    for below in row.rows:
        item.appendRow(_item(below))
    return item


def _fold_item(text: str) -> QStandardItem:
    """Make the row that counts what is folded away."""
    item = QStandardItem(text)
    item.setData(FOLD, _ID)
    item.setAccessibleText(text)
    return item
