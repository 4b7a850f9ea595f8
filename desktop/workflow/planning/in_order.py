"""In which order words on one thing count: by when they were told or came, not by when they were written down."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from operator import itemgetter
from typing import TypeVar

When = tuple[date | None, datetime | None]
"""The day of a word, and its moment in the hall's own time; None where nobody knows it."""
_Word = TypeVar("_Word")
_Moment = tuple[date, time]


def in_order(words: Iterable[_Word], when: Callable[[_Word], When]) -> list[_Word]:
    """Give words from the oldest to the latest; `words` come as they were written down, which settles ties.

    A word without a day, or of a known day without an hour, stands where it was written: after what was told by then.
    """
    said = list(words)
    if len(said) < 2:
        return said
    latest = date.min, time.min
    told: list[tuple[_Moment, _Word]] = []
    for word in said:
        moment = _moment(*when(word), latest)
        told.append((moment, word))
        latest = max(latest, moment)
    return [word for _, word in sorted(told, key=itemgetter(0))]


def _moment(day: date | None, at: datetime | None, latest: _Moment) -> _Moment:
    if day is None:
        return latest
    if at is not None:
        return day, at.time()
    return latest if latest[0] == day else (day, time.min)
