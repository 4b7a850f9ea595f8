"""Who takes part in a request: the roles of its demand, and an agent or a guardian who acts for somebody."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import insert

from db.ids import new_id
from db.models.request import RequestRole
from db.models.subject import Subject
from db.queries.people import SubjectRow, subjects
from db.queries.requests import EventRow, FactRow, RoleRow
from desktop.usecases.context import Context
from desktop.usecases.people.deaths import deaths_of
from desktop.usecases.refused import Refused
from desktop.usecases.requests.case import BIRTH_DATE, Answer, Form, Mandate
from desktop.words import gettext_noop
from desktop.workflow.catalogue.definitions import APPLICANT, Catalogue, Demand, Role, Text

AGENT: Final = "agent"
GUARDIAN: Final = "guardian"
_PERSON: Final = "person"
REPRESENTING: Final = {
    AGENT: Role(code=AGENT, name=Text(zh="代办人", en="Agent"), kinds=("person",), optional=True),
    GUARDIAN: Role(code=GUARDIAN, name=Text(zh="监护人", en="Guardian"), kinds=("person",), optional=True),
}
"""Anybody may send an agent or come with a guardian, whether the demand speaks of one or not."""

CAPACITIES: Final = {
    AGENT: {
        "relative": gettext_noop("Relative"),
        "employee": gettext_noop("Employee"),
        "lawyer": gettext_noop("Lawyer"),
        "hall_helper": gettext_noop("Helper of the hall"),
        "other": gettext_noop("Somebody else with authority"),
    },
    GUARDIAN: {
        "parent": gettext_noop("Father or mother"),
        "spouse": gettext_noop("Husband or wife"),
        "grown_child": gettext_noop("Grown-up child"),
        "close_relative": gettext_noop("Other close relative"),
        "appointed": gettext_noop("Appointed by court or committee"),
    },
}
"""The capacities in which somebody acts for another; guardians as 民法典 第二十七条 and 第二十八条 order them."""

SCOPES: Final = {
    "whole": gettext_noop("The whole matter"),
    "hand_in": gettext_noop("Handing in papers"),
    "collect": gettext_noop("Collecting the result"),
}
"""What an agent may be sent for."""

NAMELESS: Final = Text(zh="不留姓名", en="Without a name")
"""How a sentence calls an applicant who has given no name."""

_NOT_KNOWN_YET: Final = Text(zh="名字还不知道", en="Name not known yet")
"""How a sentence calls whoever else takes part and has not been named."""

_UNDER_AGE: Final = {AGENT: "agent_is_minor", GUARDIAN: "guardian_is_minor"}
OF_AGE: Final = 18  # 民法典 第十七条
_OWN_WORK_FROM: Final = 16  # 民法典 第十八条第二款
ALONE_FROM: Final = 8
"""From here on the law lets a minor do some things alone; below it a guardian acts for the child (第十八至二十条)."""
_NEW_ROLE: Final = insert(RequestRole)
_WORD_ONLY: Final = frozenset({"enquiry", "complaint"})
"""The procedures of what anybody of any age may say or ask: no right is made or given up."""


def roles_of_demand(demand: Demand, applicant: str | None = None) -> tuple[Role, ...]:
    """Give the roles a request for a demand may have: its own, then agent and guardian where it names none.

    Only people have a guardian (民法典 第二十七、二十八条): `applicant` is the kind of who applies, where it is known.
    """
    named, asking = {role.code for role in demand.roles}, demand.role(APPLICANT)
    kinds = asking.kinds if applicant is None and asking is not None else (applicant or _PERSON,)
    fitting = [role for code, role in REPRESENTING.items() if code != GUARDIAN or _PERSON in kinds]
    return (*demand.roles, *(role for role in fitting if role.code not in named))


def kinds_of_applicant(demand: Demand, catalogue: Catalogue) -> tuple[str, ...]:
    """Give the kinds one of which the applicant of a demand has to be; empty where it does not matter.

    What everybody comes for must be open to them: a kind for which no item provides it is left out.
    """
    role = demand.role(APPLICANT)
    if role is None:
        return ()
    found = tuple(role.kinds)
    for want in demand.wants:
        if want.when is None and not want.opt_in and want.of in {None, APPLICANT}:
            ways = [i for i in catalogue.providers.get(want.outcome, ()) if want.item in {None, i.code}]
            own = ways and all(way.about == APPLICANT and way.open_to for way in ways)
            found = tuple(kind for kind in found if not own or any(kind in way.open_to for way in ways))
    return found or tuple(role.kinds)


def must_be_named(role: Role) -> bool:
    """Tell whether a role has to be filled, or said to be unnamed; the applicant may stay without a name."""
    return not role.optional and role.code != APPLICANT


def age_on(birth: date, day: date) -> int:
    """Give somebody's age in full years on a day."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def check_roles(context: Context, form: Form) -> None:
    """See that everybody needed is named and may stand where they stand.

    Refused role_unknown, role_empty, role_of_another_kind, unknown_subject, mandate_ended, mandate_without_scope,
    mandate_by_oneself, agent_unnamed.
    """
    demand = context.catalogue.demands[form.demand]
    people = subjects(context.connection, context.hall_id, sorted({s for f in form.roles.values() for s in f}, key=str))
    kind = next((row.kind for row in _applicants(form, people)), None)
    known = {role.code: role for role in roles_of_demand(demand, kind)}
    if APPLICANT in known:
        kinds = kinds_of_applicant(demand, context.catalogue) or known[APPLICANT].kinds
        known[APPLICANT] = known[APPLICANT].model_copy(update={"kinds": kinds})
    for code in (*form.roles, *form.unnamed, *form.mandates):
        if code not in known:
            raise Refused("role_unknown", which=code)
    for role in known.values():
        _check_role(form, role, people)
    for code in REPRESENTING:
        _check_mandate(context, form, code)


