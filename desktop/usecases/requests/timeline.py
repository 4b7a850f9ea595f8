"""The history of a request as sentences a person reads: what was done, by which department, about what, and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from db.queries.accounts import names_of_accounts
from db.queries.promises import MissedRow, missed_elsewhere
from db.queries.requests import EventRow, FactRow, TaskRow
from desktop.usecases.context import Context
from desktop.usecases.letters.procedure_words import wording
from desktop.usecases.papers.reminding import missed_promises
from desktop.usecases.requests.case import ACT
from desktop.usecases.requests.moved import kind_of, moved_sentence, with_numbers
from desktop.usecases.requests.requests import RequestView, see_request
from desktop.usecases.requests.taking_part import guardian_missing
from desktop.usecases.sight import sees_own_only
from desktop.usecases.work.act_needs import TaskView, task_of, view_of
from desktop.usecases.work.fact_words import value_words
from desktop.usecases.work.promises import OpenPromise, promised_papers
from desktop.usecases.work.shared_record import MOVED
from desktop.usecases.work.way_out import is_told
from desktop.usecases.work.worklist import OPEN, WITHDRAWN
from desktop.words import Words, gettext_noop
from desktop.workflow.catalogue.definitions import Catalogue, Text
from desktop.workflow.planning.plan import PaperLine
from desktop.workflow.procedure.legal_states import ActKind, LegalState

__all__ = ["CaseView", "Line", "department_name", "lines_of", "material_name", "see_case"]

LOOKS = frozenset({"request_seen", "task_seen", "letter_seen", "attachment_seen", "attachment_turned"})
"""Looks at a request are in the log for the auditor; nothing happened to the person's matter."""

SENTENCES: Mapping[str, str] = {
    "request_logged": gettext_noop("The request was logged: {demand}."),
    "enquiry_answered": gettext_noop("The question was answered on the spot."),
    "message_received": gettext_noop("The message was written; it was taken in from a list of messages."),
    "message_answered": gettext_noop("The message was answered."),
    "papers_received": gettext_noop("Papers taken in: {papers}."),
    "fact_corrected": gettext_noop("Corrected: {fact}."),
    "phone_changed": gettext_noop("A telephone number was put right."),
    "renamed": gettext_noop("A name was put right."),
    "identifier_added": gettext_noop("The number of a card shown later was added."),
    "alternative_chosen": gettext_noop("A way was chosen among several."),
    "task_taken": gettext_noop("A reviewer took the work in hand."),
    "way_out_told": gettext_noop("It cannot go on here; the person was told in writing where to go."),
    "promise_reminded": gettext_noop("The applicant was reminded in writing of papers owing: {papers}."),
    "request_withdrawn": gettext_noop("The applicant withdrew the whole request."),
    "attachment_added": gettext_noop("A scan or file was attached."),
    "attachment_bound": gettext_noop("A scan or file was attached."),
    "attachment_removed": gettext_noop("An attached file was taken back."),
    "attachment_restored": gettext_noop("An attached file that was taken back is there again."),
}
ACTS: Mapping[str, str] = {
    "submit": gettext_noop("Passed on to {department}: {item}."),
    "correct": gettext_noop("Corrected on the spot: {item}."),
    "not_required": gettext_noop("{department}: no need to apply for {item}."),
    "not_ours": gettext_noop("{department} is not in charge of {item}."),
    "supplement": gettext_noop("{department} asked for more papers: {item}."),
    "resupply": gettext_noop("The papers asked for were handed in: {item}."),
    "promise": gettext_noop("Papers may follow under a written promise: {item}."),
    "accept": gettext_noop("{department} accepted: {item}."),
    "not_accept": gettext_noop("{department} did not accept: {item}."),
    "assign": gettext_noop("{department} gave it to a reviewer: {item}."),
    "object": gettext_noop("Somebody with an interest was heard: {item}."),
    "hearing_open": gettext_noop("{department} opened a hearing: {item}."),
    "hearing_close": gettext_noop("{department} closed the hearing: {item}."),
    "suspend": gettext_noop("{department} paused the count of days: {item}."),
    "resume": gettext_noop("{department} took the work up again: {item}."),
    "extend": gettext_noop("{department} extended the limit: {item}."),
    "note_report": gettext_noop("A report came in: {item}."),
    "keep_promise": gettext_noop("A paper promised was handed in: {item}."),
    "break_promise": gettext_noop("A paper promised did not come: {item}."),
    "grant": gettext_noop("{department} granted: {item}."),
    "refuse": gettext_noop("{department} refused: {item}."),
    "issue": gettext_noop("{department} issued the result: {item}."),
    "serve": gettext_noop("The result was handed over: {item}."),
    "clear_check": gettext_noop("{department} checked afterwards, and all is as promised: {item}."),
    "fail_check": gettext_noop("{department} checked afterwards, and a promise was not kept: {item}."),
    "observe": gettext_noop("Decided in another system and noted here: {item}."),
    "withdraw": gettext_noop("The applicant withdrew: {item}."),
    "terminate": gettext_noop("{department} ended the procedure: {item}."),
    "lapse": gettext_noop("It lapsed: {item}."),
    "annul": gettext_noop("{department} annulled the decision: {item}."),
    "revoke_unlawful": gettext_noop("{department} revoked an unlawful permit: {item}."),
    "withdraw_permit": gettext_noop("{department} withdrew the permit: {item}."),
    "revoke_penalty": gettext_noop("{department} revoked the permit as a penalty: {item}."),
    "deregister": gettext_noop("{department} struck it off the register: {item}."),
}
SERVED_DECISION: Final = gettext_noop("The decision was served: {item}.")
_BRINGS_OUT: Final = frozenset({ActKind.GRANT, ActKind.ISSUE})
_DECIDES_AGAINST: Final = frozenset(
    {
        ActKind.REFUSE, ActKind.NOT_ACCEPT, ActKind.NOT_REQUIRED, ActKind.NOT_OURS, ActKind.TERMINATE, ActKind.LAPSE,
        ActKind.REVOKE_UNLAWFUL, ActKind.WITHDRAW_PERMIT, ActKind.REVOKE_PENALTY, ActKind.DEREGISTER,
    }
)  # fmt: skip
LISTS = {
    "listed": gettext_noop("Asked for: {papers}"),
    "deferred": gettext_noop("May follow: {papers}"),
    "leaves": gettext_noop("It is about: {papers}"),
}
DAYS = {
    "expected_end": gettext_noop("Expected to end on {day}"),
    "valid_until": gettext_noop("Good until {day}"),
}
TEXTS = {
    "number": gettext_noop("Number {text}"),
    "to_whom": gettext_noop("In charge: {text}"),
    "source": gettext_noop("Decided in: {text}"),
    "mail_number": gettext_noop("Mail number {text}"),
}
UNKNOWN = gettext_noop("Noted in the record (code {code}).")


