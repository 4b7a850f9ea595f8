"""Papers handed in or owing, and what was scanned of them, in encrypted pieces."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, HallKeyed
from db.models.linking import to


class Paper(HallKeyed, Base):
    """A paper on somebody's file or in a case: received, owing, defective or returned."""

    __tablename__ = "paper"
    __table_args__ = (
        to("subject", "subject_id"),
        to("request", "request_id"),
        to("paper", "replaces"),
        to("event", "event_id"),
        Index(None, "hall_id", "subject_id", "code"),
        Index(None, "hall_id", "request_id"),
    )

    subject_id: Mapped[UUID | None]
    request_id: Mapped[UUID | None]
    code: Mapped[str]
    state: Mapped[str]
    form: Mapped[str | None]
    received_at: Mapped[datetime | None]
    valid_until: Mapped[date | None]
    note: Mapped[str | None]
    promise_due: Mapped[date | None]
    replaces: Mapped[UUID | None]
    event_id: Mapped[UUID]


class Attachment(HallKeyed, Base):
    """A scan or file; its size in bytes, and a keyed digest that tells whether it is the same.

    It belongs to nothing while the form it lies on is being filled in; it counts once all its pieces are there.
    """

    __tablename__ = "attachment"
    __table_args__ = (
        to("paper", "paper_id"),
        to("request", "request_id"),
        to("account", "added_by"),
        Index(None, "hall_id", "paper_id"),
        Index(None, "hall_id", "request_id"),
        Index(None, "hall_id", "digest"),
    )

    paper_id: Mapped[UUID | None]
    request_id: Mapped[UUID | None]
    name: Mapped[str]
    media: Mapped[str]
    size: Mapped[int]
    digest: Mapped[str]
    added_at: Mapped[datetime]
    added_by: Mapped[UUID | None]
    finished_at: Mapped[datetime | None]
    turned: Mapped[int] = mapped_column(server_default="0")
    """Quarter turns to the right in which it is shown; the file itself stays as it came."""
    removed_at: Mapped[datetime | None]


class AttachmentChunk(Base):
    """One encrypted piece of an attachment, numbered from 0."""

    __tablename__ = "attachment_chunk"
    __table_args__ = (to("attachment", "attachment_id"),)

    hall_id: Mapped[UUID] = mapped_column(primary_key=True)
    attachment_id: Mapped[UUID] = mapped_column(primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[bytes]
