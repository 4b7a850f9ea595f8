"""The procedures: their tables, every transition carried out, and no permit rule outside permits."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import Any

import pytest

from desktop.workflow.procedure.acts import (
    FINAL,
    Act,
    ActFault,
    ActKind,
    LegalState,
    Offer,
    Passed,
    allowed,
    check,
    fold,
    state_at,
)
from desktop.workflow.procedure.profiles import (
    ENDING,
    GRAVE,
    PROFILES,
    Effect,
    Guard,
    ItemKind,
    ItemTiming,
    Letter,
    PauseGround,
    Profile,
    Renewal,
    Standards,
    Transition,
)
from desktop.workflow.time.deadlines import Limit, Unit
from tests.workflow.round_acts import (
    FULL,
    INSTANT,
    OPEN,
    PERMIT,
    START,
    VALUES,
    A,
    D,
    R,
    S,
    act,
    codes,
    on,
)
from tests.workflow.test_calendars import CALENDAR

# --- the tables, against the procedure as engine.md gives it ---

PERMIT_TABLE = """
none        submit>submitted correct>none not_required>not_accepted not_ours>not_accepted
submitted   correct>submitted not_required>not_accepted not_ours>not_accepted supplement>supplement promise>submitted
submitted   accept>accepted not_accept>not_accepted grant>issued refuse>refused withdraw>withdrawn terminate>terminated
supplement  resupply>submitted promise>supplement not_accept>not_accepted lapse>lapsed withdraw>withdrawn
supplement  terminate>terminated
accepted    assign>reviewing suspend>suspended
reviewing   suspend>suspended grant>granted refuse>refused
suspended   suspend>suspended resume>reviewing
granted     issue>issued
issued      serve>served
refused     serve>refused annul>annulled
not_accepted serve>not_accepted annul>annulled
terminated  serve>terminated annul>annulled
lapsed      serve>lapsed annul>annulled
revoked_unlawful serve>revoked_unlawful
permit_withdrawn serve>permit_withdrawn
penalty_revoked  serve>penalty_revoked
deregistered     serve>deregistered
"""
IN_WORK = ["object", "hearing_open", "hearing_close", "extend", "note_report", "keep_promise", "break_promise"]
ENDS = {
    "annul": "annulled",
    "revoke_unlawful": "revoked_unlawful",
    "withdraw_permit": "permit_withdrawn",
    "revoke_penalty": "penalty_revoked",
    "deregister": "deregistered",
}
ABSENT = {
    "permit": set[str](),
    "registration": {"hearing_open", "hearing_close", "withdraw_permit"},
    "confirmation": {"hearing_open", "hearing_close", "withdraw_permit", "revoke_penalty"},
    "benefit": {"hearing_open", "hearing_close", "withdraw_permit", "revoke_penalty"},
    "filing": {"hearing_open", "hearing_close", "withdraw_permit", "revoke_penalty"},
    "public_service": {"hearing_open", "hearing_close", "withdraw_permit", "revoke_penalty"},
    "enquiry": {
        *("hearing_open", "hearing_close", "withdraw_permit", "revoke_penalty", "revoke_unlawful", "deregister"),
        *("promise", "keep_promise", "break_promise", "object", "not_required", "clear_check", "fail_check"),
    },
}
ABSENT["complaint"] = ABSENT["enquiry"]
ABSENT["verification"] = ABSENT["enquiry"] | {"serve"}
LIGHT = {"filing", "public_service", "enquiry", "complaint", "verification"}


def expected_table(code: str) -> dict[tuple[str, str], str]:
    table: dict[tuple[str, str], str] = {}
    for line in PERMIT_TABLE.strip().splitlines():
        state, *moves = line.split()
        table |= {(state, move.split(">")[0]): move.split(">")[1] for move in moves}
    for state in ("accepted", "reviewing", "suspended"):
        table |= {(state, word): state for word in IN_WORK}
        table |= {(state, "withdraw"): "withdrawn", (state, "terminate"): "terminated"}
    for state in ("granted", "issued", "served"):
        table |= {(state, word): to for word, to in ENDS.items()}
        table |= {(state, word): state for word in ("clear_check", "fail_check")}
    if code in LIGHT:
        table |= {("accepted", "grant"): "granted", ("accepted", "refuse"): "refused"}
    table = {key: to for key, to in table.items() if key[1] not in ABSENT[code]}
    reached = {*(to for (state, _), to in table.items() if to != state), "none"}
    table = {key: to for key, to in table.items() if key[0] in reached}
    if "serve" in ABSENT[code]:
        table = {key: to for key, to in table.items() if key[0] != "served"}
    return table | {(state, "observe"): state for state in {"none", *table.values()}}


@pytest.mark.parametrize("code", PROFILES)
def test_a_profile_is_the_procedure_as_written(code: str) -> None:
    actual = {(str(state), str(kind)): str(row.to) for (state, kind), row in PROFILES[code].transitions.items()}
    assert actual == expected_table(code)


def test_there_are_nine_procedures() -> None:
    assert set(PROFILES) == set(ABSENT)


def test_a_check_between_departments_writes_to_the_person_only_what_is_missing() -> None:
    letters = {row.letter for row in PROFILES["verification"].transitions.values()} - {None}
    assert letters == {Letter.RECEIPT, Letter.SUPPLEMENT}


# --- every transition, carried out ---


def paths(profile: Profile) -> dict[LegalState, list[ActKind]]:
    """Give a shortest way to each state, without the at-once decision of instant items."""
    ways: dict[LegalState, list[ActKind]] = {S.NONE: []}
    queue = deque([S.NONE])
    while queue:
        state = queue.popleft()
        for (source, kind), row in profile.transitions.items():
            if source is state and row.to not in ways and row.effect is not Effect.AT_ONCE:
                ways[row.to] = [*ways[state], kind]
                queue.append(row.to)
    return ways


def way_to(profile: Profile, state: LegalState, kind: ActKind) -> list[ActKind]:
    """Give a way to a state in which this act's guard is met."""
    way = paths(profile)[state]
    guard = profile.transitions[state, kind].guard
    if guard is Guard.OPEN_PROMISE:
        way = [way[0], A.PROMISE, *way[1:]]
    if guard is Guard.OPEN_HEARING:
        way = [*way, A.HEARING_OPEN]
    return way


