from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from desktop.usecases.refused import Refused
from desktop.usecases.requests.requests import (
    Answer,
    CorrectFact,
    Handed,
    ListQuery,
    Logged,
    ReceivePapers,
    correct_fact,
    list_page,
    log_request,
    receive_papers,
    see_request,
)
from desktop.usecases.work.work import DoAct, TaskView, WorkQuery, do_act, list_work, see_task, take_task
from desktop.workflow.planning.plan import Plan, Readiness
from desktop.workflow.procedure.legal_states import ActKind, Gate, LegalState
from tests.usecases.conftest import SHANGHAI, Clock, SmallHall
from tests.usecases.small_case import STALL, stall_request
from tests.usecases.stalls import two_departments


@pytest.fixture
def stall_hall(hall: SmallHall) -> SmallHall:
    hall.performer.catalogue = STALL
    return hall


def next_morning(hall: SmallHall, clock: Clock, days: int = 1) -> None:
    """Everybody comes back and signs in anew."""
    clock.move(days=days)
    hall.sessions = {role: hall.sign_in(role.value) for role in hall.sessions}


def log(hall: SmallHall, *, food: bool = False, papers: tuple[str, ...] = ("site_plan",), words: str = "") -> Logged:
    logged = hall.write(hall.clerk, log_request, stall_request(food=food, papers=papers, words=words))
    assert isinstance(logged, Logged)
    return logged


def task_of(hall: SmallHall, request: UUID) -> UUID:
    task: UUID = hall.read(hall.clerk, see_request, request).tasks[0].id
    return task


def do(hall: SmallHall, task: UUID, act: ActKind, reason: str = "", **values: object) -> Plan:
    session = hall.clerk if act in {ActKind.SERVE, ActKind.WITHDRAW, ActKind.RESUPPLY} else hall.reviewer
    plan = hall.write(session, do_act, DoAct(task, act, reason, values=values))
    assert isinstance(plan, Plan)
    return plan


def state(hall: SmallHall, task: UUID) -> LegalState:
    view: TaskView = hall.read(hall.reviewer, see_task, task)
    return view.task.state.state


def test_a_request_is_logged_decided_issued_and_handed_over(stall_hall: SmallHall, clock: Clock) -> None:
    logged = log(stall_hall)
    assert logged.number == "20260302-0001"
    task = task_of(stall_hall, logged.request)
    assert state(stall_hall, task) is LegalState.SUBMITTED
    for act in (ActKind.ACCEPT, ActKind.ASSIGN, ActKind.GRANT, ActKind.ISSUE):
        clock.move(minutes=10)
        do(stall_hall, task, act)
    assert stall_hall.read(stall_hall.clerk, see_request, logged.request).row.status == "open"
    clock.move(minutes=10)
    do(stall_hall, task, ActKind.SERVE, method="in_person")
    row = stall_hall.read(stall_hall.clerk, see_request, logged.request).row
    assert (row.status, row.next_actor, row.closed_at) == ("done", None, clock.now)


