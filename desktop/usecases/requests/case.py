"""One case as the engine sees it: gathered from the records, or from a form that is still being filled in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from db.queries.people import subjects as subject_rows
from db.queries.requests import (
    EventRow,
    FactRow,
    OutcomeRow,
    PaperRow,
    RequestRow,
    RoleRow,
    acts_of,
    facts_of,
    history_of,
    outcomes_of,
    papers_of,
    request_row,
    roles_of,
    tasks_of,
)
from desktop.usecases.context import Context
from desktop.usecases.people.reachable import is_nobody_to_ask
from desktop.usecases.refused import Refused
from desktop.usecases.values import kept, read_back
from desktop.workflow.catalogue.definitions import CASE, Item, Source
from desktop.workflow.planning.engine import plan
from desktop.workflow.planning.inputs import FactValue, HeldOutcome, Inputs, Paper, PaperState
from desktop.workflow.planning.plan import Plan
from desktop.workflow.procedure.legal_states import Act, ActKind, ActorRole, LegalState, read_day
from desktop.workflow.time.limits import Limit, end_of

ACT = "act"
CHOICE = "alternative_chosen"
BIRTH_DATE: Final = "birth_date"
"""The fact of the catalogue that a person's own file answers: it is read from the number or told at registering."""
CONTACT_PHONE: Final = "contact_phone"
"""The fact of the catalogue that the telephone on a person's file answers."""
OWING = "owing"
"""The state of a paper promised at the counter: nothing is here, and only the department's act opens the promise."""


@dataclass(frozen=True)
class Answer:
    """An answer on the form: of whom (a subject, `role:…` or `case`), which fact, what was said."""

    subject: str
    code: str
    value: object


@dataclass(frozen=True)
class Handed:
    """A paper on the form: whose, which, and what it looks like; with `promise_due` it is not here but promised.

    `attachments` are the files that lie on it, added by the same account and not yet bound to any request.
    """

    subject: str
    code: str
    form: str = "original"
    promise_due: date | None = None
    attachments: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Mandate:
    """In what capacity somebody acts for another, for what (`whole`, `hand_in`, `collect` or words), until when."""

    capacity: str | None = None
    scope: str | None = None
    until: date | None = None


