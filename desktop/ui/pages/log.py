"""Logging a request on one page: who, which need, only the questions that matter, the papers, and one number."""

from functools import partial
from typing import ClassVar
from uuid import UUID, uuid4

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop.ui.navigation import Seat
from desktop.ui.pages.log_done import DoneCard
from desktop.ui.pages.log_need import NeedCard
from desktop.ui.pages.log_papers import PapersCard
from desktop.ui.pages.log_questions import QuestionsCard
from desktop.ui.pages.log_send import SendCard
from desktop.ui.pages.log_who import WhoCard
from desktop.ui.pages.page import Page
from desktop.ui.plan_pictures import plan_picture
from desktop.ui.refusals import refusal_words
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.plan_layout import PlanPicture
from desktop.ui.widgets.plan_view import PlanView
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.ui.widgets.side_by_side import SideBySide
from desktop.usecases.needs import read_catalogue
from desktop.usecases.refused import Refused
from desktop.usecases.requests import Form, Logged, LogRequest, log_request, preview
from desktop.usecases.taking_part import must_be_named
from desktop.usecases.topics import Topic
from desktop.words import _
from desktop.workflow.catalogue import APPLICANT, Catalogue
from desktop.workflow.plan import Plan


class LogPage(Page):
    """The parts of a request under each other, and beside them what it will take."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.CATALOGUE})

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.plan: Plan | None = None
        self._catalogue = Catalogue()
        self._asked = 0
        self._op: UUID = uuid4()
        self.title = Heading("", 1)
        self.who, self.need = WhoCard(seat), NeedCard(seat)
        self.questions, self.papers, self.send, self.done = QuestionsCard(), PapersCard(), SendCard(), DoneCard()
        self.picture = PlanView()
        self._arrange()
        self._connect()
        self._show_parts()
        self.retranslate()

    def reload(self) -> None:
        """Read what the hall offers."""
        self.seat.runner.read(self, read_catalogue, None, done=self._on_catalogue)

    def form(self) -> Form | None:
        """The request as it stands, or None before the need is known."""
        if self.need.need is None:
            return None
        roles = {APPLICANT: (self.who.subject,)} if self.who.subject is not None else {}
        demand = self._catalogue.demands[self.need.need.code]
        unnamed = tuple(role.code for role in demand.roles if must_be_named(role))
        return Form(demand.code, roles, self.questions.answers(), self.papers.papers(), unnamed=unnamed)

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.title.set_text(_("Log a request"))
        self._draw()

    def begin(self) -> None:
        """Begin the next request with an empty form."""
        self.plan, self._op = None, uuid4()
        self._asked += 1
        for card in (self.who, self.need):
            card.begin()
        for part in (self.questions, self.papers):
            part.begin(self._catalogue)
        self.send.begin()
        self.done.hide()
        self._show_parts()
        self.who.focus_first()

    def _arrange(self) -> None:
        body = ScrollPage(hanzi=44)
        for card in (self.title, self.done, self.who, self.need, self.questions, self.papers, self.send):
            body.add(card)
        body.add_stretch()
        beside = QWidget()
        Column(beside, margins=1).addWidget(self.picture)
        Column(self).addWidget(SideBySide(body, beside))

    def _connect(self) -> None:
        self.who.chosen.connect(self._on_who)
        self.need.chosen.connect(self._on_need)
        self.questions.answered.connect(self._look_again)
        self.questions.finished.connect(self._on_questions_finished)
        self.papers.handed_over.connect(self._look_again)
        self.papers.finished.connect(self.send.focus_first)
        self.send.submitted.connect(self._on_submitted)
        self.done.another.connect(self.begin)

    def _show_parts(self) -> None:
        under_way = self.plan is not None and self.who.settled and self.need.need is not None
        logged = not self.done.isHidden()
        for card in (self.who, self.need):
            card.setVisible(not logged)
        for part in (self.questions, self.papers, self.send):
            part.setVisible(under_way and not logged)
        self._draw()

    def _draw(self) -> None:
        if self.plan is None:
            self.picture.set_picture(PlanPicture())
        else:
            self.picture.set_picture(plan_picture(self.plan, self._catalogue, self.questions.told()))

    def _on_catalogue(self, catalogue: Catalogue) -> None:
        first = not self._catalogue.demands
        changed = catalogue.version != self._catalogue.version
        self._catalogue = catalogue
        if first or (changed and self.need.need is None):
            self.begin()

    @Slot()
    def _on_who(self) -> None:
        self.need.who = self.who.subject
        self._look_again()
        if self.who.settled and self.need.need is None:
            self.need.focus_first()

    @Slot()
    def _on_need(self) -> None:
        self.plan = None
        for part in (self.questions, self.papers):
            part.begin(self._catalogue)
        self.send.begin()
        self._show_parts()
        self._look_again()

    @Slot()
    def _look_again(self) -> None:
        """Ask what the form as it stands would take; an answer to an older form is dropped."""
        form = self.form()
        self._asked += 1
        self._op = uuid4()  # what is sent from here on is another act
        if form is None:
            self._show_parts()
            return
        done = partial(self._on_plan, self._asked)
        self.seat.runner.read(self, preview, form, done=done, refused=self._on_refused)

    def _on_plan(self, asked: int, plan: Plan) -> None:
        if asked != self._asked:
            return
        first = self.plan is None
        self.plan = plan
        self.questions.show_plan(plan)
        self.papers.show_plan(plan)
        self.send.show_plan(plan)
        self._show_parts()
        if first and self.who.settled:
            self.questions.focus_next()

    @Slot()
    def _on_questions_finished(self) -> None:
        if not self.papers.focus_first():
            self.send.focus_first()

    @Slot(bool)
    def _on_submitted(self, despite_twin: bool) -> None:  # noqa: FBT001  as the signal gives it
        form = self.form()
        if form is None:
            return
        command = LogRequest(form, self.need.words(), despite_twin=despite_twin)
        op = self._op if not despite_twin else uuid4()
        self.send.wait()
        self.seat.runner.write(self, log_request, command, done=self._on_logged, refused=self._on_refused, op=op)

    def _on_logged(self, logged: Logged) -> None:
        self.plan = logged.plan
        self.done.say(logged, self._catalogue)
        self.done.show()
        self._show_parts()
        self.done.focus_first()

    def _on_refused(self, refusal: Refused) -> None:
        if refusal.code == "twin_open":
            self.send.say_twin(refusal)
        else:
            self.send.say_refused(refusal_words(refusal))
        self.send.setVisible(True)
