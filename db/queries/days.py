"""Items and requests whose lines in the lists a new day may overtake."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, null, select

from db.models.request import Request
from db.models.task import Task
from db.queries.request_filter import aside, last_pause_end


class Standing(NamedTuple):
    """How an item stands in the lists; `expected_end` is the day its last pause was to end, as it was written down."""

    request_id: UUID
    item: str
    state: str
    readiness: str
    waiting_on: list[Any]
    expected_end: str | None


def tasks_standing(connection: Connection, hall: UUID, today: date, departments: Sequence[str]) -> list[Standing]:
    """Give the items that are paused, and those of these departments handed in or decided whose day is past.

    Of the many that are over none has a day: each department's are looked up by state and day.
    """
    end = last_pause_end(connection.dialect.name)
    row = Task.request_id, Task.item, Task.state, Task.readiness, Task.waiting_on
    paused = select(*row, end).where(Task.hall_id == hall, Task.state == "suspended", aside(Task.wanted).is_(True))
    past = select(*row, null()).where(
        Task.hall_id == hall,
        Task.department.in_(departments),
        Task.state.in_(("submitted", "issued", "served")),
        Task.due < today,
        aside(Task.wanted).is_(True),
    )
    return [Standing._make(found) for asked in (paused, past) for found in connection.execute(asked)]


def requests_run_out(connection: Connection, hall: UUID, today: date) -> list[UUID]:
    """Give the open requests of which something has run out since they were last planned, the longest first.

    Only those wait under a day that is past: a request planned anew has a later one, and one that is over has none.
    """
    past = Request.hall_id == hall, Request.holds_until < today, aside(Request.status) == "open"
    asked = select(Request.id).where(*past).order_by(Request.holds_until, Request.id)
    return list(connection.scalars(asked))
