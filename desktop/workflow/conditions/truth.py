"""The three values a condition or a step of a plan may have: no, not known yet, yes."""

import enum
import heapq
from collections.abc import Iterable


class Truth(enum.IntEnum):
    """Kleene's strong three values, ordered FALSE < UNKNOWN < TRUE: "and" is the least, "or" the greatest."""

    FALSE = 0
    UNKNOWN = 1
    TRUE = 2


_NEGATED = (Truth.TRUE, Truth.UNKNOWN, Truth.FALSE)


def truth_of(*, holds: bool) -> Truth:
    """Return the decided value of a plain yes or no."""
    return Truth.TRUE if holds else Truth.FALSE


def negate(value: Truth) -> Truth:
    """Return the opposite value; what is not known stays not known."""
    return _NEGATED[value]


def all_of(values: Iterable[Truth]) -> Truth:
    """Return the least value: true only when every one is; nothing asked for is true."""
    least = Truth.TRUE
    for value in values:
        if value < least:
            least = value
            if least is Truth.FALSE:
                break
    return least


def any_of(values: Iterable[Truth]) -> Truth:
    """Return the greatest value: true as soon as one is; no alternative at all is false."""
    greatest = Truth.FALSE
    for value in values:
        if value > greatest:
            greatest = value
            if greatest is Truth.TRUE:
                break
    return greatest


def at_least(k: int, values: Iterable[Truth]) -> Truth:
    """Return the k-th largest value: true when k of them are; k below 1 is true, k above their number is false."""
    if k < 1:
        return Truth.TRUE
    largest = heapq.nlargest(k, values)
    return largest[k - 1] if len(largest) == k else Truth.FALSE
