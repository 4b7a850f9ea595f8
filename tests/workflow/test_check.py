"""The publish check finds what can never work and what contradicts itself."""

import ast
from pathlib import Path

import pytest

from desktop.authoring.fault_words import _SENTENCES
from desktop.workflow.catalogue.definitions import Catalogue
from desktop.workflow.checking.check import Severity, check
from tests.workflow.small_catalogues import town

ASKED = "        - id_card\n"
LIMITS = "    limits: {statutory: 20 workdays, promised: 10 workdays}\n"
MAKERS = {"error", "warning", "make"}
HEIRS = "facts:\n  heirs: {type: set, zh: 继承人, en: Heirs, question: {zh: 有谁？, en: Who?}}\n"
SECOND = """items:
  second_new:
    {zh: 二, en: Second, department: bureau, provides: [second], procedure: permit, requires: {accept: [licence]}}
"""


def found(catalogue: Catalogue) -> set[tuple[str, str, tuple[str, str, str]]]:
    return {(finding.severity.value, finding.code, finding.where) for finding in check(catalogue)}


def test_the_same_paper_of_two_people_counts_as_two() -> None:
    catalogue = town(
        (ASKED, "        - {at_least: 2, of_parts: [id_card, {need: id_card, of: agent}, plan]}\n"),
        ("kinds: [enterprise]}}", "kinds: [enterprise]}, agent: {zh: 代办人, en: Agent}}"),
    )
    assert not any(code == "at_least_same_evidence" for _, code, _ in found(catalogue))


def test_a_sound_town_has_no_findings() -> None:
    assert check(town()) == ()


