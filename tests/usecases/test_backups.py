"""Backups from the window: taken, proven and put back, and a bad one is named and changes nothing."""

import json
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db.backup import Backup
from db.files import read_json_file
from db.keys import KEY_FILE, Keys
from db.migrate import open_up_to_date
from db.open import Place
from desktop.usecases.backups.backups import (
    BackupState,
    BackupsView,
    RestoreWish,
    back_up_if_due,
    back_up_now,
    backups_folder,
    check_backup,
    count_lost,
    restore_backup,
    see_backups,
)
from desktop.usecases.context import Session
from desktop.usecases.hall.halls import CounterForm, list_counters, save_counter
from desktop.usecases.refused import Refused
from tests.databases import server_or_skip
from tests.usecases.conftest import PASSWORD, SmallHall


@pytest.fixture(autouse=True)
def tools(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's own tools come first on the path: older ones refuse a newer server."""
    if "postgresql" in request.node.name:
        monkeypatch.setenv("PATH", f"{server_or_skip().bin}{os.pathsep}{os.environ['PATH']}")


def go_on(_done: int, _of: int) -> bool:
    return True


def see(hall: SmallHall, folder: Path | None = None) -> BackupsView:
    return see_backups(hall.performer, go_on, session=hall.administrator, folder=folder)


def take(hall: SmallHall, folder: Path | None = None) -> Path:
    return back_up_now(hall.performer, go_on, session=hall.administrator, folder=folder)


def put_back(hall: SmallHall, path: Path, password: str = PASSWORD) -> object:
    wish = RestoreWish(path, password)
    return restore_backup(hall.performer, go_on, session=hall.administrator, wish=wish)


def refusal_of(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.code


def counters_of(hall: SmallHall) -> list[str]:
    return [row.code for row in hall.read(None, list_counters)]


def come_in_at(hall: SmallHall, moment: datetime) -> None:
    """Let everybody sign in at another time than the tests' own: a backup is made by the true clock."""
    hall.clock.now = moment
    hall.sessions.update({role: hall.sign_in(role.value) for role in hall.sessions})


def add_counter(hall: SmallHall, code: str) -> None:
    hall.write(hall.administrator, save_counter, CounterForm(code, code))


def test_without_a_backup_the_folder_is_empty_and_everything_done_is_unsaved(hall: SmallHall) -> None:
    view = see(hall)
    assert (view.rows, view.last_good) == ((), None)
    assert view.acts_since > 5


def test_a_backup_lies_in_the_folder_with_its_time_and_why(hall: SmallHall) -> None:
    path = take(hall)
    view = see(hall)
    (row,) = view.rows
    assert (row.path, row.state, row.reason) == (path, BackupState.WHOLE, "asked")
    assert row.size == path.stat().st_size
    assert path.parent == backups_folder(hall.performer.database.place)
    assert view.last_good == row


def test_what_is_done_after_a_backup_is_counted(hall: SmallHall) -> None:
    come_in_at(hall, datetime.now(UTC) - timedelta(minutes=1))
    path = take(hall)
    assert see(hall).acts_since == 0
    hall.clock.now = datetime.now(UTC) + timedelta(minutes=1)
    add_counter(hall, "B01")
    assert see(hall).acts_since == 1
    lost = count_lost(hall.performer, go_on, session=hall.administrator, path=path)
    assert (lost.acts, lost.requests, lost.last_act) == (1, 0, hall.clock.now)


def test_a_backup_that_is_stopped_leaves_nothing_behind(hall: SmallHall) -> None:
    stopped = refusal_of(
        lambda: back_up_now(hall.performer, lambda _done, _of: False, session=hall.administrator, folder=None)
    )
    assert stopped == "backup_stopped"
    assert list(backups_folder(hall.performer.database.place).iterdir()) == []


def test_a_backup_goes_to_a_named_folder_and_not_to_one_that_is_not_there(hall: SmallHall, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    assert refusal_of(lambda: take(hall, stick)) == "backup_folder_unusable"
    stick.mkdir()
    assert take(hall, stick).parent == stick
    assert see(hall, stick).last_good is not None
    assert see(hall).rows == ()


def test_a_check_restores_the_backup_apart_and_looks_into_it(hall: SmallHall) -> None:
    path = take(hall)
    found = check_backup(hall.performer, go_on, session=hall.administrator, path=path)
    place = hall.performer.database.place
    assert found.restored is (place.kind == "sqlite")
    if found.restored:
        assert (found.hall, found.requests) == ("临洮县政务大厅", 0)
    assert not list(place.folder.glob("check-*"))


def test_a_restore_brings_back_what_was_there_and_keeps_what_it_replaces(hall: SmallHall) -> None:
    path = take(hall)
    add_counter(hall, "B01")
    put_back(hall, path)
    assert counters_of(hall) == ["A01", "A02"]
    hall.sessions.clear()
    administrator = hall.sign_in("administrator")
    kept = [row for row in see_backups(hall.performer, go_on, session=administrator).rows if row.reason == "replaced"]
    wish = RestoreWish(kept[0].path, PASSWORD)
    restore_backup(hall.performer, go_on, session=administrator, wish=wish)
    assert counters_of(hall) == ["A01", "A02", "B01"]
    hall.performer.database.close()


def test_a_restore_asks_for_the_password_and_a_wrong_one_changes_nothing(hall: SmallHall) -> None:
    path = take(hall)
    add_counter(hall, "B01")
    assert refusal_of(lambda: put_back(hall, path, "wrong")) == "wrong_login_or_password"
    assert "B01" in counters_of(hall)


@pytest.mark.parametrize("who", ["clerk", "supervisor", "reviewer"])
def test_only_the_administrator_takes_or_restores_backups(hall: SmallHall, who: str) -> None:
    session: Session = getattr(hall, who)
    path = take(hall)
    acts: tuple[Callable[[], object], ...] = (
        lambda: see_backups(hall.performer, go_on, session=session),
        lambda: back_up_now(hall.performer, go_on, session=session),
        lambda: check_backup(hall.performer, go_on, session=session, path=path),
        lambda: count_lost(hall.performer, go_on, session=session, path=path),
        lambda: restore_backup(hall.performer, go_on, session=session, wish=RestoreWish(path, PASSWORD)),
    )
    assert {refusal_of(act) for act in acts} == {"not_allowed"}


# -- bad backups ------------------------------------------------------------------------------------------------


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 4
    path.write_bytes(content)


def cut(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def of_a_newer_program(path: Path) -> None:
    manifest = path.with_suffix(".json")
    document = json.loads(manifest.read_text())
    document["schema_version"] = 9999
    manifest.write_text(json.dumps(document))


def of_another_hall(path: Path) -> None:
    """Put a whole backup of other records, with other keys, under the same name."""
    for each in (path, path.with_suffix(".json"), path.with_suffix(".key.json")):
        each.unlink()
    folder = path.parent / "other"
    database = open_up_to_date(Place(folder), Keys.create(folder))
    Backup.read(database.backup(path.with_suffix(".db")).manifest)
    database.close()
    shutil.rmtree(folder)


def without_its_copy(path: Path) -> None:
    path.unlink()


BAD = [
    (flip, "backup_damaged"),
    (cut, "backup_damaged"),
    (of_a_newer_program, "backup_schema_newer"),
    (of_another_hall, "backup_wrong_key"),
    (without_its_copy, "backup_missing"),
]


@pytest.mark.parametrize(("spoil", "code"), BAD)
def test_a_bad_backup_is_named_and_nothing_changes(
    hall: SmallHall, spoil: Callable[[Path], None], code: str, tmp_path: Path
) -> None:
    path = take(hall)
    add_counter(hall, "B01")
    spoil(path)
    assert refusal_of(lambda: check_backup(hall.performer, go_on, session=hall.administrator, path=path)) == code
    assert refusal_of(lambda: put_back(hall, path)) == code
    assert "B01" in counters_of(hall)
    add_counter(hall, "B02")
    assert not list(hall.performer.database.place.folder.glob("check-*"))
    hall.performer.database.close()


def test_while_another_seat_has_the_records_open_nothing_is_restored(hall: SmallHall) -> None:
    path = take(hall)
    add_counter(hall, "B01")
    place = hall.performer.database.place
    other = open_up_to_date(place, Keys.load(place.folder))
    with other.read():
        assert refusal_of(lambda: put_back(hall, path)) == "backup_in_use"
    other.close()
    assert "B01" in counters_of(hall)
    put_back(hall, path)
    assert "B01" not in counters_of(hall)
    hall.performer.database.close()


def test_an_interrupted_copy_and_a_damaged_description_are_shown_as_what_they_are(hall: SmallHall) -> None:
    folder = backups_folder(hall.performer.database.place)
    whole, cut_off, unreadable = take(hall), take(hall), take(hall)
    cut_off.with_suffix(".json").unlink()
    document = read_json_file(unreadable.with_suffix(".json"))
    assert document is not None
    del document["sha256"]
    unreadable.with_suffix(".json").write_text(json.dumps(document))
    (folder / "yijian-20261123T120000000000Z-asked.db.part").write_bytes(b"half")
    (folder / "notes.txt").write_text("not ours")
    states = {row.path.name: row.state for row in see(hall).rows}
    assert states == {
        whole.name: BackupState.WHOLE,
        cut_off.name: BackupState.UNFINISHED,
        unreadable.name: BackupState.UNREADABLE,
        "yijian-20261123T120000000000Z-asked.db.part": BackupState.UNFINISHED,
    }


def test_a_file_in_the_place_of_the_folder_is_said(hall: SmallHall, tmp_path: Path) -> None:
    file = tmp_path / "not a folder"
    file.write_text("")
    assert refusal_of(lambda: see(hall, file)) == "backup_folder_unusable"
    assert refusal_of(lambda: take(hall, file)) == "backup_folder_unusable"


def test_the_keys_beside_the_records_are_the_backups_own_after_a_restore(hall: SmallHall) -> None:
    path = take(hall)
    put_back(hall, path)
    place = hall.performer.database.place
    assert Keys.load(place.folder).check == Backup.read(path.with_suffix(".json")).key_check
    assert (place.folder / KEY_FILE).exists()
    hall.performer.database.close()


# -- by itself --------------------------------------------------------------------------------------------------


def test_a_backup_by_itself_is_taken_when_something_was_done_and_half_an_hour_is_over(hall: SmallHall) -> None:
    if hall.performer.database.kind != "sqlite":
        assert back_up_if_due(hall.performer) is None
        return
    now = datetime.now(UTC)
    come_in_at(hall, now)
    hall.clock.now = now + timedelta(minutes=40)
    first = back_up_if_due(hall.performer)
    assert first is not None
    assert back_up_if_due(hall.performer) is None
    assert back_up_if_due(hall.performer, lambda: now + timedelta(minutes=31)) is None
    add_counter(hall, "B01")
    assert back_up_if_due(hall.performer, lambda: now + timedelta(minutes=20)) is None
    second = back_up_if_due(hall.performer, lambda: now + timedelta(minutes=31))
    assert second is not None
    assert Backup.read(second.with_suffix(".json")).path == second
