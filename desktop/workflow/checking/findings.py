"""A finding of the publish check, and what the checks share: every condition with its place, what leads where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from desktop.workflow.catalogue.definitions import Catalogue, Demand, Item
from desktop.workflow.catalogue.requirements import ForEach, LeafKind, Need, Phase, Requirement, When, leaves
from desktop.workflow.conditions.condition import Condition, ConditionFault


class Severity(StrEnum):
    """Whether a finding stands in the way of publishing."""

    ERROR = "error"
    WARNING = "warning"


Where = tuple[str, str, str]
"""Kind, code and field of the entry a finding is about; a field within is dotted."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the author should look at; `values` make its sentence elsewhere."""

    severity: Severity
    code: str
    where: Where
    values: Mapping[str, object] = field(default_factory=dict)


def error(code: str, where: Where, **values: object) -> Finding:
    """Make a finding that stands in the way of publishing."""
    return Finding(Severity.ERROR, code, where, values)


def warning(code: str, where: Where, **values: object) -> Finding:
    """Make a finding that the author may leave as it is."""
    return Finding(Severity.WARNING, code, where, values)


@dataclass(frozen=True, slots=True)
class Placed:
    """A part of a requirement with the conditions it stands under and the set members named around it."""

    part: Requirement
    item: Item
    phase: Phase
    under: tuple[str, ...] = ()
    roles: frozenset[str] = frozenset()

    @property
    def where(self) -> Where:
        """The place of the part."""
        return "item", self.item.code, f"requires.{self.phase}"


MOST_LEVELS = 24
"""How deep what an item asks may be nested; a file of the catalogue cannot be deeper either."""


def levels(requirement: Requirement) -> int:
    """Count how deep a requirement is nested; a leaf is 1. The parts still to see are kept in a list."""
    deepest, left = 0, [(requirement, 1)]
    while left:
        part, level = left.pop()
        deepest = max(deepest, level)
        inner = (part.part,) if isinstance(part, When | ForEach) else getattr(part, "parts", ())
        left += [(each, level + 1) for each in inner]
    return deepest


def parts_of(item: Item) -> Iterator[Placed]:
    """Give every part of what an item asks, outer parts first."""
    for phase, requirement in item.requires.items():
        yield from _inside(Placed(requirement, item, phase))


def _inside(placed: Placed) -> Iterator[Placed]:
    yield placed
    part, under, roles = placed.part, placed.under, placed.roles
    match part:
        case When():
            inner: tuple[Requirement, ...] = (part.part,)
            under = (*under, part.condition)
        case ForEach():
            inner = (part.part,)
            roles = roles | {part.role}
        case _:
            inner = getattr(part, "parts", ())
    for each in inner:
        yield from _inside(Placed(each, placed.item, placed.phase, under, roles))


@dataclass(frozen=True, slots=True)
class Spoken:
    """A condition, its place, the conditions around it and the set members named around it."""

    text: str
    where: Where
    under: tuple[str, ...] = ()
    roles: frozenset[str] = frozenset()


def item_conditions(item: Item) -> Iterator[Spoken]:
    """Give every condition of an item."""
    if item.eligible is not None:
        yield Spoken(item.eligible, ("item", item.code, "eligible"))
    for fee in item.fees:
        if fee.when is not None:
            yield Spoken(fee.when, ("item", item.code, "fees"))
    for placed in parts_of(item):
        if isinstance(placed.part, When):
            yield Spoken(placed.part.condition, placed.where, placed.under, placed.roles)


def demand_conditions(demand: Demand) -> Iterator[Spoken]:
    """Give every condition of a demand."""
    for name, rows in (("wants", demand.wants), ("routing", demand.routing), ("advice", demand.advice)):
        for row in rows:
            if row.when is not None:
                yield Spoken(row.when, ("demand", demand.code, name))


def all_conditions(catalogue: Catalogue) -> Iterator[Spoken]:
    """Give every condition of the catalogue."""
    for fact in catalogue.facts.values():
        if fact.rule is not None:
            yield Spoken(fact.rule, ("fact", fact.code, "rule"))
    for item in catalogue.items.values():
        yield from item_conditions(item)
    for demand in catalogue.demands.values():
        yield from demand_conditions(demand)


def read(catalogue: Catalogue, text: str) -> Condition | None:
    """Read a condition; None for one that a loader has already refused."""
    try:
        return catalogue.condition(text)
    except ConditionFault:
        return None


def needed_outcomes(item: Item) -> Iterator[str]:
    """Give every outcome an item may ask for; a paper is brought, unless the demand wants what it shows anyway."""
    for requirement in item.requires.values():
        for leaf in leaves(requirement):
            if isinstance(leaf, Need) and leaf.kind is LeafKind.OUTCOME:
                yield leaf.code


def reached_items(catalogue: Catalogue, demand: Demand) -> tuple[Item, ...]:
    """Give the items a demand can lead to, backward from what it wants, whatever the conditions."""
    waiting = [want.outcome for want in demand.wants]
    seen = set(waiting)
    chosen = [want.item for want in demand.wants if want.item is not None and want.item in catalogue.items]
    items = {code: catalogue.items[code] for code in chosen}
    for item in tuple(items.values()):
        waiting += needed_outcomes(item)
    while waiting:
        for item in catalogue.providers.get(waiting.pop(), ()):
            items[item.code] = item
            new = set(needed_outcomes(item)) - seen
            seen |= new
            waiting += sorted(new)
    return tuple(items.values())
