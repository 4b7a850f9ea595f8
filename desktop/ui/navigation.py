"""The pages of the window as data, and what every page is given: a seat that reads, writes, goes to pages, speaks.

To add a page, append a row to ``PAGES``: its code, its title, an icon, the permission it needs (None for everybody) and
a factory that imports the page when it is first shown.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.ui.kept_words import KeptWords
from desktop.ui.runner import Runner
from desktop.ui.widgets.notice import Tone
from desktop.usecases.context import Session
from desktop.usecases.permissions import GRANTED, Permission
from desktop.words import gettext_noop

if TYPE_CHECKING:
    from desktop.ui.pages.page import Page


class Seat(QObject):
    """What a page is given: the runner, who is signed in, the way to other pages, and a voice."""

    page_requested = Signal(str, object)  # code of a page, argument of its ``open``
    said = Signal(str, str)  # tone of a notice, and its words
    taken_back = Signal(str)  # words of a notice that are over
    session_changed = Signal()
    restore_begun = Signal()  # other records are about to take the place of these: let go of them
    restore_ended = Signal(object)  # what was put back, or None when the records are as before

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.runner = runner
        self.words = KeptWords(self)

    @property
    def session(self) -> Session | None:
        """Who is signed in, or None."""
        session: Session | None = self.runner.session
        return session

    def set_session(self, session: Session | None) -> None:
        """Let somebody sit down, or nobody."""
        self.runner.session = session
        self.session_changed.emit()

    def go(self, code: str, argument: object = None) -> None:
        """Show a page; the argument, such as the id of a request, is what the page opens."""
        self.page_requested.emit(code, argument)

    def say(self, tone: Tone, what: str) -> None:
        """Say something above the page, quietly."""
        self.said.emit(tone, what)

    def take_back(self, what: str) -> None:
        """Say something no longer, if it still stands above the page."""
        self.taken_back.emit(what)

    def may(self, permission: Permission | None) -> bool:
        """Whether who is signed in may do something; None is allowed to everybody."""
        if permission is None:
            return True
        return self.session is not None and bool(GRANTED[permission] & self.session.roles)


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page of the window: how it is called, who sees it, how it is made."""

    code: str
    title: str
    icon: str
    permission: Permission | None
    factory: Callable[[Seat], "Page"]
    on_rail: bool = True
    """Whether it stands in the rail and the palette; a page that shows one thing is only gone to."""
    under: str = ""
    """The page of the rail that is marked while this one, which has no place there, is shown."""


def _about(seat: Seat) -> "Page":
    from desktop.ui.pages.about import AboutPage

    return AboutPage(seat)


def _overview(seat: Seat) -> "Page":
    from desktop.ui.pages.overview import OverviewPage

    return OverviewPage(seat)


def _log(seat: Seat) -> "Page":
    from desktop.ui.pages.log import LogPage

    return LogPage(seat)


def _requests(seat: Seat) -> "Page":
    from desktop.ui.pages.requests import RequestsPage

    return RequestsPage(seat)


def _request(seat: Seat) -> "Page":
    from desktop.ui.pages.request import RequestPage

    return RequestPage(seat)


def _work(seat: Seat) -> "Page":
    from desktop.ui.pages.work import WorkPage

    return WorkPage(seat)


def _hand_out(seat: Seat) -> "Page":
    from desktop.ui.pages.hand_out import HandOutPage

    return HandOutPage(seat)


def _needs(seat: Seat) -> "Page":
    from desktop.ui.pages.needs import NeedsPage

    return NeedsPage(seat)


def _backup(seat: Seat) -> "Page":
    from desktop.ui.pages.backup import BackupPage

    return BackupPage(seat)


def _accounts(seat: Seat) -> "Page":
    from desktop.ui.pages.accounts import AccountsPage

    return AccountsPage(seat)


def _my_account(seat: Seat) -> "Page":
    from desktop.ui.pages.my_account import MyAccountPage

    return MyAccountPage(seat)


def _departments(seat: Seat) -> "Page":
    from desktop.ui.pages.departments import DepartmentsPage

    return DepartmentsPage(seat)


def _hall(seat: Seat) -> "Page":
    from desktop.ui.pages.admin_hall import HallPage

    return HallPage(seat)


def _calendar(seat: Seat) -> "Page":
    from desktop.ui.pages.calendar import CalendarPage

    return CalendarPage(seat)


PAGES: tuple[PageEntry, ...] = (
    PageEntry("overview", gettext_noop("Overview"), "home", None, _overview),
    PageEntry("log", gettext_noop("Log a request"), "file-plus", Permission.LOG_REQUEST, _log),
    PageEntry("requests", gettext_noop("Requests"), "list", Permission.SEE_REQUESTS, _requests),
    PageEntry(
        "request",
        gettext_noop("Request"),
        "file-text",
        Permission.SEE_REQUESTS,
        _request,
        on_rail=False,
        under="requests",
    ),
    PageEntry("hand_out", gettext_noop("Hand out results"), "hand-helping", Permission.HAND_OUT, _hand_out),
    PageEntry("work", gettext_noop("Work"), "briefcase", Permission.SEE_TASKS, _work),
    PageEntry("needs", gettext_noop("Unmet needs"), "ear", Permission.ANSWER_UNMET_NEED, _needs),
    PageEntry("accounts", gettext_noop("Accounts"), "users", Permission.SEE_ACCOUNTS, _accounts),
    PageEntry(
        "departments", gettext_noop("Departments and counters"), "building", Permission.EDIT_DEPARTMENTS, _departments
    ),
    PageEntry("hall", gettext_noop("The hall"), "landmark", Permission.CHANGE_SETTINGS, _hall),
    PageEntry("calendar", gettext_noop("Holidays and make-up days"), "calendar", Permission.EDIT_CALENDAR, _calendar),
    PageEntry("backup", gettext_noop("Backup and restore"), "archive", Permission.BACK_UP, _backup),
    PageEntry("my_account", gettext_noop("My account"), "user", None, _my_account),
    PageEntry("about", gettext_noop("About"), "info", None, _about),
)


def pages_for(seat: Seat) -> tuple[PageEntry, ...]:
    """The pages of who is signed in, in the order of the rail."""
    return tuple(entry for entry in PAGES if seat.may(entry.permission))
