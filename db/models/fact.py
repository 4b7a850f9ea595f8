"""What is known, of whom, from where and until when; rows are added and never changed."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import JSON_TYPE, Base, HallKeyed
from db.models.linking import to


class Fact(HallKeyed, Base):
    """One value of one fact, of a subject or of the case itself; a later one takes its place."""

    __tablename__ = "fact"
    __table_args__ = (
        to("subject", "subject_id"),
        to("request", "request_id"),
        to("fact", "replaces"),
        to("event", "event_id"),
        Index(None, "hall_id", "subject_id", "code"),
        Index(None, "hall_id", "request_id"),
        Index(
            "ix_fact_of_death",
            "hall_id",
            "subject_id",
            sqlite_where=text("code = 'death_date'"),
            postgresql_where=text("code = 'death_date'"),
        ),
    )

    subject_id: Mapped[UUID | None]
    request_id: Mapped[UUID | None]
    """The case the fact is about, or in which it was told; None for what is on somebody's file alone."""
    code: Mapped[str]
    value: Mapped[Any | None] = mapped_column(JSON_TYPE)
    source: Mapped[str]
    legal_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    valid_until: Mapped[date | None]
    replaces: Mapped[UUID | None]
    evidence: Mapped[dict[str, Any] | None]
    event_id: Mapped[UUID]
