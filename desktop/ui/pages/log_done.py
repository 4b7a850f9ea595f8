"""What the person leaves with: the number, what is finished, what comes next, the receipt, and the next matter."""

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot

from desktop.ui import icons, theme
from desktop.ui.navigation import Seat
from desktop.ui.pages.letter_panel import LetterPanel
from desktop.ui.pages.log_papers import undecided
from desktop.ui.pages.log_people import Called
from desktop.ui.pages.log_questions import asked_words
from desktop.ui.plan_pictures import department_name, name_of
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.key_value import KeyValue
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.scroll_page import page_around
from desktop.usecases.permissions import Permission
from desktop.usecases.refusals import refusal_words
from desktop.usecases.refused import Refused
from desktop.usecases.requests.requests import Logged
from desktop.usecases.work.hand_out import HandedOver, hand_over_now
from desktop.words import _, here, ngettext
from desktop.workflow.catalogue.definitions import Catalogue
from desktop.workflow.planning.plan import Actor, PaperLine, PaperView, Plan, Question, Task, Wanted
from desktop.workflow.procedure.legal_states import LegalState


class DoneCard(Retranslated, Card):
    """Shown in place of the form once a request is logged.

    `another` begins anew, `same_person` goes on with the same person in the same visit.
    """

    another = Signal()
    same_person = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self._logged: Logged | None = None
        self._catalogue = Catalogue()
        self._promised: dict[str, str] = {}
        self._called: Mapping[str, Called] = {}
        self._handed_over = False
        self.number = Heading("", 1)
        self.results, self.missing, self.open_questions = KeyValue(), Label(), Label()
        self.notice = Notice()
        self.steps = KeyValue()
        self.hand_over = Button(icon="hand-helping", shortcut="F9")
        self.next = Button(role="primary", icon="plus", shortcut="F2")
        self.more = Button(icon="user-plus", shortcut="F3")
        self.receipt = Button(icon="receipt", shortcut="F8")
        self.open = Button(icon="file-text")
        self.letters: LetterPanel | None = None
        ways_on = Flow(self.next, self.more, self.hand_over, self.receipt, self.open)
        # The number stands beside what comes next, which has the keyboard: both are in sight in the largest size.
        for widget in (self.number, ways_on, self.notice, self.results, self.missing, self.open_questions, self.steps):
            self.add(widget)
        self.next.clicked.connect(self.another)
        self.more.clicked.connect(self.same_person)
        self.hand_over.clicked.connect(self._on_hand_over)
        self.receipt.clicked.connect(self._on_receipt)
        self.open.clicked.connect(self._on_open)
        self.hide()
        self.retranslate()

    @property
    def request(self) -> UUID | None:
        """The request that was logged."""
        return None if self._logged is None else self._logged.request

    def say(
        self,
        logged: Logged,
        catalogue: Catalogue,
        *,
        named: bool,
        promised: dict[str, str],
        called: Mapping[str, Called],
    ) -> None:
        """Show what was logged; `promised` leads from a paper's leaf to the day, in words."""
        self._logged, self._catalogue, self._promised, self._handed_over = logged, catalogue, promised, False
        self._called = called
        self.notice.clear()
        self.more.setVisible(named)
        self._close_letters()
        self.retranslate()

    def focus_first(self) -> None:
        """Bring the keyboard to what comes next: handing over what is out, else the next request."""
        first = self.hand_over if not self.hand_over.isHidden() else self.next
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.next.set_text(_("Log another"))
        self.more.set_text(_("Another matter of the same person"))
        self.hand_over.set_text(_("Hand over the result"))
        self.receipt.set_text(_("Receipt"))
        self.open.set_text(_("Open the request"))
        self.set_title(_("The request is logged"))
        if self._logged is None:
            return
        plan, results = self._logged.plan, self._logged.results
        if results:
            self.set_title(_("Finished on the spot"))
        self.number.set_text(self._logged.number)
        self.results.set_rows([(name_of(result.item, self._catalogue), result.number) for result in results])
        self.results.setVisible(bool(results))
        asked = [question for question in plan.questions if question.actor is Actor.APPLICANT]
        self.missing.set_text(self._missing(plan, asked))
        self.open_questions.set_text(self._asked(asked))
        self.open_questions.setVisible(bool(asked))
        finished = {result.item for result in results}
        left = [task for task in plan.tasks if _counts(task) and task.key not in finished]
        self.steps.set_rows([(name_of(task.key, self._catalogue), self._next(task, plan)) for task in left])
        self.steps.setVisible(bool(left))
        out = any(task.state.state is LegalState.ISSUED for task in plan.tasks)
        self.hand_over.setVisible(out and not self._handed_over and self.seat.may(Permission.HAND_OUT))
        if self._handed_over:
            self.notice.say_done(_("The result is handed over."))

    def _missing(self, plan: Plan, asked: list[Question]) -> str:
        """Say what is still to bring, and whether an answer may add to it."""
        groups = plan.papers_of(PaperLine.NEEDED, PaperLine.DEFECTIVE)
        names = [_(" or ").join(self._paper(paper) for paper in ways) for ways in groups]
        hanging = [question for question in undecided(plan) if question in asked]
        if not hanging:
            return (
                _("Still to bring: {papers}.").format(papers=here().listing(names))
                if names
                else _("No paper is missing.")
            )
        if names:
            words = _("Still to bring: {papers}. The answers to the questions below may add to it.")
            return words.format(papers=here().listing(names))
        return ngettext(
            "Which papers it takes shows once the question below is answered.",
            "Which papers it takes shows once the {n} questions below are answered.",
            len(asked),
        ).format(n=len(asked))

    def _asked(self, asked: list[Question]) -> str:
        """Say the questions that are left, so that they can be put to the person before they go."""
        facts = self._catalogue.facts
        lines = [
            f"{at}. {asked_words(facts[each.key.code], self._called.get(each.key.subject))}"
            for at, each in enumerate((each for each in asked if each.key.code in facts), 1)
        ]
        return "\n".join([_("Not answered yet:"), *lines])

    def _paper(self, paper: PaperView) -> str:
        name, day = name_of(paper.key, self._catalogue), self._promised.get(paper.key.leaf)
        return _("{paper} (promised for {day})").format(paper=name, day=day) if day else name

    def _next(self, task: Task, plan: Plan) -> str:
        """Who has a step now, and until when."""
        if task.state.state is LegalState.NONE and task.actor is Actor.DEPARTMENT:
            return _("waits for what another department does first")
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

    def _close_letters(self) -> None:
        if self.letters is not None:
            self.letters.hide()
            self.letters.deleteLater()
            self.letters = None
            theme.set_role(self.next, "primary")
            self.next.setIcon(icons.icon("plus", "on_accent"))

    @Slot()
    def _on_receipt(self) -> None:
        """Show the letters of the request, the receipt among them, to be printed or kept."""
        if self._logged is None:
            return
        if self.letters is None:
            self.letters = LetterPanel(self.seat)
            self.add(self.letters)
            theme.set_role(self.next, "")  # printing comes first now
            self.next.setIcon(icons.icon("plus", "text"))
        self.letters.show_request(self._logged.request)
        page = page_around(self)
        if page is not None:
            page.show_at_top(self.letters)

    @Slot()
    def _on_open(self) -> None:
        if self._logged is not None:
            self.seat.go("request", self._logged.request)

    @Slot()
    def _on_hand_over(self) -> None:
        if self._logged is not None:
            self.hand_over.setEnabled(False)
            self.seat.runner.write(
                self, hand_over_now, self._logged.request, done=self._on_handed_over, refused=self._on_refused
            )

    def _on_handed_over(self, _done: HandedOver | None) -> None:
        self.hand_over.setEnabled(True)
        self._handed_over = True
        self.retranslate()
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_refused(self, refusal: Refused) -> None:
        self.hand_over.setEnabled(True)
        self.notice.say_problem(refusal_words(refusal))


def _counts(task: Task) -> bool:
    return task.wanted in {Wanted.NEEDED, Wanted.COMMITTED}
