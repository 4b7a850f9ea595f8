"""One use case, one transaction: kept whole, told once, heard by the others."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, select

from db.faults import Fault, StorageFault
from db.ids import new_id
from db.models import Event
from desktop.usecases.context import Context
from desktop.usecases.hall.accounts import deactivate
from desktop.usecases.hall.calendar import CalendarEdit, calendar_of, edit_calendar
from desktop.usecases.hall.halls import (
    CounterForm,
    DepartmentForm,
    FoundHall,
    HallStatus,
    found_hall,
    hall_status,
    list_counters,
    list_departments,
    save_counter,
    save_department,
)
from desktop.usecases.hall.signing_in import sign_out
from desktop.usecases.people.people import NewPerson, register_person
from desktop.usecases.perform import Performer
from desktop.usecases.permissions import Role
from desktop.usecases.refused import Refused, RefusedAndKept
from desktop.usecases.topics import Topic
from tests.usecases.conftest import CALENDAR, MORNING, PASSWORD, SmallHall


def note(context: Context, kind: str) -> UUID:
    return context.record(kind, Topic.PEOPLE)


def note_twice(context: Context, kind: str) -> None:
    note(context, kind)
    note(context, kind)


def note_and_fail(context: Context, kind: str) -> None:
    note(context, kind)
    raise LookupError(kind)


def note_and_refuse(context: Context, kind: str) -> None:
    note(context, kind)
    raise Refused("no")


def note_and_refuse_kept(context: Context, kind: str) -> None:
    note(context, kind)
    raise RefusedAndKept("no")


def look(context: Context, subject: UUID) -> str:
    context.record_reading("seen", subject=subject)
    return "file"


def events(hall: SmallHall, kind: str) -> list[dict[str, Any]]:
    with hall.performer.database.read() as connection:
        asked = select(Event.__table__).where(Event.kind == kind).order_by(Event.seq)
        return [dict(row) for row in connection.execute(asked).mappings()]


def test_an_act_is_kept_with_who_when_and_where(hall: SmallHall) -> None:
    done = hall.performer.write(hall.clerk, note, "noted")
    (row,) = events(hall, "noted")
    assert (done.value, done.topics) == (row["id"], frozenset({Topic.PEOPLE}))
    assert (row["actor_id"], row["seat"], row["recorded_at"]) == (hall.clerk.account_id, "A01", MORNING)


def test_what_fails_leaves_nothing(hall: SmallHall) -> None:
    with pytest.raises(LookupError):
        hall.performer.write(hall.clerk, note_and_fail, "noted")
    with pytest.raises(Refused):
        hall.performer.write(hall.clerk, note_and_refuse, "noted")
    assert events(hall, "noted") == []


def test_a_refusal_that_is_to_be_kept_keeps_what_was_written(hall: SmallHall) -> None:
    with pytest.raises(RefusedAndKept):
        hall.performer.write(hall.clerk, note_and_refuse_kept, "noted")
    assert len(events(hall, "noted")) == 1


def test_the_same_wish_twice_is_done_once(hall: SmallHall) -> None:
    op = new_id()
    hall.performer.write(hall.clerk, note, "noted", op)
    with pytest.raises(Refused) as refusal:
        hall.performer.write(hall.clerk, note, "noted", op)
    assert refusal.value.code == "already_done"
    assert len(events(hall, "noted")) == 1


def test_one_wish_may_write_several_rows_of_a_kind(hall: SmallHall) -> None:
    hall.performer.write(hall.clerk, note_twice, "noted")
    first, second = events(hall, "noted")
    assert (first["op"], first["ordinal"], second["ordinal"]) == (second["op"], 0, 1)


def test_an_act_kept_although_the_store_failed_at_its_end_is_told_as_done(
    hall: SmallHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = hall.performer.database
    lend = database.write

    @contextmanager
    def cut_off_after_the_commit() -> Iterator[Connection]:
        with lend() as connection:
            yield connection
        raise StorageFault(Fault.SERVER_AWAY)

    monkeypatch.setattr(database, "write", cut_off_after_the_commit)
    done = hall.performer.write(hall.clerk, note, "noted")
    assert [row["id"] for row in events(hall, "noted")] == [done.value]


def test_an_act_lost_with_the_store_is_told_as_lost(hall: SmallHall, monkeypatch: pytest.MonkeyPatch) -> None:
    database = hall.performer.database
    lend = database.write

    @contextmanager
    def cut_off_before_the_commit() -> Iterator[Connection]:
        with lend() as connection:
            yield connection
            raise StorageFault(Fault.SERVER_AWAY)

    monkeypatch.setattr(database, "write", cut_off_before_the_commit)
    with pytest.raises(StorageFault):
        hall.performer.write(hall.clerk, note, "noted")
    assert events(hall, "noted") == []


def test_of_eight_who_register_the_same_number_at_once_one_does_and_seven_hear_whose_it_is(hall: SmallHall) -> None:
    def register() -> tuple[str, UUID]:
        try:
            done = hall.performer.write(hall.clerk, register_person, NewPerson("王伟", "E12345678", "passport"))
        except Refused as refusal:
            subject = refusal.values["subject"]
            assert isinstance(subject, UUID)
            return refusal.code, subject
        return "registered", done.value.subject

    with ThreadPoolExecutor(8) as seats:
        told = [each.result() for each in [seats.submit(register) for _ in range(8)]]
    assert sorted(code for code, _ in told) == ["already_known"] * 7 + ["registered"]
    assert len({subject for _, subject in told}) == 1


def test_of_eight_presses_of_one_button_one_counts(hall: SmallHall) -> None:
    op = new_id()

    def press() -> str:
        try:
            hall.performer.write(hall.clerk, note, "noted", op)
        except Refused as refusal:
            return refusal.code
        return "done"

    with ThreadPoolExecutor(8) as presses:
        told = [each.result() for each in [presses.submit(press) for _ in range(8)]]
    assert sorted(told) == ["already_done"] * 7 + ["done"]
    assert len(events(hall, "noted")) == 1


def test_the_log_counts_on(hall: SmallHall) -> None:
    with hall.performer.database.read() as connection:
        numbers = connection.execute(select(Event.seq).order_by(Event.seq)).scalars().all()
    assert len(numbers) > 10
    assert numbers == sorted(set(numbers))


def test_a_look_is_logged_once_in_a_quarter_of_an_hour(hall: SmallHall) -> None:
    subject = new_id()
    for _ in range(2):
        assert hall.performer.read(hall.clerk, look, subject) == "file"
    hall.performer.read(hall.supervisor, look, subject)
    assert [row["actor_id"] for row in events(hall, "seen")] == [hall.clerk.account_id, hall.supervisor.account_id]
    hall.clock.move(minutes=15)
    hall.performer.read(hall.clerk, look, subject)
    assert len(events(hall, "seen")) == 3


def test_a_look_within_an_act_is_logged_with_it(hall: SmallHall) -> None:
    hall.performer.write(hall.clerk, look, new_id())
    assert len(events(hall, "seen")) == 1


def test_who_has_signed_out_can_do_nothing_more(hall: SmallHall) -> None:
    hall.write(hall.clerk, sign_out)
    with pytest.raises(Refused) as refusal:
        hall.read(hall.clerk, list_departments)
    assert refusal.value.code == "signed_out"


def test_a_closed_account_can_do_nothing_more(hall: SmallHall) -> None:
    hall.write(hall.administrator, deactivate, hall.clerk.account_id)
    with pytest.raises(Refused, match="signed_out"):
        hall.write(hall.clerk, note, "noted")


def test_a_stay_ends_after_ten_hours(hall: SmallHall) -> None:
    hall.clock.move(hours=10)
    assert hall.read(hall.clerk, list_departments)
    hall.clock.move(seconds=1)
    with pytest.raises(Refused, match="stay_too_long"):
        hall.read(hall.clerk, list_departments)


def test_a_changed_holiday_counts_from_the_next_act_at_every_seat(hall: SmallHall) -> None:
    other = Performer(hall.performer.database, hall.performer.catalogue, CALENDAR, hall.clock)
    day = (MORNING + timedelta(days=1)).date()
    assert other.read(hall.clerk, lambda context, _: context.calendar.is_working(day), None)
    hall.write(hall.administrator, edit_calendar, CalendarEdit(day, day, working=False, name="县庆"))
    assert not other.read(hall.clerk, lambda context, _: context.calendar.is_working(day), None)
    hall.write(hall.administrator, edit_calendar, CalendarEdit(day, day, working=None))
    assert other.read(hall.clerk, lambda context, _: context.calendar.is_working(day), None)


def test_departments_and_counters_are_changed_by_their_code_and_never_deleted(hall: SmallHall) -> None:
    hall.write(hall.administrator, save_department, DepartmentForm("mca", "民政和社会工作局", active=False))
    hall.write(hall.administrator, save_counter, CounterForm("A02", "老年人窗口", "amr"))
    rows = {row.code: (row.name_zh, row.active) for row in hall.read(hall.clerk, list_departments)}
    assert rows == {"amr": ("市场监督管理局", True), "mca": ("民政和社会工作局", False)}
    shown = [(row.code, row.name, row.department) for row in hall.read(None, list_counters)]
    assert shown == [("A01", "A01 综合窗口", None), ("A02", "老年人窗口", "amr")]
    with pytest.raises(Refused, match="unknown_department"):
        hall.write(hall.administrator, save_counter, CounterForm("A02", "窗口", "mca"))


def test_a_new_hall_has_the_shipped_days_and_the_catalogues_departments(hall: SmallHall) -> None:
    calendar = hall.read(hall.clerk, lambda context, _: calendar_of(context.connection, context.hall_id))
    assert {day: calendar.exception(day) for day in CALENDAR._days} == CALENDAR._days
    assert calendar.published == CALENDAR.published
    assert [row.code for row in hall.read(hall.clerk, list_departments)] == ["mca", "amr"]


def test_before_a_hall_is_founded_anybody_may_ask_but_not_act(performer: Performer) -> None:
    assert performer.read(None, hall_status, None) == HallStatus(None)
    with pytest.raises(Refused, match="no_hall"):
        performer.write(None, note, "noted")


def test_a_second_hall_is_not_founded_over_the_first(hall: SmallHall) -> None:
    with pytest.raises(Refused, match="hall_exists"):
        hall.write(None, found_hall, FoundHall("第二个大厅", "chief", "王伟", PASSWORD))


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"password": "1234567"}, "password_too_short"),
        ({"password": "12345678"}, "password_too_simple"),
        ({"password": "my chief 1"}, "password_has_login"),
        ({"name_zh": " \u200b"}, "name_missing"),
        ({"division": "999999"}, "unknown_division"),
        ({"zone": "Mars/Olympus"}, "unknown_zone"),
    ],
)
def test_a_hall_is_founded_whole_or_not_at_all(performer: Performer, changed: dict[str, Any], code: str) -> None:
    form = {"name_zh": "临洮县政务大厅", "administrator_login": "chief", "administrator_name": "王伟"}
    with pytest.raises(Refused) as refusal:
        performer.write(None, found_hall, FoundHall(**{**form, "password": PASSWORD, **changed}))
    assert refusal.value.code == code
    assert not performer.read(None, hall_status, None).founded


def test_every_role_is_signed_in_in_the_small_hall(hall: SmallHall) -> None:
    assert {role: session.roles for role, session in hall.sessions.items()} == {role: {role} for role in Role}
