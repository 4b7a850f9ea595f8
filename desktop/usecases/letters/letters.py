"""Letters: written in the transaction of the act they tell of, listed for a request, and read back word for word."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from json import dumps
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from db.ids import new_id
from db.models.letter import Letter as LetterTable
from db.queries.letters import LetterRow, letter_row, letters_of
from desktop.letters.content import Letter, LetterKind, letter_from_json
from desktop.letters.text import Bilingual
from desktop.usecases.context import Context
from desktop.usecases.letters.letter_acts import Acted, letter_of_act
from desktop.usecases.letters.letter_contents import About, receipt_of
from desktop.usecases.letters.letter_endings import ending_series
from desktop.usecases.letters.procedure_words import wording
from desktop.usecases.permissions import Permission
from desktop.usecases.refused import Refused
from desktop.usecases.requests.numbers import next_number
from desktop.usecases.sight import check_sight
from desktop.workflow.planning.plan import Plan

__all__ = [
    "Acted",
    "LetterLine",
    "WrittenLetter",
    "list_letters",
    "see_letter",
    "write_act_letter",
    "write_receipt",
    "write_reminder",
    "write_reply",
    "write_way_out",
]

_CHINESE = "zh"


class LetterLine(NamedTuple):
    """A letter as it is listed: what, under which number, when, whose letter it is, and who wrote it."""

    id: UUID
    kind: str
    number: str
    language: str
    made_at: datetime
    issuer: Bilingual
    writer: str
    title: Bilingual | None = None
    """What the letter calls itself, where its kind has several names."""


@dataclass(frozen=True)
class WrittenLetter:
    """A letter as it was given: its line, and its exact content."""

    line: LetterLine
    letter: Letter


def write_receipt(context: Context, about: About, plan: Plan, event: UUID) -> UUID:
    """Write the receipt of a request just logged (收件回执)."""
    number = _number(context, LetterKind.RECEIPT)
    return _keep(context, receipt_of(context, about, plan, number), about.row.id, None, event)


def write_act_letter(context: Context, acted: Acted) -> UUID | None:
    """Write the letter an act calls for; None for an act that has none."""
    letter = letter_of_act(context, acted, lambda kind: _number(context, kind, _series(acted, kind)))
    return None if letter is None else _keep(context, letter, acted.row.request_id, acted.row.id, acted.event)


def write_reply(context: Context, request: UUID, compose: Callable[[str], Letter], event: UUID) -> UUID:
    """Write the reply to an enquiry (答复); `compose` is given its number."""
    return _keep(context, compose(_number(context, LetterKind.ENQUIRY_REPLY)), request, None, event)


def write_way_out(context: Context, request: UUID, compose: Callable[[str], Letter], event: UUID) -> UUID:
    """Write the notice that a matter leads elsewhere; `compose` is given its number."""
    return _keep(context, compose(_number(context, LetterKind.WAY_OUT)), request, None, event)


def write_reminder(context: Context, request: UUID, compose: Callable[[str], Letter], event: UUID) -> UUID:
    """Write the reminder of papers owing past their day (容缺); `compose` is given its number."""
    return _keep(context, compose(_number(context, LetterKind.REMINDER)), request, None, event)


def list_letters(context: Context, request: UUID) -> tuple[LetterLine, ...]:
    """Give the letters of a request, the newest first."""
    context.require(Permission.SEE_LETTERS)
    check_sight(context, request)
    return tuple(_line(row, context.zone)[0] for row in letters_of(context.connection, context.hall_id, request))


def see_letter(context: Context, letter: UUID) -> WrittenLetter:
    """Read a letter back as it was given; the look is noted in the log. Refused letter_unknown."""
    context.require(Permission.SEE_LETTERS)
    row = letter_row(context.connection, context.hall_id, letter)
    if row is None:
        raise Refused("letter_unknown")
    check_sight(context, row.request_id)
    context.record_reading("letter_seen", request=row.request_id)
    return WrittenLetter(*_line(row, context.zone))


def _line(row: LetterRow, zone: ZoneInfo) -> tuple[LetterLine, Letter]:
    """Read a letter back, and its line in the list; its time is the hall's."""
    letter = letter_from_json(dumps(row.content))
    line = LetterLine(
        row.id, row.kind, row.number, row.language, row.made_at.astimezone(zone), letter.issuer, row.writer or "",
        getattr(letter, "title", None),
    )  # fmt: skip
    return line, letter


def _number(context: Context, kind: LetterKind, series: str = "") -> str:
    """Number a letter within its kind; the kind stands in front, so that no two letters share a number."""
    return f"{series or _SERIES[kind]}-{next_number(context, f'letter:{kind.value}')}"


def _series(acted: Acted, kind: LetterKind) -> str:
    """Name the series of a decision as its procedure does, and that of an ending after the way it ends."""
    if kind is LetterKind.ENDING:
        return ending_series(acted.act.kind)
    words = wording(acted.before.item.procedure)
    decided = {LetterKind.GRANT: words.granted, LetterKind.REFUSAL: words.refused}.get(kind)
    return "" if decided is None else decided.series


_SERIES = {
    LetterKind.RECEIPT: "收件",
    LetterKind.ACCEPTANCE: "受理",
    LetterKind.NON_ACCEPTANCE: "不受理",
    LetterKind.SUPPLEMENT: "补正",
    LetterKind.DEFERRED_ACCEPTANCE: "容缺受理",
    LetterKind.PROMISE: "承诺",
    LetterKind.SUSPENSION: "暂停",
    LetterKind.EXTENSION: "延期",
    LetterKind.GRANT: "准予",
    LetterKind.REFUSAL: "不予",
    LetterKind.RESULT_HANDOVER: "送达",
    LetterKind.WITHDRAWAL: "撤回",
    LetterKind.ENQUIRY_REPLY: "答复",
    LetterKind.NOT_REQUIRED: "无需许可",
    LetterKind.NOT_OURS: "非本机关",
    LetterKind.RESUMPTION: "恢复",
    LetterKind.PROMISE_BROKEN: "承诺未履行",
    LetterKind.TERMINATION: "终止",
    LetterKind.CHECK_FAILED: "核查不符",
    LetterKind.WAY_OUT: "去向",
    LetterKind.ENDING: "终结",
    LetterKind.ANNULMENT: "撤销告知",
    LetterKind.HEARING: "听证",
    LetterKind.REMINDER: "催交",
}


_NEW = insert(LetterTable)


def _keep(context: Context, letter: Letter, request: UUID, task: UUID | None, event: UUID) -> UUID:
    found = new_id()
    row = {
        "hall_id": context.hall_id,
        "id": found,
        "request_id": request,
        "task_id": task,
        "kind": letter.kind.value,
        "number": letter.number,
        "language": _CHINESE,
        "content": letter.model_dump(mode="json"),
        "made_at": context.now,
        "event_id": event,
    }
    context.connection.execute(_NEW, row)
    return found
