"""Which column each vertex of a plan stands in, and in what order from top to bottom.

Vertices are numbered from 0 in the order the plan gives them. A line that spans several columns bends once in each
column between; these bends are numbered after the vertices and share the word *place* with them. All lines that leave
one vertex share their bends, so that a paper needed everywhere is one trunk and not ten threads.
"""

from bisect import bisect_right, insort
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import pairwise

Pair = tuple[int, int]
_SWEEPS = 16
_PATIENCE = 4
_HEAVY = 3
_DRIFTS = 70
_ORDERS = 2
_LOWEST = float("inf")


@dataclass(slots=True)
class Columns:
    """The places of a plan in columns from left to right, each in order from top to bottom; parts no line joins."""

    count: int
    rank: list[int]
    turned: set[int]
    left: list[list[int]] = field(default_factory=list)
    right: list[list[int]] = field(default_factory=list)
    chains: list[list[int]] = field(default_factory=list)
    bends: dict[Pair, int] = field(default_factory=dict)
    order: list[list[int]] = field(default_factory=list)
    parts: list[set[int]] = field(default_factory=list)

    def is_bend(self, place: int) -> bool:
        """Say whether a place is the bend of a line and not a vertex."""
        return place >= self.count


def columns(
    count: int,
    pairs: Sequence[Pair],
    wanted: Sequence[int],
    heavy: AbstractSet[int],
    remembered: Callable[[int, int], float | None],
) -> Columns:
    """Put `count` vertices joined by `pairs` (what is needed, what needs it) into ordered columns.

    `wanted` stand at the far right; the pairs whose numbers are `heavy` count as several lines, so that they are
    crossed less and run straighter. `remembered(vertex, steps)` is the height a vertex (steps 0) or a bend of its
    trunk had before, or None; where something is remembered the order changes only to undo crossings.
    """
    turned = _turned(count, pairs, wanted)
    forward = [(b, a) if i in turned else (a, b) for i, (a, b) in enumerate(pairs)]
    net = Columns(count, _ranks(count, forward, wanted), turned)
    _bend(net, forward, heavy)
    heights = _heights(net, remembered)
    if heights:
        net.order = _as_before(net, heights)
        if len(heights) < len(net.rank):
            _transpose(net, net.order)
    else:
        starts = [_grown(net, wanted), *_settled(net, _grown(net, wanted))]
        net.order = min((_untangled(net, order) for order in starts), key=lambda order: _crossings(net, order))
    _gather(net, heights)
    return net


def _turned(count: int, pairs: Sequence[Pair], wanted: Sequence[int]) -> set[int]:
    """Find the lines that must run backward because the plan goes in a circle."""
    needs: list[list[Pair]] = [[] for _ in range(count)]
    for index, (source, target) in enumerate(pairs):
        needs[target].append((source, index))
    turned: set[int] = set()
    open_, closed = set[int](), set[int]()
    for start in [*wanted, *range(count)]:
        stack = [] if start in closed else [(start, iter(needs[start]))]
        open_.update([start] if stack else [])
        while stack:
            vertex, rest = stack[-1]
            step = next(rest, None)
            if step is None:
                stack.pop()
                open_.discard(vertex)
                closed.add(vertex)
            elif step[0] in open_:
                turned.add(step[1])
            elif step[0] not in closed:
                open_.add(step[0])
                stack.append((step[0], iter(needs[step[0]])))
    return turned


def _ranks(count: int, forward: Sequence[Pair], wanted: Sequence[int]) -> list[int]:
    """Give every vertex its column: as near as possible to what needs it, the wanted at the far right."""
    needs: list[list[int]] = [[] for _ in range(count)]
    needed_by: list[list[int]] = [[] for _ in range(count)]
    for source, target in forward:
        needs[target].append(source)
        needed_by[source].append(target)
    waiting = [len(users) for users in needed_by]
    from_right = [v for v in range(count) if not waiting[v]]
    rank = [0] * count
    for vertex in from_right:
        for source in needs[vertex]:
            rank[source] = min(rank[source], rank[vertex] - 1)
            waiting[source] -= 1
            if not waiting[source]:
                from_right.append(source)
    fixed = {v for v in wanted if not needed_by[v]}
    for ordering in (from_right[::-1], from_right):
        _tighten(rank, [v for v in ordering if v not in fixed], needs, needed_by)
    columns_used = {r: i for i, r in enumerate(sorted(set(rank)))}
    return [columns_used[r] for r in rank]


