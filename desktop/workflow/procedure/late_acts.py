"""Acts written down after others that stand later in law: none of them may undo what is on record (rules 18 and 20)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.workflow.procedure.folding import fold
from desktop.workflow.procedure.legal_states import Act, ActFault, ActKind
from desktop.workflow.procedure.procedures import ItemTiming, Profile
from desktop.workflow.time.calendars import WorkCalendar

_WITHOUT_EFFECT = frozenset(
    {
        "act_out_of_order",
        "already_extended",
        "already_paused",
        "extension_too_late",
        "no_extension",
        "no_such_promise",
        "nothing_to_resume",
    }
)
"""The warnings of folding that say an act on record has no effect, or only a part of it."""


def check_late(act: Act, profile: Profile, timing: ItemTiming, acts: Sequence[Act], calendar: WorkCalendar) -> None:
    """Check that an act about to be recorded leaves their effect to the acts of its round on record.

    A timely notice that arrives late stands, for the acts before it arrived were taken without it (rule 20). What was
    decided elsewhere before the item was passed on here leaves the passing on without effect: that is the truth. Raises
    ActFault `undoes_record` with the acts that would lose their effect, and the legal time of the last of them (on).
    """
    later = [one for one in acts if one.legal >= act.legal]
    if not later:
        return
    today = max(one.recorded_day for one in (*acts, act))
    before = _without_effect(profile, timing, acts, calendar, today)
    lost = _without_effect(profile, timing, (*acts, act), calendar, today) - before
    undone = sorted((one for one in later if one.op in lost and not _is_idle(one, act)), key=lambda one: one.legal)
    if undone:
        raise ActFault("undoes_record", acts=tuple(dict.fromkeys(one.kind for one in undone)), on=undone[-1].legal)


def _is_idle(one: Act, seen: Act) -> bool:
    """Tell whether an act only passed on what had been decided elsewhere by then."""
    return seen.observed and one.kind is ActKind.SUBMIT


def _without_effect(
    profile: Profile, timing: ItemTiming, acts: Sequence[Act], calendar: WorkCalendar, today: date
) -> set[str]:
    warnings = fold(profile, timing, acts, calendar, today).warnings
    return {str(warning.values["op"]) for warning in warnings if warning.code in _WITHOUT_EFFECT}
