"""What the shipped matters ask and offer: nothing that follows from who comes, from the calendar or from an answer."""

from collections.abc import Mapping
from datetime import date

import pytest

from desktop.authoring import load_catalogue, shipped_calendar
from desktop.workflow.catalogue.definitions import APPLICANT, CASE
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.planning.engine import plan
from desktop.workflow.planning.inputs import FactValue, HeldOutcome, Inputs, Key, Kind, Paper
from desktop.workflow.planning.plan import PaperLine, Plan, Wanted

CATALOGUE = load_catalogue()
CALENDAR = shipped_calendar()
TODAY = date(2026, 3, 2)
MOVES = {"personnel_file_transfer": True}


def planned(
    demand: str, facts: Mapping[str, object], roles: Mapping[str, str] | None = None, today: date = TODAY
) -> Plan:
    """Plan a matter for those named; a fact of a role is written `child__birth_date`."""
    held = {role: (subject,) for role, subject in (roles or {}).items()}
    told = []
    for name, value in facts.items():
        role, _sep, code = name.rpartition("__")
        role = role or CATALOGUE.facts[code].about
        whose = CASE if role == CASE else held.get(role, (f"role:{role}",))[0]
        told.append(FactValue(whose, code, value))
    return plan(CATALOGUE, CALENDAR, Inputs(demand, held, tuple(told), opened=today), today)


def asked(answer: Plan) -> list[str]:
    return [question.key.code for question in answer.questions]


def papers(answer: Plan, line: PaperLine | None = None) -> set[str]:
    return {paper.key.code for paper in answer.papers if line in {None, paper.line}}


@pytest.mark.parametrize(
    ("applicant", "is_asked", "brings_authority"),
    [("mother", False, False), ("father", False, True), ("grandmother", True, False)],
)
def test_who_collects_the_birth_certificate_follows_from_who_is_here(
    applicant: str, *, is_asked: bool, brings_authority: bool
) -> None:
    answer = planned("newborn", {}, {APPLICANT: applicant, "mother": "mother", "father": "father", "child": "child"})
    assert ("father_collects_birth_certificate" in asked(answer)) is is_asked
    assert ("mother_authority" in papers(answer)) is brings_authority


def test_a_guardian_who_is_named_is_not_asked_about() -> None:
    alone, led = (
        planned("social_security_card_services", {"social_security_card_act": "apply"}, roles)
        for roles in ({APPLICANT: "child"}, {APPLICANT: "child", "guardian": "father"})
    )
    assert asked(alone) == ["guardian_applies"]
    assert asked(led) == []
    assert Key(Kind.MATERIAL, "id_card", "father") in {paper.key for paper in led.papers}


@pytest.mark.parametrize(
    ("demand", "fact", "paper", "more"),
    [
        ("retirement", "only_child_supplement", "only_child_certificate", {"contribution_years": 30}),
        ("leave_service", "merit_or_war_disability", "merit_proof", {}),
        ("flexible_employment_insurance", "left_employer", "contract_ended_proof", MOVES),
        ("flexible_employment_insurance", "group_file_account", "employer_introduction", MOVES),
    ],
)
def test_a_paper_for_some_people_only_is_asked_about_and_offered_to_them_only(
    demand: str, fact: str, paper: str, more: dict[str, object]
) -> None:
    if demand == "retirement":
        more = {**more, "early_retirement": False}
    assert fact in asked(planned(demand, more))
    assert paper in papers(planned(demand, {**more, fact: True}), PaperLine.OFFERED)
    assert paper not in papers(planned(demand, {**more, fact: False}))


def test_a_paper_handed_in_stays_in_the_plan_though_it_proves_needless() -> None:
    facts = (FactValue("role:applicant", "merit_or_war_disability", value=False),)
    brought = (Paper("role:applicant", "merit_proof", received=TODAY),)
    answer = plan(CATALOGUE, CALENDAR, Inputs("leave_service", facts=facts, papers=brought, opened=TODAY), TODAY)
    assert "merit_proof" in papers(answer, PaperLine.RECEIVED)


@pytest.mark.parametrize(
    ("born", "today", "old_enough"),
    [
        (date(2020, 8, 31), date(2026, 3, 2), True),
        (date(2020, 9, 1), date(2026, 8, 31), False),
        (date(2020, 9, 1), date(2026, 9, 1), True),  # from September on it is about the next school year
    ],
)
def test_the_school_age_is_counted_to_the_end_of_august_and_nobody_is_asked_for_that_day(
    born: date, today: date, *, old_enough: bool
) -> None:
    answer = planned("school_enrolment", {"school_grade": "grade_one", "child__birth_date": born}, None, today)
    task = answer.task(Key(Kind.ITEM, "enrolment_data_collection", "role:child"))
    assert task is not None
    assert task.eligible is (Truth.TRUE if old_enough else Truth.FALSE)
    assert "school_age_day" not in CATALOGUE.facts


def test_the_grade_is_asked_before_anybody_speaks_of_starting_later() -> None:
    assert asked(planned("school_enrolment", {}))[0] == "school_grade"


def test_subsidies_wait_for_the_certificate_only_where_one_is_on_its_way() -> None:
    person = {"minimum_living_allowance": True, "other_care_support": False}
    new, keep = (planned("disability_services", {**person, "disability_request": what}) for what in ("new", "keep"))
    assert "holds_disability_certificate" not in {*asked(new), *asked(keep)}
    wanted = [{task.key.code for task in each.tasks if task.wanted is Wanted.NEEDED} for each in (new, keep)]
    assert "disability_certificate_new" in wanted[0]
    assert wanted[1] == {"disability_living_subsidy_claim"}
    assert "disability_card" in papers(keep, PaperLine.NEEDED)
    assert "disability_card" in papers(new, PaperLine.COMING)


def test_a_death_certificate_from_the_hospital_is_handed_in_and_not_made_again() -> None:
    facts = {"normal_death": True}
    still, there = (planned("after_a_death", {**facts, "has_death_certificate": has}) for has in (False, True))
    assert "death_certificate_paper" in papers(still, PaperLine.COMING)
    assert "death_certificate_paper" in papers(there, PaperLine.NEEDED)
    assert "death_certificate_natural" not in {task.key.code for task in there.tasks}


def test_a_death_through_work_is_shown_its_way() -> None:
    answer = planned("after_a_death", {"deceased_pension": "employee", "work_injury_record": True})
    assert any("工伤保险" in advice.text.zh for advice in answer.advice)


def test_a_marriage_waits_for_both_of_the_couple() -> None:
    answer = planned("marry_and_move", {"married": False, "cross_border_marriage": False, "both_in_person": False})
    task = answer.task(Key(Kind.ITEM, "marriage_register", "role:applicant"))
    assert task is not None
    assert not task.gates_open[next(gate for gate in task.gates if gate.value == "accept")]


def test_what_is_on_file_is_known_though_the_same_is_wanted_anew() -> None:
    held = (HeldOutcome("role:deceased", "death_certificate", date(2026, 2, 1), None),)
    answer = plan(CATALOGUE, CALENDAR, Inputs("after_a_death", held=held, opened=TODAY), TODAY)
    assert "has_death_certificate" not in asked(answer)
