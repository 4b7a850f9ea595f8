"""The hall's calendar: the days that differ from the ordinary week, and the years whose notice is known."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from db.base import Base, HallKeyed
from db.models.linking import to_hall


class CalendarDay(HallKeyed, Base):
    """A day that rests, or works, against the ordinary week; by whose notice."""

    __tablename__ = "calendar_day"
    __table_args__ = (UniqueConstraint("hall_id", "day"), to_hall())

    day: Mapped[date]
    kind: Mapped[str]
    name: Mapped[str]
    source: Mapped[str]


class CalendarYear(HallKeyed, Base):
    """A year whose holiday notice is in the calendar; the days of any other year are estimated."""

    __tablename__ = "calendar_year"
    __table_args__ = (UniqueConstraint("hall_id", "year"), to_hall())

    year: Mapped[int]
