"""What is missing for a condition, whose it is, and which values are an error rather than an answer."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from desktop.workflow.conditions.condition import NO_ANSWER, FactRef, Verdict, WrongValue, parse
from tests.workflow.test_conditions import NAMES, RESTAURANT, TODAY, F, T, facts, missing


def value(text: str, **values: object) -> Verdict:
    """Value a condition; `groom__age` stands for the fact of a role."""
    return parse(text, NAMES).evaluate(facts({name.replace("__", "."): held for name, held in values.items()}), TODAY)


@pytest.mark.parametrize(
    ("text", "held", "codes"),
    [
        ("有明火 且 有冷库", {}, ("open_fire", "cold_store")),
        ("有明火 且 有冷库", {"open_fire": True}, ("cold_store",)),
        ("有明火 且 有冷库", {"open_fire": False}, ()),
        ("有明火 或 有冷库", {}, ("open_fire", "cold_store")),
        ("有明火 或 有冷库", {"open_fire": True}, ()),
        ("(有明火 且 有冷库) 或 已婚", {"open_fire": False}, ("married",)),
        ("(有明火 或 有冷库) 且 已婚", {"cold_store": True}, ("married",)),
        ("从业人数 + 年龄 > 3", {}, ("staff", "age")),
        ("从业人数 + 年龄 > 3", {"age": 1}, ("staff",)),
        ("从业人数 > 年龄", {}, ("staff", "age")),
        ("区县 属于 [城关]", {"district": NO_ANSWER}, ("district",)),
        ("有明火 == 有冷库", {"open_fire": True}, ("cold_store",)),
        ("有明火 == (有冷库 且 已婚)", {"cold_store": False}, ("open_fire",)),
        ("非 (有明火 且 有冷库)", {"open_fire": True}, ("cold_store",)),
        ("个数(孩子们) > 从业人数", {}, ("children", "staff")),
        ("年龄(出生日期) > 18", {}, ("birth_date",)),
        ("已知(有明火) 或 有冷库", {}, ("cold_store",)),
        (RESTAURANT, {"district": "beijie"}, ()),
        (RESTAURANT, {"open_fire": True}, ("premises.area", "district")),
    ],
)
def test_only_facts_that_can_still_change_the_answer_are_missing(
    text: str, held: dict[str, object], codes: tuple[str, ...]
) -> None:
    assert parse(text, NAMES).evaluate(facts(held), TODAY).missing == missing(*codes)


def test_a_missing_fact_says_whose_it_is() -> None:
    assert value("男方.年龄 >= 22 且 女方.年龄 >= 20", groom__age=23).missing == {FactRef("bride", "age")}


def test_the_facts_missing_for_members_are_named_member_by_member() -> None:
    verdict = parse("全部 孩子 于 孩子们: 孩子.年龄 < 18", NAMES).evaluate(
        facts({"children": {"anna", "bo", "chen"}, "@bo.age": 3})
    )
    assert {(ref.subject, ref.code) for ref in verdict.missing} == {("anna", "age"), ("chen", "age")}


def test_a_set_not_known_is_itself_what_is_missing() -> None:
    assert value("全部 孩子 于 孩子们: 孩子.年龄 < 18").missing == missing("children")


def test_a_condition_tells_before_any_value_what_it_may_read() -> None:
    condition = parse("男方.年龄 > 1 或 全部 子 于 女方.孩子们: 子.年龄 < 18 且 有明火", NAMES)
    assert condition.reads == {
        FactRef("groom", "age"),
        FactRef("bride", "children"),
        FactRef.of_each("bride.children", "age"),
        FactRef(None, "open_fire"),
    }
    assert {ref.each_of for ref in condition.reads} == {None, "bride.children"}


def test_a_condition_that_reads_today_wants_the_day() -> None:
    condition = parse("年龄(出生日期) > 18", NAMES)
    assert condition.reads_today
    with pytest.raises(TypeError, match="today"):
        condition.evaluate(facts({"birth_date": date(2000, 1, 1)}))


def test_a_condition_without_today_needs_no_day() -> None:
    condition = parse("出生日期 < 2000-01-01", NAMES)
    assert not condition.reads_today
    assert condition.evaluate(facts({"birth_date": date(1999, 1, 1)})).truth is T


def test_a_birthday_on_the_leap_day_completes_the_year_at_the_end_of_february() -> None:
    condition = parse("年龄(出生日期) >= 18", NAMES)
    born = facts({"birth_date": date(2008, 2, 29)})
    assert condition.evaluate(born, date(2026, 2, 27)).truth is F
    assert condition.evaluate(born, date(2026, 2, 28)).truth is T


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("从业人数 > 3", {"staff": "5"}),
        ("从业人数 > 3", {"staff": True}),
        ("从业人数 > 3", {"staff": 5.0}),
        ("经营面积 > 3", {"premises.area": 300.1}),
        ("经营面积 > 3", {"premises.area": Decimal("NaN")}),
        ("经营面积 > 3", {"premises.area": Decimal("Infinity")}),
        ("经营面积 > 3", {"premises.area": Decimal("1E+9999")}),
        ("有明火", {"open_fire": 1}),
        ("非 有明火", {"open_fire": "是"}),
        ("出生日期 < 今天", {"birth_date": datetime(2000, 1, 1)}),  # noqa: DTZ001 - a time where a day belongs
        ("个数(孩子们) > 1", {"children": "ab"}),
        ("区县 == 城关", {"district": 1}),
        ("全部 孩子 于 孩子们: 孩子.年龄 > 1", {"children": {"a"}, "@a.age": "3"}),
    ],
)
def test_a_stored_value_of_another_type_is_an_error_not_an_answer(text: str, held: dict[str, object]) -> None:
    with pytest.raises(WrongValue):
        parse(text, NAMES).evaluate(facts(held), TODAY)
