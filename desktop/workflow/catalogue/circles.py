"""Which things of a graph wait for one another in a circle."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def components(edges: Mapping[Node, Iterable[Node]]) -> list[tuple[Node, ...]]:
    """Give the strongly connected components of a graph (Tarjan 1972, without recursion). Work O(V+E).

    What an edge leads to comes before what it leads from, unless they stand in one component. Edges to nodes that are
    not among the keys are passed over.
    """
    index: dict[Node, int] = {}
    low: dict[Node, int] = {}
    stack: list[Node] = []
    found: list[tuple[Node, ...]] = []
    settled = len(edges) + 1  # lower than no index, so that what is done pulls nothing down
    for start in edges:
        if start in index:
            continue
        work = [(start, iter(tuple(edges[start])))]
        index[start] = low[start] = len(index)
        stack.append(start)
        while work:
            node, children = work[-1]
            child = next((each for each in children if each in edges), None)
            if child is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    circle: list[Node] = []
                    while not circle or circle[-1] != node:
                        circle.append(stack.pop())
                    found.append(tuple(reversed(circle)))
                    low.update(dict.fromkeys(circle, settled))
            elif child in index:
                low[node] = min(low[node], low[child])
            else:
                index[child] = low[child] = len(index)
                stack.append(child)
                work.append((child, iter(tuple(edges[child]))))
    return found
