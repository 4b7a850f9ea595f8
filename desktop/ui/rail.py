"""The rail at the left: every page of who is signed in, an icon and a word each; folded it gives way to a menu.

Large text folds it by itself, because the page needs the room more; who unfolds it there keeps it unfolded, but for
pages that would be cut beside it. Icons never stand alone: what is folded away is behind one button with a word, and
has its words there.
"""

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QMenu, QScrollArea, QWidget

from desktop.ui import icons, theme
from desktop.ui.navigation import PageEntry
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button, plain
from desktop.ui.widgets.layouts import Column, emptied
from desktop.words import _

LAST_KEY = 9
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_EDGE = 1  # pixels of the line at the right


class AnywhereAct(Protocol):
    """What can be done from any page."""

    @property
    def code(self) -> str:
        """What it is called in the program."""

    @property
    def words(self) -> str:
        """What it is called on the button, to be translated."""

    @property
    def icon(self) -> str:
        """The icon beside the words."""

    @property
    def keys(self) -> str:
        """The key that does it from anywhere."""


class _ActButton(Button):
    """A button of the rail with its key at the right edge."""

    def __init__(self, icon: str) -> None:
        super().__init__("", "rail", icon=icon)
        self.keys = ""

    def show_keys(self, keys: str) -> None:
        """Show a key; the window listens for it, because a button is a moment late and the next key would be lost."""
        self.keys = keys
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for the icon, the word and the key."""
        room = self.fontMetrics().horizontalAdvance(self.keys) + theme.current().px(1.5) if self.keys else 0
        hint = super().sizeHint()
        return QSize(hint.width() + room, hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the key beside the word."""
        super().paintEvent(event)
        if not self.keys:
            return
        painter = QPainter(self)
        painter.setPen(theme.current().token("muted"))
        edge = theme.current().px(0.8)
        painter.drawText(self.rect().adjusted(0, 0, -edge, 0), _RIGHT, self.keys)
        painter.end()


