"""Signing in, being locked out, and what an administrator may and may not do."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from db.models import Account, Event
from desktop.usecases.hall import passwords
from desktop.usecases.hall.accounts import (
    GivenPassword,
    NewAccount,
    NewPassword,
    NewRoles,
    Unlock,
    add_account,
    change_password,
    change_roles,
    deactivate,
    list_accounts,
    reset_password,
    unlock,
)
from desktop.usecases.hall.halls import (
    CounterForm,
    DepartmentForm,
    FoundHall,
    found_hall,
    save_counter,
    save_department,
)
from desktop.usecases.hall.own_password import FREE_TRIES, LOCKED_AT
from desktop.usecases.hall.signing_in import SignIn, list_accounts_to_sign_in, sign_in
from desktop.usecases.perform import Performer
from desktop.usecases.permissions import Role
from desktop.usecases.refused import Refused
from tests.usecases.conftest import PASSWORD, SmallHall

WRONG = "wrong password"
NEW = NewAccount("li", "李娜", "一个很长的密码2026", frozenset({Role.CLERK}), own_password=PASSWORD)


def refused(hall: SmallHall, login: str, password: str = WRONG) -> Refused:
    with pytest.raises(Refused) as refusal:
        hall.sign_in(login, password)
    return refusal.value


def fail(hall: SmallHall, login: str, times: int) -> None:
    """Give wrong passwords, each after the wait the one before it brought."""
    for _ in range(times):
        assert refused(hall, login).code == "wrong_login_or_password"
        hall.clock.move(days=1)


def code_of(hall: SmallHall, *act: Any) -> str:
    with pytest.raises(Refused) as refusal:
        hall.write(hall.administrator, *act)
    return refusal.value.code


def test_a_session_says_who_where_and_what(hall: SmallHall) -> None:
    session = hall.sign_in("reviewer", counter="A02")
    assert (session.name, session.roles, session.department) == ("reviewer的姓名", frozenset({Role.REVIEWER}), "mca")
    assert (session.counter, session.approver, session.language) == ("A02", True, "zh")


def test_a_login_is_the_same_in_any_width_and_case(hall: SmallHall) -> None:
    assert hall.sign_in(" CLERK ").account_id == hall.clerk.account_id


def test_an_unknown_login_is_refused_in_the_same_words_and_with_the_same_work(
    hall: SmallHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    work: list[str] = []
    verify = PasswordHasher.verify

    def watched(self: PasswordHasher, kept: str, password: str) -> bool:
        work.append(kept)
        return verify(self, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", watched)
    known, unknown = refused(hall, "clerk"), refused(hall, "nobody")
    assert (known.code, known.values) == (unknown.code, unknown.values)
    assert [kept.split("$")[1:4] for kept in work] == [work[0].split("$")[1:4]] * 2


def test_nobody_signs_in_at_a_counter_that_is_not_there_or_closed(hall: SmallHall) -> None:
    hall.write(hall.administrator, save_counter, CounterForm("A02", "综合窗口", active=False))
    for counter in ("A02", "Z99"):
        with pytest.raises(Refused, match="unknown_counter"):
            hall.sign_in("clerk", counter=counter)


def test_four_wrong_passwords_cost_nothing(hall: SmallHall) -> None:
    for _ in range(4):
        refused(hall, "clerk")
    hall.sign_in("clerk")


@pytest.mark.parametrize(("times", "seconds"), [(5, 15), (6, 30), (7, 60), (14, 7680)])
def test_from_the_fifth_wrong_password_on_the_wait_doubles(hall: SmallHall, times: int, seconds: int) -> None:
    fail(hall, "clerk", times - 1)
    refused(hall, "clerk")
    early = refused(hall, "clerk", PASSWORD)
    assert (early.code, early.values) == ("wait_before_next_try", {"seconds": seconds})
    hall.clock.move(seconds=seconds - 1)
    assert refused(hall, "clerk", PASSWORD).values == {"seconds": 1}
    hall.clock.move(seconds=1)
    hall.sign_in("clerk")


def test_a_try_during_the_wait_is_not_counted(hall: SmallHall) -> None:
    fail(hall, "clerk", 4)
    refused(hall, "clerk")
    for _ in range(20):
        refused(hall, "clerk")
    hall.clock.move(seconds=15)
    hall.sign_in("clerk")


def test_the_right_password_forgives_the_wrong_ones(hall: SmallHall) -> None:
    for _ in range(3):
        for _ in range(4):
            refused(hall, "clerk")
        hall.sign_in("clerk")


def test_fifteen_wrong_passwords_lock_the_account_until_an_administrator_unlocks_it(hall: SmallHall) -> None:
    fail(hall, "clerk", 15)
    assert refused(hall, "clerk", PASSWORD).code == "account_locked"
    hall.sessions[Role.ADMINISTRATOR] = hall.sign_in("administrator")
    assert [row.login for row in hall.read(hall.administrator, list_accounts) if row.locked] == ["clerk"]
    hall.write(hall.administrator, unlock, Unlock(hall.clerk.account_id, PASSWORD))
    hall.sign_in("clerk")


def test_wrong_passwords_are_counted_over_all_seats(hall: SmallHall) -> None:
    other = Performer(hall.performer.database, hall.performer.catalogue, hall.performer.calendar, hall.clock)
    for _ in range(2):
        refused(hall, "clerk")
        with pytest.raises(Refused):
            other.write(None, sign_in, SignIn("clerk", WRONG))
    refused(hall, "clerk")
    with pytest.raises(Refused, match="wait_before_next_try"):
        other.write(None, sign_in, SignIn("clerk", PASSWORD))


def test_signing_in_and_failing_to_is_logged_without_the_password(hall: SmallHall) -> None:
    refused(hall, "clerk")
    with hall.performer.database.read() as connection:
        rows = connection.execute(select(Event.kind, Event.data)).all()
    assert ("sign_in_failed", {"account": str(hall.clerk.account_id), "failed": 1}) in [tuple(row) for row in rows]
    assert WRONG not in str(rows)
    assert PASSWORD not in str(rows)


def test_an_act_that_asks_for_the_password_counts_a_wrong_one(hall: SmallHall) -> None:
    for _ in range(5):
        with pytest.raises(Refused, match="wrong_login_or_password"):
            hall.write(hall.administrator, add_account, replace(NEW, own_password=WRONG))
    assert refused(hall, "administrator", PASSWORD).code == "wait_before_next_try"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"login": "Clerk"}, "login_taken"),
        ({"login": " "}, "login_missing"),
        ({"login": "l" * 65}, "too_long"),
        ({"name": ""}, "name_missing"),
        ({"password": "1234567"}, "password_too_short"),
        ({"password": "密码"}, "password_too_short"),
        ({"password": "x1" * 65}, "password_too_long"),
        ({"password": "aaaaaaaa"}, "password_too_simple"),
        ({"password": "87654321"}, "password_too_simple"),
        ({"password": "Password123"}, "password_too_simple"),
        ({"login": "lina", "password": "Lina2026!"}, "password_has_login"),
        ({"password": "\ud800 abcdefgh"}, "lone_surrogate"),
        ({"roles": frozenset[Role]()}, "no_role"),
        ({"roles": frozenset({Role.AUDITOR, Role.CLERK})}, "auditor_alone"),
        ({"roles": frozenset({Role.REVIEWER})}, "department_needed"),
        ({"approver": True}, "approver_reviews"),
        ({"department": "none"}, "unknown_department"),
    ],
)
def test_an_account_that_cannot_be_is_refused(hall: SmallHall, changed: dict[str, Any], code: str) -> None:
    assert code_of(hall, add_account, replace(NEW, **changed)) == code


def test_a_department_that_was_closed_takes_nobody_in(hall: SmallHall) -> None:
    hall.write(hall.administrator, save_department, DepartmentForm("amr", "市场监督管理局", active=False))
    assert code_of(hall, add_account, replace(NEW, department="amr")) == "unknown_department"


def test_new_roles_hold_from_the_next_act_of_a_session_already_open(hall: SmallHall) -> None:
    hall.write(hall.administrator, change_roles, NewRoles(hall.clerk.account_id, frozenset({Role.SUPERVISOR}),
                                                          own_password=PASSWORD))  # fmt: skip
    assert hall.read(hall.clerk, list_accounts)


def test_the_last_administrator_can_neither_go_nor_give_up(hall: SmallHall) -> None:
    own = hall.administrator.account_id
    down = NewRoles(own, frozenset({Role.CLERK}), own_password=PASSWORD)
    assert code_of(hall, change_roles, down) == "last_administrator"
    assert code_of(hall, deactivate, own) == "own_account"
    second = hall.add(Role.ADMINISTRATOR, "second")
    hall.write(hall.administrator, deactivate, second.account_id)
    assert code_of(hall, change_roles, down) == "last_administrator"


def test_of_two_administrators_one_may_give_up(hall: SmallHall) -> None:
    hall.add(Role.ADMINISTRATOR, "second")
    down = NewRoles(hall.administrator.account_id, frozenset({Role.CLERK}), own_password=PASSWORD)
    hall.write(hall.administrator, change_roles, down)
    assert code_of(hall, add_account, NEW) == "not_allowed"


def test_a_closed_account_is_refused_like_an_unknown_one(hall: SmallHall) -> None:
    hall.write(hall.administrator, deactivate, hall.clerk.account_id)
    assert refused(hall, "clerk", PASSWORD).code == "wrong_login_or_password"


def test_a_new_password_takes_the_place_of_the_old_one(hall: SmallHall) -> None:
    hall.write(hall.clerk, change_password, NewPassword(PASSWORD, "另一个密码 2027"))
    assert refused(hall, "clerk", PASSWORD).code == "wrong_login_or_password"
    hall.sign_in("clerk", "另一个密码 ２０２７")  # as a full-width keyboard writes it


@pytest.mark.parametrize(
    ("current", "new", "code"),
    [
        (WRONG, "另一个密码 2027", "wrong_login_or_password"),
        (PASSWORD, PASSWORD, "password_unchanged"),
        (PASSWORD, "short", "password_too_short"),
    ],
)
def test_a_new_password_has_to_be_one(hall: SmallHall, current: str, new: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        hall.write(hall.clerk, change_password, NewPassword(current, new))
    hall.sign_in("clerk")


def test_a_forgotten_password_is_given_anew(hall: SmallHall) -> None:
    fail(hall, "clerk", 15)
    hall.sessions[Role.ADMINISTRATOR] = hall.sign_in("administrator")
    given = GivenPassword(hall.clerk.account_id, "另一个密码 2027", PASSWORD)
    hall.write(hall.administrator, reset_password, given)
    hall.sign_in("clerk", "另一个密码 2027")


def test_a_real_hall_tells_nobody_who_works_there(hall: SmallHall) -> None:
    assert hall.read(None, list_accounts_to_sign_in) == ()


def test_a_practice_hall_shows_its_training_accounts(performer: Performer) -> None:
    assert performer.read(None, list_accounts_to_sign_in, None) == ()
    performer.write(None, found_hall, FoundHall("练习大厅", "chief", "马主任", PASSWORD, sample=True))
    (shown,) = performer.read(None, list_accounts_to_sign_in, None)
    assert (shown.login, shown.name, shown.roles) == ("chief", "马主任", frozenset({Role.ADMINISTRATOR}))


def test_passwords_are_kept_as_argon2id_hashes_and_read_back_in_utc(hall: SmallHall) -> None:
    with hall.performer.database.read() as connection:
        rows = connection.execute(select(Account.password, Account.password_at)).all()
    assert all(kept.startswith("$argon2id$") for kept, _ in rows)
    assert {moment for _, moment in rows} == {datetime(2026, 3, 2, 1, 30, tzinfo=UTC)}


def test_the_program_hashes_with_the_librarys_own_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert passwords.hash_password(PASSWORD).startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert passwords.needs_new_hash(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD))


def test_a_hash_made_with_weaker_figures_is_made_anew_at_sign_in(
    hall: SmallHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "_hasher", lambda: PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    hall.sign_in("clerk")
    with hall.performer.database.read() as connection:
        kept = connection.execute(select(Account.password).where(Account.login == "clerk")).scalar_one()
    assert "m=16,t=2" in kept


def test_a_password_far_too_long_is_not_even_hashed() -> None:
    assert not passwords.is_right(None, "x" * 5_000_000)


def test_no_command_shows_its_password() -> None:
    assert not any(PASSWORD in repr(command) for command in (NEW, SignIn("a", PASSWORD), NewPassword("", PASSWORD)))
    assert FREE_TRIES < LOCKED_AT
