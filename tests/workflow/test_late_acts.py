"""An act recorded late never takes the effect from acts on record."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from desktop.workflow.procedure.acts import check, state_at
from desktop.workflow.procedure.late_acts import check_late
from desktop.workflow.procedure.legal_states import Act, ActFault, ActKind, ActorRole, Gate
from desktop.workflow.procedure.profiles import PROFILES
from tests.workflow.round_acts import FULL, REVIEWING, act, at
from tests.workflow.test_calendars import CALENDAR

A = ActKind
PERMIT = PROFILES["permit"]
NEXT = "2026-07-02"
GRANTED = (*REVIEWING, act(A.GRANT, NEXT, hour=10))
SERVED = (*GRANTED, act(A.ISSUE, NEXT, hour=11), act(A.SERVE, NEXT, hour=12))


def record(last: Act, *acts: Act) -> None:
    """Check an act as it is before it is recorded: by the law, then beside the acts on record."""
    before = state_at(PERMIT, FULL, acts, last.legal, CALENDAR)
    check(last, PERMIT, FULL, before, dict.fromkeys(Gate, True), CALENDAR)
    check_late(last, PERMIT, FULL, acts, CALENDAR)


def undone_by(last: Act, *acts: Act) -> object:
    """Give the acts on record for whose sake a late one is refused."""
    with pytest.raises(ActFault, match="undoes_record") as fault:
        record(last, *acts)
    return fault.value.values["acts"]


def late(kind: ActKind, **more: Any) -> Act:
    """An act of nine o'clock that is written down in the afternoon."""
    return replace(act(kind, NEXT, hour=9, **more), recorded=at(NEXT, 15))


def test_a_withdrawal_before_the_decision_cannot_be_recorded_after_it() -> None:
    withdrawn = late(A.WITHDRAW, role=ActorRole.CLERK)
    assert undone_by(withdrawn, *SERVED) == (A.GRANT, A.ISSUE, A.SERVE)
    record(withdrawn, *REVIEWING)


@pytest.mark.parametrize("kind", [A.REFUSE, A.TERMINATE])
def test_another_decision_before_the_one_on_record_is_refused(kind: ActKind) -> None:
    assert undone_by(late(kind), *GRANTED) == (A.GRANT,)


def test_a_late_act_that_leaves_the_others_their_effect_is_recorded() -> None:
    heard = late(A.HEARING_OPEN)
    closed = replace(act(A.HEARING_CLOSE, NEXT, hour=9), legal=at(NEXT, 9) + timedelta(minutes=5))
    record(heard, *REVIEWING, closed, act(A.GRANT, NEXT, hour=10))


def test_a_late_resumption_does_not_make_an_extension_too_late() -> None:
    paused = act(A.SUSPEND, "2026-07-02", values={"ground": "testing", "expected_end": "2026-09-30"})
    extended = act(A.EXTEND, "2026-08-20", role=ActorRole.APPROVER)
    resumed = act(A.RESUME, "2026-07-06", recorded="2026-08-21", values={"ground": "testing"})
    assert undone_by(resumed, *REVIEWING, paused, extended) == (A.EXTEND,)
    record(resumed, *REVIEWING, paused)


def test_a_timely_notice_that_arrives_late_stands_beside_the_acts_taken_without_it() -> None:
    submitted = act(A.SUBMIT, "2026-07-01", hour=8)
    assigned = act(A.ASSIGN, "2026-07-13")
    notice = act(A.SUPPLEMENT, "2026-07-03", recorded="2026-07-14", values={"listed": ["p1"]})
    record(notice, submitted, assigned)
