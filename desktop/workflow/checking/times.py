"""Times that contradict each other or the law: promises, pauses, papers owing, and counts that cannot be met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desktop.workflow.catalogue.definitions import CASE, Catalogue, Fact, Item, Material, Outcome
from desktop.workflow.catalogue.requirements import (
    After,
    AtLeast,
    Deferral,
    ForEach,
    Known,
    LeafKind,
    Need,
    Phase,
    leaves,
)
from desktop.workflow.checking.findings import Finding, Placed, error, parts_of, warning
from desktop.workflow.checking.paths import path_findings
from desktop.workflow.conditions.condition import FactType
from desktop.workflow.procedure.procedures import PERMIT_GROUNDS, PERMIT_LAW, ItemKind
from desktop.workflow.procedure.profiles import PROFILES
from desktop.workflow.time.limits import Unit
from desktop.workflow.time.spans import may_be_longer, surely_longer

_PERMIT = "permit"
_ORDER = {phase: place for place, phase in enumerate(Phase)}


def time_findings(catalogue: Catalogue) -> Iterator[Finding]:
    """Find promises, pauses and deferrals that cannot stand beside each other or the law, and counts never met."""
    for item in catalogue.items.values():
        yield from _promise_findings(item)
        yield from _pause_findings(item)
        for placed in parts_of(item):
            yield from _part_findings(catalogue, placed)
    yield from path_findings(catalogue)


def _promise_findings(item: Item) -> Iterator[Finding]:
    where = ("item", item.code, "limits.promised")
    profile = PROFILES.get(item.procedure)
    if profile is None:
        yield error("unknown_procedure", ("item", item.code, "procedure"), found=item.procedure)
        return
    promised, law = item.promised, profile.statutory(item.timing)
    if (
        item.kind is ItemKind.INSTANT
        and promised is not None
        and promised.n > (24 if promised.unit is Unit.HOURS else 1)
    ):
        yield warning("instant_takes_days", where, promised=str(promised))
    if promised is None or law is None:
        return
    if surely_longer(promised, law):
        yield warning("promise_over_law", where, promised=str(promised), law=str(law))
    elif may_be_longer(promised, law):
        yield warning("promise_counted_otherwise", where, promised=str(promised), law=str(law))


def _pause_findings(item: Item) -> Iterator[Finding]:
    where = ("item", item.code, "pauses")
    if item.kind is ItemKind.INSTANT and item.pauses:
        yield error("instant_with_pauses", where, grounds=tuple(pause.ground for pause in item.pauses))
    for pause in item.pauses:
        if not pause.basis.startswith(PERMIT_LAW):
            continue
        if item.procedure != _PERMIT:
            yield error("pause_by_permit_law", where, ground=pause.ground, procedure=item.procedure)
        elif pause.ground not in PERMIT_GROUNDS:
            yield error("pause_not_listed", where, ground=pause.ground, known=PERMIT_GROUNDS)


def _part_findings(catalogue: Catalogue, placed: Placed) -> Iterator[Finding]:
    part = placed.part
    match part:
        case AtLeast(k=k, parts=parts):
            if k > len(parts):
                yield error("at_least_too_many", placed.where, k=k, n=len(parts))
            evidence = [{shown for leaf in leaves(each) for shown in _evidence(catalogue, leaf)} for each in parts]
            if sum(map(len, evidence)) > len(set().union(*evidence)):
                yield error("at_least_same_evidence", placed.where, k=k)
        case ForEach(members=members) if members in catalogue.facts:
            fact = catalogue.facts[members]
            if fact.type is not FactType.SET:
                yield error("for_each_without_set", placed.where, fact=members)
            elif fact.minimum is None:
                yield warning("set_without_minimum", ("fact", members, ""), fact=members)
        case Need(kind=LeafKind.MATERIAL, code=code):
            yield from _deferral_findings(catalogue, placed, part.deferrable, code)


def _evidence(catalogue: Catalogue, leaf: Need | Known | After) -> Iterator[tuple[str, str, str]]:
    """Give all that may meet a leaf, and whose it is: a paper also by a substitute or by the outcome it shows."""
    if isinstance(leaf, After):
        yield "item", leaf.item, ""
        return
    kind = leaf.kind if isinstance(leaf, Need) else LeafKind.FACT
    whose = leaf.of or _about(catalogue, kind, leaf.code)
    yield kind, leaf.code, whose
    material = catalogue.materials.get(leaf.code) if kind is LeafKind.MATERIAL else None
    if material is not None:
        yield from ((kind, code, whose) for code in material.substitutes)
        for code in material.provided_by:
            about = _about(catalogue, LeafKind.OUTCOME, code)
            yield LeafKind.OUTCOME, code, about if CASE in {whose, about} else whose


def _about(catalogue: Catalogue, kind: LeafKind, code: str) -> str:
    things: dict[LeafKind, Mapping[str, Fact | Material | Outcome]] = {
        LeafKind.FACT: catalogue.facts,
        LeafKind.MATERIAL: catalogue.materials,
        LeafKind.OUTCOME: catalogue.outcomes,
    }
    thing = things[kind].get(code)
    return thing.about if thing is not None else ""


def _deferral_findings(catalogue: Catalogue, placed: Placed, own: Deferral | None, code: str) -> Iterator[Finding]:
    material = catalogue.materials.get(code)
    deferral = own or (material.deferrable if material is not None else None)
    if deferral is None or placed.phase is Phase.POST:
        return
    if own is not None and _ORDER[placed.phase] >= _ORDER[Phase(own.until)]:
        yield error("deferral_beyond", placed.where, material=code, until=own.until, phase=str(placed.phase))
    promised = placed.item.promised
    if deferral.limit is not None and promised is not None and surely_longer(deferral.limit, promised):
        values = {"material": code, "limit": str(deferral.limit), "promised": str(promised)}
        yield warning("deferral_over_promise", placed.where, **values)
