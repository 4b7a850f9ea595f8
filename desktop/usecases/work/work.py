"""The work of the departments: what is really ready is taken, decided, issued and handed over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import insert, update

from db.ids import new_id
from db.models.paper import Paper
from db.models.task import Task
from db.queries.hand_outs import OUT, TO_HAND_OUT
from db.queries.requests import TaskRow, list_tasks, task_row
from desktop.usecases.context import Context
from desktop.usecases.letters.letters import Acted, write_act_letter
from desktop.usecases.permissions import Permission, Role
from desktop.usecases.refused import Refused
from desktop.usecases.requests.case import Handed, plan_of_request
from desktop.usecases.requests.on_file import ENDING
from desktop.usecases.requests.papers_in import ReceivePapers, take_in
from desktop.usecases.sight import check_sight
from desktop.usecases.topics import Topic
from desktop.usecases.work.act_needs import TaskView, past_of, task_of, view_of
from desktop.usecases.work.judging import DoAct, case_of, put_on_record
from desktop.usecases.work.offers import capacity_for, needed_for
from desktop.usecases.work.promises import promised_papers
from desktop.usecases.work.shared_record import bring_others, hold
from desktop.usecases.work.worklist import bring_up_to_date
from desktop.workflow.catalogue.definitions import CASE, Catalogue
from desktop.workflow.planning.inputs import PaperState
from desktop.workflow.planning.plan import Plan
from desktop.workflow.planning.plan import Task as PlannedTask
from desktop.workflow.procedure.acts import Offer
from desktop.workflow.procedure.legal_states import Act, ActKind, ActorRole

__all__ = [
    "DoAct",
    "Handed",
    "Offer",
    "TaskRow",
    "TaskView",
    "WorkList",
    "WorkQuery",
    "do_act",
    "list_work",
    "see_task",
    "see_work",
    "take_task",
]

_Group = tuple[tuple[str, ...], tuple[str, ...]]
"""States of an item, and how ready it is there; nothing said is whatever it is."""
_PASSABLE = ("open", "passed")
_EVERY: Final[tuple[_Group, ...]] = (
    (("submitted", "supplement", "accepted", "reviewing", "suspended", "granted"), ()),
    (OUT, TO_HAND_OUT),
    (("served", "issued"), ("open", "blocked")),
    (("none",), ("open",)),
)
_OF_THE_DEPARTMENT: Final[tuple[_Group, ...]] = (
    (("submitted", "accepted", "reviewing", "granted"), _PASSABLE),
    (("suspended", "issued", "served"), ("open",)),
)
"""What a department can go on with: a pause that should be over, and after the decision a check still owed."""
_CHANGES_CHOICES: Final = ENDING | {ActKind.OBSERVE}
"""What was chosen is to be chosen anew once it was taken away."""
_CHANGES_RESULTS: Final = ENDING | {ActKind.GRANT, ActKind.ISSUE, ActKind.OBSERVE}
_TO_BEGIN: Final[_Group] = (("none",), ("open",))
"""What the hall does not begin by itself, as what was taken away and is needed again: the counter passes it on."""
_OF_THE_COUNTER: Final[tuple[_Group, ...]] = ((("supplement",), _PASSABLE), _TO_BEGIN, (OUT, TO_HAND_OUT))


@dataclass(frozen=True)
class WorkQuery:
    """Whose work: a department's, or everybody's; ready only, or all."""

    department: str | None = None
    ready_only: bool = True


@dataclass(frozen=True)
class WorkList:
    """The work of somebody with what its words are made of: the catalogue, the day and the zone of the hall."""

    rows: tuple[TaskRow, ...]
    catalogue: Catalogue
    today: date
    zone: ZoneInfo


def list_work(context: Context, query: WorkQuery) -> tuple[TaskRow, ...]:
    """Give the work of a department, the nearest date first; a reviewer sees the own department's only.

    What is ready is what somebody here can go on with: a reviewer of the department, or the counter that hands out.
    """
    session = context.require(Permission.SEE_TASKS)
    department = session.department if session.roles == {Role.REVIEWER} else query.department
    groups = _ready_groups(session.roles) if query.ready_only else _EVERY
    found = {
        row.id: row
        for states, readiness in groups
        for row in list_tasks(
            context.connection, context.hall_id, department=department, states=states, readiness=readiness
        )
    }
    return tuple(sorted(found.values(), key=_by_date))


def _ready_groups(roles: frozenset[Role]) -> tuple[_Group, ...]:
    leads = Role.SUPERVISOR in roles
    department = _OF_THE_DEPARTMENT if leads or Role.REVIEWER in roles else ()
    return (*department, *(_OF_THE_COUNTER if leads or Role.CLERK in roles else ()))


def _by_date(row: TaskRow) -> tuple[bool, date, datetime, UUID]:
    return row.due is None, row.due or date.max, row.since, row.id


def see_work(context: Context, query: WorkQuery) -> WorkList:
    """Give the work of a department to be shown."""
    return WorkList(list_work(context, query), context.catalogue, context.today, context.zone)


def see_task(context: Context, task: UUID) -> TaskView:
    """Show a task with its case, its evidence and every act the law knows for it; of a round that is over, its end."""
    context.require(Permission.SEE_TASKS)
    row = _row(context, task)
    check_sight(context, row.request_id)
    context.record_reading("task_seen", request=row.request_id)
    plan = plan_of_request(context, row.request_id)
    planned = past_of(plan, row) or _planned(plan, row)
    return view_of(context.staff, row, plan, planned, promised_papers(context, row.request_id))


def take_task(context: Context, task: UUID) -> None:
    """Take a task into one's own hands. Refused task_taken when a colleague has it."""
    context.require(Permission.TAKE_TASK)
    row = _row(context, task)
    if context.staff.department != row.department:
        raise Refused("other_department", department=row.department)
    if not _take(context, row) and row.assignee_id != context.staff.account_id:
        raise Refused("task_taken")
    context.record("task_taken", Topic.TASKS, request=row.request_id, task=task)


