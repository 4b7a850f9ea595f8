"""Catalogue folders: what is wrong is told with its file and line, all of it at once, and nothing hostile is read."""

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.authoring import (
    CatalogueFault,
    CatalogueUnreadable,
    build,
    check_folder,
    lines,
    load_catalogue,
    read_folder,
    shipped_calendar,
)
from desktop.authoring.fault_words import sentence
from desktop.words import catalogue as translated
from desktop.words import in_language
from desktop.workflow.catalogue.requirements import ForEach, Need, Phase, When
from tests.workflow.small_catalogues import TEXT, catalogue_of, changed


def line_of(text: str, piece: str) -> int:
    return text[: text.index(piece)].count("\n") + 1


def told(folder: Path, text: str) -> list[tuple[str, int]]:
    (folder / "town.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueUnreadable) as caught:
        load_catalogue(folder)
    return [(fault.code, fault.line) for fault in caught.value.faults]


FAULTS = [
    ("unknown_key", "    department: bureau", "    departement: bureau", "    departement"),
    ("key_missing", "  bureau: {zh: 某局, en: Bureau}", "  bureau: {zh: 某局}", "  bureau"),
    ("value_missing", "zh: 身份证", "zh: ''", "  id_card"),
    ("wrong_type", "    provides: [licence]", "    provides: {a: b}", "    provides"),
    ("unknown_code", "        - id_card", "        - id_cart", "        - id_cart"),
    ("code_of_other_kind", "    lead: bureau", "    lead: licence", "    lead"),
    ("limit_unreadable", "promised: 10 workdays}", "promised: soon}", "    limits"),
    ("limit_out_of_range", "promised: 10 workdays}", "promised: 99999 days}", "    limits"),
    ("not_an_option", "type: bool", "type: boolean", "  kitchen"),
    ("condition_unreadable", "业态 = 店", "业态 = 楼", "    wants"),
    ("unknown_procedure", "procedure: permit", "procedure: permission", "    procedure"),
    ("name_not_usable", "zh: 经营面积", "zh: 经营 面积", "  area"),
    ("name_twice", "zh: 有厨房", "zh: 经营面积", "  kitchen"),
    ("code_twice", "  plan: {", "  area: {", "  area: {zh"),
    ("unknown_section", "scenes:", "scene:", "scene:"),
    ("unknown_role", "en: Identity card}", "en: Identity card, about: mother}", "  id_card"),
    ("requirement_unclear", "{need: plan, when: 经营面积 > 50 且 有厨房}", "{want: plan}", "        - {want"),
    ("key_twice", "    kind: promised", "    kind: promised\n    kind: promised", "    kind: promised\n    limits"),
    ("anchor_or_alias", "[licence]", "&a [licence]", "    provides"),
    ("yaml_tag", "en: Identity card", "en: !!python/name:os.system x", "  id_card"),
    ("not_yaml", "    department: bureau", "    department: [bureau", "    for: "),
    ("number_negative", "    procedure: permit", "    fee: -5\n    procedure: permit", "    fee"),
]


@pytest.mark.parametrize(("code", "old", "new", "at"), FAULTS, ids=[fault[0] for fault in FAULTS])
def test_each_fault_is_told_with_its_line(tmp_path: Path, code: str, old: str, new: str, at: str) -> None:
    text = changed((old, new))
    faults = told(tmp_path, text)
    assert code in {found for found, _ in faults}
    if code != "not_yaml":
        assert (code, line_of(text, at)) in faults


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = changed(("lead: bureau", "lead: nobody"), ("kind: promised", "kind: slow"), ("id_card\n", "no_card\n"))
    assert [code for code, _ in told(tmp_path, text)] == ["unknown_code", "not_an_option", "unknown_code"]


@pytest.mark.bad_input("a condition with a typing error")
def test_a_condition_fault_names_its_column(tmp_path: Path) -> None:
    (tmp_path / "town.yaml").write_text(changed(("业态 = 店", "业态 = 楼")), encoding="utf-8")
    with pytest.raises(CatalogueUnreadable) as caught:
        load_catalogue(tmp_path)
    values = caught.value.faults[0].values
    assert (values["condition"], values["column"]) == ("unknown_option", 6)


def test_codes_are_unique_over_files(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("outcomes: {plan: {zh: 图, en: Plan}}", encoding="utf-8")
    assert ("code_twice", line_of(TEXT, "  plan:")) in told(tmp_path, TEXT)


def test_sources_must_be_listed(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text("A: {kind: design}\n", encoding="utf-8")
    text = changed(("en: Identity card}", "en: Identity card, src: [A 第一条, G, B]}"))
    assert told(tmp_path, text) == [("unknown_source", line_of(text, "  id_card"))]


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(CatalogueUnreadable) as caught:
        load_catalogue(tmp_path / "nowhere")
    assert caught.value.faults[0].code == "folder_empty"


def test_the_version_follows_the_content_and_not_the_layout() -> None:
    plain = catalogue_of().version
    assert catalogue_of("# a remark\n" + TEXT.replace("zh: 许可证新办", "zh: '许可证新办'")).version == plain
    assert catalogue_of(changed(("许可证新办", "许可证办理"))).version != plain
    assert len(plain) == 64


def test_a_set_is_gone_through_member_by_member() -> None:
    heirs = "facts:\n  heirs: {type: set, zh: 继承人, en: Heirs, question: {zh: 有谁？, en: Who?}}\n"
    each = "        - {for_each: heirs, role: heir, need: id_card, when: 有厨房}\n"
    item = catalogue_of(changed(("facts:\n", heirs), ("        - id_card\n", each))).items["licence_new"]
    part = next(iter(item.required(Phase.ACCEPT).parts))  # type: ignore[union-attr]  # a list is an All
    assert isinstance(part, When)
    assert isinstance(part.part, ForEach)
    assert isinstance(part.part.part, Need)
    assert part.part.part.of == "heir"


HOSTILE = [
    b"\xff\xfe\x00",
    b"a: " + b"[" * 5000,
    b"? " * 3000,
    b"- " * 3000,
    b"facts: &a [*a, *a]",
    b"%YAML 9.9\n---\na: 1",
    b"%TAG ! x:\n---\na: !x 1",
    b'a: "\\UFFFFFFFF"',
    b"a: \x00",
    b"--- a\n--- b",
    b"[1, 2]",
    b"facts: {a: 1}",
    b"{{a: b}: c}",
    b"facts: {x: {zh: " + b"9" * 50000 + b", en: x, type: int}}",
    b'a: "\\uD800"',
    b'a: "\\0"',
    b"x" * 2_000_001,
]


@pytest.mark.parametrize("raw", HOSTILE, ids=[repr(raw[:12]) for raw in HOSTILE])
def test_hostile_files_are_refused_at_once(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "bad.yaml").write_bytes(raw)
    started = time.process_time()
    with pytest.raises(CatalogueUnreadable):
        load_catalogue(tmp_path)
    assert time.process_time() - started < 2


PIECES = st.sampled_from(
    [
        "",
        " ",
        "\n",
        ":",
        "- ",
        "{",
        "}",
        "[",
        "]",
        "&a",
        "*a",
        "!x",
        "zh",
        "0",
        "-1",
        "~",
        "true",
        "'",
        '"',
        "且",
        "|",
        "%",
    ]
)


@pytest.mark.bad_input("a broken catalogue file")
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, 8), PIECES), min_size=1, max_size=4))
def test_a_damaged_file_raises_nothing_but_its_faults(tmp_path: Path, cuts: list[tuple[int, int, str]]) -> None:
    text = TEXT
    for place, length, piece in cuts:
        text = text[:place] + piece + text[place + length :]
    (tmp_path / "town.yaml").write_text(text, encoding="utf-8")
    faults: tuple[CatalogueFault, ...] = ()
    try:
        build(read_folder(tmp_path))
    except CatalogueUnreadable as unreadable:
        faults = unreadable.faults
    said = [sentence(fault, in_language("zh")) for fault in faults]
    assert all(said)
    told_of = [each.fault.code for each in check_folder(tmp_path)]
    assert not faults or told_of == [fault.code for fault in faults]


