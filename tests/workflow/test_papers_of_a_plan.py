"""Papers of a plan: whose they are, who brings them, which may be owing and until when."""

from datetime import date

from desktop.workflow.catalogue.definitions import Catalogue, Role, Text, Want
from desktop.workflow.catalogue.requirements import All, Any, Deferral, Phase, Requirement, When
from desktop.workflow.planning.inputs import Inputs, Key, Kind
from desktop.workflow.planning.plan import Actor, PaperLine, PaperView, Readiness
from desktop.workflow.procedure.legal_states import ActKind, ActorRole, Gate
from desktop.workflow.time.limits import Limit
from tests.workflow.small_town import (
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
    told,
    town,
)

CLERK = ActorRole.CLERK
ROLES = (
    Role(code="applicant", name=Text(zh="申请人", en="Applicant")),
    Role(code="child", name=Text(zh="孩子", en="Child")),
)
FAMILY = {"applicant": (WHO,), "child": ("kim",)}
TWO = (Want(outcome="o1"), Want(outcome="o2"))


def proved(*wants: Want, accept: Requirement | None = None, before: Requirement | None = None) -> Catalogue:
    """A town in which `i2` provides what the paper `p1` shows, and `i1` asks for that paper."""
    return town(
        paper_kind("p1", provided_by=("o2",)),
        paper_kind("p2"),
        outcome("o1"),
        outcome("o2"),
        item("i1", "o1", {Phase.ACCEPT: accept or needs("p1")}),
        item("i2", "o2", {Phase.ACCEPT: before} if before is not None else {}, department="registry"),
        wants=wants,
        roles=ROLES,
    )


def paper(catalogue: Catalogue, known: Inputs, subject: str = WHO) -> PaperView:
    found = [each for each in planned(catalogue, known).papers if each.key == Key(Kind.MATERIAL, "p1", subject)]
    assert found
    return found[0]


def test_what_a_paper_shows_is_looked_for_under_the_papers_owner() -> None:
    catalogue = proved(Want(outcome="o1"), accept=need("p1", of="child"))
    mine = paper(catalogue, inputs(roles=FAMILY, held=(held("o2", WHO),)), "kim")
    the_childs = paper(catalogue, inputs(roles=FAMILY, held=(held("o2", "kim"),)), "kim")
    assert (mine.line, the_childs.line) == (PaperLine.NEEDED, PaperLine.ON_FILE)


def test_a_paper_of_the_matter_is_proved_by_the_outcome_where_the_catalogue_puts_it() -> None:
    catalogue = town(
        paper_kind("p1", about="case", provided_by=("o2",)),
        outcome("o1"),
        outcome("o2"),
        item("i1", "o1", {Phase.ACCEPT: needs("p1")}),
        wants=(Want(outcome="o1"),),
    )
    assert paper(catalogue, inputs(held=(held("o2"),)), "case").line is PaperLine.ON_FILE


def test_a_paper_comes_from_a_department_only_where_this_demand_wants_its_item() -> None:
    alone, both = proved(Want(outcome="o1")), proved(*TWO)
    assert paper(alone, inputs()).line is PaperLine.NEEDED
    assert paper(both, inputs()).line is PaperLine.COMING
    actors = [
        missing.actor
        for catalogue in (alone, both)
        for missing in planned(catalogue, inputs()).tasks[0].gates[Gate.ACCEPT].missing
    ]
    assert actors == [Actor.APPLICANT, Actor.DEPARTMENT]
    coming = planned(both, inputs()).tasks[0].gates[Gate.ACCEPT].missing[0]
    assert coming.department == "registry"


def test_a_paper_whose_item_is_not_wanted_here_is_brought() -> None:
    wants = (Want(outcome="o1"), Want(outcome="o2", opt_in=True))
    assert paper(proved(*wants), inputs()).line is PaperLine.NEEDED
    taken = inputs(choices={"outcome:o2:ann": "taken"})
    assert paper(proved(*wants), taken).line is PaperLine.COMING


def test_a_paper_whose_item_was_refused_is_brought() -> None:
    refused = tuple(
        act(kind, "i2", reason="unsafe", role=role)
        for kind, role in (
            (ActKind.SUBMIT, CLERK),
            (ActKind.ACCEPT, CLERK),
            (ActKind.ASSIGN, ActorRole.REVIEWER),
            (ActKind.REFUSE, ActorRole.REVIEWER),
        )
    )
    assert paper(proved(*TWO), inputs(acts=refused)).line is PaperLine.NEEDED


