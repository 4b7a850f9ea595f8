"""The seat's key: kept by the computer for the person's own records, and for no trial anywhere else."""

from pathlib import Path

import pytest

from db.faults import Fault, StorageFault
from db.keys import default_key_file
from db.open import Place
from desktop.usecases.hall.seat_keys import keys_at


class Drawer:
    """What the computer keeps for the person signed in to it, and how often it was asked for."""

    def __init__(self) -> None:
        self.secrets: dict[tuple[str, str], str] = {}
        self.opened = 0

    def get_password(self, service: str, username: str) -> str | None:
        return self.secrets.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.secrets[service, username] = password

    def found(self) -> "Drawer":
        self.opened += 1
        return self


def test_the_computer_opens_the_persons_own_records_when_the_key_file_is_gone(tmp_path: Path) -> None:
    place, drawer = Place(tmp_path), Drawer()
    made = keys_at(place, tmp_path, drawer.found)
    default_key_file(tmp_path).unlink()
    assert keys_at(place, tmp_path, drawer.found).database_key == made.database_key
    with pytest.raises(StorageFault) as caught:
        keys_at(place, tmp_path, lambda: None)
    assert caught.value.code is Fault.KEY_MISSING


def test_nobody_waits_for_the_computers_keeping_while_the_key_file_is_there(tmp_path: Path) -> None:
    drawer = Drawer()
    for _ in range(3):
        keys_at(Place(tmp_path), tmp_path, drawer.found)
    assert drawer.opened == 1  # when the keys were made


def test_a_trial_in_another_folder_leaves_nothing_with_the_computer(tmp_path: Path) -> None:
    drawer = Drawer()
    keys_at(Place(tmp_path / "trial"), tmp_path / "own", drawer.found)
    assert (drawer.opened, drawer.secrets) == (0, {})
