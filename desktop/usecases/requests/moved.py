"""What elsewhere moved a request: another of the person's requests, by its number for who may see it, or the file."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from db.queries.requests import EventRow, request_rows
from desktop.usecases.context import Context
from desktop.usecases.sight import is_in_sight
from desktop.usecases.work.shared_record import MOVED
from desktop.words import Words, gettext_noop

FROM: Mapping[str, str] = {
    "number": gettext_noop("Brought up to date after a change in request {number}: {what}"),
    "another": gettext_noop("Brought up to date after a change in another request: {what}"),
    "file": gettext_noop("Brought up to date after a change on the person's file: {what}"),
}
"""Where something was done that changed this request as well."""
_KINDS: Mapping[str, str] = {"fact": "fact_corrected", "papers": "papers_received", "logged": "request_logged"}
_OF_FILE: Mapping[str, str] = {"phone": "phone_changed", "identifier": "identifier_added", "name": "renamed"}


def with_numbers(context: Context, history: Sequence[EventRow]) -> tuple[EventRow, ...]:
    """Give a history in which the requests that moved this one bear their numbers, where who looks may see them."""
    sources = {event.seq: UUID(by) for event in history if event.kind == MOVED and (by := (event.data or {}).get("by"))}
    seen = [one for one in dict.fromkeys(sources.values()) if is_in_sight(context, one)]
    rows = request_rows(context.connection, context.hall_id, seen) if seen else []
    numbers = {row.id: row.number for row in rows}
    named = {place: numbers[by] for place, by in sources.items() if by in numbers}
    return tuple(
        event._replace(data={**(event.data or {}), "number": named[event.seq]}) if event.seq in named else event
        for event in history
    )


def kind_of(data: Mapping[str, Any]) -> str:
    """Give the kind of event by which the other request, or the file, tells of it itself; empty for an act."""
    if "file" in data:
        return _OF_FILE.get(str(data["file"]), "")
    return next((kind for name, kind in _KINDS.items() if name in data), "")


def moved_sentence(data: Mapping[str, Any], what: str, words: Words) -> str:
    """Say what moved a request: where that was, as far as who reads may know it, and `what` it was."""
    where = "file" if "file" in data else "number" if "number" in data else "another"
    return words.gettext(FROM[where]).format(number=data.get("number", ""), what=what)
