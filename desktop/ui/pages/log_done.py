"""What the person leaves with: the number, what comes next, who has it, and by when."""

from PySide6.QtCore import Qt, Signal

from desktop.ui.plan_pictures import department_name, name_of
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.key_value import KeyValue
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import to_the_left
from desktop.usecases.requests import Logged
from desktop.words import _, here
from desktop.workflow.catalogue import Catalogue
from desktop.workflow.plan import Actor, PaperLine, Plan, Task, Wanted


class DoneCard(Retranslated, Card):
    """Shown in place of the form once a request is logged."""

    another = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._logged: Logged | None = None
        self._catalogue = Catalogue()
        self.number = Heading("", 1)
        self.missing = Label()
        self.steps = KeyValue()
        self.next = Button(role="primary", icon="plus", shortcut="F2")
        for widget in (self.number, self.missing, self.steps):
            self.add(widget)
        to_the_left(self.column, self.next)
        self.next.clicked.connect(self.another)
        self.hide()
        self.retranslate()

    def say(self, logged: Logged, catalogue: Catalogue) -> None:
        """Show what was logged."""
        self._logged, self._catalogue = logged, catalogue
        self.retranslate()

    def focus_first(self) -> None:
        """Bring the keyboard to the next request."""
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.set_title(_("The request is logged"))
        self.next.set_text(_("Log another"))
        if self._logged is None:
            return
        plan = self._logged.plan
        self.number.set_text(self._logged.number)
        self.missing.set_text(self._missing(plan))
        self.steps.set_rows(
            [(name_of(task.key, self._catalogue), self._next(task, plan)) for task in plan.tasks if _counts(task)]
        )

    def _missing(self, plan: Plan) -> str:
        groups: dict[str, list[str]] = {}
        for paper in plan.papers:
            if paper.line is PaperLine.NEEDED:
                groups.setdefault(paper.one_of or paper.key.leaf, []).append(name_of(paper.key, self._catalogue))
        names = [_(" or ").join(ways) for ways in groups.values()]
        if not names:
            return _("No paper is missing.")
        return _("Still to bring: {papers}.").format(papers=here().listing(names))

    def _next(self, task: Task, plan: Plan) -> str:
        """Who has a step now, and until when."""
        who = {
            Actor.APPLICANT: _("waits for the applicant"),
            Actor.NOBODY: _("nothing more to do"),
            Actor.CLOCK: _("waits for a day"),
            Actor.COUNTER: _("at the counter"),
        }.get(task.actor) or _("with {department}").format(
            department=department_name(task.item.department, self._catalogue)
        )
        if task.due is None:
            return who
        day = here().date(task.due.date, plan.today)
        return _("{who}, by {day}").format(who=who, day=day)


def _counts(task: Task) -> bool:
    return task.wanted in {Wanted.NEEDED, Wanted.COMMITTED}
