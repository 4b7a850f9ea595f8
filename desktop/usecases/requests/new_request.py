"""Logging a request: a form is looked at while it is filled in, and kept whole when it is sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Final
from uuid import UUID

from db.ids import new_id
from db.queries.requests import RequestRow, facts_of, open_twins
from desktop.usecases.context import Context
from desktop.usecases.letters.letter_contents import About, hall_part
from desktop.usecases.letters.letters import write_receipt
from desktop.usecases.people.reachable import is_nobody_to_ask
from desktop.usecases.permissions import Permission
from desktop.usecases.reasons import reason_said
from desktop.usecases.refused import Refused
from desktop.usecases.requests.at_once import Result, done_at_once, finish_at_once
from desktop.usecases.requests.case import (
    BIRTH_DATE,
    CONTACT_PHONE,
    Answer,
    Form,
    Handed,
    of_files,
    on_record,
    plan_of_form,
)
from desktop.usecases.requests.case_records import check_births, keep_facts, keep_paper, own_words
from desktop.usecases.requests.findable import index_request
from desktop.usecases.requests.request_rows import NewRequest, Opened, write_request
from desktop.usecases.requests.taking_part import (
    GUARDIAN,
    check_guardian,
    check_roles,
    dead_in_the_way,
    fill_roles,
    guardian_needed,
    write_roles,
)
from desktop.usecases.topics import Topic
from desktop.usecases.work.promises import check_promises, last_days
from desktop.usecases.work.shared_record import bring_others, hold
from desktop.usecases.work.worklist import bring_up_to_date
from desktop.workflow.catalogue.definitions import APPLICANT, CASE
from desktop.workflow.planning.engine import plan as planned_now
from desktop.workflow.planning.inputs import Inputs, Key
from desktop.workflow.planning.plan import Plan

PLAIN_KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "enquiry": "enquiry",
        "help_request": "help",
        "complaint": "complaint",
        "report": "report",
        "suggestion": "suggestion",
        "not_done": "not_done",
    }
)
"""The demands that are no licence but a word to be answered, and the kind of request each is logged as."""

ANONYMOUS: Final = "anonymous_report"
"""The fact by which somebody who reports a wrong stays without a name."""

_ON_FILE: Final = {BIRTH_DATE, CONTACT_PHONE}
"""The facts that people's files answer."""
_DEMAND: Final = "demand"


@dataclass(frozen=True)
class LogRequest:
    """A request to be logged, with the person's own words.

    `despite_twin` logs a second one for the same need; `at_once` finishes its instant items in the same act; `visit`
    joins several matters of one person; `why_alone` says why somebody under 18 may act without a guardian.
    """

    form: Form
    words: str = ""
    channel: str = "counter"
    despite_twin: bool = False
    at_once: bool = False
    visit: UUID | None = None
    why_alone: str = ""


@dataclass(frozen=True)
class Logged:
    """What the person leaves with: the number, the plan that has begun, and what was finished at once."""

    request: UUID
    number: str
    plan: Plan
    visit: UUID
    results: tuple[Result, ...] = ()


@dataclass(frozen=True)
class Look:
    """A form as it stands: its plan, what the counter may finish at once, and until when each paper may be owing.

    With `nobody_to_ask` what stays open is logged as not known; `guardian_needed` holds also once a guardian stands.
    """

    plan: Plan
    at_once: tuple[Key, ...] = ()
    last_days: Mapping[Key, date] = field(default_factory=dict)
    guardian_advised: bool = False
    nobody_to_ask: bool = False
    guardian_needed: bool = False
    dead: Refused | None = None
    """Why it cannot be logged: somebody who applies or acts for another is on record as dead."""


def preview(context: Context, form: Form) -> Plan:
    """Plan what a form would take, while it is being filled in; nothing is kept."""
    context.require(Permission.LOG_REQUEST)
    return plan_of_form(context, form)


def look(context: Context, form: Form) -> Look:
    """Look at a form as a clerk does: its plan, and what may be done with it now. Nothing is kept."""
    plan = preview(context, form)
    needed = guardian_needed(context, form)
    return Look(
        plan,
        done_at_once(context, plan),
        last_days(plan),
        needed and not form.roles.get(GUARDIAN),
        _is_nobody_to_ask(context, form),
        needed,
        dead_in_the_way(context, form),
    )


def twins(context: Context, form: Form) -> tuple[RequestRow, ...]:
    """Give the open requests of the same applicant for the same need."""
    context.require(Permission.LOG_REQUEST)
    applicants = form.roles.get(APPLICANT, ())
    return tuple(
        twin for one in applicants for twin in open_twins(context.connection, context.hall_id, form.demand, one)
    )


