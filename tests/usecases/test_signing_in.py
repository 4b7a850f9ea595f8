"""Signing in while others work: the slow hash holds nobody up, and guesses at the same moment count like others."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from db.models import Account
from desktop.usecases.hall import passwords
from desktop.usecases.hall.accounts import NewAccount, NewPassword, add_account, change_password
from desktop.usecases.hall.halls import CounterForm, save_counter
from desktop.usecases.hall.own_password import FREE_TRIES, confirm_password
from desktop.usecases.hall.signing_in import SignIn, sign_in
from desktop.usecases.permissions import Role
from desktop.usecases.refused import Refused
from tests.usecases.conftest import PASSWORD, QUICK, SmallHall

PATIENCE = 30


def outcome(hall: SmallHall, password: str) -> str:
    """Try to sign in as the clerk and say how it went."""
    try:
        hall.performer.write(None, sign_in, SignIn("clerk", password))
    except Refused as refusal:
        return refusal.code
    return "let in"


def test_others_write_while_a_password_is_tried(hall: SmallHall, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = Event(), Event()
    verify = PasswordHasher.verify

    def slow(self: PasswordHasher, kept: str, password: str) -> bool:
        begun.set()
        assert go_on.wait(PATIENCE)
        return verify(self, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", slow)
    with ThreadPoolExecutor(1) as seat:
        trying = seat.submit(outcome, hall, PASSWORD)
        assert begun.wait(PATIENCE)
        try:
            hall.write(hall.administrator, save_counter, CounterForm("A09", "九号窗口"))
            assert not trying.done()
        finally:
            go_on.set()
        assert trying.result(PATIENCE) == "let in"


def test_guesses_at_the_same_moment_get_no_more_answers_than_one_after_the_other(
    hall: SmallHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    guesses = 12
    together, verify = Barrier(guesses), PasswordHasher.verify

    def at_once(self: PasswordHasher, kept: str, password: str) -> bool:
        together.wait(PATIENCE)  # all have looked, none is counted yet
        return verify(self, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", at_once)
    with ThreadPoolExecutor(guesses) as seats:
        said = list(seats.map(lambda _: outcome(hall, "a wrong guess"), range(guesses)))
    assert said.count("wrong_login_or_password") == FREE_TRIES
    assert said.count("wait_before_next_try") == guesses - FREE_TRIES
    with hall.performer.database.read() as connection:
        assert connection.scalar(select(Account.failed).where(Account.login == "clerk")) == FREE_TRIES


def change_password_while_trying(hall: SmallHall, monkeypatch: pytest.MonkeyPatch, kept: str) -> None:
    """Let the kept password become another one between the look and the turn to write."""
    verify, changed = PasswordHasher.verify, Event()

    def too_late(self: PasswordHasher, was: str, password: str) -> bool:
        found = verify(self, was, password)
        if not changed.is_set():
            changed.set()
            with hall.performer.database.write() as connection:
                connection.execute(update(Account).where(Account.login == "clerk").values(password=kept))
        return found

    monkeypatch.setattr(PasswordHasher, "verify", too_late)


def test_a_password_changed_in_that_moment_no_longer_lets_in(hall: SmallHall, monkeypatch: pytest.MonkeyPatch) -> None:
    change_password_while_trying(hall, monkeypatch, QUICK.hash("another one 2026"))
    assert outcome(hall, PASSWORD) == "wrong_login_or_password"


def test_an_account_locked_in_that_moment_stays_closed(hall: SmallHall, monkeypatch: pytest.MonkeyPatch) -> None:
    verify = PasswordHasher.verify

    def meanwhile(self: PasswordHasher, kept: str, password: str) -> bool:
        with hall.performer.database.write() as connection:
            connection.execute(update(Account).where(Account.login == "clerk").values(locked=True))
        return verify(self, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", meanwhile)
    assert outcome(hall, PASSWORD) == "account_locked"
    assert passwords.is_right(QUICK.hash(PASSWORD), PASSWORD)


def test_a_password_is_confirmed_while_others_may_write(hall: SmallHall, monkeypatch: pytest.MonkeyPatch) -> None:
    verify, wrote = PasswordHasher.verify, Event()

    def meanwhile(self: PasswordHasher, kept: str, password: str) -> bool:
        with hall.performer.database.write() as connection:
            connection.execute(update(Account).where(Account.login == "clerk").values(locked=True))
        wrote.set()
        return verify(self, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", meanwhile)
    with pytest.raises(Refused, match="account_locked"):
        hall.write(hall.clerk, confirm_password, PASSWORD)
    assert wrote.is_set()


WISHES = (
    (add_account, NewAccount("newone", "新来的", PASSWORD, frozenset({Role.CLERK}), None, own_password=PASSWORD)),
    (change_password, NewPassword(PASSWORD, "heron lamp river")),
)


@pytest.mark.parametrize(("act", "command"), WISHES)
def test_an_act_that_asks_for_a_password_hashes_nothing_while_it_holds_the_turn_to_write(
    hall: SmallHall, monkeypatch: pytest.MonkeyPatch, act: Any, command: object
) -> None:
    verify, make, wrote = PasswordHasher.verify, PasswordHasher.hash, list[str]()

    def note(what: str) -> None:
        with hall.performer.database.write() as connection:
            connection.execute(update(Account).where(Account.login == "auditor").values(failed=1))
        wrote.append(what)

    def verify_meanwhile(self: PasswordHasher, kept: str, password: str) -> bool:
        note("verify")
        return verify(self, kept, password)

    def hash_meanwhile(self: PasswordHasher, password: str) -> str:
        note("hash")
        return make(self, password)

    monkeypatch.setattr(PasswordHasher, "verify", verify_meanwhile)
    monkeypatch.setattr(PasswordHasher, "hash", hash_meanwhile)
    hall.write(hall.administrator, act, command)
    assert {"verify", "hash"} <= set(wrote)
