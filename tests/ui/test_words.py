"""The words of the hall are complete in both languages, with the same gaps to fill and one meaning each."""

import ast
import datetime as dt
import io
import re
import time
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po as babel_read_po

from desktop import words
from desktop.words import in_language, read_po

ROOT = Path(words.__file__).parent
PO_FILES = sorted((ROOT.parent / "resources" / "i18n").glob("*/*.po"))
KEYWORDS = {**DEFAULT_KEYWORDS, "gettext_noop": None}
CALLS = {"_", "gettext", "ngettext", "pgettext", "gettext_noop"}
GAP = re.compile(r"\{(\w*)[^{}]*\}")
MONDAY = dt.date(2026, 11, 23)


class Text:
    """A text of the catalogue."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh = zh
        self.en = en


@lru_cache(maxsize=1)
def said_in_the_code() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Every sentence the program says: its key in the po files, to where it stands and its English forms."""
    found = {}
    for file, line, message, _comments, context in extract_from_dir(ROOT, keywords=KEYWORDS):
        forms = message if isinstance(message, tuple) else (message,)
        key = forms[0] if context is None else f"{context}\x04{forms[0]}"
        found[key] = (f"{file}:{line}", forms)
    return found


def gaps(text: str) -> set[str]:
    return set(GAP.findall(text.replace("{{", "").replace("}}", "")))


def test_every_sentence_of_the_program_has_its_chinese() -> None:
    chinese = words.catalogue("zh")
    missing = [f"{place} {forms[0]!r}" for key, (place, forms) in said_in_the_code().items() if key not in chinese]
    assert missing == []


def test_everybody_at_a_seat_is_spoken_to_politely() -> None:
    assert [said for said in words.catalogue("zh").values() for word in said if "你" in word] == []


def test_sentences_are_found_however_they_are_said() -> None:
    assert {"status\x04Done", "{period} left", "{n} place is still open"} <= said_in_the_code().keys()


def test_chinese_and_english_leave_the_same_gaps_to_fill() -> None:
    chinese = words.catalogue("zh")
    wrong = []
    for key, (place, forms) in said_in_the_code().items():
        english = set().union(*(gaps(form) for form in forms))
        wrong += [f"{place} {zh!r}" for zh in chinese.get(key, ()) if gaps(zh) != english]
    assert wrong == []


def test_no_sentence_is_put_together_before_it_is_translated() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in ROOT.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and called(node) in CALLS and any(is_put_together(arg) for arg in node.args)
    ]
    assert wrong == []


@pytest.mark.parametrize("call", ['_(f"{n} left")', '_("a" + b)', '_("%d" % n)', '_("{n}".format(n=n))'])
def test_a_sentence_put_together_too_early_is_found(call: str) -> None:
    node = ast.parse(call).body[0]
    assert isinstance(node, ast.Expr)
    assert isinstance(node.value, ast.Call)
    assert is_put_together(node.value.args[0])


def called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Name):
        return node.func.id
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


def is_put_together(argument: ast.expr) -> bool:
    """Whether an argument is an f-string, a sum or a remainder with a string in it, or the result of format."""
    if isinstance(argument, ast.BinOp):
        return any(isinstance(part, ast.Constant) and isinstance(part.value, str) for part in ast.walk(argument))
    return isinstance(argument, ast.JoinedStr) or (isinstance(argument, ast.Call) and called(argument) == "format")


def test_one_english_sentence_has_one_chinese_whoever_wrote_it() -> None:
    first: dict[str, tuple[str, tuple[str, ...]]] = {}
    wrong = []
    for path in PO_FILES:
        for key, forms in read_po(path.read_text(encoding="utf-8")).items():
            file, known = first.setdefault(key, (path.name, forms))
            if known != forms:
                wrong.append(f"{key!r}: {known} in {file}, {forms} in {path.name}; tell them apart with pgettext")
    assert wrong == []


def test_nobody_is_shouted_at() -> None:
    wrong = [place for place, forms in said_in_the_code().values() if any("!" in form for form in forms)]
    wrong += [zh for forms in words.catalogue("zh").values() for zh in forms if "!" in zh or "！" in zh]
    assert wrong == []


@pytest.mark.parametrize("path", PO_FILES, ids=lambda path: path.name)
def test_a_po_file_is_read_as_gettext_reads_it(path: Path) -> None:
    theirs = {}
    for message in babel_read_po(io.BytesIO(path.read_bytes())):
        if message.id and not message.fuzzy:
            singular = message.id[0] if isinstance(message.id, tuple) else message.id
            key = singular if message.context is None else f"{message.context}\x04{singular}"
            forms = message.string if isinstance(message.string, tuple) else (message.string,)
            if all(forms):
                theirs[key] = forms
    assert read_po(path.read_text(encoding="utf-8")) == theirs


def test_a_po_entry_may_run_over_lines_and_carry_quotes() -> None:
    text = 'msgid ""\n"Say \\"yes\\" "\n"or no\\n"\nmsgstr "答“是”"\n"或\\"否\\"\\\\"\n'
    assert read_po(text) == {'Say "yes" or no\n': ('答“是”或"否"\\',)}


