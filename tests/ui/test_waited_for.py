"""On the work page, what a decision waits for leads to one's own work, and names another's department."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from db.open import Database
from desktop.ui.navigation import Seat
from desktop.ui.pages.waited_for import who_words
from desktop.ui.pages.work import WorkPage
from desktop.usecases.perform import Performer
from desktop.usecases.requests.requests import see_request
from desktop.workflow.catalogue.requirements import Phase
from desktop.workflow.planning.plan import Actor, Missing
from desktop.workflow.procedure.legal_states import ActKind
from tests.databases import sqlite_database
from tests.usecases.conftest import CALENDAR, Clock, SmallHall, _quick_hashes, clock, hall
from tests.usecases.test_run_out import CHECKED, OUT, do, log, town

__all__ = ["_quick_hashes", "clock", "hall", "sqlite_database"]


@pytest.fixture
def performer(sqlite_database: Database, clock: Clock) -> Performer:
    return Performer(sqlite_database, town(Phase.DECIDE, CHECKED), CALENDAR, clock)


@pytest.fixture
def page(hall: SmallHall, seat: Seat, qtbot: QtBot) -> WorkPage:
    """A licence that is reviewed, and waits for a check of the same department."""
    seat.set_session(hall.reviewer)
    request = log(hall)
    do(hall, request, "shop", ActKind.ACCEPT)
    task = next(row for row in hall.read(hall.clerk, see_request, request).tasks if row.item == "shop")
    shown = WorkPage(seat)
    qtbot.addWidget(shown)
    shown.show()
    shown.open(task.id)
    qtbot.waitUntil(lambda: shown.case is not None and seat.runner.pending == 0)
    return shown


def test_what_waits_for_who_looks_is_the_next_step_and_a_link(page: WorkPage, seat: Seat, qtbot: QtBot) -> None:
    assert page.case is not None
    check = next(row for row in page.case.view.tasks if row.item == "check")
    said = [label.text() for label in page.work.evidence.missing.findChildren(QLabel)]
    assert not any("等部门" in text for text in said)
    (link,) = page.work.evidence.aheads.values()
    for button in (page.work.ahead, link):
        assert button.isVisible()
        with qtbot.waitSignal(seat.page_requested) as gone:
            button.click()
        assert gone.args == ["work", check.id]
    assert page.work.waits.text() == "等您办：check"


def test_what_waits_for_another_department_says_which(page: WorkPage) -> None:
    assert page.case is not None
    missing = next(iter(page.work.evidence.aheads))
    (view,) = (view for view in page.case.work.values() if view.row.item == "shop")
    one = next(one for gate in view.task.gates.values() for one in gate.missing if one.key.leaf == missing)
    elsewhere = replace(page.case, work={})
    assert who_words(one, elsewhere) == "民政局"
    assert who_words(Missing(one.key, Actor.APPLICANT), elsewhere) == "申请人"


def test_once_the_work_is_done_the_decision_is_the_next_step(
    hall: SmallHall, page: WorkPage, seat: Seat, qtbot: QtBot
) -> None:
    assert page.case is not None
    do(hall, page.case.view.row.id, "check", *OUT)
    page.reload()
    qtbot.waitUntil(lambda: page.work.acts.first is ActKind.GRANT)
    assert not page.work.ahead.isVisible()
    assert page.work.evidence.aheads == {}
