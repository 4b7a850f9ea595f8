"""A plan that answers why: the picture or the list, and below it the explanation of the vertex that was asked about."""

from collections.abc import Mapping

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.plan_pictures import plan_picture
from desktop.ui.plan_reasons import Names
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.plan_layout import PlanPicture
from desktop.ui.widgets.plan_view import PlanView
from desktop.ui.widgets.plan_why import WhyPanel
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.workflow.inputs import Key
from desktop.workflow.plan import Plan


class ExplainedPlan(QWidget):
    """``set_plan(plan)`` draws a plan and keeps an open explanation up to date; a click or Enter on a vertex asks.

    With ``shares`` the explanation takes at most half the height and scrolls, for a place that cannot grow.
    """

    def __init__(self, *, shares: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view, self.panel = PlanView(), WhyPanel()
        self._plan: Plan | None = None
        self._whose: Names = {}
        self._place = ScrollPage(margins=0) if shares else None
        column = Column(self, spacing=1)
        column.addWidget(self.view, 1)
        if self._place is None:
            column.addWidget(self.panel)
        else:
            self._place.add(self.panel)
            self._place.hide()
            column.addWidget(self._place)
        self.view.why_requested.connect(self.ask)
        self.panel.closed.connect(self._fit)

    def set_plan(
        self, plan: Plan | None, answered: Mapping[Key, str] | None = None, whose: Names | None = None
    ) -> None:
        """Show a plan, or none; `answered` says what was told already, `whose` names the subjects asked about."""
        self._plan, self._whose = plan, whose or {}
        picture = PlanPicture() if plan is None else plan_picture(plan, plan.catalogue, answered, self._whose)
        self.view.set_picture(picture)
        if plan is None:
            self.panel.hide()
        else:
            self.panel.renew(plan, self._whose)
        self._fit()

    @Slot(str)
    def ask(self, leaf: str) -> None:
        """Explain a vertex below the plan."""
        if self._plan is not None:
            self.panel.ask(self._plan, leaf, self._whose)
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new height out."""
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        """Give the explanation the height it needs, at most half of what there is."""
        if self._place is None:
            return
        self._place.setVisible(not self.panel.isHidden())
        if not self.panel.isHidden():
            self._place.setFixedHeight(max(1, min(self._place.height_for(self.width()), self.height() // 2)))
