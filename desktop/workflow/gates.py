"""The gates of a task: open, blocked by what is missing, closed for a reason, or passed and frozen."""

from desktop.workflow.demanded import Demanded
from desktop.workflow.inputs import Key
from desktop.workflow.legal_states import Gate
from desktop.workflow.plan import GateView, Missing, Readiness
from desktop.workflow.requirements import Phase
from desktop.workflow.rounds import RoundState
from desktop.workflow.truth import Truth

_PHASES = {
    Gate.SUBMIT: (Phase.SUBMIT,),
    Gate.ACCEPT: (Phase.SUBMIT, Phase.ACCEPT),
    Gate.DECIDE: (Phase.SUBMIT, Phase.ACCEPT, Phase.DECIDE),
    Gate.ISSUE: (Phase.SUBMIT, Phase.ACCEPT, Phase.DECIDE, Phase.ISSUE),
}


def gates_of(demanded: Demanded, key: Key) -> dict[Gate, GateView]:
    """Judge every gate of an item's latest round.

    What a passed gate was judged on is frozen (rule 7); a paper owing under a promise has moved from the accept gate to
    the decide gate (容缺), and so has what was missing when silence accepted the case (行政许可法第三十二条).
    """
    _, state = demanded.known.round(key)
    views: dict[Gate, GateView] = {}
    frozen: set[Phase] = set()
    for gate in Gate:
        if state.passed(gate) is not None:
            views[gate] = GateView(Readiness.PASSED)
            frozen.update(_PHASES[gate])
            continue
        views[gate] = _judge(demanded, key, gate, frozen, state)
    return views


def _judge(demanded: Demanded, key: Key, gate: Gate, frozen: set[Phase], state: RoundState) -> GateView:
    item = demanded.known.item_of(key)
    bound = demanded.valuation.bound(key)
    owing = {deferral.leaf for deferral in state.open_promises} | set(state.moved_to_decide)
    missing: dict[Missing, None] = {}
    closed = False
    for phase in _PHASES[gate]:
        late = phase in frozen
        for found in demanded.missing.of_phase(key, phase):
            promised = found.key.leaf in owing
            if (late and not (promised and gate is Gate.DECIDE)) or (promised and gate is Gate.ACCEPT):
                continue
            missing[found] = None
        if not late:
            closed |= demanded.valuation.requirement(item.required(phase), bound) is Truth.FALSE
    if closed:
        false = (found.key for found in missing if demanded.valuation.value(found.key) is Truth.FALSE)
        return GateView(Readiness.CLOSED, tuple(missing), tuple(dict.fromkeys(false)))
    return GateView(Readiness.BLOCKED if missing else Readiness.OPEN, tuple(missing))
