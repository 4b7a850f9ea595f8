"""A plan laid out for one width, look and font, ready to be painted."""

from bisect import bisect_left
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from desktop.ui.widgets import plan_lines
from desktop.ui.widgets.plan_layout import Layout, PlanEdge, PlanNode, PlanPicture, Spacing, layout
from desktop.ui.widgets.plan_shapes import Art, Shapes
from desktop.ui.widgets.plan_text import Lines
from desktop.ui.widgets.plan_words import folded_word

FOLD = "\N{HORIZONTAL ELLIPSIS}folded"
_MARGIN = 2.0


@dataclass(frozen=True, slots=True)
class Step:
    """How wide boxes and gaps may be, in units of the look."""

    box: float
    gap: float
    gap_most: float


_STEPS = tuple(Step(9.5 + n, 2.8 + 0.16 * n, 4 + 0.4 * n) for n in range(11, -1, -1))


@dataclass(frozen=True, slots=True)
class Emphasis:
    """What stands out in one painting: where the keys are, what was asked about or pointed at, what is new."""

    focused: str | None = None
    asked: str | None = None
    pointed: str | None = None
    changed: frozenset[str] = frozenset()


class Scene:
    """Boxes and lines of a plan in pixels, with a margin around them."""

    def __init__(
        self,
        shapes: Shapes,
        picture: PlanPicture,
        available: float,
        previous: "Scene | None" = None,
        *,
        unfolded: bool = False,
        steady: bool = True,
    ) -> None:
        self.shapes = shapes
        self.picture = picture.shown(unfolded=unfolded)
        self._arts: dict[str, Art] = {}
        step, laid_out = self._fitting(available - 2 * self.margin, previous, steady=steady)
        self.step: Step = step
        self.layout: Layout = laid_out
        self.boxes = {
            vertex: QRectF(box.x + self.margin, box.y + self.margin, box.w, box.h)
            for vertex, box in self.layout.boxes.items()
        }
        self._chip = self._folded(len(picture.folded), unfolded=unfolded)
        self._ways = [(s, plan_lines.path(s.start, s.end)) for s in plan_lines.stretches(self.layout.routes)]

    @property
    def margin(self) -> float:
        """The room around the picture, in pixels."""
        return _MARGIN * self.shapes.u

    @property
    def width(self) -> float:
        """The width with margins, in pixels."""
        return max((box.right() for box in self.boxes.values()), default=0.0) + self.margin

    @property
    def height(self) -> float:
        """The height with margins, in pixels."""
        return max(self.layout.height + self.margin, *(b.bottom() for b in self.boxes.values()), 0.0) + self.margin

    @property
    def narrowest(self) -> float:
        """The least width this picture can be laid out in, in pixels."""
        if self.step == _STEPS[-1]:
            return self.width
        least = _STEPS[-1]
        nodes = {node.id: node for node in self.picture.nodes}
        columns = [[nodes[vertex] for vertex in layer] for layer in self.layout.layers if layer]
        boxes = [max(self.shapes.measure(node, least.box * self.shapes.u).w for node in layer) for layer in columns]
        gaps = max(0, len(boxes) - 1) * (least.gap + least.gap_most) / 2 * self.shapes.u
        return sum(boxes) + gaps + 2 * self.margin

    @property
    def order(self) -> list[str]:
        """The vertices in reading order: column by column from the left, the count of the folded last."""
        reading = [vertex for layer in self.layout.layers for vertex in layer]
        return [*reading, FOLD] if self._chip else reading

    def art(self, vertex: str) -> Art:
        """Give a vertex as it was measured."""
        return self._arts[vertex]

    def at(self, point: QPointF) -> str | None:
        """Give the vertex under a point."""
        return next((vertex for vertex, box in self.boxes.items() if box.contains(point)), None)

    def paint(self, painter: QPainter, seen: QRectF, emphasis: Emphasis) -> None:
        """Paint what lies in the part of the picture that is seen."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        near = {emphasis.pointed, emphasis.focused} - {None}
        self._paint_lines(painter, near)
        for node in self.picture.nodes:
            box = self.boxes[node.id]
            if seen.intersects(box.adjusted(-self.margin, -self.margin, self.margin, self.margin)):
                self.shapes.paint(painter, self._arts[node.id], box)
                self._paint_emphasis(painter, node, box, emphasis)
        if self._chip:
            self.shapes.paint_chip(painter, self._chip, self.boxes[FOLD])
            if emphasis.focused == FOLD:
                self._ring(painter, None, self.boxes[FOLD])

    def _fitting(self, available: float, previous: "Scene | None", *, steady: bool) -> tuple[Step, Layout]:
        """Lay out with the widest boxes and gaps that fit into the width; when steady, those of before if they do."""
        if not self.picture.nodes:
            return _STEPS[0], self._laid_out(_STEPS[0], None, steady=False)
        if previous and steady:
            kept = self._laid_out(previous.step, previous.layout, steady=True)
            if kept.width <= available:
                return previous.step, kept
        before = previous.layout if previous else None
        tried: dict[int, Layout] = {}

        def fits(number: int) -> bool:
            tried[number] = self._laid_out(_STEPS[number], before, steady=False)
            return tried[number].width <= available

        last = len(_STEPS) - 1
        number = bisect_left(range(last), True, key=fits)  # narrower from step to step; the last has to do
        result = tried[number] if number in tried else self._laid_out(_STEPS[number], before, steady=False)
        self._arts = self._measured(_STEPS[number])
        return _STEPS[number], result

    def _measured(self, step: Step) -> dict[str, Art]:
        return {node.id: self.shapes.measure(node, step.box * self.shapes.u) for node in self.picture.nodes}

    def _laid_out(self, step: Step, before: Layout | None, *, steady: bool) -> Layout:
        u = self.shapes.u
        self._arts = arts = self._measured(step)
        return layout(
            self.picture.nodes,
            self.picture.edges,
            lambda node: (arts[node.id].w, arts[node.id].h),
            Spacing(step.gap * u, step.gap_most * u, 1.8 * u, 1.3 * u),
            before,
            steady=steady,
        )

    def _folded(self, count: int, *, unfolded: bool) -> Lines | None:
        """Put the count of what is not needed under the picture."""
        if not count:
            return None
        lines, w, h = self.shapes.measure_chip(folded_word(count, unfolded=unfolded))
        below = self.layout.height + 2 * self.margin if self.layout.boxes else self.margin
        self.boxes[FOLD] = QRectF(self.margin, below, w, h)
        return lines

    def _paint_lines(self, painter: QPainter, near: set[str | None]) -> None:
        """Paint all lines, and once more in the accent those of the vertex that is looked at."""
        u = self.shapes.u
        painter.save()
        painter.translate(self.margin, self.margin)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stretch, way in self._ways:
            painter.strokePath(way, plan_lines.pen(stretch.edge, self._tone(stretch.edge, looked_at=False), u))
        looked_at = [r for r in self.layout.routes if near & {r.edge.source, r.edge.target}]
        for stretch in plan_lines.stretches(looked_at):
            way = plan_lines.path(stretch.start, stretch.end)
            painter.strokePath(
                way, plan_lines.pen(stretch.edge, self._tone(stretch.edge, looked_at=True), u, stronger=True)
            )
        for route in sorted(self.layout.routes, key=lambda r: (r in looked_at, plan_lines.strength(r.edge))):
            plan_lines.paint_head(painter, route, self._tone(route.edge, looked_at=route in looked_at), u)
        painter.restore()

    def _tone(self, edge: PlanEdge, *, looked_at: bool) -> QColor:
        if looked_at:
            return self.shapes.colour("accent")
        return self.shapes.colour("text" if edge.critical else "muted" if edge.style == "holds" else "border")

    def _paint_emphasis(self, painter: QPainter, node: PlanNode, box: QRectF, emphasis: Emphasis) -> None:
        """Mark a vertex that is new, asked about, or has the keys."""
        u = self.shapes.u
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if node.id in emphasis.changed:
            painter.setPen(QPen(self.shapes.colour("accent"), 0.25 * u))
            painter.drawPath(_corners(box.adjusted(-0.9 * u, -0.9 * u, 0.9 * u, 0.9 * u), 1.6 * u))
        if node.id == emphasis.asked:
            painter.setPen(QPen(self.shapes.colour("accent"), 0.15 * u))
            painter.drawPath(self.shapes.outline(node, box, 0.45 * u))
        if node.id == emphasis.focused:
            self._ring(painter, node, box)

    def _ring(self, painter: QPainter, node: PlanNode | None, box: QRectF) -> None:
        """Paint the focus mark around a vertex."""
        width = max(2.0, 0.3 * self.shapes.u)
        painter.setPen(QPen(self.shapes.colour("focus"), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self.shapes.outline(node, box, 0.5 * self.shapes.u))


def _corners(box: QRectF, arm: float) -> QPainterPath:
    """Give four brackets around a box."""
    way = QPainterPath()
    for x, dx in ((box.left(), arm), (box.right(), -arm)):
        for y, dy in ((box.top(), arm), (box.bottom(), -arm)):
            way.moveTo(x + dx, y)
            way.lineTo(x, y)
            way.lineTo(x, y + dy)
    return way
