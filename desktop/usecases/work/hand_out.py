"""Handing out results: what waits, for whom, who may take it, and the act that hands it over or posts it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal
from uuid import UUID

from db.queries.hand_outs import (
    DECISIONS,
    ResultRow,
    TakerRow,
    letter_kinds,
    result_row,
    results_of_applicant,
    results_waiting,
    takers_of,
)
from db.queries.people import identifiers_of
from desktop.letters.content import LetterKind
from desktop.masking import mask_phone
from desktop.usecases.context import Context
from desktop.usecases.letters.letter_endings import decision_name
from desktop.usecases.people.people import NewPerson, NoIdentifier, register_person
from desktop.usecases.permissions import Permission
from desktop.usecases.refused import Refused
from desktop.usecases.requests.progress import found_ids
from desktop.usecases.requests.taking_part import AGENT, GUARDIAN
from desktop.usecases.work.shared_record import hold
from desktop.usecases.work.work import DoAct, do_act
from desktop.workflow.catalogue.definitions import Text
from desktop.workflow.procedure.legal_states import ActKind, LegalState

PAGE: Final = 50
_LOOKED_THROUGH: Final = 2000
_MAY_COLLECT: Final = frozenset({None, "whole", "collect"})

_TOLD_BY: Final = {ActKind.NOT_REQUIRED: LetterKind.NOT_REQUIRED, ActKind.NOT_OURS: LetterKind.NOT_OURS}
_DECIDED_BY: Final = {
    LegalState.REFUSED: ActKind.REFUSE,
    LegalState.TERMINATED: ActKind.TERMINATE,
    LegalState.LAPSED: ActKind.LAPSE,
    LegalState.REVOKED_UNLAWFUL: ActKind.REVOKE_UNLAWFUL,
    LegalState.PERMIT_WITHDRAWN: ActKind.WITHDRAW_PERMIT,
    LegalState.PENALTY_REVOKED: ActKind.REVOKE_PENALTY,
    LegalState.DEREGISTERED: ActKind.DEREGISTER,
}

Method = Literal["in_person", "agent", "post"]
Signed = Literal["signature", "fingerprint"]


@dataclass(frozen=True)
class WaitingQuery:
    """A page of what waits, or what the words find of it."""

    words: str = ""
    after: tuple[datetime, UUID] | None = None
    limit: int = PAGE


@dataclass(frozen=True)
class Result:
    """A result that is out and waits to be handed over, or a decision against the person that is to be served."""

    task: UUID
    request: UUID
    number: str
    title: str
    item: Text
    department: Text
    since: datetime
    applicant_id: UUID | None
    applicant: str | None
    organisation: bool
    phone: str | None
    decision: bool = False
    """Whether it is a decision to be served (送达); `item` is then the name of the document."""


@dataclass(frozen=True)
class Waiting:
    """A page of what waits, the longest first, with the day of the hall."""

    results: tuple[Result, ...]
    today: date


@dataclass(frozen=True)
class Taker:
    """Somebody who may take a result for the applicant; `why_not` is the code of what stands against it."""

    subject: UUID
    role: str
    name: str
    numbers: tuple[str, ...]
    capacity: str | None = None
    why_not: str | None = None


@dataclass(frozen=True)
class HandOutView:
    """Everything that waits for the person at the counter, and who may take it."""

    chosen: UUID
    results: tuple[Result, ...]
    applicant: str | None
    organisation: bool
    numbers: tuple[str, ...]
    """The applicant's numbers, masked, to be compared with the card."""
    takers: tuple[Taker, ...]
    today: date


@dataclass(frozen=True, repr=False)
class SomebodyElse:
    """Somebody with the applicant's authority whom the request does not name."""

    name: str
    number: str = ""


@dataclass(frozen=True, repr=False)
class HandOver:
    """Results handed over in one go: to the applicant, to a taker, to somebody else, or posted."""

    tasks: tuple[UUID, ...]
    method: Method
    taker: UUID | None = None
    somebody: SomebodyElse | None = None
    signed: Signed = "signature"
    mail_number: str = ""


