"""What an administrator edits in the window: accounts and sessions, and what everybody does with the own one."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.ui.navigation import Seat
from desktop.ui.pages.accounts import AccountsPage
from desktop.ui.pages.accounts_form import AccountForm
from desktop.ui.pages.my_account import MyAccountPage
from desktop.usecases.hall.accounts import list_accounts
from desktop.usecases.permissions import Role
from desktop.usecases.refused import Refused
from tests.ui.admin_desk import (
    _quick_hashes,
    clock,
    come,
    hall,
    performer,
    pick_row,
    put_page,
    seat,
    sqlite_database,
)
from tests.ui.conftest import SetLook
from tests.ui.page_checks import check_everywhere, check_within_frame
from tests.usecases.conftest import PASSWORD, SmallHall

__all__ = ["_quick_hashes", "clock", "hall", "performer", "seat", "sqlite_database"]

STRONG = "一个很长的密码2026"


@pytest.fixture
def accounts(seat: Seat, qtbot: QtBot) -> AccountsPage:
    return put_page(qtbot, seat, AccountsPage(seat))


def fill(form: AccountForm, **texts: str) -> None:
    for name, text in texts.items():
        form.fields[name].editor.setText(text)


def give(qtbot: QtBot, seat: Seat, page: AccountsPage) -> None:
    page.form.save.click()
    come(qtbot, seat, page)


def choose(page: AccountsPage, hall: SmallHall, role: Role) -> None:
    pick_row(page, hall.sessions[role].account_id)


def press(qtbot: QtBot, seat: Seat, page: AccountsPage, kind: str) -> None:
    page.account.buttons[kind].click()
    come(qtbot, seat, page)


def test_every_account_is_listed_with_its_roles_and_state(accounts: AccountsPage) -> None:
    rows = {words[1]: words for words in accounts.model.words()}
    assert rows["reviewer"] == ("reviewer的姓名", "reviewer", "审查人员，民政局", "可用")
    assert rows["administrator"][2] == "管理员"


def test_a_table_is_as_high_as_its_rows_and_no_higher_than_what_is_seen_of_the_page(
    accounts: AccountsPage, qtbot: QtBot
) -> None:
    table = accounts.table
    qtbot.waitUntil(lambda: table.height() == table.content_height())
    accounts.model.show_rows([(at, ("甲", "乙", "丙", "丁"), "done") for at in range(100)])
    qtbot.waitUntil(lambda: table.height() > accounts.body.height() // 2)
    assert table.height() < accounts.body.viewport().height()
    accounts.window().resize(1366, 600)
    qtbot.waitUntil(lambda: table.height() < accounts.body.viewport().height())


def test_an_account_is_found_by_a_part_of_its_name(accounts: AccountsPage) -> None:
    accounts.search.editor.setText("马主")
    assert [words[1] for words in accounts.model.words()] == ["administrator"]


def test_a_new_account_signs_in_with_what_was_given(
    accounts: AccountsPage, seat: Seat, hall: SmallHall, qtbot: QtBot
) -> None:
    accounts.add_button.click()
    fill(accounts.form, name="李娜", login="lina", password=STRONG, again=STRONG, own=PASSWORD)
    accounts.form.roles.boxes[Role.REVIEWER].click()
    accounts.form.department.set_value("amr")
    accounts.form.approver.set_value("yes")
    give(qtbot, seat, accounts)
    assert accounts.notice.text() == "李娜的账号已开通。"
    assert not accounts.form.isVisible()
    session = hall.sign_in("lina", STRONG)
    assert (session.roles, session.department, session.approver) == (frozenset({Role.REVIEWER}), "amr", True)
    assert accounts.chosen() is not None


def test_a_form_that_is_not_filled_says_so_beside_each_field(accounts: AccountsPage, seat: Seat, qtbot: QtBot) -> None:
    accounts.add_button.click()
    fill(accounts.form, password=STRONG, again="anders")
    accounts.form.save.click()
    assert accounts.form.fields["name"].error() == "请填写姓名。"
    assert accounts.form.fields["again"].error() == "两次输入的密码不一样，请重新输入第二次。"
    assert accounts.form.fields["own"].error().startswith("请输入您自己的密码")
    assert seat.runner.pending == 0
    assert not accounts.form.department.isVisible()


def test_what_is_wrong_stays_in_the_other_language_and_the_keyboard_where_it_was(
    accounts: AccountsPage, look: SetLook, qtbot: QtBot, seat: Seat
) -> None:
    accounts.add_button.click()
    form = accounts.form
    fill(form, password=STRONG, again="anders")
    form.save.click()
    form.fields["name"].editor.setFocus()
    QTest.keyClicks(form.fields["name"].editor, "Li Na")
    look(language="en")
    come(qtbot, seat, accounts)
    assert form.fields["again"].error() == "The two passwords differ. Type the second one again."
    assert not form.fields["name"].error()
    assert form.notice.text() == "3 places are still open, 1 place is wrong:"
    assert (form.fields["name"].editor.text(), form.fields["name"].editor.hasFocus()) == ("Li Na", True)
    look(language="zh")
    assert form.fields["again"].error() == "两次输入的密码不一样，请重新输入第二次。"


def test_what_the_records_refused_stays_in_the_other_language(
    accounts: AccountsPage, look: SetLook, qtbot: QtBot, seat: Seat
) -> None:
    accounts.add_button.click()
    fill(accounts.form, name="李娜", login="lina", password=STRONG, again=STRONG, own="falsch")
    accounts.form.roles.set_value(frozenset({Role.CLERK}))
    give(qtbot, seat, accounts)
    own, before = accounts.form.fields["own"], accounts.form.fields["own"].error()
    look(language="en")
    assert own.error()
    assert own.error() != before
    assert accounts.form.save.isEnabled()


def test_whatever_is_wrong_with_a_new_account_is_said_in_one_press(accounts: AccountsPage) -> None:
    accounts.add_button.click()
    form = accounts.form
    fill(form, login="Clerk", password="1234", again="1234")
    form.save.click()
    said = {name: field.error() for name, field in form.fields.items() if field.error()}
    assert list(said) == ["name", "login", "password", "roles", "own"]
    assert said["login"] == "账号Clerk已有人使用，请换一个。"
    assert form.notice.text() == "还差3处、有2处要改："
    form.roles.set_value(frozenset({Role.REVIEWER}))
    form.save.click()
    assert form.fields["department"].error()
    assert not form.fields["roles"].error()


@pytest.mark.parametrize(
    ("texts", "roles", "field", "said"),
    [
        ({"login": "clerk"}, {Role.CLERK}, "login", "clerk"),
        ({"password": "12345678", "again": "12345678"}, {Role.CLERK}, "password", "密码"),
        ({}, set(), "roles", "请至少选一个角色。"),
        ({}, {Role.AUDITOR, Role.CLERK}, "roles", "审计员不能兼任其他角色"),
        ({}, {Role.REVIEWER}, "department", "审查人员属于一个部门"),
        ({"own": "不对"}, {Role.CLERK}, "own", "密码"),
    ],
)
def test_a_refusal_is_said_beside_the_field_it_is_about(
    accounts: AccountsPage,
    seat: Seat,
    hall: SmallHall,
    qtbot: QtBot,
    texts: dict[str, str],
    roles: set[Role],
    field: str,
    said: str,
) -> None:
    before = hall.read(hall.administrator, list_accounts)
    accounts.add_button.click()
    given = {"name": "李娜", "login": "lina", "password": STRONG, "again": STRONG, "own": PASSWORD, **texts}
    fill(accounts.form, **given)
    accounts.form.roles.set_value(frozenset(roles))
    give(qtbot, seat, accounts)
    assert said in accounts.form.fields[field].error()
    assert accounts.form.isVisible()
    assert accounts.form.save.isEnabled()
    assert hall.read(hall.administrator, list_accounts) == before


def test_rights_are_changed_and_hold_from_the_next_act(
    accounts: AccountsPage, seat: Seat, hall: SmallHall, qtbot: QtBot
) -> None:
    choose(accounts, hall, Role.CLERK)
    press(qtbot, seat, accounts, "roles")
    accounts.form.roles.boxes[Role.SUPERVISOR].click()
    fill(accounts.form, own=PASSWORD)
    give(qtbot, seat, accounts)
    cards = {card.login: card for card in hall.read(hall.administrator, list_accounts)}
    assert cards["clerk"].roles == {Role.CLERK, Role.SUPERVISOR}
    assert dict(accounts.account.what.rows())["角色"] == "窗口人员、主管"


def test_the_last_administrator_keeps_the_right(
    accounts: AccountsPage, seat: Seat, hall: SmallHall, qtbot: QtBot
) -> None:
    choose(accounts, hall, Role.ADMINISTRATOR)
    assert not accounts.account.buttons["close"].isVisible()
    press(qtbot, seat, accounts, "roles")
    accounts.form.roles.set_value(frozenset({Role.CLERK}))
    fill(accounts.form, own=PASSWORD)
    give(qtbot, seat, accounts)
    assert accounts.form.fields["roles"].error() == "这是最后一位管理员，请先指定另一位管理员。"


def test_a_locked_account_is_let_in_again(accounts: AccountsPage, seat: Seat, hall: SmallHall, qtbot: QtBot) -> None:
    for _ in range(15):
        with pytest.raises(Refused):
            hall.sign_in("clerk", "wrong")
        hall.clock.move(days=1)
    seat.set_session(hall.sign_in("administrator"))
    accounts.reload()
    come(qtbot, seat, accounts)
    choose(accounts, hall, Role.CLERK)
    assert {words[1]: words[3] for words in accounts.model.words()}["clerk"] == "已锁定"
    press(qtbot, seat, accounts, "unlock")
    fill(accounts.form, own=PASSWORD)
    give(qtbot, seat, accounts)
    assert accounts.notice.text() == "clerk的姓名可以重新登录了。"
    assert hall.sign_in("clerk").account_id == hall.sessions[Role.CLERK].account_id
    assert not accounts.account.buttons["unlock"].isVisible()


def test_a_forgotten_password_is_replaced_and_a_wrong_name_corrected(
    accounts: AccountsPage, seat: Seat, hall: SmallHall, qtbot: QtBot
) -> None:
    choose(accounts, hall, Role.CLERK)
    press(qtbot, seat, accounts, "password")
    fill(accounts.form, password=STRONG, again=STRONG, own=PASSWORD)
    give(qtbot, seat, accounts)
    assert hall.sign_in("clerk", STRONG).account_id == hall.sessions[Role.CLERK].account_id
    press(qtbot, seat, accounts, "rename")
    assert accounts.form.fields["name"].editor.text() == "clerk的姓名"
    fill(accounts.form, name="王秀英")
    QTest.keyClick(accounts.form.fields["name"].editor, Qt.Key.Key_Return)
    come(qtbot, seat, accounts)
    assert accounts.notice.text() == "姓名已改为王秀英。"


def test_an_account_is_closed_after_a_question_and_opened_again(
    accounts: AccountsPage, seat: Seat, hall: SmallHall, qtbot: QtBot
) -> None:
    choose(accounts, hall, Role.CLERK)
    press(qtbot, seat, accounts, "close")
    assert accounts._asked is not None
    assert "clerk的姓名" in accounts._asked.text.text()
    accounts._asked.answer("keep")
    come(qtbot, seat, accounts)
    assert hall.sign_in("clerk").account_id == hall.sessions[Role.CLERK].account_id
    press(qtbot, seat, accounts, "close")
    accounts._asked.answer("close")
    come(qtbot, seat, accounts)
    with pytest.raises(Refused):
        hall.sign_in("clerk")
    press(qtbot, seat, accounts, "reopen")
    fill(accounts.form, own=PASSWORD)
    give(qtbot, seat, accounts)
    assert hall.sign_in("clerk").account_id == hall.sessions[Role.CLERK].account_id


def test_a_forgotten_session_is_ended_and_the_own_one_is_not(
    accounts: AccountsPage, seat: Seat, hall: SmallHall, qtbot: QtBot
) -> None:
    stays = accounts.stays
    own = next(at for at, words in enumerate(stays.model.words()) if "（您）" in words[0])
    stays.table.selectRow(own)
    assert not stays.end.isEnabled()
    row = stays.model.row_of(hall.clerk.id)
    assert row is not None
    stays.table.selectRow(row)
    stays.end.click()
    come(qtbot, seat, accounts)
    assert accounts.notice.text() == "clerk的姓名的登录已结束。"
    assert stays.model.row_of(hall.clerk.id) is None


def test_a_supervisor_sees_the_accounts_and_changes_nothing(seat: Seat, hall: SmallHall, qtbot: QtBot) -> None:
    seat.set_session(hall.supervisor)
    page = put_page(qtbot, seat, AccountsPage(seat))
    choose(page, hall, Role.CLERK)
    assert page.model.rowCount() == len(Role)
    assert not page.add_button.isVisible()
    assert not any(button.isVisible() for button in page.account.buttons.values())
    assert not page.stays.end.isVisible()


def test_what_is_half_typed_outlives_a_reload(accounts: AccountsPage, seat: Seat, qtbot: QtBot) -> None:
    accounts.add_button.click()
    fill(accounts.form, name="李娜")
    accounts.reload()
    come(qtbot, seat, accounts)
    assert accounts.form.isVisible()
    assert accounts.form.fields["name"].editor.text() == "李娜"


def test_the_accounts_keep_the_rules_of_inclusion(
    accounts: AccountsPage, seat: Seat, hall: SmallHall, qtbot: QtBot
) -> None:
    choose(accounts, hall, Role.REVIEWER)
    assert check_everywhere(accounts) == []
    accounts.add_button.click()
    accounts.form.roles.boxes[Role.REVIEWER].click()
    assert check_everywhere(accounts) == []


def test_a_new_account_with_its_errors_fits_within_the_frame(accounts: AccountsPage) -> None:
    accounts.add_button.click()
    accounts.form.roles.boxes[Role.REVIEWER].click()
    accounts.form.save.click()
    assert accounts.form.notice.isVisible()
    assert check_within_frame(accounts) == []


@pytest.fixture
def mine(seat: Seat, hall: SmallHall, qtbot: QtBot) -> MyAccountPage:
    seat.set_session(hall.reviewer)
    return put_page(qtbot, seat, MyAccountPage(seat))


def test_everybody_sees_who_they_are_here(mine: MyAccountPage) -> None:
    known = dict(mine.what.rows())
    assert (known["姓名"], known["账号"], known["部门"], known["部门审批人"]) == (
        "reviewer的姓名", "reviewer", "民政局", "是",
    )  # fmt: skip


def test_everybody_takes_a_password_of_their_own(
    mine: MyAccountPage, seat: Seat, hall: SmallHall, qtbot: QtBot
) -> None:
    form = mine.form
    for name, text in {"current": "不对", "new": STRONG, "again": STRONG}.items():
        form.fields[name].editor.setText(text)
    form.save.click()
    come(qtbot, seat, mine)
    assert form.fields["current"].error()
    form.fields["current"].editor.setText(PASSWORD)
    form.save.click()
    come(qtbot, seat, mine)
    assert mine.notice.text() == "密码已更改，下次登录请用新密码。"
    assert form.fields["new"].editor.text() == ""
    assert hall.sign_in("reviewer", STRONG).account_id == hall.sessions[Role.REVIEWER].account_id


def test_the_own_account_keeps_the_rules_of_inclusion(mine: MyAccountPage) -> None:
    mine.form.save.click()
    assert check_everywhere(mine) == []
