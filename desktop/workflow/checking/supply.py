"""What is asked or wanted and comes from nobody, and what is offered and asked by nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop.workflow.catalogue.definitions import Catalogue, Demand, Fact, Item, Source
from desktop.workflow.catalogue.requirements import ForEach, Known, LeafKind, Need
from desktop.workflow.checking.findings import (
    Finding,
    Spoken,
    demand_conditions,
    error,
    item_conditions,
    parts_of,
    reached_items,
    read,
    warning,
)


def supply_findings(catalogue: Catalogue) -> Iterator[Finding]:
    """Find outcomes, facts and papers that nobody can supply, and items and questions that serve nobody."""
    yield from _outcome_findings(catalogue)
    yield from _fact_findings(catalogue)
    yield from _material_findings(catalogue)
    yield from _item_findings(catalogue)
    for demand in catalogue.demands.values():
        yield from _want_findings(catalogue, demand)
        yield from _order_findings(catalogue, demand)


def _outcome_findings(catalogue: Catalogue) -> Iterator[Finding]:
    wanted = {want.outcome for demand in catalogue.demands.values() for want in demand.wants}
    needed = {
        placed.part.code
        for item in catalogue.items.values()
        for placed in parts_of(item)
        if isinstance(placed.part, Need) and placed.part.kind is LeafKind.OUTCOME
    }
    for code in catalogue.outcomes:
        if code not in catalogue.providers:
            make = error if code in wanted | needed else warning
            yield make("outcome_not_provided", ("outcome", code, ""))


def _fact_findings(catalogue: Catalogue) -> Iterator[Finding]:
    carried = {fact for material in catalogue.materials.values() for fact in material.carries}
    wanted = set(facts_read(catalogue, catalogue.items.values(), catalogue.demands.values()))
    for fact in catalogue.facts.values():
        if fact.code not in carried and not _is_supplied(catalogue, fact):
            make = error if fact.code in wanted else warning
            yield make("fact_not_supplied", ("fact", fact.code, "sources"), sources=tuple(fact.sources))


def _is_supplied(catalogue: Catalogue, fact: Fact) -> bool:
    return (
        Source.REGISTRY in fact.sources
        or (Source.DECLARED in fact.sources and fact.question is not None)
        or (Source.DERIVED in fact.sources and fact.rule is not None)
        or (fact.from_outcome is not None and fact.from_outcome in catalogue.outcomes)
    )


def _material_findings(catalogue: Catalogue) -> Iterator[Finding]:
    for material in catalogue.materials.values():
        if not material.forms and not any(code in catalogue.providers for code in material.provided_by):
            yield error("material_not_supplied", ("material", material.code, "forms"))


def _item_findings(catalogue: Catalogue) -> Iterator[Finding]:
    demanded = {item.code for demand in catalogue.demands.values() for item in reached_items(catalogue, demand)}
    for item in catalogue.items.values():
        if item.code not in demanded:
            yield warning("item_not_demanded", ("item", item.code, ""))


def _want_findings(catalogue: Catalogue, demand: Demand) -> Iterator[Finding]:
    """Find wants that name an item which does not provide what is wanted: they could never be met."""
    for want in demand.wants:
        item = catalogue.items.get(want.item) if want.item is not None else None
        if item is not None and want.outcome not in item.provides:
            values = {"item": item.code, "outcome": want.outcome}
            yield error("want_not_provided", ("demand", demand.code, "wants"), **values)


def _order_findings(catalogue: Catalogue, demand: Demand) -> Iterator[Finding]:
    wanted = set(facts_read(catalogue, reached_items(catalogue, demand), (demand,)))
    for code in demand.order:
        if code not in wanted:
            yield warning("order_fact_not_read", ("demand", demand.code, "order"), fact=code)


def facts_read(catalogue: Catalogue, items: Iterable[Item], demands: Iterable[Demand]) -> Iterator[str]:
    """Give every fact that these items and demands may read, through derived facts as well."""
    waiting: list[str] = []
    for item in items:
        waiting += _of_conditions(catalogue, item_conditions(item))
        waiting += item.on_change
        waiting += [item.window.after] if item.window is not None and item.window.after is not None else []
        waiting += _leaf_facts(item)
    for demand in demands:
        waiting += _of_conditions(catalogue, demand_conditions(demand))
        waiting += [role.set_of for role in demand.roles if role.set_of is not None]
    seen: set[str] = set()
    while waiting:
        code = waiting.pop()
        if code in seen:
            continue
        seen.add(code)
        yield code
        rule = catalogue.facts[code].rule if code in catalogue.facts else None
        if rule is not None:
            waiting += _of_conditions(catalogue, [Spoken(rule, ("fact", code, "rule"))])


def _of_conditions(catalogue: Catalogue, spoken: Iterable[Spoken]) -> Iterator[str]:
    for each in spoken:
        condition = read(catalogue, each.text)
        for ref in condition.reads if condition is not None else ():
            yield ref.code
            if ref.each_of is not None:
                yield ref.each_of.rpartition(".")[2]


def _leaf_facts(item: Item) -> Iterator[str]:
    for placed in parts_of(item):
        match placed.part:
            case Need(kind=LeafKind.FACT, code=code) | Known(code=code) | ForEach(members=code):
                yield code
            case _:
                continue
