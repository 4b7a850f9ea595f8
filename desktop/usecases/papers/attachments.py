"""Scans and photographs of papers: taken in piece by piece, bound to their paper, turned, taken back, looked at.

A file on a form that is still being filled in belongs to nothing but the account that added it. It is bound to its
paper in the transaction that logs the request; what is never bound, and no draft names, goes after a while.
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from db.faults import Fault, StorageFault
from db.queries.attachments import (
    AttachmentRow,
    attachment_row,
    attachments_of,
    change_attachment,
    delete_attachments,
    drafted_forms,
    left_over,
    pieces,
)
from db.queries.halls import hall_row
from db.sealed_pieces import digest_of, open_piece
from desktop.usecases.context import Context
from desktop.usecases.permissions import Permission
from desktop.usecases.refused import Refused
from desktop.usecases.sight import is_in_sight
from desktop.usecases.topics import Topic

__all__ = [
    "AttachmentRow",
    "Place",
    "SeenAttachment",
    "Turn",
    "attachment_limit",
    "bind_attachments",
    "known_attachment",
    "list_attachments",
    "record_attachment",
    "remove_attachment",
    "restore_attachment",
    "see_attachment",
    "sweep_attachments",
    "turn_attachment",
]

LIMIT_MB: Final = 20
LIMIT_SETTING: Final = "attachment_mb"
HALF_WRITTEN_FOR: Final = timedelta(days=1)
LOOSE_FOR: Final = timedelta(days=30)
REMOVED_FOR: Final = timedelta(days=30)


@dataclass(frozen=True)
class Place:
    """Where an attachment lies: on a paper of a request, on the request, or else on a form, beside those named."""

    request: UUID | None = None
    paper: UUID | None = None
    form: tuple[UUID, ...] = ()


@dataclass(frozen=True, repr=False)
class SeenAttachment:
    """An attachment with all it holds, exactly as it came."""

    row: AttachmentRow
    content: bytes


@dataclass(frozen=True)
class Turn:
    """Show an attachment turned by so many quarters to the right; the file stays as it is."""

    attachment: UUID
    quarters: int


def attachment_limit(context: Context, _query: None = None) -> int:
    """Give the most bytes a file may have, as the hall has set it (in megabytes, 20 unless told)."""
    context.require(Permission.ATTACH)
    row = hall_row(context.connection, context.hall_id)
    megabytes = LIMIT_MB if row is None else row.settings.get(LIMIT_SETTING, LIMIT_MB)
    return int(megabytes) * 1024 * 1024


def list_attachments(context: Context, place: Place) -> tuple[AttachmentRow, ...]:
    """Give the attachments of a paper, a request, or one's own form, the first added first."""
    context.require(Permission.SEE_ATTACHMENT)
    rows = attachments_of(context.connection, context.hall_id, ids=place.form, request=place.request, paper=place.paper)
    return tuple(row for row in rows if _may_see(context, row))


def see_attachment(context: Context, attachment: UUID) -> SeenAttachment:
    """Give an attachment with its content; a look at a request's paper is noted in the log.

    Refused attachment_unknown; StorageFault damaged when it is not what was written.
    """
    context.require(Permission.SEE_ATTACHMENT)
    row = known_attachment(context, attachment)
    found = pieces(context.connection, context.hall_id, attachment)
    content = b"".join(open_piece(context.keys, attachment, number, sealed) for number, sealed in found)
    if digest_of(context.keys, hashlib.sha256(content).digest()) != row.digest:
        raise StorageFault(Fault.DAMAGED)
    if row.request_id is not None:
        context.record_reading("attachment_seen", request=row.request_id)
    return SeenAttachment(row, content)


def turn_attachment(context: Context, command: Turn) -> AttachmentRow:
    """Show an attachment turned from now on. Refused attachment_unknown."""
    context.require(Permission.ATTACH)
    row = known_attachment(context, command.attachment)
    turned = (row.turned + command.quarters) % 4
    change_attachment(context.connection, context.hall_id, row.id, turned=turned)
    record_attachment(context, "attachment_turned", row)
    return row._replace(turned=turned)


def remove_attachment(context: Context, attachment: UUID) -> AttachmentRow:
    """Take an attachment back; for thirty days this can be undone. Refused attachment_unknown."""
    context.require(Permission.ATTACH)
    row = known_attachment(context, attachment)
    change_attachment(context.connection, context.hall_id, row.id, removed_at=context.now)
    record_attachment(context, "attachment_removed", row)
    return row._replace(removed_at=context.now)


def restore_attachment(context: Context, attachment: UUID) -> AttachmentRow:
    """Undo a removal. Refused attachment_unknown."""
    context.require(Permission.ATTACH)
    row = attachment_row(context.connection, context.hall_id, attachment)
    if row is None or row.removed_at is None or not _may_see(context, row):
        raise Refused("attachment_unknown")
    change_attachment(context.connection, context.hall_id, row.id, removed_at=None)
    record_attachment(context, "attachment_restored", row)
    return row._replace(removed_at=None)


def bind_attachments(context: Context, request: UUID, paper: UUID | None, attachments: tuple[UUID, ...]) -> None:
    """Bind what lay on a form to its request and paper, as a part of the use case that keeps these.

    Refused attachment_unknown when one is not there any more: then nothing of the act is kept.
    """
    for attachment in attachments:
        row = known_attachment(context, attachment)
        if row.request_id is not None:
            raise Refused("attachment_unknown")
        change_attachment(context.connection, context.hall_id, row.id, request_id=request, paper_id=paper)
        record_attachment(context, "attachment_bound", row._replace(request_id=request))


def sweep_attachments(context: Context, _query: None = None) -> int:
    """Delete what no request and no draft holds any more; the program does this by itself. Return how many went."""
    if context.hall is None:
        return 0
    now = context.now
    old = left_over(
        context.connection,
        context.hall_id,
        half=now - HALF_WRITTEN_FOR,
        loose=now - LOOSE_FOR,
        removed=now - REMOVED_FOR,
    )
    if not old:
        return 0
    named = {word for form in drafted_forms(context.connection, context.hall_id) for word in _texts(form)}
    gone = [one for one in old if str(one) not in named]
    delete_attachments(context.connection, context.hall_id, gone)
    if gone:
        context.record("attachments_swept", data={"count": len(gone)})
    return len(gone)


def known_attachment(context: Context, attachment: UUID) -> AttachmentRow:
    """Give a whole attachment that may be seen and was not taken back; Refused attachment_unknown."""
    row = attachment_row(context.connection, context.hall_id, attachment)
    if row is None or row.removed_at is not None or not _may_see(context, row):
        raise Refused("attachment_unknown")
    return row


def _may_see(context: Context, row: AttachmentRow) -> bool:
    """Say whether it lies on a request the one who asks may see, or on the own form."""
    if row.request_id is None:
        return row.added_by == context.staff.account_id
    return is_in_sight(context, row.request_id)


def record_attachment(context: Context, kind: str, row: AttachmentRow) -> None:
    """Note an act in the log: which file, never what it is called."""
    data = {"attachment": str(row.id), "media": row.media, "size": row.size}
    context.record(kind, Topic.PAPERS, request=row.request_id, data=data)


def _texts(value: object) -> set[str]:
    """Give every text inside a form, however it is built."""
    if isinstance(value, dict):
        return {text for member in value.values() for text in _texts(member)} | {str(key) for key in value}
    if isinstance(value, list):
        return {text for member in value for text in _texts(member)}
    return {value} if isinstance(value, str) else set()
