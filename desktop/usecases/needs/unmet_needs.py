"""Unmet needs: a supervisor sees them, gives each an owner, answers it, or makes a request of it.

Each is answered within ten working days, and the answer is told to the person.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import update

from db.models.writing import UnmetNeed
from db.queries.accounts import all_accounts
from db.queries.needs import UnmetNeedRow, hold_need, needs_answered, needs_waiting
from desktop.cleaning import TextFault, clean_text
from desktop.masking import mask_phone
from desktop.usecases.context import Context
from desktop.usecases.permissions import Permission, Role, allowed
from desktop.usecases.refused import Refused
from desktop.usecases.requests.enquiries import Enquiry, LoggedEnquiry, log_enquiry
from desktop.usecases.requests.request_groups import ANSWER_DAYS
from desktop.usecases.topics import Topic

PAGE: Final = 50
_MOST_ANSWER: Final = 4000

Place = tuple[datetime, UUID]


@dataclass(frozen=True)
class UnmetQuery:
    """A page of the needs that wait for an answer, or of those that have one."""

    answered: bool = False
    after: Place | None = None
    limit: int = PAGE


@dataclass(frozen=True)
class UnmetLine:
    """A need as a supervisor sees it; times are the hall's own."""

    need: UUID
    words: str
    who: str
    """Empty of who gave no name."""
    phone: str | None
    recorded_at: datetime
    recorder: str | None
    due: date
    """The last day for an answer."""
    owner_id: UUID | None
    owner: str | None
    answer: str | None
    answered_at: datetime | None
    told_at: datetime | None
    request: UUID | None
    number: str | None


@dataclass(frozen=True)
class UnmetView:
    """A page of needs, who may own one, the place after which it goes on, and the day and zone of the hall."""

    lines: tuple[UnmetLine, ...]
    owners: tuple[tuple[UUID, str], ...]
    after: Place | None
    today: date
    zone: ZoneInfo


@dataclass(frozen=True)
class OwnNeed:
    """Somebody who is to see to a need; None takes it from everybody."""

    need: UUID
    owner: UUID | None


@dataclass(frozen=True, repr=False)
class AnswerNeed:
    """What the person is to be told."""

    need: UUID
    answer: str


def see_unmet_needs(context: Context, query: UnmetQuery) -> UnmetView:
    """Give a page of unmet needs: those that wait the oldest first, those answered the latest first."""
    context.require(Permission.ANSWER_UNMET_NEED)
    listed = needs_answered if query.answered else needs_waiting
    rows = listed(context.connection, context.hall_id, after=query.after, limit=query.limit)
    after = _place(rows[-1]) if len(rows) == query.limit else None
    lines = tuple(_line(context, row) for row in rows)
    return UnmetView(lines, _owners(context), after, context.today, context.zone)


def own_need(context: Context, command: OwnNeed) -> None:
    """Say who sees to a need. Refused need_unknown, need_answered, owner_may_not."""
    context.require(Permission.ANSWER_UNMET_NEED)
    _held(context, command.need)
    if command.owner is not None and command.owner not in dict(_owners(context)):
        raise Refused("owner_may_not")
    _change(context, command.need, owner_id=command.owner)
    _record(context, "unmet_need_owned", command.need, owner=None if command.owner is None else str(command.owner))


def answer_need(context: Context, command: AnswerNeed) -> None:
    """Answer a need; the answer is kept with its day. Refused need_unknown, need_answered, answer_missing, too_long."""
    staff = context.require(Permission.ANSWER_UNMET_NEED)
    row = _held(context, command.need)
    try:
        answer = clean_text(command.answer, max_points=_MOST_ANSWER).strip()
    except TextFault as fault:
        raise Refused(fault.code, **fault.values) from None
    if not answer:
        raise Refused("answer_missing")
    owner = row.owner_id or staff.account_id
    _change(context, row.id, answer=answer, answered_at=context.now, owner_id=owner)
    _record(context, "unmet_need_answered", row.id)


def tell_answer(context: Context, need: UUID) -> None:
    """Note that the person has been told the answer. Refused need_unknown, need_unanswered, need_told."""
    context.require(Permission.ANSWER_UNMET_NEED)
    row = hold_need(context.connection, context.hall_id, need)
    if row is None:
        raise Refused("need_unknown")
    if row.answered_at is None:
        raise Refused("need_unanswered")
    if row.told_at is not None:
        raise Refused("need_told")
    _change(context, need, told_at=context.now)
    _record(context, "unmet_need_told", need)


def make_request_of_need(context: Context, need: UUID) -> LoggedEnquiry:
    """Log a need as an enquiry a department answers, in the person's own words; the need points to the request.

    Refused need_unknown, need_answered, and the refusals of `log_enquiry`.
    """
    staff = context.require(Permission.ANSWER_UNMET_NEED)
    row = _held(context, need)
    logged = log_enquiry(context, Enquiry(row.words, subject=row.subject_id))
    owner = row.owner_id or staff.account_id
    _change(context, need, request_id=logged.request, answered_at=context.now, owner_id=owner)
    _record(context, "unmet_need_became_request", need, request=str(logged.request))
    return logged


def _held(context: Context, need: UUID) -> UnmetNeedRow:
    """Give a need nobody has answered, kept from others until the act ends."""
    row = hold_need(context.connection, context.hall_id, need)
    if row is None:
        raise Refused("need_unknown")
    if row.answered_at is not None:
        raise Refused("need_answered", owner=row.owner or "")
    return row


def _change(context: Context, need: UUID, **values: Any) -> None:
    one = UnmetNeed.hall_id == context.hall_id, UnmetNeed.id == need
    context.connection.execute(update(UnmetNeed).where(*one).values(**values))


def _record(context: Context, kind: str, need: UUID, **data: str | None) -> None:
    context.record(kind, Topic.REQUESTS, data={"need": str(need), **data})


def _owners(context: Context) -> tuple[tuple[UUID, str], ...]:
    """Give who may see to a need: the open accounts that may answer one, by name."""
    accounts = all_accounts(context.connection, context.hall_id)
    may = [row for row in accounts if row.active and allowed(_roles(row.roles), Permission.ANSWER_UNMET_NEED)]
    return tuple((row.id, row.name) for row in may)


def _roles(codes: Any) -> frozenset[Role]:
    return frozenset(Role(code) for code in codes)


def _place(row: UnmetNeedRow) -> Place:
    return (row.answered_at or row.recorded_at, row.id)


def _line(context: Context, row: UnmetNeedRow) -> UnmetLine:
    zone = context.zone
    recorded = row.recorded_at.astimezone(zone)
    return UnmetLine(
        row.id, row.words, row.who or "", None if not row.phone else mask_phone(row.phone), recorded, row.recorder,
        context.calendar.nth_working_day_after(recorded.date(), ANSWER_DAYS), row.owner_id, row.owner, row.answer,
        None if row.answered_at is None else row.answered_at.astimezone(zone),
        None if row.told_at is None else row.told_at.astimezone(zone), row.request_id, row.number,
    )  # fmt: skip
