"""A seat of its own process whose user may not write: `python -m tests.ui.read_only_seat folder language`.

Root may write everywhere, so the process gives up its rights first. It tries to sign in, and prints what stands in
the window.
"""

import ctypes
import os
import sys
import time
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication

from desktop.app import Program, qt_application
from desktop.paths import Paths
from desktop.settings import load_settings
from desktop.words import LANGUAGES
from tests.ui.hall_on_disk import at_the_door
from tests.usecases.conftest import PASSWORD

CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2
PR_CAPBSET_DROP = 24
GIVEN_UP = "YIJIAN_TEST_RIGHTS_GIVEN_UP"


def may_write_anywhere() -> bool:
    """Return whether this process is root with all its rights."""
    return os.geteuid() == 0 and GIVEN_UP not in os.environ


def give_up() -> None:
    """Begin anew without the right to pass over what a file allows; an ordinary user never has it."""
    library = ctypes.CDLL(None)
    for right in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
        if library.prctl(PR_CAPBSET_DROP, right, 0, 0, 0):
            raise OSError("the right cannot be given up")
    os.environ[GIVEN_UP] = "1"
    os.execv(sys.executable, [sys.executable, "-m", "tests.ui.read_only_seat", *sys.argv[1:]])  # noqa: S606 this very program


def said(program: Program) -> str:
    """Return the notice of the page that is in front."""
    window = program.window
    return window.sign_in.notice.text() if at_the_door(program) else window.start.notice.text()


def sign_in(program: Program) -> None:
    """Sign in by the fields and the button of the door."""
    door = program.window.sign_in
    door.login.editor.setText("clerk")
    door.password.editor.setText(PASSWORD)
    door.enter.click()


def main(folder: Path, language: str) -> None:
    """Open the program and print the first thing it says."""
    settings = load_settings(folder / "seat.json", language=next(each for each in LANGUAGES if each == language))
    program = Program(qt_application(settings), Paths(folder), settings)
    program.show()
    end = time.monotonic() + 60
    tried = False
    while not said(program) and time.monotonic() < end:
        QApplication.processEvents()
        if at_the_door(program) and not tried:
            tried = True
            sign_in(program)
    print(said(program))
    program.close()


if __name__ == "__main__":
    if may_write_anywhere():
        give_up()
    main(Path(sys.argv[1]), sys.argv[2])
