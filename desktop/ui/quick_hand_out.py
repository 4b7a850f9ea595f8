"""A hand-out from anywhere: number, name or card, Enter chooses the person, Enter hands over."""

from datetime import date
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop.ui.navigation import Seat
from desktop.ui.pages.hand_out_form import HandOutForm, done_words
from desktop.ui.pages.log_people import called
from desktop.ui.quick import QuickFind
from desktop.ui.widgets.notice import Notice
from desktop.usecases.refusals import refusal_words
from desktop.usecases.refused import Refused
from desktop.usecases.work.hand_out import (
    HandedOver,
    HandOutView,
    Result,
    Waiting,
    WaitingQuery,
    list_waiting,
    see_hand_out,
)
from desktop.words import _, here, pick

SHOWN = 8


class QuickHandOut(QuickFind):
    """What waits and is found, and under it the form of the one that is chosen."""

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(seat, parent)
        self._found: Waiting | None = None
        self._seen = 0
        self._done: HandedOver | None = None
        self.notice = Notice()
        self.form = HandOutForm(seat)
        self.form.go.setAutoDefault(False)  # Enter is the form's own
        self.body.add(self.notice)
        self.body.add(self.form)
        self.body.add_stretch()
        self.chosen.connect(self._on_chosen)
        self.form.handed_over.connect(self._on_handed_over)
        self.retranslate()

    def begin(self) -> None:
        """Begin with an empty box and nobody chosen."""
        super().begin()
        self._leave_person()
        self._done = None
        self.notice.clear()

    def look(self, words: str, asked: int) -> None:
        """Find what waits as one types."""
        self._leave_person()
        query = WaitingQuery(words, limit=SHOWN)
        self.seat.runner.read(self, list_waiting, query, done=partial(self._on_found, asked), refused=self._on_refused)

    def nothing_asked(self) -> None:
        """Leave the person with the words."""
        self._leave_person()

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.say_title(_("Hand out a result"))
        self.search.set_label(_("Number, name, phone or card"))
        self.search.set_help(_("Results that wait to be collected and decisions to be served are found."))
        self.list.setAccessibleName(_("Found"))
        self.nothing.set_text(_("No result waits under these words. Look under Progress where it stands."))
        marked = self.list.currentIndex().row()
        if self._found is not None and self.list.isVisibleTo(self):
            found = self._found
            self.show_rows(self._asked, [_row(each, found.today) for each in found.results], "stamp")
            self._mark(marked)
        if self._done is not None:
            self.notice.say("done", done_words(self._done))

    def _on_found(self, asked: int, waiting: Waiting) -> None:
        if self.show_rows(asked, [_row(each, waiting.today) for each in waiting.results], "stamp"):
            self._found = waiting
            self.choose_if_awaited()

    @Slot(int)
    def _on_chosen(self, row: int) -> None:
        found = () if self._found is None else self._found.results
        if 0 <= row < len(found):
            self._seen += 1
            done = partial(self._on_seen, self._seen)
            self.seat.runner.read(self, see_hand_out, found[row].task, done=done, refused=self._on_refused)

    def _on_seen(self, seen: int, view: HandOutView) -> None:
        if seen != self._seen:
            return
        self._done = None
        self.notice.clear()
        self.form.show_view(view)
        self.form.focus_first()

    def _leave_person(self) -> None:
        self._seen += 1
        self.form.clear()

    def _on_handed_over(self, done: HandedOver) -> None:
        super().begin()
        self._done = done
        self.notice.say("done", done_words(done))

    def _on_refused(self, refusal: Refused) -> None:
        self.notice.say_problem(refusal_words(refusal))


def _row(result: Result, today: date) -> str:
    words = _("decided on {day}") if result.decision else _("out since {day}")
    since = words.format(day=here().date(result.since.date(), today))
    parts = (called(result.applicant), pick(result.item), result.number, since)
    return " · ".join(parts)
