"""Where the walk of a demand stands, and what it notes of the facts it comes upon."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.workflow.planning.inputs import Key
from desktop.workflow.planning.known import Bound
from desktop.workflow.planning.ways import Place


@dataclass
class Asked:
    """A fact the walk came upon: the best rank it was met at, and for which vertices."""

    rank: tuple[int, int]
    because: dict[Key, None] = field(default_factory=dict)


@dataclass(frozen=True)
class At:
    """Where the walk stands: whom roles stand for, the place, the group of alternatives, the conditions that hold.

    `guard` says that a condition met here guards a way, so that it must hold whatever else is there (rule 1);
    `proposed` that nobody chose this way yet, in the place of one that is closed.
    """

    bound: Bound
    place: Place
    group: str = ""
    conditions: tuple[str, ...] = ()
    guard: bool = False
    proposed: bool = False
