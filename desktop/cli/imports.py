"""Taking in lists from elsewhere: a county's items, citizens' messages."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from desktop.cli.backups import expect_records, place_of
from desktop.cli.options import Lang, speak
from desktop.cli.stops import stop, stop_at_fault
from desktop.words import _, language, pick

if TYPE_CHECKING:
    from desktop.usecases.context import Session
    from desktop.usecases.imports.report import ImportReport, Progress
    from desktop.usecases.perform import Performer
    from desktop.workflow.catalogue.definitions import Catalogue

    Piece = Callable[[Performer, Session, Progress], ImportReport]

SHOWN = 200
PASSWORD = "YIJIAN_PASSWORD"  # noqa: S105  the name of a variable, not a password

List = Annotated[Path, typer.Argument(metavar="FILE", help="CSV or Excel file. 清单文件。")]
Dry = Annotated[bool, typer.Option("--dry-run", help="Only say what would be. 只试不写。")]
Login = Annotated[
    str | None,
    typer.Option(
        "--login", help="Account to sign in with; the password is asked, or read from YIJIAN_PASSWORD. 账号。"
    ),
]
Out = Annotated[Path | None, typer.Option("--report", help="File for every line of the report. 报告写入文件。")]

imports = typer.Typer(help="Take in lists from elsewhere. 导入清单。", rich_markup_mode=None)


@imports.command("items")
def import_items(
    context: typer.Context,
    file: List,
    dry: Dry = False,  # noqa: FBT002  a flag of the command line
    login: Login = None,
    report: Out = None,
    lang: Lang = None,
) -> None:
    """Take in a county's list of items: all can be logged, receipted and counted at once. 导入事项清单。

    Columns wanted: name (事项名称), department (部门). Known besides: code (事项编码),
    type (事项类型: 1 5 7 8 9 10 20), kind (办件类型: 即办件, 承诺件), statutory (法定时限),
    promised (承诺时限), checklist (申请材料, parted by ；).
    Run again with a newer list: what is there already is changed, never doubled.
    """
    from desktop.usecases.imports.items import ImportItems
    from desktop.usecases.imports.items import import_items as take_in

    speak(lang)
    _run(
        context,
        login,
        report,
        lambda performer, session, progress: take_in(
            performer, progress, session=session, command=ImportItems(file, dry)
        ),
    )


@imports.command("messages")
def import_messages(
    context: typer.Context,
    file: List,
    dry: Dry = False,  # noqa: FBT002  a flag of the command line
    login: Login = None,
    report: Out = None,
    lang: Lang = None,
) -> None:
    """Take in citizens' messages as requests of their kinds, with text, dates and answers. 导入群众留言。

    Columns wanted: text (留言详情), sent (留言时间). Known besides: number (留言编号), user (留言用户),
    title (留言主题), reply (答复意见), replied (答复时间), kind (留言类型: 咨询, 求助, 投诉, 举报, 建议).
    A row taken once is not taken again; a later list may bring the answer of one that is open.
    Ctrl-C stops after the rows just being written.
    """
    from desktop.usecases.imports.messages import ImportMessages
    from desktop.usecases.imports.messages import import_messages as take_in

    speak(lang)
    _run(
        context,
        login,
        report,
        lambda performer, session, progress: take_in(
            performer, progress, session=session, command=ImportMessages(file, dry)
        ),
    )


def _run(context: typer.Context, login: str | None, out: Path | None, piece: "Piece") -> None:
    """Carry out an import on the records, signed in as somebody who may."""
    from db.faults import StorageFault
    from desktop.app import open_records, performer_on
    from desktop.usecases.refused import Refused

    expect_records(place_of(context))
    try:
        database = open_records(*context.obj)
        try:
            performer = performer_on(database, context.obj[0].cache)
            with _signed_in(performer, login) as session, _stopping() as stopped:
                done = piece(performer, session, _Progress(stopped))
                _say(done, performer.catalogue, out)
        finally:
            database.close()
    except StorageFault as fault:
        stop_at_fault(fault.code.value)
    except Refused as refusal:
        _stop_refused(refusal)
    if done.refused or done.stopped:
        raise typer.Exit(3 if done.stopped else 2)


@contextmanager
def _signed_in(performer: "Performer", login: str | None) -> "Iterator[Session]":
    """Sign in for the length of the work, in a practice hall as in any other: nobody writes without an account."""
    from desktop.usecases.hall.halls import hall_status
    from desktop.usecases.hall.signing_in import SignIn, sign_in, sign_out

    if not performer.read(None, hall_status, None).founded:
        stop(_("There is no hall here yet. Start the program once and found one, or open the practice hall."))
    name = login or str(_asked(_("Account")))
    password = os.environ.get(PASSWORD) or str(_asked(_("Password"), hidden=True))
    session = performer.write(None, sign_in, SignIn(name, password, None, language())).value
    try:
        yield session
    finally:
        performer.write(session, sign_out, None)


def _asked(what: str, *, hidden: bool = False) -> object:
    """Ask for a part of the sign-in; where nobody is there to answer, say how it is given."""
    try:
        return typer.prompt(what, hide_input=hidden)
    except typer.Abort:
        stop(_("Sign in to take a list in: --login ACCOUNT, and the password typed or in {variable}.").format(
            variable=PASSWORD
        ))  # fmt: skip


@contextmanager
def _stopping() -> Iterator[list[bool]]:
    """Let Ctrl-C ask for a stop; a second one is taken as it usually is."""
    asked: list[bool] = []
    before = signal.getsignal(signal.SIGINT)

    def on_interrupt(_number: int, _frame: FrameType | None) -> None:
        asked.append(True)
        signal.signal(signal.SIGINT, before)
        print(_("Stopping after the rows just being written…"), file=sys.stderr)

    signal.signal(signal.SIGINT, on_interrupt)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)


class _Progress:
    """Says on the error stream how far it is, one line for every tenth, and stops when asked to."""

    def __init__(self, asked: list[bool]) -> None:
        self._asked = asked
        self._tenth = 0

    def __call__(self, done: int, of: int) -> bool:
        tenth = 10 * done // of if of else 10
        if tenth > self._tenth:
            self._tenth = tenth
            print(_("{done} of {of} rows").format(done=done, of=of), file=sys.stderr)
        return not self._asked


def _say(report: "ImportReport", catalogue: "Catalogue", out: Path | None) -> None:
    from desktop.usecases.imports.words import note_words, summary_words

    if out is not None:
        _write(report, out)
    for line in summary_words(report):
        print(line)
    for code, number in report.kinds.items():
        entry = catalogue.demands.get(code)
        name = code if entry is None else pick(entry.name)
        print("  " + _("{name}: {n}").format(name=name, n=number))
    for note in report.notes[:SHOWN]:
        print(note_words(note))
    if len(report.notes) > SHOWN:
        left = len(report.notes) - SHOWN
        print(_("… and {n} more; --report FILE writes them all.").format(n=left))
    if out is not None:
        print(_("The report is in {file}.").format(file=out))


def _write(report: "ImportReport", out: Path) -> None:
    """Write every line of the report where a spreadsheet can read it."""
    import csv

    from desktop.cleaning import spreadsheet_safe
    from desktop.usecases.imports.words import note_words

    try:
        with out.open("w", encoding="utf-8-sig", newline="") as stream:
            rows = csv.writer(stream)
            rows.writerow([_("Line"), _("Taken"), _("Note")])
            for note in report.notes:
                taken = _("yes") if note.taken else _("no")
                rows.writerow([note.line, taken, spreadsheet_safe(note_words(note))])
    except OSError:
        stop(_("The report cannot be written to {file}.").format(file=out))


def _stop_refused(refusal: "Exception") -> None:
    from desktop.usecases.imports.words import import_refusal_words
    from desktop.usecases.refusals import refusal_words
    from desktop.usecases.refused import Refused

    if isinstance(refusal, Refused):
        stop(import_refusal_words(refusal) or refusal_words(refusal))
