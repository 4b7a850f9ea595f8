"""The tasks of a request, a row each that unfolds: who has it, by when and why by then, and what may be done here."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QWidget

from desktop.authoring.window_words import filing_words
from desktop.ui import icons
from desktop.ui.navigation import Seat
from desktop.ui.pages.begun_anew import anew_rows
from desktop.ui.pages.request_dates import due_status, late_words, ledger_rows, left_words
from desktop.ui.pages.request_plan import names_in
from desktop.ui.pages.request_words import actor_words, state_words
from desktop.ui.pages.work_act import ActsPanel
from desktop.ui.pages.work_form import Chosen
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.columns_row import ColumnsRow
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.key_value import KeyValue
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, emptied
from desktop.ui.widgets.link import WrappingLink
from desktop.ui.widgets.plan_why import WhyPanel
from desktop.ui.widgets.status_mark import Status, StatusMark
from desktop.usecases.requests.requests import TaskRow
from desktop.usecases.requests.timeline import CaseView, department_name
from desktop.usecases.work.act_needs import task_of
from desktop.usecases.work.next_steps import waits_for_counter
from desktop.usecases.work.worklist import WITHDRAWN, owed_of
from desktop.words import _, here, pick
from desktop.workflow.planning.inputs import Key, Kind
from desktop.workflow.planning.plan import Actor, Task, Wanted
from desktop.workflow.procedure.legal_states import LegalState
from desktop.workflow.procedure.rounds import ClockName
from desktop.workflow.time.deadlines import Due

LEAST_HANZI = 44
"""Below so many in a line the parts of a row stand under each other."""


class TaskBox(QWidget):
    """One task: its row says where it stands, who has it and by when; unfolded, what who is signed in may do."""

    given = Signal(object, object)  # the task's id, a Chosen

    def __init__(self, seat: Seat, row: TaskRow) -> None:
        super().__init__()
        self.row, self._seat = row, seat
        self._case: CaseView | None = None
        self._task: Task | None = None
        self.name, self.status, self.rows = WrappingLink(icon="chevron-right"), StatusMark(), KeyValue()
        self.department, self.due = Label("", "muted"), Label()
        self.acts = ActsPanel(seat.words, quiet=True)
        self.ledger, self.panel = KeyValue(), WhyPanel()
        self.go = Button("", icon="briefcase")
        self.why_date, self.why = Button("", "link"), Button("", "link")
        for link in (self.why, self.why_date):
            self.acts.add_link(link)
        self._more = QWidget()
        self._arrange()
        self.name.clicked.connect(partial(self._on_fold))
        self.acts.opened.connect(self.unfold)
        self.why_date.clicked.connect(partial(self._on_why_date))
        self.why.clicked.connect(partial(self._on_why))
        self.go.clicked.connect(partial(self._on_go))
        self.acts.given.connect(self._on_given)

    @property
    def folded(self) -> bool:
        """Whether only its row is shown."""
        return self._more.isHidden()

    def set_folded(self, *, folded: bool) -> None:
        """Show only the row, or what belongs to it as well."""
        self._more.setVisible(not folded)
        self.name.setIcon(icons.icon("chevron-right" if folded else "chevron-down", "accent"))
        self._say_name()

    @Slot()
    def unfold(self) -> None:
        """Show what belongs to the row, as the form of an act."""
        self.set_folded(folded=False)

    def show_task(self, case: CaseView, row: TaskRow, task: Task | None) -> None:
        """Show the task as it stands; an open form and an unfolded ledger stay."""
        self.row, self._case, self._task = row, case, task
        item = case.catalogue.items.get(row.item)
        name = row.item if item is None else pick(item.name)
        self.name.set_text(name)
        self._say_name()
        said = state_words(row.state, "" if item is None else item.procedure) if task is None else task_words(row, task)
        self.status.set_status(task_status(row, task), said)
        self.department.set_text(department_name(case.catalogue, row.department, here()))
        self.due.set_text("" if task is None or task.due is None else _due_words(task.due, case))
        self.rows.set_rows(self._facts(case, row, task))
        view = case.work.get(row.id)
        if view is not None:
            self.acts.show_task(view, case)
            self.panel.renew(view.plan, names_in(case))
        for button, text in (
            (self.why_date, _("Why this date")),
            (self.why, _("Why it is needed")),
            (self.go, _("Go to this work")),
        ):
            button.set_text(text)
            button.setAccessibleName(_("{act}: {what}").format(act=text, what=name))
        self.go.setVisible(case.view.row.status != WITHDRAWN)
        self.why_date.setVisible(task is not None and task.due is not None)
        self.why.setVisible(task is not None)
        if task is not None and task.due is not None:
            self.ledger.set_rows(ledger_rows(task.due, case.today))

    def _arrange(self) -> None:
        column, more = Column(self, spacing=0.8), Column(self._more, spacing=0.8, margins=(2.5, 0, 0, 1))
        cells = ((self.name, 10), (self.status, 7), (self.department, 4), (self.due, 9))
        column.addWidget(ColumnsRow(cells, least_hanzi=LEAST_HANZI))
        column.addWidget(self._more)
        for widget in (self.rows, Flow(self.go), self.acts, self.ledger, self.panel):
            more.addWidget(widget)
        self.ledger.hide()

    def _say_name(self) -> None:
        act = _("Unfold") if self.folded else _("Fold away")
        self.name.setAccessibleName(_("{act}: {what}").format(act=act, what=self.name.words()))

    def _on_fold(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self.set_folded(folded=not self.folded)

    @staticmethod
    def _facts(case: CaseView, row: TaskRow, task: Task | None) -> list[tuple[str, str]]:
        rows = []
        if row.waiting_on:
            rows.append((_("Acts next"), actor_words(row.waiting_on)))
        elif task is not None and task.actor is not Actor.NOBODY:
            rows.append((_("Acts next"), actor_words([task.actor.value])))
        if task is not None and task.filing is not None:
            rows.append((_("Time to hand it in"), filing_words(task.filing, here(), case.today)))
        statutory = None if task is None or not task.state.live else task.state.clock(ClockName.STATUTORY)
        if statutory is not None:
            rows.append((_("By law at the latest"), here().date(statutory.date, case.today)))
        rows += [] if task is None else [*anew_rows(task, case), *_remedies(task, case)]
        return rows

    def _on_why_date(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self.ledger.setVisible(self.ledger.isHidden())

    def _on_why(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        plan = None if self._case is None else self._case.view.plan
        if self._case is not None and self._task is not None and plan is not None:
            self.panel.ask(plan, self._task.key.leaf, names_in(self._case))

    def _on_go(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self._seat.go("work", self.row.id)

    def _on_given(self, chosen: Chosen) -> None:
        self.given.emit(self.row.id, chosen)


class TasksCard(Card):
    """Every task the request needs; a single one is unfolded, of several the row says where each stands.

    `first` is the one whose next step is of who is signed in: the page has its key. `turned` says that the form of an
    act was opened or put away.
    """

    given = Signal(object, object)  # the task's id, a Chosen
    turned = Signal()

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._seat = seat
        self.boxes: list[TaskBox] = []
        self.first: TaskBox | None = None
        self._rows, self.none = Column(spacing=1), Label("", "muted")
        holder = QWidget()
        holder.setLayout(self._rows)
        self.add(holder)
        self.add(self.none)

    def show_case(self, case: CaseView) -> None:
        """Show the tasks as they stand; what is open in one of them stays open."""
        self.set_title(_("Tasks"))
        shown = [(row, task) for row in case.view.tasks if _is_shown(case, task := _task_of(case, row), row)]
        if [row.id for row, _task in shown] != [box.row.id for box in self.boxes]:
            self._begin([row for row, _task in shown])
        for box, (row, task) in zip(self.boxes, shown, strict=True):
            box.show_task(case, row, task)
        first = next((box for box in self.boxes if box.acts.first is not None), None)
        for box in self.boxes:
            box.acts.set_keyed(keyed=box is first, listens=False)
        self.first = first
        self.none.set_text(_("No department has to act."))
        self.none.setVisible(not self.boxes)

    def box_of(self, task: UUID) -> TaskBox | None:
        """Give the box of a task."""
        return next((box for box in self.boxes if box.row.id == task), None)

    def _begin(self, rows: list[TaskRow]) -> None:
        unfolded = {box.row.id for box in self.boxes if not box.folded}
        emptied(self._rows)
        self.boxes = [TaskBox(self._seat, row) for row in rows]
        for box in self.boxes:
            box.set_folded(folded=len(rows) > 1 and box.row.id not in unfolded)
            box.given.connect(self.given)
            box.acts.opened.connect(self.turned)
            box.acts.closed.connect(self.turned)
            if box is not self.boxes[0]:
                self._rows.addWidget(_line())
            self._rows.addWidget(box)


def _due_words(due: Due, case: CaseView) -> str:
    """Say by when; by how much it is late is said with where it stands."""
    return here().date(due.date, case.today) if due.overdue else left_words(due, case.today)


def _remedies(task: Task, case: CaseView) -> list[tuple[str, str]]:
    """Give the last days to dispute a decision that was served."""
    named = (
        (ClockName.RECONSIDERATION, _("Last day for reconsideration")),
        (ClockName.LITIGATION, _("Last day for a suit")),
    )
    found = ((said, task.state.clock(name)) for name, said in named)
    return [(said, left_words(due, case.today)) for said, due in found if due is not None]


def _line() -> QFrame:
    """Draw a hairline between two tasks."""
    line = QFrame()
    line.setProperty("role", "line")
    return line


def _task_of(case: CaseView, row: TaskRow) -> Task | None:
    """Give the task of a row's own round; None for a round that is over."""
    return None if case.view.plan is None else task_of(case.view.plan, row)