def every_row() -> list[Any]:
    return [
        pytest.param(profile, state, kind, row, id=f"{code}-{state}-{kind}")
        for code, profile in PROFILES.items()
        for (state, kind), row in profile.transitions.items()
    ]


def set_up(profile: Profile, state: LegalState, kind: ActKind, row: Transition) -> tuple[ItemTiming, list[Act], Act]:
    way = way_to(profile, state, kind)
    acts = [act(step, START, hour=8 + place) for place, step in enumerate(way)]
    timing = INSTANT if row.effect is Effect.AT_ONCE else FULL
    values: dict[str, object] = dict(VALUES.get(kind, {}))
    if kind is A.SUSPEND:
        values["ground"] = "testing"
    if row.guard is Guard.CITED_RULE:
        return timing, acts, act(kind, "2026-07-16", values=values)  # ten working days after 1 July are over
    if kind is A.OBSERVE:
        values = {"source": "provincial platform", "number": "6200"}
    return timing, acts, act(kind, START, hour=20, values=values, role=min(row.roles))


@pytest.mark.parametrize(("profile", "state", "kind", "row"), every_row())
def test_a_transition_leads_where_the_table_says(
    profile: Profile, state: LegalState, kind: ActKind, row: Transition
) -> None:
    timing, acts, last = set_up(profile, state, kind, row)
    before = state_at(profile, timing, acts, last.legal, CALENDAR)
    assert before.state is state
    check(last, profile, timing, before, OPEN, CALENDAR)
    after = fold(profile, timing, [*acts, last], CALENDAR, last.day)
    assert after.state is row.to
    assert codes(after) == []
    for gate in row.gates:
        passed = after.passed(gate)
        assert passed is not None
        assert (passed.on, passed.how, passed.op) == (last.day, Passed.JUDGED, last.op)


@pytest.mark.parametrize(("profile", "state", "kind", "row"), every_row())
def test_a_transition_is_refused_to_the_wrong_role_without_a_reason_or_at_a_closed_gate(
    profile: Profile, state: LegalState, kind: ActKind, row: Transition
) -> None:
    timing, acts, last = set_up(profile, state, kind, row)
    before = state_at(profile, timing, acts, last.legal, CALENDAR)
    if kind is A.OBSERVE:
        with pytest.raises(ActFault, match="observed_without_source"):
            check(replace(last, values={"source": "x"}), profile, timing, before, OPEN, CALENDAR)
        return
    with pytest.raises(ActFault, match="role_may_not"):
        check(replace(last, role=R.CLOCK), profile, timing, before, OPEN, CALENDAR)
    if row.needs_reason:
        with pytest.raises(ActFault, match="reason_missing"):
            check(replace(last, reason="  "), profile, timing, before, OPEN, CALENDAR)
    if kind is A.REFUSE:
        check(last, profile, timing, before, {}, CALENDAR)  # what does not hold is the reason for it
        return
    for gate in row.gates:
        with pytest.raises(ActFault) as fault:
            check(last, profile, timing, before, OPEN | {gate: False}, CALENDAR)
        assert (fault.value.code, fault.value.values) == ("gate_closed", {"gate": gate})
    if row.gates:
        with pytest.raises(ActFault, match="gate_closed"):
            check(last, profile, timing, before, {}, CALENDAR)


@pytest.mark.parametrize(("profile", "state", "kind", "row"), every_row())
def test_what_is_offered_and_what_is_checked_agree(
    profile: Profile, state: LegalState, kind: ActKind, row: Transition
) -> None:
    timing, acts, last = set_up(profile, state, kind, row)
    before = state_at(profile, timing, acts, last.legal, CALENDAR)
    offers = {offer.act: offer for offer in allowed(profile, timing, before, last.role, OPEN, last.day)}
    assert set(offers) == set(profile.acts())
    assert offers[kind] == Offer(kind, True, None, {}, row.needs_reason, row.gate, row.letter)
    for other, offer in offers.items():
        if (state, other) not in profile.transitions:
            assert (offer.code, offer.values) == ("not_from_state", {"state": state})
            with pytest.raises(ActFault, match="not_from_state"):
                check(act(other, last.day, hour=20), profile, timing, before, OPEN, CALENDAR)


