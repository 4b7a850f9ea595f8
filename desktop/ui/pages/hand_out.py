"""Results that wait to be handed out, the longest first: find the person, tick what is there, hand it over."""

from datetime import date, datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui import theme
from desktop.ui.navigation import Seat
from desktop.ui.pages.hand_out_form import HandOutForm, done_words
from desktop.ui.pages.log_people import called
from desktop.ui.pages.page import Page
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.rows_stack import RowsStack
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.ui.widgets.search_box import SearchBox
from desktop.ui.widgets.side_by_side import SideBySide
from desktop.ui.widgets.table import Table, Width
from desktop.usecases.refusals import refusal_words
from desktop.usecases.refused import Refused
from desktop.usecases.topics import Topic
from desktop.usecases.work.hand_out import (
    PAGE,
    HandedOver,
    HandOutView,
    Result,
    Waiting,
    WaitingQuery,
    list_waiting,
    see_hand_out,
)
from desktop.words import _, here, pick

_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class WaitingModel(QAbstractTableModel):
    """Results as rows; more are asked for when the last one comes into sight."""

    more_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Result] = []
        self._today: date | None = None
        self._more = False

    def show_rows(self, waiting: Waiting) -> None:
        """Show these rows and no others."""
        self.beginResetModel()
        self.rows, self._today = list(waiting.results), waiting.today
        self._more = len(waiting.results) == PAGE
        self.endResetModel()

    def add_rows(self, waiting: Waiting) -> None:
        """Show these rows below the others."""
        rows, self._more = waiting.results, len(waiting.results) == PAGE
        if rows:
            self.beginInsertRows(_NOWHERE, len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """How many results are shown."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Since, who, result, number."""
        return 0 if parent.isValid() else 4

    def canFetchMore(self, parent: _Index) -> bool:
        """Whether there are more results than are shown."""
        return self._more and not parent.isValid()

    def fetchMore(self, _parent: _Index) -> None:
        """Ask for the next ones, once."""
        self._more = False
        self.more_wanted.emit()

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        row = self.rows[index.row()]
        since = here().date(row.since.date(), self._today)
        return (since, called(row.applicant), pick(row.item), row.number)[index.column()]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The names of the columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return (_("Out since"), _("Applicant"), _("Result or decision"), _("Number"))[section]


class HandOutPage(Page):
    """The list at the left, the person's results and who takes them at the right."""

    topics = frozenset({Topic.REQUESTS, Topic.TASKS})

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._asked, self._words = 0, ""
        self._seen, self._brings = 0, False
        self._chosen: UUID | None = None
        self._shown: UUID | None = None
        self._last: HandedOver | None = None
        self.title, self.notice = Heading("", 1), Notice()
        self.search: Field[SearchBox] = Field(SearchBox(), hanzi=24)
        self.model = WaitingModel(self)
        self.table = Table(widths=[Width(8), Width(6, 1), Width(8, 2), Width(8)])
        self.empty, self.nobody = EmptyState("inbox"), EmptyState("hand-helping")
        self.form, self._card = HandOutForm(seat), Card()
        self._no_rows, self.body = ScrollPage(margins=0), ScrollPage(margins=2)
        self.stack = RowsStack(self.table, self._no_rows)
        self._arrange()
        self.table.setModel(self.model)
        self.search.editor.searched.connect(self._on_searched)
        self.search.editor.returnPressed.connect(self._on_enter)
        self.table.row_chosen.connect(self._on_row_chosen)
        self.table.row_opened.connect(self._on_row_opened)
        self.table.clicked.connect(self._on_clicked)
        self.model.more_wanted.connect(self._on_more_wanted)
        self.form.handed_over.connect(self._on_handed_over)
        self.retranslate()

    def open(self, argument: object) -> None:
        """Look for the words that are given, such as a number."""
        if isinstance(argument, str):
            self.search.editor.setText(argument)
            self.reload()

    def reload(self) -> None:
        """Read the list from its top; the form that is being filled in stays."""
        self._asked += 1
        query = self._query()
        done = partial(self._show, self._asked, query.words)
        self.seat.runner.read(self, list_waiting, query, done=done, refused=self._on_refused)

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.title.set_text(_("Hand out results"))
        self.search.set_label(_("Find a result"))
        self.search.set_help(_("Number, name, phone or card."))
        self.search.editor.set_name(_("Find a result"))
        self.table.set_name(_("Results waiting to be handed out"))
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 3)
        self.nobody.set_texts(_("Nobody is chosen"), _("Choose a line with the arrows; Enter goes on to who takes it."))
        self._say_empty()
        if self._last is not None:
            self.notice.say_done(done_words(self._last))

    def _query(self, after: tuple[datetime, UUID] | None = None) -> WaitingQuery:
        return WaitingQuery(self.search.editor.text().strip(), after)

    def _show(self, asked: int, words: str, waiting: Waiting) -> None:
        if asked != self._asked:
            return
        chosen, looked_for_another = self._chosen, words != self._words
        self._words = words
        self.model.show_rows(waiting)
        self._say_empty()
        self.stack.show_rows(has_rows=bool(waiting.results))
        at = next((at for at, row in enumerate(waiting.results) if row.task == chosen), None)
        if at is not None:
            self.table.selectRow(at)
        elif looked_for_another and chosen is not None:
            self._leave_person()
        self._say_nobody()

    def _leave_person(self) -> None:
        """Let go of who was chosen, so that nobody is handed what is another's."""
        self._seen += 1
        self._chosen = self._shown = None
        at = QApplication.focusWidget()
        if at is not None and self.form.isAncestorOf(at):
            self.search.focus()
        self.form.clear()
        self._show_person(chosen=False)

    def _say_empty(self) -> None:
        if self.search.editor.text().strip():
            self.empty.set_texts(_("Nothing is found"), _("No result waits under these words. Try fewer of them."))
        else:
            self.empty.set_texts(_("Nothing waits to be handed out"), _("What a department issues appears here."))

    @Slot(str)
    def _on_searched(self, _words: str) -> None:
        self.reload()

    @Slot()
    def _on_enter(self) -> None:
        """Go from the box to the first line."""
        if self.model.rows:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
            self.table.selectRow(max(0, self.table.selected_row() or 0))

    @Slot(int)
    def _on_row_chosen(self, row: int) -> None:
        if not 0 <= row < len(self.model.rows) or self.model.rows[row].task == self._chosen:
            return
        self._chosen = self.model.rows[row].task
        self._look(focus=False)

    @Slot(int)
    def _on_row_opened(self, row: int) -> None:
        if 0 <= row < len(self.model.rows):
            self._chosen, self._brings = self.model.rows[row].task, True
            self._look(focus=True)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        """Go to the person of a row that was pressed; the arrows choose only, and stay in the list."""
        self._brings = True
        if self.form.isVisible() and self.model.rows[index.row()].task == self._shown:
            self._bring_person()

    def _look(self, *, focus: bool) -> None:
        self._seen += 1
        done = partial(self._on_seen, self._seen, focus)
        self.seat.runner.read(self, see_hand_out, self._chosen, done=done, refused=self._on_refused)

    def _on_seen(self, seen: int, focus: bool, view: HandOutView) -> None:  # noqa: FBT001  bound by partial
        if seen != self._seen:
            return
        self._last = None
        self.notice.clear()
        self._show_person(chosen=True)
        self.form.show_view(view)
        self._shown = self._chosen
        if focus:
            self.form.focus_first()
        if self._brings:
            self._bring_person()

    def _bring_person(self) -> None:
        """Bring the person to the top of the window, where the form lies below the list."""
        self._brings = False
        if self.sides.is_stacked():
            self.body.show_at_top(self._card)

    @Slot()
    def _on_more_wanted(self) -> None:
        if self.model.rows:
            last = self.model.rows[-1]
            done = partial(self._on_more, self._asked)
            self.seat.runner.read(self, list_waiting, self._query((last.since, last.task)), done=done)

    def _on_more(self, asked: int, waiting: Waiting) -> None:
        if asked == self._asked:
            self.model.add_rows(waiting)

    def _on_handed_over(self, done: HandedOver) -> None:
        self._last, self._chosen = done, None
        self.notice.say_done(done_words(done))
        self._show_person(chosen=False)
        self.search.focus()

    def _on_refused(self, refusal: Refused) -> None:
        self._chosen = None
        self.form.clear()
        self._show_person(chosen=False)
        self.notice.say_problem(refusal_words(refusal))
        if refusal.code == "already_handed_over":
            self.reload()

    def _show_person(self, *, chosen: bool) -> None:
        self._card.setVisible(chosen)
        self._say_nobody()

    def _say_nobody(self) -> None:
        """Ask for a line to be chosen only where there is one."""
        self.nobody.setVisible(self._card.isHidden() and bool(self.model.rows))

    def _arrange(self) -> None:
        left, right = QWidget(), QWidget()
        column = Column(left, spacing=1.5)
        column.addWidget(self.search)
        self._no_rows.add(self.empty)
        column.addWidget(self.stack, 1)
        column.addStretch(0)
        beside = Column(right, spacing=1.5)
        self._card.add(self.form)
        self._card.hide()
        self.nobody.hide()
        for part in (self.notice, self.nobody, self._card):
            beside.addWidget(part)
        beside.addStretch(1)
        self.sides = SideBySide(left, right, shares=(3, 2), least_hanzi=56)
        self.sides.turned.connect(self._fit)
        self.body.add(self.title)
        self.body.column.addWidget(self.sides, 1)
        Column(self).addWidget(self.body)

    @Slot()
    def _fit(self) -> None:
        """Above the form the list ends with its rows."""
        look = theme.current()
        self.stack.set_room(max(look.px(16), self.height() - look.px(4)), tight=self.sides.is_stacked())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the list its height."""
        super().resizeEvent(event)
        self._fit()
