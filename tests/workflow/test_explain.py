"""Explanations: why something is in a plan, why it is not there yet, and why it is not asked."""

from dataclasses import FrozenInstanceError
from typing import Any as Anything

import pytest

from desktop.workflow.catalogue.definitions import Catalogue, Route, Source, Text, Want
from desktop.workflow.catalogue.requirements import All, Any, AtLeast, Phase, When
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.explaining.explain import Cause, Rule, why, why_not, why_not_yet
from desktop.workflow.planning.inputs import Inputs, Key, Kind
from desktop.workflow.planning.plan import Actor, Plan
from desktop.workflow.procedure.legal_states import ActKind, ActorRole, Gate
from tests.workflow.small_town import (
    WHO,
    act,
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
)

CLERK = ActorRole.CLERK
PROOF = Any(parts=(All(parts=(need("p2"), need("p3"))), need("p4")))


def of_fact(code: str) -> Key:
    return Key(Kind.FACT, code, "case")


def of_paper(code: str) -> Key:
    return Key(Kind.MATERIAL, code, WHO)


def of_outcome(code: str) -> Key:
    return Key(Kind.OUTCOME, code, WHO)


def shop(**demand: Anything) -> Catalogue:
    """A shop licence (o1) needs a registration (o2), a paper where there is a kitchen (f1), and one of two proofs."""
    requires = {
        Phase.ACCEPT: All(parts=(When(condition="f1", part=When(condition="f2", part=need("p1"))), PROOF)),
        Phase.DECIDE: needs("o2"),
    }
    return town(
        *(fact(code) for code in ("f1", "f2", "f3", "f4")),
        *(paper_kind(f"p{n}") for n in range(1, 8)),
        *(outcome(f"o{n}") for n in range(1, 5)),
        item("i1", "o1", requires, basis="Food Safety Law 35"),
        item("i2", "o2", {Phase.ACCEPT: needs("p5")}, basis="Registration 19", department="registry"),
        item("i3", "o3", {Phase.ACCEPT: All(parts=(need("p6"), When(condition="f4", part=need("p1"))))}),
        item("i4", "o4"),
        wants=demand.pop("wants", (Want(outcome="o1", when="f3"), Want(outcome="o3", when="not f3"))),
        **demand,
    )


YES = {"f1": True, "f2": True, "f3": True}


def answered(answers: dict[str, bool], **more: Anything) -> Inputs:
    return inputs(facts=tuple(told(code, value) for code, value in answers.items()), **more)


SHOP = planned(shop(), answered(YES))


def codes(found: Anything) -> list[str]:
    return [each.key.code for each in found]


# -- why -------------------------------------------------------------------------------------------------------


def test_a_paper_is_explained_up_to_what_was_wanted_with_conditions_and_law() -> None:
    (chain,) = why(SHOP, of_paper("p1"))
    assert [(link.key.code, link.reason.rule) for link in chain.links] == [
        ("p1", Rule.REQUIRES),
        ("i1", Rule.PROVIDES),
        ("o1", Rule.GOAL),
    ]
    assert chain.top == of_outcome("o1")
    assert chain.conditions == ("f1", "f2", "f3")
    assert chain.basis == ("Food Safety Law 35",)
    assert chain.links[0].reason.phase == "accept"


def test_a_thing_needed_through_another_department_is_explained_through_it() -> None:
    (chain,) = why(SHOP, of_paper("p5"))
    assert codes(chain.links) == ["p5", "i2", "o2", "i1", "o1"]
    assert chain.basis == ("Registration 19", "Food Safety Law 35")


def test_an_alternative_names_its_group() -> None:
    (chain,) = why(SHOP, of_paper("p4"))
    assert chain.links[0].reason.one_of == "item:i1:ann#accept.1"


def test_a_question_names_the_condition_that_hangs_on_it() -> None:
    answer = planned(shop(), answered({"f3": True, "f2": True}))
    (chain,) = why(answer, of_fact("f1"))
    assert (chain.links[0].reason.rule, chain.links[0].reason.conditions) == (Rule.CONDITION, ("f1",))
    (goal,) = {chain.links[-1].reason.rule for chain in why(planned(shop(), inputs()), of_fact("f3"))}
    assert goal is Rule.GOAL


