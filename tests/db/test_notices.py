"""Hearing that somebody has changed something: nothing missed, and nearly nothing to ask."""

import select
import time

import psycopg
import pytest
from sqlalchemy import text

from db.notices import PostgresFeed, notify
from db.open import Database
from tests.db.seats import count_up, make_counter, read_counter, said, seat


def change(database: Database) -> None:
    """Change something and tell the others."""
    with database.write() as connection:
        connection.execute(text("UPDATE counter SET value = value + 1"))
        notify(connection)


def heard(feed: PostgresFeed) -> bool:
    """Wait until the feed's line has something to read, and take it in, until that is news."""
    for _ in range(5):  # a server that hangs up says good-bye first
        descriptor = feed.fileno()
        assert descriptor is not None
        assert select.select([descriptor], [], [], 10)[0], "nothing arrives"
        if feed.drain():
            return True
    return False


def test_a_change_in_the_file_is_noticed_once(sqlite_database: Database) -> None:
    make_counter(sqlite_database)
    feed = sqlite_database.feed()
    assert feed.fileno() is None
    assert not feed.poll()
    change(sqlite_database)
    assert feed.poll()
    assert not feed.poll()
    read_counter(sqlite_database)
    assert not feed.poll()
    feed.close()


def test_a_change_by_another_seat_is_noticed(sqlite_database: Database) -> None:
    make_counter(sqlite_database)
    feed = sqlite_database.feed()
    said(seat("count", sqlite_database.place, 1, 1))
    assert feed.poll()
    assert not feed.poll()
    feed.close()


def test_a_change_that_was_undone_is_none(sqlite_database: Database) -> None:
    make_counter(sqlite_database)
    feed = sqlite_database.feed()
    with pytest.raises(ZeroDivisionError), sqlite_database.write() as connection:
        raise ZeroDivisionError(connection)
    assert not feed.poll()
    feed.close()


def test_asking_the_file_costs_next_to_nothing(sqlite_database: Database) -> None:
    feed = sqlite_database.feed()
    start = time.perf_counter()
    for _ in range(2000):
        feed.poll()
    assert (time.perf_counter() - start) / 2000 < 0.000_5
    feed.close()


def test_a_feed_holds_nothing_that_keeps_the_side_file_from_being_folded_in(sqlite_database: Database) -> None:
    make_counter(sqlite_database)
    feed = sqlite_database.feed()
    feed.poll()
    handle = sqlite_database.store.connect()
    assert handle.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    handle.close()
    feed.close()


def test_the_mark_changes_with_every_kept_write_and_not_with_reading(database: Database) -> None:
    make_counter(database)
    marks = [database.changes()]
    for number in range(3):
        count_up(database, 1, number)
        marks.append(database.changes())
    assert len(set(marks)) == 4
    if database.kind == "sqlite":  # a server's housekeeping may count too
        read_counter(database)
        assert database.changes() == marks[-1]


def test_a_notice_wakes_the_line_that_listens(postgres_database: Database) -> None:
    make_counter(postgres_database)
    feed = postgres_database.feed()
    assert isinstance(feed, PostgresFeed)
    assert not feed.poll()
    change(postgres_database)
    assert heard(feed)
    assert not feed.poll()
    feed.close()


def test_many_notices_are_taken_in_at_once(postgres_database: Database) -> None:
    make_counter(postgres_database)
    feed = postgres_database.feed()
    assert isinstance(feed, PostgresFeed)
    for _ in range(5):
        change(postgres_database)
    assert heard(feed)
    assert not feed.poll()
    feed.close()


def test_a_notice_of_an_act_that_was_undone_is_never_heard(postgres_database: Database) -> None:
    make_counter(postgres_database)
    feed = postgres_database.feed()
    assert isinstance(feed, PostgresFeed)

    def act() -> None:
        with postgres_database.write() as connection:
            notify(connection)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    change(postgres_database)  # a later notice proves that an earlier one would have arrived
    assert heard(feed)
    feed.close()


def test_a_broken_line_is_made_anew_and_counts_as_news(postgres_database: Database) -> None:
    make_counter(postgres_database)
    feed = postgres_database.feed()
    assert isinstance(feed, PostgresFeed)
    before = feed._line.info.backend_pid
    with postgres_database.read() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:line)"), {"line": before})
    assert heard(feed)
    assert feed._line.info.backend_pid != before
    assert not feed.poll()
    change(postgres_database)
    assert heard(feed)
    feed.close()


def test_a_feed_whose_line_was_closed_listens_again(postgres_database: Database) -> None:
    make_counter(postgres_database)
    feed = postgres_database.feed()
    assert isinstance(feed, PostgresFeed)
    feed.close()
    assert feed.fileno() is None
    assert feed.poll()
    assert isinstance(feed._line, psycopg.Connection)
    change(postgres_database)
    assert heard(feed)
    feed.close()
