"""Finding people and enterprises, and looking at what is kept of one; numbers are masked until somebody asks."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from db.queries import people
from db.queries.people import FormerNameRow, IdentifierRow, SubjectRow
from db.search import search
from desktop.identity import division_name
from desktop.masking import mask_phone
from desktop.usecases.context import Context
from desktop.usecases.people.identifiers import tokens_of_query, unseal
from desktop.usecases.permissions import Permission
from desktop.usecases.refused import Refused

PEOPLE: Final = ("person", "enterprise", "sole_trader", "body")
THINGS: Final = ("premises", "vehicle", "object")


@dataclass(frozen=True)
class PeopleQuery:
    """What is typed into the search: a name or a part of it, pinyin, a phone, or a whole number."""

    text: str
    kinds: tuple[str, ...] = PEOPLE
    limit: int = 50


@dataclass(frozen=True)
class FoundPerson:
    """One line of what was found; numbers and phone are masked."""

    subject: UUID
    kind: str
    name: str
    birth: date | None
    phone: str | None
    identifiers: tuple[str, ...]
    former_names: tuple[str, ...]
    provisional: bool


@dataclass(frozen=True)
class IdentifierCard:
    """A number on a card, masked."""

    id: UUID
    kind: str
    masked: str
    valid_from: date | None
    valid_to: date | None
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class FormerNameCard:
    """A name somebody bore until a day."""

    name: str
    valid_to: date | None
    reason: str | None


@dataclass(frozen=True)
class PersonCard:
    """What is kept of a person, enterprise, body or thing."""

    subject: UUID
    kind: str
    name: str
    birth: date | None
    sex: str | None
    phone: str | None
    area: str | None
    area_name: str | None
    provisional: bool
    no_identifier: str | None
    witness: str | None
    identifiers: tuple[IdentifierCard, ...]
    former_names: tuple[FormerNameCard, ...]
    details: MappingProxyType[str, Any]

    @property
    def anonymous(self) -> bool:
        """Return whether this is somebody who gave no name."""
        return not self.name


def find_people(context: Context, query: PeopleQuery) -> tuple[FoundPerson, ...]:
    """Find people and enterprises: whose number it is first, then by name and phone, the newest first."""
    context.require(Permission.FIND_PEOPLE)
    connection, hall_id = context.connection, context.hall_id
    tokens = tokens_of_query(context.keys, query.text, context.today)
    owners = people.holders(connection, hall_id, tokens) if tokens else ()
    hits = search(connection, hall_id, query.text, kinds=query.kinds, limit=query.limit)
    ids = list(dict.fromkeys([*owners, *(hit.ref_id for hit in hits)]))
    rows = people.subjects(connection, hall_id, ids)
    shown = [rows[each] for each in ids if each in rows]
    return _lines(context, [row for row in shown if row.kind in query.kinds][: query.limit])


def person_card(context: Context, subject: UUID) -> PersonCard:
    """Give what is kept of somebody; that it was looked at is logged. Refused unknown_subject."""
    context.require(Permission.SEE_PERSON)
    row = _record(context, subject)
    context.record_reading("person_seen", subject=row.id)
    numbers = people.identifiers_of(context.connection, context.hall_id, [row.id])
    names = people.former_names_of(context.connection, context.hall_id, [row.id])
    return PersonCard(
        row.id, row.kind, row.name, row.birth, row.sex, row.phone, row.area,
        None if row.area is None else division_name(row.area), row.provisional, row.no_identifier, row.witness,
        tuple(_number_card(number) for number in numbers),
        tuple(FormerNameCard(each.name, each.valid_to, each.reason) for each in names),
        MappingProxyType(row.details or {}),
    )  # fmt: skip


def reveal_identifier(context: Context, identifier_id: UUID) -> str:
    """Give a number whole, for a letter or to be typed into another system; that it was seen is logged."""
    context.require(Permission.SEE_IDENTIFIER)
    row = people.identifier(context.connection, context.hall_id, identifier_id)
    if row is None:
        raise Refused("unknown_identifier")
    context.record_reading("identifier_seen", subject=row.subject_id)
    return unseal(context.keys, row.token, row.sealed)


def _record(context: Context, subject: UUID) -> SubjectRow:
    """Return the record of a subject; Refused unknown_subject."""
    row = people.subjects(context.connection, context.hall_id, [subject]).get(subject)
    if row is None:
        raise Refused("unknown_subject", subject=subject)
    return row


def _lines(context: Context, rows: list[SubjectRow]) -> tuple[FoundPerson, ...]:
    ids = [row.id for row in rows]
    numbers, names = defaultdict[UUID, list[IdentifierRow]](list), defaultdict[UUID, list[FormerNameRow]](list)
    for number in people.identifiers_of(context.connection, context.hall_id, ids):
        numbers[number.subject_id].append(number)
    for name in people.former_names_of(context.connection, context.hall_id, ids):
        names[name.subject_id].append(name)
    return tuple(
        FoundPerson(
            row.id, row.kind, row.name, row.birth, None if row.phone is None else mask_phone(row.phone),
            tuple(number.masked for number in numbers[row.id]), tuple(name.name for name in names[row.id]),
            row.provisional,
        )
        for row in rows
    )  # fmt: skip


def _number_card(row: IdentifierRow) -> IdentifierCard:
    return IdentifierCard(row.id, row.kind, row.masked, row.valid_from, row.valid_to, tuple(row.warnings))
