"""What is wrong with a condition, told by a code, the column and the values; and what hostile text does (nothing)."""

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.workflow.conditions.condition import ConditionFault, FactKind, FactNames, FactType, parse
from tests.workflow.test_conditions import NAMES


def fault(text: str) -> ConditionFault:
    with pytest.raises(ConditionFault) as caught:
        parse(text, NAMES)
    return caught.value


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("", "empty", 1),
        (" \n\t\u3000", "empty", 1),
        # names
        ("营业面积 > 300", "unknown_name", 1),
        ("有明火 且 营业面积 > 300", "unknown_name", 7),
        ("有明火且营业面积大于300", "unknown_name", 5),
        ("男方.身高 > 1", "unknown_name", 1),
        ("groom.", "unexpected_character", 6),
        ("stranger.age > 1", "unknown_name", 1),
        ("groom > 1", "unknown_name", 1),
        ("经营面积 大过 300", "unknown_name", 6),
        ("属于 [1]", "syntax", 1),
        ("已知(谁知道)", "unknown_name", 4),
        ("区县 == 有明火者", "unknown_option", 7),
        ('区县 == "西关"', "unknown_option", 7),
        ("区县 属于 [城关, 西关]", "unknown_option", 12),
        ("热菜 属于 经营项目", "unknown_option", 1),
        ("残疾等级 == 5", "unknown_option", 9),
        ("城关", "unknown_name", 1),
        # functions
        ("面积(1) > 2", "unknown_function", 1),
        ("__import__('os') == 1", "unknown_function", 1),
        ("年龄() > 2", "wrong_arguments", 1),
        ("年龄(出生日期, 今天) > 2", "wrong_arguments", 1),
        ("天数(出生日期) > 2", "wrong_arguments", 1),
        ("年龄(从业人数) > 2", "type_mismatch", 4),
        ("年龄(有明火) > 2", "type_mismatch", 4),
        ("个数(有明火) > 2", "type_mismatch", 4),
        ("个数(区县) > 2", "not_a_set", 4),
        ("已知(1)", "type_mismatch", 4),
        ("日期(2026, 2, 30) < 今天", "bad_date", 1),
        ("下个日期(2, 30) > 今天", "bad_date", 1),
        ("下个日期(8) > 今天", "wrong_arguments", 1),
        ("日期(2026, 1.5, 3) < 今天", "type_mismatch", 10),
        ("日期(从业人数, 1, 3) < 今天", "type_mismatch", 4),
        ("2026-02-30 < 今天", "bad_date", 1),
        ("0000-01-01 < 今天", "bad_date", 1),
        ("日期(99999999999999999999, 1, 1) < 今天", "bad_date", 1),
        # types
        ('从业人数 > "3"', "type_mismatch", 8),
        ("从业人数 > 有明火", "type_mismatch", 8),
        ("有明火 > 3", "type_mismatch", 1),
        ("有明火 > 有冷库", "type_mismatch", 7),
        ("出生日期 > 2000", "type_mismatch", 8),
        ('出生日期 > "2000-01-01"', "type_mismatch", 8),
        ("字号 > “a”", "type_mismatch", 6),
        ("区县 > 城关", "type_mismatch", 6),
        ("字号 = 3", "type_mismatch", 6),
        ("字号 = 区县", "type_mismatch", 6),
        ("注册资本 > 从业人数", "mixed", 8),
        ("注册资本 + 从业人数 > 3", "mixed", 8),
        ("注册资本 * 补贴 > 3", "mixed", 8),
        ("从业人数 属于 [1, “二”]", "type_mismatch", 13),
        ("从业人数 属于 [年龄]", "type_mismatch", 10),
        ("从业人数 属于 区县", "not_a_set", 9),
        ("从业人数 属于 []", "syntax", 1),
        ("出生日期 + 1.5 > 今天", "type_mismatch", 8),
        ("出生日期 + 经营面积 > 今天", "type_mismatch", 8),
        ("出生日期 + 今天 > 今天", "type_mismatch", 8),
        ("1 + 出生日期 > 今天", "type_mismatch", 5),
        ("出生日期 * 2 > 今天", "type_mismatch", 1),
        ("-出生日期 > 今天", "type_mismatch", 2),
        ("区县 + 1 > 2", "type_mismatch", 1),
        ("孩子们 = 孩子们", "type_mismatch", 7),
        ("孩子们 包含 “张三”", "type_mismatch", 8),
        ("经营项目 包含 3", "unknown_option", 9),
        ("招牌用字 包含 3", "type_mismatch", 9),
        ("(有明火) + 1 > 2", "type_mismatch", 1),
        ("经营面积", "not_a_condition", 1),
        ("有明火 且 3", "not_a_condition", 7),
        ("非 “a”", "not_a_condition", 3),
        # quantifiers
        ("全部 孩子 于 有明火: 真", "not_a_set", 9),
        ("全部 孩子 于 区县: 真", "not_a_set", 9),
        ("全部 孩子 于 谁: 真", "unknown_name", 9),
        ("全部 x 于 孩子们: x = 1", "type_mismatch", 13),
        ("全部 x 于 经营项目: x.年龄 = 1", "type_mismatch", 14),
        ("全部 x 于 孩子们: x.身高 = 1", "unknown_name", 13),
        ("全部 年龄 于 孩子们: 真", "name_taken", 4),
        ("全部 x 于 孩子们: 全部 x 于 x.孩子们: 真", "name_taken", 16),
        ("全部 x.y 于 孩子们: 真", "syntax", 4),
        ("全部 男方 于 孩子们: groom.年龄 > 1", "shadowed_name", 14),
        ("全部 premises 于 孩子们: 经营面积 > 1", "shadowed_name", 20),
        ("(全部 x 于 孩子们: 真) 且 x.年龄 > 1", "unknown_name", 19),
        ("全部 a 于 孩子们: 全部 b 于 孩子们: 全部 c 于 孩子们: 全部 d 于 孩子们: 真", "too_many_quantifiers", 40),
        # the order of words
        ("1 < 从业人数 < 3", "chained_comparison", 10),
        ("从业人数 = 年龄 = 3", "chained_comparison", 11),
        ("1 < (从业人数 + 1) < 3", "chained_comparison", 16),
        ("从业人数 属于 [1] = 真", "chained_comparison", 13),
        ("有明火 且", "unexpected_end", 6),
        ("经营面积 >", "unexpected_end", 7),
        ("且 有明火", "syntax", 1),
        ("有明火 有冷库", "syntax", 5),
        ("有明火 且 或 有冷库", "syntax", 7),
        ("经营面积 > > 3", "syntax", 8),
        ("()", "syntax", 2),
        ("(有明火", "unbalanced", 1),
        ("有明火)", "unbalanced", 4),
        ("区县 属于 [城关)", "unbalanced", 10),
        ("有明火; 有冷库", "unexpected_character", 4),
        ("有明火 & 有冷库", "unexpected_character", 5),
        ("经营面积 / 2 > 1", "unexpected_character", 6),
        ("经营面积 > .5", "unexpected_character", 8),
        ("lambda: 1", "syntax", 7),
        ("从业人数 if 有明火 else 3", "unknown_name", 6),
        # numbers
        ("注册资本 > 300万", "number_with_unit", 8),
        ("经营面积大于300平方米", "number_with_unit", 7),
        ("从业人数 > 1e9", "number_with_unit", 8),
        ("从业人数 > 0x10", "number_with_unit", 8),
        ("从业人数 > 007", "leading_zero", 8),
        ("从业人数 > " + "9" * 31, "number_too_large", 8),
        ("从业人数 > 0." + "9" * 30, "number_too_large", 8),
        # characters
        ("аge > 3", "lookalike_character", 1),
        ("age > 3 且 оpen_fire", "lookalike_character", 11),
        ("αge > 3", "lookalike_character", 1),
        ("stаff > 3", "lookalike_character", 3),
        ("staff\u200b > 3", "invisible_character", 6),
        ("\ufeffstaff > 3", "invisible_character", 1),
        ("字号 = “\u202eabc”", "invisible_character", 7),
        ("staff\u3164 > 3", "invisible_character", 6),
        ("staff\ufe0f > 3", "invisible_character", 6),
        ("staff\x00 > 3", "invisible_character", 6),
        ("staff\ud800 > 3", "invisible_character", 6),
        ("经营面积 > 10²", "compatibility_character", 10),
        ("经营面积 > ①", "compatibility_character", 8),
        ("经营面积 > ½", "compatibility_character", 8),
        ("经营面积 > ٣", "unexpected_character", 8),
        ("（（有明火", "unbalanced", 2),
        ("字号 = “老王", "unclosed_string", 6),
        ('字号 = "老\n王"', "unclosed_string", 6),
        (r'字号 = "\n"', "bad_escape", 7),
        ("👍", "unexpected_character", 1),
    ],
)
def test_a_fault_has_a_code_and_the_column_where_it_is(text: str, code: str, column: int) -> None:
    found = fault(text)
    assert (found.code, found.column) == (code, column), str(found)


