"""The tasks of a request: where each stands, who must act, by when and why by then, and what may be done now."""

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.ui.navigation import Seat
from desktop.ui.pages.request_acts import offer_rows
from desktop.ui.pages.request_dates import due_status, ledger_rows, left_words
from desktop.ui.pages.request_words import actor_words, state_words
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.key_value import KeyValue
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, emptied
from desktop.ui.widgets.status_mark import Status, StatusMark
from desktop.usecases.requests import TaskRow
from desktop.usecases.timeline import CaseView, department_name
from desktop.usecases.work import TaskView, see_task
from desktop.words import _, here, pick
from desktop.workflow.inputs import Key, Kind
from desktop.workflow.legal_states import LegalState
from desktop.workflow.plan import Actor, Task, Wanted
from desktop.workflow.rounds import ClockName


class TaskBox(QWidget):
    """One task; the ledger of its date and the acts it offers are unfolded on request."""

    def __init__(self, seat: Seat, case: CaseView, row: TaskRow, task: Task | None) -> None:
        super().__init__()
        self.row, self._seat, self._case, self._task = row, seat, case, task
        self.ledger, self.acts = KeyValue(), KeyValue()
        self.why, self.offers, self.go = Button("", "link"), Button("", "link"), Button("", icon="external-link")
        self._column = Column(self, spacing=0.5)
        self._say()
        for widget in (Flow(self.go, self.offers, self.why), self.ledger, self.acts):
            self._column.addWidget(widget)
        self.ledger.hide()
        self.acts.hide()
        self.why.clicked.connect(self._on_why)
        self.offers.clicked.connect(self._on_offers)
        self.go.clicked.connect(partial(self._on_go))

    def _say(self) -> None:
        row, task, words = self.row, self._task, here()
        item = self._case.catalogue.items.get(row.item)
        name = row.item if item is None else pick(item.name)
        self._column.addWidget(Heading(name, 3))
        self._column.addWidget(StatusMark(task_status(row, task), state_words(row.state)))
        rows = [(_("Department"), department_name(self._case.catalogue, row.department, words))]
        if row.waiting_on:
            rows.append((_("Must act"), actor_words(row.waiting_on)))
        elif task is not None and task.actor is not Actor.NOBODY:
            rows.append((_("Must act"), actor_words([task.actor.value])))
        if task is not None and task.due is not None:
            rows.append((_("Due"), left_words(task.due, self._case.today)))
        statutory = None if task is None else task.state.clock(ClockName.STATUTORY)
        if statutory is not None:
            rows.append((_("By law at the latest"), words.date(statutory.date, self._case.today)))
        self._column.addWidget(KeyValue(rows))
        for button, text in (
            (self.why, _("Why this date")),
            (self.offers, _("What may be done now")),
            (self.go, _("Go to this work")),
        ):
            button.set_text(text)
            button.setAccessibleName(_("{act}: {what}").format(act=text, what=name))
        self.why.setVisible(task is not None and task.due is not None)

    def _on_why(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        if self._task is not None and self._task.due is not None:
            self.ledger.set_rows(ledger_rows(self._task.due, self._case.today))
            self.ledger.setVisible(self.ledger.isHidden())

    def _on_offers(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        if not self.acts.isHidden():
            self.acts.hide()
            return
        self._seat.runner.read(self, see_task, self.row.id, done=self._show_offers)

    def _on_go(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self._seat.go("work", self.row.id)

    def _show_offers(self, view: TaskView) -> None:
        self.acts.set_rows(offer_rows(view.offers))
        self.acts.show()


class TasksCard(Card):
    """Every task the request needs."""

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._seat = seat
        self.boxes: list[TaskBox] = []
        self._rows = Column(spacing=2)
        holder = QWidget()
        holder.setLayout(self._rows)
        self.add(holder)

    def show_case(self, case: CaseView) -> None:
        """Show the tasks as they stand; what was unfolded is folded again."""
        self.set_title(_("Tasks"))
        emptied(self._rows)
        self.boxes = []
        plan = case.view.plan
        for row in case.view.tasks:
            task = None if plan is None else plan.task(Key(Kind.ITEM, row.item, row.subject))
            if task is not None and (task.round != row.round or task.wanted is Wanted.NOT_NEEDED):
                continue
            box = TaskBox(self._seat, case, row, task)
            self.boxes.append(box)
            self._rows.addWidget(box)
        if not self.boxes:
            self._rows.addWidget(Label(_("No department has to act."), "muted"))


def task_status(row: TaskRow, task: Task | None) -> Status:
    """Give the shape that stands for where a task is."""
    state = LegalState(row.state)
    if state in {LegalState.ISSUED, LegalState.SERVED}:
        return "done"
    if state in {LegalState.REFUSED, LegalState.NOT_ACCEPTED}:
        return "refused"
    if task is not None and task.due is not None and due_status(task.due) == "overdue":
        return "overdue"
    return "waiting" if row.readiness != "open" or row.waiting_on else "ready"
