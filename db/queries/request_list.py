"""The list of requests, a page at a time: newest first, nearest date first, or those that words find."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, func, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from db.models.request import Request
from db.models.task import Task
from db.queries.request_filter import RequestFilter, aside, conditions
from db.queries.requests import REQUEST, RequestRow
from db.search import Hit, search

Rows = Select[*tuple[Any, ...]]
Place = tuple[datetime | date, UUID] | int
"""Where a page ends: a moment or date and a request, or a place in the search."""

BATCHES = (200, 400, 800, 1600)
"""How many found requests are looked at at a time; after the last batch an answer is due, however short."""


@dataclass(frozen=True)
class Page:
    """Some requests, and the place after which the list goes on; None is its end."""

    rows: tuple[RequestRow, ...]
    after: Place | None


def list_page(
    connection: Connection,
    hall: UUID,
    wanted: Sequence[RequestFilter],
    *,
    before: Place | None = None,
    limit: int = 50,
    by_date: bool = False,
) -> Page:
    """Give a page of requests, newest first, or the nearest date due first."""
    where = conditions(connection, hall, wanted)
    if where.none:
        return Page((), None)
    column: InstrumentedAttribute[Any] = Request.next_due if by_date else Request.opened_at
    # Few are sorted; else they are met in the order of an index.
    order = aside(column) if where.few else column.expression
    statement = _after(REQUEST.where(*where.clauses), order, before, by_date=by_date)
    rows = [RequestRow._make(row) for row in connection.execute(statement.limit(limit + 1))]
    shown = tuple(rows[:limit])
    return Page(shown, place_of(shown[-1], by_date=by_date) if len(rows) > limit else None)


def find_page(
    connection: Connection,
    hall: UUID,
    words: str,
    wanted: Sequence[RequestFilter],
    *,
    before: int | None = None,
    limit: int = 50,
) -> Page:
    """Give a page of the requests that words find, the newest first.

    A word that very many requests hold beside a filter that few pass is looked for in steps: a page may be short, or
    even empty, and still say where to go on, so that nobody waits for the whole index to be walked.
    """
    where = conditions(connection, hall, wanted)
    if where.none:
        return Page((), None)
    found: list[RequestRow] = []
    for batch in BATCHES:
        hits = search(connection, hall, words, kinds=("request",), limit=batch, before=before)
        passed = _rows(connection, where.clauses, [hit.ref_id for hit in hits])
        for hit in hits:
            if hit.ref_id in passed:
                found.append(passed[hit.ref_id])
            before = hit.place
            if len(found) == limit:
                return Page(tuple(found), None if _is_last(hit, hits, batch) else hit.place)
        if len(hits) < batch:
            return Page(tuple(found), None)
    return Page(tuple(found), before)


def rows_among(
    connection: Connection, hall: UUID, wanted: Sequence[RequestFilter], requests: Sequence[UUID]
) -> dict[UUID, RequestRow]:
    """Give those of some requests that the filter lets pass."""
    return _rows(connection, conditions(connection, hall, wanted).clauses, requests)


def place_of(row: RequestRow, *, by_date: bool) -> Place | None:
    """Say where a row stands in the list."""
    if by_date:
        return None if row.next_due is None else (row.next_due, row.id)
    return row.opened_at, row.id


def _rows(
    connection: Connection, where: Sequence[ColumnElement[bool]], requests: Sequence[UUID]
) -> dict[UUID, RequestRow]:
    rows = connection.execute(REQUEST.where(*where, Request.id.in_(requests)))
    return {row[0]: RequestRow._make(row) for row in rows}


def _is_last(hit: Hit, hits: Sequence[Hit], batch: int) -> bool:
    return hit is hits[-1] and len(hits) < batch


def _after(statement: Rows, order: ColumnElement[Any], before: Place | None, *, by_date: bool) -> Rows:
    """Let the list go on after a place: the newest first, or the nearest date."""
    place = tuple_(order, Request.id)
    if by_date:
        statement = statement.where(Request.next_due.is_not(None)).order_by(order, Request.id)
        return statement.where(place > before) if isinstance(before, tuple) else statement
    statement = statement.order_by(order.desc(), Request.id.desc())
    return statement.where(place < before) if isinstance(before, tuple) else statement


def demands_in(connection: Connection, hall: UUID) -> list[str]:
    """Give the demands that were logged."""
    return _values(connection, hall, Request.hall_id, Request.demand)


def channels_in(connection: Connection, hall: UUID) -> list[str]:
    """Give the channels by which requests came."""
    return _values(connection, hall, Request.hall_id, Request.channel)


def tasks_in(connection: Connection, hall: UUID) -> list[str]:
    """Give the departments that had work."""
    return _values(connection, hall, Task.hall_id, Task.department)


def _values(
    connection: Connection, hall: UUID, of_hall: InstrumentedAttribute[UUID], column: InstrumentedAttribute[Any]
) -> list[str]:
    """Give the few different values of a column by leaping along its index, not by reading every row."""
    found: list[str] = []
    last: str | None = ""
    while (last := connection.scalar(select(func.min(column)).where(of_hall == hall, column > last))) is not None:
        found.append(last)
    return found