_ASKED_FOR: Final = frozenset({PaperLine.NEEDED, PaperLine.OWING, PaperLine.DEFECTIVE, PaperLine.OFFERED})


@dataclass(frozen=True)
class CaseView:
    """A request with what its words are made of: the catalogue it is read by, and the day and zone of the hall.

    `work` is each task as its work page shows it, by its id, with what who looks may do; `staff` names who acted;
    with `guardian_missing` the applicant of what is under way is a minor for whom nobody acts. `missed` are the papers
    that were to follow and whose day is past, `missed_elsewhere` the other requests of these people with such a paper.
    `to_tell` is where the matter leads, as long as the applicant was not told of it.
    """

    view: RequestView
    catalogue: Catalogue
    today: date
    zone: ZoneInfo
    work: Mapping[UUID, TaskView] = field(default_factory=dict)
    staff: Mapping[UUID, str] = field(default_factory=dict)
    guardian_missing: bool = False
    missed: tuple[OpenPromise, ...] = ()
    missed_elsewhere: tuple[MissedRow, ...] = ()
    to_tell: Text | None = None


@dataclass(frozen=True)
class Line:
    """One thing that happened: when it happened in law, what, and what belongs to it."""

    at: datetime
    sentence: str
    more: tuple[str, ...] = ()
    by: UUID | None = None


def see_case(context: Context, request: UUID) -> CaseView:
    """Show a request with the catalogue its words come from; the look is noted. Refused request_unknown."""
    view = _at_rest(see_request(context, request))
    view = replace(view, history=with_numbers(context, view.history))
    staff, promised = _staff(context, view.history), promised_papers(context, request)
    work = {one.row.id: one for row in view.tasks if (one := _work(context, view, row, promised)) is not None}
    demand = view.row.demand if view.row.status == OPEN else None
    alone = demand is not None and guardian_missing(context, demand, view.roles, view.facts, view.history)
    missed = () if demand is None or view.plan is None else missed_promises(context, request, view.plan)
    elsewhere = _missed_elsewhere(context, view)
    route = None if demand is None or view.plan is None else view.plan.route
    to_tell = None if route is None or view.plan is None or is_told(context, request, view.plan) else route.outcome
    return CaseView(
        view, context.catalogue, context.today, context.zone, work, staff, alone, missed, elsewhere, to_tell
    )


def _missed_elsewhere(context: Context, view: RequestView) -> tuple[MissedRow, ...]:
    """Give the other requests of these people with a promise not kept; a reviewer sees the own department's only."""
    if sees_own_only(context):
        return ()
    people = [role.subject_id for role in view.roles]
    return tuple(missed_elsewhere(context.connection, context.hall_id, people, context.today, view.row.id))


