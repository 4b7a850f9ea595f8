"""Folding the acts of a round, in the order of their legal times, into where the round stands.

An act on record has legal force: folding never judges it again by an item's changed rules. What the table does not
allow in the state it meets is left without effect and named in a warning. Silence is applied where it falls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta

from desktop.workflow.procedure.legal_states import AGAINST, STANDING, Act, ActKind, Gate, LegalState
from desktop.workflow.procedure.procedures import Effect, ItemKind, ItemTiming, Profile, SilenceCode, Transition
from desktop.workflow.procedure.round_clocks import acceptance_due, finished, statutory_due
from desktop.workflow.procedure.rounds import (
    HEARING,
    Deemed,
    Deferral,
    Draft,
    Passed,
    RoundState,
    SupplementNotice,
    is_hearing,
)
from desktop.workflow.time.calendars import WorkCalendar
from desktop.workflow.time.limits import Extension, Pause, add_months, counted_back

_S = LegalState
_ORDER = {kind: place for place, kind in enumerate(ActKind)}
_BACKDATED = timedelta(days=1)
_WAITING_FOR_DECISION = frozenset({_S.SUBMITTED, _S.ACCEPTED, _S.REVIEWING, _S.SUSPENDED})
_GATES_BEHIND = {
    **dict.fromkeys((_S.SUBMITTED, _S.SUPPLEMENT), (Gate.SUBMIT,)),
    **dict.fromkeys((_S.ACCEPTED, _S.REVIEWING, _S.SUSPENDED), (Gate.SUBMIT, Gate.ACCEPT)),
    **dict.fromkeys((_S.GRANTED, _S.REFUSED), (Gate.SUBMIT, Gate.ACCEPT, Gate.DECIDE)),
    **dict.fromkeys((_S.ISSUED, _S.SERVED), tuple(Gate)),
}


def fold(profile: Profile, timing: ItemTiming, acts: Iterable[Act], calendar: WorkCalendar, today: date) -> RoundState:
    """Say where a round stands on `today`, from its acts in the order of their legal times.

    Acts of a later day are not yet in force. The order in which acts arrived changes nothing, except that whoever acted
    before a late notice arrived could not know of it. Never raises on what is on record; see `warnings`.
    """
    draft = Draft(profile, timing, calendar)
    for act in _in_order(acts):
        if act.day <= today:
            _keep_silence(draft, act.day)
            _apply(draft, act)
    _keep_silence(draft, today)
    return finished(draft, today)


def _in_order(acts: Iterable[Act]) -> list[Act]:
    """Sort by legal time; acts of one instant in the order of the procedure; a repeated operation counts once."""
    once = {(act.op, act.kind): act for act in sorted(acts, key=lambda act: (act.recorded, act.legal), reverse=True)}
    return sorted(once.values(), key=lambda act: (act.legal, _ORDER[act.kind], act.op))


def _apply(draft: Draft, act: Act) -> None:
    """Let one act take effect, or warn that it has none."""
    if act.recorded - act.legal > _BACKDATED:
        draft.warn("backdated", op=act.op, kind=act.kind, days=(act.recorded - act.legal).days)
    row = draft.profile.transitions.get((draft.state, act.kind))
    if act.observed or act.kind is ActKind.OBSERVE:
        row = observed_row(draft.profile, draft.timing, draft.state, act)
    elif row is None:
        row = _relied_on(draft, act)
    if row is None:
        draft.warn("act_out_of_order", op=act.op, kind=act.kind, state=draft.state, on=act.day)
        return
    if row.effect is Effect.AT_ONCE and draft.timing.kind is not ItemKind.INSTANT:
        draft.warn("not_instant", op=act.op)
    _pass_gates(draft, act, row)
    draft.state = _EFFECTS[row.effect](draft, act, row.to)
    _bar(draft, act)


def observed_row(profile: Profile, timing: ItemTiming, state: LegalState, act: Act) -> Transition | None:
    """Give the row an act decided elsewhere takes: its own, or one that skips forward; None when it contradicts."""
    row = profile.transitions.get((state, act.kind))
    if act.kind is ActKind.OBSERVE:
        seen = act.text("state")
        if seen is None or seen == state:
            return row
        row = profile.row_to(LegalState(seen)) if seen in set(LegalState) else None
    elif row is not None and (row.effect is not Effect.AT_ONCE or timing.kind is ItemKind.INSTANT):
        return row
    else:
        row = profile.skip(act.kind)
    return row if row is not None and STANDING[row.to] > STANDING[state] else None


def _pass_gates(draft: Draft, act: Act, row: Transition) -> None:
    """Pass the row's gates; behind an act decided elsewhere, every gate not passed here is marked not judged."""
    if act.observed or act.kind is ActKind.OBSERVE:
        behind = _GATES_BEHIND.get(row.to, ()) if row.to is not draft.state else ()
        for gate in behind:
            draft.pass_gate(gate, act.day, Passed.NOT_JUDGED, act.op)
        if Gate.ACCEPT in behind:
            draft.answered_on = draft.answered_on or act.day
        return
    for gate in row.gates:
        draft.pass_gate(gate, act.day, Passed.JUDGED, act.op)


