"""Checking before a request is logged: what is left open, what to mind, where it stops, and the button that logs it."""

from PySide6.QtCore import Qt, Signal, Slot

from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.running_text import RunningText
from desktop.usecases.refused import Refused
from desktop.words import _, here, ngettext, pick
from desktop.workflow.plan import Actor, PaperLine, Plan


class SendCard(Retranslated, Card):
    """The last part of the page; `submitted` carries whether a second request for the same need is meant."""

    submitted = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._plan: Plan | None = None
        self._twins: tuple[str, ...] = ()
        self._open = Label()
        self._advice = RunningText("", "muted")
        self.route, self.notice = Notice(), Notice()
        self.submit = Button(role="primary", icon="check", shortcut="Ctrl+Return")
        self.despite = Button(icon="plus")
        for widget in (self._open, self._advice, self.route, self.notice, Flow(self.submit, self.despite)):
            self.add(widget)
        self.submit.clicked.connect(self._on_submit)
        self.despite.clicked.connect(self._on_despite)
        self.begin()
        self.retranslate()

    def begin(self) -> None:
        """Forget the plan and what was said of it."""
        self._plan, self._twins = None, ()
        self.route.clear()
        self.notice.clear()
        self.submit.setEnabled(True)
        self.despite.hide()

    def show_plan(self, plan: Plan) -> None:
        """Say what a request would leave open."""
        self.begin()
        self._plan = plan
        self.submit.setEnabled(plan.route is None)
        self.retranslate()

    def wait(self) -> None:
        """Take no second press while the request is being logged."""
        self.submit.setEnabled(False)
        self.despite.setEnabled(False)

    @Slot()
    def focus_first(self) -> None:
        """Bring the keyboard to the button that logs."""
        self.submit.setFocus(Qt.FocusReason.TabFocusReason)

    def say_refused(self, words: str) -> None:
        """Say why the request is not logged."""
        self.submit.setEnabled(self._plan is None or self._plan.route is None)
        self.despite.setEnabled(True)
        self.notice.say_problem(words)

    def say_twin(self, refusal: Refused) -> None:
        """Say that the same is under way, and offer to log it all the same."""
        numbers = refusal.values.get("numbers", ())
        self._twins = tuple(str(number) for number in numbers) if isinstance(numbers, tuple) else ()
        self.submit.setEnabled(True)
        self.despite.setEnabled(True)
        self.despite.show()
        self._say_twins()

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.set_title(_("Check and log"))
        self.submit.set_text(_("Log the request"))
        self.despite.set_text(_("Log it all the same"))
        if self._twins:
            self._say_twins()
        if self._plan is None:
            return
        questions = sum(question.actor is not Actor.REGISTRY for question in self._plan.questions)
        needed = [paper for paper in self._plan.papers if paper.line is PaperLine.NEEDED]
        papers = len({paper.one_of or paper.key.leaf for paper in needed})
        left = [
            ngettext("{n} question without an answer", "{n} questions without an answer", questions).format(
                n=questions
            ),
            ngettext("{n} paper still to come", "{n} papers still to come", papers).format(n=papers),
        ]
        shown = [words for words, count in zip(left, (questions, papers), strict=True) if count]
        self._open.set_text(here().listing(shown) if shown else _("Everything is together."))
        self._advice.set_text("\n".join(pick(advice.text) for advice in self._plan.advice))
        self._advice.setVisible(bool(self._plan.advice))
        if self._plan.route is not None:
            self.route.say("warning", _("This cannot be logged here."), pick(self._plan.route.outcome))

    def _say_twins(self) -> None:
        numbers = here().listing(self._twins)
        self.notice.say_problem(_("The same need is under way already: {numbers}.").format(numbers=numbers))

    @Slot()
    def _on_submit(self) -> None:
        self.submitted.emit(False)

    @Slot()
    def _on_despite(self) -> None:
        self.submitted.emit(True)
