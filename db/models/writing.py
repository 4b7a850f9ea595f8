"""What is written down before or beside a request: half-typed forms, and needs that no service answers."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from db.base import Base, HallKeyed
from db.models.linking import to, to_hall


class Draft(HallKeyed, Base):
    """A half-typed form of one account, kept through interruptions and crashes."""

    __tablename__ = "draft"
    __table_args__ = (to("account", "account_id"), Index(None, "hall_id", "account_id", "updated_at"))

    account_id: Mapped[UUID]
    form: Mapped[dict[str, Any]]
    title: Mapped[str]
    parked: Mapped[bool]
    updated_at: Mapped[datetime]


class UnmetNeed(HallKeyed, Base):
    """A need that no service of the hall answers, until somebody owns and answers it."""

    __tablename__ = "unmet_need"
    __table_args__ = (
        to_hall(),
        to("subject", "subject_id"),
        to("account", "owner_id"),
        to("request", "request_id"),
        Index(None, "hall_id", "answered_at", "recorded_at"),
    )

    words: Mapped[str]
    subject_id: Mapped[UUID | None]
    owner_id: Mapped[UUID | None]
    answer: Mapped[str | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID | None]
    answered_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    request_id: Mapped[UUID | None]
    """The request it has become."""
