"""Due dates against the given rows, rows worked out by hand, and a count done day by day."""

import json
from collections import Counter
from datetime import date, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.workflow.time.calendars import TimeFault
from desktop.workflow.time.deadlines import (
    Extension,
    ItemRun,
    Light,
    Lights,
    Limit,
    Pause,
    Unit,
    counted_back,
    due,
    due_on,
    latest_start,
    matter_clock,
)
from tests.workflow.test_calendars import CALENDAR, working_days

VECTORS = json.loads((Path(__file__).parent / "deadline_vectors.json").read_text(encoding="utf-8"))["vectors"]
D = date.fromisoformat
TWENTY = Limit(20, Unit.WORKDAYS)
TEN = Limit(10, Unit.WORKDAYS)
CHINA = timezone(timedelta(hours=8))


def rows(*kinds: str) -> list[Any]:
    chosen = [row for row in VECTORS if row["kind"] in kinds]
    return [pytest.param(row, id=f"{row['source']}-{n}") for n, row in enumerate(chosen)]


def group(row: dict[str, Any]) -> str:
    """Say what a row counted by hand is about."""
    if row["kind"] == "latest_start":
        return "backward"
    unit = Limit.parse(row["limit"]).unit
    return "extensions" if "extensions" in row else {Unit.DAYS: "days", Unit.MONTHS: "months"}.get(unit, unit)


def test_ten_rows_of_each_kind_are_counted_by_hand() -> None:
    by_hand = [row for row in VECTORS if row["source"] == "by hand"]
    counted = Counter(group(row) for row in by_hand)
    for kind in ("extensions", "days", "months", "backward"):
        assert counted[kind] >= 10, kind
    assert all(len(row["reasoning"]) > 20 for row in by_hand)
    assert len({json.dumps(row, sort_keys=True) for row in VECTORS}) == len(VECTORS)


def read_pauses(row: dict[str, Any]) -> list[Pause]:
    if "suspended" in row:
        return [Pause("given", "survey", D(row["suspended"]), None, D(row["resumed"]))]
    pauses = []
    for number, (start, end, *expected) in enumerate(row.get("pauses", ())):
        until = D(expected[0]) if expected else None
        pauses.append(Pause(f"p{number}", "survey", D(start), until, D(end) if end else None))
    return pauses


@pytest.mark.parametrize("row", rows("due", "due_suspended", "limit"))
def test_a_row_is_due_on_its_day(row: dict[str, Any]) -> None:
    limit = Limit.parse(row["limit"]) if "limit" in row else Limit(row["working_days"], Unit.WORKDAYS)
    extensions = [Extension(Limit.parse(e["limit"]), D(e["on"]), "chief") for e in row.get("extensions", ())]
    today = D(row.get("today", row["start"]))
    answer = due(D(row["start"]), limit, CALENDAR, pauses=read_pauses(row), extensions=extensions, today=today)
    assert answer.date == D(row["due"])
    for name in {"estimated", "overdue", "paused_now", "remaining"} & row.keys():
        assert getattr(answer, name) == row[name], name
    assert answer.ledger[-1].day == answer.date
    if {extension.limit.unit for extension in extensions} <= {
        limit.unit
    }:  # else the total stays in the limit's own unit
        assert sum(day.counted or day.reason == "rolled" for day in answer.ledger) == answer.total


@pytest.mark.parametrize("row", rows("elapsed"))
def test_a_row_has_elapsed_as_many_working_days(row: dict[str, Any]) -> None:
    assert working_days(D(row["start"]), D(row["end"])) == row["working_days"]


@pytest.mark.parametrize("row", rows("latest_start"))
def test_a_row_counted_back_starts_on_its_day(row: dict[str, Any]) -> None:
    assert latest_start(D(row["before"]), Limit.parse(row["limit"]), CALENDAR) == D(row["latest"])


