"""How values are stored: they come back as they were, on both kinds of store, and sort by time."""

import enum
import os
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import (
    insert,
    select,
    text,
)
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, HallKeyed
from db.ids import IdSource, new_id
from db.open import Database


class Colour(enum.StrEnum):
    RED = "red"
    GREEN = "grün"


class Own(Base):
    """Tables of this test only."""

    __abstract__ = True
    metadata = type(Base.metadata)(naming_convention=Base.metadata.naming_convention)


class Sample(HallKeyed, Own):
    __tablename__ = "sample"
    when: Mapped[datetime]
    day: Mapped[date]
    colour: Mapped[Colour]
    facts: Mapped[dict[str, Any] | None]
    names: Mapped[list[str]]
    number: Mapped[int] = mapped_column(unique=True)
    sealed: Mapped[bytes]
    words: Mapped[str | None]


BEIJING = timezone(timedelta(hours=8))


def row(**changes: object) -> dict[str, object]:
    return {
        "hall_id": UUID(int=1),
        "when": datetime(2026, 11, 23, 8, 30, 0, 250_000, tzinfo=BEIJING),
        "day": date(2026, 11, 23),
        "colour": Colour.GREEN,
        "facts": {"姓名": "王伟", "年龄": 41, "独居": None},
        "names": ["王", "𠮷"],
        "number": 2**62,
        "sealed": b"\x00\xff",
        "words": None,
        **changes,
    }


@pytest.fixture
def sample(database: Database) -> Database:
    with database.write() as connection:
        Own.metadata.create_all(connection)
    return database


def test_every_kind_of_value_comes_back_as_it_was(sample: Database) -> None:
    given = row(id=new_id())
    with sample.write() as connection:
        connection.execute(insert(Sample), given)
    with sample.read() as connection:
        found = connection.execute(select(Sample)).one()._asdict()
    assert found == given
    assert found["when"].tzinfo is UTC
    assert isinstance(found["colour"], Colour)


def test_chinese_stays_readable_in_stored_facts(sample: Database) -> None:
    with sample.write() as connection:
        connection.execute(insert(Sample), row())
    with sample.read() as connection:
        assert "王伟" in connection.execute(text("SELECT CAST(facts AS TEXT) FROM sample")).scalar_one()


def test_a_row_names_itself_in_order_of_time(sample: Database) -> None:
    for number in range(20):
        with sample.write() as connection:
            connection.execute(insert(Sample), row(number=number))
    with sample.read() as connection:
        numbers = connection.execute(select(Sample.number).order_by(Sample.hall_id, Sample.id)).scalars().all()
    assert numbers == list(range(20))


def test_moments_sort_in_the_store_whatever_their_zone(sample: Database) -> None:
    start = datetime(2026, 11, 23, tzinfo=UTC)
    zones = [UTC, BEIJING, timezone(timedelta(hours=-7))]
    with sample.write() as connection:
        for number in range(6):
            moment = (start + timedelta(seconds=number / 2)).astimezone(zones[number % 3])
            connection.execute(insert(Sample), row(number=number, when=moment))
    with sample.read() as connection:
        later = Sample.when >= (start + timedelta(seconds=1)).astimezone(BEIJING)
        found = connection.execute(select(Sample.number).where(later).order_by(Sample.when)).scalars().all()
    assert found == [2, 3, 4, 5]


def test_a_moment_without_a_zone_is_refused(sample: Database) -> None:
    with pytest.raises(StatementError, match="time zone"), sample.write() as connection:
        connection.execute(insert(Sample), row(when=datetime(2026, 11, 23)))  # noqa: DTZ001 that is the point


def test_a_word_that_is_no_member_is_refused(sample: Database) -> None:
    with pytest.raises(StatementError), sample.write() as connection:
        connection.execute(insert(Sample), row(colour="blue"))


def test_no_facts_are_stored_as_nothing(sample: Database) -> None:
    with sample.write() as connection:
        connection.execute(insert(Sample), row(facts=None))
    with sample.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM sample WHERE facts IS NULL")).scalar_one() == 1


def test_constraints_have_names() -> None:
    assert {constraint.name for constraint in Sample.__table__.constraints} == {"pk_sample", "uq_sample_number"}  # type: ignore[attr-defined]


@pytest.mark.bad_input("a clock set back")
def test_identifiers_rise_even_when_the_clock_goes_back() -> None:
    clock = iter([1000, 1000, 999, 2000, 1500, 2001])
    source = IdSource(lambda: next(clock))
    made = [source.new() for _ in range(6)]
    assert made == sorted(made)
    assert len(set(made)) == 6
    assert [each.int >> 80 for each in made] == [1000, 1000, 1000, 2000, 2000, 2001]


def test_an_identifier_is_a_version_7_uuid_of_now() -> None:
    made = new_id()
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert abs((made.int >> 80) / 1000 - datetime.now(UTC).timestamp()) < 5


def test_a_full_millisecond_borrows_from_the_next() -> None:
    source = IdSource(lambda: 1000)
    first = source.new()
    source._last_random = (1 << 74) - 1
    second = source.new()
    assert second > first
    assert second.int >> 80 == 1001


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_copied_process_makes_identifiers_of_its_own() -> None:
    source = IdSource(lambda: 1000)
    source.new()
    reader, writer = os.pipe()
    if (child := os.fork()) == 0:
        os.write(writer, source.new().bytes)
        os._exit(0)
    os.waitpid(child, 0)
    theirs = UUID(bytes=os.read(reader, 16))
    os.close(reader)
    os.close(writer)
    assert theirs != source.new()
