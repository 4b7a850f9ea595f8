"""The groups of requests somebody should look at: what each means, once, for its figure and for the list behind it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final
from uuid import UUID

from db.queries.accounts import all_accounts
from db.queries.halls import hall_row
from db.queries.hand_outs import OUT, TO_HAND_OUT
from db.queries.request_filter import RequestFilter, TaskFilter
from desktop.usecases.context import Context
from desktop.usecases.permissions import Role
from desktop.usecases.work.worklist import OPEN

SOON_DAYS: Final = 3
"""Working days within which something comes due soon."""
ANSWER_DAYS: Final = 10
"""Working days within which somebody must answer a need that no service answers."""
LIVE_STATES: Final = ("submitted", "supplement", "accepted", "reviewing", "suspended", "granted")
"""States of an item that a department still has to bring to its end."""
READY: Final = ("open", "passed")
DUE_STATES: Final = (*LIVE_STATES, "issued", "served")
"""After the decision only a check still owed has a day."""


class Group(StrEnum):
    """A group of requests, by the reason why somebody should look at them."""

    LOGGED_TODAY = "logged_today"
    WAITS_FOR_ME = "waits_for_me"
    MY_OVERDUE = "my_overdue"
    MY_DUE_SOON = "my_due_soon"
    TO_HAND_OUT = "to_hand_out"
    PROMISES_DUE = "promises_due"
    PROMISES_MISSED = "promises_missed"
    READY_TO_TAKE = "ready_to_take"
    IN_MY_HANDS = "in_my_hands"
    DEPARTMENT_OVERDUE = "department_overdue"
    DEPARTMENT_DUE_SOON = "department_due_soon"
    APPLICANT_DEAD = "applicant_dead"
    NOBODY_NEXT = "nobody_next"
    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    SENT_BACK = "sent_back"
    PAUSED_TOO_LONG = "paused_too_long"


AT_THE_COUNTER: Final = (
    Group.LOGGED_TODAY,
    Group.WAITS_FOR_ME,
    Group.TO_HAND_OUT,
    Group.PROMISES_MISSED,
    Group.PROMISES_DUE,
    Group.APPLICANT_DEAD,
    Group.MY_OVERDUE,
    Group.MY_DUE_SOON,
)
IN_A_DEPARTMENT: Final = (
    Group.READY_TO_TAKE,
    Group.IN_MY_HANDS,
    Group.DEPARTMENT_OVERDUE,
    Group.DEPARTMENT_DUE_SOON,
)
IN_THE_HALL: Final = (
    Group.NOBODY_NEXT,
    Group.OVERDUE,
    Group.DUE_SOON,
    Group.SENT_BACK,
    Group.PAUSED_TOO_LONG,
)
BY_DATE: Final = frozenset({Group.MY_OVERDUE, Group.MY_DUE_SOON, Group.OVERDUE, Group.DUE_SOON})
"""The groups in which the nearest date comes first."""
_OPEN: Final = (OPEN,)


@dataclass(frozen=True)
class Basis:
    """What the groups are reckoned by: the day, who asks, and whose requests do not count."""

    today: date
    midnight: datetime
    yesterday: date
    soon: date
    """The last day that is soon: the third working day after today."""
    me: UUID
    department: str | None
    not_counted: tuple[UUID, ...]


def basis_of(context: Context) -> Basis:
    """Give what the groups are reckoned by at this moment."""
    today, staff = context.today, context.staff
    rank = context.calendar.rank(today.toordinal())
    return Basis(
        today=today,
        midnight=datetime.combine(today, time(), context.zone),
        yesterday=date.fromordinal(today.toordinal() - 1),
        soon=date.fromordinal(context.calendar.ordinal_of_rank(rank + SOON_DAYS)),
        me=staff.account_id,
        department=staff.department,
        not_counted=_training_accounts(context),
    )


def _training_accounts(context: Context) -> tuple[UUID, ...]:
    """Give the accounts for training in a real hall: what they log is never counted. In a practice hall all counts."""
    hall = hall_row(context.connection, context.hall_id)
    if hall is None or hall.sample:
        return ()
    return tuple(row.id for row in all_accounts(context.connection, context.hall_id) if row.training)


def groups_of(context: Context) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
    """Give the groups of one's own day, and those of the hall, by what one is there."""
    roles = context.staff.roles
    counter = AT_THE_COUNTER if roles & {Role.CLERK, Role.SUPERVISOR} else ()
    department = IN_A_DEPARTMENT if Role.REVIEWER in roles else ()
    return (*counter, *department), IN_THE_HALL if Role.SUPERVISOR in roles else ()


def request_filter(basis: Basis, group: Group) -> RequestFilter:
    """Give the requests of a group; of a group counted in items, the requests the items belong to."""
    mine = _mine(basis, group)
    return _halls(basis, group) if mine is None else mine


def _mine(basis: Basis, group: Group) -> RequestFilter | None:
    me = basis.me
    match group:
        case Group.LOGGED_TODAY:
            return RequestFilter(opened_by=me, opened_from=basis.midnight)
        case Group.WAITS_FOR_ME:
            return RequestFilter(_OPEN, next_actor="counter", opened_by=me)
        case Group.MY_OVERDUE:
            return RequestFilter(_OPEN, opened_by=me, due_until=basis.yesterday)
        case Group.MY_DUE_SOON:
            return RequestFilter(_OPEN, opened_by=me, due_from=basis.today, due_until=basis.soon)
    return None


def _halls(basis: Basis, group: Group) -> RequestFilter:
    named = {
        Group.NOBODY_NEXT: RequestFilter(_OPEN, nobody_next=True),
        Group.OVERDUE: RequestFilter(_OPEN, due_until=basis.yesterday),
        Group.DUE_SOON: RequestFilter(_OPEN, due_from=basis.today, due_until=basis.soon),
        Group.SENT_BACK: RequestFilter(_OPEN, sent_back=True),
        Group.PAUSED_TOO_LONG: RequestFilter(paused_past=basis.today),
        Group.PROMISES_DUE: RequestFilter(_OPEN, promised_from=basis.today, promised_until=basis.soon),
        Group.PROMISES_MISSED: RequestFilter(_OPEN, promised_until=basis.yesterday),
        Group.APPLICANT_DEAD: RequestFilter(_OPEN, applicant_dead=True),
    }
    tasks = task_filter(basis, group)
    found = named.get(group, RequestFilter(tasks=() if tasks is None else (tasks,)))
    return replace(found, besides_opened_by=basis.not_counted)


def task_filter(basis: Basis, group: Group) -> TaskFilter | None:
    """Give the items of a group that is counted in items; None for the others."""
    department = basis.department
    match group:
        case Group.TO_HAND_OUT:
            return TaskFilter(states=OUT, readiness=TO_HAND_OUT)
        case Group.READY_TO_TAKE:
            return TaskFilter(department, LIVE_STATES, READY, unassigned=True)
        case Group.IN_MY_HANDS:
            return TaskFilter(states=LIVE_STATES, assignee=basis.me)
        case Group.DEPARTMENT_OVERDUE:
            return TaskFilter(department, DUE_STATES, due_until=basis.yesterday)
        case Group.DEPARTMENT_DUE_SOON:
            return TaskFilter(department, DUE_STATES, due_from=basis.today, due_until=basis.soon)
    return None
