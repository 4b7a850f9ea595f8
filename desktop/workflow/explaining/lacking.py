"""Why something is not there yet: what it misses, by alternatives, down to where somebody can act now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from desktop.workflow.conditions.truth import Truth
from desktop.workflow.planning.inputs import Key, Kind
from desktop.workflow.planning.plan import Actor, Missing, Plan, Readiness, Rule
from desktop.workflow.procedure.legal_states import Gate


@dataclass(frozen=True, slots=True)
class WayLack:
    """One way among alternatives by its name, and what it still misses."""

    name: str
    lack: Lack


@dataclass(frozen=True, slots=True)
class Choice:
    """Alternatives of which `enough` are enough; `group` is the key of a stored choice."""

    group: str
    enough: int
    ways: tuple[WayLack, ...]


@dataclass(frozen=True, slots=True)
class Lack:
    """What is missing: all of `missing`, and of each of `choices` as many ways as are enough."""

    missing: tuple[Missing, ...] = ()
    choices: tuple[Choice, ...] = ()

    def all(self) -> Iterator[Missing]:
        """Give every missing leaf, of every way."""
        yield from self.missing
        for choice in self.choices:
            for way in choice.ways:
                yield from way.lack.all()

    def least(self) -> tuple[Missing, ...]:
        """Give a smallest set that is sufficient: of each alternative the ways that miss the fewest leaves.

        Ways that share a leaf are counted apart (the cheapest set with sharing is NP-hard).
        """
        found = dict.fromkeys(self.missing)
        for choice in self.choices:
            by_size = sorted((way.lack.least() for way in choice.ways), key=len)
            for way in by_size[: choice.enough]:
                found.update(dict.fromkeys(way))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class WhyNotYet:
    """Why a vertex is not there yet.

    `lack` is what it misses itself, by alternatives; `first` a smallest sufficient set of it; `roots` what is missing
    at the bottom, where somebody can act now: departments are followed down to the papers and facts they wait for.
    `next_actor` is who acts next where nothing is missing (rule 12).
    """

    key: Key
    value: Truth
    lack: Lack = Lack()
    first: tuple[Missing, ...] = ()
    roots: tuple[Missing, ...] = ()
    next_actor: Actor | None = None

    @property
    def by_actor(self) -> Mapping[Actor, tuple[Missing, ...]]:
        """The roots by who must act."""
        found: dict[Actor, list[Missing]] = {}
        for missing in self.roots:
            found.setdefault(missing.actor, []).append(missing)
        return {actor: tuple(found[actor]) for actor in Actor if actor in found}


def why_not_yet(plan: Plan, key: Key, gate: Gate = Gate.ISSUE) -> WhyNotYet:
    """Say what a vertex still misses, who must act, and what is enough.

    Of an item, `gate` is the gate before which it is asked; all earlier ones count with it. What is done, refused or
    not in the plan misses nothing.
    """
    value = plan.values.get(key, Truth.UNKNOWN)
    if value is Truth.TRUE:
        return WhyNotYet(key, value)
    rows = tuple(_missing_of(plan, key, gate))
    lack = _lack(plan, rows)
    task = plan.task(key)
    idle = task is not None and not rows and task.gates[gate].readiness is not Readiness.CLOSED
    seen = {key} if key.kind is Kind.ITEM else set[Key]()
    return WhyNotYet(
        key=key,
        value=value,
        lack=lack,
        first=lack.least(),
        roots=tuple(dict.fromkeys(root for row in rows for root in _roots(plan, row, seen))),
        next_actor=task.actor if idle and task is not None else None,
    )


def _missing_of(plan: Plan, key: Key, gate: Gate) -> Iterator[Missing]:
    """Give the missing rows of one vertex: an item's own, an outcome's through its items, a paper or fact itself."""
    task = plan.task(key)
    if task is not None:
        yield from task.gates[gate].missing
        return
    asked = next((question for question in plan.questions if question.key == key), None)
    if asked is not None:
        yield Missing(key, asked.actor)
    elif key.kind is Kind.MATERIAL:
        yield from _of_paper(plan, key)
    elif key.kind is Kind.OUTCOME:
        yield from _of_outcome(plan, key)


def _of_paper(plan: Plan, key: Key) -> Iterator[Missing]:
    """Give the row of a paper; among alternatives it is no longer one of them when asked about alone."""
    rows = (row for task in plan.tasks for view in task.gates.values() for row in view.missing if row.key == key)
    found = next(rows, None)
    if found is not None:
        yield Missing(key, found.actor, "", found.department, found.deferrable)


def _of_outcome(plan: Plan, key: Key) -> Iterator[Missing]:
    providers = [task for task in plan.tasks if _is_below(plan, task.key, key, Rule.PROVIDES)]
    for task in providers:
        yield Missing(task.key, Actor.DEPARTMENT, department=task.item.department)
    goal = next((goal for goal in plan.goals if goal.key == key), None)
    if not providers:
        facts = goal.unknown if goal is not None and goal.unknown else _deciding(plan, key)
        yield from (Missing(fact, _who_answers(plan, fact)) for fact in facts)


def _deciding(plan: Plan, outcome: Key) -> tuple[Key, ...]:
    """Give the facts that decide between the ways to an outcome."""
    return tuple(question.key for question in plan.questions if outcome in question.because)


def _who_answers(plan: Plan, fact: Key) -> Actor:
    return next((question.actor for question in plan.questions if question.key == fact), Actor.APPLICANT)


def _is_below(plan: Plan, key: Key, parent: Key, rule: Rule) -> bool:
    return any(reason.parent == parent and reason.rule is rule for reason in plan.reasons.get(key, ()))


def _lack(plan: Plan, rows: Iterable[Missing], depth: int = 0) -> Lack:
    """Put rows under the alternatives they stand in."""
    outright: dict[Missing, None] = {}
    groups: dict[str, dict[str, list[Missing]]] = {}
    for row in rows:
        if len(row.within) <= depth:
            outright[row] = None
        else:
            group, way = row.within[depth]
            groups.setdefault(group, {}).setdefault(way, []).append(row)
    enough = {alternative.group: alternative.enough for alternative in plan.alternatives}
    return Lack(
        tuple(outright),
        tuple(
            Choice(group, enough.get(group, 1), tuple(WayLack(w, _lack(plan, r, depth + 1)) for w, r in ways.items()))
            for group, ways in groups.items()
        ),
    )


def _roots(plan: Plan, row: Missing, seen: set[Key]) -> Iterator[Missing]:
    """Follow a row down to where somebody can act now."""
    way = [iter((row,))]
    while way:
        each = next(way[-1], None)
        if each is None:
            way.pop()
        elif each.key not in seen:
            seen.add(each.key)
            waits = each.actor in {Actor.DEPARTMENT, Actor.CLOCK}
            below = tuple(_below(plan, each.key)) if waits else ()
            way.append(iter(below))
            if not below:
                task = plan.task(each.key)
                yield each if task is None else Missing(each.key, task.actor, department=task.item.department)


def _below(plan: Plan, key: Key) -> Iterator[Missing]:
    """Give what a thing that a department owes waits for itself."""
    match key.kind:
        case Kind.ITEM:
            task = plan.task(key)
            yield from () if task is None else task.gates[Gate.ISSUE].missing
        case Kind.OUTCOME:
            yield from _of_outcome(plan, key)
        case Kind.MATERIAL:
            for proof in plan.reasons:
                if _is_below(plan, proof, key, Rule.PROVES):
                    yield from _of_outcome(plan, proof)
        case Kind.FACT:
            return