class Rail(Retranslated, QFrame):
    """The pages to choose from; the one that is shown is marked. Under them what can be done from any page."""

    page_chosen = Signal(str)
    act_chosen = Signal(str)
    folded_away = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "rail")
        self._wished: dict[bool, bool] = {}
        self._has_room = True
        self._entries: tuple[PageEntry, ...] = ()
        self._group = QButtonGroup(self)
        self.buttons: dict[str, Button] = {}
        self._acts: tuple[AnywhereAct, ...] = ()
        self.acts: dict[str, _ActButton] = {}
        self.more = Button("", "rail", icon="more")
        self.more.clicked.connect(self._on_more_clicked)
        self.fold = Button("", "rail", icon="chevrons-left")
        self.fold.setShortcut("Ctrl+B")
        self.fold.clicked.connect(self.toggle)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list = QWidget()
        self._column = Column(self._list, spacing=0.2)
        self._area.setWidget(self._list)
        self._list.setAutoFillBackground(False)  # setWidget turns it on; the rail's own colour is to show
        self._area.viewport().setAutoFillBackground(False)
        column = Column(self, spacing=0.5, margins=(0, 1, 0, 1))
        column.addWidget(self._area, 1)
        column.addWidget(self.more)
        column.addWidget(self.fold)
        theme.current().changed.connect(self._on_look_changed)
        self.retranslate()

    def show_entries(self, entries: Sequence[PageEntry], acts: Sequence[AnywhereAct] = ()) -> None:
        """Offer these pages, and under them these acts."""
        for button in self.buttons.values():
            self._group.removeButton(button)
        emptied(self._column)
        self._entries, self._acts = tuple(entries), tuple(acts)
        self.buttons = {entry.code: self._button(entry) for entry in self._entries}
        self._column.addStretch(1)
        if acts:
            self._line = QFrame()
            self._line.setProperty("role", "line")
            self._column.addWidget(self._line)
        self.acts = {act.code: self._act_button(act) for act in self._acts}
        self.retranslate()

    def mark(self, code: str) -> None:
        """Mark the page that is shown."""
        if code in self.buttons:
            self.buttons[code].setChecked(True)
            self._area.ensureWidgetVisible(self.buttons[code])

    @property
    def folded(self) -> bool:
        """Whether the menu stands for it: without room, else as wished at such a size, else where the text is large."""
        return self._is_wished_away() or not self._has_room

    @Slot()
    def toggle(self) -> None:
        """Fold the rail away, or unfold it where there is room for it."""
        if not self._has_room:
            return
        self._wished[theme.current().is_large] = not self._is_wished_away()
        self._fold()

    def fit_beside(self, page: int, whole: int) -> None:
        """Give way to a page that needs so many pixels that it would be cut beside the rail, and come back after it."""
        has_room = page + self._wide() <= whole
        if has_room != self._has_room:
            self._has_room = has_room
            self._fold()

    def open_menu(self, at: QPoint) -> None:
        """Offer all that the rail has, with words, where it is folded away."""
        menu = QMenu(self.parentWidget())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(_("Menu"))
        for number, entry in enumerate(self._entries, 1):
            keys = f"\tCtrl+{number}" if number <= LAST_KEY else ""
            action = menu.addAction(icons.icon(entry.icon), plain(_(entry.title)) + keys)
            action.setCheckable(self.buttons[entry.code].isChecked())
            action.setChecked(self.buttons[entry.code].isChecked())
            action.triggered.connect(partial(self._on_clicked, entry.code))
        menu.addSeparator()
        for act in self._acts:
            action = menu.addAction(icons.icon(act.icon), f"{plain(_(act.words))}\t{act.keys}")
            action.triggered.connect(partial(self._on_act_clicked, act.code))
        if self._has_room:
            menu.addSeparator()
            menu.addAction(icons.icon("panel-left"), _("Unfold the rail")).triggered.connect(self.toggle)
        menu.popup(at)

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        for entry in self._entries:
            self.buttons[entry.code].set_text(_(entry.title))
        for act in self._acts:
            self.acts[act.code].set_text(_(act.words))
            self.acts[act.code].show_keys(act.keys)
        self.more.set_text(_("Quick acts"))
        self.fold.set_text(_("Fold the rail"))
        self._gather_acts()
        self._fold()

    @Slot()
    def _on_look_changed(self) -> None:
        """Follow the size of the text."""
        self.retranslate()

    def _gather_acts(self) -> None:
        """In large text the acts would scroll out of sight: there one button that stays opens them all, with words."""
        gathered = theme.current().is_large
        for act in self.acts.values():
            act.setVisible(not gathered)
        if self._acts:
            self._line.setVisible(not gathered)
        self.more.setVisible(gathered and bool(self._acts))

    @Slot()
    def _on_more_clicked(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(_("Quick acts"))
        for act in self._acts:
            action = menu.addAction(f"{_(act.words)}\t{act.keys}")
            action.setData(act.code)
        menu.triggered.connect(self._on_menu_chosen)
        menu.popup(self.more.mapToGlobal(QPoint(self.more.width(), 0)))

    @Slot(QAction)
    def _on_menu_chosen(self, action: QAction) -> None:
        self.act_chosen.emit(action.data())

    def _fold(self) -> None:
        """Stand aside where it is folded, and tell so, for the menu to take its place."""
        if self.folded or self.parentWidget() is not None:  # without a parent it would be shown as a window of its own
            self.setVisible(not self.folded)
        self.folded_away.emit(self.folded)
        if not self.folded:
            self._fit()

    def _is_wished_away(self) -> bool:
        large = theme.current().is_large
        return self._wished.get(large, large)

    def _fit(self) -> None:
        """Be as wide as the longest word, beside the bar that scrolls."""
        widest = self._widest()
        self._area.setMinimumSize(widest, theme.current().px(6))  # Qt would ask for two bars of arrows
        self.setFixedWidth(self._wide())

    def _wide(self) -> int:
        return self._widest() + self._area.verticalScrollBar().sizeHint().width() + _EDGE

    def _widest(self) -> int:
        buttons = [self.fold, self.more, *self.buttons.values(), *self.acts.values()]
        shown = [button for button in buttons if not button.isHidden()]
        for button in shown:
            button.ensurePolished()  # one that was hidden has the style of before
        return max(button.sizeHint().width() for button in shown)

    def _button(self, entry: PageEntry) -> Button:
        button = Button("", "rail", icon=entry.icon)
        button.setCheckable(True)
        button.clicked.connect(partial(self._on_clicked, entry.code))
        self._group.addButton(button)
        self._column.addWidget(button)
        return button

    def _act_button(self, act: AnywhereAct) -> _ActButton:
        button = _ActButton(act.icon)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a press takes the keyboard from no form
        button.clicked.connect(partial(self._on_act_clicked, act.code))
        self._column.addWidget(button)
        return button

    def _on_act_clicked(self, code: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self.act_chosen.emit(code)

    def _on_clicked(self, code: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self.page_chosen.emit(code)
