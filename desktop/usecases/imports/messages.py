"""Taking in citizens' messages: each becomes a request of its kind with its text, its dates and its answer."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import insert, update

from db.ids import new_id
from db.models import Request, Subject, SubjectIdentifier
from db.queries.events import logged_by
from db.queries.people import owners_by_token
from db.queries.requests import request_rows, roles_of
from db.search import index_document
from desktop.letters.content import EnquiryReply
from desktop.letters.parts import Applicant, Hall
from desktop.letters.text import Bilingual
from desktop.masking import mask_id
from desktop.usecases.context import Context, Session
from desktop.usecases.imports.messages_read import COLUMNS, Message, read_messages
from desktop.usecases.imports.report import ImportReport, Progress, Tally, go_on
from desktop.usecases.imports.table import read_table
from desktop.usecases.letters.letter_contents import hall_part
from desktop.usecases.letters.letters import write_reply
from desktop.usecases.people.identifiers import FreeKind, seal, token
from desktop.usecases.perform import Performer
from desktop.usecases.permissions import Permission
from desktop.usecases.refused import Refused
from desktop.usecases.requests.case import Answer, inputs_of
from desktop.usecases.requests.case_records import keep_facts
from desktop.usecases.requests.findable import MESSAGE_RECEIVED, index_request
from desktop.usecases.requests.new_request import PLAIN_KINDS
from desktop.usecases.requests.request_rows import NewRequest, write_applicant, write_request
from desktop.usecases.topics import Topic
from desktop.usecases.values import NO_PHONE
from desktop.usecases.work.judging import Case, Seen, case_of, see_elsewhere
from desktop.usecases.work.shared_record import bring_others, hold
from desktop.usecases.work.worklist import OPEN, bring_up_to_date, status_kept
from desktop.workflow.catalogue.definitions import CASE, Fact
from desktop.workflow.catalogue.requirements import Known, LeafKind, Need, leaves
from desktop.workflow.conditions.condition import FactType
from desktop.workflow.planning.plan import Task, Wanted
from desktop.workflow.procedure.legal_states import ActKind

__all__ = ["ImportMessages", "ImportReport", "import_messages"]

BATCH: Final = 50
CHANNEL: Final = "message"
ANSWERED: Final = "message_answered"
_ACCOUNT: Final = re.compile(r"[A-Z0-9][A-Z0-9-]{3,27}")
"""The name of an account on a message board: the same name is the same writer. Any other name may be anybody's."""
_TEXT_FACT: Final = "request_text"
_IN_THE_TEXT: Final = "见诉求内容"
_LONGEST_FACT: Final = 190
_TO_THE_END: Final = (ActKind.ACCEPT, ActKind.GRANT, ActKind.ISSUE, ActKind.SERVE)
_SEEN_IN_LIST: Final = "答复见导入的留言清单"


@dataclass(frozen=True)
class ImportMessages:
    """The list to be taken in; a `dry` run only says what would be."""

    path: Path
    dry: bool = False


@dataclass(frozen=True)
class _Hall:
    """What reading a list needs to know of the hall."""

    zone: ZoneInfo
    now: datetime
    demands: frozenset[str]


def import_messages(
    performer: Performer, progress: Progress = go_on, *, session: Session, command: ImportMessages
) -> ImportReport:
    """Take in messages in batches, each whole or not at all; a row taken once is not taken again.

    A message without an answer is passed on like any other request; when a later list brings its answer, it is ended
    with it. `progress` hears how many rows of how many are done and may stop the work by answering False. Refused
    not_allowed, demand_unknown (demand) where the hall's catalogue lacks a kind, and the refusals of `read_table`.
    """
    hall = performer.read(session, _look, None)
    table = read_table(command.path, COLUMNS, ("sent", "text"))
    tally = Tally(len(table.rows))
    messages = read_messages(table, tally, hall.zone, hall.now)
    for demand in sorted({message.demand for message in messages} - hall.demands):
        raise Refused("demand_unknown", demand=demand)
    for start in range(0, len(messages), BATCH):
        if not progress(start, len(messages)):
            tally.stopped = True
            break
        part = _Part(tuple(messages[start : start + BATCH]), command.path.name)
        _count(performer.read(session, _sorted, part) if command.dry else _written(performer, session, part), tally)
    else:
        progress(len(messages), len(messages))
    performer.database.take_stock()
    return tally.report(dry=command.dry)


