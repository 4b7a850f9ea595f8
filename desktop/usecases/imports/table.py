"""Reading a list somebody else made: a CSV or Excel file with columns called this way or that; hostile until read.

Nothing is guessed in silence: what cannot be read is Refused with the reason, and every row keeps its line.
"""

import csv
import io
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from desktop.usecases.refused import Refused

MAX_BYTES: Final = 64 * 1024 * 1024
MAX_UNPACKED: Final = 1024 * 1024 * 1024
MAX_ROWS: Final = 200_000
MAX_CELL: Final = 200_000
"""Characters of one cell that are looked at at all."""

Cell = str | datetime | date
Columns = Mapping[str, Sequence[str]]
"""For each field the names its column may have."""

_ENCODINGS: Final = ("utf-8-sig", "gb18030")
_DELIMITERS: Final = ",\t;"
_SHEETS: Final = frozenset({".xlsx", ".xlsm"})
_NO_WORKBOOK: Final = (
    KeyError, IndexError, AttributeError, ValueError, TypeError, OSError, SyntaxError, EOFError, zlib.error,
    zipfile.BadZipFile, NotImplementedError,
)  # fmt: skip
"""What the library raises over an archive that only looks like a workbook."""


@dataclass(frozen=True)
class TableRow:
    """One row: the line (of a CSV) or row (of a sheet) where it begins, and what its known columns say."""

    line: int
    cells: Mapping[str, Cell]
    surplus: int = 0
    """How many cells stand beyond the last column."""

    def text(self, field: str) -> str:
        """Give a cell as it was written; an empty or missing one is empty."""
        return str(self.cells.get(field, "")).strip()


@dataclass(frozen=True)
class Table:
    """A list as read: its rows in order, which fields it has, and the columns nobody here knows."""

    rows: tuple[TableRow, ...]
    fields: frozenset[str]
    unknown: tuple[str, ...]


def read_table(path: Path, columns: Columns, needed: Sequence[str]) -> Table:
    """Read a CSV (UTF-8, GB18030 or UTF-16) or the first sheet of an Excel file.

    Refused file_missing, file_unreadable, file_too_large (limit), file_not_a_table, encoding_unknown, list_empty,
    columns_missing (columns), column_twice (column), rows_too_many (limit), row_unreadable (line).
    """
    raw = _bytes_of(path)
    records = _sheet_records(raw) if path.suffix.lower() in _SHEETS else _text_records(raw)
    first = next(records, None)
    if first is None:
        raise Refused("list_empty")
    fields, unknown = _fields(first[1], columns)
    missing = [field for field in needed if field not in fields.values()]
    if missing:
        raise Refused("columns_missing", columns=tuple(columns[field][0] for field in missing))
    return Table(tuple(_rows(records, fields, len(first[1]))), frozenset(fields.values()), unknown)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Refused("file_too_large", limit=MAX_BYTES // (1024 * 1024))
        return path.read_bytes()
    except FileNotFoundError:
        raise Refused("file_missing", file=path.name) from None
    except OSError:
        raise Refused("file_unreadable", file=path.name) from None


def _fields(header: Sequence[Cell], columns: Columns) -> tuple[dict[int, str], tuple[str, ...]]:
    """Say which column holds which field, by the names it may have; two columns of one field are no list."""
    named = {_plain(name): field for field, names in columns.items() for name in names}
    found: dict[int, str] = {}
    unknown: list[str] = []
    for at, title in enumerate(header):
        field = named.get(_plain(str(title)))
        if field is None:
            unknown.append(str(title)[:40])
        elif field in found.values():
            raise Refused("column_twice", column=str(title)[:40])
        else:
            found[at] = field
    return found, tuple(title for title in unknown if title.strip())


def _rows(records: Iterator[tuple[int, Sequence[Cell]]], fields: Mapping[int, str], width: int) -> Iterator[TableRow]:
    for count, (line, cells) in enumerate(records):
        if count >= MAX_ROWS:
            raise Refused("rows_too_many", limit=MAX_ROWS)
        if any(cell != "" for cell in cells):
            known = {field: cells[at] for at, field in fields.items() if at < len(cells)}
            yield TableRow(line, known, sum(cell != "" for cell in cells[width:]))


def _text_records(raw: bytes) -> Iterator[tuple[int, Sequence[Cell]]]:
    text = _decoded(raw)
    head = text[: text.find("\n")] if "\n" in text else text
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    limit = csv.field_size_limit(MAX_CELL)
    line = 1
    try:
        for cells in reader:
            yield line, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error:
        raise Refused("row_unreadable", line=line) from None
    finally:
        csv.field_size_limit(limit)


def _decoded(raw: bytes) -> str:
    if raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        encodings: Sequence[str] = ("utf-16",)
    else:
        encodings = _ENCODINGS
    if b"\x00" in raw and encodings is _ENCODINGS:
        raise Refused("file_not_a_table")
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("encoding_unknown")


def _sheet_records(raw: bytes) -> Iterator[tuple[int, Sequence[Cell]]]:
    _expect_a_small_archive(raw)
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and rules we do not read
            book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
            sheet = book.worksheets[0]
            for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
                yield number, [_cell(value) for value in row]
    except Refused:
        raise
    except (*_NO_WORKBOOK, InvalidFileException):
        raise Refused("file_not_a_table") from None


def _expect_a_small_archive(raw: bytes) -> None:
    """A workbook is an archive: one that unpacks to far more than any list is not unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
                raise Refused("file_too_large", limit=MAX_UNPACKED // (1024 * 1024))
    except zipfile.BadZipFile:
        raise Refused("file_not_a_table") from None


def _cell(value: object) -> Cell:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)[:MAX_CELL]


def _plain(title: str) -> str:
    """A column's name as it is compared: one width, small letters, no blanks, nothing in brackets."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    return "".join(folded.partition("(")[0].replace("_", "").replace("*", "").split())
