"""What the hall's letters have in common, and the receipt that is its own: taken from the records and the plan."""

from typing import Any, NamedTuple
from uuid import UUID

from db.queries.halls import counters, departments, hall_row
from db.queries.requests import PaperRow, RequestRow, RoleRow, papers_of, request_row, roles_of
from desktop.letters.content import Receipt
from desktop.letters.parts import Agent, Applicant, Hall, HandedPaper, Missing, NextVisit
from desktop.letters.text import Bilingual
from desktop.usecases.context import Context
from desktop.usecases.letters.letter_missing import (
    Naming,
    bare_question,
    both,
    is_to_be_brought,
    missing_of_task,
    question_entry,
    together,
)
from desktop.usecases.letters.procedure_words import wording
from desktop.usecases.refused import Refused
from desktop.usecases.requests.taking_part import AGENT, CAPACITIES, REPRESENTING
from desktop.words import in_language
from desktop.workflow.catalogue.definitions import APPLICANT, CASE, Catalogue, Demand, Text
from desktop.workflow.planning.inputs import Key, Kind
from desktop.workflow.planning.open_papers import papers_hang_on
from desktop.workflow.planning.plan import Plan, Wanted

_ORGANISATIONS = frozenset({"enterprise", "sole_trader", "body"})
_FORMS = {
    "original": Bilingual(zh="原件", en="original"),
    "copy": Bilingual(zh="复印件", en="copy"),
    "shared": Bilingual(zh="共享数据", en="shared data"),
    "form": Bilingual(zh="表格", en="form"),
    "photo": Bilingual(zh="照片", en="photo"),
}
_LOOKED_AT = Bilingual(zh="原件，核对后当场退还", en="original, looked at and given back")


class About(NamedTuple):
    """What every letter about a request has to know, read once: its line, who takes part, and the hall."""

    row: RequestRow
    roles: tuple[RoleRow, ...]
    hall: Hall


def about_of(context: Context, request: UUID) -> About:
    """Read what a letter about a request needs to know of it. Refused request_unknown."""
    roles = roles_of(context.connection, context.hall_id, request)
    return About(request_of(context, request), tuple(roles), hall_part(context))


def receipt_of(context: Context, about: About, plan: Plan, number: str) -> Receipt:
    """Compose the receipt of a request: the papers taken in, what the person still brings, and what others see to."""
    naming = naming_in(context, about)
    open_ones = missing_of_plan(naming, plan)
    missing = tuple(one for one in open_ones if is_to_be_brought(one))
    asked = {naming.of(question.key) for question in plan.questions}
    hanging = {naming.of(question.key) for question in papers_hang_on(plan)}
    bare = [question for one in missing if (question := bare_question(one, asked)) is not None]
    return Receipt(
        **shared(context, about, number),
        applicant=applicant_part(about),
        items=tuple(both(task.item.name) for task in plan.tasks if task.wanted is Wanted.NEEDED),
        counter=_counter(context),
        clerk=context.staff.name,
        papers=papers_in(context, about),
        missing=missing,
        under_way=tuple(one for one in open_ones if one not in missing),
        next_visit=NextVisit(where=about.hall.name) if len(missing) > len(bare) else None,
        papers_open=not hanging.isdisjoint(bare),
    )


def shared(context: Context, about: About, number: str) -> dict[str, Any]:
    """Give what every letter has: the hall, its number, its day, the request's number and the matter."""
    row = about.row
    demand = context.catalogue.demands.get(row.demand or "")
    return {
        "hall": about.hall,
        "number": number,
        "request_number": row.number,
        "dated": context.today,
        "matter": Bilingual(zh=row.title) if demand is None else both(demand.name),
        "agent": _agent(about.roles),
        "asked": _asked(context, demand),
    }


def _asked(context: Context, demand: Demand | None) -> Bilingual | None:
    """Name what the person came with, where every way to it is an answer; None for an application."""
    items = context.catalogue.items.values()
    wanted = set() if demand is None else {want.outcome for want in demand.wants}
    words = {wording(item.procedure).asked for item in items if wanted & set(item.provides)}
    return said_in_both(words.pop()) if len(words) == 1 and "" not in words else None


def said_in_both(msgid: str, item: Text | None = None) -> Bilingual:
    """Say a sentence of the tables in both languages, with the name of an item in it."""
    zh, en = in_language("zh"), in_language("en")
    names = {} if item is None else {"zh": item.zh, "en": item.en or item.zh}
    return Bilingual(
        zh=zh.gettext(msgid).format(item=names.get("zh", "")), en=en.gettext(msgid).format(item=names.get("en", ""))
    )


def _agent(roles: tuple[RoleRow, ...]) -> Agent | None:
    """Name the agent who acts for the applicant, and as what."""
    acting = next((role for role in roles if role.role == AGENT), None)
    if acting is None or not acting.name:
        return None
    words = CAPACITIES[AGENT].get(acting.capacity or "")
    capacity = Bilingual(zh=in_language("zh").gettext(words), en=in_language("en").gettext(words)) if words else None
    return Agent(name=acting.name, capacity=capacity)


