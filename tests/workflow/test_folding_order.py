"""Folding whatever is on record: lawful acts in any order of arrival, and acts that make no sense at all."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.workflow.procedure.acts import (
    FINAL,
    Act,
    ActFault,
    ActKind,
    ActorRole,
    RoundState,
    allowed,
    check,
    fold,
    state_at,
)
from desktop.workflow.procedure.profiles import (
    PROFILES,
    ItemTiming,
    Profile,
    Renewal,
)
from tests.workflow.round_acts import (
    FULL,
    INSTANT,
    OPEN,
    A,
    D,
    R,
    at,
    codes,
)
from tests.workflow.test_calendars import CALENDAR

# --- any order, any act ---

ROLES = [R.CLERK, R.REVIEWER, R.APPROVER, R.APPLICANT]


def values_for(
    data: st.DataObject, kind: ActKind, day: date, state: RoundState, listed: frozenset[str]
) -> dict[str, object]:
    later = day + timedelta(days=data.draw(st.integers(1, 10)))
    if kind is A.SUPPLEMENT:
        return {"listed": ["lease"]}
    if kind is A.PROMISE:
        return {"deferred": {"health_card": day}}
    if kind is A.SUSPEND:
        free = sorted(listed - set(state.open_grounds))
        return {"ground": data.draw(st.sampled_from(free)), "expected_end": later}
    return {}


def legal_walk(data: st.DataObject, profile: Profile, timing: ItemTiming, length: int) -> tuple[list[Act], date]:
    """Take lawful acts only, on days that move on by themselves."""
    acts: list[Act] = []
    moment = at("2026-07-01", 9)
    for step in range(length):
        moment += timedelta(days=data.draw(st.sampled_from([0, 0, 1, 1, 2, 3, 7])), minutes=1)
        state = fold(profile, timing, acts, CALENDAR, moment.date())
        role = data.draw(st.sampled_from(ROLES))
        offers = allowed(profile, timing, state, role, OPEN, moment.date(), not_knowable={"lease"})
        open_acts = [offer.act for offer in offers if offer.allowed and offer.act is not A.OBSERVE]
        if not open_acts:
            continue
        kind = data.draw(st.sampled_from(open_acts))
        new = Act(
            kind, "i", "s", 1, moment, moment, "wang", role, f"op{step}", "why",
            values_for(data, kind, moment.date(), state, profile.pause_grounds(timing)),
        )  # fmt: skip
        check(new, profile, timing, state, OPEN, CALENDAR, not_knowable={"lease"})
        acts.append(new)
    return acts, moment.date()


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from(sorted(PROFILES)), st.sampled_from([FULL, INSTANT, ItemTiming()]))
def test_lawful_acts_in_any_order_of_arrival_give_one_round(data: st.DataObject, code: str, timing: ItemTiming) -> None:
    profile = PROFILES[code]
    acts, today = legal_walk(data, profile, timing, 12)
    state = fold(profile, timing, acts, CALENDAR, today)
    assert "act_out_of_order" not in codes(state)
    assert fold(profile, timing, data.draw(st.permutations(acts)), CALENDAR, today) == state
    delays = data.draw(st.lists(st.integers(0, 5), min_size=len(acts), max_size=len(acts)))
    arrived = [replace(a, recorded=a.legal + timedelta(days=n)) for a, n in zip(acts, delays, strict=True)]
    late = fold(profile, timing, arrived, CALENDAR, today)
    assert (late.state, late.gates, late.pauses, late.clocks) == (state.state, state.gates, state.pauses, state.clocks)
    if state.state not in FINAL:
        moves = [
            offer.act
            for role in ROLES
            for offer in allowed(profile, timing, state, role, OPEN, today)
            if offer.allowed and profile.transitions[state.state, offer.act].to is not state.state
        ]
        assert moves


ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(max_size=5),
    st.dates(),
    st.lists(st.text(max_size=3), max_size=2),
    st.dictionaries(st.text(max_size=3), st.one_of(st.none(), st.dates(), st.text(max_size=4)), max_size=2),
)
KEYS = ["listed", "deferred", "leaves", "ground", "expected_end", "limit", "state", "redo", "bad_faith"]


@st.composite
def any_act(draw: st.DrawFn) -> Act:
    legal = at("2026-07-01", 0) + timedelta(hours=draw(st.integers(0, 2000)))
    return Act(
        draw(st.sampled_from(list(ActKind))),
        "i",
        "s",
        1,
        legal,
        legal + timedelta(hours=draw(st.integers(0, 200))),
        "wang",
        draw(st.sampled_from(list(ActorRole))),
        f"op{draw(st.integers(0, 30))}",
        None,
        draw(st.dictionaries(st.sampled_from(KEYS), ANYTHING, max_size=3)),
        draw(st.booleans()),
    )


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(sorted(PROFILES)),
    st.lists(any_act(), max_size=12),
    st.sampled_from([FULL, INSTANT, replace(FULL, renewal=Renewal(D("2026-08-20")))]),
    st.dates(D("2026-06-01"), D("2027-03-01")),
)
def test_no_record_however_odd_crashes_the_fold_or_the_offers(
    code: str, acts: list[Act], timing: ItemTiming, today: date
) -> None:
    profile = PROFILES[code]
    state = fold(profile, timing, acts, CALENDAR, today)
    assert fold(profile, timing, acts, CALENDAR, today) == state
    for clock in state.clocks:
        assert clock.due.ledger
    for role in ActorRole:
        assert len(allowed(profile, timing, state, role, OPEN, today)) == len(profile.acts())
    for new in acts:
        before = state_at(profile, timing, acts, new.legal, CALENDAR)
        with suppress(ActFault):
            check(new, profile, timing, before, OPEN, CALENDAR)
