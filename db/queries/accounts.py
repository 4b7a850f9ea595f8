"""Accounts: by login, by id, all of a hall."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, select

from db.models import Account


@dataclass(frozen=True)
class AccountRow:
    """An account with everything that decides whether it may sign in."""

    id: UUID
    login: str
    name: str
    password: str
    roles: list[str]
    department: str | None
    approver: bool
    active: bool
    training: bool
    failed: int
    locked: bool
    locked_until: datetime | None


def _asked(hall_id: UUID) -> Select[*tuple[Any, ...]]:
    return select(
        Account.id, Account.login, Account.name, Account.password, Account.roles, Account.department,
        Account.approver, Account.active, Account.training, Account.failed, Account.locked, Account.locked_until,
    ).where(Account.hall_id == hall_id)  # fmt: skip


def account_by_login(connection: Connection, hall_id: UUID, login: str) -> AccountRow | None:
    """Return the account as it is at this moment; it may change before one acts on it."""
    row = connection.execute(_asked(hall_id).where(Account.login == login)).mappings().first()
    return None if row is None else AccountRow(**row)


def hold_account_by_login(connection: Connection, hall_id: UUID, login: str) -> AccountRow | None:
    """Return the account and keep it from everybody else until the transaction ends: every guess counts."""
    row = connection.execute(_asked(hall_id).where(Account.login == login).with_for_update()).mappings().first()
    return None if row is None else AccountRow(**row)


def account_by_id(connection: Connection, hall_id: UUID, account_id: UUID) -> AccountRow | None:
    """Return the account of that id, as it is now."""
    row = connection.execute(_asked(hall_id).where(Account.id == account_id)).mappings().first()
    return None if row is None else AccountRow(**row)


def hold_account(connection: Connection, hall_id: UUID, account_id: UUID) -> AccountRow | None:
    """Return the account of this id and keep it from everybody else until the transaction ends."""
    row = connection.execute(_asked(hall_id).where(Account.id == account_id).with_for_update()).mappings().first()
    return None if row is None else AccountRow(**row)


def all_accounts(connection: Connection, hall_id: UUID) -> tuple[AccountRow, ...]:
    """Return the hall's accounts by login."""
    return tuple(AccountRow(**row) for row in connection.execute(_asked(hall_id).order_by(Account.login)).mappings())


def hold_administrators(connection: Connection, hall_id: UUID, role: str) -> tuple[UUID, ...]:
    """Return the open accounts that have the role, and keep them so until the transaction ends."""
    asked = _asked(hall_id).where(Account.active.is_(True)).order_by(Account.id).with_for_update()
    return tuple(row["id"] for row in connection.execute(asked).mappings() if role in row["roles"])


def names_of_accounts(connection: Connection, hall_id: UUID, ids: Collection[UUID]) -> dict[UUID, str]:
    """Name these accounts."""
    rows = connection.execute(select(Account.id, Account.name).where(Account.hall_id == hall_id, Account.id.in_(ids)))
    return {row.id: row.name for row in rows}
