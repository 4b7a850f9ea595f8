"""What was decided and taken away again: what is needed stands before another round, and somebody is next."""

from datetime import date
from typing import Any

import pytest

from desktop.workflow.catalogue.definitions import Catalogue, Want
from desktop.workflow.catalogue.requirements import Any as OneOf
from desktop.workflow.catalogue.requirements import Phase
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.planning.inputs import TAKEN, Inputs, Key, Kind
from desktop.workflow.planning.plan import Actor, Plan, Readiness, Task, Wanted
from desktop.workflow.procedure.legal_states import TAKEN_AWAY, Act, ActKind, ActorRole, Gate, LegalState
from tests.workflow.small_town import (
    TODAY,
    WHO,
    act,
    inputs,
    item,
    need,
    needs,
    of_item,
    outcome,
    planned,
    town,
    with_more,
)

ISSUED = (ActKind.SUBMIT, ActKind.ACCEPT, ActKind.ASSIGN, ActKind.GRANT, ActKind.ISSUE)
IN_HAND = ISSUED[:3]
ENDING = (
    ActKind.ANNUL,
    ActKind.REVOKE_UNLAWFUL,
    ActKind.WITHDRAW_PERMIT,
    ActKind.DEREGISTER,
)
CHECKED = town(
    item("i1", "o1", {Phase.DECIDE: needs("o2")}), item("i2", "o2"), outcome("o1"), outcome("o2"),
    wants=(Want(outcome="o1"),),
)  # fmt: skip
"""A licence that asks for a check of another department."""
BOTH = CHECKED.model_copy(
    update={
        "demands": {
            "need": CHECKED.demands["need"].model_copy(update={"wants": (Want(outcome="o1"), Want(outcome="o2"))})
        }
    }
)
"""The same, for who came for the check as well."""


def done(code: str, *acts: ActKind, number: int = 1) -> tuple[Act, ...]:
    role = {ActKind.SUBMIT: ActorRole.CLERK}
    return tuple(act(kind, code, role=role.get(kind, ActorRole.REVIEWER), number=number) for kind in acts)


def ended(kind: ActKind, code: str = "i2", **values: Any) -> Act:
    return act(kind, code, role=ActorRole.APPROVER, reason="错了", **values)


def task(answer: Plan, code: str = "i2") -> Task:
    found = answer.task(of_item(code))
    assert found is not None
    return found


def standing(answer: Plan, code: str = "i2") -> tuple[int, LegalState, Wanted, Actor]:
    one = task(answer, code)
    return one.round, one.state.state, one.wanted, one.actor


def missing(catalogue: Catalogue, known: Inputs) -> list[str]:
    """Give what the licence still misses for its decision."""
    return [one.key.code for one in task(planned(catalogue, known), "i1").gates[Gate.DECIDE].missing]


def decision(answer: Plan) -> Readiness:
    """Say whether the licence can be decided."""
    return task(answer, "i1").gates[Gate.DECIDE].readiness


def taken(catalogue: Catalogue, kind: ActKind, **values: Any) -> Inputs:
    acts = (*done("i2", *ISSUED), *done("i1", *IN_HAND), ended(kind, **values))
    assert planned(catalogue, inputs(acts=acts[:-1])).task(of_item("i2")) is not None
    return inputs(acts=acts)


@pytest.mark.parametrize("kind", ENDING)
def test_a_check_taken_away_is_needed_again_in_another_round_that_the_counter_begins(kind: ActKind) -> None:
    known = taken(CHECKED, kind)
    answer = planned(CHECKED, known)
    assert standing(answer) == (2, LegalState.NONE, Wanted.NEEDED, Actor.COUNTER)
    one = task(answer)
    assert one.taken_away is not None
    assert one.taken_away.state in TAKEN_AWAY
    assert (one.proposed, one.by_counter, one.ran_out) == (False, True, None)
    assert missing(CHECKED, known) == ["o2"]
    assert (answer.value, task(answer, "i1").state.state) == (Truth.UNKNOWN, LegalState.REVIEWING)


def test_the_other_round_is_carried_to_its_end_and_nothing_else_is_done_again() -> None:
    known = taken(CHECKED, ActKind.ANNUL)
    begun = with_more(known, acts=done("i2", ActKind.SUBMIT, number=2))
    assert standing(planned(CHECKED, begun)) == (2, LegalState.SUBMITTED, Wanted.NEEDED, Actor.DEPARTMENT)
    assert task(planned(CHECKED, begun)).taken_away is not None
    anew = with_more(known, acts=done("i2", *ISSUED, number=2))
    answer = planned(CHECKED, anew)
    assert missing(CHECKED, anew) == []
    assert task(answer).taken_away is None
    assert (task(answer, "i1").round, task(answer, "i1").state.state) == (1, LegalState.REVIEWING)


