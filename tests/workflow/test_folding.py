"""Folding: what silence does, instant items, ends, bars, and acts decided elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.workflow.procedure.acts import (
    Act,
    ActFault,
    ActKind,
    ClockName,
    Gate,
    Passed,
    allowed,
    check,
    state_at,
)
from desktop.workflow.procedure.profiles import (
    PROFILES,
    ItemTiming,
    Letter,
    Renewal,
    SilenceCode,
)
from desktop.workflow.time.calendars import TimeFault
from desktop.workflow.time.deadlines import Light, Limit, Unit
from tests.workflow.round_acts import (
    ACCEPTED,
    FULL,
    INSTANT,
    OPEN,
    PERMIT,
    REVIEWING,
    START,
    A,
    D,
    R,
    S,
    act,
    at,
    codes,
    on,
    refusal,
)
from tests.workflow.test_calendars import CALENDAR

# --- silence ---


def test_a_permit_not_answered_in_five_working_days_is_accepted_as_of_its_receipt() -> None:
    # 2, 3, 6, 7, 8 July = 5
    submitted = act(A.SUBMIT, "2026-07-01")
    last_day = on("2026-07-08", submitted)
    clock = last_day.clock(ClockName.ACCEPTANCE)
    assert clock is not None
    assert (last_day.state, clock.date, clock.light) == (S.SUBMITTED, D("2026-07-08"), Light.RED)
    state = on("2026-07-09", submitted)
    assert (state.state, state.accepted_on) == (S.ACCEPTED, D("2026-07-01"))
    (deemed,) = state.deemed
    assert (deemed.code, deemed.as_of, deemed.found_on) == (
        SilenceCode.DEEMED_ACCEPTED,
        D("2026-07-01"),
        D("2026-07-09"),
    )
    assert deemed.basis == "行政许可法 第三十二条第一款第四项"
    gate = state.passed(Gate.ACCEPT)
    assert gate is not None
    assert gate.how is Passed.DEEMED
    # twenty working days after 1 July: 2, 3 = 2, 6–10 = 7, 13–17 = 12, 20–24 = 17, 27, 28, 29 = 20
    statutory, acceptance = state.clock(ClockName.STATUTORY), state.clock(ClockName.ACCEPTANCE)
    assert statutory is not None
    assert acceptance is not None
    assert (statutory.date, acceptance.overdue) == (D("2026-07-29"), True)


def test_the_national_holiday_is_not_the_departments_silence() -> None:
    submitted = act(A.SUBMIT, "2025-09-26")  # 28 (make-up), 29, 30 September = 3, 9, 10 October = 5
    assert on("2025-10-10", submitted).state is S.SUBMITTED
    assert on("2025-10-11", submitted).state is S.ACCEPTED


def test_a_notice_stops_the_five_days_and_the_resupply_restarts_what_was_left() -> None:
    # 2, 3 July = 2; held to the 10th; 13, 14, 15 = 5
    acts = [act(A.SUBMIT, "2026-07-01"), act(A.SUPPLEMENT, "2026-07-03"), act(A.RESUPPLY, "2026-07-10")]
    held = on("2026-07-09", *acts)
    clock, resupply = held.clock(ClockName.ACCEPTANCE), held.clock(ClockName.RESUPPLY)
    assert clock is not None
    assert resupply is not None
    assert (held.state, clock.paused_now, clock.remaining) == (S.SUPPLEMENT, True, 3)
    assert resupply.date == D("2026-07-17")  # ten working days after the 3rd
    assert on("2026-07-15", *acts).state is S.SUBMITTED
    state = on("2026-07-16", *acts)
    assert (state.state, state.accepted_on) == (S.ACCEPTED, D("2026-07-10"))


def test_a_notice_on_the_fifth_day_leaves_the_day_the_papers_come_back() -> None:
    # back on Saturday 11 July with nothing left: an answer by Monday the 13th
    acts = [act(A.SUBMIT, "2026-07-01"), act(A.SUPPLEMENT, "2026-07-08"), act(A.RESUPPLY, "2026-07-11")]
    assert on("2026-07-13", *acts).state is S.SUBMITTED
    state = on("2026-07-14", *acts)
    assert (state.state, state.accepted_on) == (S.ACCEPTED, D("2026-07-11"))


def test_a_round_waiting_for_papers_is_never_accepted_or_ended_by_silence() -> None:
    state = on("2027-07-01", act(A.SUBMIT, "2026-07-01"), act(A.SUPPLEMENT, "2026-07-03"))
    clock = state.clock(ClockName.RESUPPLY)
    assert clock is not None
    assert (state.state, clock.overdue) == (S.SUPPLEMENT, True)


def test_a_notice_on_the_sixth_day_is_void() -> None:
    state = on("2026-07-10", act(A.SUBMIT, "2026-07-01"), act(A.SUPPLEMENT, "2026-07-09"))
    assert (state.state, state.notices, codes(state)) == (S.ACCEPTED, (), ["act_out_of_order"])


def test_a_timely_notice_that_arrives_late_takes_the_place_of_the_deemed_acceptance() -> None:
    submitted = act(A.SUBMIT, "2026-07-01")
    notice = act(A.SUPPLEMENT, "2026-07-07", recorded="2026-07-13")
    state = on("2026-07-13", submitted, notice)
    assert (state.state, state.accepted_on) == (S.SUPPLEMENT, None)
    assert [(d.superseded, d.found_on) for d in state.deemed] == [(True, D("2026-07-09"))]
    assert codes(state) == ["backdated", "deemed_acceptance_superseded"]
    before = state_at(PERMIT, FULL, [submitted], notice.legal, CALENDAR)
    check(notice, PERMIT, FULL, before, OPEN, CALENDAR)
    overnight = replace(notice, legal=at("2026-07-08", 17), recorded=at("2026-07-09", 9), reason=None)
    check(replace(overnight, recorded=at("2026-07-08", 18)), PERMIT, FULL, before, OPEN, CALENDAR)
    with pytest.raises(ActFault, match="late_notice_without_reason"):
        check(overnight, PERMIT, FULL, before, OPEN, CALENDAR)


def test_work_done_before_a_late_notice_arrived_stands_and_what_was_missing_moves_to_the_decision() -> None:
    submitted = act(A.SUBMIT, "2026-07-01")
    assigned = act(A.ASSIGN, "2026-07-10")
    notice = act(A.SUPPLEMENT, "2026-07-07", recorded="2026-07-13")
    state = on("2026-07-13", submitted, notice, assigned)
    assert (state.state, state.accepted_on, state.moved_to_decide) == (S.REVIEWING, D("2026-07-01"), ("lease",))
    assert [deemed.superseded for deemed in state.deemed] == [False]
    assert "notice_overtaken" in codes(state)
    acceptance = state.clock(ClockName.ACCEPTANCE)
    assert acceptance is not None
    assert (acceptance.date, state.notices[0].overtaken) == (D("2026-07-08"), True)
    known = replace(assigned, recorded=notice.recorded)  # recorded once the notice was known: it does not stand
    assert on("2026-07-14", submitted, notice, known).state is S.SUPPLEMENT


def test_work_that_rested_on_no_acceptance_does_not_stand_before_a_late_notice() -> None:
    early = act(A.ASSIGN, "2026-07-07")  # nothing was accepted yet, not even by silence
    notice = act(A.SUPPLEMENT, "2026-07-03", recorded="2026-07-13")
    state = on("2026-07-13", act(A.SUBMIT, "2026-07-01"), notice, early)
    assert (state.state, state.moved_to_decide) == (S.SUPPLEMENT, ())
    assert codes(state)[-1] == "act_out_of_order"


def test_an_acceptance_made_before_a_late_notice_arrived_stands() -> None:
    accepted = act(A.ACCEPT, "2026-07-06")
    notice = act(A.SUPPLEMENT, "2026-07-03", recorded="2026-07-07")
    state = on("2026-07-07", act(A.SUBMIT, "2026-07-01"), notice, accepted)
    assert (state.state, state.accepted_on, state.moved_to_decide) == (S.ACCEPTED, D("2026-07-06"), ("lease",))


def test_an_items_own_law_may_accept_by_silence_outside_permits() -> None:
    land = ItemTiming(acceptance=Limit.parse("当场"), deemed_acceptance_basis="不动产登记暂行条例 第十七条")
    submitted = act(A.SUBMIT, "2026-07-01")
    registration = PROFILES["registration"]
    assert on("2026-07-01", submitted, profile=registration, timing=land).state is S.SUBMITTED
    state = on("2026-07-02", submitted, profile=registration, timing=land)
    assert (state.state, state.deemed[0].basis) == (S.ACCEPTED, "不动产登记暂行条例 第十七条")


def test_a_renewal_applied_for_in_time_is_granted_when_the_old_licence_expires_undecided() -> None:
    timing = replace(FULL, renewal=Renewal(D("2026-08-31")))
    acts = [act(A.SUBMIT, "2026-08-01"), act(A.ACCEPT, "2026-08-03"), act(A.ASSIGN, "2026-08-04")]
    assert on("2026-08-31", *acts, timing=timing).state is S.REVIEWING
    state = on("2026-09-01", *acts, timing=timing)
    assert (state.state, state.decided_on) == (S.GRANTED, D("2026-08-31"))
    assert [(d.code, d.as_of) for d in state.deemed] == [(SilenceCode.DEEMED_GRANTED, D("2026-08-31"))]
    late = [act(A.SUBMIT, "2026-08-02"), *acts[1:]]  # 29 days before expiry
    assert on("2026-09-01", *late, timing=timing).state is S.REVIEWING
    refused = act(A.REFUSE, "2026-08-31")
    assert on("2026-09-01", *acts, refused, timing=timing).state is S.REFUSED


def test_papers_owing_when_the_old_licence_expires_are_no_silence_of_the_department() -> None:
    timing = replace(FULL, renewal=Renewal(D("2026-08-31")))
    acts = [act(A.SUBMIT, "2026-07-01"), act(A.SUPPLEMENT, "2026-07-02"), act(A.RESUPPLY, "2026-09-01")]
    state = on("2026-09-10", *acts, timing=timing)
    assert (state.state, [d.code for d in state.deemed]) == (S.ACCEPTED, [SilenceCode.DEEMED_ACCEPTED])


def test_a_renewal_is_counted_in_calendar_units_only() -> None:
    with pytest.raises(TimeFault, match="limit_not_in_calendar_units"):
        Renewal(D("2026-08-31"), Limit(30, Unit.WORKDAYS))


# --- instant items, ends, bars, acts decided elsewhere ---


def test_an_instant_item_is_accepted_granted_and_issued_in_one_act() -> None:
    acts = (act(A.SUBMIT, "2026-07-01"), act(A.GRANT, "2026-07-01", hour=11, role=R.CLERK))
    state = on("2026-07-01", *acts, timing=INSTANT)
    assert (state.state, state.accepted_on, state.decided_on, state.issued_on) == (S.ISSUED, START, START, START)
    assert [(passed.gate, passed.how) for passed in state.gates] == [(gate, Passed.JUDGED) for gate in Gate]
    refused = on("2026-07-01", acts[0], act(A.REFUSE, "2026-07-01", hour=11), timing=INSTANT)
    assert (refused.state, refused.issued_on) == (S.REFUSED, None)
    assert refusal(acts[1], acts[0]) == "not_instant"
    assert codes(on("2026-07-01", *acts)) == ["not_instant"]


def test_an_annulment_may_order_the_matter_done_again() -> None:
    refused = (*REVIEWING, act(A.REFUSE, "2026-07-10"))
    annulled = on("2026-09-01", *refused, act(A.SERVE, "2026-07-12"), act(A.ANNUL, "2026-09-01", values={"redo": True}))
    assert (annulled.state, annulled.redo_ordered, annulled.ended_by) == (S.ANNULLED, True, A.ANNUL)
    assert annulled.served_on == D("2026-07-12")
    plain = on("2026-09-01", *refused, act(A.ANNUL, "2026-09-01"))
    assert not plain.redo_ordered


def test_bad_faith_bars_applying_again_for_one_year_or_three() -> None:
    faith = {"bad_faith": True}
    refused = on("2026-07-10", *REVIEWING, act(A.REFUSE, "2026-07-10", values=faith))
    assert refused.barred_until == D("2027-07-10")
    granted = (*REVIEWING, act(A.GRANT, "2026-07-10"))
    revoked = on("2026-08-10", *granted, act(A.REVOKE_UNLAWFUL, "2026-08-10", values=faith))
    assert (revoked.state, revoked.barred_until) == (S.REVOKED_UNLAWFUL, D("2029-08-10"))
    assert on("2026-07-10", *REVIEWING, act(A.REFUSE, "2026-07-10")).barred_until is None


def test_the_outcomes_at_the_counter_end_the_round_with_their_letter() -> None:
    for kind, letter in ((A.NOT_REQUIRED, Letter.NOT_REQUIRED), (A.NOT_OURS, Letter.NOT_OURS)):
        state = on("2026-07-01", act(kind, "2026-07-01"))
        assert (state.state, state.ended_by, state.live) == (S.NOT_ACCEPTED, kind, False)
        assert PERMIT.transitions[S.NONE, kind].letter is letter
    corrected = on("2026-07-01", act(A.SUBMIT, "2026-07-01"), act(A.CORRECT, "2026-07-01", hour=11))
    assert (corrected.state, corrected.submitted_on) == (S.SUBMITTED, START)


def elsewhere(kind: ActKind, day: str, **values: object) -> Act:
    named = {"source": "provincial platform", "number": "6200-15"} | values
    return act(kind, day, values=named, observed=True, role=R.OTHER_SYSTEM, reason=None)


def test_an_act_decided_elsewhere_skips_the_guards_and_its_gates_are_not_judged() -> None:
    submitted = act(A.SUBMIT, "2026-07-01")
    reviewing = on("2026-07-20", submitted, elsewhere(A.ASSIGN, "2026-07-03"))
    answered = reviewing.clock(ClockName.ACCEPTANCE)
    assert answered is not None
    assert (reviewing.state, answered.stopped) == (S.REVIEWING, D("2026-07-03"))
    state = on("2026-07-10", submitted, elsewhere(A.GRANT, "2026-07-06"))
    assert (state.state, state.decided_on, state.accepted_on) == (S.GRANTED, D("2026-07-06"), None)
    assert {passed.gate: passed.how for passed in state.gates} == {
        Gate.SUBMIT: Passed.JUDGED,
        Gate.ACCEPT: Passed.NOT_JUDGED,
        Gate.DECIDE: Passed.NOT_JUDGED,
    }
    acceptance = state.clock(ClockName.ACCEPTANCE)
    assert acceptance is not None
    assert (acceptance.stopped, codes(state)) == (D("2026-07-06"), [])


def test_an_observation_may_name_only_the_state() -> None:
    seen = elsewhere(A.OBSERVE, "2026-07-06", state="issued")
    state = on("2026-07-10", seen)
    assert (state.state, state.issued_on) == (S.ISSUED, D("2026-07-06"))
    noted = on("2026-07-10", *ACCEPTED, elsewhere(A.OBSERVE, "2026-07-06"))
    assert (noted.state, noted.warnings) == (S.ACCEPTED, ())
    unreadable = on("2026-07-10", *ACCEPTED, elsewhere(A.OBSERVE, "2026-07-06", state="办结"))
    assert (unreadable.state, codes(unreadable)) == (S.ACCEPTED, ["act_out_of_order"])


def test_what_is_decided_elsewhere_never_takes_a_round_back() -> None:
    granted = (*REVIEWING, act(A.GRANT, "2026-07-10"))
    refused = elsewhere(A.REFUSE, "2026-07-13")
    state = on("2026-07-13", *granted, refused)
    assert (state.state, codes(state)) == (S.GRANTED, ["act_out_of_order"])
    assert refusal(refused, *granted) == "observed_contradicts"
    assert refusal(replace(refused, values={"number": "1"}), *REVIEWING) == "observed_without_source"
    offers = allowed(PERMIT, FULL, on("2026-07-13", *granted), R.OTHER_SYSTEM, {}, D("2026-07-13"))
    assert {offer.act for offer in offers if offer.allowed} == {
        *(A.ISSUE, A.SERVE, A.CLEAR_CHECK, A.FAIL_CHECK, A.OBSERVE, A.ANNUL),
        *(A.REVOKE_UNLAWFUL, A.WITHDRAW_PERMIT, A.REVOKE_PENALTY, A.DEREGISTER),
    }
