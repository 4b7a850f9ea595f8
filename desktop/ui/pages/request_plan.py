"""The plan of a request as a picture or a list, as it stands now, and why each part of it is there."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop.ui import theme
from desktop.ui.pages.log_people import role_words
from desktop.ui.plan_reasons import Names
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.plan_explained import ExplainedPlan
from desktop.usecases.timeline import CaseView
from desktop.words import _
from desktop.workflow.catalogue import APPLICANT, CASE
from desktop.workflow.inputs import Key, Kind

LEAST_UNITS, MOST_UNITS = 14, 46


class PlanCard(Card):
    """The plan as high as it is, up to a height past which it scrolls by itself; the page can scroll past it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.plan = ExplainedPlan()
        self.picture = self.plan.view
        self.add(self.plan)
        self.picture.settled.connect(self._measure)
        self._measure()

    def show_case(self, case: CaseView) -> None:
        """Draw the plan of a request; a request without one shows none."""
        self.set_title(_("Plan"))
        plan = case.view.plan
        self.setVisible(plan is not None)
        if plan is None:
            return
        whose = ((row.code, CASE if row.subject_id is None else str(row.subject_id)) for row in case.view.facts)
        told = [Key(Kind.FACT, code, subject) for code, subject in whose if code in case.catalogue.facts]
        asked = {key for key in plan.values if key.kind is Kind.FACT}
        self.plan.set_plan(plan, [key for key in told if key in asked], names_in(case))

    @Slot()
    def _measure(self) -> None:
        look = theme.current()
        wanted = min(max(self.picture.content_height(), look.px(LEAST_UNITS)), look.px(MOST_UNITS))
        if wanted != self.picture.height():
            self.picture.setFixedHeight(wanted)


def names_in(case: CaseView) -> Names:
    """Name those asked about besides the applicant, so that it is said whose each thing is; the nameless by role."""
    demand = None if case.view.plan is None else case.view.plan.demand
    others = (role for role in case.view.roles if role.role != APPLICANT)
    return {str(role.subject_id): role.name or role_words(demand, role.role) for role in others}
