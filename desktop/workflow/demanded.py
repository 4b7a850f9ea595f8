"""What a demand pulls: backward from its goals to the items, facts and papers that can still matter."""

from dataclasses import dataclass, field

from desktop.workflow.catalogue import Item, Want
from desktop.workflow.inputs import Key, Kind
from desktop.workflow.known import Known
from desktop.workflow.legal_states import LegalState
from desktop.workflow.missing import MissingSets
from desktop.workflow.plan import Goal, Reason
from desktop.workflow.requirements import All, Any, AtLeast, ForEach, Need, Phase, Requirement, When
from desktop.workflow.requirements import Known as KnownFact
from desktop.workflow.truth import Truth
from desktop.workflow.valuation import Bound, Valuation

_ROUTING, _GOAL, _CHOICE, _CONDITION, _LEAF = range(5)


@dataclass
class Asked:
    """A fact the walk came upon: the best rank it was met at, and for which vertices."""

    rank: tuple[int, int]
    because: dict[Key, None] = field(default_factory=dict)


class Demanded:
    """Walks backward from the goals, and remembers why each vertex is needed."""

    def __init__(self, known: Known, valuation: Valuation) -> None:
        self.known = known
        self.valuation = valuation
        self.missing = MissingSets(valuation)
        self.reasons: dict[Key, dict[Reason, None]] = {}
        self.items: dict[Key, None] = {}
        self.asked: dict[Key, Asked] = {}
        self.materials: dict[Key, dict[Key, Need]] = {}
        self.groups: dict[tuple[Key, Key], str] = {}
        self.passed_over: dict[Key, None] = {}

    def walk(self) -> tuple[Goal, ...]:
        """Walk every goal of the demand; goals are valued one by one (rule 3)."""
        for route in self.known.demand.routing:
            self._ask_condition(route.when, {}, None, _ROUTING)
        return tuple(self._goal(want) for want in self.known.demand.wants)

    def _goal(self, want: Want) -> Goal:
        key = self.known.key(Kind.OUTCOME, want.outcome, want.of)
        applies = self.known.judge(want.when).truth if want.when else Truth.TRUE
        unknown: tuple[Key, ...] = ()
        if applies is Truth.UNKNOWN and want.when:
            unknown = self.known.unknown(want.when)
            self._ask_condition(want.when, {}, key, _GOAL)
        elif applies is Truth.TRUE:
            self._because(key, Reason(None, "goal", condition=want.when or ""))
            self._outcome(key)
        return Goal(key, applies, self.valuation.value(key), unknown)

    # -- vertices -----------------------------------------------------------------------------------------------

    def _because(self, key: Key, reason: Reason) -> None:
        self.reasons.setdefault(key, {})[reason] = None

    def _outcome(self, key: Key) -> None:
        if self.known.on_file(key.code, key.subject):
            return
        chosen = self.choose(key)
        for item in self.valuation.provider_keys(key):
            if item == chosen:
                self._because(item, Reason(key, "provides", basis=self.known.item_of(item).basis or ""))
                self._item(item)
            else:
                self.passed_over[item] = None

    def choose(self, key: Key) -> Key | None:
        """Choose among the items that provide an outcome (rule 16).

        The stored choice unless refused, else the one begun, else the first whose eligibility is not ruled out. While
        eligibility is open between several, the facts that settle it are asked first and nothing is presumed. Where no
        way is possible the first not tried yet is followed, so that a person can be told what closes it.
        """
        providers = list(self.valuation.provider_keys(key))
        ways = [item for item in providers if self.valuation.value(item) is not Truth.FALSE]
        ways = ways or [item for item in providers if self.known.round(item)[1].state is LegalState.NONE]
        stored = self.known.inputs.choices.get(key.leaf)
        for way in ways:
            if way.code == stored:
                return way
        for way in ways:
            if self.known.round(way)[1].state is not LegalState.NONE:
                return way
        fitting = [way for way in ways if self._eligible(way) is not Truth.FALSE]
        if len(fitting) > 1 and any(self._ask_eligibility(way, key) for way in fitting):
            return None
        return next(iter(fitting), next(iter(ways), None))

    def _eligible(self, item: Key) -> Truth:
        condition = self.known.item_of(item).eligible
        return self.known.judge(condition, self.valuation.bound(item)).truth if condition else Truth.TRUE

    def _ask_eligibility(self, item: Key, because: Key) -> bool:
        condition = self.known.item_of(item).eligible
        if condition is None or self._eligible(item) is not Truth.UNKNOWN:
            return False
        self._ask_condition(condition, self.valuation.bound(item), because, _CHOICE)
        return True

    def _item(self, key: Key) -> None:
        if key in self.items:
            return
        self.items[key] = None
        item = self.known.item_of(key)
        bound = self.valuation.bound(key)
        if item.eligible and self._eligible(key) is Truth.UNKNOWN:
            self._ask_condition(item.eligible, bound, key, _CHOICE)
        for phase in Phase:
            if not self._is_past(key, phase):
                self._requirement(item.required(phase), bound, key, item)

    def _is_past(self, key: Key, phase: Phase) -> bool:
        """Tell whether the gate of a phase is passed: its evidence is frozen (rule 7)."""
        if phase is Phase.POST:
            return False
        _, state = self.known.round(key)
        return any(passed.gate.value == phase.value for passed in state.gates)

    # -- requirements -------------------------------------------------------------------------------------------

    def _requirement(self, requirement: Requirement, bound: Bound, key: Key, item: Item, group: str = "") -> None:
        match requirement:
            case All():
                for part in requirement.parts:
                    self._requirement(part, bound, key, item, group)
            case Any() | AtLeast():
                self._alternatives(requirement, bound, key, item)
            case When():
                self._when(requirement, bound, key, item, group)
            case ForEach():
                for member in self.valuation.members(requirement, bound) or ():
                    self._requirement(requirement.part, {**bound, requirement.role: member}, key, item, group)
                self._ask_members(requirement, bound, key)
            case KnownFact():
                fact = self.known.key(Kind.FACT, requirement.code, requirement.of, bound)
                self._ask(fact, key, _LEAF)
            case Need():
                self._need(requirement, bound, key, group)
            case _:
                return

    def _alternatives(self, requirement: Any | AtLeast, bound: Bound, key: Key, item: Item) -> None:
        """Follow the ways that hold where enough do; otherwise every way that is not closed, as one group."""
        holding = [p for p in requirement.parts if self.valuation.guarded(p, bound) is Truth.TRUE]
        enough = 1 if isinstance(requirement, Any) else requirement.k
        if len(holding) >= enough:
            for part in holding:
                self._requirement(part, bound, key, item)
            return
        group = f"{key.leaf}#{id(requirement):x}"
        for part in requirement.parts:
            if self.valuation.guarded(part, bound) is not Truth.FALSE:
                self._requirement(part, bound, key, item, group)

    def _when(self, requirement: When, bound: Bound, key: Key, item: Item, group: str) -> None:
        if self.valuation.requirement(requirement.part, bound) is Truth.TRUE and not group:
            self._requirement(requirement.part, bound, key, item, group)
            return
        truth = self.known.judge(requirement.condition, bound).truth
        if truth is Truth.TRUE:
            self._requirement(requirement.part, bound, key, item, group)
        elif truth is Truth.UNKNOWN:
            self._ask_condition(requirement.condition, bound, key, _CONDITION)

    def _need(self, need: Need, bound: Bound, key: Key, group: str) -> None:
        leaf = self.valuation.need_key(need, bound)
        if need.optional and self.valuation.value(leaf) is not Truth.TRUE and leaf.kind is not Kind.MATERIAL:
            return
        item = self.known.item_of(key)
        self._because(leaf, Reason(key, "requires", basis=item.basis or ""))
        match leaf.kind:
            case Kind.FACT:
                self._ask(leaf, key, _LEAF)
            case Kind.MATERIAL:
                self.materials.setdefault(leaf, {})[key] = need
                if group:
                    self.groups[leaf, key] = group
                self._proofs(leaf)
            case Kind.OUTCOME:
                self._outcome(leaf)
            case Kind.ITEM:
                self._item(leaf)

    def _proofs(self, leaf: Key) -> None:
        """Where an item of this very matter provides what a paper proves, the item is pulled and not the paper."""
        if self.valuation.value(leaf) is Truth.TRUE:
            return
        for outcome in self.known.catalogue.materials[leaf.code].provided_by:
            key = self.known.key(Kind.OUTCOME, outcome)
            wanted = any(want.outcome == outcome for want in self.known.demand.wants)
            if wanted and any(self.valuation.provider_keys(key)):
                self._because(key, Reason(leaf, "proves"))

    # -- questions ----------------------------------------------------------------------------------------------

    def _ask_members(self, requirement: ForEach, bound: Bound, key: Key) -> None:
        if self.valuation.members(requirement, bound) is None and requirement.members in self.known.catalogue.facts:
            self._ask(self.known.key(Kind.FACT, requirement.members, None, bound), key, _LEAF)

    def _ask_condition(self, condition: str, bound: Bound, because: Key | None, level: int) -> None:
        if self.known.judge(condition, bound).truth is not Truth.UNKNOWN:
            return
        for fact in self.known.unknown(condition, bound):
            if because is not None:
                self._because(fact, Reason(because, "condition", condition=condition))
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