def request_of(context: Context, request: UUID) -> RequestRow:
    """Give the line of a request. Refused request_unknown."""
    row = request_row(context.connection, context.hall_id, request)
    if row is None:
        raise Refused("request_unknown")
    return row


def hall_part(context: Context) -> Hall:
    """Give the hall as a letter names it; its address, telephone and hours stand in its settings."""
    row = hall_row(context.connection, context.hall_id)
    if row is None:
        raise Refused("no_hall")
    told = row.settings
    return Hall(
        name=Bilingual(zh=row.name_zh, en=row.name_en),
        address=told_setting(told.get("address")),
        phone=str(told.get("phone") or ""),
        hours=told_setting(told.get("hours")),
        practice=row.sample,
    )


def setting(told: object, otherwise: Bilingual) -> Bilingual:
    """Read a text of the hall's settings; where there is none, another stands in for it."""
    return told_setting(told) or otherwise


def told_setting(told: object) -> Bilingual | None:
    """Read a text of the hall's settings, in one language or in both; None where the hall has told none."""
    match told:
        case str() if told.strip():
            return Bilingual(zh=told)
        case {"zh": str(zh), **rest} if zh.strip():
            return Bilingual(zh=zh, en=str(rest.get("en") or ""))
        case _:
            return None


def applicant_part(about: About) -> Applicant:
    """Give whom a letter is addressed to."""
    row = about.row
    kind = next((role.kind for role in about.roles if role.subject_id == row.applicant_id), None)
    return Applicant(name=row.applicant or "申请人", is_organisation=kind in _ORGANISATIONS)


def papers_in(context: Context, about: About, *, kept: bool = False) -> tuple[HandedPaper, ...]:
    """Give the papers taken in for this request and still here; `kept` leaves out what was only looked at."""
    request, subjects = about.row.id, [role.subject_id for role in about.roles]
    rows = papers_of(context.connection, context.hall_id, request, subjects)
    naming = naming_in(context, about)
    taken_in = (row for row in rows if row.request_id == request and row.state == "received")
    return tuple(_paper(naming, row) for row in taken_in if not (kept and _is_given_back(naming.catalogue, row)))


def _paper(naming: Naming, row: PaperRow) -> HandedPaper:
    name = naming.of(Key(Kind.MATERIAL, row.code, CASE if row.subject_id is None else str(row.subject_id)))
    if _is_given_back(naming.catalogue, row):
        return HandedPaper(name=name, form=_LOOKED_AT)
    return HandedPaper(name=name, form=_FORMS.get(row.form or ""), original_kept=row.form == "original")


def _is_given_back(catalogue: Catalogue, row: PaperRow) -> bool:
    """Tell whether an original is looked at and given back at once: nobody's card or certificate is kept here."""
    material = catalogue.materials.get(row.code)
    return row.form == "original" and material is not None and material.origin == "government"


def naming_in(context: Context, about: About) -> Naming:
    """Name things as the letters of a request do: what is not the applicant's own has its holder's name beside it."""
    own = {role.subject_id for role in about.roles if role.role == APPLICANT}
    demand = context.catalogue.demands.get(about.row.demand or "")
    others = (role for role in about.roles if role.subject_id not in own)
    return Naming(context.catalogue, {str(role.subject_id): _called(demand, role) for role in others})


def _called(demand: Demand | None, row: RoleRow) -> Bilingual:
    """Name somebody who takes part; whom nobody has named is called by the role."""
    role = REPRESENTING.get(row.role) if demand is None else demand.role(row.role) or REPRESENTING.get(row.role)
    return Bilingual(zh=row.name) if row.name or role is None else both(role.name)


def missing_of_plan(naming: Naming, plan: Plan) -> tuple[Missing, ...]:
    """List everything the whole matter still misses, once; a question no list names yet is an entry of its own."""
    found: list[Missing] = []
    for task in plan.tasks:
        if task.wanted is not Wanted.NOT_NEEDED:
            found += missing_of_task(naming, task, task.gates.values())
    named = {entry.question if entry.kind == "depends" else getattr(entry, "name", None) for entry in found}
    asked = (question_entry(naming, question) for question in plan.questions)
    found += [entry for entry in asked if entry.question not in named]
    return tuple(together(found))


def department_name(context: Context, code: str) -> Bilingual:
    """Name a department, as the hall has it or else as the catalogue has it."""
    for row in departments(context.connection, context.hall_id):
        if row.code == code:
            return Bilingual(zh=row.name_zh, en=row.name_en or "")
    known = context.catalogue.departments.get(code)
    return Bilingual(zh=code) if known is None else both(known.name)


def _counter(context: Context) -> Bilingual:
    """Name the counter the clerk sits at; a counter has no name in English, so that its code stands in for one."""
    code = context.staff.counter
    if not code:
        return Bilingual(zh="综合窗口", en="service counter")
    rows = counters(context.connection, context.hall_id)
    return Bilingual(zh=next((row.name for row in rows if row.code == code), code), en=f"Counter {code}")
