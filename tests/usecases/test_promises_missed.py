"""A paper promised for a day that passes: found in the overview and the list, told on the request, reminded of."""

from datetime import date
from uuid import UUID

import pytest

from desktop.letters.content import Reminder
from desktop.letters.render import render
from desktop.usecases.letters.letters import see_letter
from desktop.usecases.papers.reminding import remind
from desktop.usecases.permissions import Role
from desktop.usecases.refused import Refused
from desktop.usecases.requests.overview import see_overview
from desktop.usecases.requests.request_groups import Group
from desktop.usecases.requests.request_list import Due, ListQuery, see_list
from desktop.usecases.requests.requests import (
    Answer,
    CorrectFact,
    Form,
    Handed,
    LogRequest,
    ReceivePapers,
    correct_fact,
    log_request,
    receive_papers,
    see_request,
)
from desktop.usecases.requests.timeline import lines_of, see_case
from desktop.usecases.work.promises import Kept
from desktop.usecases.work.withdrawing import WithdrawRequest, withdraw_request
from desktop.usecases.work.work import DoAct, do_act
from desktop.words import in_language
from desktop.workflow.procedure.legal_states import ActKind
from tests.usecases.conftest import SmallHall
from tests.usecases.stalls import stall_catalogue

FOURTH = date(2026, 3, 4)
CARD = "material:health_card:case"


@pytest.fixture
def request_id(hall: SmallHall) -> UUID:
    """Somebody will sell food, and has promised the health certificate for the 4th."""
    hall.performer.catalogue = stall_catalogue(health_card_may_follow=True)
    papers = (Handed("case", "site_plan"), Handed("case", "health_card", promise_due=FOURTH))
    form = Form("open_stall", answers=(Answer("case", "sells_food", True),), papers=papers)
    found: UUID = hall.write(hall.clerk, log_request, LogRequest(form)).request
    return found


def on_the_day_after(hall: SmallHall) -> None:
    hall.clock.move(days=3)
    hall.sessions.update({role: hall.sign_in(role.value) for role in (Role.CLERK, Role.REVIEWER, Role.SUPERVISOR)})


def figures(hall: SmallHall) -> dict[Group, int]:
    return {figure.group: figure.number for figure in hall.read(hall.clerk, see_overview).mine}


def listed(hall: SmallHall, **query: object) -> list[UUID]:
    return [row.id for row in hall.read(hall.clerk, see_list, ListQuery(**query)).rows]  # type: ignore[arg-type]


def act(hall: SmallHall, request: UUID, kind: ActKind, reason: str = "", **values: object) -> None:
    hall.clock.move(minutes=5)
    task = hall.read(hall.clerk, see_request, request).tasks[0].id
    hall.write(hall.reviewer, do_act, DoAct(task, kind, reason, values=values))


def test_a_promise_is_due_until_its_day_and_missed_from_the_day_after(hall: SmallHall, request_id: UUID) -> None:
    assert (figures(hall)[Group.PROMISES_DUE], figures(hall)[Group.PROMISES_MISSED]) == (1, 0)
    hall.clock.move(days=2)
    hall.sessions[Role.CLERK] = hall.sign_in("clerk")
    assert (figures(hall)[Group.PROMISES_DUE], figures(hall)[Group.PROMISES_MISSED]) == (1, 0)
    assert hall.read(hall.clerk, see_case, request_id).missed == ()
    hall.clock.move(days=1)
    hall.sessions[Role.CLERK] = hall.sign_in("clerk")
    assert (figures(hall)[Group.PROMISES_DUE], figures(hall)[Group.PROMISES_MISSED]) == (0, 1)
    assert listed(hall, due=Due.PROMISE_MISSED) == listed(hall, group=Group.PROMISES_MISSED) == [request_id]
    (missed,) = hall.read(hall.clerk, see_case, request_id).missed
    assert (missed.key.leaf, missed.due, missed.stands) == (CARD, FOURTH, Kept.TOLD)


def test_the_paper_itself_ends_a_promise_even_late(hall: SmallHall, request_id: UUID) -> None:
    on_the_day_after(hall)
    hall.write(hall.clerk, receive_papers, ReceivePapers(request_id, (Handed("case", "health_card"),)))
    assert hall.read(hall.clerk, see_case, request_id).missed == ()
    assert figures(hall)[Group.PROMISES_MISSED] == 0


def test_a_paper_that_is_needed_no_more_is_owing_no_more(hall: SmallHall, request_id: UUID) -> None:
    on_the_day_after(hall)
    hall.write(hall.clerk, correct_fact, CorrectFact(request_id, Answer("case", "sells_food", False), "听错了"))
    assert (figures(hall)[Group.PROMISES_MISSED], listed(hall, due=Due.PROMISE_MISSED)) == (0, [])


def test_nothing_is_owing_in_what_was_withdrawn(hall: SmallHall, request_id: UUID) -> None:
    on_the_day_after(hall)
    hall.write(hall.clerk, withdraw_request, WithdrawRequest(request_id, "不摆了"))
    assert (figures(hall)[Group.PROMISES_MISSED], hall.read(hall.clerk, see_case, request_id).missed) == (0, ())
    with pytest.raises(Refused, match="nothing_owing"):
        hall.write(hall.clerk, remind, request_id)


def test_the_department_s_own_day_stands_before_the_counter_s(hall: SmallHall, request_id: UUID) -> None:
    act(hall, request_id, ActKind.PROMISE, deferred={CARD: date(2026, 3, 5)})
    act(hall, request_id, ActKind.ACCEPT)
    on_the_day_after(hall)
    assert hall.read(hall.clerk, see_case, request_id).missed == ()
    hall.clock.move(days=1)
    hall.sessions[Role.CLERK] = hall.sign_in("clerk")
    (missed,) = hall.read(hall.clerk, see_case, request_id).missed
    assert (missed.due, missed.stands) == (date(2026, 3, 5), Kept.ACCEPTED)


def test_what_a_department_found_not_kept_is_still_told_until_it_decides(hall: SmallHall, request_id: UUID) -> None:
    act(hall, request_id, ActKind.PROMISE, deferred={CARD: FOURTH})
    act(hall, request_id, ActKind.ACCEPT)
    on_the_day_after(hall)
    act(hall, request_id, ActKind.BREAK_PROMISE, "两次催交未交", leaves=[CARD])
    (missed,) = hall.read(hall.clerk, see_case, request_id).missed
    assert missed.stands is Kept.BROKEN
    act(hall, request_id, ActKind.REFUSE, "没有健康证明")
    assert hall.read(hall.clerk, see_case, request_id).missed == ()
    assert figures(hall)[Group.PROMISES_MISSED] == 0


def test_a_reminder_names_paper_day_and_consequence_and_stands_in_the_history(
    hall: SmallHall, request_id: UUID
) -> None:
    with pytest.raises(Refused, match="nothing_owing"):
        hall.write(hall.clerk, remind, request_id)
    on_the_day_after(hall)
    letter = hall.read(hall.clerk, see_letter, hall.write(hall.clerk, remind, request_id)).letter
    assert isinstance(letter, Reminder)
    assert [(one.need.name.zh, one.due.on) for one in letter.owing] == [("健康证明", FOURTH)]
    words = render(letter).words
    assert "3月4日" in words
    assert "材料补齐以前，部门不能受理" in words
    case = hall.read(hall.clerk, see_case, request_id)
    told = lines_of(case.view.history, case.catalogue, case.zone, in_language("zh"))[-1]
    assert told.sentence == "已书面提醒申请人补交：健康证明。"
