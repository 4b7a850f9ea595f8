"""The overview on real records: what the day asks, what the hall must not leave lying, and the cases behind figures."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db.open import Database
from desktop.ui.navigation import PAGES, Seat
from desktop.ui.pages.overview import OverviewPage
from desktop.ui.pages.overview_tiles import TileButton
from desktop.ui.pages.overview_words import MEANINGS, NONE, TITLES
from desktop.ui.pages.requests import RequestsPage
from desktop.usecases.context import Session
from desktop.usecases.needs.needs import Unmet, record_unmet_need
from desktop.usecases.perform import Performer
from desktop.usecases.permissions import Role
from desktop.usecases.requests.request_list import Group, ListQuery
from desktop.usecases.requests.requests import log_request
from desktop.usecases.work.work import take_task
from desktop.words import _
from tests.databases import sqlite_database
from tests.db.many_requests import fill
from tests.ui.conftest import SetLook
from tests.ui.page_checks import check_everywhere
from tests.usecases.conftest import CALENDAR, Clock, SmallHall, _quick_hashes, clock, hall
from tests.usecases.small_case import STALL, stall_request

__all__ = ["_quick_hashes", "clock", "hall", "sqlite_database"]


@pytest.fixture
def performer(sqlite_database: Database, clock: Clock) -> Performer:
    return Performer(sqlite_database, STALL, CALENDAR, clock)


def page_of(seat: Seat, qtbot: QtBot, session: Session) -> OverviewPage:
    """Show the overview of somebody."""
    seat.set_session(session)
    page = OverviewPage(seat)
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    qtbot.waitUntil(lambda: page.view is not None and seat.runner.pending == 0)
    return page


def figures(page: OverviewPage) -> dict[str, str]:
    """What the figures say, by their names."""
    sections = (page.mine, page.hall)
    shown = (button for section in sections if section.isVisible() for button in section.tiles.buttons)
    return {button.tile.title: button.tile.figure for button in shown}


def tile(page: OverviewPage, title: str) -> TileButton:
    return next(button for button in page.findChildren(TileButton) if button.tile.title == title)


def test_a_clerks_day_says_each_figure_with_its_unit(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    for _time in range(2):
        hall.clock.move(minutes=1)
        hall.write(hall.clerk, log_request, stall_request())
    page = page_of(seat, qtbot, hall.clerk)
    assert figures(page)["我今天登记的"] == "2件"
    assert "没有待发结果" in page.mine.calm.text()
    assert not page.hall.isVisible()
    assert tile(page, "我今天登记的").accessibleName() == "我今天登记的：2件"


def test_a_figure_opens_the_list_of_just_those_cases(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    hall.write(hall.clerk, log_request, stall_request())
    page = page_of(seat, qtbot, hall.clerk)
    with qtbot.waitSignal(seat.page_requested) as gone:
        QTest.mouseClick(tile(page, "我今天登记的"), Qt.MouseButton.LeftButton)
    assert gone.args == ["requests", ListQuery(group=Group.LOGGED_TODAY)]


def test_every_figure_equals_the_list_it_opens(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    fill(hall.performer.database, hall.clerk.hall_id, hall.clerk.account_id, 1_000)
    requests = RequestsPage(seat)
    qtbot.addWidget(requests)
    opened = 0
    for session in (hall.supervisor, hall.clerk, hall.reviewer):
        page = page_of(seat, qtbot, session)
        requests.show()
        assert page.view is not None
        for figure in (*page.view.mine, *page.view.hall):
            requests.open(ListQuery(group=figure.group))
            qtbot.waitUntil(lambda: seat.runner.pending == 0)
            while requests.model.after is not None:
                requests.model.fetchMore(requests.model.index(0, 0).parent())
                qtbot.waitUntil(lambda: seat.runner.pending == 0)
            assert len(requests.model.rows) == figure.requests, figure.group
            opened += bool(figure.requests)
    assert opened > 8


def test_a_reviewer_sees_what_is_ready_and_what_is_in_hand(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    for _time in range(2):
        hall.clock.move(minutes=1)
        hall.write(hall.clerk, log_request, stall_request(food=False))
    page = page_of(seat, qtbot, hall.reviewer)
    assert figures(page)["可以领办"] == "2项"
    assert tile(page, "可以领办").tile.more == "涉及2件办件"
    seat.runner.write(page, take_task, hall.read(hall.reviewer, _first_task))
    qtbot.waitUntil(lambda: figures(page).get("我手上的") == "1项")
    assert figures(page)["可以领办"] == "1项"


def _first_task(context: object, _query: object) -> object:
    from db.queries.requests import list_tasks
    from desktop.usecases.context import Context

    assert isinstance(context, Context)
    return list_tasks(context.connection, context.hall_id)[0].id


def test_a_supervisor_sees_what_must_not_be_left_lying_and_what_presses_most(
    hall: SmallHall, seat: Seat, qtbot: QtBot
) -> None:
    fill(hall.performer.database, hall.clerk.hall_id, hall.clerk.account_id, 1_000)
    page = page_of(seat, qtbot, hall.supervisor)
    assert {"无人负责下一步", "已逾期", "快到期", "反复退补"} <= set(figures(page))
    dates = [row.next_due for row in page.model.rows]
    assert len(dates) == 8
    assert dates == sorted(day for day in dates if day is not None)
    page.table.selectRow(0)
    with qtbot.waitSignal(seat.page_requested) as gone:
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert gone.args == ["request", page.model.rows[0].id]


def test_a_need_nobody_answered_in_ten_working_days_is_shown_in_its_own_words(
    hall: SmallHall, seat: Seat, qtbot: QtBot
) -> None:
    hall.write(hall.clerk, record_unmet_need, Unmet("想给狗办户口"))
    for days, shown in ((14, False), (1, True)):
        hall.clock.move(days=days)
        page = page_of(seat, qtbot, hall.sign_in("supervisor"))
        assert page.needs.isVisible() == shown
    qtbot.waitUntil(lambda: {"1条", "想给狗办户口"} <= set(_texts(page)))


def _texts(page: OverviewPage) -> list[str]:
    from PySide6.QtWidgets import QLabel

    return [label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)]


def test_where_there_is_nothing_a_calm_sentence_stands(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    page = page_of(seat, qtbot, hall.clerk)
    assert figures(page) == {}
    assert page.mine.calm.text().startswith("今天还没有登记")
    assert "去世" not in page.mine.calm.text(), "that nobody has died is no news of the day"
    page = page_of(seat, qtbot, hall.supervisor)
    assert "没有逾期" in page.hall.calm.text()
    page = page_of(seat, qtbot, hall.administrator)
    assert page.quiet.isVisible()
    assert not page.mine.isVisible()


def test_a_practice_hall_says_that_its_figures_are_practice(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    assert not page_of(seat, qtbot, hall.clerk).practice.isVisible()
    from sqlalchemy import update

    from db.models import Hall

    with hall.performer.database.write() as connection:
        connection.execute(update(Hall).values(sample=True))
    page = page_of(seat, qtbot, hall.clerk)
    assert "练习数据" in page.practice.text()


def test_a_figure_that_says_the_same_keeps_the_keyboard(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    hall.write(hall.clerk, log_request, stall_request())
    page = page_of(seat, qtbot, hall.clerk)
    page.activateWindow()
    tile(page, "我今天登记的").setFocus()
    qtbot.waitUntil(tile(page, "我今天登记的").hasFocus)
    hall.clock.move(minutes=1)
    seat.runner.write(page, log_request, stall_request(words="再来一件"))
    qtbot.waitUntil(lambda: figures(page)["我今天登记的"] == "2件")
    assert tile(page, "我今天登记的").hasFocus()


def test_every_group_has_its_words_in_chinese(look: SetLook) -> None:
    for table, spoken in ((TITLES, set(Group)), (MEANINGS, set(Group)), (NONE, set(Group) - {Group.APPLICANT_DEAD})):
        assert set(table) == spoken
        assert [said for said in table.values() if _(said) == said] == []


def test_the_overview_is_the_first_page_of_everybody() -> None:
    assert PAGES[0].code == "overview"
    assert PAGES[0].permission is None


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.REVIEWER, Role.AUDITOR])
def test_the_page_keeps_the_rules_of_every_page(hall: SmallHall, seat: Seat, qtbot: QtBot, role: Role) -> None:
    fill(hall.performer.database, hall.clerk.hall_id, hall.supervisor.account_id, 1_000)
    hall.write(hall.clerk, record_unmet_need, Unmet("想给狗办户口"))
    hall.clock.move(days=15)
    page = page_of(seat, qtbot, hall.sign_in(role.value))
    assert check_everywhere(page) == []
