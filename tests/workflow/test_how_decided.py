"""A decision is told by what stood in evidence when it was taken."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from desktop.workflow.catalogue.definitions import Source, Want
from desktop.workflow.catalogue.requirements import All, Any, Phase, When
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.explaining.decided import HowDecided, Judgement, how_decided
from desktop.workflow.planning.inputs import FactValue, Inputs, Key, Kind, Paper
from desktop.workflow.procedure.legal_states import ActKind, ActorRole
from tests.workflow.small_town import (
    CALENDAR,
    SHANGHAI,
    TODAY,
    WHO,
    act,
    fact,
    inputs,
    item,
    need,
    of_item,
    outcome,
    paper_kind,
    town,
)

ASKED = All(parts=(need("p1"), When(condition="f1", part=need("p2")), Any(parts=(need("o2"), need("p3")))))
TOWN = town(
    fact("f1"), fact("f2"), paper_kind("p1"), paper_kind("p2"), paper_kind("p3"), outcome("o1"), outcome("o2"),
    item("i1", "o1", {Phase.ACCEPT: ASKED}, eligible="not f2", basis="行政许可法 第三十八条"), item("i2", "o2"),
    wants=(Want(outcome="o1"),),
)  # fmt: skip
EARLIER, DECIDED = date(2026, 2, 10), date(2026, 2, 20)
FIRST = datetime(2026, 2, 10, 9, tzinfo=SHANGHAI)


def told(code: str, value: object, day: date = EARLIER, source: Source = Source.DECLARED) -> FactValue:
    return FactValue("case", code, value, source, since=day)


def known(*facts: FactValue, kind: ActKind = ActKind.GRANT) -> Inputs:
    acts = (
        act(ActKind.SUBMIT, "i1", day=EARLIER, role=ActorRole.CLERK),
        act(ActKind.ACCEPT, "i1", day=EARLIER),
        act(kind, "i1", day=DECIDED, reason="有理由"),
    )
    return inputs(facts=facts, papers=(Paper(WHO, "p1", received=EARLIER),), acts=acts)


def decided(of: Inputs) -> HowDecided:
    found = how_decided(TOWN, CALENDAR, of, of_item("i1"))
    assert found is not None
    return found


def of_paper(code: str) -> Key:
    return Key(Kind.MATERIAL, code, WHO)


def test_what_was_there_is_told_with_what_showed_it() -> None:
    found = decided(known(told("f1", value=False)))
    paper = next(one for one in found.evidence if one.key == of_paper("p1"))
    assert paper.value is Truth.TRUE
    assert isinstance(paper.shown_by, Paper)
    assert paper.shown_by.received == EARLIER
    assert found.basis == "行政许可法 第三十八条"


def test_what_a_false_condition_left_out_was_no_evidence_and_the_condition_is_told() -> None:
    found = decided(known(told("f1", value=False)))
    assert of_paper("p2") not in {one.key for one in found.evidence}
    assert Judgement("f1", Truth.FALSE) in found.judgements


def test_what_came_after_the_decision_is_no_evidence() -> None:
    later = known(told("f1", value=False), told("f1", value=True, day=TODAY))
    later = replace(later, papers=(*later.papers, Paper(WHO, "p3", received=TODAY)))
    assert decided(later) == decided(replace(known(told("f1", value=False)), acts=later.acts))


def test_a_decision_against_what_the_rules_advise_is_known_as_one() -> None:
    assert decided(known(told("f2", value=True))).against_advice
    assert not decided(known(told("f2", value=False))).against_advice
    assert decided(known(told("f2", value=False), kind=ActKind.REFUSE)).against_advice


def test_the_latest_decision_of_a_round_counts_and_an_open_round_has_none() -> None:
    assert how_decided(TOWN, CALENDAR, inputs(), of_item("i1")) is None
    once = known(told("f2", value=False))
    again = replace(once.acts[-1], op="again", kind=ActKind.REFUSE, legal=FIRST + timedelta(days=15), values={})
    assert decided(replace(once, acts=(*once.acts, again))).act.kind is ActKind.REFUSE
    assert how_decided(TOWN, CALENDAR, once, of_item("i1"), 2) is None
