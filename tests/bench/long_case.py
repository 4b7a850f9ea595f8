"""The case every engine is measured on: a head, parallel branches, and a tail of three that waits for all of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from desktop.workflow.catalogue.definitions import Catalogue, Demand, Item, Outcome, Role, Text, Want
from desktop.workflow.catalogue.requirements import All, LeafKind, Need, Phase
from desktop.workflow.planning.inputs import Inputs
from desktop.workflow.procedure.legal_states import Act, ActKind, ActorRole
from desktop.workflow.procedure.procedures import ItemKind

DAY = date(2026, 3, 2)
WHO = "ann"
_NINE = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
_LATER = _NINE + timedelta(minutes=5)


def before_of(tasks: int) -> tuple[tuple[int, ...], ...]:
    """Give for each task by number those that must be finished before it; at least five tasks."""
    branches = tuple(range(1, tasks - 3))
    first, second, last = range(tasks - 3, tasks)
    return ((), *((0,) for _ in branches), branches, (first,), (second,)) if last else ()


def catalogue_of(tasks: int) -> Catalogue:
    """Give the case as items that are done at once, each providing what the next ones need."""
    outcomes = {f"o{n}": Outcome(code=f"o{n}", name=_text(f"o{n}")) for n in range(tasks)}
    items = {f"i{number}": _item(number, before) for number, before in enumerate(before_of(tasks))}
    applicant = Role(code="applicant", name=_text("applicant"))
    demand = Demand(code="need", name=_text("need"), wants=(Want(outcome=f"o{tasks - 1}"),), roles=(applicant,))
    return Catalogue(outcomes=outcomes, items=items, demands={"need": demand})


def _item(number: int, before: tuple[int, ...]) -> Item:
    needs = tuple(Need(kind=LeafKind.OUTCOME, code=f"o{each}") for each in before)
    return Item(
        code=f"i{number}",
        name=_text(f"i{number}"),
        department="office",
        provides=(f"o{number}",),
        requires={Phase.ACCEPT: All(parts=needs)} if needs else {},
        procedure="public_service",
        kind=ItemKind.INSTANT,
    )


def _text(name: str) -> Text:
    return Text(zh=name, en=name)


def inputs() -> Inputs:
    """Give a request nothing was done on yet."""
    return Inputs(demand="need", roles={"applicant": (WHO,)}, opened=DAY)


def acts_of(number: int) -> tuple[Act, Act]:
    """Finish a task as the hall does: handed in, then granted at once."""
    code, op = f"i{number}", f"op{number}"
    handed_in = Act(ActKind.SUBMIT, code, WHO, 1, _NINE, _NINE, "clerk", ActorRole.CLERK, op)
    return handed_in, Act(ActKind.GRANT, code, WHO, 1, _LATER, _LATER, "clerk", ActorRole.CLERK, op)
