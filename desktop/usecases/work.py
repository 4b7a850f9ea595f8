"""The work of the departments: what is really ready is taken, decided, issued and handed over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import update

from db.models.task import Task
from db.queries.requests import TaskRow, list_tasks, task_row
from desktop.usecases.case import inputs_of, plan_of_request
from desktop.usecases.context import Context
from desktop.usecases.letters import Acted, write_act_letter
from desktop.usecases.permissions import Permission, Role
from desktop.usecases.refused import Refused
from desktop.usecases.topics import Topic
from desktop.usecases.worklist import bring_up_to_date, record_act
from desktop.workflow.acts import Offer, allowed, check, state_at
from desktop.workflow.inputs import Key, Kind
from desktop.workflow.legal_states import Act, ActFault, ActKind, ActorRole
from desktop.workflow.plan import Plan
from desktop.workflow.plan import Task as PlannedTask
from desktop.workflow.profiles import PROFILES

__all__ = ["DoAct", "Offer", "TaskRow", "TaskView", "WorkQuery", "do_act", "list_work", "see_task", "take_task"]

_PERMISSION = {
    ActKind.ACCEPT: Permission.ACCEPT,
    ActKind.NOT_ACCEPT: Permission.ACCEPT,
    ActKind.NOT_OURS: Permission.ACCEPT,
    ActKind.NOT_REQUIRED: Permission.ACCEPT,
    ActKind.CORRECT: Permission.CHECK_PAPERS,
    ActKind.SUPPLEMENT: Permission.SUPPLEMENT,
    ActKind.RESUPPLY: Permission.RECEIVE_PAPER,
    ActKind.SUSPEND: Permission.PAUSE,
    ActKind.RESUME: Permission.PAUSE,
    ActKind.EXTEND: Permission.EXTEND,
    ActKind.SERVE: Permission.HAND_OUT,
    ActKind.WITHDRAW: Permission.WITHDRAW_REQUEST,
    ActKind.SUBMIT: Permission.LOG_REQUEST,
    ActKind.PROMISE: Permission.ACCEPT,
    ActKind.KEEP_PROMISE: Permission.CHECK_PAPERS,
}
"""What an act needs; every other act is a decision."""

_DEPARTMENTS_OWN = frozenset({Permission.ACCEPT, Permission.SUPPLEMENT, Permission.PAUSE, Permission.EXTEND})


@dataclass(frozen=True)
class WorkQuery:
    """Whose work: a department's, or everybody's; ready only, or all."""

    department: str | None = None
    ready_only: bool = True


@dataclass(frozen=True)
class TaskView:
    """A task with the case beside it: what may be done now, and why not the rest."""

    row: TaskRow
    task: PlannedTask
    plan: Plan
    offers: tuple[Offer, ...]


@dataclass(frozen=True)
class DoAct:
    """An act on a task: which, when it happened in law, with which reason and values."""

    task: UUID
    act: ActKind
    reason: str = ""
    legal: datetime | None = None
    values: Mapping[str, object] = field(default_factory=dict)


def list_work(context: Context, query: WorkQuery) -> tuple[TaskRow, ...]:
    """Give the work of a department, the nearest date first; a reviewer sees the own department's only."""
    session = context.require(Permission.SEE_TASKS)
    department = session.department if session.roles == {Role.REVIEWER} else query.department
    states = ("submitted", "supplement", "accepted", "reviewing", "suspended", "granted", "issued")
    readiness = ("open", "passed") if query.ready_only else ()
    rows = list_tasks(context.connection, context.hall_id, department=department, states=states, readiness=readiness)
    return tuple(rows)


def see_task(context: Context, task: UUID) -> TaskView:
    """Show a task with its case, its evidence and every act the law knows for it."""
    context.require(Permission.SEE_TASKS)
    row = _row(context, task)
    context.record_reading("task_seen", request=row.request_id)
    plan = plan_of_request(context, row.request_id)
    planned = _planned(plan, row)
    return TaskView(row, planned, plan, _offers(context, planned))


def take_task(context: Context, task: UUID) -> None:
    """Take a task into one's own hands. Refused task_taken when a colleague has it."""
    session = context.require(Permission.TAKE_TASK)
    row = _row(context, task)
    _own_department(context, row)
    taken = context.connection.execute(
        update(Task)
        .where(Task.hall_id == context.hall_id, Task.id == task, Task.assignee_id.is_(None))
        .values(assignee_id=session.account_id)
    )
    if taken.rowcount == 0 and row.assignee_id != session.account_id:
        raise Refused("task_taken")
    context.record("task_taken", Topic.TASKS, request=row.request_id, task=task)


