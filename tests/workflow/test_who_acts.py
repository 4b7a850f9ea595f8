"""Who must act next for a task, answered in one place; and what was lost elsewhere is only proposed again."""

from desktop.workflow.catalogue.definitions import Catalogue, Want
from desktop.workflow.catalogue.requirements import Phase
from desktop.workflow.planning.inputs import Inputs, Key, Kind
from desktop.workflow.planning.plan import Actor, Task
from desktop.workflow.procedure.legal_states import ActKind, ActorRole
from tests.workflow.small_town import (
    WHO,
    act,
    handed,
    held,
    inputs,
    item,
    needs,
    of_item,
    outcome,
    paper_kind,
    planned,
    town,
)

CHAIN = town(
    item("i1", "o1", {Phase.ACCEPT: needs("o2")}), item("i2", "o2"), outcome("o1"), outcome("o2"),
    wants=(Want(outcome="o1"),),
)  # fmt: skip
ASKING = town(
    item("i1", "o1", {Phase.ACCEPT: needs("p1")}), outcome("o1"), paper_kind("p1"), wants=CHAIN.demands["need"].wants
)
LOST = Key(Kind.OUTCOME, "o2", WHO)


def task(catalogue: Catalogue, known: Inputs, code: str) -> Task:
    found = planned(catalogue, known).task(of_item(code))
    assert found is not None
    return found


def test_what_is_not_begun_waits_for_the_department_whose_result_comes_first() -> None:
    assert (task(CHAIN, inputs(), "i1").actor, task(CHAIN, inputs(), "i2").actor) == (Actor.DEPARTMENT, Actor.COUNTER)
    assert task(CHAIN, inputs(held=(held("o2"),)), "i1").actor is Actor.COUNTER


def test_once_everything_asked_for_is_here_the_counter_passes_it_back() -> None:
    notice = (
        act(ActKind.SUBMIT, "i1", role=ActorRole.CLERK),
        act(ActKind.SUPPLEMENT, "i1", listed=(f"material:p1:{WHO}",)),
    )
    assert task(ASKING, inputs(acts=notice), "i1").actor is Actor.APPLICANT
    assert task(ASKING, inputs(acts=notice, papers=(handed("p1"),)), "i1").actor is Actor.COUNTER


def test_what_was_taken_away_elsewhere_is_proposed_and_the_counter_tells_of_it() -> None:
    again = task(CHAIN, inputs(lost=(LOST,)), "i2")
    assert (again.proposed, again.actor) == (True, Actor.COUNTER)
    (way,) = planned(CHAIN, inputs(lost=(LOST,))).alternatives
    assert (way.group, way.proposed) == (LOST.leaf, True)
    chosen = task(CHAIN, inputs(lost=(LOST,), choices={LOST.leaf: "i2"}), "i2")
    assert (chosen.proposed, chosen.actor) == (False, Actor.COUNTER)
    assert not task(CHAIN, inputs(), "i2").proposed


def test_what_was_lost_and_is_on_file_again_is_not_asked_for() -> None:
    answer = planned(CHAIN, inputs(lost=(LOST,), held=(held("o2"),)))
    assert answer.task(of_item("i2")) is None
    assert answer.alternatives == ()
