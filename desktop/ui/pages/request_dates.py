"""The dates of a request in words: what is left, and the ledger that explains a date day by day."""

from datetime import date
from itertools import groupby

from desktop.ui.widgets.status_mark import Status
from desktop.words import Unit as Span
from desktop.words import _, gettext_noop, here, ngettext
from desktop.workflow.planning.plan import Plan
from desktop.workflow.time.deadlines import NO_LIVE_ITEM, Due, LedgerDay, Unit
from desktop.workflow.time.limits import Limit

REASONS = {
    "counted": gettext_noop("counts"),
    "start_day": gettext_noop("the first day, does not count"),
    "weekend": gettext_noop("weekend, does not count"),
    "makeup": gettext_noop("working day in lieu, counts"),
    "extension": gettext_noop("extension, counts"),
    "rolled": gettext_noop("the last day falls on a rest day and moves on"),
}
HOLIDAYS = {
    "new_year": gettext_noop("New Year"),
    "spring_festival": gettext_noop("Spring Festival"),
    "tomb_sweeping": gettext_noop("Qingming"),
    "labour_day": gettext_noop("Labour Day"),
    "dragon_boat": gettext_noop("Dragon Boat Festival"),
    "mid_autumn": gettext_noop("Mid-Autumn Festival"),
    "national_day": gettext_noop("National Day"),
    "victory_70": gettext_noop("the day of victory"),
}
GROUNDS = {
    "hearing": gettext_noop("hearing"),
    "tender": gettext_noop("tender"),
    "auction": gettext_noop("auction"),
    "inspection": gettext_noop("inspection"),
    "testing": gettext_noop("testing"),
    "quarantine": gettext_noop("quarantine"),
    "appraisal": gettext_noop("appraisal"),
    "expert_review": gettext_noop("expert review"),
    "disability_assessment": gettext_noop("disability assessment"),
    "card_making": gettext_noop("making of the card"),
    "no_live_item": gettext_noop("no item was accepted and running"),
}


def nearest(plan: Plan) -> Due | None:
    """Give the date that comes first among everything the request still waits for."""
    dues = [task.due for task in plan.tasks if task.due is not None and task.due.stopped is None]
    if plan.matter_due is not None and plan.matter_due.stopped is None:
        dues.append(plan.matter_due)
    return min(dues, key=lambda due: due.date, default=None)


def left_words(due: Due, today: date) -> str:
    """Say a date and what is left until it: 3月9日 周一，还有3个工作日."""
    words = here()
    if due.stopped is not None:
        return _("{day}; done on {done}").format(day=words.date(due.date, today), done=words.date(due.stopped, today))
    if due.overdue:
        return late_since(here().remaining(due.remaining, _span(due)), due.date, today)
    left = _("today is the last day") if due.remaining == 0 else words.remaining(due.remaining, _span(due))
    said = _("{day}, {left}").format(day=words.date(due.date, today), left=left)
    if set(due.paused_by) == {NO_LIVE_ITEM}:
        goes_on = _("{date}; the days do not count now, and go on once an item is accepted or taken up again")
        said = goes_on.format(date=said)
    elif due.paused_now:
        said = _("{date}; the count is paused now").format(date=said)
    return (
        _("{date} (estimated: the holidays of that year are not published yet)").format(date=said)
        if due.estimated
        else said
    )


def late_since(late: str, day: date, today: date) -> str:
    """Say of a missed date that it is missed, and only then which day it was: 已逾期3天（应于3月13日 周五）."""
    return _("{late} (due {day})").format(late=late, day=here().date(day, today))


def overdue_words(day: date, today: date) -> str:
    """Say of a date whose limit is not at hand by how many days it is missed."""
    return late_since(here().remaining((day - today).days, "day"), day, today)


def late_words(due: Due) -> str:
    """Say by how much a date is missed: 已逾期1个工作日."""
    return here().remaining(due.remaining, _span(due))


def due_status(due: Due) -> Status:
    """Give the shape that stands for how a date stands."""
    if due.overdue:
        return "overdue"
    return "done" if due.stopped is not None else "waiting"


def limit_words(limit: Limit) -> str:
    """Say a limit: 20个工作日."""
    return here().period(limit.n, _unit(limit.unit))


def ledger_rows(due: Due, today: date) -> list[tuple[str, str]]:
    """Explain a date: which days count, which do not and why; days alike that follow each other are one row."""
    rows = [(_("Limit"), limit_words(due.limit))]
    for reason, days in groupby(due.ledger, key=lambda day: day.reason):
        rows.append(_ledger_row(reason, list(days), today))
    return [*rows, (_("Due"), here().date(due.date, today))]


def _ledger_row(reason: str, days: list[LedgerDay], today: date) -> tuple[str, str]:
    words = here()
    first, last = words.date(days[0].day, today), words.date(days[-1].day, today)
    span = first if len(days) == 1 else _("{first} to {last}").format(first=first, last=last)
    if days[0].counted and len(days) > 1:
        count = ngettext("{n} day", "{n} days", len(days)).format(n=len(days))
        return span, _("{why}: {count}").format(why=reason_words(reason), count=count)
    return span, reason_words(reason)


def reason_words(reason: str) -> str:
    """Say why a day counts or does not."""
    kind, _sep, name = reason.partition(":")
    if kind == "holiday":
        return _("{holiday}, does not count").format(holiday=_(HOLIDAYS[name]) if name in HOLIDAYS else name)
    if kind == "paused":
        return _("paused ({ground}), does not count").format(ground=_(GROUNDS[name]) if name in GROUNDS else name)
    return _(REASONS[reason]) if reason in REASONS else reason


def _span(due: Due) -> Span:
    return "working_day" if due.limit.unit is Unit.WORKDAYS else "day"


def _unit(unit: Unit) -> Span:
    spans: dict[Unit, Span] = {
        Unit.WORKDAYS: "working_day",
        Unit.DAYS: "day",
        Unit.MONTHS: "month",
        Unit.YEARS: "year",
        Unit.HOURS: "hour",
    }
    return spans[unit]
