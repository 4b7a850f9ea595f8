"""A paper a notice names as defective is satisfied only by what comes after the notice."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from db.open import Database
from desktop.usecases.perform import Performer
from desktop.usecases.refused import Refused
from desktop.usecases.requests.requests import (
    Form,
    Handed,
    LogRequest,
    ReceivePapers,
    log_request,
    receive_papers,
    see_request,
)
from desktop.usecases.work.work import DoAct, do_act
from desktop.workflow.catalogue.definitions import Catalogue, Demand, Item, Material, Outcome, Role, Text, Want
from desktop.workflow.catalogue.requirements import LeafKind, Need, Phase
from desktop.workflow.procedure.legal_states import ActKind
from desktop.workflow.time.limits import Limit
from tests.usecases.conftest import CALENDAR, CATALOGUE, Clock, SmallHall

CARD = "material:card:case"


def named(code: str, about: str = "case", **more: Any) -> dict[str, Any]:
    return {"code": code, "name": Text(zh=code, en=code), "about": about, **more}


def item(code: str, provides: str, **more: Any) -> Item:
    days: dict[str, Any] = {"promised": Limit.parse("30 workdays"), "statutory": Limit.parse("40 workdays")}
    return Item(**named(code, department="mca", provides=(provides,), procedure="permit", **days, **more))


def town() -> Catalogue:
    """A licence that asks for a card: a passport does instead, and so does a survey of the same matter."""
    fields = {name: getattr(CATALOGUE, name) for name in Catalogue.model_fields}
    need = {Phase.ACCEPT: Need(kind=LeafKind.MATERIAL, code="card")}
    cards = (
        Material(**named("card", substitutes=("passport",), provided_by=("surveyed",))),
        Material(**named("passport")),
    )
    items = (item("shop", "licence", requires=need), item("survey", "surveyed"))
    wants = {"licence": ("licence",), "both": ("surveyed", "licence")}
    roles = (Role(code="applicant", name=Text(zh="申请人", en="Applicant")),)
    demands = {
        code: Demand(code=code, name=Text(zh=code, en=code), roles=roles, wants=tuple(Want(outcome=o) for o in of))
        for code, of in wants.items()
    }
    changed = {
        "materials": {one.code: one for one in cards},
        "outcomes": {code: Outcome(**named(code)) for code in ("licence", "surveyed")},
        "items": {one.code: one for one in items},
        "demands": demands,
    }
    return Catalogue(**(fields | changed))


@pytest.fixture
def town_hall(database: Database, clock: Clock, hall: SmallHall) -> SmallHall:
    return SmallHall(Performer(database, town(), CALENDAR, clock), clock, hall.sessions)


def do(hall: SmallHall, request: UUID, code: str, act: ActKind, **values: object) -> None:
    task = next(one.id for one in hall.read(hall.clerk, see_request, request).tasks if one.item == code)
    hall.write(hall.clerk if act is ActKind.RESUPPLY else hall.reviewer, do_act, DoAct(task, act, values=values))
    hall.clock.move(minutes=1)


def waiting_on(hall: SmallHall, request: UUID) -> list[str]:
    tasks = hall.read(hall.clerk, see_request, request).tasks
    return next(list(one.waiting_on) for one in tasks if one.item == "shop")


def notified(
    hall: SmallHall, demand: str, *papers: str, before: Callable[[UUID], None] = lambda _request: None
) -> UUID:
    """Somebody whose card is named as defective though something stands in for it."""
    form = Form(demand, papers=tuple(Handed("case", code) for code in papers))
    request: UUID = hall.write(hall.clerk, log_request, LogRequest(form)).request
    hall.clock.move(minutes=1)
    before(request)
    do(hall, request, "shop", ActKind.SUPPLEMENT, defects={CARD: "看不清"})
    return request


@pytest.mark.parametrize("papers", [("passport",), ("passport", "card")])
@pytest.mark.parametrize("brought", ["card", "passport"])
def test_what_stood_in_before_the_notice_does_not_answer_it(
    town_hall: SmallHall, papers: tuple[str, ...], brought: str
) -> None:
    hall = town_hall
    request = notified(hall, "licence", *papers)
    assert waiting_on(hall, request) == ["applicant"]
    hall.write(hall.clerk, receive_papers, ReceivePapers(request, (Handed("case", brought),)))
    assert waiting_on(hall, request) == ["counter"]
    do(hall, request, "shop", ActKind.RESUPPLY)
    do(hall, request, "shop", ActKind.ACCEPT)


def test_coming_back_with_nothing_is_not_enough_to_accept(town_hall: SmallHall) -> None:
    request = notified(town_hall, "licence", "passport")
    do(town_hall, request, "shop", ActKind.RESUPPLY)
    with pytest.raises(Refused, match="gate_closed"):
        do(town_hall, request, "shop", ActKind.ACCEPT)


def test_an_outcome_there_before_the_notice_does_not_answer_it(town_hall: SmallHall) -> None:
    hall = town_hall

    def survey(request: UUID) -> None:
        for act in (ActKind.ACCEPT, ActKind.GRANT, ActKind.ISSUE):
            do(hall, request, "survey", act)

    request = notified(hall, "both", before=survey)
    assert waiting_on(hall, request) == ["applicant"]
    hall.write(hall.clerk, receive_papers, ReceivePapers(request, (Handed("case", "card"),)))
    assert waiting_on(hall, request) == ["counter"]
