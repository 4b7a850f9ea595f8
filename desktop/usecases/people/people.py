"""People, enterprises and bodies: registering them once, and keeping their numbers and names."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import insert, update

from db.ids import new_id
from db.models import FormerName, Subject, SubjectIdentifier
from db.queries.people import SubjectRow, former_names_of, hold_subject, holders, identifiers_of, subjects
from db.search import index_document
from desktop.cleaning import TextFault, clean_line, clean_name, name_questions
from desktop.identity import IdentityFault, check_phone, divisions
from desktop.masking import mask_id
from desktop.usecases.context import Context
from desktop.usecases.people.identifiers import FreeKind, Known, check_credit_code, check_person_number, seal, token
from desktop.usecases.people.people_cards import (
    THINGS,
    FormerNameCard,
    FoundPerson,
    IdentifierCard,
    PeopleQuery,
    PersonCard,
    find_people,
    person_card,
    reveal_identifier,
)
from desktop.usecases.people.people_forms import (
    AddIdentifier,
    ChangePhone,
    NewBody,
    NewEnterprise,
    NewPerson,
    NewThing,
    NoIdentifier,
    Registered,
    Rename,
    Sex,
    ThingKind,
)
from desktop.usecases.permissions import Permission
from desktop.usecases.refused import Refused
from desktop.usecases.requests.case import CONTACT_PHONE, Answer
from desktop.usecases.requests.case_records import keep_facts
from desktop.usecases.requests.findable import index_requests_of
from desktop.usecases.requests.under_way import check_part
from desktop.usecases.sight import check_sight
from desktop.usecases.topics import Topic
from desktop.usecases.values import birth_of
from desktop.usecases.work.shared_record import bring_others, hold

__all__ = [
    "AddIdentifier",
    "ChangePhone",
    "FormerNameCard",
    "FoundPerson",
    "FreeKind",
    "IdentifierCard",
    "NewBody",
    "NewEnterprise",
    "NewPerson",
    "NewThing",
    "NoIdentifier",
    "PeopleQuery",
    "PersonCard",
    "Registered",
    "Rename",
    "Sex",
    "ThingKind",
    "add_identifier",
    "change_phone",
    "find_people",
    "form_faults",
    "person_card",
    "register_body",
    "register_enterprise",
    "register_person",
    "register_thing",
    "rename",
    "reveal_identifier",
]

_PLACE: Final = "area_unknown"


def register_person(context: Context, command: NewPerson) -> Registered:
    """Register a person, also one who gives no name or has no number.

    Refused already_known (subject), name_missing, identifier_or_reason_needed, identifier_<fault>, phone_<fault>,
    birth_<fault>.
    """
    context.require(Permission.REGISTER_PERSON)
    anonymous = command.no_identifier is NoIdentifier.ANONYMOUS and not command.identifier
    name = _name(command.name, may_lack=anonymous)
    known = None
    if command.identifier:
        known = check_person_number(command.identifier, command.identifier_kind, context.today)
    birth = _birth(command.birth, context.today)
    row: dict[str, Any] = {
        "kind": "person", "name": name, "witness": _line(command.witness),
        "birth": (known and known.birth) or birth, "sex": (known and known.sex) or command.sex,
        "phone": _phone(command.phone), "area": command.area or (known and known.area),
    }  # fmt: skip
    warnings = [f"name_{question}" for question in name_questions(name)] if name else []
    if known is not None:
        warnings += _differences(known, birth, command.sex)
    return _register(context, row, known, command.no_identifier, warnings)


def register_enterprise(context: Context, command: NewEnterprise) -> Registered:
    """Register an enterprise or sole trader by its code; see `register_person` for the refusals."""
    context.require(Permission.REGISTER_PERSON)
    return _register_organisation(context, command.kind, command)


def register_body(context: Context, command: NewBody) -> Registered:
    """Register a public body by its code; see `register_person` for the refusals."""
    context.require(Permission.REGISTER_PERSON)
    return _register_organisation(context, "body", command)


def register_thing(context: Context, command: NewThing) -> Registered:
    """Open a file for premises, a vehicle or another thing."""
    context.require(Permission.REGISTER_PERSON)
    if command.kind not in THINGS:
        raise Refused("unknown_kind", kind=command.kind)
    row = {"kind": command.kind, "name": _name(command.name), "area": command.area, "details": dict(command.details)}
    subject = _write_subject(context, {**row, "provisional": False})
    context.record("thing_registered", Topic.PEOPLE, subject=subject, data={"kind": command.kind})
    return Registered(subject, _area_warnings(command.area))


def form_faults(context: Context, form: NewPerson | NewEnterprise | NewBody | NewThing) -> tuple[Refused, ...]:
    """Give everything at once for which a form would be refused by itself: name, number, day of birth, phone."""
    context.require(Permission.REGISTER_PERSON)
    checks: list[Callable[[], object]] = [lambda: _name(form.name)]
    if isinstance(form, NewPerson):
        number, kind = form.identifier, form.identifier_kind
        checks += [lambda: number and check_person_number(number, kind, context.today)]
        checks += [lambda: _birth(form.birth, context.today)]
    elif not isinstance(form, NewThing):
        code = form.credit_code
        checks += [lambda: code and check_credit_code(code)]
    if not isinstance(form, NewThing):
        checks += [lambda: _phone(form.phone)]
    return tuple(fault for fault in map(_refusal_of, checks) if fault is not None)


def add_identifier(context: Context, command: AddIdentifier) -> tuple[str, ...]:
    """Add a number to somebody and return what to look at again; Refused already_known (subject), already_has.

    Refused unknown_subject, too, for somebody who takes no part in the request.
    """
    context.require(Permission.CHANGE_PERSON)
    _check_part(context, command.subject, command.request)
    row = _held(context, command.subject)
    if row.kind in THINGS:
        raise Refused("wrong_identifier_kind", kind=row.kind)
    if row.kind == "person":
        known = check_person_number(command.number, command.kind, context.today)
    else:
        known = check_credit_code(command.number)
    if command.valid_from and command.valid_to and command.valid_to < command.valid_from:
        raise Refused("validity_ends_before_it_begins")
    number = _write_identifier(context, row.id, known, command.valid_from, command.valid_to)
    gained = {
        "provisional": False,
        "no_identifier": None,
        "birth": row.birth or known.birth,
        "sex": row.sex or known.sex,
    }
    _change(context, row.id, **gained, area=row.area or known.area)
    _index(context, row.id)
    data = {"identifier": str(number)}
    context.record("identifier_added", Topic.PEOPLE, request=command.request, subject=row.id, data=data)
    _tell_requests(context, row.id, command.request, "identifier")
    return (*known.warnings, *_differences(known, row.birth, row.sex))


def rename(context: Context, command: Rename) -> tuple[str, ...]:
    """Give somebody a new name and keep the old one, under which they are still found; return what looks odd.

    Refused name_<fault>, name_unchanged, reason_missing where there was another name, too_long, unknown_subject for
    somebody who takes no part in the request.
    """
    context.require(Permission.CHANGE_PERSON)
    _check_part(context, command.subject, command.request)
    row = _held(context, command.subject)
    name = _name(command.name)
    if name == row.name:
        raise Refused("name_unchanged")
    reason = _line(command.reason)
    if row.name:
        if reason is None:
            raise Refused("reason_missing")
        former = {"subject_id": row.id, "name": row.name, "valid_to": command.until, "reason": reason}
        context.connection.execute(insert(FormerName), {"hall_id": context.hall_id, **former, "added_at": context.now})
    _change(context, row.id, name=name)
    _index(context, row.id)
    index_requests_of(context, row.id)
    context.record("renamed", Topic.PEOPLE, request=command.request, subject=row.id)
    _tell_requests(context, row.id, command.request, "name")
    return tuple(f"name_{question}" for question in name_questions(name))


def change_phone(context: Context, command: ChangePhone) -> None:
    """Write down where somebody can be reached now; Refused phone_<fault>, phone_unchanged.

    Refused unknown_subject, too, for somebody who takes no part in the request.
    """
    context.require(Permission.CHANGE_PERSON)
    _check_part(context, command.subject, command.request)
    row = _held(context, command.subject)
    phone = _phone(command.phone)
    if phone == row.phone:
        raise Refused("phone_unchanged")
    _change(context, row.id, phone=phone)
    _index(context, row.id)
    index_requests_of(context, row.id)
    event = context.record("phone_changed", Topic.PEOPLE, Topic.FACTS, request=command.request, subject=row.id)
    if CONTACT_PHONE in context.catalogue.facts:  # a word of its day: the latest stands, whoever it was told
        keep_facts(context, command.request, event, (Answer(str(row.id), CONTACT_PHONE, phone),))
    _tell_requests(context, row.id, command.request, "phone")


def _tell_requests(context: Context, subject: UUID, request: UUID | None, what: str) -> None:
    """Plan anew the open requests of somebody whose file has changed."""
    found = hold(context, touched=(subject,))
    bring_others(context, replace(found, by=request), {"file": what})


def _register_organisation(context: Context, kind: str, command: NewEnterprise | NewBody) -> Registered:
    known = check_credit_code(command.credit_code) if command.credit_code else None
    name = _name(command.name)
    row = {
        "kind": kind, "name": name, "phone": _phone(command.phone), "area": command.area or (known and known.area),
    }  # fmt: skip
    return _register(context, row, known, command.no_identifier, [])


def _register(
    context: Context, row: dict[str, Any], known: Known | None, reason: NoIdentifier | None, warnings: list[str]
) -> Registered:
    """Write a subject and its number, or the reason why it has none."""
    if known is None and reason is None:
        raise Refused("identifier_or_reason_needed")
    row |= {"provisional": known is None, "no_identifier": reason.value if known is None and reason else None}
    subject = _write_subject(context, row, index=known is None)
    if known is not None:
        _write_identifier(context, subject, known)
        _index(context, subject)
        warnings = [*known.warnings, *warnings]
    warnings += [each for each in _area_warnings(row.get("area")) if each not in warnings]
    data = {"kind": row["kind"], "no_identifier": row["no_identifier"]}
    context.record("person_registered", Topic.PEOPLE, subject=subject, data=data)
    return Registered(subject, tuple(warnings))


def _write_subject(context: Context, row: Mapping[str, Any], *, index: bool = True) -> UUID:
    subject = new_id()
    by = None if context.session is None else context.session.account_id
    made = {"hall_id": context.hall_id, "id": subject, "created_at": context.now, "created_by": by}
    context.connection.execute(insert(Subject), {**made, **row})
    if index:
        _index(context, subject)
    return subject


def _write_identifier(
    context: Context, subject: UUID, known: Known, valid_from: date | None = None, valid_to: date | None = None
) -> UUID:
    """Write a number that nobody has yet; Refused already_known (subject) or already_has."""
    mark = token(context.keys, known.kind, known.normal)
    owners = holders(context.connection, context.hall_id, [mark])
    if subject in owners:
        raise Refused("already_has")
    if owners:
        raise Refused("already_known", subject=owners[0])
    number = new_id()
    row = {
        "hall_id": context.hall_id, "id": number, "subject_id": subject, "kind": known.kind, "token": mark,
        "masked": mask_id(known.normal), "sealed": seal(context.keys, mark, known.normal), "valid_from": valid_from,
        "valid_to": valid_to, "warnings": list(known.warnings), "added_at": context.now,
    }  # fmt: skip
    context.connection.execute(insert(SubjectIdentifier), row)
    return number


def _index(context: Context, subject: UUID) -> None:
    """Let a subject be found by its names, its phone and, whole, its numbers."""
    connection, hall_id = context.connection, context.hall_id
    row = subjects(connection, hall_id, [subject])[subject]
    former = (each.name for each in former_names_of(connection, hall_id, [subject]))
    index_document(
        connection,
        hall_id,
        row.kind,
        subject,
        codes=[number.token for number in identifiers_of(connection, hall_id, [subject])],
        names=[name for name in (row.name, *former) if name],
        phones=[row.phone] if row.phone else [],
    )


def _differences(known: Known, birth: date | None, sex: str | None) -> list[str]:
    """Say where a number tells another day of birth or another sex than is on file or was told."""
    told = {"birth_differs": (known.birth, birth), "sex_differs": (known.sex, sex)}
    return [code for code, (by_number, other) in told.items() if None not in {by_number, other} and by_number != other]


def _refusal_of(check: Callable[[], object]) -> Refused | None:
    try:
        check()
    except Refused as refusal:
        return refusal
    return None


def _check_part(context: Context, subject: UUID, request: UUID | None) -> None:
    """Let a change stand in the history of a request only when it is about somebody who takes part in it."""
    if request is None:
        return
    check_sight(context, request)
    check_part(context, request, str(subject))


def _held(context: Context, subject: UUID) -> SubjectRow:
    row = hold_subject(context.connection, context.hall_id, subject)
    if row is None:
        raise Refused("unknown_subject", subject=subject)
    return row


def _change(context: Context, subject: UUID, **values: Any) -> None:
    one = Subject.hall_id == context.hall_id, Subject.id == subject
    context.connection.execute(update(Subject).where(*one).values(**values))


def _name(typed: str, *, may_lack: bool = False) -> str:
    try:
        name = clean_name(typed)
    except TextFault as fault:
        raise Refused(f"name_{fault.code}", **fault.values) from None
    if not name and not may_lack:
        raise Refused("name_missing")
    return name


def _line(typed: str | None) -> str | None:
    try:
        return clean_line(typed) or None if typed else None
    except TextFault as fault:
        raise Refused(fault.code, **fault.values) from None


def _phone(typed: str | None) -> str | None:
    if typed is None or not typed.strip():
        return None
    try:
        return check_phone(typed).normal
    except IdentityFault as fault:
        raise Refused(f"phone_{fault.code}", **fault.values) from None


def _birth(typed: str | date | None, today: date) -> date | None:
    if typed is None or typed == "":
        return None
    return birth_of(typed, today)


def _area_warnings(area: str | None) -> tuple[str, ...]:
    return () if area is None or area in divisions() else (_PLACE,)