def test_the_ledger_of_twenty_working_days_explains_every_day_of_the_national_holiday() -> None:
    answer = due(D("2025-09-22"), TWENTY, CALENDAR, today=D("2025-09-22"))
    reasons = {row.day.isoformat(): row.reason for row in answer.ledger}
    assert answer.date == D("2025-10-24")
    assert [row.day for row in answer.ledger] == [D("2025-09-22") + timedelta(days=n) for n in range(33)]
    assert reasons["2025-09-22"] == "start_day"
    assert reasons["2025-09-27"] == "weekend"
    assert reasons["2025-09-28"] == reasons["2025-10-11"] == "makeup"
    assert reasons["2025-10-06"] == "holiday:mid_autumn"
    assert reasons["2025-10-08"] == "holiday:national_day"
    assert reasons["2025-10-24"] == "counted"


def test_the_ledger_names_pauses_extensions_and_rolling() -> None:
    pause = Pause("p", "expert_review", D("2026-04-01"), None, D("2026-04-08"))
    more = Extension(TEN, D("2026-03-30"), "chief")
    answer = due(D("2026-03-02"), TWENTY, CALENDAR, pauses=[pause], extensions=[more], today=D("2026-04-09"))
    reasons = {row.day.isoformat(): (row.counted, row.reason) for row in answer.ledger}
    assert reasons["2026-03-31"] == (True, "extension")
    assert reasons["2026-04-02"] == (False, "paused:expert_review")
    assert reasons["2026-04-04"] == (False, "holiday:tomb_sweeping")
    rolled = due(D("2026-09-01"), Limit(30, Unit.DAYS), CALENDAR, today=D("2026-09-01")).ledger
    assert [row.reason for row in rolled[-8:]] == ["counted", *["rolled"] * 7]
    assert rolled[5].reason == "counted"  # Sunday 6 September counts in calendar days


def test_a_pause_in_calendar_days_leaves_out_weekends_too() -> None:
    pause = Pause("p", "survey", D("2026-07-10"), None, D("2026-07-20"))
    ledger = due(D("2026-07-01"), Limit(30, Unit.DAYS), CALENDAR, pauses=[pause], today=D("2026-07-01")).ledger
    assert [row.day.day for row in ledger if row.reason == "paused:survey"] == list(range(11, 21))


@pytest.mark.parametrize(
    ("today", "light", "remaining"),
    [
        # ten working days from Wed 1 July 2026: due Wed 15 July
        ("2026-07-07", Light.GREEN, 6),
        ("2026-07-08", Light.AMBER, 5),  # half left
        ("2026-07-10", Light.AMBER, 3),
        ("2026-07-11", Light.AMBER, 3),  # a Saturday
        ("2026-07-13", Light.RED, 2),  # a fifth left
        ("2026-07-15", Light.RED, 0),
        ("2026-07-16", Light.OVERDUE, -1),
        ("2026-07-20", Light.OVERDUE, -3),
    ],
)
def test_the_light_follows_what_is_left(today: str, light: Light, remaining: int) -> None:
    answer = due(D("2026-07-01"), TEN, CALENDAR, today=D(today))
    assert (answer.light, answer.remaining, answer.overdue) == (light, remaining, light is Light.OVERDUE)


def test_a_county_sets_its_own_lights() -> None:
    strict = Lights(amber_percent=90, amber_workdays=0, red_percent=60)
    assert due(D("2026-07-01"), TEN, CALENDAR, today=D("2026-07-07"), lights=strict).light is Light.RED


def test_overdue_since_friday_is_already_one_day_late_on_saturday() -> None:
    answer = due(D("2026-07-03"), Limit(5, Unit.WORKDAYS), CALENDAR, today=D("2026-07-11"))
    assert (answer.date, answer.overdue, answer.remaining) == (D("2026-07-10"), True, -1)