@dataclass(frozen=True)
class _Part:
    """Some messages, and the name of the list they stand in."""

    messages: tuple[Message, ...]
    source: str


@dataclass(frozen=True)
class _Sorted:
    """Some messages by what is to be done: new ones, answers to open ones, and those known already."""

    new: tuple[Message, ...]
    answered: tuple[tuple[Message, UUID], ...]
    known: int


def _written(performer: Performer, session: Session, part: _Part) -> _Sorted:
    return performer.write(session, _take, part).value


def _count(done: _Sorted, tally: Tally) -> None:
    tally.added += len(done.new)
    tally.changed += len(done.answered)
    tally.known += done.known
    tally.kinds.update(message.demand for message in done.new)


def _look(context: Context, _query: None) -> _Hall:
    context.require(Permission.IMPORT_MESSAGES)
    return _Hall(context.zone, context.now, frozenset(context.catalogue.demands))


def _sorted(context: Context, part: _Part) -> _Sorted:
    """Ask the log which of some messages were taken in before, and which of those are answered."""
    context.require(Permission.IMPORT_MESSAGES)
    keys = [key for message in part.messages for key in (message.key, message.answer_key)]
    rows = logged_by(context.connection, context.hall_id, keys, (MESSAGE_RECEIVED, ANSWERED))
    taken = {op: request for op, request, _at in rows}
    new = tuple(message for message in part.messages if message.key not in taken)
    answered = tuple(
        (message, taken[message.key])
        for message in part.messages
        if message.reply and message.key in taken and message.answer_key not in taken
    )
    return _Sorted(new, answered, len(part.messages) - len(new) - len(answered))


def _take(context: Context, part: _Part) -> _Sorted:
    """Write some messages: those not taken in yet, and the answers that were not there before.

    All their writers and the writers' other requests are held first, in the one order of all acts.
    """
    found = _sorted(context, part)
    asked = [request for _message, request in found.answered]
    marks = _marks(context, found.new)
    known = set(_files(context, marks).values())
    known.update(
        role.subject_id for request in asked for role in roles_of(context.connection, context.hall_id, request)
    )
    hold(context, *asked, touched=known)
    hall = hall_part(context)
    writers = _writers(context, found.new, marks)
    for message in found.new:
        _take_one(context, message, writers.get(message.line), hall)
    for message, request in found.answered:
        _answer_open(context, message, request, hall, part.source)
    return found


# -- one message ------------------------------------------------------------------------------------------------


def _take_one(context: Context, message: Message, writer: UUID | None, hall: Hall) -> None:
    own = replace(context, op=message.key, _ordinals=Counter())
    request = _write_request(context, message, writer)
    data = {"demand": message.demand, "number": message.number[:64]}
    event = own.record(MESSAGE_RECEIVED, Topic.REQUESTS, request=request, legal=message.sent, data=data)
    number = _index(context, message, request)
    if message.replied is not None:
        _write_answer(context, message, request, number, hall)
    else:
        told = _keep_facts(own, message, request, writer, event)
        bring_up_to_date(own, request)
        for code in told:
            bring_others(own, hold(own, request, touched=() if writer is None else (writer,)), {"fact": code})