@pytest.mark.parametrize("code", PROFILES)
def test_every_state_that_is_not_final_has_a_way_on(code: str) -> None:
    profile = PROFILES[code]
    moves = {state for (state, _), row in profile.transitions.items() if row.to is not state}
    reachable = set(paths(profile))
    assert reachable - FINAL <= moves
    assert not FINAL & moves
    assert {S.ISSUED, S.SUPPLEMENT, S.LAPSED} <= reachable
    assert (S.SERVED in reachable) is (code != "verification")


# --- no permit rule outside permits ---


@pytest.mark.parametrize("code", sorted(set(PROFILES) - {"permit"}))
def test_no_rule_of_the_permit_law_stands_outside_the_permit_profile(code: str) -> None:
    profile = PROFILES[code]
    assert not any("行政许可法" in (row.basis or "") for row in profile.transitions.values())
    standards = replace(profile.standards, reconsideration=None, litigation=None)  # the law of every decision
    assert (standards, dict(profile.silence), profile.bars) == (Standards(), {}, ())
    assert not {A.HEARING_OPEN, A.HEARING_CLOSE, A.WITHDRAW_PERMIT} & set(profile.acts())
    borrowed = ItemTiming(pauses=(PauseGround("testing", "行政许可法 第四十五条"),), renewal=Renewal(D("2026-08-31")))
    assert profile.pause_grounds(borrowed) == frozenset()
    waiting = on("2026-12-31", act(A.SUBMIT, "2026-07-01"), profile=profile, timing=borrowed)
    assert (waiting.state, waiting.clocks, waiting.deemed) == (S.SUBMITTED, (), ())
    done = [act(A.SUBMIT, "2026-07-01"), act(A.ACCEPT, "2026-07-02"), act(A.ASSIGN, "2026-07-02", hour=11)]
    granted = on("2026-12-31", *done, act(A.GRANT, "2026-07-03"), profile=profile, timing=ItemTiming())
    assert (granted.state, granted.clocks) == (S.GRANTED, ())


def test_every_act_of_a_permit_names_its_article_or_is_a_local_matter() -> None:
    local = {A.PROMISE, A.KEEP_PROMISE, A.BREAK_PROMISE, A.NOTE_REPORT, A.OBSERVE, A.WITHDRAW, A.TERMINATE, A.LAPSE}
    assert {kind for (_, kind), row in PERMIT.transitions.items() if row.basis is None} == local
    assert PERMIT.transitions[S.SUBMITTED, A.SUPPLEMENT].basis == "行政许可法 第三十二条第一款第四项"


def test_a_permit_pauses_on_the_eight_grounds_or_on_another_law() -> None:
    grounds = ("testing", "publicity", "survey")
    timing = ItemTiming(
        pauses=(
            PauseGround("testing", "行政许可法 第四十五条"),
            PauseGround("publicity", "行政许可法 第四十五条"),
            PauseGround("survey", "消防法 第十五条"),
        )
    )
    assert [ground in PERMIT.pause_grounds(timing) for ground in grounds] == [True, False, True]


def test_a_permit_decided_at_once_never_pauses() -> None:
    assert PERMIT.pauses_of(ItemTiming(kind=ItemKind.INSTANT)) == {}
    assert {pause.basis for pause in PERMIT.pauses_of(ItemTiming()).values()} == {"行政许可法 第四十五条"}


def test_the_limits_of_the_permit_law_serve_an_item_that_names_none() -> None:
    plain, joint = ItemTiming(), ItemTiming(joint=True)
    own = ItemTiming(statutory=Limit(15, Unit.WORKDAYS))
    assert (str(PERMIT.statutory(plain)), str(PERMIT.extension(plain))) == ("20 workdays", "10 workdays")
    assert (str(PERMIT.statutory(joint)), str(PERMIT.extension(joint))) == ("45 workdays", "15 workdays")
    assert (str(PERMIT.statutory(own)), PERMIT.extension(own)) == ("15 workdays", None)


def test_whatever_decides_or_ends_is_grave_by_the_table_and_an_ordinary_step_is_not() -> None:
    ends = {A.NOT_REQUIRED, A.NOT_OURS, A.NOT_ACCEPT, A.REFUSE, A.WITHDRAW, A.TERMINATE, A.LAPSE, A.ANNUL}
    takes_away = {A.REVOKE_UNLAWFUL, A.WITHDRAW_PERMIT, A.REVOKE_PENALTY, A.DEREGISTER}
    assert ends | takes_away == ENDING
    assert ENDING | {A.GRANT, A.HEARING_OPEN} == GRAVE
