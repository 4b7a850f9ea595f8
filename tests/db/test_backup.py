"""Backups and their restore: whole, checked, only in place of records nobody has open."""

import hashlib
import json
import os
import shutil
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import text

from db.backup import ENDINGS, Backup, backup_name, list_backups
from db.faults import Fault, StorageFault
from db.files import read_json_file
from db.keys import KEY_FILE, Keys, default_key_file
from db.migrate import open_up_to_date
from db.open import Database, Place
from db.restore import restore
from db.retention import kept, prune
from tests import postgres
from tests.databases import server_or_skip
from tests.db.seats import count_up, make_counter, read_counter, seat

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def tools(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's own tools come first on the path: older ones refuse a newer server."""
    if "postgres_database" in request.fixturenames or "postgresql" in request.node.name:
        monkeypatch.setenv("PATH", f"{server_or_skip().bin}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


def take(database: Database, folder: Path, name: str = "one") -> Backup:
    return database.backup(folder / f"yijian-{name}{ENDINGS[database.kind]}")


def fault_of(act: Callable[[], object]) -> Fault:
    with pytest.raises(StorageFault) as caught:
        act()
    return caught.value.code


def counter_at(place: Place) -> int:
    database = open_up_to_date(place, Keys.load(place.folder))
    try:
        return read_counter(database)
    finally:
        database.close()


def test_a_restored_backup_holds_what_was_there_and_what_it_replaced_is_kept(database: Database, backups: Path) -> None:
    make_counter(database)
    count_up(database, 1, 1)
    backup = take(database, backups)
    count_up(database, 1, 2)
    database.close()
    replaced = restore(backup, database.place, database.keys, backups=backups)
    assert counter_at(database.place) == 1
    assert replaced is not None
    restore(Backup.read(replaced.with_suffix(".json")), database.place, database.keys, backups=backups)
    assert counter_at(database.place) == 2


def test_a_backup_has_a_manifest_that_proves_it(database: Database, backups: Path) -> None:
    make_counter(database)
    backup = take(database, backups)
    assert list_backups(backups) == [backup]
    document = read_json_file(backup.manifest)
    assert document is not None
    assert document["bytes"] == backup.path.stat().st_size
    assert abs(datetime.now(UTC) - backup.made) < timedelta(minutes=1)
    backup.verify()
    assert not list(backups.glob("*.part"))


def test_a_backup_is_never_written_over_another(database: Database, backups: Path) -> None:
    take(database, backups)
    with pytest.raises(FileExistsError):
        take(database, backups)


def test_a_backup_holds_nothing_readable_and_is_its_owners_only(database: Database, backups: Path) -> None:
    with database.write() as connection:
        connection.execute(text("CREATE TABLE person (name TEXT)"))
        connection.execute(text("INSERT INTO person VALUES ('Ouyang Nana')"))
    backup = take(database, backups)
    for path in backups.iterdir():
        assert b"Ouyang" not in path.read_bytes()
        assert b"person" not in path.read_bytes()
        assert path.stat().st_mode & 0o077 == 0
    assert backup.keys.exists()


def test_an_altered_backup_is_refused_and_the_records_stay(database: Database, backups: Path) -> None:
    make_counter(database)
    backup = take(database, backups)
    count_up(database, 1, 1)
    database.close()
    content = bytearray(backup.path.read_bytes())
    content[len(content) // 2] ^= 4
    backup.path.write_bytes(content)
    assert fault_of(lambda: restore(backup, database.place, database.keys, backups=backups)) is Fault.DAMAGED
    assert counter_at(database.place) == 1


def test_a_backup_altered_together_with_its_manifest_is_refused_too(database: Database, backups: Path) -> None:
    make_counter(database)
    with database.write() as connection:
        for number in range(60):
            connection.execute(text("INSERT INTO done VALUES (1, :n, :p)"), {"n": number, "p": os.urandom(999).hex()})
    backup = take(database, backups)
    database.close()
    content = bytearray(backup.path.read_bytes())
    content[len(content) // 2] ^= 4
    backup.path.write_bytes(content)
    document = json.loads(backup.manifest.read_text())
    document["sha256"] = hashlib.sha256(content).hexdigest()
    backup.manifest.write_text(json.dumps(document))
    forged = Backup.read(backup.manifest)
    assert fault_of(lambda: restore(forged, database.place, database.keys, backups=backups)) is Fault.DAMAGED
    assert counter_at(database.place) == 0


def test_the_backup_of_other_records_is_refused(sqlite_database: Database, backups: Path, tmp_path: Path) -> None:
    backup = take(sqlite_database, backups)
    sqlite_database.close()
    other = Keys.create(tmp_path / "other")
    assert fault_of(lambda: restore(backup, sqlite_database.place, other, backups=backups)) is Fault.WRONG_KEY


def test_a_backup_of_a_later_program_is_refused(sqlite_database: Database, backups: Path) -> None:
    backup = take(sqlite_database, backups)
    sqlite_database.close()
    document = json.loads(backup.manifest.read_text())
    backup.manifest.write_text(json.dumps({**document, "schema_version": 9000}))
    newer = Backup.read(backup.manifest)
    act = lambda: restore(newer, sqlite_database.place, sqlite_database.keys, backups=backups)  # noqa: E731 one line
    assert fault_of(act) is Fault.SCHEMA_NEWER


def test_nothing_is_restored_while_a_seat_has_the_records_open(sqlite_database: Database, backups: Path) -> None:
    make_counter(sqlite_database)
    backup = take(sqlite_database, backups)
    count_up(sqlite_database, 1, 1)
    place, keys = sqlite_database.place, sqlite_database.keys
    assert fault_of(lambda: restore(backup, place, keys, backups=backups)) is Fault.IN_USE
    sqlite_database.close()
    other = seat("hold", place)
    assert other.stdout is not None
    other.stdout.readline()
    assert fault_of(lambda: restore(backup, place, keys, backups=backups)) is Fault.IN_USE
    other.communicate("\n")
    assert counter_at(place) == 1
    restore(backup, place, keys, backups=backups)
    assert counter_at(place) == 0


def test_nothing_is_restored_while_a_seat_is_connected_to_the_server(
    postgres_database: Database, backups: Path
) -> None:
    make_counter(postgres_database)
    backup = take(postgres_database, backups)
    count_up(postgres_database, 1, 1)
    place, keys = postgres_database.place, postgres_database.keys
    assert fault_of(lambda: restore(backup, place, keys, backups=backups)) is Fault.IN_USE
    assert read_counter(postgres_database) == 1


def test_lost_records_and_lost_keys_come_back_from_a_backup(sqlite_database: Database, backups: Path) -> None:
    make_counter(sqlite_database)
    backup = take(sqlite_database, backups)
    sqlite_database.close()
    place = sqlite_database.place
    place.file.unlink()
    (place.folder / KEY_FILE).unlink()
    keys = Keys.load_file(backup.keys, key_file=default_key_file(place.folder))
    assert restore(backup, place, keys, backups=backups) is None
    assert counter_at(place) == 0


def test_damaged_records_are_kept_as_they_lay_and_replaced(sqlite_database: Database, backups: Path) -> None:
    make_counter(sqlite_database)
    backup = take(sqlite_database, backups)
    sqlite_database.close()
    place = sqlite_database.place
    os.truncate(place.file, 5000)
    replaced = restore(backup, place, sqlite_database.keys, backups=backups)
    assert counter_at(place) == 0
    assert replaced is not None
    assert replaced.stat().st_size == 5000
    assert list_backups(backups) == [backup]


def test_the_unfinished_pages_of_a_killed_seat_do_not_leak_into_what_is_restored(
    sqlite_database: Database, backups: Path
) -> None:
    make_counter(sqlite_database)
    backup = take(sqlite_database, backups)
    place = sqlite_database.place
    sqlite_database.close()
    process = seat("count", place, 1, 100_000)
    assert process.stdout is not None
    for _ in range(5):
        process.stdout.readline()
    process.kill()
    process.communicate()
    assert place.file.with_name("yijian.db-wal").stat().st_size > 0
    replaced = restore(backup, place, sqlite_database.keys, backups=backups)
    assert counter_at(place) == 0
    assert replaced is not None
    restore(Backup.read(replaced.with_suffix(".json")), place, sqlite_database.keys, backups=backups)
    assert counter_at(place) >= 5


def test_a_backup_ends_while_others_write_and_is_of_one_moment(sqlite_database: Database, backups: Path) -> None:
    make_counter(sqlite_database)
    stop = threading.Event()

    def work() -> None:
        number = 0
        while not stop.is_set():
            count_up(sqlite_database, 1, number := number + 1)

    thread = threading.Thread(target=work)
    thread.start()
    taken = [take(sqlite_database, backups, f"{number}") for number in range(5)]
    stop.set()
    thread.join()
    sqlite_database.close()
    for backup in taken:
        restore(backup, sqlite_database.place, sqlite_database.keys, backups=backups)
        database = open_up_to_date(sqlite_database.place, sqlite_database.keys)
        with database.read() as connection:
            rows = connection.execute(text("SELECT count(*) FROM done")).scalar_one()
        assert read_counter(database) == rows
        database.close()


def test_no_backup_is_made_of_damaged_records(sqlite_database: Database, backups: Path) -> None:
    make_counter(sqlite_database)
    for number in range(40):
        count_up(sqlite_database, 1, number)
    sqlite_database.close()
    with sqlite_database.place.file.open("r+b") as file:
        file.seek(-2000, os.SEEK_END)
        file.write(b"damage")
    damaged = open_up_to_date(sqlite_database.place, sqlite_database.keys)
    assert fault_of(lambda: take(damaged, backups)) is Fault.DAMAGED
    damaged.close()
    assert not list(backups.iterdir())


def test_a_backup_without_its_manifest_does_not_count(sqlite_database: Database, backups: Path) -> None:
    backup = take(sqlite_database, backups)
    backup.manifest.unlink()
    assert list_backups(backups) == []
    assert fault_of(lambda: Backup.read(backup.manifest)) is Fault.MISSING


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": "yijian-backup", "kind": "sqlite"}'])
def test_a_manifest_nobody_can_read_is_damage(backups: Path, content: str) -> None:
    (backups / "yijian-x.json").write_text(content)
    assert fault_of(lambda: Backup.read(backups / "yijian-x.json")) is Fault.DAMAGED


def test_without_the_servers_tools_the_refusal_says_so(
    postgres_database: Database, backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(backups))
    assert fault_of(lambda: take(postgres_database, backups)) is Fault.TOOLS_MISSING
    assert not list(backups.iterdir())


def test_a_tool_that_fails_is_a_fault_and_leaves_nothing(
    postgres_database: Database, backups: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = tmp_path / "pg_dump"
    tool.write_text("#!/bin/sh\necho half a dump\necho 'pg_dump: error: server gone' >&2\nexit 3\n")
    tool.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(StorageFault) as caught:
        take(postgres_database, backups)
    assert caught.value.code is Fault.TOOLS_FAILED
    assert caught.value.values["reason"] == "pg_dump: error: server gone"
    assert not list(backups.iterdir())


def test_the_server_of_the_tests_has_its_tools() -> None:
    server: postgres.Server = server_or_skip()
    assert shutil.which("pg_dump", path=str(server.bin))


def test_names_sort_by_time_and_say_why() -> None:
    beijing = timezone(timedelta(hours=8))
    first = backup_name(datetime(2026, 11, 23, 23, 0, tzinfo=beijing), "before schema 3", "sqlite")
    second = backup_name(datetime(2026, 11, 23, 16, 0, tzinfo=UTC), "hourly", "sqlite")
    assert first == "yijian-20261123T150000000000Z-before-schema-3.db"
    assert first < second


def every(step: timedelta, span: timedelta) -> list[datetime]:
    return [NOW - step * number for number in range(int(span / step))]


def test_all_of_two_days_are_kept() -> None:
    moments = every(timedelta(minutes=30), timedelta(days=2))
    assert kept(moments, NOW) == set(moments)


def test_of_two_years_every_half_hour_few_are_kept() -> None:
    moments = every(timedelta(minutes=30), timedelta(days=730))
    keep = kept(moments, NOW)
    assert sum(NOW - moment <= timedelta(days=2) for moment in keep) == 97
    older = sorted((moment for moment in keep if NOW - moment > timedelta(days=2)), reverse=True)
    days = {moment.date() for moment in keep}
    assert {NOW.date() - timedelta(days=number) for number in range(14)} <= days
    assert len(older) == 11 + 5 + 11  # 10–20 November; Sundays 11 October–8 November; the last days of 11 months
    assert older[-1] == datetime(2025, 12, 31, 23, 30, tzinfo=UTC)
    assert {moment.timetz().replace(tzinfo=None).isoformat() for moment in older[:-1]} == {"23:30:00"}


def test_a_seat_switched_off_for_a_year_keeps_its_history() -> None:
    moments = [moment - timedelta(days=365) for moment in every(timedelta(days=1), timedelta(days=20))]
    keep = kept(moments, NOW)
    assert set(moments[:14]) <= keep


def test_days_begin_at_midnight_in_the_hall() -> None:
    evening, night = datetime(2026, 11, 1, 15, 0, tzinfo=UTC), datetime(2026, 11, 1, 17, 0, tzinfo=UTC)
    later = [datetime(2026, 11, 20, tzinfo=UTC)]
    assert evening not in kept([evening, night, *later], NOW)
    assert evening in kept([evening, night, *later], NOW, timezone(timedelta(hours=8)))


def test_the_newest_backup_is_always_kept_and_no_backups_are_no_fault() -> None:
    assert kept([], NOW) == set()
    alone = datetime(2001, 1, 1, tzinfo=UTC)
    assert kept([alone], NOW) == {alone}


def test_keeping_again_keeps_the_same() -> None:
    keep = kept(every(timedelta(hours=3), timedelta(days=400)), NOW)
    assert kept(keep, NOW) == keep


def test_pruning_deletes_surplus_backups_with_all_their_files_and_nothing_else(
    sqlite_database: Database, backups: Path
) -> None:
    made = [take(sqlite_database, backups, f"{number}") for number in range(3)]
    for backup, day in zip(made, (1, 1, 2), strict=True):
        document = json.loads(backup.manifest.read_text())
        moment = datetime(2026, 1, day, 10, made.index(backup), tzinfo=UTC)
        backup.manifest.write_text(json.dumps({**document, "made": moment.isoformat()}))
    (backups / "yijian-replaced.db").write_text("kept as it lay")
    assert [surplus.path for surplus in prune(backups, NOW)] == [made[0].path]
    left = {path.name for path in backups.iterdir()}
    assert left == {"yijian-replaced.db"} | {
        f"yijian-{number}{ending}" for number in (1, 2) for ending in (".db", ".json", ".key.json")
    }