def test_every_sentence_is_said_in_chinese() -> None:
    from desktop.authoring import fault_words

    known = translated("zh")
    for table in (fault_words._SENTENCES, fault_words._REASONS, fault_words._KINDS):
        assert [msgid for msgid in table.values() if msgid not in known] == []


def test_a_finding_stands_at_its_file_and_line(tmp_path: Path) -> None:
    text = changed(("经营面积 > 50 且 有厨房", "经营面积 > 50 且 经营面积 < 20"))
    (tmp_path / "town.yaml").write_text(text, encoding="utf-8")
    report = check_folder(tmp_path)
    assert not report.may_be_published
    line = line_of(text, "        - {need: plan")
    assert f"town.yaml:{line} 错误：条件“经营面积 > 50 且 经营面积 < 20”永远不成立。请检查数字和选项。" in list(
        lines(report, "zh")
    )
    assert report.counts["items"] == 1


def test_the_shipped_catalogue_may_be_published() -> None:
    report = check_folder()
    assert [line for told_, line in zip(report, lines(report, "en"), strict=True) if told_.is_error] == []
    assert load_catalogue().version == build(read_folder(Path("resources/catalogue"))).version


def test_the_shipped_calendar_knows_the_notices() -> None:
    assert {2024, 2025, 2026} <= shipped_calendar().published
