"""The publish check: what of a catalogue can never work, and where the guides it follows contradict themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from desktop.workflow.catalogue.definitions import Catalogue, Provenance
from desktop.workflow.checking.conditions import condition_findings
from desktop.workflow.checking.cycles import cycle_findings
from desktop.workflow.checking.findings import MOST_LEVELS, Finding, Severity, Where, error, levels, warning
from desktop.workflow.checking.supply import supply_findings
from desktop.workflow.checking.times import time_findings

__all__ = ["Finding", "Severity", "Where", "check"]


def check(catalogue: Catalogue) -> tuple[Finding, ...]:
    """Give everything an author should see before the catalogue is published, errors first.

    Errors stand in the way of publishing (a circle nobody can enter, an outcome nobody provides); warnings are
    contradictions of the guides, drafts, and what nobody needs. Pauses follow 行政许可法 第四十五条. Conditions that a
    loader refused are passed over. It raises nothing; work grows with the size of the catalogue.
    """
    deep = tuple(_deep_findings(catalogue))
    catalogue = _without(catalogue, {finding.where[1] for finding in deep})
    found = [
        *deep,
        *cycle_findings(catalogue),
        *supply_findings(catalogue),
        *condition_findings(catalogue),
        *time_findings(catalogue),
        *_draft_findings(catalogue),
    ]
    once = {(each.code, each.where, repr(sorted(each.values.items()))): each for each in found}
    return tuple(sorted(once.values(), key=lambda finding: finding.severity is not Severity.ERROR))


def _deep_findings(catalogue: Catalogue) -> Iterator[Finding]:
    """Find what is nested deeper than anybody can follow."""
    for item in catalogue.items.values():
        for phase, requirement in item.requires.items():
            found = levels(requirement)
            if found > MOST_LEVELS:
                yield error(
                    "nested_too_deep", ("item", item.code, f"requires.{phase}"), levels=found, limit=MOST_LEVELS
                )


def _without(catalogue: Catalogue, deep: set[str]) -> Catalogue:
    """Let items that are nested too deep ask for nothing, so that all else can be checked."""
    if not deep:
        return catalogue
    items = {c: item.model_copy(update={"requires": {}}) if c in deep else item for c, item in catalogue.items.items()}
    return Catalogue(**{name: getattr(catalogue, name) for name in Catalogue.model_fields} | {"items": items})


def _draft_findings(catalogue: Catalogue) -> Iterator[Finding]:
    """Count the entries that rest on general knowledge only."""
    sources = [
        *(("fact", fact.src) for fact in catalogue.facts.values()),
        *(("material", material.src) for material in catalogue.materials.values()),
        *(("outcome", outcome.src) for outcome in catalogue.outcomes.values()),
        *(("item", item.src) for item in catalogue.items.values()),
        *(("demand", demand.src) for demand in catalogue.demands.values()),
    ]
    counted = Counter(kind for kind, codes in sources if Provenance(codes=codes).is_draft)
    if counted:
        yield warning("drafts", ("catalogue", "", ""), **counted)