def _relied_on(draft: Draft, act: Act) -> Transition | None:
    """Let an act stand that was recorded before a late notice arrived: what was missing moves to the decide gate."""
    if draft.state is not _S.SUPPLEMENT or not draft.notices or act.recorded >= draft.notices[-1].recorded:
        return None
    late = next((d for d in draft.deemed if d.superseded and act.day >= d.found_on), None)
    state = _S.SUBMITTED if late is None else _S.ACCEPTED
    row = draft.profile.transitions.get((state, act.kind))
    if row is None:
        return None
    notice = draft.notices[-1]
    draft.notices[-1] = replace(notice, overtaken=True)
    draft.moved = tuple(dict.fromkeys((*draft.moved, *notice.listed)))
    draft.warn("notice_overtaken", op=notice.op, by=act.op, leaves=notice.listed)
    draft.state = state
    if late is not None:
        draft.deemed.remove(late)
        _deem_accepted(draft, replace(late, superseded=False))
    return row


# --- silence ---


def _keep_silence(draft: Draft, until: date) -> None:
    """Apply what the law makes of the department's silence before a day."""
    basis = draft.profile.silence_basis(SilenceCode.DEEMED_ACCEPTED, draft.timing)
    limit = acceptance_due(draft, until) if basis is not None and draft.state is _S.SUBMITTED else None
    if basis is not None and limit is not None and draft.received_on is not None and until > limit.date:
        found = limit.date + timedelta(days=1)
        _deem_accepted(draft, Deemed(SilenceCode.DEEMED_ACCEPTED, basis, draft.received_on, found))
    _keep_silence_on_renewal(draft, until)


def _deem_accepted(draft: Draft, deemed: Deemed) -> None:
    """Accept as of the day the papers were received (行政许可法 第三十二条); after a notice, the day they came back."""
    draft.state = _S.ACCEPTED
    draft.accepted_on, draft.answered_on = deemed.as_of, deemed.found_on
    draft.pass_gate(Gate.ACCEPT, deemed.as_of, Passed.DEEMED)
    draft.deemed.append(deemed)


def _keep_silence_on_renewal(draft: Draft, until: date) -> None:
    """Grant a renewal applied for in time and not decided when the old licence expires (行政许可法 第五十条)."""
    renewal = draft.timing.renewal
    basis = draft.profile.silence_basis(SilenceCode.DEEMED_GRANTED, draft.timing)
    if renewal is None or basis is None or draft.state not in _WAITING_FOR_DECISION or until <= renewal.expires:
        return
    if draft.received_on is None or draft.received_on > renewal.expires:
        return
    if draft.submitted_on is None or draft.submitted_on > counted_back(renewal.expires, renewal.apply_before):
        return
    draft.state = _S.GRANTED
    draft.accepted_on = draft.accepted_on or draft.received_on
    draft.decided_on = draft.granted_on = renewal.expires
    draft.stop(renewal.expires)
    for gate in (Gate.ACCEPT, Gate.DECIDE):
        draft.pass_gate(gate, renewal.expires, Passed.DEEMED)
    found = renewal.expires + timedelta(days=1)
    draft.deemed.append(Deemed(SilenceCode.DEEMED_GRANTED, basis, renewal.expires, found))


