"""A task with its case: whose it is, the decision and the rule it follows, and the evidence beside them."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.ui.navigation import Seat
from desktop.ui.pages.begun_anew import anew_rows, followed_rows
from desktop.ui.pages.log_people import called
from desktop.ui.pages.request_dates import left_words, limit_words
from desktop.ui.pages.request_people import people_rows
from desktop.ui.pages.request_tasks import task_status, task_words
from desktop.ui.pages.waited_for import work_on
from desktop.ui.pages.work_act import ActsPanel
from desktop.ui.pages.work_evidence import Evidence
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.key_value import KeyValue
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.running_text import RunningText
from desktop.ui.widgets.side_by_side import SideBySide
from desktop.ui.widgets.status_mark import StatusMark
from desktop.usecases.requests.timeline import CaseView, department_name
from desktop.usecases.work.work import TaskView
from desktop.usecases.work.worklist import next_view
from desktop.words import _, gettext_noop, here, pick
from desktop.workflow.catalogue.citations import cited
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.procedure.rounds import ClockName

CLOCKS = {
    ClockName.ACCEPTANCE: gettext_noop("Say whether accepted by"),
    ClockName.RESUPPLY: gettext_noop("Papers to be brought by"),
    ClockName.PROMISE: gettext_noop("Promised paper by"),
    ClockName.STATUTORY: gettext_noop("By law at the latest"),
    ClockName.PROMISED: gettext_noop("Promised by"),
    ClockName.DELIVERY: gettext_noop("To be handed over by"),
    ClockName.AFTERWARDS: gettext_noop("To be checked afterwards by"),
    ClockName.RECONSIDERATION: gettext_noop("Last day for reconsideration"),
    ClockName.LITIGATION: gettext_noop("Last day for a suit"),
}
ELIGIBLE = {
    Truth.TRUE: gettext_noop("By the facts the conditions are met."),
    Truth.FALSE: gettext_noop("By the facts the conditions are not met."),
    Truth.UNKNOWN: gettext_noop("Not known yet; an answer is still missing."),
}

SEPARATOR = "\u00a0· "
WORD_JOINER, MOST_UNBROKEN = "\u2060", 6


class WorkCase(QWidget):
    """One task at a time, as far as a decision needs it."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._request: UUID | None = None
        self._ahead: UUID | None = None
        self.title, self.status, self.facts = Heading("", 2), StatusMark(), KeyValue()
        self.number, self.about = Label("", "muted", wraps=False), RunningText("", "muted")
        self.number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.waits, self.ahead = StatusMark("ready"), Button("", "primary", icon="briefcase")
        self.open_request = Button("", "link", icon="external-link")
        self.decision, self.rule, self.clocks = Card(), Card(), Card()
        self.acts = ActsPanel(seat.words, keyed=True)
        self._going = Flow(self.ahead)
        for widget in (self.waits, self._going, self.acts):
            self.decision.add(widget)
        self._rule, self._clocks = KeyValue(), KeyValue()
        self.rule.add(self._rule)
        self.clocks.add(self._clocks)
        self.evidence = Evidence(seat)
        self._arrange()
        self.open_request.clicked.connect(partial(self._on_open))
        self.ahead.clicked.connect(partial(self._on_ahead))

    def show_task(self, view: TaskView, case: CaseView) -> None:
        """Show a task and the case it belongs to."""
        row, task = view.row, view.task
        self._request = row.request_id
        self.title.set_text(pick(task.item.name))
        self.status.set_status(task_status(row, task), task_words(row, task))
        self.open_request.set_text(_("The whole request"))
        self.number.set_text(_("No. {number}").format(number=row.number))
        self.about.set_text(SEPARATOR.join(self._particulars(view, case)))
        anew = anew_rows(task, case) if view.followed is None else followed_rows(view.followed)
        self.facts.set_rows(anew)
        self.facts.setVisible(bool(anew))
        self.decision.set_title(_("What to do"))
        self.acts.show_task(view, case)
        self._say_ahead(view, case)
        self.rule.set_title(_("The rule"))
        self._rule.set_rows(rule_rows(view))
        dates = [(_(CLOCKS[clock.name]), left_words(clock.due, case.today)) for clock in task.state.clocks]
        self.clocks.set_title(_("Dates"))
        self._clocks.set_rows(dates)
        self.clocks.setVisible(bool(dates))
        self.evidence.show_task(view, case)

    def _say_ahead(self, view: TaskView, case: CaseView) -> None:
        """Where this waits for other work of who looks, lead there before anything else."""
        gate = next_view(view.task)
        missing = () if gate is None or self.acts.first is not None else gate.missing
        ahead = next((found for one in missing if (found := work_on(one, case)) is not None), None)
        self._ahead = None if ahead is None else ahead.row.id
        for widget in (self.waits, self._going):
            widget.setVisible(ahead is not None)
        if ahead is not None:
            item = pick(ahead.task.item.name)
            self.waits.set_status("ready", _("Waits for you: {item}").format(item=item))
            self.ahead.set_text(_("Do that first"))
            self.ahead.setAccessibleName(_("{act}: {what}").format(act=_("Do that first"), what=item))

    def _particulars(self, view: TaskView, case: CaseView) -> list[str]:
        """Say by when it is due, what for, for whom, and who has it, in a line."""
        row, task, session = view.row, view.task, self._seat.session
        mine = session is not None and row.assignee_id == session.account_id
        matter = pick(view.plan.demand.name)
        hands = _("in your hands") if mine else _("in a colleague's hands") if row.assignee_id else _("nobody's yet")
        since = (case.today - row.since.astimezone(case.zone).date()).days
        people = people_rows(case) or [(_("Applicant"), called(None))]
        return [
            *([_("Due: {day}").format(day=left_words(task.due, case.today))] if task.due and task.state.live else []),
            *([matter] if matter != pick(task.item.name) else []),
            *(_("{fact}: {value}").format(fact=name, value=_unbroken(value)) for name, value in people),
            department_name(case.catalogue, row.department, here()),
            *([hands, waited_words(since)] if task.state.live or task.state.check_owed else []),
        ]

    def _arrange(self) -> None:
        left = QWidget()
        column = Column(left, spacing=1.5)
        for card in (self.decision, self.rule, self.clocks):
            column.addWidget(card)
        column.addStretch(1)
        whole = Column(self, spacing=1.5)
        head = Flow(self.status, self.number, self.open_request, spacing=2)
        for widget in (self.title, head, self.about, self.facts):
            whole.addWidget(widget)
        whole.addWidget(SideBySide(left, self.evidence, shares=(3, 2), least_hanzi=38))
        whole.addStretch(1)

    def _on_ahead(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        if self._ahead is not None:
            self._seat.go("work", self._ahead)

    def _on_open(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        if self._request is not None:
            self._seat.go("request", self._request)


def waiting_words(days: int) -> str:
    """Say how long something has stood still."""
    return _("since today") if days <= 0 else here().period(days, "day")


def _unbroken(name: str) -> str:
    """Keep a name of some hanzi in one line."""
    return WORD_JOINER.join(name) if len(name) <= MOST_UNBROKEN else name


def waited_words(days: int) -> str:
    """Say for how long something has stood before its next step."""
    return _("came today") if days <= 0 else _("has waited {time}").format(time=here().period(days, "day"))


def rule_rows(view: TaskView) -> list[tuple[str, str]]:
    """Give the rule a decision follows: the law of the item and of the next step, the limits, and the conditions."""
    item = view.task.item
    articles = (pick(cited(law, view.plan.catalogue)) for law in view.laws)
    rows = [(_("Legal basis"), here().listing(articles))] if view.laws else []
    if item.promised is not None:
        rows.append((_("Promised limit"), limit_words(item.promised)))
    if view.statutory is not None:
        rows.append((_("Limit by law"), limit_words(view.statutory)))
    if item.eligible:
        rows.append((_("Conditions"), _(ELIGIBLE[view.task.eligible])))
    return rows
