"""However long a chain is, it is planned, explained and checked; what is nested too deep is said in a sentence."""

from datetime import date

import pytest

from desktop.authoring.fault_words import sentence
from desktop.authoring.faults import CatalogueFault
from desktop.words import in_language
from desktop.workflow.catalogue.definitions import Catalogue, Fact, Item, Outcome, Source
from desktop.workflow.catalogue.requirements import All, Any, LeafKind, Need, Phase, Requirement
from desktop.workflow.checking.check import check
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.explaining.explain import why, why_not_yet
from desktop.workflow.planning.engine import plan
from desktop.workflow.planning.inputs import FactValue, Inputs, Key, Kind
from desktop.workflow.planning.plan import Plan
from tests.workflow.small_catalogues import town
from tests.workflow.test_calendars import CALENDAR

LONG = 1_000
TODAY = date(2026, 7, 1)
TOWN = town()
ITEM, OUTCOME = TOWN.items["licence_new"], TOWN.outcomes["licence"]


def need(number: int) -> Need:
    return Need(kind=LeafKind.OUTCOME, code=f"o{number}")


def catalogue_of(
    items: dict[str, Item], outcomes: dict[str, Outcome], facts: dict[str, Fact] | None = None
) -> Catalogue:
    demand = TOWN.demands["open_shop"]
    want = demand.wants[0].model_copy(update={"outcome": "o0", "when": None})
    demands = {"open_shop": demand.model_copy(update={"wants": (want,)})}
    parts = {"items": items, "outcomes": outcomes, "facts": {**TOWN.facts, **(facts or {})}, "demands": demands}
    return Catalogue(**{name: getattr(TOWN, name) for name in Catalogue.model_fields} | parts)


def chain(length: int = LONG, *, closed: bool = False) -> Catalogue:
    """Give items of which each needs the outcome of the next; the last asks for a paper, or for the first again."""
    outcomes = {f"o{n}": OUTCOME.model_copy(update={"code": f"o{n}"}) for n in range(length)}
    end: Requirement = need(0) if closed else Need(kind=LeafKind.MATERIAL, code="id_card")
    asked = [All(parts=(need(n + 1) if n + 1 < length else end,)) for n in range(length)]
    items = {
        f"i{n}": ITEM.model_copy(update={"code": f"i{n}", "provides": (f"o{n}",), "requires": {Phase.ACCEPT: asked[n]}})
        for n in range(length)
    }
    return catalogue_of(items, outcomes)


def planned(catalogue: Catalogue, *facts: FactValue) -> Plan:
    return plan(catalogue, CALENDAR, Inputs(demand="open_shop", roles={"applicant": ("shop",)}, facts=facts), TODAY)


def test_a_chain_of_a_thousand_items_is_planned_to_its_end() -> None:
    found = planned(chain())
    assert [task.key.code for task in found.tasks] == [f"i{n}" for n in range(LONG)]
    assert [paper.key.code for paper in found.papers] == ["id_card"]
    assert found.value is Truth.UNKNOWN


def test_a_chain_of_a_thousand_items_is_explained_from_both_ends() -> None:
    found = planned(chain())
    (up,) = why(found, Key(Kind.MATERIAL, "id_card", "shop"))
    assert up.top.code == "o0"
    roots = why_not_yet(found, Key(Kind.OUTCOME, "o0", "shop")).roots
    assert [root.key.code for root in roots] == ["id_card"]


def test_a_circle_of_a_thousand_items_is_impossible_and_said_so_by_the_check() -> None:
    circle = chain(closed=True)
    assert planned(circle).value is Truth.FALSE
    assert "circle_without_entry" in {finding.code for finding in check(circle)}


def test_a_chain_of_a_thousand_items_passes_the_check_but_for_its_time() -> None:
    codes = {finding.code for finding in check(chain()) if finding.where[0] != "fact" and finding.where[1] != "plan"}
    assert codes <= {"promise_under_path", "order_fact_not_read", "drafts"}
    assert "promise_under_path" in codes


def test_a_chain_of_a_thousand_derived_facts_is_asked_at_its_end_and_answered_from_there() -> None:
    rule = {"type": "bool", "about": "case", "sources": (Source.DERIVED,)}
    names = [{"code": f"f{n}", "name": {"zh": f"事实{n:04}号", "en": f"fact {n}"}} for n in range(LONG)]
    facts = {
        f"f{n}": Fact.model_validate({**rule, **names[n], "rule": f"事实{n + 1:04}号" if n + 1 < LONG else "有厨房"})
        for n in range(LONG)
    }
    requires = {Phase.ACCEPT: All(parts=(Need(kind=LeafKind.FACT, code="f0"),))}
    item = ITEM.model_copy(update={"code": "i0", "provides": ("o0",), "requires": requires, "eligible": "事实0000号"})
    catalogue = catalogue_of({"i0": item}, {"o0": OUTCOME.model_copy(update={"code": "o0"})}, facts)
    assert "kitchen" in {question.key.code for question in planned(catalogue).questions}
    answered = planned(catalogue, FactValue("case", "kitchen", True))
    assert answered.tasks[0].eligible is Truth.TRUE


@pytest.mark.parametrize("form", [All, Any])
def test_a_thousand_nested_lists_end_in_a_sentence_of_the_check(form: type[All | Any]) -> None:
    part: Requirement = Need(kind=LeafKind.MATERIAL, code="id_card")
    for _ in range(LONG):
        part = form(parts=(part,))
    item = ITEM.model_copy(update={"code": "i0", "provides": ("o0",), "requires": {Phase.ACCEPT: part}})
    catalogue = catalogue_of({"i0": item}, {"o0": OUTCOME.model_copy(update={"code": "o0"})})
    assert catalogue.providers["o0"] == (item,)
    first = check(catalogue)[0]
    assert (first.code, first.where) == ("nested_too_deep", ("item", "i0", "requires.accept"))
    said = sentence(CatalogueFault("town.yaml", 1, first.code, {"entry": "i0", **first.values}), in_language("zh"))
    assert said == "i0 的要求嵌套了 1001 层，最多 24 层。请写得平一些，或拆成几个事项。"
