"""The time to hand something in: counted from the day its fact tells, kindly late, and never a closed door."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from desktop.authoring import load_catalogue, shipped_calendar
from desktop.authoring.window_words import filing_mark, filing_words
from desktop.words import in_language
from desktop.workflow.planning.engine import plan
from desktop.workflow.planning.inputs import FactValue, Inputs, Key, Kind
from desktop.workflow.planning.plan import Filing, Plan, Readiness
from desktop.workflow.procedure.legal_states import Act, ActKind, ActorRole, Gate

CATALOGUE = load_catalogue()
CALENDAR = shipped_calendar()
ZH, EN = in_language("zh"), in_language("en")
BORN = date(2026, 2, 10)


def newborn_on(today: date, born: date | None = BORN, *acts: Act) -> Plan:
    facts = () if born is None else (FactValue("child", "birth_date", born),)
    roles = {"applicant": ("mother",), "child": ("child",), "mother": ("mother",)}
    mothers_own = FactValue("mother", "birth_date", date(1995, 6, 1))
    inputs = Inputs("newborn", roles, (mothers_own, *facts), acts=acts, opened=today)
    return plan(CATALOGUE, CALENDAR, inputs, today)


def filing_of(answer: Plan, item: str = "birth_registration", subject: str = "child") -> Filing | None:
    task = answer.task(Key(Kind.ITEM, item, subject))
    assert task is not None
    return task.filing


def told(filing: Filing | None) -> Filing:
    assert filing is not None
    return filing


def test_a_child_is_registered_within_a_month_of_its_own_birth() -> None:
    filing = told(filing_of(newborn_on(date(2026, 3, 2))))
    assert (filing.due.date, filing.late, filing.filed) == (date(2026, 3, 10), False, None)  # not of the mother's birth
    assert filing_mark(filing, ZH, date(2026, 3, 2)) == "最晚3月10日 周二申报"
    said = filing_words(filing, ZH, date(2026, 3, 2))
    assert said == "婴儿出生后一个月以内申报，最后一天是3月10日 周二，还有8天。"


@pytest.mark.parametrize(
    ("today", "zh", "en"),
    [
        (date(2026, 3, 10), "就是今天", "which is today"),
        (date(2026, 3, 11), "已经过了，仍可递交", "it can still be handed in"),
    ],
)
def test_the_last_day_and_the_day_after_are_told_as_they_are(today: date, zh: str, en: str) -> None:
    filing = told(filing_of(newborn_on(today)))
    assert zh in filing_words(filing, ZH, today)
    assert en in filing_words(filing, EN, today)


def test_being_late_closes_no_gate_and_asks_for_nothing_more() -> None:
    in_time, late = newborn_on(date(2026, 3, 10)), newborn_on(date(2026, 8, 3))
    assert told(filing_of(late)).late
    key = Key(Kind.ITEM, "birth_registration", "child")
    views = [answer.task(key) for answer in (in_time, late)]
    assert [view.gates[Gate.SUBMIT].readiness for view in views if view] == [Readiness.OPEN, Readiness.OPEN]
    assert {paper.key for paper in late.papers} == {paper.key for paper in in_time.papers}


def test_what_was_handed_in_in_time_is_never_late_afterwards() -> None:
    when = datetime(2026, 3, 9, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
    act = Act(ActKind.SUBMIT, "birth_registration", "child", 1, when, when, "clerk", ActorRole.CLERK, "1")
    filing = told(filing_of(newborn_on(date(2026, 6, 1), BORN, act)))
    assert (filing.filed, filing.late) == (date(2026, 3, 9), False)
    assert filing_mark(filing, ZH) == ""
    assert "3月9日 周一递交，没有逾期" in filing_words(filing, ZH, date(2026, 6, 1))


def test_no_time_is_counted_before_its_day_is_known_or_has_come() -> None:
    assert filing_of(newborn_on(date(2026, 3, 2), None)) is None
    assert filing_of(newborn_on(date(2026, 3, 2), date(2026, 4, 1))) is None


def test_a_veteran_who_reports_late_hears_what_follows() -> None:
    today = date(2026, 6, 1)
    facts = (FactValue("role:applicant", "discharge_date", date(2026, 3, 1)),)
    answer = plan(CATALOGUE, CALENDAR, Inputs("leave_service", facts=facts, opened=today), today)
    filing = told(filing_of(answer, "veteran_report", "role:applicant"))
    said = filing_words(filing, ZH, today)
    assert "最后一天是3月31日 周二，已经过了" in said
    assert said.endswith("没有正当理由、晚报超过30日的，视为放弃安置待遇；有正当理由的请说明。")
