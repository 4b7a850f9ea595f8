"""Promises of people in other requests: what somebody still owes elsewhere, past its day."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection, and_, select

from db.models.request import Request, RequestRole


class MissedRow(NamedTuple):
    """An open request with a paper owing past its day: its number, and the day that was promised."""

    id: UUID
    number: str
    promise_due: date


def missed_elsewhere(
    connection: Connection, hall: UUID, subjects: Sequence[UUID], today: date, besides: UUID
) -> list[MissedRow]:
    """Give the open requests of these people, besides one, in which a paper is owing past its day; nearest first."""
    owing = (
        select(Request.id, Request.number, Request.promise_due)
        .join(RequestRole, and_(RequestRole.hall_id == Request.hall_id, RequestRole.request_id == Request.id))
        .where(
            RequestRole.hall_id == hall,
            RequestRole.subject_id.in_(subjects),
            Request.status == "open",
            Request.promise_due < today,
            Request.id != besides,
        )
        .distinct()
    )
    rows = (MissedRow._make(row) for row in connection.execute(owing))
    return sorted(rows, key=lambda row: (row.promise_due, row.number))
