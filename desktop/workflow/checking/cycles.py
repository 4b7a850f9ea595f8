"""Circles among items and outcomes: those without a way in, and those that pass through a negation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from desktop.workflow.catalogue.circles import components
from desktop.workflow.catalogue.definitions import Catalogue, Item
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
from desktop.workflow.checking.findings import Finding, error, parts_of, read
from desktop.workflow.conditions.tree import Agree, AllOf, AnyOf, Claim, Compare, Each, Not, Within, walk
from desktop.workflow.conditions.tree import Read as FactRead

Edges = Mapping[str, Iterable[str]]


def cycle_findings(catalogue: Catalogue) -> Iterator[Finding]:
    """Find circles nobody can enter, and derived facts that deny what they hang on."""
    yield from _closed_circles(catalogue)
    yield from _negations(catalogue)


def _closed_circles(catalogue: Catalogue) -> Iterator[Finding]:
    """Find components of items of which none can be done before another of them is."""
    done = _obtainable(catalogue)
    stuck = {code: _waits_for(catalogue, item) for code, item in catalogue.items.items() if code not in done}
    for circle in components({code: [each for each in waits if each in stuck] for code, waits in stuck.items()}):
        if len(circle) > 1 or circle[0] in stuck[circle[0]]:
            members = tuple(sorted(circle))
            yield error("circle_without_entry", ("item", members[0], "requires"), items=members)


def _obtainable(catalogue: Catalogue) -> set[str]:
    """Give the items that can be reached from nothing but facts and papers, conditions taken as favourable."""
    done: set[str] = set()
    waiting: dict[str, list[str]] = {}
    for code, item in catalogue.items.items():
        for other in _waits_for(catalogue, item):
            waiting.setdefault(other, []).append(code)
    left = dict.fromkeys(catalogue.items)
    while left:
        code = left.popitem()[0]
        if code not in done and _possible(catalogue, catalogue.items[code], done):
            done.add(code)
            left.update(dict.fromkeys(waiting.get(code, ())))
    return done


def _possible(catalogue: Catalogue, item: Item, done: set[str]) -> bool:
    return all(_can_hold(catalogue, part, done) for phase, part in item.requires.items() if phase is not Phase.POST)


def _can_hold(catalogue: Catalogue, part: Requirement, done: set[str]) -> bool:
    match part:
        case Need(kind=LeafKind.OUTCOME, code=code):
            providers = catalogue.providers.get(code, ())
            return not providers or any(item.code in done for item in providers)
        case After(item=item):
            return item in done
        case All(parts=parts):
            return all(isinstance(each, When) or _can_hold(catalogue, each, done) for each in parts)
        case Any(parts=parts):
            return not parts or any(_can_hold(catalogue, each, done) for each in parts)
        case AtLeast(k=k, parts=parts):
            return sum(_can_hold(catalogue, each, done) for each in parts) >= min(k, len(parts))
        case When(part=inner) | ForEach(part=inner):
            return _can_hold(catalogue, inner, done)
    return True


def _waits_for(catalogue: Catalogue, item: Item) -> list[str]:
    waits: list[str] = []
    for placed in parts_of(item):
        match placed.part:
            case After(item=other):
                waits.append(other)
            case Need(kind=LeafKind.OUTCOME, code=code):
                waits += [each.code for each in catalogue.providers.get(code, ())]
            case _:
                continue
    return waits


def _negations(catalogue: Catalogue) -> Iterator[Finding]:
    """Find conditions that deny a fact which hangs on what the condition decides.

    A `when` in a list asks more the truer it is, so that it denies what it affirms; within `any` it does not.
    """
    edges: dict[str, list[str]] = {}
    denied: list[tuple[str, str, str, str]] = []
    for fact in catalogue.facts.values():
        edges[f"fact {fact.code}"] = [f"outcome {fact.from_outcome}"] if fact.from_outcome else []
        for code, plainly in _signs(catalogue, fact.rule):
            edges[f"fact {fact.code}"].append(f"fact {code}")
            if not plainly:
                denied.append((f"fact {fact.code}", f"fact {code}", "rule", fact.rule or ""))
    for outcome in catalogue.outcomes:
        edges[f"outcome {outcome}"] = [f"item {item.code}" for item in catalogue.providers.get(outcome, ())]
    for item in catalogue.items.values():
        _add_item(catalogue, item, edges, denied)
    home = {node: place for place, circle in enumerate(components(edges)) for node in circle}
    for reader, fact_node, field, text in denied:
        if home.get(reader) == home.get(fact_node, -1):
            kind, code = reader.split(" ", 1)
            yield error("negation_in_circle", (kind, code, field), fact=fact_node.split(" ", 1)[1], text=text)


def _add_item(
    catalogue: Catalogue, item: Item, edges: dict[str, list[str]], denied: list[tuple[str, str, str, str]]
) -> None:
    node = f"item {item.code}"
    edges[node] = [f"item {other}" for other in _waits_for(catalogue, item)]
    guards = {
        id(each) for placed in parts_of(item) if isinstance(placed.part, Any | AtLeast) for each in placed.part.parts
    }
    for placed in parts_of(item):
        part = placed.part
        if isinstance(part, Need) and part.kind is LeafKind.FACT:
            edges[node].append(f"fact {part.code}")
        if not isinstance(part, When):
            continue
        for code, plainly in _signs(catalogue, part.condition):
            edges[node].append(f"fact {code}")
            if plainly is not (id(part) in guards):
                denied.append((node, f"fact {code}", f"requires.{placed.phase}", part.condition))


def _signs(catalogue: Catalogue, text: str | None) -> Iterator[tuple[str, bool]]:
    """Give every fact a condition reads, and whether more of it can only make the condition truer."""
    condition = read(catalogue, text) if text is not None else None
    if condition is not None:
        yield from _claim_signs(condition.tree, plainly=True)


def _claim_signs(claim: Claim, *, plainly: bool) -> Iterator[tuple[str, bool]]:
    match claim:
        case Not(claim=inner):
            yield from _claim_signs(inner, plainly=not plainly)
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from _claim_signs(part, plainly=plainly)
        case Each(claim=inner):
            yield from _claim_signs(inner, plainly=plainly)
        case Compare() | Within() | Agree():
            for node in walk(claim):
                if isinstance(node, FactRead):
                    yield node.code, True
                    yield node.code, False
        case _:
            yield from ((node.code, plainly) for node in walk(claim) if isinstance(node, FactRead))
