"""The letters of the hall say what the law asks, print every field as plain text, and refuse unsafe templates."""

import ast
import re
from collections.abc import Callable, Iterator
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, cast

import pytest
from pydantic import BaseModel, ValidationError

from desktop.letters.breaks import Break, Piece, PieceKind, Span, next_break, split_table
from desktop.letters.content import BaseLetter, Letter, LetterKind, Receipt, Refusal, Supplement, letter_from_json
from desktop.letters.faults import TemplateFault
from desktop.letters.names import letter_name
from desktop.letters.parts import Applicant, Depends, Due, Limit, LimitUnit
from desktop.letters.render import EN_ONLY, ZH_ONLY, ZH_THEN_EN, render
from desktop.letters.samples import sample
from desktop.letters.style import LARGE_PRINT, Sheet, sheet_of, sizes_of
from desktop.letters.subset import read_words
from desktop.letters.templates import template_text
from desktop.letters.text import Bilingual, clean_line, clean_text
from desktop.letters.wording import day, last_day, limit
from desktop.words import LANGUAGES, Language, in_language

KINDS = list(LetterKind)
OF_DEPARTMENTS = [kind for kind in KINDS if kind is not LetterKind.RECEIPT]
HOSTILE = """<b>粗</b> {{7*7}} {%raw%} &amp; & ]]> <!--x--> "a" 'b' <img src="file:///etc/passwd"> #"""
LETTERS = Path(__file__).parents[2] / "desktop" / "letters"


def said(letter: Letter, language: Language = "zh") -> str:
    """The words of a letter in one language."""
    return render(letter, (language,)).words


def changed(letter: Letter, **values: object) -> Any:
    """The same letter with some values changed."""
    return letter.model_copy(update=values)


