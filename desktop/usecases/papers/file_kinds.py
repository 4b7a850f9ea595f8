"""Files brought to the counter: known by what they hold, never by what they are called, and whole or refused."""

import os
import stat
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NoReturn

from desktop.cleaning import clean_line
from desktop.usecases.refused import Refused

MOST_PIXELS: Final = 60_000_000
"""A sheet of A3 at 500 dots per inch has 48 million; a picture of more would fill the memory of a seat."""

_READ: Final = 256 * 1024
_STEM_POINTS: Final = 100
_NOT_IN_NAMES: Final = str.maketrans(dict.fromkeys('<>:"|?*', "_"))
_RESERVED: Final = {"CON", "PRN", "AUX", "NUL", *(f"{port}{no}" for port in ("COM", "LPT") for no in range(1, 10))}
_ACTIVE: Final = (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/RichMedia")
"""What makes a PDF do things when it is opened; shorter marks would be found in any picture by chance."""

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8\xff"
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})


class Media(StrEnum):
    """The kinds of files that are taken."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    PDF = "application/pdf"


ENDINGS: Final[dict[Media, tuple[str, ...]]] = {
    Media.JPEG: ("jpg", "jpeg", "jpe", "jfif"),
    Media.PNG: ("png",),
    Media.PDF: ("pdf",),
}


@dataclass(frozen=True, repr=False)
class CheckedFile:
    """A file that may be taken: its clean name, its kind, and its content as it came."""

    name: str
    media: Media
    content: bytes


def read_file(path: str, limit: int, go_on: Callable[[int, int], bool] = lambda _done, _of: True) -> bytes:
    """Read a file of at most `limit` bytes; its size is asked before a single byte is read.

    `go_on(done, of)` is told how far it is; answered False, reading stops. Refused attachment_gone,
    attachment_not_a_file (a folder, a pipe or a device), attachment_empty, attachment_too_large (size, limit),
    attachment_stopped.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError):  # a name with a NUL in it is none
        raise Refused("attachment_gone") from None
    try:
        return _read_open(descriptor, limit, go_on)
    except OSError:  # a stick pulled out, a share gone
        raise Refused("attachment_gone") from None
    finally:
        os.close(descriptor)


def _read_open(descriptor: int, limit: int, go_on: Callable[[int, int], bool]) -> bytes:
    about = os.fstat(descriptor)
    if not stat.S_ISREG(about.st_mode):
        raise Refused("attachment_not_a_file")
    check_size(about.st_size, limit)
    content = bytearray()
    while piece := os.read(descriptor, _READ):
        content += piece
        check_size(len(content), limit)  # it may grow while it is read
        if not go_on(len(content), about.st_size):
            raise Refused("attachment_stopped")
    check_size(len(content), limit)
    return bytes(content)


def check_size(size: int, limit: int) -> None:
    """Refuse a file that is empty or larger than the limit, both in bytes."""
    if size == 0:
        raise Refused("attachment_empty")
    if size > limit:
        raise Refused("attachment_too_large", size=size_words(size), limit=size_words(limit))


def check_file(name: str, content: bytes) -> CheckedFile:
    """Say what a file is by its content, see that it is whole, and give it a name without tricks.

    Refused attachment_kind, attachment_name_differs (ending, kind), attachment_cut, attachment_damaged,
    attachment_too_many_pixels (pixels, limit), attachment_active.
    """
    media = media_of(content)
    if media is None:
        raise Refused("attachment_kind")
    clean, ending = _parted(name)
    if ending and ending.lower() not in ENDINGS[media]:
        raise Refused("attachment_name_differs", ending=ending, kind=kind_word(media))
    _CHECKS[media](content)
    return CheckedFile(f"{clean}.{ending.lower() or ENDINGS[media][0]}", media, content)


def media_of(content: bytes) -> Media | None:
    """Tell the kind by the first bytes; None for every other kind."""
    if content.startswith(_PNG):
        return Media.PNG
    if content.startswith(_JPEG):
        return Media.JPEG
    if b"%PDF-" in content[:1024]:
        return Media.PDF
    return None


