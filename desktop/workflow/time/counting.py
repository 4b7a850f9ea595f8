"""Counting on the calendar: the legs of a limit, the spans left out, the days that remain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from desktop.workflow.time.calendars import MAX_ORDINAL, TimeFault, WorkCalendar, day_from_ordinal
from desktop.workflow.time.limits import Limit, Unit, add_months

Span = tuple[int, int]
"""Ordinals (s, r]: the first is left out, the second belongs to it."""


class Stage(NamedTuple):
    """One leg of the count: the limit itself, or one extension; `raw` is its end before rolling."""

    start: int
    raw: int
    end: int
    workdays: bool


def union(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Merge spans that overlap or touch into an ordered, disjoint list."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def count_stage(start: int, limit: Limit, spans: Sequence[Span], calendar: WorkCalendar) -> Stage:
    """Count one limit from `start`, leaving out the spans that begin before it ends."""
    if limit.unit is Unit.WORKDAYS:
        end = _workdays_end(start, limit.n, spans, calendar)
        if end > MAX_ORDINAL:
            raise TimeFault("date_out_of_range")
        return Stage(start, end, end, True)
    raw = _calendar_end(start, limit)
    for span_start, span_end in spans:
        if span_end > start and span_start < raw:
            raw += span_end - max(span_start, start)
    rolls = limit.unit is not Unit.HOURS
    last = day_from_ordinal(raw)
    end = calendar.working_on_or_after(last).toordinal() if rolls else raw
    return Stage(start, raw, end, False)


def _workdays_end(start: int, n: int, spans: Sequence[Span], calendar: WorkCalendar) -> int:
    if n == 0:  # on the spot: the day itself, or the next day the hall works
        return calendar.working_on_or_after(day_from_ordinal(start)).toordinal()
    rank = calendar.rank(start) + n
    end = calendar.ordinal_of_rank(rank)
    for span_start, span_end in spans:
        if span_end > start and span_start < end:
            rank += calendar.rank(span_end) - calendar.rank(max(span_start, start))
            end = calendar.ordinal_of_rank(rank)
    return end


def _calendar_end(start: int, limit: Limit) -> int:
    """Give the last day of a limit in calendar units, before pauses and rolling."""
    if limit.unit is Unit.DAYS:
        return start + limit.n
    if limit.unit is Unit.HOURS:
        return start - (-limit.n // 24)
    months = limit.n * 12 if limit.unit is Unit.YEARS else limit.n
    return add_months(day_from_ordinal(start), months).toordinal()


def days_out(start: int, end: int, spans: Sequence[Span], calendar: WorkCalendar | None) -> int:
    """Count the days of (start, end] that the spans leave out: working days with a calendar, else calendar days."""
    out = 0
    for span_start, span_end in spans:
        if span_start < end and span_end > start:
            first, last = max(span_start, start), min(span_end, end)
            out += calendar.rank(last) - calendar.rank(first) if calendar else last - first
    return out


def leans_on_unpublished(stages: Sequence[Stage], calendar: WorkCalendar) -> bool:
    """Say whether a count leans on a year without a holiday notice; calendar units lean only on where they end."""
    published = calendar.published
    for stage in stages:
        began = min(stage.start + 1, stage.end) if stage.workdays else stage.raw
        first, last = date.fromordinal(began).year, date.fromordinal(stage.end).year
        if first not in published or (last != first and not published.issuperset(range(first, last + 1))):
            return True
    return False
