"""What a clerk does from anywhere: the acts with their keys, the overlays that do them, the keeper of drafts."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.ui.draft_keeper import DraftKeeper
from desktop.ui.navigation import Seat
from desktop.ui.pages.log import LogPage
from desktop.ui.quick import Quick
from desktop.ui.quick_enquiry import QuickEnquiry
from desktop.ui.quick_hand_out import QuickHandOut
from desktop.ui.quick_keys import QuickKeys, Rows
from desktop.ui.quick_parked import ALL_KEYS, SHOWN, QuickParked, latest
from desktop.ui.quick_progress import QuickProgress
from desktop.usecases.permissions import Permission
from desktop.words import _, gettext_noop

ENQUIRY, PROGRESS, HAND_OUT, PARK, KEYS, PARKED = "enquiry", "progress", "hand_out", "park", "keys", "parked"
LOCK_KEYS = "Ctrl+L"


@dataclass(frozen=True, slots=True)
class QuickAct:
    """An act that can be done from anywhere: its words, icon and key, and the permission it takes."""

    code: str
    words: str
    icon: str
    keys: str
    permission: Permission | None


ACTS: tuple[QuickAct, ...] = (
    QuickAct(ENQUIRY, gettext_noop("Enquiry"), "message", "Ctrl+E", Permission.LOG_REQUEST),
    QuickAct(PROGRESS, gettext_noop("Progress"), "route", "Ctrl+J", Permission.SEE_REQUESTS),
    QuickAct(HAND_OUT, gettext_noop("Hand out"), "stamp", "Ctrl+H", Permission.HAND_OUT),
    QuickAct(PARK, gettext_noop("Set form aside"), "pause", "Ctrl+T", Permission.LOG_REQUEST),
    QuickAct(PARKED, gettext_noop("Forms set aside"), "archive", ALL_KEYS, Permission.LOG_REQUEST),
    QuickAct(KEYS, gettext_noop("Keys"), "keyboard", "Shift+F1", None),
)


class QuickDesk(QObject):
    """Opens the overlays of who is signed in; they live until somebody else signs in."""

    lock_requested = Signal()

    def __init__(
        self, seat: Seat, window: QWidget, page: Callable[[], QWidget | None], is_at_desk: Callable[[], bool]
    ) -> None:
        super().__init__(window)
        self.seat = seat
        self.keeper = DraftKeeper(seat, self)
        self.overlays: dict[str, Quick] = {}
        self._window, self._page, self._is_at_desk = window, page, is_at_desk
        self._log: LogPage | None = None
        self.keeper.page_wanted.connect(self._on_page_wanted)
        for act in ACTS:
            self._listen(act.keys, partial(self.open, act.code))
        for at in range(SHOWN):
            self._listen(f"Alt+{at + 1}", partial(self._resume_latest, at))

    def acts(self) -> tuple[QuickAct, ...]:
        """What who is signed in may do from anywhere."""
        return tuple(act for act in ACTS if self.seat.session is not None and self.seat.may(act.permission))

    def begin(self) -> None:
        """Begin for who has just signed in, with what was half-typed when the program ended."""
        enquiry = self._overlay(ENQUIRY)
        may = self.seat.may(Permission.KEEP_DRAFT) and self.seat.may(Permission.LOG_REQUEST)
        if may and isinstance(enquiry, QuickEnquiry):
            self.keeper.begin(enquiry)

    def attach(self, page: QWidget) -> None:
        """Keep the form of the log page, once it is made."""
        if isinstance(page, LogPage):
            self._log = page
            self.keeper.attach(page)

    def end(self) -> None:
        """Take everything away of who leaves; what was half-typed stays kept."""
        self.keeper.end()
        self._log = None
        for overlay in self.overlays.values():
            if isValid(overlay):
                overlay.hide()
                overlay.deleteLater()
        self.overlays = {}

    @Slot(str)
    def open(self, code: str) -> None:
        """Do an act: show its overlay over whatever is in front, or set the form aside."""
        if not self._is_at_desk() or code not in {act.code for act in self.acts()}:
            return
        if code == PARK:
            self.keeper.park()
            return
        overlay = self._overlay(code)
        if overlay is None:
            return
        shown = overlay.isVisible()
        overlay.begin()  # before it is seen: it opens with its field, not with what was there the last time
        if not shown:
            overlay.open()
            for _round in range(2):  # what is inside takes its place, then what is inside that
                QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
            overlay.repaint()
        overlay.activateWindow()

    @Slot()
    def open_parked(self) -> None:
        """Show all forms set aside."""
        self.open(PARKED)

    @Slot(object)
    def resume(self, draft: UUID) -> None:
        """Take up a form that was set aside."""
        self.keeper.resume(draft)

    def keys(self) -> Rows:
        """Every key that works from anywhere, and what it does."""
        more = (
            ("Alt+1 … Alt+3", _("Take up a form set aside")),
            ("Ctrl+K", _("Find a request, somebody, a page or an act")),
            (LOCK_KEYS, _("Lock the seat")),
            ("Ctrl+1 … Ctrl+9", _("Go to a page of the rail")),
            ("Ctrl+B", _("Fold or unfold the rail")),
            ("F1", _("Help")),
            ("Esc", _("Close what lies over the page")),
        )
        return [(act.keys, _(act.words)) for act in self.acts()] + list(more)

    def _listen(self, keys: str, act: Callable[[], None]) -> None:
        """Listen for a key over the whole desk. A shortcut acts at once; a button's own key is a moment late."""
        QShortcut(QKeySequence(keys), self._window).activated.connect(act)

    def _resume_latest(self, at: int) -> None:
        lines = latest(self.keeper)
        if self._is_at_desk() and at < len(lines):
            self.resume(lines[at].draft)

    def _overlay(self, code: str) -> Quick | None:
        found = self.overlays.get(code)
        if found is not None and isValid(found):
            return found
        made = self._make(code)
        if made is not None:
            self.overlays[code] = made
            self._let_keys_through(code, made)
        return made

    def _make(self, code: str) -> Quick | None:
        seat, window = self.seat, self._window
        match code:
            case "enquiry":
                return QuickEnquiry(seat, self._contact, window)
            case "progress":
                return QuickProgress(seat, window)
            case "hand_out":
                return QuickHandOut(seat, window)
            case "keys":
                return QuickKeys(seat, self.keys, self._page, window)
            case "parked":
                parked = QuickParked(seat, self.keeper, window)
                parked.resumed.connect(self.resume)
                return parked
        return None

    def _let_keys_through(self, code: str, overlay: Quick) -> None:
        """Let the other acts be done from this overlay too, above it; and let the seat be locked."""
        for act in ACTS:
            if act.code not in (code, PARK):
                QShortcut(QKeySequence(act.keys), overlay).activated.connect(partial(self.open, act.code))
        QShortcut(QKeySequence(LOCK_KEYS), overlay).activated.connect(self.lock_requested)

    def _contact(self) -> tuple[UUID | None, str]:
        """Who is at the counter, as far as the form beneath knows."""
        if self._log is None or not isValid(self._log) or self._log.who.named is None:
            return None, ""
        return self._log.who.named.subject, self._log.who.named.name

    @Slot()
    def _on_page_wanted(self) -> None:
        self.seat.go("log")
