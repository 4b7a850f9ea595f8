"""Promises not kept (容缺逾期), on top of a request: what, since when, what follows by law, and what to do now."""

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.pages.request_papers import FORMS
from desktop.ui.pages.work_leaves import leaf_name
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, emptied
from desktop.ui.widgets.running_text import RunningText
from desktop.ui.widgets.status_mark import StatusMark
from desktop.usecases.papers.reminding import REMINDED, consequence
from desktop.usecases.requests.requests import Handed
from desktop.usecases.requests.timeline import CaseView
from desktop.usecases.work.promises import OpenPromise
from desktop.words import _, here


class PromisesCard(Card):
    """It takes no room while nothing is owing past its day; a paper is taken in here, and a reminder written."""

    handed = Signal(object)  # a Handed
    reminded = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.buttons: dict[str, Button] = {}
        self.remind, self.told = Button("", icon="file-text"), Label("", "muted")
        self.law = RunningText()
        self._rows = Column(spacing=1)
        holder = QWidget()
        holder.setLayout(self._rows)
        for widget in (holder, self.law, Flow(self.remind), self.told):
            self.add(widget)
        self.remind.clicked.connect(partial(self._on_remind))
        self.hide()

    def show_case(self, case: CaseView, *, may_take_in: bool, may_write: bool) -> None:
        """Show what is owing past its day, the longest owing first."""
        self.set_title(_("Promised papers have not come"))
        emptied(self._rows)
        self.buttons = {}
        for promise in case.missed:
            self._add(case, promise, may_take_in=may_take_in)
        self.law.set_text(law_words(case))
        self.remind.set_text(_("Write a reminder"))
        self.remind.setVisible(may_write)
        reminders = [event.legal_at for event in case.view.history if event.kind == REMINDED]
        self.told.setVisible(bool(reminders))
        if reminders:
            day = here().date(reminders[-1].astimezone(case.zone).date(), case.today)
            self.told.set_text(_("Last reminded on {day}").format(day=day))
        self.set_busy(busy=False)
        self.setVisible(bool(case.missed))

    def set_busy(self, *, busy: bool) -> None:
        """Take no second press while the first is being done."""
        for button in (self.remind, *self.buttons.values()):
            button.setEnabled(not busy)

    def _add(self, case: CaseView, promise: OpenPromise, *, may_take_in: bool) -> None:
        name = leaf_name(promise.key.leaf, case)
        row = QWidget()
        column = Column(row, spacing=0.3)
        column.addWidget(Label(name, "strong"))
        column.addWidget(StatusMark("overdue", since_words(promise, case.today)))
        if may_take_in:
            column.addWidget(self._ways(case, promise, name))
        self._rows.addWidget(row)

    def _ways(self, case: CaseView, promise: OpenPromise, name: str) -> Flow:
        material = case.catalogue.materials.get(promise.key.code)
        flow = Flow()
        for form in ("original",) if material is None else material.forms:
            button = Button(_(FORMS[form]), icon="inbox")
            button.setAccessibleName(_("{act}: {what}").format(act=_(FORMS[form]), what=name))
            button.clicked.connect(partial(self._on_take_in, Handed(promise.key.subject, promise.key.code, form)))
            self.buttons[f"{promise.key.leaf}:{form}"] = button
            flow.add(button)
        return flow

    def _on_take_in(self, paper: Handed, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self.set_busy(busy=True)
        self.handed.emit(paper)

    def _on_remind(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self.set_busy(busy=True)
        self.reminded.emit()


def law_words(case: CaseView) -> str:
    """Say what follows by law while papers are owing."""
    return here().pick(consequence(case.missed))


def since_words(promise: OpenPromise, today: date) -> str:
    """Say for which day a paper was promised and how long that is past: 承诺3月4日补交，已过1天."""
    late = here().period((today - promise.due).days, "day")
    return _("Promised for {day}, {late} ago").format(day=here().date(promise.due, today), late=late)
