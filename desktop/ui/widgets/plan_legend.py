"""What the lines of a plan mean, each as a stroke with its word."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

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
