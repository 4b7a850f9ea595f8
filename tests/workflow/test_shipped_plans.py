"""Every matter shipped with the program, planned for invented persons: the plan is one that people can act on."""

import random
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from desktop.authoring import load_catalogue, shipped_calendar
from desktop.workflow.catalogue.definitions import CASE, Fact
from desktop.workflow.conditions.condition import FactType
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.planning.engine import plan
from desktop.workflow.planning.inputs import TAKEN, FactValue, HeldOutcome, Inputs
from desktop.workflow.planning.plan import Actor, PaperLine, Plan, Readiness, Wanted

CATALOGUE = load_catalogue()
CALENDAR = shipped_calendar()
TODAY = date(2026, 3, 2)


def answer_to(fact: Fact, chance: random.Random) -> object:
    options = sorted(fact.options)
    match fact.type:
        case FactType.BOOL:
            return chance.random() < 0.5
        case FactType.ENUM:
            return chance.choice(options)
        case FactType.SET:
            return frozenset(chance.sample(options, min(2, len(options))) if options else ["x", "y"])
        case FactType.DATE:
            return date(2026, 2, chance.randint(1, 28))
        case FactType.TEXT:
            return "some words"
        case FactType.INT:
            return chance.randint(0, 80)
    return Decimal(chance.randint(0, 500))


def told(demand: str, facts: Mapping[str, object], **more: object) -> Plan:
    known = tuple(
        FactValue(CASE if CATALOGUE.facts[code].about == CASE else f"role:{CATALOGUE.facts[code].about}", code, value)
        for code, value in facts.items()
    )
    return plan(CATALOGUE, CALENDAR, Inputs(demand, facts=known, opened=TODAY, **more), TODAY)  # type: ignore[arg-type]


def asked_to_the_end(demand: str, seed: int) -> list[Plan]:
    """Answer every question of a demand as it comes; every plan on the way."""
    chance = random.Random(seed)  # noqa: S311 — invented persons, nothing secret
    facts: list[FactValue] = []
    plans = [plan(CATALOGUE, CALENDAR, Inputs(demand, opened=TODAY), TODAY)]
    while plans[-1].questions:
        key = plans[-1].questions[0].key
        facts.append(FactValue(key.subject, key.code, answer_to(CATALOGUE.facts[key.code], chance)))
        plans.append(plan(CATALOGUE, CALENDAR, Inputs(demand, facts=tuple(facts), opened=TODAY), TODAY))
        assert len(plans) < 60, "the questions never end"
    return plans


@pytest.mark.parametrize("demand", sorted(CATALOGUE.demands))
def test_every_matter_plans_sensibly_for_everybody(demand: str) -> None:
    for seed in range(5):
        for answer in asked_to_the_end(demand, seed):
            _check(answer)
        last = answer
        assert last.route is not None or last.tasks or all(goal.applies is Truth.FALSE for goal in last.goals)


def _check(answer: Plan) -> None:
    needed = {task.key for task in answer.tasks if task.wanted is Wanted.NEEDED}
    for paper in answer.papers:
        if paper.line is PaperLine.COMING:
            shown = CATALOGUE.materials[paper.key.code].provided_by
            bringing = [key for key in needed if set(CATALOGUE.items[key.code].provides) & set(shown)]
            undecided = [way for row in answer.alternatives for way in row.ways if len(row.ways) > 1 and way.followed]
            assert bringing or undecided or _asks_who(answer, shown), f"nobody brings {paper.key}"
            assert not set(bringing) & set(paper.items), f"{paper.key} waits for itself"
    for task in answer.tasks:
        for gate, view in task.gates.items():
            if view.readiness is Readiness.BLOCKED:
                assert view.missing, f"nothing is missing for {task.key} at {gate}"
            assert all(missing.actor is not Actor.NOBODY for missing in view.missing)
    if answer.route is not None:
        assert (answer.questions, answer.papers, answer.tasks, answer.goals) == ((), (), (), ())


def _asks_who(answer: Plan, outcomes: tuple[str, ...]) -> bool:
    """Tell whether an open question decides by which item one of these outcomes comes."""
    asked = {question.key.code for question in answer.questions}
    conditions = (item.eligible for item in CATALOGUE.items.values() if set(item.provides) & set(outcomes))
    return any(ref.code in asked for text in conditions if text for ref in CATALOGUE.condition(text).reads)


def line(answer: Plan, code: str) -> PaperLine:
    return next(paper.line for paper in answer.papers if paper.key.code == code)


def test_a_new_shop_gets_its_licence_here_and_a_restaurant_brings_it() -> None:
    store = {"public_gathering": True, "fire_by_promise": False}
    founded = told("open_store", {**store, "has_business_licence": False})
    there = told("open_store", {**store, "has_business_licence": True})
    restaurant = told("open_restaurant", store)
    lines = [line(answer, "business_licence") for answer in (founded, there, restaurant)]
    assert lines == [PaperLine.COMING, PaperLine.NEEDED, PaperLine.NEEDED]


def test_the_couple_bring_no_marriage_certificate_they_are_just_getting() -> None:
    couple = told("marry_and_move", {"married": False, "joins_spouse_household": True})
    wed = told("marry_and_move", {"married": True, "joins_spouse_household": True})
    lines = [
        [paper.line for paper in each.papers if paper.key.code == "marriage_certificate"] for each in (couple, wed)
    ]
    assert lines == [[], [PaperLine.NEEDED]]


def test_a_disabled_person_is_offered_two_insurances_and_gets_what_is_chosen() -> None:
    plain = told("disability_services", {"disability_request": "new"})
    offered = [offer.key.code for offer in plain.offers]
    assert offered == ["resident_pension_insurance", "resident_medical_insurance"]
    chosen = told("disability_services", {"disability_request": "new"}, choices={plain.offers[0].key.leaf: TAKEN})
    items = {task.key.code for task in chosen.tasks} - {task.key.code for task in plain.tasks}
    assert items == {"resident_pension_disability"}


@pytest.mark.parametrize(
    ("demand", "facts", "outcome"),
    [
        ("enquiry", {}, "enquiry_answer"),
        ("open_restaurant", {"small_eatery": False}, "food_licence"),
        ("company_change", {}, "business_licence_updated"),
    ],
)
def test_what_somebody_got_before_does_not_meet_a_need_of_today(
    demand: str, facts: dict[str, object], outcome: str
) -> None:
    goal = next(goal for goal in told(demand, facts).goals if goal.key.code == outcome)
    before = HeldOutcome(goal.key.subject, outcome, date(2026, 1, 5))
    again = next(goal for goal in told(demand, facts, held=(before,)).goals if goal.key.code == outcome)
    assert (again.applies, again.value) == (Truth.TRUE, Truth.UNKNOWN)
