"""What is another in one plan than in another: after an answer, a correction, a day, or a new catalogue.

Codes with values and no sentences; nothing is entered, and nothing decided.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from desktop.workflow.catalogue.definitions import Catalogue
from desktop.workflow.planning.engine import plan
from desktop.workflow.planning.inputs import FactValue, HeldOutcome, Inputs, Key, Paper
from desktop.workflow.planning.plan import Plan, Readiness, Task, Wanted
from desktop.workflow.procedure.legal_states import Gate
from desktop.workflow.time.calendars import WorkCalendar


class Change(StrEnum):
    """In what a plan is another than before."""

    ROUTE = "route"
    GOAL_COMES = "goal_comes"
    GOAL_GOES = "goal_goes"
    GOAL_OPEN = "goal_open"
    GOAL_VALUE = "goal_value"
    ASKED = "asked"
    NOT_ASKED = "not_asked"
    PAPER_COMES = "paper_comes"
    PAPER_GOES = "paper_goes"
    PAPER_LINE = "paper_line"
    TASK_COMES = "task_comes"
    TASK_GOES = "task_goes"
    TASK_WANTED = "task_wanted"
    TASK_STATE = "task_state"
    GATE = "gate"
    ACTOR = "actor"
    DUE = "due"
    ALTERNATIVE_COMES = "alternative_comes"
    ALTERNATIVE_GOES = "alternative_goes"
    OFFER_COMES = "offer_comes"
    OFFER_GOES = "offer_goes"
    MATTER_DUE = "matter_due"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is another than before; `key` is None where it is the whole matter's.

    `before` and `after` are values of the plan's own kinds (a state, a line, an actor, a day); None where there was, or
    is, nothing. `gate` says which, for a gate and what holds it.
    """

    change: Change
    key: Key | None
    before: object = None
    after: object = None
    gate: Gate | None = None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What would be, if: the plan as it is, as it would be, and in what the two differ."""

    now: Plan
    then: Plan
    differences: tuple[Difference, ...]


def what_changed(before: Plan, after: Plan) -> tuple[Difference, ...]:
    """Say in what a plan differs from an earlier one, in the order a person reads it: where to, what, who, when.

    Nothing for two equal plans. Work grows with the size of the plans, O(V).
    """
    return tuple(_differences(before, after))


def what_if(
    catalogue: Catalogue,
    calendar: WorkCalendar,
    inputs: Inputs,
    today: date,
    *,
    facts: Iterable[FactValue] = (),
    papers: Iterable[Paper] = (),
    held: Iterable[HeldOutcome] = (),
    choices: Mapping[str, str] | None = None,
) -> WhatIf:
    """Say what would be if something else were known, without entering it. Raises what `plan` does.

    A supposed answer takes the place of whatever was answered to the same fact of the same subject, from whichever
    source: a person asks what would be if it were so, not who would be believed.
    """
    supposed = tuple(facts)
    instead = {(fact.subject, fact.code) for fact in supposed}
    kept = tuple(fact for fact in inputs.facts if (fact.subject, fact.code) not in instead)
    other = replace(
        inputs,
        facts=(*kept, *supposed),
        papers=(*inputs.papers, *papers),
        held=(*inputs.held, *held),
        choices={**inputs.choices, **(choices or {})},
    )
    now, then = plan(catalogue, calendar, inputs, today), plan(catalogue, calendar, other, today)
    return WhatIf(now, then, what_changed(now, then))


def _differences(before: Plan, after: Plan) -> Iterator[Difference]:
    if before.route != after.route:
        yield Difference(Change.ROUTE, None, before.route, after.route)
    yield from _goals(before, after)
    yield from _coming(
        before.alternatives, after.alternatives, lambda one: one.group, lambda one: one.asked_by,
        Change.ALTERNATIVE_COMES, Change.ALTERNATIVE_GOES,
    )  # fmt: skip
    yield from _coming(before.offers, after.offers, _key_of, _key_of, Change.OFFER_COMES, Change.OFFER_GOES)
    yield from _coming(before.questions, after.questions, _key_of, _key_of, Change.ASKED, Change.NOT_ASKED)
    yield from _coming(before.papers, after.papers, _key_of, _key_of, Change.PAPER_COMES, Change.PAPER_GOES)
    earlier = {paper.key: paper.line for paper in before.papers}
    for paper in after.papers:
        if earlier.get(paper.key, paper.line) is not paper.line:
            yield Difference(Change.PAPER_LINE, paper.key, earlier[paper.key], paper.line)
    yield from _tasks(before, after)
    was, is_now = (one.matter_due and one.matter_due.date for one in (before, after))
    if was != is_now:
        yield Difference(Change.MATTER_DUE, None, was, is_now)


def _goals(before: Plan, after: Plan) -> Iterator[Difference]:
    there = {goal.key: goal for goal in before.goals}
    changes = {0: Change.GOAL_GOES, 1: Change.GOAL_OPEN, 2: Change.GOAL_COMES}
    for goal in after.goals:
        was = there.get(goal.key)
        if was is None or was.applies is not goal.applies:
            yield Difference(changes[goal.applies], goal.key, was and was.applies, goal.applies)
        elif was.value is not goal.value:
            yield Difference(Change.GOAL_VALUE, goal.key, was.value, goal.value)
    now = {goal.key for goal in after.goals}
    yield from (Difference(Change.GOAL_GOES, key, goal.applies) for key, goal in there.items() if key not in now)


Shown = TypeVar("Shown")


def _coming(
    before: Iterable[Shown],
    after: Iterable[Shown],
    name: Callable[[Shown], Hashable],
    key: Callable[[Shown], Key],
    comes: Change,
    goes: Change,
) -> Iterator[Difference]:
    """Give what is there now and was not, and what was and is not."""
    there, here = {name(one): one for one in before}, {name(one): one for one in after}
    yield from (Difference(comes, key(one), after=one) for place, one in here.items() if place not in there)
    yield from (Difference(goes, key(one), before=one) for place, one in there.items() if place not in here)


class _Keyed(Protocol):
    @property
    def key(self) -> Key: ...


def _key_of(shown: _Keyed) -> Key:
    return shown.key


def _tasks(before: Plan, after: Plan) -> Iterator[Difference]:
    """Compare the tasks a person would see: one that was considered and is not needed neither comes nor goes."""
    there, here = ({task.key: task for task in one.tasks if _is_seen(task)} for one in (before, after))
    for key, task in here.items():
        was = there.get(key)
        if was is None:
            yield Difference(Change.TASK_COMES, key, after=task.wanted)
        else:
            yield from _task(was, task)
    yield from (Difference(Change.TASK_GOES, key, before=task.wanted) for key, task in there.items() if key not in here)


def _is_seen(task: Task) -> bool:
    return task.wanted is not Wanted.NOT_NEEDED or task.state.live


def _task(was: Task, task: Task) -> Iterator[Difference]:
    pairs = (
        (Change.TASK_WANTED, was.wanted, task.wanted),
        (Change.TASK_STATE, was.state.state, task.state.state),
        (Change.ACTOR, was.actor, task.actor),
        (Change.DUE, was.due and was.due.date, task.due and task.due.date),
    )
    yield from (Difference(change, task.key, old, new) for change, old, new in pairs if old != new)
    for gate in Gate:
        old, new = was.gates.get(gate), task.gates.get(gate)
        if old is not None and new is not None and old.readiness is not new.readiness is not Readiness.PASSED:
            yield Difference(Change.GATE, task.key, old.readiness, new.readiness, gate)
