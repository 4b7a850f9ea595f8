"""A result that was taken away and is needed again: it lies with the counter, is passed on and carried to its end."""

from typing import Any
from uuid import UUID

import pytest

from db.open import Database
from desktop.usecases.people.people import NewPerson, NoIdentifier, register_person
from desktop.usecases.perform import Performer
from desktop.usecases.refused import Refused
from desktop.usecases.requests.requests import TaskRow, see_request
from desktop.usecases.work.choosing import ChooseWay, choose_way
from desktop.usecases.work.work import DoAct, WorkQuery, do_act, list_work, see_task
from desktop.workflow.catalogue.requirements import Phase
from desktop.workflow.planning.plan import Actor
from desktop.workflow.procedure.legal_states import ActKind, LegalState
from tests.usecases.conftest import CALENDAR, Clock, SmallHall
from tests.usecases.test_run_out import CHECKED, OUT, do, log, town

WRONG = "核验人员看错了号码"


@pytest.fixture
def performer(database: Database, clock: Clock) -> Performer:
    return Performer(database, town(Phase.DECIDE, CHECKED, "applicant"), CALENDAR, clock)


def person(hall: SmallHall) -> UUID:
    new = NewPerson("张三", no_identifier=NoIdentifier.NOT_AT_HAND)
    found: UUID = hall.write(hall.clerk, register_person, new).subject
    return found


def task(hall: SmallHall, request: UUID, code: str, number: int) -> TaskRow:
    rows = hall.read(hall.clerk, see_request, request).tasks
    found: TaskRow = next(row for row in rows if (row.item, row.round) == (code, number))
    return found


def ready(hall: SmallHall, session: Any) -> list[tuple[UUID, str, int]]:
    return [(row.request_id, row.item, row.round) for row in hall.read(session, list_work, WorkQuery())]


def stands(hall: SmallHall, request: UUID) -> tuple[str, str | None]:
    row = hall.read(hall.clerk, see_request, request).row
    return row.status, row.next_actor


def annulled(hall: SmallHall, demand: str, *, choice: str = "") -> UUID:
    """The check has passed, and the licence or nothing else is under way when the check is annulled."""
    who = person(hall)
    choices = {f"outcome:checked:{who}": choice} if choice else {}
    request = log(hall, demand, roles={"applicant": (who,)}, choices=choices)
    do(hall, request, "check", *OUT)
    if demand != "check":
        do(hall, request, "shop", ActKind.ACCEPT)
    do(hall, request, "check", ActKind.ANNUL, reason=WRONG)
    return request


def test_a_check_annulled_lies_with_the_counter_and_is_carried_to_its_end(hall: SmallHall) -> None:
    request = annulled(hall, "licence")
    assert stands(hall, request) == ("open", "counter")
    assert ready(hall, hall.clerk) == [(request, "check", 2)]
    assert ready(hall, hall.reviewer) == [], "nothing for the department yet"
    do(hall, request, "shop", ActKind.ASSIGN)
    assert task(hall, request, "check", 2).state == "none", "nobody begins it again by the way"
    hall.write(hall.clerk, do_act, DoAct(task(hall, request, "check", 2).id, ActKind.SUBMIT))
    assert ready(hall, hall.clerk) == []
    assert (request, "check", 2) in ready(hall, hall.reviewer)
    do(hall, request, "check", *OUT, number=2)
    do(hall, request, "shop", ActKind.GRANT, ActKind.ISSUE)
    rows = hall.read(hall.clerk, see_request, request).tasks
    assert {(row.item, row.round): row.state for row in rows} == {
        ("check", 1): "annulled",
        ("check", 2): "issued",
        ("shop", 1): "issued",
    }


def test_the_round_that_is_over_still_shows_its_end_and_what_follows(hall: SmallHall) -> None:
    request = annulled(hall, "licence")
    view = hall.read(hall.reviewer, see_task, task(hall, request, "check", 1).id)
    assert (view.task.state.state, view.offers) == (LegalState.ANNULLED, ())
    assert (view.followed.round, view.followed.actor) == (2, Actor.COUNTER)
    with pytest.raises(Refused, match="round_over"):
        hall.write(hall.reviewer, do_act, DoAct(view.row.id, ActKind.OBSERVE))


def test_a_review_that_orders_it_done_again_hands_it_back_to_the_department(hall: SmallHall) -> None:
    request = log(hall, "licence", roles={"applicant": (person(hall),)})
    do(hall, request, "check", *OUT)
    do(hall, request, "check", ActKind.ANNUL, reason="复议撤销，责令重新作出", values={"redo": True})
    assert task(hall, request, "check", 2).state == "submitted"
    assert (request, "check", 2) in ready(hall, hall.reviewer)


def test_another_request_that_stood_on_it_has_it_on_the_counters_list(hall: SmallHall) -> None:
    who = person(hall)
    form: dict[str, Any] = {"roles": {"applicant": (who,)}}
    one = log(hall, "licence", **form)
    do(hall, one, "check", *OUT)
    other = log(hall, "licence", **form)
    do(hall, other, "shop", ActKind.ACCEPT)
    do(hall, one, "check", ActKind.ANNUL, reason=WRONG)
    assert sorted(ready(hall, hall.clerk)) == sorted([(one, "check", 2), (other, "check", 1)])
    assert stands(hall, other) == ("open", "counter")
    hall.write(hall.clerk, do_act, DoAct(task(hall, other, "check", 1).id, ActKind.SUBMIT))
    do(hall, other, "check", *OUT)
    do(hall, other, "shop", ActKind.GRANT)
    assert ready(hall, hall.clerk) == [], "the check of the one serves the other"


@pytest.mark.parametrize("choice", ["", "check"])
def test_what_the_person_came_for_is_applied_for_again_once_they_say_so(hall: SmallHall, choice: str) -> None:
    request = annulled(hall, "check", choice=choice)
    row = task(hall, request, "check", 2)
    assert (row.state, row.readiness, row.waiting_on) == ("none", "blocked", ["applicant"])
    assert stands(hall, request) == ("open", "applicant")
    assert ready(hall, hall.clerk) == []
    hall.write(hall.clerk, choose_way, ChooseWay(request, f"outcome:checked:{row.subject}", "check"))
    assert task(hall, request, "check", 2).state == "submitted"
    do(hall, request, "check", *OUT, number=2)


def test_what_the_person_came_for_and_was_revoked_is_over(hall: SmallHall) -> None:
    request = log(hall, "check", roles={"applicant": (person(hall),)})
    do(hall, request, "check", *OUT)
    do(hall, request, "check", ActKind.REVOKE_UNLAWFUL, reason="骗取许可")
    assert stands(hall, request) == ("open", "counter"), "the decision is handed over first"
    hall.clock.move(minutes=1)
    do(hall, request, "check", ActKind.SERVE, values={"method": "in_person", "signed": "signature"})
    assert stands(hall, request) == ("ended", None)
    assert [row.round for row in hall.read(hall.clerk, see_request, request).tasks] == [1]
