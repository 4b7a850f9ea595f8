"""Stays at seats: who is signed in where, and when each account last began one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, func, select

from db.models import Account, Signing


@dataclass(frozen=True)
class StayRow:
    """A stay that has not ended."""

    id: UUID
    account_id: UUID
    login: str
    name: str
    counter: str | None
    began: datetime


_OPEN = (
    select(Signing.id, Signing.account_id, Account.login, Account.name, Signing.counter, Signing.began)
    .select_from(Signing)
    .join(Account, (Account.hall_id == Signing.hall_id) & (Account.id == Signing.account_id))
    .where(Signing.ended.is_(None))
)


def open_stays(connection: Connection, hall_id: UUID, since: datetime) -> tuple[StayRow, ...]:
    """Return the stays that began after `since` and have not ended, the newest first."""
    asked = _OPEN.where(Signing.hall_id == hall_id, Signing.began > since)
    rows = connection.execute(asked.order_by(Signing.began.desc(), Signing.id))
    return tuple(StayRow(*row) for row in rows)


def last_stays(connection: Connection, hall_id: UUID) -> dict[UUID, datetime]:
    """Return when each account last signed in; one that never did is not there."""
    asked = select(Signing.account_id, func.max(Signing.began)).where(Signing.hall_id == hall_id)
    return {row[0]: row[1] for row in connection.execute(asked.group_by(Signing.account_id))}
