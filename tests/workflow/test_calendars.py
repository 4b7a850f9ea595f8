"""The working calendar against the notices, and against counting on the fingers."""

import json
import timeit
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.workflow.time.calendars import DayKind, TimeFault, WorkCalendar, from_rows

WORKDAYS = Path(__file__).parents[2] / "resources" / "calendar" / "workdays.json"
DATA = json.loads(WORKDAYS.read_text(encoding="utf-8"))
CALENDAR = from_rows(DATA["days"], DATA["published"])
DAYS = st.dates(date(2003, 1, 1), date(2029, 12, 31))


def working_days(start: date, end: date) -> int:
    """Count working days after `start` through `end`; negative when `end` comes first."""
    return CALENDAR.rank(end.toordinal()) - CALENDAR.rank(start.toordinal())


def test_the_shipped_calendar_covers_2004_to_2026_and_names_its_source() -> None:
    assert sorted(CALENDAR.published) == list(range(2004, 2027))
    assert {row["name"] for row in DATA["days"]} == set(DATA["names"])
    assert {row["source"] for row in DATA["days"]} == set(DATA["sources"])
    assert {date.fromisoformat(row["date"]).year for row in DATA["days"]} == set(DATA["published"])


@pytest.mark.parametrize(
    ("day", "kind", "name"),
    [
        ("2025-10-06", DayKind.REST, "mid_autumn"),
        ("2025-10-08", DayKind.REST, "national_day"),
        ("2025-10-09", DayKind.WORKING, None),
        ("2025-10-11", DayKind.MAKEUP, "national_day"),
        ("2025-10-12", DayKind.REST, None),
        ("2026-02-14", DayKind.MAKEUP, "spring_festival"),
        ("2015-09-03", DayKind.REST, "victory_70"),
    ],
)
def test_a_day_says_what_it_is_and_why(day: str, kind: DayKind, name: str | None) -> None:
    assert CALENDAR.kind(date.fromisoformat(day)) is kind
    assert CALENDAR.name(date.fromisoformat(day)) == name


def test_a_year_without_a_notice_is_a_plain_week_and_estimated() -> None:
    new_year = date(2027, 1, 1)
    assert CALENDAR.is_working(new_year)
    assert new_year.year not in CALENDAR.published
    assert not CALENDAR.is_working(date(2027, 1, 2))
    assert 2026 in CALENDAR.published
    assert CALENDAR.exception(new_year) is None


@given(DAYS, st.integers(1, 90))
def test_the_nth_working_day_is_what_counting_on_the_fingers_gives(start: date, n: int) -> None:
    day, left = start, n
    while left:
        day += timedelta(days=1)
        left -= CALENDAR.is_working(day)
    assert CALENDAR.nth_working_day_after(start, n) == day
    assert working_days(start, day) == n


@given(DAYS, st.integers(1, 90))
def test_counting_back_is_what_the_fingers_give(end: date, n: int) -> None:
    day, left = end, n
    while left:
        day -= timedelta(days=1)
        left -= CALENDAR.is_working(day)
    assert CALENDAR.nth_working_day_before(end, n) == day


@given(DAYS, DAYS)
def test_the_working_days_after_a_day_are_counted_by_rank(start: date, end: date) -> None:
    first, last = min(start, end), max(start, end)
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    count = sum(CALENDAR.is_working(day) for day in days)
    assert working_days(first, last) == count
    assert working_days(last, first) == -count


@given(DAYS)
def test_rolling_ends_on_a_working_day_and_leaves_working_days_alone(day: date) -> None:
    later, earlier = CALENDAR.working_on_or_after(day), CALENDAR.working_on_or_before(day)
    assert earlier <= day <= later
    assert CALENDAR.is_working(later)
    assert CALENDAR.is_working(earlier)
    assert (later == day == earlier) is CALENDAR.is_working(day)


def test_an_empty_calendar_is_the_plain_week() -> None:
    plain = WorkCalendar({}, ())
    assert plain.nth_working_day_after(date(2026, 10, 1), 5) == date(2026, 10, 8)
    assert 2026 not in plain.published


def test_a_working_day_of_the_notice_counts_wherever_it_falls() -> None:
    rows = [{"date": "2026-10-03", "kind": "working", "name": "flood_relief", "source": "county order"}]
    county = from_rows(rows, [2026])
    assert county.is_working(date(2026, 10, 3))
    assert county.nth_working_day_after(date(2026, 10, 2), 1) == date(2026, 10, 3)


@pytest.mark.parametrize(
    "row",
    [
        {"date": "2026-02-30", "kind": "rest", "name": "x", "source": "y"},
        {"date": "2026-02-03", "kind": "holiday", "name": "x", "source": "y"},
        {"date": "2026-02-03", "kind": "rest", "name": "x"},
        {"date": None, "kind": "rest", "name": "x", "source": "y"},
    ],
)
def test_a_row_that_cannot_be_read_is_named(row: dict[str, str]) -> None:
    with pytest.raises(TimeFault) as fault:
        from_rows([row], [2026])
    assert fault.value.code == "calendar_row_unreadable"
    assert fault.value.values == {"row": row}


def test_a_day_given_twice_is_refused() -> None:
    row = {"date": "2026-02-03", "kind": "rest", "name": "x", "source": "y"}
    with pytest.raises(TimeFault, match="calendar_day_twice"):
        from_rows([row, row], [2026])


@pytest.mark.parametrize("n", [0, -1])
def test_counting_no_day_at_all_is_refused(n: int) -> None:
    with pytest.raises(TimeFault, match="count_not_positive"):
        CALENDAR.nth_working_day_after(date(2026, 1, 5), n)
    with pytest.raises(TimeFault, match="count_not_positive"):
        CALENDAR.nth_working_day_before(date(2026, 1, 5), n)


def test_counting_past_the_last_year_there_is_is_refused_not_a_crash() -> None:
    with pytest.raises(TimeFault, match="date_out_of_range"):
        CALENDAR.nth_working_day_after(date(9999, 12, 31), 1)
    with pytest.raises(TimeFault, match="date_out_of_range"):
        CALENDAR.nth_working_day_before(date(1, 1, 1), 1)


def test_twenty_working_days_are_counted_within_five_microseconds() -> None:
    start = date(2025, 9, 22)
    runs = timeit.repeat(lambda: CALENDAR.nth_working_day_after(start, 20), number=2_000, repeat=20)
    assert min(runs) / 2_000 < 5e-6