def rewritten(value: Any, write: Callable[[tuple[str, ...], str], str], place: tuple[str, ...] = ()) -> Any:
    """A letter's data with every text in it written anew; kinds, dates and numbers stay."""
    if isinstance(value, dict):
        return {key: rewritten(part, write, (*place, key)) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return tuple(rewritten(part, write, (*place, str(number))) for number, part in enumerate(value))
    if isinstance(value, str) and not isinstance(value, Enum) and place[-1] != "kind":
        return write(place, value)
    return value


def with_texts(letter: Letter, write: Callable[[tuple[str, ...], str], str]) -> Letter:
    """A letter with every text in it written anew."""
    return type(letter).model_validate(rewritten(letter.model_dump(), write))


def bare(value: Any) -> Any:
    """A letter in which nothing is said that need not be said."""
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        asked = {name: bare(getattr(value, name)) for name, field in fields.items() if field.is_required()}
        return type(value).model_validate(asked)
    if isinstance(value, tuple):
        return tuple(bare(part) for part in value)
    return value


def imports(path: Path) -> Iterator[str]:
    """The modules a module imports."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


# What the letters say.


@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_is_written_in_both_languages(kind: LetterKind) -> None:
    letter = sample(kind)
    zh, en = render(letter, ZH_THEN_EN).parts
    assert (zh.language, en.language) == ("zh", "en")
    assert re.search("[一-鿿]", zh.title)
    assert not re.search("[一-鿿]", en.title)
    assert zh.title in zh.words
    assert en.title in en.words


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_of_a_letter_is_printed_as_plain_text(kind: LetterKind) -> None:
    marks: dict[str, tuple[str, ...]] = {}

    def hostile(place: tuple[str, ...], _text: str) -> str:
        mark = f"{HOSTILE}{len(marks)}#"
        marks[mark] = place
        return mark

    letter = with_texts(sample(kind), hostile)
    for language in LANGUAGES:
        rendered = render(letter, (language,))
        printed = f"{rendered.words} {rendered.number}"
        other = "en" if language == "zh" else "zh"
        unsaid = [place for mark, place in marks.items() if place[-1] != other and mark not in printed]
        assert unsaid == []
        assert "49" not in re.sub(r"#\d+#", "", printed)
        assert rendered.parts[0].html.count("<img") == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_with_nothing_optional_leaves_no_hole(kind: LetterKind, language: Language) -> None:
    letter = bare(sample(kind))
    printed = said(letter, language)
    assert "None" not in printed
    for hole in ("：。", "（）", "()", "，。", "，，", "“”", ": .", " ,", "：；"):
        assert hole not in printed
    assert letter.matter.zh in said(letter, "zh")


@pytest.mark.parametrize("kind", OF_DEPARTMENTS)
def test_a_letter_of_a_department_is_dated_with_a_place_for_its_seal(kind: LetterKind) -> None:
    letter = sample(kind)
    lines = said(letter).splitlines()
    seal = lines.index("（印章）")
    assert lines[seal - 1] == letter.issuer.zh == "河湾县市场监督管理局"
    assert lines[seal + 1] == day(letter.dated, "zh")
    assert "(seal)" in said(letter, "en").splitlines()


def test_a_receipt_is_the_halls_and_promises_no_acceptance() -> None:
    receipt = sample(LetterKind.RECEIPT)
    printed = said(receipt)
    assert printed.startswith("河湾县政务服务中心\n收件回执")
    assert "不表示已经受理" in printed
    assert "印章" not in printed
    assert "予以受理" not in printed
    assert "It does not mean that the request is accepted." in said(receipt, "en")


def test_a_receipt_lists_papers_what_is_missing_and_the_next_visit_once() -> None:
    receipt = sample(LetterKind.RECEIPT)
    printed = said(receipt)
    for words in ("1. 经营者身份证", "2. 经营场所租赁合同", "图号 HW-07", "原件（暂存）", "凭本回执签字领回"):
        assert words in printed
    assert "请在2025年10月10日（星期五）以前" in printed
    assert "补材料就只跑这一次" in printed
    assert printed.count("HW20250919-0042") == 1


def test_a_receipt_without_papers_or_gaps_says_so() -> None:
    receipt = changed(sample(LetterKind.RECEIPT), papers=(), missing=(), next_visit=None)
    printed = said(receipt)
    assert "没有收取材料" in printed
    assert "您不用交材料。" in printed
    assert "下次来的时候" not in printed


def test_a_receipt_says_first_that_nothing_more_is_to_be_handed_in_and_then_what_others_do() -> None:
    receipt = changed(sample(LetterKind.RECEIPT), missing=(), next_visit=None)
    zh, en = said(receipt).replace("\n", ""), said(receipt, "en").replace("\n", "")
    assert "还缺什么您不用再交材料。部门还在办：营业执照用于：食品经营许可请注意" in zh
    assert "You need not hand in any more papers.The departments are still seeing to this:Business licence" in en


def test_a_receipt_that_lists_no_paper_yet_says_on_what_that_hangs_and_asks_nobody_to_bring_any() -> None:
    question = Depends(question=Bilingual(zh="要办哪一项", en="Which one is it?"))
    receipt = changed(sample(LetterKind.RECEIPT), missing=(question,), next_visit=None, papers_open=True)
    zh, en = said(receipt), said(receipt, "en")
    assert "要哪些材料，答完下面的问题才知道：" in zh
    assert "拨打0930-5550123回答，答完就一次告诉您要带什么。" in zh.replace("\n", "")
    assert "Which papers it takes shows once these questions are answered:" in en
    for words in ("带齐了", "准备的材料带到", "一次说清"):
        assert words not in zh


def test_a_receipt_with_papers_and_open_questions_does_not_promise_one_visit() -> None:
    zh = said(changed(sample(LetterKind.RECEIPT), papers_open=True)).replace("\n", "")
    assert "问题答完以后，可能还要别的材料" in zh
    assert "来以前请先拨打0930-5550123把问题答完" in zh
    assert "只跑这一次" not in zh


def test_what_departments_see_to_stands_apart_from_what_a_person_must_bring() -> None:
    printed = said(sample(LetterKind.RECEIPT))
    bring, theirs = printed.split("部门还在办，不用您准备：")
    assert "从业人员健康证明" in bring
    assert "营业执照" not in bring
    assert "营业执照" in theirs
    assert "由主管部门办理，不用您准备" not in printed


def test_an_original_that_is_kept_is_called_so_once() -> None:
    receipt = sample(LetterKind.RECEIPT)
    row, row_en = (said(receipt, language).split("HW-07")[1].splitlines()[1] for language in LANGUAGES)
    assert (row, row_en) == ("原件（暂存）", "original (kept for now)")


@pytest.mark.parametrize("kind", KINDS)
def test_the_foot_says_address_and_hours_by_name_and_leaves_out_what_is_not_told(kind: LetterKind) -> None:
    letter = sample(kind)
    silent = changed(letter, hall=letter.hall.model_copy(update={"address": None, "hours": None}))
    closed = changed(letter, hall=letter.hall.model_copy(update={"address": None}))
    for language, where, when in (("zh", "地址：", "办公时间："), ("en", "address: ", "open: ")):
        told, half, nothing = (said(one, cast("Language", language)).lower() for one in (letter, closed, silent))
        lines = [line for line in told.splitlines() if line.startswith((where, when))]
        assert "".join(lines).count(where) == "".join(lines).count(when) == 1
        assert [line.startswith(when) for line in half.splitlines() if when in line] == [True]
        assert not [line for line in nothing.splitlines() if line.startswith((where, when))]


def test_a_supplement_tells_alternatives_unknowns_and_papers_off_the_list() -> None:
    printed = said(sample(LetterKind.SUPPLEMENT))
    assert "证明经营场所可以使用：下面任选一种" in printed
    assert "租赁合同同时要有：房东的不动产权证书（复印件）" in printed.replace("\n", "")
    assert "还要先弄清：厨房是不是使用明火" in printed
    assert "如果是：燃气安全检查记录" in printed
    assert "如果不是：不用再补材料" in printed
    assert "这份材料不在公布的清单内，要求提供的理由：店铺位于历史街区" in printed
    to_bring, _sep, not_yours = printed.partition("不用您准备，由大厅和部门去办：")
    assert "营业执照" not in to_bring
    assert "营业执照\n用于：食品经营许可（由大厅办理）" in not_yours
    assert "还要先弄清：店铺是否在文物保护范围内（由主管部门核实）" in not_yours
    assert "以后不再要求您补正" in printed


def test_a_supplement_says_first_until_when_how_much_is_to_be_brought_where() -> None:
    opening = said(sample(LetterKind.SUPPLEMENT)).partition("涉及事项")[0]
    assert "请在2025年10月10日（星期五）以前，把下面的5项一起交到3号综合窗口" in opening
    others = said(changed(sample(LetterKind.SUPPLEMENT), missing=()))
    assert "您不用准备材料" in others.partition("涉及事项")[0]
    assert "带齐了" not in others


@pytest.mark.parametrize("kind", [LetterKind.SUPPLEMENT, LetterKind.RECEIPT])
def test_what_is_to_be_put_right_is_as_large_as_what_is_to_be_brought(kind: LetterKind) -> None:
    for languages, words in ((ZH_ONLY, "要改的地方："), (EN_ONLY, "To put right: ")):
        html = render(sample(kind), languages).parts[0].html
        before = html.partition(words)[0]
        assert words in html
        assert before.count("<span") == before.count("</span>")


def test_a_supplement_must_list_something() -> None:
    data = sample(LetterKind.SUPPLEMENT).model_dump() | {"missing": (), "under_way": ()}
    with pytest.raises(ValidationError):
        Supplement.model_validate(data)


def test_an_acceptance_counts_its_limit_from_the_day_of_receipt_when_the_notice_was_missed() -> None:
    letter = sample(LetterKind.ACCEPTANCE)
    usual = said(letter)
    missed = said(changed(letter, notice_was_missed=True, accepted_on=date(2025, 9, 19)))
    assert "自2025年9月22日起予以受理" in usual
    assert "即2025年9月19日起即为受理" in missed
    for printed in (usual, missed):
        assert "承诺期限：10个工作日" in printed
        assert "法定期限：20个工作日" in printed
        assert "2025年10月11日（星期六，调休上班）" in printed


def test_a_refusal_gives_reasons_articles_remedies_and_the_next_way() -> None:
    printed = said(sample(LetterKind.REFUSAL))
    assert "本机关决定不予食品经营许可" in printed
    assert "厨房与公共厕所相距6米" in printed
    assert "《中华人民共和国食品安全法》第三十三条" in printed
    assert "自收到之日起60日内，向河湾县人民政府申请行政复议" in printed
    assert "自收到之日起6个月内，依法向河湾县人民法院提起行政诉讼" in printed
    assert "接下来可以这样办" in printed


def test_a_refusal_without_a_reason_or_an_article_cannot_be_made() -> None:
    whole = sample(LetterKind.REFUSAL).model_dump()
    for field in ("reasons", "articles"):
        with pytest.raises(ValidationError):
            Refusal.model_validate(whole | {field: ()})


def test_not_accepting_and_refusing_are_different_words() -> None:
    assert "不予受理" not in said(sample(LetterKind.REFUSAL))
    assert "不予食品经营许可" not in said(sample(LetterKind.NON_ACCEPTANCE))
    assert "refuse" not in said(sample(LetterKind.NON_ACCEPTANCE), "en").replace("was refused because", "")
    assert "accepted" not in said(sample(LetterKind.REFUSAL), "en").replace("was accepted on", "")


def test_a_pause_says_its_ground_and_its_expected_end() -> None:
    printed = said(sample(LetterKind.SUSPENSION))
    assert "特别程序（暂停计时）告知书" in printed
    assert "暂停计时的原因 饮用水水质检验" in printed.replace("\n", " ")
    assert "预计结束 2025年10月14日（星期二）" in printed.replace("\n", " ")
    assert "不计入办理期限" in printed


def test_an_extension_names_its_approver_and_both_days() -> None:
    printed = said(sample(LetterKind.EXTENSION)).replace("\n", " ")
    assert "批准人 河湾县市场监督管理局局长 赵某" in printed
    assert "延长10个工作日" in printed
    assert "原定最迟办结日 2025年10月24日（星期五）" in printed
    assert "延长后最迟办结日 2025年11月7日（星期五）" in printed


def test_an_organisation_is_not_addressed_as_a_person() -> None:
    body = changed(sample(LetterKind.REFUSAL), applicant=Applicant(name="渭水餐饮有限公司", is_organisation=True))
    assert "你单位提出的" in said(body)
    assert "您" not in said(body)
    assert "本单位承诺" in said(changed(sample(LetterKind.PROMISE), applicant=body.applicant))


def test_a_reply_can_go_to_somebody_unnamed() -> None:
    printed = said(changed(sample(LetterKind.ENQUIRY_REPLY), applicant=None))
    assert "您好：" in printed
    assert "张桂兰" not in printed


def test_a_text_without_english_is_given_in_chinese() -> None:
    letter = changed(sample(LetterKind.WITHDRAWAL), reason=Bilingual(zh="另找地方"))
    assert "The reason you gave: 另找地方" in said(letter, "en")


def test_a_kept_letter_is_read_back_the_same() -> None:
    for kind in KINDS:
        letter = sample(kind)
        assert letter_from_json(letter.model_dump_json()) == letter


def test_a_letter_cannot_be_changed_or_given_what_it_does_not_say() -> None:
    receipt = sample(LetterKind.RECEIPT)
    with pytest.raises(ValidationError):
        setattr(receipt, "number", "X")  # noqa: B010 – a type checker would refuse it before the letter does
    with pytest.raises(ValidationError):
        Receipt.model_validate(receipt.model_dump() | {"seal": "x"})


def test_every_kind_has_a_name_in_both_languages() -> None:
    for kind in KINDS:
        english = in_language("en").gettext(letter_name(kind))
        assert english
        assert re.search("[一-鿿]", letter_name(kind))


# Dates, limits, cleaning.


def test_dates_are_written_out() -> None:
    assert day(date(2025, 11, 3), "zh") == "2025年11月3日"
    assert day(date(2025, 11, 3), "en") == "3 November 2025"
    assert last_day(Due(on=date(2025, 11, 23)), "zh") == "2025年11月23日（星期日）"
    assert last_day(Due(on=date(2027, 1, 4), estimated=True), "zh").endswith("（预计，以公布的放假安排为准）")
    assert last_day(Due(on=date(2025, 11, 23)), "en") == "Sunday 23 November 2025"


@pytest.mark.parametrize(
    ("count", "unit", "zh", "en"),
    [
        (20, LimitUnit.WORKING_DAY, "20个工作日", "20 working days"),
        (1, LimitUnit.WORKING_DAY, "1个工作日", "1 working day"),
        (60, LimitUnit.DAY, "60日", "60 days"),
        (6, LimitUnit.MONTH, "6个月", "6 months"),
        (0, LimitUnit.WORKING_DAY, "当场办结", "on the spot"),
    ],
)
def test_limits_are_said_in_their_own_unit(count: int, unit: LimitUnit, zh: str, en: str) -> None:
    assert limit(Limit(count=count, unit=unit), "zh") == zh
    assert limit(Limit(count=count, unit=unit), "en") == en


def test_texts_lose_what_cannot_be_read_and_keep_what_names_are_made_of() -> None:
    assert clean_line("  张\u202e三\x00\n李\ufffc\ufdd0四\ud800 ") == "张三 李四"
    assert clean_text("一\r\n二\u2029三\t四") == "一\n二\n三 四"
    assert clean_line("𫖯䶮\ue000\U000323b0邉\U000e0101") == "𫖯䶮\ue000\U000323b0邉\U000e0101"
    assert clean_line("\uf900") == "\uf900"
    with pytest.raises(ValidationError):
        Applicant(name="\u200b\n ")


def test_paragraphs_of_a_long_text_stay_apart() -> None:
    letter = changed(sample(LetterKind.WITHDRAWAL), reason=Bilingual(zh="第一段\n第二段"))
    assert "第一段<br>第二段" in render(letter).parts[0].html


# Templates.


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("{{ nobody }}", "value_missing"),
        ("{{ hall.nothing }}", "value_missing"),
        ("{{ agent }}", "value_missing"),
        ("{% if %}", "template_unreadable"),
        ("{{ hall.__class__.__mro__ }}", "template_forbidden"),
        ("{{ 1 // 0 }}", "template_fails"),
        ('{% include "zh/nowhere.html" %}', "template_missing"),
        ('{% include "../../pyproject.toml" %}', "template_missing"),
        ('{% include "/etc/hostname" %}', "template_missing"),
        ("{% for a in number * 200 %}{{ number * 3000 }}{% endfor %}", "template_too_long"),
        ("<script>x</script>", "mark_not_allowed"),
        ("<p onclick='x'>x</p>", "mark_not_allowed"),
        ("<!-- x -->", "mark_not_allowed"),
        ("<p><b>x</p>", "mark_not_closed"),
        ("<p>x", "mark_not_closed"),
        ('<img src="file:///etc/hostname">', "picture_not_allowed"),
    ],
)
def test_a_template_that_is_wrong_is_told_what_and_where(body: str, code: str) -> None:
    own = "{% block title %}x{% endblock %}\n" + body
    with pytest.raises(TemplateFault) as told:
        render(changed(sample(LetterKind.GRANT), agent=None), templates={"zh/grant.html": own})
    assert told.value.code == code
    assert told.value.template
    if code.startswith(("mark", "picture")):
        assert told.value.values
    elif code != "template_too_long":
        assert told.value.line in {2, None} if code == "template_missing" else told.value.line == 2


def test_an_own_template_stands_in_for_the_shipped_one() -> None:
    own = '{% extends "zh/letter.html" %}{% block title %}我县的{{ granted }}{% endblock %}'
    rendered = render(sample(LetterKind.GRANT), templates={"zh/grant.html": own})
    assert rendered.title == "我县的食品经营许可"
    assert "（印章）" in rendered.words


def test_shipped_templates_can_be_read_and_nothing_else() -> None:
    for kind in KINDS:
        for language in LANGUAGES:
            assert "{% block title %}" in (template_text(f"{language}/{kind}.html") or "")
    assert template_text("zh/../../../pyproject.toml") is None
    assert template_text("samples.json") is None


def test_plain_words_keep_cells_and_paragraphs_apart() -> None:
    assert (
        read_words("<table><tr><td>甲</td><td>乙 &lt;b&gt;</td></tr></table><p>丙<br>丁</p>", "x")
        == "甲\n乙 <b>\n丙\n丁"
    )


# Size and pages.


def test_large_print_is_half_as_big_again() -> None:
    for language in LANGUAGES:
        standard, large = sizes_of(language, large=False), sizes_of(language, large=True)
        for name in ("body", "heading", "table", "note", "footer", "number"):
            assert getattr(large, name) == pytest.approx(LARGE_PRINT * getattr(standard, name), abs=1)
    assert sheet_of(large=True).text_width > sheet_of(large=False).text_width
    assert (Sheet().width, Sheet().height) == (5953, 8419)


def piece(kind: PieceKind, first: int, last: int, *, lines: int = 1, height: float = 10) -> Piece:
    return Piece(kind, Span(first, last, height), lines)


HEADING, TEXT, WHOLE = PieceKind.HEADING, PieceKind.TEXT, PieceKind.WHOLE_TABLE


@pytest.mark.parametrize(
    ("pieces", "wanted"),
    [
        ([piece(TEXT, 0, 0), piece(TEXT, 0, 1, lines=3)], Break(1)),
        ([piece(TEXT, 0, 0), piece(TEXT, 0, 1, lines=9)], None),
        ([piece(TEXT, 0, 0), piece(HEADING, 0, 0), piece(TEXT, 1, 1)], Break(1)),
        ([piece(TEXT, 0, 0), piece(HEADING, 0, 0), piece(TEXT, 0, 1, lines=2)], Break(1)),
        ([piece(TEXT, 0, 0), piece(TEXT, 0, 0), piece(WHOLE, 1, 1)], Break(1)),
        ([piece(TEXT, 0, 0), piece(TEXT, 0, 0, lines=9), piece(WHOLE, 1, 1)], Break(1)),
        ([piece(TEXT, 0, 0), piece(TEXT, 0, 0, lines=9, height=95), piece(WHOLE, 1, 1)], None),
        ([piece(TEXT, 0, 0), piece(WHOLE, 0, 0), piece(WHOLE, 0, 1)], Break(2)),
        ([piece(TEXT, 0, 0), piece(WHOLE, 0, 1, height=900)], None),
        ([piece(TEXT, 0, 0), piece(TEXT, 1, 1)], None),
        ([piece(TEXT, 0, 0), piece(TEXT, 0, 0), piece(WHOLE, 1, 1), piece(WHOLE, 1, 1), piece(WHOLE, 1, 1)], None),
        ([piece(TEXT, 0, 0), piece(WHOLE, 0, 0), piece(WHOLE, 1, 1), piece(WHOLE, 1, 1)], Break(1)),
    ],
)
def test_pages_break_where_nothing_is_torn(pieces: list[Piece], wanted: Break | None) -> None:
    assert next_break(pieces, 100, {}) == wanted


def test_a_break_is_asked_for_twice_and_not_again() -> None:
    torn = [piece(TEXT, 0, 0), piece(TEXT, 0, 1, lines=3)]
    assert next_break(torn, 100, {Break(1): 1}) == Break(1)
    assert next_break(torn, 100, {Break(1): 2}) is None


def test_a_torn_row_opens_a_page_and_the_table_goes_on_under_its_headings() -> None:
    rows = (Span(0, 0, 10), Span(0, 1, 20))
    table = Piece(PieceKind.ROWS, Span(0, 1, 30), rows=rows)
    assert next_break([piece(TEXT, 0, 0), table], 100, {}) == Break(1, 1)
    html = "<p>x</p><table><thead><tr><th>H</th></tr></thead><tr><td>1</td></tr><tr><td>2</td></tr></table>"
    opening = "<table><thead><tr><th>H</th></tr></thead>"
    assert split_table(html, 0, 1) == (
        f"<p>x</p>{opening}<tr><td>1</td></tr></table>{opening}<tr><td>2</td></tr></table>"
    )


# The package.


def test_what_letters_say_knows_no_window_system() -> None:
    modules = list(LETTERS.glob("*.py"))
    assert modules
    assert not [path.name for path in modules if any("PySide6" in name for name in imports(path))]


def test_letters_know_neither_records_nor_use_cases() -> None:
    for path in LETTERS.glob("*.py"):
        assert not [name for name in imports(path) if re.match(r"db\b|sqlalchemy|desktop\.(ui|usecases)", name)]


def test_every_letter_model_is_a_letter_of_some_kind() -> None:
    leaves = [model for model in _below(BaseLetter) if "kind" in model.model_fields]
    assert sorted(model.model_fields["kind"].default for model in leaves) == sorted(KINDS)
    assert {type(sample(kind)) for kind in KINDS} == set(leaves)


def _below(model: type[BaseLetter]) -> Iterator[type[BaseLetter]]:
    for lower in model.__subclasses__():
        yield lower
        yield from _below(lower)


def test_chinese_only_english_only_and_both_are_offered() -> None:
    assert (ZH_ONLY, EN_ONLY, ZH_THEN_EN) == (("zh",), ("en",), ("zh", "en"))