def do_act(context: Context, command: DoAct) -> Plan:
    """Carry out an act on a task and plan the case anew.

    Refused not_allowed, other_department, or with the code of the law's own refusal (`desktop.workflow.acts`).
    """
    session = context.require(_PERMISSION.get(command.act, Permission.DECIDE))
    row = _row(context, command.task)
    if _PERMISSION.get(command.act, Permission.DECIDE) in _DEPARTMENTS_OWN | {Permission.DECIDE}:
        _own_department(context, row)
    plan = plan_of_request(context, row.request_id)
    planned = _planned(plan, row)
    role = _role(context, command.act)
    act = Act(
        kind=command.act,
        item=row.item,
        subject=row.subject,
        round=row.round,
        legal=command.legal or context.now,
        recorded=context.now,
        by=str(session.account_id),
        role=role,
        op=str(context.op),
        reason=command.reason or None,
        values=dict(command.values),
    )
    _judge(context, row, planned, act)
    event = record_act(
        context, row.request_id, planned.key, row.round, command.act, role,
        legal=command.legal, reason=command.reason or None, values=_as_kept(command.values),
    )  # fmt: skip
    after = bring_up_to_date(context, row.request_id)
    write_act_letter(context, Acted(row, planned, act, event, after))
    return after


def _judge(context: Context, row: TaskRow, planned: PlannedTask, act: Act) -> None:
    profile, timing = PROFILES[planned.item.procedure], planned.item.timing
    inputs = inputs_of(context, row.request_id)
    acts = [a for a in inputs.acts if (a.item, a.subject, a.round) == (row.item, row.subject, row.round)]
    try:
        before = state_at(profile, timing, acts, act.legal, context.calendar)
        check(act, profile, timing, before, planned.gates_open, context.calendar)
    except ActFault as fault:
        raise Refused(fault.code, **dict(fault.values)) from None


def _offers(context: Context, planned: PlannedTask) -> tuple[Offer, ...]:
    profile, timing = PROFILES[planned.item.procedure], planned.item.timing
    role = ActorRole.APPROVER if context.staff.approver else ActorRole.REVIEWER
    offers = allowed(profile, timing, planned.state, role, planned.gates_open, context.today)
    if not context.staff.roles & {Role.CLERK, Role.SUPERVISOR}:
        return offers
    at_the_counter = allowed(profile, timing, planned.state, ActorRole.CLERK, planned.gates_open, context.today)
    return tuple(c if c.allowed else r for c, r in zip(at_the_counter, offers, strict=True))


def _role(context: Context, act: ActKind) -> ActorRole:
    """Say in what capacity an act is done."""
    if act in {ActKind.SUBMIT, ActKind.RESUPPLY, ActKind.SERVE, ActKind.WITHDRAW}:
        return ActorRole.CLERK
    return ActorRole.APPROVER if context.staff.approver and act is ActKind.EXTEND else ActorRole.REVIEWER


def _row(context: Context, task: UUID) -> TaskRow:
    row = task_row(context.connection, context.hall_id, task)
    if row is None:
        raise Refused("task_unknown")
    return row


def _planned(plan: Plan, row: TaskRow) -> PlannedTask:
    planned = plan.task(Key(Kind.ITEM, row.item, row.subject))
    if planned is None or planned.round != row.round:
        raise Refused("round_over")
    return planned


def _own_department(context: Context, row: TaskRow) -> None:
    """Let nobody act for another department. Refused other_department."""
    if context.staff.department != row.department:
        raise Refused("other_department", department=row.department)


def _as_kept(values: Mapping[str, object]) -> dict[str, object]:
    """Give an act's values as the log keeps them: days as text, lists as lists."""

    def plain(value: object) -> object:
        if isinstance(value, Mapping):
            return {str(key): plain(inner) for key, inner in value.items()}
        if isinstance(value, tuple | list | frozenset | set):
            return [plain(inner) for inner in value]
        return value if isinstance(value, str | int | bool | None) else str(value)

    return {name: plain(value) for name, value in values.items()}