def _take(context: Context, row: TaskRow) -> bool:
    """Put a task that is nobody's into the hands of who is signed in; False when it is somebody's."""
    free = (Task.hall_id == context.hall_id, Task.id == row.id, Task.assignee_id.is_(None))
    taken = context.connection.execute(update(Task).where(*free).values(assignee_id=context.staff.account_id))
    return taken.rowcount > 0


def do_act(context: Context, command: DoAct, *, passes_on: bool = True) -> Plan:
    """Carry out an act on a task and plan the case anew.

    Papers that come with it are taken in first, as of its own day; a decision on a case just accepted takes it in hand
    first. `passes_on` is false while a whole request is withdrawn: nothing else of it begins.
    Refused not_allowed, other_department, and the refusals of `judging.put_on_record`.
    """
    session = context.require(needed_for(command.act))
    row = _row(context, command.task)
    touched, papers = _touched(row, command), [paper.code for paper in command.papers]
    others = hold(context, row.request_id, touched=(*touched, *(paper.subject for paper in command.papers)))
    if command.papers:
        take_in(context, ReceivePapers(row.request_id, command.papers, command.legal))
    case = case_of(context, row.request_id)
    planned = _planned(case.plan, row)
    role = capacity_for(session, planned, command.act)
    if role is None:
        raise Refused("other_department", department=row.department)
    act, event, inputs = put_on_record(context, case, planned, command, role)
    sent_back = _send_back(context, row.request_id, act, event)
    if role is not ActorRole.CLERK:
        _take(context, row)
    anew = sent_back or act.kind in _CHANGES_CHOICES
    after = bring_up_to_date(context, row.request_id, None if anew else inputs, passes_on=passes_on)
    write_act_letter(context, Acted(row, planned, act, event, after))
    only_papers = papers and not touched
    bring_others(context, others, {"papers": papers} if only_papers else {"act": act.kind.value, "item": row.item})
    return after


def _touched(row: TaskRow, command: DoAct) -> tuple[str, ...]:
    """Give whose record an act changes: of whom it brings out or ends a result, or finds a paper defective."""
    found = command.values.get("defects")
    defects = (str(leaf).split(":", 2)[-1] for leaf in found) if isinstance(found, Mapping) else ()
    return (*((row.subject,) if command.act in _CHANGES_RESULTS else ()), *defects)


def _send_back(context: Context, request: UUID, act: Act, event: UUID) -> bool:
    """Note of papers that are there what is wrong with them, as of the act's own day; False for none.

    What was there by then counts as missing from then on; what has come since does not.
    """
    defects = act.values.get("defects")
    found = defects if isinstance(defects, Mapping) else {}
    for leaf, wrong in found.items():
        _kind, code, subject = str(leaf).split(":", 2)
        whose = None if subject == CASE else UUID(subject)
        context.connection.execute(
            insert(Paper).values(
                hall_id=context.hall_id, id=new_id(), subject_id=whose, request_id=request, code=code,
                state=PaperState.DEFECTIVE.value, form=None, received_at=act.legal, valid_until=None,
                note=str(wrong), promise_due=None, replaces=None, event_id=event,
            )
        )  # fmt: skip
    return bool(found)


def _row(context: Context, task: UUID) -> TaskRow:
    row = task_row(context.connection, context.hall_id, task)
    if row is None:
        raise Refused("task_unknown")
    return row


def _planned(plan: Plan, row: TaskRow) -> PlannedTask:
    planned = task_of(plan, row)
    if planned is None:
        raise Refused("round_over")
    return planned
