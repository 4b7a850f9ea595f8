"""What a demand wants: ways out of it, and items its wants name."""

from desktop.workflow.catalogue.definitions import Advice, Catalogue, Role, Route, Text, Want
from desktop.workflow.catalogue.requirements import All, Phase
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.planning.plan import Wanted
from desktop.workflow.procedure.legal_states import ActKind, ActorRole
from tests.workflow.small_town import (
    act,
    asked,
    fact,
    inputs,
    item,
    need,
    needs,
    outcome,
    paper_kind,
    planned,
    told,
    town,
)

GOAL = (Want(outcome="o1"),)
CLERK = ActorRole.CLERK


def routed() -> Catalogue:
    return town(
        fact("f1"),
        fact("f2"),
        paper_kind("p1"),
        outcome("o1"),
        item("i1", "o1", {Phase.ACCEPT: All(parts=(need("p1"), need("f2")))}),
        wants=GOAL,
        routing=(Route(when="f1", outcome=Text(zh="去别处", en="Go elsewhere")),),
        advice=(Advice(text=Text(zh="请注意", en="Note")),),
    )


def test_a_way_out_that_applies_stops_questions_papers_and_tasks() -> None:
    answer = planned(routed(), inputs(facts=(told("f1", value=True),)))
    assert answer.route is not None
    assert (answer.goals, answer.questions, answer.papers, answer.tasks) == ((), (), (), ())
    assert len(answer.advice) == 1
    assert answer.value is Truth.FALSE


def test_a_way_out_is_asked_first_and_lets_the_rest_be_when_it_does_not_apply() -> None:
    assert asked(planned(routed(), inputs())) == ["f1", "f2"]
    answer = planned(routed(), inputs(facts=(told("f1", value=False),)))
    assert answer.route is None
    assert [paper.key.code for paper in answer.papers] == ["p1"]


def test_a_way_out_found_late_undoes_no_act() -> None:
    begun = (act(ActKind.SUBMIT, "i1", role=CLERK),)
    answer = planned(routed(), inputs(facts=(told("f1", value=True),), acts=begun))
    assert [(task.key.code, task.wanted) for task in answer.tasks] == [("i1", Wanted.COMMITTED)]


def test_a_want_may_name_the_item_that_meets_it() -> None:
    catalogue = town(outcome("o1"), item("i1", "o1"), item("i3", "o1"), wants=(Want(outcome="o1", item="i3"),))
    assert [task.key.code for task in planned(catalogue, inputs()).tasks] == ["i3"]


def test_an_item_about_somebody_without_a_part_here_is_no_way() -> None:
    catalogue = town(outcome("o1"), item("i1", "o1", about="newborn"), item("i3", "o1"), wants=GOAL)
    assert [task.key.code for task in planned(catalogue, inputs()).tasks] == ["i3"]


CHILD = (
    Role(code="applicant", name=Text(zh="申请人", en="Applicant")),
    Role(code="child", name=Text(zh="孩子", en="Child")),
)


def test_a_want_that_names_an_item_speaks_of_its_own_subject_only() -> None:
    catalogue = town(
        outcome("o1"),
        item("i1", "o1"),
        item("i3", "o1"),
        wants=(Want(outcome="o1"), Want(outcome="o1", of="child", item="i3")),
        roles=CHILD,
    )
    answer = planned(catalogue, inputs(roles={"applicant": ("ann",), "child": ("kim",)}))
    assert [(task.key.code, task.key.subject) for task in answer.tasks] == [("i1", "ann"), ("i3", "kim")]


def test_a_want_that_does_not_apply_closes_no_way() -> None:
    wants = (Want(outcome="o1", item="i1", when="f1"), Want(outcome="o1", item="i3", when="not f1"))
    catalogue = town(fact("f1"), outcome("o1"), item("i1", "o1"), item("i3", "o1"), wants=wants)
    found = {
        value: [task.key.code for task in planned(catalogue, inputs(facts=(told("f1", value=value),))).tasks]
        for value in (True, False)
    }
    assert found == {True: ["i1"], False: ["i3"]}


def test_a_need_is_free_where_the_want_that_names_an_item_does_not_apply() -> None:
    catalogue = town(
        fact("f1"),
        outcome("o1"),
        outcome("o2"),
        item("i1", "o1", {Phase.DECIDE: needs("o2")}),
        item("i2", "o2"),
        item("i3", "o2"),
        wants=(Want(outcome="o1"), Want(outcome="o2", item="i3", when="f1")),
    )
    no, yes = (planned(catalogue, inputs(facts=(told("f1", value=value),))) for value in (False, True))
    assert [task.key.code for task in no.tasks] == ["i1", "i2"]
    assert [task.key.code for task in yes.tasks] == ["i1", "i3"]


def test_what_an_item_nobody_named_has_issued_counts_all_the_same() -> None:
    catalogue = town(outcome("o1"), item("i1", "o1"), item("i3", "o1"), wants=(Want(outcome="o1", item="i3"),))
    issued = tuple(
        act(kind, "i1", role=CLERK if kind is ActKind.SUBMIT else ActorRole.REVIEWER)
        for kind in (ActKind.SUBMIT, ActKind.ACCEPT, ActKind.ASSIGN, ActKind.GRANT, ActKind.ISSUE)
    )
    assert planned(catalogue, inputs(acts=issued)).value is Truth.TRUE
