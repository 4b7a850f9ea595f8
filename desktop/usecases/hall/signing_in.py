"""Signing in and out at a seat; who tries too often waits, or is locked out."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import insert, update

from db.ids import new_id
from db.models import Signing
from db.queries.accounts import account_by_login, all_accounts, hold_account_by_login
from db.queries.halls import counters, first_hall
from desktop.usecases.context import Context, Session
from desktop.usecases.hall.accounts import login_typed, roles_held
from desktop.usecases.hall.own_password import authenticated, change_account, wait_left
from desktop.usecases.hall.passwords import hash_password, is_right, needs_new_hash
from desktop.usecases.permissions import Role
from desktop.usecases.prepared import Prepared
from desktop.usecases.refused import Refused
from desktop.words import Language
from desktop.workflow.catalogue.definitions import Text


@dataclass(frozen=True)
class AccountToSignIn:
    """An account shown on the sign-in page of a practice hall."""

    login: str
    name: str
    roles: frozenset[Role]
    department: Text | None


@dataclass(frozen=True, repr=False)
class SignIn:
    """What somebody types to sign in."""

    login: str
    password: str
    counter: str | None = None
    language: Language = "zh"


def list_accounts_to_sign_in(context: Context, _query: None = None) -> tuple[AccountToSignIn, ...]:
    """Give the training accounts of a practice hall; a real hall tells nobody who works there.

    Who serves the whole hall comes first, then the reviewers by department as the catalogue has them.
    """
    hall = first_hall(context.connection)
    if hall is None or not hall.sample:
        return ()
    names = {code: each.name for code, each in context.catalogue.departments.items()}
    order = {code: place for place, code in enumerate(names)}
    rows = [row for row in all_accounts(context.connection, hall.id) if row.training and row.active]
    rows.sort(key=lambda row: (row.department is not None, order.get(row.department or "", -1), row.login))
    return tuple(AccountToSignIn(row.login, row.name, roles_held(row), names.get(row.department or "")) for row in rows)


@dataclass(frozen=True, repr=False)
class Tried:
    """A password as it was tried before the turn to write: against which kept hash, and whether it was right."""

    command: SignIn
    kept: str | None
    right: bool
    new_hash: str | None = None
    """A hash with today's figures, where the kept one is older."""

    def is_right(self, kept: str | None, password: str) -> bool:
        """Return what was found out; only if the hash has changed in the meantime, find it out again."""
        return self.right if kept == self.kept else is_right(kept, password)


def _look_for(context: Context, command: SignIn) -> str | None:
    """Give the hash to try the password against; None, which takes as long, where nobody may be let in now."""
    row = account_by_login(context.connection, context.hall_id, login_typed(command.login))
    if row is None or not row.active or row.locked or wait_left(context, row) is not None:
        return None
    return row.password


def _try_password(command: SignIn, kept: str | None) -> Tried:
    """Try the password, which takes a tenth of a second, while others may write."""
    right = is_right(kept, command.password)
    aged = right and kept is not None and needs_new_hash(kept)
    return Tried(command, kept, right, hash_password(command.password) if aged else None)


def _let_in(context: Context, tried: Tried) -> Session:
    """Let somebody in, if the account, held now, still allows it: every try is counted under the lock."""
    command = tried.command
    row = hold_account_by_login(context.connection, context.hall_id, login_typed(command.login))
    account = authenticated(context, row, command.password, "sign_in_failed", tried.is_right)
    if command.counter is not None:
        _check_counter(context, command.counter)
    if tried.new_hash is not None and account.password == tried.kept:
        change_account(context, account.id, password=tried.new_hash)
    signing = new_id()
    stay = {"id": signing, "account_id": account.id, "counter": command.counter, "seat": command.counter}
    context.connection.execute(insert(Signing), {"hall_id": context.hall_id, **stay, "began": context.now})
    context.session = Session(
        signing, account.id, context.hall_id, account.name, roles_held(account), account.department, command.counter,
        command.language, account.approver,
    )  # fmt: skip
    context.record("signed_in", data={"signing": str(signing)})
    return context.session


sign_in: Final = Prepared(_look_for, _try_password, _let_in)
"""Let somebody in at a counter, with the slow part before the turn to write.

Refused wrong_login_or_password, wait_before_next_try (seconds), account_locked, unknown_counter.
"""


def sign_out(context: Context, _command: None = None) -> None:
    """End the stay at this seat."""
    session = context.staff
    stay = Signing.hall_id == session.hall_id, Signing.id == session.id, Signing.ended.is_(None)
    context.connection.execute(update(Signing).where(*stay).values(ended=context.now))
    context.record("signed_out", data={"signing": str(session.id)})


def _check_counter(context: Context, code: str) -> None:
    if not any(row.code == code and row.active for row in counters(context.connection, context.hall_id)):
        raise Refused("unknown_counter", counter=code)
