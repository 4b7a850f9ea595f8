"""The desk of who is signed in: rail, bar, what the program has to say, and one page at a time."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QSize, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.ui.navigation import PageEntry, Seat, pages_for
from desktop.ui.pages.page import Page
from desktop.ui.palette import Command
from desktop.ui.rail import LAST_KEY, AnywhereAct, Rail
from desktop.ui.top_bar import TopBar
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.help_panel import HelpBeside
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.words import _

_RESIZED = frozenset({QEvent.Type.LayoutRequest, QEvent.Type.Resize})


class _Pages(QStackedWidget):
    """The pages one over the other; none of them, shown or hidden, makes the window larger than the person has it."""

    def minimumSizeHint(self) -> QSize:
        """A page gets what room there is."""
        return QSize(0, 0)


class Workspace(Retranslated, QWidget):
    """Pages are made when they are first gone to and kept until somebody else signs in."""

    page_shown = Signal(str)
    page_made = Signal(object)

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.seat = seat
        self.setProperty("role", "page")
        self.rail, self.bar, self.notice = Rail(), TopBar(), Notice()
        self.stack = _Pages()
        self.help = HelpBeside(self.stack)
        self._entries: dict[str, PageEntry] = {}
        self.pages: dict[str, Page] = {}
        self._fits = QTimer(self, singleShot=True, interval=0)
        self._fits.timeout.connect(self._on_resized)
        self._arrange()
        self._keys: list[QShortcut] = []
        self.rail.page_chosen.connect(self.go)
        self.rail.folded_away.connect(self.bar.offer_menu)
        self.bar.offer_menu(offered=self.rail.folded)
        self.bar.menu_requested.connect(self.rail.open_menu)
        self.page_shown.connect(self.help.show_page)
        seat.page_requested.connect(self.go)
        seat.said.connect(self._on_said)
        seat.taken_back.connect(self._on_taken_back)

    def begin(self, hall: tuple[str, str], acts: Sequence[AnywhereAct] = ()) -> None:
        """Lay out the desk for who has just signed in; nothing of the last person stays."""
        self.end()
        session = self.seat.session
        if session is None:
            return
        self._entries = {entry.code: entry for entry in pages_for(self.seat)}
        self.rail.show_entries(tuple(entry for entry in self._entries.values() if entry.on_rail), acts)
        self._listen()
        self.bar.show_who(hall, session)
        self.go(next(iter(self._entries)))

    def end(self) -> None:
        """Clear the desk."""
        self.notice.clear()
        for page in self.pages.values():
            self.stack.removeWidget(page)
            page.hide()
            page.deleteLater()
        self.pages = {}
        self._entries = {}
        self._listen()
        self.rail.show_entries(())

    def current(self) -> str | None:
        """The code of the page that is shown."""
        shown = self.stack.currentWidget()
        return next((code for code, page in self.pages.items() if page is shown), None)

    @Slot(str)
    @Slot(str, object)
    def go(self, code: str, argument: object = None) -> None:
        """Show a page; one that is not offered to this person is not shown."""
        if code not in self._entries:
            return
        if code not in self.pages:
            page = self._entries[code].factory(self.seat)
            self.pages[code] = page
            self.stack.addWidget(page)
            self.page_made.emit(page)
        self.notice.clear()
        self.stack.setCurrentWidget(self.pages[code])
        self.rail.mark(self._entries[code].under or code)
        self.pages[code].setFocus()
        if argument is not None:
            self.pages[code].open(argument)
        self.page_shown.emit(code)

    def commands(self) -> list[Command]:
        """What the palette can find here: the pages."""
        return [
            Command(_("Go to: {page}").format(page=_(entry.title)), entry.icon, partial(self.go, code))
            for code, entry in self._entries.items()
            if entry.on_rail
        ]

    def retranslate(self) -> None:
        """What was said in the other language is taken back; it was about a moment that is over."""
        self.notice.clear()

    @Slot(str, str)
    def _on_said(self, tone: str, what: str) -> None:
        if tone == "problem":
            self.notice.say_problem(what)
        elif tone == "done":
            self.notice.say_done(what)
        else:
            self.notice.say("warning" if tone == "warning" else "info", what)

    @Slot(str)
    def _on_taken_back(self, what: str) -> None:
        if self.notice.text() == what:
            self.notice.clear()

    def event(self, event: QEvent) -> bool:
        """See whether the rail still has room when the window or what a page must show has become another."""
        if event.type() in _RESIZED:
            self._fits.start()
        return super().event(event)

    @Slot()
    def _on_resized(self) -> None:
        page = self.stack.currentWidget()
        if page is not None and self.isVisible():
            parts = (part for part in page.findChildren(ScrollPage) if part.isVisible())
            beside = self.stack.width() + (0 if self.rail.isHidden() else self.rail.width())
            self.rail.fit_beside(max((part.minimumWidth() for part in parts), default=0), beside)

    def show_above(self, strip: QWidget) -> None:
        """Put a strip between the bar and the pages."""
        self._above.addWidget(strip)

    def _listen(self) -> None:
        """Let the keys of the pages work whether the rail is there or folded away."""
        for key in self._keys:
            key.deleteLater()
        offered = [code for code, entry in self._entries.items() if entry.on_rail][:LAST_KEY]
        self._keys = [QShortcut(QKeySequence(f"Ctrl+{at}"), self) for at in range(1, len(offered) + 1)]
        for key, code in zip(self._keys, offered, strict=True):
            key.activated.connect(partial(self.go, code))

    def _arrange(self) -> None:
        self._above = Column(spacing=0)
        notices = Column(spacing=0, margins=(2, 0.5, 2, 0.3))
        notices.addWidget(self.notice)
        right = Column(spacing=0)
        right.addWidget(self.bar)
        right.addLayout(self._above)
        right.addLayout(notices)
        right.addWidget(self.help, 1)
        row = Row(self, spacing=0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