def test_nothing_is_done_again_that_nobody_needs_any_more() -> None:
    known = inputs(acts=(*done("i2", *ISSUED), *done("i1", *ISSUED), ended(ActKind.ANNUL)))
    answer = planned(CHECKED, known)
    assert standing(answer) == (1, LegalState.ANNULLED, Wanted.NOT_NEEDED, Actor.NOBODY)
    assert (answer.value, answer.earlier) == (Truth.TRUE, ())


@pytest.mark.parametrize("kind", ENDING)
def test_what_the_person_came_for_waits_for_their_word_where_it_was_taken_away(kind: ActKind) -> None:
    known = taken(BOTH, kind)
    one = task(planned(BOTH, known))
    assert (one.round, one.proposed, one.actor) == (2, True, Actor.APPLICANT)
    (way,) = planned(BOTH, known).alternatives
    assert (way.group, way.proposed) == (Key(Kind.OUTCOME, "o2", WHO).leaf, True)
    wanted = planned(BOTH, with_choice(known, "i2"))
    assert (task(wanted).proposed, task(wanted).by_counter, task(wanted).actor) == (False, False, Actor.COUNTER)
    assert task(planned(BOTH, with_choice(known, TAKEN))).proposed, "taken in is not yet wanted anew"


def with_choice(known: Inputs, way: str) -> Inputs:
    return Inputs(
        demand=known.demand, roles=known.roles, acts=known.acts, opened=known.opened,
        choices={Key(Kind.OUTCOME, "o2", WHO).leaf: way},
    )  # fmt: skip


def test_a_review_that_orders_it_to_be_done_again_leaves_nothing_to_choose() -> None:
    for catalogue in (CHECKED, BOTH):
        one = task(planned(catalogue, taken(catalogue, ActKind.ANNUL, redo=True)))
        assert (one.round, one.proposed, one.by_counter, one.actor) == (2, False, False, Actor.COUNTER)


@pytest.mark.parametrize(("kind", "met"), [(ActKind.ANNUL, Truth.UNKNOWN), (ActKind.REVOKE_UNLAWFUL, Truth.FALSE)])
def test_the_end_result_annulled_can_be_had_again_and_revoked_it_is_over(kind: ActKind, met: Truth) -> None:
    catalogue = town(item("i2", "o2"), outcome("o2"), wants=(Want(outcome="o2"),))
    answer = planned(catalogue, inputs(acts=(*done("i2", *ISSUED), ended(kind))))
    assert answer.value is met
    assert task(answer).proposed is (met is Truth.UNKNOWN)
    assert task(answer).round == (2 if met is Truth.UNKNOWN else 1)


def test_a_refusal_that_was_annulled_no_longer_closes_the_way() -> None:
    refused = (*done("i2", ActKind.SUBMIT, ActKind.ACCEPT, ActKind.ASSIGN), act(ActKind.REFUSE, "i2", reason="不符"))
    known = inputs(acts=(*done("i1", *IN_HAND), *refused))
    closed, again = planned(CHECKED, known), planned(CHECKED, with_more(known, acts=(ended(ActKind.ANNUL),)))
    assert decision(closed) is Readiness.CLOSED
    assert decision(again) is Readiness.BLOCKED
    assert standing(again)[:3] == (2, LegalState.NONE, Wanted.NEEDED)


def test_who_is_barred_from_applying_again_does_not_until_the_bar_is_over() -> None:
    known = taken(CHECKED, ActKind.REVOKE_UNLAWFUL, bad_faith=True)
    answer = planned(CHECKED, known)
    assert (decision(answer), standing(answer)[0]) == (Readiness.CLOSED, 1)
    assert answer.holds_until == date(TODAY.year + 3, TODAY.month, TODAY.day)
    assert standing(planned(CHECKED, known, date(TODAY.year + 3, TODAY.month, TODAY.day + 1)))[0] == 2


def test_of_several_ways_the_one_that_was_gone_is_gone_again() -> None:
    ways = town(
        item("i1", "o1", {Phase.DECIDE: needs("o2")}), item("i3", "o2", eligible=None), item("i2", "o2"),
        outcome("o1"), outcome("o2"), wants=(Want(outcome="o1"),),
    )  # fmt: skip
    again = planned(ways, taken(ways, ActKind.ANNUL))
    assert standing(again)[:3] == (2, LegalState.NONE, Wanted.NEEDED)
    assert again.task(of_item("i3")) is None


def test_of_several_parts_the_one_that_was_begun_is_done_again() -> None:
    parts = town(
        item("i1", "o1", {Phase.DECIDE: OneOf(parts=(need("o3"), need("o2")))}), item("i3", "o3"), item("i2", "o2"),
        outcome("o1"), outcome("o2"), outcome("o3"), wants=(Want(outcome="o1"),),
    )  # fmt: skip
    again = planned(parts, taken(parts, ActKind.ANNUL))
    assert standing(again)[:3] == (2, LegalState.NONE, Wanted.NEEDED)
    assert again.task(of_item("i3")) is None