def _is_shown(case: CaseView, task: Task | None, row: TaskRow) -> bool:
    """Tell whether a row is needed, or came to an end, as a refusal does; of rounds that are over none is shown.

    What the plan does not speak of any more stands there as it was written down.
    """
    if task is None:
        plan = case.view.plan
        return plan is None or plan.task(Key(Kind.ITEM, row.item, row.subject)) is None
    return task.wanted is not Wanted.NOT_NEEDED or LegalState(row.state) is not LegalState.NONE


def task_status(row: TaskRow, task: Task | None) -> Status:
    """Give the shape that stands for where a task is."""
    state = LegalState(row.state)
    if state in {LegalState.ISSUED, LegalState.SERVED} and not owed_of(row).check:
        return "done"
    if state in {LegalState.REFUSED, LegalState.NOT_ACCEPTED}:
        return "refused"
    if state in {LegalState.WITHDRAWN, LegalState.TERMINATED, LegalState.LAPSED}:
        return "not_needed"
    if task is not None and task.due is not None and due_status(task.due) == "overdue":
        return "overdue"
    behind = task is not None and state is LegalState.NONE and task.actor is Actor.DEPARTMENT
    return "waiting" if row.readiness != "open" or row.waiting_on or behind else "ready"


def task_words(row: TaskRow, task: Task) -> str:
    """Say where a task stands, what is still to come, and by how much it is late: colour and shape alone do not say."""
    if waits_for_counter(task):
        return _("To be passed on")
    owed = owed_of(row)
    said = state_words(task.state.state, task.item.procedure, check_owed=owed.check, service_owed=owed.service)
    if task.due is None or task_status(row, task) != "overdue":
        return said
    return _("{state}, {late}").format(state=said, late=late_words(task.due))