CASES = [
    (
        "an outcome that no item provides",
        [("provides: [licence]", "provides: []")],
        ("error", "outcome_not_provided", ("outcome", "licence", "")),
    ),
    (
        "a fact without a question",
        [(", question: {zh: 多少平方米？, en: How large?}", "")],
        ("error", "fact_not_supplied", ("fact", "area", "sources")),
    ),
    (
        "a paper without a form",
        [("en: Identity card}", "en: Identity card, forms: []}")],
        ("error", "material_not_supplied", ("material", "id_card", "forms")),
    ),
    (
        "two items that wait for each other",
        [
            (ASKED, ASKED + "        - second\n"),
            ("outcomes:\n", "outcomes:\n  second: {zh: 第二, en: Second}\n"),
            ("items:\n", SECOND),
        ],
        ("error", "circle_without_entry", ("item", "licence_new", "requires")),
    ),
    (
        "an item that needs what it provides",
        [(ASKED, ASKED + "        - licence\n")],
        ("error", "circle_without_entry", ("item", "licence_new", "requires")),
    ),
    (
        "a condition that denies what hangs on it",
        [
            (ASKED, ASKED + "        - {any: [id_card, {need: plan, when: 非 有证}]}\n"),
            (
                "facts:\n",
                "facts:\n  held: {type: bool, zh: 有证, en: Held, sources: [outcome], from_outcome: licence}\n",
            ),
        ],
        ("error", "negation_in_circle", ("item", "licence_new", "requires.accept")),
    ),
    (
        "numbers that exclude each other",
        [("经营面积 > 50 且 有厨房", "经营面积 > 50 且 经营面积 < 20")],
        ("error", "condition_never_holds", ("item", "licence_new", "requires.accept")),
    ),
    (
        "a choice that is two things at once",
        [("业态 = 店", "业态 = 店 且 业态 = 摊")],
        ("error", "condition_never_holds", ("demand", "open_shop", "wants")),
    ),
    (
        "a choice that is none of its options",
        [("业态 = 店", "'业态 不属于 [店, 摊]'")],
        ("error", "condition_never_holds", ("demand", "open_shop", "wants")),
    ),
    (
        "a condition that its surroundings exclude",
        [
            (
                "{need: plan, when: 经营面积 > 50 且 有厨房}",
                "{when: 有厨房 且 经营面积 > 9, then: [{need: plan, when: 非 有厨房}]}",
            )
        ],
        ("error", "condition_never_holds_here", ("item", "licence_new", "requires.accept")),
    ),
    (
        "an item that no demand leads to",
        [("items:\n", SECOND), ("outcomes:\n", "outcomes:\n  second: {zh: 第二, en: Second}\n")],
        ("warning", "item_not_demanded", ("item", "second_new", "")),
    ),
    (
        "three of two",
        [(ASKED, "        - {at_least: 3, of_parts: [id_card, plan]}\n")],
        ("error", "at_least_too_many", ("item", "licence_new", "requires.accept")),
    ),
    (
        "one paper counted twice",
        [(ASKED, "        - {at_least: 2, of_parts: [id_card, id_card, plan]}\n")],
        ("error", "at_least_same_evidence", ("item", "licence_new", "requires.accept")),
    ),
    (
        "one paper counted twice, as itself and in place of the other",
        [
            (ASKED, "        - {at_least: 2, of_parts: [id_card, passport, plan]}\n"),
            ("materials:\n", "materials:\n  passport: {zh: 护照, en: Passport, substitutes: [id_card]}\n"),
        ],
        ("error", "at_least_same_evidence", ("item", "licence_new", "requires.accept")),
    ),
    (
        "one outcome counted twice, as itself and as the paper that shows it",
        [
            (ASKED, "        - {at_least: 2, of_parts: [second, copy_of_second, plan]}\n"),
            ("materials:\n", "materials:\n  copy_of_second: {zh: 二证, en: Copy, provided_by: [second]}\n"),
            ("outcomes:\n", "outcomes:\n  second: {zh: 第二, en: Second}\n"),
        ],
        ("error", "at_least_same_evidence", ("item", "licence_new", "requires.accept")),
    ),
    (
        "a paper owing until before it is asked",
        [("      accept:\n", "      decide: [{need: plan, deferrable: {until: decide}}]\n      accept:\n")],
        ("error", "deferral_beyond", ("item", "licence_new", "requires.decide")),
    ),
    (
        "a paper owing longer than the whole item takes",
        [(ASKED, "        - {need: id_card, deferrable: {until: decide, limit: 11 workdays}}\n")],
        ("warning", "deferral_over_promise", ("item", "licence_new", "requires.accept")),
    ),
    (
        "an instant item that takes ten days",
        [("kind: promised", "kind: instant")],
        ("warning", "instant_takes_days", ("item", "licence_new", "limits.promised")),
    ),
    (
        "a promise longer than the law's limit",
        [("statutory: 20 workdays", "statutory: 5 workdays")],
        ("warning", "promise_over_law", ("item", "licence_new", "limits.promised")),
    ),
    (
        "a promise longer than the permit law's own limit",
        [("statutory: 20 workdays, promised: 10 workdays", "promised: 21 workdays")],
        ("warning", "promise_over_law", ("item", "licence_new", "limits.promised")),
    ),
    (
        "a matter promised sooner than its item",
        [("    promised: 10 workdays\n", "    promised: 4 workdays\n")],
        ("warning", "promise_under_item", ("demand", "open_shop", "promised")),
    ),
    (
        "a question that nothing reads",
        [("when: 经营面积 > 50 且 有厨房", "when: 有厨房")],
        ("warning", "order_fact_not_read", ("demand", "open_shop", "order")),
    ),
    (
        "a draft",
        [("en: Identity card}", "en: Identity card, src: [G]}")],
        ("warning", "drafts", ("catalogue", "", "")),
    ),
    (
        "an instant item with pauses",
        [("kind: promised", "kind: instant\n    pauses: [{ground: 检验, basis: 行政许可法第四十五条}]")],
        ("error", "instant_with_pauses", ("item", "licence_new", "pauses")),
    ),
    (
        "a pause the permit law does not name",
        [(LIMITS, LIMITS + "    pauses: [{ground: 公示, basis: 行政许可法第四十五条}]\n")],
        ("error", "pause_not_listed", ("item", "licence_new", "pauses")),
    ),
    (
        "a registration that pauses by the permit law",
        [
            (LIMITS, LIMITS + "    pauses: [{ground: 检验, basis: 行政许可法第四十五条}]\n"),
            ("procedure: permit", "procedure: registration"),
        ],
        ("error", "pause_by_permit_law", ("item", "licence_new", "pauses")),
    ),
    (
        "a time to hand in that runs from the day of a role nobody has",
        [(LIMITS, LIMITS + "    window: {limit: 1 months, of: landlord}\n")],
        ("error", "role_not_declared", ("item", "licence_new", "window")),
    ),
    (
        "a set that may be empty unsaid",
        [("facts:\n", HEIRS), (ASKED, "        - {for_each: heirs, role: heir, need: id_card}\n")],
        ("warning", "set_without_minimum", ("fact", "heirs", "")),
    ),
    (
        "a promise in working days where the law gives as many calendar days",
        [("statutory: 20 workdays, promised: 10 workdays", "statutory: 10 days, promised: 10 workdays")],
        ("warning", "promise_counted_otherwise", ("item", "licence_new", "limits.promised")),
    ),
    (
        "a matter promised sooner than its items one after another",
        [
            (ASKED, ASKED + "        - second\n"),
            ("outcomes:\n", "outcomes:\n  second: {zh: 第二, en: Second}\n"),
            ("items:\n", SECOND.replace("requires: {accept: [licence]}", "limits: {promised: 3 workdays}")),
        ],
        ("warning", "promise_under_path", ("demand", "open_shop", "promised")),
    ),
    (
        "a want that names an item of another outcome",
        [
            ("{outcome: licence, when: 业态 = 店}", "{outcome: licence, item: second_new, when: 业态 = 店}"),
            ("outcomes:\n", "outcomes:\n  second: {zh: 第二, en: Second}\n"),
            ("items:\n", SECOND),
        ],
        ("error", "want_not_provided", ("demand", "open_shop", "wants")),
    ),
    (
        "a fact that is no set gone through",
        [(ASKED, ASKED + "        - {for_each: style, role: one, need: id_card}\n")],
        ("error", "for_each_without_set", ("item", "licence_new", "requires.accept")),
    ),
    (
        "an outcome nobody wants and no item provides",
        [("outcomes:\n", "outcomes:\n  idle: {zh: 闲, en: Idle}\n")],
        ("warning", "outcome_not_provided", ("outcome", "idle", "")),
    ),
    (
        "a fact nobody asks and nobody can answer",
        [("facts:\n", "facts:\n  idle: {type: bool, zh: 闲, en: Idle}\n")],
        ("warning", "fact_not_supplied", ("fact", "idle", "sources")),
    ),
]


