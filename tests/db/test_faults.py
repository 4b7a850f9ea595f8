"""What a disk, a thief or a careless hand can do to the records, and which page each leads to."""

import os
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from db.faults import Fault, StorageFault
from db.keys import Keys
from db.open import Database, Place, open_database
from tests.db.seats import count_up, make_counter, said, seat


@pytest.fixture
def closed(sqlite_database: Database) -> Place:
    """Records with something in them, closed."""
    make_counter(sqlite_database)
    for number in range(40):
        count_up(sqlite_database, 1, number)
    sqlite_database.close()
    assert not sqlite_database.place.file.with_name("yijian.db-wal").exists()
    return sqlite_database.place


def fault_of(act: Callable[[], object]) -> Fault:
    """Return the fault an act ends with."""
    with pytest.raises(StorageFault) as caught:
        act()
    return caught.value.code


def opening(place: Place, keys: Keys | None = None) -> Fault:
    """Return the fault with which the records refuse to open."""
    return fault_of(lambda: open_database(place, keys or Keys.load(place.folder)))


def read_all(place: Place) -> None:
    """Open the records, read every row and have every page checked."""
    database = open_database(place, Keys.load(place.folder))
    try:
        with database.read() as connection:
            connection.execute(text("SELECT sum(length(padding)) FROM done")).scalar_one()
        if not database.is_whole():
            raise StorageFault(Fault.DAMAGED)
    finally:
        database.close()


def test_sound_records_pass_the_check(closed: Place) -> None:
    read_all(closed)


@pytest.mark.bad_input("a damaged file")
def test_every_flipped_bit_is_noticed(closed: Place) -> None:
    whole = closed.file.read_bytes()
    chance = random.Random(20261123)  # noqa: S311 not a secret
    places = [0, 15, 16, 99, 4095, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(144))]
    for position in places:
        flipped = bytearray(whole)
        flipped[position] ^= 1 << chance.randrange(8)
        closed.file.write_bytes(flipped)
        assert fault_of(lambda: read_all(closed)) is Fault.DAMAGED, position


@pytest.mark.parametrize("keep", [0, 1, 100, 4096, 5000, 8192, 9 * 4096])
@pytest.mark.bad_input("a truncated file")
def test_a_file_cut_short_is_called_so(closed: Place, keep: int) -> None:
    assert closed.file.stat().st_size > keep
    os.truncate(closed.file, keep)
    assert opening(closed) is Fault.TRUNCATED
    assert closed.file.stat().st_size == keep


@pytest.mark.bad_input("a truncated file")
def test_a_file_exchanged_for_an_empty_one_is_noticed(closed: Place, tmp_path: Path) -> None:
    keys = Keys.load(closed.folder)
    empty = Place(tmp_path / "empty")
    open_database(empty, keys).close()
    expecting = Place(closed.folder)
    database = open_database(expecting, keys)
    database.remember_schema(3)
    database.close()
    shutil.copyfile(empty.file, closed.file)
    assert opening(closed) is Fault.TRUNCATED


def test_an_absent_file_is_missing_and_not_made_anew(closed: Place) -> None:
    closed.file.unlink()
    assert opening(closed) is Fault.MISSING
    assert not closed.file.exists()


def test_a_note_nobody_can_read_still_expects_the_file(closed: Place) -> None:
    closed.note.write_text("{")
    read_all(closed)
    closed.file.unlink()
    assert opening(closed) is Fault.MISSING


@pytest.mark.bad_input("a wrong key")
def test_the_key_of_other_records_is_wrong_and_the_file_is_let_go(closed: Place, tmp_path: Path) -> None:
    other = Keys.create(tmp_path / "other")
    assert opening(closed, other) is Fault.WRONG_KEY
    held = {path.resolve() for path in Path("/proc/self/fd").iterdir() if path.exists()}
    assert closed.file not in held
    assert closed.presence_file not in held
    read_all(closed)


def test_the_key_of_other_records_is_wrong_without_a_note_too(closed: Place, tmp_path: Path) -> None:
    closed.note.unlink()
    assert opening(closed, Keys.create(tmp_path / "other")) is Fault.WRONG_KEY
    read_all(closed)


def test_a_database_of_another_program_is_none_of_ours(tmp_path: Path) -> None:
    keys = Keys.create(tmp_path)
    connection = sqlite3.connect(tmp_path / "yijian.db")
    connection.execute("CREATE TABLE theirs (a)")
    connection.commit()
    connection.close()
    before = (tmp_path / "yijian.db").read_bytes()
    assert opening(Place(tmp_path), keys) is Fault.NOT_A_DATABASE
    assert (tmp_path / "yijian.db").read_bytes() == before


