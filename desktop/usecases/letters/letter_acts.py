"""The letter each act of a department calls for, composed from the act and from the plan before and after it."""

from collections.abc import Callable, Mapping

from desktop.letters.content import (
    Acceptance,
    CheckFailed,
    DeferredAcceptance,
    Extension,
    Hearing,
    Letter,
    LetterKind,
    Promise,
    PromiseBroken,
    Resumption,
    Supplement,
    Suspension,
)
from desktop.letters.parts import (
    AcceptedItem,
    Limit,
    Missing,
    Need,
    NextVisit,
)
from desktop.letters.text import Bilingual
from desktop.usecases.context import Context
from desktop.usecases.letters.letter_contents import about_of, hall_part, naming_in
from desktop.usecases.letters.letter_decisions import (
    grant,
    handover,
    non_acceptance,
    not_ours,
    not_required,
    refusal,
    termination,
    withdrawal,
)
from desktop.usecases.letters.letter_endings import annulment, ending
from desktop.usecases.letters.letter_missing import (
    Naming,
    is_to_be_brought,
    key_of_leaf,
    missing_of_task,
    need_of,
)
from desktop.usecases.letters.letter_pieces import (
    Acted,
    Number,
    accepted_on,
    article_of,
    articles_of,
    common,
    due_of,
    ground_name,
    item_name,
    last_day,
    limit_of,
    owing_of,
    reasons_of,
    received_on,
    transition_of,
)
from desktop.workflow.planning.inputs import Key
from desktop.workflow.procedure.legal_states import ActKind
from desktop.workflow.procedure.profiles import PROFILES
from desktop.workflow.procedure.rounds import ClockName

__all__ = ["Acted", "everything_missing", "letter_of_act"]

_NOT_KEPT_PROMISE = Bilingual(
    zh="逾期未补交的，由承办部门依法处理，并由申请人承担相应后果。",
    en="If the papers are not handed in by then, the department acts as the law provides.",
)


def letter_of_act(context: Context, acted: Acted, number: Number) -> Letter | None:
    """Compose the letter of an act; None for an act that has none, or that stays between departments.

    A hearing is told only once its day and place are known: without them the notice would be none.
    """
    row = transition_of(acted)
    compose = None if row is None or row.letter is None else COMPOSED.get(acted.act.kind)
    if acted.act.kind is ActKind.HEARING_OPEN and not _is_called(acted):
        return None
    return None if compose is None else compose(context, acted, number)


def _is_called(acted: Acted) -> bool:
    return acted.act.date_value("hearing_on") is not None and acted.act.text("place") is not None


def _hearing(context: Context, acted: Acted, number: Number) -> Letter:
    return Hearing(
        **common(context, acted, number(LetterKind.HEARING)),
        item=item_name(acted),
        held_on=acted.act.date_value("hearing_on") or acted.act.day,
        place=acted.act.text("place") or "",
        articles=articles_of(acted),
    )


def _accepted_item(context: Context, acted: Acted) -> AcceptedItem:
    item = acted.before.item
    return AcceptedItem(
        name=item_name(acted),
        due=due_of(context, acted.now.due, acted.act.day),
        promised_limit=limit_of(item.promised),
        statutory_limit=limit_of(PROFILES[item.procedure].statutory(item.timing)),
    )


def _acceptance(context: Context, acted: Acted, number: Number) -> Letter:
    if acted.before.state.open_promises:
        return _deferred_acceptance(context, acted, number)
    return Acceptance(
        **common(context, acted, number(LetterKind.ACCEPTANCE)),
        received_on=received_on(acted),
        accepted_on=accepted_on(acted),
        items=(_accepted_item(context, acted),),
        articles=articles_of(acted),
    )


def _supplement(context: Context, acted: Acted, number: Number) -> Letter:
    clock, listed = acted.now.state.clock(ClockName.RESUPPLY), everything_missing(context, acted)
    by = None if clock is None else due_of(context, clock, acted.act.day)
    return Supplement(
        **common(context, acted, number(LetterKind.SUPPLEMENT)),
        received_on=received_on(acted),
        items=(item_name(acted),),
        missing=tuple(one for one in listed if is_to_be_brought(one)),
        under_way=tuple(one for one in listed if not is_to_be_brought(one)),
        next_visit=NextVisit(where=hall_part(context).name, by=by),
        articles=articles_of(acted),
    )


def everything_missing(context: Context, acted: Acted) -> tuple[Missing, ...]:
    """List all that the item's gates miss and all that the act names besides, each once."""
    naming, task = naming_in(context, about_of(context, acted.row.request_id)), acted.before
    found = missing_of_task(naming, task, task.gates.values())
    planned = {row.key for view in task.gates.values() for row in view.missing}
    besides: list[Key] = [key_of_leaf(leaf) for leaf in acted.act.names("listed")]
    found += [_besides(naming, acted, key) for key in besides if key not in planned]
    return tuple(dict.fromkeys(found))


def _besides(naming: Naming, acted: Acted, key: Key) -> Need:
    """List a paper that is there, with what is wrong with it."""
    need = need_of(naming, key, item=acted.before.item)
    defects = acted.act.values.get("defects")
    wrong = defects.get(key.leaf) if isinstance(defects, Mapping) else None
    return need.model_copy(update={"fault": Bilingual(zh=str(wrong))}) if wrong else need


