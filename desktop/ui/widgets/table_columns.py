"""How the width of a table is shared out among its columns."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Width:
    """How wide a column wants to be, in hanzi, and how much of the room that is left it takes."""

    hanzi: float
    share: float = 0
    may_go: int = 0
    """In a room too narrow for all, columns with a number go, the highest first; 0 always stays."""


COMFORT = 0.75
"""Part of the width it wants below which a column is no pleasure to read."""


def staying(room: int, wanted: Sequence[int], least: Sequence[int], widths: Sequence[Width]) -> list[bool]:
    """Which columns stay: all, while each has three quarters of what it wants and room for its longest word."""
    stays = [True] * len(widths)
    needs = [max(low, round(want * COMFORT)) for want, low in zip(wanted, least, strict=True)]
    while sum(need for need, stay in zip(needs, stays, strict=True) if stay) > room:
        going = max(range(len(widths)), key=lambda at: widths[at].may_go if stays[at] else 0)
        if widths[going].may_go == 0 or not stays[going]:
            break
        stays[going] = False
    return stays


def share_out(room: int, wanted: Sequence[int], least: Sequence[int], shares: Sequence[float]) -> list[int]:
    """Widths in pixels that together fill ``room``, or what is wanted when nobody takes the rest.

    Where there is too little, all give way alike, but none below its longest word (``least``), which cannot be broken;
    only when even the longest words have no room are they cut down alike.
    """
    wishes = [max(want, low) for want, low in zip(wanted, least, strict=True)]
    spare = room - sum(wishes)
    if spare >= 0:
        whole = sum(shares) or 1.0
        return [int(wish + spare * share / whole) for wish, share in zip(wishes, shares, strict=True)]
    if sum(least) >= room:
        return [int(low * room / sum(least)) for low in least]
    above = [wish - low for wish, low in zip(wishes, least, strict=True)]
    left = room - sum(least)
    return [int(low + left * over / sum(above)) for low, over in zip(least, above, strict=True)]
