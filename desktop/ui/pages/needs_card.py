"""One unmet need: whose it is and until when, who sees to it, its answer, and the request it may become."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.ui.navigation import Seat
from desktop.ui.pages.log_people import called
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.key_value import KeyValue
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.running_text import RunningText
from desktop.ui.widgets.text_box import TextBox
from desktop.usecases.needs.unmet_needs import (
    AnswerNeed,
    OwnNeed,
    UnmetLine,
    UnmetView,
    answer_need,
    make_request_of_need,
    own_need,
    tell_answer,
)
from desktop.usecases.refusals import refusal_words
from desktop.usecases.refused import Refused
from desktop.usecases.requests.enquiries import LoggedEnquiry
from desktop.words import _, here, pgettext

NOBODY = "nobody"


class NeedCard(Retranslated, Card):
    """What is half typed for a need stays with it while another is looked at."""

    settled = Signal(str)
    """The need has left the list it stood in; what is said of it."""

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.seat = seat
        self.line: UnmetLine | None = None
        self._view: UnmetView | None = None
        self._typed: dict[UUID, str] = {}
        self._offered: list[tuple[str, str]] = []
        self.words, self.known, self.notice = RunningText(), KeyValue(), Notice()
        self.owner: Field[Choice] = Field(Choice(shown_at_most=0), hanzi=14)
        self.answer: Field[TextBox] = Field(TextBox(lines=4))
        self.send = Button("", "primary", icon="check")
        self.become = Button("", icon="file-plus")
        self.told = Button("", "primary", icon="check")
        self.to_request = Button("", icon="file-text")
        buttons = Flow(self.send, self.become, self.told, self.to_request)
        for part in (self.words, self.known, self.notice, self.owner, self.answer, buttons):
            self.add(part)
        self._connect()
        self.retranslate()

    def show_need(self, line: UnmetLine, view: UnmetView) -> None:
        """Show a need; the same one read again keeps what is being typed."""
        if self.line is None or line.need != self.line.need:
            self._keep_typed()
            self.notice.clear()
            self.answer.set_error()
            self.answer.editor.setPlainText(self._typed.get(line.need, ""))
        self.line, self._view = line, view
        self._say()

    def forget(self) -> None:
        """Show none; what is half typed waits for its need."""
        self._keep_typed()
        self.line = None

    def focus_first(self) -> None:
        """Bring the keyboard to what comes next: the answer, or that it is told."""
        if self.answer.isVisibleTo(self):
            self.answer.focus()
        else:
            next((button for button in (self.told, self.to_request) if button.isVisibleTo(self)), self.told).setFocus()

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.owner.set_label(_("Who sees to it"))
        self.answer.set_label(_("Answer to the person"))
        self.answer.set_help(_("Say who can help, or why nobody can. The answer is kept with its day."))
        self.send.set_text(_("Keep the answer"))
        self.become.set_text(_("Pass it on as an enquiry"))
        self.told.set_text(_("The person has been told"))
        self.to_request.set_text(_("The request"))
        self._say()

    def _keep_typed(self) -> None:
        if self.line is not None:
            self._typed[self.line.need] = self.answer.editor.toPlainText()

    def _say(self) -> None:
        line, view = self.line, self._view
        if line is None or view is None:
            return
        waits = line.answered_at is None
        self.words.set_text(line.words)
        self.known.set_rows(need_rows(line, view))
        self.owner.setVisible(waits)
        self.answer.setVisible(waits)
        self.send.setVisible(waits)
        self.become.setVisible(waits)
        self.told.setVisible(not waits and line.told_at is None)
        self.to_request.setVisible(line.request is not None)
        if waits:
            self._offer_owners(line, view)

    def _offer_owners(self, line: UnmetLine, view: UnmetView) -> None:
        """Offer everybody who may see to it, and an owner who no longer may but still does."""
        owners = dict(view.owners)
        if line.owner_id is not None:
            owners.setdefault(line.owner_id, line.owner or "")
        nobody = NOBODY, pgettext("owner", "Nobody yet")
        offered = [nobody, *((str(account), name) for account, name in owners.items())]
        if offered != self._offered:  # else the keyboard would leave the box whenever the list is read again
            self._offered = offered
            self.owner.editor.set_options(offered)
        self.owner.editor.set_value(NOBODY if line.owner_id is None else str(line.owner_id))

    def _connect(self) -> None:
        self.owner.editor.chosen.connect(self._on_owner)
        self.send.clicked.connect(self._on_send)
        self.become.clicked.connect(self._on_become)
        self.told.clicked.connect(self._on_told)
        self.to_request.clicked.connect(self._on_to_request)

    @Slot(str)
    def _on_owner(self, owner: str) -> None:
        if self.line is None:
            return
        command = OwnNeed(self.line.need, None if owner == NOBODY else UUID(owner))
        self.seat.runner.write(self, own_need, command, refused=self._on_refused)

    @Slot()
    def _on_send(self) -> None:
        if self.line is None:
            return
        self.answer.set_error()
        command = AnswerNeed(self.line.need, self.answer.editor.toPlainText())
        done = partial(self._on_answered, self.line.need)
        self.seat.runner.write(self, answer_need, command, done=done, refused=self._on_refused)

    @Slot()
    def _on_become(self) -> None:
        if self.line is not None:
            need = self.line.need
            done = partial(self._on_became, need)
            self.seat.runner.write(self, make_request_of_need, need, done=done, refused=self._on_refused)

    @Slot()
    def _on_told(self) -> None:
        if self.line is not None:
            self.seat.runner.write(self, tell_answer, self.line.need, refused=self._on_refused)

    @Slot()
    def _on_to_request(self) -> None:
        if self.line is not None and self.line.request is not None:
            self.seat.go("request", self.line.request)

    def _on_answered(self, need: UUID, _done: None) -> None:
        self._let_go(need)
        self.settled.emit(_("The answer is kept. Tell the person, then note it under the answered needs."))

    def _on_became(self, need: UUID, logged: LoggedEnquiry) -> None:
        self._let_go(need)
        self.settled.emit(_("Passed on as an enquiry, No. {number}.").format(number=logged.number))

    def _let_go(self, need: UUID) -> None:
        if self.line is not None and self.line.need == need:
            self.line = None
        self._typed.pop(need, None)

    def _on_refused(self, refusal: Refused) -> None:
        self._say()
        if refusal.code in {"answer_missing", "too_long"}:
            self.answer.set_error(refusal_words(refusal))
            self.answer.focus()
        else:
            self.notice.say_problem(refusal_words(refusal))


def need_rows(line: UnmetLine, view: UnmetView) -> list[tuple[str, str]]:
    """Say whose a need is, when and by whom it was written down, and what has become of it."""
    said = here()
    who = said.listing([called(line.who), *([line.phone] if line.phone else [])])
    recorded = said.date_time(line.recorded_at, view.today)
    if line.recorder:
        recorded = _("{when}, by {who}").format(when=recorded, who=line.recorder)
    rows = [(pgettext("need", "Whose"), who), (_("Written down"), recorded)]
    if line.answered_at is None:
        return [*rows, (_("Answer by"), said.date(line.due, view.today))]
    rows.append((_("Who sees to it"), line.owner or pgettext("owner", "Nobody yet")))
    rows.append((_("Answered on"), said.date(line.answered_at.date(), view.today)))
    if line.answer:
        rows.append((pgettext("need", "Answer"), line.answer))
    if line.number:
        rows.append((_("Became the enquiry"), line.number))
    told = _("Not yet") if line.told_at is None else said.date(line.told_at.date(), view.today)
    return [*rows, (_("Told the person"), told)]
