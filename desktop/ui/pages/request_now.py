"""What is to be done on a request now, first of all by who looks, and on whom else it waits."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.ui.pages.request_dates import left_words
from desktop.ui.pages.request_tasks import task_status, task_words
from desktop.ui.pages.work_act import NEXT_KEY
from desktop.ui.pages.work_leaves import leaf_name
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.layouts import Column, emptied
from desktop.ui.widgets.status_mark import Status, StatusMark
from desktop.usecases.requests.timeline import CaseView, department_name
from desktop.usecases.work.act_words import act_words
from desktop.usecases.work.next_steps import next_step, to_choose
from desktop.usecases.work.work import TaskView
from desktop.usecases.work.worklist import OPEN
from desktop.words import _, here, ngettext, pick
from desktop.workflow.planning.plan import Actor, PaperLine, Plan, Wanted
from desktop.workflow.procedure.legal_states import ActKind

MOST_NAMED = 3
"""So many papers or departments are named; more are counted."""
Part = Literal["papers", "facts", "ways"]


@dataclass(frozen=True)
class _Line:
    """One thing that is to be done: how it stands, what it is, and the part of the page where it is done."""

    status: Status
    said: str
    act: str = ""
    part: Part | None = None


class NowCard(Card):
    """The next step of who looks with its button and key, and under it on whom the rest waits.

    `pressed` says that the next step of the task `first` is to be done; `gone` to which part of the page to go.
    """

    pressed = Signal()
    gone = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.first: UUID | None = None
        self.mine, self.go = StatusMark(), Button("", "primary")
        self.links: dict[Part, Button] = {}
        self._rows, self._others = Column(spacing=1), QWidget()
        self._others.setLayout(self._rows)
        self._going = Flow(self.go)
        for widget in (self.mine, self._going, self._others):
            self.add(widget)
        self.go.clicked.connect(partial(self._on_go))
        self.go.show_key(NEXT_KEY)
        self._key = QShortcut(QKeySequence(NEXT_KEY), self)
        self._key.setAutoRepeat(False)
        self._key.activated.connect(self.pressed)
        self.hide()

    def show_case(self, case: CaseView, *, may_take_in: bool, may_answer: bool, may_choose: bool) -> None:
        """Say what is to be done now; of a request that is over nothing."""
        self.set_title(_("To do now"))
        mine = list(_mine(case))
        first = next(iter(mine), None)
        self.first = None if first is None else first.row.id
        self._say_first(case, first)
        emptied(self._rows)
        self.links = {}
        may: dict[Part, bool] = {"papers": may_take_in, "facts": may_answer, "ways": may_choose}
        lines = [*(_of(view, case) for view in mine[1:]), *_others(case, {view.row.id for view in mine})]
        for line in lines:
            self._add(line, may=line.part is not None and may[line.part])
        self._others.setVisible(bool(lines))
        self.setVisible(bool(mine or lines))

    def show_form(self, *, is_open: bool) -> None:
        """Leave the button to the form of its act, while that is open."""
        self._going.setVisible(self.first is not None and not is_open)

    def set_busy(self, *, busy: bool) -> None:
        """Take no second press while the first is being done."""
        self.go.setEnabled(not busy)

    def _say_first(self, case: CaseView, view: TaskView | None) -> None:
        act = None if view is None else next_step(view)
        for widget in (self.mine, self._going):
            widget.setVisible(act is not None)
        self._key.setEnabled(act is not None)
        if view is None or act is None:
            return
        line = _of(view, case)
        self.mine.set_status("overdue" if line.status == "overdue" else "ready", line.said)
        self.go.set_text(step_words(view, act))
        self.go.setAccessibleName(_("{act}: {what}").format(act=step_words(view, act), what=pick(view.task.item.name)))

    def _add(self, line: _Line, *, may: bool) -> None:
        self._rows.addWidget(StatusMark(line.status, line.said))
        if not may or line.part is None:
            return
        link = Button(line.act, "link")
        link.clicked.connect(partial(self._on_link, line.part))
        self.links[line.part] = link
        self._rows.addWidget(Flow(link))

    def _on_go(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self.pressed.emit()

    def _on_link(self, part: Part, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self.gone.emit(part)


def step_words(view: TaskView, act: ActKind) -> str:
    """Name the next step of a task as its procedure does."""
    return act_words(act, view.task.item.procedure, service_owed=view.task.state.service_owed)


def _mine(case: CaseView) -> Iterator[TaskView]:
    """Give the tasks on which who looks has an ordinary next step, in the order of the page."""
    if case.view.row.status != OPEN:
        return
    views = (case.work.get(row.id) for row in case.view.tasks)
    yield from (view for view in views if view is not None and next_step(view) is not None)


def _of(view: TaskView, case: CaseView) -> _Line:
    """Say a task: what it is, where it stands, and by when."""
    task, item = view.task, pick(view.task.item.name)
    state = task_words(view.row, task)
    if task.due is None or task.due.overdue:
        said = _("{item}: {state}").format(item=item, state=state)
    else:
        due = left_words(task.due, case.today)
        said = _("{item}: {state}, due {day}").format(item=item, state=state, day=due)
    return _Line(task_status(view.row, task), said)


def _others(case: CaseView, mine: set[UUID]) -> Iterator[_Line]:
    """Say on whom else it waits: the applicant first, whose part can be taken in here, then the departments."""
    plan = case.view.plan
    if plan is None or case.view.row.status != OPEN:
        return
    yield from _applicant(case, plan)
    yield from _departments(case, mine)


def _applicant(case: CaseView, plan: Plan) -> Iterator[_Line]:
    if to_choose(plan):
        yield _Line("waiting", _("Waits for the applicant: how to go on"), _("Go to the choice"), "ways")
    groups = plan.papers_of(PaperLine.NEEDED, PaperLine.DEFECTIVE)
    if groups:
        names = [_(" or ").join(leaf_name(paper.key.leaf, case) for paper in ways) for ways in groups]
        yield _Line(
            "waiting",
            _("Waits for the applicant: {papers}").format(papers=_some(names)),
            _("Go to the papers"),
            "papers",
        )
    asked = sum(question.actor is Actor.APPLICANT for question in plan.questions)
    if asked:
        said = ngettext(
            "Waits for the applicant: {n} question without an answer",
            "Waits for the applicant: {n} questions without an answer",
            asked,
        )
        yield _Line("waiting", said.format(n=asked), _("Go to the questions"), "facts")


def _departments(case: CaseView, mine: set[UUID]) -> Iterator[_Line]:
    """Say which departments have what; several beyond those that are named stand in one line."""
    held: dict[str, list[TaskView]] = {}
    for row in case.view.tasks:
        view = case.work.get(row.id)
        if view is None or row.id in mine or view.task.wanted is Wanted.NOT_NEEDED:
            continue
        if view.task.actor is Actor.DEPARTMENT and view.task.state.live:
            held.setdefault(row.department, []).append(view)
    named = {code: department_name(case.catalogue, code, here()) for code in held}
    if len(held) > MOST_NAMED:
        yield _Line("waiting", _("Waits for {who}").format(who=here().listing(named.values())))
        return
    for code, views in held.items():
        items = here().listing(pick(view.task.item.name) for view in views)
        late = any(task_status(view.row, view.task) == "overdue" for view in views)
        said = _("Waits for {who}: {items}").format(who=named[code], items=items)
        yield _Line("overdue" if late else "waiting", said)


def _some(names: list[str]) -> str:
    """Name the first of several, and count the rest."""
    rest = len(names) - MOST_NAMED
    if rest <= 0:
        return here().listing(names)
    first = here().listing(names[:MOST_NAMED])
    return ngettext("{papers} and {n} more paper", "{papers} and {n} more papers", rest).format(papers=first, n=rest)
