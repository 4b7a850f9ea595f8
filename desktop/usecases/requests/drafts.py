"""Drafts: what is half-typed at a counter is kept as it is typed, set aside, taken up again and thrown away.

A draft belongs to one account and is shown to no other. It is no act of the hall: none is ever written into the log.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, insert, update

from db.ids import new_id
from db.models import Draft
from db.queries.drafts import DraftRow, draft_of, drafts_of, open_counters
from desktop.usecases.context import Context
from desktop.usecases.permissions import Permission
from desktop.usecases.refused import Refused
from desktop.usecases.topics import Topic

OLD_AFTER: Final = timedelta(days=7)
"""A form nobody has touched for so long is put before its owner to be taken up or thrown away; it is never lost."""


WORDS: Final = "words"
"""What a draft holds that is no form of a request but the words of single cards (`kept_words.py`)."""


@dataclass(frozen=True, repr=False)
class SaveDraft:
    """A form as it stands now; without a draft it is a new one. `who` and `what` say in a word whose it is."""

    state: Mapping[str, Any]
    draft: UUID | None = None
    who: str = ""
    what: str = ""
    parked: bool = False


@dataclass(frozen=True)
class DraftLine:
    """A half-typed form as it is listed."""

    draft: UUID
    who: str
    what: str
    parked: bool
    since: datetime
    counter: str | None = None
    """The counter of another seat of this account where the form is open now."""
    elsewhere: bool = False
    old: bool = False


@dataclass(frozen=True, repr=False)
class OpenDraft:
    """A form taken up: which draft it is, and what was typed.

    `elsewhere`: the stay it was open at has not ended; the program was killed there, or is a second window.
    """

    draft: UUID
    state: Mapping[str, Any]
    who: str = ""
    what: str = ""
    elsewhere: bool = False


@dataclass(frozen=True)
class DraftsView:
    """The forms of an account, and the moment in the hall's own time."""

    lines: tuple[DraftLine, ...]
    now: datetime


def save_draft(context: Context, command: SaveDraft) -> UUID:
    """Keep a form as it stands and give the draft it is kept as.

    A draft that another seat of the account has taken up meanwhile is left to that seat: this form becomes a draft of
    its own, so that neither overwrites the other. Other seats are told only when a form is set aside.
    """
    session = context.require(Permission.KEEP_DRAFT)
    if command.parked:
        context.topics.add(Topic.DRAFTS)
    row = None if command.draft is None else _find(context, command.draft)
    form = {"stay": str(session.id), "who": command.who, "what": command.what, "state": dict(command.state)}
    values = {
        "form": form, "parked": command.parked, "updated_at": context.now,
        "title": " · ".join(part for part in (command.who, command.what) if part),
    }  # fmt: skip
    if row is not None and _stay(row) in (None, session.id):
        _change(context, row.id, **values)
        return row.id
    draft = new_id()
    whose = {"hall_id": context.hall_id, "id": draft, "account_id": session.account_id}
    context.connection.execute(insert(Draft).values(**whose, **values))
    return draft


def list_drafts(context: Context, _query: object = None) -> DraftsView:
    """Give the own half-typed forms, the latest first, but not the one that is open at this seat."""
    session = context.require(Permission.KEEP_DRAFT)
    rows = _forms(context)
    stays = [stay for row in rows if (stay := _stay(row)) is not None]
    counters = open_counters(context.connection, context.hall_id, stays)
    lines = tuple(_line(context, row, counters) for row in rows if row.parked or _stay(row) != session.id)
    return DraftsView(lines, context.now.astimezone(context.zone))


def recover_draft(context: Context, _query: object = None) -> OpenDraft | None:
    """Take up the form that was open at this counter when the program ended; None when there was none.

    A form open at another counter, where the account still sits, is left to it.
    """
    session = context.require(Permission.KEEP_DRAFT)
    rows = [row for row in _forms(context) if not row.parked]
    counters = open_counters(context.connection, context.hall_id, [stay for row in rows if (stay := _stay(row))])
    for row in rows:
        stay = _stay(row)
        fresh = context.now - row.updated_at <= OLD_AFTER
        if fresh and (stay not in counters or counters[stay] == session.counter):
            return replace(resume_draft(context, row.id), elsewhere=stay in counters and stay != session.id)
    return None


def resume_draft(context: Context, draft: UUID) -> OpenDraft:
    """Take up a form at this seat. Refused draft_unknown when it has been taken up and sent, or thrown away."""
    session = context.require(Permission.KEEP_DRAFT)
    row = _find(context, draft)
    if row is None:
        raise Refused("draft_unknown")
    _change(context, draft, form={**row.form, "stay": str(session.id)}, parked=False)
    context.topics.add(Topic.DRAFTS)
    return OpenDraft(draft, row.form.get("state", {}), row.form.get("who", ""), row.form.get("what", ""))


def discard_draft(context: Context, draft: UUID) -> SaveDraft | None:
    """Throw a form away and give it back as it was, for those who think again; None when it was gone already."""
    context.require(Permission.KEEP_DRAFT)
    row = _find(context, draft)
    if row is None:
        return None
    place = (Draft.hall_id == context.hall_id, Draft.id == draft)
    context.connection.execute(delete(Draft).where(*place))
    context.topics.add(Topic.DRAFTS)
    form = row.form
    return SaveDraft(form.get("state", {}), None, form.get("who", ""), form.get("what", ""), parked=True)


def _forms(context: Context) -> list[DraftRow]:
    """Give the own half-typed forms, the latest first."""
    rows = drafts_of(context.connection, context.hall_id, context.staff.account_id)
    return [row for row in rows if WORDS not in row.form]


def _find(context: Context, draft: UUID) -> DraftRow | None:
    return draft_of(context.connection, context.hall_id, context.staff.account_id, draft)


def _change(context: Context, draft: UUID, **values: Any) -> None:
    place = (Draft.hall_id == context.hall_id, Draft.id == draft)
    context.connection.execute(update(Draft).where(*place).values(**values))


def _stay(row: DraftRow) -> UUID | None:
    """The stay of the account at whose seat the form is open; one set aside is open nowhere."""
    stay = row.form.get("stay")
    return None if row.parked or stay is None else UUID(stay)


def _line(context: Context, row: DraftRow, counters: Mapping[UUID, str | None]) -> DraftLine:
    stay = _stay(row)
    return DraftLine(
        draft=row.id,
        who=row.form.get("who", ""),
        what=row.form.get("what", ""),
        parked=row.parked,
        since=row.updated_at.astimezone(context.zone),
        counter=None if stay is None else counters.get(stay),
        elsewhere=stay in counters,
        old=context.now - row.updated_at > OLD_AFTER,
    )
