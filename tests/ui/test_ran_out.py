"""A result that ran out before it was used: the request and the work page say until when it was good."""

from uuid import UUID

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from db.open import Database
from desktop.ui.navigation import Seat
from desktop.ui.pages.request import RequestPage
from desktop.ui.pages.work import WorkPage
from desktop.ui.widgets.key_value import KeyValue
from desktop.usecases.perform import Performer
from desktop.usecases.requests.requests import see_request
from desktop.workflow.catalogue.requirements import Phase
from desktop.workflow.procedure.legal_states import ActKind
from tests.databases import sqlite_database
from tests.usecases.conftest import CALENDAR, Clock, SmallHall, _quick_hashes, clock, hall
from tests.usecases.test_run_out import CHECKED, OUT, begin, do, later, log, town

SAID = "有效期到3月12日 周四，已过期，要重新办理"
__all__ = ["_quick_hashes", "clock", "hall", "sqlite_database"]


@pytest.fixture
def performer(sqlite_database: Database, clock: Clock) -> Performer:
    return Performer(sqlite_database, town(Phase.DECIDE, CHECKED), CALENDAR, clock)


@pytest.fixture
def request_id(hall: SmallHall) -> UUID:
    """The check was good until the 12th and has to be done once more."""
    request = log(hall)
    do(hall, request, "check", *OUT)
    do(hall, request, "shop", ActKind.ACCEPT)
    later(hall, 11)
    begin(hall)
    return request


def said(rows: KeyValue) -> str:
    return "\n".join(label.text() for label in rows.findChildren(QLabel))


def test_the_request_says_until_when_the_result_was_good(
    hall: SmallHall, seat: Seat, request_id: UUID, qtbot: QtBot
) -> None:
    seat.set_session(hall.clerk)
    page = RequestPage(seat)
    qtbot.addWidget(page)
    page.open(request_id)
    qtbot.waitUntil(lambda: page.case is not None)
    told = {box.row.item: said(box.rows) for box in page.tasks.boxes}
    assert SAID in told["check"]
    assert SAID not in told["shop"]


def test_the_work_page_says_until_when_the_result_was_good(
    hall: SmallHall, seat: Seat, request_id: UUID, qtbot: QtBot
) -> None:
    tasks = hall.read(hall.clerk, see_request, request_id).tasks
    seat.set_session(hall.reviewer)
    page = WorkPage(seat)
    qtbot.addWidget(page)
    page.open(next(task.id for task in tasks if (task.item, task.round) == ("check", 2)))
    qtbot.waitUntil(lambda: page.view is not None)
    assert SAID in said(page.work.facts)
