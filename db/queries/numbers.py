"""Running numbers: allotted inside the transaction that uses them, so that none is lost and none given twice."""

from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, bindparam
from sqlalchemy.dialects import postgresql, sqlite

from db.models.request import NumberSeries

_KEY: Final = ("hall_id", "kind", "day")
_FIRST: Final = {**{name: bindparam(name) for name in _KEY}, "last": 1}
_NEXT: Final = {
    dialect: insert(NumberSeries)
    .values(_FIRST)
    .on_conflict_do_update(index_elements=_KEY, set_={"last": NumberSeries.last + 1})
    .returning(NumberSeries.last)
    for dialect, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}


def next_in_series(connection: Connection, hall: UUID, kind: str, day: date) -> int:
    """Allot the next number of a series for a day; the first is 1."""
    row = {"hall_id": hall, "kind": kind, "day": day}
    last: int = connection.execute(_NEXT[connection.dialect.name], row).scalar_one()
    return last
