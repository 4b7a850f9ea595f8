"""The overview: what the day asks of somebody, and for who leads the hall what must not lie between two chairs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from db.queries.halls import hall_row
from db.queries.overview import Count, NeedRow, count_drafts, count_requests, count_tasks
from db.queries.overview import unanswered_needs as needs_before
from db.queries.request_list import list_page
from db.queries.requests import RequestRow
from desktop.usecases.context import Context
from desktop.usecases.permissions import Permission, Role, allowed
from desktop.usecases.requests.matters import matters_named
from desktop.usecases.requests.request_groups import (
    ANSWER_DAYS,
    Basis,
    Group,
    basis_of,
    groups_of,
    request_filter,
    task_filter,
)
from desktop.usecases.work.worklist import OPEN
from desktop.workflow.catalogue.definitions import Text

__all__ = ["Figure", "Group", "NeedRow", "Needs", "Overview", "RequestRow", "Unit", "see_overview"]

PRESSING: Final = 8
SHOWN_NEEDS: Final = 8


class Unit(StrEnum):
    """What a figure counts."""

    REQUEST = "request"
    ITEM = "item"
    DRAFT = "draft"
    NEED = "need"


@dataclass(frozen=True)
class Figure:
    """How many there are of a group, counted in which unit, and in how many requests they lie."""

    group: Group
    unit: Unit
    number: int
    requests: int


@dataclass(frozen=True)
class Needs:
    """Needs that have waited too long for an answer: how many, and the oldest of them."""

    number: int
    oldest: tuple[NeedRow, ...]


@dataclass(frozen=True)
class Overview:
    """What somebody sees first: figures of the own day and of the hall, and what presses most.

    `practice` says that the figures are no real work: the hall is there for practice, or the account is for training.
    """

    today: date
    zone: ZoneInfo
    soon: date
    practice: bool
    mine: tuple[Figure, ...]
    hall: tuple[Figure, ...]
    drafts: int | None
    """Half-typed forms put aside; None for who logs nothing."""
    pressing: tuple[RequestRow, ...]
    matters: Mapping[str, Text]
    """The matters of what presses, in both languages."""
    needs: Needs | None
    """None for who does not answer them."""


def see_overview(context: Context, _query: None = None) -> Overview:
    """Count what the day asks of who is signed in; who sees no requests gets an empty day."""
    staff, basis = context.staff, basis_of(context)
    mine, hall = groups_of(context)
    logs = allowed(staff.roles, Permission.LOG_REQUEST)
    leads = allowed(staff.roles, Permission.ANSWER_UNMET_NEED)
    pressing = _pressing(context, basis)
    return Overview(
        today=basis.today,
        zone=context.zone,
        soon=basis.soon,
        practice=_is_practice(context),
        mine=tuple(_figure(context, basis, group) for group in mine),
        hall=tuple(_figure(context, basis, group) for group in hall),
        drafts=count_drafts(context.connection, context.hall_id, staff.account_id) if logs else None,
        pressing=pressing,
        matters=matters_named(context, (row.title for row in pressing)),
        needs=_needs(context, basis) if leads else None,
    )


def _is_practice(context: Context) -> bool:
    hall = hall_row(context.connection, context.hall_id)
    return hall is not None and (hall.sample or context.staff.account_id in basis_of(context).not_counted)


def _figure(context: Context, basis: Basis, group: Group) -> Figure:
    connection, hall = context.connection, context.hall_id
    tasks, wanted = task_filter(basis, group), request_filter(basis, group)
    if tasks is not None:
        return _counted(group, Unit.ITEM, count_tasks(connection, hall, tasks, wanted.besides_opened_by))
    return _counted(group, Unit.REQUEST, count_requests(connection, hall, wanted))


def _counted(group: Group, unit: Unit, count: Count) -> Figure:
    return Figure(group, unit, count.number, count.requests)


def _pressing(context: Context, basis: Basis) -> tuple[RequestRow, ...]:
    """Give the requests whose date is past or near, the nearest first: a supervisor's are the hall's."""
    roles = context.staff.roles
    if not roles & {Role.CLERK, Role.SUPERVISOR}:
        return ()
    wanted = request_filter(basis, Group.OVERDUE if Role.SUPERVISOR in roles else Group.MY_OVERDUE)
    near = replace(wanted, statuses=(OPEN,), due_until=basis.soon)
    return list_page(context.connection, context.hall_id, (near,), limit=PRESSING, by_date=True).rows


def _needs(context: Context, basis: Basis) -> Needs:
    """Give the needs recorded so long ago that the working days for an answer are over."""
    calendar = context.calendar
    first_in_time = calendar.ordinal_of_rank(calendar.rank(basis.yesterday.toordinal()) - ANSWER_DAYS + 1)
    before = datetime.combine(date.fromordinal(first_in_time), time(), context.zone)
    number, oldest = needs_before(context.connection, context.hall_id, before, basis.not_counted, SHOWN_NEEDS)
    return Needs(number, tuple(oldest))
