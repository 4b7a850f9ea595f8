"""The hall itself: the row all others hang on."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.ids import new_id


class Hall(Base):
    """One service hall: its name, where it is, its settings, and whether it is there for practice only."""

    __tablename__ = "hall"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    division: Mapped[str | None]
    """Six digits of GB/T 2260."""
    sample: Mapped[bool]
    settings: Mapped[dict[str, Any]]
    founded_at: Mapped[datetime]
