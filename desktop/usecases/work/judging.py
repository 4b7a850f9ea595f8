"""One act, one path: every act on a task is judged by the hall and by the law before it is put on record."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from desktop.usecases.context import Context
from desktop.usecases.reasons import MOST_ANSWER, MOST_REASON, check_said, reason_said
from desktop.usecases.refused import Refused
from desktop.usecases.requests.case import Handed, inputs_of
from desktop.usecases.work.act_needs import MISSING, Written, written_with
from desktop.usecases.work.offers import (
    against_advice,
    capacity_for,
    missing_leaves,
    not_knowable,
    papers_here,
    takes_in_hand,
)
from desktop.usecases.work.promises import papers_of
from desktop.usecases.work.worklist import record_act
from desktop.workflow.planning.as_of import as_of
from desktop.workflow.planning.engine import plan as planned_now
from desktop.workflow.planning.inputs import Inputs
from desktop.workflow.planning.plan import Plan, Task
from desktop.workflow.procedure.acts import check, state_at
from desktop.workflow.procedure.folding import observed_row
from desktop.workflow.procedure.late_acts import check_late
from desktop.workflow.procedure.legal_states import Act, ActFault, ActKind, ActorRole
from desktop.workflow.procedure.profiles import PROFILES


@dataclass(frozen=True)
class DoAct:
    """An act on a task: which, when it happened in law, with which reason, values and papers handed over with it."""

    task: UUID
    act: ActKind
    reason: str = ""
    legal: datetime | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    papers: tuple[Handed, ...] = ()


@dataclass(frozen=True)
class Case:
    """A case as an act finds it: what is on record of it, gathered once, and the plan that follows from it."""

    request: UUID
    inputs: Inputs
    plan: Plan

    def acts_of(self, task: Task) -> tuple[Act, ...]:
        """Give the acts on record of a task's round."""
        place = (task.key.code, task.key.subject, task.round)
        return tuple(act for act in self.inputs.acts if (act.item, act.subject, act.round) == place)


@dataclass(frozen=True)
class Seen:
    """An act decided elsewhere, as it is told there: when it was done, in which system or list, under which number."""

    act: ActKind
    legal: datetime
    source: str
    number: str
    values: Mapping[str, object] = field(default_factory=dict)


class Recorded(NamedTuple):
    """An act on record, its event, and what is on record of the case with it."""

    act: Act
    event: UUID
    inputs: Inputs


def case_of(context: Context, request: UUID) -> Case:
    """Gather a case and plan it as it stands now."""
    inputs = inputs_of(context, request)
    return Case(request, inputs, planned_now(context.catalogue, context.calendar, inputs, context.today))


def put_on_record(context: Context, case: Case, task: Task, command: DoAct, role: ActorRole) -> Recorded:
    """Judge an act and put it on record; a decision may first take the case in hand.

    A notice names everything missing, whatever the command names of it. What is written down late is judged by what was
    there on its own day: what came since opens no gate then, and what has run out since was good.

    Refused too_long, reason_missing, note_missing, answer_missing, against_advice, valid_until_past, still_owing,
    defect_undescribed, paper_unknown, or with the code of the law's own refusal (`desktop.workflow.procedure.acts`).
    """
    command = replace(command, reason=_said(task, command))
    _check_values(context, task, command)
    if command.act is ActKind.SUPPLEMENT:
        plan, then = _found(context, case, task, command)
        command = replace(command, values={**command.values, "listed": _everything(plan, then, command)})
    earlier, inputs = case.acts_of(task), case.inputs
    if takes_in_hand(task, command.act):
        # A late decision gives its reason for both: taking the case in hand is as late as the decision.
        assign = DoAct(command.task, ActKind.ASSIGN, command.reason if command.legal else "", command.legal)
        who = capacity_for(context.staff, task, ActKind.ASSIGN) or role
        taken, _event = _judged(context, case, task, assign, who, earlier)
        earlier, inputs = (*earlier, taken), replace(inputs, acts=(*inputs.acts, taken))
    act, event = _judged(context, case, task, command, role, earlier)
    return Recorded(act, event, replace(inputs, acts=(*inputs.acts, act)))


def see_elsewhere(context: Context, case: Case, task: Task, seen: Seen, reason: str) -> Recorded | None:
    """Put on record what was decided elsewhere, in nobody's name here; None where the round stands as far already.

    It is judged by no gate and no role, for nothing was decided here; it may contradict nothing that stands.
    Refused observed_without_source, backdated_without_reason, legal_time_in_future, undoes_record.
    """
    values = {**seen.values, "source": seen.source, "number": seen.number}
    command = DoAct(case.request, seen.act, reason_said(reason), seen.legal, values)
    act = replace(_act(context, task, command, ActorRole.OTHER_SYSTEM), observed=True)
    earlier, item = case.acts_of(task), task.item
    profile = PROFILES[item.procedure]
    before = state_at(profile, item.timing, earlier, act.legal, context.calendar)
    if observed_row(profile, item.timing, before.state, act) is None:
        return None
    _judge(context, _Found(case.plan, task), act, earlier)
    event = record_act(
        context, case.request, task.key, task.round, act.kind, act.role,
        legal=act.legal, reason=act.reason, values=as_kept(act.values), observed=True,
    )  # fmt: skip
    return Recorded(act, event, replace(case.inputs, acts=(*case.inputs.acts, act)))


