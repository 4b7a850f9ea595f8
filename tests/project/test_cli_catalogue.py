"""Trying a catalogue from the command line: its faults in words, and what a demand takes."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from desktop import cli, words

runner = CliRunner()

SHOP = """\
departments:
  market: {zh: 市场监管局, en: Market}
facts:
  area: {type: decimal, about: case, zh: 面积, en: Area, question: {zh: 多少平方米？, en: How large?}}
  small: {type: bool, about: case, zh: 小店, en: Small, question: {zh: 是小店吗？, en: Is it small?}}
  trade:
    {type: enum, about: case, zh: 行业, en: Trade, question: {zh: 做什么？, en: What?},
     options: {food: {zh: 餐饮, en: Food}, goods: {zh: 百货, en: Goods}}}
  opening: {type: date, about: case, zh: 开业日, en: Opening, question: {zh: 哪天开业？, en: When?}}
materials:
  plan: {zh: 平面图, en: Floor plan, about: case}
  card: {zh: 身份证, en: Identity card, about: owner}
outcomes:
  licence: {zh: 许可证, en: Licence, kind: permit, about: case}
items:
  licence_new:
    zh: 许可证新办
    en: New licence
    department: market
    about: case
    provides: [licence]
    requires: {accept: [{known: area}, {known: trade}, {known: opening}, plan, {need: card, when: 小店}]}
    procedure: permit
    kind: promised
    limits: {statutory: 20 workdays, promised: 3 workdays}
    basis: 行政许可法
demands:
  open_shop:
    zh: 开店
    en: Open a shop
    words: [开店, 开小店, open a shop]
    roles:
      applicant: {zh: 申请人, en: Applicant, kinds: [enterprise]}
      owner: {zh: 店主, en: Owner, kinds: [person]}
    wants: [{outcome: licence}]
    order: [area, trade, opening, small]