@pytest.mark.parametrize("words", ["!", "请勿删除\n", "请勿删除\n" * 1000])
def test_a_text_file_is_no_database_and_is_not_written_over(tmp_path: Path, words: str) -> None:
    keys = Keys.create(tmp_path)
    (tmp_path / "yijian.db").write_text(words)
    assert opening(Place(tmp_path), keys) is Fault.NOT_A_DATABASE
    assert (tmp_path / "yijian.db").read_text() == words


@pytest.mark.bad_input("the database deleted while open")
def test_a_file_deleted_under_our_hands_is_noticed_by_the_next_act(sqlite_database: Database) -> None:
    make_counter(sqlite_database)
    feed = sqlite_database.feed()
    sqlite_database.place.file.unlink()
    for act in (lambda: count_up(sqlite_database, 1, 1), lambda: sqlite_database.read().__enter__(), feed.poll):
        assert fault_of(act) is Fault.DELETED_WHILE_OPEN
    feed.close()


@pytest.mark.bad_input("the database deleted while open")
def test_a_file_deleted_during_an_act_is_noticed_before_it_is_called_kept(sqlite_database: Database) -> None:
    make_counter(sqlite_database)

    def act() -> None:
        with sqlite_database.write() as connection:
            connection.execute(text("UPDATE counter SET value = 1"))
            sqlite_database.place.file.unlink()

    assert fault_of(act) is Fault.DELETED_WHILE_OPEN


def test_a_file_exchanged_under_our_hands_is_noticed(sqlite_database: Database) -> None:
    make_counter(sqlite_database)
    copy = sqlite_database.place.folder / "copy"
    shutil.copyfile(sqlite_database.place.file, copy)
    copy.replace(sqlite_database.place.file)
    assert fault_of(lambda: count_up(sqlite_database, 1, 1)) is Fault.DELETED_WHILE_OPEN


@pytest.mark.bad_input("a full disk")
def test_a_full_disk_stops_the_act_and_nothing_else(sqlite_database: Database) -> None:
    make_counter(sqlite_database)
    with sqlite_database.write() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 20}")
    kept = 0

    def fill() -> None:
        nonlocal kept
        for number in range(10_000):
            count_up(sqlite_database, 1, number)
            kept += 1

    assert fault_of(fill) is Fault.DISK_FULL
    assert kept > 0
    with sqlite_database.write() as connection:
        assert connection.execute(text("SELECT value FROM counter")).scalar_one() == kept
        connection.exec_driver_sql("PRAGMA max_page_count = 4294967294")
    count_up(sqlite_database, 1, 1)
    assert sqlite_database.is_whole()


def test_a_system_that_refuses_a_larger_file_loses_nothing_kept(sqlite_database: Database) -> None:
    make_counter(sqlite_database)
    number, code = said(seat("fill", sqlite_database.place, 400_000)).split()
    assert code == Fault.DISK_FAILED
    assert int(number) > 0
    with sqlite_database.read() as connection:
        assert connection.execute(text("SELECT value FROM counter")).scalar_one() == int(number)
    count_up(sqlite_database, 1, 1)
    assert sqlite_database.is_whole()


@pytest.fixture
def reachable(closed: Place) -> Iterator[Place]:
    """The same records in a folder that an unprivileged user reaches: root may write everywhere."""
    with tempfile.TemporaryDirectory(prefix="yj") as name:
        Path(name).chmod(0o755)
        shutil.copytree(closed.folder, Path(name) / "hall")
        yield Place(Path(name) / "hall")
        (Path(name) / "hall").chmod(0o700)


@pytest.mark.bad_input("a read-only database")
def test_a_file_that_may_not_be_written_can_be_read(reachable: Place) -> None:
    reachable.file.chmod(0o400)
    assert said(seat("look", reachable)).split() == [Fault.READ_ONLY, "done"]


@pytest.mark.bad_input("a read-only database")
def test_a_folder_that_may_not_be_written_is_said_at_once(reachable: Place) -> None:
    reachable.folder.chmod(0o500)
    assert said(seat("look", reachable)) == Fault.READ_ONLY


def test_a_file_that_may_not_be_read_is_said_at_once(reachable: Place) -> None:
    reachable.file.chmod(0o000)
    assert said(seat("look", reachable)) == Fault.NO_ACCESS
