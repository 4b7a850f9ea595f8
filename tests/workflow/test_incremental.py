"""What is kept up to date step by step is what is computed from scratch, and by a naive fix-point, at less work."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings

from desktop.workflow.catalogue.definitions import Catalogue, Role, Source, Want
from desktop.workflow.catalogue.requirements import All, Any, ForEach, Need, Phase, When
from desktop.workflow.conditions.condition import FactType
from desktop.workflow.incremental.live import LiveCase
from desktop.workflow.planning.inputs import DECLINED, TAKEN, HeldOutcome, Inputs, Key, Kind, Paper, PaperState
from desktop.workflow.planning.known import Known
from desktop.workflow.planning.valuation import Valuation
from desktop.workflow.procedure.legal_states import ActKind, LegalState
from desktop.workflow.procedure.procedures import ItemKind
from desktop.workflow.time.limits import Limit
from tests.workflow.naive import least_fix_point
from tests.workflow.random_catalogues import FACTS, HEIRS, OUTCOMES, PAPERS, STEPS, Case, cases, step
from tests.workflow.small_town import (
    CALENDAR,
    TODAY,
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
    text,
    told,
    town,
)  # fmt: skip

SEQUENCES = settings(derandomize=True, deadline=None, max_examples=250)
EVENTS = 14
_UNUSUAL = (
    ActKind.REFUSE, ActKind.WITHDRAW, ActKind.SERVE, ActKind.ANNUL, ActKind.SUPPLEMENT, ActKind.SUSPEND,
    ActKind.REVOKE_UNLAWFUL,
)  # fmt: skip


def from_scratch(catalogue: Catalogue, known: Inputs, live: LiveCase) -> dict[Key, int]:
    valuation = Valuation(Known(catalogue, CALENDAR, known, TODAY))
    return {key: int(valuation.value(key)) for key in live.network.at}


def kept(live: LiveCase) -> dict[Key, int]:
    return {key: int(live.value(key)) for key in live.network.at}


@SEQUENCES
@given(cases())
def test_after_every_event_the_values_are_those_computed_from_scratch(case: Case) -> None:
    known = case.known
    live = LiveCase(case.catalogue, CALENDAR, known, TODAY)
    assert kept(live) == from_scratch(case.catalogue, known, live)
    for _ in range(EVENTS):
        known = enter_something(live, case.catalogue, known, case.chance)
        assert kept(live) == from_scratch(case.catalogue, known, live)


@SEQUENCES
@given(cases())
def test_after_many_events_the_values_are_the_naive_least_fix_point(case: Case) -> None:
    known = case.known
    live = LiveCase(case.catalogue, CALENDAR, known, TODAY)
    for _ in range(EVENTS):
        known = enter_something(live, case.catalogue, known, case.chance)
    values = kept(live)
    naive = least_fix_point(case.catalogue, known, values)
    assert {key: values[key] for key in naive} == naive


@SEQUENCES
@given(cases())
def test_a_request_begun_on_the_network_of_another_has_the_same_values(case: Case) -> None:
    bare = LiveCase(case.catalogue, CALENDAR, replace(case.known, facts=(), papers=(), held=(), acts=()), TODAY)
    before = kept(bare)
    live = bare.another(case.known, TODAY)
    assert kept(live) == from_scratch(case.catalogue, case.known, live)
    assert kept(bare) == before


@SEQUENCES
@given(cases())
def test_what_has_run_out_stands_before_another_round_as_in_a_plan(case: Case) -> None:
    case = running_out(case)
    known = case.known
    live = LiveCase(case.catalogue, CALENDAR, known, TODAY)
    assert as_planned(live, case.catalogue, known)
    for _ in range(EVENTS):
        known = enter_something(live, case.catalogue, known, case.chance)
        assert as_planned(live, case.catalogue, known)


def running_out(case: Case) -> Case:
    """Let results be good for a few days only, and acts have been done some time ago."""
    chance = case.chance
    for_days = {code: Limit.parse("5 days") for code in OUTCOMES if chance.random() < 0.6}
    outcomes = {
        code: each.model_copy(update={"valid_for": for_days.get(code)})
        for code, each in case.catalogue.outcomes.items()
    }
    ago = {code: timedelta(days=chance.choice((0, 2, 20))) for code in case.catalogue.items}
    acts = tuple(
        replace(done, legal=done.legal - ago[done.item], recorded=done.recorded - ago[done.item])
        for done in case.known.acts
    )
    return Case(case.catalogue.model_copy(update={"outcomes": outcomes}), replace(case.known, acts=acts), chance)


def as_planned(live: LiveCase, catalogue: Catalogue, known: Inputs) -> bool:
    values = planned(catalogue, known).values
    both = [key for key in live.network.at if key in values]
    return {key: int(live.value(key)) for key in both} == {key: int(values[key]) for key in both}


@SEQUENCES
@given(cases())
def test_what_is_ready_is_what_is_not_begun_and_lacks_nothing(case: Case) -> None:
    known = case.known
    live = LiveCase(case.catalogue, CALENDAR, known, TODAY)
    for _ in range(EVENTS):
        known = enter_something(live, case.catalogue, known, case.chance)
    valuation = Valuation(Known(case.catalogue, CALENDAR, known, TODAY))
    items = (key for key in live.network.at if key.kind is Kind.ITEM)
    assert set(live.ready()) == {key for key in items if lacks_nothing(valuation, key)}


def lacks_nothing(valuation: Valuation, key: Key) -> bool:
    known = valuation.known
    asked = (part for phase, part in known.item_of(key).requires.items() if phase is not Phase.POST)
    whole = All(parts=tuple(asked))
    return known.round(key)[1].state is LegalState.NONE and valuation.requirement(whole, known.bound(key)) == 2


def enter_something(live: LiveCase, catalogue: Catalogue, known: Inputs, chance: Random) -> Inputs:
    """Enter one thing made at random, and give the inputs that hold it too."""
    match chance.choice("ffffspppoccaaaa"):
        case "f":
            value = replace(told(chance.choice(FACTS), chance.choice((True, False, None))), since=some_day(chance))
            live.tell(value)
            return replace(known, facts=(*known.facts, value))
        case "s":
            value = told(HEIRS, frozenset(chance.sample(("ben", "cat", "dan"), chance.randint(0, 3))))
            live.tell(value)
            return replace(known, facts=(*known.facts, value))
        case "p":
            until = chance.choice((None, None, date(2026, 1, 1)))
            paper = Paper(
                chance.choice((WHO, "ben")),
                chance.choice(PAPERS),
                chance.choice(list(PaperState)),
                some_day(chance),
                until,
            )
            live.bring(paper)
            return replace(known, papers=(*known.papers, paper))
        case "o":
            on_file = HeldOutcome(WHO, chance.choice(OUTCOMES), chance.choice((date(2020, 1, 1), TODAY)))
            live.put_on_file(on_file)
            return replace(known, held=(*known.held, on_file))
        case "c":
            choices = {
                **known.choices,
                Key(Kind.OUTCOME, chance.choice(OUTCOMES), WHO).leaf: chance.choice((TAKEN, DECLINED)),
            }
            live.choose(choices)
            return replace(known, choices=choices)
    done = step(chance.choice((*STEPS, *STEPS, *_UNUSUAL)), chance.choice(list(catalogue.items)))
    values = {**done.values, **({"bad_faith": True} if chance.random() < 0.2 else {})}
    done = replace(done, round=chance.choice((1, 1, 1, 2)), values=values)
    live.do(done)
    return replace(known, acts=(*known.acts, done))


def some_day(chance: Random) -> date:
    """Give the day on which a thing was told or came, which need not be the day on which it is entered."""
    return TODAY - timedelta(days=chance.choice((0, 0, 1, 5)))


# -- the work is what changes -----------------------------------------------------------------------------------------


def long_case(tasks: int) -> Catalogue:
    """A head, parallel branches, and a tail of three that waits for all of them."""
    branches = tasks - 4
    asked: dict[int, tuple[str, ...]] = {0: (), branches + 1: tuple(f"o{n}" for n in range(1, branches + 1))}
    asked |= dict.fromkeys(range(1, branches + 1), ("o0",))
    asked |= {number: (f"o{number - 1}",) for number in (branches + 2, branches + 3)}
    items = (
        item(
            f"i{n}", f"o{n}", {Phase.ACCEPT: needs(*asked[n])} if asked[n] else {},
            kind=ItemKind.INSTANT, procedure="public_service", promised=None,
        )
        for n in range(tasks)
    )  # fmt: skip
    return town(*(outcome(f"o{n}") for n in range(tasks)), *items, wants=(Want(outcome=f"o{tasks - 1}"),))


@pytest.mark.parametrize("tasks", [10, 100, 1_000, 10_000])
def test_a_finished_task_values_five_vertices_at_most_however_many_there_are(tasks: int) -> None:
    live = LiveCase(long_case(tasks), CALENDAR, inputs(), TODAY)
    assert live.ready() == (of_item("i0"),)
    finish(live, 0)
    for number in range(1, tasks):
        before = live.values.recomputed
        finish(live, number)
        assert live.values.recomputed - before <= 5
    assert live.value(Key(Kind.OUTCOME, f"o{tasks - 1}", WHO)) == 2


def finish(live: LiveCase, number: int) -> None:
    live.do(act(ActKind.SUBMIT, f"i{number}"))
    live.do(act(ActKind.GRANT, f"i{number}"))


def test_an_answer_that_changes_no_condition_goes_no_further_than_the_condition() -> None:
    asked = {Phase.ACCEPT: Any(parts=(need("p1"), need("o2")))}
    catalogue = town(
        fact("f1", FactType.INT), paper_kind("p1"), outcome("o1"), outcome("o2"),
        item("i1", "o1", asked), item("i2", "o2"), wants=(Want(outcome="o1", when="f1 > 10"),),
    )  # fmt: skip
    live = LiveCase(catalogue, CALENDAR, inputs(facts=(told("f1", 20),)), TODAY)
    before = live.values.recomputed
    live.tell(told("f1", 30))
    assert live.values.recomputed - before == 2


# -- what is not plain ------------------------------------------------------------------------------------------------


def test_a_result_that_has_run_out_or_was_ended_is_there_no_longer() -> None:
    catalogue = town(
        outcome("o1", valid_for=Limit.parse("5 days")), outcome("o2"), outcome("o3"),
        item("i1", "o1"), item("i2", "o2", {Phase.ACCEPT: need("o1")}), item("i3", "o3", ends=("o1",)),
        wants=(Want(outcome="o2"), Want(outcome="o3")),
    )  # fmt: skip
    known = inputs(acts=tuple(act(kind, "i1", day=date(2026, 2, 27)) for kind in STEPS))
    live = LiveCase(catalogue, CALENDAR, known, TODAY)
    assert live.value(Key(Kind.OUTCOME, "o1", WHO)) == 2
    for kind in STEPS:
        ended = act(kind, "i3")
        live.do(ended)
        known = replace(known, acts=(*known.acts, ended))
    assert live.value(Key(Kind.OUTCOME, "o1", WHO)) == 1
    assert kept(live) == from_scratch(catalogue, known, live)


def test_a_result_that_ran_out_is_needed_again_where_an_open_step_stands_on_it() -> None:
    catalogue = town(
        fact("f1"), outcome("o1", valid_for=Limit.parse("5 days")), outcome("o2"),
        item("i1", "o1", {Phase.ACCEPT: need("f1")}), item("i2", "o2", {Phase.ACCEPT: need("o1")}),
        wants=(Want(outcome="o2"),),
    )  # fmt: skip
    known = inputs(acts=tuple(act(kind, "i1", day=date(2026, 2, 10)) for kind in STEPS))
    live = LiveCase(catalogue, CALENDAR, known, TODAY)
    assert live.value(Key(Kind.ITEM, "i1", WHO)) == 1
    assert live.ready() == ()
    live.tell(told("f1", value=True))
    assert live.ready() == (of_item("i1"),)
    live.tell(told("f1", value=False))
    known = replace(known, facts=(told("f1", value=True), told("f1", value=False)))
    assert live.value(Key(Kind.OUTCOME, "o2", WHO)) == 0
    assert as_planned(live, catalogue, known)


def test_a_fact_that_a_certificate_proves_moves_what_reads_it() -> None:
    catalogue = town(
        fact("f1", from_outcome="o1", about="applicant"), outcome("o1"), outcome("o2"), item("i2", "o2"),
        wants=(Want(outcome="o2", when="f1", item="i2"),),
    )  # fmt: skip
    known = inputs()
    live = LiveCase(catalogue, CALENDAR, known, TODAY)
    live.put_on_file(held("o1"))
    known = replace(known, held=(held("o1"),))
    assert kept(live) == from_scratch(catalogue, known, live)


def test_a_condition_on_every_member_of_a_set_follows_what_the_members_rules_read() -> None:
    catalogue = town(
        fact(HEIRS, FactType.SET, minimum=1, members="subjects"),
        fact("age", FactType.INT, about="heir"),
        fact("f1", about="heir", rule="heir.age > 17", sources=(Source.DERIVED,)),
        fact("f2", about="heir", from_outcome="o2"),
        fact("f3"),
        outcome("o1"), outcome("o2"), item("i2", "o2"),
        item("i1", "o1", {Phase.ACCEPT: When(condition="all heir in heirs: heir.f1 and heir.f2", part=need("f3"))}),
        wants=(Want(outcome="o1"),),
        roles=(Role(code="applicant", name=text("a")), Role(code="heir", name=text("h"))),
    )  # fmt: skip
    known = inputs(facts=(told(HEIRS, frozenset({"ben"})), told("f3", value=False)))
    live = LiveCase(catalogue, CALENDAR, known, TODAY)
    goal = Key(Kind.ITEM, "i1", WHO)
    assert live.ready() == ()
    for age, there in ((3, True), (20, False), (21, False), (4, True)):
        live.tell(told("age", age, "ben"))
        known = replace(known, facts=(*known.facts, told("age", age, "ben")))
        assert (goal in live.ready()) is there
        assert kept(live) == from_scratch(catalogue, known, live)
    live.tell(told("age", 30, "ben"))
    live.put_on_file(held("o2", "ben"))
    known = replace(known, facts=(*known.facts, told("age", 30, "ben")), held=(held("o2", "ben"),))
    assert kept(live) == from_scratch(catalogue, known, live)


def test_another_member_of_a_set_is_asked_for_too() -> None:
    each = ForEach(members=HEIRS, role="heir", part=Need(kind=need("p1").kind, code="p1", of="heir"))
    catalogue = town(
        fact(HEIRS, FactType.SET, minimum=1), paper_kind("p1"), outcome("o1"), item("i1", "o1", {Phase.SUBMIT: each}),
        wants=(Want(outcome="o1"),),
    )  # fmt: skip
    live = LiveCase(catalogue, CALENDAR, inputs(), TODAY)
    live.tell(told(HEIRS, frozenset({"ben"})))
    live.bring(handed("p1", "ben"))
    assert live.ready() == (of_item("i1"),)
    live.tell(told(HEIRS, frozenset({"ben", "cat"})))
    assert live.ready() == ()
    live.bring(handed("p1", "cat"))
    assert live.ready() == (of_item("i1"),)
