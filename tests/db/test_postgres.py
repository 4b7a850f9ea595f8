"""The shared store: a server that goes away, refuses, waits or freezes, and what each is called."""

import os
import signal
import threading
from collections.abc import Callable

import pytest
from sqlalchemy import text

from db.faults import Fault, StorageFault
from db.open import Database, Place, open_database
from db.postgres import PostgresStore, server_url
from tests.db.seats import count_up, make_counter, read_counter


def fault(act: Callable[[], object]) -> StorageFault:
    with pytest.raises(StorageFault) as caught:
        act()
    return caught.value


def at(place: Place, patience: float = 30.0) -> Database:
    from db.keys import Keys

    return open_database(place, Keys.load(place.folder), patience=patience)


def backend(database: Database) -> int:
    """Return the process of the server that serves the next act of this seat."""
    with database.read() as connection:
        return int(connection.execute(text("SELECT pg_backend_pid()")).scalar_one())


def test_a_line_cut_between_two_acts_is_mended_unseen(postgres_database: Database) -> None:
    make_counter(postgres_database)
    other = at(postgres_database.place)
    with other.write() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:line)"), {"line": backend(postgres_database)})
    other.close()
    count_up(postgres_database, 1, 1)
    assert read_counter(postgres_database) == 1


def test_a_line_cut_during_an_act_undoes_it(postgres_database: Database) -> None:
    make_counter(postgres_database)
    other = at(postgres_database.place)

    def act() -> None:
        with postgres_database.write() as connection:
            line = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
            connection.execute(text("UPDATE counter SET value = 7"))
            with other.write() as cutting:
                cutting.execute(text("SELECT pg_terminate_backend(:line, 5000)"), {"line": line})
            connection.execute(text("SELECT 1"))

    caught = fault(act)
    assert caught.code is Fault.SERVER_AWAY
    assert "in_doubt" not in caught.values
    assert read_counter(postgres_database) == 0
    other.close()


def test_a_line_cut_while_keeping_leaves_the_act_in_doubt(postgres_database: Database) -> None:
    make_counter(postgres_database)
    other = at(postgres_database.place)

    def act() -> None:
        with postgres_database.write() as connection:
            line = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
            connection.execute(text("UPDATE counter SET value = 7"))
            with other.write() as cutting:
                cutting.execute(text("SELECT pg_terminate_backend(:line, 5000)"), {"line": line})

    caught = fault(act)
    assert caught.code is Fault.SERVER_AWAY
    assert caught.values["in_doubt"] is True
    other.close()


def test_a_server_that_is_not_there_is_away(postgres_database: Database) -> None:
    url = "postgresql://yijian@/hall?host=/nonexistent"
    nowhere = at(Place(postgres_database.place.folder, url))
    for act in (lambda: read_counter(nowhere), lambda: count_up(nowhere, 1, 1), nowhere.feed):
        assert fault(act).code is Fault.SERVER_AWAY
    nowhere.close()


def test_a_database_that_is_not_there_is_refused_by_a_server_that_is(postgres_database: Database) -> None:
    url = server_url(postgres_database.place.url or "").set(database="nothing")
    nowhere = at(Place(postgres_database.place.folder, url.render_as_string(hide_password=False)))
    for act in (lambda: read_counter(nowhere), nowhere.feed):
        assert fault(act).code is Fault.SERVER_REFUSED
    nowhere.close()


def test_a_person_the_server_does_not_know_is_refused(postgres_database: Database) -> None:
    url = server_url(postgres_database.place.url or "").set(username="stranger")
    strange = at(Place(postgres_database.place.folder, url.render_as_string(hide_password=False)))
    assert fault(lambda: read_counter(strange)).code is Fault.SERVER_REFUSED
    strange.close()


def test_a_server_that_only_reads_is_read_only(postgres_database: Database) -> None:
    make_counter(postgres_database)

    def act() -> None:
        with postgres_database.write() as connection:
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")
            connection.execute(text("UPDATE counter SET value = 7"))

    assert fault(act).code is Fault.READ_ONLY


def test_a_row_held_too_long_by_another_seat_is_said(postgres_database: Database) -> None:
    make_counter(postgres_database)
    other = at(postgres_database.place)

    def act() -> None:
        with other.write() as connection:
            connection.exec_driver_sql("SET LOCAL lock_timeout = '50ms'")
            connection.execute(text("UPDATE counter SET value = 8"))

    with postgres_database.write() as connection:
        connection.execute(text("UPDATE counter SET value = 7"))
        assert fault(act).code is Fault.LOCKED_TOO_LONG
    assert read_counter(other) == 7
    other.close()


def test_a_frozen_server_is_left_when_patience_ends(postgres_database: Database) -> None:
    make_counter(postgres_database)
    hasty = at(postgres_database.place, patience=0.5)
    line = backend(hasty)

    def act() -> None:
        with hasty.write() as connection:
            os.kill(line, signal.SIGSTOP)
            connection.execute(text("UPDATE counter SET value = 7"))

    try:
        assert fault(act).code is Fault.SERVER_AWAY
        count_up(hasty, 1, 1)
        assert read_counter(hasty) == 1
    finally:
        os.kill(line, signal.SIGCONT)
    hasty.close()


def test_an_idle_line_whose_server_froze_is_exchanged(
    postgres_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.postgres.PING_SECONDS", 0.3)
    make_counter(postgres_database)
    line = backend(postgres_database)
    os.kill(line, signal.SIGSTOP)
    try:
        count_up(postgres_database, 1, 1)
        assert backend(postgres_database) != line
    finally:
        os.kill(line, signal.SIGCONT)


def test_the_watchdog_leaves_acts_alone_that_end_in_time(postgres_database: Database) -> None:
    make_counter(postgres_database)

    def work() -> None:
        for number in range(25):
            count_up(postgres_database, 1, number)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read_counter(postgres_database) == 100
    assert isinstance(postgres_database.store, PostgresStore)
    assert postgres_database.store._watchdog._watched == {}


def test_the_server_speaks_utc_and_waits_within_limits(postgres_database: Database) -> None:
    with postgres_database.read() as connection:
        shown = {
            name: connection.exec_driver_sql(f"SHOW {name}").scalar_one()
            for name in ("TimeZone", "lock_timeout", "statement_timeout", "transaction_isolation")
        }
    assert shown == {
        "TimeZone": "UTC",
        "lock_timeout": "5s",
        "statement_timeout": "20s",
        "transaction_isolation": "repeatable read",
    }
    with postgres_database.write() as connection:
        assert connection.exec_driver_sql("SHOW transaction_isolation").scalar_one() == "read committed"
        assert connection.exec_driver_sql("SHOW transaction_read_only").scalar_one() == "off"


@pytest.mark.parametrize(
    ("given", "mode"),
    [
        ("postgresql://hall.example/yijian", "verify-full"),
        ("postgresql://hall.example/yijian?sslmode=verify-ca", "verify-ca"),
        ("postgresql://localhost/yijian", None),
        ("postgresql:///yijian?host=/run/postgresql", None),
    ],
)
def test_the_line_to_another_computer_is_encrypted_to_a_proven_server(given: str, mode: str | None) -> None:
    assert server_url(given).query.get("sslmode") == mode
    assert server_url(given).drivername == "postgresql+psycopg"
