"""A day that comes changes the lists by itself: nobody has to act for a pause that is over to be seen."""

from datetime import date
from uuid import UUID

import pytest

from db.open import Database
from desktop.usecases.perform import Performer
from desktop.usecases.refused import Refused
from desktop.usecases.requests.overview import see_overview
from desktop.usecases.requests.request_groups import Group
from desktop.usecases.requests.requests import log_request, see_request
from desktop.usecases.topics import Topic
from desktop.usecases.work.day_begun import begin_day, requests_of_another_day
from desktop.usecases.work.work import DoAct, WorkQuery, do_act, list_work
from desktop.workflow.catalogue.requirements import All, Known, LeafKind, Need, Phase
from desktop.workflow.procedure.legal_states import ActKind, LegalState
from tests.usecases.conftest import CALENDAR, Clock, SmallHall
from tests.usecases.small_case import STALL, stall_request
from tests.usecases.stalls import stall_catalogue

AFTER = {
    Phase.ACCEPT: All(parts=(Known(code="sells_food"), Need(kind=LeafKind.MATERIAL, code="site_plan"))),
    Phase.POST: All(parts=(Need(kind=LeafKind.MATERIAL, code="health_card"),)),
}


@pytest.fixture
def performer(database: Database, clock: Clock) -> Performer:
    return Performer(database, STALL, CALENDAR, clock)


def log(hall: SmallHall) -> UUID:
    request: UUID = hall.write(hall.clerk, log_request, stall_request(food=False, papers=("site_plan",))).request
    return request


def do(hall: SmallHall, request: UUID, act: ActKind, reason: str = "", **values: object) -> None:
    task = hall.read(hall.clerk, see_request, request).tasks[0].id
    session = hall.clerk if act is ActKind.SERVE else hall.reviewer
    hall.write(session, do_act, DoAct(task, act, reason, values=values))


def later(hall: SmallHall, days: int) -> None:
    hall.clock.move(days=days)
    hall.sessions = {role: hall.sign_in(role.value) for role in hall.sessions}


def stale(hall: SmallHall) -> tuple[UUID, ...]:
    found: tuple[UUID, ...] = hall.read(hall.reviewer, requests_of_another_day, None)
    return found


def begin(hall: SmallHall) -> frozenset[Topic]:
    return frozenset(hall.performer.write(hall.reviewer, begin_day, stale(hall)).topics)


def ready(hall: SmallHall) -> list[UUID]:
    return [row.request_id for row in hall.read(hall.reviewer, list_work, WorkQuery())]


def test_a_pause_that_is_over_is_work_again_without_anybodys_act(hall: SmallHall) -> None:
    request = log(hall)
    do(hall, request, ActKind.ACCEPT)
    do(hall, request, ActKind.SUSPEND, "等检测报告", ground="testing", expected_end=date(2026, 3, 9))
    later(hall, 6)
    assert stale(hall) == ()
    assert hall.read(hall.clerk, see_request, request).row.next_actor == "clock"
    assert ready(hall) == []
    later(hall, 1)
    assert stale(hall) == (request,)
    assert {Topic.REQUESTS, Topic.TASKS} <= begin(hall)
    assert hall.read(hall.clerk, see_request, request).row.next_actor == "department"
    assert ready(hall) == [request]
    figures = {one.group: one.number for one in hall.read(hall.reviewer, see_overview).mine}
    assert figures[Group.IN_MY_HANDS] == 1
    assert stale(hall) == ()


def test_a_paper_that_did_not_come_after_the_decision_is_the_departments_the_day_after(hall: SmallHall) -> None:
    hall.performer.catalogue = stall_catalogue(requires=AFTER)
    request = log(hall)
    for act in (ActKind.ACCEPT, ActKind.GRANT, ActKind.ISSUE, ActKind.SERVE):
        do(hall, request, act, method="in_person")
        hall.clock.move(minutes=1)
    later(hall, 28)  # Monday 30 March, the last day
    assert stale(hall) == ()
    later(hall, 1)
    assert stale(hall) == (request,)
    begin(hall)
    assert hall.read(hall.clerk, see_request, request).row.next_actor == "department"
    assert ready(hall) == [request]
    assert stale(hall) == ()


def test_an_application_nobody_answered_in_time_is_listed_as_accepted(hall: SmallHall) -> None:
    request = log(hall)
    later(hall, 7)  # the fifth working day was Monday 9 March
    assert stale(hall) == ()
    later(hall, 1)
    begin(hall)
    (row,) = hall.read(hall.clerk, see_request, request).tasks
    assert row.state == LegalState.ACCEPTED
    assert stale(hall) == ()


def test_nobody_writes_the_lists_without_signing_in(hall: SmallHall) -> None:
    with pytest.raises(Refused, match="not_signed_in"):
        hall.performer.write(None, begin_day, (log(hall),))