"""


@pytest.fixture(autouse=True)
def _seat(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("YIJIAN_LANGUAGE", raising=False)
    yield
    words.set_language("zh")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "shop.yaml").write_text(SHOP, encoding="utf-8")
    return folder


def say(*arguments: str, code: int = 0) -> str:
    done = runner.invoke(cli.app, ["catalogue", *arguments])
    assert done.exit_code == code, done.output
    return done.output


def plan(shop: Path, *more: str, code: int = 0) -> str:
    return say("plan", "open_shop", "--catalogue", str(shop), "--date", "2026-03-02", *more, code=code)


# -- check ------------------------------------------------------------------------------------------------------


@pytest.mark.bad_input("a condition with a typing error")
def test_a_fault_of_a_catalogue_is_said_in_words_with_its_file_and_line(shop: Path) -> None:
    file = shop / "shop.yaml"
    file.write_text(SHOP.replace("when: 小店", "when: 小点"), encoding="utf-8")
    said = say("check", str(shop), code=1)
    line = next(n for n, text in enumerate(SHOP.splitlines(), 1) if "requires:" in text)
    assert f"shop.yaml:{line} 错误：条件“小点”从第 1 个字起读不懂：没有这个名称的事实" in said
    assert "condition_unreadable" not in said


def test_every_fault_is_told_at_once_and_counted(shop: Path) -> None:
    (shop / "more.yaml").write_text("items:\n  - code\nfacts: 7\n", encoding="utf-8")
    said = say("check", str(shop), "--lang", "en", code=1)
    assert "more.yaml:2 Error: items: here stands a list, but keys with values is wanted." in said
    assert "more.yaml:3 Error: facts: here stands a whole number, but keys with values is wanted." in said
    assert "2 errors" in said


@pytest.mark.bad_input("a broken catalogue file")
def test_a_broken_file_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text("items:\n  - code: [\n", encoding="utf-8")
    assert "shop.yaml:" in say("check", str(tmp_path), code=1)


def test_a_folder_without_a_catalogue_is_said_to_be_one(tmp_path: Path) -> None:
    assert "这个文件夹里没有目录文件" in say("check", str(tmp_path), code=1)


def test_the_shipped_catalogue_has_no_errors_and_lists_its_warnings() -> None:
    said = say("check", "--lang", "en").splitlines()
    warned = sum(": Warning: " in f": {line}" or " Warning: " in line for line in said)
    assert said[-1] == f"OK: no errors, {warned} warnings."
    assert "40 demands, 131 items" in said[-2]


def test_a_language_nobody_speaks_is_refused() -> None:
    assert "没有 fr 这种语言" in say("check", "--lang", "fr", code=1)


# -- plan -------------------------------------------------------------------------------------------------------


def test_a_plan_says_questions_papers_tasks_actors_and_dates(shop: Path) -> None:
    said = plan(shop)
    assert "开店（open_shop），2026年3月2日 周一" in said
    assert "接下来要问 (4)\n  是小店吗？\n  多少平方米？\n  做什么？\n  哪天开业？\n" in said
    assert "材料 (1)\n  平面图 · 需要\n" in said
    task = "许可证新办 · 市场监管局 · 未开始 · 下一步：窗口 · 3个工作日，今天受理则在3月5日 周四前办结"
    assert task in said


def test_a_plan_is_said_in_english_too(shop: Path) -> None:
    said = plan(shop, "--lang", "en")
    assert "New licence · Market · Not begun · next: the counter · 3 working days; accepted today, by Thu 5 Mar" in said


def test_a_plan_says_which_step_takes_longer_than_the_whole_matter_promises(shop: Path) -> None:
    assert "指南之间有出入" not in plan(shop)
    (file,) = [each for each in shop.glob("*.yaml") if "open_shop:" in each.read_text(encoding="utf-8")]
    short = file.read_text(encoding="utf-8").replace("    words: [开店", "    promised: 2 workdays\n    words: [开店")
    file.write_text(short, encoding="utf-8")
    said = plan(shop)
    assert "整件事：2个工作日，今天受理则在3月4日 周三前办结" in said
    assert "这里指南之间有出入，以下事项各自的指南承诺的时间更长：许可证新办" in said


def test_the_file_of_a_case_gives_people_facts_papers_and_choices(shop: Path, tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(
        "roles: {店主: [王老板]}\nfacts:\n  面积: 12.5\n  小店: 是\n  trade: 餐饮\n  开业日: 2026-04-01\n"
        "papers: {plan: on_file, 王老板.身份证: 已交}\nchoices: {许可证: licence_new}\n",
        encoding="utf-8",
    )
    said = plan(shop, "--facts", str(case))
    assert "接下来要问 (0)" in said
    assert "平面图 · 已在库" in said
    assert "王老板：身份证 · 已交" in said
    assert "下一步：窗口" in said


def test_a_plan_as_data_says_the_same(shop: Path, tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text("papers: [plan]\nfacts: {行业: , 小店: true}\n", encoding="utf-8")
    data = json.loads(plan(shop, "--facts", str(case), "--json"))
    assert data["today"] == "2026-03-02"
    asked = {one["fact"]: one["actor"] for one in data["questions"]}
    assert asked == {"area": "applicant", "opening": "applicant", "trade": "department"}
    assert {one["paper"]: one["line"] for one in data["papers"]} == {"plan": "received", "card": "needed"}
    (task,) = data["tasks"]
    assert (task["due"], task["due_if_accepted_today"], task["state"]) == (None, "2026-03-05", "none")
    assert "material:card:role:owner" in task["missing"]["accept"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fact: {面积: 1}", "case.yaml:1 错误：没有 fact 这个部分。案情文件里有：roles、facts、papers、choices。"),
        ("facts:\n  面集: 1", "case.yaml:2 错误：没有 面集 这项信息。请和目录里的名称核对。"),
        ("facts:\n  openin: 1", "case.yaml:2 错误：没有 openin 这项信息。是不是：opening、Opening？"),
        ("facts:\n  面积: 很大", "case.yaml:2 错误：“面积”不能是 很大。请写数字。"),
        ("facts:\n  小店: 也许", "case.yaml:2 错误：“小店”不能是 也许。请写是或否（是、否、true、false）。"),
        ("facts:\n  行业: 物流", "case.yaml:2 错误：“行业”不能是 物流。请写其中一个选项：餐饮、百货。"),
        ("facts:\n  开业日: 2026-02-30", "case.yaml:2 错误：“开业日”不能是 2026-02-30。请写日期，如 2026-03-02。"),
        ("papers:\n  - plann", "case.yaml:2 错误：没有 plann 这种材料。是不是：plan？"),
        ("papers: {plan: lost}", "case.yaml:1 错误：材料没有 lost 这种状态。"),
        ("roles: {heir: 甲}", "case.yaml:1 错误：这件事里没有 heir 这个角色。有：applicant、owner。"),
        ("choices: {licence: nothing}", "case.yaml:1 错误：nothing 办不出这个结果。可以选：licence_new。"),
        ("facts: [1]", "case.yaml:1 错误：facts：这里写的是列表，应当写带键的内容"),
        ("facts:\n  面积: [", "case.yaml:3 错误：这一行不符合 YAML 写法"),
    ],
)
def test_a_broken_case_file_is_said_in_a_sentence_with_its_line(
    shop: Path, tmp_path: Path, text: str, said: str
) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(text + "\n", encoding="utf-8")
    assert said in plan(shop, "--facts", str(case), code=1)


@pytest.mark.parametrize(("area", "said"), [("-5", "请写不小于1的数"), ("99999999999999", "请写不大于10000000的数")])
def test_a_case_file_takes_no_number_that_the_window_refuses(tmp_path: Path, area: str, said: str) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(f"facts:\n  经营面积: {area}\n", encoding="utf-8")
    result = runner.invoke(cli.app, ["catalogue", "plan", "open_restaurant", "--facts", str(case)])
    assert result.exit_code == 1
    assert said in result.output


def test_a_case_file_that_is_not_there_is_said_so(shop: Path, tmp_path: Path) -> None:
    assert "none.yaml 错误：文件打不开" in plan(shop, "--facts", str(tmp_path / "none.yaml"), code=1)


@pytest.mark.parametrize("typed", ["open_restuarant", "开饭店", "open a restaurant"])
def test_an_unknown_demand_suggests_the_near_ones(typed: str) -> None:
    said = say("plan", typed, code=1)
    assert f"目录里没有 {typed} 这件事。" in said
    assert "open_restaurant  开办餐饮店" in said


def test_a_demand_like_no_other_lists_what_there_is(shop: Path) -> None:
    assert "目录里有：open_shop。" in say("plan", "zzzz", "--catalogue", str(shop), code=1)


def test_a_date_that_is_none_is_refused(shop: Path) -> None:
    assert "13月 不是日期" in say("plan", "open_shop", "--catalogue", str(shop), "--date", "13月", code=1)


def test_the_help_shows_a_case_file() -> None:
    assert "经营面积: 120" in say("plan", "--help")
