"""The papers of a request: what is there, what is missing, and taking in a missing one."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.pages.request_plan import names_in
from desktop.ui.pages.request_words import LINE_STATUS, LINE_WORDS
from desktop.ui.pages.work_leaves import leaf_name
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row, emptied
from desktop.ui.widgets.plan_why import WhyPanel
from desktop.ui.widgets.status_mark import StatusMark
from desktop.usecases.requests.requests import Handed, PaperRow
from desktop.usecases.requests.timeline import CaseView
from desktop.words import _, gettext_noop, here, pgettext
from desktop.workflow.catalogue.definitions import CASE
from desktop.workflow.planning.inputs import Key, Kind
from desktop.workflow.planning.plan import PaperLine, PaperView

WANTED = frozenset({PaperLine.NEEDED, PaperLine.OWING, PaperLine.DEFECTIVE, PaperLine.OFFERED})
FORMS = {
    "original": gettext_noop("Take in the original"),
    "copy": gettext_noop("Take in a copy"),
    "shared": gettext_noop("Taken from shared data"),
    "form": gettext_noop("Take in the form"),
    "photo": gettext_noop("Take in the photo"),
}


class PapersCard(Card):
    """One row a paper: its name, how it stands, and the buttons that take it in."""

    handed = Signal(object)  # a Handed

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.buttons: dict[tuple[str, str], Button] = {}
        self.whys: dict[str, Button] = {}
        self._rows = Column(spacing=1)
        self._case: CaseView | None = None
        self.panel = WhyPanel()
        holder = QWidget()
        holder.setLayout(self._rows)
        self.add(self.panel)
        self.add(holder)

    def show_case(self, case: CaseView, *, may_take_in: bool) -> None:
        """Show the papers the plan speaks of, the missing ones first."""
        self.set_title(_("Papers"))
        self._case = case
        if case.view.plan is not None:
            self.panel.renew(case.view.plan, names_in(case))
        emptied(self._rows)
        self.buttons, self.whys = {}, {}
        papers = () if case.view.plan is None else case.view.plan.papers
        for paper in sorted(papers, key=lambda one: one.line not in WANTED):
            self._add(case, paper, may_take_in=may_take_in)
        kept = kept_papers(case)
        for key, row in kept.items():
            self._add_kept(case, key, row)
        if not papers and not kept:
            self._rows.addWidget(Label(_("No paper is asked for."), "muted"))

    def _add(self, case: CaseView, paper: PaperView, *, may_take_in: bool) -> None:
        name = leaf_name(paper.key.leaf, case)
        row = QWidget()
        column = Column(row, spacing=0.3)
        column.addLayout(self._head(paper, name))
        column.addWidget(StatusMark(LINE_STATUS[paper.line], _(LINE_WORDS[paper.line])))
        if paper.until is not None:
            column.addWidget(Label(_("Good until {day}").format(day=here().date(paper.until, case.today)), "muted"))
        if may_take_in and paper.line in WANTED:
            column.addWidget(self._ways(case, paper, name))
        self._rows.addWidget(row)

    def _head(self, paper: PaperView, name: str) -> Row:
        """Name a paper; why it is asked for stands at the end of its line, where it takes no line of its own."""
        why = Button(pgettext("plan", "Why"), "link")
        why.setAccessibleName(_("{act}: {what}").format(act=pgettext("plan", "Why"), what=name))
        why.clicked.connect(partial(self._on_why, paper.key.leaf))
        self.whys[paper.key.leaf] = why
        head = Row(spacing=1)
        head.addWidget(Label(name, "strong"), 1)
        head.addWidget(why, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _add_kept(self, case: CaseView, key: Key, row: PaperRow) -> None:
        """Show a paper that is there though the plan need not speak of it any more."""
        self._rows.addWidget(Label(leaf_name(key.leaf, case), "strong"))
        line = line_of(row)
        self._rows.addWidget(StatusMark(LINE_STATUS[line], _(LINE_WORDS[line])))

    def _ways(self, case: CaseView, paper: PaperView, name: str) -> Flow:
        material = case.catalogue.materials.get(paper.key.code)
        flow = Flow()
        for form in ("original",) if material is None else material.forms:
            button = Button(_(FORMS[form]), icon="inbox")
            button.setAccessibleName(_("{act}: {what}").format(act=_(FORMS[form]), what=name))
            button.clicked.connect(partial(self._on_clicked, Handed(paper.key.subject, paper.key.code, form)))
            self.buttons[paper.key.code, form] = button
            flow.add(button)
        return flow

    def _on_why(self, leaf: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        if self._case is not None and self._case.view.plan is not None:
            self.panel.ask(self._case.view.plan, leaf, names_in(self._case))

    def _on_clicked(self, paper: Handed, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        for button in self.buttons.values():
            button.setEnabled(False)
        self.handed.emit(paper)


def kept_papers(case: CaseView) -> dict[Key, PaperRow]:
    """Give the latest word on each paper of a case that the plan need not speak of any more, whose it is by its key."""
    spoken_of = set() if case.view.plan is None else {paper.key for paper in case.view.plan.papers}
    rows = {_key(row): row for row in case.view.papers}
    return {key: row for key, row in rows.items() if key not in spoken_of}


def line_of(row: PaperRow) -> PaperLine:
    """Say how a paper stands by the records alone."""
    return PaperLine(row.state) if row.state in set(PaperLine) else PaperLine.RECEIVED


def _key(row: PaperRow) -> Key:
    return Key(Kind.MATERIAL, row.code, CASE if row.subject_id is None else str(row.subject_id))
