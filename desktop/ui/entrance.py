"""The way in and out of a seat: which page comes first, signing in, locking, and signing out."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Slot

from desktop import words
from desktop.ui.navigation import Seat
from desktop.ui.pages.found_hall import Founding
from desktop.ui.pages.sign_in import Entry
from desktop.ui.window import Window
from desktop.usecases.context import Session
from desktop.usecases.hall.halls import CounterRow, FoundHall, HallStatus, found_hall, hall_status, list_counters
from desktop.usecases.hall.own_password import confirm_password
from desktop.usecases.hall.signing_in import AccountToSignIn, SignIn, list_accounts_to_sign_in, sign_in, sign_out
from desktop.usecases.refusals import refusal_words
from desktop.usecases.refused import Refused
from desktop.usecases.sample import PASSWORD, make_sample_hall
from desktop.usecases.topics import Topic
from desktop.words import _

LEFT = frozenset({"signed_out", "stay_too_long", "not_signed_in"})


class Entrance(QObject):
    """Leads from the start page to the desk and back to the door."""

    def __init__(self, window: Window, seat: Seat) -> None:
        super().__init__(window)
        self._window = window
        self._seat = seat
        self._hall = HallStatus(None)
        self._accounts: tuple[AccountToSignIn, ...] = ()
        window.sign_in.sign_in_requested.connect(self._on_sign_in_requested)
        window.found_hall.found_requested.connect(self._on_found_requested)
        window.found_hall.practice_requested.connect(self._on_practice_requested)
        window.found_hall.practice_stopped.connect(seat.runner.stop_work)
        seat.runner.progressed.connect(window.found_hall.show_progress)
        window.lock_page.unlock_requested.connect(self._on_unlock_requested)
        window.sign_out_requested.connect(self._on_sign_out_requested)
        seat.runner.refused.connect(self._on_refused)
        seat.runner.changed.connect(self._on_changed)

    def begin(self) -> None:
        """Ask whether there is a hall, and show the page that comes first."""
        self._seat.runner.read(self, hall_status, None, done=self._on_hall_known)

    def _on_hall_known(self, hall: HallStatus) -> None:
        self._hall = hall
        if hall.founded:
            self._seat.runner.read(self, list_accounts_to_sign_in, None, done=self._on_accounts_known)
        else:
            self._window.show_page(self._window.found_hall)
            self._window.found_hall.focus_first()

    def _on_accounts_known(self, accounts: tuple[AccountToSignIn, ...]) -> None:
        self._accounts = accounts
        self._seat.runner.read(self, list_counters, None, done=self._on_counters_known)

    def _on_counters_known(self, counters: tuple[CounterRow, ...]) -> None:
        hall = (self._hall.name_zh, self._hall.name_en)
        self._window.lock_page.show_hall(hall)
        self._window.sign_in.offer(
            hall,
            self._accounts,
            [(each.code, each.name) for each in counters if each.active],
            PASSWORD,
        )
        self._window.show_page(self._window.sign_in)
        self._window.sign_in.begin()

    @Slot(object)
    def _on_sign_in_requested(self, entry: Entry) -> None:
        command = SignIn(entry.login, entry.password, entry.counter, words.language())
        page = self._window.sign_in
        self._seat.runner.write(
            self, sign_in, command, done=self._on_signed_in, refused=partial(_say_refused, page.say_refused)
        )

    def _on_signed_in(self, session: Session) -> None:
        self._window.sign_in.begin()
        self._seat.set_session(session)
        self._window.begin((self._hall.name_zh, self._hall.name_en))

    @Slot(object)
    def _on_found_requested(self, founding: Founding) -> None:
        command = FoundHall(
            founding.name_zh, founding.login, founding.administrator, founding.password, founding.name_en
        )
        page = self._window.found_hall
        self._seat.runner.write(
            self, found_hall, command, done=self._on_founded, refused=partial(_say_refused, page.say_refused)
        )

    @Slot()
    def _on_practice_requested(self) -> None:
        page = self._window.found_hall
        self._seat.runner.work(
            self, make_sample_hall, done=self._on_founded, refused=partial(_say_refused, page.say_refused)
        )

    def _on_founded(self, _founded: object) -> None:
        self._window.found_hall.forget()
        self.begin()

    @Slot(str)
    def _on_unlock_requested(self, password: str) -> None:
        self._seat.runner.write(
            self, confirm_password, password, done=self._on_unlocked, refused=self._on_unlock_refused
        )

    def _on_unlocked(self, _nothing: object) -> None:
        self._window.unlock()

    def _on_unlock_refused(self, refusal: Refused) -> None:
        if refusal.code in LEFT:
            self._leave(refusal)
        elif refusal.code == "wrong_login_or_password":
            self._window.lock_page.say_wrong(_("The password is wrong. Try again."))
        elif refusal.code == "wait_before_next_try":
            self._window.lock_page.say_wrong(refusal_words(refusal))
        else:
            self._window.lock_page.say_refused(refusal_words(refusal))

    @Slot()
    def _on_sign_out_requested(self) -> None:
        if self._seat.session is not None:
            self._seat.runner.write(self, sign_out, None, done=self._on_signed_out, refused=self._leave)

    def _on_signed_out(self, _nothing: object) -> None:
        self._leave(None)

    @Slot(object)
    def _on_changed(self, topics: frozenset[Topic]) -> None:
        """The hall may have been renamed: the bar says the new name while somebody works."""
        if Topic.SETTINGS in topics and self._seat.session is not None:
            self._seat.runner.read(self, hall_status, None, done=self._on_hall_renamed)

    def _on_hall_renamed(self, hall: HallStatus) -> None:
        self._hall = hall
        for bar in (self._window.workspace.bar, self._window.lock_page):
            bar.show_hall((hall.name_zh, hall.name_en))

    @Slot(object)
    def _on_refused(self, refusal: Refused) -> None:
        """A refusal no page wanted to hear: the end of a stay leads to the door, all else is said above the page."""
        if refusal.code in LEFT and self._seat.session is not None:
            self._leave(refusal)
        else:
            self._seat.say("problem", refusal_words(refusal))

    def _leave(self, refusal: Refused | None) -> None:
        """Go to the door; nothing of who was here stays on the desk."""
        self._window.end()
        self._seat.set_session(None)
        self._window.show_page(self._window.sign_in)
        self._window.sign_in.begin()
        if refusal is not None:
            self._window.sign_in.say_refused(refusal_words(refusal))


def _say_refused(say: Callable[[str], None], refusal: Refused) -> None:
    say(refusal_words(refusal))