@contextmanager
def gatherings() -> Iterator[list[str]]:
    """Note each time the acts of a case are read from the log."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, sql: str, *_rest: Any) -> None:
        if "event.legal_at" in sql and sql.startswith("SELECT"):
            asked.append(sql)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def test_the_case_is_gathered_once_however_much_is_passed_on(stall_hall: SmallHall) -> None:
    stall_hall.performer.catalogue = two_departments()
    with gatherings() as found:
        logged = log(stall_hall)
    assert len(found) == 1
    assert [task.state for task in stall_hall.read(stall_hall.clerk, see_request, logged.request).tasks] == [
        "submitted",
        "submitted",
    ]


def test_an_act_gathers_its_case_once_and_leaves_it_as_the_log_tells_it(stall_hall: SmallHall) -> None:
    request = log(stall_hall).request
    task = task_of(stall_hall, request)
    for act in (ActKind.ACCEPT, ActKind.GRANT):
        with gatherings() as found:
            after = do(stall_hall, task, act)
        (told,) = stall_hall.read(stall_hall.clerk, see_request, request).plan.tasks
        (done,) = after.tasks
        assert len(found) == 1
        assert [(one.gate, one.on, one.how) for one in done.state.gates] == [
            (one.gate, one.on, one.how) for one in told.state.gates
        ]
        assert replace(done, state=replace(done.state, gates=())) == replace(told, state=replace(told.state, gates=()))


def test_numbers_run_through_the_day_and_begin_anew_the_next(stall_hall: SmallHall, clock: Clock) -> None:
    first, second = log(stall_hall).number, log(stall_hall).number
    next_morning(stall_hall, clock)
    assert (first, second, log(stall_hall).number) == ("20260302-0001", "20260302-0002", "20260303-0001")


def test_a_department_sees_its_ready_work_with_the_nearest_date_first(stall_hall: SmallHall) -> None:
    blocked = log(stall_hall, food=True)
    ready = log(stall_hall)
    rows = stall_hall.read(stall_hall.reviewer, list_work, WorkQuery())
    assert [row.request_id for row in rows] == [ready.request]
    rows = stall_hall.read(stall_hall.reviewer, list_work, WorkQuery(ready_only=False))
    assert {row.request_id for row in rows} == {ready.request, blocked.request}


def test_acceptance_waits_for_the_papers_and_says_which(stall_hall: SmallHall) -> None:
    logged = log(stall_hall, food=True)
    task = task_of(stall_hall, logged.request)
    with pytest.raises(Refused, match="gate"):
        do(stall_hall, task, ActKind.ACCEPT)
    view: TaskView = stall_hall.read(stall_hall.reviewer, see_task, task)
    assert [missing.key.code for missing in view.task.gates[Gate.ACCEPT].missing] == ["health_card"]
    stall_hall.write(stall_hall.clerk, receive_papers, ReceivePapers(logged.request, (Handed("case", "health_card"),)))
    do(stall_hall, task, ActKind.ACCEPT)
    assert state(stall_hall, task) is LegalState.ACCEPTED


def test_a_supplement_stops_the_clock_and_a_resupply_starts_it(stall_hall: SmallHall, clock: Clock) -> None:
    logged = log(stall_hall, food=True)
    task = task_of(stall_hall, logged.request)
    do(stall_hall, task, ActKind.SUPPLEMENT, listed=["material:health_card:case"])
    assert state(stall_hall, task) is LegalState.SUPPLEMENT
    next_morning(stall_hall, clock, days=3)
    stall_hall.write(stall_hall.clerk, receive_papers, ReceivePapers(logged.request, (Handed("case", "health_card"),)))
    do(stall_hall, task, ActKind.RESUPPLY)
    do(stall_hall, task, ActKind.ACCEPT)
    view: TaskView = stall_hall.read(stall_hall.reviewer, see_task, task)
    assert view.task.state.accepted_on == date(2026, 3, 5)


def test_a_refusal_wants_a_reason_and_ends_the_request_once_it_is_served(stall_hall: SmallHall) -> None:
    logged = log(stall_hall)
    task = task_of(stall_hall, logged.request)
    do(stall_hall, task, ActKind.ACCEPT)
    do(stall_hall, task, ActKind.ASSIGN)
    with pytest.raises(Refused, match="reason"):
        do(stall_hall, task, ActKind.REFUSE)
    do(stall_hall, task, ActKind.REFUSE, reason="场地不在规划摊区内")
    assert stall_hall.read(stall_hall.clerk, see_request, logged.request).row.status == "open"
    stall_hall.write(stall_hall.clerk, do_act, DoAct(task, ActKind.SERVE))
    row = stall_hall.read(stall_hall.clerk, see_request, logged.request).row
    assert row.status == "ended"


def test_a_withdrawn_request_has_no_next_actor(stall_hall: SmallHall) -> None:
    logged = log(stall_hall)
    do(stall_hall, task_of(stall_hall, logged.request), ActKind.WITHDRAW, reason="申请人改主意")
    row = stall_hall.read(stall_hall.clerk, see_request, logged.request).row
    assert (row.status, row.next_actor) == ("ended", None)


def test_a_corrected_fact_changes_the_plan_and_redoes_nothing(stall_hall: SmallHall) -> None:
    logged = log(stall_hall)
    task = task_of(stall_hall, logged.request)
    do(stall_hall, task, ActKind.ACCEPT)
    corrected = CorrectFact(logged.request, Answer("case", "sells_food", value=True), "填错了")
    plan = stall_hall.write(stall_hall.clerk, correct_fact, corrected)
    assert plan.tasks[0].gates[Gate.ACCEPT].readiness is Readiness.PASSED
    assert state(stall_hall, task) is LegalState.ACCEPTED


def test_nobody_decides_for_another_department(stall_hall: SmallHall) -> None:
    logged = log(stall_hall)
    task = task_of(stall_hall, logged.request)
    other = stall_hall.add(next(iter(stall_hall.reviewer.roles)), "other", "amr")
    with pytest.raises(Refused, match="other_department"):
        stall_hall.write(other, do_act, DoAct(task, ActKind.ACCEPT))
    assert stall_hall.read(other, list_work, WorkQuery()) == ()


def test_a_task_is_taken_by_one_person_only(stall_hall: SmallHall) -> None:
    task = task_of(stall_hall, log(stall_hall).request)
    colleague = stall_hall.add(next(iter(stall_hall.reviewer.roles)), "colleague", "mca")
    stall_hall.write(stall_hall.reviewer, take_task, task)
    stall_hall.write(stall_hall.reviewer, take_task, task)
    with pytest.raises(Refused, match="task_taken"):
        stall_hall.write(colleague, take_task, task)


def test_an_act_counts_from_its_day_in_law(stall_hall: SmallHall, clock: Clock) -> None:
    logged = log(stall_hall)
    task = task_of(stall_hall, logged.request)
    next_morning(stall_hall, clock)
    morning = datetime(2026, 3, 3, 8, 45, tzinfo=SHANGHAI)
    stall_hall.write(stall_hall.reviewer, do_act, DoAct(task, ActKind.ACCEPT, legal=morning))
    row = stall_hall.read(stall_hall.clerk, see_request, logged.request).tasks[0]
    assert row.due == date(2026, 3, 10)


def test_a_request_is_found_by_two_characters_and_by_its_number(stall_hall: SmallHall) -> None:
    logged = log(stall_hall, words="想在夜市卖凉粉")
    log(stall_hall)
    for words in ("凉粉", logged.number, "夜"):
        rows = stall_hall.read(stall_hall.clerk, list_page, ListQuery(words))
        assert [row.id for row in rows] == [logged.request]


def test_the_list_goes_on_where_the_page_above_ended(stall_hall: SmallHall, clock: Clock) -> None:
    numbers = []
    for _ in range(5):
        clock.move(minutes=1)
        numbers.append(log(stall_hall).number)
    first = stall_hall.read(stall_hall.clerk, list_page, ListQuery(limit=3))
    rest = stall_hall.read(stall_hall.clerk, list_page, ListQuery(limit=3, before=(first[-1].opened_at, first[-1].id)))
    assert [row.number for row in (*first, *rest)] == numbers[::-1]
