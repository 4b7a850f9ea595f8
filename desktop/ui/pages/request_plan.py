"""The plan of a request as a picture or a list, as it stands now, and why each part of it is there."""

from uuid import UUID

from PySide6.QtWidgets import QWidget

from desktop.ui.pages.log_people import role_words
from desktop.ui.pages.request_words import value_words
from desktop.ui.plan_reasons import Names
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.plan_explained import ExplainedPlan
from desktop.usecases.requests.timeline import CaseView
from desktop.usecases.work.worklist import OPEN
from desktop.words import _
from desktop.workflow.catalogue.definitions import APPLICANT, CASE
from desktop.workflow.planning.inputs import Key, Kind
from desktop.workflow.planning.plan import Plan


class PlanCard(Card):
    """The plan as high as it is: the page scrolls, and nothing inside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.plan = ExplainedPlan()
        self.picture = self.plan.view
        self._request: UUID | None = None
        self.add(self.plan)
        self.plan.set_whole(True)

    def show_case(self, case: CaseView) -> None:
        """Draw the plan of a request; a request without one shows none."""
        self.set_title(_("Plan"))
        plan = case.view.plan
        self.setVisible(plan is not None and is_drawn(case, plan))
        if plan is None:
            return
        if case.view.row.id != self._request:  # another request's plan is nothing this one could differ from
            self._request = case.view.row.id
            self.plan.set_plan(None)
        told = {}
        for row in case.view.facts:
            key = Key(Kind.FACT, row.code, CASE if row.subject_id is None else str(row.subject_id))
            if row.code in case.catalogue.facts and key in plan.values:
                told[key] = value_words(case.catalogue.facts[row.code], row.value)
        self.plan.set_plan(plan, told, names_in(case))


def is_drawn(case: CaseView, plan: Plan) -> bool:
    """Tell whether there is a plan to look at: while a request is under way, and after it whatever came of it."""
    return case.view.row.status == OPEN or bool(plan.tasks or plan.papers or plan.goals_here)


def names_in(case: CaseView) -> Names:
    """Name those asked about besides the applicant, so that it is said whose each thing is; the nameless by role."""
    demand = None if case.view.plan is None else case.view.plan.demand
    others = (role for role in case.view.roles if role.role != APPLICANT)
    return {str(role.subject_id): role.name or role_words(demand, role.role) for role in others}
