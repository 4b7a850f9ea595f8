"""How long a plan holds by itself: until a day is crossed on which something it goes by runs out, or a date moves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from desktop.workflow.planning.known import Known
from desktop.workflow.planning.plan import Task
from desktop.workflow.time.deadlines import Due

_DAY = timedelta(days=1)


def holds_until(known: Known, tasks: Sequence[Task], matter_due: Due | None) -> date | None:
    """Give the last day on which a plan holds if nobody does anything; None where no day overtakes it.

    It holds while every answer, paper and result it goes by is good; while a pause lasts as long as expected; and, once
    a pause lasts longer, for the one day on which its due date was projected.
    """
    today = known.today
    ends = [*_ends(known), *(day for task in tasks if task.state.live for day in _pauses(task, today))]
    if matter_due is not None and matter_due.paused_now:
        ends.append(_waits_until(tasks, today))
    return min((day for day in ends if day >= today), default=None)


def _ends(known: Known) -> Iterator[date]:
    """Give the last day of all that is known, of this matter and of everybody taking part."""
    inputs = known.inputs
    for kept in (inputs.facts, inputs.papers, inputs.held, known.made):
        yield from (one.until for one in kept if one.until is not None)
    for key in known.begun:
        barred = known.round(key)[1].barred_until
        if barred is not None:
            yield barred


def _pauses(task: Task, today: date) -> Iterator[date]:
    """Give the last day before each open pause is to end; where one lasts longer, its due date moves every day."""
    for pause in task.state.pauses:
        if pause.end is None:
            end = pause.expected_end
            yield today if end is None or end <= today else end - _DAY


def _waits_until(tasks: Sequence[Task], today: date) -> date:
    """Give the last day for which the matter's own date was projected while none of its items runs."""
    return min((day for task in tasks if task.state.live for day in _pauses(task, today)), default=today)