def test_the_column_counts_characters_as_they_were_written() -> None:
    assert fault("有明火 且 （㎡ > 1）").column == 8
    assert fault("字号 = “㍿㍿” 且 营业面积 > 1").column == 13


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("premises.arae > 1", "premises.area"),
        ("营业面积 > 1", "经营面积"),
        ("面积大于300", "经营面积"),
        ("区县 == “城管”", "城关"),
        ("district == chenguan", "chengguan"),
        ("ages(birth_date) > 1", "age"),
    ],
)
@pytest.mark.bad_input("a condition with a typing error")
def test_a_mistyped_word_is_answered_with_the_words_like_it(text: str, suggestion: str) -> None:
    suggested = fault(text).values["suggestions"]
    assert isinstance(suggested, tuple)
    assert suggestion in suggested


def test_a_name_shared_by_two_facts_is_a_question_not_a_guess() -> None:
    names = FactNames(
        [FactKind("shop.area", FactType.INT, zh="面积"), FactKind("yard.area", FactType.INT, zh="面积")],
        {"groom": ("男方", "")},
    )
    for text, column in (("面积 > 1", 1), ("1 < 男方.面积", 5), ("面积大于1", 1)):
        with pytest.raises(ConditionFault) as caught:
            parse(text, names)
        assert (caught.value.code, caught.value.column) == ("ambiguous_name", column)
        assert caught.value.values["candidates"] == ("shop.area", "yard.area")
    assert parse("shop.area > 1", names).to_text("zh", names) == "shop.area > 1"


