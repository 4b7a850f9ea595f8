"""Joins the vertices a demand leads back to into a network, for those who take part and the sets that are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from desktop.workflow.catalogue.circles import components
from desktop.workflow.catalogue.deepest import deepest_first
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
from desktop.workflow.conditions.condition import Condition, FactRef
from desktop.workflow.incremental.network import Asks, Network, Op
from desktop.workflow.incremental.stages import plain_table
from desktop.workflow.planning.inputs import Key, Kind
from desktop.workflow.planning.known import Bound
from desktop.workflow.planning.valuation import Valuation


@dataclass(frozen=True, slots=True)
class Judged:
    """A condition for those its roles stand for, and the vertex of each answer it reads."""

    text: str
    condition: Condition
    bound: Bound
    reads: dict[FactRef, int]


@dataclass(frozen=True, slots=True)
class Ordered:
    """Pure order for those its roles stand for."""

    after: After
    bound: Bound


@dataclass(slots=True)
class _Vertex:
    op: Op
    what: object = None
    below: list[int] = field(default_factory=list)
    enough: int = 0


def weave(valuation: Valuation) -> Network:
    """Join the network of a request as it stands. Work O(V+E) of what its demand leads back to.

    It holds for every request with the same catalogue, the same subjects in the same roles, and the same aims and sets.
    """
    return _Weaver(valuation).woven()


class _Weaver:
    def __init__(self, valuation: Valuation) -> None:
        self._valuation, self._known = valuation, valuation.known
        self._vertices: list[_Vertex] = []
        self._at: dict[Key, int] = {}
        self._answers: dict[Key, int] = {}
        self._leaves: dict[tuple[Asks, Key], int] = {}
        self._conditions: dict[tuple[str, tuple[tuple[str, str], ...]], int] = {}
        self._papers: dict[tuple[str, str], dict[int, None]] = {}
        self._watching: dict[Key, dict[int, None]] = {}
        self._moved_by: dict[int, tuple[Key, ...]] = {}
        self._sweeping: dict[str, dict[int, None]] = {}
        self._swept_by: dict[str, dict[int, None]] = {}
        self._sets: set[int] = set()
        self._aims: set[int] = set()
        self._conditional: set[Key] = set()
        self._waiting: list[Key] = []

    def woven(self) -> Network:
        """Give the network, its vertices numbered from the last of a chain to the first."""
        self._aim()
        for key in self._known.begun:
            self._vertex(key)
        while self._waiting:
            self._fill(self._waiting.pop())
        return self._numbered()

    def _aim(self) -> None:
        for want in self._known.demand.wants:
            key = self._known.wanted_key(want)
            self._vertex(key)
            if want.when is not None:
                self._aims.add(self._condition(want.when, {}))
                self._conditional.add(key)

    def _add(self, op: Op, what: object = None, below: Iterable[int] = (), enough: int = 0) -> int:
        self._vertices.append(_Vertex(op, what, list(below), enough))
        return len(self._vertices) - 1

    # -- outcomes and items -------------------------------------------------------------------------------------

    def _vertex(self, key: Key) -> int:
        """Give the vertex of an outcome or an item; what it stands on is joined later, since chains may be long."""
        if key not in self._at:
            self._at[key] = self._add(Op.OUTCOME if key.kind is Kind.OUTCOME else Op.ITEM, key)
            self._waiting.append(key)
        return self._at[key]

    def _fill(self, key: Key) -> None:
        number = self._at[key]
        if key.kind is Kind.OUTCOME:
            self._watch(key, number)
            self._vertices[number].below = [self._vertex(item) for item in self._valuation.provider_keys(key)]
            return
        item, bound = self._known.item_of(key), self._known.bound(key)
        asked = (part for phase, part in item.requires.items() if phase is not Phase.POST)
        self._vertices[number].below = [self._requirement(part, bound) for part in asked]
        moved = dict.fromkeys((*item.provides, *item.ends))
        self._moved_by[number] = tuple(Key(Kind.OUTCOME, code, key.subject) for code in moved)
        for code in item.provides:
            self._watch(Key(Kind.OUTCOME, code, key.subject), number)

    def _watch(self, outcome: Key, number: int) -> None:
        self._watching.setdefault(outcome, {})[number] = None

    # -- requirements -------------------------------------------------------------------------------------------

    def _requirement(self, part: Requirement, bound: Bound) -> int:
        match part:
            case All():
                return self._joined([self._requirement(each, bound) for each in part.parts])
            case Any():
                return self._add(Op.SOME, None, (self._guarded(each, bound) for each in part.parts), 1)
            case AtLeast():
                return self._add(Op.SOME, None, (self._guarded(each, bound) for each in part.parts), part.k)
            case When():
                below = (self._condition(part.condition, bound), self._requirement(part.part, bound))
                return self._add(Op.WHEN, None, below)
            case ForEach():
                return self._for_each(part, bound)
            case _:
                return self._leaf(part, bound)

    def _joined(self, below: list[int]) -> int:
        return below[0] if len(below) == 1 else self._add(Op.ALL, None, below)

    def _guarded(self, part: Requirement, bound: Bound) -> int:
        """Join an alternative: there a condition is a guard, and the less of the two counts (rule 1)."""
        if not isinstance(part, When):
            return self._requirement(part, bound)
        return self._add(Op.ALL, None, (self._condition(part.condition, bound), self._guarded(part.part, bound)))

    def _for_each(self, part: ForEach, bound: Bound) -> int:
        if part.members in self._known.catalogue.facts:
            self._sets.add(self._answer(self._known.key(Kind.FACT, part.members, None, bound)))
        members = self._valuation.members(part, bound)
        if members is None:
            return self._add(Op.OPEN)
        return self._joined([self._requirement(part.part, {**bound, part.role: member}) for member in members])

    def _leaf(self, leaf: Need | KnownFact | After, bound: Bound) -> int:
        match leaf:
            case Need(optional=True):
                return self._add(Op.ALL)
            case Need(kind=LeafKind.OUTCOME):
                return self._vertex(self._valuation.need_key(leaf, bound))
            case Need(kind=LeafKind.MATERIAL):
                return self._paper(self._valuation.need_key(leaf, bound))
            case Need():
                return self._asked(Asks.HOLDS, self._valuation.need_key(leaf, bound))
            case KnownFact():
                return self._asked(Asks.KNOWN, self._known.key(Kind.FACT, leaf.code, leaf.of, bound))
            case After():
                return self._add(Op.ORDER, Ordered(leaf, bound))

    def _asked(self, asks: Asks, fact: Key) -> int:
        if (asks, fact) not in self._leaves:
            self._leaves[asks, fact] = self._add(Op.LEAF, (asks, fact), (self._answer(fact),))
        return self._leaves[asks, fact]

    def _paper(self, paper: Key) -> int:
        if paper not in self._at:
            number = self._at[paper] = self._add(Op.LEAF, (Asks.PAPER, paper))
            for code in (paper.code, *self._known.catalogue.materials[paper.code].substitutes):
                self._papers.setdefault((code, paper.subject), {})[number] = None
            for proof in self._known.proofs(paper):
                self._watch(proof, number)
        return self._at[paper]

    # -- facts and conditions -----------------------------------------------------------------------------------

    def _answer(self, fact: Key) -> int:
        if fact in self._answers:
            return self._answers[fact]
        number = self._answers[fact] = self._add(Op.ANSWER, fact)
        kept = self._known.catalogue.facts[fact.code]
        if kept.from_outcome:
            self._watch(Key(Kind.OUTCOME, kept.from_outcome, fact.subject), number)
        if kept.rule:
            reads = self._reads(kept.rule, self._known.whose(fact), number)
            self._vertices[number].below = list(reads.values())
        return number

    def _condition(self, text: str, bound: Bound) -> int:
        place = (text, tuple(sorted(bound.items())))
        if place not in self._conditions:
            number = self._conditions[place] = self._add(Op.CONDITION)
            reads = self._reads(text, bound, number)
            self._vertices[number].what = Judged(text, self._known.catalogue.condition(text), bound, reads)
            self._vertices[number].below = list(reads.values())
        return self._conditions[place]

    def _reads(self, text: str, bound: Bound, number: int) -> dict[FactRef, int]:
        reads: dict[FactRef, int] = {}
        for ref in sorted(self._known.catalogue.condition(text).reads, key=str):
            if ref.each_of is not None:
                self._sweep(ref.code, number)
            else:
                reads[ref] = self._answer(self._known.fact_key(ref, bound))
        return reads

    def _sweep(self, code: str, number: int) -> None:
        """Note what may move a condition on every member of a set: the fact, what its rule reads, what answers it."""
        for each in deepest_first(code, self._rule_reads):
            self._sweeping.setdefault(each, {})[number] = None
            outcome = self._known.catalogue.facts[each].from_outcome
            if outcome:
                self._swept_by.setdefault(outcome, {})[number] = None

    def _rule_reads(self, code: str) -> tuple[str, ...]:
        rule = self._known.catalogue.facts[code].rule
        return tuple(ref.code for ref in self._known.catalogue.condition(rule).reads) if rule else ()

    # -- numbering ----------------------------------------------------------------------------------------------

    def _numbered(self) -> Network:
        old = self._vertices
        circles = components({number: vertex.below for number, vertex in enumerate(old)})
        order = [number for circle in circles for number in circle]
        new = {number: place for place, number in enumerate(order)}
        below = tuple(tuple(new[each] for each in old[number].below) for number in order)
        above: list[list[int]] = [[] for _ in order]
        for place, each in enumerate(below):
            for lower in each:
                above[lower].append(place)
        closed = [tuple(sorted(new[each] for each in circle)) for circle in circles if _is_closed(circle, old)]
        numbered = dict(enumerate(closed, 1))
        circle_of = {place: name for name, places in numbered.items() for place in places}
        what = [_renumbered(old[number].what, new) for number in order]
        mark_at = {key: place for place, key in enumerate(self._watching)}
        return Network(
            op=tuple(old[number].op for number in order),
            below=below,
            above=tuple(map(tuple, above)),
            what=tuple(what),
            enough=tuple(old[number].enough for number in order),
            circle=tuple(circle_of.get(place, 0) for place in range(len(order))),
            circles=numbered,
            at={key: new[number] for key, number in self._at.items()},
            answers={key: new[number] for key, number in self._answers.items()},
            papers={key: _places(numbers, new) for key, numbers in self._papers.items()},
            watching={key: _places(numbers, new) for key, numbers in self._watching.items()},
            moved_by={new[number]: keys for number, keys in self._moved_by.items()},
            mark_at=mark_at,
            marks=tuple(tuple(mark_at[key] for key in self._marked(old[number])) for number in order),
            gives=self._gives(mark_at, new),
            tables={new[number]: plain_table(self._known.item_of(key)) for number, key in self._items()},
            sweeping={code: _places(numbers, new) for code, numbers in self._sweeping.items()},
            swept_by={code: _places(numbers, new) for code, numbers in self._swept_by.items()},
            shaping=frozenset(_places(self._aims | self._sets, new)),
            sets=_places(self._sets, new),
            daily=tuple(place for place, number in enumerate(order) if self._is_daily(old[number])),
            ordered=tuple(place for place, number in enumerate(order) if old[number].op is Op.ORDER),
            conditional=frozenset(self._conditional),
        )

    def _items(self) -> Iterator[tuple[int, Key]]:
        return ((number, key) for key, number in self._at.items() if key.kind is Kind.ITEM)

    def _marked(self, vertex: _Vertex) -> tuple[Key, ...]:
        """Give the outcomes whose marks a vertex reads."""
        key = vertex.what
        if not isinstance(key, Key) or vertex.op not in {Op.OUTCOME, Op.ITEM}:
            return ()
        if vertex.op is Op.OUTCOME:
            return (key,)
        return tuple(Key(Kind.OUTCOME, code, key.subject) for code in self._known.item_of(key).provides)

    def _gives(
        self, mark_at: dict[Key, int], new: dict[int, int]
    ) -> dict[int, tuple[tuple[int, tuple[int, ...]], ...]]:
        """Give what the results of items move, where nothing limits how long they hold, and nothing ends them."""
        ended = {code for item in self._known.catalogue.items.values() for code in item.ends}
        outcomes = self._known.catalogue.outcomes
        found = {}
        for number, key in self._items():
            provides = self._known.item_of(key).provides
            lasting = all(
                code not in ended and outcomes[code].valid_for is None and code not in self._swept_by
                for code in provides
            )
            if lasting and not self._known.item_of(key).ends:
                results = [Key(Kind.OUTCOME, code, key.subject) for code in provides]
                watching = [
                    _places([each for each in self._watching[result] if each != number], new) for result in results
                ]
                found[new[number]] = tuple(zip((mark_at[result] for result in results), watching, strict=True))
        return found

    def _is_daily(self, vertex: _Vertex) -> bool:
        if isinstance(vertex.what, Judged):
            return vertex.what.condition.reads_today
        if vertex.op is Op.ANSWER and isinstance(vertex.what, Key):
            rule = self._known.catalogue.facts[vertex.what.code].rule
            return bool(rule) and self._known.catalogue.condition(rule or "").reads_today
        return False


def _is_closed(circle: tuple[int, ...], vertices: list[_Vertex]) -> bool:
    return len(circle) > 1 or circle[0] in vertices[circle[0]].below


def _places(numbers: Iterable[int], new: dict[int, int]) -> tuple[int, ...]:
    return tuple(sorted(new[number] for number in numbers))


def _renumbered(what: object, new: dict[int, int]) -> object:
    if not isinstance(what, Judged):
        return what
    return Judged(what.text, what.condition, what.bound, {ref: new[number] for ref, number in what.reads.items()})
