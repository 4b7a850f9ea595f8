"""The value of every vertex: refused or impossible, not yet, or done; by Kleene's rules, to the least fix-point."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from desktop.workflow.catalogue.deepest import deepest_first
from desktop.workflow.catalogue.definitions import APPLICANT, CASE, Fact
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
from desktop.workflow.catalogue.requirements import Known as KnownFact
from desktop.workflow.conditions.condition import NO_ANSWER, UNKNOWN, FactType
from desktop.workflow.conditions.truth import Truth, all_of, any_of, at_least, truth_of
from desktop.workflow.planning.inputs import Key, Kind, Paper, PaperState
from desktop.workflow.planning.known import REACHED, Bound, Known
from desktop.workflow.procedure.legal_states import LegalState

if TYPE_CHECKING:
    from desktop.workflow.planning.reach import Reach

_KIND = {LeafKind.FACT: Kind.FACT, LeafKind.MATERIAL: Kind.MATERIAL, LeafKind.OUTCOME: Kind.OUTCOME}
_UNANSWERED = (UNKNOWN, NO_ANSWER)


class Valuation:
    """Values vertices of one request on one day; within a cycle everything starts from "impossible" (rule 14)."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self._values: dict[Key, Truth] = {}
        self._providers: dict[Key, tuple[Key, ...]] = {}
        self._assumed: dict[Key, Truth] = {}
        self._open: set[Key] = set()
        self._leaned_on: set[Key] = set()

    def value(self, key: Key) -> Truth:
        """Give the value of a vertex: TRUE done or on file, UNKNOWN not yet, FALSE refused or impossible."""
        if key in self._values:
            return self._values[key]
        if key in self._open:
            self._leaned_on.add(key)
            return self._assumed.get(key, Truth.FALSE)
        if self._open:
            return self._visit(key)
        return self._settle(key)

    def _settle(self, key: Key) -> Truth:
        """Repeat the evaluation of a cycle until what was assumed is what comes out."""
        self._assumed = {}
        while True:
            before = set(self._values)
            self._leaned_on = set()
            value = self._visit(key)
            came_out = {key: self._values[key] for key in self._leaned_on}
            changed = {k: v for k, v in came_out.items() if self._assumed.get(k, Truth.FALSE) is not v}
            if not changed:
                return value
            self._assumed.update(changed)
            for computed in set(self._values) - before:
                del self._values[computed]

    def _visit(self, key: Key) -> Truth:
        """Value a vertex, and first whatever it hangs on, so that a chain of items may be long."""
        for each in deepest_first(key, self._enter):
            self._values[each] = self._compute(each)
            self._open.discard(each)
        return self._values[key]

    def _enter(self, key: Key) -> tuple[Key, ...]:
        """Begin with a vertex, and give those to be valued before it; one already begun closes a circle."""
        self._open.add(key)
        below = self.hangs_on(key)
        return tuple(each for each in below if each not in self._values and each not in self._open)

    def hangs_on(self, key: Key) -> Iterable[Key]:
        """Give the vertices whose values may decide this one's: an outcome's items, the outcomes an item asks for."""
        if key.kind is Kind.OUTCOME:
            return () if self.is_issued(key) else self.provider_keys(key)
        if key.kind is not Kind.ITEM or self.known.round(key)[1].state is not LegalState.NONE:
            return ()
        bound = self.known.bound(key)
        parts = (part for phase, part in self.known.item_of(key).requires.items() if phase is not Phase.POST)
        return (outcome for part in parts for outcome in self._outcomes_in(part, bound))

    def _outcomes_in(self, part: Requirement, bound: Bound) -> Iterator[Key]:
        """Give the outcomes a requirement may ask for, whatever its conditions say."""
        match part:
            case All() | Any() | AtLeast():
                for each in part.parts:
                    yield from self._outcomes_in(each, bound)
            case When():
                yield from self._outcomes_in(part.part, bound)
            case ForEach():
                for member in self.members(part, bound) or ():
                    yield from self._outcomes_in(part.part, {**bound, part.role: member})
            case Need(kind=LeafKind.OUTCOME, optional=False):
                yield self.need_key(part, bound)

    def _compute(self, key: Key) -> Truth:
        match key.kind:
            case Kind.FACT:
                return self._fact(key)
            case Kind.MATERIAL:
                return self.paper_there(key)
            case Kind.OUTCOME:
                return self._outcome(key)
            case Kind.ITEM:
                return self._item(key)

    # -- vertices -----------------------------------------------------------------------------------------------

    def _fact(self, key: Key) -> Truth:
        return self.fact_holds(self.known.catalogue.facts[key.code], self.known.fact(key.code, key.subject))

    def fact_holds(self, fact: Fact, value: object) -> Truth:
        """A yes-or-no leaf holds only when it is yes; any other holds when it is known (rule 2), a set when full."""
        if self._is_closed(value) and fact.type is not FactType.BOOL:
            return Truth.TRUE
        if value in _UNANSWERED:
            return Truth.UNKNOWN
        if fact.type is FactType.BOOL:
            return truth_of(holds=value is True)
        return Truth.UNKNOWN if fact.type is FactType.SET and too_few(fact, value) else Truth.TRUE

    def paper_there(self, key: Key) -> Truth:
        """A paper is there when it, a substitute or the outcome it proves is there; else it can still be brought.

        For one named as defective only what has come since the notice stands in: what was there then was named with it.
        """
        known, codes = self.known, (key.code, *self.known.catalogue.materials[key.code].substitutes)
        said = known.papers_said(codes, key.subject)
        notice = _notice(said, key.code)
        since = {paper.code for paper in (said if notice is None else said[notice + 1 :])}
        if any(code in since and known.has_paper(code, key.subject) for code in codes):
            return Truth.TRUE
        defective = None if notice is None else said[notice]
        proved = any(self._proved(proof, defective) for proof in known.proofs(key))
        return Truth.TRUE if proved else Truth.UNKNOWN

    def _proved(self, outcome: Key, defective: Paper | None) -> bool:
        """Tell whether an outcome proves what a paper shows; for one named as defective, only one since that day."""
        if defective is None or not self.is_issued(outcome):
            return self.is_issued(outcome)
        day, of = defective.received, (outcome.code, outcome.subject)
        held = (one for one in (*self.known.inputs.held, *self.known.made) if (one.code, one.subject) == of)
        return day is not None and any(one.since > day and one.valid_on(self.known.today) for one in held)

    def is_issued(self, outcome: Key) -> bool:
        """Tell whether an outcome is in force: on file, or issued in this very matter by whichever item."""
        return bool(self.known.on_file(outcome.code, outcome.subject) or self.known.made_here(outcome))

    def _outcome(self, key: Key) -> Truth:
        """An outcome is there when on file or issued; else as good as the best item that provides it."""
        if self.is_issued(key):
            return Truth.TRUE
        items = self.provider_keys(key)
        if not items:
            return Truth.UNKNOWN
        return any_of(self.value(item) for item in items)

    def provider_keys(self, key: Key) -> tuple[Key, ...]:
        """Give the items that are a way to an outcome for its subject, in the author's order.

        A want may name the one item that counts here: several matters may share an outcome whose items are not open to
        everybody. It speaks of its own subject only, and only where it applies; a want that names none leaves all open.
        """
        if key not in self._providers:
            pins = {aim.want.item for aim in self.known.aims if aim.key == key and aim.applies is not Truth.FALSE}
            named = pins if pins and None not in pins else None
            ways = (Key(Kind.ITEM, i.code, key.subject) for i in self.known.catalogue.providers.get(key.code, ()))
            chosen = tuple(way for way in ways if way.code in named) if named else tuple(self.all_providers(key))
            self._providers[key] = chosen
        return self._providers[key]

    def all_providers(self, key: Key) -> Iterator[Key]:
        """Give every item that provides an outcome; one about somebody without a part in this demand is no way here."""
        demand = self.known.demand
        for item in self.known.catalogue.providers.get(key.code, ()):
            if item.about in {CASE, APPLICANT} or demand.role(item.about) is not None:
                yield Key(Kind.ITEM, item.code, key.subject)

    def _item(self, key: Key) -> Truth:
        """An item is done when its outcome is issued and in force; refused is no at once, a live round never is.

        What has run out since can be had again: it is open, and never refused.
        """
        _, state = self.known.round(key)
        if state.state in REACHED:
            provided = (Key(Kind.OUTCOME, code, key.subject) for code in self.known.item_of(key).provides)
            return Truth.TRUE if all(self.known.made_here(each) for each in provided) else Truth.UNKNOWN
        if state.live:
            return Truth.UNKNOWN
        if state.state is not LegalState.NONE:
            return Truth.FALSE
        item = self.known.item_of(key)
        bound = self.known.bound(key)
        holds = all_of(self.requirement(r, bound) for phase, r in item.requires.items() if phase is not Phase.POST)
        return min(Truth.UNKNOWN, holds)

    # -- requirements -------------------------------------------------------------------------------------------

    def requirement(self, requirement: Requirement, bound: Bound) -> Truth:
        """Give the value of a requirement; a condition not known leaves open what hangs on it."""
        match requirement:
            case All():
                return all_of(self.requirement(part, bound) for part in requirement.parts)
            case Any():
                return any_of(self.guarded(part, bound) for part in requirement.parts)
            case AtLeast():
                return at_least(requirement.k, [self.guarded(part, bound) for part in requirement.parts])
            case When():
                return self._when(requirement, bound)
            case ForEach():
                return self._for_each(requirement, bound)
            case _:
                return self._leaf(requirement, bound)

    def _leaf(self, leaf: Need | KnownFact | After, bound: Bound) -> Truth:
        match leaf:
            case Need():
                return Truth.TRUE if leaf.optional else self.value(self.need_key(leaf, bound))
            case KnownFact():
                key = self.known.key(Kind.FACT, leaf.code, leaf.of, bound)
                return self.fact_known(self.known.fact(key.code, key.subject))
            case After():
                return self.after(leaf, bound)

    def fact_known(self, value: object) -> Truth:
        """A leaf that asks for any answer holds as soon as there is one, or nobody is left to give it."""
        return Truth.TRUE if value not in _UNANSWERED or self._is_closed(value) else Truth.UNKNOWN

    def _is_closed(self, value: object) -> bool:
        """Tell whether an answer stays "not known" for good, because there is nobody to ask."""
        return self.known.inputs.nobody_to_ask and value is NO_ANSWER

    def guarded(self, requirement: Requirement, bound: Bound) -> Truth:
        """Value an alternative: there a condition is a guard, and a false one is no way at all (rule 1)."""
        if isinstance(requirement, When):
            condition = self.known.judge(requirement.condition, bound).truth
            return min(condition, self.guarded(requirement.part, bound))
        return self.requirement(requirement, bound)

    def _when(self, requirement: When, bound: Bound) -> Truth:
        part = self.requirement(requirement.part, bound)
        if part is Truth.TRUE:
            return Truth.TRUE
        match self.known.judge(requirement.condition, bound).truth:
            case Truth.TRUE:
                return part
            case Truth.FALSE:
                return Truth.TRUE
        return Truth.UNKNOWN

    def members(self, requirement: ForEach, bound: Bound) -> tuple[str, ...] | None:
        """Give the members of the set a requirement repeats over; None while the set is not known, or too small.

        An empty set is a declaration, taken only where the fact's minimum allows it (rule 10). A role nobody fills yet
        has one provisional member, named after it (rule 26), unless nobody need fill it.
        """
        fact = self.known.catalogue.facts.get(requirement.members)
        if fact is not None:
            key = self.known.key(Kind.FACT, fact.code, None, bound)
            value = self.known.fact(key.code, key.subject)
            return None if too_few(fact, value) else members_of(value)
        filled = self.known.inputs.roles.get(requirement.members)
        role = self.known.demand.role(requirement.members)
        if filled or (role is not None and role.optional):
            return filled or ()
        return (f"role:{requirement.members}",)

    def _for_each(self, requirement: ForEach, bound: Bound) -> Truth:
        members = self.members(requirement, bound)
        if members is None:
            return Truth.UNKNOWN
        return all_of(self.requirement(requirement.part, {**bound, requirement.role: m}) for m in members)

    def need_key(self, need: Need, bound: Bound) -> Key:
        """Give the vertex a leaf asks for."""
        return self.known.key(_KIND[need.kind], need.code, need.of, bound)

    def after_keys(self, requirement: After, bound: Bound) -> tuple[Key, ...]:
        """Give the items an order speaks of: the subject's own where it takes part, else all of that code that do."""
        own = self.known.key(Kind.ITEM, requirement.item, None, bound)
        taking_part = (key for key in (*self.known.begun, *self.reach.items) if key.code == requirement.item)
        found = tuple(dict.fromkeys(taking_part))
        return (own,) if own in found else found

    def after(self, requirement: After, bound: Bound) -> Truth:
        """Value pure order: an item that takes no part here, or has ended, holds nobody up (rule 28)."""
        return all_of(self.order(key, requirement.gate) for key in self.after_keys(requirement, bound))

    def order(self, key: Key, gate: str) -> Truth:
        """Tell whether one item is far enough for what must come after it."""
        _, state = self.known.round(key)
        if state.state is LegalState.NONE:
            return Truth.UNKNOWN if key in self.reach.items else Truth.TRUE
        passed = gate == "accept" and state.accepted_on is not None
        return Truth.TRUE if passed or not state.live else Truth.UNKNOWN

    @cached_property
    def reach(self) -> Reach:
        """The items this demand may still lead to, asked for only where something is ordered."""
        from desktop.workflow.planning.reach import Reach  # which values requirements itself, with order left out

        return Reach(self)


def _notice(said: Sequence[Paper], code: str) -> int | None:
    """Give the place of the word that a paper is defective among those on it; None where it was brought anew since."""
    found: int | None = None
    for place, paper in enumerate(said):
        if paper.code == code and paper.state is not PaperState.RETURNED:
            found = place if paper.state is PaperState.DEFECTIVE else None
    return found


def members_of(value: object) -> tuple[str, ...]:
    """Give the members of a set fact in an order that is the same in every run."""
    if isinstance(value, frozenset | set):
        return tuple(sorted(str(member) for member in value))
    return tuple(str(member) for member in value) if isinstance(value, tuple | list) else ()


def too_few(fact: Fact, value: object) -> bool:
    """Tell whether a set fact is not answered yet, or with fewer members than there must be."""
    return not isinstance(value, frozenset | set | tuple | list) or len(value) < (fact.minimum or 0)
