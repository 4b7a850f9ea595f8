"""The list of work as the plan has it: rewritten in the same transaction as the act that changed the plan."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, insert, update

from db.ids import new_id
from db.models.request import Request
from db.models.task import Task
from db.queries.requests import TaskRow, request_row, request_status, tasks_of
from desktop.usecases.context import Context
from desktop.usecases.requests.case import ACT, inputs_of
from desktop.usecases.topics import Topic
from desktop.usecases.work.promises import open_promises
from desktop.usecases.work.way_out import is_told, tell_way_out
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.planning.engine import plan as planned_now
from desktop.workflow.planning.inputs import Inputs, Key
from desktop.workflow.planning.known import REACHED
from desktop.workflow.planning.plan import Actor, GateView, Plan, Readiness, Wanted
from desktop.workflow.planning.plan import Task as PlannedTask
from desktop.workflow.procedure.legal_states import AGAINST, NEXT_GATE, Act, ActKind, ActorRole, Gate, LegalState
from desktop.workflow.procedure.rounds import ClockName
from desktop.workflow.time.deadlines import Due

_THIS_REQUEST = Request.hall_id == bindparam("of_hall"), Request.id == bindparam("of_request")
_CHANGED_REQUEST = update(Request).where(*_THIS_REQUEST)
_NEW_TASK = insert(Task)
_CHANGED_TASK = update(Task).where(Task.hall_id == bindparam("of_hall"), Task.id == bindparam("of_task"))
_Place = tuple[str, str, int]
_SHOWN = ("department", "state", "readiness", "due", "waiting_on")
OPEN, DONE, ENDED, WITHDRAWN = "open", "done", "ended", "withdrawn"


def bring_up_to_date(
    context: Context,
    request: UUID,
    known: Inputs | None = None,
    plan: Plan | None = None,
    *,
    passes_on: bool = True,
) -> Plan:
    """Plan a request anew, pass on what has become ready, and rewrite its tasks and its line in the list.

    Of a request that was withdrawn as a whole nothing begins again; what was decided before is still handed over.
    `known` is what is on record of the case, and `plan` what follows from it, where whoever calls has them. While a
    request is being withdrawn nothing of it is passed on.
    """
    inputs = known or inputs_of(context, request)
    plan = plan or _planned(context, inputs)
    was = status_kept(context, request)
    if was == WITHDRAWN:
        _write_tasks(context, request, plan, begun_only=True)
        return plan
    while passes_on and (passed_on := _pass_on(context, request, plan)):
        inputs = replace(inputs, acts=(*inputs.acts, *passed_on))
        plan = _planned(context, inputs)
    _write_tasks(context, request, plan)
    _write_request(context, request, plan, was)
    tell_way_out(context, request, plan)
    return plan


def rewrite_lines(context: Context, request: UUID, plan: Plan | None = None) -> None:
    """Write the tasks of a request and its line in the list as it stands now; nobody acts by it, and no letter goes.

    What could be passed on waits for the counter; so does a way out that holds and was not told to the applicant yet.
    """
    plan = plan or _planned(context, inputs_of(context, request))
    was = status_kept(context, request)
    _write_tasks(context, request, plan, begun_only=was == WITHDRAWN)
    if was != WITHDRAWN:
        _write_request(context, request, plan, was, to_tell=was == OPEN and not is_told(context, request, plan))


def _planned(context: Context, inputs: Inputs) -> Plan:
    return planned_now(context.catalogue, context.calendar, inputs, context.today)


def record_act(
    context: Context,
    request: UUID,
    key: Key,
    number: int,
    act: ActKind,
    role: ActorRole,
    **more: Any,
) -> UUID:
    """Append an act to the log; `more` may give `legal`, `reason`, `values` (as they are kept) and `observed`."""
    data = {"act": act.value, "item": key.code, "subject": key.subject, "round": number, "role": role.value}
    data |= {name: more[name] for name in ("reason", "values", "observed") if more.get(name)}
    topics = (Topic.REQUESTS, Topic.TASKS)
    return context.record(ACT, *topics, request=request, legal=more.get("legal"), data=data)


def _pass_on(context: Context, request: UUID, plan: Plan) -> tuple[Act, ...]:
    """Hand each item to its department as soon as nothing another department owes stands before its acceptance.

    One application covers the whole matter (一表申请), and departments work in parallel: a result that is needed only
    for the decision is waited for there. The person has applied already: this is the hall's part. A way that only takes
    the place of one that is closed was never applied for: it waits for the applicant's choice. Of several ways of which
    one is enough only the first in the author's order is gone, unless the applicant has chosen another (rule 16).
    """
    ready = [task for task in plan.tasks if task.wanted is Wanted.NEEDED and is_ready_to_pass_on(task)]
    outright = plan.asked_outright if ready else frozenset[Key]()
    sure = [task for task in ready if task.key in outright]
    return tuple(_submit(context, request, task) for task in sure or ready[:1])


def _submit(context: Context, request: UUID, task: PlannedTask) -> Act:
    """Put on record that an item was passed on, and give the act as the log has it."""
    event = record_act(context, request, task.key, task.round, ActKind.SUBMIT, ActorRole.CLERK)
    by = "" if context.session is None else str(context.session.account_id)
    return Act(
        kind=ActKind.SUBMIT,
        item=task.key.code,
        subject=task.key.subject,
        round=task.round,
        legal=context.now,
        recorded=context.now,
        by=by,
        role=ActorRole.CLERK,
        op=str(event),
    )


def is_ready_to_pass_on(task: PlannedTask) -> bool:
    """Tell whether an item not begun waits neither on the applicant's choice nor on another department's result.

    What stands before another round because its decision was taken away is passed on by the counter, which looks at it.
    """
    if task.proposed or task.by_counter:
        return False
    if task.state.state is not LegalState.NONE or task.gates[Gate.SUBMIT].readiness is not Readiness.OPEN:
        return False
    closed = task.gates[Gate.DECIDE].readiness is Readiness.CLOSED
    return not closed and not any(missing.actor is Actor.DEPARTMENT for missing in task.gates[Gate.ACCEPT].missing)


def next_view(task: PlannedTask) -> GateView | None:
    """Give the gate a task stands before; None when it has none left."""
    gate = NEXT_GATE.get(task.state.state)
    return None if gate is None else task.gates[gate]


def differs(context: Context, request: UUID, plan: Plan) -> bool:
    """Tell whether the lists say something else of a request than its plan."""
    row = request_row(context.connection, context.hall_id, request)
    stands = None if row is None else (row.status, row.next_due, row.next_actor)
    if stands != (status_of(plan), _next_due(plan), next_actor(plan)):
        return True
    kept = tasks_of(context.connection, context.hall_id, request)
    there = {(t.item, t.subject, t.round): (t.department, t.state, t.readiness, t.due, t.waiting_on) for t in kept}
    values = {(t.key.code, t.key.subject, t.round): _task_values(t, plan) for t in plan.rounds}
    now = {place: tuple(each[name] for name in _SHOWN) for place, each in values.items()}
    return _not_closed(there) != _not_closed(now)


def _not_closed(tasks: Mapping[_Place, tuple[Any, ...]]) -> dict[_Place, tuple[Any, ...]]:
    return {place: values for place, values in tasks.items() if Readiness.CLOSED not in values}


def _write_tasks(context: Context, request: UUID, plan: Plan, *, begun_only: bool = False) -> None:
    there = {(row.item, row.subject, row.round): row for row in tasks_of(context.connection, context.hall_id, request)}
    begun, changed = [], []
    for task in plan.rounds:
        if begun_only and task.state.state is LegalState.NONE:
            continue
        row = there.pop((task.key.code, task.key.subject, task.round), None)
        values = _task_values(task, plan)
        if row is None:
            whose = {"hall_id": context.hall_id, "id": new_id(), "request_id": request, "since": context.now}
            what = {"item": task.key.code, "subject": task.key.subject, "round": task.round}
            begun.append({**whose, **what, "assignee_id": None, **values})
        else:
            moved = row.since if row.state == values["state"] else context.now
            changed.append({"of_hall": context.hall_id, "of_task": row.id, "since": moved, **values})
    if begun:
        context.connection.execute(_NEW_TASK, begun)
    if changed:
        context.connection.execute(_CHANGED_TASK, changed)
    closed = {"of_hall": context.hall_id, "wanted": False, "readiness": Readiness.CLOSED.value}
    over = {(task.key.code, task.key.subject, task.round): task.state.state.value for task in plan.earlier}
    gone = [{**closed, "of_task": row.id, "state": over.get(place, row.state)} for place, row in there.items()]
    if gone:
        context.connection.execute(_CHANGED_TASK, gone)


def _task_values(task: PlannedTask, plan: Plan) -> dict[str, Any]:
    statutory = task.state.clock(ClockName.STATUTORY)
    readiness, waiting = _standing(task, plan)
    return {
        "department": task.item.department,
        "state": task.state.state.value,
        "readiness": readiness.value,
        "wanted": task.wanted in {Wanted.NEEDED, Wanted.COMMITTED} or task.to_hand_over,
        "due": task.due.date if task.due is not None else None,
        "statutory_due": statutory.date if statutory is not None else None,
        "waiting_on": sorted(actor.value for actor in waiting),
    }


def _standing(task: PlannedTask, plan: Plan) -> tuple[Readiness, set[Actor]]:
    """Say whether somebody here can go on with a task, and on whom it waits.

    A case that leads elsewhere can be ended at once. What is not begun is open where the counter can begin it, or has
    to tell the applicant of it. After the decision, a check still owed is work as before; what nobody comes for is
    closed, so that it is not looked for at the counter.
    """
    view = next_view(task)
    if task.proposed:
        return (Readiness.OPEN if task.actor is Actor.COUNTER else Readiness.BLOCKED), {task.actor}
    if view is not None and task.state.state is LegalState.NONE and view.readiness is Readiness.OPEN:
        if task.gates[Gate.DECIDE].readiness is Readiness.CLOSED:
            return Readiness.CLOSED, set()
        return (view.readiness, set()) if task.actor is Actor.COUNTER else (Readiness.BLOCKED, {task.actor})
    if view is not None:
        if plan.route is not None and task.state.live:
            return Readiness.OPEN, set()
        if task.state.state is LegalState.SUSPENDED:
            rests = task.actor is Actor.CLOCK
            return (Readiness.BLOCKED, {Actor.CLOCK}) if rests else (Readiness.OPEN, set())
        waiting = {missing.actor for missing in view.missing}
        if task.state.state is LegalState.SUPPLEMENT and not waiting:
            waiting = {task.actor}
        return view.readiness, waiting
    if task.state.check_owed:
        waits = {missing.actor for missing in task.owed} if task.actor is not Actor.DEPARTMENT else set()
        return (Readiness.BLOCKED if waits else Readiness.OPEN), waits
    nobody_comes = task.state.state in REACHED | AGAINST and not task.to_hand_over
    return (Readiness.CLOSED if nobody_comes else Readiness.PASSED), set()


class Owed(NamedTuple):
    """What a department still owes after its decision: a check of what was promised, the service of a decision."""

    check: bool
    service: bool


def owed_of(row: TaskRow) -> Owed:
    """Say what is still owed of a task as the list has it: what is out or decided is passed or closed otherwise."""
    state, readiness = LegalState(row.state), Readiness(row.readiness)
    return Owed(
        check=state in REACHED and readiness in {Readiness.OPEN, Readiness.BLOCKED},
        service=state in AGAINST and readiness is not Readiness.CLOSED,
    )


def _write_request(context: Context, request: UUID, plan: Plan, was: str | None, *, to_tell: bool = False) -> None:
    """Write the line of a request; with a way out `to_tell` it stays open at the counter until that is told."""
    status = OPEN if to_tell else status_of(plan)
    closed = {"closed_at": context.now if status != OPEN else None} if was != status else {}
    holds = {"holds_until": plan.holds_until if status == OPEN else None}
    owing = open_promises(context, request, plan) if status == OPEN else ()
    holds |= {"promise_due": min((one.due for one in owing), default=None)}
    actor = Actor.COUNTER.value if to_tell else next_actor(plan)
    values = {"status": status, "next_due": _next_due(plan), "next_actor": actor, **holds, **closed}
    context.connection.execute(_CHANGED_REQUEST, {"of_hall": context.hall_id, "of_request": request, **values})


def status_kept(context: Context, request: UUID) -> str | None:
    """Give the status a request has in the list."""
    return request_status(context.connection, context.hall_id, request)


def status_of(plan: Plan) -> str:
    """Say whether a request is done, has ended without its outcome, or is open.

    It is open while a department has anything in hand, a result or a decision waits for the person, or a check is
    owed after a decision; and while one of its goals may still be reached, whatever became of the others (rule 3).
    Where it leads elsewhere it ends as soon as nothing is in hand any more.
    """
    if any(task.state.live or task.state.check_owed or task.to_hand_over for task in plan.rounds):
        return OPEN
    if plan.value is Truth.TRUE:
        return DONE
    if any(goal.met is Truth.UNKNOWN for goal in plan.goals_here):
        return OPEN
    return ENDED if plan.goals or plan.route is not None else OPEN


def _hall_due(task: PlannedTask) -> Due | None:
    """Give the clock that presses the hall itself: a result out waits for whoever collects it, a check never does."""
    if task.state.state is LegalState.ISSUED:
        return task.state.clock(ClockName.AFTERWARDS) if task.state.check_owed else None
    return task.due


def _next_due(plan: Plan) -> date | None:
    dates = [due.date for task in plan.tasks if (due := _hall_due(task)) is not None]
    if plan.matter_due is not None and any(_is_in_hand(task) for task in plan.tasks):
        dates.append(plan.matter_due.date)
    return min(dates, default=None)


def _is_in_hand(task: PlannedTask) -> bool:
    """Tell whether an item still has to be brought to its end; what only waits to be handed over has come to it."""
    return task.state.live or (task.wanted is Wanted.NEEDED and task.state.state is LegalState.NONE)


def next_actor(plan: Plan) -> str | None:
    """Say who must act next, the hall's own people first, so that nothing lies between two chairs."""
    if status_of(plan) != OPEN:
        return None
    tasks = [task for task in plan.rounds if task.wanted is not Wanted.NOT_NEEDED or task.to_hand_over]
    actors = {task.actor for task in tasks} - {Actor.NOBODY}
    actors |= {question.actor for question in plan.questions}
    order = (Actor.COUNTER, Actor.DEPARTMENT, Actor.APPLICANT, Actor.REGISTRY, Actor.OTHER_AGENCY, Actor.CLOCK)
    return next((actor.value for actor in order if actor in actors), None)
