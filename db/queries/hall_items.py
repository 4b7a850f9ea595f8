"""The hall's own items, as they are merged into what it offers."""

from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, select

from db.models import HallItem


class HallItemRow(NamedTuple):
    """A plain item of the hall."""

    code: str
    source_code: str | None
    name: str
    main_item: str | None
    department: str
    procedure: str
    instant: bool
    statutory: str | None
    promised: str | None
    checklist: list[Any]
    active: bool


_ITEM = select(
    HallItem.code,
    HallItem.source_code,
    HallItem.name,
    HallItem.main_item,
    HallItem.department,
    HallItem.procedure,
    HallItem.instant,
    HallItem.statutory,
    HallItem.promised,
    HallItem.checklist,
    HallItem.active,
)


def hall_items(connection: Connection, hall: UUID) -> tuple[HallItemRow, ...]:
    """Give the hall's own items in the order of the county's list, closed ones too."""
    rows = connection.execute(_ITEM.where(HallItem.hall_id == hall).order_by(HallItem.id))
    return tuple(HallItemRow._make(row) for row in rows)
