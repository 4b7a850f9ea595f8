"""The filters of the list and the counts of the overview, on both kinds of store, against what plain reading finds."""

import random
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, func, insert, select, text, update

from db.ids import new_id
from db.models import Account, Event, Hall, Request, Task
from db.models.writing import UnmetNeed
from db.open import Database
from db.queries.overview import count_requests, count_tasks, unanswered_needs
from db.queries.request_filter import RequestFilter, TaskFilter, conditions
from db.queries.request_list import (
    Page,
    channels_in,
    demands_in,
    find_page,
    list_page,
    rows_among,
    tasks_in,
)
from db.search import search
from tests.db.many_requests import DEPARTMENTS, TODAY, fill

COUNT = 900


@pytest.fixture
def hall(database: Database) -> UUID:
    found = new_id()
    with database.write() as connection:
        row = {"id": found, "name_zh": "临洮县政务大厅", "name_en": "", "sample": False, "settings": {}}
        connection.execute(insert(Hall), {**row, "founded_at": datetime(2026, 1, 1, tzinfo=UTC)})
    return found


@pytest.fixture
def account(database: Database, hall: UUID) -> UUID:
    return _account(database, hall, "clerk")


def _account(database: Database, hall: UUID, login: str) -> UUID:
    found = new_id()
    row = {
        "hall_id": hall, "id": found, "login": login, "name": login, "password": "", "roles": ["clerk"],
        "approver": False, "active": True, "training": login == "trainee", "failed": 0, "locked": False,
    }  # fmt: skip
    now = datetime(2026, 1, 1, tzinfo=UTC)
    with database.write() as connection:
        connection.execute(insert(Account), {**row, "password_at": now, "created_at": now})
    return found


@pytest.fixture
def connection(database: Database, hall: UUID, account: UUID) -> Iterator[Connection]:
    """A look at 900 requests that can be found by words."""
    fill(database, hall, account, COUNT, search=True)
    with database.write() as lent:
        yield lent


def _pages(ask: Callable[[Page | None], Page]) -> list[UUID]:
    """Read a list to its end, page by page."""
    page = ask(None)
    found = [row.id for row in page.rows]
    while page.after is not None:
        page = ask(page)
        found += [row.id for row in page.rows]
    return found


FILTERS = {
    "all": (RequestFilter(),),
    "withdrawn": (RequestFilter(("withdrawn",)),),
    "open and overdue": (RequestFilter(("open",), due_until=TODAY - timedelta(days=1)),),
    "nobody next": (RequestFilter(("open",), nobody_next=True),),
    "a department": (RequestFilter(tasks=(TaskFilter("mca"),)),),
    "paused": (RequestFilter(tasks=(TaskFilter(states=("suspended",)),)),),
    "a demand that came online": (RequestFilter(demand="demand_10", channel="online"), RequestFilter(("open", "done"))),
    "begun again or sent back": (RequestFilter(("open",), sent_back=True),),
    "nothing": (RequestFilter(("open",)), RequestFilter(("done",))),
}


def test_pages_of_any_filter_give_every_request_once_and_the_newest_first(connection: Connection, hall: UUID) -> None:
    for name, wanted in FILTERS.items():
        found = _pages(
            lambda last, wanted=wanted: list_page(  # type: ignore[misc]
                connection, hall, wanted, before=None if last is None else last.after, limit=7
            )
        )
        where = conditions(connection, hall, wanted).clauses
        newest_first = select(Request.id).where(*where).order_by(Request.opened_at.desc(), Request.id.desc())
        assert found == list(connection.scalars(newest_first)), name
        assert bool(found) == (name != "nothing"), name


def test_by_date_the_nearest_comes_first_on_every_page(connection: Connection, hall: UUID) -> None:
    wanted = (RequestFilter(("open",)),)
    found = _pages(
        lambda last: list_page(
            connection, hall, wanted, before=None if last is None else last.after, limit=11, by_date=True
        )
    )
    rows = rows_among(connection, hall, wanted, found)
    dates = [rows[request].next_due for request in found]
    assert dates == sorted(day for day in dates if day is not None)
    assert len(found) == connection.scalar(select(func.count()).where(Request.status == "open"))


