"""Requests: what somebody needs is logged, looked up, corrected, and seen through to its end."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import insert, select

from db.ids import new_id
from db.models.fact import Fact
from db.models.paper import Paper
from db.models.request import Request, RequestRole
from db.models.subject import Subject
from db.queries.requests import (
    EventRow,
    FactRow,
    PaperRow,
    RequestRow,
    RoleRow,
    TaskRow,
    facts_of,
    history_of,
    list_requests,
    open_twins,
    papers_of,
    request_row,
    request_rows,
    roles_of,
    tasks_of,
)
from db.search import index_document, search
from desktop.cleaning import TextFault, clean_text
from desktop.usecases.case import Answer, Form, Handed, end_of, plan_of_form, plan_of_request
from desktop.usecases.context import Context
from desktop.usecases.letters import write_receipt
from desktop.usecases.numbers import next_number
from desktop.usecases.permissions import Permission
from desktop.usecases.refused import Refused
from desktop.usecases.topics import Topic
from desktop.usecases.values import kept
from desktop.usecases.worklist import OPEN, bring_up_to_date
from desktop.workflow.catalogue import APPLICANT, CASE
from desktop.workflow.inputs import PaperState
from desktop.workflow.plan import Plan

__all__ = [
    "Answer",
    "CorrectFact",
    "EventRow",
    "FactRow",
    "Form",
    "Handed",
    "ListQuery",
    "LogRequest",
    "Logged",
    "PaperRow",
    "ReceivePapers",
    "RequestRow",
    "RequestView",
    "RoleRow",
    "TaskRow",
    "correct_fact",
    "list_page",
    "log_request",
    "preview",
    "receive_papers",
    "see_request",
    "twins",
]

_NUMBER = "request"
_MOST_WORDS = 4000


@dataclass(frozen=True)
class LogRequest:
    """A request to be logged, with the person's own words; `despite_twin` logs a second one for the same need."""

    form: Form
    words: str = ""
    channel: str = "counter"
    despite_twin: bool = False


@dataclass(frozen=True)
class Logged:
    """What the person leaves with: the number, and the plan that has begun."""

    request: UUID
    number: str
    plan: Plan


@dataclass(frozen=True)
class RequestView:
    """A request as its page shows it."""

    row: RequestRow
    roles: tuple[RoleRow, ...]
    facts: tuple[FactRow, ...]
    papers: tuple[PaperRow, ...]
    tasks: tuple[TaskRow, ...]
    history: tuple[EventRow, ...]
    plan: Plan | None


@dataclass(frozen=True)
class ListQuery:
    """A page of the list: words to search by, statuses, and the place after which it goes on."""

    words: str = ""
    statuses: tuple[str, ...] = ()
    before: tuple[datetime, UUID] | int | None = None
    limit: int = 50


@dataclass(frozen=True)
class CorrectFact:
    """A fact told anew; everything done stays done, and the plan is made anew."""

    request: UUID
    answer: Answer
    reason: str = ""


@dataclass(frozen=True)
class ReceivePapers:
    """Papers handed in for a request that is under way."""

    request: UUID
    papers: tuple[Handed, ...] = field(default=())


def preview(context: Context, form: Form) -> Plan:
    """Plan what a form would take, while it is being filled in; nothing is kept."""
    context.require(Permission.LOG_REQUEST)
    return plan_of_form(context, form)


def twins(context: Context, form: Form) -> tuple[RequestRow, ...]:
    """Give the open requests of the same applicant for the same need."""
    context.require(Permission.LOG_REQUEST)
    applicants = form.roles.get(APPLICANT, ())
    return tuple(
        twin for one in applicants for twin in open_twins(context.connection, context.hall_id, form.demand, one)
    )


