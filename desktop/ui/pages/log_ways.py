"""Alternatives of a plan: groups of which one way (or several) is enough, told apart by what a person chooses among."""

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.workflow.conditions.truth import Truth
from desktop.workflow.planning.inputs import Key, Kind
from desktop.workflow.planning.plan import Actor, Plan, Way


@dataclass(frozen=True)
class Ways:
    """A group of alternatives: where a choice is kept, how many are enough, the open ways, and the one chosen."""

    group: str
    enough: int
    ways: tuple[Way, ...]
    chosen: str | None

    @property
    def by_ticking(self) -> bool:
        """Whether handing over a paper chooses its way: each way is one paper."""
        single = all(len(way.keys) == 1 and way.keys[0].kind is Kind.MATERIAL for way in self.ways)
        return single or self.enough > 1

    def papers(self) -> frozenset[Key]:
        """Every paper of the group."""
        return frozenset(key for way in self.ways for key in way.keys if key.kind is Kind.MATERIAL)

    def way_of(self, paper: Key) -> str | None:
        """Name the way a paper belongs to alone."""
        names = [way.name for way in self.ways if paper in way.keys]
        return names[0] if len(names) == 1 else None


def paper_ways(plan: Plan) -> tuple[Ways, ...]:
    """Give the groups a person chooses in by bringing papers."""
    return tuple(group for group in _groups(plan) if group.papers())


def other_ways(plan: Plan) -> tuple[Ways, ...]:
    """Give the groups without a paper: which of several items brings an outcome, and the like.

    Where a question decides between the ways, its answer is the choice, and nobody is asked twice.
    """
    asked = {key.leaf for one in plan.questions if one.actor is not Actor.REGISTRY for key in one.because}
    return tuple(group for group in _groups(plan) if not group.papers() and group.group not in asked)


def _groups(plan: Plan) -> Iterator[Ways]:
    for alternative in plan.alternatives:
        ways = tuple(way for way in alternative.ways if way.value is not Truth.FALSE)
        if len(ways) > alternative.enough:
            yield Ways(alternative.group, alternative.enough, ways, next(iter(alternative.chosen), None))
