from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.workflow.catalogue.definitions import Catalogue, Source, Want
from desktop.workflow.catalogue.requirements import After, Any, AtLeast, ForEach, Known, Phase, Requirement, When
from desktop.workflow.conditions.condition import FactType
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.planning.inputs import Inputs
from desktop.workflow.planning.plan import Actor, PaperLine, Readiness, Wanted
from desktop.workflow.procedure.legal_states import ActKind, ActorRole, Gate
from tests.workflow.small_town import (
    act,
    asked,
    fact,
    handed,
    held,
    inputs,
    item,
    need,
    needs,
    of_item,
    outcome,
    paper_kind,
    planned,
    told,
    town,
    with_more,
)

GOAL = (Want(outcome="o1"),)
CLERK = ActorRole.CLERK


def simple(**requires: Requirement) -> Catalogue:
    phases = {Phase(name): requirement for name, requirement in requires.items()}
    return town(
        fact("f1"),
        fact("f2"),
        fact("f3", FactType.INT),
        paper_kind("p1"),
        paper_kind("p2"),
        outcome("o1"),
        outcome("o2"),
        item("i1", "o1", phases),
        item("i2", "o2"),
        wants=GOAL,
    )


def accept_missing(catalogue: Catalogue, known: Inputs) -> list[str]:
    task = planned(catalogue, known).task(of_item("i1"))
    assert task is not None
    return [missing.key.code for missing in task.gates[Gate.ACCEPT].missing]


def test_only_what_the_goal_reaches_is_asked() -> None:
    answer = planned(simple(accept=needs("p1")), inputs())
    assert [task.key.code for task in answer.tasks] == ["i1"]
    assert [paper.key.code for paper in answer.papers] == ["p1"]
    assert asked(answer) == []


def test_a_false_condition_in_a_list_is_not_asked() -> None:
    catalogue = simple(accept=When(condition="f1", part=need("p1")))
    assert accept_missing(catalogue, inputs()) == ["f1"]
    assert accept_missing(catalogue, inputs(facts=(told("f1", value=False),))) == []
    assert accept_missing(catalogue, inputs(facts=(told("f1", value=True),))) == ["p1"]


def test_rule_1_a_false_condition_is_no_way_at_all_among_alternatives() -> None:
    catalogue = simple(accept=Any(parts=(When(condition="f1", part=need("p1")), need("p2"))))
    known = inputs(facts=(told("f1", value=False),))
    assert accept_missing(catalogue, known) == ["p2"]
    assert accept_missing(catalogue, with_more(known, papers=(handed("p2"),))) == []


def test_rule_1_also_holds_for_at_least() -> None:
    catalogue = simple(accept=AtLeast(k=2, parts=(When(condition="f1", part=need("p1")), need("p2"))))
    task = planned(catalogue, inputs(facts=(told("f1", value=False),), papers=(handed("p2"),))).task(of_item("i1"))
    assert task is not None
    assert task.gates[Gate.ACCEPT].readiness is Readiness.CLOSED


def test_rule_2_a_yes_or_no_leaf_holds_only_when_yes() -> None:
    catalogue = simple(accept=need("f1"))
    no = planned(catalogue, inputs(facts=(told("f1", value=False),))).task(of_item("i1"))
    assert no is not None
    assert no.gates[Gate.ACCEPT].readiness is Readiness.CLOSED
    known = simple(accept=Known(code="f1"))
    assert accept_missing(known, inputs(facts=(told("f1", value=False),))) == []


def test_rule_3_a_refused_goal_leaves_the_others_alive() -> None:
    catalogue = town(
        paper_kind("p2"),
        outcome("o1"),
        outcome("o2"),
        item("i1", "o1"),
        item("i2", "o2", {Phase.ACCEPT: needs("p2")}),
        wants=(Want(outcome="o1"), Want(outcome="o2")),
    )
    refused = (
        act(ActKind.SUBMIT, "i1", role=CLERK),
        act(ActKind.ACCEPT, "i1"),
        act(ActKind.ASSIGN, "i1"),
        act(ActKind.REFUSE, "i1", reason="unsafe"),
    )
    answer = planned(catalogue, inputs(acts=refused))
    assert [goal.value for goal in answer.goals] == [Truth.FALSE, Truth.UNKNOWN]
    assert [paper.line for paper in answer.papers] == [PaperLine.NEEDED]


