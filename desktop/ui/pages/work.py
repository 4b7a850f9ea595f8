"""The work of a department: on the left what is really ready, on the right the case and what may be done with it."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui import theme
from desktop.ui.navigation import Seat
from desktop.ui.pages.page import Page
from desktop.ui.pages.work_case import WorkCase
from desktop.ui.pages.work_form import Chosen
from desktop.ui.pages.work_model import COLUMNS, WorkModel
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.rows_stack import RowsStack
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.ui.widgets.side_by_side import SideBySide
from desktop.ui.widgets.table import Table
from desktop.usecases.permissions import Permission
from desktop.usecases.refusals import refusal_words
from desktop.usecases.refused import Refused
from desktop.usecases.requests.timeline import CaseView, see_case
from desktop.usecases.topics import Topic
from desktop.usecases.work.work import (
    DoAct,
    TaskView,
    WorkList,
    WorkQuery,
    do_act,
    see_task,
    see_work,
    take_task,
)
from desktop.words import _

READY, ALL = "ready", "all"


class WorkPage(Page):
    """The list, the next piece of work, and the case in hand; an act shows its effect at once."""

    topics = frozenset({Topic.REQUESTS, Topic.TASKS, Topic.PAPERS, Topic.FACTS})

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.task: UUID | None = None
        self.view: TaskView | None = None
        self.case: CaseView | None = None
        self._asked, self._brings = 0, False
        self.title, self.notice = Heading("", 1), Notice()
        self._had_keys = False
        self.take = Button("", icon="play", shortcut="Ctrl+N")
        self.which = Field(Choice(), hanzi=16)
        self.model = WorkModel(self)
        self.table = Table(widths=COLUMNS)
        self.empty, self.nothing = EmptyState("inbox", at_top=True), EmptyState("clipboard-list", at_top=True)
        self.work = WorkCase(seat)
        self._has_rows: bool | None = None
        self.stack, self.body = RowsStack(self.table, self.empty), ScrollPage(margins=2)
        self._arrange()
        self.table.setModel(self.model)
        self.table.row_chosen.connect(self._on_row)
        self.table.row_opened.connect(self._on_row_opened)
        self.table.clicked.connect(self._on_clicked)
        self.which.editor.chosen.connect(self._on_which)
        self.take.clicked.connect(partial(self._on_take))
        self.work.acts.given.connect(self._on_given)
        self.retranslate()
        self.which.editor.set_value(READY)

    def open(self, argument: object) -> None:
        """Show the task of this id."""
        if isinstance(argument, UUID):
            self.task, self._brings = argument, True
            self._read_task()

    def reload(self) -> None:
        """Read the list again, and the case in hand."""
        ready = self.which.editor.value() != ALL
        self.seat.runner.read(self, see_work, WorkQuery(ready_only=ready), done=self._show_rows, refused=self._say_no)
        self._read_task()

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.notice.clear()  # what it said was said in the language of then
        self.title.set_text(_("Work"))
        self.take.set_text(_("Take next"))
        self.take.setVisible(self.seat.may(Permission.TAKE_TASK))
        self.which.set_label(_("Shown"))
        chosen = self.which.editor.value()
        self.which.editor.set_options([(READY, _("Ready now")), (ALL, _("All work"))])
        self.which.editor.set_value(chosen)
        self.table.set_name(_("Work"))
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        self.empty.set_texts(_("Nothing is ready now"), _("What waits for others is under “All work”."))
        may_take = self.seat.may(Permission.TAKE_TASK)
        how = _("Take the next one, or choose a row of the list.") if may_take else _("Choose a row of the list.")
        self.nothing.set_texts(_("No case in hand"), how)
        if self.view is not None and self.case is not None:
            self.work.show_task(self.view, self.case)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the list have the height of the window, where it stands beside the case."""
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        """Above the case the list ends with its rows."""
        look = theme.current()
        room = min(max(look.px(24), self.height() - look.px(26)), look.px(56))
        self.stack.set_room(max(look.px(16), self.height() - look.px(4)), least=room, tight=self.sides.is_stacked())

    def _read_task(self) -> None:
        if self.task is None:
            return
        self._asked += 1
        done = partial(self._on_task, self._asked)
        self.seat.runner.read(self, see_task, self.task, done=done, refused=self._say_no)

    def _on_task(self, asked: int, view: TaskView) -> None:
        if asked == self._asked:
            done = partial(self._show_task, asked, view)
            self.seat.runner.read(self, see_case, view.row.request_id, done=done, refused=self._say_no)

    def _show_task(self, asked: int, view: TaskView, case: CaseView) -> None:
        if asked != self._asked:
            return
        self.view, self.case = view, case
        self.work.show_task(view, case)
        self.work.show()
        self._say_nothing()
        if self._brings:
            self._bring_case()

    def _bring_case(self) -> None:
        """Bring the case to the top of the window, where it lies below the list."""
        self._brings = False
        if self.sides.is_stacked():
            self.body.show_at_top(self._right)

    def _say_nothing(self) -> None:
        """Say once that there is nothing: where the list is empty it says so, and nothing is to be chosen from it."""
        self.nothing.setVisible(self.view is None and bool(self._has_rows))

    def _show_rows(self, work: WorkList) -> None:
        rows = work.rows
        self._has_rows = bool(rows)
        self._say_nothing()
        self.model.show_rows(work)
        self.stack.show_rows(has_rows=bool(rows))
        self.take.setEnabled(bool(rows))
        at = next((at for at, row in enumerate(rows) if row.id == self.task), None)
        if at is not None:
            self.table.selectRow(at)

    def _choose(self, task: UUID) -> None:
        if task != self.task:
            self.task = task
            self.notice.clear()
            self.work.acts.close_form()
            self._read_task()

    @Slot(int)
    def _on_row(self, row: int) -> None:
        if 0 <= row < len(self.model.rows):
            self._choose(self.model.rows[row].id)

    @Slot(int)
    def _on_row_opened(self, row: int) -> None:
        """Choose a row and go to its case; the arrows choose only, and stay in the list."""
        self._brings = True
        self._on_row(row)
        if self.view is not None and self.view.row.id == self.task:
            self._bring_case()

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self._on_row_opened(index.row())

    @Slot(str)
    def _on_which(self, _which: str) -> None:
        self.reload()

    def _on_take(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        """Take the nearest due that is mine already or nobody's, but not the one just in hand."""
        mine = None if self.seat.session is None else self.seat.session.account_id
        free = [row for row in self.model.rows if row.assignee_id in (None, mine)]
        ahead = next((row for row in free if row.id != self.task), free[0] if free else None)
        if ahead is None:
            self.notice.say("info", _("Colleagues have taken everything that is ready."))
            return
        done = partial(self._on_taken, ahead.id)
        self.seat.runner.write(self, take_task, ahead.id, done=done, refused=self._say_no)

    def _on_taken(self, task: UUID, _nothing: object) -> None:
        self._brings = True
        self._choose(task)
        self.notice.say_done(_("It is in your hands now."))

    @Slot(object)
    def _on_given(self, chosen: Chosen) -> None:
        if self.task is None:
            return
        focused = QApplication.focusWidget()
        self._had_keys = focused is not None and self._right.isAncestorOf(focused)
        self.work.acts.set_busy(busy=True)
        command = DoAct(self.task, chosen.act, chosen.reason, values=chosen.values, papers=chosen.papers)
        done = partial(self._on_done, self.work.acts.told_of(chosen.act))
        self.seat.runner.write(self, do_act, command, done=done, refused=self._on_refused)

    def _on_done(self, what: str, _plan: object) -> None:
        self.work.acts.finish_form()
        self.notice.say_done(what)
        if self._had_keys:
            self.notice.take_keys()

    def _on_refused(self, refusal: Refused) -> None:
        self.work.acts.set_busy(busy=False)
        self._say_no(refusal)

    def _say_no(self, refusal: Refused) -> None:
        self.notice.say_problem(refusal_words(refusal))

    def _arrange(self) -> None:
        left, right = QWidget(), QWidget()
        column = Column(left, spacing=1.5)
        for widget in (self.which, Flow(self.take)):
            column.addWidget(widget)
        column.addWidget(self.stack, 1)
        column.addStretch(0)
        beside = Column(right, spacing=1.5)
        for part in (self.notice, self.nothing, self.work):
            beside.addWidget(part)
        beside.addStretch(1)
        self.work.hide()
        self.nothing.hide()
        self.body.add(self.title)
        self._right = right
        self.sides = SideBySide(left, right, shares=(1, 2), least_hanzi=64)
        self.sides.turned.connect(self._fit)
        self.body.add(self.sides)
        self.body.add_stretch()
        Column(self).addWidget(self.body)
