"""Results of this very matter that have run out while another item still needs them: they are asked for again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from desktop.workflow.catalogue.requirements import Phase
from desktop.workflow.planning.demanded import Demanded
from desktop.workflow.planning.inputs import Key, Kind
from desktop.workflow.planning.known import REACHED
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
            if last is not None and known.round(item)[1].state in REACHED:
                found[item] = last
    return found


def _missing_outcomes(demanded: Demanded) -> Iterator[Key]:
    for item in (*demanded.items, *demanded.under_way):
        state = demanded.known.round(item)[1]
        for phase in Phase:
            if state.state in REACHED or phase is Phase.POST:
                continue
            if state.passed(Gate(phase.value)) is None:
                rows = demanded.missing.of_phase(item, phase)
            else:
                rows = tuple(row for row, _ in demanded.missing.carried(item, phase))
            yield from (row.key for row in rows if row.key.kind is Kind.OUTCOME)
