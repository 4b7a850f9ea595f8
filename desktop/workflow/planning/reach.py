"""Which items a demand may still lead to: by facts, papers, choices and what was begun, whatever is missing on the way.

Pure order (`After`) waits for items that take part; whether they do must be known before order is valued.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.workflow.catalogue.requirements import (
    After,
    All,
    Any,
    AtLeast,
    ForEach,
    LeafKind,
    Need,
    Phase,
    Requirement,
    When,
)
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.planning.following import follow
from desktop.workflow.planning.inputs import Key, Kind
from desktop.workflow.planning.known import Bound
from desktop.workflow.planning.valuation import Valuation
from desktop.workflow.planning.ways import Place, parts_in
from desktop.workflow.procedure.legal_states import Gate, LegalState


class Unordered(Valuation):
    """Values with order left out of account: it neither closes a way nor makes one hold."""

    def after_keys(self, requirement: After, bound: Bound) -> tuple[Key, ...]:
        """Give the item an order speaks of, whether it takes part or not."""
        return (self.known.key(Kind.ITEM, requirement.item, None, bound),)

    def after(self, requirement: After, bound: Bound) -> Truth:  # noqa: ARG002 — whatever comes first
        """Leave order open."""
        return Truth.UNKNOWN


class Reach:
    """Follows a demand backward from its aims as the plan will, those that hang on an answer included."""

    def __init__(self, valuation: Valuation) -> None:
        self.known = valuation.known
        self.valuation = Unordered(self.known)
        self.items: dict[Key, None] = {}
        way = [self._aims()]
        while way:
            item = next((each for each in way[-1] if each not in self.items), None)
            if item is None:
                way.pop()
            else:
                self.items[item] = None
                way.append(self._item(item))

    def _aims(self) -> Iterator[Key]:
        for aim in self.known.aims:
            if aim.applies is not Truth.FALSE:
                yield from self._outcome(aim.key)

    def _outcome(self, key: Key) -> Iterator[Key]:
        """Give the items to follow next; whoever walks follows each before it comes back for the one after."""
        if not self.valuation.is_issued(key):
            yield from self.open_ways(key)

    def open_ways(self, key: Key) -> tuple[Key, ...]:
        """Give the items that may bring an outcome: the chosen one, else the one begun, else all that may be taken."""
        ways = [way for way in self.valuation.provider_keys(key) if self.valuation.value(way) is not Truth.FALSE]
        stored = self.known.inputs.choices.get(key.leaf)
        for way in ways:
            if way.code == stored:
                return (way,)
        for way in ways:
            if self.known.round(way)[1].state is not LegalState.NONE:
                return (way,)
        return tuple(self.known.fitting(ways))

    def _item(self, key: Key) -> Iterator[Key]:
        state = self.known.round(key)[1]
        for phase, requirement in self.known.item_of(key).requires.items():
            if phase is not Phase.POST and state.passed(Gate(phase.value)) is None:
                yield from self._follow(requirement, self.known.bound(key), Place(key, phase))

    def _follow(self, part: Requirement, bound: Bound, place: Place) -> Iterator[Key]:
        match part:
            case All():
                for each, at in parts_in(part.parts, place):
                    yield from self._follow(each, bound, at)
            case Any() | AtLeast():
                for number in follow(self.valuation, part, bound, place).numbers:
                    yield from self._follow(part.parts[number], bound, place.part(number))
            case When():
                if self.known.judge(part.condition, bound).truth is not Truth.FALSE:
                    yield from self._follow(part.part, bound, place)
            case ForEach():
                for member in self.valuation.members(part, bound) or ():
                    yield from self._follow(part.part, {**bound, part.role: member}, place.member(member))
            case Need(kind=LeafKind.OUTCOME, optional=False):
                yield from self._outcome(self.valuation.need_key(part, bound))
