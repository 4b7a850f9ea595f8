"""Questions about attachments: which there are, the pieces of one, and which nothing points to any more."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, Select, delete, func, insert, select, update

from db.models.paper import Attachment, AttachmentChunk, Paper
from db.models.request import Request
from db.models.writing import Draft


class AttachmentRow(NamedTuple):
    """An attachment as it is listed."""

    id: UUID
    paper_id: UUID | None
    request_id: UUID | None
    name: str
    media: str
    size: int
    digest: str
    added_at: datetime
    added_by: UUID | None
    turned: int
    removed_at: datetime | None


_ROW = select(
    Attachment.id,
    Attachment.paper_id,
    Attachment.request_id,
    Attachment.name,
    Attachment.media,
    Attachment.size,
    Attachment.digest,
    Attachment.added_at,
    Attachment.added_by,
    Attachment.turned,
    Attachment.removed_at,
)


def attachment_row(connection: Connection, hall: UUID, attachment: UUID) -> AttachmentRow | None:
    """Return one whole attachment, be it taken back or not."""
    found = _whole(hall).where(Attachment.id == attachment)
    return _first(connection.execute(found).all())


def attachments_of(
    connection: Connection,
    hall: UUID,
    *,
    ids: Sequence[UUID] | None = None,
    request: UUID | None = None,
    paper: UUID | None = None,
) -> list[AttachmentRow]:
    """Return the attachments of a paper, else of a request, else those named, the first added first."""
    if paper is not None:
        chosen: ColumnElement[bool] = Attachment.paper_id == paper
    elif request is not None:
        chosen = Attachment.request_id == request
    else:
        chosen = Attachment.id.in_(ids or ())
    found = _whole(hall).where(chosen, Attachment.removed_at.is_(None)).order_by(Attachment.added_at, Attachment.id)
    return [AttachmentRow._make(row) for row in connection.execute(found)]


def same_files(connection: Connection, hall: UUID, digest: str) -> list[tuple[AttachmentRow, str | None]]:
    """Return the attachments with the same content, each with the number of its request if it has one."""
    found = (
        _whole(hall)
        .add_columns(Request.number)
        .outerjoin(Request, (Request.hall_id == Attachment.hall_id) & (Request.id == Attachment.request_id))
        .where(Attachment.digest == digest, Attachment.removed_at.is_(None))
        .order_by(Attachment.added_at)
    )
    return [(AttachmentRow._make(row[:-1]), row[-1]) for row in connection.execute(found)]


def paper_of_request(connection: Connection, hall: UUID, paper: UUID) -> UUID | None:
    """Return the request a paper was handed in for, or None when there is no such paper or it is on file only."""
    return connection.execute(select(Paper.request_id).where(Paper.hall_id == hall, Paper.id == paper)).scalar()


def insert_attachment(connection: Connection, row: dict[str, Any]) -> None:
    """Begin an attachment; it does not count before it is finished."""
    connection.execute(insert(Attachment).values(**row))


def insert_piece(connection: Connection, hall: UUID, attachment: UUID, number: int, sealed: bytes) -> None:
    """Keep one sealed piece."""
    row = {"hall_id": hall, "attachment_id": attachment, "no": number, "content": sealed}
    connection.execute(insert(AttachmentChunk).values(**row))


def unfinished(connection: Connection, hall: UUID, attachment: UUID) -> tuple[int, UUID | None] | None:
    """Return the size and the maker of an attachment whose pieces are still being written."""
    place = (Attachment.hall_id == hall, Attachment.id == attachment, Attachment.finished_at.is_(None))
    row = connection.execute(select(Attachment.size, Attachment.added_by).where(*place)).first()
    return None if row is None else (row[0], row[1])


def pieces_kept(connection: Connection, hall: UUID, attachment: UUID) -> int:
    """Return how many pieces of an attachment are there."""
    place = (AttachmentChunk.hall_id == hall, AttachmentChunk.attachment_id == attachment)
    return int(connection.execute(select(func.count()).select_from(AttachmentChunk).where(*place)).scalar_one())


def pieces(connection: Connection, hall: UUID, attachment: UUID) -> Iterator[tuple[int, bytes]]:
    """Give the sealed pieces of an attachment in their order."""
    place = (AttachmentChunk.hall_id == hall, AttachmentChunk.attachment_id == attachment)
    found = select(AttachmentChunk.no, AttachmentChunk.content).where(*place).order_by(AttachmentChunk.no)
    for number, content in connection.execute(found):
        yield number, bytes(content)


def change_attachment(connection: Connection, hall: UUID, attachment: UUID, **values: object) -> None:
    """Change what is kept about an attachment; its pieces never change."""
    place = (Attachment.hall_id == hall, Attachment.id == attachment)
    connection.execute(update(Attachment).where(*place).values(**values))


def delete_attachments(connection: Connection, hall: UUID, ids: Sequence[UUID]) -> None:
    """Delete attachments with all their pieces."""
    if not ids:
        return
    of_pieces = (AttachmentChunk.hall_id == hall, AttachmentChunk.attachment_id.in_(ids))
    connection.execute(delete(AttachmentChunk).where(*of_pieces))
    connection.execute(delete(Attachment).where(Attachment.hall_id == hall, Attachment.id.in_(ids)))


def left_over(connection: Connection, hall: UUID, *, half: datetime, loose: datetime, removed: datetime) -> list[UUID]:
    """Return what may go: half-written since before `half`, on no request since `loose`, taken back since `removed`."""
    old = (
        (Attachment.finished_at.is_(None) & (Attachment.added_at < half))
        | (Attachment.request_id.is_(None) & Attachment.paper_id.is_(None) & (Attachment.added_at < loose))
        | (Attachment.removed_at < removed)
    )
    return list(connection.execute(select(Attachment.id).where(Attachment.hall_id == hall, old)).scalars())


def drafted_forms(connection: Connection, hall: UUID) -> list[dict[str, Any]]:
    """Return every half-typed form, which may name attachments."""
    return list(connection.execute(select(Draft.form).where(Draft.hall_id == hall)).scalars())


def _whole(hall: UUID) -> "Select[*tuple[Any, ...]]":
    return _ROW.where(Attachment.hall_id == hall, Attachment.finished_at.is_not(None))


def _first(rows: Sequence[Row[Any]]) -> AttachmentRow | None:
    return AttachmentRow._make(rows[0]) if rows else None
