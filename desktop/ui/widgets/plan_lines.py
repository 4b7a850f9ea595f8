"""The lines of a plan's picture: solid what holds, dashed what is missing, dotted what was not taken.

Lines of one vertex share their way until they part; each stretch is painted once, in the strongest stroke that uses it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from desktop.ui.widgets.plan_layout import PlanEdge, Route

Point = tuple[float, float]
_STRENGTH = {"not_taken": 0, "missing": 1, "holds": 2}
_DASHES = {"missing": (0.55, 0.4), "not_taken": (0.01, 0.55)}
_LEVEL = 0.3


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of way between two points, or the head of an arrow at its end."""

    start: Point
    end: Point
    edge: PlanEdge


def strength(edge: PlanEdge) -> int:
    """Rank a line: what ranks higher is painted over what ranks lower."""
    return _STRENGTH[edge.style] + 3 * edge.critical


def stretches(routes: Iterable[Route]) -> list[Stretch]:
    """Cut the lines into stretches, each once, the strongest last."""
    strongest: dict[tuple[Point, Point], Stretch] = {}
    for route in routes:
        for start, end in pairwise(_simplified(route.points)):
            known = strongest.get((start, end))
            if known is None or strength(route.edge) > strength(known.edge):
                strongest[start, end] = Stretch(start, end, route.edge)
    return sorted(strongest.values(), key=lambda stretch: strength(stretch.edge))


def _simplified(points: tuple[Point, ...]) -> list[Point]:
    """Leave out points on a level stretch, so that dashes run on evenly."""
    kept = [points[0]]
    for before, point, after in zip(points, points[1:], points[2:], strict=False):
        if abs(before[1] - point[1]) > _LEVEL or abs(point[1] - after[1]) > _LEVEL:
            kept.append(point)
    return [*kept, points[-1]]


def path(start: Point, end: Point) -> QPainterPath:
    """Give the way between two points: straight when level, else a swing that leaves and comes level."""
    way = QPainterPath(QPointF(*start))
    if abs(start[1] - end[1]) <= _LEVEL:
        way.lineTo(QPointF(*end))
    else:
        half = (start[0] + end[0]) / 2
        way.cubicTo(QPointF(half, start[1]), QPointF(half, end[1]), QPointF(*end))
    return way


def pen(edge: PlanEdge, colour: QColor, u: float, *, stronger: bool = False) -> QPen:
    """Give the stroke of a line; the dashes of a stronger one lie exactly over those of the plain one."""
    width = (0.32 if edge.critical else 0.2 if edge.style == "not_taken" else 0.14) * u * (1.5 if stronger else 1)
    stroke = QPen(colour, width)
    stroke.setCapStyle(Qt.PenCapStyle.RoundCap if edge.style == "not_taken" else Qt.PenCapStyle.FlatCap)
    if edge.style in _DASHES:
        scale = 1.5 if edge.critical else 1.0
        stroke.setDashPattern([dash * scale * u / width for dash in _DASHES[edge.style]])
    return stroke


def paint_head(painter: QPainter, route: Route, colour: QColor, u: float) -> None:
    """Paint the head of an arrow where a line reaches what needs it."""
    size = (0.85 if route.edge.critical else 0.65) * u
    x, y = route.points[0] if route.turned else route.points[-1]
    back = size if route.turned else -size
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([QPointF(x, y), QPointF(x + back, y - size / 2), QPointF(x + back, y + size / 2)]))
