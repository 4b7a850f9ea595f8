"""A small town's catalogue and hands to change its inputs, for tests of the engine."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from desktop.workflow.catalogue.definitions import (
    Catalogue,
    Demand,
    Fact,
    Item,
    Material,
    Outcome,
    Role,
    Source,
    Text,
    Want,
)
from desktop.workflow.catalogue.requirements import All, LeafKind, Need, Phase, Requirement
from desktop.workflow.conditions.condition import FactType
from desktop.workflow.planning.engine import plan
from desktop.workflow.planning.inputs import FactValue, HeldOutcome, Inputs, Key, Kind, Paper
from desktop.workflow.planning.plan import Plan
from desktop.workflow.procedure.legal_states import Act, ActKind, ActorRole
from desktop.workflow.procedure.procedures import ItemKind
from desktop.workflow.time.calendars import WorkCalendar
from desktop.workflow.time.limits import Limit

SHANGHAI = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 3, 2)
CALENDAR = WorkCalendar({}, {2026})
WHO = "ann"
_TICKS = count()


def text(name: str) -> Text:
    return Text(zh=name, en=name)


def fact(code: str, kind: FactType = FactType.BOOL, **more: Any) -> Fact:
    return Fact(code=code, name=text(code), type=kind, about=more.pop("about", "case"), **more)


def paper_kind(code: str, **more: Any) -> Material:
    return Material(code=code, name=text(code), **more)


def outcome(code: str, **more: Any) -> Outcome:
    return Outcome(code=code, name=text(code), **more)


def needs(*codes: str) -> Requirement:
    return All(parts=tuple(need(code) for code in codes))


def need(code: str, **more: Any) -> Need:
    kinds = {"f": LeafKind.FACT, "p": LeafKind.MATERIAL, "o": LeafKind.OUTCOME}
    return Need(kind=kinds[code[0]], code=code, **more)


def item(code: str, provides: str, requires: Mapping[Phase, Requirement] | None = None, **more: Any) -> Item:
    return Item(
        code=code,
        name=text(code),
        department=more.pop("department", "office"),
        provides=(provides,),
        requires=requires or {},
        procedure=more.pop("procedure", "permit"),
        kind=more.pop("kind", ItemKind.PROMISED),
        promised=more.pop("promised", Limit.parse("10 workdays")),
        **more,
    )


def town(*things: Fact | Material | Outcome | Item, wants: tuple[Want, ...], **demand: Any) -> Catalogue:
    def of(kind: type) -> dict[str, Any]:
        return {thing.code: thing for thing in things if isinstance(thing, kind)}

    roles = demand.pop("roles", (Role(code="applicant", name=Text(zh="申请人", en="Applicant")),))
    need_ = Demand(code="need", name=text("need"), wants=wants, roles=roles, **demand)
    return Catalogue(
        facts=of(Fact), materials=of(Material), outcomes=of(Outcome), items=of(Item), demands={"need": need_}
    )


def inputs(**more: Any) -> Inputs:
    return Inputs(demand="need", roles=more.pop("roles", {"applicant": (WHO,)}), opened=TODAY, **more)


def told(code: str, value: object, subject: str = "case", source: Source = Source.DECLARED) -> FactValue:
    return FactValue(subject, code, value, source)


def handed(code: str, subject: str = WHO, until: date | None = None) -> Paper:
    return Paper(subject, code, received=TODAY, until=until)


def held(code: str, subject: str = WHO, until: date | None = None) -> HeldOutcome:
    return HeldOutcome(subject, code, date(2020, 1, 1), until)


def act(kind: ActKind, code: str, *, day: date = TODAY, number: int = 1, subject: str = WHO, **values: Any) -> Act:
    when = datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI) + timedelta(milliseconds=next(_TICKS))
    reason = values.pop("reason", None)
    role = values.pop("role", ActorRole.REVIEWER)
    return Act(kind, code, subject, number, when, when, "somebody", role, f"{kind}{code}{number}{day}", reason, values)


def with_more(base: Inputs, **more: Any) -> Inputs:
    longer: dict[str, Any] = {name: (*getattr(base, name), *value) for name, value in more.items()}
    return replace(base, **longer)


def planned(catalogue: Catalogue, known: Inputs, today: date = TODAY) -> Plan:
    return plan(catalogue, CALENDAR, known, today)


def asked(answer: Plan) -> list[str]:
    return [question.key.code for question in answer.questions]


def of_item(code: str, subject: str = WHO) -> Key:
    return Key(Kind.ITEM, code, subject)
