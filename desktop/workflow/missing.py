"""What is still missing for a requirement, leaf by leaf, and who must act."""

from collections.abc import Iterator
from dataclasses import replace

from desktop.workflow.catalogue import Source
from desktop.workflow.conditions import NO_ANSWER
from desktop.workflow.inputs import Key, Kind
from desktop.workflow.plan import Actor, Missing
from desktop.workflow.requirements import After, All, Any, AtLeast, ForEach, Need, Phase, Requirement, When
from desktop.workflow.requirements import Known as KnownFact
from desktop.workflow.truth import Truth
from desktop.workflow.valuation import Bound, Valuation


class MissingSets:
    """Finds what is missing of a requirement, in the author's order."""

    def __init__(self, valuation: Valuation) -> None:
        self.valuation = valuation
        self.known = valuation.known

    def of_phase(self, item: Key, phase: Phase) -> tuple[Missing, ...]:
        """Give what an item's phase still misses."""
        requirement = self.known.item_of(item).required(phase)
        return tuple(self.of(requirement, self.valuation.bound(item)))

    def of(self, requirement: Requirement, bound: Bound, one_of: str = "") -> Iterator[Missing]:
        """Give the missing leaves of a requirement; a decided one gives none, which stops needless questions."""
        if self.valuation.requirement(requirement, bound) is Truth.TRUE:
            return
        match requirement:
            case All():
                for part in requirement.parts:
                    yield from self.of(part, bound, one_of)
            case Any() | AtLeast():
                yield from self._alternatives(requirement, bound)
            case When():
                yield from self._when(requirement, bound, one_of)
            case ForEach():
                yield from self._for_each(requirement, bound, one_of)
            case Need() | KnownFact() | After():
                yield self._leaf(requirement, bound, one_of)

    def _alternatives(self, requirement: Any | AtLeast, bound: Bound) -> Iterator[Missing]:
        """Give every way that is not closed; they share a group, of which one (or k) is enough."""
        group = f"{id(requirement):x}"
        for part in requirement.parts:
            if self.valuation.guarded(part, bound) is Truth.UNKNOWN:
                yield from self.of(part, bound, group)

    def _when(self, requirement: When, bound: Bound, one_of: str) -> Iterator[Missing]:
        truth = self.known.judge(requirement.condition, bound).truth
        if truth is Truth.TRUE:
            yield from self.of(requirement.part, bound, one_of)
        elif truth is Truth.UNKNOWN:
            for key in self.known.unknown(requirement.condition, bound):
                yield Missing(key, self.actor(key), one_of=one_of, unknown_condition=requirement.condition)

    def _for_each(self, requirement: ForEach, bound: Bound, one_of: str) -> Iterator[Missing]:
        members = self.valuation.members(requirement, bound)
        if members is None:
            if requirement.members in self.known.catalogue.facts:
                key = self.known.key(Kind.FACT, requirement.members, None, bound)
                yield Missing(key, self.actor(key), one_of=one_of)
            return
        for member in members:
            yield from self.of(requirement.part, {**bound, requirement.role: member}, one_of)

    def _leaf(self, leaf: Need | KnownFact | After, bound: Bound, one_of: str) -> Missing:
        if isinstance(leaf, After):
            key = self.known.key(Kind.ITEM, leaf.item, None, bound)
        elif isinstance(leaf, KnownFact):
            key = self.known.key(Kind.FACT, leaf.code, leaf.of, bound)
        else:
            key = self.valuation.need_key(leaf, bound)
        missing = Missing(key, self.actor(key), one_of=one_of, department=self.department(key))
        return replace(missing, deferrable=isinstance(leaf, Need) and self.deferrable(leaf, key))

    def deferrable(self, need: Need, key: Key) -> bool:
        """Tell whether a paper may be owing under a promise (容缺)."""
        if key.kind is not Kind.MATERIAL:
            return False
        return (need.deferrable or self.known.catalogue.materials[key.code].deferrable) is not None

    def department(self, key: Key) -> str:
        """Name the department a missing outcome or step waits on."""
        if key.kind is Kind.ITEM:
            return self.known.item_of(key).department
        if key.kind is Kind.OUTCOME:
            for item in self.valuation.provider_keys(key):
                return self.known.item_of(item).department
        return ""

    def actor(self, key: Key) -> Actor:
        """Say who must act for a missing vertex."""
        match key.kind:
            case Kind.FACT:
                return self._who_answers(key)
            case Kind.MATERIAL:
                return self._who_brings(key)
            case Kind.OUTCOME:
                return Actor.DEPARTMENT if any(self.valuation.provider_keys(key)) else Actor.OTHER_AGENCY
            case Kind.ITEM:
                return Actor.DEPARTMENT

    def _who_answers(self, key: Key) -> Actor:
        fact = self.known.catalogue.facts[key.code]
        if fact.from_outcome and Source.DECLARED not in fact.sources:
            return Actor.DEPARTMENT
        if self.known.fact(key.code, key.subject) is NO_ANSWER:
            return Actor.DEPARTMENT
        return Actor.APPLICANT if Source.DECLARED in fact.sources else Actor.REGISTRY

    def _who_brings(self, key: Key) -> Actor:
        material = self.known.catalogue.materials[key.code]
        for outcome in material.provided_by:
            if any(self.valuation.provider_keys(self.known.key(Kind.OUTCOME, outcome))):
                return Actor.DEPARTMENT
        return Actor.COUNTER if material.origin == "hall" else Actor.APPLICANT