def _at_rest(view: RequestView) -> RequestView:
    """Give a request that was withdrawn whole without what it would still take: nobody has a next step in it."""
    if view.row.status != WITHDRAWN or view.plan is None:
        return view
    there = tuple(paper for paper in view.plan.papers if paper.line not in _ASKED_FOR)
    begun = tuple(row for row in view.tasks if row.state != LegalState.NONE)
    return replace(view, tasks=begun, plan=replace(view.plan, questions=(), papers=there))


def _work(context: Context, view: RequestView, row: TaskRow, promised: Mapping[str, date]) -> TaskView | None:
    """Give a task with what may be done; None for a round that is over."""
    task = None if view.plan is None else task_of(view.plan, row)
    if view.plan is None or task is None:
        return None
    return view_of(context.staff, row, view.plan, task, promised)


def _staff(context: Context, history: Sequence[EventRow]) -> dict[UUID, str]:
    """Name everybody who acted in a request."""
    ids = {event.actor_id for event in history if event.actor_id is not None}
    return names_of_accounts(context.connection, context.hall_id, ids)


def lines_of(
    history: Sequence[EventRow], catalogue: Catalogue, zone: ZoneInfo, words: Words, facts: Sequence[FactRow] = ()
) -> tuple[Line, ...]:
    """Tell a history in one language, oldest first; what has no sentence yet is still told, with its code.

    `facts` are all answers of the case, oldest first: a correction is told with what stood before it and after.
    """
    served = _decisions_served(history)
    lines = (
        (event, _line(event, catalogue, zone, words, decision=event.id in served))
        for event in history
        if event.kind not in LOOKS
    )
    return tuple(
        replace(line, sentence=_corrected(event, facts, catalogue, words) or line.sentence) for event, line in lines
    )


def _corrected(event: EventRow, facts: Sequence[FactRow], catalogue: Catalogue, words: Words) -> str:
    """Say what a corrected fact was and what it is now; the log itself keeps no answers."""
    rows = [row for row in facts if row.event_id is not None and row.event_id == event.id]
    if event.kind != "fact_corrected" or not rows or rows[0].code not in catalogue.facts:
        return ""
    new, fact = rows[0], catalogue.facts[rows[0].code]
    same = [row for row in facts if (row.code, row.subject_id) == (new.code, new.subject_id)]
    name, said = words.pick(fact.name), value_words(fact, new.value, words)
    before = same[: same.index(new)]
    if not before:
        return words.gettext("{fact} was put right: {new}.").format(fact=name, new=said)
    old = value_words(fact, before[-1].value, words)
    return words.gettext("{fact} was changed from {old} to {new}.").format(fact=name, old=old, new=said)


def material_name(catalogue: Catalogue, code: str, words: Words) -> str:
    """Name a paper; one the catalogue no longer knows keeps its code."""
    return _name(catalogue.materials, code, words)


def _decisions_served(history: Sequence[EventRow]) -> set[UUID | None]:
    """Give the acts that served a decision, not a result: those of a round that has no result out."""
    out: dict[tuple[Any, ...], bool] = {}
    served: set[UUID | None] = set()
    for event in history:
        data: Mapping[str, Any] = event.data or {}
        act, place = data.get("act"), (data.get("item"), data.get("subject"), data.get("round"))
        if event.kind != ACT or act is None:
            continue
        if act in _DECIDES_AGAINST:
            out[place] = True
        elif act in _BRINGS_OUT:
            out[place] = False
        elif act == ActKind.SERVE and event.id is not None and out.get(place, False):
            served.add(event.id)
    return served


def _line(event: EventRow, catalogue: Catalogue, zone: ZoneInfo, words: Words, *, decision: bool) -> Line:
    data: Mapping[str, Any] = event.data or {}
    at = event.legal_at.astimezone(zone)
    if event.kind == MOVED:
        return Line(at, _moved(data, catalogue, words), (), event.actor_id)
    if event.kind == ACT:
        sentence = SERVED_DECISION if decision else _sentence(data, catalogue)
        code, values = f"act:{data.get('act')}", _act_values(data, catalogue, words)
    else:
        sentence, code, values = SENTENCES.get(event.kind), event.kind, _values(data, catalogue, words)
    told = UNKNOWN if sentence is None else sentence
    more = (*_more(data, catalogue, words), *_late(event, zone, words))
    return Line(at, words.gettext(told).format(code=code, **values), more, event.actor_id)


def _moved(data: Mapping[str, Any], catalogue: Catalogue, words: Words) -> str:
    """Say what elsewhere moved a request, as it is told where it was done."""
    if "act" in data:
        what, values = _sentence(data, catalogue), _act_values(data, catalogue, words)
    else:
        what, values = SENTENCES.get(kind_of(data)), _values(data, catalogue, words)
    return moved_sentence(data, "" if what is None else words.gettext(what).format(**values), words)


