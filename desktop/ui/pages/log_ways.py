"""Alternatives among the papers of a plan: the groups of which one way is enough, each way by its papers."""

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.workflow.inputs import Key
from desktop.workflow.plan import Plan


@dataclass(frozen=True)
class Way:
    """One way of a group: its name in a stored choice, and the papers it takes."""

    name: str
    papers: tuple[Key, ...]


@dataclass(frozen=True)
class Ways:
    """A group of alternatives, and the way that is followed now."""

    group: str
    ways: tuple[Way, ...]
    followed: str

    def papers(self) -> frozenset[Key]:
        """Every paper of the group."""
        return frozenset(key for way in self.ways for key in way.papers)

    def followed_papers(self) -> frozenset[Key]:
        """The papers of the way that is followed."""
        return frozenset(key for way in self.ways if way.name == self.followed for key in way.papers)


def ways_of(plan: Plan, chosen: dict[str, str]) -> tuple[Ways, ...]:
    """Give the groups of alternatives a person can choose in."""
    return tuple(_groups(plan, chosen))


def _groups(plan: Plan, chosen: dict[str, str]) -> Iterator[Ways]:
    found: dict[str, list[Key]] = {}
    for paper in plan.papers:
        if paper.one_of:
            found.setdefault(paper.one_of, []).append(paper.key)
    for keys in found.values():
        group = "+".join(sorted(key.leaf for key in keys))
        ways = tuple(Way(key.leaf, (key,)) for key in keys)
        kept = chosen.get(group)
        yield Ways(group, ways, kept if kept in {way.name for way in ways} else ways[0].name)
