"""What the letters of acts are made of: the act, its days, its reasons, its legal basis, and where to turn."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from db.queries.halls import hall_row
from db.queries.requests import TaskRow
from desktop.letters.content import LetterKind
from desktop.letters.parts import Due, Limit, LimitUnit, Owing, Remedies
from desktop.letters.text import Bilingual
from desktop.usecases.context import Context
from desktop.usecases.letters.letter_contents import (
    about_of,
    applicant_part,
    department_name,
    naming_in,
    setting,
    shared,
)
from desktop.usecases.letters.letter_missing import both, key_of_leaf, need_of
from desktop.usecases.requests.case import inputs_of
from desktop.usecases.work.offers import standing
from desktop.workflow.catalogue.citations import cited
from desktop.workflow.planning.plan import Plan
from desktop.workflow.planning.plan import Task as PlannedTask
from desktop.workflow.procedure.legal_states import Act, ActKind
from desktop.workflow.procedure.procedures import Transition
from desktop.workflow.procedure.profiles import PROFILES
from desktop.workflow.time.deadlines import Due as PlannedDue
from desktop.workflow.time.limits import Limit as EngineLimit
from desktop.workflow.time.limits import Unit

Number = Callable[[LetterKind], str]
_WITH_REMEDIES = frozenset({"permit", "benefit", "confirmation", "registration"})
_UNITS = {
    Unit.WORKDAYS: (LimitUnit.WORKING_DAY, 1),
    Unit.DAYS: (LimitUnit.DAY, 1),
    Unit.MONTHS: (LimitUnit.MONTH, 1),
    Unit.YEARS: (LimitUnit.MONTH, 12),
}
_SATURDAY = 5
_GOVERNMENT = Bilingual(zh="本级人民政府", en="the people's government at this level")
_COURT = Bilingual(zh="有管辖权的人民法院", en="the people's court that has jurisdiction")
_GROUNDS = {
    "hearing": Bilingual(zh="听证", en="hearing"),
    "tender": Bilingual(zh="招标", en="tender"),
    "auction": Bilingual(zh="拍卖", en="auction"),
    "inspection": Bilingual(zh="检验", en="inspection"),
    "testing": Bilingual(zh="检测", en="testing"),
    "quarantine": Bilingual(zh="检疫", en="quarantine"),
    "appraisal": Bilingual(zh="鉴定", en="appraisal"),
    "expert_review": Bilingual(zh="专家评审", en="expert review"),
    "disability_assessment": Bilingual(zh="残疾评定", en="disability assessment"),
    "card_making": Bilingual(zh="制卡", en="making of the card"),
}


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


def common(context: Context, acted: Acted, number: str) -> dict[str, Any]:
    """Give what every letter of an act has."""
    about = about_of(context, acted.row.request_id)
    return shared(context, about, number) | {
        "department": department_name(context, acted.before.item.department),
        "applicant": applicant_part(about),
        "dated": acted.act.day,
    }


def received_on(acted: Acted) -> date:
    """Say on which day the papers came."""
    state = acted.now.state
    return state.received_on or state.submitted_on or acted.act.day


def accepted_on(acted: Acted) -> date:
    """Say on which day it was accepted."""
    return acted.now.state.accepted_on or acted.before.state.accepted_on or acted.act.day


def transition_of(acted: Acted) -> Transition | None:
    """Give the row of the procedure that an act took."""
    stood = standing(acted.before, acted.act.kind).state
    return PROFILES[acted.before.item.procedure].transitions.get((stood, acted.act.kind))


def articles_of(acted: Acted) -> tuple[Bilingual, ...]:
    """Cite what the procedure and the item rest on; where the catalogue cites nothing, point at its guide."""
    row = transition_of(acted)
    found = dict.fromkeys(basis for basis in (row.basis if row else None, acted.before.item.basis) if basis)
    name = acted.before.item.name
    guide = Bilingual(zh=f"《{name.zh}》办事指南", en=f"Service guide: {name.en}")
    return tuple(article_of(acted, basis) for basis in found) or (guide,)


def article_of(acted: Acted, basis: str) -> Bilingual:
    """Cite a legal basis as a letter does, in both languages."""
    return both(cited(basis, acted.after.catalogue))


def reasons_of(acted: Acted) -> tuple[Bilingual, ...]:
    """Give the reason of an act as the letter says it."""
    given = (acted.act.reason or "").strip()
    return (Bilingual(zh=given or "见承办部门说明", en="" if given else "as the department explained"),)


def due_of(context: Context, due: PlannedDue | None, otherwise: date) -> Due:
    """Give a last day; where no clock runs, another."""
    return last_day(context, otherwise) if due is None else last_day(context, due.date, estimated=due.estimated)


def last_day(context: Context, day: date, *, estimated: bool = False) -> Due:
    """Put a day into a letter, with whether it is one of a weekend that is worked."""
    worked = day.weekday() >= _SATURDAY and context.calendar.is_working(day)
    return Due(on=day, estimated=estimated, worked=worked)


def limit_of(limit: EngineLimit | None) -> Limit | None:
    """Put a limit into a letter; limits in hours have no place there."""
    if limit is None or limit.unit not in _UNITS:
        return None
    unit, times = _UNITS[limit.unit]
    return Limit(count=limit.n * times, unit=unit)


def item_name(acted: Acted) -> Bilingual:
    """Name the item of an act."""
    return both(acted.before.item.name)


def remedies_of(context: Context, acted: Acted) -> Remedies | None:
    """Say where to turn; the hall's settings may name the organ and the court. A plain service has no such remedies."""
    if acted.before.item.procedure not in _WITH_REMEDIES:
        return None
    row = hall_row(context.connection, context.hall_id)
    told = {} if row is None else row.settings
    organ = setting(told.get("reconsideration_organ"), _GOVERNMENT)
    return Remedies(reconsideration_organ=organ, court=setting(told.get("court"), _COURT))


def owing_of(context: Context, acted: Acted, owed: Mapping[str, date | None]) -> tuple[Owing, ...]:
    """List papers that are owing, with their days."""
    keys = {leaf: key_of_leaf(leaf) for leaf in owed}
    naming = naming_in(context, about_of(context, acted.row.request_id))
    return tuple(
        Owing(need=need_of(naming, keys[leaf], item=acted.before.item), due=last_day(context, day or acted.act.day))
        for leaf, day in owed.items()
    )


def ground_name(ground: str) -> Bilingual:
    """Name the ground of a pause as a letter does."""
    return _GROUNDS.get(ground, Bilingual(zh=ground or "依法暂停"))


def issued_number(context: Context, acted: Acted) -> str:
    """Give the number under which the result was issued."""
    place = (acted.row.item, acted.row.subject, acted.row.round)
    acts = inputs_of(context, acted.row.request_id).acts
    issued = (a for a in reversed(acts) if a.kind is ActKind.ISSUE and (a.item, a.subject, a.round) == place)
    return next((act.text("number") or "" for act in issued), "")
