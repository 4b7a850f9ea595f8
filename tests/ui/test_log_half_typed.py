"""What is typed by half on the log page is never logged as if it had not been typed: it is said where it stands."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db.open import Database
from desktop.ui.pages.log import LogPage
from desktop.ui.pages.log_role import RolePart
from desktop.ui.widgets.date_edit import DateEdit
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.link import WrappingLink
from desktop.usecases.perform import Performer
from tests.databases import sqlite_database
from tests.ui.conftest import SetLook
from tests.ui.heard import with_keyboard
from tests.ui.log_desk import OFFERED, clerk_at, for_whom, in_need, key, person, press, quiet
from tests.usecases.conftest import CALENDAR, Clock, SmallHall, _quick_hashes, clock, hall

__all__ = ["_quick_hashes", "clock", "hall", "sqlite_database"]
_NO_DAY = "没有这一天，请检查年月日。"


@pytest.fixture
def performer(sqlite_database: Database, clock: Clock) -> Performer:
    return Performer(sqlite_database, OFFERED, CALENDAR, clock)


@pytest.fixture
def page(hall: SmallHall, look: SetLook, qtbot: QtBot) -> Iterator[LogPage]:
    for name in ("王秀英", "李建国"):
        person(hall, name)
    with clerk_at(hall, qtbot) as shown:
        for_whom(qtbot, shown, "王秀英")
        yield shown


def _of(field: Field[Any]) -> str:
    return f"{field.label_text()}：{field.error()}"


def agent_of(qtbot: QtBot, page: LogPage) -> RolePart:
    press(qtbot, page, page.roles.add_buttons["agent"])
    agent = page.roles.parts["agent"]
    press(qtbot, page, agent.look)
    return agent


def type_month(page: LogPage, editor: DateEdit, month: str, qtbot: QtBot) -> None:
    editor.month.setFocus()
    editor.month.selectAll()
    QTest.keyClicks(editor.month, month)
    quiet(qtbot, page)


def test_a_half_typed_end_of_an_authority_is_not_logged_as_one_without_end(
    page: LogPage, look: SetLook, qtbot: QtBot
) -> None:
    in_need(qtbot, page, "办卡")
    agent = agent_of(qtbot, page)
    assert agent.picker is not None
    assert agent.mandate is not None
    agent.picker.search.editor.setText("李建国")
    key(qtbot, page, Qt.Key.Key_Return)
    key(qtbot, page, Qt.Key.Key_Return)
    agent.mandate.scope.editor.set_value("whole")
    type_month(page, agent.mandate.until.editor, "12", qtbot)
    press(qtbot, page, page.send.submit)
    assert not page.done.isVisible()
    assert agent.mandate.until.error() == _NO_DAY
    assert with_keyboard() is agent.mandate.until.editor.year
    look(language="en")
    assert agent.mandate.until.error() == "There is no such day. Check year, month and day."


@pytest.mark.parametrize(
    ("month", "said"), [("13", _NO_DAY), ("", "请填写承诺补交日期；不后补的，请取消勾选“容缺后补”。")]
)
def test_a_promise_without_a_day_is_not_dropped(page: LogPage, qtbot: QtBot, month: str, said: str) -> None:
    in_need(qtbot, page, "迁户口")
    proof = next(part for key, part in page.papers.parts.items() if key.code == "proof")
    press(qtbot, page, proof.later)
    if month:
        type_month(page, proof.due.editor, month, qtbot)
    else:
        proof.due.editor.set_value(None)
    press(qtbot, page, page.send.submit)
    assert not page.done.isVisible()
    assert proof.due.error() == said
    assert with_keyboard() is proof.due.editor.year


def test_somebody_typed_and_not_taken_is_not_lost(page: LogPage, qtbot: QtBot) -> None:
    in_need(qtbot, page, "办卡")
    agent = agent_of(qtbot, page)
    assert agent.picker is not None
    press(qtbot, page, agent.picker.new)
    form = agent.picker.form
    form.full_name.editor.setText("马建国")
    press(qtbot, page, page.send.submit)
    assert not page.done.isVisible()
    assert "登记并选用" in form.full_name.error()
    assert with_keyboard() is form.full_name.editor
    press(qtbot, page, form.leave)
    press(qtbot, page, page.send.submit)
    assert page.done.isVisible()


def test_a_name_searched_for_and_not_chosen_is_not_lost(page: LogPage, qtbot: QtBot) -> None:
    in_need(qtbot, page, "办卡")
    agent = agent_of(qtbot, page)
    assert agent.picker is not None
    search = agent.picker.search
    search.editor.setText("李")
    press(qtbot, page, page.send.submit)
    assert not page.done.isVisible()
    assert search.error().startswith("还没有选定")
    assert with_keyboard() is search.editor
    search.editor.clear()
    assert search.error() == ""


def test_one_press_says_everything_that_is_missing_or_wrong_and_each_line_leads_there(
    page: LogPage, qtbot: QtBot
) -> None:
    in_need(qtbot, page, "迁户口")
    agent = agent_of(qtbot, page)
    assert agent.picker is not None
    agent.picker.search.editor.setText("李")
    proof = next(part for key, part in page.papers.parts.items() if key.code == "proof")
    press(qtbot, page, proof.later)
    type_month(page, proof.due.editor, "13", qtbot)
    press(qtbot, page, page.send.submit)
    assert proof.due.error() == _NO_DAY
    assert with_keyboard() is page.faults
    assert page.faults.text() == "还差1处、有1处要改；另有1处可稍后补："
    wanted = [_of(agent.picker.search), _of(proof.due), "在外县：还没有回答，可以以后再补。"]
    assert page.faults.lines() == wanted
    way = next(each for each in page.faults.findChildren(WrappingLink) if each.words() == wanted[1])
    qtbot.waitUntil(way.isVisible)
    press(qtbot, page, way)
    assert with_keyboard() is proof.due.editor.year
    type_month(page, proof.due.editor, "3", qtbot)
    assert page.faults.text() == "还差1处；另有1处可稍后补："
    agent.picker.search.editor.clear()
    page.faults.see_again()
    assert page.faults.text() == "有1处可稍后补："
    assert page.faults.tone == "info"


def test_who_is_not_named_is_said_with_the_questions_still_open_and_in_the_other_language(
    page: LogPage, look: SetLook, qtbot: QtBot
) -> None:
    in_need(qtbot, page, "生孩子")
    press(qtbot, page, page.send.submit)
    assert not page.done.isVisible()
    assert page.faults.text() == "还差2处；另有1处可稍后补："
    assert [line[:2] for line in page.faults.lines()] == ["孩子", "母亲", "孩子"]
    assert page.roles.parts["child"].error.text() == page.faults.lines()[0]
    look(language="en")
    qtbot.waitUntil(lambda: page.faults.text() == "2 places are still open; 1 more may be answered later:")
    assert page.faults.lines()[0].startswith("Child: nobody is named yet.")
    for code in ("child", "mother"):
        press(qtbot, page, page.roles.parts[code].not_known)
    press(qtbot, page, page.send.submit)
    assert page.done.isVisible()  # a question may stay open


def test_everything_wrong_with_somebody_new_is_said_in_one_press(page: LogPage, look: SetLook, qtbot: QtBot) -> None:
    press(qtbot, page, page.who.change)
    press(qtbot, page, page.who.new)
    form = page.who.picker.form
    form.full_name.editor.clear()
    form.number.editor.setText("6211241980")
    form.phone.editor.setText("123")
    press(qtbot, page, form.keep)
    assert [bool(field.error()) for field in (form.full_name, form.number, form.phone)] == [True, True, True]
    assert form.notice.text() == "还差1处、有2处要改："
    look(language="en")
    qtbot.waitUntil(lambda: form.notice.text() == "1 place is still open, 2 places are wrong:")
    form.phone.editor.setFocus()
    form.phone.editor.selectAll()
    QTest.keyClicks(form.phone.editor, "13800138000")
    assert form.notice.text() == "1 place is still open, 1 place is wrong:"
