"""The rail at the left: every page of who is signed in, an icon and a word each; folded it shows the icons."""

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QScrollArea, QWidget

from desktop.ui import theme
from desktop.ui.navigation import PageEntry
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
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

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "rail")
        self.folded = False
        self._entries: tuple[PageEntry, ...] = ()
        self._group = QButtonGroup(self)
        self.buttons: dict[str, Button] = {}
        self._acts: tuple[AnywhereAct, ...] = ()
        self.acts: dict[str, _ActButton] = {}
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
        column.addWidget(self.fold)
        self.retranslate()

    def show_entries(self, entries: Sequence[PageEntry], acts: Sequence[AnywhereAct] = ()) -> None:
        """Offer these pages, and under them these acts."""
        for button in self.buttons.values():
            self._group.removeButton(button)
        emptied(self._column)
        self._entries, self._acts = tuple(entries), tuple(acts)
        self.buttons = {entry.code: self._button(at, entry) for at, entry in enumerate(self._entries, 1)}
        self._column.addStretch(1)
        if acts:
            line = QFrame()
            line.setProperty("role", "line")
            self._column.addWidget(line)
        self.acts = {act.code: self._act_button(act) for act in self._acts}
        self.retranslate()

    def mark(self, code: str) -> None:
        """Mark the page that is shown."""
        if code in self.buttons:
            self.buttons[code].setChecked(True)
            self._area.ensureWidgetVisible(self.buttons[code])

    @Slot()
    def toggle(self) -> None:
        """Fold the rail to its icons, or unfold it."""
        self.folded = not self.folded
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words in the language of the seat; folded, the word is a name and a tip."""
        for entry in self._entries:
            self._name(self.buttons[entry.code], _(entry.title))
        for act in self._acts:
            button = self.acts[act.code]
            self._name(button, _(act.words))
            button.show_keys("" if self.folded else act.keys)
            button.setToolTip(f"{_(act.words)} {act.keys}" if self.folded else "")
        self._name(self.fold, _("Unfold the rail") if self.folded else _("Fold the rail"))
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _name(self, button: Button, word: str) -> None:
        button.set_text("" if self.folded else word)
        button.setAccessibleName(word)
        button.setToolTip(word if self.folded else "")

    def _fit(self) -> None:
        """Be as wide as the longest word, beside the bar that scrolls."""
        widest = max(
            (button.sizeHint().width() for button in [self.fold, *self.buttons.values(), *self.acts.values()]),
            default=0,
        )
        self._area.setMinimumHeight(theme.current().px(6))
        self.setFixedWidth(widest + self._area.verticalScrollBar().sizeHint().width() + _EDGE)

    def _button(self, at: int, entry: PageEntry) -> Button:
        button = Button("", "rail", icon=entry.icon)
        button.setCheckable(True)
        if at <= LAST_KEY:
            button.setShortcut(f"Ctrl+{at}")
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
