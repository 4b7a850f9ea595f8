"""The gates of a task: open, blocked by what is missing, closed for a reason, or passed and frozen."""

from collections.abc import Iterator

from desktop.workflow.catalogue.requirements import Phase
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.planning.demanded import Demanded
from desktop.workflow.planning.inputs import Key
from desktop.workflow.planning.plan import GateView, Missing, Readiness
from desktop.workflow.procedure.legal_states import Gate

_ORDER = {gate: place for place, gate in enumerate(Gate)}


def gates_of(demanded: Demanded, key: Key) -> dict[Gate, GateView]:
    """Judge every gate of an item's latest round.

    What a passed gate was judged on is frozen (rule 7), but for what it left over (`MissingSets.carried`): a paper
    owing under a promise has moved to a later gate (容缺), and so has what was missing when silence accepted the case
    (行政许可法第三十二条).
    """
    _, state = demanded.known.round(key)
    return {
        gate: _judge(demanded, key, gate) if state.passed(gate) is None else GateView(Readiness.PASSED) for gate in Gate
    }


def _judge(demanded: Demanded, key: Key, gate: Gate) -> GateView:
    phases = [Phase(each.value) for each in Gate if _ORDER[each] <= _ORDER[gate]]
    found = (missing for phase in phases for missing in _of_phase(demanded, key, phase, gate))
    missing = tuple(dict.fromkeys(found))
    if any(_is_closed(demanded, key, phase) for phase in phases):
        false = (each.key for each in missing if demanded.valuation.value(each.key) is Truth.FALSE)
        return GateView(Readiness.CLOSED, missing, tuple(dict.fromkeys(false)))
    return GateView(Readiness.BLOCKED if missing else Readiness.OPEN, missing)


def _of_phase(demanded: Demanded, key: Key, phase: Phase, gate: Gate) -> Iterator[Missing]:
    """Give what one phase misses at a gate, less what is promised for later; of a passed one, what it left over."""
    state = demanded.known.round(key)[1]
    if state.passed(Gate(phase.value)) is not None:
        yield from (each for each, due in demanded.missing.carried(key, phase) if _ORDER[due] <= _ORDER[gate])
        return
    for missing in demanded.missing.of_phase(key, phase):
        later = demanded.missing.promised_until(key, missing.key, state)
        if later is None and missing.key.leaf in state.moved_to_decide:
            later = Gate.DECIDE
        if later is None or _ORDER[later] <= _ORDER[gate]:
            yield missing


def _is_closed(demanded: Demanded, key: Key, phase: Phase) -> bool:
    if demanded.known.round(key)[1].passed(Gate(phase.value)) is not None:
        return False
    requirement = demanded.known.item_of(key).required(phase)
    return demanded.valuation.requirement(requirement, demanded.known.bound(key)) is Truth.FALSE
