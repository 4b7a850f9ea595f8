"""The letter each act of a department calls for, composed from the act and from the plan before and after it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from db.queries.halls import hall_row
from db.queries.requests import TaskRow
from desktop.letters.content import (
    Acceptance,
    DeferredAcceptance,
    Extension,
    Grant,
    Letter,
    LetterKind,
    NonAcceptance,
    Promise,
    Refusal,
    ResultHandover,
    Supplement,
    Suspension,
    Withdrawal,
)
from desktop.letters.parts import (
    AcceptedItem,
    Certificate,
    Due,
    HandedPaper,
    Limit,
    LimitUnit,
    Missing,
    NextVisit,
    Owing,
    Remedies,
)
from desktop.letters.text import Bilingual
from desktop.usecases.context import Context
from desktop.usecases.letter_contents import applicant_part, department_name, hall_part, papers_in, setting, shared
from desktop.usecases.letter_missing import both, key_of_leaf, missing_of_task, need_of
from desktop.workflow.deadlines import Due as PlannedDue
from desktop.workflow.inputs import Key
from desktop.workflow.legal_states import Act, ActKind
from desktop.workflow.limits import Limit as EngineLimit
from desktop.workflow.limits import Unit
from desktop.workflow.plan import Plan
from desktop.workflow.plan import Task as PlannedTask
from desktop.workflow.profiles import PROFILES
from desktop.workflow.rounds import ClockName

Number = Callable[[LetterKind], str]
_WITH_REMEDIES = frozenset({"permit", "benefit", "confirmation", "registration"})
_UNITS = {
    Unit.WORKDAYS: (LimitUnit.WORKING_DAY, 1),
    Unit.DAYS: (LimitUnit.DAY, 1),
    Unit.MONTHS: (LimitUnit.MONTH, 1),
    Unit.YEARS: (LimitUnit.MONTH, 12),
}
_METHODS = {
    "in_person": Bilingual(zh="直接送达", en="in person"),
    "post": Bilingual(zh="邮寄送达", en="by post"),
    "electronic": Bilingual(zh="电子送达", en="electronically"),
}
_NOT_KEPT_PROMISE = Bilingual(
    zh="逾期未补交的，由承办部门依法处理，并由申请人承担相应后果。",
    en="If the papers are not handed in by then, the department acts as the law provides.",
)
_GOVERNMENT = Bilingual(zh="本级人民政府", en="the people's government at this level")
_COURT = Bilingual(zh="有管辖权的人民法院", en="the people's court that has jurisdiction")


@dataclass(frozen=True)
class Acted:
    """An act just recorded: on which task, as it was before, and the plan that followed."""

    row: TaskRow
    before: PlannedTask
    act: Act
    event: UUID
    after: Plan

    @property
    def now(self) -> PlannedTask:
        """The task as the act leaves it."""
        return self.after.task(self.before.key) or self.before


def letter_of_act(context: Context, acted: Acted, number: Number) -> Letter | None:
    """Compose the letter of an act; None for an act without one, or where the law gives no such letter."""
    compose = _COMPOSE.get(acted.act.kind)
    remedies_lack = acted.before.item.procedure not in _WITH_REMEDIES
    if compose is None or (acted.act.kind in {ActKind.NOT_ACCEPT, ActKind.REFUSE} and remedies_lack):
        return None
    return compose(context, acted, number)


def _common(context: Context, acted: Acted, number: str) -> dict[str, Any]:
    request = acted.row.request_id
    return shared(context, request, number) | {
        "department": department_name(context, acted.before.item.department),
        "applicant": applicant_part(context, request),
        "dated": acted.act.day,
    }


def _received(acted: Acted) -> date:
    state = acted.now.state
    return state.received_on or state.submitted_on or acted.act.day


def _accepted(acted: Acted) -> date:
    return acted.now.state.accepted_on or acted.before.state.accepted_on or acted.act.day


def _articles(acted: Acted) -> tuple[Bilingual, ...]:
    """Cite what the procedure and the item rest on; where the catalogue cites nothing, point at its guide."""
    row = PROFILES[acted.before.item.procedure].transitions.get((acted.before.state.state, acted.act.kind))
    cited = dict.fromkeys(basis for basis in (row.basis if row else None, acted.before.item.basis) if basis)
    name = acted.before.item.name
    guide = Bilingual(zh=f"《{name.zh}》办事指南", en=f"Service guide: {name.en}")
    return tuple(Bilingual(zh=basis) for basis in cited) or (guide,)


def _reasons(acted: Acted) -> tuple[Bilingual, ...]:
    given = (acted.act.reason or "").strip()
    return (Bilingual(zh=given or "见承办部门说明", en="" if given else "as the department explained"),)


def _due(due: PlannedDue | None, otherwise: date) -> Due:
    return Due(on=otherwise) if due is None else Due(on=due.date, estimated=due.estimated)


def _limit(limit: EngineLimit | None) -> Limit | None:
    """Put a limit into a letter; limits in hours have no place there."""
    if limit is None or limit.unit not in _UNITS:
        return None
    unit, times = _UNITS[limit.unit]
    return Limit(count=limit.n * times, unit=unit)


def _item(acted: Acted) -> Bilingual:
    return both(acted.before.item.name)


def _accepted_item(acted: Acted) -> AcceptedItem:
    item = acted.before.item
    return AcceptedItem(
        name=_item(acted),
        due=_due(acted.now.due, acted.act.day),
        promised_limit=_limit(item.promised),
        statutory_limit=_limit(PROFILES[item.procedure].statutory(item.timing)),
    )


def _remedies(context: Context) -> Remedies:
    """Say where to turn; the hall's settings may name the organ and the court."""
    row = hall_row(context.connection, context.hall_id)
    told = {} if row is None else row.settings
    organ = setting(told.get("reconsideration_organ"), _GOVERNMENT)
    return Remedies(reconsideration_organ=organ, court=setting(told.get("court"), _COURT))


