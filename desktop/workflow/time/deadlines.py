"""Due dates: when a limit ends, how it stands, the ledger that explains the date, and the clock of a whole matter.

Counting (行政许可法 第四十二、四十五、八十二条; 民法典 第二百零一至二百零三条): the start day is not counted; a
limit in working days ends on the n-th working day after it; the days of a pause (s, r] are left out; a limit
in calendar days, months or years ends on its last day, rolled forward off rest days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from desktop.workflow.time.calendars import MAX_ORDINAL, DayKind, TimeFault, WorkCalendar, day_from_ordinal
from desktop.workflow.time.counting import Span, Stage, count_stage, days_out, leans_on_unpublished, union
from desktop.workflow.time.limits import (
    LIGHTS,
    LONGEST,
    Extension,
    Light,
    Lights,
    Limit,
    Pause,
    Unit,
    add_months,
    counted_back,
)

__all__ = [
    "LIGHTS",
    "Due",
    "Extension",
    "ItemRun",
    "LedgerDay",
    "Light",
    "Lights",
    "Limit",
    "Pause",
    "Unit",
    "add_months",
    "counted_back",
    "due",
    "due_on",
    "latest_start",
    "matter_clock",
]

NO_LIVE_ITEM = "no_live_item"
"""Why a matter's clock stands although nothing is paused: no department has anything of it in hand."""
_ENDLESS = MAX_ORDINAL
_Day = date  # Due has a field of the name `date`


@dataclass(frozen=True, slots=True)
class LedgerDay:
    """One day of the count: whether it counted, and why or why not.

    `reason` is counted, start_day, weekend, holiday:<name>, makeup, paused:<ground>, extension or rolled.
    """

    day: date
    counted: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Due:
    """When something is due and how it stands on the reference day (today, or the day the clock stopped).

    `remaining` and `total` count working days for limits in working days, else calendar days (rolled ones too);
    `remaining` is negative when overdue.
    While `paused_now`, `date` is a projection: as if the pause ended when expected, or today.
    """

    start: date
    limit: Limit
    date: date
    estimated: bool
    remaining: int
    total: int
    overdue: bool
    light: Light
    paused_by: tuple[str, ...]
    """The grounds of the pauses open on the reference day."""
    stopped: _Day | None
    _count: _Count = field(repr=False, compare=False)

    @property
    def paused_now(self) -> bool:
        """Whether the count stands on the reference day."""
        return bool(self.paused_by)

    @property
    def ledger(self) -> tuple[LedgerDay, ...]:
        """Explain the date day by day, from the start day to the day due; made when asked for."""
        rows = [LedgerDay(self.start, counted=False, reason="start_day")]
        for number, stage in enumerate(self._count.stages):
            days = range(stage.start + 1, stage.end + 1)
            rows += [_ledger_day(ordinal, stage, self._count, extra=number > 0) for ordinal in days]
        return tuple(rows)


def _ledger_day(ordinal: int, stage: Stage, count: _Count, *, extra: bool) -> LedgerDay:
    """Say of one day whether it counted; in working days a rest day is one even during a pause."""
    day = date.fromordinal(ordinal)
    if stage.workdays and (rest := _rest_reason(day, count.calendar)):
        return LedgerDay(day, counted=False, reason=rest)
    for first, last, ground in count.left_out:
        if first < ordinal <= last:
            return LedgerDay(day, counted=False, reason=f"paused:{ground}")
    if ordinal > stage.raw:
        return LedgerDay(day, counted=False, reason="rolled")
    if extra:
        return LedgerDay(day, counted=True, reason="extension")
    made_up = stage.workdays and count.calendar.kind(day) is DayKind.MAKEUP
    return LedgerDay(day, counted=True, reason="makeup" if made_up else "counted")


