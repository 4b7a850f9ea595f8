"""The list of requests on real records: found as one types, read on as one scrolls, opened with Enter."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QModelIndex, QObject, Qt, QTimerEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from db.models import Request
from db.open import Database
from desktop.ui.navigation import Seat
from desktop.ui.pages import requests
from desktop.ui.pages.requests import RequestsPage
from desktop.ui.widgets.table import STATUS_ROLE
from desktop.usecases.people.people import NewPerson, NoIdentifier, register_person
from desktop.usecases.perform import Performer
from desktop.usecases.permissions import Role
from desktop.usecases.requests.exports import TableForm
from desktop.usecases.requests.request_list import Group, ListQuery, see_list, see_options
from desktop.usecases.requests.requests import LogRequest, log_request
from desktop.usecases.topics import Topic
from tests.databases import sqlite_database
from tests.db.many_requests import fill
from tests.ui.conftest import SetLook, seated
from tests.ui.page_checks import check_everywhere
from tests.ui.page_parts import settle
from tests.usecases.conftest import CALENDAR, Clock, SmallHall, _quick_hashes, clock, hall
from tests.usecases.small_case import STALL, stall_request
from tests.usecases.test_exports import read_csv

NONE = NoIdentifier.NOT_AT_HAND

__all__ = ["_quick_hashes", "clock", "hall", "sqlite_database"]


@pytest.fixture
def performer(sqlite_database: Database, clock: Clock) -> Performer:
    return Performer(sqlite_database, STALL, CALENDAR, clock)


@pytest.fixture
def seat(hall: SmallHall, look: SetLook, qtbot: QtBot) -> Iterator[Seat]:
    """A clerk's seat at a hall with three requests."""
    for words in ("想卖凉皮", "想卖袜子", "想修鞋"):
        hall.clock.move(minutes=1)
        hall.write(hall.clerk, log_request, stall_request(words=words))
    with seated(hall, hall.clerk) as found:
        yield found


@pytest.fixture
def page(seat: Seat, qtbot: QtBot) -> RequestsPage:
    shown = RequestsPage(seat)
    qtbot.addWidget(shown)
    shown.resize(1366, 768)
    shown.show()
    qtbot.waitUntil(lambda: len(shown.model.rows) == 3)
    return shown


def numbers(page: RequestsPage) -> list[str]:
    return [row.number[-1] for row in page.model.rows]


def test_the_newest_request_comes_first(page: RequestsPage) -> None:
    assert numbers(page) == ["3", "2", "1"]
    assert page.model.index(0, 5).data() == "3月2日 周一 09:33"


def test_matters_are_named_in_the_language_of_the_screen(page: RequestsPage, look: SetLook) -> None:
    assert page.model.index(0, 1).data() == STALL.demands["open_stall"].name.zh
    look(language="en")
    assert page.model.index(0, 1).data() == STALL.demands["open_stall"].name.en


def test_who_keeps_the_name_back_is_no_applicant_by_that_name(page: RequestsPage, qtbot: QtBot) -> None:
    assert page.model.index(0, 2).data() == "不留姓名"
    page.search.editor.insert("申请人")
    page.search.editor.textEdited.emit("申请人")
    qtbot.waitUntil(page.empty.isVisible)


def test_what_is_searched_and_filtered_is_what_is_exported(
    page: RequestsPage, seat: Seat, hall: SmallHall, qtbot: QtBot, tmp_path: Path
) -> None:
    assert not page.export.button.isVisible(), "a clerk takes no list out"
    seat.set_session(hall.supervisor)
    assert page.export.button.isVisible()
    page.search.editor.insert("袜子")
    page.search.editor.textEdited.emit("袜子")
    qtbot.waitUntil(lambda: numbers(page) == ["2"])
    page.export.export_to(str(tmp_path / "办件.csv"), TableForm.CSV)
    qtbot.waitUntil(lambda: seat.runner.pending == 0 and page.export.button.isEnabled(), timeout=20_000)
    header, *rows = read_csv((tmp_path / "办件.csv").read_bytes())
    on_screen = [page.model.index(0, column).data() for column in range(6)]
    assert header == ["编号", "办什么", "申请人", "状态", "下一步", "登记时间"]
    assert rows == [on_screen]
    assert page.export.isVisible(), "says where it is kept"