def _owing(context: Context, acted: Acted, owed: Mapping[str, date | None]) -> tuple[Owing, ...]:
    keys = {leaf: key_of_leaf(leaf) for leaf in owed}
    return tuple(
        Owing(need=need_of(context.catalogue, keys[leaf], item=acted.before.item), due=Due(on=day or acted.act.day))
        for leaf, day in owed.items()
    )


def _acceptance(context: Context, acted: Acted, number: Number) -> Letter:
    if acted.before.state.open_promises:
        return _deferred_acceptance(context, acted, number)
    return Acceptance(
        **_common(context, acted, number(LetterKind.ACCEPTANCE)),
        received_on=_received(acted),
        accepted_on=_accepted(acted),
        items=(_accepted_item(acted),),
        articles=_articles(acted),
    )


def _non_acceptance(context: Context, acted: Acted, number: Number) -> Letter:
    return NonAcceptance(
        **_common(context, acted, number(LetterKind.NON_ACCEPTANCE)),
        received_on=_received(acted),
        items=(_item(acted),),
        reasons=_reasons(acted),
        articles=_articles(acted),
        remedies=_remedies(context),
    )


def _supplement(context: Context, acted: Acted, number: Number) -> Letter:
    return Supplement(
        **_common(context, acted, number(LetterKind.SUPPLEMENT)),
        received_on=_received(acted),
        items=(_item(acted),),
        missing=everything_missing(context, acted),
        next_visit=NextVisit(where=hall_part(context).name),
        articles=_articles(acted),
    )


def everything_missing(context: Context, acted: Acted) -> tuple[Missing, ...]:
    """List all that the item's gates miss and all that the act names besides, each once."""
    catalogue, task = context.catalogue, acted.before
    found = missing_of_task(catalogue, task, task.gates.values())
    planned = {row.key for view in task.gates.values() for row in view.missing}
    besides: list[Key] = [key_of_leaf(leaf) for leaf in acted.act.names("listed")]
    found += [need_of(catalogue, key, item=task.item) for key in besides if key not in planned]
    return tuple(dict.fromkeys(found))


def _promise(context: Context, acted: Acted, number: Number) -> Letter:
    owed = acted.act.deferred()
    return Promise(
        **_common(context, acted, number(LetterKind.PROMISE)),
        items=(_item(acted),),
        owing=_owing(context, acted, owed),
        if_not_kept=_NOT_KEPT_PROMISE,
    )


def _deferred_acceptance(context: Context, acted: Acted, number: Number) -> Letter:
    """Tell of an acceptance with papers owing (容缺受理): what is owed still, and until when."""
    owed = {promise.leaf: promise.due for promise in acted.before.state.open_promises}
    return DeferredAcceptance(
        **_common(context, acted, number(LetterKind.DEFERRED_ACCEPTANCE)),
        received_on=_received(acted),
        accepted_on=_accepted(acted),
        items=(_accepted_item(acted),),
        owing=_owing(context, acted, owed),
        where=hall_part(context).name,
        if_not_kept=_NOT_KEPT_PROMISE,
        articles=_articles(acted),
    )


