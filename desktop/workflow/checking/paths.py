"""The longest way of items that a matter may take, one waiting for the other, beside what the matter promises."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from desktop.workflow.catalogue.deepest import deepest_first
from desktop.workflow.catalogue.definitions import Catalogue, Demand, Item
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
    leaves,
)
from desktop.workflow.catalogue.requirements import Known as KnownFact
from desktop.workflow.checking.findings import Finding, warning
from desktop.workflow.procedure.profiles import PROFILES
from desktop.workflow.time.limits import Limit, Unit
from desktop.workflow.time.spans import at_least_days, at_most_days

Leaf = Need | KnownFact | After


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Way:
    """Items that wait for each other: the last with the time it may take, and the way up to it.

    `days` are the fewest calendar days the whole way may take.
    """

    last: tuple[str, Limit] | None = None
    before: Way | None = None
    days: float = 0.0

    def then(self, item: str, time: Limit | None) -> Way:
        """Give the way that goes on through an item; one without a time of its own adds nothing."""
        return self if time is None else Way((item, time), self, self.days + at_least_days(time))

    @property
    def steps(self) -> tuple[tuple[str, Limit], ...]:
        """The items of the way, first to last."""
        found: list[tuple[str, Limit]] = []
        way: Way | None = self
        while way is not None and way.last is not None:
            found.append(way.last)
            way = way.before
        return tuple(reversed(found))

    @property
    def total(self) -> tuple[Limit, ...]:
        """The time of the whole way, unit by unit."""
        counted: Counter[Unit] = Counter()
        for _, limit in self.steps:
            counted[limit.unit] += limit.n
        return tuple(Limit(n, unit) for unit, n in counted.items())

    def surely_outlasts(self, limit: Limit) -> bool:
        """Say whether the way takes longer than a limit whatever days it falls on."""
        total = self.total
        if len(total) == 1 and total[0].unit is limit.unit:
            return total[0].n > limit.n
        return self.days > at_most_days(limit)


def path_findings(catalogue: Catalogue) -> Iterator[Finding]:
    """Find matters that promise less than their longest way of items takes (a warning: the guides do promise it)."""
    for demand in catalogue.demands.values():
        if demand.promised is None:
            continue
        ways = _Ways(catalogue, demand)
        longest = max((ways.outcome(want.outcome) for want in demand.wants), key=lambda way: way.days, default=Way())
        if longest.surely_outlasts(demand.promised):
            yield _finding(demand, longest)


def _finding(demand: Demand, longest: Way) -> Finding:
    where = ("demand", demand.code, "promised")
    items = tuple(code for code, _ in longest.steps)
    taken = tuple(str(limit) for limit in longest.total)
    if len(items) == 1:
        return warning(
            "promise_under_item", where, promised=str(demand.promised), item=items[0], item_promised=taken[0]
        )
    return warning("promise_under_path", where, promised=str(demand.promised), items=items, taken=taken)


class _Ways:
    """The longest ways within one demand: the shortest of what is chosen freely, the longest of what facts decide."""

    def __init__(self, catalogue: Catalogue, demand: Demand) -> None:
        self.catalogue = catalogue
        self.wanted = {want.outcome for want in demand.wants}
        self.named = {want.outcome: want.item for want in demand.wants if want.item is not None}
        self._found: dict[str, Way] = {}

    def outcome(self, code: str) -> Way:
        """Give the way to an outcome; nothing at all where no item of the catalogue provides it."""
        items = self._items(code)
        free = [item for item in items if item.eligible is None]
        return _chosen([self.item(item) for item in free], [self.item(item) for item in items])

    def _items(self, outcome: str) -> list[Item]:
        named = self.named.get(outcome)
        return [item for item in self.catalogue.providers.get(outcome, ()) if named in {None, item.code}]

    def item(self, item: Item) -> Way:
        """Give the way to one item and through it; a circle counts once."""
        if item.code not in self._found:
            for code in deepest_first(item.code, self._leads_to):
                each = self.catalogue.items[code]
                parts = (part for phase, part in each.requires.items() if phase is not Phase.POST)
                self._found[code] = _longest(self.requirement(part) for part in parts).then(code, _time(each))
        return self._found[item.code]

    def _leads_to(self, code: str) -> tuple[str, ...]:
        """Begin with an item, as no way at all, and give the items it may wait for."""
        self._found[code] = Way()
        parts = (part for phase, part in self.catalogue.items[code].requires.items() if phase is not Phase.POST)
        asked = (leaf for part in parts for leaf in leaves(part))
        found = dict.fromkeys(other for leaf in asked for other in self._waited_for(leaf))
        return tuple(each for each in found if each not in self._found)

    def _waited_for(self, leaf: Leaf) -> Iterator[str]:
        if isinstance(leaf, After):
            yield from (leaf.item,) if leaf.item in self.catalogue.items else ()
        elif isinstance(leaf, Need):
            yield from (item.code for outcome in self._outcomes(leaf) for item in self._items(outcome))

    def requirement(self, part: Requirement) -> Way:
        """Give the longest way a requirement may take."""
        match part:
            case All(parts=parts):
                return _longest(self.requirement(each) for each in parts)
            case Any(parts=parts):
                free = [each for each in parts if not isinstance(each, When)]
                return _chosen([self.requirement(each) for each in free], [self.requirement(each) for each in parts])
            case AtLeast(k=k, parts=parts):
                ways = sorted((self.requirement(each) for each in parts), key=lambda way: way.days)
                return ways[min(k, len(ways)) - 1] if ways else Way()
            case When(part=inner) | ForEach(part=inner):
                return self.requirement(inner)
            case After(item=code) if code in self.catalogue.items:
                return self.item(self.catalogue.items[code])
            case Need():
                return self._need(part)
        return Way()

    def _need(self, need: Need) -> Way:
        return min((self.outcome(code) for code in self._outcomes(need)), key=lambda way: way.days, default=Way())

    def _outcomes(self, need: Need) -> list[str]:
        """Give the outcomes waited for; a paper only where the matter itself wants what it shows."""
        if need.optional:
            return []
        if need.kind is LeafKind.OUTCOME:
            return [need.code]
        material = self.catalogue.materials.get(need.code) if need.kind is LeafKind.MATERIAL else None
        return [code for code in material.provided_by if code in self.wanted] if material is not None else []


def _chosen(free: Sequence[Way], all_: Sequence[Way]) -> Way:
    """Give the shortest of the ways that are open to everybody; where facts decide among all of them, the longest."""
    return min(free, key=lambda way: way.days) if free else _longest(all_)


def _longest(ways: Iterable[Way]) -> Way:
    return max(ways, key=lambda way: way.days, default=Way())


def _time(item: Item) -> Limit | None:
    """Give the time an item may take: its promise, else the law's."""
    profile = PROFILES.get(item.procedure)
    return item.promised or (profile.statutory(item.timing) if profile is not None else None)
