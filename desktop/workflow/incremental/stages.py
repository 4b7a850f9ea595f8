"""The legal state a plain act leads to, without counting clocks; what is not plain is folded as a whole."""

from __future__ import annotations

from enum import IntEnum
from functools import cache

from desktop.workflow.catalogue.definitions import Item
from desktop.workflow.planning.known import REACHED
from desktop.workflow.procedure.legal_states import LIVE, Act, ActKind, LegalState
from desktop.workflow.procedure.procedures import Effect, ItemKind, SilenceCode
from desktop.workflow.procedure.profiles import PROFILES


class Mode(IntEnum):
    """What a round means to the value of its item."""

    UNBEGUN = 0
    LIVE = 1
    ENDED = 2
    REACHED = 3


MODES = {
    state: Mode.UNBEGUN
    if state is LegalState.NONE
    else Mode.LIVE
    if state in LIVE
    else Mode.REACHED
    if state in REACHED
    else Mode.ENDED
    for state in LegalState
}
_PLAIN = frozenset(
    {
        Effect.NOTE, Effect.OPEN_ACCEPTANCE, Effect.RESUME_ACCEPTANCE, Effect.START_LIMIT, Effect.START_DELIVERY,
        Effect.AT_ONCE, Effect.ISSUE, Effect.DELIVER, Effect.END, Effect.STOP,
    }
)  # fmt: skip
_SILENCE_MAY_SPEAK = frozenset({LegalState.SUBMITTED, LegalState.ACCEPTED, LegalState.REVIEWING, LegalState.SUSPENDED})
Table = dict[tuple[LegalState, ActKind], LegalState]


def plain_table(item: Item) -> Table:
    """Give, for each state and act whose effect on the state is plain, the state it leads to."""
    profile, timing = PROFILES[item.procedure], item.timing
    silent = any(profile.silence_basis(code, timing) is not None for code in SilenceCode)
    return _plain_table(item.procedure, instant=item.kind is ItemKind.INSTANT, silent=silent)


@cache
def _plain_table(procedure: str, *, instant: bool, silent: bool) -> Table:
    found: Table = {}
    for (state, kind), row in PROFILES[procedure].transitions.items():
        may_speak = silent and not _SILENCE_MAY_SPEAK.isdisjoint({state, row.to})
        if row.effect in _PLAIN and not may_speak and (instant or row.effect is not Effect.AT_ONCE):
            found[state, kind] = row.to
    return found


def is_plain(act: Act) -> bool:
    """Tell whether an act was done here, not seen in another system, and bars nobody from applying again."""
    return not act.observed and act.kind is not ActKind.OBSERVE and act.values.get("bad_faith") is not True