def test_a_whole_name_stands_even_when_its_second_half_is_shared() -> None:
    shared = [FactKind(code, FactType.INT, zh="面积") for code in ("shop.area", "yard.area")]
    names = FactNames([*shared, FactKind("groom_area", FactType.INT, zh="男方.面积")], {"groom": ("男方", "")})
    assert parse("男方.面积 > 1", names) == parse("groom_area > 1", names)


def test_letters_that_can_be_read_in_two_ways_are_a_question() -> None:
    found = fault("有明火或非机动车")
    assert found.code == "ambiguous_name"
    assert found.values["candidates"] == ("有明火 或 非 机动车", "有明火 或 非机动车")


def test_a_word_that_is_a_fact_and_an_option_of_the_other_side_is_a_question() -> None:
    names = FactNames([FactKind("a", FactType.ENUM, ("b",)), FactKind("b", FactType.ENUM, ("a", "b"))])
    with pytest.raises(ConditionFault) as caught:
        parse("a == b", names)
    assert caught.value.code == "ambiguous_name"


def test_an_option_named_like_a_fact_of_another_type_is_the_option() -> None:
    names = FactNames([FactKind("state", FactType.ENUM, ("retired",)), FactKind("retired", FactType.BOOL)])
    assert parse("state == retired", names) == parse('state == "retired"', names)


def test_a_fault_is_a_value_error_and_survives_storage() -> None:
    found = fault("营业面积 > 1")
    assert isinstance(found, ValueError)
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - made one line above
    assert (again.code, again.column, again.values) == (found.code, found.column, found.values)


