"""The value of every vertex: refused or impossible, not yet, or done; by Kleene's rules, to the least fix-point."""

from collections.abc import Iterator, Mapping

from desktop.workflow.catalogue import APPLICANT, CASE, Source
from desktop.workflow.conditions import NO_ANSWER, UNKNOWN, FactType
from desktop.workflow.inputs import Key, Kind
from desktop.workflow.known import REACHED, Known
from desktop.workflow.legal_states import LegalState
from desktop.workflow.requirements import After, All, Any, AtLeast, ForEach, LeafKind, Need, Phase, Requirement, When
from desktop.workflow.requirements import Known as KnownFact
from desktop.workflow.truth import Truth, all_of, any_of, at_least, truth_of

_KIND = {LeafKind.FACT: Kind.FACT, LeafKind.MATERIAL: Kind.MATERIAL, LeafKind.OUTCOME: Kind.OUTCOME}
_UNANSWERED = (UNKNOWN, NO_ANSWER)
Bound = Mapping[str, str]


class Valuation:
    """Values vertices of one request on one day; within a cycle everything starts from "impossible" (rule 14)."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self._values: dict[Key, Truth] = {}
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
        self._open.add(key)
        try:
            value = self._compute(key)
        finally:
            self._open.discard(key)
        self._values[key] = value
        return value

    def _compute(self, key: Key) -> Truth:
        match key.kind:
            case Kind.FACT:
                return self._fact(key)
            case Kind.MATERIAL:
                return self._material(key)
            case Kind.OUTCOME:
                return self._outcome(key)
            case Kind.ITEM:
                return self._item(key)

    # -- vertices -----------------------------------------------------------------------------------------------

    def _fact(self, key: Key) -> Truth:
        """A yes-or-no leaf holds only when it is yes; any other holds when it is known (rule 2)."""
        value = self.known.fact(key.code, key.subject)
        if value in _UNANSWERED:
            return Truth.UNKNOWN
        if self.known.catalogue.facts[key.code].type is FactType.BOOL:
            return truth_of(holds=value is True)
        return Truth.TRUE

    def _material(self, key: Key) -> Truth:
        """A paper is there when it, a substitute or the outcome it proves is there; else it can still be brought."""
        material = self.known.catalogue.materials[key.code]
        if any(self.known.has_paper(code, key.subject) for code in (key.code, *material.substitutes)):
            return Truth.TRUE
        proofs = (self.value(self.known.key(Kind.OUTCOME, o)) for o in material.provided_by)
        return any_of((Truth.UNKNOWN, *proofs))

    def _outcome(self, key: Key) -> Truth:
        """An outcome is there when on file or issued; else as good as the best item that provides it."""
        if self.known.on_file(key.code, key.subject):
            return Truth.TRUE
        items = list(self.provider_keys(key))
        if not items:
            return Truth.UNKNOWN
        return any_of(self.value(item) for item in items)

    def provider_keys(self, key: Key) -> Iterator[Key]:
        """Give the items that could provide an outcome for its subject, in the author's order.

        A want may name its item; and an item about somebody who has no part in this demand is no way here.
        """
        demand = self.known.demand
        named = {want.item for want in demand.wants if want.outcome == key.code and want.item}
        for item in self.known.catalogue.providers.get(key.code, ()):
            known_here = item.about in {CASE, APPLICANT} or demand.role(item.about) is not None
            if item.code in named if named else known_here:
                yield Key(Kind.ITEM, item.code, key.subject)

    def _item(self, key: Key) -> Truth:
        """An item is done when its outcome is issued and in force; refused is no at once, a live round never is."""
        _, state = self.known.round(key)
        if state.state in REACHED:
            return Truth.TRUE
        if state.live:
            return Truth.UNKNOWN
        if state.state is not LegalState.NONE:
            return Truth.FALSE
        item = self.known.item_of(key)
        bound = self.bound(key)
        holds = all_of(self.requirement(r, bound) for phase, r in item.requires.items() if phase is not Phase.POST)
        return min(Truth.UNKNOWN, holds)

    def bound(self, key: Key) -> Bound:
        """Give whom an item's own role stands for while its requirements are read."""
        about = self.known.item_of(key).about
        return {about: key.subject} if key.subject != CASE else {}

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
                answered = self.known.fact(key.code, key.subject) not in _UNANSWERED
                return Truth.TRUE if answered else Truth.UNKNOWN
            case After():
                return self.after(leaf, bound)

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
        """Give the members of the set a requirement repeats over; None while the set is not known."""
        if requirement.members in self.known.catalogue.facts:
            key = self.known.key(Kind.FACT, requirement.members, None, bound)
            value = self.known.fact(key.code, key.subject)
            return tuple(str(m) for m in value) if isinstance(value, tuple | frozenset | list) else None
        return self.known.inputs.roles.get(requirement.members)

    def _for_each(self, requirement: ForEach, bound: Bound) -> Truth:
        members = self.members(requirement, bound)
        if members is None:
            return Truth.UNKNOWN
        return all_of(self.requirement(requirement.part, {**bound, requirement.role: m}) for m in members)

    def need_key(self, need: Need, bound: Bound) -> Key:
        """Give the vertex a leaf asks for."""
        return self.known.key(_KIND[need.kind], need.code, need.of, bound)

    def after(self, requirement: After, bound: Bound) -> Truth:
        """Value pure order: an item that is not begun and not to come, or has ended, holds nobody up (rule 28)."""
        key = self.known.key(Kind.ITEM, requirement.item, None, bound)
        _, state = self.known.round(key)
        if state.state is LegalState.NONE:
            return Truth.UNKNOWN if self.is_coming(key) else Truth.TRUE
        if not state.live:
            return Truth.TRUE
        if requirement.gate == "accept" and state.accepted_on is not None:
            return Truth.TRUE
        return Truth.UNKNOWN

    def is_coming(self, key: Key) -> bool:
        """Tell whether an item not begun yet may still be wanted by a goal of the demand."""
        item = self.known.item_of(key)
        for want in self.known.demand.wants:
            if want.outcome in item.provides:
                applies = self.known.judge(want.when).truth if want.when else Truth.TRUE
                eligible = self.known.judge(item.eligible, self.bound(key)).truth if item.eligible else Truth.TRUE
                if applies is not Truth.FALSE and eligible is not Truth.FALSE:
                    return True
        return False

    def can_be_asked(self, key: Key) -> bool:
        """Tell whether a person may be asked for a fact at all."""
        return Source.DECLARED in self.known.catalogue.facts[key.code].sources
