"""What runs out on a day is found on that day: a paper, an answer, a result; the lists follow, and the work goes on."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from db.open import Database
from desktop.usecases.people.people import NewPerson, NoIdentifier, register_person
from desktop.usecases.perform import Performer
from desktop.usecases.requests.case import plan_of_request
from desktop.usecases.requests.requests import Answer, Form, Handed, LogRequest, log_request, see_request
from desktop.usecases.work.day_begun import begin_day, requests_of_another_day
from desktop.usecases.work.hand_out import HandOver, WaitingQuery, hand_over, list_waiting
from desktop.usecases.work.work import DoAct, WorkQuery, do_act, list_work
from desktop.workflow.catalogue.definitions import Catalogue, Demand, Fact, Item, Material, Outcome, Role, Text, Want
from desktop.workflow.catalogue.requirements import Known, LeafKind, Need, Phase, Requirement
from desktop.workflow.conditions.condition import FactType
from desktop.workflow.procedure.legal_states import ActKind
from desktop.workflow.procedure.procedures import PERMIT_GROUNDS
from desktop.workflow.time.limits import Limit
from tests.usecases.conftest import CALENDAR, CATALOGUE, Clock, SmallHall

TEN_DAYS = Limit.parse("10 days")
OUT = (ActKind.ACCEPT, ActKind.GRANT, ActKind.ISSUE)


def named(code: str, about: str = "case", **more: Any) -> dict[str, Any]:
    return {"code": code, "name": Text(zh=code, en=code), "about": about, **more}


def item(code: str, provides: str, requires: dict[Phase, Requirement], about: str) -> Item:
    days = {"promised": Limit.parse("30 workdays"), "statutory": Limit.parse("40 workdays")}
    what = {"department": "mca", "provides": (provides,), "procedure": "permit", "requires": requires}
    return Item(**named(code, about, **what, **days))


def town(phase: Phase, leaf: Requirement, about: str = "case") -> Catalogue:
    """A check and a licence that asks for something; who comes for both, for the check or for the licence."""
    fields = {name: getattr(CATALOGUE, name) for name in Catalogue.model_fields}
    ways = {"both": ("checked", "licence"), "check": ("checked",), "licence": ("licence",)}
    roles = (Role(code="applicant", name=Text(zh="申请人", en="Applicant")),)
    things: dict[str, Iterable[Any]] = {
        "facts": (Fact(**named("fenced", type=FactType.BOOL, valid_for=TEN_DAYS)),),
        "materials": (
            Material(**named("plan", valid_for=TEN_DAYS)),
            Material(**named("report", provided_by=("checked",))),
        ),
        "outcomes": (Outcome(**named("checked", about, valid_for=TEN_DAYS)), Outcome(**named("licence", about))),
        "items": (item("check", "checked", {}, about), item("shop", "licence", {phase: leaf}, about)),
        "demands": tuple(
            Demand(
                code=code,
                name=Text(zh=code, en=code),
                roles=roles,
                wants=tuple(Want(outcome=outcome) for outcome in wants),
            )
            for code, wants in ways.items()
        ),
    }
    found = {kind: {one.code: one for one in kept} for kind, kept in things.items()}
    return Catalogue(**(fields | found))


CHECKED = Need(kind=LeafKind.OUTCOME, code="checked")
REPORT = Need(kind=LeafKind.MATERIAL, code="report", holds="until_decision")


@pytest.fixture
def performer(database: Database, clock: Clock) -> Performer:
    return Performer(database, town(Phase.DECIDE, CHECKED), CALENDAR, clock)


def log(hall: SmallHall, demand: str = "both", **form: Any) -> UUID:
    logged = hall.write(hall.clerk, log_request, LogRequest(Form(demand, **form), despite_twin=True))
    request: UUID = logged.request
    return request


def do(hall: SmallHall, request: UUID, code: str, *acts: ActKind, number: int = 1, **more: Any) -> None:
    for act in acts:
        tasks = hall.read(hall.clerk, see_request, request).tasks
        task = next(task.id for task in tasks if (task.item, task.round) == (code, number))
        who = hall.clerk if act in {ActKind.SUBMIT, ActKind.SERVE} else hall.reviewer
        hall.write(who, do_act, DoAct(task, act, **more))


def later(hall: SmallHall, days: int) -> None:
    hall.clock.move(days=days)
    hall.sessions = {role: hall.sign_in(role.value) for role in hall.sessions}


def stale(hall: SmallHall) -> tuple[UUID, ...]:
    found: tuple[UUID, ...] = hall.read(hall.reviewer, requests_of_another_day, None)
    return found


def begin(hall: SmallHall) -> None:
    hall.write(hall.reviewer, begin_day, stale(hall))


def work(hall: SmallHall) -> list[tuple[str, int, str]]:
    rows = hall.read(hall.reviewer, list_work, WorkQuery(ready_only=False))
    return sorted((row.item, row.round, row.readiness) for row in rows if row.readiness != "passed")


def found_on_its_day(hall: SmallHall, request: UUID, days: int = 10) -> None:
    """The last day of what is good for so many days finds nothing; the day after finds the request once."""
    later(hall, days)
    assert stale(hall) == ()
    later(hall, 1)
    assert stale(hall) == (request,)
    begin(hall)
    assert stale(hall) == ()


def standing(hall: SmallHall, request: UUID) -> dict[tuple[str, int], tuple[str, str]]:
    rows = hall.read(hall.clerk, see_request, request).tasks
    return {(row.item, row.round): (row.state, row.readiness) for row in rows if row.readiness in {"open", "blocked"}}


def test_a_result_that_ran_out_is_needed_again_on_its_own_day_and_the_counter_passes_it_on(hall: SmallHall) -> None:
    request = log(hall)
    do(hall, request, "check", *OUT)
    do(hall, request, "shop", ActKind.ACCEPT)
    acts = len(hall.read(hall.clerk, see_request, request).history)
    found_on_its_day(hall, request)
    view = hall.read(hall.clerk, see_request, request)
    assert [event.kind for event in view.history[acts:] if event.kind != "request_seen"] == [], "a day does no act"
    assert standing(hall, request) == {("check", 2): ("none", "open"), ("shop", 1): ("accepted", "blocked")}
    assert view.row.next_actor == "counter"
    listed = [(row.item, row.round, row.state) for row in hall.read(hall.clerk, list_work, WorkQuery())]
    assert ("check", 2, "none") in listed
    do(hall, request, "check", ActKind.SUBMIT, *OUT, number=2)
    do(hall, request, "shop", ActKind.GRANT)


def test_a_result_followed_by_another_round_can_still_be_handed_over(hall: SmallHall) -> None:
    request = log(hall)
    do(hall, request, "check", *OUT)
    do(hall, request, "shop", ActKind.ACCEPT)
    later(hall, 11)
    begin(hall)
    waiting = hall.read(hall.clerk, list_waiting, WaitingQuery()).results
    assert [result.request for result in waiting] == [request]
    hall.write(hall.clerk, hand_over, HandOver((waiting[0].task,), "in_person"))
    assert hall.read(hall.clerk, list_waiting, WaitingQuery()).results == ()
    rounds = {(row.item, row.round): row.state for row in hall.read(hall.clerk, see_request, request).tasks}
    assert rounds == {("check", 1): "served", ("check", 2): "submitted", ("shop", 1): "accepted"}, "the clerk's act"
    do(hall, request, "check", *OUT, number=2)
    do(hall, request, "shop", ActKind.GRANT)


def test_a_result_nobody_collected_keeps_its_request_open_though_another_followed_it(hall: SmallHall) -> None:
    request = log(hall)
    do(hall, request, "check", *OUT)
    do(hall, request, "shop", ActKind.ACCEPT)
    later(hall, 11)
    begin(hall)
    do(hall, request, "check", ActKind.SUBMIT, *OUT, number=2)
    do(hall, request, "shop", ActKind.GRANT, ActKind.ISSUE)
    handed = {"method": "in_person", "signed": "signature"}
    do(hall, request, "check", ActKind.SERVE, number=2, values=handed)
    do(hall, request, "shop", ActKind.SERVE, values=handed)
    row = hall.read(hall.clerk, see_request, request).row
    assert (row.status, row.next_actor) == ("open", "counter")
    do(hall, request, "check", ActKind.SERVE, values=handed)
    assert hall.read(hall.clerk, see_request, request).row.status == "done"


def test_a_paper_that_ran_out_is_asked_for_again_on_its_own_day(hall: SmallHall) -> None:
    hall.performer.catalogue = town(Phase.DECIDE, Need(kind=LeafKind.MATERIAL, code="plan"))
    request = log(hall, "licence", papers=(Handed("case", "plan"),))
    do(hall, request, "shop", ActKind.ACCEPT)
    assert work(hall) == [("shop", 1, "open")]
    found_on_its_day(hall, request)
    assert work(hall) == [("shop", 1, "blocked")]


def test_an_answer_that_ran_out_is_asked_again_on_its_own_day(hall: SmallHall) -> None:
    hall.performer.catalogue = town(Phase.DECIDE, Known(code="fenced"))
    request = log(hall, "licence", answers=(Answer("case", "fenced", True),))
    do(hall, request, "shop", ActKind.ACCEPT)
    assert work(hall) == [("shop", 1, "open")]
    found_on_its_day(hall, request)
    assert work(hall) == [("shop", 1, "blocked")]


def test_a_result_of_another_request_that_ran_out_is_missed_on_its_own_day(hall: SmallHall) -> None:
    hall.performer.catalogue = town(Phase.DECIDE, CHECKED, "applicant")
    person = NewPerson("张三", no_identifier=NoIdentifier.NOT_AT_HAND)
    who = hall.write(hall.clerk, register_person, person).subject
    do(hall, log(hall, "check", roles={"applicant": (who,)}), "check", *OUT)
    request = log(hall, "licence", roles={"applicant": (who,)})
    do(hall, request, "shop", ActKind.ACCEPT)
    later(hall, 10)
    assert request not in stale(hall)
    later(hall, 1)
    assert request in stale(hall)
    begin(hall)
    assert stale(hall) == ()
    assert ("shop", 1, "blocked") in work(hall)


def test_a_request_that_is_over_is_never_found_again(hall: SmallHall) -> None:
    request = log(hall, "check")
    do(hall, request, "check", *OUT)
    do(hall, request, "check", ActKind.SERVE, values={"method": "in_person", "signed": "signature"})
    later(hall, 30)
    assert stale(hall) == ()


def test_a_pause_past_its_end_is_as_late_in_the_lists_as_on_its_page(hall: SmallHall) -> None:
    request = log(hall, "check")
    do(hall, request, "check", ActKind.ACCEPT)
    pause = {"ground": min(PERMIT_GROUNDS), "expected_end": date(2026, 3, 9)}
    do(hall, request, "check", ActKind.SUSPEND, reason="等检测报告", values=pause)
    days = set()
    for _ in range(3):
        later(hall, 10)
        assert stale(hall) == (request,)
        begin(hall)
        assert stale(hall) == ()
        due = hall.read(hall.clerk, plan_of_request, request).tasks[0].due
        row = hall.read(hall.clerk, see_request, request)
        assert due is not None
        assert (row.tasks[0].due, row.row.next_due) == (due.date, due.date)
        days.add(due.date)
    assert len(days) == 3