def dead_in_the_way(context: Context, form: Form) -> Refused | None:
    """Say whether somebody who applies or acts for another is on record as dead, and which role that is.

    With death the ability to have rights ends, and an agent's authority with it (民法典 第十三、一百七十三条); heirs
    apply in their own name. What anybody may say or ask is let through: who is on record may be standing here alive.
    """
    demand = context.catalogue.demands.get(form.demand)
    if demand is None or _is_word_only(context, demand):
        return None
    roles = (APPLICANT, *REPRESENTING)
    died = deaths_of(context, (one for role in roles for one in form.roles.get(role, ())))
    gone = next(((role, one) for role in roles for one in form.roles.get(role, ()) if one in died), None)
    if gone is None:
        return None
    role, one = gone
    row = subjects(context.connection, context.hall_id, [one])[one]
    return Refused(f"{role}_dead", name=row.name or NAMELESS, day=died[one], which=role)


def guardian_advised(context: Context, form: Form) -> bool:
    """Tell whether the applicant is a minor and nobody stands as guardian."""
    return not form.roles.get(GUARDIAN) and guardian_needed(context, form)


def guardian_needed(context: Context, form: Form) -> bool:
    """Tell whether the applicant is a minor, for whom a guardian acts, whether one stands there already or not."""
    others = {role: found for role, found in form.roles.items() if role != GUARDIAN}
    return _minor_alone(context, replace(form, roles=others)) is not None


def guardian_missing(
    context: Context, demand: str, roles: Sequence[RoleRow], facts: Sequence[FactRow], history: Sequence[EventRow]
) -> bool:
    """Tell whether a logged request is by now that of a minor alone, whom no reason known to the law lets act so."""
    if any(event.kind == "request_logged" and (event.data or {}).get("reason") for event in history):
        return False
    holders: dict[str, tuple[UUID, ...]] = {}
    for role in roles:
        holders[role.role] = (*holders.get(role.role, ()), role.subject_id)
    births = (row for row in facts if row.code == BIRTH_DATE and row.value)
    told = tuple(Answer(str(row.subject_id), row.code, date.fromisoformat(row.value)) for row in births)
    return guardian_advised(context, Form(demand, holders, told))


def check_guardian(context: Context, form: Form, why_alone: str) -> bool:
    """See that a minor does not ask alone; tell whether one does, for a reason the law knows.

    From 8 years on somebody under 18 may do alone what only brings gain or fits age and understanding, and from 16 on
    anything when living on own work (民法典 第十八、十九条): that is said with a reason. Refused guardian_needed (name,
    age, may_act_alone) otherwise, guardian_is_minor or agent_is_minor (name, age) where who acts is under age as well.
    """
    for role in REPRESENTING:
        _check_age(context, form, role, why_alone)
    minor = _minor_alone(context, form)
    if minor is None:
        return False
    name, age = minor
    if age >= ALONE_FROM and why_alone:
        return True
    raise Refused("guardian_needed", name=name, age=age, which=GUARDIAN, may_act_alone=age >= ALONE_FROM)


def fill_roles(context: Context, form: Form) -> dict[str, tuple[UUID, ...]]:
    """Give everybody who takes part; whom nobody named yet gets a file without a name."""
    roles = {role: tuple(dict.fromkeys(found)) for role, found in form.roles.items() if found}
    spoken_of = {answer.subject for answer in form.answers} | {paper.subject for paper in form.papers}
    for role in context.catalogue.demands[form.demand].roles:
        takes_part = f"role:{role.code}" in spoken_of or not (role.optional or role.set_of)
        if role.code not in roles and takes_part:
            roles[role.code] = (_unnamed(context, role.kinds[0]),)
    return roles


