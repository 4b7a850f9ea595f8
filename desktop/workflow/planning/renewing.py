"""Results of this very matter that have run out while another item still needs them: they are asked for again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from desktop.workflow.catalogue.definitions import Source
from desktop.workflow.catalogue.requirements import Phase
from desktop.workflow.planning.demanded import Demanded
from desktop.workflow.planning.inputs import Key, Kind
from desktop.workflow.planning.known import REACHED
from desktop.workflow.planning.plan import Missing
from desktop.workflow.procedure.legal_states import Gate


def run_out_and_needed(demanded: Demanded) -> dict[Key, date]:
    """Give the items whose result another item needs and that is good no longer, each with the last day it was good.

    What the person came for is theirs once it was issued; that it runs out some day opens nothing by itself.
    """
    known, found = demanded.known, dict[Key, date]()
    if not any(not made.valid_on(known.today) for made in known.made):
        return found
    for outcome in dict.fromkeys(_missing_outcomes(demanded)):
        last = known.ran_out(outcome)
        for item in known.makers(outcome) if last is not None else ():
            if last is not None and item in demanded.items and known.round(item)[1].state in REACHED:
                found[item] = last
    return found


def _missing_outcomes(demanded: Demanded) -> Iterator[Key]:
    for item, row in _missing(demanded):
        match row.key.kind:
            case Kind.OUTCOME:
                yield row.key
            case Kind.MATERIAL:
                yield from _behind_paper(demanded, row.key, item)
            case Kind.FACT:
                yield from _behind_fact(demanded, row.key)


def _missing(demanded: Demanded) -> Iterator[tuple[Key, Missing]]:
    """Give what every item still misses before its decision, or must find again at it."""
    for item in (*demanded.items, *demanded.under_way):
        state = demanded.known.round(item)[1]
        for phase in Phase:
            if state.state in REACHED or phase is Phase.POST:
                continue
            if state.passed(Gate(phase.value)) is None:
                rows = demanded.missing.of_phase(item, phase)
            else:
                rows = tuple(row for row, _ in demanded.missing.carried(item, phase))
            yield from ((item, row) for row in rows)


def _behind_paper(demanded: Demanded, paper: Key, item: Key) -> Iterator[Key]:
    """Give the outcomes a paper shows that nobody is asked to carry, because an item of this matter provides them."""
    provider = demanded.missing.coming.get((paper, item))
    if provider is not None:
        provided = demanded.known.item_of(provider).provides
        yield from (proof for proof in demanded.known.proofs(paper) if proof.code in provided)


def _behind_fact(demanded: Demanded, fact: Key) -> Iterator[Key]:
    """Give the outcome that alone answers a fact: nobody can be asked for it."""
    known = demanded.known.catalogue.facts[fact.code]
    if known.from_outcome and Source.DECLARED not in known.sources:
        yield Key(Kind.OUTCOME, known.from_outcome, fact.subject)