def test_a_clock_that_stopped_in_time_stays_in_time() -> None:
    answer = due(D("2026-07-01"), TEN, CALENDAR, stopped=D("2026-07-14"), today=D("2026-12-01"))
    assert (answer.remaining, answer.overdue, answer.light) == (1, False, Light.GREEN)


def test_a_clock_that_stopped_late_stays_late() -> None:
    answer = due(D("2026-07-01"), TEN, CALENDAR, stopped=D("2026-07-17"), today=D("2026-12-01"))
    assert (answer.remaining, answer.overdue, answer.light) == (-2, True, Light.OVERDUE)


def test_a_stop_ends_a_pause_that_was_still_open() -> None:
    pause = Pause("p", "survey", D("2026-07-03"), D("2026-08-31"))
    answer = due(D("2026-07-01"), TEN, CALENDAR, pauses=[pause], stopped=D("2026-07-15"), today=D("2026-12-01"))
    assert (answer.date, answer.remaining, answer.paused_now) == (D("2026-07-27"), 8, False)


def test_an_extension_after_expiry_is_a_fault_with_both_dates() -> None:
    late = Extension(TEN, D("2026-03-31"), "chief")
    with pytest.raises(TimeFault) as fault:
        due(D("2026-03-02"), TWENTY, CALENDAR, extensions=[late], today=D("2026-03-31"))
    assert fault.value.code == "extension_too_late"
    assert fault.value.values == {"due": D("2026-03-30"), "on": D("2026-03-31")}


def test_a_clock_is_paused_from_the_day_of_the_pause_until_the_day_it_resumes() -> None:
    pause = Pause("p", "survey", D("2026-07-03"), None, D("2026-07-10"))
    days = {"2026-07-02": False, "2026-07-03": True, "2026-07-09": True, "2026-07-10": False}
    for today, paused in days.items():
        assert due(D("2026-07-01"), TEN, CALENDAR, pauses=[pause], today=D(today)).paused_now is paused


def test_a_pause_cannot_end_before_it_starts() -> None:
    with pytest.raises(TimeFault, match="pause_ends_before_start"):
        Pause("p", "survey", D("2026-03-03"), None, D("2026-03-02"))


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("10 workdays", Limit(10, Unit.WORKDAYS)),
        ("1 workday", Limit(1, Unit.WORKDAYS)),
        ("3WD", Limit(3, Unit.WORKDAYS)),
        ("5 工作日", Limit(5, Unit.WORKDAYS)),
        ("5个工作日", Limit(5, Unit.WORKDAYS)),
        ("20 个 工作日", Limit(20, Unit.WORKDAYS)),
        ("30日", Limit(30, Unit.DAYS)),
        ("15 自然日", Limit(15, Unit.DAYS)),
        ("7天", Limit(7, Unit.DAYS)),
        ("2个月", Limit(2, Unit.MONTHS)),
        ("24 小时", Limit(24, Unit.HOURS)),
        ("1年", Limit(1, Unit.YEARS)),
        ("当场", Limit(0, Unit.WORKDAYS)),
        ("20 Working  Days", Limit(20, Unit.WORKDAYS)),
        ("５工作日", Limit(5, Unit.WORKDAYS)),
    ],
)
def test_a_written_limit_is_read(text: str, limit: Limit) -> None:
    assert Limit.parse(text) == limit
    assert Limit.parse(str(limit)) == limit


@pytest.mark.parametrize("text", ["", "十日", "5", "工作日", "-5 days", "5 fortnights", "5 days or so", "1.5 days"])
def test_a_limit_that_cannot_be_read_is_named(text: str) -> None:
    with pytest.raises(TimeFault) as fault:
        Limit.parse(text)
    assert (fault.value.code, fault.value.values) == ("limit_unreadable", {"text": text})


@pytest.mark.parametrize("n", [-1, 36_501])
def test_a_limit_out_of_all_reason_is_refused(n: int) -> None:
    with pytest.raises(TimeFault, match="limit_out_of_range"):
        Limit(n, Unit.DAYS)


