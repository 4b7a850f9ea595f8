"""A row of buttons that stands upright where there is no room beside each other, so that no word is cut."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QWidget


class TurningRow(QWidget):
    """The parts beside each other from the left, or under each other where the width is less than they need."""

    def __init__(self, parts: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = tuple(parts)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        for part in self._parts:
            self._row.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
        self._row.addStretch(1)

    def set_spacing(self, pixels: int) -> None:
        """Keep the parts so far from each other."""
        self._row.setSpacing(pixels)
        self._turn()

    def minimumSizeHint(self) -> QSize:
        """No wider than the widest part, because the parts can stand under each other."""
        widest = max(part.sizeHint().width() for part in self._parts)
        return QSize(widest, self._row.minimumSize().height())

    def sizeHint(self) -> QSize:
        """As high as the parts stand now."""
        return QSize(self._needed(), self._row.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn where the width asks for it."""
        super().resizeEvent(event)
        self._turn()

    def event(self, event: QEvent) -> bool:
        """Turn where other words or a larger text ask for it."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._turn()
        return super().event(event)

    def _needed(self) -> int:
        return sum(part.sizeHint().width() for part in self._parts) + self._row.spacing() * len(self._parts)

    def _turn(self) -> None:
        beside = self.width() >= self._needed()
        wanted = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != wanted:
            self._row.setDirection(wanted)
            self.updateGeometry()
