"""The picture of a plan on the screen: painted, walked by keys, asked why, and kept up to date."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from desktop.ui import theme
from desktop.ui.widgets.plan_items import Index, vertex_of
from desktop.ui.widgets.plan_layout import PlanPicture
from desktop.ui.widgets.plan_scene import FOLD, Emphasis, Scene
from desktop.ui.widgets.plan_shapes import Shapes
from desktop.ui.widgets.plan_surface import ZOOM_STEP, PlanSurface
from desktop.ui.widgets.plan_walk import Direction, first_to_do, step
from desktop.ui.widgets.plan_words import folded_word
from desktop.ui.widgets.scroll_page import reveal
from desktop.words import language, pgettext

_Move = QAbstractItemView.CursorAction
_STEPS: dict[_Move, Direction] = {
    _Move.MoveLeft: "left",
    _Move.MoveRight: "right",
    _Move.MoveUp: "up",
    _Move.MoveDown: "down",
}
_CHANGE_SHOWN_MS = 8000


class PlanCanvas(PlanSurface):
    """A plan as a picture: left what the person has, right what they want."""

    why_requested = Signal(str)
    fold_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = PlanPicture()
        self._language = language()
        self._unfolded = False
        self._asked: str | None = None
        self._pointed: str | None = None
        self._changed: frozenset[str] = frozenset()
        self._trail: list[str] = []
        self._shapes: Shapes | None = None
        self._grip: QPoint | None = None
        self._dragged = False
        self._calm = QTimer(self, singleShot=True, interval=_CHANGE_SHOWN_MS)
        self._later = QTimer(self, singleShot=True, interval=0)
        self.setMouseTracking(True)
        self.setAutoScroll(False)  # only keys bring a vertex into sight; a plan begins at its top
        self._calm.timeout.connect(self._on_calmed)
        self._later.timeout.connect(self._on_look_changed)

    # --- what others call

    def set_picture(self, picture: PlanPicture) -> None:
        """Show a plan; what is new or different in it is marked quietly for a while."""
        first, translated = not self._picture.nodes, self._language != language()
        self._language = language()
        self._changed = frozenset() if first or translated else picture.changed_since(self._picture)
        self._picture = picture
        self._lay_out(steady=True)
        if first:
            self.verticalScrollBar().setValue(0)
        if self._changed:
            self._calm.start()

    def set_unfolded(self, unfolded: bool) -> None:  # noqa: FBT001 - a setter like Qt's own
        """Show what is not needed among the rest, or fold it away."""
        if unfolded != self._unfolded:
            self._unfolded = unfolded
            self._lay_out(steady=False)

    def content_height(self) -> int:
        """How high the whole picture is in this window."""
        return round(self.scene.height * self._scale) + self.height() - self.viewport().height()

    @property
    def marked(self) -> frozenset[str]:
        """The vertices that are marked as new or changed."""
        return self._changed

    def focused_vertex(self) -> str | None:
        """Give the vertex the keys are on."""
        return vertex_of(self.currentIndex())

    def focus_vertex(self, vertex: str) -> None:
        """Put the keys on a vertex and bring it into sight."""
        self._trail.clear()
        self._put_keys_on(vertex)
        self.scrollTo(self.currentIndex())

    def fit_width(self) -> None:
        """Make the whole width of the picture visible, now and when the window changes."""
        self._fitted = True
        self._lay_out(steady=False)

    def text_areas(self) -> list[tuple[QRect, str]]:
        """Say where the words of the vertices in sight stand, each with its words."""
        found, scene, seen = [], self.scene, QRectF(self.viewport().rect())
        if not scene.shapes.legible(self._scale):
            return []
        for vertex in scene.order:
            if vertex not in scene.boxes or vertex == FOLD:
                continue
            for text, place in scene.shapes.places(scene.art(vertex), scene.boxes[vertex]):
                area = QRectF(self.origin() + place * self._scale, text.size * self._scale)
                if seen.contains(area):
                    found.append((area.toAlignedRect(), text.layout.text()))
        return found

    # --- what an item view asks of us

    def moveCursor(self, action: _Move, _modifiers: Qt.KeyboardModifier) -> QModelIndex:  # noqa: N802 - Qt's name
        """Give the vertex a key leads to."""
        here = self.focused_vertex()
        order = self.scene.order
        if here is None or not order:
            return self.items.place_of(first_to_do(self._picture, order))
        if action in {_Move.MoveHome, _Move.MoveEnd}:
            return self.items.place_of(order[0] if action == _Move.MoveHome else order[-1])
        if action in {_Move.MoveNext, _Move.MovePrevious}:
            place = order.index(here) + (1 if action == _Move.MoveNext else -1)
            return self.items.place_of(order[min(max(place, 0), len(order) - 1)])
        direction = _STEPS.get(action)
        return self.items.place_of(self._step(here, direction) if direction else here)

    # --- events

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the part of the picture that is in the window."""
        if self._later.isActive():
            self._later.stop()
            self._on_look_changed()
        scene = self.scene
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), scene.shapes.colour("page"))
        painter.translate(self.origin())
        painter.scale(self._scale, self._scale)
        seen = painter.transform().inverted()[0].mapRect(QRectF(event.rect()))
        focused = self.focused_vertex() if self.hasFocus() else None
        scene.paint(painter, seen, Emphasis(focused, self._asked, self._pointed, self._changed))
        self._paint_label(painter, self._pointed or focused)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the picture into the new width."""
        super().resizeEvent(event)
        if self.fitted and event.size().width() != event.oldSize().width():
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
            reveal(self, self.visualRect(self.currentIndex()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with the control key held, else move the picture."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_to(self._scale * ZOOM_STEP ** (event.angleDelta().y() / 120), event.position())
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
            self._point_at(vertex_of(self.indexAt(here)))
            return
        moved = here - self._grip
        if self._dragged or moved.manhattanLength() >= QApplication.startDragDistance():
            self._dragged, self._grip = True, here
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            self.move_by(-moved)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask why of the vertex that was clicked."""
        held, self._grip = self._grip, None
        self.viewport().unsetCursor()
        if held is None or self._dragged or event.button() != Qt.MouseButton.LeftButton:
            return
        vertex = vertex_of(self.indexAt(event.position().toPoint()))
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

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 - Qt's name
        """Say in words which vertex has the keys."""
        super().currentChanged(current, previous)
        self.setAccessibleDescription(str(current.data(Qt.ItemDataRole.AccessibleTextRole) or ""))
        self.viewport().update()

    def _paint_label(self, painter: QPainter, vertex: str | None) -> None:
        """Say the vertex under the pointer or the keys in words, where the picture is too small to hold any."""
        scene = self.scene
        if scene.shapes.legible(self._scale) or vertex not in scene.boxes or vertex == FOLD:
            return
        painter.resetTransform()
        place = QRectF(self.visualRect(self.items.place_of(vertex)))
        scene.shapes.paint_label(painter, scene.art(vertex).node, place, QRectF(self.viewport().rect()))

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
        before, unfolded = self.scene, self._unfolded
        scene = Scene(self._shapes, self._picture, self.room(), before, unfolded=unfolded, steady=steady)
        self.setAccessibleName(pgettext("plan", "Plan"))
        self.items.show(scene.order, scene.picture, folded_word(len(self._picture.folded), unfolded=unfolded))
        self.show_scene(scene)
        start = here if here in scene.order else first_to_do(self._picture, scene.order)
        if start:
            self._put_keys_on(start)
        if steady and start == here:
            self.move_by(self.visualRect(self.currentIndex()).topLeft() - stood)

    def _put_keys_on(self, vertex: str) -> None:
        index = self.items.place_of(vertex)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _step(self, here: str, direction: Direction) -> str:
        """Give the vertex one step away; along the lines, going back leads the way one came."""
        scene = self.scene
        columns = [layer for layer in scene.layout.layers if layer]
        if direction in {"up", "down"}:
            self._trail.clear()
        if here == FOLD:
            return columns[0][-1] if direction == "up" and columns else here
        came_from = self._trail[-1] if self._trail else None
        reached = step(scene.layout, scene.picture.edges, here, direction, came_from)
        if reached is None:
            return FOLD if direction == "down" and FOLD in scene.boxes else here
        if reached == came_from:
            self._trail.pop()
        elif direction in {"left", "right"}:
            self._trail.append(here)
        return reached

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
