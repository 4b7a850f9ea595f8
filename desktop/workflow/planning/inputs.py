"""What is known of a request: who takes part, facts, papers, outcomes on file, acts and choices; only ever appended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from desktop.workflow.catalogue.definitions import Source
from desktop.workflow.procedure.legal_states import Act


class Kind(StrEnum):
    """What a vertex of a plan is."""

    FACT = "fact"
    MATERIAL = "material"
    OUTCOME = "outcome"
    ITEM = "item"


class Key(NamedTuple):
    """A vertex: what, and for which subject; never a position in a diagram."""

    kind: Kind
    code: str
    subject: str

    @property
    def leaf(self) -> str:
        """The vertex as a word, for notices, promises and stored choices."""
        return f"{self.kind}:{self.code}:{self.subject}"

    @classmethod
    def read(cls, leaf: str) -> Key | None:
        """Read a vertex back from its word; None for what is no such word."""
        kind, _, rest = leaf.partition(":")
        code, _, subject = rest.partition(":")
        return cls(Kind(kind), code, subject) if kind in set(Kind) and code and subject else None


TAKEN = "taken"
"""The choice that takes in an outcome which is offered and never presumed."""

DECLINED = "declined"
"""The choice that puts an offered outcome aside again."""


@dataclass(frozen=True, slots=True)
class FactValue:
    """One answer to one fact about one subject; None is "I don't know", which is an answer (rule 17)."""

    subject: str
    code: str
    value: object
    source: Source = Source.DECLARED
    since: date | None = None
    until: date | None = None
    at: datetime | None = None
    """The moment it was told; where nobody knows it, the whole day `since` counts."""


class PaperState(StrEnum):
    """What has become of a paper handed over."""

    RECEIVED = "received"
    DEFECTIVE = "defective"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper taken in for a subject, and how long it is good for; or a word on one, as that it is defective."""

    subject: str
    code: str
    state: PaperState = PaperState.RECEIVED
    received: date | None = None
    until: date | None = None
    at: datetime | None = None
    """The moment it came, or was found defective; where nobody knows it, papers of one day count as written down."""


@dataclass(frozen=True, slots=True)
class HeldOutcome:
    """A certificate, registration or the like that is on file, from whichever request or register."""

    subject: str
    code: str
    since: date
    until: date | None = None
    ended: date | None = None

    def valid_on(self, day: date) -> bool:
        """Tell whether it is in force on a day."""
        return (
            self.since <= day and (self.until is None or day <= self.until) and (self.ended is None or day < self.ended)
        )


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything a plan is computed from, apart from the catalogue, the calendar and the day.

    `roles` leads from a role of the demand to its subjects; a role nobody fills yet stands for itself.

    `choices` leads from what is chosen among to what was chosen; a later choice takes the place of an earlier one:

    - an outcome that several items provide: its word (`Key.leaf`) → the code of the item;
    - an outcome that is offered and never presumed (`Want.opt_in`): its word → `TAKEN`, `DECLINED`, or an item's code;
    - alternatives within what an item asks: their `group` in `Plan.alternatives` (made by `ways.Place.group`:
      `item:CODE:SUBJECT#PHASE.PATH`) → the name of the way (`ways.way_names`: the codes it asks
      for, joined by `+`); where several of them are needed, the names of the ways, joined by a comma.

    A choice that is not open here, or that has become impossible, is passed over and never forgotten.

    `nobody_to_ask`: whoever brought it left no name and no way back, so that a fact answered with "not known" is closed
    and holds nobody up any more; a condition on it stays open, and so does what must be yes.
    """

    demand: str
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facts: tuple[FactValue, ...] = ()
    papers: tuple[Paper, ...] = ()
    held: tuple[HeldOutcome, ...] = ()
    acts: tuple[Act, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    opened: date | None = None
    nobody_to_ask: bool = False
    lost: tuple[Key, ...] = ()
    """The outcomes that were on file after the demand was opened and were taken away elsewhere."""
    departments: Mapping[str, str] = field(default_factory=dict)
    """Whose an item begun is by the records, where the catalogue no longer has it."""