# --- effects: each returns the state the act leads to ---


def _note(_draft: Draft, _act: Act, to: LegalState) -> LegalState:
    return to


def _open_acceptance(draft: Draft, act: Act, to: LegalState) -> LegalState:
    draft.submitted_on = draft.received_on = act.day
    return to


def _hold_acceptance(draft: Draft, act: Act, to: LegalState) -> LegalState:
    """List what is missing; a timely notice recorded after silence had accepted takes the place of that acceptance."""
    basis = draft.profile.silence_basis(SilenceCode.DEEMED_ACCEPTED, draft.timing)
    limit = acceptance_due(draft, act.day)
    late = limit is not None and act.recorded_day > limit.date
    if basis is not None and limit is not None and late and draft.received_on is not None:
        found = limit.date + timedelta(days=1)
        draft.deemed.append(Deemed(SilenceCode.DEEMED_ACCEPTED, basis, draft.received_on, found, superseded=True))
        draft.warn("deemed_acceptance_superseded", op=act.op, found_on=found)
    draft.notices.append(SupplementNotice(act.day, act.names("listed"), act.recorded, act.op))
    return to


def _resume_acceptance(draft: Draft, act: Act, to: LegalState) -> LegalState:
    if draft.notices:
        draft.notices[-1] = replace(draft.notices[-1], returned_on=act.day)
    draft.received_on = act.day
    return to


def _start_limit(draft: Draft, act: Act, to: LegalState) -> LegalState:
    draft.accepted_on = draft.answered_on = act.day
    return to


def _defer(draft: Draft, act: Act, to: LegalState) -> LegalState:
    for leaf, day in act.deferred().items():
        draft.deferrals[leaf] = Deferral(leaf, act.day, day)
    return to


def _answer(draft: Draft, act: Act, to: LegalState) -> LegalState:
    """Keep or break the promises named; all that are open when none is named."""
    kept = act.kind is ActKind.KEEP_PROMISE
    for leaf in act.names("leaves") or tuple(draft.deferrals):
        deferral = draft.deferrals.get(leaf)
        if deferral is None or not deferral.is_open:
            draft.warn("no_such_promise", op=act.op, leaf=leaf)
        elif kept:
            draft.deferrals[leaf] = replace(deferral, kept_on=act.day)
        else:
            draft.deferrals[leaf] = replace(deferral, broken_on=act.day)
    return to


def _pause(draft: Draft, act: Act, to: LegalState) -> LegalState:
    hearing = act.kind is ActKind.HEARING_OPEN
    ground = HEARING if hearing else act.text("ground") or "not_named"
    if any(p.ground == ground and p.end is None and is_hearing(p) is hearing for p in draft.pauses):
        draft.warn("already_paused", op=act.op, ground=ground)
    else:
        until = act.date_value("expected_end") or act.date_value("hearing_on")
        draft.pauses.append(Pause(f"{act.kind}:{act.op}", ground, act.day, until))
    return to


def _resume(draft: Draft, act: Act, to: LegalState) -> LegalState:
    """End the pause named, or every suspension; the round stays suspended while another ground is open."""
    hearing = act.kind is ActKind.HEARING_CLOSE
    ground = None if hearing else act.text("ground")
    ended = [
        p for p in draft.pauses if p.end is None and is_hearing(p) is hearing and (ground is None or p.ground == ground)
    ]
    if not ended:
        draft.warn("nothing_to_resume", op=act.op, ground=ground)
    draft.pauses = [replace(p, end=act.day) if p in ended else p for p in draft.pauses]
    still = any(p.end is None and not is_hearing(p) for p in draft.pauses)
    return draft.state if still else to


