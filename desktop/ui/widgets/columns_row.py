"""Several parts in columns that are as wide in every row alike, under each other where there is no room for them."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from desktop.ui import theme
from desktop.ui.widgets.layouts import Row

BAR_UNITS = 4
"""More than a scroll bar is wide."""


class ColumnsRow(QWidget):
    """One row of a list whose cells are widgets: each takes its share of the width, whatever it says.

    The parts stand under each other when there is no room for ``least_hanzi`` Chinese characters in a line.
    """

    def __init__(
        self, parts: Sequence[tuple[QWidget, int]], *, least_hanzi: float, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._parts = [part for part, _share in parts]
        self._least_hanzi = least_hanzi
        self._row = Row(self, spacing=1)
        for part, share in parts:
            policy = part.sizePolicy()
            policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
            part.setSizePolicy(policy)
            self._row.addWidget(part, share)
        self._turn()

    def is_stacked(self) -> bool:
        """Whether the parts stand under each other now."""
        return self._row.direction() == QBoxLayout.Direction.TopToBottom

    def minimumSizeHint(self) -> QSize:
        """No wider than the widest part, because the parts can stand under each other."""
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
        """Turn back only where there is more room than a scroll bar takes: it comes and goes with the height."""
        look = theme.current()
        least = look.line_width(self._least_hanzi) + (look.px(BAR_UNITS) if self.is_stacked() else 0)
        roomy = self.width() >= least
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if roomy else QBoxLayout.Direction.TopToBottom)
