"""Papers that an item of this very matter will bring, so that nobody is asked to carry them (once-only)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desktop.workflow.conditions.truth import Truth
from desktop.workflow.planning.inputs import Key
from desktop.workflow.planning.known import REACHED
from desktop.workflow.planning.valuation import Valuation

Waits = dict[Key, dict[Key, None]]


def coming(
    valuation: Valuation, papers: Mapping[Key, Iterable[Key]], needed: Iterable[Key], waits: Waits
) -> dict[tuple[Key, Key], Key]:
    """Give, for each paper and item that asks for it, the item that provides what the paper shows.

    Only an item this demand needs, or has begun, counts; and never one that itself waits for the item that asks: there
    the person brings the paper they have. `waits` leads from an item to those it cannot be done without.
    """
    there = dict.fromkeys(needed)
    there.update(dict.fromkeys(key for key in valuation.known.begun if valuation.known.round(key)[1].live))
    before = {item: dict(others) for item, others in waits.items()}
    found: dict[tuple[Key, Key], Key] = {}
    for paper, items in papers.items():
        if valuation.value(paper) is Truth.TRUE:
            continue
        for item in items:
            provider = next((p for p in _providers(valuation, paper, there) if not _waits(before, p, item)), None)
            if provider is not None:
                found[paper, item] = provider
                before.setdefault(item, {})[provider] = None
    return found


def _providers(valuation: Valuation, paper: Key, there: Mapping[Key, None]) -> Iterable[Key]:
    for proof in valuation.known.proofs(paper):
        for item in valuation.all_providers(proof):
            if item in there and valuation.value(item) is not Truth.FALSE and _will_bring(valuation, item, proof):
                yield item


def _will_bring(valuation: Valuation, item: Key, proof: Key) -> bool:
    """Tell whether an item is still to bring what a paper shows: what it issued and was ended comes no second time."""
    known = valuation.known
    return known.round(item)[1].state not in REACHED or known.ran_out(proof) is not None


def _waits(waits: Waits, one: Key, other: Key) -> bool:
    """Tell whether one item is the other, or cannot be done without it."""
    seen: set[Key] = set()
    left = [one]
    while left:
        item = left.pop()
        if item == other:
            return True
        if item not in seen:
            seen.add(item)
            left.extend(waits.get(item, ()))
    return False
