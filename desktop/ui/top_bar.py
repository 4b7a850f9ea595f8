"""The bar at the top: which hall, which counter, who sits there and as what; size, colours, language, lock."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from desktop import words
from desktop.ui import theme
from desktop.ui.look_buttons import LookButtons
from desktop.ui.pages.admin_words import roles_words
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Row
from desktop.usecases.context import Session
from desktop.words import _


def hall_name(names: tuple[str, str]) -> str:
    """The hall's name in the language of the seat; a hall without an English name keeps its own."""
    zh, en = names
    return (en or zh) if words.language() == "en" else zh


class Bar(Retranslated, QFrame):
    """Two texts at the left, the buttons of the look at the right, in one row."""

    def __init__(self, look: LookButtons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._hall = ("", "")
        self.where = Label(role="strong")
        self.who = Label(role="muted")
        self.look = look
        self._names = Row(spacing=1.5)
        self._names.addWidget(self.where)
        self._names.addWidget(self.who)
        self._names.addStretch(1)
        row = Row(self, spacing=1, margins=(2, 0.3, 1, 0.3))
        row.addLayout(self._names, 1)
        row.addWidget(self.look)
        theme.current().changed.connect(self._on_look_changed)

    def show_hall(self, hall: tuple[str, str]) -> None:
        """Say which hall this is, by its name in both languages."""
        self._hall = hall
        self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See whether everything still stands in one row."""
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _on_look_changed(self) -> None:
        self._fit()

    def _fit(self) -> None:
        """Keep to one row: where all have no room beside each other, the person stands under the hall, and size,
        colours and language under one button.
        """
        names = sum(self.fontMetrics().horizontalAdvance(label.text()) for label in (self.where, self.who))
        room = self.width() - theme.current().px(7)
        narrow = names + self.look.full_width() > room
        self.look.gather(narrow)
        self.look.setMinimumWidth(self.look.gathered_width() if narrow else 0)
        self._names.setSpacing(0 if narrow else theme.current().px(1.5))
        self._names.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)


class DoorBar(Bar):
    """The bar where nobody is signed in: the program, and the hall when there is one."""

    def __init__(self, look: LookButtons, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.where.set_text(_("Yijian"))
        self.who.set_text(hall_name(self._hall))
        self._fit()


class TopBar(Bar):
    """Where and who; and what everybody may change at any time."""

    lock_requested = Signal()
    palette_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.search = Button("", "quiet", icon="search")
        self.lock = Button("", "quiet", icon="lock")
        super().__init__(LookButtons(more=(self.search, self.lock)), parent)
        self._session: Session | None = None
        self.search.clicked.connect(self.palette_requested)
        self.lock.clicked.connect(self.lock_requested)
        self.retranslate()

    def show_who(self, hall: tuple[str, str], session: Session) -> None:
        """Say which hall and counter this is, who sits there, and as what."""
        self._hall, self._session = hall, session
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.where.set_text(hall_name(self._hall))
        self.who.set_text("" if self._session is None else who_words(self._session))
        self.search.set_text(_("Find"))
        self.lock.set_text(_("Lock"))
        self._fit()


def who_words(session: Session) -> str:
    """Say at which counter somebody sits, who it is, and as what."""
    at = _("Counter {counter}").format(counter=session.counter) if session.counter else ""
    return " · ".join(text for text in (at, session.name, roles_words(session.roles)) if text)
