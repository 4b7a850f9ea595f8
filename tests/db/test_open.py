"""Opening the records and lending connections: transactions, turns, moments."""

import subprocess
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from db.faults import Fault, StorageFault
from db.keys import KEY_FILE, Keys
from db.open import Database, Note, Place, keys_for, open_database
from tests.db.seats import count_up, make_counter, said, seat


def counted(database: Database) -> tuple[int, int]:
    """Return the counter and how many acts were written down."""
    with database.read() as connection:
        value = connection.execute(text("SELECT value FROM counter")).scalar_one()
        return value, connection.execute(text("SELECT count(*) FROM done")).scalar_one()


def test_what_was_written_is_read(database: Database) -> None:
    make_counter(database)
    count_up(database, 1, 1)
    assert counted(database) == (1, 1)


def test_an_act_that_fails_leaves_nothing_and_gives_its_turn_back(database: Database) -> None:
    make_counter(database)

    def act() -> None:
        with database.write() as connection:
            connection.execute(text("UPDATE counter SET value = 7"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    assert counted(database) == (0, 0)
    assert said(seat("count", database.place, 1, 1)) == "0"
    assert counted(database) == (1, 1)


def test_one_who_only_reads_cannot_write(database: Database) -> None:
    make_counter(database)
    with pytest.raises(DBAPIError), database.read() as connection:
        connection.execute(text("UPDATE counter SET value = 7"))
    assert counted(database) == (0, 0)


def test_a_reader_sees_one_moment_while_others_write(database: Database) -> None:
    make_counter(database)
    with database.read() as connection:
        before = connection.execute(text("SELECT value FROM counter")).scalar_one()
        count_up(database, 1, 1)
        assert connection.execute(text("SELECT value FROM counter")).scalar_one() == before
    assert counted(database) == (1, 1)


def test_two_seats_write_200_times_each_and_nothing_is_lost(database: Database) -> None:
    make_counter(database)
    for process in [seat("count", database.place, name, 200) for name in (1, 2)]:
        said(process)
    assert counted(database) == (400, 400)


def test_four_threads_of_one_seat_write_50_times_each_and_nothing_is_lost(sqlite_database: Database) -> None:
    make_counter(sqlite_database)

    def work(name: int) -> None:
        for number in range(50):
            count_up(sqlite_database, name, number)

    threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counted(sqlite_database) == (200, 200)


@pytest.mark.parametrize("acts", [1, 3, 17, 40])
def test_what_a_killed_seat_was_told_is_kept_is_kept(sqlite_database: Database, acts: int) -> None:
    make_counter(sqlite_database)
    process = seat("count", sqlite_database.place, 1, 100_000)
    assert process.stdout is not None
    for _ in range(acts):
        process.stdout.readline()
    process.kill()
    told = acts + len(process.stdout.read().splitlines())  # what was read ahead is told as well
    process.communicate()
    value, rows = counted(sqlite_database)
    assert value == rows
    assert told <= value <= told + 1


def test_a_write_inside_a_write_is_refused_instead_of_waiting_for_ever(sqlite_database: Database) -> None:
    with sqlite_database.write(), pytest.raises(RuntimeError), sqlite_database.write():
        pass
    with sqlite_database.write():
        pass


def test_a_writer_does_not_wait_for_ever_for_a_seat_that_hangs(sqlite_database: Database) -> None:
    make_counter(sqlite_database)
    holder = seat("hold", sqlite_database.place)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    other = open_database(sqlite_database.place, sqlite_database.keys, patience=0.2)
    with pytest.raises(StorageFault) as caught, other.write():
        pass
    assert caught.value.code is Fault.LOCKED_TOO_LONG
    assert counted(other) == (0, 0)
    said(holder)
    count_up(other, 1, 1)
    other.close()
    assert counted(sqlite_database) == (1, 1)


def test_the_turn_of_a_killed_seat_is_free(sqlite_database: Database) -> None:
    make_counter(sqlite_database)
    holder = seat("hold", sqlite_database.place)
    assert holder.stdout is not None
    holder.stdout.readline()
    holder.kill()
    holder.communicate()
    count_up(sqlite_database, 1, 1)
    assert counted(sqlite_database) == (1, 1)


def test_no_reader_is_forgotten_so_the_side_file_can_be_folded_in(sqlite_database: Database) -> None:
    make_counter(sqlite_database)
    counted(sqlite_database)
    handle = sqlite_database.store.connect()
    assert handle.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    handle.close()
    assert sqlite_database.place.file.with_name("yijian.db-wal").stat().st_size == 0


def test_every_handle_is_set_for_safety(sqlite_database: Database) -> None:
    settings = {"foreign_keys": 1, "synchronous": 2, "temp_store": 2, "trusted_schema": 0, "journal_mode": "wal"}
    for lend in (sqlite_database.write, sqlite_database.read):
        with lend() as connection:
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in settings}
            assert found == settings


def test_only_the_owner_may_read_the_files(sqlite_database: Database) -> None:
    make_counter(sqlite_database)
    modes = {path.name: path.stat().st_mode & 0o077 for path in sqlite_database.place.folder.rglob("*")}
    assert "yijian.db-wal" in modes
    assert set(modes.values()) == {0}


def test_nothing_readable_lies_on_the_disk(sqlite_database: Database) -> None:
    with sqlite_database.write() as connection:
        connection.execute(text("CREATE TABLE person (name TEXT)"))
        connection.execute(text("INSERT INTO person VALUES ('Ouyang Nana')"))
    place = sqlite_database.place
    sqlite_database.close()
    for path in place.folder.rglob("*.db*"):
        assert b"Ouyang" not in path.read_bytes()
        assert b"SQLite" not in path.read_bytes()


def test_an_error_does_not_tell_the_values(database: Database) -> None:
    with database.write() as connection:
        connection.execute(text("CREATE TABLE person (number TEXT PRIMARY KEY)"))
    person = {"number": "11010519491231002X"}
    with database.write() as connection:
        connection.execute(text("INSERT INTO person VALUES (:number)"), person)
    with pytest.raises(IntegrityError) as caught, database.write() as connection:
        connection.execute(text("INSERT INTO person VALUES (:number)"), person)
    said_aloud = str(caught.value).split("DETAIL")[0]
    assert "11010519491231002X" not in said_aloud


def test_a_second_opening_finds_the_same_records(tmp_path: Path) -> None:
    place, keys = Place(tmp_path), Keys.create(tmp_path)
    first = open_database(place, keys)
    make_counter(first)
    first.close()
    second = open_database(place, Keys.load(tmp_path))
    assert counted(second) == (0, 0)
    second.close()


def test_two_seats_that_open_new_records_at_once_share_them(tmp_path: Path) -> None:
    place = Place(tmp_path)
    Keys.create(tmp_path)
    processes: list[subprocess.Popen[str]] = [seat("count", place, name, 0) for name in range(4)]
    assert [said(process) for process in processes] == [""] * 4


def test_keys_are_made_only_where_no_records_are(tmp_path: Path) -> None:
    place = Place(tmp_path / "hall")
    made = keys_for(place)
    assert keys_for(place).check == made.check
    open_database(place, made).close()
    (place.folder / KEY_FILE).unlink()
    for lost in (place.note, place.file):
        with pytest.raises(StorageFault) as caught:
            keys_for(place)
        assert caught.value.code is Fault.KEY_MISSING
        lost.unlink()
    assert keys_for(place).check != made.check


def test_a_note_that_lags_behind_catches_up(sqlite_database: Database) -> None:
    place = sqlite_database.place
    with sqlite_database.write() as connection:
        connection.exec_driver_sql("PRAGMA user_version = 7")
    for note in ('{"key_check": "", "schema_version": 1}', "{"):
        place.note.write_text(note)
        open_database(place, sqlite_database.keys).close()
        assert Note.read(place.note) == Note(sqlite_database.keys.check, 7)
