"""The working calendar: which days the hall works, rests, or works to make up for a holiday."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MAX_ORDINAL = date.max.toordinal()


class TimeFault(ValueError):
    """A date, limit or calendar row that cannot be counted with; `code` and `values` make the sentence elsewhere."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


class DayKind(StrEnum):
    """What a day is in the calendar: a working day, a rest day, or a weekend day that works in exchange (调休上班)."""

    WORKING = "working"
    REST = "rest"
    MAKEUP = "makeup"


@dataclass(frozen=True, slots=True)
class ExceptionalDay:
    """A day that a notice takes out of the ordinary week: its kind, the holiday's name code, and who says so."""

    kind: DayKind
    name: str
    source: str


def day_from_ordinal(ordinal: int) -> date:
    """Give the day of a proleptic ordinal; TimeFault `date_out_of_range` past the years 1–9999."""
    if not 1 <= ordinal <= MAX_ORDINAL:
        raise TimeFault("date_out_of_range")
    return date.fromordinal(ordinal)


def _weekdays_through(ordinal: int) -> int:
    """Count Mondays to Fridays from day 1 (a Monday) through `ordinal`."""
    weeks, rest = divmod(ordinal, 7)
    return weeks * 5 + min(rest, 5)


def _weekday_of_rank(rank: int) -> int:
    """Give the ordinal of the `rank`-th Monday-to-Friday day, the inverse of the count above."""
    weeks, rest = divmod(rank - 1, 5)
    return weeks * 7 + rest + 1


class WorkCalendar:
    """The days a hall works, from the holiday notices (行政许可法 第八十二条: limits leave holidays out).

    Days of a year without a notice follow the plain week, Monday to Friday, and are *estimated* (暂估).
    Every working day has a rank, its running number since day 1, so that counting is two look-ups.
    """

    __slots__ = ("_base", "_days", "_first", "_last", "_shift", "_working", "published")

    published: frozenset[int]
    """The years whose holiday notice is in the calendar."""

    def __init__(self, days: Mapping[date, ExceptionalDay], published: Iterable[int]) -> None:
        self._days = dict(days)
        self.published = frozenset(published)
        self._first = min(self._days, default=date.min).toordinal()
        self._last = max(self._days, default=date.min).toordinal()
        span = range(self._first, self._last + 1)
        self._working = [ordinal for ordinal in span if self.is_working(date.fromordinal(ordinal))]
        self._base = _weekdays_through(self._first - 1)
        self._shift = self._base + len(self._working) - _weekdays_through(self._last)

    def kind(self, day: date) -> DayKind:
        """Say whether a day works, rests, or works in exchange for a holiday."""
        exceptional = self._days.get(day)
        if exceptional is not None:
            return exceptional.kind
        return DayKind.WORKING if day.weekday() < 5 else DayKind.REST

    def exception(self, day: date) -> ExceptionalDay | None:
        """Give the notice's entry for a day, None when the day follows the ordinary week."""
        return self._days.get(day)

    def name(self, day: date) -> str | None:
        """Give the name code of the holiday a day belongs to, None on an ordinary day."""
        exceptional = self._days.get(day)
        return None if exceptional is None else exceptional.name

    def is_working(self, day: date) -> bool:
        """Say whether the hall works on a day, make-up days included."""
        return self.kind(day) is not DayKind.REST

    def rank(self, ordinal: int) -> int:
        """Count the working days from day 1 through the day with this ordinal."""
        if ordinal < self._first:
            return _weekdays_through(ordinal)
        if ordinal > self._last:
            return _weekdays_through(ordinal) + self._shift
        return self._base + bisect_right(self._working, ordinal)

    def ordinal_of_rank(self, rank: int) -> int:
        """Give the ordinal of the working day with this rank, the inverse of `rank`."""
        if rank <= self._base:
            return _weekday_of_rank(rank)
        place = rank - self._base
        if place <= len(self._working):
            return self._working[place - 1]
        return _weekday_of_rank(rank - self._shift)

    def nth_working_day_after(self, start: date, n: int) -> date:
        """Give the n-th working day after `start`, which is not counted itself; n ≥ 1 (期间开始的当日不计入)."""
        if n < 1:
            raise TimeFault("count_not_positive", n=n)
        return day_from_ordinal(self.ordinal_of_rank(self.rank(start.toordinal()) + n))

    def nth_working_day_before(self, end: date, n: int) -> date:
        """Give the n-th working day before `end`, which is not counted itself; n ≥ 1."""
        if n < 1:
            raise TimeFault("count_not_positive", n=n)
        return day_from_ordinal(self.ordinal_of_rank(self.rank(end.toordinal() - 1) - n + 1))

    def working_on_or_after(self, day: date) -> date:
        """Roll a rest day forward to the next working day; a working day stays."""
        return day if self.is_working(day) else self.nth_working_day_after(day, 1)

    def working_on_or_before(self, day: date) -> date:
        """Roll a rest day back to the last working day; a working day stays."""
        return day if self.is_working(day) else self.nth_working_day_before(day, 1)


def from_rows(rows: Iterable[Mapping[str, str]], published: Iterable[int]) -> WorkCalendar:
    """Build a calendar from rows of `date` (YYYY-MM-DD), `kind`, `name`, `source` and the years with a notice.

    Raises TimeFault `calendar_row_unreadable` (row) or `calendar_day_twice` (day).
    """
    days: dict[date, ExceptionalDay] = {}
    for row in rows:
        try:
            day = date.fromisoformat(row["date"])
            exceptional = ExceptionalDay(DayKind(row["kind"]), row["name"], row["source"])
        except (KeyError, TypeError, ValueError) as error:
            raise TimeFault("calendar_row_unreadable", row=dict(row)) from error
        if day in days:
            raise TimeFault("calendar_day_twice", day=day)
        days[day] = exceptional
    return WorkCalendar(days, published)
