"""Requests: what somebody came for, who takes part, and how requests are numbered."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, HallKeyed
from db.models.linking import to, to_hall


class Request(HallKeyed, Base):
    """One request from its first word to its end."""

    __tablename__ = "request"
    __table_args__ = (
        UniqueConstraint("hall_id", "number"),
        to_hall(),
        to("account", "opened_by"),
        to("subject", "applicant_id"),
        Index(None, "hall_id", "status", "next_due"),
        Index(None, "hall_id", "applicant_id"),
        Index(None, "hall_id", "opened_at"),
        Index(None, "hall_id", "status", "opened_at"),
        Index(None, "hall_id", "status", "next_actor", "opened_by"),
        Index(None, "hall_id", "opened_by", "opened_at"),
        Index(None, "hall_id", "demand", "opened_at"),
        Index(None, "hall_id", "channel", "opened_at"),
        Index(
            "ix_request_holds_until",
            "hall_id",
            "holds_until",
            sqlite_where=text("holds_until IS NOT NULL"),
            postgresql_where=text("holds_until IS NOT NULL"),
        ),
        Index(
            "ix_request_promise_due",
            "hall_id",
            "promise_due",
            sqlite_where=text("promise_due IS NOT NULL"),
            postgresql_where=text("promise_due IS NOT NULL"),
        ),
    )

    number: Mapped[str]
    kind: Mapped[str]
    demand: Mapped[str | None]
    catalogue_version: Mapped[str]
    opened_at: Mapped[datetime]
    opened_by: Mapped[UUID | None]
    channel: Mapped[str]
    applicant_id: Mapped[UUID | None]
    title: Mapped[str]
    words: Mapped[str | None]
    """What the person said, in the person's own words."""
    status: Mapped[str]
    closed_at: Mapped[datetime | None]
    next_due: Mapped[date | None]
    next_actor: Mapped[str | None]
    holds_until: Mapped[date | None]
    """The last day on which its lines in the lists hold by themselves; None where no day overtakes them."""
    moved_by: Mapped[list[Any] | None]
    """What elsewhere has changed since its lines were written, each with who did it and when; None for nothing."""
    promise_due: Mapped[date | None]
    """The nearest day a paper that is still owing was promised for (容缺); None where nothing is owing."""
    visit_id: Mapped[UUID | None]


class RequestRole(HallKeyed, Base):
    """Who takes part in a request as what: a role of the demand, an agent or a guardian, within which scope."""

    __tablename__ = "request_role"
    __table_args__ = (
        UniqueConstraint("hall_id", "request_id", "role", "subject_id"),
        to("request", "request_id"),
        to("subject", "subject_id"),
        Index(None, "hall_id", "subject_id"),
    )

    request_id: Mapped[UUID]
    role: Mapped[str]
    subject_id: Mapped[UUID]
    capacity: Mapped[str | None]
    scope: Mapped[str | None]
    until: Mapped[date | None]


class NumberSeries(Base):
    """The last number given out on a day in one series."""

    __tablename__ = "number_series"
    __table_args__ = (to_hall(),)

    hall_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    last: Mapped[int]
