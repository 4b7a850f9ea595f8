"""The calendar in the window: a year as a picture, changed after seeing what follows for open requests."""

from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.ui.navigation import Seat
from desktop.ui.pages.calendar import CalendarPage
from desktop.ui.widgets.year_layout import YearLayout, days_of
from desktop.usecases.hall.calendar import CalendarEdit, edit_calendar
from desktop.usecases.requests.requests import log_request, see_request
from desktop.usecases.work.work import DoAct, do_act
from desktop.workflow.procedure.legal_states import ActKind
from tests.ui.admin_desk import _quick_hashes, clock, come, hall, performer, put_page, seat, sqlite_database
from tests.ui.page_checks import check_everywhere
from tests.usecases.conftest import SmallHall
from tests.usecases.small_case import stall_request

__all__ = ["_quick_hashes", "clock", "hall", "performer", "seat", "sqlite_database"]


@pytest.fixture
def accepted(hall: SmallHall) -> UUID:
    """A request accepted on Monday 2 March, to be decided by Monday 9 March."""
    request: UUID = hall.write(hall.clerk, log_request, stall_request(food=False)).request
    task = hall.read(hall.clerk, see_request, request).tasks[0].id
    hall.write(hall.reviewer, do_act, DoAct(task, ActKind.ACCEPT))
    return request


@pytest.fixture
def page(seat: Seat, qtbot: QtBot) -> CalendarPage:
    return put_page(qtbot, seat, CalendarPage(seat))


def fill(page: CalendarPage, first: date, last: date, what: str, name: str = "") -> None:
    page.form.first.set_value(first)
    page.form.last.set_value(last)
    page.form.what.set_value(what)
    page.form._on_what(what)
    page.form.fields["name"].editor.setText(name)


def ask(page: CalendarPage, seat: Seat, qtbot: QtBot) -> None:
    page.form.save.click()
    come(qtbot, seat, page)


def days(page: CalendarPage) -> dict[str, tuple[str, ...]]:
    return {words[0]: words[1:] for words in page.model.words()}


# -- the picture ------------------------------------------------------------------------------------------------


def test_every_day_of_a_year_stands_in_its_weekdays_column_and_nowhere_twice() -> None:
    for across in (1, 2, 3, 4):
        place = YearLayout(2028, 24, 20, across)
        found = [place.day_rect(day) for day in days_of(2028)]
        assert len({(rect.x(), rect.y()) for rect in found}) == 366
        for day, rect in zip(days_of(2028), found, strict=True):
            assert place.day_at(rect.center().x(), rect.center().y()) == day
            assert place.month_rect(day.month).contains(rect)
            assert (rect.x() - place.month_rect(day.month).x()) // 24 == day.weekday()
        assert place.day_at(-1, 5) is None
        assert place.day_at(place.month_rect(1).x(), 5) is None


@pytest.mark.parametrize(("width", "across"), [(180, 1), (400, 2), (600, 3), (2000, 4)])
def test_months_stand_beside_each_other_as_far_as_there_is_room(width: int, across: int) -> None:
    place = YearLayout.fitting(2026, 24, 20, width)
    assert place.across == across
    assert 24 <= place.cell <= 31
    assert place.month_rect(12).right() < max(width, 7 * 24)


def test_the_picture_says_every_day_to_those_who_hear_it(page: CalendarPage) -> None:
    page.picture.choose(date(2026, 5, 1))
    interface = QAccessible.queryAccessibleInterface(page.picture)
    assert interface.text(QAccessible.Text.Name) == "2026年"
    child = interface.child(page.picture.currentIndex().row())
    assert child.text(QAccessible.Text.Name) == "2026年5月1日 周五、放假、劳动节、国务院放假通知"


def test_the_arrow_keys_walk_by_days_weeks_and_months(page: CalendarPage) -> None:
    page.picture.choose(date(2026, 1, 31))
    page.picture.setFocus()
    seen = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_PageDown, Qt.Key.Key_End, Qt.Key.Key_Up):
        QTest.keyClick(page.picture, key)
        seen.append(page.picture.day())
    assert seen == [
        date(2026, 2, 1), date(2026, 2, 8), date(2026, 2, 1), date(2026, 3, 1), date(2026, 3, 31), date(2026, 3, 24),
    ]  # fmt: skip
    QTest.keyClick(page.picture, Qt.Key.Key_Return)
    assert page.form.first.value() == date(2026, 3, 24)


