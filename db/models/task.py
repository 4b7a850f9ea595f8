"""The list of work: an index of what the plan computed, rewritten with every act."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped

from db.base import Base, HallKeyed
from db.models.linking import to


class Task(HallKeyed, Base):
    """One round of one item for one subject of a request: whose work, how ready, due when."""

    __tablename__ = "task"
    __table_args__ = (
        UniqueConstraint("hall_id", "request_id", "item", "subject", "round"),
        to("request", "request_id"),
        to("account", "assignee_id"),
        Index(None, "hall_id", "department", "readiness", "due"),
        Index(None, "hall_id", "assignee_id", "readiness"),
        Index(None, "hall_id", "state", "request_id"),
        Index(None, "hall_id", "subject", "state"),
        Index(None, "hall_id", "department", "state", "due"),
        Index(
            "ix_task_begun_again",
            "hall_id",
            "request_id",
            sqlite_where=text("round > 1"),
            postgresql_where=text("round > 1"),
        ),
    )

    request_id: Mapped[UUID]
    item: Mapped[str]
    subject: Mapped[str]
    """Whose item it is: a subject's id, or `case` for what concerns the matter itself."""
    round: Mapped[int]
    department: Mapped[str]
    state: Mapped[str]
    readiness: Mapped[str]
    wanted: Mapped[bool]
    assignee_id: Mapped[UUID | None]
    since: Mapped[datetime]
    due: Mapped[date | None]
    statutory_due: Mapped[date | None]
    waiting_on: Mapped[list[Any]]
