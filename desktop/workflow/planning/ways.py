"""Where a part of what an item asks stands, and what the ways of an alternative are called; the same in every run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from desktop.workflow.catalogue.definitions import Item
from desktop.workflow.catalogue.requirements import After, All, Any, AtLeast, ForEach, Phase, Requirement, When, leaves
from desktop.workflow.planning.inputs import Key

_WRITTEN = str.maketrans({"%": "%25", ".": "%2E", "#": "%23"})


class Place(NamedTuple):
    """The place of a part: the item that asks, before which gate, and the way down to it."""

    item: Key
    phase: Phase
    path: tuple[str, ...] = ()

    def part(self, number: int) -> Place:
        """Give the place of one of the parts of an all, any or at-least; the first is 0."""
        return Place(self.item, self.phase, (*self.path, str(number)))

    def member(self, member: str) -> Place:
        """Give the place of what is asked for one member of a set."""
        return Place(self.item, self.phase, (*self.path, f"[{member.translate(_WRITTEN)}]"))

    @property
    def group(self) -> str:
        """The place as a word, e.g. `item:food_licence_new:case#accept.2`: the key of a stored choice."""
        return f"{self.item.leaf}#{'.'.join((self.phase, *self.path))}"


def parts_in(parts: Sequence[Requirement], place: Place) -> Iterator[tuple[Requirement, Place]]:
    """Give every part with its place."""
    return ((part, place.part(number)) for number, part in enumerate(parts))


def way_names(parts: Sequence[Requirement]) -> tuple[str, ...]:
    """Name the ways of an alternative by what each asks for; ways that ask for the same are numbered."""
    plain = [_name(part) for part in parts]
    return tuple(
        name if plain.count(name) == 1 else f"{name}~{plain[: number + 1].count(name)}"
        for number, name in enumerate(plain)
    )


def _name(part: Requirement) -> str:
    asked = (leaf.item if isinstance(leaf, After) else _of(leaf.of) + leaf.code for leaf in leaves(part))
    return "+".join(dict.fromkeys(asked)) or "nothing"


def _of(role: str | None) -> str:
    return f"{role}." if role else ""


def alternative_at(item: Item, group: str) -> Any | AtLeast | None:
    """Find the alternative a group names in what an item asks; None when the item has none there."""
    phase, *path = group.rpartition("#")[2].split(".")
    found: Requirement | None = item.required(Phase(phase)) if phase in set(Phase) else None
    for step in path:
        found = _into(found, step)
    while isinstance(found, When):
        found = found.part
    return found if isinstance(found, Any | AtLeast) else None


def _into(part: Requirement | None, step: str) -> Requirement | None:
    while isinstance(part, When):
        part = part.part
    if isinstance(part, ForEach):
        return part.part
    if not isinstance(part, All | Any | AtLeast) or not step.isdecimal():
        return None
    return part.parts[int(step)] if int(step) < len(part.parts) else None