def test_what_several_ask_for_has_a_chain_each_the_shortest_first() -> None:
    catalogue = town(
        paper_kind("p1"),
        *(outcome(f"o{n}") for n in (1, 2)),
        item("i1", "o1", {Phase.DECIDE: needs("o2")}),
        item("i2", "o2", {Phase.ACCEPT: needs("p1")}),
        wants=(Want(outcome="o1"), Want(outcome="o2")),
    )
    chains = why(planned(catalogue, inputs()), of_outcome("o2"))
    assert [codes(chain.links) for chain in chains] == [["o2"], ["o2", "i1", "o1"]]


def test_what_is_not_in_the_plan_has_no_why() -> None:
    assert why(SHOP, of_paper("p6")) == ()


def test_a_task_that_is_no_longer_needed_is_there_because_it_was_begun() -> None:
    begun = (act(ActKind.SUBMIT, "i4", role=CLERK),)
    (chain,) = why(planned(shop(), answered(YES, acts=begun)), of_item("i4"))
    assert chain.links[0].reason.rule is Rule.BEGUN


def test_two_items_that_need_each_other_are_explained_without_an_end_of_circles() -> None:
    catalogue = town(
        outcome("o1"),
        outcome("o2"),
        item("i1", "o1", {Phase.DECIDE: needs("o2")}),
        item("i2", "o2", {Phase.DECIDE: needs("o1")}),
        wants=(Want(outcome="o1"),),
    )
    chains = why(planned(catalogue, inputs()), of_outcome("o1"))
    assert [codes(chain.links) for chain in chains] == [["o1"]]


# -- why not yet -----------------------------------------------------------------------------------------------


def test_what_an_item_misses_is_grouped_by_alternative() -> None:
    found = why_not_yet(SHOP, of_item("i1"))
    assert codes(found.lack.missing) == ["p1", "o2"]
    (choice,) = found.lack.choices
    assert (choice.group, choice.enough) == ("item:i1:ann#accept.1", 1)
    assert [(way.name, codes(way.lack.missing)) for way in choice.ways] == [("p2+p3", ["p2", "p3"]), ("p4", ["p4"])]


def test_a_smallest_sufficient_set_comes_first() -> None:
    assert codes(why_not_yet(SHOP, of_item("i1")).first) == ["p1", "o2", "p4"]
    half = planned(shop(), answered(YES, papers=(handed("p2"),)))
    assert codes(why_not_yet(half, of_item("i1")).first) == ["p1", "o2", "p3"]


def test_a_department_is_followed_down_to_what_somebody_can_bring_now() -> None:
    found = why_not_yet(SHOP, of_item("i1"))
    assert codes(found.roots) == ["p1", "p2", "p3", "p4", "p5"]
    assert {actor: codes(rows) for actor, rows in found.by_actor.items()} == {
        Actor.APPLICANT: ["p1", "p2", "p3", "p4", "p5"]
    }
    papers = planned(shop(), answered(YES, papers=(handed("p5"), handed("p1"), handed("p4"))))
    waiting = why_not_yet(papers, of_item("i1"))
    assert codes(waiting.lack.missing) == ["o2"]
    assert [(row.key, row.actor) for row in waiting.roots] == [(of_item("i2"), Actor.COUNTER)]


def test_the_goal_itself_is_explained_through_its_item() -> None:
    found = why_not_yet(SHOP, of_outcome("o1"))
    assert codes(found.lack.missing) == ["i1"]
    assert "p5" in codes(found.roots)


def test_a_goal_that_hangs_on_an_answer_waits_for_that_answer() -> None:
    found = why_not_yet(planned(shop(), inputs()), of_outcome("o1"))
    assert [(row.key, row.actor) for row in found.roots] == [(of_fact("f3"), Actor.APPLICANT)]


def test_ways_that_hang_on_an_answer_wait_for_that_answer() -> None:
    catalogue = town(
        fact("f1"),
        outcome("o1"),
        item("i1", "o1", eligible="f1"),
        item("i3", "o1", eligible="not f1"),
        wants=(Want(outcome="o1"),),
    )
    assert codes(why_not_yet(planned(catalogue, inputs()), of_outcome("o1")).roots) == ["f1"]


def test_rule_12_where_nothing_is_missing_the_next_act_is() -> None:
    catalogue = town(outcome("o1"), item("i1", "o1"), wants=(Want(outcome="o1"),))
    assert why_not_yet(planned(catalogue, inputs()), of_item("i1")).next_actor is Actor.COUNTER
    submitted = inputs(acts=(act(ActKind.SUBMIT, "i1", role=CLERK),))
    assert why_not_yet(planned(catalogue, submitted), of_item("i1")).next_actor is Actor.DEPARTMENT