def test_words_and_a_status_find_what_holds_both_to_the_end(connection: Connection, hall: UUID) -> None:
    status = {row.id: row.status for row in connection.execute(select(Request.id, Request.status))}
    for words, statuses in product(("李", "许可", "临", "2026", "落户"), ((), ("withdrawn",), ("open",))):

        def ask(last: Page | None, words: str = words, statuses: tuple[str, ...] = statuses) -> Page:
            before = last.after if last is not None else None
            assert not isinstance(before, tuple)
            return find_page(connection, hall, words, (RequestFilter(statuses),), before=before, limit=20)

        every = [hit.ref_id for hit in search(connection, hall, words, kinds=("request",), limit=COUNT)]
        assert _pages(ask) == [request for request in every if not statuses or status[request] in statuses]


def test_a_frequent_word_beside_a_rare_filter_is_looked_for_in_steps(
    connection: Connection, hall: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.queries.request_list.BATCHES", (20, 40))
    oldest = connection.scalar(select(Request.id).order_by(Request.opened_at).limit(1))
    connection.execute(update(Request).where(Request.id == oldest).values(status="ended"))
    rare = (RequestFilter(("ended",)),)
    first = find_page(connection, hall, "20", rare, limit=20)
    assert first.rows == ()
    assert first.after is not None
    pages = [first]
    while pages[-1].after is not None:
        before = pages[-1].after
        assert not isinstance(before, tuple)
        pages.append(find_page(connection, hall, "20", rare, before=before, limit=20))
    assert [row.id for page in pages for row in page.rows] == [oldest]
    assert len(pages) > 10


def test_what_may_be_chosen_is_what_occurs(connection: Connection, hall: UUID) -> None:
    assert tasks_in(connection, hall) == sorted(DEPARTMENTS)
    assert channels_in(connection, hall) == ["counter", "online"]
    assert demands_in(connection, hall) == sorted(f"demand_{number}" for number in range(40))
    assert demands_in(connection, new_id()) == []


def test_counts_agree_with_the_list_behind_them(connection: Connection, hall: UUID, account: UUID) -> None:
    for wanted in (each[0] for name, each in FILTERS.items() if len(each) == 1):
        listed = list_page(connection, hall, (wanted,), limit=COUNT).rows
        assert count_requests(connection, hall, wanted).requests == len(listed)
    tasks = TaskFilter(states=("issued",))
    count = count_tasks(connection, hall, tasks, ())
    assert count.requests == len(list_page(connection, hall, (RequestFilter(tasks=(tasks,)),), limit=COUNT).rows)
    assert count.number >= count.requests > 0
    besides = RequestFilter(tasks=(tasks,), besides_opened_by=(account,))
    counted = count_tasks(connection, hall, tasks, (account,))
    assert counted.requests == count_requests(connection, hall, besides).requests < count.requests


def test_a_request_supplemented_twice_passed_back_or_begun_again_is_sent_back(
    database: Database, hall: UUID, account: UUID
) -> None:
    logged = [_log(database, hall, account) for _ in range(5)]
    once, twice, two_items, passed_back, again = logged
    for request, act, item in (
        (once, "supplement", "a"),
        (twice, "supplement", "a"),
        (twice, "supplement", "a"),
        (two_items, "supplement", "a"),
        (two_items, "supplement", "b"),
        (passed_back, "not_ours", "a"),
    ):
        _act(database, hall, request, {"act": act, "item": item, "subject": "case"})
    with database.write() as connection:
        connection.execute(insert(Task), _task(hall, again, round=2))
        found = list_page(connection, hall, (RequestFilter(("open",), sent_back=True),)).rows
    assert {row.id for row in found} == {twice, passed_back, again}


def test_a_pause_past_its_expected_end_is_found_by_its_last_pause(
    database: Database, hall: UUID, account: UUID
) -> None:
    past, renewed, without_end = (_log(database, hall, account) for _ in range(3))
    pause = {"act": "suspend", "item": "stall", "subject": "case"}
    for request, end in ((past, "2026-02-27"), (renewed, "2026-02-01"), (renewed, "2026-03-02")):
        _act(database, hall, request, {**pause, "values": {"expected_end": end}})
    _act(database, hall, without_end, pause)
    with database.write() as connection:
        for request in (past, renewed, without_end):
            connection.execute(insert(Task), _task(hall, request, state="suspended"))
        found = list_page(connection, hall, (RequestFilter(paused_past=TODAY),)).rows
    assert [row.id for row in found] == [past]


def test_the_nearest_promise_of_a_request_finds_it_from_one_day_to_another(
    database: Database, hall: UUID, account: UUID
) -> None:
    missed, soon, later, _none = (_log(database, hall, account) for _ in range(4))
    days = ((missed, TODAY - timedelta(days=1)), (soon, TODAY), (later, TODAY + timedelta(days=9)))
    past = RequestFilter(("open",), promised_until=TODAY - timedelta(days=1))
    near = RequestFilter(("open",), promised_from=TODAY, promised_until=TODAY + timedelta(days=3))
    with database.write() as connection:
        for request, due in days:
            connection.execute(update(Request).where(Request.id == request).values(promise_due=due))
        assert [row.id for row in list_page(connection, hall, (past,)).rows] == [missed]
        assert [row.id for row in list_page(connection, hall, (near,)).rows] == [soon]
        assert count_requests(connection, hall, past).number == 1


def test_needs_without_an_answer_are_counted_from_the_oldest(database: Database, hall: UUID, account: UUID) -> None:
    trainee = _account(database, hall, "trainee")
    start = datetime(2026, 1, 5, tzinfo=UTC)
    with database.write() as connection:
        for days, by, answered in ((0, account, None), (1, None, None), (2, account, start), (3, trainee, None)):
            row = {"hall_id": hall, "id": new_id(), "words": f"need {days}", "recorded_by": by}
            at = {"recorded_at": start + timedelta(days=days), "answered_at": answered}
            connection.execute(insert(UnmetNeed), {**row, **at})
        number, oldest = unanswered_needs(connection, hall, start + timedelta(days=9), (trainee,), 1)
        assert number == 2
        assert [need.words for need in oldest] == ["need 0"]
        assert unanswered_needs(connection, hall, start, (), 5) == (0, [])


INDEXED = {
    "ix_event_supplement": RequestFilter(("open",), sent_back=True),
    "ix_event_not_ours": RequestFilter(("open",), sent_back=True),
    "ix_event_suspend": RequestFilter(paused_past=date(2026, 3, 1)),
    "ix_task_begun_again": RequestFilter(("open",), sent_back=True),
    "ix_fact_of_death": RequestFilter(("open",), applicant_dead=True),
    "ix_request_promise_due": RequestFilter(("open",), promised_until=date(2026, 3, 1)),
    "ix_request_hall_id_status_opened_at": RequestFilter(("withdrawn",)),
    "ix_request_hall_id_demand_opened_at": RequestFilter(demand="demand_3"),
}


@pytest.mark.parametrize("index", INDEXED)
def test_no_filter_walks_all_rows_of_the_file(
    sqlite_database: Database, index: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    with sqlite_database.write() as connection:
        handle = connection.connection.dbapi_connection
        assert handle is not None
        handle.set_trace_callback(said.append)
        list_page(connection, new_id(), (INDEXED[index],))
        handle.set_trace_callback(None)
        plans = [
            str(row[-1])
            for statement in said
            if statement.startswith(("SELECT", "WITH"))
            for row in connection.execute(text("EXPLAIN QUERY PLAN " + statement.replace(":", r"\:")))
        ]
    assert any(index in plan for plan in plans)
    assert [plan for plan in plans if plan.startswith("SCAN") and not plan.startswith("SCAN back")] == []


# -- rows made by hand ------------------------------------------------------------------------------------------

_chance = random.Random(3)  # noqa: S311 a sample, no secret


def _log(database: Database, hall: UUID, account: UUID) -> UUID:
    found, now = new_id(), datetime(2026, 3, 2, 1, tzinfo=UTC)
    row = {
        "hall_id": hall, "id": found, "number": str(_chance.random()), "kind": "demand", "demand": "open_stall",
        "catalogue_version": "1", "opened_at": now, "opened_by": account, "channel": "counter", "title": "",
        "status": "open",
    }  # fmt: skip
    with database.write() as connection:
        connection.execute(insert(Request), row)
    return found


def _task(hall: UUID, request: UUID, **values: object) -> dict[str, Any]:
    return {
        "hall_id": hall, "id": new_id(), "request_id": request, "item": "stall", "subject": "case", "round": 1,
        "department": "mca", "state": "reviewing", "readiness": "open", "wanted": True,
        "since": datetime(2026, 3, 2, 1, tzinfo=UTC), "waiting_on": [], **values,
    }  # fmt: skip


def _act(database: Database, hall: UUID, request: UUID, data: Mapping[str, object]) -> UUID:
    found, now = new_id(), datetime(2026, 3, 2, 1, tzinfo=UTC)
    with database.write() as connection:
        seq = connection.scalar(select(func.coalesce(func.max(Event.seq), 0) + 1))
        row = {"hall_id": hall, "id": found, "seq": seq, "op": new_id(), "ordinal": 0, "kind": "act", "data": data}
        connection.execute(insert(Event), {**row, "request_id": request, "legal_at": now, "recorded_at": now})
    return found
