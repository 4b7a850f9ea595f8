"""What is only proposed: the way that is left after another, chosen or begun, has come to nothing (rule 16).

The applicant chooses among alternatives. Planning anew proposes; it hands in nothing that nobody asked for.
"""

from __future__ import annotations

from collections.abc import Iterable

from desktop.workflow.catalogue.requirements import Any, AtLeast
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.planning.following import Followed, keys_in
from desktop.workflow.planning.inputs import Key, Kind
from desktop.workflow.planning.known import Bound
from desktop.workflow.planning.valuation import Valuation
from desktop.workflow.planning.ways import way_names
from desktop.workflow.procedure.legal_states import LegalState


class Leads:
    """Which item leads to which, and whether somebody asked for that or it is only proposed."""

    def __init__(self) -> None:
        self._asked: dict[Key | None, dict[Key, None]] = {}
        self._proposed: dict[Key, None] = {}

    def note(self, by: Key | None, item: Key, *, proposed: bool) -> None:
        """Note that an item is followed for another's sake; for a goal's where there is none."""
        self._proposed.update({item: None} if proposed else {})
        if not proposed:
            self._asked.setdefault(by, {})[item] = None

    def waiting(self, items: Iterable[Key], begun: Iterable[Key]) -> frozenset[Key]:
        """Give the items that wait for a choice: those that nothing asked for or begun leads to."""
        if not self._proposed:
            return frozenset()
        asked: set[Key] = set()
        way: list[Key | None] = [None, *begun]
        while way:
            fresh = set(self._asked.get(way.pop(), ())) - asked
            asked |= fresh
            way += fresh
        return frozenset(items) - asked - set(begun)


def is_only_proposed(valuation: Valuation, outcome: Key, item: Key) -> bool:
    """Tell whether an item takes the place of a way to an outcome that was chosen or begun and is closed.

    So does one for what was on file and was taken away elsewhere: nobody has applied for that here; and another round
    of what the person came for, where it was taken away here, unless it was ordered.
    """
    number, state = valuation.known.round(item)
    stored = valuation.known.inputs.choices.get(outcome.leaf)
    if state.state is not LegalState.NONE or item.code == stored:
        return False
    before = valuation.known.taken_away(item)
    if before is not None:
        return not before.redo_ordered and valuation.known.is_for_itself(item)
    if number > 1:
        return False
    if valuation.known.is_lost(outcome):
        return True
    closed = (way for way in valuation.provider_keys(outcome) if valuation.value(way) is Truth.FALSE)
    return any(way != item and (way.code == stored or _was_begun(valuation, (way,))) for way in closed)


def proposed_ways(
    valuation: Valuation, requirement: Any | AtLeast, bound: Bound, followed: Followed, group: str
) -> frozenset[int]:
    """Give the ways of an alternative, by number, that take the place of one chosen or begun that is closed."""
    if followed.holds:
        return frozenset()
    names = way_names(requirement.parts)
    stored = set(valuation.known.inputs.choices.get(group, "").split(","))
    closed = [number for number, value in enumerate(followed.values) if value is Truth.FALSE]
    lost = any(
        names[number] in stored or _was_begun(valuation, keys_in(valuation, requirement.parts[number], bound))
        for number in closed
    )
    if not lost:
        return frozenset()
    return frozenset(number for number in followed.numbers if number not in closed and names[number] not in stored)


def _was_begun(valuation: Valuation, keys: Iterable[Key]) -> bool:
    """Tell whether what closes a way is an item that was begun, its own or one it hangs on."""
    seen: set[Key] = set()
    way = list(keys)
    while way:
        key = way.pop()
        if key in seen or valuation.value(key) is not Truth.FALSE:
            continue
        seen.add(key)
        if key.kind is Kind.ITEM and valuation.known.round(key)[1].state is not LegalState.NONE:
            return True
        way += valuation.hangs_on(key)
    return False