def test_rule_3_no_goal_that_applies_is_never_met() -> None:
    catalogue = town(fact("f1"), outcome("o1"), item("i1", "o1"), wants=(Want(outcome="o1", when="f1"),))
    assert planned(catalogue, inputs(facts=(told("f1", value=False),))).value is Truth.FALSE


def test_rule_3_a_closed_way_decides_nothing_while_it_is_open_whether_the_goal_applies() -> None:
    catalogue = town(fact("f1"), outcome("o1"), item("i1", "o1"), wants=(Want(outcome="o1", when="f1"),))
    closed = inputs(acts=(act(ActKind.SUBMIT, "i1", role=CLERK), act(ActKind.NOT_ACCEPT, "i1", reason="not ours")))
    assert planned(catalogue, closed).value is Truth.UNKNOWN
    assert planned(catalogue, with_more(closed, facts=(told("f1", value=True),))).value is Truth.FALSE


def test_a_goal_with_an_open_condition_asks_it_first() -> None:
    catalogue = town(fact("f1"), outcome("o1"), item("i1", "o1"), wants=(Want(outcome="o1", when="f1"),))
    answer = planned(catalogue, inputs())
    assert asked(answer) == ["f1"]
    assert answer.tasks == ()


def test_rule_4_an_outcome_holds_when_issued_not_when_granted() -> None:
    catalogue = simple()
    granted = (
        act(ActKind.SUBMIT, "i1", role=CLERK),
        act(ActKind.ACCEPT, "i1"),
        act(ActKind.ASSIGN, "i1"),
        act(ActKind.GRANT, "i1"),
    )
    assert planned(catalogue, inputs(acts=granted)).value is Truth.UNKNOWN
    issued = (*granted, act(ActKind.ISSUE, "i1"))
    assert planned(catalogue, inputs(acts=issued)).value is Truth.TRUE


def test_an_outcome_on_file_needs_no_item() -> None:
    answer = planned(simple(accept=needs("p1")), inputs(held=(held("o1"),)))
    assert answer.value is Truth.TRUE
    assert answer.tasks == ()


def test_rule_6_applying_again_opens_another_round() -> None:
    catalogue = simple(accept=needs("p1"))
    over = (act(ActKind.SUBMIT, "i1", role=CLERK), act(ActKind.WITHDRAW, "i1", reason="changed my mind", role=CLERK))
    assert planned(catalogue, inputs(acts=over)).value is Truth.FALSE
    again = (*over, act(ActKind.SUBMIT, "i1", number=2, role=CLERK))
    answer = planned(catalogue, inputs(acts=again))
    task = answer.task(of_item("i1"))
    assert answer.value is Truth.UNKNOWN
    assert task is not None
    assert task.round == 2


def test_rule_7_what_a_passed_gate_was_judged_on_is_frozen() -> None:
    catalogue = simple(accept=When(condition="f3 > 10", part=need("p1")))
    accepted = (act(ActKind.SUBMIT, "i1", role=CLERK), act(ActKind.ACCEPT, "i1"))
    known = inputs(facts=(told("f3", 5),), acts=accepted)
    corrected = planned(catalogue, with_more(known, facts=(told("f3", 50),)))
    task = corrected.task(of_item("i1"))
    assert task is not None
    assert task.gates[Gate.ACCEPT].readiness is Readiness.PASSED
    assert task.gates[Gate.DECIDE].missing == ()


def test_rule_8_a_live_round_is_never_impossible_by_a_changed_fact() -> None:
    catalogue = simple(accept=need("f1"))
    live = (act(ActKind.SUBMIT, "i1", role=CLERK),)
    assert planned(catalogue, inputs(acts=live, facts=(told("f1", value=False),))).value is Truth.UNKNOWN