def _rest_reason(day: date, calendar: WorkCalendar) -> str:
    """Say why the hall rests on a day: a holiday by name, or the weekend; empty on a working day."""
    if calendar.is_working(day):
        return ""
    name = calendar.name(day)
    return f"holiday:{name}" if name else "weekend"


def due(
    start: date,
    limit: Limit,
    calendar: WorkCalendar,
    *,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Extension] = (),
    stopped: date | None = None,
    today: date,
    lights: Lights = LIGHTS,
) -> Due:
    """Say when a limit that starts on `start` ends, and how it stands.

    Pauses may overlap: their union is left out. A pause that begins on or after the day due moves nothing, so that it
    cannot hide an overdue. Hours are rounded up to whole days and never rolled.
    Raises TimeFault `extension_too_late` (due, on) for an extension made after the date it extends.
    """
    reference = today if stopped is None else min(stopped, today)
    left_out: tuple[tuple[int, int, str], ...] = ()
    spans: tuple[Span, ...] = ()
    paused: tuple[str, ...] = ()
    if pauses:
        left_out = tuple(_left_out(pause, reference, stopped) for pause in pauses)
        spans = union((first, last) for first, last, _ in left_out)
        paused = tuple(p.ground for p in pauses if _pausing(p, reference)) if stopped is None else ()
    stages = [count_stage(start.toordinal(), limit, spans, calendar)]
    for extension in extensions:
        end = stages[-1].end
        if extension.on.toordinal() > end:
            raise TimeFault("extension_too_late", due=day_from_ordinal(end), on=extension.on)
        stages.append(count_stage(end, extension.limit, spans, calendar))
    count = _Count(tuple(stages), spans, left_out, calendar)
    return _standing(start, limit, count, reference=reference, stopped=stopped, paused=paused, lights=lights)


def _left_out(pause: Pause, reference: date, stopped: date | None) -> tuple[int, int, str]:
    """Give what a pause leaves out, as ordinals (s, r] and its ground; none of it past the stop."""
    last = pause.until(reference).toordinal()
    if stopped is not None:
        last = min(last, stopped.toordinal())
    return pause.start.toordinal(), last, pause.ground


def _pausing(pause: Pause, reference: date) -> bool:
    return pause.start <= reference and (pause.end is None or pause.end > reference)


class _Count(NamedTuple):
    """A finished count: its legs, the spans left out (merged, and by ground), and the calendar it was made on."""

    stages: tuple[Stage, ...]
    spans: Sequence[Span]
    left_out: tuple[tuple[int, int, str], ...]
    calendar: WorkCalendar


def _standing(
    start: date,
    limit: Limit,
    count: _Count,
    *,
    reference: date,
    stopped: date | None,
    paused: tuple[str, ...],
    lights: Lights,
) -> Due:
    """Judge a finished count on the reference day: what is left, which light, overdue or not."""
    stages, spans, calendar = count.stages, count.spans, count.calendar
    first, end = stages[0].start, stages[-1].end
    at = max(reference.toordinal(), first)
    overdue = at > end
    last_rank = calendar.rank(end)
    workdays = last_rank - calendar.rank(at)
    if stages[0].workdays:
        total, remaining, unit_calendar = last_rank - calendar.rank(first), workdays, calendar
    else:
        total, remaining, unit_calendar = end - first, end - at, None
    if spans:
        total -= days_out(first, end, spans, unit_calendar)
        remaining -= days_out(at, end, spans, unit_calendar)
    if overdue:
        remaining = min(remaining, -1)  # the first rest day after the end is already one day late
        light = Light.OVERDUE
    elif stopped is not None:
        light = Light.GREEN
    else:
        light = _light(remaining, total, min(remaining, workdays), lights)
    estimated = leans_on_unpublished(stages, calendar)
    last_day = date.fromordinal(end)
    return Due(start, limit, last_day, estimated, remaining, total, overdue, light, paused, stopped, count)