def act_told(act: ActKind, item: str, catalogue: Catalogue, words: Words, *, service_owed: bool = False) -> str:
    """Say of an act just done what the history of the request will say of it: 结果已交付。"""
    data = {"act": act.value, "item": item}
    served = act is ActKind.SERVE and service_owed
    sentence = SERVED_DECISION if served else _sentence(data, catalogue) or UNKNOWN
    return words.gettext(sentence).format(code=f"act:{act.value}", **_act_values(data, catalogue, words))


def _sentence(data: Mapping[str, Any], catalogue: Catalogue) -> str | None:
    """Give the sentence of an act, in the words of its item's procedure."""
    act, item = str(data.get("act")), catalogue.items.get(str(data.get("item", "")))
    own = {} if item is None else wording(item.procedure).sentences
    return own.get(ActKind(act)) or ACTS.get(act) if act in ACTS else None


def _values(data: Mapping[str, Any], catalogue: Catalogue, words: Words) -> dict[str, str]:
    papers = (material_name(catalogue, str(code), words) for code in data.get("papers") or ())
    return {
        "demand": _name(catalogue.demands, str(data.get("demand") or data.get("logged") or ""), words),
        "fact": _name(catalogue.facts, str(data.get("fact", "")), words),
        "papers": words.listing(papers),
    }


def _act_values(data: Mapping[str, Any], catalogue: Catalogue, words: Words) -> dict[str, str]:
    code = str(data.get("item", ""))
    item = catalogue.items.get(code)
    if item is None:
        return {"item": code, "department": words.gettext("The department")}
    return {"item": words.pick(item.name), "department": department_name(catalogue, item.department, words)}


def department_name(catalogue: Catalogue, code: str, words: Words) -> str:
    """Name a department shortly; one the catalogue does not know keeps its code."""
    found = catalogue.departments.get(code)
    return code if found is None else words.pick(found.short or found.name)


def _more(data: Mapping[str, Any], catalogue: Catalogue, words: Words) -> list[str]:
    """Say what belongs to it: the reason given, the papers a notice lists, the day a pause is expected to end."""
    said = _way_out(data, catalogue, words)
    if data.get("reason"):
        said.append(words.gettext("Reason: {reason}").format(reason=data["reason"]))
    values = data.get("values")
    if not isinstance(values, Mapping):
        return said
    return [*said, *_said_with(values, catalogue, words)]


def _way_out(data: Mapping[str, Any], catalogue: Catalogue, words: Words) -> list[str]:
    """Say where a way out leads, as the catalogue says it now."""
    demand, number = catalogue.demands.get(str(data.get("demand", ""))), data.get("route")
    if demand is None or not isinstance(number, int) or number >= len(demand.routing):
        return []
    return [words.pick(demand.routing[number].outcome)]


def _said_with(values: Mapping[str, Any], catalogue: Catalogue, words: Words) -> list[str]:
    """Say the values of an act: papers asked for or owing, a number, days, and who is in charge."""
    said = []
    for name, sentence in LISTS.items():
        listed = [_leaf_name(str(leaf), catalogue, words) for leaf in values.get(name) or ()]
        said += [words.gettext(sentence).format(papers=words.listing(listed))] if listed else []
    for leaf, wrong in (values.get("defects") or {}).items():
        told = words.gettext("{paper}: {wrong}")
        said.append(told.format(paper=_leaf_name(str(leaf), catalogue, words), wrong=wrong))
    for name, sentence in DAYS.items():
        if isinstance(values.get(name), str):
            day = words.date(date.fromisoformat(values[name]))
            said.append(words.gettext(sentence).format(day=day))
    for name, sentence in TEXTS.items():
        if values.get(name):
            said.append(words.gettext(sentence).format(text=values[name]))
    return said


def _late(event: EventRow, zone: ZoneInfo, words: Words) -> list[str]:
    """Say when something was written down on a later day than it happened."""
    happened, written = event.legal_at.astimezone(zone), event.recorded_at.astimezone(zone)
    if written.date() <= happened.date():
        return []
    return [words.gettext("Written down on {day}").format(day=words.date(written.date()))]


def _leaf_name(leaf: str, catalogue: Catalogue, words: Words) -> str:
    """Name a vertex of the plan from its word `kind:code:subject`."""
    kind, _sep, rest = leaf.partition(":")
    code = rest.partition(":")[0]
    named: Mapping[str, Mapping[str, Any]] = {
        "material": catalogue.materials,
        "fact": catalogue.facts,
        "outcome": catalogue.outcomes,
        "item": catalogue.items,
    }
    return _name(named[kind], code, words) if kind in named else leaf


def _name(named: Mapping[str, Any], code: str, words: Words) -> str:
    found = named.get(code)
    name: Text | None = getattr(found, "name", None)
    return code if name is None else words.pick(name)
