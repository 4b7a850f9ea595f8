"""A request that is over says when and why it ended and what is left to do, and draws no plan where there is none."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtWidgets import QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from db.open import Database
from desktop.ui.navigation import Seat
from desktop.ui.pages.request import RequestPage
from desktop.usecases.perform import Performer
from desktop.usecases.requests.requests import log_request
from desktop.usecases.requests.timeline import CaseView
from desktop.usecases.work.withdrawing import WithdrawRequest, withdraw_request
from desktop.workflow.conditions.truth import Truth
from tests.databases import sqlite_database
from tests.ui.page_checks import check_within_frame
from tests.usecases.conftest import CALENDAR, Clock, SmallHall, _quick_hashes, clock, hall
from tests.usecases.small_case import STALL, stall_request

__all__ = ["_quick_hashes", "clock", "hall", "sqlite_database"]


@pytest.fixture
def performer(sqlite_database: Database, clock: Clock) -> Performer:
    return Performer(sqlite_database, STALL, CALENDAR, clock)


@pytest.fixture
def page(seat: Seat, qtbot: QtBot) -> Iterator[RequestPage]:
    window, shown = QMainWindow(), RequestPage(seat)
    window.setCentralWidget(shown)
    window.resize(1366, 768)
    qtbot.addWidget(window)
    window.show()
    yield shown
    window.close()


def come(page: RequestPage, seat: Seat, qtbot: QtBot, request: UUID) -> None:
    """Open a request and wait until it is shown."""
    page.open(request)
    qtbot.waitUntil(lambda: page.case is not None and seat.runner.pending == 0)


def nothing_applies(case: CaseView) -> CaseView:
    """The case as it is when by the answers nothing the person came for is for them."""
    plan = case.view.plan
    assert plan is not None
    goals = tuple(replace(goal, applies=Truth.FALSE) for goal in plan.goals)
    row = case.view.row._replace(status="ended", closed_at=case.view.row.opened_at, next_actor=None)
    empty = replace(plan, goals=goals, tasks=(), papers=(), questions=())
    return replace(case, view=replace(case.view, row=row, tasks=(), plan=empty))


def text_of(page: RequestPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


def test_a_request_in_which_nothing_applies_says_so_and_draws_no_empty_plan(
    hall: SmallHall, seat: Seat, page: RequestPage, qtbot: QtBot
) -> None:
    come(page, seat, qtbot, hall.write(hall.clerk, log_request, stall_request()).request)
    assert page.case is not None
    assert page.ended.isHidden()
    page._say(nothing_applies(page.case))
    assert page.plan.isHidden()
    assert "请先选定要办什么" not in text_of(page)
    assert page.ended.why.text() == "3月2日 周一终结。按登记的信息，这件事里没有适用于申请人的事项。"
    assert check_within_frame(page) == []
    with qtbot.waitSignal(seat.page_requested) as gone:
        page.ended.again.click()
    assert gone.args is not None
    assert gone.args[0] == "log"


def test_a_request_that_was_withdrawn_says_when_and_what_is_left_to_do(
    hall: SmallHall, seat: Seat, page: RequestPage, qtbot: QtBot
) -> None:
    request = hall.write(hall.clerk, log_request, stall_request()).request
    hall.write(hall.clerk, withdraw_request, WithdrawRequest(request, "不想办了"))
    come(page, seat, qtbot, request)
    assert page.ended.isVisible()
    assert page.ended.why.text().startswith("3月2日 周一，申请人撤回了整件申请。")
    assert "登记新的办件" in page.ended.next.text()
    seat.set_session(hall.reviewer)
    page.retranslate()
    assert page.ended.again.isHidden(), "who may not log is not sent to do it"
