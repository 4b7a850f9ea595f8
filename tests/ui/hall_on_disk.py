"""A hall with one request on the disk, and the real program opened on it, as a seat does after something happened."""

import functools
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.keys import Keys
from db.migrate import open_up_to_date
from db.open import Place
from desktop.app import Program, qt_application
from desktop.paths import Paths
from desktop.settings import load_settings
from desktop.usecases.hall.accounts import NewAccount, add_account
from desktop.usecases.hall.halls import FoundHall, found_hall
from desktop.usecases.hall.signing_in import SignIn, sign_in
from desktop.usecases.perform import Performer
from desktop.usecases.permissions import Role
from desktop.usecases.requests.requests import log_request
from desktop.words import Language
from tests.databases import copy_of_template
from tests.usecases.conftest import CALENDAR, PASSWORD, Clock
from tests.usecases.small_case import STALL, stall_request

SECRET = "王小明要在夜市卖凉皮"
PATIENCE = 30_000


@functools.cache
def _filled() -> tempfile.TemporaryDirectory[str]:
    """Return a folder with a hall, its administrator, a clerk and a request; it goes when the process ends."""
    made = tempfile.TemporaryDirectory(prefix="yijian-hall-")
    place = copy_of_template(Path(made.name) / "hall")
    database = open_up_to_date(place, Keys.load(place.folder))
    performer = Performer(database, STALL, CALENDAR, Clock())
    performer.write(None, found_hall, FoundHall("临洮县政务大厅", "administrator", "马主任", PASSWORD))
    office = performer.write(None, sign_in, SignIn("administrator", PASSWORD)).value
    clerk = NewAccount("clerk", "李娜", PASSWORD, frozenset({Role.CLERK}), own_password=PASSWORD)
    performer.write(office, add_account, clerk)
    session = performer.write(None, sign_in, SignIn("clerk", PASSWORD)).value
    performer.write(session, log_request, stall_request(words=SECRET))
    database.close()
    return made


def hall_on_disk(folder: Path) -> Paths:
    """Put the hall with its keys into the folder."""
    shutil.copytree(Path(_filled().name) / "hall", folder)
    return Paths(folder)


def place_of(paths: Paths) -> Place:
    """Return where the records of the hall are."""
    return Place(paths.folder)


def opened(app: QApplication, paths: Paths, language: Language) -> Program:
    """Open the program as the command does, without waiting for anything."""
    settings = load_settings(paths.seat_file, language=language)
    if qt_application(settings) is not app:
        raise RuntimeError("there are two applications")
    program = Program(app, paths, settings)
    program.show()
    return program


def wait(bot: QtBot, come: Callable[[], bool]) -> None:
    """Wait until something has come."""
    bot.waitUntil(come, timeout=PATIENCE)


def at_the_door(program: Program) -> bool:
    """Whether somebody can sign in."""
    return program.window.seat is not None and program.window.stack.currentWidget() is program.window.sign_in


def sit_down(bot: QtBot, program: Program) -> None:
    """Let the clerk sign in by the fields and the button of the door."""
    wait(bot, lambda: at_the_door(program))
    door = program.window.sign_in
    door.login.editor.setText("clerk")
    door.password.editor.setText(PASSWORD)
    door.enter.click()
    wait(bot, program.window.is_at_desk)
    quiet(bot, program)


def quiet(bot: QtBot, program: Program) -> None:
    """Wait until everything that was asked for is answered."""
    wait(bot, lambda: program.runner is not None and program.runner.pending == 0)