def _extend(draft: Draft, act: Act, to: LegalState) -> LegalState:
    """Move the statutory date, once, and only before it is past."""
    limit = act.limit_value() or draft.profile.extension(draft.timing)
    statutory = statutory_due(draft, act.day)
    if limit is None or statutory is None:
        draft.warn("no_extension", op=act.op)
    elif draft.extensions:
        draft.warn("already_extended", op=act.op)
    elif act.day > statutory.date:
        draft.warn("extension_too_late", op=act.op, due=statutory.date, on=act.day)
    else:
        draft.extensions.append(Extension(limit, act.day, act.by))
    return to


def _start_delivery(draft: Draft, act: Act, to: LegalState) -> LegalState:
    draft.decided_on = draft.granted_on = act.day
    draft.stop(act.day)
    return to


def _refuse(draft: Draft, act: Act, to: LegalState) -> LegalState:
    draft.decided_on = act.day
    return _end(draft, act, to)


def _at_once(draft: Draft, act: Act, to: LegalState) -> LegalState:
    """Accept, decide and issue an instant item in one act (即办)."""
    draft.accepted_on = act.day
    if act.kind is ActKind.REFUSE:
        return _refuse(draft, act, to)
    draft.issued_on = act.day
    return _start_delivery(draft, act, to)


def _issue(draft: Draft, act: Act, to: LegalState) -> LegalState:
    draft.issued_on = act.day
    return to


def _deliver(draft: Draft, act: Act, to: LegalState) -> LegalState:
    draft.served_on = draft.served_on or act.day
    return to


def _check(draft: Draft, act: Act, to: LegalState) -> LegalState:
    """Close the check after the decision; one that failed stays open, with the day to put things right by."""
    if act.kind is ActKind.CLEAR_CHECK:
        draft.checked_on = act.day
    else:
        draft.check_failed_on, draft.put_right_by = act.day, act.date_value("expected_end")
    return to


def _end(draft: Draft, act: Act, to: LegalState) -> LegalState:
    draft.ended_on, draft.ended_by = act.day, act.kind
    if to in AGAINST:
        draft.served_on = None  # what was served before was another decision
    draft.redo_ordered = act.kind is ActKind.ANNUL and act.values.get("redo") is True
    if act.kind is ActKind.ANNUL:
        draft.barred_until = None  # the bar falls with the decision it followed from
    draft.stop(act.day)
    return to


_EFFECTS: dict[Effect, Callable[[Draft, Act, LegalState], LegalState]] = {
    Effect.NOTE: _note,
    Effect.OPEN_ACCEPTANCE: _open_acceptance,
    Effect.HOLD_ACCEPTANCE: _hold_acceptance,
    Effect.RESUME_ACCEPTANCE: _resume_acceptance,
    Effect.START_LIMIT: _start_limit,
    Effect.DEFER: _defer,
    Effect.KEEP: _answer,
    Effect.BREAK: _answer,
    Effect.PAUSE: _pause,
    Effect.RESUME: _resume,
    Effect.EXTEND: _extend,
    Effect.START_DELIVERY: _start_delivery,
    Effect.AT_ONCE: _at_once,
    Effect.STOP: _refuse,
    Effect.ISSUE: _issue,
    Effect.DELIVER: _deliver,
    Effect.END: _end,
    Effect.CHECK: _check,
}


def _bar(draft: Draft, act: Act) -> None:
    """Bar applying again where bad faith is on record (行政许可法 第七十八、七十九条)."""
    for bar in draft.profile.bars:
        if bar.act is act.kind and act.values.get("bad_faith") is True:
            draft.barred_until = add_months(act.day, bar.limit.n * 12)
