"""A hall with years of work behind it: the practice hall's real requests, copied row by row under other people.

What is older than some weeks is over: only ended requests are copied there. So the hall has as many open requests as
a hall of its size has.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, Table, func, insert, select

from db.base import Base
from db.ids import new_id
from db.models.event import Event
from db.models.fact import Fact
from db.models.letter import Letter
from db.models.paper import Paper
from db.models.request import Request, RequestRole
from db.models.subject import Subject
from db.models.task import Task
from db.search import index_document
from desktop.usecases.perform import Performer
from desktop.usecases.sample import make_sample_hall
from tests.db.test_search_figures import Sample

WHOLE_EVERY: Final = 50
"""Every so many copies has all the rows of its original; the others have what lists and searches read."""
BATCH: Final = 500
A_DAY: Final = 170
STILL_OPEN: Final = 20
"""So many working days back some requests are open; before, none is."""

Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Original:
    """A request of the practice hall with every row it has, by table."""

    request: dict[str, Any]
    applicant: dict[str, Any] | None
    roles: list[dict[str, Any]]
    tasks: list[dict[str, Any]]
    others: Rows


def fill(performer: Performer, requests: int, seed: int = 7) -> None:
    """Make the practice hall and copy its requests until there are so many, the latest last."""
    make_sample_hall(performer)
    with performer.database.write() as connection:
        originals = list(_originals(connection))
        copier = _Copier(connection, Sample(seed), random.Random(seed))  # noqa: S311 a sample, no secret
        ended = [original for original in originals if original.request["status"] != "open"]
        for number in range(requests - len(originals)):
            some = originals if number < STILL_OPEN * A_DAY else ended
            copier.copy(some[number % len(some)], number)
        copier.flush()


def _originals(connection: Connection) -> Iterator[Original]:
    for request in _rows(connection, Request):
        mine = [row for row in _rows(connection, RequestRole) if row["request_id"] == request["id"]]
        applicant = next((row for row in _rows(connection, Subject) if row["id"] == request["applicant_id"]), None)
        others = {
            model.__tablename__: [row for row in _rows(connection, model) if row["request_id"] == request["id"]]
            for model in (Event, Fact, Paper, Letter)
        }
        tasks = [row for row in _rows(connection, Task) if row["request_id"] == request["id"]]
        yield Original(request, applicant, mine, tasks, others)


def _rows(connection: Connection, model: type[Base]) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(select(_table(model))).mappings()]


def _table(model: type[Base]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table


class _Copier:
    """Copies requests under new ids and other names, and writes them in batches."""

    def __init__(self, connection: Connection, sample: Sample, chance: random.Random) -> None:
        self._connection, self._sample, self._chance = connection, sample, chance
        self._order = count(1 + (connection.scalar(select(func.max(Event.seq))) or 0))
        self._waiting: dict[str, list[dict[str, Any]]] = {}
        self._documents: list[dict[str, Any]] = []

    def copy(self, original: Original, number: int) -> None:
        """Copy one request; the day goes back a working day for every so many."""
        ids: dict[Any, Any] = {original.request["id"]: new_id()}
        back = timedelta(days=1 + number // A_DAY)
        name, phone = self._sample.name(), self._sample.phone()
        if original.applicant is not None:
            ids[original.applicant["id"]] = new_id()
            self._put(Subject, original.applicant, ids, name=name, phone=phone)
        opened = original.request["opened_at"] - back
        written = f"{opened:%Y%m%d}-{10_000 + number}"
        closed = original.request["closed_at"]
        self._put(
            Request, original.request, ids,
            number=written, opened_at=opened, closed_at=None if closed is None else closed - back,
        )  # fmt: skip
        for row in original.roles:
            self._put(RequestRole, row, ids)
        for row in original.tasks:
            self._put(Task, row, ids)
        if number % WHOLE_EVERY == 0:
            self._copy_others(original, ids)
        self._documents.append(
            {"ref": ids[original.request["id"]], "number": written, "name": name, "phone": phone,
             "title": original.request["title"]}
        )  # fmt: skip
        if len(self._documents) >= BATCH:
            self.flush()

    def _copy_others(self, original: Original, ids: dict[Any, Any]) -> None:
        for model in (Event, Fact, Paper, Letter):
            ops: dict[UUID, UUID] = {}
            for row in original.others[model.__tablename__]:
                more: dict[str, Any] = {}
                if model is Event:
                    more = {"op": ops.setdefault(row["op"], new_id()), "seq": next(self._order)}
                if model is Letter:
                    more = {"number": f"{row['number']}-{len(self._documents)}-{new_id().hex[-8:]}"}
                self._put(model, row, ids, **more)

    def _put(self, model: type[Base], row: dict[str, Any], ids: dict[Any, Any], **more: Any) -> None:
        copied = {name: _renamed(value, ids) for name, value in row.items() if name != "seq"}
        if "id" in copied:
            copied["id"] = ids.setdefault(row["id"], new_id())
        self._waiting.setdefault(model.__tablename__, []).append({**copied, **more})

    def flush(self) -> None:
        """Write what waits."""
        for model in (Subject, Request, RequestRole, Task, Event, Fact, Paper, Letter):
            rows = self._waiting.pop(model.__tablename__, [])
            if rows:
                self._connection.execute(insert(_table(model)), rows)
        for document in self._documents:
            hall = self._hall()
            index_document(
                self._connection, hall, "request", document["ref"],
                codes=(document["number"],), names=(document["name"],), phones=[document["phone"]],
                texts=(document["title"],),
            )  # fmt: skip
        self._documents.clear()

    def _hall(self) -> UUID:
        hall = self._connection.scalar(select(Request.hall_id).limit(1))
        assert isinstance(hall, UUID)
        return hall


def _renamed(value: Any, ids: dict[Any, Any]) -> Any:
    """Give a value with every old id in it replaced, in columns and in texts that are ids."""
    if isinstance(value, UUID):
        return ids.get(value, value)
    if isinstance(value, dict):
        return {key: _renamed(inner, ids) for key, inner in value.items()}
    if isinstance(value, list):
        return [_renamed(inner, ids) for inner in value]
    if isinstance(value, str) and len(value) == 36:
        return next((str(new) for old, new in ids.items() if str(old) == value), value)
    return value
