"""Accounts: what the administrator does with them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import insert, update

from db.ids import new_id
from db.models import Account, Signing
from db.models.task import Task
from db.queries.accounts import (
    AccountRow,
    all_accounts,
    hold_account,
    hold_account_by_login,
    hold_administrators,
)
from db.queries.halls import departments
from db.queries.stays import last_stays
from desktop.cleaning import TextFault, clean_line, clean_name
from desktop.usecases.context import Context
from desktop.usecases.hall.department_cards import UNDER_WAY
from desktop.usecases.hall.own_password import (
    AsksPassword,
    Wish,
    change_account,
)
from desktop.usecases.hall.passwords import check_strength, hash_password, is_right
from desktop.usecases.permissions import Permission, Role
from desktop.usecases.refused import Refused
from desktop.usecases.topics import Topic

LOGIN_POINTS: Final = 64


@dataclass(frozen=True)
class AccountCard:
    """An account as the administrator sees it."""

    id: UUID
    login: str
    name: str
    roles: frozenset[Role]
    department: str | None
    approver: bool
    active: bool
    training: bool
    locked: bool
    locked_until: datetime | None = None
    """Until when another try has to wait, None when nothing was typed wrong."""
    last_began: datetime | None = None
    """When the account last signed in, None when it never did."""


@dataclass(frozen=True, repr=False)
class NewAccount:
    """An account to be; `own_password` is the administrator's, typed again."""

    login: str
    name: str
    password: str
    roles: frozenset[Role]
    department: str | None = None
    approver: bool = False
    training: bool = False
    own_password: str = ""


@dataclass(frozen=True, repr=False)
class NewRoles:
    """The rights an account is to have from now on; `own_password` is the administrator's, typed again."""

    account_id: UUID
    roles: frozenset[Role]
    department: str | None = None
    approver: bool = False
    own_password: str = ""


@dataclass(frozen=True)
class Rename:
    """Another name for somebody who has an account: married, or typed wrong."""

    account_id: UUID
    name: str


@dataclass(frozen=True, repr=False)
class Unlock:
    """An account to be let in again, after wrong passwords or a closing; `own_password` is typed as above."""

    account_id: UUID
    own_password: str


@dataclass(frozen=True, repr=False)
class NewPassword:
    """One's own password, old and new."""

    current: str
    new: str


@dataclass(frozen=True, repr=False)
class GivenPassword:
    """A password the administrator gives to somebody; `own_password` is the administrator's, typed again."""

    account_id: UUID
    new: str
    own_password: str


def list_accounts(context: Context, _query: None = None) -> tuple[AccountCard, ...]:
    """Give all accounts of the hall by login."""
    context.require(Permission.SEE_ACCOUNTS)
    last = last_stays(context.connection, context.hall_id)
    return tuple(_card(context, row, last.get(row.id)) for row in all_accounts(context.connection, context.hall_id))


def _add_account(context: Context, wish: Wish[NewAccount]) -> UUID:
    return open_account(context, wish.command, wish.hashed)


add_account: Final = AsksPassword(
    Permission.ADD_ACCOUNT, lambda it: it.own_password, _add_account, lambda it: it.password
).prepared()
"""Open an account and return its id; Refused login_taken, or the faults of names, passwords and roles."""


def open_account(context: Context, command: NewAccount, hashed: str = "") -> UUID:
    """Write a new account; whoever calls it has asked whether that is allowed, and may have hashed the password."""
    login, name = login_typed(command.login), _cleaned_name(command.name)
    _check_roles(context, command.roles, command.department, approver=command.approver)
    check_strength(command.password, login)
    if hold_account_by_login(context.connection, context.hall_id, login) is not None:
        raise Refused("login_taken", login=login)
    account_id = new_id()
    row = {
        "hall_id": context.hall_id, "id": account_id, "login": login, "name": name,
        "password": hashed or hash_password(command.password), "password_at": context.now,
        "roles": sorted(command.roles), "department": command.department, "approver": command.approver, "active": True,
        "training": command.training, "failed": 0, "locked": False, "created_at": context.now,
    }  # fmt: skip
    context.connection.execute(insert(Account), row)
    context.record("account_added", Topic.ACCOUNTS, data={"account": str(account_id), "roles": sorted(command.roles)})
    return account_id


def _change_roles(context: Context, wish: Wish[NewRoles]) -> None:
    command = wish.command
    row = _held(context, command.account_id)
    _check_roles(context, command.roles, command.department, approver=command.approver)
    if Role.ADMINISTRATOR not in command.roles:
        _keep_an_administrator(context, row.id)
    roles = sorted(command.roles)
    change_account(context, row.id, roles=roles, department=command.department, approver=command.approver)
    after = {"roles": roles, "department": command.department, "approver": command.approver}
    before = {"roles": row.roles, "department": row.department, "approver": row.approver}
    context.record("roles_changed", Topic.ACCOUNTS, data={"account": str(row.id), "before": before, "after": after})


change_roles: Final = AsksPassword(Permission.CHANGE_ROLES, lambda it: it.own_password, _change_roles).prepared()
"""Give an account other rights; they hold from its next act. Refused last_administrator, unknown_account."""


def deactivate(context: Context, account_id: UUID) -> None:
    """Close an account: it cannot act from this moment, and its work is free for colleagues.

    Refused own_account, last_administrator, unknown_account.
    """
    session = context.require(Permission.DEACTIVATE_ACCOUNT)
    if account_id == session.account_id:
        raise Refused("own_account")
    row = _held(context, account_id)
    _keep_an_administrator(context, row.id)
    change_account(context, row.id, active=False)
    stays = Signing.hall_id == context.hall_id, Signing.account_id == row.id, Signing.ended.is_(None)
    context.connection.execute(update(Signing).where(*stays).values(ended=context.now))
    work = Task.hall_id == context.hall_id, Task.assignee_id == row.id, Task.state.in_(UNDER_WAY)
    context.connection.execute(update(Task).where(*work).values(assignee_id=None))
    context.record("account_closed", Topic.ACCOUNTS, Topic.TASKS, data={"account": str(row.id)})


