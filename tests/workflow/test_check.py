"""The publish check finds what can never work and what contradicts itself."""

import pytest

from desktop.workflow.catalogue import Catalogue
from desktop.workflow.check import Severity, check
from tests.workflow.small_catalogues import town

ASKED = "        - id_card\n"
LIMITS = "    limits: {statutory: 20 workdays, promised: 10 workdays}\n"
HEIRS = "facts:\n  heirs: {type: set, zh: 继承人, en: Heirs, question: {zh: 有谁？, en: Who?}}\n"
SECOND = """items:
  second_new:
    {zh: 二, en: Second, department: bureau, provides: [second], procedure: permit, requires: {accept: [licence]}}
"""


def found(catalogue: Catalogue) -> set[tuple[str, str, tuple[str, str, str]]]:
    return {(finding.severity.value, finding.code, finding.where) for finding in check(catalogue)}


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
        "a set that may be empty unsaid",
        [("facts:\n", HEIRS), (ASKED, "        - {for_each: heirs, role: heir, need: id_card}\n")],
        ("warning", "set_without_minimum", ("fact", "heirs", "")),
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
