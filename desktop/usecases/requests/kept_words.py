"""Words typed into a card of a page and not sent: kept for their account until they are sent or emptied.

They are no act of the hall and none is ever written into the log; nobody else sees them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, insert

from db.ids import new_id
from db.models import Draft
from db.queries.drafts import drafts_of
from desktop.usecases.context import Context
from desktop.usecases.permissions import Permission
from desktop.usecases.requests.drafts import OLD_AFTER, WORDS

Words = Mapping[str, Mapping[str, str]]
"""What stands in the fields of each card, by the card and by the field."""
_SAID: Final = "said"
_AT: Final = "at"


@dataclass(frozen=True, repr=False)
class KeepWords:
    """What stands in some cards now; a card with nothing in it is kept no longer."""

    words: Words


def keep_words(context: Context, command: KeepWords) -> None:
    """Keep what stands in these cards, beside what is kept of others; what nobody touched for a week goes."""
    session = context.require(Permission.KEEP_DRAFT)
    kept = {card: entry for card, entry in _entries(context).items() if card not in command.words}
    said = {card: dict(fields) for card, fields in command.words.items() if any(fields.values())}
    kept |= {card: {_SAID: fields, _AT: context.now.isoformat()} for card, fields in said.items()}
    rows = [row.id for row in drafts_of(context.connection, context.hall_id, session.account_id) if WORDS in row.form]
    if rows:
        context.connection.execute(delete(Draft).where(Draft.hall_id == context.hall_id, Draft.id.in_(rows)))
    if kept:
        whose = {"hall_id": context.hall_id, "id": new_id(), "account_id": session.account_id}
        row = {**whose, "form": {WORDS: kept}, "title": "", "parked": False, "updated_at": context.now}
        context.connection.execute(insert(Draft).values(**row))


def words_kept(context: Context, _query: object = None) -> Words:
    """Give what who is signed in typed and did not send, by card."""
    context.require(Permission.KEEP_DRAFT)
    return {card: entry[_SAID] for card, entry in _entries(context).items()}


def _entries(context: Context) -> dict[str, dict[str, Any]]:
    """Give what is kept and not old, of every seat of the account, what was typed last standing."""
    found: dict[str, dict[str, Any]] = {}
    for row in reversed(drafts_of(context.connection, context.hall_id, context.staff.account_id)):
        found |= row.form.get(WORDS, {})
    return {
        card: entry for card, entry in found.items() if context.now - datetime.fromisoformat(entry[_AT]) <= OLD_AFTER
    }
