"""One request: who wants what, what comes next and by when, and everything that belongs to it."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from desktop.ui.navigation import Seat
from desktop.ui.pages.log_people import called
from desktop.ui.pages.page import Page
from desktop.ui.pages.request_dates import due_status, left_words, nearest
from desktop.ui.pages.request_ended import EndedCard
from desktop.ui.pages.request_facts import Correction, FactsCard
from desktop.ui.pages.request_files import FilesCard
from desktop.ui.pages.request_letters import LettersCard
from desktop.ui.pages.request_now import NowCard
from desktop.ui.pages.request_papers import PapersCard
from desktop.ui.pages.request_people import PeopleCard
from desktop.ui.pages.request_plan import PlanCard
from desktop.ui.pages.request_promises import PromisesCard
from desktop.ui.pages.request_tasks import TasksCard
from desktop.ui.pages.request_timeline import TimelineCard
from desktop.ui.pages.request_way_out import WayOutCard
from desktop.ui.pages.request_ways import WaysCard
from desktop.ui.pages.request_withdraw import Withdrawing
from desktop.ui.pages.request_words import status_of, status_words, waiting_words
from desktop.ui.pages.work_form import Chosen
from desktop.ui.runner import Answered
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.running_text import RunningText
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.ui.widgets.side_by_side import SideBySide
from desktop.ui.widgets.status_mark import StatusMark
from desktop.usecases.papers.reminding import remind
from desktop.usecases.permissions import Permission
from desktop.usecases.refusals import refusal_words
from desktop.usecases.refused import Refused
from desktop.usecases.requests.requests import CorrectFact, Handed, ReceivePapers, correct_fact, receive_papers
from desktop.usecases.requests.timeline import CaseView, see_case
from desktop.usecases.topics import Topic
from desktop.usecases.work.act_words import act_words
from desktop.usecases.work.choosing import ChooseWay, choose_way
from desktop.usecases.work.telling import tell_elsewhere
from desktop.usecases.work.withdrawing import WithdrawRequest, withdraw_request
from desktop.usecases.work.work import DoAct, do_act
from desktop.usecases.work.worklist import OPEN
from desktop.words import _, here, pick

LEAST_HANZI = 52
"""Below so many in a line the parts stand under each other: letters and sentences need room."""


class RequestPage(Page):
    """A request as it stands; an act on it shows its effect on the plan at once."""

    topics = frozenset({Topic.REQUESTS, Topic.TASKS, Topic.PAPERS, Topic.FACTS, Topic.PEOPLE})

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.request: UUID | None = None
        self.case: CaseView | None = None
        self._asked, self._had_keys = 0, False
        self.title, self.who, self.notice = Heading("", 1), Label("", "muted"), Notice()
        self.status, self.due = StatusMark(), StatusMark()
        self.back = Button("", "link", icon="arrow-left")
        self.words, self.promises, self.way_out = RunningText(), PromisesCard(), WayOutCard()
        self.people = PeopleCard(seat)
        self.now, self.plan, self.ended = NowCard(), PlanCard(), EndedCard(seat)
        self.ways, self.tasks, self.papers = WaysCard(), TasksCard(seat), PapersCard()
        self.facts, self.timeline = FactsCard(seat.words), TimelineCard()
        self.files, self.letters, self.withdrawing = (
            FilesCard(seat, hint=True),
            LettersCard(seat),
            Withdrawing(seat.words),
        )
        self.body = ScrollPage()
        self._arrange()
        self.back.clicked.connect(partial(self._on_back))
        self.papers.handed.connect(self._on_handed)
        self.promises.handed.connect(self._on_handed)
        self.promises.reminded.connect(self._on_reminded)
        self.way_out.told.connect(self._on_told)
        self.facts.editor.corrected.connect(self._on_corrected)
        self.now.pressed.connect(self._on_now)
        self.now.gone.connect(self._on_gone)
        self.ways.given.connect(self._on_way)
        self.tasks.given.connect(self._on_given)
        self.tasks.turned.connect(self._on_turned)
        self.withdrawing.given.connect(self._on_withdrawn)
        self.people.done.connect(self.notice.say_done)
        self.retranslate()

    def open(self, argument: object) -> None:
        """Show the request of this id."""
        if not isinstance(argument, UUID):
            return
        if argument != self.request:
            self.request, self.case = argument, None
            self.notice.clear()
            self.facts.editor.hide()
            self.withdrawing.show_request(argument)
            self.people.put_away()
            for part in (*self._above, self._parts, self.letters):
                part.hide()
        self.reload()

    def reload(self) -> None:
        """Read the request again; an answer about another one is not shown."""
        if self.request is None:
            return
        self._asked += 1
        done = partial(self._show, self._asked)
        self.seat.runner.read(self, see_case, self.request, done=done, refused=self._say_refused)

    def retranslate(self) -> None:
        """Say the words in the language of the seat; what was said of a moment that is over is taken back."""
        self.notice.clear()
        self.back.set_text(_("All requests"))
        self.people.say()
        if self.case is None:
            self.title.set_text(_("Request"))
        else:
            self._say(self.case)

    def _show(self, asked: int, case: CaseView) -> None:
        if asked == self._asked:
            self.case = case
            self._say(case)
            self._parts.show()

    def _say(self, case: CaseView) -> None:
        row, plan = case.view.row, case.view.plan
        self.title.set_text(row.title if plan is None else pick(plan.demand.name))
        opened = here().date_time(row.opened_at.astimezone(case.zone), case.today)
        who = _("No. {number}, logged {when}").format(number=row.number, when=opened)
        self.who.show()
        self.status.show()
        self.who.set_text(_("{name}, {what}").format(name=called(row.applicant), what=who))
        waits = row.status == OPEN and row.next_actor
        self.status.set_status(
            status_of(row), waiting_words([str(row.next_actor)]) if waits else status_words(row.status)
        )
        self._say_due(case)
        self.words.set_text(_("In the person's own words: {words}").format(words=row.words or ""))
        self.words.setVisible(bool(row.words))
        is_open = row.status == OPEN
        may_take_in = is_open and self.seat.may(Permission.RECEIVE_PAPER)
        may_write = self.seat.may(Permission.WRITE_LETTER)
        self.way_out.show_case(case, may_write=may_write)
        self.promises.show_case(case, may_take_in=may_take_in, may_write=may_write)
        may_answer = is_open and self.seat.may(Permission.RECORD_FACT)
        may_choose = self.seat.may(Permission.CHANGE_REQUEST)
        self.people.show_case(case)
        self.ended.show_case(case)
        self.plan.show_case(case)
        self.ways.show_case(case, may_choose=may_choose)
        self.tasks.show_case(case)
        self.tasks.show()
        self.now.show_case(case, may_take_in=may_take_in, may_answer=may_answer, may_choose=may_choose)
        self._on_turned()
        self.papers.show_case(case, may_take_in=may_take_in)
        self.facts.show_case(case, may_correct=may_answer)
        self.timeline.show_case(case)
        self.files.show_request(row.id)
        self.letters.show_request(row.id)
        self.withdrawing.say()
        may_withdraw = is_open and plan is not None and self.seat.may(Permission.WITHDRAW_REQUEST)
        self.withdrawing.setVisible(may_withdraw)

    def _say_due(self, case: CaseView) -> None:
        due = None if case.view.plan is None else nearest(case.view.plan)
        self.due.setVisible(due is not None)
        if due is not None:
            self.due.set_status(due_status(due), left_words(due, case.today))

    def _say_refused(self, refusal: Refused) -> None:
        self.notice.say_problem(refusal_words(refusal))
        if self.case is not None:
            self._say(self.case)

    @Slot(object)
    def _on_handed(self, paper: Handed) -> None:
        if self.request is not None:
            done = partial(self._on_done, _("The paper is taken in. The plan has been made anew."))
            self._write(receive_papers, ReceivePapers(self.request, (paper,)), done)

    @Slot()
    def _on_reminded(self) -> None:
        if self.request is not None:
            self._write(remind, self.request, partial(self._on_done, _("The reminder is written. Print it below.")))

    @Slot()
    def _on_told(self) -> None:
        if self.request is not None:
            done = partial(self._on_done, _("The letter is written. Print it below."))
            self._write(tell_elsewhere, self.request, done)

    @Slot(object)
    def _on_corrected(self, correction: Correction) -> None:
        if self.request is not None:
            self._set_busy(busy=True)
            done = partial(self._on_corrected_done, _("The fact is corrected. The plan has been made anew."))
            self._write(correct_fact, CorrectFact(self.request, correction.answer, correction.reason), done)

    def _on_corrected_done(self, what: str, plan: object) -> None:
        self.facts.editor.finish()
        self._on_done(what, plan)

    @Slot()
    def _on_now(self) -> None:
        """Do the next step of who looks, as by its own button; its form opens in the row it belongs to."""
        box = self.tasks.first
        if box is None:
            return
        if box.acts.form is not None and box.folded:
            box.unfold()
        else:
            box.acts.press_next()

    @Slot()
    def _on_turned(self) -> None:
        """There is one primary button: that of the form, while it is open."""
        first = self.tasks.first
        self.now.show_form(is_open=first is not None and first.acts.form is not None)

    @Slot(str)
    def _on_gone(self, part: str) -> None:
        """Bring a part of the page to the top, with the keyboard at its first control."""
        card = {"papers": self.papers, "facts": self.facts, "ways": self.ways}[part]
        found = (*self.papers.buttons.values(), *self.facts.buttons.values(), *card.findChildren(QAbstractButton))
        control = next((each for each in found if card.isAncestorOf(each) and each.isVisible()), None)
        if control is not None:
            control.setFocus(Qt.FocusReason.OtherFocusReason)
        self.body.show_at_top(card)

    @Slot(object, object)
    def _on_given(self, task: UUID, chosen: Chosen) -> None:
        """Do an act on one of the tasks; the plan, the letter and the timeline follow."""
        focused = QApplication.focusWidget()
        self._had_keys = focused is not None and any(card.isAncestorOf(focused) for card in (self.now, self.tasks))
        self._set_busy(busy=True)
        command = DoAct(task, chosen.act, chosen.reason, values=chosen.values, papers=chosen.papers)
        box = self.tasks.box_of(task)
        told = act_words(chosen.act) if box is None else box.acts.told_of(chosen.act)
        self._write(do_act, command, partial(self._on_acted, task, told))

    @Slot(str, str)
    def _on_way(self, of: str, way: str) -> None:
        if self.request is not None:
            self._set_busy(busy=True)
            done = partial(self._on_done, _("The way is chosen. The plan has been made anew."))
            self._write(choose_way, ChooseWay(self.request, of, way), done)

    @Slot(str)
    def _on_withdrawn(self, reason: str) -> None:
        if self.request is not None:
            self._set_busy(busy=True)
            done = partial(self._on_withdrawn_done, _("The whole request is withdrawn."))
            self._write(withdraw_request, WithdrawRequest(self.request, reason), done)

    def _on_withdrawn_done(self, what: str, plan: object) -> None:
        self.withdrawing.finish()
        self._on_done(what, plan)

    def _on_acted(self, task: UUID, what: str, plan: object) -> None:
        box = self.tasks.box_of(task)
        if box is not None:
            box.acts.finish_form()
        self._on_done(what, plan)
        if self._had_keys:
            self.notice.take_keys()

    def _set_busy(self, *, busy: bool) -> None:
        """Take no second act while one is being done."""
        for box in self.tasks.boxes:
            box.acts.set_busy(busy=busy)
        self.now.set_busy(busy=busy)
        self.ways.set_busy(busy=busy)
        self.promises.set_busy(busy=busy)
        self.way_out.set_busy(busy=busy)
        self.withdrawing.set_busy(busy=busy)
        self.facts.editor.save.setEnabled(not busy)

    def _write(self, use_case: Callable[..., Any], command: object, done: Answered) -> None:
        self.seat.runner.write(self, use_case, command, done=done, refused=self._on_refused)

    def _on_done(self, what: str, _plan: object) -> None:
        self._set_busy(busy=False)
        self.facts.editor.hide()
        self.notice.say_done(what)

    def _on_refused(self, refusal: Refused) -> None:
        self._set_busy(busy=False)
        self._say_refused(refusal)

    def _on_back(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self.seat.go("requests")

    def _arrange(self) -> None:
        left, right = QWidget(), QWidget()
        beside = (
            (left, (self.papers, self.people, self.files, self.withdrawing)),
            (right, (self.facts, self.timeline)),
        )
        for holder, cards in beside:
            column = Column(holder, spacing=2)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
        self._parts = SideBySide(left, right, shares=(1, 1), least_hanzi=LEAST_HANZI)
        self._above = (self.way_out, self.promises, self.now, self.ended, self.ways, self.tasks, self.plan)
        top = QWidget()
        head = Column(top, spacing=0.4)
        for widget in (Flow(self.back), self.title, self.who, Flow(self.status, self.due, spacing=3), self.words):
            head.addWidget(widget)
        self.body.add(top)
        self.body.add(self.notice)
        for part in (*self._above, self._parts, self.letters):
            self.body.add(part)
            part.hide()
        self.body.add_stretch()
        for widget in (self.who, self.words, self.status, self.due):
            widget.hide()
        Column(self).addWidget(self.body)
