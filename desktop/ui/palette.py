"""The command palette: type a few letters of a request, somebody, a page or an act, press Enter, and it is done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from pypinyin import Style, lazy_pinyin
from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, SignalInstance, Slot
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QListView, QWidget

from desktop.ui import icons, theme
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.search_box import REST_MS
from desktop.ui.widgets.table import Cell
from desktop.words import _

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to find: its words, its icon, and what choosing it does."""

    words: str
    icon: str
    act: Callable[[], None]


def found(commands: Sequence[Command], typed: str) -> list[Command]:
    """The commands that contain every word typed, in hanzi, letters, or the initials of their pinyin."""
    wanted = typed.casefold().split()
    return [command for command in commands if all(word in _sought(command.words) for word in wanted)]


def _sought(text: str) -> str:
    initials = "".join(lazy_pinyin(text, style=Style.FIRST_LETTER))
    return f"{text} {initials} {''.join(lazy_pinyin(text))}".casefold()


class Records(Protocol):
    """Whoever looks words up among the records, and tells what was found as commands."""

    found: SignalInstance
    finished: SignalInstance

    def look(self, words: str) -> None:
        """Look for these words, and forget those before."""


class Palette(QDialog):
    """A box and a list; the arrows move in the list while one types, Enter chooses, Escape closes.

    What is found among the records comes a moment later and stands first; what was marked until then stays marked.
    """

    def __init__(
        self, commands: Sequence[Command], parent: QWidget | None = None, records: Records | None = None
    ) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Find a request, somebody, a page or an act"))
        self._commands = list(commands)
        self._records, self._recorded = records, list[Command]()
        self._looking = self._hurried = False
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._on_rested)
        self._shown: list[Command] = []
        self.box = QLineEdit()
        self.list = QListView()
        self._rows = QStandardItemModel(self)
        self.list.setModel(self._rows)
        self.nothing = Label(role="muted")
        self._label = Label(self.windowTitle(), "label")
        self._arrange(self._label)
        self.box.textChanged.connect(self._on_text_changed)
        self.list.clicked.connect(self._on_activated)
        self.box.installEventFilter(self)
        self.list.installEventFilter(self)
        if records is not None:
            records.found.connect(self._on_found)
            records.finished.connect(self._on_finished)
        self._on_text_changed("")
        self._fit()

    def words_shown(self) -> list[str]:
        """What is offered now, in its order."""
        return [command.words for command in self._shown]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows and Enter reach the list while the keyboard stays in the box."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self._mark(max(0, min(len(self._shown) - 1, self.list.currentIndex().row() + step)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._on_enter()
                return True
        return super().eventFilter(watched, event)

    @Slot(str)
    def _on_text_changed(self, typed: str) -> None:
        self._recorded, self._hurried = [], False
        if self._records is not None:
            self._records.look("")
            self._rest.start() if typed.strip() else self._rest.stop()
            self._looking = self._rest.isActive()
        self._show(None)

    @Slot()
    def _on_rested(self) -> None:
        if self._records is not None:
            self._rest.stop()
            self._looking = True
            self._records.look(self.box.text().strip())

    @Slot(object)
    def _on_found(self, recorded: list[Command]) -> None:
        at = self.list.currentIndex().row()
        marked = self._shown[at] if 0 <= at < len(self._shown) else None
        self._recorded = recorded
        self._show(marked)

    @Slot()
    def _on_finished(self) -> None:
        """Say that nothing was found; or do what was found for who pressed Enter before."""
        self._looking = self._rest.isActive()
        self.nothing.setVisible(not self._shown and not self._looking)
        if self._hurried and not self._looking:
            self._choose(0)

    def _on_enter(self) -> None:
        """Do what is marked; where nothing is found yet, do the first that will be."""
        if self._shown:
            self._choose(self.list.currentIndex().row())
        elif self._looking:
            self._hurried = True
            self._on_rested()

    def _show(self, marked: Command | None) -> None:
        """Show the records first, then pages and acts, and mark what was marked."""
        self._shown = self._recorded + found(self._commands, self.box.text())[:SHOWN]
        self._rows.clear()
        for command in self._shown:
            item = QStandardItem(icons.icon(command.icon, "text"), command.words)
            item.setEditable(False)
            self._rows.appendRow(item)
        self._mark(next((at for at, each in enumerate(self._shown) if each == marked), 0))
        self.list.setVisible(bool(self._shown))
        self.nothing.setVisible(not self._shown and not self._looking)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        self._choose(index.row())

    def _mark(self, row: int) -> None:
        self.list.setCurrentIndex(self._rows.index(row, 0))

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._shown):
            command = self._shown[row]
            self.accept()
            command.act()

    def _arrange(self, label: QLabel) -> None:
        label.setBuddy(self.box)
        self.box.setAccessibleName(label.text())
        self.list.setAccessibleName(_("Found"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setWordWrap(True)
        self.list.setItemDelegate(Cell(self.list))
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.nothing.set_text(_("Nothing found. Try other words."))
        column = Column(self, spacing=0.6, margins=2)
        for widget in (label, self.box, self.nothing):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        column.addStretch(0)

    def _fit(self) -> None:
        room = self.screen().availableSize()
        look = theme.current()
        self.resize(min(look.line_width(40), int(room.width() * 0.9)), min(look.px(50), int(room.height() * 0.85)))
