"""A request that ended without everything: when, why, and what the person may still do."""

from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QWidget

from desktop.ui.navigation import Seat
from desktop.ui.plan_pictures import name_of
from desktop.ui.plan_reasons import condition_words
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.key_value import KeyValue
from desktop.ui.widgets.running_text import RunningText
from desktop.usecases.permissions import Permission
from desktop.usecases.requests.timeline import CaseView
from desktop.usecases.work.worklist import ENDED, WITHDRAWN
from desktop.words import _, here, pick
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.planning.plan import Goal, Plan


class EndedCard(Card):
    """It takes no room while a request is under way, or when all that was asked for was given."""

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._seat = seat
        self._request: UUID | None = None
        self.why, self.next = RunningText(), RunningText()
        self.each, self.goals = Button("", "link"), KeyValue(stacked=True)
        self.again = Button("", icon="file-plus")
        for widget in (self.why, Flow(self.each), self.goals, self.next, Flow(self.again)):
            self.add(widget)
        self.goals.hide()
        self.each.clicked.connect(partial(self._on_each))
        self.again.clicked.connect(partial(self._on_again))
        self.hide()

    def show_case(self, case: CaseView) -> None:
        """Say of a request that is over why it is; what is unfolded stays so."""
        plan = case.view.plan
        over = case.view.row.status in {ENDED, WITHDRAWN} and plan is not None
        self.setVisible(over)
        if not over or plan is None:
            return
        self.set_title(_("How it ended"))
        self.why.set_text(why_words(case, plan))
        rows = goal_rows(plan) if case.view.row.status == ENDED and plan.route is None else []
        self.goals.set_rows(rows)
        same, self._request = case.view.row.id == self._request, case.view.row.id
        self.goals.setVisible(same and bool(rows) and not self.goals.isHidden())
        self.each.setVisible(bool(rows))
        self._say_each()
        self.next.set_text(next_words(case))
        self.again.set_text(_("Log a new request"))
        self.again.setVisible(self._seat.may(Permission.LOG_REQUEST))

    def _say_each(self) -> None:
        folded = self.goals.isHidden()
        self.each.set_text(_("What each of them would have taken") if folded else _("Fold this away"))

    def _on_each(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self.goals.setVisible(self.goals.isHidden())
        self._say_each()

    def _on_again(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self._seat.go("log")


def why_words(case: CaseView, plan: Plan) -> str:
    """Say in one or two sentences when a request ended and why."""
    closed = case.view.row.closed_at or case.view.row.opened_at
    day = here().date(closed.astimezone(case.zone).date(), case.today)
    if case.view.row.status == WITHDRAWN:
        return _("The applicant withdrew the whole request on {day}. What had been decided stays decided.").format(
            day=day
        )
    if plan.route is not None:
        said = _("It ended on {day}: it is not done here. {where}")
        return said.format(day=day, where=pick(plan.route.outcome))
    if not plan.goals_here:
        said = _("It ended on {day}. By what was told, nothing of this matter applies to the applicant.")
        return said.format(day=day)
    lost = here().listing(name_of(goal.key, case.catalogue) for goal in plan.goals_here if goal.met is not Truth.TRUE)
    return _("It ended on {day}. Not obtained: {results}.").format(day=day, results=lost)


def next_words(case: CaseView) -> str:
    """Say what the person may still do, without end or blame."""
    if case.view.row.status == WITHDRAWN:
        return _("If they want it after all, log it as a new request; what is on file need not be brought again.")
    return _(
        "Nothing in this request changes any more. If something was told wrongly or has changed since, log it as a "
        "new request; what is on file need not be brought again."
    )


def goal_rows(plan: Plan) -> list[tuple[str, str]]:
    """Give what did not apply, under the condition each would have taken; those with one condition together."""
    found: dict[str, list[Goal]] = {}
    for goal in plan.goals:
        skipped = next(iter(plan.skipped.get(goal.key, ())), None)
        if goal.applies is Truth.FALSE and skipped is not None and skipped.condition:
            found.setdefault(skipped.condition, []).append(goal)
    named = (
        (here().listing(name_of(goal.key, plan.catalogue) for goal in goals), text) for text, goals in found.items()
    )
    return [
        (names, _("It takes: {condition}.").format(condition=condition_words(text, plan.catalogue)))
        for names, text in named
    ]