def log_request(context: Context, command: LogRequest) -> Logged:
    """Log a request and pass its items on to their departments; with `at_once` its instant items are finished too.

    Refused twin_open (numbers) when the same is under way already, stopped_here (outcome) when a route of the demand
    leads elsewhere, value_unfit for an answer of the wrong type, named_though_anonymous, and the refusals of
    `taking_part.check_roles`, `dead_in_the_way` and `check_guardian`, `promises.check_promises` and
    `at_once.finish_at_once`.
    """
    context.require(Permission.LOG_REQUEST)
    form = command.form
    others = hold(context, touched=_touched(command), people=[one for found in form.roles.values() for one in found])
    _check(context, command)
    form = replace(form, answers=(*form.answers, *_not_known(context, form)))
    why_alone = reason_said(command.why_alone)
    alone = check_guardian(context, form, why_alone)
    visit = command.visit or new_id()
    roles = fill_roles(context, form)
    request, number = _opened(context, command, visit, roles.get(APPLICANT, ()))
    write_roles(context, request, roles, form)
    people = list(dict.fromkeys(subject for found in roles.values() for subject in found))
    said_of_it = {"demand": form.demand, **({"reason": why_alone} if alone else {})}
    event = context.record("request_logged", Topic.REQUESTS, request=request, data=said_of_it)
    named = {f"role:{role}": str(subjects[0]) for role, subjects in roles.items()}
    said = [replace(answer, subject=named.get(answer.subject, answer.subject)) for answer in form.answers]
    keep_facts(context, request, event, (*_from_files(context, form, people, said), *said))
    papers = tuple(replace(paper, subject=named.get(paper.subject, paper.subject)) for paper in form.papers)
    for paper in papers:
        keep_paper(context, request, event, paper)
    for of, way in form.choices.items():
        context.record("alternative_chosen", Topic.REQUESTS, request=request, data={"of": of, "way": way})
    known = on_record(context, request)
    begun = bring_up_to_date(context, request, known.inputs, _judged(context, papers, known.inputs))
    write_receipt(context, About(known.row, known.roles, hall_part(context)), begun, event)
    index_request(context, known.row, known.roles)
    results: tuple[Result, ...] = ()
    if command.at_once:
        begun, results = finish_at_once(context, request, begun)
    bring_others(context, replace(others, by=request), {"logged": form.demand})
    return Logged(request, number, begun, visit, results)


def _touched(command: LogRequest) -> set[UUID | str]:
    """Give of whom the record changes: about whom something is told or handed in, and whose matters end at once."""
    form = command.form
    spoken_of = {answer.subject for answer in form.answers} | {paper.subject for paper in form.papers}
    told = {one for role, found in form.roles.items() if f"role:{role}" in spoken_of for one in found[:1]}
    every = {one for found in form.roles.values() for one in found} if command.at_once else set[UUID]()
    return {*spoken_of, *told, *every}


def _is_nobody_to_ask(context: Context, form: Form) -> bool:
    people = [subject for found in form.roles.values() for subject in found]
    return is_nobody_to_ask(context, form.demand, people, [(one.code, one.value) for one in form.answers])


def _not_known(context: Context, form: Form) -> tuple[Answer, ...]:
    """Close what was not told by somebody whom nobody can ask afterwards: it is not known."""
    if not _is_nobody_to_ask(context, form):
        return ()
    plan = plan_of_form(context, form)
    found: list[Answer] = []
    said = {(answer.subject, answer.code) for answer in form.answers}
    while fresh := [q.key for q in plan.questions if (q.key.subject, q.key.code) not in said]:
        found += (Answer(key.subject, key.code, None) for key in fresh)
        said |= {(key.subject, key.code) for key in fresh}
        plan = plan_of_form(context, replace(form, answers=(*form.answers, *found)))
    return tuple(found)


def _from_files(context: Context, form: Form, people: Sequence[UUID], said: Sequence[Answer]) -> tuple[Answer, ...]:
    """Give what people's files answer to a matter that asks for it, and nobody told: the case tells it too."""
    asked = _ON_FILE & set(context.catalogue.demands[form.demand].order)
    if not asked:
        return ()
    rows = facts_of(context.connection, context.hall_id, None, people)
    told = {(str(row.subject_id), row.code) for row in rows} | {(answer.subject, answer.code) for answer in said}
    found = (Answer(one.subject, one.code, one.value) for one in of_files(context, people) if one.code in asked)
    return tuple(answer for answer in found if (answer.subject, answer.code) not in told)


def _check(context: Context, command: LogRequest) -> None:
    """See that nothing stands against a form before it is written down."""
    form = command.form
    if form.demand not in context.catalogue.demands:
        raise Refused("demand_unknown", demand=form.demand)
    found = twins(context, form)
    if found and not command.despite_twin:
        raise Refused("twin_open", numbers=tuple(twin.number for twin in found))
    check_births(context, form.answers)
    check_roles(context, form)
    dead = dead_in_the_way(context, form)
    if dead is not None:
        raise dead
    anonymous = any(a.code == ANONYMOUS and a.subject == CASE and a.value is True for a in form.answers)
    if anonymous and any(form.roles.values()):
        raise Refused("named_though_anonymous")


def _judged(context: Context, papers: Sequence[Handed], known: Inputs) -> Plan:
    """Give the plan of what was just written down if nothing stands against it; a refusal leaves none of it."""
    plan = planned_now(context.catalogue, context.calendar, known, context.today)
    if plan.route is not None:
        raise Refused("stopped_here", outcome=plan.route.outcome)
    check_promises(context, papers, plan)
    return plan


def _opened(context: Context, command: LogRequest, visit: UUID, applicants: tuple[UUID, ...]) -> Opened:
    demand = command.form.demand
    new = NewRequest(
        PLAIN_KINDS.get(demand, _DEMAND),
        context.catalogue.demands[demand].name.zh,
        own_words(command.words),
        command.channel,
        demand=demand,
        applicant=applicants[0] if applicants else None,
        visit=visit,
    )
    return write_request(context, new)
