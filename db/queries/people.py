"""Subjects with their numbers and former names, and whose number one is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from db.models import FormerName, Subject, SubjectIdentifier


@dataclass(frozen=True)
class SubjectRow:
    """A person, enterprise, body or thing."""

    id: UUID
    kind: str
    name: str
    birth: date | None
    sex: str | None
    phone: str | None
    area: str | None
    provisional: bool
    no_identifier: str | None
    witness: str | None
    details: dict[str, Any] | None


@dataclass(frozen=True, repr=False)
class IdentifierRow:
    """A number of a subject."""

    id: UUID
    subject_id: UUID
    kind: str
    token: str
    masked: str
    sealed: bytes
    valid_from: date | None
    valid_to: date | None
    warnings: list[str]


@dataclass(frozen=True)
class FormerNameRow:
    """A name a subject bore until a day."""

    subject_id: UUID
    name: str
    valid_to: date | None
    reason: str | None


_SUBJECT = select(
    Subject.id, Subject.kind, Subject.name, Subject.birth, Subject.sex, Subject.phone, Subject.area,
    Subject.provisional, Subject.no_identifier, Subject.witness, Subject.details,
)  # fmt: skip
_THESE: Any = _SUBJECT.where(
    Subject.hall_id == bindparam("hall"), Subject.id.in_(bindparam("ids", expanding=True))
)  # fmt: skip
_IDENTIFIER = select(
    SubjectIdentifier.id, SubjectIdentifier.subject_id, SubjectIdentifier.kind, SubjectIdentifier.token,
    SubjectIdentifier.masked, SubjectIdentifier.sealed, SubjectIdentifier.valid_from, SubjectIdentifier.valid_to,
    SubjectIdentifier.warnings,
)  # fmt: skip
_FORMER = select(FormerName.subject_id, FormerName.name, FormerName.valid_to, FormerName.reason)


def subjects(connection: Connection, hall_id: UUID, ids: Collection[UUID]) -> dict[UUID, SubjectRow]:
    """Return the subjects of these ids."""
    rows = connection.execute(_THESE, {"hall": hall_id, "ids": list(ids)})
    return {row[0]: SubjectRow(*row) for row in rows}


def hold_subject(connection: Connection, hall_id: UUID, subject_id: UUID) -> SubjectRow | None:
    """Return a subject and keep it from other writers until the transaction ends; others may still point at it."""
    asked = _SUBJECT.where(Subject.hall_id == hall_id, Subject.id == subject_id).with_for_update(key_share=True)
    row = connection.execute(asked).mappings().first()
    return None if row is None else SubjectRow(**row)


def identifiers_of(connection: Connection, hall_id: UUID, ids: Collection[UUID]) -> tuple[IdentifierRow, ...]:
    """Return the numbers of these subjects, each subject's in the order they were added."""
    asked = _IDENTIFIER.where(SubjectIdentifier.hall_id == hall_id, SubjectIdentifier.subject_id.in_(ids))
    rows = connection.execute(asked.order_by(SubjectIdentifier.subject_id, SubjectIdentifier.id)).mappings()
    return tuple(IdentifierRow(**row) for row in rows)


def identifier(connection: Connection, hall_id: UUID, identifier_id: UUID) -> IdentifierRow | None:
    """Return one number."""
    asked = _IDENTIFIER.where(SubjectIdentifier.hall_id == hall_id, SubjectIdentifier.id == identifier_id)
    row = connection.execute(asked).mappings().first()
    return None if row is None else IdentifierRow(**row)


def former_names_of(connection: Connection, hall_id: UUID, ids: Collection[UUID]) -> tuple[FormerNameRow, ...]:
    """Return the former names of these subjects, the latest first."""
    asked = _FORMER.where(FormerName.hall_id == hall_id, FormerName.subject_id.in_(ids))
    rows = connection.execute(asked.order_by(FormerName.id.desc())).mappings()
    return tuple(FormerNameRow(**row) for row in rows)


def holders(connection: Connection, hall_id: UUID, tokens: Collection[str]) -> tuple[UUID, ...]:
    """Return whose numbers these tokens stand for."""
    within = SubjectIdentifier.hall_id == hall_id, SubjectIdentifier.token.in_(tokens)
    return tuple(dict.fromkeys(connection.scalars(select(SubjectIdentifier.subject_id).where(*within))))


def owners_by_token(connection: Connection, hall_id: UUID, tokens: Collection[str]) -> dict[str, UUID]:
    """Give whose number each of these tokens stands for."""
    asked = select(SubjectIdentifier.token, SubjectIdentifier.subject_id)
    rows = connection.execute(asked.where(SubjectIdentifier.hall_id == hall_id, SubjectIdentifier.token.in_(tokens)))
    return {row.token: row.subject_id for row in rows}
