"""The clocks of a round: acceptance, resupply, promises, the statutory and the promised limit, delivery."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from desktop.workflow.procedure.legal_states import AGAINST, ActKind, LegalState
from desktop.workflow.procedure.rounds import Clock, ClockName, Deferral, Draft, RoundState, SupplementNotice
from desktop.workflow.time.deadlines import Due, due, due_on
from desktop.workflow.time.limits import Limit, Pause, Unit

_CHECKED = frozenset({LegalState.GRANTED, LegalState.ISSUED, LegalState.SERVED})
_ON_THE_SPOT = Limit(0, Unit.WORKDAYS)


def acceptance_due(draft: Draft, today: date) -> Due | None:
    """Give the date by which papers are accepted, supplemented or not accepted; a supplement holds it.

    What was left runs on from the resupply; with nothing left the answer is due on the day the papers come back.
    """
    limit = draft.profile.acceptance(draft.timing)
    if limit is None or draft.submitted_on is None:
        return None
    stopped = draft.answered_on
    pauses = [_held(draft, notice, today) for notice in draft.notices if not notice.overtaken]
    answer = due(draft.submitted_on, limit, draft.calendar, pauses=pauses, stopped=stopped, today=today)
    last = pauses[-1] if pauses else None
    if last is None or last.end is None or not last.start <= answer.date < last.end:
        return answer
    return due(last.end, _ON_THE_SPOT, draft.calendar, stopped=stopped, today=today)


def _held(draft: Draft, notice: SupplementNotice, today: date) -> Pause:
    expected = resupply_due(draft, notice, today).date
    return Pause(f"supplement:{notice.op}", "supplement", notice.on, expected, notice.returned_on)


def resupply_due(draft: Draft, notice: SupplementNotice, today: date) -> Due:
    """Give the date by which the papers of a supplement notice are to be back."""
    stopped = notice.returned_on or draft.answered_on
    return due(notice.on, draft.timing.supplement_return, draft.calendar, stopped=stopped, today=today)


def statutory_due(draft: Draft, today: date) -> Due | None:
    """Give the date by law for the decision; pauses and the one extension move it."""
    return _decision_due(draft, draft.profile.statutory(draft.timing), today, extended=True)


def _decision_due(draft: Draft, limit: Limit | None, today: date, *, extended: bool) -> Due | None:
    if limit is None or draft.accepted_on is None:
        return None
    return due(
        draft.accepted_on,
        limit,
        draft.calendar,
        pauses=draft.pauses,
        extensions=draft.extensions if extended else (),
        stopped=draft.stopped_on,
        today=today,
    )


def _delivery_due(draft: Draft, today: date) -> Due | None:
    limit = draft.profile.standards.delivery
    if limit is None or draft.granted_on is None:
        return None
    stopped = draft.served_on or draft.ended_on
    return due(draft.granted_on, limit, draft.calendar, stopped=stopped, today=today)


def _check_due(draft: Draft, today: date) -> Due | None:
    """Give the date by which what was promised is checked; once it failed, the day to put things right by."""
    limit, stopped = draft.timing.afterwards, draft.checked_on or draft.ended_on
    if limit is None or draft.granted_on is None:
        return None
    if draft.check_failed_on is not None and draft.put_right_by is not None:
        return due_on(draft.check_failed_on, draft.put_right_by, draft.calendar, stopped=stopped, today=today)
    return due(draft.granted_on, limit, draft.calendar, stopped=stopped, today=today)


def _remedy_due(draft: Draft, limit: Limit | None, today: date) -> Due | None:
    """Give the last day to dispute a decision against the person, counted from the day it was served.

    The day of service is not counted, and a last day of rest rolls on (行政复议法 第八十八条, 民事诉讼法 第八十五条).
    """
    if limit is None or draft.served_on is None or draft.state not in AGAINST:
        return None
    return due(draft.served_on, limit, draft.calendar, today=today)


def _promise_due(draft: Draft, deferral: Deferral, today: date) -> Due | None:
    if deferral.due is None:
        return None
    stopped = deferral.kept_on or deferral.broken_on or draft.stopped_on
    return due_on(deferral.made_on, deferral.due, draft.calendar, stopped=stopped, today=today)


def _clocks(draft: Draft, today: date) -> Iterator[tuple[ClockName, Due | None, str]]:
    yield ClockName.ACCEPTANCE, acceptance_due(draft, today), ""
    if draft.state is LegalState.SUPPLEMENT and draft.notices:
        yield ClockName.RESUPPLY, resupply_due(draft, draft.notices[-1], today), ""
    for deferral in draft.deferrals.values():
        yield ClockName.PROMISE, _promise_due(draft, deferral, today), deferral.leaf
    yield ClockName.STATUTORY, statutory_due(draft, today), ""
    yield ClockName.PROMISED, _decision_due(draft, draft.timing.promised, today, extended=False), ""
    yield ClockName.DELIVERY, _delivery_due(draft, today), ""
    yield ClockName.AFTERWARDS, _check_due(draft, today), ""
    yield ClockName.RECONSIDERATION, _remedy_due(draft, draft.profile.standards.reconsideration, today), ""
    yield ClockName.LITIGATION, _remedy_due(draft, draft.profile.standards.litigation, today), ""


def finished(draft: Draft, today: date) -> RoundState:
    """Freeze a round as it stands on a day, with its clocks and what a person should look at."""
    clocks = tuple(Clock(name, answer, key) for name, answer, key in _clocks(draft, today) if answer is not None)
    _warn_of_time(draft, today)
    return RoundState(
        state=draft.state,
        submitted_on=draft.submitted_on,
        received_on=draft.received_on,
        accepted_on=draft.accepted_on,
        decided_on=draft.decided_on,
        issued_on=draft.issued_on,
        served_on=draft.served_on,
        ended_on=draft.ended_on,
        ended_by=draft.ended_by,
        gates=tuple(draft.gates.values()),
        notices=tuple(draft.notices),
        deferrals=tuple(draft.deferrals.values()),
        pauses=tuple(draft.pauses),
        extensions=tuple(draft.extensions),
        clocks=clocks,
        deemed=tuple(draft.deemed),
        moved_to_decide=draft.moved,
        barred_until=draft.barred_until,
        redo_ordered=draft.redo_ordered,
        warnings=tuple(draft.warnings),
        check_owed=draft.timing.afterwards is not None and draft.state in _CHECKED and draft.checked_on is None,
        check_failed_on=draft.check_failed_on,
        service_owed=_is_service_owed(draft),
    )


def _is_service_owed(draft: Draft) -> bool:
    """Tell whether a decision against the person is out and was not served yet."""
    servable = (draft.state, ActKind.SERVE) in draft.profile.transitions
    return draft.state in AGAINST and servable and draft.served_on is None


def _warn_of_time(draft: Draft, today: date) -> None:
    """Raise the alarm of a pause past its expected end, and of a promise past its day."""
    for pause in draft.pauses:
        if pause.end is None and pause.expected_end is not None and pause.expected_end < today:
            draft.warn("pause_past_expected_end", ground=pause.ground, expected_end=pause.expected_end)
    for deferral in draft.deferrals.values():
        running = deferral.is_open and draft.stopped_on is None
        if running and deferral.due is not None and deferral.due < today:
            draft.warn("promise_past_due", leaf=deferral.leaf, due=deferral.due)
