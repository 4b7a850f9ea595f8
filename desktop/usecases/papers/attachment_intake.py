"""Taking a file in: its size first, then its kind, then its pieces one by one; it counts when all of them are there."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from db.faults import StorageFault
from db.ids import new_id
from db.queries.attachments import (
    AttachmentRow,
    change_attachment,
    delete_attachments,
    insert_attachment,
    insert_piece,
    paper_of_request,
    pieces_kept,
    same_files,
    unfinished,
)
from db.queries.requests import request_row
from db.sealed_pieces import PIECE, digest_of, seal_piece
from desktop.usecases.context import Context, Session
from desktop.usecases.papers.attachments import Place, attachment_limit, known_attachment, record_attachment
from desktop.usecases.papers.file_kinds import CheckedFile, check_file, check_size, read_file
from desktop.usecases.permissions import Permission
from desktop.usecases.refused import Refused

__all__ = ["Added", "FileToAttach", "attach"]


@dataclass(frozen=True, repr=False)
class FileToAttach:
    """A file at a path, or content that never was a file (pasted), and where it is to lie."""

    name: str
    place: Place
    path: str = ""
    content: bytes = b""


@dataclass(frozen=True)
class Added:
    """An attachment that is there now, and the numbers of other requests that hold the same file."""

    row: AttachmentRow
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, repr=False)
class _Begin:
    file: CheckedFile
    place: Place


@dataclass(frozen=True, repr=False)
class _Piece:
    attachment: UUID
    number: int
    content: bytes


@dataclass(frozen=True)
class _Finish:
    attachment: UUID


class Performs(Protocol):
    """Whoever carries out use cases, each in one transaction."""

    def write(self, session: Session | None, use_case: Any, command: Any, op: UUID | None = None) -> Any:
        """Carry out an act."""

    def read(self, session: Session | None, use_case: Any, query: Any) -> Any:
        """Answer a question."""


def attach(
    performer: Performs,
    session: Session | None,
    file: FileToAttach,
    report: Callable[[int, int], bool],
    prove: Callable[[CheckedFile], None] = lambda _file: None,
) -> Added:
    """Take a file in: look at its size, read and check it, write it piece by piece, and let it count at the end.

    `report(done, of)` is told bytes, and answers whether to go on; `prove` may refuse what cannot be drawn. Stopped,
    refused or failed, nothing is left of the file. Refused as `file_kinds` says, attachment_twice when it is there.
    """
    limit = performer.read(session, attachment_limit, None)
    content = file.content
    if file.path:
        content = read_file(file.path, limit, lambda _done, _of: report(0, 0))
    check_size(len(content), limit)
    checked = check_file(file.name, content)
    prove(checked)
    attachment: UUID = performer.write(session, _begin_attachment, _Begin(checked, file.place)).value
    try:
        _write_pieces(performer, session, attachment, content, report)
        added: Added = performer.write(session, _finish_attachment, _Finish(attachment)).value
    except BaseException:
        _forget(performer, session, attachment)
        raise
    return added


def _write_pieces(
    performer: Performs, session: Session | None, attachment: UUID, content: bytes, report: Callable[[int, int], bool]
) -> None:
    """Write a file in pieces, each an act of its own, so that other seats get their turn in between."""
    for number, at in enumerate(range(0, len(content), PIECE)):
        if not report(at, len(content)):
            raise Refused("attachment_stopped")
        performer.write(session, _add_piece, _Piece(attachment, number, content[at : at + PIECE]))
    report(len(content), len(content))


def _forget(performer: Performs, session: Session | None, attachment: UUID) -> None:
    """Take back what has been written of a file; where even that fails, the sweep takes it later."""
    try:
        performer.write(session, _drop_unfinished, attachment)
    except (Refused, StorageFault):
        return


def _begin_attachment(context: Context, command: _Begin) -> UUID:
    session = context.require(Permission.ATTACH)
    file, place = command.file, _checked_place(context, command.place)
    check_size(len(file.content), attachment_limit(context))
    digest = digest_of(context.keys, hashlib.sha256(file.content).digest())
    twin = next((row for row, _number in _same(context, digest) if _lies_at(row, place)), None)
    if twin is not None:
        raise Refused("attachment_twice", name=twin.name)
    attachment = new_id()
    insert_attachment(
        context.connection,
        {
            "hall_id": context.hall_id,
            "id": attachment,
            "paper_id": place.paper,
            "request_id": place.request,
            "name": file.name,
            "media": file.media.value,
            "size": len(file.content),
            "digest": digest,
            "added_at": context.now,
            "added_by": session.account_id,
            "finished_at": None,
            "turned": 0,
            "removed_at": None,
        },
    )
    return attachment


def _add_piece(context: Context, command: _Piece) -> None:
    context.require(Permission.ATTACH)
    _own_unfinished(context, command.attachment)
    sealed = seal_piece(context.keys, command.attachment, command.number, command.content)
    insert_piece(context.connection, context.hall_id, command.attachment, command.number, sealed)


def _finish_attachment(context: Context, command: _Finish) -> Added:
    context.require(Permission.ATTACH)
    size = _own_unfinished(context, command.attachment)
    if pieces_kept(context.connection, context.hall_id, command.attachment) != -(-size // PIECE):
        raise Refused("attachment_unknown")
    change_attachment(context.connection, context.hall_id, command.attachment, finished_at=context.now)
    row = known_attachment(context, command.attachment)
    record_attachment(context, "attachment_added", row)
    others = {number for same, number in _same(context, row.digest) if number and same.request_id != row.request_id}
    return Added(row, tuple(sorted(others)))


def _drop_unfinished(context: Context, attachment: UUID) -> None:
    context.require(Permission.ATTACH)
    _own_unfinished(context, attachment)
    delete_attachments(context.connection, context.hall_id, [attachment])


def _own_unfinished(context: Context, attachment: UUID) -> int:
    """Give the size of a file that this account is taking in; Refused attachment_unknown."""
    found = unfinished(context.connection, context.hall_id, attachment)
    if found is None or found[1] != context.staff.account_id:
        raise Refused("attachment_unknown")
    return found[0]


def _checked_place(context: Context, place: Place) -> Place:
    """Give the place with the request of its paper; Refused request_unknown, paper_unknown."""
    if place.paper is not None:
        request = paper_of_request(context.connection, context.hall_id, place.paper)
        if request is None or place.request not in (None, request):
            raise Refused("paper_unknown")
        return Place(request, place.paper)
    if place.request is not None and request_row(context.connection, context.hall_id, place.request) is None:
        raise Refused("request_unknown")
    return place


def _lies_at(row: AttachmentRow, place: Place) -> bool:
    if place.request is None:
        return row.id in place.form
    return (row.request_id, row.paper_id) == (place.request, place.paper)


def _same(context: Context, digest: str) -> list[tuple[AttachmentRow, str | None]]:
    return same_files(context.connection, context.hall_id, digest)
