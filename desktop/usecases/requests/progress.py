"""Progress: where a matter stands, found by number, name, phone or card and told in a few sentences."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from db.queries.hand_outs import requests_with
from db.queries.people import holders
from db.queries.requests import RequestRow, request_by_number, request_row, request_rows
from db.search import search
from desktop.usecases.context import Context
from desktop.usecases.people.identifiers import tokens_of_query
from desktop.usecases.permissions import Permission
from desktop.usecases.refused import Refused
from desktop.usecases.requests.case import plan_of_request
from desktop.usecases.sight import check_sight, is_in_sight
from desktop.workflow.catalogue.definitions import Text
from desktop.workflow.planning.plan import Actor, PaperLine, Plan, Task, Wanted
from desktop.workflow.procedure.legal_states import LegalState

__all__ = ["FindRequests", "FoundRequest", "Progress", "Stage", "Step", "find_requests", "found_ids", "tell_progress"]

SHOWN: Final = 8
_COUNTED: Final = frozenset({Wanted.NEEDED, Wanted.COMMITTED})
_MISSING: Final = frozenset({PaperLine.NEEDED, PaperLine.OWING, PaperLine.DEFECTIVE})


@dataclass(frozen=True, repr=False)
class FindRequests:
    """What is typed or scanned: a request's number, a name, pinyin, a phone, or the whole number of a card."""

    words: str
    limit: int = SHOWN


@dataclass(frozen=True)
class FoundRequest:
    """A request that was found."""

    request: UUID
    number: str
    title: str
    applicant: str | None
    status: str
    opened: date


@dataclass(frozen=True)
class Stage:
    """Where a step stands: done, out and waiting to be collected, in the hands of somebody, or not begun.

    What has ended with a decision against the person is still to be served until that is handed over.
    """

    done: bool = False
    to_collect: bool = False
    to_serve: bool = False
    ended: bool = False
    begun: bool = True


@dataclass(frozen=True)
class Step:
    """One item of a request: its name, how it stands, who has it, and until when."""

    item: Text
    procedure: str
    stage: Stage
    state: LegalState
    actor: Actor
    department: Text
    due: date | None
    estimated: bool
    check_owed: bool
    """Whether it is checked afterwards, and that is still to come."""
    on: date | None
    """The day it came where it stands, as far as the law dates it."""
    accepting: bool = False
    """Whether the date is that of the answer to the application, not that of the decision."""


@dataclass(frozen=True)
class Progress:
    """Where a request stands."""

    request: UUID
    number: str
    title: Text
    applicant: str | None
    status: str
    words: str | None
    opened: date
    closed: date | None
    today: date
    steps: tuple[Step, ...] = ()
    to_bring: tuple[Text, ...] = ()
    questions: int = 0
    due: date | None = None


def find_requests(context: Context, query: FindRequests) -> tuple[FoundRequest, ...]:
    """Find requests as one types: the one of that number first, then those of that card, then by words."""
    context.require(Permission.SEE_REQUESTS)
    ids = found_ids(context, query.words, query.limit)
    rows = request_rows(context.connection, context.hall_id, [one for one in ids if is_in_sight(context, one)])
    return tuple(_found(context, row) for row in rows)


def found_ids(context: Context, words: str, limit: int, before: int | None = None) -> list[UUID]:
    """Give the requests that words find, the nearest first."""
    connection, hall, words = context.connection, context.hall_id, words.strip()
    if not words:
        return []
    exact = request_by_number(connection, hall, words)
    ids = [exact] if exact is not None else []
    tokens = tokens_of_query(context.keys, words, context.today)
    people = list(holders(connection, hall, tokens)) if tokens else []
    if people:
        ids += requests_with(connection, hall, people, limit)
    hits = search(connection, hall, words, kinds=("request",), limit=limit, before=before)
    return list(dict.fromkeys([*ids, *(hit.ref_id for hit in hits)]))[:limit]


def tell_progress(context: Context, request: UUID) -> Progress:
    """Say where a request stands; the look is noted in the log. Refused request_unknown."""
    context.require(Permission.SEE_REQUESTS)
    row = request_row(context.connection, context.hall_id, request)
    if row is None:
        raise Refused("request_unknown")
    check_sight(context, request)
    context.record_reading("request_seen", request=request)
    demand = context.catalogue.demands.get(row.demand or "")
    plan = None if demand is None else plan_of_request(context, request)
    return Progress(
        request=row.id,
        number=row.number,
        title=Text(zh=row.title, en=row.title) if demand is None else demand.name,
        applicant=row.applicant,
        status=row.status,
        words=row.words,
        opened=_day(context, row.opened_at),
        closed=None if row.closed_at is None else _day(context, row.closed_at),
        today=context.today,
        steps=() if plan is None else tuple(_step(context, task) for task in plan.tasks if _is_told(task)),
        to_bring=() if plan is None else _to_bring(context, plan),
        questions=0 if plan is None else sum(q.actor is Actor.APPLICANT for q in plan.questions),
        due=row.next_due,
    )


def _found(context: Context, row: RequestRow) -> FoundRequest:
    opened = _day(context, row.opened_at)
    return FoundRequest(row.id, row.number, row.title, row.applicant, row.status, opened)


def _day(context: Context, moment: datetime) -> date:
    return moment.astimezone(context.zone).date()


def _step(context: Context, task: Task) -> Step:
    state = task.state
    known = context.catalogue.departments.get(task.item.department)
    code = task.item.department
    return Step(
        item=task.item.name,
        procedure=task.item.procedure,
        stage=_stage(task),
        check_owed=state.check_owed,
        state=state.state,
        actor=task.actor,
        department=Text(zh=code, en=code) if known is None else known.short or known.name,
        due=None if task.due is None else task.due.date,
        estimated=task.due is not None and task.due.estimated,
        accepting=state.state is LegalState.SUBMITTED and state.accepted_on is None,
        on=state.ended_on or state.served_on or state.issued_on or state.decided_on or state.accepted_on
        or state.submitted_on,
    )  # fmt: skip


_ENDED: Final = frozenset(
    {
        LegalState.REFUSED, LegalState.NOT_ACCEPTED, LegalState.WITHDRAWN, LegalState.TERMINATED, LegalState.LAPSED,
        LegalState.ANNULLED, LegalState.REVOKED_UNLAWFUL, LegalState.PERMIT_WITHDRAWN, LegalState.PENALTY_REVOKED,
        LegalState.DEREGISTERED,
    }
)  # fmt: skip


def _is_told(task: Task) -> bool:
    return task.wanted in _COUNTED or task.to_hand_over


def _stage(task: Task) -> Stage:
    state = task.state.state
    return Stage(
        done=state is LegalState.SERVED and not task.state.check_owed,
        to_collect=state is LegalState.ISSUED,
        to_serve=task.state.service_owed,
        ended=state in _ENDED,
        begun=state is not LegalState.NONE,
    )


def _to_bring(context: Context, plan: Plan) -> tuple[Text, ...]:
    """Name the papers still to come; of several that serve alike, all are named as one."""
    materials = context.catalogue.materials
    return tuple(_either([materials[paper.key.code].name for paper in group]) for group in plan.papers_of(*_MISSING))


def _either(names: list[Text]) -> Text:
    return Text(zh="或者".join(n.zh for n in names), en=" or ".join(n.en for n in names))