def test_rule_12_eligibility_advises_and_never_guards() -> None:
    catalogue = town(fact("f1"), outcome("o1"), item("i1", "o1", eligible="f1"), wants=GOAL)
    answer = planned(catalogue, inputs(facts=(told("f1", value=False),)))
    task = answer.task(of_item("i1"))
    assert task is not None
    assert task.eligible is Truth.FALSE
    assert task.gates[Gate.SUBMIT].readiness is Readiness.OPEN


def test_rule_13_what_an_item_will_supply_is_not_asked_of_the_person() -> None:
    catalogue = town(
        fact("f1", from_outcome="o2", sources=(Source.OUTCOME,), about="applicant"),
        outcome("o1"),
        outcome("o2"),
        item("i1", "o1", {Phase.DECIDE: need("f1")}),
        item("i2", "o2"),
        wants=(Want(outcome="o1"), Want(outcome="o2")),
    )
    assert [question.actor for question in planned(catalogue, inputs()).questions] == [Actor.DEPARTMENT]
    assert asked(planned(catalogue, inputs(held=(held("o2"),)))) == []


def test_rule_16_a_stored_choice_stands_until_it_is_refused() -> None:
    catalogue = town(outcome("o1"), item("i1", "o1"), item("i3", "o1"), wants=GOAL)
    assert [task.key.code for task in planned(catalogue, inputs()).tasks] == ["i1"]
    chosen = {"outcome:o1:ann": "i3"}
    assert [task.key.code for task in planned(catalogue, inputs(choices=chosen)).tasks] == ["i3"]
    refused = (
        act(ActKind.SUBMIT, "i3", role=CLERK),
        act(ActKind.ACCEPT, "i3"),
        act(ActKind.ASSIGN, "i3"),
        act(ActKind.REFUSE, "i3", reason="unsafe"),
    )
    answer = planned(catalogue, inputs(choices=chosen, acts=refused))
    assert [task.key.code for task in answer.tasks if task.wanted is Wanted.NEEDED] == ["i1"]


def test_the_fact_between_two_ways_is_asked_before_either_is_taken() -> None:
    catalogue = town(
        fact("f1"),
        outcome("o1"),
        item("i1", "o1", eligible="f1"),
        item("i3", "o1", eligible="not f1"),
        wants=GOAL,
    )
    assert asked(planned(catalogue, inputs())) == ["f1"]
    answer = planned(catalogue, inputs(facts=(told("f1", value=False),)))
    assert [task.key.code for task in answer.tasks] == ["i3"]


def test_rule_17_not_knowing_is_an_answer_and_passes_the_question_on() -> None:
    catalogue = simple(accept=When(condition="f1", part=need("p1")))
    first = planned(catalogue, inputs()).questions[0]
    passed_on = planned(catalogue, inputs(facts=(told("f1", None),))).questions[0]
    assert (first.actor, passed_on.actor) == (Actor.APPLICANT, Actor.DEPARTMENT)


def test_rule_17_who_is_no_longer_sure_takes_the_earlier_answer_back() -> None:
    catalogue = simple(accept=When(condition="f1", part=need("p1")))
    for first in (True, False):
        unsure = planned(catalogue, inputs(facts=(told("f1", value=first), told("f1", None))))
        assert [(each.key.code, each.actor) for each in unsure.questions] == [("f1", Actor.DEPARTMENT)]
        sure_again = inputs(facts=(told("f1", value=first), told("f1", None), told("f1", value=first)))
        assert planned(catalogue, sure_again).questions == ()


def test_rule_19_a_register_that_no_longer_knows_falls_through_to_what_was_told() -> None:
    catalogue = simple(accept=When(condition="f1", part=need("p1")))
    register = [told("f1", value=value, source=Source.REGISTRY) for value in (False, None)]
    assert accept_missing(catalogue, inputs(facts=(told("f1", value=True), *register))) == ["p1"]
    assert accept_missing(catalogue, inputs(facts=(told("f1", None), register[0]))) == []


