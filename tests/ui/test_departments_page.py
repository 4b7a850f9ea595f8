"""Departments, counters and the hall itself in the window: seen, changed, refused with a sentence."""

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.navigation import Seat
from desktop.ui.pages.admin_hall import HallPage
from desktop.ui.pages.departments import DepartmentsPage
from desktop.usecases.hall.accounts import deactivate
from desktop.usecases.hall.hall_settings import see_hall
from desktop.usecases.hall.halls import CounterForm, list_counters, list_departments, save_counter
from desktop.usecases.hall.stays import end_stay
from tests.ui.admin_desk import (
    _quick_hashes,
    clock,
    come,
    hall,
    performer,
    put_page,
    seat,
    sqlite_database,
    text_of,
)
from tests.ui.page_checks import check_everywhere, check_within_frame
from tests.usecases.conftest import SmallHall

__all__ = ["_quick_hashes", "clock", "hall", "performer", "seat", "sqlite_database"]


@pytest.fixture
def page(seat: Seat, qtbot: QtBot) -> DepartmentsPage:
    return put_page(qtbot, seat, DepartmentsPage(seat))


def choose_department(page: DepartmentsPage, code: str) -> None:
    row = page.departments.model.row_of(code)
    assert row is not None
    page.departments.table.selectRow(row)


def choose_counter(page: DepartmentsPage, code: str) -> None:
    row = page.counters.model.row_of(code)
    assert row is not None
    page.counters.table.selectRow(row)


def test_each_department_says_whether_its_items_can_be_decided_here(
    page: DepartmentsPage, seat: Seat, hall: SmallHall, qtbot: QtBot
) -> None:
    states = {words[0]: words[1:] for words in page.departments.model.words()}
    assert states == {"民政局": ("1", "0", "有人办理"), "市场监督管理局": ("0", "0", "没有事项")}
    choose_department(page, "mca")
    assert dict(page.departments.what.rows()) == {"审查人员": "reviewer的姓名", "部门审批人": "reviewer的姓名"}
    hall.write(hall.administrator, deactivate, hall.reviewer.account_id)
    page.reload()
    come(qtbot, seat, page)
    assert page.departments.model.words()[0][3] == "无人审批"
    assert "请在“账号”中指定审查人员" in page.departments.hint.text()


def test_a_department_is_written_as_letters_are_to_call_it(
    page: DepartmentsPage, seat: Seat, hall: SmallHall, qtbot: QtBot
) -> None:
    choose_department(page, "mca")
    page.departments.form.fields["zh"].editor.setText("临洮县民政局")
    page.departments.form.save.click()
    come(qtbot, seat, page)
    assert page.notice.text() == "已保存：临洮县民政局。"
    assert page.departments.form.fields["zh"].editor.text() == "临洮县民政局"
    assert {row.code: row.name_zh for row in hall.read(hall.clerk, list_departments)}["mca"] == "临洮县民政局"


def test_a_department_without_a_name_is_refused_beside_its_field(page: DepartmentsPage, seat: Seat) -> None:
    choose_department(page, "mca")
    page.departments.form.fields["zh"].editor.setText(" ")
    page.departments.form.save.click()
    assert page.departments.form.fields["zh"].error() == "请填写部门名称。"
    page.departments.form.cancel.click()
    assert page.departments.form.fields["zh"].editor.text() == "民政局"


def test_what_is_half_typed_outlives_a_reload(page: DepartmentsPage, seat: Seat, qtbot: QtBot) -> None:
    choose_department(page, "mca")
    page.departments.form.fields["en"].editor.setText("Civil Affairs Bureau")
    choose_counter(page, "A01")
    page.counters.form.fields["name"].editor.setText("老年人窗口")
    page.reload()
    come(qtbot, seat, page)
    assert page.departments.form.fields["en"].editor.text() == "Civil Affairs Bureau"
    assert page.counters.form.fields["name"].editor.text() == "老年人窗口"


