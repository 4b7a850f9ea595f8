"""The shapes of a plan's vertices: how large each is, and how it is painted.

Everything is measured in the unit of the look, `u`, half the line height of the text, so that no size or theme needs a
drawing of its own. A state is always a mark, a word and a colour. What is finished lies flat on the page; what waits
for somebody's hand is raised and has a strong edge.
"""

import re
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from desktop.ui.theme import Look
from desktop.ui.widgets.plan_layout import PlanNode
from desktop.ui.widgets.plan_marks import TONES, paint_mark
from desktop.ui.widgets.plan_text import Breaker, Lines
from desktop.ui.widgets.plan_words import status

LEAST_PIXELS = 12.0
LIVE = frozenset({"ready", "asked", "overdue", "refused"})
_NUMBER = r"(?<=\d)(?=[年月日个项号])|(?<=[年月])(?=\d)|(?<=周)(?=[一二三四五六日])"
_LATIN = r"[^\s\u2E80-\uFFFF]+"
_UNBROKEN = 12.0
_BESIDE, _BELOW = " · ", "\N{LINE SEPARATOR}"
_SIDE = {"outcome": 1.5, "task": 1.2, "paper": 1.2, "question": 2.0, "gate": 1.8, "have": 1.2}
_ENDS = {"outcome": 1.2, "task": 0.7, "paper": 0.95, "question": 0.9, "gate": 0.8, "have": 0.5}


@dataclass(slots=True)
class Art:
    """One vertex measured: its texts in lines and the room it takes, in pixels."""

    node: PlanNode
    label: Lines
    status: Lines
    strip: Lines | None
    beside: bool
    w: float
    h: float