@dataclass(frozen=True)
class HandedOver:
    """What was handed over, and to whom."""

    items: tuple[Text, ...]
    to: str
    numbers: tuple[str, ...]


def list_waiting(context: Context, query: WaitingQuery) -> Waiting:
    """Give what waits to be handed out, the longest first, or what the words find of it."""
    context.require(Permission.HAND_OUT)
    connection, hall = context.connection, context.hall_id
    if not query.words.strip():
        rows = results_waiting(connection, hall, after=query.after, limit=query.limit)
    else:
        ids = found_ids(context, query.words, _LOOKED_THROUGH)
        rows = results_waiting(connection, hall, requests=ids, after=query.after, limit=query.limit) if ids else []
    return Waiting(_results(context, rows), context.today)


def see_hand_out(context: Context, task: UUID) -> HandOutView:
    """Show all that waits for the person a result belongs to. Refused already_handed_over."""
    context.require(Permission.HAND_OUT)
    row = _row(context, task)
    applicant = row.applicant_id
    rows = (
        results_waiting(context.connection, context.hall_id, requests=[row.request_id])
        if applicant is None
        else results_of_applicant(context.connection, context.hall_id, applicant)
    )
    context.record_reading("request_seen", request=row.request_id)
    requests = list(dict.fromkeys(each.request_id for each in rows))
    takers = takers_of(context.connection, context.hall_id, requests, (AGENT, GUARDIAN))
    numbers = _numbers(context, [taker.subject_id for taker in takers] + ([applicant] if applicant else []))
    return HandOutView(
        chosen=task,
        results=_results(context, rows),
        applicant=row.applicant,
        organisation=_is_organisation(row),
        numbers=numbers.get(applicant, ()) if applicant else (),
        takers=_takers(context, takers, numbers),
        today=context.today,
    )


def hand_over(context: Context, command: HandOver) -> HandedOver:
    """Hand results over in one act: every one of them, or none.

    Refused nothing_chosen, already_handed_over, several_people, taker_unknown, may_not_collect, name_missing,
    mail_number_missing, and the law's own refusals.
    """
    context.require(Permission.HAND_OUT)
    if not command.tasks:
        raise Refused("nothing_chosen")
    rows = [_row(context, task) for task in dict.fromkeys(command.tasks)]
    if len({row.applicant_id or row.request_id for row in rows}) > 1:
        raise Refused("several_people")
    items = tuple(result.item for result in _results(context, rows))
    hold(context, *sorted({row.request_id for row in rows}))
    values, to = _to_whom(context, command, rows)
    for row in rows:
        do_act(context, DoAct(row.task_id, ActKind.SERVE, values=values))
    return HandedOver(items, to or rows[0].applicant or "", tuple(dict.fromkeys(row.number for row in rows)))


def hand_over_now(context: Context, request: UUID) -> HandedOver | None:
    """Hand every result of a request that is out to the person who stands at the counter; None when there is none."""
    context.require(Permission.HAND_OUT)
    rows = results_waiting(context.connection, context.hall_id, requests=[request])
    tasks = tuple(row.task_id for row in rows if row.state == LegalState.ISSUED)
    return hand_over(context, HandOver(tasks, "in_person")) if tasks else None


def _to_whom(context: Context, command: HandOver, rows: Sequence[ResultRow]) -> tuple[dict[str, object], str]:
    """Give what the act notes of who took it: ids and codes only; and the name, for those at the counter."""
    if command.method == "post":
        number = "".join(command.mail_number.split())
        if not number:
            raise Refused("mail_number_missing")
        return {"method": "post", "mail_number": number}, ""
    signed: dict[str, object] = {"method": command.method, "signed": command.signed}
    if command.method == "in_person":
        return signed, ""
    if command.somebody is not None:
        subject, name = _register(context, command.somebody)
        return signed | {"recipient": str(subject), "relation": "other"}, name
    takers = takers_of(context.connection, context.hall_id, [row.request_id for row in rows], (AGENT, GUARDIAN))
    of_all = [taker for taker in takers if taker.subject_id == command.taker]
    if not of_all:
        raise Refused("taker_unknown")
    why_not = next((why for taker in of_all if (why := _why_not(context, taker))), None)
    if why_not is not None:
        raise Refused(why_not, name=of_all[0].name)
    return signed | {"recipient": str(command.taker), "relation": of_all[0].role}, of_all[0].name