def _judged(
    context: Context, case: Case, task: Task, command: DoAct, role: ActorRole, earlier: tuple[Act, ...]
) -> tuple[Act, UUID]:
    """Put an act on record once the law has nothing against it."""
    act = _act(context, task, command, role)
    _judge(context, _found(context, case, task, command), act, earlier)
    event = record_act(
        context, case.request, task.key, task.round, act.kind, role,
        legal=command.legal, reason=act.reason, values=as_kept(act.values),
    )  # fmt: skip
    return act, event


def _act(context: Context, task: Task, command: DoAct, role: ActorRole) -> Act:
    return Act(
        kind=command.act,
        item=task.key.code,
        subject=task.key.subject,
        round=task.round,
        legal=(command.legal or context.now).astimezone(context.zone),
        recorded=context.now,
        by=str(context.staff.account_id),
        role=role,
        op=str(context.op),
        reason=command.reason or None,
        values=dict(command.values),
    )


class _Found(NamedTuple):
    """The plan and the task as an act finds them on its own day."""

    plan: Plan
    task: Task


def _found(context: Context, case: Case, task: Task, command: DoAct) -> _Found:
    """Give the plan an act is judged by: of a day that is over, from what was there by then; else the present one."""
    moment = None if command.legal is None else command.legal.astimezone(context.zone)
    if moment is None or moment.date() >= context.today:
        return _Found(case.plan, task)
    plan = planned_now(context.catalogue, context.calendar, as_of(case.inputs, moment), moment.date())
    then = plan.task(task.key)
    # What was no part of the case by then is refused by its state, whatever its gates were.
    return _Found(case.plan, task) if then is None or then.round != task.round else _Found(plan, then)


def _judge(context: Context, found: _Found, act: Act, earlier: tuple[Act, ...]) -> None:
    plan, task = found
    profile, timing = PROFILES[task.item.procedure], task.item.timing
    again, papers = not_knowable(plan, task), papers_of(plan, task)
    try:
        before = state_at(profile, timing, earlier, act.legal, context.calendar)
        check(act, profile, timing, before, task.gates_open, context.calendar, not_knowable=again, papers=papers)
        check_late(act, profile, timing, earlier, context.calendar)
    except ActFault as fault:
        values = {"procedure": profile.code, **_named(context, fault), **dict(fault.values)}
        raise Refused(fault.code, **values) from None


def _named(context: Context, fault: ActFault) -> dict[str, object]:
    """Name the papers an objection is about; what the catalogue does not know keeps its code."""
    leaves, known = fault.values.get("leaves"), context.catalogue.materials
    if not isinstance(leaves, tuple):
        return {}
    codes = [str(leaf).split(":")[1] if ":" in str(leaf) else str(leaf) for leaf in leaves]
    return {"paper": tuple(known[code].name if code in known else code for code in codes)}


def _said(task: Task, command: DoAct) -> str:
    """Give what is written with an act, tidied. Refused too_long, as every text among its values may be."""
    check_said(command.values)
    most = MOST_ANSWER if written_with(task, command.act) is Written.ANSWER else MOST_REASON
    return reason_said(command.reason, most)


def _check_values(context: Context, task: Task, command: DoAct) -> None:
    """Refuse a decision against the rules' advice without a reason, and a result that ends before it begins."""
    if command.act is ActKind.CLEAR_CHECK and task.owed:
        raise Refused("still_owing")
    written = written_with(task, command.act)
    if written is not Written.NOTHING and not command.reason.strip():
        raise Refused(MISSING[written])
    if against_advice(task, command.act) and not command.reason.strip():
        raise Refused("against_advice")
    if command.act is ActKind.HEARING_OPEN:
        _check_hearing(command.values)
    until = command.values.get("valid_until")
    if isinstance(until, date) and until <= context.today:
        raise Refused("valid_until_past", day=until)


def _check_hearing(values: Mapping[str, object]) -> None:
    """See that a hearing is told with its day and its place (行政许可法 第四十八条)."""
    if values.get("hearing_on") is None:
        raise Refused("hearing_without_day")
    if not str(values.get("place") or "").strip():
        raise Refused("hearing_without_place")


def _everything(plan: Plan, task: Task, command: DoAct) -> tuple[str, ...]:
    """Give what one notice names: all that is missing, then what is there with a defect, each described."""
    missing, here = missing_leaves(task), {key.leaf for key in papers_here(plan, task)}
    listed, defects = command.values.get("listed"), command.values.get("defects")
    wrong = {str(leaf): str(said) for leaf, said in defects.items()} if isinstance(defects, Mapping) else {}
    named = dict.fromkeys((*listed, *wrong) if isinstance(listed, list | tuple) else wrong)
    besides = tuple(leaf for leaf in named if leaf not in missing)
    if any(leaf not in here for leaf in besides):
        raise Refused("paper_unknown")
    if any(not wrong.get(leaf, "").strip() for leaf in besides):
        raise Refused("defect_undescribed")
    return (*missing, *besides)


def as_kept(values: Mapping[str, object]) -> dict[str, object]:
    """Give an act's values as the log keeps them: days as text, lists as lists."""

    def plain(value: object) -> object:
        if isinstance(value, Mapping):
            return {str(key): plain(inner) for key, inner in value.items()}
        if isinstance(value, tuple | list | frozenset | set):
            return [plain(inner) for inner in value]
        return value if isinstance(value, str | int | bool | None) else str(value)

    return {name: plain(value) for name, value in values.items()}
