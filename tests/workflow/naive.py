"""Values by the book and without any cleverness: start from "impossible", repeat until nothing changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desktop.workflow.catalogue.definitions import Catalogue
from desktop.workflow.catalogue.requirements import All, Any, AtLeast, ForEach, LeafKind, Need, Phase, Requirement, When
from desktop.workflow.planning.inputs import Inputs, Key, Kind
from desktop.workflow.planning.known import Known
from desktop.workflow.planning.valuation import Valuation
from desktop.workflow.procedure.legal_states import LIVE, LegalState
from tests.workflow.small_town import CALENDAR, TODAY

_DONE = {LegalState.ISSUED, LegalState.SERVED}


def least_fix_point(catalogue: Catalogue, inputs: Inputs, keys: Iterable[Key]) -> dict[Key, int]:
    """Value outcomes and items by passes over all of them, 0 impossible, 1 open, 2 there (Kleene 1952)."""
    book = _Book(catalogue, inputs)
    values = {key: 0 for key in keys if key.kind in {Kind.OUTCOME, Kind.ITEM}}
    while True:
        after = {key: book.value(key, values) for key in values}
        if after == values:
            return values
        assert all(after[key] >= values[key] for key in values)
        values = after


class _Book:
    def __init__(self, catalogue: Catalogue, inputs: Inputs) -> None:
        self.known = Known(catalogue, CALENDAR, inputs, TODAY)
        self.leaves = Valuation(self.known)

    def value(self, key: Key, values: Mapping[Key, int]) -> int:
        if key.kind is Kind.OUTCOME:
            if self.leaves.is_issued(key):
                return 2
            items = self.leaves.provider_keys(key)
            return max(values[item] for item in items) if items else 1
        state = self.known.round(key)[1].state
        if state in _DONE:
            there = (
                self.known.made_here(Key(Kind.OUTCOME, code, key.subject)) for code in self.known.item_of(key).provides
            )
            return 2 if all(there) else 1
        if state in LIVE:
            return 1
        if state is not LegalState.NONE:
            return 0
        asked = (part for phase, part in self.known.item_of(key).requires.items() if phase is not Phase.POST)
        return min([1, *(self.asked(part, self.known.bound(key), values) for part in asked)])

    def asked(self, part: Requirement, bound: Mapping[str, str], values: Mapping[Key, int]) -> int:
        match part:
            case All():
                return min([2, *(self.asked(each, bound, values) for each in part.parts)])
            case Any():
                return max([0, *(self.way(each, bound, values) for each in part.parts)])
            case AtLeast():
                return sorted((self.way(each, bound, values) for each in part.parts), reverse=True)[part.k - 1]
            case When():
                inside, holds = self.asked(part.part, bound, values), self.known.judge(part.condition, bound).truth
                return 2 if inside == 2 or holds == 0 else inside if holds == 2 else 1
            case ForEach():
                members = self.leaves.members(part, bound)
                if members is None:
                    return 1
                return min([2, *(self.asked(part.part, {**bound, part.role: each}, values) for each in members)])
            case Need(kind=LeafKind.OUTCOME, optional=False):
                return values[self.leaves.need_key(part, bound)]
        return self.leaves.requirement(part, bound)

    def way(self, part: Requirement, bound: Mapping[str, str], values: Mapping[Key, int]) -> int:
        if not isinstance(part, When):
            return self.asked(part, bound, values)
        return min(int(self.known.judge(part.condition, bound).truth), self.way(part.part, bound, values))
