"""Unmet needs, in the persons' own words: those without an answer, the oldest first, and those that have one."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.ui import theme
from desktop.ui.navigation import Seat
from desktop.ui.pages.needs_card import NeedCard
from desktop.ui.pages.page import Page
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.paged_rows import NOWHERE, Index, PagedRows
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.ui.widgets.side_by_side import SideBySide
from desktop.ui.widgets.status_mark import Status
from desktop.ui.widgets.table import ROW_UNITS, STATUS_ROLE, Table, Width
from desktop.usecases.needs.unmet_needs import PAGE, Place, UnmetLine, UnmetQuery, UnmetView, see_unmet_needs
from desktop.usecases.topics import Topic
from desktop.words import _, here, pgettext

WAITING, ANSWERED = "waiting", "answered"
POINTS = 60
"""How much of a need's words stands in its line."""
LEAST_ROWS = 6


class NeedsModel(PagedRows):
    """Needs as rows; more are asked for when the last one comes into sight."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[UnmetLine] = []
        self.view: UnmetView | None = None
        self.after: Place | None = None

    def show_rows(self, view: UnmetView) -> None:
        """Show these rows and no others."""
        self.beginResetModel()
        self.rows, self.view, self.after, self._asked_for_more = list(view.lines), view, view.after, False
        self.endResetModel()

    def add_rows(self, view: UnmetView) -> None:
        """Show these rows below the others."""
        self.view, self.after, self._asked_for_more = view, view.after, False
        if view.lines:
            self.beginInsertRows(NOWHERE, len(self.rows), len(self.rows) + len(view.lines) - 1)
            self.rows += view.lines
            self.endInsertRows()

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Words, what it waits for, owner."""
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell, and the status before its word."""
        row = self.rows[index.row()]
        if role == STATUS_ROLE and index.column() == 1:
            return self._status(row)
        if role != Qt.ItemDataRole.DisplayRole or self.view is None:
            return None
        return (_one_line(row.words), self._state(row, self.view), row.owner or pgettext("owner", "Nobody yet"))[
            index.column()
        ]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The names of the columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return (_("In the person's own words"), _("State"), _("Who sees to it"))[section]

    def _status(self, row: UnmetLine) -> Status:
        if row.answered_at is not None:
            return "waiting" if row.told_at is None else "done"
        return "overdue" if self.view is not None and row.due < self.view.today else "waiting"

    @staticmethod
    def _state(row: UnmetLine, view: UnmetView) -> str:
        if row.answered_at is None:
            return _("Answer by {day}").format(day=here().date(row.due, view.today))
        if row.told_at is None:
            return _("Passed on, not told yet") if row.request is not None else _("Answered, not told yet")
        return _("Told on {day}").format(day=here().date(row.told_at.date(), view.today))


class NeedsPage(Page):
    """The needs at the left, the chosen one at the right."""

    topics = frozenset({Topic.REQUESTS, Topic.ACCOUNTS})

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._asked = 0
        self._chosen: UUID | None = None
        self.title, self.notice = Heading("", 1), Notice()
        self.which: Field[Choice] = Field(Choice())
        self.model, self.table = NeedsModel(self), Table(widths=[Width(16, 3), Width(13), Width(6, 1, 1)])
        self.empty, self.nothing = EmptyState("inbox"), EmptyState("ear")
        self.card, self.stack, self._no_rows = NeedCard(seat), QStackedWidget(), ScrollPage(margins=0)
        self._arrange()
        self.table.setModel(self.model)
        self.which.editor.chosen.connect(self._on_which)
        self.table.row_chosen.connect(self._on_row_chosen)
        self.table.row_opened.connect(self._on_row_opened)
        self.model.more_wanted.connect(self._on_more_wanted)
        self.card.settled.connect(self._on_settled)
        self.retranslate()
        self.which.editor.set_value(WAITING)

    def reload(self) -> None:
        """Read the list again, as far down as it was shown; what is being typed stays."""
        self._asked += 1
        query = UnmetQuery(self._answered(), limit=max(PAGE, len(self.model.rows)))
        self.seat.runner.read(self, see_unmet_needs, query, done=partial(self._show, self._asked))

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.title.set_text(_("Unmet needs"))
        self.which.set_label(_("Which needs"))
        kept = self.which.editor.value()
        self.which.editor.set_options([(WAITING, _("Without an answer")), (ANSWERED, _("Answered"))])
        self.which.editor.set_value(kept)
        self.table.set_name(_("Unmet needs"))
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 2)
        self.nothing.set_texts(_("No need is chosen"), _("Choose a line with the arrows; Enter goes on to its answer."))
        self._say_empty()
        self.notice.clear()

    def _answered(self) -> bool:
        return self.which.editor.value() == ANSWERED

    def _say_empty(self) -> None:
        if self._answered():
            self.empty.set_texts(_("No need has been answered yet"), _("What is answered here is kept with its day."))
        else:
            self.empty.set_texts(
                _("Every need has its answer"), _("What fits no service is kept at the counter and appears here.")
            )

    def _show(self, asked: int, view: UnmetView) -> None:
        if asked != self._asked:
            return
        with self.table.steady():
            self.model.show_rows(view)
        self.stack.setCurrentWidget(self.table if view.lines else self._no_rows)
        at = next((at for at, line in enumerate(view.lines) if line.need == self._chosen), None)
        if at is None:
            self._choose(None)
        else:
            self.table.selectRow(at)
            self._choose(view.lines[at])

    def _choose(self, line: UnmetLine | None) -> None:
        self._chosen = None if line is None else line.need
        self.card.setVisible(line is not None)
        self.nothing.setVisible(line is None and bool(self.model.rows))
        if line is None:
            self.card.forget()
        elif self.model.view is not None:
            self.card.show_need(line, self.model.view)

    @Slot(str)
    def _on_which(self, _which: str) -> None:
        self.notice.clear()
        self._say_empty()
        self._choose(None)
        self.reload()

    @Slot(int)
    def _on_row_chosen(self, row: int) -> None:
        if 0 <= row < len(self.model.rows) and self.model.rows[row].need != self._chosen:
            self.notice.clear()
            self._choose(self.model.rows[row])

    @Slot(int)
    def _on_row_opened(self, row: int) -> None:
        self._on_row_chosen(row)
        self.card.focus_first()

    @Slot(str)
    def _on_settled(self, words: str) -> None:
        """The need goes to the answered ones; the keyboard goes back to the list."""
        self._choose(None)
        self.notice.say_done(words)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_more_wanted(self) -> None:
        query = UnmetQuery(self._answered(), after=self.model.after)
        self.seat.runner.read(self, see_unmet_needs, query, done=partial(self._on_more, self._asked))

    def _on_more(self, asked: int, view: UnmetView) -> None:
        if asked == self._asked:
            self.model.add_rows(view)

    def _arrange(self) -> None:
        left, right = QWidget(), QWidget()
        column = Column(left, spacing=1.5)
        column.addWidget(self.which)
        self.stack.addWidget(self.table)
        self._no_rows.add(self.empty)
        self.stack.addWidget(self._no_rows)
        self.stack.setMinimumHeight(theme.current().px(ROW_UNITS * LEAST_ROWS))
        column.addWidget(self.stack, 1)
        beside = Column(right, spacing=1.5)
        self.card.hide()
        for part in (self.notice, self.nothing, self.card):
            beside.addWidget(part)
        beside.addStretch(1)
        body = ScrollPage(margins=2)
        body.add(self.title)
        body.column.addWidget(SideBySide(left, right, shares=(3, 2), least_hanzi=56), 1)
        Column(self).addWidget(body)


def _one_line(words: str) -> str:
    said = " ".join(words.split())
    return said if len(said) <= POINTS else said[:POINTS] + "…"
