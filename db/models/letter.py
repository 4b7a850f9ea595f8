"""Letters the hall has written, kept as they were given."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from db.base import Base, HallKeyed
from db.models.linking import to


class Letter(HallKeyed, Base):
    """One letter: receipt, notice or decision, with its number and its exact content."""

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("hall_id", "number"),
        to("request", "request_id"),
        to("event", "event_id"),
        Index(None, "hall_id", "request_id"),
    )

    request_id: Mapped[UUID | None]
    task_id: Mapped[UUID | None]
    kind: Mapped[str]
    number: Mapped[str]
    language: Mapped[str]
    content: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]
    event_id: Mapped[UUID]
