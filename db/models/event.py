"""The one log of everything that was done; rows are added and never changed."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Identity, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, HallKeyed

SENT_BACK: Final = ("supplement", "not_ours")
"""The acts that send a request back, which have an index of their own; asked for in the very words of the index."""
SENT_BACK_IN_FILE: Final = "event.kind = 'act' AND json_extract(event.data, '$.act') IN ('supplement', 'not_ours')"
SENT_BACK_ON_SERVER: Final = "event.kind = 'act' AND event.data ->> 'act' IN ('supplement', 'not_ours')"


class Event(HallKeyed, Base):
    """One act. It holds ids and no personal data, and points at nothing by a rule, so that it outlives purges."""

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("hall_id", "op", "kind", "ordinal"),
        UniqueConstraint("hall_id", "seq"),
        Index(None, "hall_id", "request_id", "seq"),
        Index(None, "hall_id", "subject_id", "seq"),
        Index(None, "hall_id", "recorded_at"),
        Index(
            "ix_event_sent_back",
            "hall_id",
            "request_id",
            sqlite_where=text(SENT_BACK_IN_FILE.replace("event.", "")),
            postgresql_where=text(SENT_BACK_ON_SERVER.replace("event.", "")),
        ),
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
