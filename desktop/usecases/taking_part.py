"""Who takes part in a request: the roles of its demand, and an agent or a guardian who acts for somebody."""

from collections.abc import Iterator
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import insert

from db.ids import new_id
from db.models.request import RequestRole
from db.models.subject import Subject
from db.queries.people import SubjectRow, subjects
from desktop.usecases.case import Form, Mandate
from desktop.usecases.context import Context
from desktop.usecases.refused import Refused
from desktop.words import gettext_noop
from desktop.workflow.catalogue import APPLICANT, Demand, Role, Text

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
"""How a sentence calls somebody who has given no name."""

OF_AGE: Final = 18  # 民法典 第十七条
OWN_LIVING: Final = 16  # 民法典 第十八条: from here on, who lives on work of one's own acts alone


def roles_of_demand(demand: Demand, applicant: str | None = None) -> tuple[Role, ...]:
    """Give the roles a request for a demand may have: its own, then agent and guardian where it names none.

    Only people have a guardian (民法典 第二十七、二十八条): `applicant` is the kind of who applies, where it is known.
    """
    named, asking = {role.code for role in demand.roles}, demand.role(APPLICANT)
    kinds = asking.kinds if applicant is None and asking is not None else (applicant or _PERSON,)
    fitting = [role for code, role in REPRESENTING.items() if code != GUARDIAN or _PERSON in kinds]
    return (*demand.roles, *(role for role in fitting if role.code not in named))


def must_be_named(role: Role) -> bool:
    """Tell whether a role has to be filled, or said to be unnamed; the applicant may stay without a name."""
    return not role.optional and role.code != APPLICANT


def age_on(birth: date, day: date) -> int:
    """Give somebody's age in full years on a day."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def check_roles(context: Context, form: Form) -> None:
    """See that everybody needed is named and may stand where they stand.

    Refused role_unknown, role_empty, role_of_another_kind, unknown_subject, guardian_needed, mandate_ended,
    mandate_without_scope, mandate_by_oneself, agent_unnamed.
    """
    demand = context.catalogue.demands[form.demand]
    people = subjects(context.connection, context.hall_id, sorted({s for f in form.roles.values() for s in f}, key=str))
    kind = next((row.kind for row in _applicants(form, people)), None)
    known = {role.code: role for role in roles_of_demand(demand, kind)}
    for code in (*form.roles, *form.unnamed, *form.mandates):
        if code not in known:
            raise Refused("role_unknown", which=code)
    for role in known.values():
        _check_role(form, role, people)
    for code in REPRESENTING:
        _check_mandate(context, form, code)
    _check_age(context, form, demand, people)


def guardian_advised(context: Context, form: Form) -> bool:
    """Tell whether the applicant is a minor and nobody stands as guardian."""
    age = _age_of_applicant(context, form)
    return age is not None and age < OF_AGE and not form.roles.get(GUARDIAN)


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
    for role, found in roles.items():
        mandate = form.mandates.get(role, Mandate())
        for subject in found:
            row = {
                "hall_id": context.hall_id, "id": new_id(), "request_id": request, "role": role,
                "subject_id": subject, "capacity": mandate.capacity, "scope": mandate.scope, "until": mandate.until,
            }  # fmt: skip
            context.connection.execute(insert(RequestRole).values(**row))


def _check_role(form: Form, role: Role, people: dict[UUID, SubjectRow]) -> None:
    found = form.roles.get(role.code, ())
    if not found and must_be_named(role) and role.code not in form.unnamed:
        raise Refused("role_empty", role=role.name, which=role.code)
    for subject in found:
        if subject not in people:
            raise Refused("unknown_subject", subject=subject)
        if people[subject].kind not in role.kinds:
            raise Refused(
                "role_of_another_kind", role=role.name, name=people[subject].name or NAMELESS, which=role.code
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


def _check_age(context: Context, form: Form, demand: Demand, people: dict[UUID, SubjectRow]) -> None:
    """A child cannot ask alone for what the catalogue says a guardian stands by for."""
    if demand.role(GUARDIAN) is None or form.roles.get(GUARDIAN):
        return
    for row in _applicants(form, people):
        age = None if row.birth is None else age_on(row.birth, context.today)
        if age is not None and age < OWN_LIVING:
            raise Refused("guardian_needed", name=row.name or NAMELESS, age=age, which=GUARDIAN)


def _age_of_applicant(context: Context, form: Form) -> int | None:
    people = subjects(context.connection, context.hall_id, list(form.roles.get(APPLICANT, ())))
    births = [row.birth for row in _applicants(form, people) if row.birth is not None]
    return min((age_on(birth, context.today) for birth in births), default=None)


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
