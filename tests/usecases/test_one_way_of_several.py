"""Of several ways of which one is enough only one is gone: the applicant's choice, else the author's first."""

from typing import Any

from desktop.usecases.requests.requests import Form, LogRequest, log_request, see_request
from desktop.workflow.catalogue.definitions import Catalogue, Demand, Item, Outcome, Role, Text, Want
from desktop.workflow.catalogue.requirements import All, AtLeast, LeafKind, Need, Phase, Requirement
from desktop.workflow.catalogue.requirements import Any as AnyOf
from desktop.workflow.time.limits import Limit
from tests.usecases.conftest import CATALOGUE, SmallHall

GROUP = "item:shop:case#accept"


def named(code: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "name": Text(zh=code, en=code), "about": "case", **more}


def outcome(code: str) -> Need:
    return Need(kind=LeafKind.OUTCOME, code=code)


def town(requires: Requirement) -> Catalogue:
    """A licence that asks for results of other items, each of which a department brings out."""
    fields = {name: getattr(CATALOGUE, name) for name in Catalogue.model_fields}
    limits = {"promised": Limit.parse("5 workdays"), "procedure": "permit", "department": "mca"}
    items = [Item(**named(f"to_{code}", provides=(code,), **limits)) for code in ("one", "two", "three")]
    shop = Item(**named("shop", provides=("licence",), requires={Phase.ACCEPT: requires}, **limits))
    roles = (Role(code="applicant", name=Text(zh="申请人", en="Applicant")),)
    demand = Demand(code="open", name=Text(zh="open", en="open"), roles=roles, wants=(Want(outcome="licence"),))
    outcomes = ("one", "two", "three", "licence")
    return Catalogue(
        **fields
        | {
            "items": {item.code: item for item in (*items, shop)},
            "outcomes": {code: Outcome(**named(code)) for code in outcomes},
            "demands": {"open": demand},
        }
    )


def gone(hall: SmallHall, **form: Any) -> list[str]:
    """Log the matter, and give the items that were passed on to their department."""
    request = hall.write(hall.clerk, log_request, LogRequest(Form("open", **form), despite_twin=True)).request
    tasks = hall.read(hall.clerk, see_request, request).tasks
    return sorted(task.item for task in tasks if task.state == "submitted")


def test_of_two_results_of_which_one_is_enough_only_the_first_is_applied_for(hall: SmallHall) -> None:
    hall.performer.catalogue = town(AnyOf(parts=(outcome("one"), outcome("two"))))
    assert gone(hall) == ["to_one"]
    assert gone(hall, choices={GROUP: "two"}) == ["to_two"]


def test_of_three_results_of_which_two_are_enough_two_are_applied_for(hall: SmallHall) -> None:
    hall.performer.catalogue = town(AtLeast(k=2, parts=(outcome("one"), outcome("two"), outcome("three"))))
    assert gone(hall) == ["to_one", "to_two"]


def test_what_is_asked_for_besides_goes_along(hall: SmallHall) -> None:
    either = AnyOf(parts=(outcome("one"), outcome("two")))
    hall.performer.catalogue = town(All(parts=(either, outcome("two"))))
    assert gone(hall) == ["to_two"], "what is asked for outright is one of the two ways as well"
