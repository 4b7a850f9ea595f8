"""Who is signed in where, ending a forgotten stay, and closing, opening and renaming accounts."""

from typing import Any

import pytest

from desktop.usecases.hall.accounts import (
    NewRoles,
    Rename,
    Unlock,
    change_roles,
    deactivate,
    list_accounts,
    rename_account,
    reopen,
)
from desktop.usecases.hall.halls import CounterForm, DepartmentForm, list_counters, save_counter, save_department
from desktop.usecases.hall.signing_in import SignIn, sign_in, sign_out
from desktop.usecases.hall.stays import Stay, end_stay, list_stays, see_own_account
from desktop.usecases.perform import LONGEST_STAY
from desktop.usecases.permissions import Role
from desktop.usecases.refused import Refused
from tests.usecases.conftest import PASSWORD, SmallHall


def stays(hall: SmallHall) -> list[Stay]:
    return list(hall.read(hall.administrator, list_stays))


def code_of(hall: SmallHall, *act: Any) -> str:
    with pytest.raises(Refused) as refusal:
        hall.write(hall.administrator, *act)
    return refusal.value.code


def test_everybody_signed_in_is_listed_with_the_counter_the_newest_first(hall: SmallHall) -> None:
    hall.clock.move(minutes=1)
    hall.write(None, sign_in, SignIn("expert", PASSWORD, "A02"))
    first = stays(hall)[0]
    assert (first.login, first.counter, first.own) == ("expert", "A02 综合窗口", False)
    assert [stay.login for stay in stays(hall) if stay.own] == ["administrator"]


def test_who_signed_out_or_stayed_too_long_is_not_listed(hall: SmallHall) -> None:
    hall.write(hall.clerk, sign_out)
    assert hall.clerk.id not in {stay.id for stay in stays(hall)}
    hall.clock.move(seconds=LONGEST_STAY.total_seconds())
    hall.sessions[Role.ADMINISTRATOR] = hall.sign_in("administrator")
    assert [stay.login for stay in stays(hall)] == ["administrator"]


def test_an_ended_stay_cannot_act_any_more(hall: SmallHall) -> None:
    hall.write(hall.administrator, end_stay, hall.clerk.id)
    with pytest.raises(Refused, match="signed_out"):
        hall.read(hall.clerk, list_counters)
    assert code_of(hall, end_stay, hall.clerk.id) == "unknown_stay"


def test_nobody_ends_the_own_stay_from_the_list(hall: SmallHall) -> None:
    assert code_of(hall, end_stay, hall.administrator.id) == "own_stay"


def test_closing_an_account_ends_its_stays_and_opening_it_brings_back_its_rights(hall: SmallHall) -> None:
    hall.write(hall.administrator, deactivate, hall.reviewer.account_id)
    assert "reviewer" not in {stay.login for stay in stays(hall)}
    with pytest.raises(Refused, match="wrong_login_or_password"):
        hall.sign_in("reviewer")
    hall.clock.move(minutes=1)
    hall.write(hall.administrator, reopen, Unlock(hall.reviewer.account_id, PASSWORD))
    again = hall.sign_in("reviewer")
    assert (again.roles, again.department, again.approver) == (frozenset({Role.REVIEWER}), "mca", True)


def test_an_account_of_a_closed_department_is_not_opened_again_as_it_was(hall: SmallHall) -> None:
    hall.write(hall.administrator, deactivate, hall.reviewer.account_id)
    hall.write(hall.administrator, save_department, DepartmentForm("mca", "民政局", active=False))
    assert code_of(hall, reopen, Unlock(hall.reviewer.account_id, PASSWORD)) == "unknown_department"


def test_opening_an_account_again_asks_for_the_administrators_own_password(hall: SmallHall) -> None:
    hall.write(hall.administrator, deactivate, hall.reviewer.account_id)
    assert code_of(hall, reopen, Unlock(hall.reviewer.account_id, "wrong")) == "wrong_login_or_password"


def test_a_name_is_corrected_and_the_login_stays(hall: SmallHall) -> None:
    hall.write(hall.administrator, rename_account, Rename(hall.clerk.account_id, "  王  秀英 "))
    names = {card.login: card.name for card in hall.read(hall.administrator, list_accounts)}
    assert names["clerk"] == "王 秀英"
    assert code_of(hall, rename_account, Rename(hall.clerk.account_id, " ")) == "name_missing"


def test_an_account_says_when_it_last_signed_in_and_until_when_it_waits(hall: SmallHall) -> None:
    for _ in range(5):
        with pytest.raises(Refused, match="wrong_login_or_password"):
            hall.sign_in("clerk", "wrong")
    cards = {card.login: card for card in hall.read(hall.administrator, list_accounts)}
    assert cards["clerk"].last_began == hall.clock.now
    assert cards["clerk"].locked_until is not None
    assert cards["clerk"].locked_until > hall.clock.now
    hall.clock.move(minutes=1)
    cards = {card.login: card for card in hall.read(hall.administrator, list_accounts)}
    assert cards["clerk"].locked_until is None


def test_a_counter_is_not_closed_under_somebodys_hands(hall: SmallHall) -> None:
    with pytest.raises(Refused) as refusal:
        hall.write(hall.administrator, save_counter, CounterForm("A01", "A01 综合窗口", active=False))
    assert (refusal.value.code, refusal.value.values) == ("counter_in_use", {"name": "clerk的姓名"})
    hall.write(hall.administrator, end_stay, hall.clerk.id)
    hall.write(hall.administrator, save_counter, CounterForm("A01", "A01 综合窗口", active=False))
    assert {row.code: row.active for row in hall.read(None, list_counters)}["A01"] is False


def test_everybody_sees_the_own_account(hall: SmallHall) -> None:
    own = hall.read(hall.reviewer, see_own_account)
    assert (own.login, own.name, own.roles) == ("reviewer", "reviewer的姓名", frozenset({Role.REVIEWER}))
    assert (own.department, own.approver, own.counter) == (("民政局", "Civil affairs"), True, None)
    assert own.began == hall.clock.now


def test_a_last_administrator_keeps_the_right(hall: SmallHall) -> None:
    roles = NewRoles(hall.administrator.account_id, frozenset({Role.CLERK}), own_password=PASSWORD)
    assert code_of(hall, change_roles, roles) == "last_administrator"