HOSTILE = {
    "fifty thousand letters": "有" * 50_000,
    "fifty thousand blanks": " " * 50_000,
    "ten thousand brackets": "(" * 10_000 + "有明火" + ")" * 10_000,
    "nine hundred brackets": "(" * 900 + "有明火" + ")" * 900,
    "fifty-one brackets": "(" * 51 + "有明火" + ")" * 51,
    "brackets never opened": ")" * 2_000,
    "square brackets": "区县 in " + "[" * 900,
    "nested sums": "1 < " + "(1 + " * 49 + "1" + ")" * 49,
    "nested calls": "年龄(" * 45 + "今天" + ")" * 45 + " > 1",
    "a number of two thousand digits": "9" * 2_000,
    "a fraction of two thousand digits": "0." + "1" * 1_990,
    "many minuses": "-" * 1_990 + "1 > 0",
    "no separators": "有明火且" * 499,
    "unknown without separators": "某某且" * 600,
    "two readings over and over": "有明火或非机动车且" * 200,
    "numbers in a run": "有1" * 100,
    "numbers and keywords in a run": "某大于1" * 40,
    "many words": "zz " * 660,
    "many known words": "age " * 500,
    "a long name": "a" * 2_000,
    "many dots": "a" + ".a" * 990,
    "mixed scripts": "经营面积 > 3 и 有明火",
    "bidirectional marks": "有明火 \u2066且\u2069 有冷库",
    "combining marks": "a" + "\u0301" * 1_900,
    "an open text": '"' + "a" * 1_900,
    "backslashes": '字号 = "' + "\\" * 1_900,
    "quotation marks": "\"'" * 990,
    "expanding characters": "字号 = “" + "\ufdfa" * 1_900 + "”x",
    "a list of many": "从业人数 in [" + "1," * 900,
    "code": "().__class__.__bases__[0].__subclasses__()",
    "a format": "{0.__class__}",
    "a query": "1 = 1; DROP TABLE facts --",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_ends_in_a_fault(name: str) -> None:
    assert fault(HOSTILE[name]).code


def fault_or_none(text: str) -> ConditionFault | None:
    """Read anything at all: a condition or a fault, nothing else may come out."""
    try:
        parse(text, NAMES)
    except ConditionFault as found:
        return found
    return None


def assert_condition_or_fault(text: str) -> None:
    found = fault_or_none(text)
    assert found is None or 1 <= found.column <= len(text) + 1


def test_the_depth_is_limited_before_python_is() -> None:
    assert fault(HOSTILE["nine hundred brackets"]).code == "too_deep"
    assert fault("非 (" * 40 + "有明火 且 (" * 10 + "真" + ")" * 50).code == "too_deep"
    assert fault(HOSTILE["fifty thousand letters"]).code == "too_long"
    assert fault("非 " * 60 + "有明火").code == "too_deep"


def test_fifty_brackets_are_still_read() -> None:
    assert parse("(" * 50 + "有明火" + ")" * 50, NAMES) == parse("有明火", NAMES)


_FACTS = (
    "Open fire 经营面积 从业人数 区县 城关 男方.年龄 groom.age 孩子们 经营项目 热食 字号 出生日期 注册资本 x x.年龄"
)
_KEYWORDS = "且 或 非 不是 是 否 and or not in 属于 不属于 包含 等于 大于 不少于 全部 存在 于 all exists 今天"
_FUNCTIONS = "已知 known 年龄 个数 天数 日期 date 营业"
_SIGNS = "( ) ( ) [ ] , : + - * == != >= < > = 、 【 】"
_VALUES = "“老王” 'b' 1 0 3.5 300 2026-01-31 2026年1月31日 万 а ²"
_WORDS = [word for words in (_FACTS, _KEYWORDS, _FUNCTIONS, _SIGNS, _VALUES) for word in words.split()]


@settings(max_examples=400)
@given(st.lists(st.sampled_from(_WORDS), max_size=14), st.sampled_from(["", " "]))
def test_words_in_any_order_are_a_condition_or_a_fault(words: list[str], between: str) -> None:
    assert_condition_or_fault(between.join(words))


@settings(max_examples=400)
@given(st.text(max_size=60))
def test_any_text_is_a_condition_or_a_fault(text: str) -> None:
    assert_condition_or_fault(text)


@settings(max_examples=200)
@given(st.data())
def test_a_good_condition_with_one_character_changed_is_a_condition_or_a_fault(data: st.DataObject) -> None:
    good = data.draw(
        st.sampled_from(
            [
                '经营面积 > 300 且 (有明火 或 有冷库) 且 区县 属于 ["城关", "新添"]',
                "全部 子 于 女方.孩子们: 年龄(子.出生日期) < 18 且 非 已知(子.年龄)",
                "许可到期日 - 30 <= date(2026, 1, 31) or 补贴 > 500 * 从业人数",
            ]
        )
    )
    place = data.draw(st.integers(0, len(good)))
    cut = data.draw(st.integers(0, 2))
    assert_condition_or_fault(good[:place] + data.draw(st.text(max_size=2)) + good[place + cut :])
