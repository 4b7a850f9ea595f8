"""Half-typed forms of an account, and at which seats the account sits now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from db.models import Draft, Signing


@dataclass(frozen=True, repr=False)
class DraftRow:
    """A half-typed form as it is kept."""

    id: UUID
    form: dict[str, Any]
    title: str
    parked: bool
    updated_at: datetime


_DRAFT = select(Draft.id, Draft.form, Draft.title, Draft.parked, Draft.updated_at)


def drafts_of(connection: Connection, hall: UUID, account: UUID) -> list[DraftRow]:
    """Give the half-typed forms of an account, the latest first."""
    asked = _DRAFT.where(Draft.hall_id == hall, Draft.account_id == account)
    rows = connection.execute(asked.order_by(Draft.updated_at.desc(), Draft.id.desc()))
    return [DraftRow(*row) for row in rows]


def draft_of(connection: Connection, hall: UUID, account: UUID, draft: UUID) -> DraftRow | None:
    """Give one half-typed form of an account, and keep it from other seats until the transaction ends."""
    asked = _DRAFT.where(Draft.hall_id == hall, Draft.account_id == account, Draft.id == draft)
    row = connection.execute(asked.with_for_update()).one_or_none()
    return None if row is None else DraftRow(*row)


def open_counters(connection: Connection, hall: UUID, stays: Sequence[UUID]) -> dict[UUID, str | None]:
    """Give the counter of each of these stays that has not ended."""
    asked = select(Signing.id, Signing.counter).where(
        Signing.hall_id == hall, Signing.id.in_(stays), Signing.ended.is_(None)
    )
    return {row.id: row.counter for row in connection.execute(asked)}
