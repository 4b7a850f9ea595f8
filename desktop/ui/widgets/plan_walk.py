"""Walking a plan's picture by keys, and reading it as an indented list.

Left goes to what a vertex needs, right to what needs it, up and down to its neighbours in the column.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from desktop.ui.widgets.plan_layout import Layout, PlanEdge, PlanNode, PlanPicture

Direction = Literal["left", "right", "up", "down"]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list: a vertex under what needs it; `again` when its own needs are listed further up."""

    node: PlanNode
    line: PlanEdge | None
    again: bool
    rows: tuple["Row", ...]


def step(
    picture: Layout, edges: Iterable[PlanEdge], vertex: str, direction: Direction, came_from: str | None = None
) -> str | None:
    """Give the vertex one step away: the one `came_from`, else the nearest in height; None when there is none."""
    if direction in {"up", "down"}:
        column = next(layer for layer in picture.layers if vertex in layer)
        place = column.index(vertex) + (1 if direction == "down" else -1)
        return column[place] if 0 <= place < len(column) else None
    if direction == "left":
        ends = [e.source for e in edges if e.target == vertex]
    else:
        ends = [e.target for e in edges if e.source == vertex]
    if came_from in ends:
        return came_from
    here = picture.boxes[vertex].middle
    return min(ends, key=lambda end: abs(picture.boxes[end].middle - here), default=None)


def first_to_do(picture: PlanPicture, order: Iterable[str]) -> str | None:
    """Give the vertex a reader should meet first: the first that somebody can do now, else the first of all."""
    states = {node.id: node.state for node in picture.nodes}
    reading = list(order)
    urgent = {"overdue", "ready", "asked"}
    return next((v for v in reading if states.get(v) in urgent), reading[0] if reading else None)


def as_list(picture: PlanPicture) -> tuple[Row, ...]:
    """Read a picture backward from what is wanted: every vertex under each thing that needs it, its needs once."""
    nodes = {node.id: node for node in picture.nodes}
    needs: dict[str, list[PlanEdge]] = {node.id: [] for node in picture.nodes}
    for edge in picture.edges:
        needs[edge.target].append(edge)
    needed = {edge.source for edge in picture.edges}
    wanted = [n.id for n in picture.nodes if n.id not in needed]
    seen: set[str] = set()

    def row(vertex: str, line: PlanEdge | None) -> Row:
        again = vertex in seen
        seen.add(vertex)
        rows = () if again else tuple(row(edge.source, edge) for edge in needs[vertex])
        return Row(nodes[vertex], line, again and bool(needs[vertex]), rows)

    wanted.sort(key=lambda vertex: nodes[vertex].kind != "outcome")
    return tuple(row(v, None) for v in [*wanted, *nodes] if v not in seen)
