"""Which open questions stand between a person and the list of papers."""

from desktop.workflow.catalogue.definitions import Want
from desktop.workflow.catalogue.requirements import All, ForEach, Known, Phase, Requirement, When
from desktop.workflow.conditions.condition import FactType
from desktop.workflow.planning.open_papers import papers_hang_on
from tests.workflow.small_town import fact, inputs, item, need, needs, outcome, paper_kind, planned, told, town


def hanging(accept: Requirement, *wants: Want, before: Requirement | None = None) -> list[str]:
    catalogue = town(
        fact("f1"),
        fact("f2"),
        paper_kind("p1"),
        outcome("o1"),
        outcome("o2"),
        item("i1", "o1", {Phase.ACCEPT: accept}),
        item("i2", "o2", {Phase.ACCEPT: before} if before is not None else {}),
        wants=wants or (Want(outcome="o1"),),
    )
    return [question.key.code for question in papers_hang_on(planned(catalogue, inputs()))]


def test_papers_hang_on_what_decides_whether_a_result_is_wanted_at_all() -> None:
    assert hanging(needs("p1"), Want(outcome="o1", when="f1")) == ["f1"]


def test_papers_hang_on_a_condition_that_asks_for_one() -> None:
    assert hanging(When(condition="f1", part=needs("p1"))) == ["f1"]


def test_no_paper_hangs_on_a_condition_that_asks_only_to_be_told() -> None:
    assert hanging(When(condition="f1", part=Known(code="f2"))) == []


def test_no_paper_hangs_on_what_is_only_to_be_known() -> None:
    assert hanging(All(parts=(Known(code="f1"), Known(code="f2"), needs("p1")))) == []


def test_papers_hang_on_a_result_that_needs_another_result_with_papers() -> None:
    assert hanging(need("o2"), Want(outcome="o1", when="f1"), before=needs("p1")) == ["f1"]
    assert hanging(need("o2"), Want(outcome="o1", when="f1")) == []


def test_papers_hang_on_who_the_people_are_of_whom_each_brings_one() -> None:
    each = ForEach(members="heirs", role="heir", part=need("p1", of="heir"))
    catalogue = town(
        fact("heirs", FactType.SET, members="subjects"), paper_kind("p1"), outcome("o1"),
        item("i1", "o1", {Phase.ACCEPT: each}),
        wants=(Want(outcome="o1"),),
    )  # fmt: skip
    assert [question.key.code for question in papers_hang_on(planned(catalogue, inputs()))] == ["heirs"]


def test_nothing_hangs_on_a_question_that_is_answered() -> None:
    catalogue = town(
        fact("f1"), paper_kind("p1"), outcome("o1"), item("i1", "o1", {Phase.ACCEPT: needs("p1")}),
        wants=(Want(outcome="o1", when="f1"),),
    )  # fmt: skip
    assert papers_hang_on(planned(catalogue, inputs(facts=(told("f1", True),)))) == ()