def write_roles(context: Context, request: UUID, roles: dict[str, tuple[UUID, ...]], form: Form) -> None:
    """Write down who takes part in a request as what, with the mandate of those who act for another."""
    rows = []
    for role, found in roles.items():
        mandate = form.mandates.get(role, Mandate())
        for subject in found:
            row = {
                "hall_id": context.hall_id, "id": new_id(), "request_id": request, "role": role,
                "subject_id": subject, "capacity": mandate.capacity, "scope": mandate.scope, "until": mandate.until,
            }  # fmt: skip
            rows.append(row)
    if rows:
        context.connection.execute(_NEW_ROLE, rows)


def _check_role(form: Form, role: Role, people: dict[UUID, SubjectRow]) -> None:
    found = form.roles.get(role.code, ())
    if not found and must_be_named(role) and role.code not in form.unnamed:
        raise Refused("role_empty", role=role.name, which=role.code)
    for subject in found:
        if subject not in people:
            raise Refused("unknown_subject", subject=subject)
        if people[subject].kind not in role.kinds:
            raise Refused(
                "role_of_another_kind",
                role=role.name,
                name=people[subject].name or (NAMELESS if role.code == APPLICANT else _NOT_KNOWN_YET),
                which=role.code,
            )


def _check_mandate(context: Context, form: Form, code: str) -> None:
    found, mandate = form.roles.get(code, ()), form.mandates.get(code, Mandate())
    if code in form.unnamed:
        raise Refused("agent_unnamed", role=REPRESENTING[code].name, which=code)
    if not found:
        return
    if set(found) & set(form.roles.get(APPLICANT, ())):
        raise Refused("mandate_by_oneself", role=REPRESENTING[code].name, which=code)
    if mandate.until is not None and mandate.until < context.today:
        raise Refused("mandate_ended", until=mandate.until, which=code)
    if code == AGENT and not mandate.scope:
        raise Refused("mandate_without_scope", which=code)


def _minor_alone(context: Context, form: Form) -> tuple[str | Text, int] | None:
    """Give name and age of the youngest applicant under age for whom nobody stands as guardian.

    Who only asks, complains or reports may be of any age.
    """
    demand = context.catalogue.demands.get(form.demand)
    if demand is None or form.roles.get(GUARDIAN) or _is_word_only(context, demand):
        return None
    births = _births(context, form)
    found = [(name or NAMELESS, age_on(birth, context.today)) for name, birth in births]
    return min((one for one in found if one[1] < OF_AGE), key=lambda one: one[1], default=None)


def _check_age(context: Context, form: Form, role: str, why: str) -> None:
    """See that whoever acts for another is able to.

    A guardian by 民法典 第二十七、二十八条 (有监护能力的人); an agent because the acts bind the other (第一百六十二条).

    From 16 on somebody who lives on own work counts as of age (第十八条第二款): that is said with a reason.
    """
    for name, birth in _births(context, form, role):
        age = age_on(birth, context.today)
        if age < OF_AGE and not (age >= _OWN_WORK_FROM and why):
            raise Refused(_UNDER_AGE[role], name=name or _NOT_KNOWN_YET, age=age, which=role)


def _is_word_only(context: Context, demand: Demand) -> bool:
    """Tell whether a demand only leads to what anybody may say or ask."""
    ways = [
        item
        for want in demand.wants
        for item in context.catalogue.providers.get(want.outcome, ())
        if want.item in (None, item.code)
    ]
    return bool(ways) and all(item.procedure in _WORD_ONLY for item in ways)


def _births(context: Context, form: Form, role: str = APPLICANT) -> Iterator[tuple[str | None, date]]:
    """Give name and day of birth of all who hold a role, as it stands on the file or was told on the form."""
    named = form.roles.get(role, ())
    people = subjects(context.connection, context.hall_id, list(named)) if named else {}
    told = {answer.subject: answer.value for answer in form.answers if answer.code == BIRTH_DATE}
    rows = {str(one): people[one] for one in named if one in people}
    for subject in rows or (f"role:{role}",):
        row = rows.get(subject)
        birth = told.get(subject) or (None if row is None else row.birth)
        if isinstance(birth, date):
            yield None if row is None else row.name, birth


def _applicants(form: Form, people: dict[UUID, SubjectRow]) -> Iterator[SubjectRow]:
    return (people[one] for one in form.roles.get(APPLICANT, ()) if one in people)


def _unnamed(context: Context, kind: str) -> UUID:
    subject = new_id()
    context.connection.execute(
        insert(Subject).values(
            hall_id=context.hall_id,
            id=subject,
            kind=kind,
            name="",
            provisional=True,
            created_at=context.now,
            created_by=context.staff.account_id,
        )
    )
    return subject
