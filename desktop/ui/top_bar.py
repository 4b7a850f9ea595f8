"""The bar at the top: which hall, which counter, who sits there and as what; size, colours, language, lock."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QWidget

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

_LEAST_HANZI = 5
_ENOUGH_HANZI = 8  # of the hall's name, before more buttons are gathered
_TIGHT = 0.05
_EDGE = 2  # pixels by which a drawn line may be wider than its words


class ShortLabel(Label):
    """A text in one line, shortened where it has no room; whole it is its tip and its accessible name."""

    def __init__(self, role: str = "") -> None:
        super().__init__(role=role, wraps=False)
        self.whole = ""

    def set_text(self, text: str) -> None:
        """Say another text."""
        self.whole = text
        super().set_text(text)
        self.setAccessibleName(text)

    def whole_width(self) -> int:
        """The width of the whole text."""
        self.ensurePolished()
        return self.fontMetrics().horizontalAdvance(self.whole) + _EDGE if self.whole else 0

    def minimumSizeHint(self) -> QSize:
        """It gives way before anything else does."""
        return QSize(0, super().minimumSizeHint().height())

    def show_in(self, width: int) -> None:
        """Show as much of it as there is room for, and nothing where that would say nothing."""
        fits = width >= self.whole_width()
        shown = self.whole if fits else self.fontMetrics().elidedText(self.whole, Qt.TextElideMode.ElideRight, width)
        QLabel.setText(self, shown)
        self.setToolTip("" if fits else self.whole)
        self.setVisible(bool(shown.strip("…")))


def hall_name(names: tuple[str, str]) -> str:
    """The hall's name in the language of the seat; a hall without an English name keeps its own."""
    zh, en = names
    return (en or zh) if words.language() == "en" else zh


class Bar(Retranslated, QFrame):
    """Two texts at the left, the buttons of the look at the right, always in one row."""

    def __init__(self, look: LookButtons, parent: QWidget | None = None, *, before: Sequence[QWidget] = ()) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._hall = ("", "")
        self.where = ShortLabel(role="strong")
        self.who = ShortLabel(role="muted")
        self.look = look
        self._before = tuple(before)
        row = self._row = Row(self, spacing=1, margins=(2, 0.3, 1, 0.3))
        for widget in (*before, self.where, self.who):
            row.addWidget(widget)
        row.addStretch(1)
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
        """Keep to one row: where all have no room beside each other, size, colours and language go under one button.

        Where that is not enough, the person is named only at the lock and in the tip, and the hall's name is shortened.
        """
        gap = theme.current().px(1)
        self._row.set_margins((0.6, _TIGHT, 1, _TIGHT) if theme.current().is_large else (2, 0.3, 1, 0.3))
        before = sum(each.sizeHint().width() + gap for each in self._before if not each.isHidden())
        room = self.width() - theme.current().px(4) - 2 * gap - before
        where, who = self.where.whole_width(), self.who.whole_width()
        narrow = where + gap + who + self.look.full_width() > room
        least = min(where, theme.current().line_width(_ENOUGH_HANZI))
        most = narrow and room - self.look.gathered_width() < least
        self.look.gather(narrow, most=most)
        width = self.look.gathered_width(most=most) if narrow else self.look.full_width()
        left = max(0, room - width)
        both = who > 0 and left >= where + gap + theme.current().line_width(_LEAST_HANZI)
        self.where.show_in(left if not both else where)
        self.who.show_in(left - where - gap if both else 0)
        tip = self.where.whole + (f" · {self.who.whole}" if self.who.whole and not both else "")
        self.where.setToolTip(tip)
        self.where.setAccessibleName(tip)


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
    """Where and who; and what everybody may change at any time. The menu stands for a rail that is folded away."""

    lock_requested = Signal()
    menu_requested = Signal(QPoint)
    palette_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.search = Button("", "quiet", icon="search")
        self.lock = Button("", "quiet", icon="lock")
        self.menu = Button("", "quiet", icon="menu", shortcut="Ctrl+B")
        self.menu.show_key("")
        self.menu.hide()
        super().__init__(LookButtons(more=(self.search, self.lock)), parent, before=(self.menu,))
        self._session: Session | None = None
        self.search.clicked.connect(self.palette_requested)
        self.lock.clicked.connect(self.lock_requested)
        self.menu.clicked.connect(self._on_menu)
        self.retranslate()

    @Slot(bool)
    def offer_menu(self, offered: bool) -> None:  # noqa: FBT001  as the signal gives it
        """Stand for the rail, or not."""
        self.menu.setVisible(offered)
        self._fit()

    @Slot()
    def _on_menu(self) -> None:
        self.menu_requested.emit(self.menu.mapToGlobal(QPoint(0, self.menu.height())))

    def show_who(self, hall: tuple[str, str], session: Session) -> None:
        """Say which hall and counter this is, who sits there, and as what."""
        self._hall, self._session = hall, session
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.where.set_text(hall_name(self._hall))
        self.who.set_text("" if self._session is None else who_words(self._session))
        self.menu.set_text(_("Menu"))
        self.search.set_text(_("Find"))
        self.lock.set_text(_("Lock"))
        self._fit()


def who_words(session: Session) -> str:
    """Say at which counter somebody sits, who it is, and as what."""
    at = _("Counter {counter}").format(counter=session.counter) if session.counter else ""
    return " · ".join(text for text in (at, session.name, roles_words(session.roles)) if text)