def test_a_limit_past_the_last_year_there_is_is_refused() -> None:
    for unit in (Unit.WORKDAYS, Unit.DAYS, Unit.MONTHS, Unit.YEARS, Unit.HOURS):
        with pytest.raises(TimeFault, match="date_out_of_range"):
            due(D("9999-12-30"), Limit(500, unit), CALENDAR, today=D("9999-12-30"))


def test_on_the_spot_is_the_same_day_or_the_next_day_the_hall_works() -> None:
    on_the_spot = Limit.parse("当场")
    assert due(D("2026-07-10"), on_the_spot, CALENDAR, today=D("2026-07-10")).date == D("2026-07-10")
    assert due(D("2026-07-11"), on_the_spot, CALENDAR, today=D("2026-07-11")).date == D("2026-07-13")


def test_hours_round_up_to_days() -> None:
    day = D("2026-07-10")
    assert due(day, Limit(24, Unit.HOURS), CALENDAR, today=day).date == D("2026-07-11")
    assert due(day, Limit(30, Unit.HOURS), CALENDAR, today=day).date == D("2026-07-12")


def test_thirty_calendar_days_that_end_on_a_holiday_end_on_the_first_working_day_after_it() -> None:
    day = D("2026-09-01")
    end = due(day, Limit(30, Unit.DAYS), CALENDAR, today=day)
    assert (end.date, end.estimated) == (D("2026-10-08"), False)


def test_counting_back_in_calendar_units_keeps_rest_days_and_refuses_other_units() -> None:
    assert counted_back(D("2026-06-30"), Limit(30, Unit.DAYS)) == D("2026-05-31")
    assert counted_back(D("2024-02-29"), Limit(1, Unit.YEARS)) == D("2023-02-28")
    assert latest_start(D("2026-07-12"), Limit(0, Unit.WORKDAYS), CALENDAR) == D("2026-07-10")
    for unit in (Unit.WORKDAYS, Unit.HOURS):
        with pytest.raises(TimeFault, match="limit_not_in_calendar_units"):
            counted_back(D("2026-06-30"), Limit(3, unit))


def test_a_date_somebody_named_is_due_that_day_even_if_it_rests() -> None:
    answer = due_on(D("2026-07-01"), D("2026-07-11"), CALENDAR, today=D("2026-07-12"))
    assert (answer.date, answer.overdue, answer.remaining) == (D("2026-07-11"), True, -1)
    assert not due_on(D("2026-07-01"), D("2026-07-11"), CALENDAR, today=D("2026-07-11")).overdue


# --- the matter's own clock (rule 22) ---


def test_a_matter_does_not_count_the_days_between_two_items() -> None:
    # A runs 2, 3, 6 July = 3; nothing runs 7–13; B runs 14, 15, 16 = 6; four more: 17, 20, 21, 22
    runs = [ItemRun(D("2026-07-01"), D("2026-07-06")), ItemRun(D("2026-07-13"), D("2026-07-16"))]
    clock = matter_clock(runs, TEN, CALENDAR, finished=True, today=D("2026-09-01"))
    assert clock is not None
    assert (clock.start, clock.date, clock.remaining, clock.stopped) == (
        D("2026-07-01"),
        D("2026-07-22"),
        4,
        D("2026-07-16"),
    )
    assert {row.reason for row in clock.ledger if D("2026-07-06") < row.day <= D("2026-07-13")} == {
        "paused:no_live_item",
        "weekend",
    }


def test_a_pause_of_one_item_does_not_stop_a_matter_in_which_another_runs() -> None:
    paused = ItemRun(D("2026-07-01"), None, (Pause("p", "survey", D("2026-07-02")),))
    running = ItemRun(D("2026-07-01"))
    clock = matter_clock([paused, running], TEN, CALENDAR, finished=False, today=D("2026-07-08"))
    assert clock is not None
    assert (clock.date, clock.paused_now) == (D("2026-07-15"), False)


