"""Where the pages of a letter may not break: after a heading, inside a short paragraph, a row or a seal's place.

Pure: it is told on which page every piece came to lie, and answers which piece must open a new page.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

SHORT = 5
"""A paragraph of so many lines is never torn."""
ENDING = 3
"""The seal's place, the foot below it and the piece above it go together; what stands before these stays behind."""

_TABLE = re.compile(r"<table\b")
_ROW = re.compile(r"<tr\b")
_OPENING = re.compile(r"<table\b[^>]*>\s*<thead>.*?</thead>", re.DOTALL)


class PieceKind(StrEnum):
    """What a piece of a letter is, as far as page breaks go."""

    HEADING = "heading"
    TEXT = "text"
    WHOLE_TABLE = "whole_table"
    ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last page a piece lies on, and its height in layout units."""

    first: int
    last: int
    height: float

    @property
    def torn(self) -> bool:
        """Whether it lies on more than one page."""
        return self.first != self.last


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, a heading or a table as it came to lie; only a table of rows has rows."""

    kind: PieceKind
    span: Span
    lines: int = 1
    rows: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Break:
    """A piece that must open a new page, or one of its rows after the first."""

    piece: int
    row: int = 0


def next_break(pieces: Sequence[Piece], page_height: float, asked: Mapping[Break, int]) -> Break | None:
    """Give the first piece that must open a new page, or nothing when the pages are well broken.

    The caller makes the break, forgets those after it (what they were for now lies elsewhere), lays out
    again and asks again. ``asked`` counts how often a break was given: never more than twice.
    """
    for index, piece in enumerate(pieces):
        wanted = _wanted(pieces, index, page_height) or _row_wanted(piece, index, page_height)
        if wanted is not None and asked.get(wanted, 0) < 2 and not _opens_page(pieces, wanted):
            return wanted
    return None


def _wanted(pieces: Sequence[Piece], index: int, page_height: float) -> Break | None:
    """Give the break a piece as a whole asks for."""
    piece = pieces[index]
    if piece.kind is PieceKind.ROWS:
        opening = piece.rows[0]
        torn = opening.first != piece.span.first or (opening.torn and opening.height <= page_height)
    elif piece.kind is PieceKind.WHOLE_TABLE:
        torn = piece.span.torn and piece.span.height <= page_height
    else:
        torn = piece.span.torn and piece.lines <= SHORT
    if torn:
        return Break(_start_of_group(pieces, index))
    return _parted_from_next(pieces, index, page_height)


def _parted_from_next(pieces: Sequence[Piece], index: int, page_height: float) -> Break | None:
    """Give the break of a piece that the next one has left behind: a heading, or the words over a seal."""
    if index + 1 == len(pieces) or pieces[index + 1].span.first == pieces[index].span.last:
        return None
    piece, after = pieces[index], pieces[index + 1]
    fits = piece.span.height + after.span.height <= page_height
    ending = index >= len(pieces) - ENDING
    with_seal = ending and after.kind is PieceKind.WHOLE_TABLE and piece.kind is not PieceKind.ROWS and fits
    if piece.kind is PieceKind.HEADING or with_seal:
        return Break(_start_of_group(pieces, index))
    return None


def _row_wanted(piece: Piece, index: int, page_height: float) -> Break | None:
    """Give the first row after the opening one that is torn although it would fit a page."""
    for number, row in enumerate(piece.rows[1:], start=1):
        if row.torn and row.height <= page_height:
            return Break(index, number)
    return None


def _start_of_group(pieces: Sequence[Piece], index: int) -> int:
    """Go back over the headings a piece stands under."""
    while index > 0 and pieces[index - 1].kind is PieceKind.HEADING:
        index -= 1
    return index


def _opens_page(pieces: Sequence[Piece], wanted: Break) -> bool:
    """Say whether a piece is the first on its page already, so that a break would change nothing."""
    if wanted.row:
        return False
    return wanted.piece == 0 or pieces[wanted.piece - 1].span.last < pieces[wanted.piece].span.first


def split_table(html: str, table: int, row: int) -> str:
    """Begin a table anew, under the same headings, at one of its rows; both are counted from 0.

    A row that is told to open a page inside its table may leave a page empty; a table of its own does not.
    """
    start = [found.start() for found in _TABLE.finditer(html)][table]
    end = html.index("</table>", start)
    opening = _OPENING.match(html, start)
    if opening is None:
        raise ValueError("a table without headings has no rows to split")
    rows = [found.start() for found in _ROW.finditer(html, opening.end(), end)]
    return f"{html[: rows[row]]}</table>{opening[0]}{html[rows[row] :]}"
