"""The vertices a demand leads back to, joined once so that a change is carried only to what stands on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from desktop.workflow.incremental.stages import Table
from desktop.workflow.planning.inputs import Key


class Op(IntEnum):
    """How a vertex gets its value."""

    ANSWER = 0  # the answer that stands to a fact: any value, not one of three
    CONDITION = 1  # a condition, from the answers it reads
    LEAF = 2  # a fact that must hold or be known, a paper
    ALL = 3  # the least of what is below
    SOME = 4  # the k-th largest of what is below
    WHEN = 5  # asked only where the condition below holds
    OUTCOME = 6  # on file or issued, else the best of its items
    ITEM = 7  # by its round; before that, what it asks
    ORDER = 8  # pure order
    OPEN = 9  # not known until the network is joined anew: a set nobody has answered


class Asks(IntEnum):
    """What a leaf asks of an answer or a paper."""

    HOLDS = 0
    KNOWN = 1
    PAPER = 2


@dataclass(frozen=True, slots=True)
class Network:
    """Vertices by number, what is below each always with a smaller one, except within a circle.

    `below` and `above` are the edges; `circle` numbers the circles a vertex may stand in, 0 for none. `what` says what
    a vertex stands for. `enough` is the k of a SOME. The other tables lead from what is entered to what it may move.
    """

    op: tuple[Op, ...]
    below: tuple[tuple[int, ...], ...]
    above: tuple[tuple[int, ...], ...]
    what: tuple[object, ...]
    enough: tuple[int, ...]
    circle: tuple[int, ...]
    circles: Mapping[int, tuple[int, ...]]
    at: Mapping[Key, int]
    """The vertices of outcomes, items and papers, by key."""
    answers: Mapping[Key, int]
    """The vertices of answers, by the fact's key."""
    papers: Mapping[tuple[str, str], tuple[int, ...]]
    """The paper vertices that a paper (code, subject) in hand may stand in for."""
    watching: Mapping[Key, tuple[int, ...]]
    """The vertices that look at whether an outcome is in force: its own, papers it proves, facts it answers."""
    moved_by: Mapping[int, tuple[Key, ...]]
    """The outcomes an item provides or ends."""
    mark_at: Mapping[Key, int]
    """The mark that says whether an outcome is in force, by the outcome."""
    marks: tuple[tuple[int, ...], ...]
    """The marks a vertex reads: an outcome its own, an item those of what it provides."""
    gives: Mapping[int, tuple[tuple[int, tuple[int, ...]], ...]]
    """For items whose results last and end nothing: each result's mark, and what else looks at it."""
    tables: Mapping[int, Table]
    """The states that plain acts on an item lead to."""
    sweeping: Mapping[str, tuple[int, ...]]
    """The conditions that read a fact of every member of a set, by the fact's code and those its rule reads."""
    swept_by: Mapping[str, tuple[int, ...]]
    """The same conditions, by the outcomes that answer such a fact."""
    shaping: frozenset[int]
    """The conditions of what is wanted, and the answers in `sets`: where these move, the network may be another."""
    sets: tuple[int, ...]
    """The answers that name the members of a set something is asked for."""
    daily: tuple[int, ...]
    """The vertices that look at the day."""
    ordered: tuple[int, ...]
    """The vertices of pure order."""
    conditional: frozenset[Key]
    """The outcomes wanted under a condition, which their own coming about does not turn away again."""

    def __len__(self) -> int:
        return len(self.op)