def test_the_page_fits_beside_the_rail_in_the_largest_size(
    page: RequestsPage, seat: Seat, hall: SmallHall, look: SetLook
) -> None:
    seat.set_session(hall.supervisor)
    look(size="largest", language="en")
    settle()
    assert page.minimumSizeHint().width() < 880, "1366 less the rail"


def test_typing_finds_the_persons_own_words(page: RequestsPage, qtbot: QtBot) -> None:
    page.search.editor.insert("袜子")
    page.search.editor.textEdited.emit("袜子")  # what an input method leaves behind
    qtbot.waitUntil(lambda: numbers(page) == ["2"])


def test_a_status_nobody_has_shows_what_to_do(page: RequestsPage, qtbot: QtBot) -> None:
    QTest.mouseClick(page.filter, Qt.MouseButton.LeftButton)
    page.status.editor.set_value("withdrawn")
    page.status.editor.chosen.emit("withdrawn")
    QTest.mouseClick(page.filters.show_list, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.empty.isVisible)
    assert "换一个状态" in page.empty.text.text()


def test_words_and_a_status_are_looked_for_together(page: RequestsPage, seat: Seat, qtbot: QtBot) -> None:
    page.open(ListQuery("袜子", ("open",)))
    qtbot.waitUntil(lambda: numbers(page) == ["2"])
    assert page.count.text() == "共1件"
    page.open(ListQuery("袜子", ("done",)))
    qtbot.waitUntil(lambda: page.model.rows == [])
    page.open("想")
    qtbot.waitUntil(lambda: numbers(page) == ["3", "2", "1"])


