"""What an item asks before a gate may be passed: needs joined by all, any, at least, when, for each, after."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from desktop.workflow.time.limits import Limit


class Phase(StrEnum):
    """The gate before which a leaf must hold; `post` leaves are owed after the outcome is issued."""

    SUBMIT = "submit"
    ACCEPT = "accept"
    DECIDE = "decide"
    ISSUE = "issue"
    POST = "post"


class LeafKind(StrEnum):
    """What a leaf asks for: something to know, something to hand over, something another item provides."""

    FACT = "fact"
    MATERIAL = "material"
    OUTCOME = "outcome"


class Part(BaseModel):
    """A frozen part of a catalogue: nothing in it changes once it is published."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, hide_input_in_errors=True)


class Deferral(Part):
    """How a paper may be owing (容缺): until which gate, and how long after acceptance at most."""

    until: Literal["decide", "issue"] = "decide"
    limit: Limit | None = None


class Need(Part):
    """A leaf: a fact that must hold (or, not being yes-or-no, be known), a paper, or an outcome of another item.

    `of` names the role whose it is; None means the catalogue's own default for that thing. `optional` papers are
    offered and never hold anything up. `holds` says whether an outcome is judged at the gate only or must still stand
    when the decision is taken.
    """

    form: Literal["need"] = "need"
    kind: LeafKind
    code: str
    of: str | None = None
    optional: bool = False
    deferrable: Deferral | None = None
    holds: Literal["at_gate", "until_decision"] | None = None


class Known(Part):
    """A leaf that holds as soon as the fact has been answered, whatever the answer."""

    form: Literal["known"] = "known"
    code: str
    of: str | None = None


class After(Part):
    """Pure order: the other item must be accepted (or have issued its outcome) first, when it takes part at all."""

    form: Literal["after"] = "after"
    item: str
    gate: Literal["accept", "issue"] = "issue"


class All(Part):
    """Every part must hold; a part whose condition is false is not asked."""

    form: Literal["all"] = "all"
    parts: tuple[Requirement, ...]


class Any(Part):
    """One part must hold; a part whose condition is false is no way at all."""

    form: Literal["any"] = "any"
    parts: tuple[Requirement, ...]


class AtLeast(Part):
    """At least `k` of the parts must hold, each by evidence of its own."""

    form: Literal["at_least"] = "at_least"
    k: int = Field(ge=1)
    parts: tuple[Requirement, ...]


class When(Part):
    """The part is asked only where the condition holds."""

    form: Literal["when"] = "when"
    condition: str
    part: Requirement


class ForEach(Part):
    """The part is asked once for each member of a set of people or things; `role` names the member inside it."""

    form: Literal["for_each"] = "for_each"
    members: str
    role: str
    part: Requirement


Requirement = Need | Known | After | All | Any | AtLeast | When | ForEach

for _form in (All, Any, AtLeast, When, ForEach):
    _form.model_rebuild()


def leaves(requirement: Requirement) -> Iterator[Need | Known | After]:
    """Give every leaf of a requirement in the author's order."""
    match requirement:
        case All() | Any() | AtLeast():
            for part in requirement.parts:
                yield from leaves(part)
        case When() | ForEach():
            yield from leaves(requirement.part)
        case _:
            yield requirement


def conditions(requirement: Requirement) -> Iterator[str]:
    """Give the text of every condition in a requirement."""
    match requirement:
        case All() | Any() | AtLeast():
            for part in requirement.parts:
                yield from conditions(part)
        case When():
            yield requirement.condition
            yield from conditions(requirement.part)
        case ForEach():
            yield from conditions(requirement.part)
        case _:
            return
