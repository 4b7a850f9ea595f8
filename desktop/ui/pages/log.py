"""Logging a request on one page: who, which need, only the questions that matter, the papers, and one number."""

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar
from uuid import UUID, uuid4

from PySide6.QtCore import Signal, Slot

from desktop.ui.navigation import Seat
from desktop.ui.pages.log_choices import ChoicesCard
from desktop.ui.pages.log_done import DoneCard
from desktop.ui.pages.log_faults import LogFaults
from desktop.ui.pages.log_need import NeedCard
from desktop.ui.pages.log_odd import OddNumber
from desktop.ui.pages.log_papers import PapersCard
from desktop.ui.pages.log_people import name_words
from desktop.ui.pages.log_questions import QuestionsCard
from desktop.ui.pages.log_roles import RolesCard
from desktop.ui.pages.log_send import SendCard
from desktop.ui.pages.log_who import WhoCard
from desktop.ui.pages.page import Page
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.plan_beside import FormWithPlan
from desktop.usecases.needs.needs import read_catalogue
from desktop.usecases.refusals import refusal_words
from desktop.usecases.refused import Refused
from desktop.usecases.requests.new_request import ANONYMOUS
from desktop.usecases.requests.requests import Form, Handed, Logged, LogRequest, Look, log_request, look
from desktop.usecases.requests.taking_part import kinds_of_applicant
from desktop.usecases.topics import Topic
from desktop.words import _, here, pick
from desktop.workflow.catalogue.definitions import APPLICANT, Catalogue
from desktop.workflow.planning.inputs import Key, Kind
from desktop.workflow.planning.plan import Plan