def test_a_filter_is_chosen_marked_and_taken_off(page: RequestsPage, seat: Seat, qtbot: QtBot) -> None:
    QTest.mouseClick(page.filter, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: seat.runner.pending == 0 and page.filters.isVisible())
    page.filters.channel.editor.set_value("counter")
    page.filters.channel.editor.chosen.emit("counter")
    QTest.keyClick(page.filters.mine, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: [button.text() for button in page.marks.buttons] == ["窗口", "只看我登记的"])
    QTest.mouseClick(page.filters.show_list, Qt.MouseButton.LeftButton)
    assert page.table.isVisible()
    qtbot.waitUntil(lambda: numbers(page) == ["3", "2", "1"])
    QTest.mouseClick(page.marks.buttons[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: [button.text() for button in page.marks.buttons] == ["只看我登记的"])
    assert page.filters.query() == ListQuery(mine=True)


def test_filters_need_no_bar_of_their_own_in_the_largest_text(
    page: RequestsPage, seat: Seat, look: SetLook, qtbot: QtBot
) -> None:
    look(size="largest", language="en")
    page.window().resize(1024, 768)
    QTest.mouseClick(page.filter, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: seat.runner.pending == 0 and page.filters.isVisible())
    settle()
    qtbot.waitUntil(lambda: page.filters.verticalScrollBar().maximum() == 0)


def test_a_status_is_a_filter_like_others(page: RequestsPage, qtbot: QtBot) -> None:
    page.open(ListQuery(statuses=("open",)))
    QTest.mouseClick(page.filter, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.seat.runner.pending == 0)
    assert page.status.editor.value() == "open"
    assert [button.text() for button in page.marks.buttons] == ["办理中"]
    QTest.mouseClick(page.marks.buttons[0], Qt.MouseButton.LeftButton)
    assert page.status.editor.value() == "every"


def test_a_department_named_from_elsewhere_is_marked_with_its_name(page: RequestsPage, qtbot: QtBot) -> None:
    page.open(ListQuery(department="mca", demand="open_stall"))
    qtbot.waitUntil(lambda: [button.text() for button in page.marks.buttons] == ["民政局", "我要摆摊"])
    assert numbers(page) == ["3", "2", "1"]


def test_a_figures_group_is_opened_with_its_mark(page: RequestsPage, seat: Seat, qtbot: QtBot) -> None:
    page.search.editor.setText("想")
    page.open(ListQuery(group=Group.OVERDUE))
    qtbot.waitUntil(page.empty.isVisible)
    assert page.search.editor.text() == ""
    assert [button.text() for button in page.marks.buttons] == ["已逾期"]
    QTest.mouseClick(page.marks.buttons[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(page.model.rows) == 3)


def test_an_overdue_request_says_so_in_words(hall: SmallHall, seat: Seat, page: RequestsPage, qtbot: QtBot) -> None:
    assert page.model.index(0, 3).data() == "办理中"
    hall.clock.move(days=40)
    seat.set_session(hall.sign_in("clerk"))
    page.reload()
    qtbot.waitUntil(lambda: page.model.index(0, 3).data() == "办理中，已逾期")
    assert page.model.index(0, 3).data(STATUS_ROLE) == "overdue"


def test_whom_it_waits_for_and_by_when_are_two_words_and_no_list_of_things(
    hall: SmallHall, seat: Seat, page: RequestsPage, qtbot: QtBot
) -> None:
    hall.clock.move(days=30)
    seat.set_session(hall.sign_in("clerk"))
    page.reload()
    qtbot.waitUntil(lambda: "，已逾期" in str(page.model.index(0, 4).data()))


def test_a_reviewer_sees_the_own_departments_requests_only(
    hall: SmallHall, page: RequestsPage, seat: Seat, qtbot: QtBot
) -> None:
    colleague = hall.add(Role.REVIEWER, "colleague", "amr")
    for session, count in ((hall.reviewer, 3), (colleague, 0)):
        assert len(hall.read(session, see_list, ListQuery()).rows) == count
    assert not hall.read(hall.clerk, see_options).own_department
    seat.set_session(colleague)
    page.reload()
    qtbot.waitUntil(page.empty.isVisible)
    QTest.mouseClick(page.filter, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.filters.department.isVisibleTo(page.filters))
    assert page.filters.mine.text() == "只看我手上的"


def test_enter_opens_the_chosen_request(page: RequestsPage, seat: Seat, qtbot: QtBot) -> None:
    page.table.selectRow(1)
    with qtbot.waitSignal(seat.page_requested) as gone:
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert gone.args == ["request", page.model.rows[1].id]


def test_the_list_goes_on_where_the_page_above_ended(seat: Seat, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "PAGE_ROWS", 2)
    page = RequestsPage(seat)
    qtbot.addWidget(page)
    page.resize(800, 10)
    page.reload()
    qtbot.waitUntil(lambda: len(page.model.rows) >= 2)
    qtbot.waitUntil(lambda: numbers(page) == ["3", "2", "1"])
    assert not page.model.canFetchMore(QModelIndex())
    assert page.count.text() == "共3件"


def test_the_chosen_request_stays_chosen_when_another_is_logged(page: RequestsPage, seat: Seat, qtbot: QtBot) -> None:
    page.table.selectRow(1)
    seat.runner.write(page, log_request, stall_request(words="想卖花"))
    qtbot.waitUntil(lambda: len(page.model.rows) == 4)
    row = page.table.selected_row()
    assert row is not None
    assert numbers(page)[row] == "2"


def test_the_place_in_a_long_list_stays_when_another_is_logged(
    hall: SmallHall, seat: Seat, page: RequestsPage, qtbot: QtBot
) -> None:
    fill(hall.performer.database, hall.clerk.hall_id, hall.clerk.account_id, 400)
    page.reload()
    page.resize(1366, 500)
    qtbot.waitUntil(lambda: len(page.model.rows) >= requests.PAGE_ROWS)
    scroll(page, qtbot, 150)
    page.table.selectRow(120)
    top, chosen = at_top(page), page.model.rows[120].id
    where = page.table.rowViewportPosition(page.table.rowAt(0))
    hall.write(hall.clerk, log_request, stall_request(words="想卖花"))
    seat.runner.tell(frozenset({Topic.REQUESTS}))
    qtbot.waitUntil(lambda: page.model.rows[121].id == chosen)
    assert page.table.selected_row() == 121
    assert at_top(page) == top
    assert page.table.rowViewportPosition(page.table.rowAt(0)) == where
    page.table.scrollToTop()
    assert page.model.rows[0].words == "想卖花"


def test_far_down_what_is_in_sight_is_read_again_and_the_rest_when_it_comes_into_sight(
    hall: SmallHall, seat: Seat, page: RequestsPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "RENEWED_ROWS", 100)
    fill(hall.performer.database, hall.clerk.hall_id, hall.clerk.account_id, 400)
    page.reload()
    qtbot.waitUntil(lambda: len(page.model.rows) >= requests.PAGE_ROWS)
    scroll(page, qtbot, 250)
    sight, above = page.model.rows[page.table.rows_in_sight().start + 1].id, page.model.rows[5].id
    with hall.performer.database.write() as connection:
        connection.execute(update(Request).where(Request.id.in_([sight, above])).values(title="改了"))
    seat.runner.tell(frozenset({Topic.REQUESTS}))
    titles = {sight: "改了"}
    qtbot.waitUntil(lambda: {row.id: row.title for row in page.model.rows}.items() >= titles.items())
    assert page.model.rows[5].title != "改了"
    page.table.scrollToTop()
    qtbot.waitUntil(lambda: page.model.rows[5].title == "改了")


def test_a_long_list_is_scrolled_to_its_end_and_nothing_stalls(
    hall: SmallHall, seat: Seat, page: RequestsPage, qtbot: QtBot
) -> None:
    fill(hall.performer.database, hall.clerk.hall_id, hall.clerk.account_id, 4_000)
    page.reload()
    stalls = Stalls()
    scroll(page, qtbot, 4_003)
    assert stalls.longest() < 0.25
    assert len({row.id for row in page.model.rows}) == 4_003
    assert page.count.text() == "共4003件"


def test_short_words_initials_and_parts_of_numbers_find_their_requests(
    hall: SmallHall, seat: Seat, page: RequestsPage, qtbot: QtBot
) -> None:
    register = {name: hall.write(hall.clerk, register_person, NewPerson(name, phone=phone, no_identifier=NONE)).subject
                for name, phone in (("单雄信", "13900012345"), ("尉迟恭", "13811166677"))}  # fmt: skip
    for subject in register.values():
        form = replace(stall_request().form, roles={"applicant": (subject,)})
        hall.write(hall.clerk, log_request, LogRequest(form))
    for words, found in (
        ("单", "单雄信"),
        ("雄信", "单雄信"),
        ("sxx", "单雄信"),
        ("yuchi", "尉迟恭"),
        ("ycg", "尉迟恭"),
        ("2345", "单雄信"),
        ("111 666", "尉迟恭"),
        ("0302-0005", "尉迟恭"),
    ):
        page.open(words)
        qtbot.waitUntil(lambda found=found: [row.applicant for row in page.model.rows] == [found])  # type: ignore[misc]


def scroll(page: RequestsPage, qtbot: QtBot, rows: int) -> None:
    """Drag the list down until so many rows are there."""
    bar = page.table.verticalScrollBar()

    def reached() -> bool:
        bar.setValue(bar.maximum())
        return len(page.model.rows) >= rows

    qtbot.waitUntil(reached, timeout=60_000)
    bar.setValue(bar.maximum() // 2)
    qtbot.waitUntil(lambda: page.seat.runner.pending == 0)


def at_top(page: RequestsPage) -> UUID:
    """The request in the first row in sight."""
    return page.model.rows[page.table.rowAt(0)].id


class Stalls(QObject):
    """Looks every few milliseconds whether the window still answers."""

    def __init__(self) -> None:
        super().__init__()
        self._gaps: list[float] = []
        self._last = time.perf_counter()
        self.startTimer(5, Qt.TimerType.PreciseTimer)

    def timerEvent(self, _event: QTimerEvent) -> None:
        now = time.perf_counter()
        self._gaps.append(now - self._last)
        self._last = now

    def longest(self) -> float:
        """The longest time the window did not answer, in seconds."""
        return max(self._gaps)


def test_the_page_keeps_the_rules_of_every_page(page: RequestsPage) -> None:
    assert check_everywhere(page) == []


def test_the_filters_keep_the_rules_of_every_page(page: RequestsPage, qtbot: QtBot) -> None:
    page.open(ListQuery(mine=True, statuses=("open",)))
    QTest.mouseClick(page.filter, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.seat.runner.pending == 0)
    assert check_everywhere(page) == []
