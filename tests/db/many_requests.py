"""Years of a county's requests, put straight into the tables: what the lists and figures are measured on.

`fill(database, hall, account, count)` makes them alike for the same count; `search` also lets them be found by words.
"""

import itertools
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert

from db.ids import new_id
from db.models import Event, Request, Subject, Task
from db.open import Database
from db.search import index_document
from tests.db.test_search_figures import MATTERS, Sample

CHUNK = 2_000
DEPARTMENTS = ("mca", "amr", "hrss", "ha", "psb", "tax")
TODAY = date(2026, 3, 2)
_numbers = itertools.count(1_000_000)
_ROWS = {"request": Request, "task": Task, "event": Event, "subject": Subject}


def fill(
    database: Database, hall: UUID, account: UUID, count: int, *, search: bool = False, today: date = TODAY
) -> None:
    """Log so many requests over the years before a day: nine of ten are closed, some of the rest are in trouble."""
    chance, sample = random.Random(5), Sample()  # noqa: S311 a sample, no secret
    for start in range(0, count, CHUNK):
        rows: dict[str, list[dict[str, Any]]] = {name: [] for name in ("subject", "request", "event", "task")}
        for number in range(start, min(start + CHUNK, count)):
            for name, row in _request(hall, account, number, count, chance, sample, today):
                rows[name].append(row)
        with database.write() as connection:
            for name, made in rows.items():
                if made:
                    connection.execute(insert(_ROWS[name]), made)
            if search:
                _index(connection, hall, rows["subject"], rows["request"])


def _request(
    hall: UUID, account: UUID, number: int, count: int, chance: random.Random, sample: Sample, today: date
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the rows of one request: who applied, the request, its items, and what was done."""
    request, subject = new_id(), new_id()
    opened = datetime(today.year, today.month, today.day, 1, tzinfo=UTC) - timedelta(minutes=(count - number) * 7)
    is_open = number > count * 0.9 or chance.random() < 0.01
    due = today + timedelta(days=chance.randint(-3, 40)) if is_open else None
    found = sample.request(number)
    yield "subject", {
        "hall_id": hall, "id": subject, "kind": "person", "name": found["names"][0], "phone": found["phones"][0],
        "provisional": False, "created_at": opened,
    }  # fmt: skip
    yield "request", {
        "hall_id": hall, "id": request, "number": f"{opened:%Y%m%d}-{number:07}", "kind": "demand",
        "demand": f"demand_{number % 40}", "catalogue_version": "1", "opened_at": opened,
        "opened_by": account if number % 7 == 0 else None,
        "channel": "counter" if number % 50 else "online", "applicant_id": subject,
        "title": MATTERS[number % len(MATTERS)], "words": None, "status": _status(number, is_open=is_open),
        "closed_at": None if is_open else opened, "next_due": due,
        "next_actor": chance.choices(("department", "counter", "applicant", None), (60, 20, 17, 3))[0]
        if is_open else None,
    }  # fmt: skip
    for at in range(1 + number % 3):
        yield "task", _task(hall, request, opened, due, number, at, chance, is_open=is_open)
    for act in _acts(number):
        yield "event", _event(hall, request, opened, number, act)


def _status(number: int, *, is_open: bool) -> str:
    if is_open:
        return "open"
    return "withdrawn" if number % 400 == 0 else "done"


def _task(
    hall: UUID, request: UUID, opened: datetime, due: date | None, number: int, at: int, chance: random.Random, *,
    is_open: bool,
) -> dict[str, Any]:  # fmt: skip
    states = (("submitted", "reviewing", "issued", "suspended"), (40, 40, 15, 5))
    return {
        "hall_id": hall, "id": new_id(), "request_id": request, "item": f"item_{(number + at) % 60}",
        "subject": "case", "round": 2 if number % 997 == 0 else 1, "department": DEPARTMENTS[(number + at) % 6],
        "state": chance.choices(*states)[0] if is_open else "served",
        "readiness": "open" if chance.random() < 0.5 else "blocked", "wanted": True, "assignee_id": None,
        "since": opened, "due": due, "statutory_due": due, "waiting_on": [],
    }  # fmt: skip


def _acts(number: int) -> Sequence[dict[str, Any]]:
    item = {"item": f"item_{number % 60}", "subject": "case", "round": 1, "role": "reviewer"}
    acts = [{**item, "act": act} for act in ("submit", "accept", "assign", "grant", "issue")]
    acts += [{**item, "act": "supplement"}] * (2 if number % 211 == 0 else number % 11 == 0)
    if number % 60 == 1:
        acts.append({**item, "act": "suspend", "values": {"expected_end": "2026-02-20"}})
    return acts


def _event(hall: UUID, request: UUID, opened: datetime, number: int, act: dict[str, Any]) -> dict[str, Any]:
    return {
        "hall_id": hall, "id": new_id(), "seq": next(_numbers), "op": new_id(), "ordinal": 0,
        "kind": "act", "request_id": request, "legal_at": opened, "recorded_at": opened, "data": act,
    }  # fmt: skip


def _index(connection: Connection, hall: UUID, people: list[dict[str, Any]], requests: list[dict[str, Any]]) -> None:
    for person, row in zip(people, requests, strict=True):
        index_document(
            connection, hall, "request", row["id"], codes=[row["number"]], names=[person["name"]],
            phones=[person["phone"]], texts=[row["title"]],
        )  # fmt: skip
