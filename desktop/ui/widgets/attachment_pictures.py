"""Pictures of attachments: decoded away from the window's thread, and no larger than they are shown."""

from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QTransform

from desktop.usecases.context import Context
from desktop.usecases.papers.attachments import AttachmentRow, see_attachment
from desktop.usecases.papers.file_kinds import CheckedFile, Media
from desktop.usecases.refused import Refused

_FORMATS = {Media.JPEG: b"jpeg", Media.PNG: b"png"}
_PROOF = 64


@dataclass(frozen=True)
class PictureWanted:
    """A picture of an attachment that fits into a square of so many dots a side."""

    attachment: UUID
    side: int


@dataclass(frozen=True)
class Picture:
    """An attachment as it is looked at; nothing of it can be drawn when it is a PDF."""

    row: AttachmentRow
    image: QImage | None


def picture_of(context: Context, wanted: PictureWanted) -> Picture:
    """Give an attachment as a picture, upright as the file says and not yet turned by hand."""
    seen = see_attachment(context, wanted.attachment)
    return Picture(seen.row, decoded(seen.content, Media(seen.row.media), wanted.side))


def decoded(content: bytes, media: Media, side: int) -> QImage | None:
    """Draw a picture no larger than needed; None for a PDF, and for what cannot be drawn.

    Only the reader of the picture's own kind is asked, so that no other format can hide in it.
    """
    kind = _FORMATS.get(media)
    if kind is None:
        return None
    data = QByteArray(content)
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(kind))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > side:
        reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1)))
    image = reader.read()
    return None if image.isNull() else image


def turned(image: QImage, quarters: int) -> QImage:
    """Turn a picture by quarters to the right."""
    return image if quarters % 4 == 0 else image.transformed(QTransform().rotate(90 * (quarters % 4)))


def prove_picture(file: CheckedFile) -> None:
    """See that a picture can be drawn before it is kept; Refused attachment_damaged."""
    if file.media in _FORMATS and decoded(file.content, file.media, _PROOF) is None:
        raise Refused("attachment_damaged")
