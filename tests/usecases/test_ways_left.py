"""When a way has come to nothing another is proposed: the applicant chooses it, and nothing is handed in unasked."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from db.models.letter import Letter
from db.open import Database
from desktop.usecases.perform import Performer
from desktop.usecases.refused import Refused
from desktop.usecases.requests.case import plan_of_request
from desktop.usecases.requests.requests import Form, LogRequest, RequestView, log_request, see_request
from desktop.usecases.work.choosing import ChooseWay, choose_way
from desktop.usecases.work.withdrawing import WithdrawRequest, withdraw_request
from desktop.usecases.work.work import DoAct, do_act
from desktop.workflow.catalogue.definitions import Catalogue, Demand, Item, Outcome, Role, Text, Want
from desktop.workflow.catalogue.requirements import After, LeafKind, Need, Phase, Requirement
from desktop.workflow.catalogue.requirements import Any as OneOf
from desktop.workflow.procedure.legal_states import ActKind
from desktop.workflow.time.limits import Limit
from tests.usecases.conftest import CALENDAR, CATALOGUE, Clock, SmallHall

LICENCE = "outcome:licence:case"


def item(code: str, provides: str, requires: dict[Phase, Requirement] | None = None) -> Item:
    days = {"promised": Limit.parse("30 workdays"), "statutory": Limit.parse("40 workdays")}
    name = Text(zh=code, en=code)
    what = {"department": "mca", "about": "case", "provides": (provides,), "requires": requires or {}}
    return Item(code=code, name=name, procedure="permit", **what, **days)


def town(items: tuple[Item, ...], *wants: str) -> Catalogue:
    fields = {name: getattr(CATALOGUE, name) for name in Catalogue.model_fields}
    codes = dict.fromkeys(code for one in items for code in one.provides)
    roles = (Role(code="applicant", name=Text(zh="申请人", en="Applicant")),)
    demand = Demand(code="d", name=Text(zh="d", en="d"), roles=roles, wants=tuple(Want(outcome=w) for w in wants))
    outcomes = {code: Outcome(code=code, name=Text(zh=code, en=code), about="case") for code in codes}
    return Catalogue(
        **(fields | {"items": {one.code: one for one in items}, "outcomes": outcomes, "demands": {"d": demand}})
    )


TWO_WAYS = town(
    (
        item("quick", "licence"),
        item("slow", "licence", {Phase.DECIDE: Need(kind=LeafKind.OUTCOME, code="survey")}),
        item("look", "survey"),
    ),
    "licence",
)


@pytest.fixture
def made(database: Database, clock: Clock, hall: SmallHall) -> Callable[[Catalogue], SmallHall]:
    return lambda catalogue: SmallHall(Performer(database, catalogue, CALENDAR, clock), clock, hall.sessions)


def logged(hall: SmallHall, **choices: str) -> UUID:
    form = Form("d", choices={f"outcome:{of}:case": way for of, way in choices.items()})
    request: UUID = hall.write(hall.clerk, log_request, LogRequest(form)).request
    return request


def seen(hall: SmallHall, request: UUID) -> RequestView:
    view: RequestView = hall.read(hall.clerk, see_request, request)
    return view


def states(hall: SmallHall, request: UUID) -> dict[str, str]:
    return {task.item: task.state for task in seen(hall, request).tasks}


def do(hall: SmallHall, request: UUID, item: str, act: ActKind, reason: str = "") -> None:
    task = next(task.id for task in seen(hall, request).tasks if task.item == item)
    hall.write(hall.clerk if act is ActKind.WITHDRAW else hall.reviewer, do_act, DoAct(task, act, reason))


def close(hall: SmallHall, request: UUID, item: str, act: ActKind) -> None:
    if act is ActKind.REFUSE:
        do(hall, request, item, ActKind.ACCEPT)
    do(hall, request, item, act, "不符合条件")


@pytest.mark.parametrize("act", [ActKind.REFUSE, ActKind.WITHDRAW])
@pytest.mark.parametrize("choices", [{}, {"licence": "quick"}])
def test_another_way_waits_for_the_applicants_choice(made: Any, act: ActKind, choices: dict[str, str]) -> None:
    hall = made(TWO_WAYS)
    request = logged(hall, **choices)
    assert states(hall, request) == {"quick": "submitted"}
    close(hall, request, "quick", act)
    found = states(hall, request)
    assert {found.pop("slow"), found.pop("look")} == {"none"}  # nor is anything the other way would take handed in
    view = seen(hall, request)
    assert {task.item: task.waiting_on for task in view.tasks if task.state == "none"} == {
        "slow": ["applicant"],
        "look": ["applicant"],
    }
    first = "counter" if act is ActKind.REFUSE else "applicant"  # the decision is handed over first
    assert (view.row.status, view.row.next_actor) == ("open", first)
    (offered,) = hall.read(hall.clerk, plan_of_request, request).alternatives
    assert offered.proposed
    assert [way.name for way in offered.ways] == ["slow"]
    hall.write(hall.clerk, choose_way, ChooseWay(request, LICENCE, "slow"))
    assert (states(hall, request)["slow"], states(hall, request)["look"]) == ("submitted", "submitted")
    assert not hall.read(hall.clerk, plan_of_request, request).alternatives


def test_only_a_way_that_is_open_is_chosen(made: Any) -> None:
    hall = made(TWO_WAYS)
    request = logged(hall)
    close(hall, request, "quick", ActKind.REFUSE)
    for of, way in ((LICENCE, "quick"), (LICENCE, "nothing"), ("outcome:survey:case", "look")):
        with pytest.raises(Refused, match="way_closed"):
            hall.write(hall.clerk, choose_way, ChooseWay(request, of, way))


def test_a_way_closed_by_what_it_hangs_on_hands_in_no_other(made: Any) -> None:
    need: dict[Phase, Requirement] = {Phase.ACCEPT: Need(kind=LeafKind.OUTCOME, code="survey")}
    hall = made(town((item("long", "licence", need), item("look", "survey"), item("short", "licence")), "licence"))
    request = logged(hall)
    assert states(hall, request) == {"long": "none", "look": "submitted"}
    close(hall, request, "look", ActKind.REFUSE)
    assert states(hall, request)["short"] == "none"


def test_a_part_that_can_be_had_in_two_ways_waits_for_the_choice_too(made: Any) -> None:
    either = OneOf(parts=(Need(kind=LeafKind.OUTCOME, code="survey"), Need(kind=LeafKind.OUTCOME, code="pledge")))
    parts = (item("shop", "licence", {Phase.DECIDE: either}), item("look", "survey"), item("promise", "pledge"))
    hall = made(town(parts, "licence"))
    group = "item:shop:case#decide"
    form = Form("d", choices={group: "survey"})
    request = hall.write(hall.clerk, log_request, LogRequest(form)).request
    assert states(hall, request) == {"shop": "submitted", "look": "submitted"}
    close(hall, request, "look", ActKind.REFUSE)
    assert states(hall, request)["promise"] == "none"
    hall.write(hall.clerk, choose_way, ChooseWay(request, group, "pledge"))
    assert states(hall, request)["promise"] == "submitted"


def test_withdrawing_all_begins_nothing_and_writes_a_letter_for_each_thing_applied_for(
    made: Any, database: Database
) -> None:
    after: dict[Phase, Requirement] = {Phase.ACCEPT: After(item="quick")}
    hall = made(
        town((item("quick", "licence"), item("slow", "licence"), item("sign", "board", after)), "licence", "board")
    )
    request = logged(hall)
    assert states(hall, request) == {"quick": "submitted", "sign": "none"}
    hall.write(hall.clerk, withdraw_request, WithdrawRequest(request, "不办了"))
    found = states(hall, request)
    assert (found.pop("quick"), set(found.values())) == ("withdrawn", {"none"})
    assert seen(hall, request).row.status == "withdrawn"
    with database.read() as connection:
        kinds = connection.scalars(select(Letter.kind).where(Letter.request_id == request)).all()
    assert kinds.count("withdrawal") == 1
