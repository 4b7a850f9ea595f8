"""A request says under its status what is to be done now, by who looks; its tasks are rows that unfold."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from db.open import Database
from desktop.ui import theme
from desktop.ui.navigation import Seat
from desktop.ui.pages.request import RequestPage
from desktop.ui.widgets.columns_row import ColumnsRow
from desktop.ui.widgets.label import Label
from desktop.usecases.context import Session
from desktop.usecases.perform import Performer
from desktop.usecases.requests.requests import log_request
from tests.databases import sqlite_database
from tests.ui.conftest import SetLook
from tests.ui.page_checks import check_within_frame
from tests.ui.page_parts import settle
from tests.usecases.conftest import CALENDAR, Clock, SmallHall, _quick_hashes, clock, hall
from tests.usecases.small_case import stall_request
from tests.usecases.stalls import two_departments

__all__ = ["_quick_hashes", "clock", "hall", "sqlite_database"]


@pytest.fixture
def performer(sqlite_database: Database, clock: Clock) -> Performer:
    return Performer(sqlite_database, two_departments(), CALENDAR, clock)


@pytest.fixture
def request_id(hall: SmallHall) -> UUID:
    """A stall that sells food, with two departments in it; the health certificate is missing."""
    found: UUID = hall.write(hall.clerk, log_request, stall_request()).request
    return found


@pytest.fixture
def page(seat: Seat, request_id: UUID, qtbot: QtBot) -> Iterator[RequestPage]:
    window, shown = QMainWindow(), RequestPage(seat)
    window.setCentralWidget(shown)
    window.resize(1366, 768)
    qtbot.addWidget(window)
    window.show()
    shown.open(request_id)
    come(qtbot, seat, shown)
    yield shown
    window.close()


def come(qtbot: QtBot, seat: Seat, page: RequestPage) -> None:
    qtbot.waitUntil(lambda: page.case is not None and seat.runner.pending == 0 and not page._soon.isActive())
    settle()


def looked_at_by(session: Session, page: RequestPage, seat: Seat, qtbot: QtBot) -> None:
    seat.set_session(session)
    before = page.case
    page.reload()
    qtbot.waitUntil(lambda: page.case is not before)
    come(qtbot, seat, page)


def said(card: QWidget) -> list[str]:
    return [label.text() for label in card.findChildren(QLabel) if label.isVisible() and label.text()]


def handed_in(page: RequestPage, seat: Seat, qtbot: QtBot) -> None:
    before = page.case
    page.papers.buttons["health_card", "original"].click()
    qtbot.waitUntil(lambda: page.case is not before)
    come(qtbot, seat, page)


def top_of(part: QWidget, page: RequestPage) -> int:
    return part.mapTo(page, QPoint(0, 0)).y()


def test_at_the_counter_it_says_what_the_applicant_owes_and_leads_there(
    page: RequestPage, seat: Seat, qtbot: QtBot
) -> None:
    assert "等申请人：健康证明" in said(page.now)
    assert not page.now.go.isVisible()
    page.now.links["papers"].click()
    settle()
    focused = page.window().focusWidget()
    assert focused is not None
    assert focused is page.papers.buttons["health_card", "original"]
    assert 0 <= top_of(page.papers, page) < 100


def test_the_department_finds_its_act_under_the_status_with_button_and_key(
    hall: SmallHall, page: RequestPage, seat: Seat, qtbot: QtBot
) -> None:
    handed_in(page, seat, qtbot)
    assert "等民政局：摊位许可" in said(page.now)
    looked_at_by(hall.reviewer, page, seat, qtbot)
    assert page.now.mine.text().startswith("摊位许可：已收件，待受理")
    assert page.now.go.text() == "受理"
    assert page.now.go.property("role") == "primary"
    assert top_of(page.now.go, page) < page.height() // 2, "it is in sight without scrolling"
    assert all(box.folded for box in page.tasks.boxes)
    before = page.case
    page.window().activateWindow()
    qtbot.waitUntil(page.window().isActiveWindow)
    QTest.keyClick(page.window().windowHandle(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.case is not before)
    come(qtbot, seat, page)
    assert page.now.go.text() == "准予许可"


def test_the_form_of_the_next_step_opens_in_its_row_and_is_seen(
    hall: SmallHall, page: RequestPage, seat: Seat, qtbot: QtBot
) -> None:
    handed_in(page, seat, qtbot)
    looked_at_by(hall.reviewer, page, seat, qtbot)
    page.now.go.click()
    qtbot.waitUntil(lambda: page.now.go.text() == "准予许可")
    come(qtbot, seat, page)
    qtbot.waitUntil(lambda: page.tasks.first is not None and not page.tasks.first.acts.is_repeat())
    page.now.go.click()
    settle()
    box = page.tasks.first
    assert box is not None
    assert not box.folded
    form = box.acts.form
    assert form is not None
    seen = page.body.viewport()
    assert seen.rect().contains(form.go.rect().translated(form.go.mapTo(seen, QPoint(0, 0))))
    assert not page.now.go.isVisible(), "there is one primary button"
    form.leave.click()
    assert page.now.go.isVisible()


def test_a_row_says_state_department_and_day_and_unfolds(page: RequestPage, seat: Seat, qtbot: QtBot) -> None:
    handed_in(page, seat, qtbot)
    box = next(box for box in page.tasks.boxes if box.row.item == "stall")
    assert (box.status.text(), box.department.text()) == ("已收件，待受理", "民政局")
    assert box.name.accessibleName() == "展开：摊位许可"
    assert not box.acts.isVisible()
    box.name.click()
    assert box.acts.isVisible()
    assert box.name.accessibleName() == "收起：摊位许可"
    before = page.case
    page.reload()
    qtbot.waitUntil(lambda: page.case is not before)
    come(qtbot, seat, page)
    assert not box.folded, "it stays as it was put"


def test_a_row_does_not_turn_to_and_fro_with_the_scroll_bar(look: SetLook, qtbot: QtBot) -> None:
    row = ColumnsRow([(Label("出生登记"), 2), (Label("公安局"), 1)], least_hanzi=20)
    qtbot.addWidget(row)
    least, unit = theme.current().line_width(20), theme.current().px(1)
    for width, stacked in ((least, False), (least - 1, True), (least + 2 * unit, True), (least + 5 * unit, False)):
        row.resize(width, 100)
        row.show()
        settle()
        assert row.is_stacked() is stacked, width


def test_what_is_to_do_and_the_rows_fit_within_the_frame(page: RequestPage) -> None:
    assert check_within_frame(page) == []
