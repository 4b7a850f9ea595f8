"""Overlays: what a clerk does from anywhere in a few keys, over any form, which lies untouched beneath."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QApplication, QDialog, QListView, QWidget

from desktop.ui import icons, theme
from desktop.ui.navigation import Seat
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.ui.widgets.search_box import SearchBox
from desktop.words import _

HANZI = 36
HIGH = 62  # units
SLOW_MS = 150  # an answer that comes sooner shows nothing in between, which would only flash


class Quick(Retranslated, QDialog):
    """An overlay over the desk: it opens at a key and closes at Escape; what was typed is there at the next opening."""

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.seat = seat
        self.setModal(True)
        self.heading = Heading("", 2)
        self.leave = Button("", "quiet", icon="x")
        self.leave.set_shortcut("Esc")
        self.leave.setShortcut(QKeySequence())  # shown only: a dialog closes at Escape by itself
        self.leave.setAutoDefault(False)
        self.leave.clicked.connect(self.reject)
        self.body = ScrollPage(margins=0)
        top = Row()
        top.addWidget(self.heading, 1)
        top.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignTop)
        column = Column(self, spacing=1, margins=2)
        column.addLayout(top)
        column.addWidget(self.body, 1)

    def begin(self) -> None:
        """Get ready for somebody at the counter; called each time the overlay is opened from the desk."""

    def say_title(self, title: str) -> None:
        """Say what the overlay is for, on it and to those who hear the screen."""
        self.heading.set_text(title)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.leave.set_text(_("Close"))

    def showEvent(self, event: QShowEvent) -> None:
        """Be as large as the work needs, as far as the screen allows."""
        self._fit()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the keyboard back to where it was, the overlay beneath or the desk; not every system does it itself."""
        super().hideEvent(event)
        beneath = QApplication.activeModalWidget() or self.parentWidget()
        if beneath is not None and not event.spontaneous():
            beneath.window().activateWindow()

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.isVisible():
            self._fit()

    def _fit(self) -> None:
        look, room = theme.current(), self.screen().availableSize()
        wide = min(look.line_width(HANZI) + 2 * look.px(2), int(room.width() * 0.94))
        self.resize(wide, min(self.wanted_height(wide), int(room.height() * 0.92)))

    def wanted_height(self, _wide: int) -> int:
        """How high the work needs the overlay, where it is so many pixels wide; what grows as one types has room."""
        return theme.current().px(HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw an edge, by which the overlay stands out from the page beneath, which has the same colour."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(theme.current().token("border"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


class QuickFind(Quick):
    """An overlay that begins with looking for something; the arrows move in the list while one types.

    Enter chooses the line that is marked, and waits for it when the records have not answered yet; an answer to older
    words is dropped.
    """

    chosen = Signal(int)

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(seat, parent)
        self.search: Field[SearchBox] = Field(SearchBox())
        self.list = QListView()
        self.nothing, self.looking = Label(role="muted"), Label(role="muted")
        self._slow = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._slow.timeout.connect(self._on_slow)
        self._rows = QStandardItemModel(self)
        self._asked = 0
        self._answered = 0
        self._enter = False
        self._fitting = QTimer(self)  # the lines are measured once they know their width
        self._fitting.setSingleShot(True)
        self._fitting.setInterval(0)
        self._fitting.timeout.connect(self._fit_list)
        self.list.setModel(self._rows)
        self._set_up_list()
        for widget in (self.search, self.looking, self.nothing, self.list):
            self.body.add(widget)
        self.search.editor.installEventFilter(self)
        self.search.editor.searched.connect(self._on_searched)
        self.list.clicked.connect(self._on_clicked)
        self.list.activated.connect(self._on_clicked)
        self.clear_rows()

    def begin(self) -> None:
        """Begin with an empty box."""
        self._enter = False
        self._asked += 1
        self._answered = self._asked
        self.search.editor.clear()
        self.search.editor.returnPressed.emit()  # the box forgets what it asked, so that the same words are asked again
        self.clear_rows()
        self.search.focus()

    def look(self, words: str, asked: int) -> None:
        """Ask the records; the answer is given to ``show_rows`` with the same number."""
        raise NotImplementedError

    def show_rows(self, asked: int, rows: list[str], icon: str) -> bool:
        """Show what was found, and say whether it is an answer to the words that stand in the box now."""
        if asked != self._asked:
            return False
        self._answered = asked
        self._answer_came()
        self._rows.clear()
        for words in rows:
            item = QStandardItem(icons.icon(icon, "text"), words)
            item.setEditable(False)
            self._rows.appendRow(item)
        self.list.setVisible(bool(rows))
        self._fitting.start()
        self.nothing.setVisible(not rows and bool(self.search.editor.text().strip()))
        self._mark(0)
        return True

    def choose_if_awaited(self) -> None:
        """Choose the first line when Enter came before the answer."""
        if self._enter:
            self._enter = False
            self._choose()

    def clear_rows(self) -> None:
        """Show nothing found."""
        self._answer_came()
        self._rows.clear()
        self.list.hide()
        self.nothing.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows, Enter and Escape reach the list and the overlay while the keyboard stays in the box."""
        if watched is self.search.editor and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._move(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._on_enter()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.reject()
                return True
        return super().eventFilter(watched, event)

    def _on_enter(self) -> None:
        self.search.editor.returnPressed.emit()  # words not asked for yet are asked for now
        self._enter = bool(self.search.editor.text().strip())
        if self._answered == self._asked:
            self.choose_if_awaited()

    @Slot(str)
    def _on_searched(self, words: str) -> None:
        self._asked += 1
        if words:
            self._slow.start()
            self.look(words, self._asked)
        else:
            self._answered = self._asked
            self.clear_rows()
            self.nothing_asked()

    @Slot()
    def _on_slow(self) -> None:
        """Say that it is being looked for, once that takes longer than a blink."""
        self.looking.set_text(_("Looking…"))
        self.looking.show()

    def _answer_came(self) -> None:
        self._slow.stop()
        self.looking.hide()

    def nothing_asked(self) -> None:
        """The box has been emptied."""

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self.list.setCurrentIndex(index)
        self._choose()

    def _choose(self) -> None:
        row = self.list.currentIndex().row()
        if 0 <= row < self._rows.rowCount():
            self.list.hide()  # what is asked now is shown in its place; the arrows bring it back
            self.chosen.emit(row)

    def _move(self, by: int) -> None:
        """Mark the line before or after; a list put away is shown again first."""
        if self._rows.rowCount() and not self.list.isVisible():
            self.list.show()
            self._fitting.start()
            return
        self._mark(self.list.currentIndex().row() + by)

    def _mark(self, row: int) -> None:
        last = self._rows.rowCount() - 1
        if last >= 0:
            self.list.setCurrentIndex(self._rows.index(max(0, min(row, last)), 0))

    @Slot()
    def _fit_list(self) -> None:
        """Be as high as the lines found; the overlay scrolls, not the list."""
        rows = sum(self.list.sizeHintForRow(row) for row in range(self._rows.rowCount()))
        self.list.setFixedHeight(rows + 2 * self.list.frameWidth() + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines wrap otherwise in another width."""
        super().resizeEvent(event)
        self._fitting.start()

    def _set_up_list(self) -> None:
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
