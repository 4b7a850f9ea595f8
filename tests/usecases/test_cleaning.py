"""What happens to text on its way in: nothing unseen gets through, nothing is cut, nobody's name is refused."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.cleaning import (
    CELL_UNITS,
    TextFault,
    clean_code,
    clean_line,
    clean_name,
    clean_text,
    name_questions,
    spreadsheet_safe,
)

RARE_NAMES = [
    "𠮷田",  # extension B
    "王㛃",  # extension A
    "李䶮",  # extension A
    "张𬎆",  # extension E
    "赵𫖯",  # extension C
    "陈𪚥",  # extension B, 64 strokes
    "刘㐂",
    "𬱖小明",
    "周𫍯",
    "吴𬸦",
    "郑𪣻",
    "孙𰻞",  # extension G
    "朱𲎯",  # extension H, newer than Python's own tables
    "何\U0002ebf0",  # extension I
    "林\ue863",  # an old system's private character
    "买买提·吐尔逊",
    "阿卜杜热合曼·麦麦提明·伊敏",
    "Nguyễn Thị Minh Khai",
    "ཚེ་རིང་སྒྲོལ་མ།",
    "葛󠄀飾",  # with a variation selector
]
LONG_NAME = "阿·" * 54 + "明明"

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)


@pytest.mark.parametrize("name", RARE_NAMES)
@pytest.mark.bad_input("a name with rare characters")
def test_a_rare_name_is_taken_as_it_is(name: str) -> None:
    assert clean_name(name) == unicodedata.normalize("NFC", name)
    assert "digits" not in name_questions(name)
    assert "no_letters" not in name_questions(name)


def test_there_are_twenty_rare_names() -> None:
    assert len(set(RARE_NAMES)) == 20


@pytest.mark.bad_input("a name of 110 characters")
def test_a_name_of_a_hundred_and_ten_characters_and_more_is_taken() -> None:
    assert len(LONG_NAME) == 110
    assert clean_name(LONG_NAME) == LONG_NAME
    assert clean_name("𠮷" * 200) == "𠮷" * 200


def test_a_name_too_long_is_refused_and_never_cut() -> None:
    with pytest.raises(TextFault) as raised:
        clean_name("𠮷" * 201)
    assert raised.value.code == "too_long"
    assert raised.value.values == {"limit": 200, "length": 201}


def test_the_dot_between_the_parts_of_a_name_becomes_the_one_of_the_register() -> None:
    assert clean_name(" 买买提•吐尔逊 ") == clean_name("买买提・吐尔逊") == "买买提·吐尔逊"


@pytest.mark.parametrize(
    ("name", "questions"),
    [
        ("王伟", ()),
        ("王伟2", ("digits",)),
        ("王伟２", ("digits",)),
        ("林\ue863", ("private_use",)),
        ("——", ("no_letters",)),
        ("12", ("digits", "no_letters")),
        ("王二", ()),
        ("〇一", ()),
    ],
)
def test_an_odd_name_is_questioned_but_not_forbidden(name: str, questions: tuple[str, ...]) -> None:
    assert clean_name(name)
    assert name_questions(name) == questions


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  王\u3000 伟\t", "王 伟"),
        ("王\u200b伟\ufeff", "王伟"),
        ("\u202e伟王\u202c", "伟王"),
        ("a\x00b\x07c\x1b[0m", "abc[0m"),
        ("一\n二\r\n三", "一 二 三"),
        ("e\u0301te\u0301", "été"),
        ("１２号", "１２号"),
        ("a\ufffe\U0001ffffb\ufdd0", "ab"),
        ("\u3164\u2800", ""),
        ("", ""),
    ],
)
def test_a_line_is_tidied(typed: str, kept: str) -> None:
    assert clean_line(typed) == kept


def test_a_text_keeps_its_lines_and_nothing_else() -> None:
    assert clean_text("\n\n 第一  行 \r\n\r\n第二\u2028第三\t行\x0b\n\n") == "第一 行\n\n第二\n第三 行"


def test_full_width_is_made_narrow_in_codes_only() -> None:
    assert clean_code(" １１０－１０５ｘ \u200b") == "110-105X"
    assert clean_code("0932—2241") == clean_code("0932‐2241") == "0932-2241"
    assert clean_line("（０９３２）") == "（０９３２）"


@pytest.mark.parametrize("clean", [clean_line, clean_text, clean_code, clean_name])
def test_half_a_surrogate_pair_is_refused(clean: object) -> None:
    assert callable(clean)
    with pytest.raises(TextFault) as raised:
        clean("王\ud842伟")
    assert (raised.value.code, raised.value.values) == ("lone_surrogate", {"place": 2})


@pytest.mark.parametrize("clean", [clean_line, clean_text, clean_code, clean_name])
def test_five_megabytes_are_refused_before_any_work(clean: object) -> None:
    assert callable(clean)
    paste = "\u202e😀" * 2_500_000
    began = time.perf_counter()
    with pytest.raises(TextFault, match="too_long"):
        clean(paste)
    assert time.perf_counter() - began < 0.5


def test_what_cannot_be_seen_does_not_count_against_the_cap() -> None:
    assert clean_line("\u200b" * 300 + "王" * 10, max_points=10) == "王" * 10


@given(texts)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    for clean in (clean_line, clean_text, clean_code, clean_name):
        once = clean(text, max_points=500)
        assert clean(once, max_points=500) == once


@given(texts)
def test_nothing_unseen_is_left(text: str) -> None:
    line, lines = clean_line(text, max_points=500), clean_text(text, max_points=500)
    assert not {unicodedata.category(point) for point in line} & {"Cc", "Cf", "Zl", "Zp"}
    assert {point for point in lines if unicodedata.category(point) == "Cc"} <= {"\n"}
    assert line == unicodedata.normalize("NFC", line)
    assert "  " not in line


@given(texts)
def test_letters_and_digits_are_never_lost(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    kept = [point for point in composed if point.isalnum() and point not in "\u3164\uffa0"]
    cleaned = unicodedata.normalize("NFC", clean_line(text, max_points=500))
    assert [point for point in cleaned if point.isalnum()] == kept


@pytest.mark.parametrize(
    "text", ["=1+1", "+861380", "-1", "@SUM(A1)", " =1", "\t=1", "＝1", "\u3000=1", "\n=1", "\r=1"]
)
@pytest.mark.bad_input("formula-like text in an export")
def test_text_like_a_formula_stays_text(text: str) -> None:
    assert str(spreadsheet_safe(text)).startswith("'")


@pytest.mark.parametrize("value", ["王伟", "11010519491231002X", "", 12, 1.5, None, True, "a=b"])
def test_other_values_go_out_as_they_are(value: object) -> None:
    assert spreadsheet_safe(value) == value


def test_signs_a_spreadsheet_cannot_hold_are_left_out() -> None:
    assert spreadsheet_safe("a\x00b\x0bc\ufffe\r\nd") == "abc\nd"


def test_a_cell_that_would_be_cut_is_refused() -> None:
    assert spreadsheet_safe("𠮷" * (CELL_UNITS // 2)) == "𠮷" * (CELL_UNITS // 2)
    with pytest.raises(TextFault, match="too_long"):
        spreadsheet_safe("𠮷" * (CELL_UNITS // 2 + 1))


@given(st.text(st.characters(), max_size=40))
def test_making_a_cell_safe_twice_changes_nothing(text: str) -> None:
    assert spreadsheet_safe(spreadsheet_safe(text)) == spreadsheet_safe(text)