def test_a_day_pressed_with_the_mouse_begins_the_form(page: CalendarPage) -> None:
    place = page.picture.layout_of.day_rect(date(2026, 3, 5))
    point = QPoint(place.center().x(), place.center().y())
    QTest.mouseClick(page.picture.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert page.picture.day() == date(2026, 3, 5)
    assert page.form.first.value() == page.form.last.value() == date(2026, 3, 5)
    assert page.day.text() == "2026年3月5日 周四、上班"


# -- the year ---------------------------------------------------------------------------------------------------


def test_a_published_year_shows_its_days_by_name_and_source(page: CalendarPage) -> None:
    assert page.this_year.text() == "2026年"
    assert page.state.status() == "done"
    assert days(page)["5月1日 周五"] == ("放假", "劳动节", "国务院放假通知")
    assert days(page)["5月9日 周六"] == ("调休上班", "劳动节", "国务院放假通知")
    assert not page.publish.isVisible()


def test_a_year_without_a_notice_says_that_it_is_estimated_until_the_notice_is_entered(
    page: CalendarPage, seat: Seat, qtbot: QtBot
) -> None:
    page.after.click()
    come(qtbot, seat, page)
    assert page.this_year.text() == "2027年"
    assert page.state.status() == "waiting"
    assert "尚未录入" in page.state.text()
    assert not page.list.isVisible()
    page.publish.click()
    come(qtbot, seat, page)
    assert page.state.status() == "done"
    page.publish.click()
    come(qtbot, seat, page)
    assert page.state.status() == "waiting"


# -- an edit ----------------------------------------------------------------------------------------------------


def test_an_edit_shows_what_follows_and_is_written_only_when_confirmed(
    page: CalendarPage, seat: Seat, hall: SmallHall, accepted: UUID, qtbot: QtBot
) -> None:
    fill(page, date(2026, 3, 5), date(2026, 3, 6), "rest", "庙会")
    ask(page, seat, qtbot)
    assert page.effect.what.text() == "有1件在办的办件会改变日期。"
    assert page.effect.rows.rows() == [("推后（件）", "1"), ("提前（件）", "0"), ("最多", "2天")]
    assert "3月5日 周四" not in days(page)
    assert not page.form.isEnabled()
    page.effect.confirm.click()
    come(qtbot, seat, page)
    assert page.notice.text().startswith("已保存")
    assert days(page)["3月5日 周四"] == ("放假", "庙会", "本大厅自定")
    assert hall.read(hall.clerk, see_request, accepted).tasks[0].due == date(2026, 3, 11)
    assert page.form.isEnabled()
    assert not page.effect.isVisible()


def test_an_edit_that_is_not_wanted_after_all_changes_nothing(page: CalendarPage, seat: Seat, qtbot: QtBot) -> None:
    before = page.model.words()
    fill(page, date(2026, 3, 5), date(2026, 3, 6), "rest", "庙会")
    ask(page, seat, qtbot)
    assert page.effect.what.text() == "没有在办的办件改变日期。"
    page.effect.cancel.click()
    page.reload()
    come(qtbot, seat, page)
    assert page.model.words() == before
    assert page.form.fields["name"].editor.text() == "庙会"


def test_what_the_hall_set_is_taken_back(page: CalendarPage, seat: Seat, hall: SmallHall, qtbot: QtBot) -> None:
    hall.write(hall.administrator, edit_calendar, CalendarEdit(date(2026, 5, 1), date(2026, 5, 1), True, "值守"))
    page.reload()
    come(qtbot, seat, page)
    assert days(page)["5月1日 周五"] == ("上班", "值守", "本大厅自定")
    fill(page, date(2026, 5, 1), date(2026, 5, 1), "back")
    assert not page.form.fields["name"].isVisible()
    ask(page, seat, qtbot)
    page.effect.confirm.click()
    come(qtbot, seat, page)
    assert days(page)["5月1日 周五"] == ("放假", "劳动节", "国务院放假通知")


def test_what_is_typed_is_not_overwritten_by_the_keyboard_passing_through(page: CalendarPage) -> None:
    fill(page, date(2026, 3, 5), date(2026, 3, 6), "rest", "庙会")
    for part in (page.picture, page.table, page.form.first):
        part.setFocus(Qt.FocusReason.TabFocusReason)
    assert (page.form.first.value(), page.form.last.value()) == (date(2026, 3, 5), date(2026, 3, 6))
    page.table.selectRow(1)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert page.form.first.value() == page.picture.day() == page.model.keys[1]


def test_a_form_that_is_not_filled_says_so_beside_each_field(page: CalendarPage, seat: Seat) -> None:
    page.form.save.click()
    assert page.form.fields["first"].error() == "请填写存在的日期。"
    assert page.form.fields["what"].error() == "请选择这些日子怎么安排。"
    fill(page, date(2026, 3, 5), date(2026, 3, 6), "rest")
    page.form.save.click()
    assert page.form.fields["name"].error() == "请填写节日名称或事由。"
    assert seat.runner.pending == 0


def test_days_the_wrong_way_round_are_refused_beside_the_last(page: CalendarPage, seat: Seat, qtbot: QtBot) -> None:
    fill(page, date(2026, 3, 6), date(2026, 3, 5), "rest", "庙会")
    ask(page, seat, qtbot)
    assert page.form.fields["last"].error() == "最后一天早于第一天，请调换。"
    assert page.form.isEnabled()


def test_the_calendar_keeps_the_rules_of_inclusion(
    page: CalendarPage, seat: Seat, hall: SmallHall, accepted: UUID, qtbot: QtBot
) -> None:
    page.picture.choose(date(2026, 3, 5))
    assert check_everywhere(page) == []
    fill(page, date(2026, 3, 5), date(2026, 3, 6), "rest", "庙会")
    ask(page, seat, qtbot)
    assert check_everywhere(page, themes=("light", "high_contrast")) == []


def test_an_estimated_year_keeps_the_rules_of_inclusion(page: CalendarPage, seat: Seat, qtbot: QtBot) -> None:
    page.after.click()
    come(qtbot, seat, page)
    assert check_everywhere(page, themes=("light", "low_glare"), screen=QSize(1366, 768)) == []