@pytest.mark.parametrize(("changes", "finding"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_check_finds(changes: list[tuple[str, str]], finding: tuple[str, str, tuple[str, str, str]]) -> None:
    assert finding in found(town(*changes))


def test_a_pause_the_permit_law_names_is_no_finding() -> None:
    assert check(town((LIMITS, LIMITS + "    pauses: [{ground: 检验, basis: 行政许可法第四十五条}]\n"))) == ()


def test_a_role_the_demand_does_not_declare_is_found() -> None:
    other = "demands:\n  other: {zh: 别的, en: Other, roles: {child: {zh: 孩子, en: Child}}, wants: []}\n"
    sound = town(("demands:\n", other), ("业态 = 店", "孩子.业态 = 店"))
    assert ("error", "role_not_declared", ("demand", "open_shop", "wants")) in found(sound)


def test_a_circle_with_another_way_in_is_no_finding() -> None:
    assert check(town((ASKED, "        - {any: [licence, id_card]}\n"))) == ()


def test_whole_numbers_between_two_and_three_are_none() -> None:
    people = "facts:\n  people: {type: int, about: case, zh: 人数, en: People, question: {zh: 几人？, en: How many?}}\n"
    never = town(("facts:\n", people), ("有厨房}", "有厨房 且 人数 > 2 且 人数 < 3}"))
    some = town(("facts:\n", people), ("有厨房}", "有厨房 且 人数 > 2 且 人数 < 4}"))
    assert {each.code for each in check(never)} == {"condition_never_holds"}
    assert check(some) == ()


def test_errors_come_before_warnings() -> None:
    severities = [
        each.severity
        for each in check(town(("kind: promised", "kind: instant"), ("provides: [licence]", "provides: []")))
    ]
    assert severities == sorted(severities, key=lambda each: each is not Severity.ERROR)
    assert len(set(severities)) == 2


# -- how long a matter takes ------------------------------------------------------------------------------------------


ALL_THREE = [(("item_1", "item_2", "item_3"), ("12 workdays",))]


def three(*requires: str) -> Catalogue:
    """Three items of 3, 4 and 5 working days, each with what it asks for; the matter wants the third."""
    items = "".join(
        f"  item_{n}: {{zh: 项{n}, en: Item {n}, department: bureau, provides: [out_{n}], procedure: filing, "
        f"limits: {{promised: {n + 2} workdays}}, requires: {{accept: {asked}}}}}\n"
        for n, asked in enumerate(requires, 1)
    )
    outcomes = "".join(f"  out_{n}: {{zh: 果{n}, en: Result {n}}}\n" for n in (1, 2, 3))
    wants = "wants: [{outcome: licence, when: 业态 = 店}, out_3]"
    return town(
        ("items:\n", f"items:\n{items}"),
        ("outcomes:\n", f"outcomes:\n{outcomes}"),
        ("wants: [{outcome: licence, when: 业态 = 店}]", wants),
    )


def taken(catalogue: Catalogue) -> list[tuple[object, object]]:
    return [
        (finding.values["items"], finding.values["taken"])
        for finding in check(catalogue)
        if finding.code == "promise_under_path"
    ]


@pytest.mark.parametrize(
    ("requires", "found"),
    [
        (("[]", "[]", "[out_1]"), []),  # 3 + 5 = 8 of 10
        (("[]", "[out_1]", "[out_2]"), ALL_THREE),
        (("[]", "[]", "[out_1, out_2]"), []),  # side by side: 4 + 5 = 9
        (("[]", "[out_1]", "[{need: out_2, when: 有厨房}]"), ALL_THREE),
        (("[]", "[out_1]", "[{any: [out_2, plan]}]"), []),  # the paper alone is enough
        (("[]", "[out_1]", "[{after: item_2}]"), ALL_THREE),
        (
            ("[]", "[out_1]", "[{any: [{need: out_2, when: 有厨房}, {need: out_1, when: 非 有厨房}]}]"),
            ALL_THREE,
        ),
        (("[out_3]", "[out_1]", "[{any: [out_2, plan]}]"), []),
        (("[]", "[out_1]", "[{at_least: 1, of_parts: [out_2, out_1]}]"), []),
        (
            ("[]", "[out_1]", "[{at_least: 2, of_parts: [out_2, out_1]}]"),
            ALL_THREE,
        ),
    ],
)
def test_a_matter_is_compared_with_its_longest_way_of_items(
    requires: tuple[str, ...], found: list[tuple[object, object]]
) -> None:
    assert taken(three(*requires)) == found


def test_a_paper_is_waited_for_where_the_matter_itself_wants_what_it_shows() -> None:
    shown = ("en: Floor plan, about: case}", "en: Floor plan, about: case, provided_by: [second]}")
    second = SECOND.replace("requires: {accept: [licence]}", "limits: {promised: 5 workdays}")
    asked = (ASKED, "        - plan\n")
    more = (("outcomes:\n", "outcomes:\n  second: {zh: 第二, en: Second}\n"), ("items:\n", second))
    wanted = ("业态 = 店}]", "业态 = 店}, second]")
    assert taken(town(shown, asked, *more, wanted)) == [(("second_new", "licence_new"), ("15 workdays",))]
    assert taken(town(shown, asked, *more)) == []


def test_a_promise_in_other_days_is_told_only_where_it_may_really_be_late() -> None:
    def told(promised: str, law: str) -> set[str]:
        limits = f"limits: {{statutory: {law}, promised: {promised}}}"
        changed_ = town(
            ("limits: {statutory: 20 workdays, promised: 10 workdays}", limits),
            ("procedure: permit", "procedure: benefit"),
        )
        return {each.code for each in check(changed_) if each.where[0] == "item"}

    assert told("3 workdays", "3 days") == {"promise_counted_otherwise"}
    assert told("5 workdays", "15 days") == set()
    assert told("20 workdays", "15 days") == {"promise_over_law"}
    assert told("20 workdays", "30 days") == {"promise_counted_otherwise"}
    assert told("30 days", "20 workdays") == {"promise_counted_otherwise"}
    assert told("10 days", "1 months") == set()


# -- every finding has its seeded fault -------------------------------------------------------------------------------


def test_a_procedure_nobody_knows_is_found() -> None:
    sound = town()
    unknown = sound.items["licence_new"].model_copy(update={"procedure": "permission"})
    broken = sound.model_copy(update={"items": {"licence_new": unknown}})
    assert ("error", "unknown_procedure", ("item", "licence_new", "procedure")) in found(broken)


ELSEWHERE = {"role_not_declared", "unknown_procedure", "nested_too_deep"}
"""Findings whose seeded fault needs a test of its own."""


def test_every_finding_of_the_check_has_a_seeded_fault() -> None:
    written = set()
    for path in Path("desktop/workflow/checking").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS:
                first = node.args[0]
                assert isinstance(first, ast.Constant), f"{path.name} makes a finding without a plain code"
                written.add(first.value)
    assert len(written) > 20
    assert written == {finding[1] for _, _, finding in CASES} | ELSEWHERE


def test_every_finding_is_said_in_words() -> None:
    assert {finding[1] for _, _, finding in CASES} | ELSEWHERE <= set(_SENTENCES)