def test_a_paper_is_brought_where_the_item_that_provides_it_asks_for_it_itself() -> None:
    renewal = town(
        paper_kind("p1", provided_by=("o1",)),
        outcome("o1"),
        item("i1", "o1", {Phase.ACCEPT: needs("p1")}),
        wants=(Want(outcome="o1", anew=True),),
    )
    assert paper(renewal, inputs()).line is PaperLine.NEEDED


def test_a_paper_is_brought_where_its_item_waits_for_the_one_that_asks() -> None:
    assert paper(proved(*TWO, before=needs("o1")), inputs()).line is PaperLine.NEEDED


def test_two_items_that_bring_each_other_a_paper_do_not_both_wait() -> None:
    catalogue = town(
        paper_kind("p1", provided_by=("o2",)),
        paper_kind("p2", provided_by=("o1",)),
        outcome("o1"),
        outcome("o2"),
        item("i1", "o1", {Phase.ACCEPT: needs("p1")}),
        item("i2", "o2", {Phase.ACCEPT: needs("p2")}),
        wants=TWO,
    )
    assert [each.line for each in planned(catalogue, inputs()).papers] == [PaperLine.COMING, PaperLine.NEEDED]


def test_a_paper_one_item_needs_outright_is_not_one_of_several() -> None:
    catalogue = town(
        paper_kind("p1"),
        paper_kind("p2"),
        outcome("o1"),
        outcome("o2"),
        item("i1", "o1", {Phase.ACCEPT: Any(parts=(need("p1"), need("p2")))}),
        item("i2", "o2", {Phase.ACCEPT: needs("p1")}),
        wants=TWO,
    )
    groups = {each.key.code: each.one_of for each in planned(catalogue, inputs()).papers}
    assert groups == {"p1": "", "p2": "item:i1:ann#accept"}


def test_a_paper_that_serves_two_items_is_named_among_the_ways_of_each() -> None:
    either = {Phase.ACCEPT: Any(parts=(need("p1"), need("p2")))}
    other = {Phase.ACCEPT: Any(parts=(need("p1"), need("p3")))}
    papers = (paper_kind("p1"), paper_kind("p2"), paper_kind("p3"))
    two = town(*papers, outcome("o1"), outcome("o2"), item("i1", "o1", either), item("i2", "o2", other), wants=TWO)
    assert to_bring(two) == [["p1", "p2"], ["p1", "p3"]]
    alike = town(*papers, outcome("o1"), outcome("o2"), item("i1", "o1", either), item("i2", "o2", either), wants=TWO)
    assert to_bring(alike) == [["p1", "p2"]], "what both ask alike is said once"


def to_bring(catalogue: Catalogue) -> list[list[str]]:
    groups = planned(catalogue, inputs()).papers_of(PaperLine.NEEDED)
    return [[paper.key.code for paper in group] for group in groups]


# -- papers owing (容缺) ------------------------------------------------------------------------------------------

LEAF = "material:p1:ann"
SUBMITTED = act(ActKind.SUBMIT, "i1", role=CLERK)
PROMISED = act(ActKind.PROMISE, "i1", deferred={LEAF: "2026-03-06"}, role=CLERK)
ACCEPTED = act(ActKind.ACCEPT, "i1", role=CLERK)


def deferring(**deferral: object) -> Catalogue:
    return town(
        paper_kind("p1"),
        paper_kind("p2"),
        outcome("o1"),
        item("i1", "o1", {Phase.ACCEPT: need("p1", deferrable=Deferral.model_validate(deferral))}),
        wants=(Want(outcome="o1"),),
    )


def test_a_paper_that_may_be_owing_is_needed_and_says_until_when_at_most() -> None:
    shown = paper(deferring(limit=Limit.parse("5 workdays")), inputs())
    assert (shown.line, shown.deferrable, shown.due) == (PaperLine.NEEDED, True, date(2026, 3, 9))
    longer = paper(deferring(limit=Limit.parse("40 workdays")), inputs())
    assert longer.due == date(2026, 3, 16)  # within the item's own ten working days
    unlimited, later = (planned(deferring(), inputs(), day).papers[0] for day in (TODAY, date(2026, 3, 4)))
    assert (unlimited.due, later.due) == (date(2026, 3, 16), date(2026, 3, 18))