def test_a_counter_is_opened_renamed_and_closed(
    page: DepartmentsPage, seat: Seat, hall: SmallHall, qtbot: QtBot
) -> None:
    counters, form = page.counters, page.counters.form
    counters.add_button.click()
    form.save.click()
    assert form.fields["code"].error() == "请填写编号，如 A05。"
    form.fields["code"].editor.setText("B01")
    form.fields["name"].editor.setText("民政专窗")
    form.department.set_value("mca")
    form.save.click()
    come(qtbot, seat, page)
    assert ("B01", "民政专窗", "民政局", "可用") in counters.model.words()
    choose_counter(page, "B01")
    assert not form.fields["code"].isVisible()
    form.fields["name"].editor.setText("婚姻登记")
    form.open_now.set_value("no")
    form.save.click()
    come(qtbot, seat, page)
    assert ("B01", "婚姻登记", "民政局", "已停用") in counters.model.words()
    assert {row.code: row.active for row in hall.read(None, list_counters)}["B01"] is False


def test_a_counter_where_somebody_sits_is_not_closed(
    page: DepartmentsPage, seat: Seat, hall: SmallHall, qtbot: QtBot
) -> None:
    choose_counter(page, "A01")
    page.counters.form.open_now.set_value("no")
    page.counters.form.save.click()
    come(qtbot, seat, page)
    assert page.counters.form.fields["open"].error() == "clerk的姓名正在这个窗口登录，请先结束其登录。"
    hall.write(hall.administrator, end_stay, hall.clerk.id)
    page.counters.form.save.click()
    come(qtbot, seat, page)
    assert page.counters.model.words()[0][3] == "已停用"


def test_a_hall_without_counters_says_what_to_do(seat: Seat, hall: SmallHall, qtbot: QtBot) -> None:
    page = DepartmentsPage(seat)
    put_page(qtbot, seat, page)
    page.counters.show_rows((), may_change=True)
    assert "还没有窗口" in text_of(page.counters)


def test_departments_and_counters_keep_the_rules_of_inclusion(
    page: DepartmentsPage, seat: Seat, hall: SmallHall, qtbot: QtBot
) -> None:
    hall.write(hall.administrator, save_counter, CounterForm("C01", "一个名字长得一行写不下的综合服务窗口"))
    page.reload()
    come(qtbot, seat, page)
    choose_department(page, "amr")
    choose_counter(page, "A01")
    assert check_everywhere(page) == []


def test_a_new_counter_with_its_errors_fits_within_the_frame(page: DepartmentsPage) -> None:
    choose_department(page, "amr")
    page.counters.add_button.click()
    page.counters.form.save.click()
    assert page.counters.form.notice.isVisible()
    assert check_within_frame(page) == []


# -- the hall ---------------------------------------------------------------------------------------------------


@pytest.fixture
def own(seat: Seat, qtbot: QtBot) -> HallPage:
    return put_page(qtbot, seat, HallPage(seat))


def test_the_hall_is_shown_and_saved(own: HallPage, seat: Seat, hall: SmallHall, qtbot: QtBot) -> None:
    fields = own.form.fields
    assert fields["name_zh"].editor.text() == "临洮县政务大厅"
    assert "临洮县" in fields["division"].help.text()
    fields["phone"].editor.setText("0932-2241234")
    fields["court_zh"].editor.setText("临洮县人民法院")
    own.form.save.click()
    come(qtbot, seat, own)
    assert own.notice.text().startswith("已保存")
    saved = hall.read(hall.clerk, see_hall)
    assert (saved.phone, saved.court.zh, saved.name.zh) == ("0932-2241234", "临洮县人民法院", "临洮县政务大厅")


def test_a_wrong_code_of_the_place_is_said_beside_it(own: HallPage, seat: Seat, qtbot: QtBot) -> None:
    own.form.fields["division"].editor.setText("999999")
    own.form.save.click()
    come(qtbot, seat, own)
    assert own.form.fields["division"].error().startswith("没有这个行政区划代码")
    own.form.cancel.click()
    assert own.form.fields["division"].editor.text() == "621124"


def test_an_english_text_without_chinese_is_refused(own: HallPage, seat: Seat, qtbot: QtBot) -> None:
    own.form.fields["address_en"].editor.setText("1 Wenfeng Road")
    own.form.save.click()
    come(qtbot, seat, own)
    assert "缺少中文" in own.form.notice.text()


def test_what_is_half_typed_of_the_hall_outlives_a_reload(own: HallPage, seat: Seat, qtbot: QtBot) -> None:
    own.form.fields["hours_zh"].editor.setText("周一至周五")
    own.reload()
    come(qtbot, seat, own)
    assert own.form.fields["hours_zh"].editor.text() == "周一至周五"


def test_the_hall_keeps_the_rules_of_inclusion(own: HallPage) -> None:
    assert check_everywhere(own) == []
