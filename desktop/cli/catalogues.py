"""Trying a catalogue before it is published: its faults, what a demand takes, and its figures."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desktop.cli.options import Day, Lang, speak
from desktop.cli.stops import stop
from desktop.words import _, here, ngettext

if TYPE_CHECKING:
    from desktop.authoring.report import Report
    from desktop.workflow.catalogue.definitions import Catalogue

PLAN_HELP = """Say what a demand takes: what is asked next, papers, tasks, who must act, dates. 试算一件事。

No hall and no records are needed. The case is written in a small file; all of it may be left out:

\b
roles:                       # who takes part, by any name
  heirs: [大女儿, 小儿子]
facts:                       # by the name or the code of the fact
  经营面积: 120
  小餐饮: 否
  大女儿.出生日期: 1990-05-01  # whose, where it is not the applicant's
  零售卷烟:                   # empty: the person does not know
papers:                      # or a list: [business_licence]
  business_licence: received # received, on_file, defective, returned
  场所使用证明: 已交
choices:                     # which item is to give a result
  fire_opinion: fire_opinion_by_promise
"""

catalogue = typer.Typer(help="Check and try what the hall offers. 检查、试算事项目录。", rich_markup_mode=None)


@catalogue.command("check")
def check_catalogue(
    folder: Annotated[Path | None, typer.Argument(help="Folder of the catalogue. 目录文件夹。")] = None,
    lang: Lang = None,
) -> None:
    """Say every fault of a catalogue with its file and line, and how to mend it. 检查目录并指出错误所在行。"""
    from desktop.authoring import check_folder, lines

    speak(lang)
    report = check_folder(folder)
    for line in lines(report):
        print(line)
    print(_totals(report))
    if not report.may_be_published:
        raise typer.Exit(1)
    warnings = report.counts.get("warnings", 0)
    print(
        ngettext(
            "OK: no errors, {n} warning.",
            "OK: no errors, {n} warnings.",
            warnings,
        ).format(n=warnings)
    )


@catalogue.command("plan", help=PLAN_HELP)
def plan_demand(
    demand: Annotated[str, typer.Argument(metavar="DEMAND", help="Code of the demand. 事项代码。")],
    folder: Annotated[Path | None, typer.Option("--catalogue", help="Folder of the catalogue. 目录文件夹。")] = None,
    facts: Annotated[Path | None, typer.Option("--facts", help="File of the case. 案情文件。")] = None,
    day: Day = None,
    lang: Lang = None,
    json: Annotated[bool, typer.Option("--json", help="As JSON, for tools.")] = False,  # noqa: FBT002  a flag of the command line
) -> None:
    """Plan a demand without a hall."""
    from json import dumps

    from desktop.authoring import CatalogueUnreadable, shipped_calendar
    from desktop.authoring.trial import NOTHING_GIVEN, TrialFault, as_json, trial
    from desktop.authoring.trial_file import read_given, told
    from desktop.cli.plan_lines import plan_lines

    speak(lang)
    today = day_asked(day)
    read, calendar = _read(folder), shipped_calendar()
    try:
        given = NOTHING_GIVEN if facts is None else read_given(read, demand, facts, today)
        answer = trial(read, calendar, demand, today, given)
    except TrialFault as fault:
        stop(_unknown(read, str(fault.values["demand"]), fault.values["near"]))
    except CatalogueUnreadable as unreadable:
        stop("\n".join(told(fault, here()) for fault in unreadable.faults))
    if json:
        print(dumps(as_json(answer, calendar), ensure_ascii=False, indent=1))
        return
    for line in plan_lines(answer, read, calendar):
        print(line)


@catalogue.command("figures")
def figures(day: Day = None, lang: Lang = None) -> None:
    """Say how many questions, papers and visits each matter takes for typical people. 各事项的问题、材料、跑动次数。"""
    from desktop.authoring import shipped_calendar
    from desktop.authoring.figures import figures_of, shipped_cases
    from desktop.cli.figure_lines import figure_lines

    speak(lang)
    today = day_asked(day)
    read, calendar = _read(None), shipped_calendar()
    for line in figure_lines(figures_of(read, calendar, case, today) for case in shipped_cases(read, today)):
        print(line)


def day_asked(text: str | None) -> date:
    """Read a date of the command line; today where none was given."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    if text is None:
        return datetime.now(ZoneInfo("Asia/Shanghai")).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        stop(_("{text} is no date. Write it as 2026-03-02.").format(text=text))


def _read(folder: Path | None) -> "Catalogue":
    from desktop.authoring import CatalogueUnreadable, load_catalogue
    from desktop.authoring.fault_words import sentence

    try:
        return load_catalogue(folder)
    except CatalogueUnreadable as unreadable:
        stop("\n".join(f"{fault.file}:{fault.line} {sentence(fault, here())}" for fault in unreadable.faults))


def _unknown(read: "Catalogue", demand: str, near: object) -> str:
    """Say that there is no such demand, and which ones may be meant."""
    said = [_("There is no demand {demand}.").format(demand=demand)]
    codes = near if isinstance(near, tuple) else ()
    if codes:
        said.append(_("Did you mean:"))
        said += [f"  {code}  {here().pick(read.demands[code].name)}" for code in codes]
    else:
        said.append(_("The catalogue has: {codes}.").format(codes=here().listing(read.demands)))
    return "\n".join(said)


def _totals(report: "Report") -> str:
    counts = report.counts
    words = [
        ngettext("{n} demand", "{n} demands", counts.get("demands", 0)).format(n=counts.get("demands", 0)),
        ngettext("{n} item", "{n} items", counts.get("items", 0)).format(n=counts.get("items", 0)),
        ngettext("{n} outcome", "{n} outcomes", counts.get("outcomes", 0)).format(n=counts.get("outcomes", 0)),
        ngettext("{n} paper", "{n} papers", counts.get("materials", 0)).format(n=counts.get("materials", 0)),
        ngettext("{n} fact", "{n} facts", counts.get("facts", 0)).format(n=counts.get("facts", 0)),
        ngettext("{n} department", "{n} departments", counts.get("departments", 0)).format(
            n=counts.get("departments", 0)
        ),
        ngettext("{n} error", "{n} errors", counts.get("errors", 0)).format(n=counts.get("errors", 0)),
        ngettext("{n} warning", "{n} warnings", counts.get("warnings", 0)).format(n=counts.get("warnings", 0)),
    ]
    return _("Counted: {counts}").format(counts=here().listing(words))
