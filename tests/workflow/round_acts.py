"""Acts for tests: a food permit in July 2026, a month without holidays, and the items it is tried on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

from desktop.workflow.procedure.acts import (
    Act,
    ActFault,
    ActKind,
    ActorRole,
    Gate,
    LegalState,
    Offer,
    RoundState,
    allowed,
    check,
    fold,
    state_at,
)
from desktop.workflow.procedure.profiles import (
    PROFILES,
    ItemKind,
    ItemTiming,
    PauseGround,
    Profile,
)
from desktop.workflow.time.deadlines import Limit, Unit
from tests.workflow.test_calendars import CALENDAR

A, S, R = ActKind, LegalState, ActorRole
CHINA = timezone(timedelta(hours=8))
PERMIT = PROFILES["permit"]
OPEN = dict.fromkeys(Gate, True)
D = date.fromisoformat
START = date(2026, 7, 1)  # a Wednesday in a month without holidays
FULL = ItemTiming(
    promised=Limit(10, Unit.WORKDAYS),
    statutory=Limit(20, Unit.WORKDAYS),
    extend=Limit(10, Unit.WORKDAYS),
    pauses=(PauseGround("survey", "消防法 第十五条"), PauseGround("testing", "产品质量法 第十四条")),
    lapse_basis="户外广告管理办法 第九条",
    afterwards=Limit(20, Unit.WORKDAYS),
)
INSTANT = replace(FULL, kind=ItemKind.INSTANT)
VALUES: dict[ActKind, dict[str, object]] = {
    A.SUPPLEMENT: {"listed": ["lease"]},
    A.PROMISE: {"deferred": {"health_card": "2026-07-06"}},
    A.SUSPEND: {"ground": "survey", "expected_end": "2026-12-31"},
    A.FAIL_CHECK: {"expected_end": "2026-12-31"},
}


def at(day: date | str, hour: int = 10) -> datetime:
    when = D(day) if isinstance(day, str) else day
    return datetime(when.year, when.month, when.day, hour, tzinfo=CHINA)


def act(kind: ActKind, day: date | str, *, recorded: date | str | None = None, hour: int = 10, **more: Any) -> Act:
    values = more.pop("values", VALUES.get(kind, {}))
    row: dict[str, Any] = {
        "item": "food_permit",
        "subject": "shop",
        "round": 1,
        "by": "wang",
        "role": R.REVIEWER,
        "op": f"{kind}@{day}T{hour}",
        "reason": "as found",
    }
    return Act(
        kind=kind,
        legal=at(day, hour),
        recorded=at(recorded or day, hour),
        values=values,
        **(row | more),
    )


def on(today: str, *acts: Act, profile: Profile = PERMIT, timing: ItemTiming = FULL) -> RoundState:
    return fold(profile, timing, acts, CALENDAR, D(today))


def codes(state: RoundState) -> list[str]:
    return [warning.code for warning in state.warnings]


ACCEPTED = (act(A.SUBMIT, "2026-07-01", hour=8), act(A.ACCEPT, "2026-07-01", hour=9))
REVIEWING = (*ACCEPTED, act(A.ASSIGN, "2026-07-01", hour=10))


def dates(state: RoundState) -> dict[str, str]:
    return {str(clock.name): clock.due.date.isoformat() for clock in state.clocks}


def offered(state: RoundState, kind: ActKind, role: ActorRole, today: str, **more: Any) -> Offer:
    timing = more.pop("timing", FULL)
    profile = more.pop("profile", PERMIT)
    offers = allowed(profile, timing, state, role, more.pop("gates", OPEN), D(today), **more)
    return next(offer for offer in offers if offer.act is kind)


def refusal(last: Act, *acts: Act, timing: ItemTiming = FULL, **more: Any) -> str:
    before = state_at(PERMIT, timing, acts, last.legal, CALENDAR)
    with pytest.raises(ActFault) as fault:
        check(last, PERMIT, timing, before, OPEN, CALENDAR, **more)
    return fault.value.code
