"""A desk for tests: the real window on real records, with a matter that ends and a question that is passed on."""

from collections.abc import Callable
from functools import cache
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.authoring import load_catalogue
from desktop.ui.entrance import Entrance
from desktop.ui.navigation import Seat
from desktop.ui.pages.log import LogPage
from desktop.ui.quick import Quick
from desktop.ui.quick_desk import QuickDesk
from desktop.ui.runner import Runner
from desktop.ui.window import Window
from desktop.usecases.context import Session
from desktop.usecases.people.people import NewPerson, NoIdentifier, register_person
from desktop.usecases.permissions import Permission
from desktop.usecases.requests.case import Form
from desktop.usecases.requests.requests import Answer, Handed, LogRequest, log_request, see_request
from desktop.usecases.work.work import DoAct, do_act
from desktop.workflow.catalogue.definitions import Catalogue
from desktop.workflow.procedure.legal_states import ActKind
from tests.ui.page_parts import settle
from tests.usecases.conftest import SmallHall
from tests.usecases.small_case import STALL

HALL = ("临洮县政务大厅", "Lintao Service Hall")
PATIENCE = 15_000
ONWARD = (ActKind.ACCEPT, ActKind.ASSIGN, ActKind.GRANT, ActKind.ISSUE)


_shipped = cache(load_catalogue)


def catalogue() -> Catalogue:
    """The stall licence of the tests, and the enquiry of the shipped catalogue."""
    shipped = _shipped()
    enquiry = {
        "departments": ("administrative_approval",), "facts": ("request_text", "contact_phone"),
        "outcomes": ("enquiry_answer",), "items": ("enquiry_item",), "demands": ("enquiry",), "materials": (),
    }  # fmt: skip
    taken = {part: {code: getattr(shipped, part)[code] for code in codes} for part, codes in enquiry.items()}
    return Catalogue(version="town", **{part: {**found, **getattr(STALL, part)} for part, found in taken.items()})


class Desk:
    """One seat: its window, and waiting until everything it asked for has come."""

    def __init__(self, app: QApplication, hall: SmallHall, bot: QtBot, session: Session | None = None) -> None:
        self.hall, self._bot = hall, bot
        self.runner = Runner(hall.performer)
        self.seat = Seat(self.runner)
        self.window = Window(app)
        self.window.furnish(self.seat)
        self.entrance = Entrance(self.window, self.seat)
        bot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        self.sit_down(session or hall.clerk)

    def sit_down(self, session: Session) -> None:
        """Sign somebody in, as the door does."""
        self.seat.set_session(session)
        self.window.begin(HALL)
        self.window.workspace.go("log")
        self.settle()
        if self.seat.may(Permission.LOG_REQUEST):
            self.window.workspace.go("log")
            self.settle()

    @property
    def quick(self) -> QuickDesk:
        """What is done from anywhere."""
        assert self.window.quick is not None
        return self.window.quick

    @property
    def log(self) -> LogPage:
        """The log page."""
        if "log" not in self.window.workspace.pages:
            self.window.workspace.go("log")
            self.settle()
        page = self.window.workspace.pages["log"]
        assert isinstance(page, LogPage)
        return page

    def overlay(self, code: str) -> Quick:
        """An overlay that has been opened."""
        return self.quick.overlays[code]

    def settle(self) -> None:
        """Wait until everything asked for is answered and drawn."""
        for _round in range(3):
            settle()
            self._bot.waitUntil(lambda: self.runner.pending == 0, timeout=PATIENCE)

    def until(self, reached: Callable[[], bool]) -> None:
        """Wait for something to come about."""
        self._bot.waitUntil(reached, timeout=PATIENCE)

    def kept(self) -> None:
        """Wait until what was typed is kept."""
        keeper = self.quick.keeper
        self.until(lambda: not keeper._timer.isActive() and not keeper._busy)
        self.settle()

    def close(self) -> None:
        """End the program."""
        self.window.close()
        self.runner.close()


def person(hall: SmallHall, name: str, number: str | None = None) -> UUID:
    """Somebody on file."""
    reason = None if number else NoIdentifier.NOT_AT_HAND
    found: UUID = hall.write(hall.clerk, register_person, NewPerson(name, number, no_identifier=reason)).subject
    return found


def logged(hall: SmallHall, applicant: UUID | None, **more: Any) -> UUID:
    """A stall licence that lacks nothing."""
    roles = {} if applicant is None else {"applicant": (applicant,)}
    roles |= more.pop("roles", {})
    form = Form("open_stall", roles, (Answer("case", "sells_food", False),), (Handed("case", "site_plan"),), **more)
    found: UUID = hall.write(hall.clerk, log_request, LogRequest(form, despite_twin=True)).request
    return found


def brought_out(hall: SmallHall, applicant: UUID | None, **more: Any) -> UUID:
    """A stall licence whose result is out; gives the task."""
    request = logged(hall, applicant, **more)
    (task,) = hall.read(hall.clerk, see_request, request).tasks
    for act in ONWARD:
        hall.write(hall.reviewer, do_act, DoAct(task.id, act))
    found: UUID = task.id
    return found