def _register(context: Context, somebody: SomebodyElse) -> tuple[UUID, str]:
    """Put who takes it on file, or find the file there is."""
    number = somebody.number.strip() or None
    if not somebody.name.strip():
        raise Refused("name_missing")
    new = NewPerson(somebody.name, number, no_identifier=None if number else NoIdentifier.NOT_AT_HAND)
    try:
        return register_person(context, new).subject, somebody.name.strip()
    except Refused as refusal:
        known = refusal.values.get("subject")
        if refusal.code == "already_known" and isinstance(known, UUID):
            return known, somebody.name.strip()
        raise


def _row(context: Context, task: UUID) -> ResultRow:
    row = result_row(context.connection, context.hall_id, task)
    if row is None:
        raise Refused("already_handed_over")
    return row


def _results(context: Context, rows: Sequence[ResultRow]) -> tuple[Result, ...]:
    written = letter_kinds(context.connection, context.hall_id, [row for row in rows if row.state in DECISIONS])
    return tuple(_result(context, row, written.get(row.task_id, set())) for row in rows)


def _result(context: Context, row: ResultRow, written: Collection[str]) -> Result:
    item = context.catalogue.items.get(row.item)
    name, procedure = (Text(zh=row.title, en=row.title), "") if item is None else (item.name, item.procedure)
    if row.state in DECISIONS:
        document = decision_name(_decided_by(row, written), procedure, name)
        name = Text(zh=document.zh, en=document.en)
    known = context.catalogue.departments.get(row.department)
    return Result(
        task=row.task_id,
        request=row.request_id,
        number=row.number,
        title=row.title,
        item=name,
        department=Text(zh=row.department, en=row.department) if known is None else known.short or known.name,
        since=row.since.astimezone(context.zone),
        applicant_id=row.applicant_id,
        applicant=row.applicant or None,
        organisation=_is_organisation(row),
        phone=None if not row.phone else mask_phone(row.phone),
        decision=row.state in DECISIONS,
    )


def _decided_by(row: ResultRow, written: Collection[str]) -> ActKind:
    """Say by which act a decision was taken; what is not accepted may be so for several reasons, each in its letter."""
    state = LegalState(row.state)
    told = next((act for act, kind in _TOLD_BY.items() if kind.value in written), ActKind.NOT_ACCEPT)
    return told if state is LegalState.NOT_ACCEPTED else _DECIDED_BY[state]


def _is_organisation(row: ResultRow) -> bool:
    return row.kind in {"enterprise", "sole_trader", "body"}


def _numbers(context: Context, ids: Sequence[UUID]) -> dict[UUID, tuple[str, ...]]:
    found: dict[UUID, list[str]] = {}
    for number in identifiers_of(context.connection, context.hall_id, list(dict.fromkeys(ids))):
        found.setdefault(number.subject_id, []).append(number.masked)
    return {subject: tuple(masked) for subject, masked in found.items()}


def _takers(context: Context, rows: Sequence[TakerRow], numbers: dict[UUID, tuple[str, ...]]) -> tuple[Taker, ...]:
    """Give each person once; who may collect in one request stands with what speaks against it in another."""
    found: dict[UUID, Taker] = {}
    for row in rows:
        if row.subject_id not in found and row.name:
            found[row.subject_id] = Taker(
                row.subject_id, row.role, row.name, numbers.get(row.subject_id, ()), row.capacity,
                _why_not(context, row),
            )  # fmt: skip
    return tuple(found.values())


def _why_not(context: Context, taker: TakerRow) -> str | None:
    if taker.role == AGENT and taker.scope not in _MAY_COLLECT:
        return "may_not_collect"
    if taker.until is not None and taker.until < context.today:
        return "mandate_over"
    return None