def test_an_entry_that_is_fuzzy_obsolete_or_empty_is_not_said() -> None:
    text = '#, fuzzy\nmsgid "a"\nmsgstr "甲"\n\n#~ msgid "b"\n#~ msgstr "乙"\n\nmsgid "c"\nmsgstr ""\n'
    assert read_po(text) == {}


def test_fifteen_hundred_sentences_are_read_in_less_than_fifty_milliseconds() -> None:
    entry = '#: page.py:{n}\nmsgid "Sentence {n} of {{name}}"\nmsgstr "第{n}句，{{name}}"\n'
    text = "\n".join(entry.format(n=n) for n in range(1500))
    begun = time.perf_counter()
    assert len(read_po(text)) == 1500
    assert time.perf_counter() - begun < 0.05


def test_a_day_is_said_with_its_weekday() -> None:
    assert in_language("zh").date(MONDAY, today=MONDAY) == "11月23日 周一"
    assert in_language("en").date(MONDAY, today=MONDAY) == "Mon 23 Nov"


def test_a_day_of_another_year_is_said_with_its_year() -> None:
    later = dt.date(2027, 1, 3)
    assert in_language("zh").date(later, today=MONDAY) == "2027年1月3日 周日"
    assert in_language("en").date(later, today=MONDAY) == "Sun 3 Jan 2027"


def test_a_letter_says_the_year_because_it_may_be_read_in_another() -> None:
    assert in_language("zh").date(MONDAY) == "2026年11月23日 周一"


def test_a_moment_is_said_by_the_clock_of_the_hall() -> None:
    moment = dt.datetime(2026, 11, 23, 9, 5, tzinfo=dt.UTC)
    assert in_language("zh").date_time(moment, MONDAY) == "11月23日 周一 09:05"
    assert in_language("en").date_time(moment, MONDAY) == "Mon 23 Nov 09:05"


@pytest.mark.parametrize(
    ("number", "zh", "en"),
    [
        (3, "还有3个工作日", "3 working days left"),
        (1, "还有1个工作日", "1 working day left"),
        (-2, "已逾期2个工作日", "2 working days overdue"),
    ],
)
def test_what_is_left_of_a_limit_is_said_in_words(number: int, zh: str, en: str) -> None:
    assert in_language("zh").remaining(number, "working_day") == zh
    assert in_language("en").remaining(number, "working_day") == en


def test_every_unit_of_time_has_a_word() -> None:
    units: tuple[words.Unit, ...] = ("working_day", "day", "week", "month", "year", "hour", "minute")
    assert [in_language("zh").period(2, unit) for unit in units] == [
        "2个工作日",
        "2天",
        "2周",
        "2个月",
        "2年",
        "2小时",
        "2分钟",
    ]
    assert [in_language("en").period(1, unit) for unit in units] == [
        "1 working day",
        "1 day",
        "1 week",
        "1 month",
        "1 year",
        "1 hour",
        "1 minute",
    ]


def test_an_amount_is_said_to_the_fen() -> None:
    assert in_language("zh").money(Decimal(1250)) == "1,250.00元"
    assert in_language("en").money(Decimal("0.5")) == "¥0.50"


def test_words_in_a_row_are_joined_as_each_language_joins_them() -> None:
    assert in_language("zh").listing(["身份证", "户口簿"]) == "身份证、户口簿"
    assert in_language("en").listing(["identity card", "household register"]) == "identity card, household register"


def test_a_catalogue_text_is_said_in_the_language_asked_for_or_in_the_other_when_it_lacks_one() -> None:
    assert words.pick(Text("户口簿", "Household register"), "en") == "Household register"
    assert words.pick(Text("户口簿", ""), "en") == "户口簿"
    assert words.pick(Text("", "Seal"), "zh") == "Seal"


def test_a_seat_says_its_words_in_its_own_language() -> None:
    before = words.language()
    try:
        words.set_language("zh")
        assert words.ngettext("{n} day", "{n} days", 2).format(n=2) == "2天"
        assert words.pgettext("status", "Done") == "已完成"
        words.set_language("en")
        assert words.ngettext("{n} day", "{n} days", 2).format(n=2) == "2 days"
        assert words.pgettext("status", "Done") == "Done"
        assert words.in_language("zh").gettext("{period} left") == "还有{period}"
    finally:
        words.set_language(before)


OTHER_WORDS_FOR = {
    "发结果、领取": ("交付", "发放结果", "待发放", "已送达，", "结果已送达", "送达结果"),
    "主管": ("值班长",),
    "角色": ("更改权限", "新的权限", "这项权限"),
    "已逾期": ("超期",),
    "快到期": ("即将逾期", "即将到期"),
    "审计员": ("审计人员",),
}
"""What the hall calls by one word, and the other words for it."""


@pytest.mark.parametrize("one", OTHER_WORDS_FOR)
def test_one_thing_has_one_word_on_screen_and_in_the_help(one: str) -> None:
    screen = [form for forms in words.catalogue("zh").values() for form in forms]
    read = [path.read_text("utf-8") for path in (ROOT.parent / "resources" / "help" / "zh").glob("*.md")]
    assert [text for text in (*screen, *read) for other in OTHER_WORDS_FOR[one] if other in text] == []
