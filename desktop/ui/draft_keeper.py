"""The keeper of half-typed forms: what stands on the page is kept as it is typed, set aside, and taken up again."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Protocol
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance, Slot

from desktop.ui.navigation import Seat
from desktop.ui.widgets.notice import Tone
from desktop.usecases.refused import Refused
from desktop.usecases.requests.drafts import (
    DraftLine,
    DraftsView,
    OpenDraft,
    SaveDraft,
    discard_draft,
    list_drafts,
    recover_draft,
    resume_draft,
    save_draft,
)
from desktop.usecases.topics import Topic
from desktop.words import _

REST_MS = 500
ENQUIRY = "enquiry"

State = dict[str, Any]
Said = Callable[[Tone, str], None]


class Form(Protocol):
    """A page whose form can be kept."""

    edited: SignalInstance
    logged: SignalInstance

    def state(self) -> State:
        """Give the form as it stands; empty when it is nobody's draft any more."""

    def restore(self, state: Mapping[str, Any]) -> None:
        """Put a form back as it stood."""

    def begin(self) -> None:
        """Begin with an empty form."""

    def summary(self) -> tuple[str, str]:
        """Say in a word whose form this is and what it is about."""


class Beside(Protocol):
    """What may be half-typed beside the form: the enquiry."""

    def state(self) -> State:
        """Give it as it stands."""

    def restore(self, state: State) -> None:
        """Put it back as it stood."""


