"""The people of a request: a telephone put right and a card shown later, with what is wrong said beside the field."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.ui.navigation import Seat
from desktop.ui.pages.log_people import Named
from desktop.ui.pages.request import RequestPage
from desktop.ui.pages.request_people import reachable
from desktop.usecases.people.people import (
    AddIdentifier,
    ChangePhone,
    NewPerson,
    NoIdentifier,
    PersonCard,
    Rename,
    add_identifier,
    change_phone,
    person_card,
    register_person,
    rename,
)
from desktop.usecases.refused import Refused
from tests.databases import sqlite_database
from tests.ui.conftest import SetLook
from tests.ui.test_request_page import come, page, performer, request_id, text_of
from tests.usecases.conftest import SmallHall, _quick_hashes, clock, hall
from tests.usecases.test_people import MOBILE, NUMBER, OTHER

__all__ = ["_quick_hashes", "clock", "hall", "page", "performer", "request_id", "sqlite_database"]

Say = Callable[[str], None]


@pytest.fixture
def type_phone(page: RequestPage, seat: Seat, qtbot: QtBot) -> Say:
    """Types a telephone into the form as a clerk does, and presses Enter."""

    def say(text: str) -> None:
        if page.people.form.isHidden():
            page.people.phone.click()
        enter(page.people.form.phone.editor, text)
        come(qtbot, seat, page)

    return say


@pytest.fixture
def type_card(page: RequestPage, seat: Seat, qtbot: QtBot) -> Say:
    """Types the number of a card into the form as a clerk does, and presses Enter."""

    def say(text: str) -> None:
        if page.people.form.isHidden():
            page.people.card.click()
        enter(page.people.form.number.editor, text)
        come(qtbot, seat, page)

    return say


def enter(editor: Any, text: str) -> None:
    editor.clear()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)


def on_file(page: RequestPage, hall: SmallHall) -> PersonCard:
    assert page.case is not None
    found: PersonCard = hall.read(hall.clerk, person_card, reachable(page.case)[0].subject)
    return found


def test_a_telephone_is_put_right_and_stands_in_the_timeline(
    page: RequestPage, hall: SmallHall, type_phone: Say
) -> None:
    type_phone("138 0932 1234")
    assert on_file(page, hall).phone == MOBILE
    assert page.people.form.isHidden()
    assert page.notice.text() == "联系电话已更正。"
    assert "更正了联系电话。" in text_of(page.timeline)


@pytest.mark.parametrize(("typed", "said"), [("999", "11位"), ("12345678901", "11位"), ("", "已登记的电话")])
def test_a_telephone_that_cannot_be_is_said_beside_the_field_and_kept(
    page: RequestPage, hall: SmallHall, type_phone: Say, typed: str, said: str
) -> None:
    type_phone(typed)
    form = page.people.form
    assert said in form.phone.error()
    assert (form.isHidden(), form.phone.editor.text(), form.keep.isEnabled()) == (False, typed, True)
    assert on_file(page, hall).phone is None


def test_a_card_shown_later_is_added_and_stands_in_the_timeline(
    page: RequestPage, hall: SmallHall, type_card: Say
) -> None:
    type_card(NUMBER)
    (number,) = on_file(page, hall).identifiers
    assert (number.kind, number.masked) == ("resident", f"621124********{NUMBER[-4:]}")
    assert page.notice.text() == "证件已补录。"
    assert "补录了后来出示的证件。" in text_of(page.timeline)
    assert NUMBER not in text_of(page)


def test_a_number_that_cannot_be_is_said_beside_the_field(page: RequestPage, hall: SmallHall, type_card: Say) -> None:
    hall.write(hall.clerk, register_person, NewPerson("李娜", OTHER))
    for typed, said in [("", "还没有填号码"), (f"{NUMBER[:-1]}0", "校验"), (OTHER, "已登记在别人名下"), ("12", "位")]:
        type_card(typed)
        assert said in page.people.form.number.error(), typed
    assert on_file(page, hall).identifiers == ()


def test_a_passport_is_taken_as_it_stands_and_its_number_is_looked_at_twice(
    page: RequestPage, hall: SmallHall, type_card: Say
) -> None:
    page.people.card.click()
    page.people.form.kind.editor.set_value("passport")
    type_card("E12345678")
    assert [number.kind for number in on_file(page, hall).identifiers] == ["passport"]
    assert "无法校验" in page.notice.text()


@pytest.fixture
def type_name(page: RequestPage, seat: Seat, qtbot: QtBot) -> Callable[[str, str], None]:
    """Types the right name and the reason into the form as a clerk does, and presses Enter."""

    def say(name: str, reason: str) -> None:
        if page.people.form.isHidden():
            page.people.name.click()
        page.people.form.new_name.editor.setText(name)
        page.people.form.reason.editor.setText(reason)
        QTest.keyClick(page.people.form.reason.editor, Qt.Key.Key_Return)
        come(qtbot, seat, page)

    return say


def test_a_name_is_put_right_with_a_reason_and_the_former_one_is_kept(
    page: RequestPage, hall: SmallHall, seat: Seat, qtbot: QtBot, type_name: Callable[[str, str], None]
) -> None:
    type_name("王伟国", "")
    assert on_file(page, hall).former_names == (), "who had given no name has no former one"
    qtbot.waitUntil(lambda: "王伟国" in text_of(page.people))
    type_name("王卫国", "登记时写错")
    kept = on_file(page, hall)
    assert (kept.name, [(each.name, each.reason) for each in kept.former_names]) == (
        "王卫国",
        [("王伟国", "登记时写错")],
    )
    assert page.people.form.isHidden()
    assert page.notice.text() == "姓名或名称已更正。"
    qtbot.waitUntil(lambda: "王卫国" in text_of(page.people))
    assert "更正了姓名或名称。" in text_of(page.timeline)
    page.people.name.click()
    come(qtbot, seat, page)
    assert page.people.form.on_file.text() == "目前登记：王卫国（原：王伟国）"


def test_a_name_that_cannot_be_or_has_no_reason_is_said_beside_its_field(
    page: RequestPage, hall: SmallHall, qtbot: QtBot, type_name: Callable[[str, str], None]
) -> None:
    type_name("王伟国", "")
    qtbot.waitUntil(lambda: "王伟国" in text_of(page.people))
    before, form = "王伟国", page.people.form
    for name, reason, field in (
        ("", "写错", form.new_name),
        (before, "写错", form.new_name),
        ("长" * 300, "写错", form.new_name),
        ("王卫国", "", form.reason),
        ("王卫国", "长" * 3000, form.reason),
    ):
        type_name(name, reason)
        assert field.error(), (name[:5], reason[:5])
        assert not form.isHidden()
    assert (on_file(page, hall).name, on_file(page, hall).former_names) == (before, ())


def test_what_is_on_file_is_shown_to_compare_with(
    page: RequestPage, seat: Seat, type_phone: Say, type_card: Say, look: SetLook, qtbot: QtBot
) -> None:
    page.people.phone.click()
    come(qtbot, seat, page)
    assert "没有电话" in page.people.form.on_file.text()
    type_phone(MOBILE)
    page.people.phone.click()
    come(qtbot, seat, page)
    assert MOBILE in page.people.form.on_file.text()
    look(language="en")
    assert MOBILE in page.people.form.on_file.text()
    assert page.people.form.title.text() == "Correct this telephone"
    QTest.keyClick(page.people.form.phone.editor, Qt.Key.Key_Escape)
    assert page.people.form.isHidden()
    assert page.people.phone.isVisible()


def test_of_several_people_the_one_meant_is_chosen(
    page: RequestPage, seat: Seat, hall: SmallHall, qtbot: QtBot
) -> None:
    assert page.case is not None
    (role,) = page.case.view.roles
    other = hall.write(hall.clerk, register_person, NewPerson("李娜", no_identifier=NoIdentifier.LOST)).subject
    agent = role._replace(role="agent", subject_id=other, name="李娜")
    shop = role._replace(role="premises", subject_id=uuid4(), name="小店", kind="premises")
    two = replace(page.case, view=replace(page.case.view, roles=(role, agent, shop)))
    assert reachable(two) == (Named(role.subject_id, role.name, "person"), Named(other, "李娜", "person"))
    page.people.show_case(two)
    page.people.phone.click()
    assert page.people.form.whom.isVisible()
    assert page.people.form.whom.editor.value() == str(role.subject_id)


def test_nobody_outside_the_request_is_changed_through_it(page: RequestPage, hall: SmallHall) -> None:
    stranger = hall.write(hall.clerk, register_person, NewPerson("李娜", OTHER)).subject
    with pytest.raises(Refused, match="unknown_subject"):
        hall.write(hall.clerk, change_phone, ChangePhone(stranger, MOBILE, page.request))
    with pytest.raises(Refused, match="unknown_subject"):
        hall.write(hall.clerk, add_identifier, AddIdentifier(stranger, NUMBER, request=page.request))
    with pytest.raises(Refused, match="unknown_subject"):
        hall.write(hall.clerk, rename, Rename(stranger, "李那", reason="写错", request=page.request))


def test_who_may_not_change_people_is_offered_nothing(page: RequestPage, seat: Seat, hall: SmallHall) -> None:
    assert page.people.phone.isVisible()
    seat.set_session(hall.reviewer)
    assert page.case is not None
    page.people.show_case(page.case)
    assert not page.people.phone.isVisible()
