"""Letters as they were given: those of a request, one read back, and the number of one."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, and_, bindparam, select

from db.models.account import Account
from db.models.event import Event
from db.models.letter import Letter


class LetterRow(NamedTuple):
    """A letter with its content, and the account that wrote it."""

    id: UUID
    kind: str
    number: str
    language: str
    made_at: datetime
    content: Any
    writer: str | None
    request_id: UUID


_LETTER = (
    select(Letter.id, Letter.kind, Letter.number, Letter.language, Letter.made_at)
    .add_columns(Letter.content, Account.name, Letter.request_id)
    .outerjoin(Event, and_(Event.hall_id == Letter.hall_id, Event.id == Letter.event_id))
    .outerjoin(Account, and_(Account.hall_id == Event.hall_id, Account.id == Event.actor_id))
    .where(Letter.hall_id == bindparam("hall"))
)
_OF_REQUEST = _LETTER.where(Letter.request_id == bindparam("request")).order_by(Letter.made_at.desc(), Letter.id.desc())
_ONE = _LETTER.where(Letter.id == bindparam("letter"))
_NUMBER = select(Letter.number).where(Letter.hall_id == bindparam("hall"), Letter.id == bindparam("letter"))


def letters_of(connection: Connection, hall: UUID, request: UUID) -> list[LetterRow]:
    """Give the letters of a request, the newest first."""
    return [LetterRow._make(row) for row in connection.execute(_OF_REQUEST, {"hall": hall, "request": request})]


def letter_row(connection: Connection, hall: UUID, letter: UUID) -> LetterRow | None:
    """Give one letter."""
    row = connection.execute(_ONE, {"hall": hall, "letter": letter}).one_or_none()
    return None if row is None else LetterRow._make(row)


def letter_number(connection: Connection, hall: UUID, letter: UUID | None) -> str:
    """Give the number of a letter; empty where there is none."""
    found: str | None = connection.scalar(_NUMBER, {"hall": hall, "letter": letter})
    return found or ""
