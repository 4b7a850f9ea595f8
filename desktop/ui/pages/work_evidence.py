"""The evidence of a case beside the decision: what is missing, the papers, what was told, and who else works on it."""

from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QWidget

from desktop.ui.navigation import Seat
from desktop.ui.pages.request_files import FilesCard
from desktop.ui.pages.request_papers import kept_papers, line_of
from desktop.ui.pages.request_plan import names_in
from desktop.ui.pages.request_tasks import task_status, task_words
from desktop.ui.pages.request_words import LINE_STATUS, LINE_WORDS, fact_name, source_words, value_words
from desktop.ui.pages.waited_for import who_words, work_on
from desktop.ui.pages.work_leaves import leaf_name
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, emptied
from desktop.ui.widgets.link import WrappingLink
from desktop.ui.widgets.plan_why import WhyPanel
from desktop.ui.widgets.status_mark import StatusMark
from desktop.usecases.requests.requests import FactRow
from desktop.usecases.requests.timeline import CaseView, department_name
from desktop.usecases.work.act_words import state_words
from desktop.usecases.work.work import TaskView
from desktop.usecases.work.worklist import next_view
from desktop.words import _, here, pgettext, pick
from desktop.workflow.catalogue.requirements import Need, leaves
from desktop.workflow.planning.inputs import Key
from desktop.workflow.planning.plan import Missing, PaperLine, Task


