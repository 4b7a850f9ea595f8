"""Limits, pauses and extensions: the lengths of time that the law and the hall's own promises are written in."""

from __future__ import annotations

import calendar as gregorian
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop.workflow.time.calendars import TimeFault, day_from_ordinal

LONGEST = 36_500


class Unit(StrEnum):
    """What a limit counts."""

    WORKDAYS = "workdays"
    DAYS = "days"
    MONTHS = "months"
    HOURS = "hours"
    YEARS = "years"


class Light(StrEnum):
    """The warning light of a clock (红黄灯预警)."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    OVERDUE = "overdue"


_UNIT_WORDS = {
    Unit.WORKDAYS: ("workday", "workdays", "working day", "working days", "wd", "工作日"),
    Unit.DAYS: ("day", "days", "calendar day", "calendar days", "d", "日", "天", "自然日", "日历日"),
    Unit.MONTHS: ("month", "months", "m", "月"),
    Unit.HOURS: ("hour", "hours", "h", "小时"),
    Unit.YEARS: ("year", "years", "y", "年"),
}
_UNIT_OF = {word: unit for unit, words in _UNIT_WORDS.items() for word in words}
_ON_THE_SPOT = frozenset({"当场", "即时", "即办", "当日", "当天"})
_WRITTEN = re.compile(r"(\d{1,5})\s*个?\s*(\D+)")


@dataclass(frozen=True, slots=True)
class Limit:
    """A length of time: `n` of a unit; 0 working days means on the spot, 当场.

    Raises TimeFault `limit_out_of_range` (n) when n is negative or over 36,500.
    """

    n: int
    unit: Unit

    def __post_init__(self) -> None:
        if not 0 <= self.n <= LONGEST:
            raise TimeFault("limit_out_of_range", n=self.n)

    def __str__(self) -> str:
        return f"{self.n} {self.unit}"

    @classmethod
    def parse(cls, text: str) -> Limit:
        """Read a written limit: `10 workdays`, `5个工作日`, `30日`, `2 个月`, `24小时`, `当场`.

        A bare 日 is a calendar day. Raises TimeFault `limit_unreadable` (text).
        """
        words = " ".join(text.lower().split())
        if words in _ON_THE_SPOT:
            return cls(0, Unit.WORKDAYS)
        match = _WRITTEN.fullmatch(words)
        unit = _UNIT_OF.get(match[2].strip()) if match else None
        if match is None or unit is None:
            raise TimeFault("limit_unreadable", text=text)
        return cls(int(match[1]), unit)


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch that a clock leaves out: the days after `start` through `end`; still open while `end` is None.

    Raises TimeFault `pause_ends_before_start`.
    """

    key: str
    ground: str
    start: date
    expected_end: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise TimeFault("pause_ends_before_start", start=self.start, end=self.end)

    def until(self, reference: date) -> date:
        """Give the last day left out; an open pause is taken to last until it was expected to end, or today."""
        if self.end is not None:
            return self.end
        return max(self.expected_end or reference, reference, self.start)


@dataclass(frozen=True, slots=True)
class Extension:
    """More time, granted on a day by somebody; it counts on from the date due before it (延期)."""

    limit: Limit
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class Lights:
    """When the lights change: percent of the limit left, and whole days left; a county sets its own."""

    amber_percent: int = 50
    amber_workdays: int = 2
    red_percent: int = 20


LIGHTS = Lights()


def add_months(day: date, months: int) -> date:
    """Give the same day number `months` later (or earlier), else that month's last day (民法典 第二百零二条)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise TimeFault("date_out_of_range")
    last = gregorian.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def end_of(start: date, limit: Limit | None) -> date | None:
    """Give the last day something made out on a day is good for; None for good."""
    if limit is None:
        return None
    match limit.unit:
        case Unit.YEARS:
            return add_months(start, 12 * limit.n)
        case Unit.MONTHS:
            return add_months(start, limit.n)
        case _:
            return day_from_ordinal(start.toordinal() + limit.n)


def counted_back(before: date, limit: Limit) -> date:
    """Give the calendar day that lies a limit in days, months or years before a date, not rolled.

    Raises TimeFault `limit_not_in_calendar_units` for working days and hours.
    """
    if limit.unit is Unit.DAYS:
        return day_from_ordinal(before.toordinal() - limit.n)
    if limit.unit in {Unit.MONTHS, Unit.YEARS}:
        return add_months(before, -limit.n * (12 if limit.unit is Unit.YEARS else 1))
    raise TimeFault("limit_not_in_calendar_units", limit=str(limit))
