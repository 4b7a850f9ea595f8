"""The marks of states (✓ ● ◔ ? ◌ ◇ ! ⊘) drawn as shapes: sharp at every size, never a missing glyph."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop.ui.widgets.plan_layout import State

TONES: dict[State, str] = {
    "done": "status_done",
    "ready": "status_ready",
    "asked": "status_ready",
    "waiting": "status_waiting",
    "undecided": "status_waiting",
    "not_needed": "status_waiting",
    "overdue": "status_overdue",
    "refused": "status_overdue",
}
"""The colour of each state in the theme: told apart by every kind of eye, and never the only sign."""


def paint_mark(painter: QPainter, state: State, box: QRectF, colour: QColor) -> None:
    """Paint the mark of a state into a square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(colour, box.width() * 0.14)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inner = box.adjusted(pen.widthF() / 2, pen.widthF() / 2, -pen.widthF() / 2, -pen.widthF() / 2)
    _MARKS[state](painter, inner, colour)
    painter.restore()


def _point(box: QRectF, x: float, y: float) -> QPointF:
    return QPointF(box.left() + x * box.width(), box.top() + y * box.height())


def _tick(painter: QPainter, box: QRectF, _colour: QColor) -> None:
    painter.drawPolyline([_point(box, 0.02, 0.55), _point(box, 0.36, 0.88), _point(box, 0.98, 0.14)])


def _disc(painter: QPainter, box: QRectF, colour: QColor) -> None:
    painter.setBrush(colour)
    painter.drawEllipse(box.adjusted(1, 1, -1, -1))


def _quarter(painter: QPainter, box: QRectF, colour: QColor) -> None:
    painter.drawEllipse(box)
    painter.setBrush(colour)
    painter.drawPie(box.adjusted(1, 1, -1, -1), 0, 90 * 16)


def _ring(painter: QPainter, box: QRectF, _colour: QColor) -> None:
    pen = painter.pen()
    pen.setDashPattern([0.1, 2.0])  # round ends make dots of it
    painter.setPen(pen)
    painter.drawEllipse(box)


def _query(painter: QPainter, box: QRectF, colour: QColor) -> None:
    bow = QRectF(_point(box, 0.22, 0.0), _point(box, 0.78, 0.5))
    painter.drawArc(bow, -70 * 16, 230 * 16)
    painter.drawLine(_point(box, 0.52, 0.52), _point(box, 0.5, 0.66))
    _dot(painter, _point(box, 0.5, 0.95), colour)


def _diamond(painter: QPainter, box: QRectF, _colour: QColor) -> None:
    painter.drawPolygon([_point(box, 0.5, 0), _point(box, 1, 0.5), _point(box, 0.5, 1), _point(box, 0, 0.5)])


def _call(painter: QPainter, box: QRectF, colour: QColor) -> None:
    pen = painter.pen()
    pen.setWidthF(box.width() * 0.24)
    painter.setPen(pen)
    painter.drawLine(_point(box, 0.5, 0.06), _point(box, 0.5, 0.56))
    _dot(painter, _point(box, 0.5, 0.95), colour)


def _barred(painter: QPainter, box: QRectF, _colour: QColor) -> None:
    painter.drawEllipse(box)
    painter.drawLine(_point(box, 0.16, 0.16), _point(box, 0.84, 0.84))


def _dot(painter: QPainter, at: QPointF, colour: QColor) -> None:
    radius = painter.pen().widthF() * 0.62
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(at, radius, radius)


_MARKS = {
    "done": _tick,
    "ready": _disc,
    "waiting": _quarter,
    "asked": _query,
    "undecided": _ring,
    "not_needed": _diamond,
    "overdue": _call,
    "refused": _barred,
}
