"""Another way, where what was chosen or begun has come to nothing: the applicant says which, and nobody else."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.plan_pictures import name_of
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.layouts import Column, emptied
from desktop.ui.widgets.running_text import RunningText
from desktop.usecases.requests.timeline import CaseView
from desktop.usecases.work.next_steps import is_applied_for_again, to_choose
from desktop.words import _, here
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.planning.plan import Alternative


class WaysCard(Card):
    """It takes no room while nothing waits for a choice; `given` says among which ways, and which one is taken."""

    given = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.fields: dict[str, Field[Choice]] = {}
        self.buttons: dict[str, Button] = {}
        self._about = RunningText()
        self._rows = Column(spacing=1)
        holder = QWidget()
        holder.setLayout(self._rows)
        self.add(self._about)
        self.add(holder)
        self.hide()

    def show_case(self, case: CaseView, *, may_choose: bool) -> None:
        """Offer the ways that are left, each group with its own button; one that was ticked stays ticked."""
        ticked = {group: field.editor.value() for group, field in self.fields.items()}
        emptied(self._rows)
        self.fields, self.buttons = {}, {}
        plan = case.view.plan
        waiting = () if plan is None else to_choose(plan)
        self._say(again=plan is not None and all(is_applied_for_again(one, plan) for one in waiting))
        for alternative in waiting:
            self._add(case, alternative, ticked.get(alternative.group))
        self.setVisible(bool(waiting) and may_choose and case.view.row.status == "open")

    def _say(self, *, again: bool) -> None:
        """Say what is to be chosen: another way, or only whether the same is applied for again."""
        self.set_title(_("Apply again") if again else _("Another way"))
        self._about.set_text(
            _("The result there was has been taken away. It can be applied for again, if the person wants that.")
            if again
            else _(
                "What was asked for first has come to nothing. It can be done another way, if the person wants that."
            )
        )

    def set_busy(self, *, busy: bool) -> None:
        """Take no second press while the first is being done."""
        for group, button in self.buttons.items():
            button.setEnabled(not busy and self.fields[group].editor.value() is not None)

    def _add(self, case: CaseView, alternative: Alternative, ticked: str | None) -> None:
        field: Field[Choice] = Field(Choice())
        field.set_label(_("Which way?"))
        ways = [way for way in alternative.ways if way.value is not Truth.FALSE]
        named = [(way.name, here().listing(name_of(key, case.catalogue) for key in way.keys)) for way in ways]
        field.editor.set_options(named)
        go = Button(_("Go this way"), icon="check")
        field.editor.set_value(ticked if any(way.name == ticked for way in ways) else None)
        go.setEnabled(field.editor.value() is not None)
        field.editor.chosen.connect(partial(self._on_chosen, alternative.group))
        go.clicked.connect(partial(self._on_go, alternative.group))
        self.fields[alternative.group], self.buttons[alternative.group] = field, go
        self._rows.addWidget(field)
        self._rows.addWidget(Flow(go))

    def _on_chosen(self, group: str, way: str) -> None:
        self.buttons[group].setEnabled(bool(way))

    def _on_go(self, group: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        way = self.fields[group].editor.value()
        if way is not None:
            self.given.emit(group, way)
