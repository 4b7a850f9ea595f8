"""The page of unmet needs: seen in the persons' words, owned, answered, told, or passed on as an enquiry."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from db.open import Database
from desktop.ui.navigation import Seat, pages_for
from desktop.ui.pages.needs import NeedsPage
from desktop.ui.pages.overview import OverviewPage
from desktop.usecases.needs.needs import Unmet, record_unmet_need
from desktop.usecases.needs.unmet_needs import UnmetLine, UnmetQuery, see_unmet_needs
from desktop.usecases.perform import Performer
from tests.databases import sqlite_database
from tests.ui.conftest import SetLook, seated
from tests.ui.page_checks import check_everywhere
from tests.ui.page_parts import settle
from tests.ui.town import PATIENCE, catalogue
from tests.usecases.conftest import CALENDAR, Clock, SmallHall, _quick_hashes, clock, hall

__all__ = ["_quick_hashes", "clock", "hall", "sqlite_database"]

DOG = "想给狗办户口，社区说不归他们管，派出所又说不知道，跑了三趟"


@pytest.fixture
def performer(sqlite_database: Database, clock: Clock) -> Performer:
    return Performer(sqlite_database, catalogue(), CALENDAR, clock)


@pytest.fixture
def seat(hall: SmallHall, look: SetLook) -> Iterator[Seat]:
    """A supervisor's seat; two needs were kept at the counter."""
    for words in (DOG, "想学开飞机"):
        hall.write(hall.clerk, record_unmet_need, Unmet(words))
        hall.clock.move(minutes=1)
    with seated(hall, hall.supervisor) as found:
        yield found


@pytest.fixture
def page(seat: Seat, qtbot: QtBot) -> Iterator[NeedsPage]:
    window, shown = QMainWindow(), NeedsPage(seat)
    window.setCentralWidget(shown)
    window.resize(1366, 768)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    come(qtbot, seat)
    yield shown
    window.close()


def come(qtbot: QtBot, seat: Seat) -> None:
    for _round in range(3):
        settle()
        qtbot.waitUntil(lambda: seat.runner.pending == 0, timeout=PATIENCE)
    settle()


def choose(page: NeedsPage, row: int) -> UUID:
    page.table.setFocus()
    page.table.selectRow(row)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    return page.model.rows[row].need


def look_at(page: NeedsPage, which: str, qtbot: QtBot) -> None:
    page.which.editor._buttons[which].click()
    come(qtbot, page.seat)


def answered(hall: SmallHall) -> tuple[UnmetLine, ...]:
    found: tuple[UnmetLine, ...] = hall.read(hall.supervisor, see_unmet_needs, UnmetQuery(answered=True)).lines
    return found


def test_who_may_not_answer_needs_has_no_such_page(seat: Seat, hall: SmallHall) -> None:
    assert "needs" in [entry.code for entry in pages_for(seat)]
    seat.set_session(hall.clerk)
    assert "needs" not in [entry.code for entry in pages_for(seat)]


def test_the_oldest_need_stands_first_and_says_by_when_it_is_answered(page: NeedsPage) -> None:
    cells = [page.model.index(0, column).data() for column in range(3)]
    assert cells == [DOG, "3月16日 周一前答复", "还没有人"]
    choose(page, 0)
    assert page.card.words.text() == DOG
    assert dict(page.card.known.rows())["谁的需求"] == "不留姓名"


def test_an_answer_is_kept_then_told(page: NeedsPage, hall: SmallHall, qtbot: QtBot) -> None:
    choose(page, 0)
    assert page.card.answer.editor.hasFocus()
    page.card.send.click()
    come(qtbot, page.seat)
    assert page.card.answer.error() == "还没有写答复。请写下要告诉本人的话。"
    page.card.answer.editor.setPlainText("请到城关派出所登记。")
    page.card.send.click()
    come(qtbot, page.seat)
    assert [row.words for row in page.model.rows] == ["想学开飞机"]
    assert page.notice.text().startswith("答复已保存。")
    look_at(page, "answered", qtbot)
    choose(page, 0)
    assert dict(page.card.known.rows())["答复"] == "请到城关派出所登记。"
    page.card.told.click()
    come(qtbot, page.seat)
    (line,) = answered(hall)
    assert line.told_at is not None
    assert page.model.index(0, 1).data() == "3月2日 周一已告知"
    assert not page.card.told.isVisible()


def test_an_owner_is_chosen_and_stands_in_the_list(page: NeedsPage, hall: SmallHall, qtbot: QtBot) -> None:
    choose(page, 1)
    page.card.owner.editor.set_value(str(hall.supervisor.account_id))
    page.card.owner.editor.chosen.emit(str(hall.supervisor.account_id))
    come(qtbot, page.seat)
    assert page.model.index(1, 2).data() == "supervisor的姓名"


def test_a_need_is_passed_on_as_an_enquiry(page: NeedsPage, hall: SmallHall, qtbot: QtBot) -> None:
    choose(page, 0)
    page.card.become.click()
    come(qtbot, page.seat)
    (line,) = answered(hall)
    assert page.notice.text() == f"已转为咨询件，编号{line.number}。"
    look_at(page, "answered", qtbot)
    choose(page, 0)
    with qtbot.waitSignal(page.seat.page_requested) as gone:
        page.card.to_request.click()
    assert gone.args == ["request", line.request]


def test_a_half_written_answer_waits_for_its_need(page: NeedsPage, hall: SmallHall, qtbot: QtBot) -> None:
    choose(page, 0)
    page.card.answer.editor.setPlainText("写到一半")
    choose(page, 1)
    assert page.card.answer.editor.toPlainText() == ""
    hall.write(hall.clerk, record_unmet_need, Unmet("想借梯子"))
    page.reload()
    come(qtbot, page.seat)
    choose(page, 0)
    assert page.card.answer.editor.toPlainText() == "写到一半"


def test_the_overview_leads_to_the_needs(seat: Seat, qtbot: QtBot) -> None:
    page = OverviewPage(seat)
    qtbot.addWidget(page)
    with qtbot.waitSignal(seat.page_requested) as gone:
        page.needs.open.click()
    assert gone.args == ["needs", None]


def test_the_page_of_needs_is_usable_everywhere(page: NeedsPage, qtbot: QtBot) -> None:
    choose(page, 0)
    assert check_everywhere(page) == []
