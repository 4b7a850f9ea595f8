"""The program's window: start page, door, desk and lock lie on one stack, so that nothing beneath is ever lost."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QStackedWidget, QWidget
from shiboken6 import isValid

from desktop import words
from desktop.ui import theme, translate
from desktop.ui.focus_follower import follow
from desktop.ui.look_buttons import SIZE_WORDS, THEME_WORDS, LookButtons
from desktop.ui.pages.start import StartPage
from desktop.ui.translate import Retranslated
from desktop.usecases.backups.store_faults import fault_words
from desktop.words import _

if TYPE_CHECKING:  # what lies behind the start page is read in only when that has been painted
    from desktop.ui.navigation import Seat
    from desktop.ui.pages.found_hall import FoundHallPage
    from desktop.ui.pages.lock import LockPage
    from desktop.ui.pages.sign_in import SignInPage
    from desktop.ui.palette import Command
    from desktop.ui.quick_desk import QuickDesk

IDLE_MS = 5 * 60 * 1000
_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)


_TYPING = frozenset(_SIGNS_OF_LIFE - {QEvent.Type.MouseMove, QEvent.Type.Wheel})


class Window(Retranslated, QMainWindow):
    """One seat. What is chosen of language, theme and size is shown at once and told, to be kept."""

    chosen = Signal(str, str)  # language, theme or size; and which
    locked = Signal()
    sign_out_requested = Signal()
    closed = Signal()

    def __init__(self, app: QApplication, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self.stack = QStackedWidget()
        self.start = StartPage()
        self.stack.addWidget(self.start)
        self.setCentralWidget(self.stack)
        self.seat: Seat | None = None
        self.quick: QuickDesk | None = None
        self._doors: tuple[SignInPage | FoundHallPage | LockPage, ...] = ()
        self._put_away: list[QDialog] = []
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setTimerType(Qt.TimerType.PreciseTimer)  # a coarse one may lock a quarter of a minute early
        self._idle.setInterval(IDLE_MS)
        self._idle.timeout.connect(self.lock)
        self.retranslate()
        self.resize(1366, 768)

    def furnish(self, seat: "Seat") -> None:
        """Make everything behind the start page; it takes a moment, so the start page is painted before."""
        from desktop.ui.pages.found_hall import FoundHallPage
        from desktop.ui.pages.lock import LockPage
        from desktop.ui.pages.sign_in import SignInPage
        from desktop.ui.workspace import Workspace

        self.seat = seat
        self.sign_in, self.found_hall, self.lock_page = SignInPage(), FoundHallPage(), LockPage()
        self._doors = self.sign_in, self.found_hall, self.lock_page
        self.workspace = Workspace(seat)
        for page in (self.sign_in, self.found_hall, self.lock_page, self.workspace):
            self.stack.addWidget(page)
        for look in (*(door.look for door in self._doors), self.workspace.bar.look):
            self._listen(look)
        self.workspace.bar.lock_requested.connect(self.lock)
        self.workspace.bar.palette_requested.connect(self.open_palette)
        self.lock_page.sign_out_requested.connect(self.sign_out_requested)
        self.workspace.rail.act_chosen.connect(self._on_act_chosen)
        self.workspace.page_made.connect(self._on_page_made)
        self.sign_out_requested.connect(self._keep_form)  # before whoever signs out hears of it
        for keys, act in (("Ctrl+K", self.open_palette), ("Ctrl+L", self.lock)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self._app.installEventFilter(self)

    def show_page(self, page: QWidget) -> None:
        """Bring one of the stack to the front."""
        self.stack.setCurrentWidget(page)

    def is_at_desk(self) -> bool:
        """Whether somebody is signed in and the desk is in front."""
        return self.seat is not None and self.stack.currentWidget() is self.workspace

    def begin(self, hall: tuple[str, str]) -> None:
        """Lay out the desk for who has just signed in."""
        quick = self._quick_desk()
        quick.end()
        self.workspace.begin(hall, quick.acts())
        quick.begin()
        if self.seat is not None:
            self.seat.words.begin()
        self.show_page(self.workspace)
        self._idle.start()

    def end(self) -> None:
        """Clear the desk of who leaves."""
        self._idle.stop()
        for dialog in self._put_away:
            if isValid(dialog):
                dialog.deleteLater()
        self._put_away = []
        if self.quick is not None:
            self.quick.end()
        self.workspace.end()

    def unlock(self) -> None:
        """Bring the desk back as it was left, with the questions that were open."""
        self.show_page(self.workspace)
        self._idle.start()
        for dialog in self._put_away:
            if isValid(dialog):
                dialog.show()
        self._put_away = []

    @Slot()
    def lock(self) -> None:
        """Lay the lock over the desk; what is half-typed stays beneath."""
        if not self.is_at_desk() or self.seat is None or self.seat.session is None:
            return
        self._idle.stop()
        self._keep_form()
        self._put_dialogs_away()
        self.lock_page.begin(self.seat.session.name)
        self.show_page(self.lock_page)
        self.locked.emit()

    @Slot()
    def open_palette(self) -> None:
        """Open the palette over the desk."""
        from desktop.ui.palette import Palette
        from desktop.ui.palette_records import PaletteRecords

        if self.is_at_desk() and self.seat is not None:
            records = PaletteRecords(self.seat)
            palette = Palette(self.commands(), self, records)
            records.setParent(palette)
            palette.open()

    @Slot()
    def open_help(self) -> None:
        """Show the help beside the page, or over the door."""
        from desktop.ui.widgets.help_panel import HelpDialog

        if self.is_at_desk():
            self.workspace.help.toggle()
        elif self.seat is not None:
            HelpDialog("found_hall" if self.stack.currentWidget() is self.found_hall else "sign_in", self).open()

    def commands(self) -> "list[Command]":
        """What the palette finds: the pages, and what may be done anywhere."""
        from desktop.ui.palette import Command

        acts = [
            Command(_("Lock the seat"), "lock", self.lock),
            Command(_("Sign out"), "log-out", self.sign_out_requested.emit),
            Command(_("Fold or unfold the rail"), "panel-left", self.workspace.rail.toggle),
            Command("English" if words.language() == "zh" else "中文", "languages", self._switch_language),
        ]
        acts += [_command(word, "text-size", partial(self.set_size, size)) for size, word in SIZE_WORDS.items()]
        acts += [_command(word, "contrast", partial(self.set_theme, key)) for key, word in THEME_WORDS.items()]
        return self.workspace.commands() + self._quick_commands() + acts

    @Slot(str)
    def set_language(self, language: str) -> None:
        """Show another language at once."""
        chosen: words.Language = "en" if language == "en" else "zh"
        translate.switch_language(self._app, chosen)
        self.chosen.emit("language", chosen)

    @Slot(str)
    def set_theme(self, name: str) -> None:
        """Show another theme at once."""
        shown = next(each for each in theme.THEMES if each == name)
        theme.apply(self._app, shown, theme.current().size)
        self.chosen.emit("theme", shown)

    @Slot(str)
    def set_size(self, name: str) -> None:
        """Show another size of text at once."""
        size = next(each for each in theme.SIZES if each == name)
        theme.apply(self._app, theme.current().theme, size)
        self.chosen.emit("size", size)

    def say_fault(self, code: str) -> None:
        """Say that the records cannot be reached or written, on whatever page is in front."""
        what, next_step = fault_words(code)
        self._say(f"{what}\n{next_step}")

    def say_within_reach(self) -> None:
        """Say that the records can be reached again, where it was said that they could not."""
        said = _("The records are within reach again. You can go on.")
        door = self._door_in_front()
        if door is not None:
            door.notice.say_done(said)
        elif self.seat is not None:
            self.seat.say("done", said)

    def say_crash(self, reference: str) -> None:
        """Say once that something went wrong in the program, and that everything saved is saved."""
        self._say(
            _(
                "Something in the program went wrong. What you just did was not saved; everything before it is. "
                "You can go on. Number for the report: {reference}"
            ).format(reference=reference)
        )

    def retranslate(self) -> None:
        """Say the window's name in the language of the seat."""
        self.setWindowTitle(_("Yijian"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin the five minutes again at every sign of life."""
        if event.type() in _SIGNS_OF_LIFE and self._idle.isActive():
            self._idle.start()
            if self.quick is not None and event.type() in _TYPING:
                self.quick.keeper.touch()
        if isinstance(event, QFocusEvent) and event.gotFocus() and isinstance(watched, QWidget):
            follow(watched, event.reason())
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the seat is being left."""
        self._idle.stop()
        self._app.removeEventFilter(self)
        self._keep_form()
        self.closed.emit()
        super().closeEvent(event)

    def _quick_desk(self) -> "QuickDesk":
        """What is done from anywhere; made when somebody first signs in, so that the door opens sooner."""
        from desktop.ui.quick_desk import QuickDesk
        from desktop.ui.quick_parked import ParkedStrip

        if self.quick is None:
            if self.seat is None:
                raise RuntimeError("nobody can sign in before the desk is furnished")
            self.quick = QuickDesk(self.seat, self, self.workspace.stack.currentWidget, self.is_at_desk)
            strip = ParkedStrip(self.quick.keeper)
            strip.resumed.connect(self.quick.resume)
            strip.all_wanted.connect(self.quick.open_parked)
            self.quick.lock_requested.connect(self.lock)
            self.workspace.show_above(strip)
        return self.quick

    def _quick_commands(self) -> "list[Command]":
        if self.quick is None:
            return []
        return [_command(act.words, act.icon, partial(self.quick.open, act.code)) for act in self.quick.acts()]

    @Slot(str)
    def _on_act_chosen(self, code: str) -> None:
        if self.quick is not None:
            self.quick.open(code)

    @Slot(object)
    def _on_page_made(self, page: QWidget) -> None:
        if self.quick is not None:
            self.quick.attach(page)

    @Slot()
    def _keep_form(self) -> None:
        """Keep what is half-typed, before the lock, the door or the end of the program."""
        if self.quick is not None:
            self.quick.keeper.keep_now()
        if self.seat is not None:
            self.seat.words.keep_now()

    def _put_dialogs_away(self) -> None:
        """Hide what lies over the desk, so that the lock covers it; what was typed there is kept too."""
        popup = self._app.activePopupWidget()
        if popup is not None:
            popup.close()
        for widget in self._app.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                widget.hide()
                self._put_away.append(widget)

    def _say(self, what: str) -> None:
        """Say a problem where the person looks: at the door, under the lock, or above the page."""
        door = self._door_in_front()
        if door is not None:
            door.say_refused(what)
        elif self.seat is not None:
            self.seat.say("problem", what)
        else:
            self.start.notice.say_problem(what)

    def _door_in_front(self) -> "SignInPage | FoundHallPage | LockPage | None":
        shown = self.stack.currentWidget()
        return next((door for door in self._doors if door is shown), None)

    def _switch_language(self) -> None:
        self.set_language("en" if words.language() == "zh" else "zh")

    def _listen(self, look: LookButtons) -> None:
        look.size_chosen.connect(self.set_size)
        look.theme_chosen.connect(self.set_theme)
        look.language_chosen.connect(self.set_language)
        look.help_requested.connect(self.open_help)


def _command(word: str, icon: str, act: Callable[[], None]) -> "Command":
    from desktop.ui.palette import Command

    return Command(_(word), icon, act)
