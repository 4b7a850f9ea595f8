"""The picture of a plan before any pixel: what stands where, and which way its lines run.

Left stands what the person has and says, right what they want. Columns follow the dependencies; the order inside a
column keeps lines from crossing; heights keep chains straight. Nothing here knows colours, words or the screen:
lengths are in the unit the caller measures in. The first arrangement reads who is joined to whom and which lines are
critical, never states; later ones remember it, so that a picture stands still while the work goes on.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from desktop.ui.widgets.plan_order import Columns, columns
from desktop.ui.widgets.plan_place import heights, heights_near, steepness

Kind = Literal["outcome", "task", "paper", "question", "gate", "have"]
State = Literal["done", "ready", "waiting", "asked", "undecided", "not_needed", "overdue", "refused"]
Style = Literal["holds", "missing", "not_taken"]
Measure = Callable[["PlanNode"], tuple[float, float]]
_PATIENCE = 1.25


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanNode:
    """One vertex of a plan: a wish, an act, a paper, a question, a decision or something already there."""

    id: str
    kind: Kind
    label: str
    state: State
    strip: str = ""
    detail: str = ""
    critical: bool = False


@dataclass(frozen=True, slots=True)
class PlanEdge:
    """One line of a plan, from what is needed (`source`) to what needs it (`target`)."""

    source: str
    target: str
    style: Style = "missing"
    critical: bool = False


@dataclass(frozen=True, slots=True)
class PlanPicture:
    """A plan to be drawn; `folded` are the vertices nobody needs, whose lines may stand among `edges`."""

    nodes: tuple[PlanNode, ...] = ()
    edges: tuple[PlanEdge, ...] = ()
    folded: tuple[PlanNode, ...] = ()

    def shown(self, *, unfolded: bool) -> "PlanPicture":
        """Give the picture with what is not needed among the vertices, or without it and its lines."""
        nodes = self.nodes + self.folded if unfolded else self.nodes
        ids = {node.id for node in nodes}
        edges = tuple(e for e in self.edges if e.source in ids and e.target in ids and e.source != e.target)
        return PlanPicture(nodes, edges, () if unfolded else self.folded)

    def changed_since(self, before: "PlanPicture") -> frozenset[str]:
        """Name the vertices that are new or say something else than before."""
        said = {node.id: node for node in before.nodes}
        return frozenset(node.id for node in self.nodes if said.get(node.id) != node)


@dataclass(frozen=True, slots=True)
class Spacing:
    """The distances of a picture: between columns, between vertices and between lines."""

    column: float = 5.0
    column_most: float = 9.0
    row: float = 2.0
    line: float = 1.0


@dataclass(frozen=True, slots=True)
class Box:
    """Where a vertex stands: its left, top, width and height."""

    x: float
    y: float
    w: float
    h: float

    @property
    def middle(self) -> float:
        """The height at which lines come and go."""
        return self.y + self.h / 2

    @property
    def right(self) -> float:
        """The right side."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """The lower side."""
        return self.y + self.h


@dataclass(frozen=True, slots=True)
class Route:
    """The way of one line: points from left to right; between two of equal height it is straight, else it swings."""

    edge: PlanEdge
    points: tuple[tuple[float, float], ...]
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A picture laid out; `trunks` are the heights of lines on their way, remembered for the next picture."""

    boxes: Mapping[str, Box] = field(default_factory=dict)
    routes: tuple[Route, ...] = ()
    layers: tuple[tuple[str, ...], ...] = ()
    width: float = 0.0
    height: float = 0.0
    trunks: Mapping[tuple[str, int], float] = field(default_factory=dict)


def layout(
    nodes: Sequence[PlanNode],
    edges: Sequence[PlanEdge],
    measure: Measure,
    spacing: Spacing | None = None,
    previous: Layout | None = None,
    *,
    steady: bool = True,
) -> Layout:
    """Lay a plan out; `measure` gives the width and height each vertex needs.

    With `previous` the columns keep their order, and, when `steady`, vertices keep their heights as nearly as the
    new picture allows, until that would make it clearly steeper than a fresh one.
    """
    net = _ordered(nodes, edges, previous)
    sizes = [measure(node) for node in nodes]
    space = spacing or Spacing()

    def apart(upper: int, lower: int) -> float:
        bends = net.is_bend(upper) or net.is_bend(lower)
        tall = sum(sizes[v][1] for v in (upper, lower) if not net.is_bend(v))
        return tall / 2 + (space.line if bends else space.row)

    middle = heights(net, apart)
    if previous and previous.boxes and steady:
        kept = heights_near(net, apart, _before(nodes, net, previous))
        if _same(nodes, net, previous) or _as_good(net, kept, middle, space):
            middle = kept
    return _drawn(nodes, edges, net, sizes, middle, space)