def _promise(context: Context, acted: Acted, number: Number) -> Letter:
    owed = acted.act.deferred()
    return Promise(
        **common(context, acted, number(LetterKind.PROMISE)),
        items=(item_name(acted),),
        owing=owing_of(context, acted, owed),
        if_not_kept=_NOT_KEPT_PROMISE,
    )


def _deferred_acceptance(context: Context, acted: Acted, number: Number) -> Letter:
    """Tell of an acceptance with papers owing (容缺受理): what is owed still, and until when."""
    owed = {promise.leaf: promise.due for promise in acted.before.state.open_promises}
    return DeferredAcceptance(
        **common(context, acted, number(LetterKind.DEFERRED_ACCEPTANCE)),
        received_on=received_on(acted),
        accepted_on=accepted_on(acted),
        items=(_accepted_item(context, acted),),
        owing=owing_of(context, acted, owed),
        where=hall_part(context).name,
        if_not_kept=_NOT_KEPT_PROMISE,
        articles=articles_of(acted),
    )


def _suspension(context: Context, acted: Acted, number: Number) -> Letter:
    ground = acted.act.text("ground") or acted.act.reason or ""
    item = acted.before.item
    pause = PROFILES[item.procedure].pauses_of(item.timing).get(ground)
    return Suspension(
        **common(context, acted, number(LetterKind.SUSPENSION)),
        item=item_name(acted),
        accepted_on=accepted_on(acted),
        ground=ground_name(ground),
        started_on=acted.act.day,
        expected_end=last_day(context, acted.act.date_value("expected_end") or acted.act.day),
        articles=articles_of(acted) if pause is None else (article_of(acted, pause.basis),),
    )


def _resumption(context: Context, acted: Acted, number: Number) -> Letter:
    """Tell that the days count again, since when they stood still, and by which day the item is decided now."""
    named = acted.act.text("ground")
    pauses = [pause for pause in acted.before.state.pauses if pause.end is None and named in (None, pause.ground)]
    first = min(pauses, key=lambda pause: pause.start, default=None)
    return Resumption(
        **common(context, acted, number(LetterKind.RESUMPTION)),
        item=item_name(acted),
        ground=ground_name("" if first is None else first.ground),
        started_on=acted.act.day if first is None else first.start,
        resumed_on=acted.act.day,
        new_due=None if acted.now.due is None else due_of(context, acted.now.due, acted.act.day),
        articles=articles_of(acted),
    )


def _promise_broken(context: Context, acted: Acted, number: Number) -> Letter:
    named = acted.act.names("leaves")
    owed = {p.leaf: p.due for p in acted.before.state.open_promises if not named or p.leaf in named}
    return PromiseBroken(
        **common(context, acted, number(LetterKind.PROMISE_BROKEN)),
        items=(item_name(acted),),
        owing=owing_of(context, acted, owed),
        reasons=reasons_of(acted),
        consequence=_NOT_KEPT_PROMISE,
    )


def _extension(context: Context, acted: Acted, number: Number) -> Letter:
    item, was, now = acted.before.item, acted.before.state, acted.now.state
    extended_by = limit_of(acted.act.limit_value() or PROFILES[item.procedure].extension(item.timing))
    old, new = was.clock(ClockName.STATUTORY), now.clock(ClockName.STATUTORY)
    return Extension(
        **common(context, acted, number(LetterKind.EXTENSION)),
        item=item_name(acted),
        accepted_on=accepted_on(acted),
        reason=reasons_of(acted)[0],
        approver=Bilingual(zh=context.staff.name),
        extended_by=extended_by or Limit(count=0),
        old_due=due_of(context, old, acted.act.day),
        new_due=due_of(context, new, acted.act.day),
        articles=articles_of(acted),
    )


def _check_failed(context: Context, acted: Acted, number: Number) -> Letter:
    return CheckFailed(
        **common(context, acted, number(LetterKind.CHECK_FAILED)),
        item=item_name(acted),
        decided_on=acted.before.state.decided_on or acted.act.day,
        checked_on=acted.act.day,
        reasons=reasons_of(acted),
        put_right_by=last_day(context, acted.act.date_value("expected_end") or acted.act.day),
        articles=articles_of(acted),
    )


COMPOSED: Mapping[ActKind, Callable[[Context, Acted, Number], Letter]] = {
    ActKind.HEARING_OPEN: _hearing,
    ActKind.ACCEPT: _acceptance,
    ActKind.NOT_ACCEPT: non_acceptance,
    ActKind.SUPPLEMENT: _supplement,
    ActKind.PROMISE: _promise,
    ActKind.NOT_REQUIRED: not_required,
    ActKind.NOT_OURS: not_ours,
    ActKind.SUSPEND: _suspension,
    ActKind.RESUME: _resumption,
    ActKind.EXTEND: _extension,
    ActKind.GRANT: grant,
    ActKind.REFUSE: refusal,
    ActKind.SERVE: handover,
    ActKind.WITHDRAW: withdrawal,
    ActKind.BREAK_PROMISE: _promise_broken,
    ActKind.FAIL_CHECK: _check_failed,
    ActKind.TERMINATE: termination,
    ActKind.LAPSE: termination,
    ActKind.REVOKE_UNLAWFUL: ending,
    ActKind.WITHDRAW_PERMIT: ending,
    ActKind.REVOKE_PENALTY: ending,
    ActKind.DEREGISTER: ending,
    ActKind.ANNUL: annulment,
}