def test_rule_19_the_highest_source_with_an_answer_stands() -> None:
    catalogue = simple(accept=When(condition="f1", part=need("p1")))
    declared, register = told("f1", value=True), told("f1", value=False, source=Source.REGISTRY)
    assert accept_missing(catalogue, inputs(facts=(declared, register))) == []
    silent = told("f1", None, source=Source.REGISTRY)
    assert accept_missing(catalogue, inputs(facts=(declared, silent))) == ["p1"]


def test_a_later_answer_of_the_same_source_takes_the_place_of_the_earlier() -> None:
    catalogue = simple(accept=When(condition="f3 > 10", part=need("p1")))
    assert accept_missing(catalogue, inputs(facts=(told("f3", 50), told("f3", 5)))) == []


def test_rule_28_order_alone_holds_nobody_up_when_the_other_is_not_wanted() -> None:
    catalogue = simple(decide=After(item="i2"))
    task = planned(catalogue, inputs()).task(of_item("i1"))
    assert task is not None
    assert task.gates[Gate.DECIDE].readiness is Readiness.OPEN


def test_order_waits_for_an_item_that_is_wanted_too() -> None:
    catalogue = town(
        outcome("o1"),
        outcome("o2"),
        item("i1", "o1", {Phase.DECIDE: After(item="i2", gate="accept")}),
        item("i2", "o2"),
        wants=(Want(outcome="o1"), Want(outcome="o2")),
    )
    waiting = planned(catalogue, inputs()).task(of_item("i1"))
    accepted = inputs(acts=(act(ActKind.SUBMIT, "i2", role=CLERK), act(ActKind.ACCEPT, "i2")))
    free = planned(catalogue, accepted).task(of_item("i1"))
    assert waiting is not None
    assert free is not None
    assert waiting.gates[Gate.DECIDE].readiness is Readiness.BLOCKED
    assert free.gates[Gate.DECIDE].readiness is Readiness.OPEN


def test_a_paper_already_on_file_is_not_asked_for_and_an_expired_one_is() -> None:
    catalogue = simple(accept=needs("p1"))
    yesterday = planned(catalogue, inputs()).today.replace(day=1)
    assert accept_missing(catalogue, inputs(papers=(handed("p1"),))) == []
    assert accept_missing(catalogue, inputs(papers=(handed("p1", until=yesterday),))) == ["p1"]


def test_a_paper_is_proved_by_the_outcome_it_shows() -> None:
    catalogue = town(
        paper_kind("p1", provided_by=("o2",)),
        outcome("o1"),
        outcome("o2"),
        item("i1", "o1", {Phase.ACCEPT: needs("p1")}),
        wants=GOAL,
    )
    assert accept_missing(catalogue, inputs(held=(held("o2"),))) == []


def test_each_member_of_a_set_brings_a_paper_of_his_own() -> None:
    catalogue = town(
        paper_kind("p1"),
        outcome("o1"),
        item("i1", "o1", {Phase.ACCEPT: ForEach(members="heirs", role="heir", part=need("p1", of="heir"))}),
        wants=GOAL,
    )
    known = inputs(roles={"applicant": ("ann",), "heirs": ("ben", "cat")}, papers=(handed("p1", "ben"),))
    task = planned(catalogue, known).task(of_item("i1"))
    assert task is not None
    assert [missing.key.subject for missing in task.gates[Gate.ACCEPT].missing] == ["cat"]


def test_two_items_that_wait_for_each_other_are_impossible_not_endless() -> None:
    catalogue = town(
        outcome("o1"),
        outcome("o2"),
        item("i1", "o1", {Phase.DECIDE: needs("o2")}),
        item("i2", "o2", {Phase.DECIDE: needs("o1")}),
        wants=GOAL,
    )
    assert planned(catalogue, inputs()).value is Truth.FALSE


