"""Rows and columns whose spaces are stated in the unit of the look and follow it when the size changes."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from desktop.ui import theme

Margins = float | tuple[float, float, float, float]


class Column(QVBoxLayout):
    """Widgets under each other, ``spacing`` units apart, with margins in units (one, or left, top, right, bottom)."""

    def __init__(self, parent: QWidget | None = None, *, spacing: float = 1, margins: Margins = 0) -> None:
        super().__init__()
        self._measures = (spacing, _four(margins))
        theme.current().changed.connect(self._on_look_changed)
        self._on_look_changed()
        if parent is not None:
            parent.setLayout(self)

    @Slot()
    def _on_look_changed(self) -> None:
        _measure(self, *self._measures)


class Row(QHBoxLayout):
    """Widgets beside each other, ``spacing`` units apart, with margins in units."""

    def __init__(self, parent: QWidget | None = None, *, spacing: float = 1, margins: Margins = 0) -> None:
        super().__init__()
        self._measures = (spacing, _four(margins))
        theme.current().changed.connect(self._on_look_changed)
        self._on_look_changed()
        if parent is not None:
            parent.setLayout(self)

    def set_margins(self, margins: Margins) -> None:
        """Leave other margins, in units."""
        self._measures = (self._measures[0], _four(margins))
        self._on_look_changed()

    @Slot()
    def _on_look_changed(self) -> None:
        _measure(self, *self._measures)


class Grid(QGridLayout):
    """Widgets in rows ``spacing`` units apart and in columns ``between`` units apart, with margins in units."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        spacing: float = 1,
        between: float | None = None,
        margins: Margins = 0,
    ) -> None:
        super().__init__()
        self._between = spacing if between is None else between
        self._measures = (spacing, _four(margins))
        theme.current().changed.connect(self._on_look_changed)
        self._on_look_changed()
        if parent is not None:
            parent.setLayout(self)

    @Slot()
    def _on_look_changed(self) -> None:
        _measure(self, *self._measures)
        self.setHorizontalSpacing(theme.current().px(self._between))


def emptied(layout: QLayout) -> None:
    """Take every widget and layout out of a layout; the widgets are deleted."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            emptied(inner)
            inner.deleteLater()


def to_the_left(layout: QBoxLayout, widget: QWidget) -> None:
    """Add a widget that is as wide as it wants to be and no wider."""
    layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)


def _four(margins: Margins) -> tuple[float, float, float, float]:
    return margins if isinstance(margins, tuple) else (margins, margins, margins, margins)


def _measure(layout: QLayout, spacing: float, margins: tuple[float, float, float, float]) -> None:
    look = theme.current()
    left, top, right, bottom = (look.px(each) for each in margins)
    layout.setContentsMargins(left, top, right, bottom)
    layout.setSpacing(look.px(spacing))
