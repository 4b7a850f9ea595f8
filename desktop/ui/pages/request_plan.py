"""The plan of a request as a picture or a list, as it stands now."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QWidget

from desktop.ui import theme
from desktop.ui.plan_pictures import plan_picture
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.plan_view import PlanView
from desktop.usecases.timeline import CaseView
from desktop.words import _
from desktop.workflow.catalogue import CASE
from desktop.workflow.inputs import Key, Kind

HEIGHT_UNITS = 22


class PlanCard(Card):
    """The plan with a height of its own, so that the page can scroll past it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.picture = PlanView()
        for label in self.picture.findChildren(QLabel):
            label.setTextFormat(Qt.TextFormat.PlainText)  # no word of a catalogue is ever read as markup
        self.add(self.picture)
        self._measure()
        theme.current().changed.connect(self._measure)

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
        self.picture.set_picture(plan_picture(plan, case.catalogue, [key for key in told if key in asked]))

    @Slot()
    def _measure(self) -> None:
        self.picture.setFixedHeight(theme.current().px(HEIGHT_UNITS))