class DraftKeeper(QObject):
    """Keeps the form of one seat. Everything is written on the worker; one write is under way at a time."""

    changed = Signal()  # the forms set aside are others now
    discarded = Signal(object)  # a SaveDraft that brings back what was thrown away
    page_wanted = Signal()  # a form is to be put back: show the page it belongs to

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.seat = seat
        self.view: DraftsView | None = None
        self._form: Form | None = None
        self._beside: Beside | None = None
        self._blank: State = {}
        self._ready = False  # the page knows what the hall offers, so that a form can be put back
        self._draft: UUID | None = None
        self._kept: State = {}
        self._busy = False
        self._stay = 0  # answers to who sat here before are not heard
        self._next: Callable[[], None] | None = None
        self._found: OpenDraft | None = None
        self._said = self._note = ""
        self._told_of: UUID | None = None  # the draft of which it was said that another seat took it up
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST_MS)
        self._timer.timeout.connect(self.keep)
        seat.runner.changed.connect(self._on_changed)
        seat.runner.broken.connect(self._on_broken)

    # -- the form of this seat ----------------------------------------------------------------------------------

    def begin(self, beside: Beside) -> None:
        """Keep what is half-typed from now on, and bring back what stood here when the program ended."""
        self._beside = beside
        done = partial(self._on_recovered, self._stay)
        self.seat.runner.write(self, recover_draft, None, done=done, refused=self._on_refused)
        self.read_list()

    def attach(self, form: Form) -> None:
        """Keep the form of this page too."""
        self._form, self._blank = form, form.state()
        form.edited.connect(self._on_edited)
        form.logged.connect(self._on_logged)

    def end(self) -> None:
        """Let go of the page of who leaves; what was typed stays kept."""
        self._timer.stop()
        self._stay += 1
        self._form = self._beside = self._found = self._draft = self.view = self._next = None
        self._kept, self._blank, self._ready, self._busy = {}, {}, False, False
        self.changed.emit()

    def touch(self) -> None:
        """Something may have been typed: keep it soon."""
        if self._beside is not None and not self._timer.isActive():
            self._timer.start()

    @Slot()
    def keep(self) -> None:
        """Keep what stands there now, unless it is kept already."""
        self._timer.stop()
        state = self._state()
        if self._beside is None or self._found is not None or state == self._kept:
            return
        if self._wait_for_turn(self.keep):
            return
        if not state:
            self._forget()
            return
        self._write(self._command(state), partial(self._on_kept, state))

    def keep_now(self) -> None:
        """Keep what stands there before the seat is left, also when something is being written already."""
        state = self._state()
        if self._busy and self._draft is not None and state and state != self._kept:
            self.seat.runner.write(self, save_draft, self._command(state))
        else:
            self.keep()

    def is_empty(self) -> bool:
        """Whether nothing is half-typed on the form."""
        return self._form is None or not self._form_state()

    # -- forms set aside ----------------------------------------------------------------------------------------

    def lines(self) -> tuple[DraftLine, ...]:
        """The forms of this account that are not open at this seat, the latest first."""
        return () if self.view is None else self.view.lines

    def park(self, then: Callable[[], None] | None = None) -> None:
        """Set the form aside and begin an empty one; then go on, if there is more to do."""
        state = self._form_state()
        if not state:
            if then is None:
                self.seat.say("info", _("Nothing is half-typed, so there is nothing to set aside."))
            else:
                then()
            return
        if self._wait_for_turn(partial(self.park, then)):
            return
        self._write(self._command(state, parked=True), partial(self._on_parked, state, then))

    def resume(self, draft: UUID) -> None:
        """Take a form up; one that is half-typed here is set aside for it."""
        self.park(partial(self._resume, draft))

    def discard(self, draft: UUID) -> None:
        """Throw a form away; `discarded` carries what brings it back."""
        self.seat.runner.write(self, discard_draft, draft, done=self._on_discarded, refused=self._on_refused)

    def bring_back(self, gone: SaveDraft) -> None:
        """Bring back a form that was thrown away."""
        self.seat.runner.write(self, save_draft, gone, done=self._on_brought_back, refused=self._on_refused)

    def read_list(self) -> None:
        """Read which forms are set aside."""
        if self._beside is not None:
            self.seat.runner.read(self, list_drafts, None, done=self._on_list, refused=self._on_refused)

    # -- what stands there --------------------------------------------------------------------------------------

    def _form_state(self) -> State:
        """The form as it stands; empty when nothing was typed."""
        state = {} if self._form is None else self._form.state()
        return {} if state == self._blank else state

    def _state(self) -> State:
        beside = {} if self._beside is None else self._beside.state()
        more = {ENQUIRY: beside} if any(beside.values()) else {}
        return self._form_state() | more

    def _command(self, state: State, *, parked: bool = False) -> SaveDraft:
        who, what = ("", "") if self._form is None else self._form.summary()
        return SaveDraft(state, self._draft, who, what, parked)

    def _wait_for_turn(self, then: Callable[[], None]) -> bool:
        """While something is being written, remember what comes next; the last wish counts, a wish to keep least."""
        if self._busy and (self._next is None or then != self.keep):
            self._next = then
        return self._busy

    def _write(self, command: SaveDraft, done: Callable[[UUID], None]) -> None:
        self._busy = True
        heard = partial(self._on_written, self._stay, done)
        self.seat.runner.write(self, save_draft, command, done=heard, refused=self._on_refused)

    def _on_written(self, stay: int, done: Callable[[UUID], None], draft: UUID) -> None:
        if stay == self._stay:
            done(draft)

    def _go_on(self) -> None:
        self._busy = False
        then, self._next = self._next, None
        if then is not None:
            then()

    def _on_kept(self, state: State, draft: UUID) -> None:
        self._draft, self._kept = draft, state
        self._go_on()
        if self._state() != self._kept:
            self.touch()

    def _forget(self) -> None:
        """Nothing is half-typed any more."""
        draft, self._draft, self._kept = self._draft, None, {}
        if draft is not None:
            self.seat.runner.write(self, discard_draft, draft, refused=self._on_refused)

    def _on_parked(self, state: State, then: Callable[[], None] | None, draft: UUID) -> None:
        self._busy = False
        self._draft = draft
        if self._form is None:
            return
        if self._form_state() != state:  # something was typed meanwhile: it goes with it
            self.park(then)
            return
        self._draft, self._kept = None, {}
        who, what = self._form.summary()
        self._form.begin()
        self.seat.say("done", _("Set aside: {title}").format(title=_title(who, what)))
        self._go_on()
        if then is not None:
            then()

    def _resume(self, draft: UUID) -> None:
        done = partial(self._on_resumed, self._stay)
        self.seat.runner.write(self, resume_draft, draft, done=done, refused=self._on_refused)

    # -- what is put back ---------------------------------------------------------------------------------------

    def _on_recovered(self, stay: int, found: OpenDraft | None) -> None:
        if stay != self._stay or found is None:
            return
        self._found = found
        if not self.is_empty():  # what is typed by now goes on; the other waits in the strip
            self._found = None
            self._write(SaveDraft(found.state, found.draft, found.who, found.what, parked=True), self._on_other_kept)
            return
        if found.elsewhere:
            again = _("The form that was half-typed is here again. A second window that has it open keeps its own.")
            self._put_back(said=again)
        else:
            self._put_back(said=_("The form that was half-typed is here again."))

    def _on_resumed(self, stay: int, found: OpenDraft) -> None:
        if stay == self._stay:
            self._found = found
            self._put_back()

    def _put_back(self, said: str = "") -> None:
        """Put the form back that was found, as soon as there is a page that can take it."""
        found, beside = self._found, self._beside
        if found is None or beside is None:
            return
        state = dict(found.state)
        enquiry = state.pop(ENQUIRY, None)
        if enquiry:
            beside.restore(enquiry)
        if state and not self._ready:
            self._said = said
            self.page_wanted.emit()
            return
        self._found, self._draft, self._kept = None, found.draft, dict(found.state)
        if state and self._form is not None:
            self._form.restore(state)
            self.page_wanted.emit()
        if said:
            self._note = said
            self.seat.say("info", said)

    # -- what is heard ------------------------------------------------------------------------------------------

    def _on_other_kept(self, _draft: UUID) -> None:
        self._go_on()
        self.keep()

    @Slot()
    def _on_edited(self) -> None:
        if not self._ready:  # the page says so once it knows what the hall offers
            self._ready = True
            QTimer.singleShot(0, self, self._on_ready)
        self.touch()

    @Slot()
    def _on_ready(self) -> None:
        self._put_back(self._said)
        self._said = ""

    @Slot(object)
    def _on_logged(self, _logged: object) -> None:
        """What was logged is nobody's draft any more, and where it came from is said no longer."""
        self._take_note_back()
        self.keep()

    def _take_note_back(self) -> None:
        if self._note:
            self.seat.take_back(self._note)
            self._note = ""

    def _on_discarded(self, gone: SaveDraft | None) -> None:
        self.read_list()
        if gone is not None:
            self.discarded.emit(gone)

    def _on_brought_back(self, _draft: UUID) -> None:
        self.read_list()

    def _on_list(self, view: DraftsView) -> None:
        if self._beside is not None:
            self.view = view
            self.changed.emit()
            self._say_taken_up(view)

    def _say_taken_up(self, view: DraftsView) -> None:
        """Say once that the form on this page has been taken up at another seat of the account."""
        taken = any(line.draft == self._draft and line.elsewhere for line in view.lines)
        if taken and self._told_of != self._draft:
            self._told_of = self._draft
            self._note = _(
                "This form was opened in another window too. What you type here is kept as a form of its own."
            )
            self.seat.say("warning", self._note)

    @Slot(object)
    def _on_changed(self, topics: frozenset[Topic]) -> None:
        if Topic.DRAFTS in topics:
            self.read_list()

    def _on_refused(self, refusal: Refused) -> None:
        self._busy, self._next = False, None
        self.seat.runner.refused.emit(refusal)

    @Slot(object)
    def _on_broken(self, _error: object) -> None:
        """The write may have failed: try again when something is typed."""
        self._busy, self._next = False, None


def _title(who: str, what: str) -> str:
    return " · ".join(part for part in (who, what) if part) or _("a form without a name")