@dataclass(frozen=True)
class Form:
    """A request being logged: the demand, who takes part, what was said, what was handed over.

    `unnamed` are the roles whose holder is not known by name yet; `mandates` leads from a role to its mandate.
    """

    demand: str
    roles: Mapping[str, tuple[UUID, ...]] = field(default_factory=dict)
    answers: tuple[Answer, ...] = ()
    papers: tuple[Handed, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    unnamed: tuple[str, ...] = ()
    mandates: Mapping[str, Mandate] = field(default_factory=dict)


def plan_of_form(context: Context, form: Form) -> Plan:
    """Plan a request that is not logged yet, with what is on the file of everybody named; nothing is written."""
    if form.demand not in context.catalogue.demands:
        raise Refused("demand_unknown", demand=form.demand)
    subjects = sorted({subject for found in form.roles.values() for subject in found}, key=str)
    said = tuple(_said(context, answer) for answer in form.answers)
    handed = tuple(Paper(p.subject, p.code, received=context.today) for p in form.papers if p.promise_due is None)
    on_file = _gathered(context, None, subjects)
    inputs = Inputs(
        demand=form.demand,
        roles={role: tuple(str(s) for s in found) for role, found in form.roles.items()},
        facts=(*on_file.facts, *said),
        papers=(*on_file.papers, *handed),
        held=on_file.held,
        choices=form.choices,
        opened=context.today,
    )
    return plan(context.catalogue, context.calendar, inputs, context.today)


def _said(context: Context, answer: Answer) -> FactValue:
    fact = context.catalogue.facts.get(answer.code)
    if fact is None:
        raise Refused("fact_unknown", fact=answer.code)
    return FactValue(answer.subject, answer.code, read_back(fact, kept(fact, answer.value)))


@dataclass(frozen=True)
class OnRecord:
    """What is on record of a request: its line in the list, who takes part, and what the engine goes by."""

    row: RequestRow
    roles: tuple[RoleRow, ...]
    inputs: Inputs


def inputs_of(context: Context, request: UUID) -> Inputs:
    """Gather everything that is known of a logged request; Refused request_unknown, no_plan for a plain word."""
    return on_record(context, request).inputs


def on_record(context: Context, request: UUID) -> OnRecord:
    """Read what is on record of a logged request; Refused request_unknown, no_plan for a plain word."""
    row = request_row(context.connection, context.hall_id, request)
    if row is None:
        raise Refused("request_unknown")
    if row.demand is None or row.demand not in context.catalogue.demands:
        raise Refused("no_plan")
    roles: dict[str, list[str]] = {}
    found = tuple(roles_of(context.connection, context.hall_id, request))
    for role in found:
        roles.setdefault(role.role, []).append(str(role.subject_id))
    gathered = _gathered(context, request, sorted({role.subject_id for role in found}, key=str))
    history = history_of(context.connection, context.hall_id, request)
    acts = tuple(act_from(context, event) for event in history if event.kind == ACT)
    inputs = Inputs(
        demand=row.demand,
        roles={role: tuple(subjects) for role, subjects in roles.items()},
        facts=gathered.facts,
        papers=gathered.papers,
        held=gathered.held,
        acts=acts,
        choices={str((e.data or {})["of"]): str((e.data or {})["way"]) for e in history if e.kind == CHOICE},
        opened=row.opened_at.astimezone(context.zone).date(),
        nobody_to_ask=is_nobody_to_ask(
            context, row.demand, [role.subject_id for role in found], [(one.code, one.value) for one in gathered.facts]
        ),
        departments=_departments(context, request, acts),
    )
    return OnRecord(row, found, inputs)


def _departments(context: Context, request: UUID, acts: Sequence[Act]) -> Mapping[str, str]:
    """Give whose the items begun are that the catalogue no longer has, as it was written down when they were begun."""
    if all(act.item in context.catalogue.items for act in acts):
        return {}
    return {row.item: row.department for row in tasks_of(context.connection, context.hall_id, request)}


def plan_of_request(context: Context, request: UUID) -> Plan:
    """Plan a logged request as it stands now."""
    return plan(context.catalogue, context.calendar, inputs_of(context, request), context.today)


@dataclass(frozen=True)
class _Gathered:
    facts: tuple[FactValue, ...]
    papers: tuple[Paper, ...]
    held: tuple[HeldOutcome, ...]


def _gathered(context: Context, request: UUID | None, subjects: list[UUID]) -> _Gathered:
    connection, hall = context.connection, context.hall_id
    facts = facts_of(connection, hall, request, subjects)
    papers = papers_of(connection, hall, request, subjects)
    outcomes = outcomes_of(connection, hall, [str(subject) for subject in subjects], request)
    held = _all_held(context, outcomes)
    told = (_fact(context, row) for row in facts if row.code in context.catalogue.facts)
    return _Gathered(
        (*of_files(context, subjects), *told),
        tuple(_paper(context, row) for row in papers if row.code in context.catalogue.materials and row.state != OWING),
        held,
    )


def of_files(context: Context, subjects: Sequence[UUID]) -> tuple[FactValue, ...]:
    """Give the day of birth and the telephone that stand in the files of these people: nobody is asked for them again.

    Whatever is told of it later stands before it.
    """
    rows = subject_rows(context.connection, context.hall_id, subjects)
    found = [rows[subject] for subject in subjects if subject in rows]
    filed = [
        (row.id, code, said) for row in found for code, said in ((BIRTH_DATE, row.birth), (CONTACT_PHONE, row.phone))
    ]
    return tuple(
        FactValue(str(one), code, said) for one, code, said in filed if said and code in context.catalogue.facts
    )


def _fact(context: Context, row: FactRow) -> FactValue:
    fact = context.catalogue.facts[row.code]
    subject = CASE if row.subject_id is None else str(row.subject_id)
    at = row.legal_at.astimezone(context.zone)
    value = read_back(fact, row.value)
    return FactValue(subject, row.code, value, Source(row.source), at.date(), row.valid_until, at)


def _paper(context: Context, row: PaperRow) -> Paper:
    subject = CASE if row.subject_id is None else str(row.subject_id)
    received = row.received_at.astimezone(context.zone).date() if row.received_at else None
    return Paper(subject, row.code, PaperState(row.state), received, row.valid_until)


_Round = tuple[UUID, str, str, int]


class _Issue(NamedTuple):
    """What was issued: to whom, by which item, when, and until when the act itself says it is good."""

    subject: str
    item: Item
    since: datetime
    until: date | None


def _round_of(row: OutcomeRow) -> _Round:
    return row.request_id, row.item, row.subject, row.round


def _issues(context: Context, outcomes: Sequence[OutcomeRow]) -> dict[_Round, EventRow]:
    """Give the act by which each outcome of another request came out: it says from when, and may say until when.

    That is the act of issuing; of an item granted at once its grant, of a decision of elsewhere its observation.
    Handing it over changes nothing of it.
    """
    if not outcomes:
        return {}
    found: dict[_Round, EventRow] = {}
    for request, event in acts_of(context.connection, context.hall_id, {row.request_id for row in outcomes}):
        data = event.data or {}
        this = (request, str(data["item"]), str(data["subject"]), int(data["round"]))
        if data["act"] == ActKind.ISSUE or (this not in found and _brings_out(data)):
            found[this] = event
    return found


def _brings_out(data: Mapping[str, Any]) -> bool:
    """Tell whether an act may be the one by which a result came out, where nobody issued it."""
    if data["act"] == ActKind.OBSERVE:
        return (data.get("values") or {}).get("state") in {LegalState.ISSUED, LegalState.SERVED}
    return bool(data["act"] == ActKind.GRANT)


def _all_held(context: Context, outcomes: Sequence[OutcomeRow]) -> tuple[HeldOutcome, ...]:
    """Give what items of other requests provide, each until something another of them did has ended it (rule 5)."""
    acts = _issues(context, outcomes)
    issues = [_issue(context, row, acts.get(_round_of(row))) for row in outcomes if row.item in context.catalogue.items]
    ends: dict[tuple[str, str], list[datetime]] = {}
    for issue in issues:
        for code in issue.item.ends:
            ends.setdefault((issue.subject, code), []).append(issue.since)
    return tuple(one for issue in issues for one in _held(context, issue, ends))


def _issue(context: Context, row: OutcomeRow, act: EventRow | None) -> _Issue:
    values = {} if act is None or not act.data else act.data.get("values") or {}
    since = (row.since if act is None else act.legal_at).astimezone(context.zone)
    return _Issue(row.subject, context.catalogue.items[row.item], since, read_day(values.get("valid_until")))


def _held(context: Context, issue: _Issue, ends: Mapping[tuple[str, str], list[datetime]]) -> Iterator[HeldOutcome]:
    """Give what an item provided, good until the day its act says, else the catalogue's, or its end after that act."""
    start = issue.since.date()
    for code in issue.item.provides:
        outcome = context.catalogue.outcomes.get(code)
        if outcome is not None:
            after = (end for end in ends.get((issue.subject, code), ()) if end > issue.since)
            ended = min(after, default=None)
            until = issue.until or end_of(start, outcome.valid_for)
            yield HeldOutcome(issue.subject, code, start, until, ended.date() if ended is not None else None)


def act_from(context: Context, event: EventRow) -> Act:
    """Read an act of a department back from the log."""
    data = event.data or {}
    return Act(
        kind=ActKind(data["act"]),
        item=data["item"],
        subject=data["subject"],
        round=data["round"],
        legal=event.legal_at.astimezone(context.zone),
        recorded=event.recorded_at.astimezone(context.zone),
        by=str(event.actor_id or ""),
        role=ActorRole(data["role"]),
        op=f"{event.op}:{event.seq}",
        reason=data.get("reason"),
        values=_values_from(data.get("values") or {}),
        observed=bool(data.get("observed")),
    )


def _values_from(values: Mapping[str, object]) -> dict[str, object]:
    """Give an act's values the types the legal states read: days, limits and lists."""
    read: dict[str, object] = {}
    for name, value in values.items():
        match name, value:
            case "expected_end", str():
                read[name] = date.fromisoformat(value)
            case "deferred", dict():
                read[name] = {leaf: date.fromisoformat(day) if day else None for leaf, day in value.items()}
            case "limit", str():
                read[name] = Limit.parse(value)
            case (("listed" | "leaves"), list()):
                read[name] = tuple(value)
            case _:
                read[name] = value
    return read