def _reopen(context: Context, wish: Wish[Unlock]) -> None:
    row = _held(context, wish.command.account_id)
    _check_roles(context, roles_held(row), row.department, approver=row.approver)
    change_account(context, row.id, active=True, failed=0, locked=False, locked_until=None)
    context.record("account_reopened", Topic.ACCOUNTS, data={"account": str(row.id)})


reopen: Final = AsksPassword(Permission.ADD_ACCOUNT, lambda it: it.own_password, _reopen).prepared()
"""Open a closed account again, with the rights it had. Refused unknown_account, or roles that no longer fit."""


def rename_account(context: Context, command: Rename) -> None:
    """Write somebody's name as it is now; the login stays. Refused unknown_account, name_missing."""
    context.require(Permission.CHANGE_ROLES)
    row = _held(context, command.account_id)
    change_account(context, row.id, name=_cleaned_name(command.name))
    context.record("account_renamed", Topic.ACCOUNTS, data={"account": str(row.id)})


def _unlock(context: Context, wish: Wish[Unlock]) -> None:
    row = _held(context, wish.command.account_id)
    change_account(context, row.id, failed=0, locked=False, locked_until=None)
    context.record("account_unlocked", Topic.ACCOUNTS, data={"account": str(row.id)})


unlock: Final = AsksPassword(Permission.UNLOCK_ACCOUNT, lambda it: it.own_password, _unlock).prepared()
"""Let an account try again after too many wrong passwords."""


def _change_password(context: Context, wish: Wish[NewPassword]) -> None:
    command, row = wish.command, _held(context, context.staff.account_id)
    check_strength(command.new, row.login)
    if wish.unchanged if row.password == wish.tried.kept else is_right(row.password, command.new):
        raise Refused("password_unchanged")
    _set_password(context, row.id, wish.hashed or hash_password(command.new))


change_password: Final = AsksPassword(
    Permission.CHANGE_OWN_PASSWORD, lambda it: it.current, _change_password, lambda it: it.new, is_own_new=True
).prepared()
"""Take a new password for oneself; Refused password_unchanged besides the faults of strength."""


def _reset_password(context: Context, wish: Wish[GivenPassword]) -> None:
    command, row = wish.command, _held(context, wish.command.account_id)
    check_strength(command.new, row.login)
    _set_password(context, row.id, wish.hashed or hash_password(command.new))


reset_password: Final = AsksPassword(
    Permission.RESET_PASSWORD, lambda it: it.own_password, _reset_password, lambda it: it.new
).prepared()
"""Give somebody who forgot it a new password."""


def check_rights(roles: frozenset[Role], department: str | None, *, approver: bool) -> None:
    """Refuse rights that contradict each other: an auditor is nothing else, a reviewer belongs to a department.

    Refused no_role, auditor_alone, department_needed, approver_reviews.
    """
    if not roles:
        raise Refused("no_role")
    if Role.AUDITOR in roles and len(roles) > 1:
        raise Refused("auditor_alone")
    if Role.REVIEWER in roles and department is None:
        raise Refused("department_needed")
    if approver and Role.REVIEWER not in roles:
        raise Refused("approver_reviews")


def _check_roles(context: Context, roles: frozenset[Role], department: str | None, *, approver: bool) -> None:
    check_rights(roles, department, approver=approver)
    if department is not None and department not in _open_departments(context):
        raise Refused("unknown_department", department=department)


def _open_departments(context: Context) -> set[str]:
    return {row.code for row in departments(context.connection, context.hall_id) if row.active}


def _keep_an_administrator(context: Context, account_id: UUID) -> None:
    """Refuse to take the last open administrator away: nobody could ever let anybody in again."""
    if hold_administrators(context.connection, context.hall_id, Role.ADMINISTRATOR) == (account_id,):
        raise Refused("last_administrator")


def _held(context: Context, account_id: UUID) -> AccountRow:
    row = hold_account(context.connection, context.hall_id, account_id)
    if row is None:
        raise Refused("unknown_account")
    return row


def _set_password(context: Context, account_id: UUID, hashed: str) -> None:
    fresh = {"failed": 0, "locked": False, "locked_until": None}
    change_account(context, account_id, password=hashed, password_at=context.now, **fresh)
    context.record("password_changed", Topic.ACCOUNTS, data={"account": str(account_id)})


def _card(context: Context, row: AccountRow, last: datetime | None) -> AccountCard:
    until = row.locked_until if row.locked_until is not None and row.locked_until > context.now else None
    zone = context.zone
    return AccountCard(
        row.id, row.login, row.name, roles_held(row), row.department, row.approver, row.active, row.training,
        row.locked, None if until is None else until.astimezone(zone), None if last is None else last.astimezone(zone),
    )  # fmt: skip


def roles_held(row: AccountRow) -> frozenset[Role]:
    """Give the roles of an account."""
    return frozenset(Role(role) for role in row.roles)


def login_typed(typed: str) -> str:
    """Return the login as it is kept: one width, one case, no blanks around."""
    try:
        login = clean_line(typed, max_points=LOGIN_POINTS).casefold()
    except TextFault as fault:
        raise Refused(fault.code, **fault.values) from None
    if not login:
        raise Refused("login_missing")
    return login


def _cleaned_name(typed: str) -> str:
    try:
        name = clean_name(typed)
    except TextFault as fault:
        raise Refused(fault.code, **fault.values) from None
    if not name:
        raise Refused("name_missing")
    return name
