"""Forms set aside: a strip above the page with the latest, and a list with all of them, also those long untouched."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.ui import theme
from desktop.ui.draft_keeper import DraftKeeper
from desktop.ui.navigation import Seat
from desktop.ui.quick import Quick
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row, emptied
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.running_text import RunningText
from desktop.usecases.requests.drafts import OLD_AFTER, DraftLine, SaveDraft
from desktop.words import _, here, ngettext

SHOWN = 3
ALL_KEYS = "Alt+T"
_STACKED_FROM = 1.5  # times the standard text size


class ParkedStrip(Retranslated, QWidget):
    """The forms set aside last, each a button with its key; nothing set aside takes no room.

    Large text leaves no room for it; the rail leads to the list of all.
    """

    resumed = Signal(object)  # id of a draft
    all_wanted = Signal()

    def __init__(self, keeper: DraftKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self.chips: list[Button] = []
        self._column = Column(self, spacing=0, margins=(2, 0.5, 2, 0))
        self.all = Button("", "quiet", icon="list")
        _show_key(self.all, ALL_KEYS)
        self.all.clicked.connect(self.all_wanted)
        self._flow: Flow | None = None
        keeper.changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Say what is set aside, in the language of the seat."""
        lines = () if self._is_large() else self._keeper.lines()
        self.setVisible(bool(lines))
        self.all.setParent(None)
        emptied(self._column)
        self.chips = []
        if not lines:
            return
        shown = latest(self._keeper)
        self.chips = [self._chip(at, line) for at, line in enumerate(shown, 1)]
        count = ngettext("{n} form set aside", "{n} forms set aside", len(lines)).format(n=len(lines))
        self.all.set_text(count)
        self._column.addWidget(Flow(self.all, *self.chips, spacing=0.5))
        self.all.show()

    def changeEvent(self, event: QEvent) -> None:
        """Show them only where the text leaves room for it."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._keeper.lines():
            self.retranslate()

    def _chip(self, at: int, line: DraftLine) -> Button:
        chip = Button(_("{title}, {since}").format(title=title_of(line), since=self._since(line)), icon="pause")
        _show_key(chip, f"Alt+{at}")
        chip.clicked.connect(partial(self._on_chip, line.draft))
        return chip

    def _since(self, line: DraftLine) -> str:
        view = self._keeper.view
        return "" if view is None else since_words(line, view.now.date())

    def _on_chip(self, draft: UUID, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  as Qt's signal gives it
        self.resumed.emit(draft)

    @staticmethod
    def _is_large() -> bool:
        look = theme.current()
        return look.text_pixels >= look.standard_pixels * _STACKED_FROM


class QuickParked(Quick):
    """All forms set aside: whose, about what, since when, where; taken up with Enter, thrown away with undo."""

    resumed = Signal(object)

    def __init__(self, seat: Seat, keeper: DraftKeeper, parent: QWidget | None = None) -> None:
        super().__init__(seat, parent)
        self._keeper = keeper
        self.notice = Notice()
        self.rows = Column(spacing=1)
        self.take_up: dict[UUID, Button] = {}
        self.throw_away: dict[UUID, Button] = {}
        self.body.add(self.notice)
        self.body.column.addLayout(self.rows)
        self.body.add_stretch()
        inner = self.body.widget()
        if inner is not None:
            inner.installEventFilter(self)
        keeper.changed.connect(self._show)
        keeper.discarded.connect(self._on_discarded)
        self.retranslate()

    def begin(self) -> None:
        """Show the list as it is now."""
        self.notice.clear()
        self._keeper.read_list()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the form set aside last; before it is seen nothing can have the keyboard."""
        super().showEvent(event)
        self._focus_first()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be as high as what is there now."""
        if watched is self.body.widget() and event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._fit()
        return super().eventFilter(watched, event)

    def wanted_height(self, wide: int) -> int:
        """As high as the forms that are there, as far as there is room."""
        margin = 2 * theme.current().px(2)
        head = max(self.heading.sizeHint().height(), self.leave.sizeHint().height()) + theme.current().px(1)
        return min(super().wanted_height(wide), margin + head + self.body.height_for(wide - margin))

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.say_title(_("Forms set aside"))
        self.notice.clear()
        self._show()

    def _show(self) -> None:
        at = self.focusWidget()
        inside = at in self.take_up.values() or at in self.throw_away.values()
        emptied(self.rows)
        self.take_up, self.throw_away = {}, {}
        self._fill()
        if inside:
            self._focus_first()

    def _fill(self) -> None:
        lines = self._keeper.lines()
        if not lines:
            text = _("Set a half-typed form aside with Ctrl+T, and somebody else can be served at once.")
            self.rows.addWidget(EmptyState("inbox", _("Nothing is set aside"), text))
            return
        self._add([line for line in lines if not line.old])
        old = [line for line in lines if line.old]
        if old:
            days = OLD_AFTER.days
            self.rows.addWidget(Heading(_("Untouched for more than {n} days").format(n=days), 3))
            self.rows.addWidget(RunningText(_("They are kept until you take them up or throw them away."), "muted"))
            self._add(old)

    def _add(self, lines: list[DraftLine]) -> None:
        for line in lines:
            row = self._row(line)
            self.rows.addWidget(row)
            row.show()  # not once control is back: only what is shown can be given the keyboard

    def _row(self, line: DraftLine) -> QWidget:
        made = QWidget()
        view = self._keeper.view
        since = "" if view is None else since_words(line, view.now.date())
        title = title_of(line)
        column = Column(made, spacing=0.3)
        column.addWidget(Heading(title, 3))
        column.addWidget(Label(_place_words(line, since), role="muted"))
        take, throw = Button(_("Take up"), icon="play"), Button(_("Throw away"), "quiet", icon="trash")
        take.setAccessibleName(_("Take up: {title}").format(title=title))
        throw.setAccessibleName(_("Throw away: {title}").format(title=title))
        throw.setAutoDefault(False)
        take.clicked.connect(partial(self._on_take, line.draft))
        throw.clicked.connect(partial(self._on_throw, line.draft))
        self.take_up[line.draft], self.throw_away[line.draft] = take, throw
        row = Row(spacing=0)
        row.addWidget(Flow(take, throw), 1)
        column.addLayout(row)
        return made

    def _on_take(self, draft: UUID, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  as Qt's signal gives it
        self.accept()
        self.resumed.emit(draft)

    def _on_throw(self, draft: UUID, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  as Qt's signal gives it
        self._keeper.discard(draft)

    def _on_discarded(self, gone: SaveDraft) -> None:
        if not self.isVisible():
            return
        title = " · ".join(part for part in (gone.who, gone.what) if part) or _("a form without a name")
        back: Callable[[], None] = partial(self._bring_back, gone)
        self.notice.say_done(_("Thrown away: {title}").format(title=title), (_("Take it back"), back))

    def _bring_back(self, gone: SaveDraft) -> None:
        self.notice.clear()
        self._keeper.bring_back(gone)

    def _focus_first(self) -> None:
        first = next(iter(self.take_up.values()), self.leave)
        first.setFocus(Qt.FocusReason.TabFocusReason)


def latest(keeper: DraftKeeper) -> tuple[DraftLine, ...]:
    """The forms set aside last, which have a key each."""
    return tuple(line for line in keeper.lines() if not line.old)[:SHOWN]


def _show_key(button: Button, keys: str) -> None:
    """Show the key on a button; the window listens for it."""
    button.set_shortcut(keys)
    button.setShortcut(QKeySequence())


def title_of(line: DraftLine) -> str:
    """Say whose form it is and what it is about."""
    return " · ".join(part for part in (line.who, line.what) if part) or _("a form without a name")


def since_words(line: DraftLine, today: object) -> str:
    """Say when it was last touched: the time of today, else the day and the time."""
    if line.since.date() == today:
        return here().time(line.since)
    return here().date_time(line.since)


def _place_words(line: DraftLine, since: str) -> str:
    touched = _("Last touched {since}").format(since=since)
    if not line.elsewhere:
        return touched
    where = _("open at counter {counter}").format(counter=line.counter) if line.counter else _("open at another seat")
    return here().listing([touched, where])
