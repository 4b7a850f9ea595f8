"""The page of results that wait: found, chosen with the arrows, handed over to whom it may be, or posted."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from db.open import Database
from desktop.ui.navigation import Seat
from desktop.ui.pages import hand_out
from desktop.ui.pages.hand_out import HandOutPage
from desktop.ui.pages.hand_out_form import SOMEBODY, HandOutForm
from desktop.usecases.perform import Performer
from desktop.usecases.requests.case import Mandate
from desktop.usecases.requests.requests import see_request
from desktop.usecases.work import hand_out as use_cases
from desktop.usecases.work.hand_out import HandOver, WaitingQuery, list_waiting
from tests.databases import sqlite_database
from tests.ui.conftest import SetLook
from tests.ui.heard import with_keyboard
from tests.ui.keys import write
from tests.ui.page_checks import check_everywhere
from tests.ui.page_parts import settle
from tests.ui.town import PATIENCE, brought_out, catalogue, person
from tests.usecases.conftest import CALENDAR, Clock, SmallHall, _quick_hashes, clock, hall

__all__ = ["_quick_hashes", "clock", "hall", "sqlite_database"]

CARD = "110101199003077774"
LONG = "临洮县洮阳镇人民政府综合便民服务中心办公室"


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    return sqlite_database


@pytest.fixture
def performer(database: Database, clock: Clock) -> Performer:
    return Performer(database, catalogue(), CALENDAR, clock)


@pytest.fixture
def page(seat: Seat, qtbot: QtBot) -> Iterator[HandOutPage]:
    window, shown = QMainWindow(), HandOutPage(seat)
    window.setCentralWidget(shown)
    window.resize(1366, 768)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    come(qtbot, seat)
    yield shown
    window.close()


def come(qtbot: QtBot, seat: Seat) -> None:
    """Wait until everything asked for is answered and shown."""
    for _round in range(2):
        settle()
        qtbot.waitUntil(lambda: seat.runner.pending == 0, timeout=PATIENCE)
    settle()


def shown(page: HandOutPage) -> list[str]:
    return [row.applicant or "" for row in page.model.rows]


def choose(page: HandOutPage, row: int, qtbot: QtBot) -> HandOutForm:
    """Choose a line of the list and go on to the form."""
    page.table.setFocus()
    page.table.selectRow(row)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    come(qtbot, page.seat)
    return page.form


def take(form: HandOutForm, key: str) -> None:
    """Say who takes it, with a press."""
    form.who.editor._buttons[key].click()


def given(hall: SmallHall, request: UUID) -> Any:
    data = hall.read(hall.clerk, see_request, request).history[-1].data
    return None if data is None else data.get("values")


def request_of(hall: SmallHall, task: UUID) -> UUID:
    results = hall.read(hall.clerk, list_waiting, WaitingQuery()).results
    found: UUID = next(result.request for result in results if result.task == task)
    return found


def test_what_waits_longest_stands_first_and_new_results_come_by_themselves(
    page: HandOutPage, hall: SmallHall, clock: Clock, seat: Seat, qtbot: QtBot
) -> None:
    assert page.empty.isVisible()
    for name in ("张三", "李四"):
        brought_out(hall, person(hall, name))
        clock.move(minutes=5)
    seat.runner.tell(page.topics)
    come(qtbot, seat)
    assert shown(page) == ["张三", "李四"]


def look_for(page: HandOutPage, words: str, qtbot: QtBot) -> None:
    page.search.focus()
    page.search.editor.clear()
    write(words)
    QTest.keyClick(page.search.editor, Qt.Key.Key_Return)
    come(qtbot, page.seat)


def test_who_is_looked_for_and_not_found_leaves_nobody_elses_result_at_hand(
    page: HandOutPage, hall: SmallHall, qtbot: QtBot
) -> None:
    brought_out(hall, person(hall, "张三"))
    look_for(page, "张三", qtbot)
    take(choose(page, 0, qtbot), "in_person")
    look_for(page, "王五", qtbot)
    assert (shown(page), page.form.isVisible(), page.nobody.isVisible()) == ([], False, False)
    look_for(page, "张三", qtbot)
    assert (shown(page), page.form.isVisible(), page.nobody.isVisible()) == (["张三"], False, True)


def test_who_is_among_those_found_stays_chosen_with_what_was_typed(
    page: HandOutPage, hall: SmallHall, qtbot: QtBot
) -> None:
    for name in ("张三", "张四"):
        brought_out(hall, person(hall, name))
    look_for(page, "张三", qtbot)
    form = choose(page, 0, qtbot)
    take(form, SOMEBODY)
    form.full_name.editor.setText("王五")
    look_for(page, "张", qtbot)
    assert len(shown(page)) == 2
    assert form.isVisible()
    assert form.full_name.editor.text() == "王五"


def test_a_result_is_found_and_handed_over_by_keys_alone(page: HandOutPage, hall: SmallHall, qtbot: QtBot) -> None:
    for name, number in (("张三", None), ("李四", CARD)):
        brought_out(hall, person(hall, name, number))
    page.search.focus()
    write(CARD)
    QTest.keyClick(page.search.editor, Qt.Key.Key_Return)
    come(qtbot, page.seat)
    assert shown(page) == ["李四"]
    QTest.keyClick(page.search.editor, Qt.Key.Key_Return)
    come(qtbot, page.seat)
    assert with_keyboard() is page.table
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    come(qtbot, page.seat)
    QTest.keyClick(with_keyboard(), Qt.Key.Key_Space)
    QTest.keyClick(with_keyboard(), Qt.Key.Key_Return)
    come(qtbot, page.seat)
    assert page.notice.text() == "已发给李四：摊位许可。"
    assert shown(page) == []
    assert not page.form.isVisible()


def test_everything_of_one_person_is_ticked_and_what_is_unticked_stays(
    page: HandOutPage, hall: SmallHall, qtbot: QtBot
) -> None:
    applicant = person(hall, "李四")
    first, second = brought_out(hall, applicant), brought_out(hall, applicant)
    page.reload()
    come(qtbot, page.seat)
    form = choose(page, 0, qtbot)
    assert set(form.boxes) == {first, second}
    form.boxes[second].set_on(on=False)
    take(form, "in_person")
    form.go.click()
    come(qtbot, page.seat)
    assert [row.task for row in page.model.rows] == [second]


def test_an_agent_takes_it_and_the_act_says_so(page: HandOutPage, hall: SmallHall, qtbot: QtBot) -> None:
    agent = person(hall, "赵代办", CARD)
    sent = {"agent": Mandate("relative", "collect")}
    task = brought_out(hall, person(hall, "李四"), roles={"agent": (agent,)}, mandates=sent)
    request = request_of(hall, task)
    page.reload()
    come(qtbot, page.seat)
    form = choose(page, 0, qtbot)
    take(form, str(agent))
    form.signed.editor._buttons["fingerprint"].click()
    form.go.click()
    come(qtbot, page.seat)
    assert given(hall, request) == {
        "method": "agent", "signed": "fingerprint", "recipient": str(agent), "relation": "agent",
    }  # fmt: skip
    assert "赵代办" in page.notice.text()


def test_who_was_not_sent_to_collect_is_not_offered_and_it_is_said_why(
    page: HandOutPage, hall: SmallHall, qtbot: QtBot
) -> None:
    agent = person(hall, "赵代办")
    sent = {"agent": Mandate("relative", "hand_in")}
    brought_out(hall, person(hall, "李四"), roles={"agent": (agent,)}, mandates=sent)
    page.reload()
    come(qtbot, page.seat)
    form = choose(page, 0, qtbot)
    assert str(agent) not in form.who.editor._buttons
    assert "赵代办的委托不包括领取结果" in form.why_not.text()


def test_somebody_else_gives_a_name(page: HandOutPage, hall: SmallHall, qtbot: QtBot) -> None:
    brought_out(hall, person(hall, "李四"))
    page.reload()
    come(qtbot, page.seat)
    form = choose(page, 0, qtbot)
    take(form, SOMEBODY)
    assert with_keyboard() is form.full_name.editor
    form.go.click()
    come(qtbot, page.seat)
    assert form.full_name.error()
    write("李小四")
    form.card.editor.setText("110101199003077735")
    form.go.click()
    come(qtbot, page.seat)
    assert form.card.error()
    form.card.editor.setText(CARD)
    QTest.keyClick(form.card.editor, Qt.Key.Key_Return)
    come(qtbot, page.seat)
    assert page.notice.text() == "已发给李小四：摊位许可。"


def test_what_is_posted_is_noted_with_the_number_of_the_mail(page: HandOutPage, hall: SmallHall, qtbot: QtBot) -> None:
    task = brought_out(hall, person(hall, "李四"))
    request = request_of(hall, task)
    page.reload()
    come(qtbot, page.seat)
    form = choose(page, 0, qtbot)
    take(form, "post")
    assert form.go.text() == "记为已寄出"
    form.go.click()
    come(qtbot, page.seat)
    assert form.mail.error()
    write("EA123456789CN")
    form.go.click()
    come(qtbot, page.seat)
    assert given(hall, request) == {"method": "post", "mail_number": "EA123456789CN"}


def test_what_a_colleague_has_handed_over_is_said_and_leaves_the_list(
    page: HandOutPage, hall: SmallHall, qtbot: QtBot
) -> None:
    task = brought_out(hall, person(hall, "李四"))
    page.reload()
    come(qtbot, page.seat)
    form = choose(page, 0, qtbot)
    hall.write(hall.supervisor, use_cases.hand_over, HandOver((task,), "in_person"))
    take(form, "in_person")
    form.go.click()
    come(qtbot, page.seat)
    assert "已经领取" in form.notice.text()
    page.reload()
    come(qtbot, page.seat)
    assert shown(page) == []


def test_nothing_ticked_is_said(page: HandOutPage, hall: SmallHall, qtbot: QtBot) -> None:
    task = brought_out(hall, person(hall, "李四"))
    page.reload()
    come(qtbot, page.seat)
    form = choose(page, 0, qtbot)
    form.boxes[task].set_on(on=False)
    take(form, "in_person")
    form.go.click()
    come(qtbot, page.seat)
    assert "请勾选" in form.notice.text()


def test_the_list_goes_on_where_the_page_above_ended(
    page: HandOutPage, hall: SmallHall, clock: Clock, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hand_out, "PAGE", 2)
    for name in ("张一", "张二", "张三"):
        brought_out(hall, person(hall, name))
        clock.move(minutes=1)
    page.reload()
    come(qtbot, page.seat)
    qtbot.waitUntil(lambda: shown(page) == ["张一", "张二", "张三"], timeout=PATIENCE)


def test_a_half_filled_form_outlives_a_reload_and_another_language(
    page: HandOutPage, hall: SmallHall, qtbot: QtBot, look: SetLook
) -> None:
    brought_out(hall, person(hall, "李四"))
    page.reload()
    come(qtbot, page.seat)
    form = choose(page, 0, qtbot)
    take(form, SOMEBODY)
    write("李小四")
    page.reload()
    look("light", "standard", "en")
    come(qtbot, page.seat)
    assert form.full_name.editor.text() == "李小四"
    assert form.who.editor.value() == SOMEBODY
    assert form.go.text() == "Hand over"


def test_the_page_can_be_read_and_used_by_everybody(page: HandOutPage, hall: SmallHall, qtbot: QtBot) -> None:
    agent = person(hall, "赵代办", CARD)
    sent = {"agent": Mandate("relative", "collect")}
    brought_out(hall, person(hall, LONG), roles={"agent": (agent,)}, mandates=sent)
    page.reload()
    come(qtbot, page.seat)
    form = choose(page, 0, qtbot)
    take(form, SOMEBODY)
    form.go.click()
    assert check_everywhere(page) == []


def test_the_empty_page_can_be_read_by_everybody(page: HandOutPage) -> None:
    assert check_everywhere(page, themes=("light", "high_contrast")) == []


def test_in_large_text_a_press_on_a_row_leads_to_who_takes_it(
    page: HandOutPage, hall: SmallHall, seat: Seat, look: SetLook, qtbot: QtBot
) -> None:
    brought_out(hall, person(hall, "张三"))
    page.reload()
    come(qtbot, seat)
    page.window().resize(1220, 600)
    look(size="largest")
    settle()
    assert page.sides.is_stacked()
    assert page.table.height() <= page.table.content_height()
    row = page.table.visualRect(page.model.index(0, 0)).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=row)
    come(qtbot, seat)
    settle()
    assert page.form.isVisible()
    top = page.form.mapTo(page.body.viewport(), QPoint(0, 0)).y()
    assert 0 <= top < page.body.viewport().height() / 3
