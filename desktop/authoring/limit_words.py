"""A length of time as an author reads it: 10个工作日, 10 working days."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.words import Unit as SpokenUnit
from desktop.words import Words
from desktop.workflow.time.limits import Limit, Unit

UNITS: Mapping[Unit, SpokenUnit] = {
    Unit.WORKDAYS: "working_day",
    Unit.DAYS: "day",
    Unit.MONTHS: "month",
    Unit.YEARS: "year",
    Unit.HOURS: "hour",
}


def limit_words(limit: Limit, words: Words) -> str:
    """Say a limit in a language."""
    return words.gettext("on the spot") if limit.n == 0 else words.period(limit.n, UNITS[limit.unit])
