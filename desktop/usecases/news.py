"""What others have done since one looked last, told by the log: looks at a file change nothing and are no news."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from db.queries.news import last_place, lines_after
from desktop.usecases.context import Context

OVERLAP: Final = 200
"""On a server a line may appear below one that was there before: so many are looked at again."""
MOST: Final = 1_000


@dataclass(frozen=True)
class News:
    """The end of the log, and the keys of the acts near it; `whole` unless there were more than are told."""

    place: int
    acts: frozenset[UUID]
    whole: bool


def what_is_new(context: Context, place: int | None) -> News:
    """Give the acts after a place of the log and some before it; without a place, those at its end."""
    if context.hall is None:
        return News(0, frozenset(), whole=False)
    if place is None:
        place = last_place(context.connection, context.hall)
    lines = lines_after(context.connection, context.hall, place - OVERLAP, MOST)
    acts = frozenset(line.op for line in lines if not is_look(line.kind))
    return News(max((line.seq for line in lines), default=place), acts, whole=len(lines) < MOST)


def is_look(kind: str) -> bool:
    """Say whether a line of the log tells of a look only."""
    return kind.endswith("_seen")
