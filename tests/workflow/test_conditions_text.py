"""A condition written out in Chinese and English, and as a decision table, and read again."""

import pytest

from desktop.workflow.conditions.condition import (
    Cell,
    ConditionFault,
    FactKind,
    FactNames,
    FactType,
    from_table,
    parse,
    to_table,
)
from tests.workflow.test_conditions import NAMES, RESTAURANT, T, U, facts, missing


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        (
            RESTAURANT,
            '经营面积 > 300 且 (有明火 或 有冷库) 且 区县 属于 ["城关", "新添"]',
            'premises.area > 300 and (open_fire or cold_store) and district in ["chengguan", "New field"]',
        ),
        ("groom.age>=22 && !已婚", "男方.年龄 ≥ 22 且 非 已婚", "groom.age >= 22 and not married"),
        (
            "有明火 或 有冷库 且 已婚",
            "有明火 或 (有冷库 且 已婚)",
            "open_fire or (cold_store and married)",
        ),
        ("非(有明火 且 有冷库)", "非 (有明火 且 有冷库)", "not (open_fire and cold_store)"),
        ("not staff != 3", "非 (从业人数 ≠ 3)", "not (staff != 3)"),
        ("有明火 = 否", "非 有明火", "not open_fire"),
        ("有明火 ≠ 有冷库", "有明火 ≠ 有冷库", "open_fire != cold_store"),
        (
            "(有明火 且 已婚) = (非 有冷库)",
            "(有明火 且 已婚) = (非 有冷库)",
            "(open_fire and married) == (not cold_store)",
        ),
        ("follow == father", '随哪一方 = "随父"', 'follow == "father"'),
        ("district not in [chengguan]", '区县 不属于 ["城关"]', 'district not in ["chengguan"]'),
        ("trades contains hot", '"热食" 属于 经营项目', '"hot" in trades'),
        ("经营项目 不包含 热食", '"热食" 不属于 经营项目', '"hot" not in trades'),
        (
            "all x in children: x.age < 18 or 有明火",
            "全部 x 于 孩子们: x.年龄 < 18 或 有明火",
            "all x in children: x.age < 18 or open_fire",
        ),
        (
            "(存在 x 于 女方.孩子们: x.已婚) 且 有明火",
            "(存在 x 于 女方.孩子们: x.已婚) 且 有明火",
            "(exists x in bride.children: x.married) and open_fire",
        ),
        (
            "staff - (1 - 年龄) * -2 > -(staff + 1)",
            "从业人数 - (1 - 年龄) * -2 > -(从业人数 + 1)",
            "staff - (1 - age) * -2 > -(staff + 1)",
        ),
        ("licence_until - 30 <= today()", "许可到期日 - 30 ≤ 今天", "licence_until - 30 <= today"),
        ("日期(2026,1,31) > birth_date", "2026-01-31 > 出生日期", "2026-01-31 > birth_date"),
        (
            "age(birth_date) + months_between(birth_date, today) > days_between(today, birth_date)",
            "年龄(出生日期) + 月数(出生日期, 今天) > 天数(今天, 出生日期)",
            "age(birth_date) + months_between(birth_date, today) > days_between(today, birth_date)",
        ),
        ("count(children) = 2 且 known(age)", "个数(孩子们) = 2 且 已知(年龄)", "count(children) == 2 and known(age)"),
        (r"字号 = 'a\'b\\ “c”'", r'字号 = "a' + "'" + r'b\\ “c”"', r'trade_name == "a' + "'" + r'b\\ “c”"'),
        ('字号 = "\\""', r'字号 = "\""', r'trade_name == "\""'),
        ("是 或 否", "真 或 假", "true or false"),
        ("capital >= 1000000.50", "注册资本 ≥ 1000000.50", "capital >= 1000000.50"),
    ],
)
def test_a_condition_is_written_in_both_languages_and_reads_the_same(text: str, zh: str, en: str) -> None:
    condition = parse(text, NAMES)
    assert condition.to_text("zh", NAMES) == zh
    assert condition.to_text("en", NAMES) == en
    assert parse(zh, NAMES) == condition == parse(en, NAMES)


def test_a_name_that_would_lead_elsewhere_is_written_as_the_code() -> None:
    names = FactNames(
        [
            FactKind("fire", FactType.BOOL, zh="或"),
            FactKind("area", FactType.INT, zh="面积（平方米）"),
            FactKind("size", FactType.INT, zh="area"),
            FactKind("groom_age", FactType.INT, zh="男方.年龄"),
            FactKind("age", FactType.INT, zh="年龄"),
        ],
        {"groom": ("男方", "")},
    )
    condition = parse("fire and area > 1 and size > 1 and groom.age > 1 and groom_age > 1", names)
    written = "fire 且 area > 1 且 size > 1 且 男方.age > 1 且 男方.年龄 > 1"
    assert condition.to_text("zh", names) == written
    assert parse(written, names) == condition


def test_a_condition_can_be_written_out_when_its_facts_are_gone() -> None:
    condition = parse("男方.区县 = 城关 且 有明火", NAMES)
    assert condition.to_text("zh", FactNames([])) == 'groom.district = "chengguan" 且 open_fire'


