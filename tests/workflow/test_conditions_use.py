"""Conditions as the engine handles them: compared, stored, negated, taken apart; and those of published matters."""

import pickle
import subprocess
import sys

import pytest

from desktop.workflow.conditions.condition import ALWAYS, Condition, FactKind, FactNames, FactType, Verdict, parse
from tests.workflow.test_conditions import NAMES, RESTAURANT, T, facts


def test_conditions_are_equal_by_their_trees() -> None:
    written = [
        "经营面积 > 300 且 有明火",
        "premises.area>300 and Open fire",
        "（经营面积 大于 300.0）&& (有明火 = 是)",
        "经营面积大于300且有明火",
    ]
    conditions = {parse(text, NAMES) for text in written}
    assert len(conditions) == 1
    assert parse("经营面积 > 300", NAMES) not in conditions
    assert parse("有明火", NAMES) != "有明火"


def test_a_condition_keeps_the_text_it_was_written_in() -> None:
    assert parse("  有明火且有冷库 ", NAMES).text == "  有明火且有冷库 "


def test_a_condition_can_be_stored_and_brought_back() -> None:
    condition = parse(RESTAURANT, NAMES)
    condition.evaluate(facts({}))
    again = pickle.loads(pickle.dumps(condition))  # noqa: S301 - made one line above
    assert (again, again.text) == (condition, condition.text)


def test_negating_turns_the_value_and_twice_gives_the_same_back() -> None:
    condition = parse(RESTAURANT, NAMES)
    assert condition.negated().evaluate(facts({"open_fire": False, "cold_store": False})).truth is T
    assert condition.negated().negated() == condition
    assert parse(condition.negated().text, NAMES) == condition.negated()


def test_the_empty_condition_always_holds() -> None:
    assert ALWAYS.evaluate(facts({})) == Verdict(T, frozenset())
    assert parse("true", NAMES) == ALWAYS


def test_importing_conditions_does_not_load_the_parser() -> None:
    code = "import sys, desktop.workflow.conditions.condition; sys.exit('lark' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", code], check=False)  # noqa: S603 - our own words
    assert answer.returncode == 0


MATTERS = (
    "(not in_wedlock and follow == '随父') or not born_in_hosp",
    "public_gather and not fire_commit",
    "pension == '企业职工' and not work_injury",
    "pension in ['企业职工','城乡居民']",
    "level in [1,2] and not tekun",
    "kind in ['智力','精神'] or minor",
    "ch_name or ch_capital or ch_scope or ch_addr",
    "not gth and not bankrupt",
    "med_type == '城乡居民医保'",
    "years < 15",
    "act in ['挂失','解挂']",
    "(grade == '一般' and months < 3) or (grade == '严重' and months < 12)",
    "not married and (a_age < 22 or b_age < 20)",
    "tobacco and not near_school",
)
_OPTIONS = {
    "follow": ("随父", "随母"),
    "pension": ("企业职工", "城乡居民", "机关事业"),
    "kind": ("视力", "智力", "精神"),
    "med_type": ("职工医保", "城乡居民医保"),
    "act": ("挂失", "解挂", "启用"),
    "grade": ("轻微", "一般", "严重"),
}
_NUMBERS = ("level", "years", "months", "a_age", "b_age")


@pytest.mark.parametrize("text", MATTERS)
def test_the_conditions_of_published_matters_are_read(text: str) -> None:
    words = {word.strip("()',[]") for word in text.split()} - {"and", "or", "not", "in"}
    kinds = [
        FactKind(word, FactType.ENUM, _OPTIONS[word])
        if word in _OPTIONS
        else FactKind(word, FactType.INT if word in _NUMBERS else FactType.BOOL)
        for word in words
        if word.isidentifier() and word.isascii()
    ]
    names = FactNames(kinds)
    condition: Condition = parse(text, names)
    assert {ref.code for ref in condition.reads} == {kind.code for kind in kinds}
    assert parse(condition.to_text("zh", names), names) == condition
