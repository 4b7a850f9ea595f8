"""Which ways of an alternative are followed: the stored choice, else the one begun, else all open ones (rule 16)."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.workflow.catalogue.requirements import After, All, Any, AtLeast, ForEach, Need, Requirement, When
from desktop.workflow.catalogue.requirements import Known as KnownFact
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.planning.inputs import Key, Kind
from desktop.workflow.planning.known import Bound
from desktop.workflow.planning.plan import Way
from desktop.workflow.planning.valuation import Valuation
from desktop.workflow.planning.ways import Place, way_names


@dataclass(frozen=True, slots=True)
class Followed:
    """The ways to follow, by their number; `group` is empty where there is nothing left to choose among them."""

    numbers: tuple[int, ...]
    group: str
    values: tuple[Truth, ...]
    holds: bool
    chosen: tuple[str, ...] = ()


def follow(valuation: Valuation, requirement: Any | AtLeast, bound: Bound, place: Place) -> Followed:
    """Say which ways of an alternative are followed.

    Where enough ways hold, those alone. A stored choice stands unless its way has become impossible; else the ways
    whose items are begun, where they are enough; else every way that is not closed. A choice narrows what is asked and
    never what counts: whatever else is brought counts too.
    """
    values = tuple(valuation.guarded(part, bound) for part in requirement.parts)
    enough = 1 if isinstance(requirement, Any) else requirement.k
    holding = tuple(number for number, value in enumerate(values) if value is Truth.TRUE)
    if len(holding) >= enough:
        return Followed(holding, "", values, holds=True)
    chosen = _chosen(valuation, requirement, values, place)
    names = way_names(requirement.parts)
    told = tuple(names[number] for number in chosen)
    taken = sorted({*chosen, *holding})
    if chosen and len(taken) >= enough:
        return Followed(tuple(taken), place.group if len(taken) > enough else "", values, False, told)
    numbers = tuple(number for number, value in enumerate(values) if value is not Truth.FALSE)
    rest = [number for number in numbers if number not in holding]
    begun = [number for number in rest if _is_begun(valuation, requirement.parts[number], bound)]
    if len(begun) + len(holding) >= enough:
        numbers = tuple(sorted((*holding, *begun[: enough - len(holding)])))
    return Followed(numbers, place.group if len(numbers) > enough else "", values, False, told)


def _chosen(
    valuation: Valuation, requirement: Any | AtLeast, values: tuple[Truth, ...], place: Place
) -> tuple[int, ...]:
    """Give the numbers of the ways that a stored choice names and that are still possible."""
    stored = valuation.known.inputs.choices.get(place.group)
    if stored is None:
        return ()
    wanted = set(stored.split(","))
    names = way_names(requirement.parts)
    return tuple(n for n, name in enumerate(names) if name in wanted and values[n] is not Truth.FALSE)


def _is_begun(valuation: Valuation, part: Requirement, bound: Bound) -> bool:
    """Tell whether an item that brings an outcome of this way is under way, or stands before another round."""
    known, outcomes = valuation.known, (key for key in keys_in(valuation, part, bound) if key.kind is Kind.OUTCOME)
    items = (item for key in outcomes for item in valuation.all_providers(key))
    return any(known.round(item)[1].live or known.stands_anew(item) for item in items)


def keys_in(valuation: Valuation, part: Requirement, bound: Bound) -> tuple[Key, ...]:
    """Give every vertex a requirement speaks of, in the author's order, whatever its conditions say."""
    found: dict[Key, None] = {}
    _collect(valuation, part, bound, found)
    return tuple(found)


def _collect(valuation: Valuation, part: Requirement, bound: Bound, found: dict[Key, None]) -> None:
    match part:
        case All() | Any() | AtLeast():
            for each in part.parts:
                _collect(valuation, each, bound, found)
        case When():
            _collect(valuation, part.part, bound, found)
        case ForEach():
            for member in valuation.members(part, bound) or ():
                _collect(valuation, part.part, {**bound, part.role: member}, found)
        case Need():
            found[valuation.need_key(part, bound)] = None
        case KnownFact():
            found[valuation.known.key(Kind.FACT, part.code, part.of, bound)] = None
        case After():
            found.update(dict.fromkeys(valuation.after_keys(part, bound)))


def ways_of(valuation: Valuation, requirement: Any | AtLeast, bound: Bound, followed: Followed) -> tuple[Way, ...]:
    """Show every way of an alternative, so that another can be chosen."""
    names = way_names(requirement.parts)
    return tuple(
        Way(names[n], keys_in(valuation, part, bound), followed.values[n], n in followed.numbers)
        for n, part in enumerate(requirement.parts)
    )