class LogPage(Page):
    """The parts of a request under each other, and beside them what it will take.

    `edited` says that the form is otherwise than it was (what `state` gives has changed), `logged` carries what was
    logged: from then on the form is nobody's draft any more.
    """

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.CATALOGUE, Topic.PAPERS, Topic.FACTS})
    edited = Signal()
    logged = Signal(object)

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.plan: Plan | None = None
        self._catalogue = Catalogue()
        self._asked = 0
        self._op: UUID = uuid4()
        self._visit: UUID | None = None
        self._holders: dict[str, str] = {}
        self._refusal: Refused | None = None
        self.title = Heading("", 1)
        self.who, self.need, self.roles = WhoCard(seat), NeedCard(seat), RolesCard(seat)
        self.questions, self.choices, self.papers = QuestionsCard(), ChoicesCard(), PapersCard(seat)
        self.send, self.done, self.faults = SendCard(), DoneCard(seat), LogFaults()
        self._odd = OddNumber(seat, self.roles)
        self._sides = FormWithPlan()
        self.body, self.explained = self._sides.form, self._sides.plan
        self.picture, self.to_plan = self.explained.view, self._sides.to_plan
        self._arrange()
        self._connect()
        self._show_parts()
        self.retranslate()

    def reload(self) -> None:
        """Read what the hall offers, and look again at a form that is under way."""
        self.seat.runner.read(self, read_catalogue, None, done=self._on_catalogue)
        if self.plan is not None and self.done.isHidden():
            self._look_again()

    def form(self) -> Form | None:
        """The request as it stands, or None before the need is known."""
        if self.need.need is None:
            return None
        roles = self.roles.roles()
        if self.who.subject is not None:
            roles = {APPLICANT: (self.who.subject,), **roles}
        return Form(
            self.need.need.code,
            roles,
            self.questions.answers(),
            self.papers.papers(),
            {**self.choices.choices(), **self.papers.ways()},
            self.roles.unnamed(),
            self.roles.mandates(),
        )

    def summary(self) -> tuple[str, str]:
        """Say in a word whose form this is and what it is about; either may be empty."""
        who = "" if self.who.named is None else name_words(self.who.named)
        return who, self.need.words() if self.need.need is None else pick(self.need.need.name)

    def state(self) -> dict[str, Any]:
        """Give the form as it stands, in values that can be kept and put back; empty once it is logged."""
        if not self.done.isHidden():
            return {}
        parts: dict[str, Any] = {"who": self.who.state(), "need": self.need.state(), "roles": self.roles.state()}
        told = {"answers": self.questions.state(), "choices": self.choices.state(), "papers": self.papers.state()}
        return parts | told | {"visit": None if self._visit is None else str(self._visit)}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Put a form back as it stood; what the catalogue no longer knows is left out."""
        self.begin()
        self._visit = UUID(state["visit"]) if state.get("visit") else None
        self.who.restore(state.get("who") or {})
        self.need.who = self.who.subject
        self.need.restore(state.get("need") or {}, self._catalogue)
        self.roles.show_applicant(self.who.named)
        if self.need.need is not None:
            self.roles.show_demand(self._catalogue.demands[self.need.need.code])
            self.roles.restore(state.get("roles") or {})
            self.questions.restore(state.get("answers") or [])
            self.choices.restore(state.get("choices") or {})
            self.papers.restore(state.get("papers") or {})
        self._show_need()
        self._holders = self._held()
        self._call()
        self._show_parts()
        self._look_again()

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.title.set_text(_("Log a request"))
        self._show_need()
        self._call()
        self._draw()
        if self._refusal is not None and not self.send.notice.isHidden():
            self._say_refusal(self._refusal, focus=False)

    @Slot()
    def begin(self) -> None:
        """Begin the next request with an empty form, for somebody else."""
        self._visit = None
        self._odd.take_back()
        self.who.begin()
        self.need.who = None
        self._begin_matter(keep_people=False)
        self.who.focus_first()
        self.edited.emit()

    @Slot()
    def begin_same_person(self) -> None:
        """Begin another matter of the same person in the same visit; who acts for them still does."""
        self._begin_matter(keep_people=True)
        self.need.focus_first()
        self.edited.emit()

    def _begin_matter(self, *, keep_people: bool) -> None:
        self.plan, self._op = None, uuid4()
        self._asked += 1
        self.need.begin()
        self._show_need()
        if not keep_people:
            self.roles.begin(self._catalogue)
        for part in (self.questions, self.choices, self.papers):
            part.begin(self._catalogue)
        self.roles.show_applicant(self.who.named)
        self._holders = self._held()
        self.send.begin()
        self.faults.clear()
        self.done.hide()
        self._show_parts()

    def _arrange(self) -> None:
        asked = (self.roles, self.questions, self.choices, self.papers, self.send)
        self._sides.set_cards((self.title, self.faults, self.done, self.who, self.need), asked)
        Column(self).addWidget(self._sides)

    def _connect(self) -> None:
        self.who.chosen.connect(self._on_who)
        self.need.chosen.connect(self._on_need)
        self.roles.changed.connect(self._on_roles)
        for card in (self.who, self.roles):
            card.warned.connect(self._odd.say)
        self.roles.finished.connect(self._focus_questions)
        self.questions.answered.connect(self._on_answered)
        self.questions.finished.connect(self._focus_papers)
        self.choices.chosen.connect(self._look_again)
        self.papers.handed_over.connect(self._look_again)
        self.papers.finished.connect(self.send.focus_first)
        self.send.submitted.connect(self._on_submitted)
        self.done.another.connect(self.begin)
        self.done.same_person.connect(self.begin_same_person)

    def _show_parts(self) -> None:
        under_way = self.plan is not None and self.who.settled and self.need.need is not None
        logged = not self.done.isHidden()
        for card in (self.who, self.need):
            card.setVisible(not logged)
        self.questions.setVisible(under_way and not logged)
        goes_on = under_way and not logged and self.plan is not None and self.plan.route is None
        for part in (self.roles, self.papers, self.send):
            part.setVisible(goes_on)
        self.choices.setVisible(goes_on and self.choices.has_any())
        self._draw()

    def _show_need(self) -> None:
        """Let who it is for be held against who may ask for the need."""
        demand = None if self.need.need is None else self._catalogue.demands.get(self.need.need.code)
        if demand is None:
            self.who.show_need("", ())
        else:
            self.who.show_need(pick(demand.name), kinds_of_applicant(demand, self._catalogue))

    def _draw(self) -> None:
        self._sides.show_plan(has_plan=self.plan is not None, alone=not self.done.isHidden())
        if self.plan is None:
            self.explained.set_plan(None)
        else:
            whose = {subject: called.words for subject, called in self.roles.called().items()}
            self.explained.set_plan(self.plan, self.questions.told(), whose)

    def _on_catalogue(self, catalogue: Catalogue) -> None:
        first = not self._catalogue.demands
        changed = catalogue.version != self._catalogue.version
        self._catalogue = catalogue
        if first or (changed and self.need.need is None):
            self.begin()

    # -- who ----------------------------------------------------------------------------------------------------

    @Slot()
    def _on_who(self) -> None:
        self.need.who = self.who.subject
        self.roles.show_applicant(self.who.named)
        if self.who.named is not None and self.questions.answer(ANONYMOUS) is True:
            self.questions.tell(ANONYMOUS, value=False)
        self._follow()
        self._look_again()
        if self.who.settled and self.need.need is None:
            self.need.focus_first()

    @Slot()
    def _on_roles(self) -> None:
        self._follow()
        self._look_again()

    def _held(self) -> dict[str, str]:
        """Who stands for each role in the plan: the first holder, or the role itself."""
        found = {code: holders[0] if holders else f"role:{code}" for code, holders in self.roles.holders().items()}
        return found | {APPLICANT: str(self.who.subject or f"role:{APPLICANT}")}

    def _follow(self) -> None:
        """Let what was told of a role's holder follow the role, unless that holder stands elsewhere too."""
        self._odd.see()
        before, now = self._holders, self._held()
        moved = {}
        for code, holder in now.items():
            old = before.get(code, f"role:{code}")
            if old != holder and old not in now.values():
                moved[old] = holder
        self._holders = now
        if moved:
            for part in (self.questions, self.papers):
                part.follow(moved)
        self._call()

    def _call(self) -> None:
        called = self.roles.called()
        for part in (self.questions, self.papers):
            part.call(called)

    # -- what ---------------------------------------------------------------------------------------------------

    @Slot()
    def _on_need(self) -> None:
        self.plan = None
        for part in (self.questions, self.choices, self.papers):
            part.begin(self._catalogue)
        if self.need.need is not None:
            self.roles.show_demand(self._catalogue.demands[self.need.need.code])
        self._show_need()
        self._holders = self._held()
        self._call()
        self.send.begin()
        self.faults.clear()
        self._show_parts()
        self._look_again()

    @Slot()
    def _on_answered(self) -> None:
        """A report without a name keeps no name."""
        if self.questions.answer(ANONYMOUS) is True and self.who.named is not None:
            self.who.take(None)
        else:
            self._look_again()

    @Slot()
    def _look_again(self) -> None:
        """Ask what the form as it stands would take; an answer to an older form is dropped."""
        form = self.form()
        self._asked += 1
        self._op = uuid4()  # what is sent from here on is another act
        self.faults.see_again()
        self.edited.emit()
        if form is None:
            self._show_parts()
            return
        done = partial(self._on_look, self._asked)
        refused = partial(self._on_look_refused, self._asked)
        self.seat.runner.read(self, look, form, done=done, refused=refused)

    def _on_look(self, asked: int, seen: Look) -> None:
        if asked != self._asked:
            return
        first = self.plan is None
        self.plan = seen.plan
        self._refusal = None
        self.need.show_plan(seen.plan)
        self.roles.advise_guardian(minor=seen.guardian_advised, needed=seen.guardian_needed)
        self._say_dead(seen)
        self.questions.show_plan(seen.plan)
        self.choices.show_plan(seen.plan)
        self.papers.show_look(seen)
        promised = sum(paper.promise_due is not None for paper in self.papers.papers())
        self.send.show_look(seen, self._catalogue, promised=promised, unfilled=self.roles.unfilled())
        self._show_parts()
        if self.who.settled and self.who.named is None:
            self.questions.tell(ANONYMOUS, value=True)
        if self.who.is_unfit:
            if first:
                self.who.focus_first()
        elif first and self.who.settled and not self.roles.focus_open():
            self._focus_questions()

    def _say_dead(self, seen: Look) -> None:
        """Say where somebody is named who is on record as dead, before anything is sent."""
        about = "" if seen.dead is None else str(seen.dead.values["which"])
        self.who.show_dead(refusal_words(seen.dead) if seen.dead is not None and about == APPLICANT else "")
        if seen.dead is not None and about != APPLICANT:
            self.roles.say_error(seen.dead.code, about, refusal_words(seen.dead), focus=False)

    def _on_look_refused(self, asked: int, refusal: Refused) -> None:
        if asked == self._asked:
            self._on_refused(refusal)

    @Slot()
    def _focus_questions(self) -> None:
        if not self.questions.focus_open():
            self._focus_papers()

    @Slot()
    def _focus_papers(self) -> None:
        if not self.papers.focus_first():
            self.send.focus_first()

    # -- sending ------------------------------------------------------------------------------------------------

    @Slot(bool, bool)
    def _on_submitted(self, despite_twin: bool, at_once: bool) -> None:  # noqa: FBT001  as the signal gives it
        alone = self.send.why_alone()
        if self.faults.stand_in_the_way(self.who, self.roles, self.questions, self.papers, alone=bool(alone)):
            self.send.notice.clear()
            return
        form = self.form()
        if form is None:
            return
        if self.papers.is_busy():
            self.send.say_refused(_("A scan is still being attached. Wait until it is there, then log the request."))
            return
        words = self.questions.story() or self.need.words()
        command = LogRequest(
            form, words, despite_twin=despite_twin, at_once=at_once, visit=self._visit, why_alone=alone
        )
        op = self._op if not despite_twin else uuid4()
        self.send.wait()
        done, refused = partial(self._on_logged, form.papers), partial(self._on_refused)
        self.seat.runner.write(self, log_request, command, done=done, refused=refused, op=op)

    def _on_logged(self, papers: tuple[Handed, ...], logged: Logged) -> None:
        self.plan, self._visit = logged.plan, logged.visit
        promised = {
            Key(Kind.MATERIAL, paper.code, paper.subject).leaf: here().date(paper.promise_due, logged.plan.today)
            for paper in papers
            if paper.promise_due is not None
        }
        self.done.say(
            logged,
            self._catalogue,
            named=self.who.named is not None,
            promised=promised,
            called=self.roles.called(),
        )
        self.done.show()
        self._show_parts()
        self.done.focus_first()
        self.body.show_at_top(self.done)  # the number is seen first, however large the text
        self.logged.emit(logged)

    def _on_refused(self, refusal: Refused) -> None:
        self.send.setVisible(True)
        if refusal.code == "twin_open":
            self.send.say_twin(refusal)
        else:
            self._refusal = refusal
            if refusal.values.get("may_act_alone"):
                self.send.offer_alone()
            self._say_refusal(refusal, focus=True)

    def _say_refusal(self, refusal: Refused, *, focus: bool) -> None:
        """Say why not: beside what it is about, where there is such a place, and above the button in any case."""
        words, about = refusal_words(refusal), str(refusal.values.get("which", ""))
        self.send.say_refused(words, focus=focus)
        if about == APPLICANT:
            if focus:
                self.who.focus_first()
            return
        if about and not self.roles.say_error(refusal.code, about, words, focus=focus):
            self.papers.say_error(about, words, focus=focus)
