"""Whom and what the hall's facts are about: people, enterprises, bodies, and things that have a file."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from db.base import Base, HallKeyed
from db.models.linking import to, to_hall


class Subject(HallKeyed, Base):
    """A person, enterprise, sole trader, body, premises, vehicle or object."""

    __tablename__ = "subject"
    __table_args__ = (to_hall(), to("subject", "merged_into"), Index(None, "hall_id", "merged_into"))

    kind: Mapped[str]
    name: Mapped[str]
    birth: Mapped[date | None]
    sex: Mapped[str | None]
    phone: Mapped[str | None]
    area: Mapped[str | None]
    """Six digits of GB/T 2260."""
    provisional: Mapped[bool]
    """Known by word only, or by no name at all."""
    no_identifier: Mapped[str | None]
    """The reason why there is no number."""
    witness: Mapped[str | None]
    details: Mapped[dict[str, Any] | None]
    merged_into: Mapped[UUID | None]
    created_at: Mapped[datetime]
    created_by: Mapped[UUID | None]


class SubjectIdentifier(HallKeyed, Base):
    """A number somebody is known by: sealed, masked for showing, and a keyed token for finding."""

    __tablename__ = "identifier"
    __table_args__ = (
        UniqueConstraint("hall_id", "token"),
        to("subject", "subject_id"),
        Index(None, "hall_id", "subject_id"),
    )

    subject_id: Mapped[UUID]
    kind: Mapped[str]
    token: Mapped[str]
    masked: Mapped[str]
    sealed: Mapped[bytes]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    warnings: Mapped[list[str]]
    added_at: Mapped[datetime]


class FormerName(HallKeyed, Base):
    """A name somebody bore until a day."""

    __tablename__ = "former_name"
    __table_args__ = (to("subject", "subject_id"), Index(None, "hall_id", "subject_id"))

    subject_id: Mapped[UUID]
    name: Mapped[str]
    valid_to: Mapped[date | None]
    reason: Mapped[str | None]
    added_at: Mapped[datetime]
