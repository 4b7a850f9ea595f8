"""The last touch on a PDF file: its letter's date inside, and every glyph under the name of its character.

Qt names a glyph after the lowest code that shares it, so that 食 is copied and found as the radical ⻝, and
gives no name to characters beyond the first plane. What is read back, searched or spoken must be what was written.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

_FILE_DATES = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)\d{14}")
_XMP_DATES = re.compile(rb'(xmp:(?:Create|Modify|Metadata)Date=")\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d')
_TABLE_AT = re.compile(rb"startxref\n(\d+)")
_ENTRY = re.compile(rb"(\d{10}) \d{5} ([nf])")
_FACE = re.compile(rb"/BaseFont /(\S+)\n.*?/ToUnicode (\d+) 0 R", re.DOTALL)
_NAMES = re.compile(rb"<< /Length \d+ >>\nstream\n(.*?)(?:\d+ beginbf.*)?(endcmap.*?)\nendstream", re.DOTALL)
_RANGE = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]{4})> (?:<([0-9A-F]+)>|\[([^\]]*)\])")
_CODE = re.compile(rb"<([0-9A-F]+)>")
_MOST_NAMES = 100
"""What one block of a table of names may hold, by the format."""


@dataclass(frozen=True, slots=True)
class FaceNames:
    """What a face's table of names should say: right names for wrong ones, and those left out, in order of use."""

    mended: Mapping[str, str]
    unnamed: Sequence[str]


def finish(pdf: bytes, day: date, faces: Mapping[str, FaceNames]) -> bytes:
    """Date a file as its letter, and name its glyphs; ``faces`` is by the name of the face inside the file."""
    pdf = _FILE_DATES.sub(rb"\g<1>" + day.isoformat().replace("-", "").encode() + b"000000", pdf)
    pdf = _XMP_DATES.sub(rb"\g<1>" + day.isoformat().encode() + b"T00:00:00", pdf)
    objects = _objects(pdf)
    for face, number in _tables(objects):
        if face in faces:
            objects[number] = _NAMES.sub(partial(_renamed, names=faces[face]), objects[number])
    return _put_together(pdf, objects)


def _objects(pdf: bytes) -> dict[int, bytes]:
    """Take a file apart into its objects by number, in the order they stand in it."""
    table_at = _found_table(pdf)
    entries = enumerate(_ENTRY.findall(pdf, table_at))
    starts = sorted((int(place), number) for number, (place, use) in entries if use == b"n")
    ends = [place for place, _number in starts[1:]] + [table_at]
    return {number: pdf[start:end] for (start, number), end in zip(starts, ends, strict=True)}


def _put_together(pdf: bytes, objects: Mapping[int, bytes]) -> bytes:
    """Put the objects of a file one after the other, and write anew where each begins."""
    places, written = {}, bytearray(pdf[: pdf.index(next(iter(objects.values()))[:16])])
    for number, whole in objects.items():
        places[number] = len(written)
        written += whole
    table_at, size = len(written), max(places) + 1
    entries = (b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n" for n in range(size))
    written += b"xref\n0 %d\n" % size + b"".join(entries)
    trailer = pdf[pdf.index(b"trailer\n", _found_table(pdf)) :]
    return bytes(written) + _TABLE_AT.sub(b"startxref\n%d" % table_at, trailer)


def _found_table(pdf: bytes) -> int:
    """Find where a file says the places of its objects stand."""
    found = _TABLE_AT.search(pdf, pdf.rindex(b"startxref"))
    if found is None:
        raise ValueError("a file without a table of its objects")
    return int(found[1])


def _tables(objects: Mapping[int, bytes]) -> list[tuple[str, int]]:
    """Find the table of names of every face in a file."""
    found = (_FACE.search(whole) for whole in objects.values())
    return [(face[1].decode(), int(face[2])) for face in found if face]


def _renamed(table: re.Match[bytes], names: FaceNames) -> bytes:
    """Give a table of names mended, with its new length."""
    body = table[1] + b"".join(_blocks(_right_names(table[0], names))) + table[2]
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(body), body)


def _right_names(table: bytes, names: FaceNames) -> dict[int, str]:
    """Name every glyph; those without a name take the ones left out in order, unless there are too few of these.

    Glyphs are numbered by first use, so that the order of use is the order of numbers.
    """
    named = {glyph: names.mended.get(name, name) for glyph, name in _named(table)}
    last = max(named, default=0)
    gaps = [glyph for glyph in range(1, last) if glyph not in named]
    if len(gaps) <= len(names.unnamed):
        places = [*gaps, *range(last + 1, last + 1 + len(names.unnamed) - len(gaps))]
        named |= dict(zip(places, names.unnamed, strict=True))
    return dict(sorted(named.items()))


def _named(table: bytes) -> Iterator[tuple[int, str]]:
    """Read the names of a table: glyph and character. Glyph 0 stands for what is missing and has none."""
    for found in _RANGE.finditer(table):
        first, last = int(found[1], 16), int(found[2], 16)
        codes = [int(code, 16) for code in _CODE.findall(found[4])] if found[4] is not None else None
        for glyph in range(max(first, 1), last + 1):
            code = int(found[3], 16) + glyph - first if codes is None else codes[glyph - first]
            if code:
                yield glyph, chr(code)


def _blocks(named: Mapping[int, str]) -> Iterator[bytes]:
    """Write names one a line, in blocks as large as the format allows."""
    lines = [
        b"<%04X> <%s>\n" % (glyph, name.encode("utf-16-be").hex().upper().encode()) for glyph, name in named.items()
    ]
    for start in range(0, len(lines), _MOST_NAMES):
        block = lines[start : start + _MOST_NAMES]
        yield b"%d beginbfchar\n%sendbfchar\n" % (len(block), b"".join(block))
