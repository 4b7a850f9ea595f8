"""Making sure that who sits there is who signed in: every try is counted, and the slow work is done beforehand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from sqlalchemy import update

from db.models import Account
from db.queries.accounts import AccountRow, account_by_id, hold_account
from desktop.usecases.context import Context
from desktop.usecases.hall.passwords import hash_password, is_right
from desktop.usecases.permissions import Permission
from desktop.usecases.prepared import Prepared
from desktop.usecases.refused import Refused, RefusedAndKept
from desktop.usecases.topics import Topic

FREE_TRIES: Final = 5
LOCKED_AT: Final = 15
FIRST_WAIT: Final = timedelta(seconds=15)

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


@dataclass(frozen=True, repr=False)
class _Confirmed:
    """The own password as it was tried before the turn to write: against which kept hash, and whether it was right."""

    password: str
    kept: str | None
    right: bool

    def is_right(self, kept: str | None, password: str) -> bool:
        """Return what was found out; only if the hash has changed in the meantime, find it out again."""
        return self.right if kept == self.kept else is_right(kept, password)


def _look_at_own(context: Context, _password: str) -> str | None:
    """Give the own hash to try the password against; None where no try is taken now."""
    row = account_by_id(context.connection, context.hall_id, context.staff.account_id)
    if row is None or not row.active or row.locked or wait_left(context, row) is not None:
        return None
    return row.password


def _try_own(password: str, kept: str | None) -> _Confirmed:
    """Try the password, which takes a tenth of a second, while others may write."""
    return _Confirmed(password, kept, is_right(kept, password))


def _confirm(context: Context, tried: _Confirmed) -> None:
    """Let somebody go on, if the account, held now, still allows it: every try is counted under the lock."""
    row = hold_account(context.connection, context.staff.hall_id, context.staff.account_id)
    authenticated(context, row, tried.password, "confirmation_failed", tried.is_right)


confirm_password: Final = Prepared(_look_at_own, _try_own, _confirm)
"""Make sure that who is signed in is who sits there, before an act that asks for it; see `sign_in`."""


@dataclass(frozen=True, repr=False)
class Wish(Generic[Asked]):
    """An act that asks for the own password, with what takes long done before the turn to write."""

    command: Asked
    tried: _Confirmed
    hashed: str = ""
    """The hash of the new password the act sets; empty where it sets none, or the own one was wrong."""
    unchanged: bool = False
    """Whether the new password is the own one that was kept when it was tried."""


@dataclass(frozen=True)
class AsksPassword(Generic[Asked, Answer]):
    """What an act that asks for the own password needs: who may, which is the own one, and which is the new one."""

    permission: Permission
    own: Callable[[Asked], str]
    act: Callable[[Context, Wish[Asked]], Answer]
    new: Callable[[Asked], str] | None = None
    is_own_new: bool = False
    """Whether the new password is one's own, and so is compared with the former."""

    def prepared(self) -> Prepared[Asked, str | None, Wish[Asked], Answer]:
        """Give the act in its three steps; nobody's permission is worked for in vain."""
        return Prepared(self._look, self._work, self._do)

    def _look(self, context: Context, command: Asked) -> str | None:
        context.require(self.permission)
        return _look_at_own(context, self.own(command))

    def _work(self, command: Asked, kept: str | None) -> Wish[Asked]:
        tried = _try_own(self.own(command), kept)
        if self.new is None or not tried.right:
            return Wish(command, tried)
        new = self.new(command)
        return Wish(command, tried, hash_password(new), self.is_own_new and is_right(kept, new))

    def _do(self, context: Context, wish: Wish[Asked]) -> Answer:
        context.require(self.permission)
        _confirm(context, wish.tried)
        return self.act(context, wish)


def authenticated(
    context: Context,
    row: AccountRow | None,
    password: str,
    failure: str,
    check: Callable[[str | None, str], bool] = is_right,
) -> AccountRow:
    """Return the account if the password is right; a wrong one is counted, and the count is kept."""
    if row is not None and row.locked:
        raise Refused("account_locked")
    wait = None if row is None else wait_left(context, row)
    if wait is not None:
        raise Refused("wait_before_next_try", seconds=int(wait.total_seconds()) + (wait.microseconds > 0))
    known = row is not None and row.active
    if check(row.password if row is not None and known else None, password) and row is not None:
        if row.failed:
            change_account(context, row.id, failed=0, locked_until=None)
        return row
    if row is not None and known:
        _count_failure(context, row, failure)
    raise RefusedAndKept("wrong_login_or_password")


def wait_left(context: Context, row: AccountRow) -> timedelta | None:
    """Give how long somebody has to wait; a wait longer than was ever given means a clock that was set back."""
    if row.locked_until is None or row.locked_until <= context.now:
        return None
    left = row.locked_until - context.now
    return left if left <= _wait_after(row.failed) else None


def _wait_after(failed: int) -> timedelta:
    """Give the wait after so many wrong passwords: none at first, then one that doubles."""
    return FIRST_WAIT * 2 ** (failed - FREE_TRIES) if failed >= FREE_TRIES else timedelta()


def _count_failure(context: Context, row: AccountRow, kind: str) -> None:
    """Count a wrong password: from the fifth on a wait that doubles, at the fifteenth only an administrator helps."""
    failed = row.failed + 1
    wait = _wait_after(failed)
    until = context.now + wait if wait else None
    change_account(context, row.id, failed=failed, locked=failed >= LOCKED_AT, locked_until=until)
    topics = (Topic.ACCOUNTS,) if failed >= LOCKED_AT else ()
    context.record(kind, *topics, data={"account": str(row.id), "failed": failed})


def change_account(context: Context, account_id: UUID, **values: Any) -> None:
    """Write these values of an account."""
    one = Account.hall_id == context.hall_id, Account.id == account_id
    context.connection.execute(update(Account).where(*one).values(**values))
