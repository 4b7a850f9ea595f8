"""The hall's own plain items beside the shipped catalogue: what its county offers, as the county's list says it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from db.base import Base, HallKeyed
from db.models.linking import to, to_hall


class HallItem(HallKeyed, Base):
    """One plain item: a department, a limit, a checklist; it can be logged, receipted and counted."""

    __tablename__ = "hall_item"
    __table_args__ = (
        UniqueConstraint("hall_id", "code"),
        to_hall(),
        to("department", "department", "code"),
        to("account", "added_by"),
    )

    code: Mapped[str]
    """Made from the list's own code, so that the same item is the same every time the list is read."""
    source_code: Mapped[str | None]
    name: Mapped[str]
    main_item: Mapped[str | None]
    department: Mapped[str]
    procedure: Mapped[str]
    instant: Mapped[bool]
    statutory: Mapped[str | None]
    promised: Mapped[str | None]
    checklist: Mapped[list[Any]]
    """The papers as written: objects of `name` and `optional`."""
    active: Mapped[bool]
    added_at: Mapped[datetime]
    added_by: Mapped[UUID | None]
    changed_at: Mapped[datetime | None]
