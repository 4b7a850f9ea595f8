"""Those who are counted in a set, as the staff of a shop: each brings a paper, also who joins after acceptance."""

from typing import Any
from uuid import UUID

import pytest

from db.open import Database
from desktop.usecases.people.people import NewPerson, NoIdentifier, register_person
from desktop.usecases.perform import Performer
from desktop.usecases.refused import Refused
from desktop.usecases.requests.case import plan_of_request
from desktop.usecases.requests.requests import (
    Answer,
    CorrectFact,
    Form,
    Handed,
    LogRequest,
    correct_fact,
    log_request,
    see_request,
)
from desktop.usecases.work.work import DoAct, do_act
from desktop.workflow.catalogue.definitions import Catalogue, Demand, Fact, Item, Material, Outcome, Role, Text, Want
from desktop.workflow.catalogue.requirements import ForEach, LeafKind, Need, Phase
from desktop.workflow.conditions.condition import FactType
from desktop.workflow.planning.plan import PaperLine
from desktop.workflow.procedure.legal_states import ActKind
from desktop.workflow.time.limits import Limit
from tests.usecases.conftest import CALENDAR, CATALOGUE, Clock, SmallHall


def named(code: str, about: str = "case") -> dict[str, Any]:
    return {"code": code, "name": Text(zh=code, en=code), "about": about}


def shop() -> Catalogue:
    """A licence for which everybody of the staff shows a health card."""
    card = Need(kind=LeafKind.MATERIAL, code="card", of="member")
    needs = {Phase.ACCEPT: ForEach(members="staff", role="member", part=card)}
    days = {"promised": Limit.parse("5 workdays"), "statutory": Limit.parse("20 workdays")}
    what = {"department": "mca", "provides": ("licence",), "procedure": "permit", "requires": needs}
    roles = (Role(code="applicant", name=Text(zh="申请人", en="Applicant")),)
    demand = Demand(code="open", name=Text(zh="开店", en="open"), roles=roles, wants=(Want(outcome="licence"),))
    return Catalogue(
        version="test",
        departments=CATALOGUE.departments,
        facts={"staff": Fact(**named("staff"), type=FactType.SET)},
        materials={"card": Material(**named("card", "member"))},
        outcomes={"licence": Outcome(**named("licence"))},
        items={"shop": Item(**named("shop"), **what, **days)},
        demands={"open": demand},
    )


@pytest.fixture
def performer(database: Database, clock: Clock) -> Performer:
    return Performer(database, shop(), CALENDAR, clock)


def somebody(hall: SmallHall, name: str) -> str:
    person = NewPerson(name, no_identifier=NoIdentifier.NOT_AT_HAND)
    return str(hall.write(hall.clerk, register_person, person).subject)


def log(hall: SmallHall, *staff: str, **roles: tuple[UUID, ...]) -> UUID:
    answers, papers = (Answer("case", "staff", list(staff)),), tuple(Handed(one, "card") for one in staff)
    form = Form("open", roles, answers, papers)
    request: UUID = hall.write(hall.clerk, log_request, LogRequest(form)).request
    return request


def test_who_joins_hours_after_acceptance_brings_a_paper_before_the_decision(hall: SmallHall) -> None:
    one, other = somebody(hall, "甲一"), somebody(hall, "乙二")
    request = log(hall, one, applicant=(UUID(one),))  # the shopkeeper works there too
    hall.clock.move(minutes=10)
    task = hall.read(hall.clerk, see_request, request).tasks[0].id
    hall.write(hall.reviewer, do_act, DoAct(task, ActKind.ACCEPT))
    assert hall.read(hall.clerk, plan_of_request, request).papers == ()
    hall.clock.move(hours=3)
    hall.write(hall.clerk, correct_fact, CorrectFact(request, Answer("case", "staff", [one, other])))
    papers = hall.read(hall.clerk, plan_of_request, request).papers
    assert [(paper.key.subject, paper.line) for paper in papers] == [(other, PaperLine.NEEDED)]
    with pytest.raises(Refused, match="gate_closed"):
        hall.write(hall.reviewer, do_act, DoAct(task, ActKind.GRANT))


def test_a_paper_of_a_member_who_is_only_a_word_is_refused(hall: SmallHall) -> None:
    with pytest.raises(Refused, match="unknown_subject"):
        log(hall, "tax")
