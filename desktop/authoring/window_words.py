"""The time to hand something in, as it is said to the person: until when, what is left, and what follows if late."""

from __future__ import annotations

from datetime import date

from desktop.authoring.limit_words import UNITS
from desktop.words import Unit, Words
from desktop.workflow.planning.plan import Filing
from desktop.workflow.time.limits import Limit


def filing_mark(filing: Filing | None, words: Words, today: date | None = None) -> str:
    """Say in a word or two by when something is to be handed in; nothing once it has been."""
    if filing is None or filing.filed is not None:
        return ""
    said = words.gettext("time to hand in ended {day}") if filing.late else words.gettext("hand in by {day}")
    return said.format(day=words.date(filing.due.date, today))


def filing_words(filing: Filing, words: Words, today: date) -> str:
    """Say the rule, the last day, and how it stands; being late is told kindly, with what follows from it."""
    day = words.date(filing.due.date, today)
    if filing.filed is not None:
        told = words.gettext("handed in too late on {filed}; the last day was {day}")
        said = told if filing.late else words.gettext("handed in in time on {filed}")
        said = said.format(filed=words.date(filing.filed, today), day=day)
    elif filing.late:
        said = words.gettext("the last day was {day}; it can still be handed in").format(day=day)
    else:
        said = words.gettext("the last day is {day}, {left}").format(day=day, left=_left(filing, words))
    if filing.due.estimated:
        said = words.gettext("{date} (estimated)").format(date=said)
    said = words.gettext("{rule}; {how}.").format(rule=_rule(filing, words), how=said)
    consequence = filing.window.consequence
    if not filing.late or consequence is None:
        return said
    return words.gettext("{sentence} {more}").format(sentence=said, more=words.pick(consequence))


def _rule(filing: Filing, words: Words) -> str:
    if filing.window.text is not None:
        return words.pick(filing.window.text)
    limit = filing.window.limit
    return words.gettext("Within {period}").format(period=words.period(limit.n, UNITS[limit.unit]))


def _left(filing: Filing, words: Words) -> str:
    left = filing.due.remaining
    return words.gettext("which is today") if left == 0 else words.remaining(left, _counted_in(filing.window.limit))


def _counted_in(limit: Limit) -> Unit:
    """Months and years are told in days while they run."""
    return "working_day" if UNITS[limit.unit] == "working_day" else "day"
