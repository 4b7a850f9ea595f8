"""What was written into the log lately: which acts, by their keys."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection, func, select

from db.models import Event


class ActRow(NamedTuple):
    """A line of the log: its place, the key of the wish it fulfils, and what was done."""

    seq: int
    op: UUID
    kind: str


def last_place(connection: Connection, hall: UUID) -> int:
    """Give the place of the last line of the log; 0 when it is empty."""
    return connection.scalar(select(func.max(Event.seq)).where(Event.hall_id == hall)) or 0


def lines_after(connection: Connection, hall: UUID, place: int, limit: int) -> list[ActRow]:
    """Give the lines of the log after a place, the newest first, at most so many."""
    statement = select(Event.seq, Event.op, Event.kind).where(Event.hall_id == hall, Event.seq > place)
    return [ActRow(*row) for row in connection.execute(statement.order_by(Event.seq.desc()).limit(limit))]
