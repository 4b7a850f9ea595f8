"""What may be done and why not: clocks, extensions, suspensions, hearings, promises, notices, and the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from desktop.workflow.procedure.acts import (
    ActFault,
    ClockName,
    Papers,
    check,
    state_at,
)
from desktop.workflow.procedure.profiles import PROFILES
from desktop.workflow.time.deadlines import Limit, Unit, matter_clock
from tests.workflow.round_acts import (
    FULL,
    OPEN,
    PERMIT,
    REVIEWING,
    A,
    D,
    R,
    S,
    act,
    at,
    codes,
    dates,
    offered,
    on,
    refusal,
)
from tests.workflow.test_calendars import CALENDAR

# --- clocks, pauses, extensions, promises ---


def test_an_extension_moves_the_statutory_date_and_not_the_promise() -> None:
    assert dates(on("2026-07-02", *REVIEWING)) == {
        "acceptance": "2026-07-08",
        "statutory": "2026-07-29",
        "promised": "2026-07-15",
    }
    extended = on("2026-07-29", *REVIEWING, act(A.EXTEND, "2026-07-29"))
    # 30, 31 July = 2, 3–7 August = 7, 10, 11, 12 = 10
    assert (dates(extended)["statutory"], dates(extended)["promised"]) == ("2026-08-12", "2026-07-15")


def test_an_extension_after_expiry_has_no_effect_and_is_refused() -> None:
    late = act(A.EXTEND, "2026-07-30", role=R.APPROVER)
    state = on("2026-07-30", *REVIEWING, late)
    assert (state.extensions, codes(state)) == ((), ["extension_too_late"])
    before = on("2026-07-30", *REVIEWING)
    with pytest.raises(ActFault) as fault:
        check(late, PERMIT, FULL, before, OPEN, CALENDAR)
    assert (fault.value.code, fault.value.values["due"]) == ("extension_too_late", D("2026-07-29"))
    last_day = replace(late, legal=at("2026-07-29"), recorded=at("2026-07-29"))
    check(last_day, PERMIT, FULL, on("2026-07-29", *REVIEWING), OPEN, CALENDAR)
    offer = offered(before, A.EXTEND, R.APPROVER, "2026-07-30")
    assert (offer.allowed, offer.code) == (False, "extension_too_late")


def test_an_extension_happens_once_within_what_the_law_gives() -> None:
    first = act(A.EXTEND, "2026-07-20", role=R.APPROVER)
    again = act(A.EXTEND, "2026-07-21", role=R.APPROVER)
    assert refusal(again, *REVIEWING, first) == "already_extended"
    check(replace(first, values={"limit": "10 workdays"}), PERMIT, FULL, on("2026-07-20", *REVIEWING), OPEN, CALENDAR)
    assert refusal(replace(first, values={"limit": "11 workdays"}), *REVIEWING) == "extension_too_long"
    assert refusal(replace(first, values={"limit": "10 days"}), *REVIEWING) == "extension_too_long"
    assert refusal(replace(first, values={"limit": "soon"}), *REVIEWING) == "limit_unreadable"
    assert refusal(first, *REVIEWING, timing=replace(FULL, extend=None)) == "no_extension"
    shorter = on("2026-07-21", *REVIEWING, replace(first, values={"limit": "5 workdays"}), again)
    assert (dates(shorter)["statutory"], codes(shorter)) == ("2026-08-05", ["already_extended"])


def test_a_suspension_on_a_listed_ground_pauses_both_limits_and_raises_its_alarm() -> None:
    pause = act(A.SUSPEND, "2026-07-03", values={"ground": "survey", "expected_end": "2026-07-15"})
    paused = on("2026-07-09", *REVIEWING, pause)
    clock = paused.clock(ClockName.PROMISED)
    assert clock is not None
    assert (paused.state, clock.paused_now, clock.remaining) == (S.SUSPENDED, True, 8)
    assert codes(on("2026-07-16", *REVIEWING, pause)) == ["pause_past_expected_end"]
    assert (paused.rests_until(D("2026-07-14")), paused.rests_until(D("2026-07-15"))) == (D("2026-07-15"), None)
    resumed = on("2026-07-16", *REVIEWING, pause, act(A.RESUME, "2026-07-15"))
    # 2, 3 July = 2, 16, 17 = 4, 20–24 = 9, 27 = 10; the statutory ten more: 28–31 = 14, 3–7 August = 19, 10 = 20
    assert (resumed.state, dates(resumed)["promised"], dates(resumed)["statutory"]) == (
        S.REVIEWING,
        "2026-07-27",
        "2026-08-10",
    )


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"ground": "publicity", "expected_end": "2026-07-15"}, "ground_not_listed"),
        ({"expected_end": "2026-07-15"}, "ground_not_listed"),
        ({"ground": "survey"}, "expected_end_missing"),
        ({"ground": "survey", "expected_end": "soon"}, "expected_end_missing"),
        ({"ground": "survey", "expected_end": "2026-07-03"}, "expected_end_not_later"),
    ],
)
def test_a_suspension_without_its_ground_or_its_end_is_refused(values: dict[str, object], code: str) -> None:
    assert refusal(act(A.SUSPEND, "2026-07-03", values=values), *REVIEWING) == code


def test_an_item_without_listed_grounds_cannot_be_suspended() -> None:
    bare, service = replace(FULL, pauses=()), PROFILES["public_service"]
    before = state_at(service, bare, REVIEWING, at("2026-07-03"), CALENDAR)
    with pytest.raises(ActFault) as fault:
        check(act(A.SUSPEND, "2026-07-03"), service, bare, before, OPEN, CALENDAR)
    assert fault.value.code == "no_listed_ground"
    offer = offered(before, A.SUSPEND, R.REVIEWER, "2026-07-03", timing=bare, profile=service)
    assert (offer.allowed, offer.code) == (False, "no_listed_ground")


def test_a_permit_that_names_no_ground_of_its_own_pauses_on_those_of_the_law() -> None:
    bare = replace(FULL, pauses=())
    pause = act(A.SUSPEND, "2026-07-03", values={"ground": "inspection", "expected_end": "2026-07-15"})
    paused = on("2026-07-09", *REVIEWING, pause, timing=bare)
    assert (paused.state, paused.open_grounds) == (S.SUSPENDED, ("inspection",))
    assert refusal(act(A.SUSPEND, "2026-07-03"), *REVIEWING, timing=bare) == "ground_not_listed"


def test_two_suspensions_overlap_and_the_round_resumes_when_both_are_over() -> None:
    survey = act(A.SUSPEND, "2026-07-03")
    testing = act(A.SUSPEND, "2026-07-06", values={"ground": "testing", "expected_end": "2026-07-31"})
    assert refusal(act(A.SUSPEND, "2026-07-07"), *REVIEWING, survey) == "already_paused"
    first = act(A.RESUME, "2026-07-08", values={"ground": "survey"})
    half = on("2026-07-09", *REVIEWING, survey, testing, first)
    assert (half.state, half.open_grounds) == (S.SUSPENDED, ("testing",))
    assert refusal(act(A.RESUME, "2026-07-09", values={"ground": "survey"}), *REVIEWING, survey, testing, first) == (
        "ground_not_open"
    )
    whole = on("2026-07-16", *REVIEWING, survey, testing, first, act(A.RESUME, "2026-07-15"))
    assert (whole.state, dates(whole)["promised"]) == (S.REVIEWING, "2026-07-27")
    filed = PROFILES["filing"]  # no ground but the item's own two
    now = on("2026-07-07", *REVIEWING, survey, testing, profile=filed)
    both = offered(now, A.SUSPEND, R.REVIEWER, "2026-07-07", profile=filed)
    assert both.code == "already_paused"


def test_a_hearing_pauses_the_clock_and_holds_the_decision_but_an_objection_does_neither() -> None:
    objected = (*REVIEWING, act(A.OBJECT, "2026-07-02", role=R.APPLICANT))
    assert dates(on("2026-07-02", *objected))["promised"] == "2026-07-15"
    opened = act(A.HEARING_OPEN, "2026-07-03")
    state = on("2026-07-07", *objected, opened)
    assert (state.state, state.hearing_open) == (S.REVIEWING, True)
    assert refusal(act(A.GRANT, "2026-07-07"), *objected, opened) == "hearing_not_closed"
    assert refusal(act(A.HEARING_OPEN, "2026-07-07"), *objected, opened) == "hearing_not_closed"
    assert refusal(act(A.HEARING_CLOSE, "2026-07-07"), *objected) == "no_open_hearing"
    closed = on("2026-07-16", *objected, opened, act(A.HEARING_CLOSE, "2026-07-15"))
    assert (closed.hearing_open, dates(closed)["promised"]) == (False, "2026-07-27")


def test_resuming_a_suspension_does_not_close_a_hearing() -> None:
    acts = (*REVIEWING, act(A.SUSPEND, "2026-07-03"), act(A.HEARING_OPEN, "2026-07-06"), act(A.RESUME, "2026-07-08"))
    state = on("2026-07-09", *acts)
    assert (state.state, state.hearing_open, state.open_grounds) == (S.REVIEWING, True, ())


def test_delivery_runs_from_the_grant_to_the_service() -> None:
    granted = (*REVIEWING, act(A.GRANT, "2026-07-15"))
    # 16, 17 = 2, 20–24 = 7, 27, 28, 29 = 10
    assert dates(on("2026-07-16", *granted))["delivery"] == "2026-07-29"
    served = on("2026-08-30", *granted, act(A.ISSUE, "2026-07-17"), act(A.SERVE, "2026-07-30"))
    delivery, promised = served.clock(ClockName.DELIVERY), served.clock(ClockName.PROMISED)
    assert delivery is not None
    assert promised is not None
    assert (served.state, served.served_on, delivery.overdue) == (S.SERVED, D("2026-07-30"), True)
    assert (promised.overdue, promised.stopped, served.live) == (False, D("2026-07-15"), False)
    revoked = on("2026-08-30", *granted, act(A.REVOKE_UNLAWFUL, "2026-07-20")).clock(ClockName.DELIVERY)
    assert revoked is not None
    assert (revoked.stopped, revoked.overdue) == (D("2026-07-20"), False)


def test_a_paper_owed_under_a_promise_has_a_clock_and_ends_in_writing() -> None:
    promise = act(A.PROMISE, "2026-07-01", hour=8, op="p")
    submitted, accepted = act(A.SUBMIT, "2026-07-01", hour=7), act(A.ACCEPT, "2026-07-01", hour=9)
    owing = on("2026-07-07", submitted, promise, accepted)
    clock = owing.clock(ClockName.PROMISE)
    assert clock is not None
    assert (clock.date, clock.overdue, codes(owing)) == (D("2026-07-06"), True, ["promise_past_due"])
    assert owing.state is S.ACCEPTED  # never a silent lapse
    assert codes(on("2026-07-06", submitted, promise, accepted)) == []
    decided = (act(A.ASSIGN, "2026-07-02"), act(A.REFUSE, "2026-07-03"))
    assert codes(on("2026-07-07", submitted, promise, accepted, *decided)) == []
    kept = on("2026-07-07", submitted, promise, accepted, act(A.KEEP_PROMISE, "2026-07-06"))
    assert (kept.open_promises, kept.deferrals[0].kept_on, codes(kept)) == ((), D("2026-07-06"), [])
    broken = on("2026-07-07", submitted, promise, accepted, act(A.BREAK_PROMISE, "2026-07-07"))
    assert (broken.open_promises, broken.deferrals[0].broken_on) == ((), D("2026-07-07"))
    wrong = act(A.KEEP_PROMISE, "2026-07-06", values={"leaves": ["lease"]})
    assert refusal(wrong, submitted, promise, accepted) == "no_such_promise"
    assert refusal(act(A.BREAK_PROMISE, "2026-07-06"), submitted, accepted) == "no_open_promise"


@pytest.mark.parametrize(
    ("deferred", "code"),
    [
        ({}, "nothing_deferred"),
        ({"lease": None}, "deferral_without_day"),
        (["lease"], "deferral_without_day"),
        ({"lease": "2026-06-30"}, "deferral_day_past"),
        ({"lease": "2026-07-16"}, "deferral_too_late"),  # ten working days from 1 July end on the 15th
    ],
)
def test_a_promise_is_due_on_a_day_within_the_items_own_promise(deferred: object, code: str) -> None:
    submitted = on("2026-07-01", act(A.SUBMIT, "2026-07-01", hour=8))
    latest = act(A.PROMISE, "2026-07-01", values={"deferred": {"lease": D("2026-07-15")}})
    check(latest, PERMIT, FULL, submitted, OPEN, CALENDAR)
    promise = act(A.PROMISE, "2026-07-01", values={"deferred": deferred})
    assert refusal(promise, act(A.SUBMIT, "2026-07-01", hour=8)) == code


@pytest.mark.parametrize(
    ("deferred", "code"),
    [
        ({"layout": "2026-07-03"}, "paper_may_not_follow"),
        ({"lease": "2026-07-03", "layout": "2026-07-03"}, "paper_may_not_follow"),
        ({"lease": "2026-07-07"}, "deferral_too_late"),
    ],
)
def test_only_a_paper_that_may_follow_is_owed_and_within_its_own_limit(deferred: object, code: str) -> None:
    submitted = on("2026-07-01", act(A.SUBMIT, "2026-07-01", hour=8))
    papers = Papers({"lease": D("2026-07-06")})
    last = act(A.PROMISE, "2026-07-01", values={"deferred": {"lease": D("2026-07-06")}})
    check(last, PERMIT, FULL, submitted, OPEN, CALENDAR, papers=papers)
    wrong = act(A.PROMISE, "2026-07-01", values={"deferred": deferred})
    with pytest.raises(ActFault, match=code):
        check(wrong, PERMIT, FULL, submitted, OPEN, CALENDAR, papers=papers)
    assert offered(submitted, A.PROMISE, R.CLERK, "2026-07-01", papers=Papers()).code == "nothing_deferred"


def test_a_promise_is_kept_only_with_the_paper() -> None:
    promise = act(A.PROMISE, "2026-07-01", values={"deferred": {"lease": D("2026-07-06")}})
    before = on("2026-07-03", act(A.SUBMIT, "2026-07-01", hour=8), promise, act(A.ACCEPT, "2026-07-02"))
    for values in ({}, {"leaves": ["lease"]}):
        kept = act(A.KEEP_PROMISE, "2026-07-03", values=values)
        with pytest.raises(ActFault, match="still_owing"):
            check(kept, PERMIT, FULL, before, OPEN, CALENDAR, papers=Papers(absent=frozenset({"lease"})))
        check(kept, PERMIT, FULL, before, OPEN, CALENDAR, papers=Papers())


def test_a_second_notice_names_only_what_could_not_be_known_or_came_back_defective() -> None:
    acts = (act(A.SUBMIT, "2026-07-01"), act(A.SUPPLEMENT, "2026-07-02"), act(A.RESUPPLY, "2026-07-03"))
    defective = act(A.SUPPLEMENT, "2026-07-06")
    new = act(A.SUPPLEMENT, "2026-07-06", values={"listed": ["lease", "layout"]})
    before = on("2026-07-06", *acts)
    check(defective, PERMIT, FULL, before, OPEN, CALENDAR)
    with pytest.raises(ActFault) as fault:
        check(new, PERMIT, FULL, before, OPEN, CALENDAR)
    assert fault.value.values == {"on": D("2026-07-02"), "leaves": ("layout",)}
    check(new, PERMIT, FULL, before, OPEN, CALENDAR, not_knowable={"layout"})
    assert offered(before, A.SUPPLEMENT, R.CLERK, "2026-07-06").code == "already_notified"
    assert offered(before, A.SUPPLEMENT, R.CLERK, "2026-07-06", not_knowable={"layout"}).allowed
    assert refusal(act(A.SUPPLEMENT, "2026-07-02", values={}), acts[0]) == "nothing_listed"


def test_nothing_lapses_without_a_cited_rule_or_before_the_time_is_over() -> None:
    acts = (act(A.SUBMIT, "2026-07-01"), act(A.SUPPLEMENT, "2026-07-02"))
    lapse = act(A.LAPSE, "2026-07-16")  # ten working days after 2 July end on the 16th
    assert refusal(lapse, *acts) == "resupply_still_open"
    assert refusal(act(A.LAPSE, "2026-07-17"), *acts, timing=replace(FULL, lapse_basis=None)) == "no_rule_to_lapse"


# --- times and records ---


def test_backdating_over_a_day_needs_a_reason_and_is_counted() -> None:
    late = act(A.SUBMIT, "2026-07-01", recorded="2026-07-03", role=R.CLERK)
    assert refusal(replace(late, reason=None)) == "backdated_without_reason"
    check(late, PERMIT, FULL, on("2026-07-01"), OPEN, CALENDAR)
    check(replace(late, recorded=at("2026-07-02"), reason=None), PERMIT, FULL, on("2026-07-01"), OPEN, CALENDAR)
    state = on("2026-07-03", late)
    assert [(warning.code, warning.values["days"]) for warning in state.warnings] == [("backdated", 2)]


def test_an_act_cannot_be_recorded_before_it_happened() -> None:
    assert refusal(act(A.SUBMIT, "2026-07-02", recorded="2026-07-01")) == "legal_time_in_future"


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ActFault, match="time_without_zone"):
        replace(act(A.SUBMIT, "2026-07-01"), legal=datetime(2026, 7, 1, 10))  # noqa: DTZ001 — the fault under test


def test_a_double_click_is_one_act() -> None:
    twice = [act(A.SUBMIT, "2026-07-01", op="click"), act(A.SUBMIT, "2026-07-01", hour=11, op="click")]
    state = on("2026-07-01", *twice)
    assert (state.state, state.warnings) == (S.SUBMITTED, ())
    again = replace(twice[0], legal=at("2026-07-03"), recorded=at("2026-07-03"))
    for order in ([twice[0], again], [again, twice[0]]):
        assert on("2026-07-03", *order).submitted_on == D("2026-07-01")


def test_acts_of_one_instant_follow_the_procedure() -> None:
    ops = {A.SUBMIT: "d", A.ACCEPT: "c", A.ASSIGN: "b", A.GRANT: "a"}
    state = on("2026-07-01", *(act(kind, "2026-07-01", op=op) for kind, op in ops.items()))
    assert (state.state, state.warnings) == (S.GRANTED, ())
    submitted = act(A.SUBMIT, "2026-07-01")
    assert state_at(PERMIT, FULL, [submitted], submitted.legal, CALENDAR).state is S.SUBMITTED


def test_withdrawing_ends_the_pauses_with_the_clocks() -> None:
    state = on("2026-08-30", *REVIEWING, act(A.SUSPEND, "2026-07-03"), act(A.WITHDRAW, "2026-07-08"))
    assert (state.state, state.open_grounds, state.pauses[0].end) == (S.WITHDRAWN, (), D("2026-07-08"))
    assert state.warnings == ()


def test_an_act_of_tomorrow_is_not_yet_in_force() -> None:
    assert on("2026-07-01", act(A.SUBMIT, "2026-07-01"), act(A.WITHDRAW, "2026-07-02")).state is S.SUBMITTED


def test_the_round_gives_its_part_in_the_clock_of_the_matter() -> None:
    assert on("2026-07-01", act(A.SUBMIT, "2026-07-01")).run() is None
    issued = on("2026-07-20", *REVIEWING, act(A.GRANT, "2026-07-08"), act(A.ISSUE, "2026-07-09")).run()
    waiting = on("2026-07-20", *REVIEWING, act(A.SUSPEND, "2026-07-03")).run()
    refused = on("2026-07-20", *REVIEWING, act(A.REFUSE, "2026-07-08")).run()
    assert issued is not None
    assert waiting is not None
    assert refused is not None
    assert (issued.stopped, waiting.stopped, refused.stopped) == (D("2026-07-09"), None, D("2026-07-08"))
    clock = matter_clock([issued, waiting], Limit(10, Unit.WORKDAYS), CALENDAR, finished=False, today=D("2026-07-20"))
    assert clock is not None
    assert (clock.paused_now, clock.remaining) == (True, 4)  # 2, 3, 6, 7, 8, 9 July ran