def test_a_gate_is_asked_about_with_all_before_it_and_none_after() -> None:
    assert "o2" not in codes(why_not_yet(SHOP, of_item("i1"), Gate.ACCEPT).lack.all())
    assert "o2" in codes(why_not_yet(SHOP, of_item("i1"), Gate.DECIDE).lack.all())


def test_a_paper_and_a_question_wait_for_whoever_has_them() -> None:
    assert [row.actor for row in why_not_yet(SHOP, of_paper("p1")).roots] == [Actor.APPLICANT]
    open_ = planned(shop(), inputs())
    assert [row.actor for row in why_not_yet(open_, of_fact("f3")).roots] == [Actor.APPLICANT]


def test_a_paper_that_comes_waits_for_what_its_department_waits_for() -> None:
    catalogue = town(
        paper_kind("p1", provided_by=("o2",)),
        paper_kind("p2"),
        outcome("o1"),
        outcome("o2"),
        item("i1", "o1", {Phase.ACCEPT: needs("p1")}),
        item("i2", "o2", {Phase.ACCEPT: needs("p2")}),
        wants=(Want(outcome="o1"), Want(outcome="o2")),
    )
    assert codes(why_not_yet(planned(catalogue, inputs()), of_paper("p1")).roots) == ["p2"]
    assert [codes(chain.links) for chain in why(planned(catalogue, inputs()), of_outcome("o2"))][1:] == [
        ["o2", "p1", "i1", "o1"]
    ]


def test_alternatives_within_alternatives_stay_nested_and_count_as_many_as_are_needed() -> None:
    inner = Any(parts=(need("p2"), need("p3")))
    catalogue = town(
        *(paper_kind(f"p{n}") for n in range(1, 6)),
        outcome("o1"),
        item("i1", "o1", {Phase.ACCEPT: AtLeast(k=2, parts=(need("p1"), inner, All(parts=(need("p4"), need("p5")))))}),
        wants=(Want(outcome="o1"),),
    )
    found = why_not_yet(planned(catalogue, inputs()), of_item("i1"))
    (outer,) = found.lack.choices
    assert (found.lack.missing, outer.enough) == ((), 2)
    assert [way.name for way in outer.ways] == ["p1", "p2+p3", "p4+p5"]
    assert [way.name for way in outer.ways[1].lack.choices[0].ways] == ["p2", "p3"]
    assert codes(found.first) == ["p1", "p2"]


def test_what_is_done_misses_nothing() -> None:
    done = planned(shop(), answered(YES, held=(held("o1"),)))
    found = why_not_yet(done, of_outcome("o1"))
    assert (found.value, tuple(found.lack.all()), found.roots) == (Truth.TRUE, (), ())


# -- why not ---------------------------------------------------------------------------------------------------


def causes(answer: Plan, key: Key) -> list[tuple[Cause, str]]:
    return [(each.cause, each.condition) for each in why_not(answer, key)]


def test_what_is_asked_has_no_why_not() -> None:
    assert causes(SHOP, of_paper("p1")) == []
    assert causes(SHOP, of_item("i1")) == []
    assert causes(SHOP, of_outcome("o1")) == []
    assert causes(planned(shop(), inputs()), of_fact("f3")) == []


def test_a_condition_that_is_false_takes_its_paper_away() -> None:
    no = planned(shop(), answered({**YES, "f2": False}))
    assert causes(no, of_paper("p1")) == [(Cause.CONDITION_FALSE, "f2")]
    assert why_not(no, of_paper("p1"))[0].by == of_item("i1")
    open_ = planned(shop(), answered({"f3": True, "f1": True}))
    assert causes(open_, of_paper("p1")) == [(Cause.CONDITION_UNDECIDED, "f2")]


def test_a_goal_that_is_not_for_this_person_takes_its_item_and_papers_away() -> None:
    assert causes(SHOP, of_outcome("o3")) == [(Cause.GOAL_NOT_HERE, "not f3")]
    assert causes(SHOP, of_item("i3")) == [(Cause.GOAL_NOT_HERE, "not f3")]
    (asked_by,) = why_not(SHOP, of_paper("p6"))
    assert (asked_by.cause, asked_by.by) == (Cause.ITEM_NOT_NEEDED, of_item("i3"))
    assert [each.cause for each in why_not(SHOP, of_fact("f4"))] == [Cause.ITEM_NOT_NEEDED]


