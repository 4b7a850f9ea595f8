"""Taking a list out of the hall: the rows the screen shows, as a table other programs open and take for text only.

Whoever takes out people's data is noted in the log with how many rows it was, before a file is written.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from desktop.cleaning import CELL_UNITS, TextFault, spreadsheet_safe
from desktop.masking import mask_id
from desktop.usecases.context import Context, Session
from desktop.usecases.papers.attachment_intake import Performs
from desktop.usecases.permissions import Permission, allowed
from desktop.usecases.refused import Refused

__all__ = ["Listing", "NoteExport", "Table", "TableForm", "note_export", "take_out", "written"]

MOST_ROWS: Final = 50_000
"""What one export may hold; more than that is a copy of the records, which is another act."""
PAGE_ROWS: Final = 500
_WIDEST: Final = 60
_IDENTITY_NUMBER: Final = re.compile(r"(?<![0-9A-Za-z])(?:[0-9]{17}[0-9Xx]|[0-9]{15})(?![0-9A-Za-z])")
"""The shapes of GB 11643: 18 signs, and the 15 of old cards."""


class TableForm(StrEnum):
    """The forms a table can be taken out in; the value is the ending of its file."""

    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True, repr=False)
class Table:
    """Names of columns and rows of texts, as the screen shows them."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, repr=False)
class Listing:
    """A list that is to be taken out: how a page of it is read, where it goes on, and how its rows are shown.

    `query` has the fields `before` and `limit`; `after` gives the place for the next page's `before`, None at the
    end; `cells` are those of the screen, so that an export never differs from it.
    """

    name: str
    header: tuple[str, ...]
    see: Callable[[Context, Any], Any]
    query: Any
    after: Callable[[Any], object]
    cells: Callable[[Any], Iterable[Sequence[str]]]


@dataclass(frozen=True)
class NoteExport:
    """What was taken out, for the log: the kind of list, how many rows, in which form; never what was searched."""

    kind: str
    rows: int
    form: TableForm


def take_out(
    performer: Performs,
    session: Session | None,
    listing: Listing,
    form: TableForm,
    report: Callable[[int, int], bool] = lambda _done, _of: True,
) -> bytes:
    """Read a list to its end, note it in the log, and give the file.

    Who may not see identity numbers gets them masked. `report(done, of)` is told rows (of is 0, nobody knows yet), and
    answers whether to go on. Refused not_allowed, export_too_large (limit), export_stopped: then nothing was noted and
    there is no file.
    """
    whole = performer.read(session, may_export, None)
    rows: list[tuple[str, ...]] = []
    query = replace(listing.query, before=None, limit=PAGE_ROWS)
    while True:
        page = performer.read(session, listing.see, query)
        rows += [tuple(cell if whole else masked(cell) for cell in row) for row in listing.cells(page)]
        if len(rows) > MOST_ROWS:
            raise Refused("export_too_large", limit=MOST_ROWS)
        if not report(len(rows), 0):
            raise Refused("export_stopped")
        place = listing.after(page)
        if place is None:
            break
        query = replace(query, before=place)
    table = Table(listing.name, listing.header, tuple(rows))
    content = written(table, form)
    performer.write(session, note_export, NoteExport("requests", len(rows), form))
    return content


def may_export(context: Context, _query: None = None) -> bool:
    """Ask whether somebody may take out lists at all, before a row is read; and identity numbers whole."""
    staff = context.require(Permission.EXPORT)
    return allowed(staff.roles, Permission.SEE_IDENTIFIER)


def masked(cell: str) -> str:
    """Mask whatever in a cell looks like a person's identity number, wherever somebody has typed it."""
    return _IDENTITY_NUMBER.sub(lambda found: mask_id(found.group()), cell)


def note_export(context: Context, command: NoteExport) -> None:
    """Note in the log that people's data were taken out of the hall."""
    context.require(Permission.EXPORT)
    data = {"list": command.kind, "rows": command.rows, "form": command.form.value}
    context.record("list_exported", data=data)


def written(table: Table, form: TableForm) -> bytes:
    """Write a table as a file in which every cell is text and none is a formula."""
    return _csv(table) if form is TableForm.CSV else _xlsx(table)


def _csv(table: Table) -> bytes:
    """UTF-8 with the mark by which Excel knows it; every cell in quotes."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in (table.header, *table.rows):
        writer.writerow([_safe(cell) for cell in row])
    return stream.getvalue().encode("utf-8-sig")


def _xlsx(table: Table) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_name(table.name))
    sheet.freeze_panes = "A2"
    for at, width in enumerate(_widths(table)):
        sheet.column_dimensions[chr(ord("A") + at)].width = width
    bold = Font(bold=True)
    for number, row in enumerate((table.header, *table.rows)):
        cells = [_text_cell(sheet, cell) for cell in row]
        if number == 0:
            for cell in cells:
                cell.font = bold
        sheet.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _text_cell(sheet: Any, text: str) -> Any:  # the stubs take the maker of such cells for no type
    cell = WriteOnlyCell(sheet, value=_safe(text))
    cell.data_type = "s"  # the library would take some texts for formulas or errors
    cell.number_format = "@"  # and Excel would make a number of a text that is edited
    return cell


def _safe(text: str) -> str:
    """Give a cell's text without a formula; one too long for a cell says so at its end instead of breaking the file."""
    try:
        return spreadsheet_safe(text)
    except TextFault:
        return spreadsheet_safe(text[: CELL_UNITS // 2 - 1] + "…")


def _sheet_name(name: str) -> str:
    """A sheet's name may have 31 signs and none of these."""
    return "".join("_" if sign in "[]:*?/\\" else sign for sign in name)[:31] or "1"


def _widths(table: Table) -> list[int]:
    """How wide each column is, in Latin letters; a hanzi takes two."""
    columns = zip(table.header, *table.rows[:200], strict=True)
    return [min(_WIDEST, 3 + max(sum(1 + (sign > "\u2e7f") for sign in cell) for cell in column)) for column in columns]
