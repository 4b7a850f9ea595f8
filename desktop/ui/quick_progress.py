"""Progress from anywhere: type or scan, Enter, and read out where it stands."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop.ui.navigation import Seat
from desktop.ui.pages.log_people import called
from desktop.ui.pages.request_words import status_words
from desktop.ui.progress_words import sentences, summary
from desktop.ui.quick import QuickFind
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, emptied
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.status_mark import StatusMark
from desktop.usecases.refusals import refusal_words
from desktop.usecases.refused import Refused
from desktop.usecases.requests.progress import FindRequests, FoundRequest, Progress, find_requests, tell_progress
from desktop.words import _, here, pick


class QuickProgress(QuickFind):
    """What was found, and the answer for the one that is chosen."""

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(seat, parent)
        self._found: tuple[FoundRequest, ...] = ()
        self.progress: Progress | None = None
        self._told = 0
        self.notice = Notice()
        self.card = Card()
        self.title, self.who, self.about = Heading("", 3), Label(), Label(role="muted")
        self.summary = StatusMark()
        self.steps = Column(spacing=0.6)
        self.to_request = Button("", icon="file-text")
        self.to_request.set_shortcut("Ctrl+Return")
        self.to_request.setAutoDefault(False)
        self._arrange()
        self.chosen.connect(self._on_chosen)
        self.to_request.clicked.connect(self._on_open)
        self.retranslate()

    def begin(self) -> None:
        """Begin with an empty box and no answer."""
        super().begin()
        self._show(None)

    def look(self, words: str, asked: int) -> None:
        """Find requests as one types."""
        self._show(None)
        self.seat.runner.read(
            self, find_requests, FindRequests(words), done=partial(self._on_found, asked), refused=self._on_refused
        )

    def nothing_asked(self) -> None:
        """Take the answer away with the words it answered."""
        self._show(None)

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.say_title(_("Progress"))
        self.search.set_label(_("Number, name, phone or card"))
        self.search.set_help(_("Type or scan, then press Enter. The arrows choose another line."))
        self.list.setAccessibleName(_("Found"))
        self.nothing.set_text(_("Nothing is found. Try the number on the receipt, or fewer words."))
        self.to_request.set_text(_("Open the request"))
        self._say_rows()
        self._show(self.progress)

    def lines(self) -> list[str]:
        """The sentences shown, the first of them the answer."""
        marks = [self.summary, *self.card.findChildren(StatusMark)]
        return list(dict.fromkeys(mark.text() for mark in marks if mark.isVisibleTo(self)))

    def _on_found(self, asked: int, found: tuple[FoundRequest, ...]) -> None:
        if self.show_rows(asked, [_row(each) for each in found], "file-text"):
            self._found = found
            self.choose_if_awaited()

    def _say_rows(self) -> None:
        marked = self.list.currentIndex().row()
        if self._found and self.list.isVisibleTo(self):
            self.show_rows(self._asked, [_row(each) for each in self._found], "file-text")
            self._mark(marked)

    @Slot(int)
    def _on_chosen(self, row: int) -> None:
        if 0 <= row < len(self._found):
            self._tell(self._found[row].request)

    def _tell(self, request: UUID) -> None:
        self._told += 1
        done = partial(self._on_told, self._told)
        self.seat.runner.read(self, tell_progress, request, done=done, refused=self._on_refused)

    def _on_told(self, told: int, progress: Progress) -> None:
        if told == self._told:
            self._show(progress)

    def _on_refused(self, refusal: Refused) -> None:
        self.notice.say_problem(refusal_words(refusal))

    def _show(self, progress: Progress | None) -> None:
        self.progress = progress
        if progress is None:
            self._told += 1
        self.notice.clear()
        emptied(self.steps)
        self.card.setVisible(progress is not None)
        if progress is None:
            return
        self.title.set_text(pick(progress.title))
        self.who.set_text(called(progress.applicant))
        opened = _("Logged on {day}").format(day=here().date(progress.opened, progress.today))
        self.about.set_text(f"{progress.number} · {opened}")
        self.summary.set_status(*summary(progress))
        for status, said in sentences(progress):
            self.steps.addWidget(StatusMark(status, said))

    def _on_open(self) -> None:
        if self.progress is not None:
            request = self.progress.request
            self.accept()
            self.seat.go("request", request)

    def _arrange(self) -> None:
        self.summary.set_role("strong")
        for widget in (self.title, self.who, self.about, self.summary):
            self.card.add(widget)
        self.card.column.insertLayout(self.card.column.count() - 1, self.steps)
        self.card.add(Flow(self.to_request))
        self.body.add(self.notice)
        self.body.add(self.card)
        self.body.add_stretch()


def _row(found: FoundRequest) -> str:
    parts = (called(found.applicant), found.title, found.number, status_words(found.status))
    return " · ".join(parts)