def _tighten(rank: list[int], ordering: list[int], needs: list[list[int]], needed_by: list[list[int]]) -> None:
    """Move each vertex to the end of its free range where its lines are shortest."""
    first = min(rank, default=0)
    for v in ordering:
        low = max((rank[u] + 1 for u in needs[v]), default=first)
        if not needed_by[v] or len(needs[v]) > len(needed_by[v]):
            rank[v] = low
        elif len(needs[v]) < len(needed_by[v]):
            rank[v] = min(rank[u] for u in needed_by[v]) - 1


def _bend(net: Columns, forward: Sequence[Pair], heavy: AbstractSet[int]) -> None:
    """Cut the lines into steps of one column, through bends shared by all lines of one vertex."""
    joined: dict[Pair, int] = {}
    for number, (source, target) in enumerate(forward):
        chain = [source]
        for column in range(net.rank[source] + 1, net.rank[target]):
            place = net.bends.setdefault((source, column - net.rank[source]), len(net.rank))
            if place == len(net.rank):
                net.rank.append(column)
            chain.append(place)
        net.chains.append([*chain, target])
        for pair in pairwise(net.chains[-1]):
            joined[pair] = max(joined.get(pair, 1), _HEAVY if number in heavy else 1)
    net.left = [[] for _ in net.rank]
    net.right = [[] for _ in net.rank]
    for (u, v), weight in joined.items():
        net.right[u] += [v] * weight
        net.left[v] += [u] * weight


def _parts(net: Columns) -> list[set[int]]:
    """Find the parts of a plan that no line joins, in the order of their first vertices; lone vertices last."""
    found: list[set[int]] = []
    for start in range(net.count):
        if any(start in part for part in found):
            continue
        part, edge = {start}, [start]
        while edge:
            place = edge.pop()
            fresh = {*net.left[place], *net.right[place]} - part
            part |= fresh
            edge += fresh
        found.append(part)
    return sorted(found, key=lambda part: len(part) == 1)


def _gather(net: Columns, heights: dict[int, float]) -> None:
    """Keep the parts of a plan one under the other in every column, in the order they had before."""
    net.parts = sorted(_parts(net), key=lambda part: min((heights[v] for v in part if v in heights), default=_LOWEST))
    stand = {v: i for i, part in enumerate(net.parts) for v in part}
    for column in net.order:
        column.sort(key=stand.__getitem__)


def _heights(net: Columns, remembered: Callable[[int, int], float | None]) -> dict[int, float]:
    """Collect where the places stood before."""
    known = {v: remembered(v, 0) for v in range(net.count)}
    if any(y is not None for y in known.values()):
        known |= {place: remembered(source, steps) for (source, steps), place in net.bends.items()}
    return {place: y for place, y in known.items() if y is not None}


def _as_before(net: Columns, heights: dict[int, float]) -> list[list[int]]:
    """Order the columns as they were; what is new comes beside what it is joined to."""
    settled = dict(heights)
    for place in range(len(net.rank)):
        if place not in settled:
            beside = [heights[u] for u in net.left[place] + net.right[place] if u in heights]
            settled[place] = sum(beside) / len(beside) if beside else _LOWEST
    return _by_column(net, sorted(range(len(net.rank)), key=lambda v: (settled[v], v)))


def _by_column(net: Columns, places: Sequence[int]) -> list[list[int]]:
    order: list[list[int]] = [[] for _ in range(max(net.rank, default=-1) + 1)]
    for place in places:
        order[net.rank[place]].append(place)
    return order


def _grown(net: Columns, wanted: Sequence[int]) -> list[list[int]]:
    """Order the columns as a tree grows leftward from what is wanted: each branch stays together."""
    seen: dict[int, None] = {}
    sinks = [v for v in range(len(net.rank)) if not net.right[v]]
    for start in [*wanted, *sinks]:
        stack = [start]
        while stack:
            place = stack.pop()
            if place not in seen:
                seen[place] = None
                stack.extend(reversed(net.left[place]))
    return _by_column(net, list(seen))


