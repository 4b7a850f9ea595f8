"""The overview on both kinds of store: what each role is told, in which unit, and what is never counted."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from db.models import Hall, Request
from desktop.usecases.hall.accounts import NewAccount, open_account
from desktop.usecases.needs.needs import Unmet, record_unmet_need
from desktop.usecases.perform import Performer
from desktop.usecases.permissions import Role
from desktop.usecases.refused import Refused
from desktop.usecases.requests.overview import Overview, Unit, see_overview
from desktop.usecases.requests.request_groups import AT_THE_COUNTER, IN_A_DEPARTMENT, IN_THE_HALL, Group
from desktop.usecases.requests.request_list import Due, ListQuery, see_list
from desktop.usecases.requests.requests import log_request, see_request
from desktop.usecases.work.work import DoAct, do_act, take_task
from desktop.workflow.procedure.legal_states import ActKind
from desktop.workflow.procedure.procedures import PauseGround
from tests.usecases.conftest import CALENDAR, PASSWORD, Clock, SmallHall
from tests.usecases.small_case import STALL, stall_request

Counts = dict[Group, int]


PAUSE = PauseGround("flood", "大厅公告")
PAUSABLE = STALL.model_copy(update={"items": {"stall": STALL.items["stall"].model_copy(update={"pauses": (PAUSE,)})}})


@pytest.fixture
def performer(performer: Performer, clock: Clock) -> Performer:
    return Performer(performer.database, PAUSABLE, CALENDAR, clock)


def log(hall: SmallHall, *, session: object = None, food: bool = False) -> object:
    hall.clock.move(minutes=1)
    return hall.write(session or hall.clerk, log_request, stall_request(food=food)).request  # type: ignore[arg-type]


def task_of(hall: SmallHall, request: object) -> object:
    return hall.read(hall.clerk, see_request, request).tasks[0].id


def act(hall: SmallHall, request: object, *kinds: ActKind, **values: object) -> None:
    for kind in kinds:
        hall.clock.move(minutes=5)
        hall.write(hall.reviewer, do_act, DoAct(task_of(hall, request), kind, "因故", values=values))  # type: ignore[arg-type]


def overview(hall: SmallHall, role: Role) -> Overview:
    found = hall.read(hall.sign_in(role.value), see_overview)
    assert isinstance(found, Overview)
    return found


def counts(seen: Overview) -> Counts:
    return {figure.group: figure.number for figure in (*seen.mine, *seen.hall)}


def test_each_role_is_told_what_concerns_it(hall: SmallHall) -> None:
    told = {role: set(counts(overview(hall, role))) for role in Role}
    assert told[Role.CLERK] == set(AT_THE_COUNTER)
    assert told[Role.REVIEWER] == set(IN_A_DEPARTMENT)
    assert told[Role.SUPERVISOR] == set(AT_THE_COUNTER) | set(IN_THE_HALL)
    assert told[Role.EXPERT] == told[Role.ADMINISTRATOR] == told[Role.AUDITOR] == set()


def test_nobody_signed_in_is_told_nothing(hall: SmallHall) -> None:
    with pytest.raises(Refused, match="not_signed_in"):
        hall.read(None, see_overview)


def test_a_day_begins_at_midnight_in_the_hall(hall: SmallHall) -> None:
    log(hall)
    assert counts(overview(hall, Role.CLERK))[Group.LOGGED_TODAY] == 1
    hall.clock.move(hours=14)  # 23:31 in the hall
    assert counts(overview(hall, Role.CLERK))[Group.LOGGED_TODAY] == 1
    hall.clock.move(minutes=40)
    assert counts(overview(hall, Role.CLERK))[Group.LOGGED_TODAY] == 0


def test_what_a_colleague_logged_is_not_mine(hall: SmallHall) -> None:
    hall.add(Role.CLERK, "second")
    log(hall, session=hall.sign_in("second"))
    assert counts(overview(hall, Role.CLERK))[Group.LOGGED_TODAY] == 0


def test_ready_work_goes_into_hands_and_comes_out_to_be_handed_over(hall: SmallHall) -> None:
    request = log(hall)
    assert counts(overview(hall, Role.REVIEWER))[Group.READY_TO_TAKE] == 1
    hall.write(hall.reviewer, take_task, task_of(hall, request))
    assert counts(overview(hall, Role.REVIEWER))[Group.IN_MY_HANDS] == 1
    act(hall, request, ActKind.ACCEPT, ActKind.ASSIGN, ActKind.GRANT, ActKind.ISSUE)
    seen = overview(hall, Role.CLERK)
    (figure,) = [figure for figure in seen.mine if figure.group is Group.TO_HAND_OUT]
    assert (figure.unit, figure.number, figure.requests) == (Unit.ITEM, 1, 1)
    assert counts(overview(hall, Role.REVIEWER))[Group.IN_MY_HANDS] == 0


def test_soon_is_three_working_days_and_past_is_overdue(hall: SmallHall) -> None:
    request = log(hall)
    hall.write(hall.reviewer, take_task, task_of(hall, request))
    act(hall, request, ActKind.ACCEPT)
    due = hall.read(hall.clerk, see_request, request).row.next_due
    assert due == date(2026, 3, 9)
    told = []
    for day in (3, 4, 9, 10):
        hall.clock.now = hall.clock.now.replace(day=day)
        seen = counts(overview(hall, Role.SUPERVISOR))
        told.append((day, seen[Group.DUE_SOON], seen[Group.OVERDUE]))
    assert told == [(3, 0, 0), (4, 1, 0), (9, 1, 0), (10, 0, 1)]
    assert counts(overview(hall, Role.REVIEWER))[Group.DEPARTMENT_OVERDUE] == 1
    assert [row.id for row in overview(hall, Role.SUPERVISOR).pressing] == [request]


def test_a_request_nobody_is_named_for_is_shown_to_who_leads(hall: SmallHall) -> None:
    request = log(hall)
    assert counts(overview(hall, Role.SUPERVISOR))[Group.NOBODY_NEXT] == 0
    with hall.performer.database.write() as connection:
        connection.execute(update(Request).where(Request.id == request).values(next_actor=None))
    assert counts(overview(hall, Role.SUPERVISOR))[Group.NOBODY_NEXT] == 1
    assert [row.id for row in hall.read(hall.supervisor, see_list, ListQuery(group=Group.NOBODY_NEXT)).rows] == [
        request
    ]


def test_a_pause_past_its_expected_end_is_shown(hall: SmallHall) -> None:
    request = log(hall)
    hall.write(hall.reviewer, take_task, task_of(hall, request))
    act(hall, request, ActKind.ACCEPT, ActKind.ASSIGN)
    act(hall, request, ActKind.SUSPEND, ground="flood", expected_end="2026-03-10")
    assert counts(overview(hall, Role.SUPERVISOR))[Group.PAUSED_TOO_LONG] == 0
    hall.clock.now = hall.clock.now.replace(day=11)
    assert counts(overview(hall, Role.SUPERVISOR))[Group.PAUSED_TOO_LONG] == 1


def test_a_refused_item_applied_for_again_goes_back_and_forth(hall: SmallHall) -> None:
    request = log(hall)
    with hall.performer.database.write() as connection:
        from db.models import Task

        connection.execute(update(Task).where(Task.request_id == request).values(round=2))
    assert counts(overview(hall, Role.SUPERVISOR))[Group.SENT_BACK] == 1


def test_a_need_waits_ten_working_days_holidays_left_out(hall: SmallHall) -> None:
    hall.clock.now = hall.clock.now.replace(month=4, day=24)  # a Friday; 1 May is a holiday, Saturday 9 May is worked
    hall.sessions[Role.CLERK] = hall.sign_in("clerk")
    hall.write(hall.clerk, record_unmet_need, Unmet("想给狗办户口"))
    last = date(2026, 5, 9)
    for day, number in ((last, 0), (last + timedelta(days=1), 1)):
        hall.clock.now = hall.clock.now.replace(month=day.month, day=day.day)
        needs = overview(hall, Role.SUPERVISOR).needs
        assert needs is not None
        assert needs.number == number, day
    assert overview(hall, Role.CLERK).needs is None


def test_training_in_a_real_hall_is_never_counted_and_in_a_practice_hall_all_is(hall: SmallHall) -> None:
    new = NewAccount("trainee", "学员", PASSWORD, frozenset({Role.CLERK}), training=True)
    hall.write(hall.administrator, open_account, new)
    request = log(hall, session=hall.sign_in("trainee"))
    with hall.performer.database.write() as connection:
        connection.execute(update(Request).where(Request.id == request).values(next_actor=None))
    assert counts(overview(hall, Role.SUPERVISOR))[Group.NOBODY_NEXT] == 0
    assert not overview(hall, Role.SUPERVISOR).practice
    assert hall.read(hall.sign_in("trainee"), see_overview).practice
    assert counts(hall.read(hall.sign_in("trainee"), see_overview))[Group.LOGGED_TODAY] == 1
    with hall.performer.database.write() as connection:
        connection.execute(update(Hall).values(sample=True))
    assert counts(overview(hall, Role.SUPERVISOR))[Group.NOBODY_NEXT] == 1
    assert overview(hall, Role.SUPERVISOR).practice


def test_filters_of_the_list_hold_together(hall: SmallHall) -> None:
    mine, others = log(hall), log(hall, session=hall.supervisor)

    def listed(query: ListQuery) -> list[object]:
        return [row.id for row in hall.read(hall.clerk, see_list, query).rows]

    assert listed(ListQuery(mine=True)) == [mine]
    assert listed(ListQuery(department="mca", demand="open_stall", channel="counter")) == [others, mine]
    assert listed(ListQuery(department="amr")) == []
    assert listed(ListQuery("摆摊", ("open",), mine=True)) == [mine]
    assert listed(ListQuery(due=Due.OVERDUE)) == []
    due = hall.read(hall.clerk, see_request, mine).row.next_due
    assert due is not None
    assert (listed(ListQuery(due=Due.THIS_WEEK)) == []) == (due > date(2026, 3, 8))
    assert listed(replace(ListQuery(), among=(mine,))) == [mine]  # type: ignore[arg-type]
