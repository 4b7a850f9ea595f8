"""Two parts beside each other while both have room, under each other when the text is large or the window narrow."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.widgets.layouts import Row

LEAST_HANZI = 44


class SideBySide(QWidget):
    """A left part and a right part, sharing the width as ``shares`` says.

    They stand under each other, left first, when there is no room for ``least_hanzi`` Chinese characters in a line.
    """

    turned = Signal()

    def __init__(
        self,
        left: QWidget,
        right: QWidget,
        *,
        shares: tuple[int, int] = (3, 2),
        least_hanzi: float = LEAST_HANZI,
        spacing: float = 2,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts = (left, right)
        self._least_hanzi = least_hanzi
        self._row = Row(self, spacing=spacing)
        for part, share in zip(self._parts, shares, strict=True):
            self._row.addWidget(part, share)
        self._turn()

    def is_stacked(self) -> bool:
        """Whether the parts stand under each other now."""
        return self._row.direction() == QBoxLayout.Direction.TopToBottom

    def minimumSizeHint(self) -> QSize:
        """No wider than the wider part, because the parts can stand under each other."""
        widest = max(part.minimumSizeHint().width() for part in self._parts)
        return QSize(widest, self._row.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn where the width asks for it."""
        super().resizeEvent(event)
        self._turn()

    def changeEvent(self, event: QEvent) -> None:
        """Turn where the size of the text asks for it."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._turn()

    def _turn(self) -> None:
        needed = sum(part.minimumSizeHint().width() for part in self._parts) + self._row.spacing()
        roomy = self.width() >= max(needed, theme.current().line_width(self._least_hanzi))
        before = self.is_stacked()
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if roomy else QBoxLayout.Direction.TopToBottom)
        if self.is_stacked() != before:
            self.turned.emit()
        for part in self._parts:
            self._row.setAlignment(part, Qt.AlignmentFlag(0))
