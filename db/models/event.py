"""The one log of everything that was done; rows are added and never changed."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Identity, Index, TextClause, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, HallKeyed

WATCHED_ACTS: Final = ("supplement", "not_ours", "suspend")
"""The acts that are asked for among all requests: each has an index of its own."""


def is_act(act: str, dialect: str) -> TextClause:
    """Return the condition that an event is this act, in the very words of the act's index."""
    word = "event.data ->> 'act'" if dialect == "postgresql" else "json_extract(event.data, '$.act')"
    return text(f"event.kind = 'act' AND {word} = '{act}'")


def _index_of_act(act: str) -> Index:
    file, server = (text(str(is_act(act, name)).replace("event.", "")) for name in ("sqlite", "postgresql"))
    return Index(f"ix_event_{act}", "hall_id", "request_id", "seq", sqlite_where=file, postgresql_where=server)


class Event(HallKeyed, Base):
    """One act. It holds ids and no personal data, and points at nothing by a rule, so that it outlives purges."""

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("hall_id", "op", "kind", "ordinal"),
        UniqueConstraint("hall_id", "seq"),
        Index(None, "hall_id", "request_id", "seq"),
        Index(None, "hall_id", "subject_id", "seq"),
        Index(None, "hall_id", "recorded_at"),
        *(_index_of_act(act) for act in WATCHED_ACTS),
    )

    seq: Mapped[int] = mapped_column(Identity())
    """The order in this store; the server allots it itself, the file's one writer counts on."""
    op: Mapped[UUID]
    """The key of the wish this row fulfils, made by the seat: a wish carried out twice is refused by it."""
    ordinal: Mapped[int]
    kind: Mapped[str]
    request_id: Mapped[UUID | None]
    subject_id: Mapped[UUID | None]
    task_id: Mapped[UUID | None]
    actor_id: Mapped[UUID | None]
    seat: Mapped[str | None]
    legal_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    data: Mapped[dict[str, Any] | None]
