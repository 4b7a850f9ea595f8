"""What a journey needs: a hall with a reviewer in every department, on records in a folder, and a clock of its own."""

import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["FONTCONFIG_FILE"] = str(Path(__file__).parents[1] / "ui" / "fonts.conf")

import pytest
from argon2 import PasswordHasher
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.usecases.hall import passwords
from tests.journeys.town import Town

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
def town(qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """A town on the 2nd of March 2026, a Monday, at half past nine."""
    monkeypatch.setattr(passwords, "_hasher", lambda: QUICK)
    town = Town(qapp, qtbot, tmp_path)
    yield town
    town.close()
