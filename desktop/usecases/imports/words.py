"""What is said of a list that was read in: each note and each refusal as a sentence that tells what to do."""

from collections.abc import Iterator, Mapping
from typing import Any

from desktop.usecases.imports.report import ImportReport, Note
from desktop.usecases.refused import Refused
from desktop.words import _, gettext_noop, here, ngettext

NOTES: Mapping[str, str] = {
    # items
    "no_column_of_limits": gettext_noop("The list has no column of limits: its items have no date of their own yet."),
    "no_column_of_papers": gettext_noop("The list has no column of papers: nothing is asked for yet."),
    "item_twice": gettext_noop("This code stands in line {first} already. Give each item its own code."),
    "name_twice": gettext_noop("“{name}” stands in line {first} under another code. Look whether it is one item."),
    "name_long": gettext_noop("The name has {length} characters. A shorter one is easier to find and read."),
    "name_missing": gettext_noop("The name is missing."),
    "department_missing": gettext_noop("The department is missing."),
    "code_missing": gettext_noop("The code is missing; the item is known by department and name."),
    "code_odd": gettext_noop("The code is not written as usual: {code}. Compare it with the department's list."),
    "department_code_odd": gettext_noop("{department}: {code} is no credit or organisation code. The name counts."),
    "type_unknown": gettext_noop("The kind of item “{type}” is not known; it is taken as a public service."),
    "kind_unknown": gettext_noop("“{kind}” says neither at once nor promised; it is taken as promised."),
    "limit_unknown": gettext_noop("{column}: “{limit}” is no limit. Write it as 10个工作日; until then there is none."),
    "limit_bare": gettext_noop("{column}: “{limit}” names no unit; it is taken as {limit} working days."),
    "limit_missing": gettext_noop("No limit is given: the item has no date of its own yet."),
    "papers_too_many": gettext_noop("The checklist has more than {limit} papers. Divide the item."),
    "paper_too_long": gettext_noop("A paper's name has {length} characters; {limit} is the most. Shorten it."),
    "paper_lone_surrogate": gettext_noop("A paper's name has a broken character. Type it anew."),
    # messages
    "text_missing": gettext_noop("Neither title nor text is there."),
    "date_missing": gettext_noop("The day it was written is missing."),
    "date_unreadable": gettext_noop("The time it was written cannot be read. Write it as 2026-03-02 14:05."),
    "date_in_future": gettext_noop("The time lies in the future. Check the year."),
    "reply_date_missing": gettext_noop("There is an answer without its day. Add the day."),
    "reply_date_unreadable": gettext_noop("The time of the answer cannot be read. Write it as 2026-03-02 14:05."),
    "reply_before_message": gettext_noop("The answer is dated before the message. Check both."),
    "reply_missing": gettext_noop("There is a day of an answer but no answer; the request is open."),
    "message_twice": gettext_noop("This message stands in line {first} already."),
    "text_twice": gettext_noop("The same person wrote the same in line {first}. Look whether it is one matter."),
    # both
    "cells_beyond": gettext_noop("Beyond the last column stands more, which is not read."),
    "too_long": gettext_noop("A text has {length} characters; {limit} is the most. Shorten it."),
    "lone_surrogate": gettext_noop("A text has a broken character. Type it anew."),
}
"""What is said of one line."""

REFUSALS: Mapping[str, str] = {
    "file_missing": gettext_noop("There is no file {file}."),
    "file_unreadable": gettext_noop("The file {file} cannot be opened. Check that you may read it."),
    "file_too_large": gettext_noop("The file is larger than {limit} MB. Divide it."),
    "file_not_a_table": gettext_noop("This is neither a CSV nor an Excel file. Save the list as one of these."),
    "encoding_unknown": gettext_noop("The characters of the file cannot be read. Save it as UTF-8."),
    "list_empty": gettext_noop("The list is empty."),
    "columns_missing": gettext_noop("Columns are missing: {columns}. Name them so in the first line."),
    "column_twice": gettext_noop("The column {column} stands there twice. Remove one."),
    "rows_too_many": gettext_noop("The list has more than {limit} lines. Divide it."),
    "row_unreadable": gettext_noop("Line {line} cannot be read. Check its quotation marks."),
    "demand_unknown": gettext_noop("The catalogue has no {demand}, which the messages need. Add it first."),
}
"""Why a whole list is not taken."""

_OTHER = gettext_noop("Something is not right here ({code}).")


def note_words(note: Note) -> str:
    """Say one note: its line, what is odd, and that the row was left out if it was."""
    said = _(NOTES.get(note.code, _OTHER)).format_map(_values(note.values, note.code))
    if note.taken:
        return _("Line {line}: {sentence}").format(line=note.line, sentence=said)
    return _("Line {line} not taken: {sentence}").format(line=note.line, sentence=said)


def import_refusal_words(refusal: Refused) -> str:
    """Say why a whole list is not taken; empty for a refusal that is not about the list."""
    msgid = REFUSALS.get(refusal.code)
    return "" if msgid is None else _(msgid).format_map(_values(refusal.values, refusal.code))


def summary_words(report: ImportReport) -> Iterator[str]:
    """Say the whole in a few lines."""
    if report.dry:
        yield _("A trial: nothing was written.")
    if report.stopped:
        yield _("Stopped. What was taken until then stays and is whole; run it again to go on.")
    yield ngettext("{n} row read.", "{n} rows read.", report.rows).format(n=report.rows)
    yield _("New: {added}. Changed: {changed}. There already: {known}. Not taken: {refused}.").format(
        added=report.added, changed=report.changed, known=report.known, refused=report.refused
    )
    if report.new_departments:
        yield ngettext(
            "{n} department is new: {names}. Give somebody of it an account.",
            "{n} departments are new: {names}. Give somebody of each an account.",
            len(report.new_departments),
        ).format(n=len(report.new_departments), names=here().listing(report.new_departments))


class _Values(dict[str, str]):
    """The values of a sentence; one that is not there is said as a dash."""

    def __missing__(self, key: str) -> str:
        return "—"


def _values(values: Mapping[str, Any], code: str) -> _Values:
    return _Values({key: _said(value) for key, value in values.items()}, code=code)


def _said(value: object) -> str:
    return here().listing(map(str, value)) if isinstance(value, tuple) else str(value)
