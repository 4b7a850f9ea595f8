"""Which items a demand may still lead to, by facts, choices and what was begun alone; no value is needed for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from desktop.workflow.inputs import Key, Kind
from desktop.workflow.known import REACHED, Bound
from desktop.workflow.legal_states import LegalState
from desktop.workflow.requirements import All, Any, AtLeast, ForEach, LeafKind, Need, Phase, Requirement, When
from desktop.workflow.truth import Truth

if TYPE_CHECKING:
    from desktop.workflow.valuation import Valuation


class Reach:
    """Follows a demand backward from its aims, whatever is missing on the way."""

    def __init__(self, valuation: Valuation) -> None:
        self.valuation = valuation
        self.known = valuation.known
        self.items: dict[Key, None] = {}
        for aim in self.known.aims:
            if aim.applies is not Truth.FALSE:
                self._outcome(aim.key)

    def _outcome(self, key: Key) -> None:
        if self.valuation.is_issued(key):
            return
        for item in self.open_ways(key):
            if item not in self.items:
                self.items[item] = None
                self._item(item)

    def open_ways(self, key: Key) -> tuple[Key, ...]:
        """Give the items that may still bring an outcome: the chosen one, else the one begun, else all that fit."""
        ways = [way for way in self.valuation.provider_keys(key) if self._is_open(way)]
        stored = self.known.inputs.choices.get(key.leaf)
        for way in ways:
            if way.code == stored:
                return (way,)
        for way in ways:
            if self.known.round(way)[1].state is not LegalState.NONE:
                return (way,)
        return tuple(way for way in ways if self.known.eligible(way) is not Truth.FALSE) or tuple(ways)

    def _is_open(self, item: Key) -> bool:
        state = self.known.round(item)[1]
        return state.live or state.state is LegalState.NONE or state.state in REACHED

    def _item(self, key: Key) -> None:
        bound = self.known.bound(key)
        for phase, requirement in self.known.item_of(key).requires.items():
            if phase is not Phase.POST:
                for leaf in self._outcomes(requirement, bound):
                    self._outcome(leaf)

    def _outcomes(self, requirement: Requirement, bound: Bound) -> Iterator[Key]:
        match requirement:
            case All() | Any() | AtLeast():
                for part in requirement.parts:
                    yield from self._outcomes(part, bound)
            case When():
                if self.known.judge(requirement.condition, bound).truth is not Truth.FALSE:
                    yield from self._outcomes(requirement.part, bound)
            case ForEach():
                for member in self.valuation.members(requirement, bound) or ():
                    yield from self._outcomes(requirement.part, {**bound, requirement.role: member})
            case Need(kind=LeafKind.OUTCOME, optional=False):
                yield self.known.key(Kind.OUTCOME, requirement.code, requirement.of, bound)
