"""Stays at seats: who is signed in where, ending one that was forgotten, and what one sees of the own account."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import update

from db.models import Signing
from db.queries.accounts import all_accounts
from db.queries.halls import counters, departments
from db.queries.stays import open_stays
from desktop.usecases.context import Context
from desktop.usecases.perform import LONGEST_STAY
from desktop.usecases.permissions import Permission, Role
from desktop.usecases.refused import Refused
from desktop.usecases.topics import Topic


@dataclass(frozen=True)
class Stay:
    """Somebody signed in at a seat now."""

    id: UUID
    account_id: UUID
    login: str
    name: str
    counter: str | None
    """Name of the counter, None for a seat away from the counters."""
    began: datetime
    own: bool
    """Whether it is the stay of who asks."""


@dataclass(frozen=True)
class OwnAccount:
    """What somebody sees of the own account."""

    login: str
    name: str
    roles: frozenset[Role]
    department: tuple[str, str] | None
    """Name in Chinese and English."""
    approver: bool
    counter: str | None
    began: datetime


def list_stays(context: Context, _query: None = None) -> tuple[Stay, ...]:
    """Give everybody signed in now, the newest first; a stay of more than ten hours has ended by itself."""
    session = context.require(Permission.SEE_ACCOUNTS)
    names = {row.code: row.name for row in counters(context.connection, context.hall_id)}
    rows = open_stays(context.connection, context.hall_id, context.now - LONGEST_STAY)
    return tuple(
        Stay(
            row.id,
            row.account_id,
            row.login,
            row.name,
            None if row.counter is None else names.get(row.counter, row.counter),
            row.began.astimezone(context.zone),
            row.id == session.id,
        )
        for row in rows
    )


def end_stay(context: Context, stay: UUID) -> None:
    """End a forgotten stay: that seat cannot act from this moment. Refused own_stay, unknown_stay."""
    session = context.require(Permission.DEACTIVATE_ACCOUNT)
    if stay == session.id:
        raise Refused("own_stay")
    one = Signing.hall_id == context.hall_id, Signing.id == stay, Signing.ended.is_(None)
    if not context.connection.execute(update(Signing).where(*one).values(ended=context.now)).rowcount:
        raise Refused("unknown_stay")
    context.record("stay_ended", Topic.ACCOUNTS, data={"signing": str(stay)})


def see_own_account(context: Context, _query: None = None) -> OwnAccount:
    """Show somebody the own account, and where and since when the person sits here."""
    session = context.require(Permission.CHANGE_OWN_PASSWORD)
    every = all_accounts(context.connection, context.hall_id)
    row = next(each for each in every if each.id == session.account_id)
    known = {each.code: (each.name_zh, each.name_en) for each in departments(context.connection, context.hall_id)}
    stays = open_stays(context.connection, context.hall_id, context.now - LONGEST_STAY)
    began = next((stay.began for stay in stays if stay.id == session.id), context.now)
    at = {each.code: each.name for each in counters(context.connection, context.hall_id)}
    return OwnAccount(
        row.login,
        row.name,
        session.roles,
        None if session.department is None else known.get(session.department, (session.department, "")),
        session.approver,
        None if session.counter is None else at.get(session.counter, session.counter),
        began.astimezone(context.zone),
    )