class Evidence(QWidget):
    """Everything a decision rests on, in the order it is looked at."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.missing, self.papers, self.told, self.others = Card(), Card(), Card(), Card()
        self._missing, self._papers, self._others = Column(spacing=0.5), Column(spacing=1), Column(spacing=1)
        self._told = Column(spacing=0.6)
        self.files, self.panel = FilesCard(seat), WhyPanel()
        self._seat = seat
        self.whys: dict[str, Button] = {}
        self.aheads: dict[str, WrappingLink] = {}
        for card, layout in (
            (self.missing, self._missing),
            (self.papers, self._papers),
            (self.told, self._told),
            (self.others, self._others),
        ):
            holder = QWidget()
            holder.setLayout(layout)
            card.add(holder)
        self.missing.add(self.panel)
        column = Column(self, spacing=1.5)
        for card in (self.missing, self.papers, self.files, self.told, self.others):
            column.addWidget(card)
        column.addStretch(1)

    def show_task(self, view: TaskView, case: CaseView) -> None:
        """Show the evidence of one task; a round that is over lacks nothing any more."""
        self._say_missing(view, case)
        self.missing.setVisible(view.followed is None)
        self._say_papers(view, case)
        self.files.show_request(view.row.request_id)
        self._say_told(case)
        self._say_others(view, case)

    def _say_missing(self, view: TaskView, case: CaseView) -> None:
        emptied(self._missing)
        self.missing.set_title(_("Missing"))
        gate = next_view(view.task)
        missing: tuple[Missing, ...] = () if gate is None else gate.missing
        self.panel.renew(view.plan, names_in(case))
        self.whys, self.aheads = {}, {}
        for one in missing:
            what = leaf_name(one.key.leaf, case)
            self._missing.addWidget(self._waits(one, what, case))
            why = Button(pgettext("plan", "Why"), "link")
            why.setAccessibleName(_("{act}: {what}").format(act=pgettext("plan", "Why"), what=what))
            why.clicked.connect(partial(self._on_why, view, case, one.key.leaf))
            self.whys[one.key.leaf] = why
            self._missing.addWidget(Flow(why))
        if not missing:
            self._missing.addWidget(StatusMark("done", _("Nothing is missing for the next step.")))

    def _waits(self, one: Missing, what: str, case: CaseView) -> QWidget:
        """Say on whom something waits; what waits for who looks is a link to that work."""
        ahead = work_on(one, case)
        if ahead is None:
            words = _("{what}: waits for {who}").format(what=what, who=who_words(one, case))
            return StatusMark("waiting", words)
        link = WrappingLink(_("Waits for you: {item}").format(item=pick(ahead.task.item.name)), icon="briefcase")
        link.clicked.connect(partial(self._on_ahead, ahead.row.id))
        self.aheads[one.key.leaf] = link
        return link

    def _on_ahead(self, task: UUID, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self._seat.go("work", task)

    def _on_why(self, view: TaskView, case: CaseView, leaf: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self.panel.ask(view.plan, leaf, names_in(case))

    def _say_papers(self, view: TaskView, case: CaseView) -> None:
        """Show the papers the item asks for, and those it was accepted with, which a decision rests on too."""
        emptied(self._papers)
        self.papers.set_title(_("Papers"))
        asked = [paper for paper in view.plan.papers if view.task.key in paper.items]
        for paper in asked:
            words = _(LINE_WORDS[paper.line])
            if paper.until is not None:
                until = _("Good until {day}").format(day=here().date(paper.until, case.today))
                words = here().listing((words, until))
            self._add_paper(paper.key, paper.line, words, case)
        asks = (leaf for part in view.task.item.requires.values() for leaf in leaves(part))
        wanted = {leaf.code for leaf in asks if isinstance(leaf, Need)}
        kept = {key: line_of(row) for key, row in kept_papers(case).items() if key.code in wanted}
        for key, line in kept.items():
            self._add_paper(key, line, _(LINE_WORDS[line]), case)
        if not asked and not kept:
            self._papers.addWidget(Label(_("No paper is asked for."), "muted"))

    def _add_paper(self, key: Key, line: PaperLine, words: str, case: CaseView) -> None:
        row = QWidget()
        column = Column(row, spacing=0.2)
        column.addWidget(Label(leaf_name(key.leaf, case), "strong"))
        column.addWidget(StatusMark(LINE_STATUS[line], words))
        self._papers.addWidget(row)

    def _say_told(self, case: CaseView) -> None:
        self.told.set_title(_("Facts"))
        latest = {(row.subject_id, row.code): row for row in case.view.facts}
        emptied(self._told)
        told: dict[str, list[str]] = {}
        for row in latest.values():
            said, source = _fact(case, row)
            told.setdefault(source, []).append(said)
        for source, facts in told.items():
            self._told.addWidget(Label(source, "muted"))
            for said in facts:
                self._told.addWidget(Label(said))
        self.told.setVisible(bool(latest))

    def _say_others(self, view: TaskView, case: CaseView) -> None:
        """Show where the other departments stand, those that decide together with this one first."""
        emptied(self._others)
        self.others.set_title(_("Decided together with") if view.together else _("Other parts of this matter"))
        shown = (*view.together, *view.beside)
        for task in shown:
            self._others.addWidget(_other(task, case))
        self.others.setVisible(bool(shown))


def _fact(case: CaseView, row: FactRow) -> tuple[str, str]:
    known = case.catalogue.facts.get(row.code)
    said = str(row.value) if known is None else value_words(known, row.value)
    name, whose = fact_name(case.catalogue, row.code), names_in(case).get(str(row.subject_id))
    told = _("{fact}: {value}").format(fact=name, value=said)
    day = here().date(row.legal_at.astimezone(case.zone).date(), case.today)
    source = _("{source}, {day}").format(source=source_words(row.source), day=day)
    return (_("{whose}, {what}").format(whose=whose, what=told) if whose else told), source


def _other(task: Task, case: CaseView) -> QWidget:
    row = QWidget()
    column = Column(row, spacing=0.2)
    column.addWidget(Label(pick(task.item.name), "strong"))
    rows = {one.item: one for one in case.view.tasks if one.subject == task.key.subject and one.round == task.round}
    department = department_name(case.catalogue, task.item.department, here())
    kept = rows.get(task.key.code)
    state = state_words(task.state.state, task.item.procedure) if kept is None else task_words(kept, task)
    said = _("{department}: {state}").format(department=department, state=state)
    column.addWidget(StatusMark("waiting" if kept is None else task_status(kept, task), said))
    return row
