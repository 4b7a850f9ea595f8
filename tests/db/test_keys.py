"""The keys of the records: made once, found again, and a wrong one told from a damaged one."""

import json
import threading
from pathlib import Path

import pytest

from db.faults import Fault, StorageFault
from db.keys import KEY_FILE, Keys, default_key_file
from db.secret_service import fetch_secret, find_secret_service, keep_secret


class Drawer:
    """A secret service that keeps its secrets in memory."""

    def __init__(self) -> None:
        self.secrets: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.secrets.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.secrets[service, username] = password


class Asleep(Drawer):
    """A secret service that waits for a password nobody types."""

    def __init__(self) -> None:
        super().__init__()
        self.woken = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.woken.wait()
        return None


class Broken(Drawer):
    """A secret service whose bus is gone."""

    def get_password(self, service: str, username: str) -> str | None:
        raise ConnectionError

    def set_password(self, service: str, username: str, password: str) -> None:
        raise ConnectionError


def refused(folder: Path, key_file: Path | None = None, service: Drawer | None = None) -> Fault:
    with pytest.raises(StorageFault) as caught:
        Keys.load(folder, key_file=key_file, secret_service=service)
    return caught.value.code


def test_the_same_keys_are_found_again(tmp_path: Path) -> None:
    made = Keys.create(tmp_path)
    found = Keys.load(tmp_path)
    assert found.database_key == made.database_key
    assert found.sub_key("attachments") == made.sub_key("attachments")
    assert (found.id, found.check) == (made.id, made.check)


def test_every_use_has_a_key_of_its_own(tmp_path: Path) -> None:
    keys = Keys.create(tmp_path)
    uses = {keys.database_key, keys.sub_key("attachments"), keys.sub_key("identity"), keys._data_key}
    assert len(uses) == 4
    assert {len(key) for key in uses} == {32}


def test_no_two_sets_of_records_share_a_key(tmp_path: Path) -> None:
    first = Keys.create(tmp_path / "a", key_file=tmp_path / "seat.key")
    second = Keys.create(tmp_path / "b", key_file=tmp_path / "seat.key")
    assert first.database_key != second.database_key
    assert first.check != second.check
    assert Keys.load(tmp_path / "b", key_file=tmp_path / "seat.key").database_key == second.database_key


def test_keys_are_never_made_over_others(tmp_path: Path) -> None:
    Keys.create(tmp_path)
    before = (tmp_path / KEY_FILE).read_bytes()
    with pytest.raises(FileExistsError):
        Keys.create(tmp_path)
    assert (tmp_path / KEY_FILE).read_bytes() == before


def test_only_the_owner_may_read_the_key_files(tmp_path: Path) -> None:
    Keys.create(tmp_path)
    for path in (tmp_path / KEY_FILE, default_key_file(tmp_path)):
        assert path.stat().st_mode & 0o777 == 0o600
    assert default_key_file(tmp_path).parent.stat().st_mode & 0o077 == 0
    assert not list(tmp_path.rglob("*.part"))


def test_the_file_beside_the_records_betrays_no_key(tmp_path: Path) -> None:
    keys = Keys.create(tmp_path)
    written = (tmp_path / KEY_FILE).read_text()
    for secret in (keys._data_key, keys.database_key):
        assert secret.hex() not in written
    assert keys._data_key.hex() not in repr(keys)


def test_the_algorithms_are_written_down(tmp_path: Path) -> None:
    Keys.create(tmp_path)
    document = json.loads((tmp_path / KEY_FILE).read_text())
    assert document["derivation"] == "HKDF-SHA256"
    assert document["check"]["algorithm"] == "HMAC-SHA256"
    assert [wrap["algorithm"] for wrap in document["wraps"]] == ["AES-256-GCM"]


def test_an_absent_key_file_is_missing_not_wrong(tmp_path: Path) -> None:
    Keys.create(tmp_path)
    default_key_file(tmp_path).unlink()
    assert refused(tmp_path) is Fault.KEY_MISSING


def test_absent_wrapped_keys_are_missing(tmp_path: Path) -> None:
    assert refused(tmp_path) is Fault.KEY_MISSING


@pytest.mark.bad_input("a wrong key")
def test_the_key_file_of_another_seat_is_wrong_not_damaged(tmp_path: Path) -> None:
    Keys.create(tmp_path / "mine")
    Keys.create(tmp_path / "theirs")
    assert refused(tmp_path / "mine", default_key_file(tmp_path / "theirs")) is Fault.WRONG_KEY


@pytest.mark.parametrize("content", ["", "no key at all", "ab" * 31, "ab" * 33])
def test_a_key_file_that_is_no_key_is_damaged(tmp_path: Path, content: str) -> None:
    Keys.create(tmp_path)
    default_key_file(tmp_path).write_text(content)
    assert refused(tmp_path) is Fault.KEY_DAMAGED


def test_any_altered_letter_of_the_wrapped_keys_is_damage(tmp_path: Path) -> None:
    Keys.create(tmp_path)
    whole = (tmp_path / KEY_FILE).read_text()
    for position, letter in enumerate(whole):
        if letter.isalnum():
            (tmp_path / KEY_FILE).write_text(whole[:position] + ("1" if letter != "1" else "2") + whole[position + 1 :])
            assert refused(tmp_path) is Fault.KEY_DAMAGED, whole[: position + 1]


def test_cut_wrapped_keys_are_damage(tmp_path: Path) -> None:
    Keys.create(tmp_path)
    whole = (tmp_path / KEY_FILE).read_text()
    for length in (0, 1, len(whole) // 2):
        (tmp_path / KEY_FILE).write_text(whole[:length])
        assert refused(tmp_path) is Fault.KEY_DAMAGED


def test_the_secret_service_opens_the_keys_when_the_key_file_is_gone(tmp_path: Path) -> None:
    drawer = Drawer()
    made = Keys.create(tmp_path, secret_service=drawer)
    default_key_file(tmp_path).unlink()
    assert Keys.load(tmp_path, secret_service=drawer).database_key == made.database_key
    assert refused(tmp_path, service=Drawer()) is Fault.KEY_MISSING


def test_the_key_file_opens_the_keys_when_the_secret_service_is_gone(tmp_path: Path) -> None:
    made = Keys.create(tmp_path, secret_service=Drawer())
    assert Keys.load(tmp_path).database_key == made.database_key
    assert Keys.load(tmp_path, secret_service=Broken()).database_key == made.database_key


def test_keys_are_made_without_a_secret_service_that_is_broken(tmp_path: Path) -> None:
    made = Keys.create(tmp_path, secret_service=Broken())
    assert Keys.load(tmp_path).database_key == made.database_key


def test_nobody_waits_for_ever_for_a_locked_secret_service(tmp_path: Path) -> None:
    asleep = Asleep()
    keys = Keys.create(tmp_path)
    assert fetch_secret(asleep, keys.id, seconds=0.05) is None
    assert not keep_secret(asleep, keys.id, b"secret", seconds=0.05)
    asleep.woken.set()


def test_without_a_desktop_no_secret_service_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
        monkeypatch.delenv(name, raising=False)
    assert find_secret_service() is None


def test_with_a_desktop_whose_bus_is_gone_no_secret_service_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":77")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    assert find_secret_service(seconds=10) is None