def cells(text: str) -> list[list[str]]:
    return [
        [f"{cell.header('zh', NAMES)} {cell.text('zh', NAMES)}" for cell in row] for row in to_table(parse(text, NAMES))
    ]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("有明火", [["有明火 = 真"]]),
        ("非 有明火", [["有明火 = 假"]]),
        ("经营面积 > 300 且 有明火", [["经营面积 > 300", "有明火 = 真"]]),
        ("经营面积 > 300 或 有明火", [["经营面积 > 300"], ["有明火 = 真"]]),
        (
            RESTAURANT,
            [
                ["经营面积 > 300", "有明火 = 真", '区县 属于 ["城关", "新添"]'],
                ["经营面积 > 300", "有冷库 = 真", '区县 属于 ["城关", "新添"]'],
            ],
        ),
        ("非 (经营面积 > 300 且 有明火)", [["经营面积 ≤ 300"], ["有明火 = 假"]]),
        ("非 (区县 属于 [城关] 或 已知(年龄))", [['区县 不属于 ["城关"]', "已知(年龄) = 假"]]),
        ("300 < 经营面积", [["经营面积 > 300"]]),
        ("年龄(出生日期) >= 18", [["年龄(出生日期) ≥ 18"]]),
        ("从业人数 + 年龄 != 3", [["从业人数 + 年龄 ≠ 3"]]),
        ("经营项目 包含 热食 且 经营项目 不包含 冷食", [['经营项目 包含 "热食"', '经营项目 不包含 "冷食"']]),
        ("真", [[]]),
        ("假", []),
        ("真 或 有明火", [[], ["有明火 = 真"]]),
        ("假 且 有明火", []),
    ],
)
def test_a_condition_becomes_rows_of_alternatives(text: str, rows: list[list[str]]) -> None:
    assert cells(text) == rows
    table = to_table(parse(text, NAMES))
    assert to_table(from_table(table, NAMES)) == table
    assert parse(from_table(table, NAMES).text, NAMES) == from_table(table)


@pytest.mark.parametrize(
    "text",
    [
        RESTAURANT,
        "有明火",
        "经营面积 > 300 且 有明火",
        "(经营面积 > 300 且 有明火) 或 (从业人数 ≥ 5 且 区县 = 城关)",
        "(有明火 或 有冷库) 且 已婚",
        "有明火 或 (有明火 且 有冷库)",
        "真",
        "假",
    ],
)
def test_a_condition_of_comparisons_comes_back_from_its_table_the_same(text: str) -> None:
    assert from_table(to_table(parse(text, NAMES))) == parse(text, NAMES)


def test_a_header_and_its_cell_read_together_as_the_condition() -> None:
    for text in (
        "经营面积 > 300",
        "有明火",
        "非 已知(年龄)",
        "区县 不属于 [城关]",
        "热食 属于 经营项目",
        "男方.年龄 = 3",
    ):
        ((cell,),) = to_table(parse(text, NAMES))
        for language in ("zh", "en"):
            together = f"{cell.header(language, NAMES)} {cell.text(language, NAMES)}"
            assert to_table(parse(together, NAMES)) == ((cell,),)


def test_a_cell_knows_the_fact_of_its_column() -> None:
    ((plain, reckoned),) = to_table(parse("男方.年龄 > 1 且 年龄(出生日期) > 1", NAMES))
    assert plain.ref == ("groom", "age")
    assert reckoned.ref is None


def test_a_table_asks_no_more_than_the_condition_it_came_from() -> None:
    held = facts({"cold_store": True, "district": "xintian"})
    for text in (RESTAURANT, "(有明火 或 有冷库) 且 经营面积 > 300"):
        again = from_table(to_table(parse(text, NAMES)))
        assert again.evaluate(held) == (U, missing("premises.area"))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("有明火 且 从业人数 > 年龄", "compare"),
        ("存在 x 于 孩子们: x.已婚", "each"),
        ("有明火 = 有冷库", "agree"),
    ],
)
def test_what_is_no_simple_comparison_does_not_fit_a_table(text: str, part: str) -> None:
    with pytest.raises(ConditionFault) as caught:
        to_table(parse(text, NAMES))
    assert (caught.value.code, caught.value.values["part"]) == ("not_a_table", part)


def test_a_table_of_a_thousand_rows_is_refused_before_it_is_made() -> None:
    text = " 且 ".join(["(有明火 或 有冷库)"] * 40)
    with pytest.raises(ConditionFault) as caught:
        to_table(parse(text, NAMES))
    assert caught.value.code == "too_many_rows"


def test_a_cell_built_wrongly_is_a_fault() -> None:
    ((cell,),) = to_table(parse("年龄(出生日期) > 1", NAMES))
    with pytest.raises(ConditionFault) as caught:
        from_table([(Cell(cell.subject, "is"),)])
    assert caught.value.code == "not_a_table"


def test_rows_may_be_put_together_from_several_conditions() -> None:
    rows = to_table(parse("有明火", NAMES)) + to_table(parse("经营面积 > 300", NAMES))
    condition = from_table(rows, NAMES)
    assert condition.text == "有明火 或 经营面积 > 300"
    assert condition.evaluate(facts({"open_fire": True})).truth is T