def _settled(net: Columns, order: list[list[int]]) -> list[list[list[int]]]:
    """Let every place drift to the middle of its neighbours, the whole plan at once, and read off two orders.

    This is power iteration toward the Fiedler vector of the plan: whole branches find their side, which sweeps from
    column to column cannot do.
    """
    near = [left + right for left, right in zip(net.left, net.right, strict=True)]
    weight = sum(len(around) for around in near) or 1
    height = {v: (i + 0.5) / len(column) - 0.5 for column in order for i, v in enumerate(column)}
    found = []
    for _ in range(_ORDERS):
        for _ in range(_DRIFTS):
            mean = sum([height[v] * len(near[v]) for v in height]) / weight
            drift = {v: (y + _mean(near[v], height)) / 2 if near[v] else y for v, y in height.items()}
            most = max([abs(y - mean) for y in drift.values()], default=0.0) or 1.0
            height = {v: (y - mean) / most for v, y in drift.items()}
        found.append(_by_column(net, sorted(height, key=lambda v: (height[v], v))))
    return found


def _mean(places: list[int], height: dict[int, float]) -> float:
    return sum([height[u] for u in places]) / len(places)


def _untangled(net: Columns, order: list[list[int]]) -> list[list[int]]:
    """Sweep left and right until no sweep brings fewer crossings; the best order met is kept."""
    best, fewest, idle = [list(c) for c in order], _crossings(net, order), 0
    for sweep in range(_SWEEPS):
        if not fewest or idle == _PATIENCE:
            break
        rightward = sweep % 2 == 1
        near, position = net.left if rightward else net.right, _positions(order)
        for column in order if rightward else reversed(order):
            _settle(column, near, position)
        _transpose(net, order)
        crossings = _crossings(net, order)
        idle += 1
        if crossings < fewest:
            best, fewest, idle = [list(c) for c in order], crossings, 0
    return best


def _positions(order: Sequence[Sequence[int]]) -> dict[int, int]:
    return {place: i for column in order for i, place in enumerate(column)}


def _settle(column: list[int], near: list[list[int]], position: dict[int, int]) -> None:
    """Sort a column by the mean position of its neighbours; what has none keeps its place."""
    means = {v: sum(position[u] for u in near[v]) / len(near[v]) for v in column if near[v]}
    sorted_ = iter(sorted(means, key=lambda v: (means[v], position[v])))
    column[:] = [next(sorted_) if v in means else v for v in column]
    position.update({place: i for i, place in enumerate(column)})


def _transpose(net: Columns, order: list[list[int]]) -> None:
    """Swap neighbours while a swap undoes crossings; it ends, because every swap leaves fewer."""
    position = _positions(order)
    lefts, rights = ([sorted([position[u] for u in ends]) for ends in near] for near in (net.left, net.right))
    restless = dict.fromkeys(range(len(order)))
    while restless:
        number = next(iter(restless))
        del restless[number]
        column = order[number]
        for i in range(len(column) - 1):
            u, v = column[i], column[i + 1]
            if _undone(lefts[u], lefts[v]) + _undone(rights[u], rights[v]) > 0:
                column[i], column[i + 1] = v, u
                position[u], position[v] = i + 1, i
                _renew(lefts, net.left, net.right[u] + net.right[v], position)
                _renew(rights, net.right, net.left[u] + net.left[v], position)
                restless |= dict.fromkeys(n for n in (number - 1, number, number + 1) if 0 <= n < len(order))


def _renew(ends: list[list[int]], near: list[list[int]], places: list[int], position: dict[int, int]) -> None:
    for place in places:
        ends[place] = sorted(position[u] for u in near[place])


def _undone(above: list[int], below: list[int]) -> int:
    """Count the crossings that a swap of two neighbours undoes on one side, less those it makes."""
    total = 0
    for upper in above:
        for lower in below:
            total += (upper > lower) - (upper < lower)
    return total


def _crossings(net: Columns, order: Sequence[Sequence[int]]) -> int:
    position = _positions(order)
    total = 0
    for column in order:
        ends: list[int] = []
        for u in column:
            targets = sorted(position[v] for v in net.right[u])
            total += sum(len(ends) - bisect_right(ends, end) for end in targets)
            for end in targets:
                insort(ends, end)
    return total
