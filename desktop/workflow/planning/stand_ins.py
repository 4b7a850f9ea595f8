"""Items begun that the catalogue no longer has: what was begun stays until somebody ends it (rule 24)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from desktop.workflow.catalogue.definitions import Catalogue, Item, Text
from desktop.workflow.planning.inputs import Inputs
from desktop.workflow.procedure.folding import fold
from desktop.workflow.procedure.legal_states import Act
from desktop.workflow.procedure.procedures import ItemTiming
from desktop.workflow.procedure.profiles import PROFILES
from desktop.workflow.time.calendars import WorkCalendar

_LIGHT_FIRST = ("public_service", *(code for code in PROFILES if code not in {"public_service", "permit"}), "permit")
"""The permit law is applied to nothing that may be no permit, so that silence decides nothing here by itself."""


@dataclass(frozen=True, slots=True)
class StandIns:
    """The stand-ins by their codes, and the catalogue with them in it."""

    items: Mapping[str, Item]
    catalogue: Catalogue


def stand_ins(catalogue: Catalogue, calendar: WorkCalendar, inputs: Inputs, today: date) -> StandIns:
    """Let an item without requirements stand for each that was begun and is gone, with the department on record."""
    gone: dict[str, dict[tuple[str, int], list[Act]]] = {}
    for act in inputs.acts:
        if act.item not in catalogue.items:
            gone.setdefault(act.item, {}).setdefault((act.subject, act.round), []).append(act)
    if not gone:
        return StandIns({}, catalogue)
    items = {
        code: Item(
            code=code,
            name=Text(zh=f"目录已不收的事项（{code}）", en=f"Item the catalogue no longer has ({code})"),
            department=inputs.departments.get(code, ""),
            procedure=_procedure(rounds.values(), calendar, today),
        )
        for code, rounds in gone.items()
    }
    return StandIns(items, catalogue.model_copy(update={"items": {**catalogue.items, **items}}))


def _procedure(rounds: Iterable[list[Act]], calendar: WorkCalendar, today: date) -> str:
    """Give the first procedure under which the acts on record keep their effect, else the one that keeps most."""
    every = tuple(rounds)

    def without_effect(code: str) -> int:
        states = (fold(PROFILES[code], ItemTiming(), acts, calendar, today) for acts in every)
        return sum(warning.code == "act_out_of_order" for state in states for warning in state.warnings)

    return min(_LIGHT_FIRST, key=without_effect)
