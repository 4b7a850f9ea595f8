"""The picture of a plan on the screen: painted, walked by keys, zoomed, and read by screen readers.

It is an item view whose items are the vertices, so that each vertex is a thing of its own to assistive tools, with its
sentence, its place and its focus; only where it stands and how it looks is ours.
"""

from html import escape

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QStandardItem,
    QStandardItemModel,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QListView, QWidget

from desktop.ui import theme
from desktop.ui.widgets.plan_layout import PlanPicture
from desktop.ui.widgets.plan_scene import FOLD, Emphasis, Scene
from desktop.ui.widgets.plan_shapes import Shapes
from desktop.ui.widgets.plan_walk import Direction, first_to_do, step
from desktop.ui.widgets.plan_words import folded_word, relations, sentence
from desktop.words import pgettext

_ID = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex
_Move = QAbstractItemView.CursorAction
_STEPS: dict[_Move, Direction] = {
    _Move.MoveLeft: "left",
    _Move.MoveRight: "right",
    _Move.MoveUp: "up",
    _Move.MoveDown: "down",
}
_ZOOM_STEP = 1.2
_LEAST, _MOST, _SMALLEST_FIT = 0.3, 3.0, 0.5
_CHANGE_SHOWN_MS = 8000


class PlanCanvas(QListView):
    """A plan as a picture: left what the person has, right what they want."""

    why_requested = Signal(str)
    fold_requested = Signal()
    zoomed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = PlanPicture()
        self._unfolded = False
        self._scene: Scene | None = None
        self._scale = 1.0
        self._fitted = True
        self._asked: str | None = None
        self._pointed: str | None = None
        self._changed: frozenset[str] = frozenset()
        self._came: tuple[str, str] = ("", "")
        self._shapes: Shapes | None = None
        self._grip: QPoint | None = None
        self._dragged = False
        self._calm = QTimer(self, singleShot=True, interval=_CHANGE_SHOWN_MS)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._items = QStandardItemModel(self)
        self.setModel(self._items)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setMouseTracking(True)
        self._calm.timeout.connect(self._on_calmed)
        self._later.timeout.connect(self._on_look_changed)

    # --- what others call

    def set_picture(self, picture: PlanPicture) -> None:
        """Show a plan; what is new or different in it is marked quietly for a while."""
        self._changed = picture.changed_since(self._picture) if self._picture.nodes else frozenset()
        self._picture = picture
        self._lay_out(steady=True)
        if self._changed:
            self._calm.start()

    def set_unfolded(self, unfolded: bool) -> None:  # noqa: FBT001 - a setter like Qt's own
        """Show what is not needed among the rest, or fold it away."""
        if unfolded != self._unfolded:
            self._unfolded = unfolded
            self._lay_out(steady=False)

    @property
    def scene(self) -> Scene:
        """The picture as it is laid out now."""
        if self._scene is None:
            self._lay_out(steady=True)
        assert self._scene is not None  # noqa: S101 - _lay_out has just made it
        return self._scene

    @property
    def zoom(self) -> float:
        """How large the picture is; 1 is the size of the program's text."""
        return self._scale

    def fit_zoom(self, width: float | None = None) -> float:
        """Say how large the whole width of the picture is in this window, or would be in one so wide."""
        if width is None:
            return min(1.0, self._room() / max(1.0, self.scene.width))
        return min(1.0, (width - self.verticalScrollBar().sizeHint().width()) / max(1.0, self.scene.narrowest))

    def focused_vertex(self) -> str | None:
        """Give the vertex the keys are on."""
        return self._vertex(self.currentIndex())

    def focus_vertex(self, vertex: str) -> None:
        """Put the keys on a vertex and bring it into sight."""
        index = self._index(vertex)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.scrollTo(index)

    def zoom_in(self) -> None:
        """Make the picture larger."""
        self._zoom_to(self._scale * _ZOOM_STEP)

    def zoom_out(self) -> None:
        """Make the picture smaller."""
        self._zoom_to(self._scale / _ZOOM_STEP)

    def fit_width(self) -> None:
        """Make the whole width of the picture visible, now and when the window changes."""
        self._fitted = True
        self._lay_out(steady=False)

    def fit_all(self) -> None:
        """Make the whole picture visible."""
        self._zoom_to(min(self.fit_zoom(), self.viewport().height() / max(1.0, self.scene.height)))

    # --- what an item view asks of us

    def visualRect(self, index: _Index) -> QRect:  # noqa: N802 - Qt's name
        """Give the place of a vertex in the window."""
        vertex = self._vertex(index)
        if vertex is None or self._scene is None or vertex not in self._scene.boxes:
            return QRect()
        box = self._scene.boxes[vertex]
        corner = self._origin() + box.topLeft() * self._scale
        return QRectF(corner, box.size() * self._scale).toAlignedRect()

    def indexAt(self, point: QPoint) -> QModelIndex:  # noqa: N802 - Qt's name
        """Give the vertex at a point of the window."""
        vertex = self.scene.at((QPointF(point) - self._origin()) / self._scale)
        return self._index(vertex) if vertex else QModelIndex()

    def scrollTo(  # noqa: N802 - Qt's name
        self, index: _Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a vertex into sight."""
        del hint  # every way of scrolling brings the vertex into sight with as little movement as possible
        box, seen, edge = self.visualRect(index), self.viewport().rect(), round(theme.current().u * 2)
        for bar, low, high, end in (
            (self.horizontalScrollBar(), box.left(), box.right(), seen.right()),
            (self.verticalScrollBar(), box.top(), box.bottom(), seen.bottom()),
        ):
            past = max(0, high + edge - end)
            bar.setValue(bar.value() + past + min(0, low - past - edge))

    def moveCursor(self, action: _Move, _modifiers: Qt.KeyboardModifier) -> QModelIndex:  # noqa: N802 - Qt's name
        """Give the vertex a key leads to."""
        here = self.focused_vertex()
        order = self.scene.order
        if here is None or not order:
            return self._index(first_to_do(self._picture, order) or "")
        if action in {_Move.MoveHome, _Move.MoveEnd}:
            return self._index(order[0] if action == _Move.MoveHome else order[-1])
        if action in {_Move.MoveNext, _Move.MovePrevious}:
            place = order.index(here) + (1 if action == _Move.MoveNext else -1)
            return self._index(order[min(max(place, 0), len(order) - 1)])
        direction = _STEPS.get(action)
        return self._index(self._step(here, direction) if direction else here)

    def horizontalOffset(self) -> int:  # noqa: N802 - Qt's name
        """Say how far the picture is moved to the left."""
        return self.horizontalScrollBar().value()

    def verticalOffset(self) -> int:  # noqa: N802 - Qt's name
        """Say how far the picture is moved up."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, _index: _Index) -> bool:  # noqa: N802 - Qt's name
        """No vertex that is in the picture is hidden."""
        return False

    def setSelection(self, _rect: QRect, _flags: QItemSelectionModel.SelectionFlag) -> None:  # noqa: N802 - Qt's name
        """Nothing is selected by dragging: dragging moves the picture."""

    def visualRegionForSelection(self, _selection: object) -> QRegion:  # noqa: N802 - Qt's name
        """Nothing is selected."""
        return QRegion()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:  # noqa: N802 - Qt's name
        """Paint anew where the picture was moved to."""
        self.viewport().update()

    def updateGeometries(self) -> None:  # noqa: N802 - Qt's name
        """Tell the scroll bars how large the picture is."""
        if self._scene is None:
            return
        for bar, length, seen in (
            (self.horizontalScrollBar(), self._scene.width, self.viewport().width()),
            (self.verticalScrollBar(), self._scene.height, self.viewport().height()),
        ):
            bar.setRange(0, max(0, round(length * self._scale) - seen))
            bar.setPageStep(seen)
            bar.setSingleStep(round(theme.current().u * 4))

    # --- events

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the part of the picture that is in the window."""
        if self._later.isActive():
            self._later.stop()
            self._on_look_changed()
        scene = self.scene
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), scene.shapes.colour("page"))
        painter.translate(self._origin())
        painter.scale(self._scale, self._scale)
        seen = painter.transform().inverted()[0].mapRect(QRectF(event.rect()))
        focused = self.focused_vertex() if self.hasFocus() else None
        scene.paint(painter, seen, Emphasis(focused, self._asked, self._pointed, self._changed))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the picture into the new width."""
        super().resizeEvent(event)
        if self._fitted and event.size().width() != event.oldSize().width():
            self._lay_out(steady=False)
        self.updateGeometries()

    def changeEvent(self, event: QEvent) -> None:
        """Draw anew when the look, the size or the language changes."""
        super().changeEvent(event)
        kinds = {QEvent.Type.FontChange, QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.LanguageChange}
        if event.type() in kinds and hasattr(self, "_later"):
            self._later.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, ask why, and zoom by keys."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        zooms = {
            Qt.Key.Key_Plus: self.zoom_in,
            Qt.Key.Key_Equal: self.zoom_in,
            Qt.Key.Key_Minus: self.zoom_out,
            Qt.Key.Key_0: self.fit_width,
            Qt.Key.Key_9: self.fit_all,
        }
        key = Qt.Key(event.key())
        if control and key in zooms:
            zooms[key]()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and not event.isAutoRepeat():
            self._ask(self.focused_vertex())
        else:
            super().keyPressEvent(event)
            self.scrollTo(self.currentIndex())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with the control key held, else move the picture."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom_to(self._scale * _ZOOM_STEP ** (event.angleDelta().y() / 120), event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the picture."""
        self._grip, self._dragged = event.position().toPoint(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the picture that is held; else show the lines of the vertex under the pointer."""
        here = event.position().toPoint()
        if self._grip is None:
            self._point_at(self._vertex(self.indexAt(here)))
            return
        moved = here - self._grip
        if self._dragged or moved.manhattanLength() >= QApplication.startDragDistance():
            self._dragged, self._grip = True, here
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            self._move_by(-moved)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask why of the vertex that was clicked."""
        held, self._grip = self._grip, None
        self.viewport().unsetCursor()
        if held is None or self._dragged or event.button() != Qt.MouseButton.LeftButton:
            return
        vertex = self._vertex(self.indexAt(event.position().toPoint()))
        if vertex:
            self.focus_vertex(vertex)
            self._ask(vertex)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the second press of a trembling hand for nothing."""
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Let go of the vertex under the pointer."""
        super().leaveEvent(event)
        self._point_at(None)

    def currentChanged(self, current: _Index, previous: _Index) -> None:  # noqa: N802 - Qt's name
        """Say in words which vertex has the keys."""
        super().currentChanged(current, previous)
        self.setAccessibleDescription(str(current.data(Qt.ItemDataRole.AccessibleTextRole) or ""))
        self.viewport().update()

    # --- slots

    def _on_calmed(self) -> None:
        self._changed = frozenset()
        self.viewport().update()

    def _on_look_changed(self) -> None:
        self._shapes = None
        self._lay_out(steady=False)

    # --- the rest

    def _lay_out(self, *, steady: bool) -> None:
        """Lay the plan out for this window; the keys stay where they were, and that vertex where it was in sight."""
        here, stood = self.focused_vertex(), self.visualRect(self.currentIndex()).topLeft()
        self._shapes = self._shapes or Shapes(theme.current())
        before, room = self._scene, self._room()
        self._scene = Scene(self._shapes, self._picture, room, before, unfolded=self._unfolded, steady=steady)
        if self._fitted:
            self._scale = max(_SMALLEST_FIT, self.fit_zoom())
        self.setAccessibleName(pgettext("plan", "Plan"))
        self._fill()
        self.updateGeometries()
        order = self._scene.order
        start = here if here in order else first_to_do(self._picture, order)
        if start:
            self.selectionModel().setCurrentIndex(self._index(start), QItemSelectionModel.SelectionFlag.NoUpdate)
        if steady and start == here:
            self._move_by(self.visualRect(self.currentIndex()).topLeft() - stood)
        self.viewport().update()
        self.zoomed.emit()

    def _fill(self) -> None:
        """Give assistive tools and tool tips the vertices in reading order."""
        order = self.scene.order
        same = [self._vertex(self._items.index(row, 0)) for row in range(self._items.rowCount())] == order
        if not same:
            self._items.clear()
            self._items.appendColumn([QStandardItem() for _vertex in order])
        nodes = {node.id: node for node in self.scene.picture.nodes}
        for row, vertex in enumerate(order):
            said, about = folded_word(len(self._picture.folded), unfolded=self._unfolded), ""
            if vertex != FOLD:
                said, about = sentence(nodes[vertex]), relations(nodes[vertex], self.scene.picture)
            item = self._items.item(row)
            item.setData(vertex, _ID)
            item.setText(nodes[vertex].label if vertex != FOLD else said)
            item.setAccessibleText(said)
            item.setAccessibleDescription(about)
            item.setToolTip("<qt>" + "<br>".join(escape(part) for part in (said, about) if part) + "</qt>")

    def _vertex(self, index: _Index) -> str | None:
        data = index.data(_ID)
        return data if isinstance(data, str) else None

    def _index(self, vertex: str) -> QModelIndex:
        order = self.scene.order
        return self._items.index(order.index(vertex), 0) if vertex in order else QModelIndex()

    def _step(self, here: str, direction: Direction) -> str:
        """Give the vertex one step away; going back leads where one came from."""
        scene = self.scene
        columns = [layer for layer in scene.layout.layers if layer]
        if here == FOLD:
            return columns[0][-1] if direction == "up" and columns else here
        came_from = self._came[1] if self._came[0] == here else None
        reached = step(scene.layout, scene.picture.edges, here, direction, came_from)
        if reached is None and direction == "down" and FOLD in scene.boxes:
            reached = FOLD
        self._came = (reached, here) if reached else self._came
        return reached or here

    def _ask(self, vertex: str | None) -> None:
        if vertex == FOLD:
            self.fold_requested.emit()
        elif vertex:
            self._asked = vertex
            self.viewport().update()
            self.why_requested.emit(vertex)

    def _point_at(self, vertex: str | None) -> None:
        if vertex != self._pointed:
            self._pointed = vertex
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if vertex else Qt.CursorShape.ArrowCursor)
            self.viewport().update()

    def _room(self) -> float:
        """The width for the picture, whether or not the vertical bar is shown."""
        bar = self.verticalScrollBar()
        shown = bar.width() if bar.isVisible() else 0
        return float(max(1, self.viewport().width() + shown - bar.sizeHint().width()))

    def _origin(self) -> QPointF:
        """Where the picture's corner is in the window: in the middle when there is room to spare."""
        assert self._scene is not None  # noqa: S101 - painted and asked only when laid out
        spare_x = max(0.0, self.viewport().width() - self._scene.width * self._scale) / 2
        spare_y = max(0.0, self.viewport().height() - self._scene.height * self._scale) / 2
        return QPointF(spare_x - self.horizontalOffset(), spare_y - self.verticalOffset())

    def _zoom_to(self, scale: float, around: QPointF | None = None) -> None:
        """Zoom, keeping the point `around` (the middle of the window by default) where it is."""
        point = around or QPointF(self.viewport().rect().center())
        held = (point - self._origin()) / self._scale
        self._scale, self._fitted = min(max(scale, _LEAST), _MOST), False
        self.updateGeometries()
        moved = self._origin() + held * self._scale - point
        self._move_by(moved.toPoint())
        self.viewport().update()
        self.zoomed.emit()

    def _move_by(self, way: QPoint) -> None:
        """Move the window over the picture."""
        self.horizontalScrollBar().setValue(self.horizontalOffset() + way.x())
        self.verticalScrollBar().setValue(self.verticalOffset() + way.y())
