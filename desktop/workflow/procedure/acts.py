"""What may be done in a round, by whom, and why not: offers for a screen, and the check before an act is recorded."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from desktop.workflow.procedure.folding import fold, observed_row
from desktop.workflow.procedure.legal_states import (
    FINAL,
    LIVE,
    STANDING,
    Act,
    ActFault,
    ActKind,
    ActorRole,
    Gate,
    LegalState,
)
from desktop.workflow.procedure.procedures import Guard, ItemKind, ItemTiming, Letter, Profile, SilenceCode, Transition
from desktop.workflow.procedure.rounds import (
    Clock,
    ClockName,
    Deemed,
    Deferral,
    GatePass,
    Passed,
    RoundState,
    RoundWarning,
    SupplementNotice,
)
from desktop.workflow.time.calendars import WorkCalendar
from desktop.workflow.time.deadlines import due, latest_start

__all__ = [
    "FINAL",
    "LIVE",
    "Act",
    "ActFault",
    "ActKind",
    "ActorRole",
    "Clock",
    "ClockName",
    "Deemed",
    "Deferral",
    "Gate",
    "GatePass",
    "LegalState",
    "Offer",
    "Papers",
    "Passed",
    "RoundState",
    "RoundWarning",
    "SupplementNotice",
    "allowed",
    "check",
    "fold",
    "state_at",
]

_BACKDATED = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Offer:
    """An act of the procedure, whether it may be done now, and if not the code and values of why."""

    act: ActKind
    allowed: bool
    code: str | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    needs_reason: bool = False
    gate: Gate | None = None
    letter: Letter | None = None


@dataclass(frozen=True, slots=True)
class Papers:
    """What the plan knows of a task's papers, by their leaves, for the law's conditions on promises (容缺).

    `may_follow` are those missing that may be owing, each with its last day; `absent` those that are not there.
    """

    may_follow: Mapping[str, date] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()


class _Case(NamedTuple):
    """What a guard judges by: the item, the round, the day, and the act itself when there is one already."""

    profile: Profile
    timing: ItemTiming
    state: RoundState
    day: date
    act: Act | None
    not_knowable: frozenset[str]
    calendar: WorkCalendar | None
    papers: Papers | None


def state_at(
    profile: Profile, timing: ItemTiming, acts: Iterable[Act], instant: datetime, calendar: WorkCalendar
) -> RoundState:
    """Say where the round stood at an instant: what an act of that legal time is judged against."""
    earlier = [act for act in acts if act.legal <= instant]
    return fold(profile, timing, earlier, calendar, instant.date())


def allowed(
    profile: Profile,
    timing: ItemTiming,
    round_state: RoundState,
    role: ActorRole,
    gates_open: Mapping[Gate, bool],
    today: date,
    *,
    not_knowable: Collection[str] = (),
    papers: Papers | None = None,
) -> tuple[Offer, ...]:
    """Offer every act of the procedure to somebody, each with why not where it may not be done today.

    `gates_open` is the engine's judgement; a gate it does not name is closed. `not_knowable` are the leaves a second
    notice may name: not to be known at the first, or handed in since and found defective. Without `papers` nothing is
    asked about single papers of a promise.
    """
    case = _Case(profile, timing, round_state, today, None, frozenset(not_knowable), None, papers)
    return tuple(_offer(case, act, role, gates_open) for act in profile.acts())


def _offer(case: _Case, act: ActKind, role: ActorRole, gates_open: Mapping[Gate, bool]) -> Offer:
    row = case.profile.transitions.get((case.state.state, act))
    fault: ActFault | None = None
    if role is ActorRole.OTHER_SYSTEM:
        skip = case.profile.skip(act)
        ahead = skip is not None and STANDING[skip.to] > STANDING[case.state.state]
        fault = None if row is not None or ahead else _not_from_state(case.state)
        row = row or skip
    else:
        fault = _not_from_state(case.state) if row is None else _why_not(case, row, role, gates_open)
    needs_reason = row is not None and row.needs_reason
    gate = row.gate if row else None
    letter = row.letter if row else None
    if fault is None:
        return Offer(act, allowed=True, needs_reason=needs_reason, gate=gate, letter=letter)
    return Offer(act, False, fault.code, fault.values, needs_reason, gate, letter)


def check(
    act: Act,
    profile: Profile,
    timing: ItemTiming,
    before: RoundState,
    gates_open: Mapping[Gate, bool],
    calendar: WorkCalendar,
    *,
    not_knowable: Collection[str] = (),
    papers: Papers | None = None,
) -> None:
    """Check an act before it is recorded, against the round as it stood at the act's legal time (`state_at`).

    Acts decided elsewhere (`observed`) skip roles, guards and gates, but name their source and number. Raises ActFault:
    legal_time_in_future, backdated_without_reason, observed_without_source, observed_contradicts, not_from_state,
    role_may_not, reason_missing, gate_closed, or the code of the guard that fails.
    """
    _check_time(act)
    if act.observed or act.kind is ActKind.OBSERVE:
        _check_observed(act, profile, timing, before)
        return
    row = profile.transitions.get((before.state, act.kind))
    if row is None:
        raise _not_from_state(before)
    if row.needs_reason and not (act.reason or "").strip():
        raise ActFault("reason_missing", act=act.kind)
    case = _Case(profile, timing, before, act.day, act, frozenset(not_knowable), calendar, papers)
    fault = _why_not(case, row, act.role, gates_open)
    if fault is not None:
        raise fault


def _check_time(act: Act) -> None:
    if act.legal > act.recorded:
        raise ActFault("legal_time_in_future", legal=act.legal, recorded=act.recorded)
    late = act.recorded - act.legal
    if late > _BACKDATED and not (act.reason or "").strip():
        raise ActFault("backdated_without_reason", days=late.days)


def _check_observed(act: Act, profile: Profile, timing: ItemTiming, before: RoundState) -> None:
    """An act decided elsewhere says where and under which number, and does not contradict what stands."""
    if act.text("source") is None or act.text("number") is None:
        raise ActFault("observed_without_source", act=act.kind)
    if observed_row(profile, timing, before.state, act) is None:
        raise ActFault("observed_contradicts", act=act.kind, state=before.state)


def _not_from_state(state: RoundState) -> ActFault:
    return ActFault("not_from_state", state=state.state)


def _why_not(case: _Case, row: Transition, role: ActorRole, gates_open: Mapping[Gate, bool]) -> ActFault | None:
    """Give the first thing in the way of an act: who, the law's condition, then the gates in order.

    A refusal needs no open gate: what is missing or does not hold is the very reason for it, put in writing
    (行政许可法 第三十八条第二款).
    """
    if role not in row.roles:
        return ActFault("role_may_not", role=role, roles=tuple(sorted(row.roles)))
    fault = _GUARDS[row.guard](case) if row.guard is not None else None
    if fault is not None:
        return fault
    judged = () if row.to is LegalState.REFUSED else row.gates
    closed = next((gate for gate in judged if not gates_open.get(gate, False)), None)
    return None if closed is None else ActFault("gate_closed", gate=closed)


# --- guards: each gives what is in the way, None when nothing is ---


def _one_notice(case: _Case) -> ActFault | None:
    """One notice lists everything; a second names only what was not knowable then, or came back defective."""
    act, notices = case.act, case.state.notices
    if act is not None and not act.names("listed"):
        return ActFault("nothing_listed")
    if act is not None and (late := _late_notice(case, act)):
        return late
    if not notices:
        return None
    if act is None:
        return None if case.not_knowable else ActFault("already_notified", on=notices[-1].on)
    told = {leaf for notice in notices for leaf in notice.listed}
    new = tuple(leaf for leaf in act.names("listed") if leaf not in told | case.not_knowable)
    return ActFault("already_notified", on=notices[-1].on, leaves=new) if new else None


def _late_notice(case: _Case, act: Act) -> ActFault | None:
    """A timely notice recorded after silence had accepted takes the place of that acceptance only with a reason."""
    limit = case.state.clock(ClockName.ACCEPTANCE)
    silent = case.profile.silence_basis(SilenceCode.DEEMED_ACCEPTED, case.timing) is not None
    if limit is None or not silent or act.recorded_day <= limit.date or (act.reason or "").strip():
        return None
    return ActFault("late_notice_without_reason", due=limit.date)


def _deferrable(case: _Case) -> ActFault | None:
    """A paper may be owed only where it may follow at all, until a day within the item's limit and the paper's own."""
    if case.act is None:
        return None if case.papers is None or case.papers.may_follow else ActFault("nothing_deferred")
    deferred = case.act.deferred()
    if not deferred:
        return ActFault("nothing_deferred")
    never = () if case.papers is None else tuple(leaf for leaf in deferred if leaf not in case.papers.may_follow)
    if never:
        return ActFault("paper_may_not_follow", leaves=never)
    undated = tuple(leaf for leaf, day in deferred.items() if day is None)
    if undated:
        return ActFault("deferral_without_day", leaves=undated)
    days = {leaf: day for leaf, day in deferred.items() if day is not None}
    past = tuple(leaf for leaf, day in days.items() if day < case.day)
    if past:
        return ActFault("deferral_day_past", leaves=past)
    return _deferred_too_long(case, days)


def _deferred_too_long(case: _Case, days: Mapping[str, date]) -> ActFault | None:
    """Give what is in the way of a promise: a day beyond the paper's own last one, or beyond the item's limit."""
    own = {} if case.papers is None else case.papers.may_follow
    for leaf, day in days.items():
        if leaf in own and day > own[leaf]:
            return ActFault("deferral_too_late", leaves=(leaf,), latest=own[leaf])
    limit = case.timing.promised or case.profile.statutory(case.timing)
    if limit is None or case.calendar is None:
        return None
    latest = due(case.day, limit, case.calendar, today=case.day).date
    beyond = tuple(leaf for leaf, day in days.items() if day > latest)
    return ActFault("deferral_too_late", leaves=beyond, latest=latest) if beyond else None


def _open_promise(case: _Case) -> ActFault | None:
    owing = {deferral.leaf for deferral in case.state.open_promises}
    if not owing:
        return ActFault("no_open_promise")
    named = case.act.names("leaves") if case.act else ()
    wrong = tuple(leaf for leaf in named if leaf not in owing)
    if wrong:
        return ActFault("no_such_promise", leaves=wrong)
    kept = case.act is not None and case.act.kind is ActKind.KEEP_PROMISE
    absent = case.papers.absent if kept and case.papers is not None else ()
    out = tuple(leaf for leaf in named or sorted(owing) if leaf in absent)
    return ActFault("still_owing", leaves=out) if out else None


def _listed_ground(case: _Case) -> ActFault | None:
    """The clock pauses only on a ground listed for the item, with the day it is expected to run again."""
    listed = case.profile.pause_grounds(case.timing)
    if not listed:
        return ActFault("no_listed_ground")
    if case.act is None:
        return (
            None if listed - set(case.state.open_grounds) else ActFault("already_paused", grounds=tuple(sorted(listed)))
        )
    ground = case.act.text("ground")
    if ground not in listed:
        return ActFault("ground_not_listed", ground=ground, listed=tuple(sorted(listed)))
    if ground in case.state.open_grounds:
        return ActFault("already_paused", grounds=(ground,))
    expected = case.act.date_value("expected_end")
    if expected is None:
        return ActFault("expected_end_missing")
    return None if expected > case.day else ActFault("expected_end_not_later", expected_end=expected)


def _open_pause(case: _Case) -> ActFault | None:
    grounds = case.state.open_grounds
    if not grounds:
        return ActFault("nothing_to_resume")
    ground = case.act.text("ground") if case.act else None
    return None if ground is None or ground in grounds else ActFault("ground_not_open", ground=ground, open=grounds)


def _no_open_hearing(case: _Case) -> ActFault | None:
    return ActFault("hearing_not_closed") if case.state.hearing_open else None


def _hearing_told(case: _Case) -> ActFault | None:
    """Whoever is heard is told the time and the place seven days before (行政许可法 第四十八条第一款第一项)."""
    standing, act, notice = _no_open_hearing(case), case.act, case.profile.standards.hearing_notice
    day = None if act is None else act.date_value("hearing_on")
    if standing is not None or day is None or notice is None or case.calendar is None:
        return standing
    latest = latest_start(day, notice, case.calendar)
    return None if case.day <= latest else ActFault("hearing_too_soon", hearing_on=day, latest=latest)


def _open_hearing(case: _Case) -> ActFault | None:
    return None if case.state.hearing_open else ActFault("no_open_hearing")


def _extendable(case: _Case) -> ActFault | None:
    """The statutory date moves once, before it is past, by no more than the law gives."""
    longest = case.profile.extension(case.timing)
    statutory = case.state.clock(ClockName.STATUTORY)
    if longest is None or statutory is None:
        return ActFault("no_extension")
    if case.state.extensions:
        return ActFault("already_extended", on=case.state.extensions[0].on)
    if case.day > statutory.date:
        return ActFault("extension_too_late", due=statutory.date, on=case.day)
    if case.act is None or case.act.values.get("limit") is None:
        return None
    wanted = case.act.limit_value()
    if wanted is None:
        return ActFault("limit_unreadable", text=case.act.text("limit"))
    fits = wanted.unit is longest.unit and wanted.n <= longest.n
    return None if fits else ActFault("extension_too_long", wanted=str(wanted), longest=str(longest))


def _instant(case: _Case) -> ActFault | None:
    return None if case.timing.kind is ItemKind.INSTANT else ActFault("not_instant")


def _cited_rule(case: _Case) -> ActFault | None:
    """Nothing lapses in silence: a rule is cited, and the time to bring the papers back is over."""
    if not case.timing.lapse_basis:
        return ActFault("no_rule_to_lapse")
    resupply = case.state.clock(ClockName.RESUPPLY)
    if resupply is not None and case.day <= resupply.date:
        return ActFault("resupply_still_open", due=resupply.date)
    return None


def _check_owed(case: _Case) -> ActFault | None:
    """What was promised is checked once; one that failed names a day by which things are put right."""
    if not case.state.check_owed:
        return ActFault("no_check_owed")
    if case.act is None or case.act.kind is not ActKind.FAIL_CHECK:
        return None
    day = case.act.date_value("expected_end")
    if day is None:
        return ActFault("put_right_day_missing")
    return None if day > case.day else ActFault("put_right_day_past", day=day)


def _not_served(case: _Case) -> ActFault | None:
    """A decision is served once: the time of the remedies runs from that day."""
    served = case.state.served_on
    return None if served is None else ActFault("already_served", on=served)


_GUARDS: dict[Guard, Callable[[_Case], ActFault | None]] = {
    Guard.ONE_NOTICE: _one_notice,
    Guard.DEFERRABLE: _deferrable,
    Guard.OPEN_PROMISE: _open_promise,
    Guard.LISTED_GROUND: _listed_ground,
    Guard.OPEN_PAUSE: _open_pause,
    Guard.NO_OPEN_HEARING: _no_open_hearing,
    Guard.HEARING_TOLD: _hearing_told,
    Guard.OPEN_HEARING: _open_hearing,
    Guard.EXTENDABLE: _extendable,
    Guard.INSTANT: _instant,
    Guard.CITED_RULE: _cited_rule,
    Guard.CHECK_OWED: _check_owed,
    Guard.NOT_SERVED: _not_served,
}