def _write_request(context: Context, message: Message, writer: UUID | None) -> UUID:
    """Write the request as it was on the day it came; what is answered has nothing to plan any more."""
    new = NewRequest(
        PLAIN_KINDS[message.demand],
        message.title,
        message.text,
        CHANNEL,
        demand=None if message.replied is not None else message.demand,
        applicant=writer,
        opened=message.sent,
        closed=message.replied,
    )
    request = write_request(context, new).request
    write_applicant(context, request, writer)
    return request


def _write_answer(context: Context, message: Message, request: UUID, number: str, hall: Hall) -> None:
    """Write the answer as the letter it was, on the day it was given."""
    if message.replied is None:
        return
    own = replace(context, op=message.answer_key, _ordinals=Counter())
    event = own.record(ANSWERED, Topic.REQUESTS, Topic.LETTERS, request=request, legal=message.replied)
    then = replace(context, now=message.replied.astimezone(context.zone))
    write_reply(then, request, partial(_reply, message, number, hall), event)


def _reply(message: Message, request: str, hall: Hall, number: str) -> EnquiryReply:
    if message.replied is None:
        raise ValueError("a reply has its day")
    return EnquiryReply(
        hall=hall,
        number=number,
        request_number=request,
        dated=message.replied.date(),
        matter=Bilingual(zh=message.title),
        department=hall.name,
        applicant=Applicant(name=message.user) if message.user else None,
        asked_on=message.sent.date(),
        question=Bilingual(zh=message.text),
        answer=tuple(Bilingual(zh=line) for line in message.reply.split("\n")),
    )


def _answer_open(context: Context, message: Message, request: UUID, hall: Hall, source: str) -> None:
    """Keep the answer of an open message: what was done elsewhere is seen here, and the letter is kept.

    It ends the request where nothing of it is left to be done.
    """
    number = _index(context, message, request)
    whose = [role.subject_id for role in roles_of(context.connection, context.hall_id, request)]
    others, was = hold(context, request, touched=whose), status_kept(context, request)
    case = case_of(context, request)
    done = [task for task in case.plan.tasks if task.wanted is not Wanted.NOT_NEEDED and task.state.live]
    for task in done:
        case = _seen(context, case, task, message, source)
    bring_up_to_date(context, request)
    if was == OPEN and status_kept(context, request) != OPEN:
        one = (Request.hall_id == context.hall_id, Request.id == request)
        context.connection.execute(update(Request).where(*one).values(closed_at=message.replied))
    _write_answer(context, message, request, number, hall)
    for task in done:
        bring_others(context, others, {"act": ActKind.SERVE.value, "item": task.key.code})


def _seen(context: Context, case: Case, task: Task, message: Message, source: str) -> Case:
    """Put on record that an item was answered elsewhere, at its own time: not before what was done of it here."""
    own = [act.legal for act in case.acts_of(task) if act.kind is not ActKind.SUBMIT]
    at = max(((message.replied or context.now).astimezone(context.zone), *own))
    number = message.number or f"第{message.line}行"
    for act in _TO_THE_END:
        values = {"method": "electronic"} if act is ActKind.SERVE else {}
        done = see_elsewhere(context, case, task, Seen(act, at, source, number, values), _SEEN_IN_LIST)
        case = case if done is None else replace(case, inputs=done.inputs)
    return case


def _keep_facts(context: Context, message: Message, request: UUID, writer: UUID | None, event: UUID) -> tuple[str, ...]:
    """Answer what the kind of request asks from what the message says, so that nobody has to be asked again.

    What is known of the writer stays: a message says nothing of it. Gives what was told of the writer.
    """
    catalogue, inputs = context.catalogue, inputs_of(context, request)
    known = {(fact.subject, fact.code) for fact in inputs.facts}
    wanted = {want.outcome for want in catalogue.demands[message.demand].wants}
    items = (item for outcome in wanted for item in catalogue.providers.get(outcome, ()))
    asked = (leaf for item in items for part in item.requires.values() for leaf in leaves(part))
    told: list[str] = []
    for code in dict.fromkeys(code for leaf in asked if (code := _fact_of(leaf))):
        fact = catalogue.facts[code]
        subject = CASE if fact.about == CASE else str(writer or "")
        if not subject or (subject, code) in known:
            continue
        keep_facts(context, request, event, (Answer(subject, code, _said(fact, message)),))
        told += [] if subject == CASE else [code]
    return tuple(told)


