"""The list of requests: found as one types, narrowed by filters, read on as one scrolls; Enter opens one."""

from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.ui import theme
from desktop.ui.navigation import Seat
from desktop.ui.pages.page import Page
from desktop.ui.pages.requests_filters import Filters, Marks
from desktop.ui.pages.requests_model import COLUMNS, RequestModel, header_words, rows_said
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.list_export import ListExport
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.ui.widgets.search_box import SearchBox
from desktop.ui.widgets.table import ROW_UNITS, Table
from desktop.usecases.requests.exports import Listing
from desktop.usecases.requests.request_list import ListOptions, ListQuery, ListView, Place, see_list, see_options
from desktop.usecases.topics import Topic
from desktop.words import _, ngettext

__all__ = ["RequestModel", "RequestsPage"]

PAGE_ROWS = 50
MOST_ROWS = 200
"""A page further down is longer, up to so many rows, so that a long way is not made in small steps."""
RENEWED_ROWS = 1_000
"""A list up to this long is read again whole when something has changed; of a longer one, what is in sight."""
AHEAD = 30
LEAST_ROWS = 6
LARGE = 1.5
"""Times the standard size from which on the page saves room."""
REST_MS = 150


class RequestsPage(Page):
    """Search, status, filters, and the rows; what is chosen and in sight stays so when the list is read again."""

    topics = frozenset({Topic.REQUESTS, Topic.TASKS, Topic.PAPERS})

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._asked = 0
        self._shown: ListQuery | None = None
        self._behind = False
        self._title, self.search = Heading("", 1), Field(SearchBox(), hanzi=24)
        self.filter, self.marks, self.filters = Button("", icon="filter"), Marks(), Filters()
        self.status, self.count = self.filters.status, Label(role="muted")
        self.export = ListExport(seat, self._listing, apart=True)
        self.model = RequestModel(self)
        self.table = Table(widths=COLUMNS)
        self.empty = EmptyState("inbox")
        self._no_rows = ScrollPage(margins=0)
        self._no_rows.add(self.empty)
        self.stack = QStackedWidget()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._arrange()
        self.table.setModel(self.model)
        self._listen()
        self.retranslate()

    def open(self, argument: object) -> None:
        """Look for the words that are given, or for what a question asks."""
        query = ListQuery(argument) if isinstance(argument, str) else argument
        if not isinstance(query, ListQuery):
            return
        self.search.editor.reset(query.words)
        self.filters.take(query)
        if query.department is not None or query.demand is not None:
            self._read_options()  # for their names
        self._show_result(leave_filters=True)
        self._ask()

    def reload(self) -> None:
        """Read again what is shown, in place; an answer to an older question is not shown."""
        if self.stack.currentWidget() is self.filters:
            self._read_options()
        if self._shown != self._query():
            self._ask()
        elif len(self.model.rows) > RENEWED_ROWS:
            self._behind = True
            self._renew_sight()
        else:
            self._asked += 1
            query = replace(self._query(), limit=max(PAGE_ROWS, len(self.model.rows)))
            self.seat.runner.read(self, see_list, query, done=partial(self._renew, self._asked))

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self._title.set_text(_("Requests"))
        self.search.set_label(_("Find a request"))
        self._fit()
        self.filter.set_text(_("Filters"))
        self.table.set_name(_("Requests"))
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 5)
        self._say_marks()
        self._say_count()

    def changeEvent(self, event: QEvent) -> None:
        """Leave the room to the rows where the text is large."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure the filters again."""
        super().resizeEvent(event)
        self._fit_place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Measure the filters again when their words or choices are others."""
        if watched is self.filters.widget() and event.type() == QEvent.Type.LayoutRequest:
            self._fit_place()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """Say what may be looked for, in large text to those only who hear the page; keep room for some rows."""
        look, said = theme.current(), _("Number, name, phone, matter, or the person's own words.")
        large = look.text_pixels >= look.standard_pixels * LARGE
        self.search.set_help("" if large else said)
        self.search.editor.setAccessibleDescription(said)
        self.search.setMinimumWidth(look.line_width(12 if large else 22))
        self._fit_place()

    @Slot()
    def _fit_place(self) -> None:
        """Keep room for some rows; give filters all the height they need, so that the page alone scrolls."""
        least, shown = theme.current().px(ROW_UNITS * LEAST_ROWS), self.stack.currentWidget()
        if shown is self.filters:
            least = max(least, self.filters.height_for(self.stack.width()))
        self.stack.setMinimumHeight(least)

    # -- questions and answers ----------------------------------------------------------------------------------

    def _query(self) -> ListQuery:
        """What is asked for now."""
        return replace(self.filters.query(), words=self.search.editor.text().strip())

    def _listing(self) -> Listing:
        """What is exported: everything that is found now, in the words of the screen."""
        return Listing(_("Requests"), header_words(), see_list, self._query(), _place_after, rows_said)

    def _ask(self) -> None:
        """Read the list from its top."""
        self._asked += 1
        query = replace(self._query(), limit=PAGE_ROWS)
        self._say_marks()
        self.seat.runner.read(self, see_list, query, done=partial(self._show, self._asked))

    def _show(self, asked: int, view: ListView) -> None:
        if asked != self._asked:
            return
        chosen = self._chosen()
        self._shown, self._behind = self._query(), False
        self.model.show_rows(view)
        self._choose(chosen)
        self._after_answer()

    def _renew(self, asked: int, view: ListView) -> None:
        if asked != self._asked:
            return
        with self.table.steady():
            self.model.renew(view)
        self._after_answer()

    def _show_more(self, asked: int, view: ListView) -> None:
        if asked == self._asked:
            self.model.add_rows(view)
            self._after_answer()

    def _after_answer(self) -> None:
        """Say how many there are; what words find may come in steps, which are gone through until a page is full."""
        short = self._wanted() > len(self.model.rows)
        if short and self.model.canFetchMore(QModelIndex()):
            self.model.fetchMore(QModelIndex())
        self._say_count()
        self._show_result()

    def _wanted(self) -> int:
        """How many rows there should be, if there are as many: a page, and some more than are in sight."""
        return max(PAGE_ROWS, self.table.rows_in_sight().stop) if self.model.rows else PAGE_ROWS

    @Slot()
    def _on_more_wanted(self) -> None:
        limit = min(MOST_ROWS, max(PAGE_ROWS, len(self.model.rows)))
        query = replace(self._query(), before=self.model.after, limit=limit)
        self.seat.runner.read(self, see_list, query, done=partial(self._show_more, self._asked))

    def _renew_sight(self) -> None:
        """Read the rows in sight again."""
        sight = self.table.rows_in_sight()
        some = [row.id for row in self.model.rows[max(0, sight.start - AHEAD) : sight.stop + AHEAD]]
        done = partial(self._show_some, self._asked, frozenset(some))
        self.seat.runner.read(self, see_list, replace(self._query(), among=tuple(some)), done=done)

    def _show_some(self, asked: int, some: frozenset[UUID], view: ListView) -> None:
        if asked == self._asked:
            with self.table.steady():
                self.model.renew_some(some, view)

    def _read_options(self) -> None:
        self.seat.runner.read(self, see_options, None, done=self._show_options)

    def _show_options(self, options: ListOptions) -> None:
        self.filters.offer(options)
        self._say_marks()

    # -- what is chosen and said --------------------------------------------------------------------------------

    def _chosen(self) -> UUID | None:
        row = self.table.selected_row()
        return None if row is None or row >= len(self.model.rows) else self.model.rows[row].id

    def _choose(self, request: UUID | None) -> None:
        at = next((at for at, row in enumerate(self.model.rows) if row.id == request), None)
        if at is not None:
            self.table.selectRow(at)

    def _show_result(self, *, leave_filters: bool = False) -> None:
        """Bring the rows to the front, or why there are none; filters stay until they are left."""
        if self.stack.currentWidget() is self.filters and not leave_filters:
            return
        found = bool(self.model.rows) or self._is_looking()
        self.stack.setCurrentWidget(self.table if found else self._no_rows)

    def _is_looking(self) -> bool:
        return self.model.after is not None

    def _say_marks(self) -> None:
        self.marks.show_marks(self.filters.marks(), self._take_off)

    def _say_count(self) -> None:
        number, narrowed = len(self.model.rows), self._query() != ListQuery()
        if number == 0 and self._is_looking():
            said = _("Looking further back …")
        elif number == 0:
            said = ""
        elif self._is_looking():
            said = ngettext("{n} request shown; more below", "{n} requests shown; more below", number).format(n=number)
        else:
            said = ngettext("{n} request in all", "{n} requests in all", number).format(n=number)
        self.count.set_text(said)
        if narrowed:
            self.empty.set_texts(_("Nothing is found"), _("Try fewer words, another status, or fewer filters."))
        else:
            self.empty.set_texts(_("No request yet"), _("What is logged at a counter appears here."))

    # -- what people do -----------------------------------------------------------------------------------------

    @Slot()
    @Slot(str)
    def _on_asked(self, _what: str = "") -> None:
        self._ask()

    @Slot()
    def _on_filter(self) -> None:
        """Show the filters in place of the list, or the list again."""
        if self.stack.currentWidget() is self.filters:
            self._on_left()
        else:
            self.filters.furnish()
            self._read_options()
            self.stack.setCurrentWidget(self.filters)
            self.filters.status.focus()

    @Slot()
    def _on_left(self) -> None:
        self._show_result(leave_filters=True)
        self.table.setFocus()

    def _take_off(self, left: ListQuery) -> None:
        self.filters.take(left)
        self._ask()

    @Slot(int)
    def _on_opened(self, row: int) -> None:
        self.seat.go("request", self.model.rows[row].id)

    @Slot()
    def _on_scrolled(self) -> None:
        """Read on before the end is reached, and renew what has come into sight of a long list that has changed."""
        if self.table.rows_in_sight().stop > len(self.model.rows) - AHEAD and self.model.canFetchMore(QModelIndex()):
            self.model.fetchMore(QModelIndex())
        if self._behind:
            self._rest.start()

    @Slot()
    def _on_rested(self) -> None:
        self._renew_sight()

    def _listen(self) -> None:
        self.search.editor.searched.connect(self._on_asked)
        self.filter.clicked.connect(self._on_filter)
        self.filters.changed.connect(self._on_asked)
        self.filters.left.connect(self._on_left)
        self.table.row_opened.connect(self._on_opened)
        self.table.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.stack.currentChanged.connect(self._fit_place)
        inner = self.filters.widget()
        if inner is not None:
            inner.installEventFilter(self)
        self.model.more_wanted.connect(self._on_more_wanted)
        self._rest.timeout.connect(self._on_rested)

    def _arrange(self) -> None:
        page, body = ScrollPage(margins=2), QWidget()
        column = Column(body, spacing=1)
        page.add(body)
        Column(self).addWidget(page)
        head = Row(spacing=1.5)
        head.addWidget(self._title)
        head.addWidget(self.count, 1, Qt.AlignmentFlag.AlignBottom)
        head.addWidget(self.export.button, 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(head)
        row = Row(spacing=1)
        row.addWidget(self.search)
        row.addWidget(self.filter, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.export)
        column.addWidget(self.marks)
        for widget in (self.table, self._no_rows, self.filters):
            self.stack.addWidget(widget)
        column.addWidget(self.stack, 1)


def _place_after(view: ListView) -> Place | None:
    return view.after
