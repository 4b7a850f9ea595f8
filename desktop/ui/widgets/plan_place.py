"""How far down each place of a plan's picture stands, so that chains run straight and nothing touches.

The method is that of Brandes and Köpf (2001): every place is tied to a middle neighbour, in four ways (from the left or
the right, from the top or the bottom); tied places form straight runs, runs are packed tightly, and each place takes
the mean of the two middle answers. A last pass takes out the small steps the mean leaves.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from desktop.ui.widgets.plan_order import Columns

Apart = Callable[[int, int], float]
_POLISH = 4


def heights(net: Columns, apart: Apart) -> dict[int, float]:
    """Give the middle height of every place; `apart(upper, lower)` is the least distance of neighbours' middles.

    Parts that no line joins are placed each by itself, and each is then drawn up to what stands above it.
    """
    found: dict[int, float] = {}
    for part in net.parts:
        order = [[v for v in column if v in part] for column in net.order]
        own = _heights_of_part(replace(net, order=order), apart)
        shifts = [
            found[upper] + apart(upper, column[0]) - own[column[0]]
            for column, whole in zip(order, net.order, strict=True)
            if column and (upper := _above(whole, column[0])) is not None
        ]
        shift = max(shifts) if shifts else -min(own.values())
        found |= {place: y + shift for place, y in own.items()}
    return found


def _above(column: Sequence[int], place: int) -> int | None:
    return column[column.index(place) - 1] if column[0] != place else None


def _heights_of_part(net: Columns, apart: Apart) -> dict[int, float]:
    barred = _barred(net)
    answers = []
    for order, near in ((net.order, net.left), (net.order[::-1], net.right)):
        answers.append(_packed(order, _runs(order, near, barred), apart))
        upside = [column[::-1] for column in order]
        packed = _packed(upside, _runs(upside, near, barred), lambda u, v: apart(v, u))
        answers.append({place: -y for place, y in packed.items()})
    middle = _middle(answers)
    for _ in range(_POLISH):
        for column in [*net.order, *net.order[::-1]]:
            _straighten(column, middle, net, apart)
    return middle


def heights_near(net: Columns, apart: Apart, before: Mapping[int, float]) -> dict[int, float]:
    """Give the heights that keep what stood somewhere as near to its old height as the rest allows."""
    found: dict[int, float] = {}
    for column in net.order:
        wishes = [before.get(v, _beside(v, net, before)) for v in column]
        weights = [1.0 if v in before else 0.05 for v in column]
        found |= _spread(column, wishes, weights, apart)
    return found


def steepness(net: Columns, middle: Mapping[int, float]) -> float:
    """Sum how far the lines climb and fall: the less, the calmer the picture."""
    return sum(abs(middle[u] - middle[v]) for u in middle for v in net.right[u])


def _beside(place: int, net: Columns, before: Mapping[int, float]) -> float:
    near = [before[u] for u in net.left[place] + net.right[place] if u in before]
    return sum(near) / len(near) if near else max(before.values(), default=0.0)


def _barred(net: Columns) -> set[tuple[int, int]]:
    """Find the steps that cross a trunk between two bends: trunks stay straight, these may not be tied."""
    barred: set[tuple[int, int]] = set()
    for before, column in pairwise(net.order):
        position = {u: i for i, u in enumerate(before)}
        steps = [(position[u], i, u, v) for i, v in enumerate(column) for u in net.left[v]]
        trunks = [step for step in steps if net.is_bend(step[2]) and net.is_bend(step[3])]
        for a, b, u, v in steps:
            if not (net.is_bend(u) and net.is_bend(v)) and any((a - c) * (b - d) < 0 for c, d, _, _ in trunks):
                barred.add((u, v))
    return barred


def _runs(order: Sequence[Sequence[int]], near: list[list[int]], barred: set[tuple[int, int]]) -> dict[int, int]:
    """Tie each place to a middle neighbour of the column before; give every place the first of its run."""
    root = {place: place for column in order for place in column}
    for before, column in pairwise(order):
        position = {u: i for i, u in enumerate(before)}
        lowest = -1
        for v in column:
            around = sorted(near[v], key=position.__getitem__)
            for u in around[(len(around) - 1) // 2 : len(around) // 2 + 1]:
                if root[v] == v and position[u] > lowest and not barred & {(u, v), (v, u)}:
                    root[v], lowest = root[u], position[u]
    return root


def _packed(order: Sequence[Sequence[int]], root: Mapping[int, int], apart: Apart) -> dict[int, float]:
    """Put the runs as high as they go, then draw each down to the next where it has room."""
    below: dict[int, dict[int, float]] = {r: {} for r in root.values()}
    for column in order:
        for u, v in pairwise(column):
            below[root[u]][root[v]] = max(below[root[u]].get(root[v], 0.0), apart(u, v))
    waiting = dict.fromkeys(below, 0)
    for lower in below.values():
        for r in lower:
            waiting[r] += 1
    downward = [r for r, n in waiting.items() if not n]
    top = dict.fromkeys(below, 0.0)
    for upper in downward:
        for lower_run, distance in below[upper].items():
            top[lower_run] = max(top[lower_run], top[upper] + distance)
            waiting[lower_run] -= 1
            if not waiting[lower_run]:
                downward.append(lower_run)
    for upper in reversed(downward):
        if below[upper]:
            top[upper] = max(top[upper], min(top[r] - distance for r, distance in below[upper].items()))
    return {place: top[r] for place, r in root.items()}


def _middle(answers: Sequence[Mapping[int, float]]) -> dict[int, float]:
    """Lay the four answers over the narrowest and take the mean of the two middle ones for every place."""
    spans = [(min(a.values()), max(a.values())) for a in answers]
    low, high = min(spans, key=lambda span: span[1] - span[0])
    shifts = [low - s[0] if i % 2 == 0 else high - s[1] for i, s in enumerate(spans)]
    result = {}
    for place in answers[0]:
        four = sorted(answer[place] + shift for answer, shift in zip(answers, shifts, strict=True))
        result[place] = (four[1] + four[2]) / 2
    return result


def _straighten(column: Sequence[int], middle: dict[int, float], net: Columns, apart: Apart) -> None:
    """Move the places of one column level with their neighbours, as far as they leave each other room."""
    wishes = [_level(v, middle, net) for v in column]
    weights = [8.0 if net.is_bend(v) else 1.0 * max(1, len(net.left[v]) + len(net.right[v])) for v in column]
    middle.update(_spread(column, wishes, weights, apart))


def _level(place: int, middle: Mapping[int, float], net: Columns) -> float:
    """Where a place's lines climb least; where it stands already, when that is as good."""
    around = sorted(middle[u] for u in net.left[place] + net.right[place])
    if not around:
        return middle[place]
    low, high = around[(len(around) - 1) // 2], around[len(around) // 2]
    return min(max(middle[place], low), high)


def _spread(column: Sequence[int], wishes: list[float], weights: list[float], apart: Apart) -> dict[int, float]:
    """Give each its wish; those who stand in each other's way move together to the median of their wishes."""
    offset, offsets = 0.0, [0.0]
    for u, v in pairwise(column):
        offset += apart(u, v)
        offsets.append(offset)
    groups: list[tuple[float, list[tuple[float, float]]]] = []
    for wish, weight, start in zip(wishes, weights, offsets, strict=False):
        median, members = wish - start, [(wish - start, weight)]
        while groups and groups[-1][0] > median:
            members = sorted([*groups.pop()[1], *members])
            median = _median(members)
        groups.append((median, members))
    moved = [median for median, members in groups for _ in members]
    return {v: median + start for v, median, start in zip(column, moved, offsets, strict=False)}


def _median(members: Sequence[tuple[float, float]]) -> float:
    """Give the weighted median of sorted wishes; between two halves of equal weight, their middle."""
    half = sum(weight for _, weight in members) / 2
    passed = 0.0
    for i, (wish, weight) in enumerate(members):
        passed += weight
        if abs(passed - half) < half * 1e-9:
            return (wish + members[i + 1][0]) / 2
        if passed > half:
            return wish
    raise ValueError(members)
