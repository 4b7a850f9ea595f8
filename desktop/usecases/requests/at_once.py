"""What is done at once (即办): the act that logs an instant item at the counter also accepts, grants and issues it."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from db.queries.halls import counters, hall_row
from db.queries.letters import letter_number
from db.queries.requests import TaskRow, tasks_of
from desktop.usecases.context import Context
from desktop.usecases.letters.letters import Acted, write_act_letter
from desktop.usecases.permissions import Permission, allowed
from desktop.usecases.refused import Refused
from desktop.usecases.requests.case import inputs_of
from desktop.usecases.work.act_needs import Written, written_with
from desktop.usecases.work.judging import Case, DoAct, put_on_record
from desktop.usecases.work.offers import against_advice
from desktop.usecases.work.worklist import bring_up_to_date
from desktop.workflow.planning.inputs import Key, Kind
from desktop.workflow.planning.plan import Actor, PaperLine, Plan, Readiness, Task, Wanted
from desktop.workflow.procedure.legal_states import Act, ActKind, ActorRole, Gate, LegalState
from desktop.workflow.procedure.procedures import ItemKind

SETTING: Final = "counter_decides"
"""The hall's own rule: True (or not said) lets the counter finish instant items, False does not, a list of department
codes lets it for these departments only."""
_AHEAD: Final = (Gate.ACCEPT, Gate.DECIDE, Gate.ISSUE)
_NOT_BEGUN: Final = frozenset({LegalState.NONE, LegalState.SUBMITTED})


@dataclass(frozen=True)
class Result:
    """The result of an item done at once: which item, and the number of the decision."""

    item: Key
    number: str


def done_at_once(context: Context, plan: Plan) -> tuple[Key, ...]:
    """Give the items of a plan that the counter may finish in the act that logs them; none while anything is open."""
    if not is_complete(plan):
        return ()
    departments = _departments(context)
    return tuple(t.key for t in plan.tasks if is_ready_at_once(t) and t.item.department in departments)


def is_complete(plan: Plan) -> bool:
    """Tell whether nothing is left to be told or brought, so that what is done at once is not done too early."""
    asked = any(question.actor in {Actor.APPLICANT, Actor.COUNTER} for question in plan.questions)
    missing = any(paper.line in {PaperLine.NEEDED, PaperLine.DEFECTIVE} for paper in plan.papers)
    return not (asked or missing) and plan.route is None


def is_ready_at_once(task: Task) -> bool:
    """Tell whether an instant item lacks nothing up to its result, nor any word of why or of the answer."""
    instant = task.item.kind is ItemKind.INSTANT and task.wanted is Wanted.NEEDED
    passed = (Readiness.OPEN, Readiness.PASSED)
    gates = all(task.gates[gate].readiness in passed for gate in (Gate.SUBMIT, *_AHEAD))
    silent = written_with(task, ActKind.GRANT) is Written.NOTHING and not against_advice(task, ActKind.GRANT)
    return instant and silent and gates and task.state.state in _NOT_BEGUN


def finish_at_once(context: Context, request: UUID, plan: Plan) -> tuple[Plan, tuple[Result, ...]]:
    """Accept, grant and issue every instant item that lacks nothing, also those that become ready by it.

    Refused not_allowed, not_at_once when there is none or something is still to be told or brought.
    """
    context.require(Permission.DECIDE_AT_ONCE)
    if not is_complete(plan):
        raise Refused("not_at_once")
    departments, results, finished = _departments(context), list[Result](), False
    while ready := [task for task in plan.tasks if _is_next(task) and task.item.department in departments]:
        rows = {_key(row): row for row in tasks_of(context.connection, context.hall_id, request)}
        case = Case(request, inputs_of(context, request), plan)
        acts = [(rows[task.key], task, *_grant(context, case, task, rows[task.key])) for task in ready]
        plan = bring_up_to_date(context, request)
        for row, task, act, event in acts:
            letter = write_act_letter(context, Acted(row, task, act, event, plan))
            finished = True
            number = letter_number(context.connection, context.hall_id, letter)
            results += [] if letter is None else [Result(task.key, number)]
    if not finished:
        raise Refused("not_at_once")
    return plan, tuple(results)


def _is_next(task: Task) -> bool:
    return is_ready_at_once(task) and task.state.state is LegalState.SUBMITTED


def _departments(context: Context) -> frozenset[str]:
    """Give the departments whose instant items this account at this counter may finish."""
    if not allowed(context.staff.roles, Permission.DECIDE_AT_ONCE):
        return frozenset()
    every = frozenset(item.department for item in context.catalogue.items.values())
    row = hall_row(context.connection, context.hall_id)
    rule = True if row is None else row.settings.get(SETTING, True)
    found = every & set(rule) if isinstance(rule, list) else every if rule else frozenset[str]()
    seats = (c.department for c in counters(context.connection, context.hall_id) if c.code == context.staff.counter)
    own = next(seats, None)
    return found if own is None else found & {own}


def _grant(context: Context, case: Case, task: Task, row: TaskRow) -> tuple[Act, UUID]:
    """Grant an instant item at the counter, as any act is done."""
    done = put_on_record(context, case, task, DoAct(row.id, ActKind.GRANT), ActorRole.CLERK)
    return done.act, done.event


def _key(row: TaskRow) -> Key:
    return Key(Kind.ITEM, row.item, row.subject)
