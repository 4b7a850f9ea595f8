"""Rules of the engine that close holes: rounds, gates, sets, cycles, time; the others stand in test_engine.py."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from desktop.workflow.catalogue.definitions import Catalogue, Fact, Material, Role, Text, Want
from desktop.workflow.catalogue.requirements import After, All, Any, AtLeast, ForEach, Phase, Requirement, When
from desktop.workflow.conditions.condition import FactType
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.planning.inputs import FactValue, Inputs
from desktop.workflow.planning.plan import Actor, GateView, PaperLine, Readiness, Wanted
from desktop.workflow.procedure.legal_states import Act, ActKind, ActorRole, Gate, LegalState
from desktop.workflow.procedure.rounds import Passed
from desktop.workflow.time.deadlines import Due
from desktop.workflow.time.limits import Limit
from tests.workflow.small_town import (
    SHANGHAI,
    TODAY,
    WHO,
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

CLERK, REVIEWER = ActorRole.CLERK, ActorRole.REVIEWER
GOAL = (Want(outcome="o1"),)
DAY = timedelta(days=1)


def office(*wants: Want, **requires: Requirement) -> Catalogue:
    return town(
        fact("f1"),
        fact("f2"),
        fact("heirs", FactType.SET, minimum=1),
        *(paper_kind(f"p{n}") for n in range(1, 5)),
        *(outcome(f"o{n}") for n in range(1, 4)),
        item("i1", "o1", {Phase(name): requirement for name, requirement in requires.items()}),
        item("i2", "o2"),
        wants=wants or GOAL,
    )


def done(code: str, *kinds: ActKind, day: date = TODAY) -> tuple[Act, ...]:
    return tuple(act(kind, code, role=CLERK if kind is ActKind.SUBMIT else REVIEWER, day=day) for kind in kinds)


SUBMIT, ACCEPT, ASSIGN, GRANT, ISSUE, SERVE = (
    ActKind.SUBMIT,
    ActKind.ACCEPT,
    ActKind.ASSIGN,
    ActKind.GRANT,
    ActKind.ISSUE,
    ActKind.SERVE,
)


def gate(catalogue: Catalogue, known: Inputs, gate_: Gate, code: str = "i1", today: date = TODAY) -> GateView:
    task = planned(catalogue, known, today).task(of_item(code))
    assert task is not None
    return task.gates[gate_]


def missing(catalogue: Catalogue, known: Inputs, gate_: Gate, code: str = "i1", today: date = TODAY) -> list[str]:
    return [each.key.code for each in gate(catalogue, known, gate_, code, today).missing]


def papers(catalogue: Catalogue, known: Inputs) -> list[str]:
    return [paper.key.code for paper in planned(catalogue, known).papers]


# -- 3, 4: goals and the frontier -------------------------------------------------------------------------------------


def test_rule_4_a_granted_item_still_shows_what_is_owed_before_and_after_its_issue() -> None:
    catalogue = office(accept=needs("p1"), issue=needs("p2"), post=needs("p3"))
    assert papers(catalogue, inputs()) == ["p1", "p2"]
    granted = done("i1", SUBMIT, ACCEPT, ASSIGN, GRANT)
    assert papers(catalogue, inputs(acts=granted)) == ["p2", "p3"]
    assert papers(catalogue, inputs(acts=(*granted, *done("i1", ISSUE)))) == ["p3"]


def test_rule_4_a_task_under_way_is_followed_though_nobody_needs_it_any_more() -> None:
    catalogue = office(Want(outcome="o1", when="f1"), Want(outcome="o2"), accept=needs("p1"))
    begun = inputs(facts=(told("f1", value=False),), acts=done("i1", SUBMIT))
    assert papers(catalogue, begun) == ["p1"]
    assert papers(catalogue, replace(begun, acts=())) == []
    task = planned(catalogue, begun).task(of_item("i1"))
    assert task is not None
    assert (task.wanted, task.actor) == (Wanted.COMMITTED, Actor.APPLICANT)


def test_rule_4_what_is_issued_but_still_owes_a_paper_is_followed_too() -> None:
    catalogue = office(post=needs("p3"))
    issued = done("i1", SUBMIT, ACCEPT, ASSIGN, GRANT, ISSUE)
    assert papers(catalogue, inputs(acts=issued, held=(held("o1"),))) == ["p3"]


def due_of(catalogue: Catalogue, known: Inputs, today: date = TODAY) -> Due | None:
    task = planned(catalogue, known, today).task(of_item("i1"))
    assert task is not None
    return task.due


def test_once_granted_it_is_the_delivery_that_presses_until_the_result_is_handed_over() -> None:
    decided = inputs(acts=done("i1", SUBMIT, ACCEPT, ASSIGN, GRANT))
    issued = with_more(decided, acts=done("i1", ISSUE))
    for known in (decided, issued):
        shown = due_of(office(), known, TODAY + 60 * DAY)
        assert shown is not None
        assert (shown.date, shown.overdue, shown.stopped) == (date(2026, 3, 16), True, None)
    assert due_of(office(), with_more(issued, acts=done("i1", SERVE)), TODAY + 60 * DAY) is None


def test_what_was_granted_too_late_is_not_overdue_while_its_delivery_still_has_time() -> None:
    begun = inputs(acts=done("i1", SUBMIT, ACCEPT, ASSIGN))
    waiting = due_of(office(), begun, TODAY + 20 * DAY)
    assert waiting is not None
    assert waiting.overdue
    decided = with_more(begun, acts=done("i1", GRANT, day=TODAY + 20 * DAY))
    shown = due_of(office(), decided, TODAY + 20 * DAY)
    assert shown is not None
    assert not shown.overdue


def test_what_one_department_makes_for_another_waits_for_no_delivery() -> None:
    catalogue = office(decide=needs("o2"))
    issued = inputs(acts=done("i2", SUBMIT, ACCEPT, ASSIGN, GRANT, ISSUE))
    task = planned(catalogue, issued, TODAY + 60 * DAY).task(of_item("i2"))
    assert task is not None
    assert task.due is None


# -- 5, 6: anew, rounds, endings --------------------------------------------------------------------------------------


def test_rule_5_what_is_wanted_anew_is_not_met_by_what_was_there_before() -> None:
    old = inputs(held=(held("o1"),))
    assert planned(office(), old).value is Truth.TRUE
    assert planned(office(Want(outcome="o1", anew=True)), old).value is Truth.UNKNOWN
    since = replace(held("o1"), since=TODAY + DAY)
    assert planned(office(Want(outcome="o1", anew=True)), inputs(held=(since,)), TODAY + DAY).value is Truth.TRUE


def test_rule_5_a_payment_or_an_answer_is_always_meant_anew() -> None:
    for kind, value in (("payment", Truth.UNKNOWN), ("notice", Truth.UNKNOWN), ("certificate", Truth.TRUE)):
        catalogue = town(outcome("o1", kind=kind), item("i1", "o1"), wants=GOAL)
        assert planned(catalogue, inputs(held=(held("o1"),))).value is value


def test_rule_5_what_is_not_wanted_here_is_on_file_all_the_same() -> None:
    catalogue = office(Want(outcome="o1"), Want(outcome="o2", anew=True, when="f1"), accept=needs("o2"))
    known = inputs(held=(held("o2"),), facts=(told("f1", value=False),))
    assert missing(catalogue, known, Gate.ACCEPT) == []


def test_rule_5_an_item_may_end_what_was_on_file() -> None:
    catalogue = town(
        outcome("o1"),
        outcome("o2"),
        item("i1", "o1", {Phase.ACCEPT: needs("o2")}),
        item("i3", "o3", ends=("o2",)),
        outcome("o3"),
        item("i2", "o2"),
        wants=(Want(outcome="o1"), Want(outcome="o3")),
    )
    known = inputs(held=(held("o2"),))
    assert missing(catalogue, known, Gate.ACCEPT) == []
    ended = with_more(known, acts=done("i3", SUBMIT, ACCEPT, ASSIGN, GRANT, ISSUE))
    assert missing(catalogue, ended, Gate.ACCEPT) == ["o2"]


ISSUED = (SUBMIT, ACCEPT, ASSIGN, GRANT, ISSUE)


def expiring() -> Catalogue:
    """An opinion that is good for two months, asked for at the decision on a licence."""
    opinion = outcome("o2", valid_for=Limit.parse("2 months"))
    licence = item("i1", "o1", {Phase.DECIDE: needs("o2")})
    return town(outcome("o1"), opinion, licence, item("i2", "o2"), wants=GOAL)


def test_rule_5_what_this_matter_issued_is_good_until_its_day_like_any_other() -> None:
    known = inputs(acts=(*done("i2", *ISSUED), *done("i1", SUBMIT, ACCEPT, ASSIGN)))
    assert missing(expiring(), known, Gate.DECIDE, today=date(2026, 5, 2)) == []
    assert missing(expiring(), known, Gate.DECIDE, today=date(2026, 5, 3)) == ["o2"]
    assert gate(expiring(), known, Gate.DECIDE, today=date(2026, 5, 3)).readiness is Readiness.BLOCKED


def test_rule_6_a_result_that_has_run_out_and_is_needed_is_asked_for_again_in_another_round() -> None:
    known = inputs(acts=(*done("i2", *ISSUED), *done("i1", SUBMIT, ACCEPT, ASSIGN)))
    task = planned(expiring(), known, date(2026, 5, 2)).task(of_item("i2"))
    assert task is not None
    assert (task.round, task.state.state, task.ran_out) == (1, LegalState.ISSUED, None)
    again = planned(expiring(), known, date(2026, 5, 3)).task(of_item("i2"))
    assert again is not None
    assert (again.round, again.state.state, again.ran_out) == (2, LegalState.NONE, date(2026, 5, 2))
    assert (again.wanted, again.actor) == (Wanted.NEEDED, Actor.COUNTER)
    second = tuple(act(kind, "i2", day=date(2026, 5, 3), number=2) for kind in ISSUED)
    anew = with_more(known, acts=second)
    assert missing(expiring(), anew, Gate.DECIDE, today=date(2026, 5, 4)) == []


def test_rule_6_a_chain_of_results_that_have_run_out_is_asked_for_again_from_its_end() -> None:
    short = Limit.parse("2 months")
    catalogue = town(
        outcome("o1"),
        outcome("o2", valid_for=short),
        outcome("o3", valid_for=short),
        item("i1", "o1", {Phase.DECIDE: needs("o2")}),
        item("i2", "o2", {Phase.ACCEPT: needs("o3")}),
        item("i3", "o3"),
        wants=GOAL,
    )
    known = inputs(acts=(*done("i3", *ISSUED), *done("i2", *ISSUED), *done("i1", SUBMIT, ACCEPT, ASSIGN)))
    later = planned(catalogue, known, date(2026, 5, 3))
    assert {task.key.code: task.round for task in later.tasks} == {"i1": 1, "i2": 2, "i3": 2}


def test_rule_6_nothing_is_asked_for_again_that_nobody_needs_or_that_was_ended_on_purpose() -> None:
    known = inputs(acts=(*done("i2", *ISSUED), *done("i1", *ISSUED)))
    later = planned(expiring(), known, date(2026, 5, 3))
    assert [task.round for task in later.tasks] == [1, 1]
    catalogue = town(outcome("o1", valid_for=Limit.parse("2 months")), item("i1", "o1"), wants=GOAL)
    goal = planned(catalogue, inputs(acts=done("i1", *ISSUED)), TODAY + 90 * DAY)
    assert [task.round for task in goal.tasks] == [1]


def shown(leaf: Requirement, *things: Fact | Material) -> Catalogue:
    """An opinion good for two months, which shows on paper or answers a fact that a licence asks for."""
    opinion = outcome("o2", valid_for=Limit.parse("2 months"))
    licence = item("i1", "o1", {Phase.ACCEPT: leaf})
    return town(*things, outcome("o1"), opinion, licence, item("i2", "o2"), wants=(Want(outcome="o2"), *GOAL))


@pytest.mark.parametrize(
    "catalogue",
    [
        shown(need("p1"), paper_kind("p1", provided_by=("o2",))),
        shown(need("f1"), fact("f1", about="applicant", from_outcome="o2", sources=("outcome",))),
        shown(
            All(parts=(When(condition="f1", part=need("p1")),)),
            fact("f1", about="applicant", from_outcome="o2", sources=("outcome",)),
            paper_kind("p1", provided_by=("o2",)),
        ),
    ],
    ids=["paper", "fact", "condition"],
)
def test_rule_6_what_a_paper_or_a_fact_goes_by_is_asked_for_again_as_well(catalogue: Catalogue) -> None:
    known = inputs(acts=done("i2", *ISSUED))
    assert missing(catalogue, known, Gate.ACCEPT, today=date(2026, 5, 2)) == []
    again = planned(catalogue, known, date(2026, 5, 3)).task(of_item("i2"))
    assert again is not None
    assert (again.round, again.wanted, again.ran_out) == (2, Wanted.NEEDED, date(2026, 5, 2))
    anew = with_more(known, acts=tuple(act(kind, "i2", day=date(2026, 5, 3), number=2) for kind in ISSUED))
    assert missing(catalogue, anew, Gate.ACCEPT, today=date(2026, 5, 4)) == []


def test_rule_6_what_somebody_can_answer_themselves_is_not_asked_for_again() -> None:
    told_too = fact("f1", about="applicant", from_outcome="o2", sources=("outcome", "declared"))
    later = planned(shown(need("f1"), told_too), inputs(acts=done("i2", *ISSUED)), date(2026, 5, 3))
    assert [task.round for task in later.tasks] == [1, 1]
    assert asked(later) == ["f1"]


def test_a_paper_of_a_result_ended_on_purpose_is_the_persons_to_bring() -> None:
    catalogue = town(
        paper_kind("p1", provided_by=("o2",)),
        *(outcome(code) for code in ("o1", "o2", "o3")),
        item("i1", "o1", {Phase.ACCEPT: need("p1")}),
        item("i2", "o2"),
        item("i3", "o3", ends=("o2",)),
        wants=(Want(outcome="o3"), Want(outcome="o2"), *GOAL),
    )
    ended = tuple(act(kind, "i3", day=TODAY + DAY) for kind in ISSUED)
    answer = planned(catalogue, inputs(acts=(*done("i2", *ISSUED), *ended)), TODAY + DAY)
    assert [(paper.key.code, paper.line) for paper in answer.papers] == [("p1", PaperLine.NEEDED)]


def test_rule_5_the_day_an_act_says_stands_before_the_catalogues() -> None:
    granted = done("i2", SUBMIT, ACCEPT, ASSIGN, GRANT)
    issued = act(ISSUE, "i2", valid_until="2026-03-31")
    known = inputs(acts=(*granted, issued, *done("i1", SUBMIT, ACCEPT, ASSIGN)))
    assert missing(expiring(), known, Gate.DECIDE, today=date(2026, 3, 31)) == []
    assert missing(expiring(), known, Gate.DECIDE, today=date(2026, 4, 1)) == ["o2"]


def test_rule_5_a_goal_once_reached_stays_reached_when_its_outcome_runs_out() -> None:
    catalogue = town(outcome("o1", valid_for=Limit.parse("2 months")), item("i1", "o1"), wants=GOAL)
    assert planned(catalogue, inputs(acts=done("i1", *ISSUED)), TODAY + 90 * DAY).value is Truth.TRUE


def test_rule_5_what_a_goal_has_brought_about_or_ended_does_not_turn_the_goal_away() -> None:
    has = fact("f1", about="applicant", from_outcome="o2", sources=("outcome", "declared"))
    catalogue = town(
        has,
        outcome("o1"),
        outcome("o2"),
        item("i1", "o1", ends=("o2",)),
        item("i2", "o2"),
        wants=(Want(outcome="o1", when="f1"), Want(outcome="o2", when="not f1")),
    )
    new = inputs(facts=(told("f1", value=False, subject=WHO),), acts=done("i2", *ISSUED))
    gone = inputs(held=(held("o2"),), acts=done("i1", *ISSUED))
    for known, code in ((new, "o2"), (gone, "o1")):
        goal = next(goal for goal in planned(catalogue, known).goals if goal.key.code == code)
        assert (goal.applies, goal.value) == (Truth.TRUE, Truth.TRUE)


# -- 7, 8: what a passed gate was judged on ---------------------------------------------------------------------------


def test_rule_7_an_outcome_must_still_stand_at_the_decision_and_a_paper_need_not() -> None:
    catalogue = office(accept=All(parts=(need("p1"), need("o2"))))
    soon = TODAY + DAY
    known = inputs(
        papers=(handed("p1", until=TODAY),), held=(held("o2", until=TODAY),), acts=done("i1", SUBMIT, ACCEPT)
    )
    assert missing(catalogue, known, Gate.DECIDE) == []
    assert missing(catalogue, known, Gate.DECIDE, today=soon) == ["o2"]
    assert "i2" in [task.key.code for task in planned(catalogue, known, soon).tasks]


def test_rule_7_a_leaf_may_say_otherwise() -> None:
    leaves = All(parts=(need("p1", holds="until_decision"), need("o2", holds="at_gate")))
    known = inputs(
        papers=(handed("p1", until=TODAY),), held=(held("o2", until=TODAY),), acts=done("i1", SUBMIT, ACCEPT)
    )
    assert missing(office(accept=leaves), known, Gate.DECIDE, today=TODAY + DAY) == ["p1"]
    decided = with_more(known, acts=done("i1", ASSIGN, GRANT))
    assert missing(office(accept=leaves), decided, Gate.ISSUE, today=TODAY + DAY) == []


# -- 9: the one-time notice -------------------------------------------------------------------------------------------


def test_rule_9_the_notice_lists_open_conditions_alternatives_and_what_does_not_hold() -> None:
    requirement = All(
        parts=(
            When(condition="f1", part=need("p1")),
            Any(parts=(need("p2"), need("p3"))),
            need("f2"),
        )
    )
    view = gate(office(accept=requirement), inputs(facts=(told("f2", value=False),)), Gate.ACCEPT)
    rows = [(each.key.code, each.unknown_condition, each.one_of != "") for each in view.missing]
    assert rows == [("f1", "f1", False), ("p2", "", True), ("p3", "", True), ("f2", "", False)]
    assert (view.readiness, [key.code for key in view.false]) == (Readiness.CLOSED, ["f2"])


def test_rule_9_where_every_way_is_closed_what_closes_them_is_listed() -> None:
    view = gate(office(accept=Any(parts=(need("f1"), need("f2")))), closed_inputs(), Gate.ACCEPT)
    assert (view.readiness, [key.code for key in view.false]) == (Readiness.CLOSED, ["f1", "f2"])


def closed_inputs() -> Inputs:
    return inputs(facts=(told("f1", value=False), told("f2", value=False)))


def test_rule_9_every_missing_leaf_names_who_must_act() -> None:
    catalogue = town(
        fact("f1"),
        paper_kind("p1"),
        paper_kind("p2", origin="hall"),
        *(outcome(f"o{n}") for n in range(1, 4)),
        item("i1", "o1", {Phase.ACCEPT: needs("f1", "p1", "p2", "o2", "o3")}),
        item("i2", "o2", department="registry"),
        wants=GOAL,
    )
    rows = [(each.key.code, each.actor, each.department) for each in gate(catalogue, inputs(), Gate.ACCEPT).missing]
    assert rows == [
        ("f1", Actor.APPLICANT, ""),
        ("p1", Actor.APPLICANT, ""),
        ("p2", Actor.COUNTER, ""),
        ("o2", Actor.DEPARTMENT, "registry"),
        ("o3", Actor.OTHER_AGENCY, ""),
    ]


# -- 10, 25, 26: sets and subjects ------------------------------------------------------------------------------------


EACH = ForEach(members="heirs", role="heir", part=need("p1", of="heir"))


def heirs(*names: str, since: date | None = None) -> FactValue:
    return replace(told("heirs", frozenset(names)), since=since)


def test_rule_10_an_empty_set_is_no_answer_where_there_must_be_somebody() -> None:
    catalogue = office(accept=EACH)
    assert asked(planned(catalogue, inputs(facts=(heirs(),)))) == ["heirs"]
    assert gate(catalogue, inputs(facts=(heirs(),)), Gate.ACCEPT).readiness is Readiness.BLOCKED
    assert missing(catalogue, inputs(facts=(heirs("ben"),)), Gate.ACCEPT) == ["p1"]


def test_rule_10_none_is_declared_where_nobody_need_be() -> None:
    catalogue = town(
        fact("heirs", FactType.SET, minimum=0),
        paper_kind("p1"),
        outcome("o1"),
        item("i1", "o1", {Phase.ACCEPT: EACH}),
        wants=GOAL,
    )
    assert gate(catalogue, inputs(), Gate.ACCEPT).readiness is Readiness.BLOCKED
    assert gate(catalogue, inputs(facts=(heirs(),)), Gate.ACCEPT).readiness is Readiness.OPEN


def test_rule_10_at_least_counts_what_each_way_brings() -> None:
    catalogue = office(accept=AtLeast(k=2, parts=(need("p1"), need("p2"), need("p3"))))
    one = inputs(papers=(handed("p1"),))
    assert gate(catalogue, one, Gate.ACCEPT).readiness is Readiness.BLOCKED
    assert gate(catalogue, with_more(one, papers=(handed("p3"),)), Gate.ACCEPT).readiness is Readiness.OPEN


def test_rule_25_somebody_who_joins_after_acceptance_is_judged_at_the_next_gate() -> None:
    catalogue = office(accept=EACH)
    accepted = inputs(
        facts=(heirs("ben", since=TODAY),), papers=(handed("p1", "ben"),), acts=done("i1", SUBMIT, ACCEPT)
    )
    later = TODAY + DAY
    joined = with_more(accepted, facts=(heirs("ben", "cat", since=later),))
    assert missing(catalogue, accepted, Gate.DECIDE, today=later) == []
    found = gate(catalogue, joined, Gate.DECIDE, today=later).missing
    assert [(each.key.code, each.key.subject) for each in found] == [("p1", "cat")]
    assert [paper.key.subject for paper in planned(catalogue, joined, later).papers] == ["cat"]


def test_rule_25_somebody_who_joins_on_the_day_of_acceptance_but_after_it_is_judged_as_well() -> None:
    catalogue = office(accept=EACH)
    morning, noon = (datetime(2026, 3, 2, hour, tzinfo=SHANGHAI) for hour in (8, 12))  # accepted at nine
    before = replace(heirs("ben", since=TODAY), at=morning)
    known = inputs(facts=(before,), papers=(handed("p1", "ben"),), acts=done("i1", SUBMIT, ACCEPT))
    after = with_more(known, facts=(replace(heirs("ben", "cat", since=TODAY), at=noon),))
    assert missing(catalogue, known, Gate.DECIDE) == []
    assert missing(catalogue, after, Gate.DECIDE) == ["p1"]


def test_rule_25_whoever_was_there_at_acceptance_is_not_judged_again() -> None:
    catalogue = office(accept=EACH)
    accepted = inputs(facts=(heirs("ben", since=TODAY),), papers=(handed("p1", "ben", until=TODAY),))
    known = with_more(accepted, acts=done("i1", SUBMIT, ACCEPT))
    assert missing(catalogue, known, Gate.DECIDE, today=TODAY + DAY) == []


def test_rule_26_a_role_nobody_fills_yet_is_a_provisional_person_of_its_own() -> None:
    catalogue = town(
        paper_kind("p1"),
        outcome("o1"),
        item("i1", "o1", {Phase.ACCEPT: need("p1", of="child")}),
        wants=GOAL,
        roles=(Role(code="applicant", name=Text(zh="申", en="A")), Role(code="child", name=Text(zh="孩", en="C"))),
    )
    provisional, named = inputs(), inputs(roles={"applicant": ("ann",), "child": ("kim",)})
    subjects = [planned(catalogue, known).papers[0].key.subject for known in (provisional, named)]
    assert subjects == ["role:child", "kim"]


def test_rule_26_everybody_of_a_role_nobody_fills_yet_is_one_provisional_person() -> None:
    catalogue = office(accept=EACH)
    role = Role(code="witness", name=Text(zh="证人", en="Witness"))
    for optional, subjects in ((False, ["role:witness"]), (True, [])):
        some = replace_roles(catalogue, role.model_copy(update={"optional": optional}))
        assert [paper.key.subject for paper in planned(some, inputs()).papers] == subjects


def replace_roles(catalogue: Catalogue, role: Role) -> Catalogue:
    each = ForEach(members="witness", role="one", part=need("p1", of="one"))
    changed = catalogue.items["i1"].model_copy(update={"requires": {Phase.ACCEPT: each}})
    demand = catalogue.demands["need"]
    demands = {"need": demand.model_copy(update={"roles": (*demand.roles, role)})}
    return catalogue.model_copy(update={"items": {**catalogue.items, "i1": changed}, "demands": demands})


# -- 13, 14: derived facts and cycles ---------------------------------------------------------------------------------


def test_rule_13_a_derived_fact_reads_what_is_on_file_and_not_what_could_be_had() -> None:
    catalogue = town(
        fact("f1", from_outcome="o2", sources=("outcome",), about="applicant"),
        paper_kind("p1"),
        outcome("o1"),
        outcome("o2"),
        item("i1", "o1", {Phase.ACCEPT: When(condition="f1", part=need("p1"))}),
        item("i2", "o2"),
        wants=(Want(outcome="o1"), Want(outcome="o2")),
    )
    assert papers(catalogue, inputs()) == []
    assert papers(catalogue, inputs(held=(held("o2"),))) == ["p1"]


def test_rule_13_what_this_matter_issued_answers_the_fact_that_reads_it() -> None:
    catalogue = town(
        fact("f1", from_outcome="o2", about="applicant"),
        outcome("o1"),
        outcome("o2", valid_for=Limit.parse("2 months")),
        item("i1", "o1", {Phase.DECIDE: All(parts=(need("o2"), need("f1")))}),
        item("i2", "o2"),
        wants=GOAL,
    )
    known = inputs(acts=(*done("i2", *ISSUED), *done("i1", SUBMIT, ACCEPT, ASSIGN)))
    assert asked(planned(catalogue, known)) == []
    assert missing(catalogue, known, Gate.DECIDE) == []
    assert asked(planned(catalogue, known, date(2026, 5, 3))) == ["f1"]


def test_rule_14_a_circle_is_valued_from_impossible_upward_until_nothing_changes() -> None:
    def circle(*ways: Requirement) -> Catalogue:
        return town(
            paper_kind("p1"),
            *(outcome(f"o{n}") for n in range(1, 4)),
            item("i1", "o1", {Phase.DECIDE: needs("o2")}),
            item("i2", "o2", {Phase.DECIDE: needs("o3")}),
            item("i3", "o3", {Phase.DECIDE: Any(parts=(need("o1"), *ways))}),
            wants=GOAL,
        )

    assert planned(circle(), inputs()).value is Truth.FALSE
    assert planned(circle(need("p1")), inputs()).value is Truth.UNKNOWN
    entered = planned(circle(need("p1")), inputs(papers=(handed("p1"),)))
    assert missing(circle(need("p1")), inputs(papers=(handed("p1"),)), Gate.DECIDE, "i3") == []
    assert [goal.value for goal in entered.goals] == [Truth.UNKNOWN]


# -- 15, 20, 22: days -------------------------------------------------------------------------------------------------


def test_rule_15_a_day_that_crosses_a_validity_is_a_change_of_input() -> None:
    catalogue = office(accept=needs("p1"))
    known = inputs(papers=(handed("p1", until=TODAY),))
    assert missing(catalogue, known, Gate.ACCEPT) == []
    assert missing(catalogue, known, Gate.ACCEPT, today=TODAY + DAY) == ["p1"]


def test_rule_20_what_was_missing_when_silence_accepted_is_due_at_the_decision() -> None:
    catalogue = office(accept=needs("p1"))
    known = inputs(acts=done("i1", SUBMIT))
    sixth = date(2026, 3, 10)  # five working days after Monday, 2 March, end on 9 March
    task = planned(catalogue, known, sixth).task(of_item("i1"))
    assert task is not None
    passed = task.state.passed(Gate.ACCEPT)
    assert passed is not None
    assert (passed.how, task.gates[Gate.ACCEPT].readiness) == (Passed.DEEMED, Readiness.PASSED)
    assert missing(catalogue, known, Gate.DECIDE, today=sixth) == ["p1"]
    assert [paper.line for paper in planned(catalogue, known, sixth).papers] == [PaperLine.NEEDED]


def test_rule_18_what_was_decided_elsewhere_is_not_judged_here() -> None:
    catalogue = office(accept=needs("p1", "o2"))
    seen = replace(act(ActKind.ACCEPT, "i1"), observed=True, values={"source": "province", "number": "7"})
    assert missing(catalogue, inputs(acts=(seen,)), Gate.DECIDE) == []


def test_rule_22_the_matters_own_clock_is_separate_from_its_items() -> None:
    promised = {"promised": Limit.parse("4 workdays")}
    catalogue = town(outcome("o1"), item("i1", "o1"), wants=GOAL, **promised)
    assert planned(catalogue, inputs()).matter_due is None
    answer = planned(catalogue, inputs(acts=done("i1", SUBMIT, ACCEPT)))
    task = answer.task(of_item("i1"))
    assert task is not None
    assert task.due is not None
    assert answer.matter_due is not None
    assert (answer.matter_due.date, task.due.date) == (date(2026, 3, 6), date(2026, 3, 16))


def test_rule_22_the_matters_promise_begins_with_the_first_acceptance_of_any_round() -> None:
    check = outcome("o2", valid_for=Limit.parse("10 days"))
    licence = item("i1", "o1", {Phase.ACCEPT: needs("o2")})
    catalogue = town(outcome("o1"), check, licence, item("i2", "o2"), wants=GOAL, promised=Limit.parse("20 workdays"))
    known = inputs(acts=done("i2", *ISSUED))
    first = planned(catalogue, known, TODAY + DAY).matter_due
    waiting = planned(catalogue, known, TODAY + 20 * DAY).matter_due
    begun = with_more(known, acts=tuple(act(kind, "i2", day=TODAY + 20 * DAY, number=2) for kind in (SUBMIT, ACCEPT)))
    again = planned(catalogue, begun, TODAY + 21 * DAY).matter_due
    assert [due.start for due in (first, waiting, again) if due is not None] == [TODAY] * 3


# -- 28: order and withdrawal -----------------------------------------------------------------------------------------


def test_rule_28_withdrawal_frees_what_nothing_else_reaches() -> None:
    shared = town(
        paper_kind("p1"),
        fact("f1"),
        *(outcome(f"o{n}") for n in range(1, 5)),
        item("i1", "o1", {Phase.DECIDE: needs("o3", "o4")}),
        item("i2", "o2", {Phase.DECIDE: needs("o3")}),
        item("i3", "o3"),
        item("i4", "o4"),
        wants=(Want(outcome="o1", when="f1"), Want(outcome="o2")),
    )
    begun = inputs(facts=(told("f1", value=True),), acts=done("i4", SUBMIT))
    freed = with_more(begun, facts=(told("f1", value=False),))
    before = {task.key.code: task.wanted for task in planned(shared, begun).tasks}
    after = {task.key.code: task.wanted for task in planned(shared, freed).tasks}
    assert before == dict.fromkeys(("i1", "i3", "i4", "i2"), Wanted.NEEDED)
    assert after == {"i2": Wanted.NEEDED, "i3": Wanted.NEEDED, "i4": Wanted.COMMITTED}


def test_rule_28_order_waits_for_an_item_that_another_item_needs_whoever_it_is_about() -> None:
    catalogue = town(
        *(outcome(f"o{n}") for n in range(1, 4)),
        item("i1", "o1", {Phase.DECIDE: After(item="i3")}),
        item("i2", "o2", {Phase.DECIDE: needs("o3")}),
        item("i3", "o3", about="case"),
        wants=(Want(outcome="o1"), Want(outcome="o2")),
    )
    assert missing(catalogue, inputs(), Gate.DECIDE) == ["i3"]
    ended = done("i3", SUBMIT, ACCEPT, ASSIGN, GRANT, ISSUE)
    assert missing(catalogue, inputs(acts=ended), Gate.DECIDE) == []


def test_rule_28_order_is_free_once_the_other_has_ended() -> None:
    catalogue = town(
        outcome("o1"),
        outcome("o2"),
        item("i1", "o1", {Phase.DECIDE: After(item="i2")}),
        item("i2", "o2"),
        wants=(Want(outcome="o1"), Want(outcome="o2")),
    )
    withdrawn = (*done("i2", SUBMIT), act(ActKind.WITHDRAW, "i2", role=CLERK, reason="no"))
    assert missing(catalogue, inputs(acts=withdrawn), Gate.DECIDE) == []


def test_members_come_in_one_order() -> None:
    catalogue = office(accept=EACH)
    known = inputs(facts=(heirs("eve", "ben", "dan", "cat"),))
    assert [paper.key.subject for paper in planned(catalogue, known).papers] == ["ben", "cat", "dan", "eve"]


def test_rule_28_order_does_not_wait_for_a_way_that_is_not_taken() -> None:
    siblings = town(outcome("o1"), item("i1", "o1", {Phase.DECIDE: After(item="i3")}), item("i3", "o1"), wants=GOAL)
    assert missing(siblings, inputs(), Gate.DECIDE) == []
    spared = Any(parts=(need("p1"), need("o2")))
    catalogue = town(
        paper_kind("p1"),
        outcome("o1"),
        outcome("o2"),
        item("i1", "o1", {Phase.ACCEPT: spared, Phase.DECIDE: After(item="i2")}),
        item("i2", "o2"),
        wants=GOAL,
    )
    assert missing(catalogue, inputs(), Gate.DECIDE) == ["p1", "o2", "i2"]
    assert missing(catalogue, inputs(papers=(handed("p1"),)), Gate.DECIDE) == []
    assert missing(catalogue, inputs(choices={"item:i1:ann#accept": "p1"}), Gate.DECIDE) == ["p1"]


# -- 24: what was begun stays -----------------------------------------------------------------------------------------


def test_rule_24_what_was_begun_is_there_also_when_the_catalogue_no_longer_has_its_item() -> None:
    gone = office().model_copy(update={"items": {"i2": office().items["i2"]}})
    known = inputs(acts=done("i1", SUBMIT, ACCEPT), departments={"i1": "office"})
    task = planned(gone, known).task(of_item("i1"))
    assert task is not None
    assert (task.state.state, task.wanted, task.actor) == (LegalState.ACCEPTED, Wanted.COMMITTED, Actor.DEPARTMENT)
    assert (task.item.department, task.due) == ("office", None)
    ended = with_more(known, acts=done("i1", ActKind.TERMINATE))
    over = planned(gone, ended).task(of_item("i1"))
    assert over is not None
    assert over.state.state is LegalState.TERMINATED


def test_rule_24_what_was_issued_is_still_handed_out_when_the_catalogue_no_longer_has_its_item() -> None:
    gone = office().model_copy(update={"items": {"i2": office().items["i2"]}})
    for acts in (ISSUED, (SUBMIT, ACCEPT, GRANT, ISSUE)):
        task = planned(gone, inputs(acts=done("i1", *acts))).task(of_item("i1"))
        assert task is not None
        assert (task.state.state, task.to_hand_over) == (LegalState.ISSUED, True)
