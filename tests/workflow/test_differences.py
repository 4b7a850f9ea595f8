"""What is another in one plan than in another, and what would be if something else were known."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from desktop.workflow.catalogue.definitions import Source, Want
from desktop.workflow.catalogue.requirements import Any, Phase, When
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.explaining.differences import Change, Difference, what_changed, what_if
from desktop.workflow.planning.inputs import Inputs, Key, Kind
from desktop.workflow.planning.plan import Actor, PaperLine, Readiness, Wanted
from desktop.workflow.procedure.legal_states import ActKind, ActorRole, Gate, LegalState
from tests.workflow.random_catalogues import PROFILE, Case, cases
from tests.workflow.small_town import (
    CALENDAR,
    TODAY,
    WHO,
    act,
    fact,
    handed,
    inputs,
    item,
    need,
    of_item,
    outcome,
    paper_kind,
    planned,
    told,
    town,
)

LICENCE = Key(Kind.OUTCOME, "o1", WHO)
TOWN = town(
    fact("f1"), paper_kind("p1"), paper_kind("p2"), outcome("o1"), outcome("o2"),
    item("i1", "o1", {Phase.SUBMIT: need("p1"), Phase.ACCEPT: When(condition="f1", part=need("o2"))}),
    item("i2", "o2", {Phase.SUBMIT: need("p2")}), wants=(Want(outcome="o1"),),
)  # fmt: skip


def changes(before: Inputs, after: Inputs) -> dict[tuple[Change, Key | None], tuple[object, object]]:
    found = what_changed(planned(TOWN, before), planned(TOWN, after))
    return {(one.change, one.key): (one.before, one.after) for one in found}


@PROFILE
@given(cases())
def test_between_equal_plans_nothing_is_another(case: Case) -> None:
    assert what_changed(planned(case.catalogue, case.known), planned(case.catalogue, case.known)) == ()


@PROFILE
@given(cases())
def test_what_has_come_one_way_goes_the_other_way(case: Case) -> None:
    one, other = planned(case.catalogue, case.known), planned(case.catalogue, replace(case.known, facts=(), papers=()))
    pairs = {Change.ASKED: Change.NOT_ASKED, Change.PAPER_COMES: Change.PAPER_GOES, Change.TASK_COMES: Change.TASK_GOES}
    there, back = what_changed(one, other), what_changed(other, one)
    for comes, goes in (*pairs.items(), *((goes, comes) for comes, goes in pairs.items())):
        assert keys(there, comes) == keys(back, goes)


def keys(found: tuple[Difference, ...], change: Change) -> set[Key | None]:
    return {one.key for one in found if one.change is change}


def test_an_answer_brings_the_step_and_the_paper_that_hang_on_it_and_is_asked_no_more() -> None:
    found = changes(inputs(), inputs(facts=(told("f1", value=True),)))
    assert found[Change.NOT_ASKED, Key(Kind.FACT, "f1", "case")][1] is None
    assert found[Change.TASK_COMES, of_item("i2")] == (None, Wanted.NEEDED)
    assert (Change.PAPER_COMES, Key(Kind.MATERIAL, "p2", WHO)) in found
    assert (Change.TASK_GOES, of_item("i1")) not in found


def test_a_paper_handed_over_opens_the_gate_and_another_must_act() -> None:
    answered = inputs(facts=(told("f1", value=False),))
    found = changes(answered, replace(answered, papers=(handed("p1"),)))
    assert found[Change.PAPER_LINE, Key(Kind.MATERIAL, "p1", WHO)] == (PaperLine.NEEDED, PaperLine.RECEIVED)
    assert found[Change.GATE, of_item("i1")] == (Readiness.BLOCKED, Readiness.OPEN)
    assert found[Change.ACTOR, of_item("i1")] == (Actor.APPLICANT, Actor.COUNTER)


def test_an_act_moves_the_state_and_the_date() -> None:
    ready = inputs(facts=(told("f1", value=False),), papers=(handed("p1"),))
    done = replace(ready, acts=(act(ActKind.SUBMIT, "i1", role=ActorRole.CLERK),))
    found = changes(ready, done)
    assert found[Change.TASK_STATE, of_item("i1")] == (LegalState.NONE, LegalState.SUBMITTED)
    assert found[Change.DUE, of_item("i1")][0] is None


def test_another_gate_is_named() -> None:
    handed_in = inputs(papers=(handed("p1"),))
    answered = replace(handed_in, facts=(told("f1", value=False),))
    found = what_changed(planned(TOWN, handed_in), planned(TOWN, answered))
    gates = {one.gate for one in found if one.change is Change.GATE}
    assert Gate.ACCEPT in gates
    assert Gate.SUBMIT not in gates


def test_a_want_that_no_longer_applies_goes() -> None:
    catalogue = town(fact("f1"), outcome("o1"), item("i1", "o1"), wants=(Want(outcome="o1", when="f1"),))
    plans = (planned(catalogue, inputs(facts=(told("f1", value),))) for value in (True, False))
    found = what_changed(*plans)
    assert (found[0].change, found[0].key, found[0].after) == (Change.GOAL_GOES, LICENCE, Truth.FALSE)


def test_alternatives_come_when_there_is_something_to_choose() -> None:
    ways = When(condition="f1", part=Any(parts=(need("p1"), need("p2"))))
    catalogue = town(
        fact("f1"), paper_kind("p1"), paper_kind("p2"), outcome("o1"), item("i1", "o1", {Phase.SUBMIT: ways}),
        wants=(Want(outcome="o1"),),
    )  # fmt: skip
    plans = (planned(catalogue, inputs(facts=(told("f1", value),))) for value in (False, True))
    found = what_changed(*plans)
    assert keys(found, Change.ALTERNATIVE_COMES) == {of_item("i1")}


def test_what_would_be_is_told_and_nothing_is_entered() -> None:
    known = inputs()
    before = repr(known)
    found = what_if(TOWN, CALENDAR, known, TODAY, facts=(told("f1", value=True),), papers=(handed("p1"),))
    assert found.now == planned(TOWN, known)
    assert of_item("i2") in keys(found.differences, Change.TASK_COMES)
    assert repr(known) == before


def test_what_is_supposed_stands_in_for_the_answer_of_a_register() -> None:
    known = inputs(facts=(told("f1", value=False, source=Source.REGISTRY),))
    found = what_if(TOWN, CALENDAR, known, TODAY, facts=(told("f1", value=True),))
    assert of_item("i2") in keys(found.differences, Change.TASK_COMES)