def test_a_goal_still_open_says_so() -> None:
    assert causes(planned(shop(), inputs()), of_item("i1")) == [(Cause.GOAL_UNDECIDED, "f3")]


def test_what_is_on_file_handed_over_or_answered_is_not_asked_again() -> None:
    there = planned(shop(), answered(YES, papers=(handed("p1"),), held=(held("o2"),)))
    assert causes(there, of_paper("p1")) == [(Cause.RECEIVED, "")]
    assert causes(there, of_outcome("o2")) == [(Cause.ON_FILE, "")]
    assert causes(there, of_item("i2")) == [(Cause.ON_FILE, "")]
    assert causes(there, of_fact("f1")) == [(Cause.ANSWERED, "")]
    register = planned(shop(), inputs(facts=(told("f3", value=True, source=Source.REGISTRY),)))
    assert register.answered[of_fact("f3")] is Source.REGISTRY


def test_the_way_not_taken_names_its_alternatives() -> None:
    enough = planned(shop(), answered(YES, papers=(handed("p4"),)))
    assert [(each.cause, each.one_of) for each in why_not(enough, of_paper("p2"))] == [
        (Cause.ENOUGH, "item:i1:ann#accept.1")
    ]
    chosen = planned(shop(), answered(YES, choices={"item:i1:ann#accept.1": "p4"}))
    assert [(each.cause, each.one_of) for each in why_not(chosen, of_paper("p2"))] == [
        (Cause.OTHER_WAY, "item:i1:ann#accept.1")
    ]


def test_an_item_not_chosen_not_eligible_or_refused_says_which() -> None:
    refused = tuple(
        act(kind, "i1", role=CLERK if kind is ActKind.SUBMIT else ActorRole.REVIEWER, reason="unsafe")
        for kind in (ActKind.SUBMIT, ActKind.ACCEPT, ActKind.ASSIGN, ActKind.REFUSE)
    )
    catalogue = town(
        fact("f1"),
        outcome("o1"),
        item("i1", "o1"),
        item("i3", "o1"),
        item("i5", "o1", eligible="f1"),
        wants=(Want(outcome="o1"),),
    )
    no = (told("f1", value=False),)
    plain, after = planned(catalogue, inputs(facts=no)), planned(catalogue, inputs(facts=no, acts=refused))
    assert [causes(plain, of_item(code)) for code in ("i3", "i5")] == [
        [(Cause.OTHER_WAY, "")],
        [(Cause.NOT_ELIGIBLE, "f1")],
    ]
    assert causes(after, of_item("i1")) == [(Cause.WAY_CLOSED, "")]


def test_a_question_that_cannot_matter_any_more_names_the_settled_condition() -> None:
    catalogue = town(
        fact("f1"),
        fact("f2"),
        paper_kind("p1"),
        outcome("o1"),
        item("i1", "o1", {Phase.ACCEPT: When(condition="f1 or f2", part=need("p1"))}),
        wants=(Want(outcome="o1"),),
    )
    assert causes(planned(catalogue, answered({"f1": True})), of_fact("f2")) == [(Cause.CONDITION_SETTLED, "f1 or f2")]


def test_a_passed_gate_is_asked_about_no_more() -> None:
    acts = (act(ActKind.SUBMIT, "i1", role=CLERK), act(ActKind.ACCEPT, "i1"))
    assert causes(planned(shop(), answered(YES, acts=acts)), of_paper("p1")) == [(Cause.GATE_PASSED, "")]


def test_a_way_out_and_an_offer_not_taken_say_so() -> None:
    out = shop(routing=(Route(when="f4", outcome=Text(zh="去别处", en="Elsewhere")),))
    assert causes(planned(out, answered({"f4": True})), of_paper("p1")) == [(Cause.ROUTE, "f4")]
    offered = shop(wants=(Want(outcome="o1"), Want(outcome="o4", opt_in=True)))
    assert causes(planned(offered, inputs()), of_outcome("o4")) == [(Cause.NOT_CHOSEN, "")]


def test_what_no_way_of_the_demand_leads_to_says_so() -> None:
    assert causes(SHOP, of_paper("p7")) == [(Cause.NO_DEMAND, "")]
    assert causes(SHOP, of_item("i4")) == [(Cause.NO_DEMAND, "")]


def test_explanations_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        why(SHOP, of_paper("p1"))[0].links = ()  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        why_not_yet(SHOP, of_item("i1")).value = Truth.TRUE  # type: ignore[misc]
