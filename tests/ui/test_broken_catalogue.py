"""A broken catalogue met in the window: said with file, line and how to mend it; the hall goes on if it can."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import authoring
from desktop.app import Program
from desktop.authoring import build, read_folder
from desktop.authoring.kept import kept_catalogue
from desktop.paths import Paths
from desktop.settings import load_settings
from desktop.ui.broken_catalogue import broken_words
from desktop.usecases.hall.halls import FoundHall, found_hall
from desktop.workflow.catalogue.definitions import Catalogue
from tests.databases import copy_of_template
from tests.ui.conftest import SetLook

PATIENCE = 20_000
GOOD = "departments:\n  town: {zh: 镇政府, en: Town}\n"
BROKEN = "departments:\n  town: {zh: 镇政府\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue folder in the place of the shipped one."""
    place = tmp_path / "catalogue"
    place.mkdir()

    def load(path: Path | None = None, *, kept_in: Path | None = None) -> Catalogue:
        def read(each: Path) -> Catalogue:
            return build(read_folder(each))

        return read(place) if kept_in is None else kept_catalogue(place, kept_in, read)

    monkeypatch.setattr(authoring, "load_catalogue", load)
    return place


@pytest.fixture
def program(qapp: QApplication, look: SetLook, tmp_path: Path, qtbot: QtBot) -> Iterator[Program]:
    paths = Paths(copy_of_template(tmp_path / "hall").folder)
    started = Program(qapp, paths, load_settings(paths.seat_file))
    qtbot.addWidget(started.window)
    yield started
    started.window.close()


def started(program: Program, qtbot: QtBot) -> None:
    program.show()
    qtbot.waitUntil(lambda: program._opening is None and program.runner is not None, timeout=PATIENCE)


@pytest.mark.bad_input("a broken catalogue file")
def test_without_a_catalogue_from_before_file_and_line_are_said_and_one_may_try_again(
    program: Program, folder: Path, qtbot: QtBot
) -> None:
    (folder / "town.yaml").write_text(BROKEN, encoding="utf-8")
    program.show()
    start = program.window.start
    qtbot.waitUntil(start.retry.isVisible, timeout=PATIENCE)
    assert "事项目录读不出来。" in start.notice.text()
    assert "town.yaml第" in start.notice.text()
    (folder / "town.yaml").write_text(GOOD, encoding="utf-8")
    start.retry.click()
    qtbot.waitUntil(lambda: program.runner is not None, timeout=PATIENCE)


@pytest.mark.bad_input("a broken catalogue file")
def test_the_hall_goes_on_with_the_catalogue_it_had_and_says_what_is_wrong(
    program: Program, folder: Path, qtbot: QtBot
) -> None:
    (folder / "town.yaml").write_text(GOOD, encoding="utf-8")
    authoring.load_catalogue(kept_in=program.paths.cache)
    (folder / "town.yaml").write_text(BROKEN, encoding="utf-8")
    started(program, qtbot)
    assert program._performer is not None
    assert set(program._performer.catalogue.departments) == {"town"}
    what, more = broken_words(program._faults)
    assert what == "事项目录读不出来。"
    assert more.startswith("town.yaml第")
    assert "yijian catalogue check" in more


def test_who_sits_down_is_told(program: Program, folder: Path, qtbot: QtBot) -> None:
    (folder / "town.yaml").write_text(GOOD, encoding="utf-8")
    authoring.load_catalogue(kept_in=program.paths.cache)
    (folder / "town.yaml").write_text(BROKEN, encoding="utf-8")
    started(program, qtbot)
    seat, performer = program._seat, program._performer
    assert seat is not None
    assert performer is not None
    performer.write(None, found_hall, FoundHall("临洮县政务大厅", "admin", "马主任", "一句容易记的话很安全"))
    with qtbot.waitSignal(seat.said) as said:
        seat.set_session(signed_in(program))
    assert said.args is not None
    assert said.args[0] == "warning"
    assert "大厅先按上一份目录办理。" in said.args[1]


def signed_in(program: Program) -> Any:
    from desktop.usecases.hall.signing_in import SignIn, sign_in

    assert program._performer is not None
    return program._performer.write(None, sign_in, SignIn("admin", "一句容易记的话很安全", None)).value
