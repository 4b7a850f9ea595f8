"""The calendar of the hall: days it sets itself, a year's notice, and what open requests' dates do about it."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from desktop.usecases.hall.calendar import (
    OF_THE_STATE,
    CalendarEdit,
    CalendarYearRow,
    PublishYear,
    edit_calendar,
    publish_year,
    see_year,
)
from desktop.usecases.refused import Refused
from desktop.usecases.requests.requests import log_request, see_request
from desktop.usecases.work.calendar_effects import Effect, make_edit, preview_edit
from desktop.usecases.work.work import DoAct, do_act
from desktop.workflow.catalogue.requirements import LeafKind, Need, Phase
from desktop.workflow.procedure.legal_states import ActKind
from desktop.workflow.time.calendars import DayKind
from tests.usecases.conftest import SmallHall
from tests.usecases.small_case import STALL, stall_request
from tests.usecases.stalls import stall_catalogue

FAIR = CalendarEdit(date(2026, 3, 5), date(2026, 3, 6), working=False, name="庙会")
STAYS_OPEN = CalendarEdit(date(2026, 3, 7), date(2026, 3, 7), working=True, name="集中办件日")


def go_on(_done: int, _of: int) -> bool:
    return True


def days(hall: SmallHall, year: int = 2026) -> dict[date, CalendarYearRow]:
    return {row.day: row for row in hall.read(hall.clerk, see_year, year).days}


def code_of(hall: SmallHall, *act: Any) -> str:
    with pytest.raises(Refused) as refusal:
        hall.write(hall.administrator, *act)
    return refusal.value.code


@pytest.fixture
def accepted(hall: SmallHall) -> UUID:
    """A request accepted on Monday 2 March, to be decided within five working days: by Monday 9 March."""
    hall.performer.catalogue = STALL
    logged = hall.write(hall.clerk, log_request, stall_request(food=False))
    request: UUID = logged.request
    task = hall.read(hall.clerk, see_request, request).tasks[0].id
    hall.write(hall.reviewer, do_act, DoAct(task, ActKind.ACCEPT))
    assert due(hall, request) == date(2026, 3, 9)
    return request


def due(hall: SmallHall, request: UUID) -> date | None:
    found: date | None = hall.read(hall.clerk, see_request, request).tasks[0].due
    return found


def preview(hall: SmallHall, edit: CalendarEdit) -> Effect:
    return preview_edit(hall.performer, go_on, session=hall.administrator, edit=edit)


def test_days_of_rest_and_of_work_are_set_with_their_reason(hall: SmallHall) -> None:
    hall.write(hall.administrator, edit_calendar, FAIR)
    hall.write(hall.administrator, edit_calendar, STAYS_OPEN)
    hall.write(hall.administrator, edit_calendar, CalendarEdit(date(2026, 5, 1), date(2026, 5, 1), True, "值守"))
    found = days(hall)
    assert found[date(2026, 3, 5)] == CalendarYearRow(date(2026, 3, 5), DayKind.REST, "庙会", "hall", False)
    assert found[date(2026, 3, 7)].kind is DayKind.MAKEUP
    assert found[date(2026, 5, 1)].kind is DayKind.WORKING


def test_what_was_set_is_taken_back_to_what_is_published(hall: SmallHall) -> None:
    may_day = date(2026, 5, 1)
    hall.write(hall.administrator, edit_calendar, CalendarEdit(may_day, may_day, True, "值守"))
    hall.write(hall.administrator, edit_calendar, FAIR)
    hall.write(hall.administrator, edit_calendar, CalendarEdit(may_day, may_day, None))
    hall.write(hall.administrator, edit_calendar, replace(FAIR, working=None))
    assert days(hall)[may_day] == CalendarYearRow(may_day, DayKind.REST, "labour_day", "state_council", True)
    assert FAIR.first not in days(hall)


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (replace(FAIR, last=date(2026, 3, 4)), "days_reversed"),
        (replace(FAIR, last=date(2026, 4, 5)), "too_many_days"),
        (replace(FAIR, name="  "), "reason_missing"),
        (replace(FAIR, name="长" * 3000), "too_long"),
    ],
)
def test_an_edit_that_cannot_be_is_refused_before_and_when_it_is_saved(
    hall: SmallHall, edit: CalendarEdit, code: str
) -> None:
    with pytest.raises(Refused, match=code):
        preview(hall, edit)
    before = days(hall)
    assert code_of(hall, edit_calendar, edit) == code
    assert days(hall) == before


def test_a_year_is_estimated_until_its_notice_is_in(hall: SmallHall) -> None:
    assert not hall.read(hall.clerk, see_year, 2027).published
    hall.write(
        hall.administrator,
        edit_calendar,
        CalendarEdit(date(2027, 1, 1), date(2027, 1, 3), working=False, name="元旦", source=OF_THE_STATE),
    )
    hall.write(hall.administrator, publish_year, PublishYear(2027))
    view = hall.read(hall.clerk, see_year, 2027)
    assert (view.published, len(view.days)) == (True, 3)
    assert 2027 in hall.read(hall.clerk, lambda context, _: context.calendar.published, None)
    hall.write(hall.administrator, publish_year, PublishYear(2027, published=False))
    assert not hall.read(hall.clerk, see_year, 2027).published
    assert code_of(hall, publish_year, PublishYear(2026, published=False)) == "year_shipped"


def test_the_effect_on_open_requests_is_counted_before_anything_is_written(hall: SmallHall, accepted: UUID) -> None:
    found = preview(hall, FAIR)
    assert (found.looked, found.of, found.later, found.earlier, found.most) == (1, 1, 1, 0, 2)
    assert preview(hall, STAYS_OPEN) == Effect(1, 1, 0, 1, 2)
    assert preview(hall, replace(FAIR, first=date(2026, 6, 1), last=date(2026, 6, 2))).changed == 0
    assert due(hall, accepted) == date(2026, 3, 9)
    assert FAIR.first not in days(hall)


def test_a_change_is_written_into_the_lists_too(hall: SmallHall, accepted: UUID) -> None:
    assert make_edit(hall.performer, go_on, session=hall.administrator, edit=FAIR) == 1
    assert due(hall, accepted) == date(2026, 3, 11)
    make_edit(hall.performer, go_on, session=hall.administrator, edit=replace(FAIR, working=None))
    assert due(hall, accepted) == date(2026, 3, 9)


def test_a_preview_told_to_stop_says_how_far_it_came(hall: SmallHall) -> None:
    hall.performer.catalogue = STALL
    for _ in range(25):
        hall.clock.move(minutes=1)
        hall.write(hall.clerk, log_request, stall_request(food=False))
    found = preview_edit(hall.performer, lambda _done, _of: False, session=hall.administrator, edit=FAIR)
    assert (found.looked, found.of, found.whole) == (20, 25, False)


def test_a_change_of_the_calendar_passes_nothing_on_in_the_administrators_name(hall: SmallHall) -> None:
    hall.performer.catalogue = stall_catalogue(requires={Phase.SUBMIT: Need(kind=LeafKind.MATERIAL, code="site_plan")})
    request: UUID = hall.write(hall.clerk, log_request, stall_request(food=False, papers=())).request
    hall.performer.catalogue = STALL
    make_edit(hall.performer, go_on, session=hall.administrator, edit=FAIR)
    view = hall.read(hall.clerk, see_request, request)
    (row,) = view.tasks
    assert (row.state, row.readiness, view.row.next_actor) == ("none", "open", "counter")
    assert hall.administrator.account_id not in {event.actor_id for event in view.history}
    hall.write(hall.clerk, do_act, DoAct(row.id, ActKind.SUBMIT))
    assert hall.read(hall.clerk, see_request, request).tasks[0].state == "submitted"