class Shapes:
    """Measures and paints vertices in one look."""

    def __init__(self, look: Look) -> None:
        self.u = float(look.u)
        self._text_pixels = look.text_pixels
        roles = ("page", "surface", "text", "muted", "border", "accent", "focus", *TONES.values())
        self._colours = {role: QColor(look.token(role)) for role in roles}
        self._breaker = Breaker(look.font())

    def colour(self, role: str) -> QColor:
        """Give the colour of a role in this look."""
        return self._colours[role]

    def natural(self, node: PlanNode) -> float:
        """Measure how wide a vertex would be if nothing in it were broken into lines."""
        texts = [
            self._breaker.width(node.label, bold=node.kind == "outcome"),
            self._mark_room() + self._breaker.width(_status(node, _BESIDE), bold=_dated(node)),
            self._breaker.width(node.strip),
        ]
        return max(texts) + 2 * _SIDE[node.kind] * self.u

    def measure(self, node: PlanNode, width: float) -> Art:
        """Break the texts of a vertex so that it is no wider than `width`, and say how large it is."""
        inner = max(width - 2 * _SIDE[node.kind] * self.u, self._longest(node))
        label = self._breaker.broken(node.label, inner, bold=node.kind == "outcome")
        state = self._status(node, inner - self._mark_room())
        strip = self._breaker.broken(node.strip, inner) if node.strip else None
        wide = label.w + self._mark_room() + state.w + 1.5 * self.u
        beside = node.kind == "have" and wide <= inner and label.h == state.h
        rows = [label.w, state.w + self._mark_room(), strip.w if strip else 0.0, wide if beside else 0.0]
        high = max(label.h, state.h) if beside else label.h + state.h + 0.2 * self.u
        high += 2 * _ENDS[node.kind] * self.u + (strip.h + 0.7 * self.u if strip else 0.0)
        return Art(node, label, state, strip, beside, max(rows) + 2 * _SIDE[node.kind] * self.u, high)

    def legible(self, zoom: float) -> bool:
        """Whether words can be read at a zoom; below it only shapes and marks are drawn, never small words."""
        return self._text_pixels * zoom >= LEAST_PIXELS

    def paint(self, painter: QPainter, art: Art, box: QRectF) -> None:
        """Paint a vertex into its box; too small for words, the mark of its state stands for them."""
        node = art.node
        painter.setPen(self._edge(node))
        painter.setBrush(self._colours["surface" if node.state in LIVE or node.kind == "outcome" else "page"])
        {
            "outcome": self._outcome,
            "task": self._task,
            "paper": self._paper,
            "question": self._question,
            "gate": self._gate,
            "have": self._have,
        }[node.kind](painter, art, box)
        if self.legible(painter.worldTransform().m11()):
            self._texts(painter, art, box)
        else:
            side = min(0.7 * box.height(), 3 * self.u)
            mark = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
            paint_mark(painter, node.state, mark, self._colours[TONES[node.state]])

    def paint_label(self, painter: QPainter, node: PlanNode, beside: QRectF, within: QRectF) -> None:
        """Say a vertex in words of the ordinary size, below its shape or above it, where the shape has none."""
        name = self._breaker.broken(f"{node.label}{_BELOW}{_status(node, _BESIDE)}", 24 * self.u, even=False)
        wide, high = name.w + 1.6 * self.u, name.h + self.u
        left = min(max(within.left(), beside.center().x() - wide / 2), max(within.left(), within.right() - wide))
        below = beside.bottom() + 0.5 * self.u
        top = below if below + high <= within.bottom() else max(within.top(), beside.top() - high - 0.5 * self.u)
        painter.setPen(QPen(self._colours["border"], 1))
        painter.setBrush(self._colours["surface"])
        painter.drawRoundedRect(QRectF(left, top, wide, high), 0.5 * self.u, 0.5 * self.u)
        name.paint(painter, left + 0.8 * self.u, top + 0.5 * self.u, self._colours["text"])

    def measure_chip(self, text: str) -> tuple[Lines, float, float]:
        """Measure the small button that counts what is folded away."""
        lines = self._breaker.broken(text, self._breaker.width(text))
        return lines, lines.w + self._mark_room() + 2 * self.u, lines.h + 1.2 * self.u

    def paint_chip(self, painter: QPainter, lines: Lines, box: QRectF) -> None:
        """Paint the small button that counts what is folded away."""
        painter.setPen(QPen(self._colours["border"], 0.12 * self.u))
        painter.setBrush(self._colours["surface"])
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        mark = QRectF(box.left() + self.u, box.center().y() - 0.65 * self.u, 1.3 * self.u, 1.3 * self.u)
        paint_mark(painter, "not_needed", mark, self._colours["muted"])
        if self.legible(painter.worldTransform().m11()):
            lines.paint(painter, mark.right() + 0.6 * self.u, box.center().y() - lines.h / 2, self._colours["accent"])

    def places(self, art: Art, box: QRectF) -> list[tuple[Lines, QPointF]]:
        """Say where the texts of a vertex stand in its box: its name, its state, its department if it has one."""
        side, mark = _SIDE[art.node.kind] * self.u, self._mark_room()
        x, y = box.left() + side, box.top() + _ENDS[art.node.kind] * self.u
        strip = [(art.strip, QPointF(x, box.top() + 0.35 * self.u))] if art.strip else []
        if art.strip:
            y += art.strip.h + 0.7 * self.u
        below = QPointF(x + mark, y + art.label.h + 0.2 * self.u)
        beside = QPointF(box.right() - side - art.status.w, y)
        return [(art.label, QPointF(x, y)), (art.status, beside if art.beside else below), *strip]

    def outline(self, node: PlanNode | None, box: QRectF, grown: float) -> QPainterPath:
        """Give the outline of a vertex, or of the count (None), `grown` pixels outside its edge, for the focus mark."""
        path = QPainterPath()
        around = box.adjusted(-grown, -grown, grown, grown)
        round_ = {"outcome": 1.5, "question": 3.0}.get(node.kind, 0.5) * self.u + grown if node else box.height()
        path.addRoundedRect(around, min(round_, around.height() / 2), min(round_, around.height() / 2))
        return path

    def _status(self, node: PlanNode, width: float) -> Lines:
        """Break the state from its detail where they do not fit on one line."""
        bold = _dated(node)
        fits = self._breaker.width(_status(node, _BESIDE), bold=bold) <= width
        return self._breaker.broken(_status(node, _BESIDE if fits else _BELOW), width, bold=bold, even=False)

    def _longest(self, node: PlanNode) -> float:
        """Measure the longest piece that reads badly when it is broken: a date, a word, an English word."""
        room = self._mark_room()
        pieces = [room + self._breaker.width(piece, bold=_dated(node)) for piece in _status(node, " ").split()]
        words = re.findall(_LATIN, f"{node.label} {node.strip}")
        whole = [self._breaker.width(word, bold=node.kind == "outcome") for word in words]
        return max((w for w in pieces + whole if w <= _UNBROKEN * self.u), default=0.0)

    def _mark_room(self) -> float:
        return 1.9 * self.u

    def _edge(self, node: PlanNode) -> QPen:
        """Choose the edge: strong where somebody has something to do, dotted where nobody has or perhaps never will."""
        tone = TONES[node.state] if node.state in LIVE else "border"
        pen = QPen(self._colours["text" if node.critical and tone == "border" else tone])
        pen.setWidthF((0.22 if node.state in LIVE or node.critical else 0.12) * self.u)
        if node.state in {"not_needed", "undecided"}:
            pen.setStyle(Qt.PenStyle.DotLine)
        return pen

    def _outcome(self, painter: QPainter, _art: Art, box: QRectF) -> None:
        painter.drawRoundedRect(box, 1.5 * self.u, 1.5 * self.u)
        inset = 0.45 * self.u
        pen = painter.pen()
        pen.setWidthF(0.1 * self.u)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), 1.1 * self.u, 1.1 * self.u)

    def _task(self, painter: QPainter, art: Art, box: QRectF) -> None:
        painter.drawRoundedRect(box, 0.25 * self.u, 0.25 * self.u)
        if art.strip:
            under = box.top() + art.strip.h + 0.7 * self.u
            pen = painter.pen()
            pen.setWidthF(0.1 * self.u)
            painter.setPen(pen)
            painter.drawLine(QPointF(box.left(), under), QPointF(box.right(), under))

    def _paper(self, painter: QPainter, _art: Art, box: QRectF) -> None:
        fold = 1.15 * self.u
        corner, inner = QPointF(box.right() - fold, box.top()), QPointF(box.right(), box.top() + fold)
        painter.drawPolygon([box.topLeft(), corner, inner, box.bottomRight(), box.bottomLeft()])
        painter.drawPolyline([corner, QPointF(corner.x(), inner.y()), inner])

    def _question(self, painter: QPainter, _art: Art, box: QRectF) -> None:
        round_ = min(box.height() / 2, 3 * self.u)
        painter.drawRoundedRect(box, round_, round_)

    def _gate(self, painter: QPainter, _art: Art, box: QRectF) -> None:
        bar = 0.7 * self.u
        colour = painter.pen().color()
        painter.drawRect(box)
        painter.fillRect(QRectF(box.left(), box.top(), bar, box.height()), colour)
        painter.fillRect(QRectF(box.right() - bar, box.top(), bar, box.height()), colour)

    def _have(self, painter: QPainter, _art: Art, box: QRectF) -> None:
        painter.drawRoundedRect(box, 0.5 * self.u, 0.5 * self.u)

    def _texts(self, painter: QPainter, art: Art, box: QRectF) -> None:
        """Write the name, the state and the department into the box."""
        words = self._colours["muted" if art.node.state == "not_needed" else "text"]
        tone = self._colours[TONES[art.node.state]]
        colours = (words, words if _dated(art.node) else tone, self._colours["muted"])
        for (text, place), colour in zip(self.places(art, box), colours, strict=False):
            text.paint(painter, place.x(), place.y(), colour)
        state = self.places(art, box)[1][1]
        size, line = 1.3 * self.u, self._breaker.line
        at = QRectF(state.x() - self._mark_room(), state.y() + (line - size) / 2, size, size)
        paint_mark(painter, art.node.state, at, tone)


def _status(node: PlanNode, mark: str) -> str:
    """Say the state of a vertex, every number and its counting word on one line."""
    return re.sub(_NUMBER, "\N{WORD JOINER}", status(node, mark))


def _dated(node: PlanNode) -> bool:
    """Say whether the vertex carries a date of the critical path."""
    return node.critical and any(character.isdigit() for character in node.detail)
