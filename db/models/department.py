"""The departments whose acts the hall prepares, and the counters people come to."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from db.base import Base, HallKeyed
from db.models.linking import to, to_hall


class Department(HallKeyed, Base):
    """A department, known by the code the catalogue gives it."""

    __tablename__ = "department"
    __table_args__ = (UniqueConstraint("hall_id", "code"), to_hall())

    code: Mapped[str]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    active: Mapped[bool]


class Counter(HallKeyed, Base):
    """A counter, integrated or of one department."""

    __tablename__ = "service_counter"
    __table_args__ = (UniqueConstraint("hall_id", "code"), to("department", "department", "code"), to_hall())

    code: Mapped[str]
    name: Mapped[str]
    department: Mapped[str | None]
    active: Mapped[bool]