def log_request(context: Context, command: LogRequest) -> Logged:
    """Log a request and pass its items on to their departments.

    Refused twin_open (numbers) when the same is under way already, stopped_here (outcome) when a route of the demand
    leads elsewhere, value_unfit for an answer of the wrong type.
    """
    session = context.require(Permission.LOG_REQUEST)
    form = command.form
    found = twins(context, form)
    if found and not command.despite_twin:
        raise Refused("twin_open", numbers=tuple(twin.number for twin in found))
    plan = plan_of_form(context, form)
    if plan.route is not None:
        raise Refused("stopped_here", outcome=plan.route.outcome)
    request = new_id()
    roles = _fill_roles(context, form)
    number = next_number(context, _NUMBER)
    applicants = roles.get(APPLICANT, ())
    context.connection.execute(
        insert(Request).values(
            hall_id=context.hall_id,
            id=request,
            number=number,
            kind="demand",
            demand=form.demand,
            catalogue_version=context.catalogue.version,
            opened_at=context.now,
            opened_by=session.account_id,
            channel=command.channel,
            applicant_id=applicants[0] if applicants else None,
            title=plan.demand.name.zh,
            words=_words(command.words),
            status=OPEN,
            closed_at=None,
            next_due=None,
            next_actor=None,
            visit_id=None,
        )
    )
    for role, subjects in roles.items():
        for subject in subjects:
            _add_role(context, request, role, subject)
    event = context.record("request_logged", Topic.REQUESTS, request=request, data={"demand": form.demand})
    named = {f"role:{role}": str(subjects[0]) for role, subjects in roles.items()}
    for answer in form.answers:
        _keep_fact(
            context, request, event, Answer(named.get(answer.subject, answer.subject), answer.code, answer.value)
        )
    for paper in form.papers:
        _keep_paper(context, request, event, Handed(named.get(paper.subject, paper.subject), paper.code, paper.form))
    for of, way in form.choices.items():
        context.record("alternative_chosen", Topic.REQUESTS, request=request, data={"of": of, "way": way})
    begun = bring_up_to_date(context, request)
    write_receipt(context, request, begun, event)
    _index(context, request)
    return Logged(request, number, begun)


def see_request(context: Context, request: UUID) -> RequestView:
    """Show a whole request; the look is noted in the log. Refused request_unknown."""
    context.require(Permission.SEE_REQUESTS)
    connection, hall = context.connection, context.hall_id
    row = request_row(connection, hall, request)
    if row is None:
        raise Refused("request_unknown")
    context.record_reading("request_seen", request=request)
    roles = roles_of(connection, hall, request)
    subjects = [role.subject_id for role in roles]
    return RequestView(
        row=row,
        roles=tuple(roles),
        facts=tuple(facts_of(connection, hall, request, subjects)),
        papers=tuple(papers_of(connection, hall, request, subjects)),
        tasks=tuple(tasks_of(connection, hall, request)),
        history=tuple(history_of(connection, hall, request)),
        plan=plan_of_request(context, request) if row.demand else None,
    )


def list_page(context: Context, query: ListQuery) -> tuple[RequestRow, ...]:
    """Give a page of requests, newest first, or those that the words find."""
    context.require(Permission.SEE_REQUESTS)
    words = query.words.strip()
    if not words:
        before = query.before if isinstance(query.before, tuple) else None
        return tuple(
            list_requests(
                context.connection, context.hall_id, statuses=query.statuses, before=before, limit=query.limit
            )
        )
    before_hit = query.before if isinstance(query.before, int) else None
    hits = search(context.connection, context.hall_id, words, kinds=("request",), limit=query.limit, before=before_hit)
    rows = request_rows(context.connection, context.hall_id, [hit.ref_id for hit in hits])
    return tuple(row for row in rows if not query.statuses or row.status in query.statuses)


def correct_fact(context: Context, command: CorrectFact) -> Plan:
    """Put a fact right: the old value stays in the record, the plan is made anew, nothing done is redone."""
    context.require(Permission.RECORD_FACT)
    data = {"fact": command.answer.code, "subject": command.answer.subject, "reason": _words(command.reason)}
    event = context.record("fact_corrected", Topic.REQUESTS, Topic.FACTS, request=command.request, data=data)
    _keep_fact(context, command.request, event, command.answer)
    return bring_up_to_date(context, command.request)


