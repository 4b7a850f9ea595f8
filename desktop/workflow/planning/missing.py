"""What is still missing for a requirement, leaf by leaf, and who must act."""

from collections.abc import Iterator, Mapping

from desktop.workflow.catalogue.definitions import Source
from desktop.workflow.catalogue.requirements import (
    After,
    All,
    Any,
    AtLeast,
    Deferral,
    ForEach,
    Need,
    Phase,
    Requirement,
    When,
    leaves,
)
from desktop.workflow.catalogue.requirements import Known as KnownFact
from desktop.workflow.conditions.condition import NO_ANSWER
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.planning.following import follow
from desktop.workflow.planning.inputs import Key, Kind
from desktop.workflow.planning.known import Bound
from desktop.workflow.planning.plan import Actor, Missing
from desktop.workflow.planning.valuation import Valuation, members_of
from desktop.workflow.planning.ways import Place, parts_in, way_names
from desktop.workflow.procedure.legal_states import Gate
from desktop.workflow.procedure.rounds import GatePass, Passed, RoundState

Within = tuple[tuple[str, str], ...]
"""The alternatives around a leaf, outer first, each with the name of the way it belongs to."""


class MissingSets:
    """Finds what is missing of a requirement, in the author's order.

    `settle` is called by whoever walks the demand: which item brings the paper that another item asks for.
    """

    def __init__(self, valuation: Valuation) -> None:
        self.valuation = valuation
        self.known = valuation.known
        self.coming: Mapping[tuple[Key, Key], Key] = {}
        self._found: dict[tuple[Key, Phase], tuple[Missing, ...]] = {}

    def settle(self, coming: Mapping[tuple[Key, Key], Key]) -> None:
        """Take in who brings which paper, once the whole demand was walked."""
        self.coming = coming
        self._found.clear()

    def of_phase(self, item: Key, phase: Phase) -> tuple[Missing, ...]:
        """Give what an item's phase still misses."""
        if (item, phase) not in self._found:
            requirement = self.known.item_of(item).required(phase)
            self._found[item, phase] = tuple(self.of(requirement, self.known.bound(item), Place(item, phase)))
        return self._found[item, phase]

    def of(self, requirement: Requirement, bound: Bound, place: Place, within: Within = ()) -> Iterator[Missing]:
        """Give the missing leaves of a requirement; a decided one gives none, which stops needless questions."""
        if self.valuation.requirement(requirement, bound) is Truth.TRUE:
            return
        match requirement:
            case All():
                for part, at in parts_in(requirement.parts, place):
                    yield from self.of(part, bound, at, within)
            case Any() | AtLeast():
                yield from self._alternatives(requirement, bound, place, within)
            case When():
                yield from self._when(requirement, bound, place, within)
            case ForEach():
                yield from self._for_each(requirement, bound, place, within)
            case Need() | KnownFact():
                yield self._leaf(requirement, bound, place, within)
            case After():
                yield from self._after(requirement, bound, within)

    def _alternatives(
        self, requirement: Any | AtLeast, bound: Bound, place: Place, within: Within
    ) -> Iterator[Missing]:
        """Give the ways that are followed, as one group of which enough are enough; where all are closed, what is no.

        A one-time notice lists what cannot hold any more as well (rule 9).
        """
        followed = follow(self.valuation, requirement, bound, place)
        closed = Truth.UNKNOWN not in followed.values
        names = way_names(requirement.parts)
        for number, (part, at) in enumerate(parts_in(requirement.parts, place)):
            if closed or (number in followed.numbers and followed.values[number] is Truth.UNKNOWN):
                inside = (*within, (followed.group, names[number])) if followed.group else within
                yield from self._way(part, bound, at, inside)

    def _way(self, part: Requirement, bound: Bound, place: Place, within: Within) -> Iterator[Missing]:
        """Give what a way misses; its condition is a guard, which must hold whatever else is there (rule 1)."""
        if not isinstance(part, When):
            yield from self.of(part, bound, place, within)
        elif self.known.judge(part.condition, bound).truth is Truth.TRUE:
            yield from self._way(part.part, bound, place, within)
        else:
            yield from self._when(part, bound, place, within)

    def _when(self, requirement: When, bound: Bound, place: Place, within: Within) -> Iterator[Missing]:
        truth = self.known.judge(requirement.condition, bound).truth
        if truth is Truth.TRUE:
            yield from self.of(requirement.part, bound, place, within)
        elif truth is Truth.UNKNOWN:
            for key in self.known.unknown(requirement.condition, bound):
                yield _missing(key, self.actor(key), within, unknown_condition=requirement.condition)

    def _for_each(self, requirement: ForEach, bound: Bound, place: Place, within: Within) -> Iterator[Missing]:
        members = self.valuation.members(requirement, bound)
        if members is None:
            key = self.known.key(Kind.FACT, requirement.members, None, bound)
            yield _missing(key, self.actor(key), within)
            return
        for member in members:
            yield from self.of(requirement.part, {**bound, requirement.role: member}, place.member(member), within)

    def _leaf(self, leaf: Need | KnownFact, bound: Bound, place: Place, within: Within) -> Missing:
        if isinstance(leaf, KnownFact):
            key = self.known.key(Kind.FACT, leaf.code, leaf.of, bound)
            return _missing(key, self.actor(key), within)
        key = self.valuation.need_key(leaf, bound)
        department = self.department(key, place.item)
        may_owe = self.deferral(leaf, key) is not None
        return _missing(key, self.actor(key, place.item), within, department=department, deferrable=may_owe)

    def _after(self, leaf: After, bound: Bound, within: Within) -> Iterator[Missing]:
        for key in self.valuation.after_keys(leaf, bound):
            if self.valuation.order(key, leaf.gate) is Truth.UNKNOWN:
                yield _missing(key, Actor.DEPARTMENT, within, department=self.department(key))

    # -- what a passed gate leaves over -------------------------------------------------------------------------

    def carried(self, item: Key, phase: Phase) -> Iterator[tuple[Missing, Gate]]:
        """Give what a passed gate did not settle, with the gate at which it is settled instead.

        A paper owing under a promise is due at the gate its deferral names, also when the promise was broken: only a
        written decision ends it (容缺). What was missing when silence accepted the case, or when others had acted
        before a notice arrived, is due at the decision (rule 20). An outcome must still stand when the decision is
        taken, unless its leaf says `at_gate`; a paper only when its leaf says `until_decision`. Members who joined a
        set since are judged at the next gate (rule 25). All else that a passed gate was judged on is frozen (rule 7).
        """
        _, state = self.known.round(item)
        passed = state.passed(Gate(phase.value))
        if passed is None:
            return
        later = next((gate for gate in Gate if state.passed(gate) is None), None)
        joined = {each.key for each in self._joined(item, phase, passed)} if passed.how is Passed.JUDGED else set[Key]()
        for missing in self.of_phase(item, phase):
            gate = self._carried_to(item, missing, state, passed)
            if gate is None and missing.key in joined:
                gate = later
            if gate is not None and state.passed(gate) is None:
                yield missing, gate

    def _carried_to(self, item: Key, missing: Missing, state: RoundState, passed: GatePass) -> Gate | None:
        promised = self.promised_until(item, missing.key, state)
        if promised is not None:
            return promised
        late = passed.how is Passed.DEEMED or missing.key.leaf in state.moved_to_decide
        stands = passed.how is Passed.JUDGED and self._must_stand(item, missing.key)
        return Gate.DECIDE if late or stands else None

    def _must_stand(self, item: Key, key: Key) -> bool:
        """Tell whether what a gate was judged on must still hold at the decision."""
        needs = self._needs(item, key)
        default = "until_decision" if key.kind is Kind.OUTCOME else "at_gate"
        return any((need.holds or default) == "until_decision" for need in needs)

    def _needs(self, item: Key, key: Key) -> tuple[Need, ...]:
        asked = (leaf for part in self.known.item_of(item).requires.values() for leaf in leaves(part))
        return tuple(leaf for leaf in asked if isinstance(leaf, Need) and leaf.code == key.code)

    def promised_until(self, item: Key, key: Key, state: RoundState) -> Gate | None:
        """Give the gate before which a paper promised in a round must be there; None when it is not owing."""
        deferral = next((each for each in state.deferrals if each.leaf == key.leaf), None)
        if deferral is None or deferral.kept_on is not None:
            return None
        found = next((each for n in self._needs(item, key) if (each := self.deferral(n, key)) is not None), Deferral())
        return Gate(found.until)

    def _joined(self, item: Key, phase: Phase, passed: GatePass) -> Iterator[Missing]:
        requirement = self.known.item_of(item).required(phase)
        yield from self._newcomers(requirement, self.known.bound(item), Place(item, phase), passed)

    def _newcomers(self, requirement: Requirement, bound: Bound, place: Place, passed: GatePass) -> Iterator[Missing]:
        """Give what the members miss who are in a set now and were not at the moment its gate was passed."""
        match requirement:
            case All() | Any() | AtLeast():
                for part, at in parts_in(requirement.parts, place):
                    yield from self._newcomers(part, bound, at, passed)
            case When():
                yield from self._newcomers(requirement.part, bound, place, passed)
            case ForEach() if requirement.members in self.known.catalogue.facts:
                key = self.known.key(Kind.FACT, requirement.members, None, bound)
                then = set(members_of(self.known.fact_at(key, place.item, passed)))
                for member in self.valuation.members(requirement, bound) or ():
                    if member not in then:
                        inside = {**bound, requirement.role: member}
                        yield from self.of(requirement.part, inside, place.member(member))

    # -- who must act -------------------------------------------------------------------------------------------

    def deferral(self, need: Need, key: Key) -> Deferral | None:
        """Give how a paper may be owing under a promise (容缺); None when it may not."""
        if key.kind is not Kind.MATERIAL:
            return None
        return need.deferrable or self.known.catalogue.materials[key.code].deferrable

    def department(self, key: Key, item: Key | None = None) -> str:
        """Name the department a missing outcome, paper or step waits on."""
        if key.kind is Kind.ITEM:
            return self.known.item_of(key).department
        if key.kind is Kind.OUTCOME:
            for provider in self.valuation.provider_keys(key):
                return self.known.item_of(provider).department
        coming = self.coming.get((key, item)) if item is not None else None
        return self.known.item_of(coming).department if coming is not None else ""

    def actor(self, key: Key, item: Key | None = None) -> Actor:
        """Say who must act for a missing vertex, which one item asks for."""
        match key.kind:
            case Kind.FACT:
                return self._who_answers(key)
            case Kind.MATERIAL:
                return self._who_brings(key, item)
            case Kind.OUTCOME:
                return Actor.DEPARTMENT if self.valuation.provider_keys(key) else Actor.OTHER_AGENCY
            case Kind.ITEM:
                return Actor.DEPARTMENT

    def _who_answers(self, key: Key) -> Actor:
        fact = self.known.catalogue.facts[key.code]
        if fact.from_outcome and Source.DECLARED not in fact.sources:
            return Actor.DEPARTMENT
        if self.known.fact(key.code, key.subject) is NO_ANSWER:
            return Actor.DEPARTMENT
        return Actor.APPLICANT if Source.DECLARED in fact.sources else Actor.REGISTRY

    def _who_brings(self, key: Key, item: Key | None) -> Actor:
        """A paper comes from a department only where an item of this very matter is to provide what it shows."""
        if item is not None and (key, item) in self.coming:
            return Actor.DEPARTMENT
        return Actor.COUNTER if self.known.catalogue.materials[key.code].origin == "hall" else Actor.APPLICANT


def _missing(
    key: Key,
    actor: Actor,
    within: Within,
    department: str = "",
    *,
    deferrable: bool = False,
    unknown_condition: str = "",
) -> Missing:
    one_of = within[-1][0] if within else ""
    return Missing(key, actor, one_of, department, deferrable, unknown_condition, within)
