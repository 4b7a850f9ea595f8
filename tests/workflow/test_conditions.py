"""What a condition means: the value and the missing facts, case by case, in both languages."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from desktop.workflow.conditions.condition import (
    NO_ANSWER,
    UNKNOWN,
    FactKind,
    FactNames,
    FactRef,
    FactType,
    Lookup,
    Truth,
    parse,
)

F, U, T = Truth.FALSE, Truth.UNKNOWN, Truth.TRUE
TODAY = date(2026, 3, 1)

FACTS = (
    FactKind("premises.area", FactType.DECIMAL, zh="经营面积", en="Floor area"),
    FactKind("open_fire", FactType.BOOL, zh="有明火", en="Open fire"),
    FactKind("cold_store", FactType.BOOL, zh="有冷库", en="Cold store"),
    FactKind("staff", FactType.INT, zh="从业人数", en="Staff"),
    FactKind("capital", FactType.MONEY, zh="注册资本", en="Capital"),
    FactKind("subsidy", FactType.MONEY, zh="补贴", en="Subsidy"),
    FactKind(
        "district",
        FactType.ENUM,
        ("chengguan", "xintian", "beijie"),
        "区县",
        "District",
        {"城关": "chengguan", "新添": "xintian", "北街": "beijie", "New field": "xintian"},
    ),
    FactKind("follow", FactType.ENUM, ("father", "mother"), "随哪一方", "Whom", {"随父": "father", "随母": "mother"}),
    FactKind("grade", FactType.ENUM, ("1", "2", "3", "4"), zh="残疾等级"),
    FactKind("answer", FactType.ENUM, ("是", "否", "说不清"), zh="答复"),
    FactKind("trade_name", FactType.TEXT, zh="字号", en="Trade name"),
    FactKind("birth_date", FactType.DATE, zh="出生日期", en="Date of birth"),
    FactKind("licence_until", FactType.DATE, zh="许可到期日"),
    FactKind("age", FactType.INT, zh="年龄", en="Age"),
    FactKind("married", FactType.BOOL, zh="已婚"),
    FactKind("motor", FactType.BOOL, zh="机动车"),
    FactKind("non_motor", FactType.BOOL, zh="非机动车"),
    FactKind("children", FactType.SET, zh="孩子们", members="subjects"),
    FactKind(
        "trades",
        FactType.SET,
        ("hot", "cold", "bakery"),
        "经营项目",
        "",
        {"热食": "hot", "冷食": "cold", "糕点": "bakery"},
    ),
    FactKind("words", FactType.SET, zh="招牌用字"),
)
ROLES = {"groom": ("男方", "Groom"), "bride": ("女方", "Bride"), "heir": ("继承人", "Heir")}
NAMES = FactNames(FACTS, ROLES)


def facts(values: Mapping[str, object]) -> Lookup:
    """Look facts up by code, by `role.code`, and by `@subject.code`."""
    return lambda ref: values.get(f"{ref.role}.{ref.code}" if ref.role else ref.code, UNKNOWN)


def missing(*codes: str) -> frozenset[FactRef]:
    return frozenset(FactRef(None, code) for code in codes)


RESTAURANT = '经营面积 > 300 且 (有明火 或 有冷库) 且 区县 属于 ["城关", "新添"]'


@pytest.mark.parametrize(
    ("text", "held", "truth"),
    [
        # a yes-or-no fact is itself
        ("有明火", {"open_fire": True}, T),
        ("有明火", {"open_fire": False}, F),
        ("有明火", {}, U),
        ("有明火", {"open_fire": NO_ANSWER}, U),
        ("有明火", {"open_fire": None}, U),
        ("open_fire", {"open_fire": True}, T),
        ("Open fire", {"open_fire": True}, T),
        ("非 有明火", {"open_fire": True}, F),
        ("非有明火", {"open_fire": False}, T),
        ("不是 有明火", {"open_fire": False}, T),
        ("!有明火", {"open_fire": False}, T),
        ("not open_fire", {}, U),
        ("not not open_fire", {"open_fire": True}, T),
        ("有明火 == 真", {"open_fire": True}, T),
        ("有明火 = 是", {"open_fire": True}, T),
        ("有明火 等于 否", {"open_fire": True}, F),
        ("有明火 != false", {"open_fire": True}, T),
        ("true == open_fire", {"open_fire": False}, F),
        ("有明火 == 有冷库", {"open_fire": False, "cold_store": False}, T),
        ("有明火 != 有冷库", {"open_fire": False, "cold_store": False}, F),
        ("有明火 == 有冷库", {"open_fire": False}, U),
        ("真", {}, T),
        ("否", {}, F),
        ("TRUE", {}, T),
        # and, or, not in Kleene's logic
        ("有明火 且 有冷库", {"open_fire": True, "cold_store": True}, T),
        ("有明火 且 有冷库", {"open_fire": False}, F),
        ("有明火 并且 有冷库", {"cold_store": False}, F),
        ("有明火 而且 有冷库", {"cold_store": True}, U),
        ("有明火 && 有冷库", {"open_fire": True}, U),
        ("open_fire and cold_store", {"open_fire": True, "cold_store": True}, T),
        ("open_fire AND cold_store", {"open_fire": True, "cold_store": False}, F),
        ("有明火 或 有冷库", {"cold_store": True}, T),
        ("有明火 或者 有冷库", {"cold_store": False}, U),
        ("有明火 || 有冷库", {"open_fire": False, "cold_store": False}, F),
        ("open_fire or cold_store", {"open_fire": True}, T),
        ("有明火 或 有冷库 且 已婚", {"open_fire": True, "married": False}, T),
        ("(有明火 或 有冷库) 且 已婚", {"open_fire": True, "married": False}, F),
        ("（有明火 或 有冷库）且 已婚", {"open_fire": True, "married": True}, T),
        ("非 有明火 且 有冷库", {"open_fire": False, "cold_store": True}, T),
        ("非（有明火 且 有冷库）", {"open_fire": False}, T),
        # numbers
        ("经营面积 > 300", {"premises.area": Decimal("300.01")}, T),
        ("经营面积 > 300", {"premises.area": 300}, F),
        ("经营面积 ＞ ３００", {"premises.area": 301}, T),
        ("经营面积 大于 300", {"premises.area": 301}, T),
        ("经营面积 超过 300", {"premises.area": 300}, F),
        ("经营面积 >= 300", {"premises.area": 300}, T),
        ("经营面积 ≥ 300", {"premises.area": 299}, F),
        ("经营面积 大于等于 300", {"premises.area": 300}, T),
        ("经营面积 不少于 300", {"premises.area": 300}, T),
        ("经营面积 不小于 300", {"premises.area": 299}, F),
        ("经营面积 至少 300", {"premises.area": 300}, T),
        ("经营面积 < 300.5", {"premises.area": Decimal("300.4")}, T),
        ("经营面积 小于 300", {"premises.area": 300}, F),
        ("经营面积 少于 300", {"premises.area": 299}, T),
        ("经营面积 <= 300", {"premises.area": 300}, T),
        ("经营面积 ≤ 300", {"premises.area": 301}, F),
        ("经营面积 不超过 300", {"premises.area": 300}, T),
        ("经营面积 不大于 300", {"premises.area": 301}, F),
        ("经营面积 至多 300", {"premises.area": 300}, T),
        ("经营面积 = 0.1", {"premises.area": Decimal("0.10")}, T),
        ("经营面积 ≠ 0.1", {"premises.area": Decimal("0.10")}, F),
        ("经营面积 不等于 3", {"premises.area": 4}, T),
        ("300 < 经营面积", {"premises.area": 301}, T),
        ("premises.area > 300", {}, U),
        ("Floor area > 300", {"premises.area": 301}, T),
        ("从业人数 > -1", {"staff": 0}, T),
        ("从业人数 > 4.5", {"staff": 5}, T),
        ("从业人数 > 经营面积", {"staff": 5, "premises.area": Decimal("4.9")}, T),
        ("从业人数 > 经营面积", {"staff": 5}, U),
        ("从业人数 = 100000000000000000000000000001", {"staff": 10**29 + 1}, T),
        ("0.1 + 0.2 == 0.3", {}, T),
        ("从业人数 + 1 > 5", {"staff": 5}, T),
        ("从业人数 - 1 - 1 = 3", {"staff": 5}, T),
        ("从业人数 - (1 - 1) = 5", {"staff": 5}, T),
        ("1 + 从业人数 * 2 = 11", {"staff": 5}, T),
        ("(1 + 从业人数) × 2 = 12", {"staff": 5}, T),
        ("-从业人数 < 0", {"staff": 5}, T),
        ("- -从业人数 = 5", {"staff": 5}, T),
        ("-(从业人数 + 1) = -6", {"staff": 5}, T),
        ("从业人数 * 0 = 0", {}, U),
        ("从业人数 + 0.1 - 从业人数 = 0.1", {"staff": 10**29}, T),
        # money is exact and goes with bare numbers
        ("注册资本 >= 500000", {"capital": Decimal("500000.00")}, T),
        ("注册资本 >= 500000", {"capital": Decimal("499999.99")}, F),
        ("补贴 > 500 * 从业人数", {"subsidy": 1600, "staff": 3}, T),
        ("补贴 + 0.01 > 注册资本 * 0.4", {"subsidy": 4, "capital": 10}, T),
        # options and texts
        ('区县 == "城关"', {"district": "chengguan"}, T),
        ("区县 == 城关", {"district": "xintian"}, F),
        ("区县 == chengguan", {"district": "chengguan"}, T),
        ("区县 == New field", {"district": "xintian"}, T),
        ("城关 == 区县", {"district": "chengguan"}, T),
        ("区县 是 城关", {"district": "chengguan"}, T),
        ("区县 不是 城关", {"district": "xintian"}, T),
        ('区县 属于 ["城关", "新添"]', {"district": "xintian"}, T),
        ("区县 属于 【城关、新添】", {"district": "beijie"}, F),
        ("district in [chengguan, xintian]", {}, U),
        ("district not in ['chengguan']", {"district": "xintian"}, T),
        ("区县 不属于 [城关]", {"district": "chengguan"}, F),
        ("残疾等级 in [1,2]", {"grade": "2"}, T),
        ("残疾等级 == 3", {"grade": "2"}, F),
        ("答复 == 是", {"answer": "是"}, T),
        ("答复 是 否", {"answer": "是"}, F),
        ("答复 属于 [是, 说不清]", {"answer": "说不清"}, T),
        ("男方.随哪一方 = 女方.随哪一方", {"groom.follow": "father", "bride.follow": "father"}, T),
        ('字号 = "老王（餐馆）"', {"trade_name": "老王(餐馆)"}, T),
        ("字号 = “老王”", {"trade_name": "老李"}, F),
        ("字号 = 「老王」", {"trade_name": "老王"}, T),
        ("字号 in ['老王', '老李']", {"trade_name": "老李"}, T),
        (r'字号 = "a\"b\\"', {"trade_name": 'a"b\\'}, T),
        ('字号 = "且 或 1 + 1"', {"trade_name": "且 或 1 + 1"}, T),
        ('"a" == "b"', {}, F),
        # dates
        ("出生日期 < 2000-01-01", {"birth_date": date(1999, 12, 31)}, T),
        ("出生日期 早于 日期(2000, 1, 1)", {"birth_date": date(2000, 1, 1)}, F),
        ("birth_date >= date(2000,1,1)", {"birth_date": date(2000, 1, 1)}, T),
        ("出生日期 = 2000年1月1日", {"birth_date": date(2000, 1, 1)}, T),
        ("许可到期日 不晚于 今天 + 30", {"licence_until": date(2026, 3, 31)}, T),
        ("许可到期日 - 30 > today()", {"licence_until": date(2026, 3, 31)}, F),
        ("许可到期日 > 今天 + 从业人数", {"licence_until": date(2026, 3, 31)}, U),
        ("出生日期 + 99999999999 > 今天", {"birth_date": date(1999, 12, 31)}, T),
        ("出生日期 - 99999999999 > 今天", {"birth_date": date(1999, 12, 31)}, F),
        ("年龄(出生日期) >= 22", {"birth_date": date(2004, 3, 1)}, T),
        ("年龄(出生日期) >= 22", {"birth_date": date(2004, 3, 2)}, F),
        ("age(birth_date) = 18", {"birth_date": date(2008, 2, 29)}, T),
        ("age(birth_date) < 0", {"birth_date": date(2026, 3, 2)}, T),
        ("天数(出生日期, 今天) <= 30", {"birth_date": date(2026, 1, 30)}, T),
        ("days_between(birth_date, today) = -1", {"birth_date": date(2026, 3, 2)}, T),
        ("下个日期(8, 31) = 2026-08-31", {}, T),
        ("next_day(3, 1) == today", {}, T),
        ("下个日期(2, 28) = 日期(2027, 2, 28)", {}, T),
        ("next_day(2, 29) = 2028-02-29", {}, T),
        ("月数(出生日期, 下个日期(8, 31)) >= 72", {"birth_date": date(2020, 9, 1)}, F),
        ("月数(出生日期, 今天) >= 6", {"birth_date": date(2025, 9, 2)}, F),
        ("months_between(birth_date, 2026-02-28) = 1", {"birth_date": date(2026, 1, 31)}, T),
        # roles
        ("男方.年龄 >= 22", {"groom.age": 22}, T),
        ("groom.age >= 22", {"age": 22}, U),
        ("男方.经营面积 > 1", {"groom.premises.area": 2}, T),
        ("groom.premises.area > 1", {"groom.premises.area": 1}, F),
        ("非 已婚 且 (男方.年龄 < 22 或 女方.年龄 < 20)", {"married": False, "bride.age": 19}, T),
        # known is never unknown
        ("已知(有明火)", {}, F),
        ("已知(有明火)", {"open_fire": False}, T),
        ("known(groom.age)", {"groom.age": 22}, T),
        ("known(children)", {"children": frozenset()}, T),
        ("非 已知(年龄) 或 年龄 >= 18", {}, T),
        ("已知(年龄)", {"age": NO_ANSWER}, F),
        # sets
        ("个数(孩子们) >= 2", {"children": frozenset({"a", "b"})}, T),
        ("count(children) = 2", {"children": ["a", "a"]}, F),
        ("个数(孩子们) >= 2", {}, U),
        ("热食 属于 经营项目", {"trades": {"hot", "cold"}}, T),
        ("经营项目 包含 热食", {"trades": ("cold",)}, F),
        ("trades lacks hot", {"trades": frozenset()}, T),
        ('"糕点" 不属于 经营项目', {"trades": {"bakery"}}, F),
        ("经营项目 不包含 糕点", {}, U),
        ("招牌用字 包含 “（特）”", {"words": ["(特)"]}, T),
        ("存在 项 于 经营项目: 项 == 热食", {"trades": {"hot"}}, T),
        ("exists x in trades: x in [bakery, cold]", {"trades": {"hot"}}, F),
        ("全部 字 于 招牌用字: 字 != “国”", {"words": ["中", "国"]}, F),
        ("全部 孩子 于 孩子们: 孩子.年龄 < 18", {"children": frozenset()}, T),
        ("存在 孩子 于 孩子们: 孩子.年龄 < 18", {"children": frozenset()}, F),
        ("全部 孩子 于 孩子们: 孩子.年龄 < 18", {"children": {"a", "b"}, "@a.age": 3, "@b.age": 19}, F),
        ("全部 孩子 于 孩子们: 孩子.年龄 < 18", {"children": {"a", "b"}, "@a.age": 3}, U),
        ("全部 孩子 于 孩子们: 孩子.年龄 < 18", {"children": {"a", "b"}, "@a.age": 19}, F),
        ("exists child in children: child.age < 18", {"children": {"a", "b"}, "@a.age": 3}, T),
        (
            "all child in children: child.age < 18 and open_fire",
            {"children": {"a"}, "@a.age": 3, "open_fire": False},
            F,
        ),
        ("全部 子 于 女方.孩子们: 子.已婚 或 存在 外孙 于 子.孩子们: 外孙.年龄 > 1", {"bride.children": {"a"}}, U),
        # Chinese without spaces
        ("经营面积大于300且有明火", {"premises.area": 301, "open_fire": True}, T),
        ("经营面积>300且(有明火或有冷库)", {"premises.area": 301, "open_fire": False, "cold_store": False}, F),
        ("区县是城关或区县不是北街", {"district": "xintian"}, T),
        ("男方.年龄大于等于22且女方.年龄不小于20", {"groom.age": 22, "bride.age": 19}, F),
        ("premises.area大于3.5", {"premises.area": 4}, T),
        ("不是有明火且非有冷库", {"open_fire": False, "cold_store": False}, T),
        ("有明火且年龄(出生日期)大于18", {"open_fire": True, "birth_date": date(2000, 1, 1)}, T),
        ("有明火或已知(有冷库)", {"open_fire": False}, F),
        ("非机动车", {"non_motor": True, "motor": True}, T),
        ("非 机动车", {"non_motor": True, "motor": True}, F),
        ("有明火\n且\t有冷库", {"open_fire": True, "cold_store": True}, T),
        ("有明火\u3000且\u00a0有冷库", {"open_fire": True, "cold_store": True}, T),
        (RESTAURANT, {"premises.area": 301, "cold_store": True, "district": "xintian"}, T),
    ],
)
def test_a_condition_has_the_value_its_words_say(text: str, held: dict[str, object], truth: Truth) -> None:
    verdict = parse(text, NAMES).evaluate(facts(held), TODAY)
    assert verdict.truth is truth
    assert bool(verdict.missing) is (truth is U)


def test_a_case_opened_before_the_day_does_not_look_to_the_next_year_when_it_is_read_after_it() -> None:
    condition = parse("下个日期(8, 31) = 2026-08-31", NAMES)
    assert condition.evaluate(facts({}), date(2026, 9, 3)).truth is F
    assert condition.evaluate(facts({}), date(2026, 9, 3), date(2026, 7, 1)).truth is T