def test_a_paper_that_may_not_be_owing_has_no_such_day() -> None:
    shown = paper(proved(Want(outcome="o1")), inputs())
    assert (shown.deferrable, shown.due) == (False, None)


def test_a_paper_owing_shows_the_day_it_was_promised_for_before_and_after_acceptance() -> None:
    for acts in ((SUBMITTED, PROMISED), (SUBMITTED, PROMISED, ACCEPTED)):
        shown = paper(deferring(), inputs(acts=acts))
        assert (shown.line, shown.due) == (PaperLine.OWING, date(2026, 3, 6))


def test_a_paper_owing_that_arrives_opens_the_decision_and_is_asked_no_more() -> None:
    acts = (SUBMITTED, PROMISED, ACCEPTED)
    answer = planned(deferring(), inputs(acts=acts, papers=(handed("p1"),)))
    task = answer.task(of_item("i1"))
    assert task is not None
    assert task.gates[Gate.DECIDE].readiness is Readiness.OPEN
    assert answer.papers == ()


def test_a_broken_promise_does_not_open_the_gate_it_was_due_at() -> None:
    broken = act(ActKind.BREAK_PROMISE, "i1", reason="not brought")
    task = planned(deferring(), inputs(acts=(SUBMITTED, PROMISED, ACCEPTED, broken))).task(of_item("i1"))
    assert task is not None
    assert [missing.key.leaf for missing in task.gates[Gate.DECIDE].missing] == [LEAF]


def test_a_paper_that_may_be_owing_until_the_result_is_issued_does_not_hold_the_decision() -> None:
    acts = (SUBMITTED, PROMISED, ACCEPTED)
    task = planned(deferring(until="issue"), inputs(acts=acts)).task(of_item("i1"))
    assert task is not None
    found = {gate: [each.key.code for each in task.gates[gate].missing] for gate in (Gate.DECIDE, Gate.ISSUE)}
    assert found == {Gate.DECIDE: [], Gate.ISSUE: ["p1"]}


def test_rule_11_a_deferral_belongs_to_its_round_and_not_to_the_paper() -> None:
    withdrawn = act(ActKind.WITHDRAW, "i1", reason="changed my mind", role=CLERK)
    again = act(ActKind.SUBMIT, "i1", number=2, role=CLERK)
    shown = paper(deferring(), inputs(acts=(SUBMITTED, PROMISED, withdrawn, again)))
    assert shown.line is PaperLine.NEEDED


def test_a_paper_in_two_alternatives_of_one_item_stands_in_both() -> None:
    asked = All(parts=(Any(parts=(need("p1"), need("p2"))), Any(parts=(need("p1"), need("p3")))))
    kinds = (paper_kind("p1"), paper_kind("p2"), paper_kind("p3"))
    catalogue = town(*kinds, outcome("o1"), item("i1", "o1", {Phase.ACCEPT: asked}), wants=(Want(outcome="o1"),))
    groups = planned(catalogue, inputs()).papers_of(PaperLine.NEEDED)
    assert [{paper.key.code for paper in group} for group in groups] == [{"p1", "p2"}, {"p1", "p3"}]


def test_a_paper_asked_for_outright_beside_an_alternative_is_no_choice() -> None:
    asked = All(parts=(Any(parts=(need("p1"), need("p2"))), need("p1")))
    kinds = (paper_kind("p1"), paper_kind("p2"))
    catalogue = town(*kinds, outcome("o1"), item("i1", "o1", {Phase.ACCEPT: asked}), wants=(Want(outcome="o1"),))
    assert paper(catalogue, inputs()).groups == ()


def test_what_is_only_offered_to_some_is_no_offer_while_it_is_open_whether_they_are_meant_and_nothing_is_asked() -> (
    None
):
    offered = When(condition="f1", part=need("p1", optional=True))
    asked = town(fact("f1"), paper_kind("p1"), outcome("o1"), item("i1", "o1", {Phase.ACCEPT: offered}), wants=TWO[:1])
    for answers, codes in ((), []), ((told("f1", value=True),), ["p1"]), ((told("f1", value=False),), []):
        plan = planned(asked, inputs(facts=answers))
        assert [paper.key.code for paper in plan.papers] == codes
        assert plan.questions == ()
    brought = planned(asked, inputs(papers=(handed("p1"),)))
    assert [paper.line for paper in brought.papers] == [PaperLine.RECEIVED]
