"""Why something is not asked: what decided it, or that it is there already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.workflow.catalogue.requirements import After, leaves
from desktop.workflow.checking.findings import Spoken, demand_conditions, item_conditions, reached_items, read
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.planning.inputs import Key, Kind
from desktop.workflow.planning.plan import Cause, PaperLine, Plan, Skipped, Wanted

_THERE = {PaperLine.ON_FILE: Cause.ON_FILE, PaperLine.RECEIVED: Cause.RECEIVED}


@dataclass(frozen=True, slots=True)
class NotAsked:
    """Why something is not asked: the cause, by whose part, the condition, and the group of alternatives."""

    key: Key
    cause: Cause
    by: Key | None = None
    condition: str = ""
    one_of: str = ""


def why_not(plan: Plan, key: Key) -> tuple[NotAsked, ...]:
    """Say why a vertex is not asked, or not done: every cause the plan came upon, the plainest first.

    Empty for what is asked or under way (see `why`). What no way from this demand leads to is `NO_DEMAND`.
    """
    if plan.route is not None:
        return (NotAsked(key, Cause.ROUTE, condition=plan.route.when),)
    if _is_asked(plan, key):
        return ()
    there = _there(plan, key)
    if there is not None:
        return (NotAsked(key, there),)
    skipped = plan.skipped.get(key, ())
    if skipped:
        return tuple(_told(key, each) for each in skipped)
    settled = tuple(_settled(plan, key)) if key.kind is Kind.FACT else ()
    return settled or _beyond(plan, key) or (NotAsked(key, Cause.NO_DEMAND),)


def _told(key: Key, skipped: Skipped) -> NotAsked:
    return NotAsked(key, skipped.cause, skipped.parent, skipped.condition, skipped.one_of)


def _is_asked(plan: Plan, key: Key) -> bool:
    match key.kind:
        case Kind.FACT:
            return any(question.key == key for question in plan.questions)
        case Kind.MATERIAL:
            return any(paper.key == key and paper.line not in _THERE for paper in plan.papers)
        case Kind.ITEM:
            task = plan.task(key)
            return task is not None and task.wanted is not Wanted.NOT_NEEDED
    value = plan.values.get(key)
    return value is not None and value is not Truth.TRUE and not _is_undecided(plan, key)


def _is_undecided(plan: Plan, outcome: Key) -> bool:
    return any(goal.key == outcome and goal.applies is not Truth.TRUE for goal in plan.goals)


def _there(plan: Plan, key: Key) -> Cause | None:
    """Say in which way something is there already."""
    if key in plan.answered:
        return Cause.ANSWERED
    line = next((paper.line for paper in plan.papers if paper.key == key), None)
    if line in _THERE:
        return _THERE[line]
    if plan.values.get(key) is Truth.TRUE:
        return Cause.ON_FILE if key.kind is Kind.OUTCOME else Cause.DONE
    return None


def _settled(plan: Plan, fact: Key) -> Iterator[NotAsked]:
    """Find the conditions of this plan that read a fact and are settled without it."""
    spoken: list[tuple[Key | None, Spoken]] = [(None, each) for each in demand_conditions(plan.demand)]
    spoken += [(task.key, each) for task in plan.tasks for each in item_conditions(task.item)]
    for by, each in spoken:
        if fact.code in _reads(plan, each.text):
            yield NotAsked(fact, Cause.CONDITION_SETTLED, by, each.text)


def _reads(plan: Plan, text: str) -> set[str]:
    """Give the facts a condition reads, through derived facts as well."""
    found: set[str] = set()
    waiting = [text]
    while waiting:
        condition = read(plan.catalogue, waiting.pop())
        for ref in condition.reads if condition is not None else ():
            fact = plan.catalogue.facts.get(ref.code)
            if ref.code not in found and fact is not None and fact.rule is not None:
                waiting.append(fact.rule)
            found.add(ref.code)
    return found


def _beyond(plan: Plan, key: Key) -> tuple[NotAsked, ...]:
    """Find the items of this demand that would ask for something and are not needed now."""
    there = {task.key.code for task in plan.tasks}
    items = (item for item in reached_items(plan.catalogue, plan.demand) if item.code not in there)
    asking = [item.code for item in items if key.code in _asks(plan, item.code)]
    passed_over = {skipped.code: skipped for skipped in plan.skipped if skipped.kind is Kind.ITEM}
    return tuple(
        NotAsked(key, Cause.ITEM_NOT_NEEDED, passed_over.get(code, Key(Kind.ITEM, code, key.subject)))
        for code in asking
    )


def _asks(plan: Plan, code: str) -> set[str]:
    item = plan.catalogue.items[code]
    found = {
        leaf.item if isinstance(leaf, After) else leaf.code for part in item.requires.values() for leaf in leaves(part)
    }
    for spoken in item_conditions(item):
        found |= _reads(plan, spoken.text)
    return found
