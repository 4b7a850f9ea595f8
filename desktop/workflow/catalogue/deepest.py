"""Things that lead to others, the last of a chain before the first, however long the chain is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Thing = TypeVar("Thing")


def deepest_first(start: Thing, below: Callable[[Thing], Iterable[Thing]]) -> Iterator[Thing]:
    """Give everything a thing leads to, each once and after what it leads to itself; the thing comes last.

    `below` is asked when the way down first comes to a thing. In a circle the one met first comes after the others. The
    way down is kept in a list, so that a chain may be as long as memory allows. Work O(V+E).
    """
    seen = {start}
    way = [(start, iter(below(start)))]
    while way:
        thing, others = way[-1]
        other = next((each for each in others if each not in seen), None)
        if other is None:
            way.pop()
            yield thing
        else:
            seen.add(other)
            way.append((other, iter(below(other))))