def _same(nodes: Sequence[PlanNode], net: Columns, previous: Layout) -> bool:
    """Say whether the plan joins the same vertices in the same columns as before."""
    trunks = {(nodes[vertex].id, steps) for vertex, steps in net.bends}
    return previous.boxes.keys() == {node.id for node in nodes} and previous.trunks.keys() == trunks


def _as_good(net: Columns, kept: Mapping[int, float], fresh: Mapping[int, float], space: Spacing) -> bool:
    """Say whether the kept heights are nearly as calm and as compact as fresh ones."""
    spans = [max(y.values(), default=0.0) - min(y.values(), default=0.0) for y in (kept, fresh)]
    climbs = [steepness(net, kept), steepness(net, fresh)]
    return all(a <= _PATIENCE * b + space.column_most for a, b in (spans, climbs))


def _ordered(nodes: Sequence[PlanNode], edges: Sequence[PlanEdge], previous: Layout | None) -> Columns:
    number = {node.id: i for i, node in enumerate(nodes)}
    pairs = [(number[e.source], number[e.target]) for e in edges]
    wanted = [i for i, node in enumerate(nodes) if node.kind == "outcome"]

    def remembered(vertex: int, steps: int) -> float | None:
        if previous is None:
            return None
        if steps:
            return previous.trunks.get((nodes[vertex].id, steps))
        box = previous.boxes.get(nodes[vertex].id)
        return box.middle if box else None

    heavy = {i for i, edge in enumerate(edges) if edge.critical}
    return columns(len(nodes), pairs, wanted, heavy, remembered)


def _before(nodes: Sequence[PlanNode], net: Columns, previous: Layout) -> dict[int, float]:
    """Collect the old heights of the places that had one."""
    before = {i: previous.boxes[n.id].middle for i, n in enumerate(nodes) if n.id in previous.boxes}
    trunks = {place: previous.trunks.get((nodes[v].id, steps)) for (v, steps), place in net.bends.items()}
    return before | {place: y for place, y in trunks.items() if y is not None}


def _drawn(
    nodes: Sequence[PlanNode],
    edges: Sequence[PlanEdge],
    net: Columns,
    sizes: Sequence[tuple[float, float]],
    middle: Mapping[int, float],
    space: Spacing,
) -> Layout:
    """Turn columns and heights into boxes and lines, with the highest box at nought."""
    top = min((middle[i] - sizes[i][1] / 2 for i in range(net.count)), default=0.0)
    top = min([top, *(middle[place] for place in net.bends.values())])
    level = {place: y - top for place, y in middle.items()}
    starts, widths = _across(net, sizes, level, space)
    boxes = {
        node.id: Box(starts[net.rank[i]], level[i] - sizes[i][1] / 2, widths[net.rank[i]], sizes[i][1])
        for i, node in enumerate(nodes)
    }
    routes = []
    for i, (edge, chain) in enumerate(zip(edges, net.chains, strict=True)):
        points = []
        for place in chain:
            left, y = starts[net.rank[place]], level[place]
            points += [(left, y), (left + widths[net.rank[place]], y)]
        routes.append(Route(edge, tuple(points[1:-1]), i in net.turned))
    return Layout(
        boxes,
        tuple(routes),
        tuple(tuple(nodes[v].id for v in column if v < net.count) for column in net.order),
        starts[-1] + widths[-1] if starts else 0.0,
        max([box.bottom for box in boxes.values()] + [level[p] for p in net.bends.values()], default=0.0),
        {(nodes[v].id, steps): level[place] for (v, steps), place in net.bends.items()},
    )


def _across(
    net: Columns, sizes: Sequence[tuple[float, float]], level: Mapping[int, float], space: Spacing
) -> tuple[list[float], list[float]]:
    """Give the left side and width of every column; where lines climb far, the gap before it is wider."""
    starts: list[float] = []
    widths: list[float] = []
    x = 0.0
    for column in net.order:
        climb = max((abs(level[u] - level[v]) for v in column for u in net.left[v]), default=0.0)
        gap = min(max(space.column, climb / 6), space.column_most) if starts else 0.0
        starts.append(x + gap)
        widths.append(max((sizes[v][0] for v in column if v < net.count), default=0.0))
        x = starts[-1] + widths[-1]
    return starts, widths
