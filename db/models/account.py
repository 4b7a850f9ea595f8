"""Who may sign in, with which roles, and who is signed in at which counter."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from db.base import Base, HallKeyed
from db.models.linking import to, to_hall


class Account(HallKeyed, Base):
    """A member of staff; the password is kept as an Argon2id hash only."""

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("hall_id", "login"), to("department", "department", "code"), to_hall())

    login: Mapped[str]
    name: Mapped[str]
    password: Mapped[str]
    password_at: Mapped[datetime]
    roles: Mapped[list[str]]
    department: Mapped[str | None]
    approver: Mapped[bool]
    """May approve within the department."""
    active: Mapped[bool]
    training: Mapped[bool]
    failed: Mapped[int]
    """Wrong passwords since the last right one."""
    locked: Mapped[bool]
    locked_until: Mapped[datetime | None]
    created_at: Mapped[datetime]


class Signing(HallKeyed, Base):
    """One stay of an account at a seat, from signing in to signing out."""

    __tablename__ = "signing"
    __table_args__ = (to("account", "account_id"), Index(None, "hall_id", "account_id", "began"))

    account_id: Mapped[UUID]
    seat: Mapped[str | None]
    counter: Mapped[str | None]
    began: Mapped[datetime]
    ended: Mapped[datetime | None]
