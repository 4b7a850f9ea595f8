"""A task with its case: item, applicant, papers, what is missing, the rule, the dates, and beside them the acts."""

from PySide6.QtWidgets import QWidget

from desktop.ui.navigation import Seat
from desktop.ui.pages.request_dates import left_words
from desktop.ui.pages.request_tasks import task_status
from desktop.ui.pages.request_words import LINE_STATUS, LINE_WORDS
from desktop.ui.pages.work_act import ActsCard
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.key_value import KeyValue
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, emptied
from desktop.ui.widgets.status_mark import StatusMark
from desktop.usecases.act_words import actor_words, state_words
from desktop.usecases.timeline import CaseView, department_name, material_name
from desktop.usecases.work import TaskView
from desktop.usecases.worklist import next_view
from desktop.words import _, gettext_noop, here, pick
from desktop.workflow.inputs import Kind
from desktop.workflow.plan import Missing, PaperView
from desktop.workflow.rounds import ClockName

CLOCKS = {
    ClockName.ACCEPTANCE: gettext_noop("Say whether accepted by"),
    ClockName.RESUPPLY: gettext_noop("Papers to be brought by"),
    ClockName.PROMISE: gettext_noop("Promised paper by"),
    ClockName.STATUTORY: gettext_noop("By law at the latest"),
    ClockName.PROMISED: gettext_noop("Promised by"),
    ClockName.DELIVERY: gettext_noop("To be handed over by"),
}


class WorkCase(QWidget):
    """One task at a time, as far as a decision needs it."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.title, self.status, self.facts = Heading("", 2), StatusMark(), KeyValue()
        self.missing, self.papers, self.clocks = Card(), Card(), Card()
        self.acts = ActsCard(seat)
        self._missing, self._papers, self._clocks = Column(spacing=0.5), Column(spacing=1), KeyValue()
        for card, layout in ((self.missing, self._missing), (self.papers, self._papers)):
            holder = QWidget()
            holder.setLayout(layout)
            card.add(holder)
        self.clocks.add(self._clocks)
        column = Column(self, spacing=1.5)
        for widget in (self.title, self.status, self.facts, self.acts, self.missing, self.papers, self.clocks):
            column.addWidget(widget)
        column.addStretch(1)

    def show_task(self, view: TaskView, case: CaseView) -> None:
        """Show a task and the case it belongs to."""
        row, task = view.row, view.task
        self.title.set_text(pick(task.item.name))
        self.status.set_status(task_status(row, task), state_words(task.state.state))
        self.facts.set_rows(_facts(view, case))
        self.acts.show_task(view, lambda leaf: leaf_name(leaf, case))
        self._say_missing(view, case)
        self._say_papers([paper for paper in view.plan.papers if task.key in paper.items], case)
        dates = [(_(CLOCKS[clock.name]), left_words(clock.due, case.today)) for clock in task.state.clocks]
        self.clocks.set_title(_("Dates"))
        self._clocks.set_rows(dates)
        self.clocks.setVisible(bool(dates))

    def _say_missing(self, view: TaskView, case: CaseView) -> None:
        emptied(self._missing)
        self.missing.set_title(_("Missing"))
        gate = next_view(view.task)
        missing: tuple[Missing, ...] = () if gate is None else gate.missing
        for one in missing:
            words = _("{what}: waits for {who}")
            self._missing.addWidget(
                StatusMark("waiting", words.format(what=leaf_name(one.key.leaf, case), who=actor_words(one.actor)))
            )
        if not missing:
            self._missing.addWidget(StatusMark("done", _("Nothing is missing for the next step.")))

    def _say_papers(self, papers: list[PaperView], case: CaseView) -> None:
        emptied(self._papers)
        self.papers.set_title(_("Papers"))
        self.papers.setVisible(bool(papers))
        for paper in papers:
            self._papers.addWidget(Label(material_name(case.catalogue, paper.key.code, here()), "strong"))
            words = _(LINE_WORDS[paper.line])
            if paper.until is not None:
                until = _("Good until {day}").format(day=here().date(paper.until, case.today))
                words = here().listing((words, until))
            self._papers.addWidget(StatusMark(LINE_STATUS[paper.line], words))


def leaf_name(leaf: str, case: CaseView) -> str:
    """Say what a leaf such as ``material:site_plan:case`` is called in the catalogue."""
    kind, _sep, rest = leaf.partition(":")
    code = rest.partition(":")[0]
    catalogue = case.catalogue
    match kind:
        case Kind.MATERIAL:
            return material_name(catalogue, code, here())
        case Kind.FACT if code in catalogue.facts:
            return pick(catalogue.facts[code].name)
        case Kind.OUTCOME if code in catalogue.outcomes:
            return pick(catalogue.outcomes[code].name)
        case Kind.ITEM if code in catalogue.items:
            return pick(catalogue.items[code].name)
    return code


def _facts(view: TaskView, case: CaseView) -> list[tuple[str, str]]:
    row, task = view.row, view.task
    rows = [
        (_("Number"), row.number),
        (_("Matter"), row.title),
        (_("Applicant"), row.applicant or _("Not named")),
        (_("Department"), department_name(case.catalogue, row.department, here())),
    ]
    basis = dict.fromkeys(why.basis for why in view.plan.reasons.get(task.key, ()) if why.basis)
    return [*rows, (_("Legal basis"), here().listing(basis))] if basis else rows
