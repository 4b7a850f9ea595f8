"""The list of requests: filtered, searched, read on as one scrolls, and read again where one is."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from db.queries.halls import departments
from db.queries.request_filter import RequestFilter, TaskFilter
from db.queries.request_list import Page, Place, channels_in, demands_in, find_page, list_page, rows_among, tasks_in
from db.queries.requests import RequestRow
from desktop.usecases.context import Context
from desktop.usecases.hall.name_order import name_order
from desktop.usecases.permissions import Permission
from desktop.usecases.requests.matters import matters_named
from desktop.usecases.requests.request_groups import BY_DATE, Basis, Group, basis_of, request_filter
from desktop.usecases.sight import sees_own_only
from desktop.usecases.work.worklist import OPEN
from desktop.workflow.catalogue.definitions import Text

__all__ = ["Due", "Group", "ListOptions", "ListQuery", "ListView", "Place", "RequestRow", "see_list", "see_options"]


class Due(StrEnum):
    """When an open request is due, or a paper promised in it was."""

    OVERDUE = "overdue"
    THIS_WEEK = "this_week"
    PROMISE_MISSED = "promise_missed"


@dataclass(frozen=True)
class ListQuery:
    """A page of the list: words to search by, filters, the place after which it goes on, and how long it is.

    `among` asks for these requests only, to see what has become of them.
    """

    words: str = ""
    statuses: tuple[str, ...] = ()
    department: str | None = None
    demand: str | None = None
    due: Due | None = None
    mine: bool = False
    channel: str | None = None
    group: Group | None = None
    before: Place | None = None
    limit: int = 50
    among: tuple[UUID, ...] = ()

    @property
    def by_date(self) -> bool:
        """Whether the nearest date comes first; what words find always comes newest first."""
        dated = self.due in {Due.OVERDUE, Due.THIS_WEEK} or self.group in BY_DATE
        return dated and not self.words.strip()


@dataclass(frozen=True)
class ListView:
    """A page of the list, the place after which it goes on (None at its end), and the day and zone of the hall.

    `matters` names the matters of the rows in both languages.
    """

    rows: tuple[RequestRow, ...]
    after: Place | None
    today: date
    zone: ZoneInfo
    matters: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True)
class ListOptions:
    """What the list can be filtered by: the departments, demands and channels that occur in it."""

    departments: tuple[tuple[str, Text], ...]
    demands: tuple[tuple[str, Text], ...]
    channels: tuple[str, ...]
    own_department: bool
    """Whether who asks sees the own department's requests only."""


def see_list(context: Context, query: ListQuery) -> ListView:
    """Give a page of requests; a reviewer sees those with an item of the own department."""
    context.require(Permission.SEE_REQUESTS)
    page = _page(context, query, filters_of(context, query))
    matters = matters_named(context, (row.title for row in page.rows))
    return ListView(page.rows, page.after, context.today, context.zone, matters)


def _page(context: Context, query: ListQuery, wanted: tuple[RequestFilter, ...]) -> Page:
    connection, hall, words = context.connection, context.hall_id, query.words.strip()
    if query.among:
        found = rows_among(connection, hall, wanted, query.among)
        return Page(tuple(found[request] for request in query.among if request in found), None)
    if words:
        before = query.before if isinstance(query.before, int) else None
        return find_page(connection, hall, words, wanted, before=before, limit=query.limit)
    return list_page(connection, hall, wanted, before=query.before, limit=query.limit, by_date=query.by_date)


def filters_of(context: Context, query: ListQuery) -> tuple[RequestFilter, ...]:
    """Give the filters that all must hold."""
    basis = basis_of(context)
    department = context.staff.department if sees_own_only(context) else query.department
    chosen = RequestFilter(query.statuses, demand=query.demand, channel=query.channel)
    found = [_in_department(chosen, department), _due(query.due, basis)]
    if query.mine:
        found.append(_mine(context, basis))
    if query.group is not None:
        found.append(_in_department(request_filter(basis, query.group), department))
    return tuple(found)


def _in_department(wanted: RequestFilter, department: str | None) -> RequestFilter:
    """Narrow a filter to a department; items asked for anyway are then asked for in that department."""
    if department is None:
        return wanted
    tasks = tuple(replace(task, department=task.department or department) for task in wanted.tasks)
    return replace(wanted, tasks=tasks or (TaskFilter(department),))


def _due(due: Due | None, basis: Basis) -> RequestFilter:
    match due:
        case Due.OVERDUE:
            return RequestFilter((OPEN,), due_until=basis.yesterday)
        case Due.THIS_WEEK:
            sunday = basis.today + timedelta(days=6 - basis.today.weekday())
            return RequestFilter((OPEN,), due_from=basis.today, due_until=sunday)
        case Due.PROMISE_MISSED:
            return RequestFilter((OPEN,), promised_until=basis.yesterday)
    return RequestFilter()


def _mine(context: Context, basis: Basis) -> RequestFilter:
    """Give what one has logged oneself; for a reviewer, what one has in hand."""
    if sees_own_only(context):
        return RequestFilter(tasks=(TaskFilter(assignee=basis.me),))
    return RequestFilter(opened_by=basis.me)


def see_options(context: Context, _query: None = None) -> ListOptions:
    """Give what the list can be filtered by: departments by name, matters in the catalogue's order."""
    context.require(Permission.SEE_REQUESTS)
    connection, hall, catalogue = context.connection, context.hall_id, context.catalogue
    with_work, logged = tasks_in(connection, hall), demands_in(connection, hall)
    named = {code: known.short or known.name for code, known in catalogue.departments.items()}
    named = {row.code: Text(zh=row.name_zh, en=row.name_en) for row in departments(connection, hall)} | named
    chosen = ((code, name) for code, name in named.items() if code in with_work)
    return ListOptions(
        tuple(sorted(chosen, key=lambda pair: name_order(pair[1].zh))),
        tuple((code, demand.name) for code, demand in catalogue.demands.items() if code in logged),
        tuple(channels_in(connection, hall)),
        sees_own_only(context),
    )
