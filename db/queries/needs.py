"""Needs that no service answers: listed by what has become of them, and held while somebody answers one."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Select, and_, select, tuple_
from sqlalchemy.orm import aliased

from db.models.account import Account
from db.models.request import Request
from db.models.subject import Subject
from db.models.writing import UnmetNeed


class UnmetNeedRow(NamedTuple):
    """A need in the person's own words: whose it is, who sees to it, and what has become of it."""

    id: UUID
    words: str
    subject_id: UUID | None
    who: str | None
    phone: str | None
    recorded_at: datetime
    recorder: str | None
    owner_id: UUID | None
    owner: str | None
    answer: str | None
    answered_at: datetime | None
    told_at: datetime | None
    request_id: UUID | None
    number: str | None


_Owner, _Recorder = aliased(Account), aliased(Account)
_NEED = (
    select(
        UnmetNeed.id, UnmetNeed.words, UnmetNeed.subject_id, Subject.name, Subject.phone, UnmetNeed.recorded_at,
        _Recorder.name, UnmetNeed.owner_id, _Owner.name, UnmetNeed.answer, UnmetNeed.answered_at, UnmetNeed.told_at,
        UnmetNeed.request_id, Request.number,
    )
    .select_from(UnmetNeed)
    .outerjoin(Subject, and_(Subject.hall_id == UnmetNeed.hall_id, Subject.id == UnmetNeed.subject_id))
    .outerjoin(_Recorder, and_(_Recorder.hall_id == UnmetNeed.hall_id, _Recorder.id == UnmetNeed.recorded_by))
    .outerjoin(_Owner, and_(_Owner.hall_id == UnmetNeed.hall_id, _Owner.id == UnmetNeed.owner_id))
    .outerjoin(Request, and_(Request.hall_id == UnmetNeed.hall_id, Request.id == UnmetNeed.request_id))
)  # fmt: skip


def needs_waiting(
    connection: Connection, hall: UUID, *, after: tuple[datetime, UUID] | None = None, limit: int = 50
) -> list[UnmetNeedRow]:
    """Give the needs nobody has answered, the oldest first; `after` is the last one shown."""
    asked = _NEED.where(UnmetNeed.hall_id == hall, UnmetNeed.answered_at.is_(None))
    if after is not None:
        asked = asked.where(tuple_(UnmetNeed.recorded_at, UnmetNeed.id) > after)
    return _rows(connection, asked.order_by(UnmetNeed.recorded_at, UnmetNeed.id).limit(limit))


def needs_answered(
    connection: Connection, hall: UUID, *, after: tuple[datetime, UUID] | None = None, limit: int = 50
) -> list[UnmetNeedRow]:
    """Give the needs that have an answer, the latest answer first; `after` is the last one shown."""
    asked = _NEED.where(UnmetNeed.hall_id == hall, UnmetNeed.answered_at.is_not(None))
    if after is not None:
        asked = asked.where(tuple_(UnmetNeed.answered_at, UnmetNeed.id) < after)
    return _rows(connection, asked.order_by(UnmetNeed.answered_at.desc(), UnmetNeed.id.desc()).limit(limit))


def hold_need(connection: Connection, hall: UUID, need: UUID) -> UnmetNeedRow | None:
    """Give one need, and keep it from everybody else until the transaction ends."""
    asked = _NEED.where(UnmetNeed.hall_id == hall, UnmetNeed.id == need).with_for_update(of=UnmetNeed)
    return next(iter(_rows(connection, asked)), None)


def _rows(connection: Connection, asked: "Select[*tuple[Any, ...]]") -> list[UnmetNeedRow]:
    return [UnmetNeedRow._make(row) for row in connection.execute(asked)]