def test_a_matter_stands_while_every_live_item_is_paused() -> None:
    # 2 July = 1, then all stand until the survey is expected to end on the 10th; 13–17 = 6, 20–23 = 10
    first = ItemRun(D("2026-07-01"), None, (Pause("p", "survey", D("2026-07-02"), D("2026-07-10")),))
    second = ItemRun(D("2026-07-01"), D("2026-07-02"))
    clock = matter_clock([first, second], TEN, CALENDAR, finished=False, today=D("2026-07-08"))
    assert clock is not None
    assert (clock.date, clock.paused_now, clock.remaining) == (D("2026-07-23"), True, 9)


def test_a_matter_waits_for_the_item_still_to_come_and_begins_with_an_acceptance() -> None:
    run = ItemRun(D("2026-07-01"), D("2026-07-06"))
    clock = matter_clock([run], TEN, CALENDAR, finished=False, today=D("2026-07-20"))
    assert clock is not None
    assert (clock.paused_now, clock.remaining, clock.overdue) == (True, 7, False)
    assert matter_clock([], TEN, CALENDAR, finished=False, today=D("2026-07-20")) is None


# --- properties, against a count done one day at a time ---

STARTS = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@st.composite
def closed_pauses(draw: st.DrawFn, start: date) -> list[Pause]:
    pairs = draw(st.lists(st.tuples(st.integers(-5, 40), st.integers(0, 20)), max_size=4))
    spans = [(start + timedelta(days=a), start + timedelta(days=a + length)) for a, length in pairs]
    return [Pause(f"p{n}", "survey", first, None, last) for n, (first, last) in enumerate(spans)]


@given(st.data(), STARTS, st.integers(1, 40), st.sampled_from([Unit.WORKDAYS, Unit.DAYS]))
def test_pauses_give_the_day_that_walking_gives(data: st.DataObject, start: date, n: int, unit: Unit) -> None:
    pauses = data.draw(closed_pauses(start))
    day, counted = start, 0
    while counted < n:
        day += timedelta(days=1)
        out = any(p.start < day and p.end is not None and day <= p.end for p in pauses)
        counted += not out and (unit is Unit.DAYS or CALENDAR.is_working(day))
    answer = due(start, Limit(n, unit), CALENDAR, pauses=pauses, today=start)
    assert answer.date == CALENDAR.working_on_or_after(day)
    assert answer.total == answer.remaining
    if unit is Unit.WORKDAYS:
        assert answer.total == n
    backwards = due(start, Limit(n, unit), CALENDAR, pauses=pauses[::-1], today=start)
    assert (backwards.date, backwards.total) == (answer.date, answer.total)


@given(st.data(), STARTS, st.integers(1, 30), st.integers(0, 60))
def test_a_pause_never_hides_an_overdue(data: st.DataObject, start: date, n: int, later: int) -> None:
    plain = due(start, Limit(n, Unit.WORKDAYS), CALENDAR, today=start)
    pause_from = plain.date + timedelta(days=data.draw(st.integers(0, 10)))
    today = pause_from + timedelta(days=later)
    paused = due(start, Limit(n, Unit.WORKDAYS), CALENDAR, pauses=[Pause("p", "survey", pause_from)], today=today)
    assert paused.date == plain.date
    assert paused.overdue is (today > plain.date)


@given(st.data(), STARTS, st.integers(1, 30))
def test_the_ledger_counts_exactly_what_it_says(data: st.DataObject, start: date, n: int) -> None:
    answer = due(start, Limit(n, Unit.WORKDAYS), CALENDAR, pauses=data.draw(closed_pauses(start)), today=start)
    assert sum(row.counted for row in answer.ledger) == n
    assert answer.ledger[-1].counted
    days = [row.day for row in answer.ledger]
    assert days == sorted(set(days))
    assert len(days) == (answer.date - start).days + 1