def _fact_of(leaf: object) -> str:
    if isinstance(leaf, Known) or (isinstance(leaf, Need) and leaf.kind is LeafKind.FACT):
        return leaf.code
    return ""


def _said(fact: Fact, message: Message) -> object:
    if fact.code == _TEXT_FACT:
        line = " ".join(message.text.split())
        return line if len(line) <= _LONGEST_FACT else f"{line[:_LONGEST_FACT]}…"
    if fact.type is FactType.BOOL:
        return False
    if fact.type is not FactType.TEXT:
        return None
    return _IN_THE_TEXT if fact.about == CASE else NO_PHONE


def _index(context: Context, message: Message, request: UUID) -> str:
    """Let a message be found by its numbers, its writer, its title, its text and its answer; return its number."""
    (row,) = request_rows(context.connection, context.hall_id, [request])
    roles = roles_of(context.connection, context.hall_id, request)
    index_request(context, row, roles, codes=(message.number,), texts=(message.reply,))
    return row.number


# -- who wrote --------------------------------------------------------------------------------------------------


def _marks(context: Context, messages: Sequence[Message]) -> dict[str, str]:
    """Give the marks of the board's accounts among the writers."""
    return {m.user: _mark(context, m.user) for m in messages if _ACCOUNT.fullmatch(m.user)}


def _writers(context: Context, messages: Sequence[Message], marks: Mapping[str, str]) -> dict[int, UUID]:
    """Give each message its writer by its line: one file for one account of the board, a new one for any other name."""
    files = _files(context, marks)
    found: dict[int, UUID] = {}
    for message in messages:
        if not message.user:
            continue
        if message.user not in marks:
            found[message.line] = _open_file(context, message.user, "")
            continue
        if message.user not in files:
            files[message.user] = _open_file(context, message.user, marks[message.user])
        found[message.line] = files[message.user]
    return found


def _normal(user: str) -> str:
    return f"WEB/{user}"


def _mark(context: Context, user: str) -> str:
    return token(context.keys, FreeKind.OTHER.value, _normal(user))


def _files(context: Context, marks: Mapping[str, str]) -> dict[str, UUID]:
    users = {mark: user for user, mark in marks.items()}
    known = owners_by_token(context.connection, context.hall_id, list(users))
    return {users[mark]: subject for mark, subject in known.items()}


def _open_file(context: Context, user: str, mark: str) -> UUID:
    """Open a provisional file for a writer, known by an account's name or by word only."""
    subject = new_id()
    row: dict[str, Any] = {
        "hall_id": context.hall_id, "id": subject, "kind": "person", "name": user, "provisional": True,
        "no_identifier": None if mark else "not_at_hand", "created_at": context.now,
        "created_by": context.staff.account_id,
    }  # fmt: skip
    context.connection.execute(insert(Subject), row)
    if mark:
        number = {
            "hall_id": context.hall_id, "id": new_id(), "subject_id": subject, "kind": FreeKind.OTHER.value,
            "token": mark, "masked": mask_id(_normal(user)), "sealed": seal(context.keys, mark, _normal(user)),
            "valid_from": None, "valid_to": None, "warnings": ["unchecked"], "added_at": context.now,
        }  # fmt: skip
        context.connection.execute(insert(SubjectIdentifier), number)
    codes = [mark] if mark else []
    index_document(context.connection, context.hall_id, "person", subject, codes=codes, names=[user], phones=[])
    context.record("person_registered", Topic.PEOPLE, subject=subject, data={"kind": "person"})
    return subject
