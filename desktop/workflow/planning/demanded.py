"""What a demand pulls: backward from its goals and the tasks under way to the items, facts and papers that matter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from desktop.workflow.catalogue.definitions import Want
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
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.planning.coming import Waits, coming
from desktop.workflow.planning.following import follow, keys_in, ways_of
from desktop.workflow.planning.inputs import Key, Kind
from desktop.workflow.planning.known import REACHED, Aim, Bound, Known
from desktop.workflow.planning.missing import MissingSets
from desktop.workflow.planning.plan import Alternative, Cause, Goal, Missing, Offered, Reason, Rule, Skipped, Way
from desktop.workflow.planning.proposed import Leads, is_only_proposed, proposed_ways
from desktop.workflow.planning.standing import Asked, At
from desktop.workflow.planning.valuation import Valuation
from desktop.workflow.planning.ways import Place, parts_in
from desktop.workflow.procedure.legal_states import Gate, LegalState

_RESULT_THERE = REACHED | {LegalState.GRANTED}
_ROUTING, _GOAL, _CHOICE, _CONDITION, _LEAF = range(5)


Steps = Iterator[Key]
"""A part of the walk: it gives the items it comes upon, and waits while each is walked."""


class Demanded:
    """Walks backward from the goals, and remembers why each vertex is needed, and why others are passed over."""

    def __init__(self, known: Known, valuation: Valuation) -> None:
        self.known = known
        self.valuation = valuation
        self.missing = MissingSets(valuation)
        self.reasons: dict[Key, dict[Reason, None]] = {}
        self.items: dict[Key, None] = {}
        self.under_way: dict[Key, None] = {}
        self.asked: dict[Key, Asked] = {}
        self.materials: dict[Key, dict[Key, Need]] = {}
        self.groups: dict[tuple[Key, Key], dict[str, None]] = {}
        self.passed_over: dict[Key, None] = {}
        self.skipped: dict[Key, dict[Skipped, None]] = {}
        self.alternatives: dict[str, Alternative] = {}
        self.offers: list[Offered] = []
        self.waiting_for_choice: frozenset[Key] = frozenset()
        self._waits: Waits = {}
        self._leads = Leads()
        self._undecided: dict[Key, None] = {}

    def walk(self) -> tuple[Goal, ...]:
        """Walk every goal of the demand, valued one by one (rule 3), and then whatever else is under way (rule 4)."""
        for route in self.known.demand.routing:
            self._ask_condition(route.when, {}, None, _ROUTING, Rule.ROUTE)
        goals = tuple(self._goal(aim) for aim in self.known.aims)
        for want in self.known.demand.wants:
            if not self.known.is_taken(want):
                self._offer(want)
        for key in self.known.begun:
            self._begun(key)
        needed = (*self.items, *self._undecided)
        self.missing.settle(coming(self.valuation, self.materials, needed, self._waits))
        self._prove()
        begun = [key for key in self.known.begun if not self.known.stands_anew(key)]
        self.waiting_for_choice = self._leads.waiting(self.items, begun)
        return goals

    # -- goals --------------------------------------------------------------------------------------------------

    def _goal(self, aim: Aim) -> Goal:
        key, condition = aim.key, aim.want.when or ""
        under = (condition,) if condition else ()
        unknown: tuple[Key, ...] = ()
        over = self._is_over(key)
        match aim.applies:
            case Truth.TRUE:
                self._because(key, Reason(None, Rule.GOAL, under))
                if not over:
                    self._go(self._outcome(key))
            case Truth.UNKNOWN:
                unknown = self.known.unknown(condition)
                self._because(key, Reason(None, Rule.GOAL, under))
                self._ask_condition(condition, {}, key, _GOAL)
                self._skip_items(key, Skipped(key, Cause.GOAL_UNDECIDED, condition))
            case Truth.FALSE:
                self._skip(key, Skipped(None, Cause.GOAL_NOT_HERE, condition))
                self._skip_items(key, Skipped(key, Cause.GOAL_NOT_HERE, condition))
        reached = self.known.was_made_here(key)  # also where it has run out since
        value = Truth.TRUE if reached else Truth.FALSE if over else self.valuation.value(key)
        return Goal(key, aim.applies, value, unknown)

    def _is_over(self, outcome: Key) -> bool:
        """Tell whether what the person came for was ended for good: revoked, withdrawn or struck off, and not annulled.

        It opens nothing by itself then, unless somebody has said since that they want it again.
        """
        ways, wish = self.valuation.provider_keys(outcome), self.known.inputs.choices.get(outcome.leaf)
        if self.valuation.is_issued(outcome) or any(way.code == wish or self.known.round(way)[1].live for way in ways):
            return False
        ended = (before for way in ways if (before := self.known.taken_away(way)) is not None)
        return any(before.state is not LegalState.ANNULLED and not before.redo_ordered for before in ended)

    def _offer(self, want: Want) -> None:
        """Offer what nobody asked for: not what is there already, nor by asking for what is nobody's business."""
        key = self.known.wanted_key(want)
        self._skip(key, Skipped(None, Cause.NOT_CHOSEN, want.when or ""))
        applies = self.known.judge(want.when).truth if want.when else Truth.TRUE
        unknown = self.known.unknown(want.when) if want.when and applies is Truth.UNKNOWN else ()
        facts = self.known.catalogue.facts
        if applies is Truth.FALSE or self.valuation.is_issued(key) or any(facts[f.code].sensitive for f in unknown):
            return
        named = (item for item in self.valuation.all_providers(key) if want.item in {None, item.code})
        self.offers.append(Offered(key, tuple(named), applies, unknown))

    def _begun(self, key: Key) -> None:
        """Follow a task under way whether it is still needed or not; a result handed out may still owe something."""
        state = self.known.round(key)[1]
        if key not in self.items and (state.live or state.state in REACHED):
            self.under_way[key] = None
            self._because(key, Reason(None, Rule.BEGUN, basis=self.known.item_of(key).basis or ""))
            self._go(self._requirements(key))

    # -- vertices -----------------------------------------------------------------------------------------------

    def _go(self, steps: Steps) -> None:
        """Walk, and where the walk comes upon an item, into it before it goes on; a chain of items may be long."""
        way = [steps]
        while way:
            item = next(way[-1], None)
            if item is None:
                way.pop()
            else:
                way.append(self._item(item))

    def _because(self, key: Key, reason: Reason) -> None:
        self.reasons.setdefault(key, {})[reason] = None

    def _skip(self, key: Key, skipped: Skipped) -> None:
        self.skipped.setdefault(key, {})[skipped] = None

    def _skip_items(self, outcome: Key, skipped: Skipped) -> None:
        for item in self.valuation.provider_keys(outcome):
            self._skip(item, skipped)

    def _outcome(self, key: Key, waiting: Key | None = None, *, proposed: bool = False) -> Steps:
        if self.known.on_file(key.code, key.subject):
            self._skip_items(key, Skipped(key, Cause.ON_FILE))
            return
        chosen = self.choose(key)
        for item in self.valuation.provider_keys(key):
            if item == chosen:
                self._because(item, Reason(key, Rule.PROVIDES, basis=self.known.item_of(item).basis or ""))
                if waiting is not None:
                    self._waits.setdefault(waiting, {})[item] = None
                proposed = proposed or is_only_proposed(self.valuation, key, item)
                self._leads.note(waiting, item, proposed=proposed)
                yield item
            else:
                self.passed_over[item] = None
                self._skip(item, self._why_not_way(item, key))

    def _why_not_way(self, item: Key, outcome: Key) -> Skipped:
        if self.valuation.value(item) is Truth.FALSE:
            return Skipped(outcome, Cause.WAY_CLOSED, one_of=outcome.leaf)
        condition = self.known.item_of(item).eligible or ""
        if self.known.eligible(item) is Truth.FALSE:
            return Skipped(outcome, Cause.NOT_ELIGIBLE, condition, outcome.leaf)
        return Skipped(outcome, Cause.OTHER_WAY, condition, outcome.leaf)

    def choose(self, key: Key) -> Key | None:
        """Choose among the items that provide an outcome (rule 16).

        The stored choice unless refused, else the one begun, else the first that somebody is eligible for. While that
        is open for one that comes first, the facts that settle it are asked and nothing is presumed. Where no way is
        possible the first not tried yet is followed, so that a person can be told what closes it.
        """
        providers = self.valuation.provider_keys(key)
        ways = [item for item in providers if self.valuation.value(item) is not Truth.FALSE]
        ways = ways or [item for item in providers if self.known.round(item)[1].state is LegalState.NONE]
        stored = self.known.inputs.choices.get(key.leaf)
        way = next((way for way in ways if way.code == stored), None)
        chosen = way or self._unstored(key, ways)
        proposed = chosen is not None and is_only_proposed(self.valuation, key, chosen)
        if len(ways) > 1 or proposed:
            shown = tuple(Way(w.code, (w,), self.valuation.value(w), w in {chosen, None}) for w in ways)
            told = (way.code,) if way is not None else ()
            self.alternatives[key.leaf] = Alternative(key.leaf, key, 1, shown, told, proposed)
        return chosen

    def _unstored(self, key: Key, ways: list[Key]) -> Key | None:
        for way in ways:
            if self.known.round(way)[1].state is not LegalState.NONE or self.known.stands_anew(way):
                return way
        fitting = self.known.fitting(ways)
        if len(fitting) > 1:
            self._ask_eligibility(fitting[0], key)
            self._undecided.update(dict.fromkeys(fitting))
            return None
        return next(iter(fitting), None)

    def _ask_eligibility(self, item: Key, because: Key) -> None:
        condition = self.known.item_of(item).eligible
        if condition is not None:
            self._ask_condition(condition, self.known.bound(item), because, _CHOICE, Rule.ELIGIBLE)

    def _item(self, key: Key) -> Steps:
        if key in self.items:
            return
        self.items[key] = None
        self._ask_eligibility(key, key)
        yield from self._requirements(key)

    def _requirements(self, key: Key) -> Steps:
        item, bound = self.known.item_of(key), self.known.bound(key)
        for phase in Phase:
            at = At(bound, Place(key, phase))
            if phase is Phase.POST and self.known.round(key)[1].state not in _RESULT_THERE:
                continue
            if not self._is_past(key, phase):
                yield from self._requirement(item.required(phase), at)
                continue
            carried = tuple(self.missing.carried(key, phase))
            for missing, gate in carried:
                yield from self._carry(missing, gate, at)
            self._skip_past(item.required(phase), at, {missing.key for missing, _ in carried})

    def _is_past(self, key: Key, phase: Phase) -> bool:
        """Tell whether the gate of a phase is passed: its evidence is frozen (rule 7)."""
        return phase is not Phase.POST and self.known.round(key)[1].passed(Gate(phase.value)) is not None

    def _carry(self, missing: Missing, gate: Gate, at: At) -> Steps:
        """Follow what a passed gate left over."""
        key = at.place.item
        self._because(missing.key, Reason(key, Rule.CARRIED, phase=gate.value, one_of=missing.one_of))
        match missing.key.kind:
            case Kind.FACT:
                self._ask(missing.key, key, _LEAF)
            case Kind.MATERIAL:
                self.materials.setdefault(missing.key, {})[key] = Need(kind=LeafKind.MATERIAL, code=missing.key.code)
            case Kind.OUTCOME:
                yield from self._outcome(missing.key, key)

    # -- requirements -------------------------------------------------------------------------------------------

    def _requirement(self, requirement: Requirement, at: At) -> Steps:
        match requirement:
            case All():
                for part, place in parts_in(requirement.parts, at.place):
                    yield from self._requirement(part, replace(at, place=place, guard=False))
            case Any() | AtLeast():
                yield from self._alternatives(requirement, at)
            case When():
                yield from self._when(requirement, at)
            case ForEach():
                yield from self._for_each(requirement, at)
            case KnownFact():
                fact = self.known.key(Kind.FACT, requirement.code, requirement.of, at.bound)
                self._because(fact, self._required(at))
                self._ask(fact, at.place.item, _LEAF)
            case Need():
                yield from self._need(requirement, at)
            case After():
                for other in self.valuation.after_keys(requirement, at.bound):
                    self._waits.setdefault(at.place.item, {})[other] = None
                    self._because(other, Reason(at.place.item, Rule.AFTER, phase=at.place.phase))

    def _alternatives(self, requirement: Any | AtLeast, at: At) -> Steps:
        """Follow the ways that hold where enough do; else the chosen one; otherwise every way that is not closed."""
        followed = follow(self.valuation, requirement, at.bound, at.place)
        proposed = proposed_ways(self.valuation, requirement, at.bound, followed, at.place.group)
        if not followed.holds and len(requirement.parts) > 1:
            ways = ways_of(self.valuation, requirement, at.bound, followed)
            enough = requirement.k if isinstance(requirement, AtLeast) else 1
            group = at.place.group
            self.alternatives[group] = Alternative(group, at.place.item, enough, ways, followed.chosen, bool(proposed))
        for number, (part, place) in enumerate(parts_in(requirement.parts, at.place)):
            waits = at.proposed or number in proposed
            inside = At(at.bound, place, followed.group, at.conditions, guard=True, proposed=waits)
            if number in followed.numbers:
                yield from self._requirement(part, inside)
                continue
            closed = followed.values[number] is Truth.FALSE
            cause = Cause.ENOUGH if followed.holds else Cause.WAY_CLOSED if closed else Cause.OTHER_WAY
            guard = part.condition if isinstance(part, When) else ""
            self._skip_part(part, inside, cause, guard if closed else "", at.place.group)

    def _when(self, requirement: When, at: At) -> Steps:
        truth = self.known.judge(requirement.condition, at.bound).truth
        settled = there = self.valuation.requirement(requirement.part, at.bound) is Truth.TRUE and not at.guard
        if (
            there and truth is not Truth.TRUE
        ):  # what is only offered lacks nothing, but is no offer where it may not apply
            keys = keys_in(self.valuation, requirement.part, at.bound)
            there = any(self.valuation.value(key) is Truth.TRUE for key in keys)
        if there or truth is Truth.TRUE:
            held = (*at.conditions, requirement.condition) if truth is Truth.TRUE else at.conditions
            yield from self._requirement(requirement.part, replace(at, conditions=held))
            return
        cause = Cause.CONDITION_UNDECIDED if truth is Truth.UNKNOWN else Cause.CONDITION_FALSE
        self._skip_part(requirement.part, at, cause, requirement.condition)
        if truth is Truth.UNKNOWN and not settled:
            self._ask_condition(requirement.condition, at.bound, at.place.item, _CONDITION)

    def _for_each(self, requirement: ForEach, at: At) -> Steps:
        members = self.valuation.members(requirement, at.bound)
        if members is None:
            fact = self.known.key(Kind.FACT, requirement.members, None, at.bound)
            self._because(fact, Reason(at.place.item, Rule.MEMBERS, phase=at.place.phase))
            self._ask(fact, at.place.item, _LEAF)
        for member in members or ():
            bound = {**at.bound, requirement.role: member}
            inside = replace(at, bound=bound, place=at.place.member(member), guard=False)
            yield from self._requirement(requirement.part, inside)

    def _need(self, need: Need, at: At) -> Steps:
        leaf, key = self.valuation.need_key(need, at.bound), at.place.item
        if need.optional and self.valuation.value(leaf) is not Truth.TRUE and leaf.kind is not Kind.MATERIAL:
            return
        self._because(leaf, self._required(at))
        match leaf.kind:
            case Kind.FACT:
                self._ask(leaf, key, _LEAF)
            case Kind.MATERIAL:
                self._paper(leaf, need, at)
            case Kind.OUTCOME:
                yield from self._outcome(leaf, key, proposed=at.proposed)

    def _paper(self, leaf: Key, need: Need, at: At) -> None:
        """Note a paper an item asks for; what one of its parts asks outright is neither optional nor one of several."""
        asked, key = self.materials.setdefault(leaf, {}), at.place.item
        before = asked.get(key)
        if before is None or (before.optional and not need.optional):
            asked[key] = need
            self.groups[leaf, key] = {at.group: None}
        elif not need.optional:
            self.groups[leaf, key][at.group] = None

    def _required(self, at: At) -> Reason:
        key = at.place.item
        basis = self.known.item_of(key).basis or ""
        return Reason(key, Rule.REQUIRES, at.conditions, basis, at.place.phase, at.group)

    def _prove(self) -> None:
        """Say which outcomes bring the papers that nobody need carry."""
        for paper, item in self.missing.coming:
            provider = self.missing.coming[paper, item]
            for proof in self.known.proofs(paper):
                if proof.code in self.known.item_of(provider).provides:
                    self._because(proof, Reason(paper, Rule.PROVES))
                    self._because(
                        provider, Reason(proof, Rule.PROVIDES, basis=self.known.item_of(provider).basis or "")
                    )

    # -- what is passed over ------------------------------------------------------------------------------------

    def _skip_part(self, part: Requirement, at: At, cause: Cause, condition: str = "", group: str = "") -> None:
        for key in keys_in(self.valuation, part, at.bound):
            self._skip(key, Skipped(at.place.item, cause, condition, group))

    def _skip_past(self, part: Requirement, at: At, carried: set[Key]) -> None:
        for key in keys_in(self.valuation, part, at.bound):
            if key not in carried:
                self._skip(key, Skipped(at.place.item, Cause.GATE_PASSED))

    # -- questions ----------------------------------------------------------------------------------------------

    def _ask_condition(
        self, condition: str, bound: Bound, because: Key | None, level: int, rule: Rule = Rule.CONDITION
    ) -> None:
        if self.known.judge(condition, bound).truth is not Truth.UNKNOWN:
            return
        for fact in self.known.unknown(condition, bound):
            self._because(fact, Reason(because, rule, (condition,)))
            self._ask(fact, because, level)

    def _ask(self, fact: Key, because: Key | None, level: int) -> None:
        if self.valuation.value(fact) is not Truth.UNKNOWN:
            return
        order = self.known.demand.order
        place = order.index(fact.code) if fact.code in order else len(order)
        rank = (level, place)
        asked = self.asked.setdefault(fact, Asked(rank))
        asked.rank = min(asked.rank, rank)
        if because is not None:
            asked.because[because] = None
