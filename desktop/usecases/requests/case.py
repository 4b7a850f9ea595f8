"""One case as the engine sees it: gathered from the records, or from a form that is still being filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

from db.queries.people import subjects as subject_rows
from db.queries.requests import (
    EventRow,
    FactRow,
    PaperRow,
    RequestRow,
    RoleRow,
    facts_of,
    history_of,
    papers_of,
    request_row,
    roles_of,
    tasks_of,
)
from desktop.usecases.context import Context
from desktop.usecases.people.reachable import is_nobody_to_ask
from desktop.usecases.refused import Refused
from desktop.usecases.requests.on_file import on_file, takes_away
from desktop.usecases.values import kept, read_back
from desktop.workflow.catalogue.definitions import CASE, Source
from desktop.workflow.planning.engine import plan
from desktop.workflow.planning.in_order import in_order
from desktop.workflow.planning.inputs import TAKEN, FactValue, HeldOutcome, Inputs, Key, Kind, Paper, PaperState
from desktop.workflow.planning.plan import Plan
from desktop.workflow.procedure.legal_states import Act, ActKind, ActorRole
from desktop.workflow.time.limits import Limit

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
    filed = _gathered(context, None, subjects)
    inputs = Inputs(
        demand=form.demand,
        roles={role: tuple(str(s) for s in found) for role, found in form.roles.items()},
        facts=(*filed.facts, *said),
        papers=(*filed.papers, *handed),
        held=filed.held,
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
    gathered = _gathered(context, request, sorted({role.subject_id for role in found}, key=str), row.opened_at)
    history = history_of(context.connection, context.hall_id, request)
    acts = tuple(act_from(context, event) for event in history if event.kind == ACT)
    inputs = Inputs(
        demand=row.demand,
        roles={role: tuple(subjects) for role, subjects in roles.items()},
        facts=gathered.facts,
        papers=gathered.papers,
        held=gathered.held,
        lost=gathered.lost,
        acts=acts,
        choices=_choices(history),
        opened=row.opened_at.astimezone(context.zone).date(),
        nobody_to_ask=is_nobody_to_ask(
            context, row.demand, [role.subject_id for role in found], [(one.code, one.value) for one in gathered.facts]
        ),
        departments=_departments(context, request, acts),
    )
    return OnRecord(row, found, inputs)


def _choices(history: Sequence[EventRow]) -> Mapping[str, str]:
    """Give what was chosen among alternatives; an item whose result was taken away since is to be chosen anew.

    What was taken in beyond the need stays taken in.
    """
    found: dict[str, str] = {}
    for event in history:
        data = event.data or {}
        if event.kind == CHOICE:
            found[str(data["of"])] = str(data["way"])
        elif event.kind == ACT and takes_away(data):
            ended = {of: TAKEN for of, way in found.items() if way == data["item"]}
            found |= {of: way for of, way in ended.items() if of.startswith(f"{Kind.OUTCOME}:")}
    return found


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
    lost: tuple[Key, ...]


def _gathered(
    context: Context, request: UUID | None, subjects: list[UUID], opened: datetime | None = None
) -> _Gathered:
    connection, hall = context.connection, context.hall_id
    facts = facts_of(connection, hall, request, subjects)
    papers = papers_of(connection, hall, request, subjects)
    held, lost = on_file(context, subjects, request, opened)
    told = (_fact(context, row) for row in facts if row.code in context.catalogue.facts)
    return _Gathered(
        (*of_files(context, subjects), *told),
        tuple(_paper(context, row) for row in papers if row.code in context.catalogue.materials and row.state != OWING),
        held,
        lost,
    )


def of_files(context: Context, subjects: Sequence[UUID]) -> tuple[FactValue, ...]:
    """Give the day of birth and the telephone that stand in the files of these people: nobody is asked for them again.

    Whatever is told of it stands before it; a telephone put right in the file is told by that (`change_phone`).
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
    at = row.received_at.astimezone(context.zone) if row.received_at else None
    return Paper(subject, row.code, PaperState(row.state), at.date() if at else None, row.valid_until, at)


def as_received(rows: Sequence[PaperRow]) -> tuple[PaperRow, ...]:
    """Give papers from the oldest to the latest, whenever they were written down; what is owing as it was promised."""
    return tuple(in_order(rows, lambda row: (row.received_at.date() if row.received_at else None, row.received_at)))


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
