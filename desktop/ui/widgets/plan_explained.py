"""A plan that answers why: the picture or the list, and below it the explanation of the vertex that was asked about."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.ui import theme
from desktop.ui.plan_pictures import plan_picture
from desktop.ui.plan_reasons import Names
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.plan_layout import PlanPicture
from desktop.ui.widgets.plan_view import PlanView
from desktop.ui.widgets.plan_why import WhyPanel
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.workflow.planning.inputs import Key
from desktop.workflow.planning.plan import Plan

LEAST_UNITS = 14
QWIDGETSIZE_MAX = (1 << 24) - 1  # Qt's own, which the binding leaves out


class ExplainedPlan(QWidget):
    """``set_plan(plan)`` draws a plan and keeps an open explanation up to date; a click or Enter on a vertex asks.

    With ``shares`` the explanation takes at most half the height and scrolls, for a place that cannot grow;
    ``set_whole`` makes the place one that can.
    """

    asked = Signal()  # an explanation was opened

    def __init__(self, *, shares: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view, self.panel = PlanView(), WhyPanel()
        self._plan: Plan | None = None
        self._whose: Names = {}
        self._place = ScrollPage(margins=0) if shares else None
        self._whole, self._measuring = False, False
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
        self.view.settled.connect(self._measure)

    def set_whole(self, whole: bool) -> None:  # noqa: FBT001 - a setter like Qt's own
        """Be as high as the whole plan and its explanation, on a page that scrolls itself; or fit a height given."""
        self._whole = whole
        bars = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if whole else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        for form in (self.view.canvas, self.view.list):
            form.setVerticalScrollBarPolicy(bars)  # a bar that comes and goes with the height changes the width
        if not whole:
            self.view.setMinimumHeight(0)
            self.view.setMaximumHeight(QWIDGETSIZE_MAX)
        self._measure()
        self._fit()

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
            self.asked.emit()

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
            wanted = self._place.height_for(self.width())
            self._place.setFixedHeight(max(1, wanted if self._whole else min(wanted, self.height() // 2)))

    @Slot()
    def _measure(self) -> None:
        """Give the plan its whole height, where it may have that."""
        if not self._whole or self._measuring:
            return
        self._measuring = True
        wanted = max(self.view.content_height(), theme.current().px(LEAST_UNITS))
        if wanted != self.view.height():
            self.view.setFixedHeight(wanted)
        self._measuring = False
