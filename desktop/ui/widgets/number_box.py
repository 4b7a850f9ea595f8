"""A number typed or counted up and down with the arrow keys."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSpinBox, QWidget

from desktop.ui import theme


class NumberBox(QSpinBox):
    """A whole number between two others; the wheel scrolls the page and never changes an answer by the way."""

    def __init__(self, least: int = 0, most: int = 999_999, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(least, most)
        self.setAccelerated(True)
        self._measure()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        """Keep the space before the number."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()

    def _measure(self) -> None:
        # WORKAROUND: the style sheet's left padding of a spin box does not reach the number in it (Qt 6.11).
        self.lineEdit().setTextMargins(theme.current().px(0.8), 0, 0, 0)