def receive_papers(context: Context, command: ReceivePapers) -> Plan:
    """Take in papers for a request that is under way."""
    context.require(Permission.RECEIVE_PAPER)
    codes = [paper.code for paper in command.papers]
    event = context.record(
        "papers_received", Topic.REQUESTS, Topic.PAPERS, request=command.request, data={"papers": codes}
    )
    for paper in command.papers:
        _keep_paper(context, command.request, event, paper)
    return bring_up_to_date(context, command.request)


# -- what is written --------------------------------------------------------------------------------------------


def _fill_roles(context: Context, form: Form) -> dict[str, tuple[UUID, ...]]:
    """Give everybody who takes part; whom nobody named yet gets a file of their own that is known by role only."""
    roles = {role: tuple(subjects) for role, subjects in form.roles.items() if subjects}
    spoken_of = {answer.subject for answer in form.answers} | {paper.subject for paper in form.papers}
    for role in context.catalogue.demands[form.demand].roles:
        takes_part = f"role:{role.code}" in spoken_of or not (role.optional or role.set_of)
        if role.code in roles or not takes_part:
            continue
        subject = new_id()
        context.connection.execute(
            insert(Subject).values(
                hall_id=context.hall_id,
                id=subject,
                kind=role.kinds[0],
                name=role.name.zh,
                provisional=True,
                created_at=context.now,
                created_by=context.staff.account_id,
            )
        )
        roles[role.code] = (subject,)
    return roles


def _add_role(context: Context, request: UUID, role: str, subject: UUID) -> None:
    row = {"hall_id": context.hall_id, "id": new_id(), "request_id": request, "role": role, "subject_id": subject}
    context.connection.execute(insert(RequestRole).values(**row))


def _subject(subject: str) -> UUID | None:
    return None if subject == CASE else UUID(subject)


def _keep_fact(context: Context, request: UUID, event: UUID, answer: Answer) -> None:
    fact = context.catalogue.facts.get(answer.code)
    if fact is None:
        raise Refused("fact_unknown", fact=answer.code)
    context.connection.execute(
        insert(Fact).values(
            hall_id=context.hall_id,
            id=new_id(),
            subject_id=_subject(answer.subject),
            request_id=request,
            code=answer.code,
            value=kept(fact, answer.value),
            source="declared",
            legal_at=context.now,
            recorded_at=context.now,
            valid_until=end_of(context.today, fact.valid_for),
            replaces=None,
            evidence=None,
            event_id=event,
        )
    )


def _keep_paper(context: Context, request: UUID, event: UUID, paper: Handed) -> None:
    material = context.catalogue.materials.get(paper.code)
    if material is None:
        raise Refused("paper_unknown", paper=paper.code)
    until: date | None = end_of(context.today, material.valid_for)
    context.connection.execute(
        insert(Paper).values(
            hall_id=context.hall_id,
            id=new_id(),
            subject_id=_subject(paper.subject),
            request_id=request,
            code=paper.code,
            state=PaperState.RECEIVED.value,
            form=paper.form,
            received_at=context.now,
            valid_until=until,
            note=None,
            promise_due=None,
            replaces=None,
            event_id=event,
        )
    )


def _words(text: str) -> str | None:
    try:
        return clean_text(text, max_points=_MOST_WORDS) or None
    except TextFault as fault:
        raise Refused(fault.code, **fault.values) from None


def _index(context: Context, request: UUID) -> None:
    """Put a request into the search: its number, everybody's name and phone, the need and the words."""
    row = request_row(context.connection, context.hall_id, request)
    if row is None:
        return
    roles = roles_of(context.connection, context.hall_id, request)
    phones = context.connection.scalars(
        select(Subject.phone).where(
            Subject.hall_id == context.hall_id,
            Subject.id.in_([role.subject_id for role in roles]),
            Subject.phone.is_not(None),
        )
    )
    index_document(
        context.connection,
        context.hall_id,
        "request",
        request,
        codes=(row.number,),
        names=tuple(dict.fromkeys(role.name for role in roles)),
        phones=[phone for phone in phones if phone],
        texts=(row.title, row.words or ""),
    )