def test_a_paper_owing_moves_from_acceptance_to_the_decision() -> None:
    catalogue = simple(accept=needs("p1", "p2"))
    leaf = "material:p1:ann"
    owing = (
        act(ActKind.SUBMIT, "i1", role=CLERK),
        act(ActKind.PROMISE, "i1", deferred={leaf: None}),
    )
    task = planned(catalogue, inputs(acts=owing, papers=(handed("p2"),))).task(of_item("i1"))
    assert task is not None
    assert leaf in {deferral.leaf for deferral in task.state.open_promises}
    assert task.gates[Gate.ACCEPT].readiness is Readiness.OPEN
    assert [missing.key.leaf for missing in task.gates[Gate.DECIDE].missing] == [leaf]


_ANSWERS = st.dictionaries(st.sampled_from(["f1", "f2", "f3"]), st.booleans())


@given(_ANSWERS)
def test_no_question_is_asked_that_cannot_change_the_answer(answers: dict[str, bool]) -> None:
    catalogue = town(
        fact("f1"),
        fact("f2"),
        fact("f3"),
        paper_kind("p1"),
        outcome("o1"),
        item("i1", "o1", {Phase.ACCEPT: When(condition="f1 and f2 or f3", part=need("p1"))}),
        wants=GOAL,
    )
    known = inputs(facts=tuple(told(code, value=value) for code, value in answers.items()))
    base = planned(catalogue, known)
    for code in {"f1", "f2", "f3"} - set(answers) - set(asked(base)):
        for value in (True, False):
            told_more = planned(catalogue, with_more(known, facts=(told(code, value=value),)))
            assert (told_more.goals, told_more.papers, told_more.questions) == (base.goals, base.papers, base.questions)


@given(_ANSWERS, _ANSWERS)
def test_the_order_of_answers_to_different_facts_does_not_matter(one: dict[str, bool], two: dict[str, bool]) -> None:
    catalogue = simple(accept=When(condition="f1 and f2", part=need("p1")))
    facts = [told(code, value=value) for code, value in {**one, **two}.items() if code != "f3"]
    forward = planned(catalogue, inputs(facts=tuple(facts)))
    backward = planned(catalogue, inputs(facts=tuple(reversed(facts))))
    assert (forward.questions, forward.papers) == (backward.questions, backward.papers)


def test_an_unknown_demand_is_a_plain_error() -> None:
    with pytest.raises(KeyError):
        planned(simple(), Inputs(demand="nothing"))


# -- the rules that close holes ---------------------------------------------------------------------------------------

RULES: dict[int, str] = {
    1: "test_engine test_rule_1",
    2: "test_engine test_rule_2",
    3: "test_engine test_rule_3",
    4: "test_rules test_rule_4",
    5: "test_rules test_rule_5",
    6: "test_engine test_rule_6",
    7: "test_rules test_rule_7",
    8: "test_engine test_rule_8",
    9: "test_rules test_rule_9",
    10: "test_rules test_rule_10",
    11: "test_papers_of_a_plan test_rule_11",
    12: "test_engine test_rule_12",
    13: "test_rules test_rule_13",
    14: "test_rules test_rule_14",
    15: "test_rules test_rule_15",
    16: "test_engine test_rule_16",
    17: "test_engine test_rule_17",
    18: "test_profiles test_every_state_that_is_not_final_has_a_way_on",
    19: "test_engine test_rule_19",
    20: "test_rules test_rule_20",
    21: "test_deadlines test_a_pause_never_hides_an_overdue",
    22: "test_rules test_rule_22",
    25: "test_rules test_rule_25",
    26: "test_rules test_rule_26",
    28: "test_rules test_rule_28",
    29: "test_choices test_rule_29",
}
"""Each rule of the engine that closes a hole, and where the tests of it stand."""

LATER = {
    23: "items of a joint group are planned side by side; a step they share comes with the joint steps",
    24: "the catalogue of a request is the one it was logged under; migration comes with publishing a new version",
    27: "staleness and its proposals come with the incremental engine",
}
"""The rules this version does not reach, and why."""


def test_every_rule_has_its_test_or_its_reason() -> None:
    assert sorted({*RULES, *LATER}) == list(range(1, 30))
    for place in RULES.values():
        module, prefix = place.split()
        tests = vars(import_module(f"tests.workflow.{module}"))
        assert [name for name in tests if name.startswith(prefix)], place
