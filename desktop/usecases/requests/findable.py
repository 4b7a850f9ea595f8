"""By what a request is found: its numbers, its words, and everybody who takes part, by each name they ever had."""

from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from db.queries.letters import letters_of
from db.queries.people import former_names_of
from db.queries.requests import RequestRow, RoleRow, events_of, request_rows, roles_of, taken_part_in
from db.search import index_document
from desktop.letters.content import LetterKind
from desktop.usecases.context import Context

MESSAGE_RECEIVED: Final = "message_received"
"""The event by which a message was taken in from a list, which has a number of its own there."""
_REPLY: Final = LetterKind.ENQUIRY_REPLY.value


def index_request(
    context: Context, row: RequestRow, roles: Sequence[RoleRow], *, codes: Iterable[str] = (), texts: Iterable[str] = ()
) -> None:
    """Put a request into the search: its number, everybody's names and phone, the need and the words.

    `codes` are numbers it has elsewhere, `texts` what else was written in it.
    """
    connection, hall = context.connection, context.hall_id
    former = former_names_of(connection, hall, {role.subject_id for role in roles}) if roles else ()
    names = (*(role.name for role in roles), *(each.name for each in former))
    index_document(
        connection,
        hall,
        "request",
        row.id,
        codes=(row.number, *(code for code in codes if code)),
        names=tuple(dict.fromkeys(name for name in names if name)),
        phones=tuple(dict.fromkeys(role.phone for role in roles if role.phone)),
        texts=(row.title, row.words or "", *(text for text in texts if text)),
    )


def index_requests_of(context: Context, subject: UUID) -> None:
    """Let every request somebody takes part in be found by who they are now, as by what they were called before."""
    connection, hall = context.connection, context.hall_id
    requests = taken_part_in(connection, hall, subject)
    numbers = {
        request: str(data["number"]) for request, data in events_of(connection, hall, requests, MESSAGE_RECEIVED)
    }
    for row in request_rows(connection, hall, requests):
        roles = roles_of(connection, hall, row.id)
        if row.id in numbers:
            index_request(context, row, roles, codes=(numbers[row.id],), texts=_answers(context, row.id))
        else:
            index_request(context, row, roles)


def _answers(context: Context, request: UUID) -> Iterable[str]:
    """Give the answers to a message, as they were written."""
    replies = (one for one in letters_of(context.connection, context.hall_id, request) if one.kind == _REPLY)
    return ["\n".join(str(line["zh"]) for line in one.content["answer"]) for one in replies]