def _light(remaining: int, total: int, workdays: int, lights: Lights) -> Light:
    """Give the light of a running clock; nothing left means the last day."""
    if remaining * 100 <= total * lights.red_percent:
        return Light.RED
    if remaining * 100 <= total * lights.amber_percent or workdays <= lights.amber_workdays:
        return Light.AMBER
    return Light.GREEN


def due_on(start: date, day: date, calendar: WorkCalendar, *, stopped: date | None = None, today: date) -> Due:
    """Stand a date that somebody named (not counted from a limit) as a due date in calendar days, never rolled."""
    limit = Limit(min(max(0, (day - start).days), LONGEST), Unit.DAYS)
    reference = today if stopped is None else min(stopped, today)
    stage = Stage(start.toordinal(), day.toordinal(), day.toordinal(), workdays=False)
    count = _Count((stage,), (), (), calendar)
    return _standing(start, limit, count, reference=reference, stopped=stopped, paused=(), lights=LIGHTS)


def latest_start(before: date, limit: Limit, calendar: WorkCalendar) -> date:
    """Give the last working day on which something due a limit before a date can still be done (行政许可法 第五十条).

    A rest day at the end rolls back, never forward: rolling forward would leave less than the limit.
    """
    if limit.unit is Unit.WORKDAYS and limit.n:
        return calendar.nth_working_day_before(before, limit.n)
    raw = before if limit.unit is Unit.WORKDAYS else counted_back(before, limit)
    return calendar.working_on_or_before(raw)


@dataclass(frozen=True, slots=True)
class ItemRun:
    """One item's part in a matter: accepted on a day, issued or ended on another (None while live), its pauses."""

    accepted: date
    stopped: date | None = None
    pauses: tuple[Pause, ...] = ()


def matter_clock(
    runs: Sequence[ItemRun],
    limit: Limit,
    calendar: WorkCalendar,
    *,
    finished: bool,
    today: date,
    lights: Lights = LIGHTS,
) -> Due | None:
    """Time the whole matter's own promise: first acceptance to last issue, without days on which no item's clock runs.

    `finished` says that no further item is to come; until then a matter whose items have all stopped is waiting, and
    its clock stands. None before the first acceptance.
    """
    if not runs:
        return None
    first = min(run.accepted for run in runs)
    running = union(span for run in runs for span in _running(run))
    resumptions = [p.expected_end for run in runs if run.stopped is None for p in run.pauses if p.end is None]
    expected = min((day for day in resumptions if day is not None), default=None)
    gaps = _gaps(first.toordinal(), running, expected)
    stops = [run.stopped for run in runs if run.stopped is not None]
    stopped = max(stops) if finished and len(stops) == len(runs) else None
    return due(first, limit, calendar, pauses=gaps, stopped=stopped, today=today, lights=lights)


def _running(run: ItemRun) -> list[Span]:
    """Give the spans in which an item's clock runs: from acceptance to its end, less its pauses."""
    at, end = run.accepted.toordinal(), _ENDLESS if run.stopped is None else run.stopped.toordinal()
    closes = ((p.start.toordinal(), _ENDLESS if p.end is None else p.end.toordinal()) for p in run.pauses)
    spans: list[Span] = []
    for first, last in union(closes):
        spans.append((at, min(first, end)))
        at = max(at, last)
    return [*spans, (at, end)]


def _gaps(first: int, running: Sequence[Span], expected: date | None) -> tuple[Pause, ...]:
    """Give what lies between the running spans as pauses; the last stays open when nothing runs on."""
    gaps: list[Pause] = []
    at = first
    for start, end in running:
        if start > at:
            gaps.append(_gap(at, date.fromordinal(start), None))
        at = max(at, end)
    return (*gaps, _gap(at, None, expected)) if at < _ENDLESS else tuple(gaps)


def _gap(start: int, end: date | None, expected: date | None) -> Pause:
    return Pause(f"gap:{start}", NO_LIVE_ITEM, date.fromordinal(start), expected, end)
