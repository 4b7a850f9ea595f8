"""The window over the picture of a plan: where each vertex is in it, how it is moved and zoomed.

It is an item view whose items are the vertices, so that each vertex is a thing of its own to assistive tools, with its
sentence, its place and its focus; only where it stands and how it looks is ours.
"""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QPointF, QRect, QRectF, Signal
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from desktop.ui import theme
from desktop.ui.widgets.plan_items import Index, PlanItems, vertex_of
from desktop.ui.widgets.plan_layout import PlanPicture
from desktop.ui.widgets.plan_scene import Scene
from desktop.ui.widgets.plan_shapes import Shapes

ZOOM_STEP = 1.2
_LEAST, _MOST, _SMALLEST_FIT = 0.3, 3.0, 0.5


class PlanSurface(QListView):
    """A picture laid out once, seen through a window that moves and zooms over it."""

    zoomed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.items = PlanItems(self)
        self.scene = Scene(Shapes(theme.current()), PlanPicture(), 1.0)
        self._scale = 1.0
        self._fitted = True
        self.setModel(self.items)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)

    # --- what others call

    def show_scene(self, scene: Scene) -> None:
        """Take a picture that was laid out anew; while it is fitted its whole width stays in the window."""
        self.scene = scene
        if self._fitted:
            self._scale = max(_SMALLEST_FIT, self.fit_zoom())
        self.updateGeometries()
        self.viewport().update()
        self.zoomed.emit()

    @property
    def fitted(self) -> bool:
        """Whether the picture follows the width of the window."""
        return self._fitted

    @property
    def zoom(self) -> float:
        """How large the picture is; 1 is the size of the program's text."""
        return self._scale

    def fit_zoom(self, width: float | None = None) -> float:
        """Say how large the whole width of the picture is in this window, or would be in one so wide."""
        if width is None:
            return min(1.0, self.room() / max(1.0, self.scene.width))
        return min(1.0, (width - self.verticalScrollBar().sizeHint().width()) / max(1.0, self.scene.narrowest))

    def zoom_in(self) -> None:
        """Make the picture larger."""
        self.zoom_to(self._scale * ZOOM_STEP)

    def zoom_out(self) -> None:
        """Make the picture smaller."""
        self.zoom_to(self._scale / ZOOM_STEP)

    def fit_all(self) -> None:
        """Make the whole picture visible."""
        self.zoom_to(min(self.fit_zoom(), self.viewport().height() / max(1.0, self.scene.height)))

    def zoom_to(self, scale: float, around: QPointF | None = None) -> None:
        """Zoom, keeping the point `around` (the middle of the window by default) where it is."""
        point = around or QPointF(self.viewport().rect().center())
        held = (point - self.origin()) / self._scale
        self._scale, self._fitted = min(max(scale, _LEAST), _MOST), False
        self.updateGeometries()
        moved = self.origin() + held * self._scale - point
        self.move_by(moved.toPoint())
        self.viewport().update()
        self.zoomed.emit()

    def move_by(self, way: QPoint) -> None:
        """Move the window over the picture."""
        self.horizontalScrollBar().setValue(self.horizontalOffset() + way.x())
        self.verticalScrollBar().setValue(self.verticalOffset() + way.y())

    def room(self) -> float:
        """The width for the picture, whether or not the vertical bar is shown."""
        bar = self.verticalScrollBar()
        shown = bar.width() if bar.isVisible() else 0
        return float(max(1, self.viewport().width() + shown - bar.sizeHint().width()))

    def origin(self) -> QPointF:
        """Where the picture's corner is in the window: in the middle when there is room to spare."""
        spare_x = max(0.0, self.viewport().width() - self.scene.width * self._scale) / 2
        spare_y = max(0.0, self.viewport().height() - self.scene.height * self._scale) / 2
        return QPointF(spare_x - self.horizontalOffset(), spare_y - self.verticalOffset())

    # --- what an item view asks of us

    def visualRect(self, index: Index) -> QRect:  # noqa: N802 - Qt's name
        """Give the place of a vertex in the window."""
        vertex = vertex_of(index)
        if vertex is None or vertex not in self.scene.boxes:
            return QRect()
        box = self.scene.boxes[vertex]
        corner = self.origin() + box.topLeft() * self._scale
        return QRectF(corner, box.size() * self._scale).toAlignedRect()

    def indexAt(self, point: QPoint) -> QModelIndex:  # noqa: N802 - Qt's name
        """Give the vertex at a point of the window."""
        vertex = self.scene.at((QPointF(point) - self.origin()) / self._scale)
        return self.items.place_of(vertex) if vertex else QModelIndex()

    def scrollTo(  # noqa: N802 - Qt's name
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
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

    def horizontalOffset(self) -> int:  # noqa: N802 - Qt's name
        """Say how far the picture is moved to the left."""
        return self.horizontalScrollBar().value()

    def verticalOffset(self) -> int:  # noqa: N802 - Qt's name
        """Say how far the picture is moved up."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, _index: Index) -> bool:  # noqa: N802 - Qt's name
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
        for bar, length, seen in (
            (self.horizontalScrollBar(), self.scene.width, self.viewport().width()),
            (self.verticalScrollBar(), self.scene.height, self.viewport().height()),
        ):
            bar.setRange(0, max(0, round(length * self._scale) - seen))
            bar.setPageStep(seen)
            bar.setSingleStep(round(theme.current().u * 4))