def kind_word(media: Media) -> str:
    """Name a kind as people know it, in every language."""
    return media.name


def size_words(size: int) -> str:
    """Say a size in bytes as people know it: 0.3 KB, 1.5 MB, 1.0 GB."""
    for unit, of in (("GB", 1 << 30), ("MB", 1 << 20)):
        if size >= of:
            return f"{size / of:.1f} {unit}".replace(".0 ", " ")
    return f"{max(0.1, size / 1024):.1f} KB".replace(".0 ", " ")


def clean_file_name(name: str) -> str:
    """Return a name that is only a name: no folders, no hidden or turning characters, nothing a system reserves."""
    clean, ending = _parted(name)
    return f"{clean}.{ending}" if ending else clean


def _parted(name: str) -> tuple[str, str]:
    """Return the clean stem of a file's name and its ending without the dot."""
    readable = name.encode("utf-8", "replace").decode()  # names on a disk need not be text
    last = readable.replace("\\", "/").rstrip("/").rpartition("/")[2]
    tidy = clean_line(last[:1024], max_points=1024).translate(_NOT_IN_NAMES).strip(". ")
    stem, _dot, ending = tidy.rpartition(".")
    if not stem or len(ending) > 8 or not ending.isascii() or not ending.isalnum():
        stem, ending = tidy, ""
    stem = stem.strip(". ")[:_STEM_POINTS] or "scan"
    return (f"_{stem}" if stem.upper() in _RESERVED else stem), ending


def _check_png(content: bytes) -> None:
    """See that every chunk is there and as it was written, up to the end mark."""
    at, dots = len(_PNG), 0
    while True:
        if at + 12 > len(content):
            _cut()
        length, kind = struct.unpack_from(">I4s", content, at)
        end = at + 12 + length
        if end > len(content):
            _cut()
        if zlib.crc32(memoryview(content)[at + 4 : end - 4]) != int.from_bytes(content[end - 4 : end], "big"):
            _damaged()
        if kind == b"IHDR" and length == 13:
            dots = _check_pixels(*struct.unpack_from(">II", content, at + 8))
        if kind == b"IEND":
            break
        at = end
    if not dots:
        _damaged()


def _check_jpeg(content: bytes) -> None:
    """Follow the segments to the picture itself, and see that its end mark is there."""
    at, dots = 2, 0
    while at + 4 <= len(content):
        if content[at] != 0xFF:
            _damaged()
        marker = content[at + 1]
        if marker == 0xFF or marker in _ALONE:
            at += 1 if marker == 0xFF else 2
            continue
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        if length < 2:
            _damaged()
        if marker in _FRAMES and length >= 8 and at + 9 <= len(content):
            height, width = struct.unpack_from(">HH", content, at + 5)
            dots = _check_pixels(width, height)
        if marker == 0xDA:
            if not dots:
                _damaged()
            if content.find(b"\xff\xd9", at + 2 + length) < 0:
                _cut()
            return
        at += 2 + length
    _cut()


def _check_pdf(content: bytes) -> None:
    """See that the end mark is there, and that the file does nothing by itself when it is opened."""
    if b"%%EOF" not in content[-2048:]:
        _cut()
    if any(mark in content for mark in _ACTIVE):
        raise Refused("attachment_active")


def _check_pixels(width: int, height: int) -> int:
    if not width or not height:
        _damaged()
    if width * height > MOST_PIXELS:
        raise Refused("attachment_too_many_pixels", width=width, height=height)
    return width * height


def _cut() -> NoReturn:
    raise Refused("attachment_cut")


def _damaged() -> NoReturn:
    raise Refused("attachment_damaged")


_CHECKS: Final[dict[Media, Callable[[bytes], None]]] = {
    Media.PNG: _check_png,
    Media.JPEG: _check_jpeg,
    Media.PDF: _check_pdf,
}
