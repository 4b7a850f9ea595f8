"""Dates in words: a clock that stands because nobody is at work is not called paused."""

from datetime import date

from desktop.ui.pages.request_dates import left_words, overdue_words
from desktop.workflow.time.calendars import WorkCalendar
from desktop.workflow.time.deadlines import ItemRun, Limit, Pause, Unit, matter_clock
from tests.ui.conftest import SetLook

CALENDAR = WorkCalendar({}, {2026})
TEN = Limit(10, Unit.WORKDAYS)
ACCEPTED, DONE, TODAY = date(2026, 7, 1), date(2026, 7, 6), date(2026, 7, 8)


def test_a_matter_between_two_departments_is_not_said_to_be_paused(look: SetLook) -> None:
    clock = matter_clock([ItemRun(ACCEPTED, DONE)], TEN, CALENDAR, finished=False, today=TODAY)
    assert clock is not None
    said = left_words(clock, TODAY)
    assert "中止计时" not in said
    assert said.endswith("；现在不计天数，有事项受理或恢复办理后接着计")
    assert "在办" not in said, "the case waits for a department, so something is under way"


def test_a_matter_whose_only_item_is_paused_says_that_no_department_is_at_work(look: SetLook) -> None:
    pause = Pause("suspend:1", "testing", date(2026, 7, 3), date(2026, 7, 20))
    clock = matter_clock([ItemRun(ACCEPTED, None, (pause,))], TEN, CALENDAR, finished=False, today=TODAY)
    assert clock is not None
    assert clock.paused_by == ("no_live_item",)
    assert clock.paused_now


def test_a_missed_date_says_first_that_it_is_missed(look: SetLook) -> None:
    look()
    assert overdue_words(date(2026, 3, 13), date(2026, 3, 16)) == "已逾期3天（应于3月13日 周五）"
    clock = matter_clock([ItemRun(date(2026, 6, 1), None)], TEN, CALENDAR, finished=False, today=date(2026, 6, 18))
    assert clock is not None
    assert left_words(clock, date(2026, 6, 18)) == "已逾期3个工作日（应于6月15日 周一）"
    look(language="en")
    assert overdue_words(date(2026, 3, 13), date(2026, 3, 16)) == "3 days overdue (due Fri 13 Mar)"
