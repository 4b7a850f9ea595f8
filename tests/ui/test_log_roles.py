"""Who takes part in a request, on the log page: roles by a click or a search, an agent, a guardian, a child."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from db.models.request import RequestRole
from db.open import Database
from desktop.ui.pages.log import LogPage
from desktop.ui.pages.log_people import Named
from desktop.ui.pages.log_role import RolePart
from desktop.ui.widgets.buttons import Button
from desktop.usecases.people.people import NewEnterprise, NoIdentifier, PeopleQuery, find_people, register_enterprise
from desktop.usecases.perform import Performer
from desktop.usecases.requests.requests import ListQuery, list_page, see_request
from tests.databases import sqlite_database
from tests.ui.conftest import SetLook
from tests.ui.heard import with_keyboard
from tests.ui.log_desk import OFFERED, clerk_at, for_whom, in_need, key, person, press, quiet
from tests.usecases.conftest import CALENDAR, Clock, SmallHall, _quick_hashes, clock, hall

__all__ = ["_quick_hashes", "clock", "hall", "sqlite_database"]


@pytest.fixture
def performer(sqlite_database: Database, clock: Clock) -> Performer:
    return Performer(sqlite_database, OFFERED, CALENDAR, clock)


@pytest.fixture
def page(hall: SmallHall, look: SetLook, qtbot: QtBot) -> Iterator[LogPage]:
    for name in ("王秀英", "李建国"):
        person(hall, name)
    person(hall, "王小明", date(2015, 5, 1))
    with clerk_at(hall, qtbot) as shown:
        yield shown


def born(qtbot: QtBot, page: LogPage) -> None:
    for_whom(qtbot, page, "王秀英")
    in_need(qtbot, page, "生孩子")


def search(qtbot: QtBot, page: LogPage, part: RolePart, name: str) -> None:
    press(qtbot, page, part.look)
    assert part.picker is not None
    part.picker.search.editor.setText(name)
    key(qtbot, page, Qt.Key.Key_Return)
    key(qtbot, page, Qt.Key.Key_Return)


def names(page: LogPage, code: str) -> list[str]:
    return [named.name for named in page.roles.parts[code].named]


def kept(hall: SmallHall) -> list[tuple[object, ...]]:
    with hall.performer.database.read() as connection:
        columns = (RequestRole.role, RequestRole.capacity, RequestRole.scope, RequestRole.until)
        return [tuple(row) for row in connection.execute(select(*columns).order_by(RequestRole.id))]


def test_the_roles_of_the_need_are_asked_for_and_optional_ones_wait_behind_a_button(
    page: LogPage, qtbot: QtBot
) -> None:
    born(qtbot, page)
    assert list(page.roles.parts) == ["child", "mother"]
    assert set(page.roles.add_buttons) == {"father", "house", "agent", "guardian"}
    assert "签发出生证" in page.roles.parts["mother"].note.text()


def test_the_keyboard_goes_to_the_first_role_and_from_the_last_to_the_questions(page: LogPage, qtbot: QtBot) -> None:
    born(qtbot, page)
    assert with_keyboard() is page.roles.parts["child"].quick[0]
    press(qtbot, page, page.roles.parts["child"].not_known)
    assert with_keyboard() is page.roles.parts["mother"].quick[0]
    key(qtbot, page, Qt.Key.Key_Space)
    assert names(page, "mother") == ["王秀英"]
    assert page.questions.focused() is not None


def test_somebody_in_two_roles_is_one_click_and_not_asked_again(page: LogPage, hall: SmallHall, qtbot: QtBot) -> None:
    born(qtbot, page)
    press(qtbot, page, page.roles.parts["mother"].quick[0])
    press(qtbot, page, page.roles.parts["child"].not_known)
    press(qtbot, page, page.send.submit)
    (row,) = hall.read(hall.clerk, list_page, ListQuery())
    roles = hall.read(hall.clerk, see_request, row.id).roles
    assert [(role.role, role.name) for role in roles] == [
        ("applicant", "王秀英"),
        ("mother", "王秀英"),
        ("child", ""),
    ]
    assert roles[0].subject_id == roles[1].subject_id


def test_a_role_is_found_on_file_or_registered_anew(page: LogPage, hall: SmallHall, qtbot: QtBot) -> None:
    born(qtbot, page)
    search(qtbot, page, page.roles.parts["child"], "王小明")
    assert names(page, "child") == ["王小明"]
    mother = page.roles.parts["mother"]
    press(qtbot, page, mother.look)
    assert mother.picker is not None
    press(qtbot, page, mother.picker.new)
    mother.picker.form.full_name.editor.setText("赵春花")
    press(qtbot, page, mother.picker.form.keep)
    assert names(page, "mother") == ["赵春花"]
    assert [found.name for found in hall.read(hall.clerk, find_people, PeopleQuery("赵春花"))] == ["赵春花"]


def test_premises_are_registered_by_their_address(page: LogPage, hall: SmallHall, qtbot: QtBot) -> None:
    born(qtbot, page)
    press(qtbot, page, page.roles.add_buttons["house"])
    house = page.roles.parts["house"]
    press(qtbot, page, house.look)
    assert house.picker is not None
    press(qtbot, page, house.picker.new)
    form = house.picker.form
    assert not form.number.isVisible()
    assert not form.kind.isVisible()
    assert form.full_name.label_text() == "地址或名称"
    form.full_name.editor.setText("洮阳镇文峰西路12号")
    QTest.keyClick(form.full_name.editor, Qt.Key.Key_Return)
    quiet(qtbot, page)
    assert names(page, "house") == ["洮阳镇文峰西路12号"]


def test_what_was_told_of_a_role_follows_whoever_is_named_later(page: LogPage, qtbot: QtBot) -> None:
    born(qtbot, page)
    (asked,) = page.questions.fields
    assert asked.subject == "role:child"
    field = page.questions.fields[asked]
    assert field.label_text().startswith("孩子：")
    page.questions._on_said(asked, date(2026, 2, 1))
    quiet(qtbot, page)
    search(qtbot, page, page.roles.parts["child"], "王小明")
    (answer,) = page.questions.answers()
    assert answer.subject == str(page.roles.parts["child"].named[0].subject)
    assert field.label_text().startswith("孩子王小明：")


def test_a_role_left_open_is_said_beside_it_and_nothing_is_logged(page: LogPage, hall: SmallHall, qtbot: QtBot) -> None:
    born(qtbot, page)
    assert "2" in page.send._open.text()
    press(qtbot, page, page.send.submit)
    assert "孩子" in page.roles.parts["child"].error.text()
    assert page.roles.parts["child"].error_row.isVisible()
    assert with_keyboard() is page.faults  # it says all that is open; with one role left the keyboard goes there
    press(qtbot, page, page.roles.parts["mother"].not_known)
    press(qtbot, page, page.send.submit)
    assert with_keyboard() is page.roles.parts["child"].quick[0]
    assert hall.read(hall.clerk, list_page, ListQuery()) == ()


def test_an_agent_is_kept_with_capacity_scope_and_last_day(
    page: LogPage, hall: SmallHall, qtbot: QtBot, look: SetLook
) -> None:
    for_whom(qtbot, page, "王秀英")
    in_need(qtbot, page, "办卡")
    press(qtbot, page, page.roles.add_buttons["agent"])
    agent = page.roles.parts["agent"]
    search(qtbot, page, agent, "李建国")
    assert agent.mandate is not None
    assert isinstance(with_keyboard(), QComboBox)
    agent.mandate.capacity.editor.set_value("relative")
    press(qtbot, page, page.send.submit)
    assert agent.mandate.scope.error() == "请选择委托办什么。"
    look(language="en")
    assert agent.mandate.scope.error() == "Say what the agent was sent for."
    look()
    agent.mandate.scope.editor.set_value("hand_in")
    agent.mandate.until.editor.set_value(date(2026, 3, 1))
    agent.mandate.changed.emit()
    quiet(qtbot, page)
    press(qtbot, page, page.send.submit)
    assert "3月1日" in agent.mandate.until.error()
    agent.mandate.until.editor.set_value(date(2026, 4, 1))
    agent.mandate.changed.emit()
    quiet(qtbot, page)
    press(qtbot, page, page.send.submit)
    assert kept(hall) == [("applicant", None, None, None), ("agent", "relative", "hand_in", date(2026, 4, 1))]


def test_an_agent_is_told_who_has_to_come_in_person(page: LogPage, qtbot: QtBot) -> None:
    born(qtbot, page)
    press(qtbot, page, page.roles.add_buttons["agent"])
    assert "母亲" in page.roles.parts["agent"].note.text()


def test_nobody_is_offered_as_the_own_agent(page: LogPage, qtbot: QtBot) -> None:
    for_whom(qtbot, page, "王秀英")
    in_need(qtbot, page, "办卡")
    press(qtbot, page, page.roles.add_buttons["agent"])
    assert page.roles.parts["agent"].quick == []


def test_a_child_brings_the_guardians_place_and_is_not_logged_without(
    page: LogPage, hall: SmallHall, qtbot: QtBot
) -> None:
    for_whom(qtbot, page, "王小明")
    in_need(qtbot, page, "办卡")
    guardian = page.roles.parts["guardian"]
    assert "18" in page.roles.notice.text()
    assert "可不填" not in guardian.label.text()
    press(qtbot, page, page.send.submit)
    assert "王小明" in guardian.error.text()
    search(qtbot, page, guardian, "王秀英")
    assert page.roles.notice.isHidden()
    assert "可不填" not in guardian.label.text(), "needed also once it is filled"
    press(qtbot, page, page.send.submit)
    assert [row[0] for row in kept(hall)] == ["applicant", "guardian"]


def test_a_minor_acts_alone_only_for_a_reason(page: LogPage, hall: SmallHall, qtbot: QtBot) -> None:
    for_whom(qtbot, page, "王小明")
    in_need(qtbot, page, "迁户口")
    press(qtbot, page, page.send.submit)
    assert with_keyboard() is page.roles.parts["guardian"].look
    press(qtbot, page, page.send.without_guardian)
    assert page.send.alone.error()
    page.send.alone.editor.setText("只领一份补贴")
    press(qtbot, page, page.send.without_guardian)
    assert [row[0] for row in kept(hall)] == ["applicant"]


def test_an_applicant_of_the_wrong_kind_is_told_at_once_where_the_applicant_stands(
    page: LogPage, hall: SmallHall, qtbot: QtBot
) -> None:
    hall.write(hall.clerk, register_enterprise, NewEnterprise("洮阳商贸公司", no_identifier=NoIdentifier.NOT_AT_HAND))
    for_whom(qtbot, page, "王秀英")
    in_need(qtbot, page, "开店")
    assert "王秀英" in page.who.notice.text()
    assert "企业或个体工商户" in page.who.notice.text()
    assert with_keyboard() is page.who.fitting
    press(qtbot, page, page.who.fitting)
    assert page.who.notice.isHidden()
    for_whom(qtbot, page, "洮阳商贸")
    assert page.who.named is not None
    assert page.who.named.kind == "enterprise"
    assert page.who.notice.isHidden()
    press(qtbot, page, page.send.submit)
    assert page.done.isVisible()


def test_the_sentence_of_an_unfit_applicant_goes_with_the_need(page: LogPage, qtbot: QtBot) -> None:
    for_whom(qtbot, page, "王秀英")
    in_need(qtbot, page, "开店")
    press(qtbot, page, page.need.change)
    assert page.who.notice.isHidden()
    in_need(qtbot, page, "迁户口")
    assert page.who.notice.isHidden()


def test_an_optional_role_is_left_out_again(page: LogPage, qtbot: QtBot) -> None:
    born(qtbot, page)
    press(qtbot, page, page.roles.add_buttons["father"])
    assert "可不填" in page.roles.parts["father"].label.text()
    press(qtbot, page, page.roles.parts["father"].drop)
    assert "father" not in page.roles.parts
    assert "father" in page.roles.add_buttons


def test_a_wrong_number_and_no_day_are_questioned_beside_their_fields(page: LogPage, qtbot: QtBot) -> None:
    press(qtbot, page, page.who.new)
    form = page.who.picker.form
    form.full_name.editor.setText("赵春花")
    form.birth.editor.year.setText("2020")
    form.birth.editor.month.setText("2")
    form.birth.editor.day.setText("31")
    press(qtbot, page, form.keep)
    assert form.birth.error()
    form.number.editor.setText("110101199003077735")
    assert not form.birth.isVisible()
    press(qtbot, page, form.keep)
    assert form.number.error()
    assert with_keyboard() is form.number.editor
    assert form.full_name.editor.text() == "赵春花"
    key(qtbot, page, Qt.Key.Key_Escape)
    assert with_keyboard() is page.who.search.editor


def test_the_arrows_choose_among_several_of_one_name(page: LogPage, hall: SmallHall, qtbot: QtBot) -> None:
    other = person(hall, "王秀英", date(1955, 3, 2))
    page.who.search.editor.setFocus()
    page.who.search.editor.setText("王秀英")
    key(qtbot, page, Qt.Key.Key_Return)
    key(qtbot, page, Qt.Key.Key_Return)
    assert not page.who.settled
    key(qtbot, page, Qt.Key.Key_Down)
    found = [button for button in page.who.picker.findChildren(Button) if button.property("role") == "choice"]
    words = [button.text() for button in found if button.isVisible()]
    assert with_keyboard() is found[0]
    assert sum("1955" in each for each in words) == 1
    at = next(place for place, each in enumerate(words) if "1955" in each)
    for _step in range(at):
        key(qtbot, page, Qt.Key.Key_Down)
    key(qtbot, page, Qt.Key.Key_Space)
    assert page.who.named == Named(other, "王秀英")


def test_what_is_odd_of_one_persons_number_goes_when_the_next_is_taken(page: LogPage, qtbot: QtBot) -> None:
    press(qtbot, page, page.who.new)
    form = page.who.picker.form
    form.full_name.editor.setText("赵春花")
    form.number.editor.setText("105555198001011236")
    with qtbot.waitSignal(page.seat.said) as said:
        press(qtbot, page, form.keep)
    assert said.args is not None
    assert page.who.settled
    assert "前六位" in said.args[1]
    press(qtbot, page, page.who.change)
    with qtbot.waitSignal(page.seat.taken_back) as back:
        for_whom(qtbot, page, "王秀英")
    assert back.args == [said.args[1]]
