"""A promise not kept, on the pages of the counter: the request says it on top, the list marks it, people show it."""

from datetime import date
from uuid import UUID

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from db.open import Database
from desktop.ui.navigation import Seat
from desktop.ui.pages.request import RequestPage
from desktop.ui.pages.requests import RequestsPage
from desktop.ui.widgets.table import STATUS_ROLE
from desktop.usecases.perform import Performer
from desktop.usecases.permissions import Role
from desktop.usecases.requests.request_list import Due, ListQuery
from desktop.usecases.requests.requests import Answer, Form, Handed, LogRequest, log_request
from tests.databases import sqlite_database
from tests.ui.page_checks import check_within_frame
from tests.ui.page_parts import settle
from tests.ui.town import person
from tests.usecases.conftest import CALENDAR, Clock, SmallHall, _quick_hashes, clock, hall
from tests.usecases.stalls import stall_catalogue

CARD = "material:health_card:case:original"
__all__ = ["_quick_hashes", "clock", "hall", "sqlite_database"]


@pytest.fixture
def performer(sqlite_database: Database, clock: Clock) -> Performer:
    return Performer(sqlite_database, stall_catalogue(health_card_may_follow=True), CALENDAR, clock)


@pytest.fixture
def requests(hall: SmallHall) -> tuple[UUID, UUID]:
    """Two requests of one person on the day after: in the first a health certificate was promised and has not come."""
    applicant = person(hall, "王秀英")
    found = [_logged(hall, applicant, promised=True), _logged(hall, applicant, promised=False)]
    hall.clock.move(days=3)
    hall.sessions.update({role: hall.sign_in(role.value) for role in Role})
    return found[0], found[1]


def _logged(hall: SmallHall, applicant: UUID, *, promised: bool) -> UUID:
    later = (Handed("case", "health_card", promise_due=date(2026, 3, 4)),) if promised else ()
    papers = (Handed("case", "site_plan"), *later)
    form = Form("open_stall", {"applicant": (applicant,)}, (Answer("case", "sells_food", promised),), papers)
    found: UUID = hall.write(hall.clerk, log_request, LogRequest(form, despite_twin=True)).request
    return found


def page_of(seat: Seat, qtbot: QtBot, session: object, request: UUID) -> RequestPage:
    seat.set_session(session)  # type: ignore[arg-type]
    page = RequestPage(seat)
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    page.open(request)
    come(qtbot, seat, page)
    return page


def come(qtbot: QtBot, seat: Seat, page: RequestPage) -> None:
    qtbot.waitUntil(lambda: page.case is not None and seat.runner.pending == 0 and not page._soon.isActive())
    settle()


def said(part: QWidget) -> str:
    return "\n".join(label.text() for label in part.findChildren(QLabel) if label.isVisibleTo(part))


def test_a_request_says_on_top_what_did_not_come_and_what_follows(
    hall: SmallHall, seat: Seat, requests: tuple[UUID, UUID], qtbot: QtBot
) -> None:
    page = page_of(seat, qtbot, hall.clerk, requests[0])
    told = said(page.promises)
    assert "健康证明" in told
    assert "承诺3月4日 周三补交，已过1天" in told
    assert "材料补齐以前，部门不能受理" in page.promises.law.text()
    assert page.promises.remind.isVisible()
    assert check_within_frame(page.promises) == []


def test_the_paper_is_taken_in_on_the_strip_which_then_goes(
    hall: SmallHall, seat: Seat, requests: tuple[UUID, UUID], qtbot: QtBot
) -> None:
    page = page_of(seat, qtbot, hall.clerk, requests[0])
    page.promises.buttons[CARD].click()
    qtbot.waitUntil(page.promises.isHidden)


def test_a_reminder_is_written_from_the_strip_and_its_day_is_told(
    hall: SmallHall, seat: Seat, requests: tuple[UUID, UUID], qtbot: QtBot
) -> None:
    page = page_of(seat, qtbot, hall.clerk, requests[0])
    page.promises.remind.click()
    qtbot.waitUntil(lambda: not page.promises.told.isHidden())
    come(qtbot, seat, page)
    assert page.promises.told.text() == "上次提醒：3月5日 周四"
    assert any("容缺材料补交提醒书" in button.text() for button in page.letters.panel.buttons.values())


def test_the_list_marks_what_did_not_come_and_a_filter_leaves_only_that(
    hall: SmallHall, seat: Seat, requests: tuple[UUID, UUID], qtbot: QtBot
) -> None:
    seat.set_session(hall.clerk)
    page = RequestsPage(seat)
    qtbot.addWidget(page)
    page.show()
    page.open(ListQuery(due=Due.PROMISE_MISSED))
    qtbot.waitUntil(lambda: [row.id for row in page.model.rows] == [requests[0]])
    cell = page.model.index(0, 3)
    assert cell.data() == "容缺未补"
    assert cell.data(STATUS_ROLE) == "overdue"
    assert [button.text() for button in page.marks.buttons] == ["容缺逾期未补"]


def test_another_request_of_the_same_person_says_what_is_owing_elsewhere(
    hall: SmallHall, seat: Seat, requests: tuple[UUID, UUID], qtbot: QtBot
) -> None:
    page = page_of(seat, qtbot, hall.clerk, requests[1])
    assert page.promises.isHidden()
    assert "20260302-0001，承诺3月4日 周三补交" in said(page.people)
    assert "20260302-0001" not in said(page_of(seat, qtbot, hall.reviewer, requests[1]).people)
