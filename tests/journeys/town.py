"""The town of the journeys: its hall on records in a folder, its people at their seats, and its clock."""

import functools
import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Program, open_records, performer_on
from desktop.paths import Paths, paths_in
from desktop.settings import Settings
from desktop.usecases.hall.accounts import NewAccount, open_account
from desktop.usecases.hall.halls import CounterForm, FoundHall, found_hall, save_counter
from desktop.usecases.hall.signing_in import SignIn, sign_in
from desktop.usecases.permissions import Role
from tests.journeys.desk import Desk

PASSWORD: Final = "lintao 大厅 2026"
SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
FIRST_DAY: Final = datetime(2026, 3, 2, 9, 30, tzinfo=SHANGHAI)
SCREEN: Final = (1366, 768)


@functools.cache
def _founded() -> tempfile.TemporaryDirectory[str]:
    """Return a folder with the hall's records, founded once for all journeys; it goes when the process ends."""
    made = tempfile.TemporaryDirectory(prefix="yijian-town-")
    paths = paths_in(Path(made.name))
    database = open_records(paths, Settings(language="zh"))
    performer = performer_on(database, paths.cache, lambda: FIRST_DAY)
    performer.write(None, found_hall, FoundHall("临洮县政务大厅", "admin", "马主任", PASSWORD, division="621124"))
    admin = performer.write(None, sign_in, SignIn("admin", PASSWORD)).value
    performer.write(admin, save_counter, CounterForm("A01", "1号综合窗口"))
    for login, name, role in (("clerk", "王秀英", Role.CLERK), ("supervisor", "李建国", Role.SUPERVISOR)):
        performer.write(admin, open_account, NewAccount(login, name, PASSWORD, frozenset({role})))
    for code in sorted({item.department for item in performer.catalogue.items.values()}):
        reviewer = NewAccount(code, f"{code}审核员", PASSWORD, frozenset({Role.REVIEWER}), code, approver=True)
        performer.write(admin, open_account, reviewer)
    database.close()
    return made


class Town:
    """A hall with one clerk and a reviewer in each department (login = code of the department)."""

    def __init__(self, app: QApplication, bot: QtBot, folder: Path) -> None:
        self._app, self._bot = app, bot
        self.paths: Paths = paths_in(folder)
        self.settings = Settings(language="zh")
        self.now = FIRST_DAY
        self._program: Program | None = None
        shutil.copytree(_founded().name, folder, dirs_exist_ok=True)

    def _clock(self) -> datetime:
        return self.now

    def pass_time(self, days: int = 0, **span: float) -> None:
        """Let time go by."""
        self.now += timedelta(days=days, **span)

    def at(self, month: int, day: int, hour: int = 9, minute: int = 30) -> None:
        """Go on to a moment of the year; never back."""
        later = datetime(self.now.year, month, day, hour, minute, tzinfo=SHANGHAI)
        assert later >= self.now, "time does not run back"
        self.now = later

    def desk(self, login: str) -> Desk:
        """Start the program and sit down; whoever sat here before leaves, as after a restart."""
        self.close()
        self._program = Program(self._app, self.paths, self.settings, self._clock)
        self._program.window.resize(*SCREEN)
        self._program.show()
        desk = Desk(self._program, self._bot)
        desk.sign_in(login, PASSWORD)
        return desk

    def close(self) -> None:
        """End the program, as somebody who closes its window."""
        if self._program is not None:
            self._program.window.close()
            self._program.close()
            self._program.window.deleteLater()
            self._program.deleteLater()
            self._program = None
