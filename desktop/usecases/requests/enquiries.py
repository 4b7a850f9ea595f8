"""Enquiries: a question is logged from anywhere in a few keys; what is answered on the spot ends with its answer."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Final
from uuid import UUID

from db.queries.people import subjects
from db.queries.requests import tasks_of
from desktop.letters.content import EnquiryReply
from desktop.letters.text import Bilingual
from desktop.usecases.context import Context
from desktop.usecases.letters.letter_contents import About, about_of, applicant_part, shared
from desktop.usecases.letters.letters import write_reply
from desktop.usecases.permissions import Permission
from desktop.usecases.refused import Refused
from desktop.usecases.requests.case import Answer, Form
from desktop.usecases.requests.case_records import own_words
from desktop.usecases.requests.findable import index_request
from desktop.usecases.requests.new_request import LogRequest, log_request
from desktop.usecases.requests.request_rows import NewRequest, write_applicant, write_request
from desktop.usecases.topics import Topic
from desktop.usecases.values import NO_PHONE
from desktop.usecases.work.judging import DoAct, case_of, put_on_record
from desktop.usecases.work.worklist import bring_up_to_date
from desktop.workflow.catalogue.definitions import APPLICANT, CASE
from desktop.workflow.procedure.legal_states import ActKind, ActorRole, Gate, LegalState

ENQUIRY: Final = "enquiry"
"""The demand of the catalogue that passes a question on, and the kind of request it is logged as."""
ANSWERED: Final = "enquiry_answered"
_TITLE: Final = "咨询"
_TEXT, _PHONE = "request_text", "contact_phone"
_LONGEST_FACT: Final = 190


@dataclass(frozen=True, repr=False)
class Enquiry:
    """A question in the person's own words; with an answer it is answered on the spot."""

    words: str
    answer: str = ""
    subject: UUID | None = None
    """Who asks, if it is known."""
    phone: str = ""


@dataclass(frozen=True)
class LoggedEnquiry:
    """What the person leaves with: the number, and whether it is answered already."""

    request: UUID
    number: str
    answered: bool


def log_enquiry(context: Context, command: Enquiry) -> LoggedEnquiry:
    """Log a question: pass it on to the department that answers, or end it with the answer given.

    Refused words_missing, too_long, unknown_subject.
    """
    context.require(Permission.LOG_REQUEST)
    words, answer = own_words(command.words), own_words(command.answer)
    if words is None:
        raise Refused("words_missing")
    phone = command.phone.strip() or _phone_of(context, command.subject)
    if answer is not None:
        return _answered(context, command.subject, words, answer)
    return _passed_on(context, command.subject, words, phone)


def _phone_of(context: Context, subject: UUID | None) -> str:
    if subject is None:
        return ""
    row = subjects(context.connection, context.hall_id, [subject]).get(subject)
    if row is None:
        raise Refused("unknown_subject", subject=subject)
    return row.phone or ""


def _passed_on(context: Context, subject: UUID | None, words: str, phone: str) -> LoggedEnquiry:
    """Log it as the catalogue's own matter; who left no phone comes back with the number, so nothing is missing."""
    facts = context.catalogue.facts
    said = {_TEXT: (CASE, _line(words)), _PHONE: (f"role:{APPLICANT}", _line(phone) or NO_PHONE)}
    if subject is not None:
        said[_PHONE] = (str(subject), said[_PHONE][1])
    answers = tuple(
        Answer(CASE if facts[code].about == CASE else whose, code, value)
        for code, (whose, value) in said.items()
        if code in facts
    )
    roles = {} if subject is None else {APPLICANT: (subject,)}
    logged = log_request(context, LogRequest(Form(ENQUIRY, roles, answers), words, despite_twin=True))
    _take_in(context, logged.request)
    return LoggedEnquiry(logged.request, logged.number, answered=False)


def _take_in(context: Context, request: UUID) -> None:
    """Let the days of the answer run from the question on: taking in a question is no judgement of a department.

    It is judged as every act is; no letter tells of it, since the person has the number already.
    """
    case = case_of(context, request)
    ready = [task for task in case.plan.tasks if task.item.procedure == ENQUIRY and task.gates_open[Gate.ACCEPT]]
    rows = {(row.item, row.subject): row.id for row in tasks_of(context.connection, context.hall_id, request)}
    inputs = case.inputs
    for task in ready:
        if task.state.state is LegalState.SUBMITTED:
            command = DoAct(rows[task.key.code, task.key.subject], ActKind.ACCEPT)
            done = put_on_record(context, replace(case, inputs=inputs), task, command, ActorRole.CLERK)
            inputs = done.inputs
    bring_up_to_date(context, request, inputs)


def _line(words: str) -> str:
    """The question as one line of its form; the request keeps it whole."""
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST_FACT else line[:_LONGEST_FACT] + "…"


def _answered(context: Context, subject: UUID | None, words: str, answer: str) -> LoggedEnquiry:
    """Log it as ended, with the reply as its letter; there is nothing to plan any more."""
    new = NewRequest(ENQUIRY, _TITLE, words, "counter", applicant=subject, closed=context.now)
    request, number = write_request(context, new)
    write_applicant(context, request, subject)
    event = context.record(ANSWERED, Topic.REQUESTS, Topic.LETTERS, request=request)
    about = about_of(context, request)
    write_reply(context, request, partial(_reply, context, about, words, answer), event)
    index_request(context, about.row, about.roles)
    return LoggedEnquiry(request, number, answered=True)


def _reply(context: Context, about: About, words: str, answer: str, number: str) -> EnquiryReply:
    return EnquiryReply(
        **shared(context, about, number),
        department=about.hall.name,
        applicant=applicant_part(about) if about.row.applicant else None,
        asked_on=context.today,
        question=Bilingual(zh=words),
        answer=tuple(Bilingual(zh=line) for line in answer.split("\n") if line.strip()),
    )
