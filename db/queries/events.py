"""Adding to the log, and asking it whether a wish was carried out."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, exists, func, insert, select

from db.models import Event

_NEXT = select(func.coalesce(func.max(Event.seq), 0) + 1).where(Event.hall_id == bindparam("of_hall"))
_SERVER_ROW = insert(Event)
_FILE_ROW = insert(Event).values(seq=_NEXT.scalar_subquery())


def append_event(connection: Connection, row: Mapping[str, Any]) -> None:
    """Add one row to the log; the server numbers it itself, in the file its only writer counts on."""
    if connection.dialect.name == "postgresql":
        connection.execute(_SERVER_ROW, dict(row))
    else:
        connection.execute(_FILE_ROW, {**row, "of_hall": row["hall_id"]})


_DONE = select(exists().where(Event.hall_id == bindparam("hall"), Event.op == bindparam("op")))


def was_done(connection: Connection, hall_id: UUID, op: UUID) -> bool:
    """Return whether the log has a row under this key of a wish."""
    return bool(connection.execute(_DONE, {"hall": hall_id, "op": op}).scalar())


def latest_recorded(connection: Connection, hall_id: UUID, among: int = 200) -> datetime | None:
    """Return the latest time at which any of the newest rows was recorded, None while the log is empty."""
    newest = select(Event.recorded_at).where(Event.hall_id == hall_id).order_by(Event.seq.desc()).limit(among)
    latest: datetime | None = max(connection.execute(newest).scalars(), default=None)
    return latest


def logged_by(
    connection: Connection, hall_id: UUID, ops: Collection[UUID], kinds: Collection[str]
) -> list[tuple[UUID, UUID, datetime]]:
    """Give the acts of these kinds written under these operation keys: the key, the request, the moment."""
    asked = select(Event.op, Event.request_id, Event.recorded_at)
    rows = connection.execute(asked.where(Event.hall_id == hall_id, Event.op.in_(ops), Event.kind.in_(kinds)))
    return [(row.op, row.request_id, row.recorded_at) for row in rows if row.request_id is not None]
