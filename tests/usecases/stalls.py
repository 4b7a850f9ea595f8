"""The stall licence of `small_case` with other rules: pauses, an extension, a condition, papers that may follow."""

from typing import Any

from desktop.workflow.catalogue.definitions import Catalogue, Outcome, Text, Want
from desktop.workflow.catalogue.requirements import Deferral
from desktop.workflow.procedure.procedures import PauseGround
from desktop.workflow.time.limits import Limit
from tests.usecases.small_case import STALL

TESTING = PauseGround("testing", "行政许可法 第四十五条")


def stall_catalogue(*, health_card_may_follow: bool = False, **changes: Any) -> Catalogue:
    """The catalogue of the stall with changes to its item; the health certificate may be let follow."""
    fields = {name: getattr(STALL, name) for name in Catalogue.model_fields}
    item = STALL.items["stall"].model_copy(update=changes)
    materials = dict(STALL.materials)
    if health_card_may_follow:
        may_follow = Deferral(until="decide", limit=Limit.parse("3 workdays"))
        materials["health_card"] = materials["health_card"].model_copy(update={"deferrable": may_follow})
    return Catalogue(**(fields | {"items": {"stall": item}, "materials": materials}))


def two_departments() -> Catalogue:
    """The stall licence and a food permit of another department, decided together (并联审批)."""
    fields = {name: getattr(STALL, name) for name in Catalogue.model_fields}
    stall = STALL.items["stall"].model_copy(update={"joint": "market"})
    more = {"code": "food", "name": Text(zh="食品摊点备案", en="Food stall filing"), "department": "amr"}
    food = stall.model_copy(update={**more, "provides": ("food_filing",), "requires": {}})
    filing = Outcome(code="food_filing", name=Text(zh="食品摊点备案卡", en="Food stall card"), about="case")
    demand = STALL.demands["open_stall"]
    both = demand.model_copy(update={"wants": (*demand.wants, Want(outcome="food_filing"))})
    changed = {
        "items": {"stall": stall, "food": food},
        "outcomes": {**STALL.outcomes, "food_filing": filing},
        "demands": {"open_stall": both},
    }
    return Catalogue(**(fields | changed))
