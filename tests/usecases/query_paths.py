"""Every question a seat asks, and how the embedded store would find the answer in a hall of many years."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, event, text

from db.open import Database
from desktop.usecases.context import Session
from desktop.usecases.hall.signing_in import SignIn, sign_in
from desktop.usecases.letters.letters import list_letters, see_letter
from desktop.usecases.needs.needs import NeedQuery, find_needs, list_scenes
from desktop.usecases.needs.unmet_needs import UnmetQuery, see_unmet_needs
from desktop.usecases.news import what_is_new
from desktop.usecases.people.people import NewPerson, NoIdentifier, register_person
from desktop.usecases.people.people_cards import PeopleQuery, find_people
from desktop.usecases.perform import Performer
from desktop.usecases.requests.drafts import list_drafts
from desktop.usecases.requests.overview import see_overview
from desktop.usecases.requests.progress import FindRequests, find_requests, tell_progress
from desktop.usecases.requests.request_groups import Group
from desktop.usecases.requests.request_list import Due, ListQuery, see_list, see_options
from desktop.usecases.requests.requests import Form, LogRequest, log_request, see_request
from desktop.usecases.requests.timeline import see_case
from desktop.usecases.sample import PASSWORD
from desktop.usecases.work.day_begun import requests_of_another_day
from desktop.usecases.work.hand_out import WaitingQuery, list_waiting, see_hand_out
from desktop.usecases.work.work import WorkQuery, see_task, see_work
from desktop.workflow.catalogue.definitions import APPLICANT

LARGE: Final = frozenset(
    {"request", "task", "event", "fact", "paper", "letter", "request_role", "subject", "identifier", "attachment"}
    | {"search_document", "former_name", "attachment_chunk"}
)
YEARS: Final = 4_000
"""How many times the two weeks of the practice hall."""
ENTITY: Final = 20
"""Up to so many rows belong to one request or person; more are a class of them, which grows with the hall."""


@dataclass(frozen=True)
class Asked:
    """A statement as it went to the store."""

    use_case: str
    sql: str
    values: Any


def grow(database: Database) -> None:
    """Make the store believe that it holds many years: its counts are multiplied, its rows are not."""
    with database.write() as connection:
        connection.exec_driver_sql("ANALYZE")
        for table, index, counts in connection.exec_driver_sql("SELECT tbl, idx, stat FROM sqlite_stat1").fetchall():
            if table in LARGE:
                rows, of_hall, *classes = (int(count) for count in counts.split())
                more = (count * YEARS if count > ENTITY else count for count in classes)
                grown = " ".join(map(str, (rows * YEARS, of_hall * YEARS, *more)))
                change = text("UPDATE sqlite_stat1 SET stat = :stat WHERE tbl = :table AND idx IS :index")
                connection.execute(change, {"stat": grown, "table": table, "index": index})
        _fill_in(connection)


def _fill_in(connection: Connection) -> None:
    """Tell the store of tables that are empty here what they hold elsewhere: many rows, of each request a few."""
    for table in sorted(LARGE):
        for _at, index, *_rest in connection.exec_driver_sql(f"PRAGMA index_list({table})").fetchall():
            columns = len(connection.exec_driver_sql(f"PRAGMA index_info({index})").fetchall())
            counts = " ".join(["1000000", "1000000", *["5"] * (columns - 1)])
            known = text(
                "INSERT INTO sqlite_stat1 SELECT :table, :index, :stat WHERE NOT EXISTS"
                " (SELECT 1 FROM sqlite_stat1 WHERE tbl = :table AND idx = :index)"
            )
            connection.execute(known, {"table": table, "index": index, "stat": counts})


def sit_down(performer: Performer, login: str) -> Session:
    """Sign in to the practice hall."""
    return performer.write(None, sign_in, SignIn(login, PASSWORD, "A01")).value


class Listening:
    """Hears every statement of a store while somebody works."""

    def __init__(self, performer: Performer) -> None:
        self.performer = performer
        self.heard: list[Asked] = []
        self._doing = ""
        with performer.database.read() as reading, performer.database.write() as writing:
            for engine in (reading.engine, writing.engine):
                event.listen(engine, "before_cursor_execute", self._hear)

    def _hear(self, _connection: Any, _cursor: Any, sql: str, values: Any, _context: Any, many: bool) -> None:  # noqa: FBT001  SQLAlchemy's call
        if sql.lstrip()[:6].upper() in {"SELECT", "UPDATE", "DELETE", "WITH R"}:
            self.heard.append(Asked(self._doing, sql, values[0] if many else values))

    def read(self, session: Session | None, use_case: Callable[..., Any], query: Any = None) -> Any:
        """Ask something."""
        self._doing = f"{use_case.__name__} {query}"
        return self.performer.read(session, use_case, query)

    def write(self, session: Session | None, use_case: Callable[..., Any], command: Any) -> Any:
        """Do something."""
        self._doing = use_case.__name__
        return self.performer.write(session, use_case, command).value


def work_a_day(at: Listening) -> None:
    """Ask everything the pages ask, as a clerk, a reviewer and a supervisor; log one request."""
    clerk, supervisor = sit_down(at.performer, "clerk"), sit_down(at.performer, "supervisor")
    reviewer = sit_down(at.performer, "reviewer01")
    for session in (clerk, reviewer, supervisor):
        at.read(session, see_overview)
        for query in _lists():
            at.read(session, see_list, query)
    at.read(clerk, see_options)
    at.read(clerk, what_is_new)
    at.read(clerk, requests_of_another_day)
    at.read(clerk, what_is_new, 5)
    at.read(clerk, list_drafts)
    at.read(clerk, list_scenes)
    at.read(clerk, find_needs, NeedQuery("开餐馆"))
    at.read(supervisor, see_unmet_needs, UnmetQuery())
    for words in ("王", "王秀", "wx", "13900000000"):
        at.read(clerk, find_people, PeopleQuery(words))
        at.read(clerk, find_requests, FindRequests(words))
    (row, *_rows) = at.read(clerk, see_list, ListQuery(statuses=("open",))).rows
    for use_case in (see_request, see_case, tell_progress, list_letters):
        at.read(clerk, use_case, row.id)
    at.read(clerk, see_letter, at.read(clerk, list_letters, row.id)[0].id)
    waiting = at.read(clerk, list_waiting, WaitingQuery())
    at.read(clerk, list_waiting, WaitingQuery("王"))
    at.read(clerk, see_hand_out, waiting.results[0].task)
    for ready in (True, False):
        work = at.read(reviewer, see_work, WorkQuery(ready_only=ready))
    at.read(reviewer, see_task, work.rows[0].id)
    _log(at, clerk)


def _lists() -> Iterator[ListQuery]:
    yield ListQuery()
    yield ListQuery(mine=True)
    for words in ("王", "王秀", "wxy", "2026"):
        yield ListQuery(words)
    for statuses in (("open",), ("done",), ("ended", "withdrawn")):
        yield ListQuery(statuses=statuses)
    yield from (ListQuery(due=due) for due in Due)
    yield from (ListQuery(group=group) for group in Group)
    yield ListQuery(demand="open_restaurant")
    yield ListQuery(channel="counter")
    yield ListQuery(department="market_supervision")


def _log(at: Listening, clerk: Session) -> UUID:
    person = NewPerson("王小明", phone="13900000000", no_identifier=NoIdentifier.NOT_AT_HAND)
    subject = at.write(clerk, register_person, person).subject
    form = Form("disability_services", {APPLICANT: (subject,)})
    logged = at.write(clerk, log_request, LogRequest(form, "想办这件事", despite_twin=True)).request
    assert isinstance(logged, UUID)
    return logged


def faults(connection: Connection, asked: Asked) -> list[str]:
    """Give the large tables a statement would read whole, or for all of a hall.

    It may walk them in the order of an index for one page, ask for the last of one, or use an index that holds only
    what is rare.
    """
    steps = [row[3] for row in connection.exec_driver_sql("EXPLAIN QUERY PLAN " + asked.sql, asked.values).fetchall()]
    sorts = [step for step in steps if "TEMP B-TREE FOR ORDER BY" in step]
    if (" LIMIT " in asked.sql and not sorts) or asked.sql.startswith("SELECT max("):
        return []
    if "WHERE 1!=1" in asked.sql:  # an empty list of ids: nothing is read
        return []
    rare = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE sql LIKE '%INDEX% WHERE %'").scalars().all()
    return [step for step in steps if _table(step) in LARGE and _reads_all(step) and not set(step.split()) & set(rare)]


def _table(step: str) -> str:
    return step.split()[1] if step.startswith(("SCAN ", "SEARCH ")) else ""


def _reads_all(step: str) -> bool:
    return step.startswith("SCAN ") or step.endswith("(hall_id=?)")
