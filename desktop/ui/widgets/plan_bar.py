"""The row above and the row below a plan: buttons and the meaning of lines, on as many lines as the width asks."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QLayout, QLayoutItem, QSizePolicy, QWidget

from desktop.ui import theme
from desktop.ui.widgets import plan_lines
from desktop.ui.widgets.plan_layout import PlanEdge
from desktop.ui.widgets.plan_words import line_word

_SAMPLE = 4.0
STROKES = (
    PlanEdge("", "", "holds"),
    PlanEdge("", "", "missing"),
    PlanEdge("", "", "not_taken"),
    PlanEdge("", "", "holds", critical=True),
)


class WrappedRow(QLayout):
    """Parts side by side; what does not fit goes on to the next line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt's name
        """Take a part."""
        self._parts.append(item)

    def count(self) -> int:
        """Count the parts."""
        return len(self._parts)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """Give a part, or None past the end."""
        return self._parts[index] if 0 <= index < len(self._parts) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """Give a part away."""
        return self._parts.pop(index) if 0 <= index < len(self._parts) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt's name
        """Never ask for more room than the parts need."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Give the height the lines need in a width."""
        return self._arranged(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 - Qt's name
        """Put the parts into place."""
        super().setGeometry(rect)
        self._arranged(rect, move=True)

    def sizeHint(self) -> QSize:
        """Give the room the parts need on one line."""
        shown = [part.sizeHint() for part in self._parts if not part.isEmpty()]
        gaps = max(0, len(shown) - 1) * self._gap()
        return QSize(sum(s.width() for s in shown) + gaps, max((s.height() for s in shown), default=0))

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's name
        """Give the room of the largest part."""
        shown = [part.minimumSize() for part in self._parts if not part.isEmpty()]
        return QSize(max((s.width() for s in shown), default=0), max((s.height() for s in shown), default=0))

    def _gap(self) -> int:
        return theme.current().px(0.5)

    def _arranged(self, rect: QRect, *, move: bool) -> int:
        """Go through the parts line by line; gives the height taken."""
        x, y, high = rect.left(), rect.top(), 0
        for part in self._parts:
            if part.isEmpty():
                continue
            size = part.sizeHint()
            if x > rect.left() and x + size.width() > rect.left() + rect.width():
                x, y, high = rect.left(), y + high + self._gap(), 0
            if move:
                part.setGeometry(QRect(QPoint(x, y), size))
            x, high = x + size.width() + self._gap(), max(high, size.height())
        return y + high - rect.top()


class StrokeLabel(QLabel):
    """One stroke and the word for what it means."""

    def __init__(self, edge: PlanEdge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edge = edge
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "muted")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the word anew, beside the room of the stroke."""
        self.setText(line_word(self._edge))
        self.setIndent(theme.current().px(_SAMPLE + 1.6))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the stroke before the word."""
        super().paintEvent(event)
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role = "text" if self._edge.critical else "muted" if self._edge.style == "holds" else "border"
        painter.setPen(plan_lines.pen(self._edge, look.token(role), look.u))
        painter.drawLine(look.px(0.8), self.height() // 2, look.px(_SAMPLE + 0.8), self.height() // 2)
        painter.end()
