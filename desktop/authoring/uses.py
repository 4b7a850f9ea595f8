"""Where a catalogue speaks in words that must be understood: its conditions, and the roles it names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.workflow.catalogue.definitions import Catalogue, Demand, Item
from desktop.workflow.catalogue.requirements import ForEach, Known, Need, Requirement, When


@dataclass(frozen=True, slots=True)
class Use:
    """A condition or the name of a role, and where it stands; `roles` are those that hold only there."""

    kind: str
    code: str
    at: str
    text: str
    is_role: bool = False
    roles: frozenset[str] = frozenset()


def text_uses(catalogue: Catalogue) -> Iterator[Use]:
    """Give every condition and every role that the catalogue names, in its order."""
    for fact in catalogue.facts.values():
        yield Use("fact", fact.code, "about", fact.about, is_role=True)
        if fact.rule is not None:
            yield Use("fact", fact.code, "rule", fact.rule)
    for material in catalogue.materials.values():
        yield Use("material", material.code, "about", material.about, is_role=True)
    for outcome in catalogue.outcomes.values():
        yield Use("outcome", outcome.code, "about", outcome.about, is_role=True)
    for item in catalogue.items.values():
        yield from _of_item(item, frozenset(catalogue.facts))
    for demand in catalogue.demands.values():
        yield from _of_demand(demand)


def _of_item(item: Item, facts: frozenset[str]) -> Iterator[Use]:
    yield Use("item", item.code, "about", item.about, is_role=True)
    if item.eligible is not None:
        yield Use("item", item.code, "eligible", item.eligible)
    for phase, requirement in item.requires.items():
        yield from _of_requirement(item.code, f"requires.{phase}", requirement, facts, frozenset())
    for fee in item.fees:
        if fee.when is not None:
            yield Use("item", item.code, "fees", fee.when)


def _of_requirement(
    code: str, at: str, requirement: Requirement, facts: frozenset[str], roles: frozenset[str]
) -> Iterator[Use]:
    match requirement:
        case Need() | Known():
            if requirement.of is not None:
                yield Use("item", code, at, requirement.of, is_role=True, roles=roles)
        case When():
            yield Use("item", code, at, requirement.condition, roles=roles)
            yield from _of_requirement(code, at, requirement.part, facts, roles)
        case ForEach():
            # A set of people may be a fact, or a role that several fill.
            yield Use("item", code, at, requirement.members, is_role=True, roles=roles | facts)
            yield from _of_requirement(code, at, requirement.part, facts, roles | {requirement.role})
        case _:
            for part in getattr(requirement, "parts", ()):
                yield from _of_requirement(code, at, part, facts, roles)


def _of_demand(demand: Demand) -> Iterator[Use]:
    for want in demand.wants:
        if want.when is not None:
            yield Use("demand", demand.code, "wants", want.when)
        if want.of is not None:
            yield Use("demand", demand.code, "wants", want.of, is_role=True)
    for field, rows in (("routing", demand.routing), ("advice", demand.advice)):
        for row in rows:
            if row.when is not None:
                yield Use("demand", demand.code, field, row.when)