def _suspension(context: Context, acted: Acted, number: Number) -> Letter:
    ground = acted.act.text("ground") or acted.act.reason or ""
    cited = [Bilingual(zh=pause.basis) for pause in acted.before.item.pauses if pause.ground == ground and pause.basis]
    return Suspension(
        **_common(context, acted, number(LetterKind.SUSPENSION)),
        item=_item(acted),
        accepted_on=_accepted(acted),
        ground=_GROUNDS.get(ground, Bilingual(zh=ground or "依法暂停")),
        started_on=acted.act.day,
        expected_end=Due(on=acted.act.date_value("expected_end") or acted.act.day),
        articles=tuple(cited) or _articles(acted),
    )


_GROUNDS = {
    "hearing": Bilingual(zh="听证", en="hearing"),
    "bidding": Bilingual(zh="招标", en="bidding"),
    "auction": Bilingual(zh="拍卖", en="auction"),
    "inspection": Bilingual(zh="检验", en="inspection"),
    "testing": Bilingual(zh="检测", en="testing"),
    "quarantine": Bilingual(zh="检疫", en="quarantine"),
    "appraisal": Bilingual(zh="鉴定", en="appraisal"),
    "expert_review": Bilingual(zh="专家评审", en="expert review"),
}


def _extension(context: Context, acted: Acted, number: Number) -> Letter:
    item, was, now = acted.before.item, acted.before.state, acted.now.state
    extended_by = _limit(acted.act.limit_value() or PROFILES[item.procedure].extension(item.timing))
    old, new = was.clock(ClockName.STATUTORY), now.clock(ClockName.STATUTORY)
    return Extension(
        **_common(context, acted, number(LetterKind.EXTENSION)),
        item=_item(acted),
        accepted_on=_accepted(acted),
        reason=_reasons(acted)[0],
        approver=Bilingual(zh=context.staff.name),
        extended_by=extended_by or Limit(count=0),
        old_due=_due(old, acted.act.day),
        new_due=_due(new, acted.act.day),
        articles=_articles(acted),
    )


def _grant(context: Context, acted: Acted, number: Number) -> Letter:
    outcomes = context.catalogue.outcomes
    given = [outcomes[code] for code in acted.before.item.provides if code in outcomes]
    return Grant(
        **_common(context, acted, number(LetterKind.GRANT)),
        granted=_item(acted),
        accepted_on=_accepted(acted),
        articles=_articles(acted),
        certificates=tuple(Certificate(name=both(outcome.name)) for outcome in given),
    )


def _refusal(context: Context, acted: Acted, number: Number) -> Letter:
    return Refusal(
        **_common(context, acted, number(LetterKind.REFUSAL)),
        refused=_item(acted),
        accepted_on=_accepted(acted),
        reasons=_reasons(acted),
        articles=_articles(acted),
        remedies=_remedies(context),
    )


def _handover(context: Context, acted: Acted, number: Number) -> Letter:
    outcomes = context.catalogue.outcomes
    given = [both(outcomes[code].name) for code in acted.before.item.provides if code in outcomes]
    method, common = acted.act.text("method") or "", _common(context, acted, number(LetterKind.RESULT_HANDOVER))
    return ResultHandover(
        **common,
        documents=tuple(HandedPaper(name=name) for name in given or [_item(acted)]),
        method=_METHODS.get(method, Bilingual(zh=method or "直接送达")),
        place=hall_part(context).name,
        delivered_on=acted.act.day,
        recipient=common["applicant"].name,
        deliverer=context.staff.name,
    )


def _withdrawal(context: Context, acted: Acted, number: Number) -> Letter:
    return Withdrawal(
        **_common(context, acted, number(LetterKind.WITHDRAWAL)),
        items=(_item(acted),),
        received_on=_received(acted),
        withdrawn_on=acted.act.day,
        reason=_reasons(acted)[0] if acted.act.reason else None,
        returned=papers_in(context, acted.row.request_id),
    )


_COMPOSE: dict[ActKind, Callable[[Context, Acted, Number], Letter]] = {
    ActKind.ACCEPT: _acceptance,
    ActKind.NOT_ACCEPT: _non_acceptance,
    ActKind.SUPPLEMENT: _supplement,
    ActKind.PROMISE: _promise,
    ActKind.SUSPEND: _suspension,
    ActKind.EXTEND: _extension,
    ActKind.GRANT: _grant,
    ActKind.REFUSE: _refusal,
    ActKind.SERVE: _handover,
    ActKind.WITHDRAW: _withdrawal,
}
