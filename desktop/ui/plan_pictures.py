"""A plan of the engine as the picture the window draws: what is had on the left, what is wanted on the right."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from desktop.authoring.window_words import filing_mark
from desktop.ui.widgets.plan_layout import Kind as Shape
from desktop.ui.widgets.plan_layout import PlanEdge, PlanNode, PlanPicture, State
from desktop.usecases.work.fact_words import value_words
from desktop.words import _, here, pick
from desktop.workflow.catalogue.definitions import Catalogue, Text
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.planning.inputs import Key, Kind
from desktop.workflow.planning.plan import Actor, PaperLine, Plan, Task, Wanted
from desktop.workflow.procedure.legal_states import NEXT_GATE, Gate, LegalState

_PAPERS: dict[PaperLine, State] = {
    PaperLine.ON_FILE: "done",
    PaperLine.RECEIVED: "done",
    PaperLine.NEEDED: "ready",
    PaperLine.OWING: "waiting",
    PaperLine.DEFECTIVE: "refused",
    PaperLine.COMING: "waiting",
    PaperLine.OFFERED: "not_needed",
}
_REFUSED = frozenset({LegalState.NOT_ACCEPTED, LegalState.REFUSED})
_DONE = frozenset({LegalState.ISSUED, LegalState.SERVED})
_OVER: frozenset[State] = frozenset({"done", "refused", "not_needed"})
"""What has no day to keep any more."""


def plan_picture(
    plan: Plan,
    catalogue: Catalogue,
    answered: Mapping[Key, str] | None = None,
    whose: Mapping[str, str] | None = None,
) -> PlanPicture:
    """Draw a plan in the language of the seat; `answered` says in words what the person has told already.

    What is asked of several people carries the name `whose` gives of each.
    """
    nodes = {node.id: node for node in _nodes(plan, catalogue)}
    for key, said in (answered or {}).items():
        label = _("{fact}: {value}").format(fact=pick(catalogue.facts[key.code].name), value=said)
        nodes.setdefault(key.leaf, PlanNode(id=key.leaf, kind="question", label=label, state="done"))
    nodes = _told_apart(nodes, whose or {})
    edges = _edges(plan, nodes)
    folded = [_folded(key, catalogue) for key in plan.not_needed if key.leaf not in nodes]
    nowhere = _leading_nowhere(answered or {}, catalogue, edges)
    folded += [node for leaf, node in nodes.items() if leaf in nowhere]
    shown = tuple(node for leaf, node in nodes.items() if leaf not in nowhere)
    return PlanPicture(shown, edges, tuple(folded))


def _leading_nowhere(answered: Mapping[Key, str], catalogue: Catalogue, edges: Iterable[PlanEdge]) -> set[str]:
    """Find the questions answered with no on which nothing in the plan rests."""
    lead_on = {end for edge in edges for end in (edge.source, edge.target)}
    denied = {
        key.leaf for key, said in answered.items() if said == value_words(catalogue.facts[key.code], False, here())
    }
    return denied - lead_on


def _told_apart(nodes: Mapping[str, PlanNode], whose: Mapping[str, str]) -> dict[str, PlanNode]:
    """Put the name of somebody to what is there more than once under one name."""
    often = Counter(node.label for node in nodes.values())
    names = {leaf: whose.get(leaf.rpartition(":")[2], "") for leaf in nodes}
    return {
        leaf: replace(node, label=_("{what} ({whose})").format(what=node.label, whose=names[leaf]))
        if often[node.label] > 1 and names[leaf]
        else node
        for leaf, node in nodes.items()
    }


def name_of(key: Key, catalogue: Catalogue) -> str:
    """Say what a vertex is called in the language of the seat."""
    names: dict[Kind, Text] = {}
    match key.kind:
        case Kind.FACT:
            names[key.kind] = catalogue.facts[key.code].name
        case Kind.MATERIAL:
            names[key.kind] = catalogue.materials[key.code].name
        case Kind.OUTCOME:
            names[key.kind] = catalogue.outcomes[key.code].name
        case Kind.ITEM:
            item = catalogue.items.get(key.code)  # one begun stays, also when the catalogue has it no more
            names[key.kind] = item.name if item is not None else Text(zh=key.code, en=key.code)
    return pick(names[key.kind])


def department_name(code: str, catalogue: Catalogue) -> str:
    """Say what a department is called, by its short name where it has one; an unknown code stays as it is."""
    department = catalogue.departments.get(code)
    return pick(department.short or department.name) if department is not None else code


def _nodes(plan: Plan, catalogue: Catalogue) -> Iterable[PlanNode]:
    for question in plan.questions:
        yield _node(question.key, "question", "asked", catalogue)
    for paper in plan.papers:
        state = _PAPERS[paper.line]
        on_file = paper.line is PaperLine.ON_FILE
        yield _node(paper.key, "have" if on_file else "paper", state, catalogue)
    for task in plan.tasks:
        yield _task(task, catalogue, plan.today)
    aimed = {goal.key: goal.applies for goal in plan.goals if goal.applies is not Truth.FALSE}
    for key in (*aimed, *(key for key in plan.reasons if key.kind is Kind.OUTCOME and key not in aimed)):
        yield _node(key, "outcome", _outcome_state(plan, key, aimed.get(key, Truth.TRUE)), catalogue)


def _outcome_state(plan: Plan, key: Key, applies: Truth) -> State:
    """Tell what is on its way from what an answer may still call for."""
    if plan.values.get(key, Truth.UNKNOWN) is Truth.TRUE:
        return "done"
    return "undecided" if applies is Truth.UNKNOWN else "waiting"


def _node(key: Key, shape: Shape, state: State, catalogue: Catalogue) -> PlanNode:
    return PlanNode(id=key.leaf, kind=shape, label=name_of(key, catalogue), state=state)


def _task(task: Task, catalogue: Catalogue, today: date) -> PlanNode:
    node = _node(task.key, "task", _task_state(task), catalogue)
    detail = "" if node.state in _OVER else _day_mark(task, today)
    return replace(node, strip=department_name(task.item.department, catalogue), detail=detail)


def _day_mark(task: Task, today: date) -> str:
    if task.due is not None:
        return here().date(task.due.date, today)
    return filing_mark(task.filing, here(), today)


def _task_state(task: Task) -> State:
    if task.state.state in _DONE:
        return "done"
    if task.state.state in _REFUSED:
        return "refused"
    if task.wanted is Wanted.NOT_NEEDED:
        return "not_needed"
    if task.due is not None and task.due.overdue:
        return "overdue"
    if task.state.state is LegalState.NONE and task.gates[Gate.ACCEPT].missing:
        return "waiting"  # not begun, and what comes first is another's
    if task.proposed or _waits_for_result(task):
        return "waiting"
    return "ready" if task.actor in {Actor.COUNTER, Actor.DEPARTMENT} else "waiting"


def _waits_for_result(task: Task) -> bool:
    """Tell whether the next gate of what is under way is shut for want of another item's result."""
    gate = NEXT_GATE.get(task.state.state)
    return gate is not None and any(missing.key.kind is Kind.OUTCOME for missing in task.gates[gate].missing)


def _folded(key: Key, catalogue: Catalogue) -> PlanNode:
    return _node(key, "task", "not_needed", catalogue)


def _edges(plan: Plan, nodes: dict[str, PlanNode]) -> tuple[PlanEdge, ...]:
    found: dict[tuple[str, str], PlanEdge] = {}
    asked = {question.key: question.because for question in plan.questions}
    parents = [(key, reason.parent) for key, reasons in plan.reasons.items() for reason in reasons]
    parents += [(key, parent) for key, because in asked.items() for parent in because]
    for key, parent in parents:
        if parent is None or key.leaf not in nodes or parent.leaf not in nodes:
            continue
        holds = nodes[key.leaf].state == "done"
        ends = (key.leaf, parent.leaf)
        found.setdefault(ends, PlanEdge(*ends, "holds" if holds else "missing"))
    return tuple(found.values())
