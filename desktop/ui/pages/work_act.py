"""The acts on a task: what may be done now as named buttons, the form an act needs in place, and why not the rest."""

from functools import partial

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop.ui.kept_words import KeptWords
from desktop.ui.pages.work_form import ActForm, Chosen, needs_form
from desktop.ui.pages.work_why_not import WhyNot
from desktop.ui.widgets.buttons import PRESS_AGAIN_MS, Button, ButtonRole
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, emptied
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.scroll_page import reveal
from desktop.usecases.requests.timeline import CaseView, act_told
from desktop.usecases.work.act_words import act_words, state_words
from desktop.usecases.work.next_steps import FIRST, next_step, waits_for_counter
from desktop.usecases.work.work import Offer, TaskView
from desktop.words import _, here
from desktop.workflow.procedure.legal_states import ActKind
from desktop.workflow.procedure.profiles import ENDING

RARE = frozenset(
    {
        ActKind.SUBMIT,
        ActKind.CORRECT,
        ActKind.OBSERVE,
        ActKind.OBJECT,
        ActKind.NOTE_REPORT,
        ActKind.ANNUL,
        ActKind.REVOKE_UNLAWFUL,
        ActKind.WITHDRAW_PERMIT,
        ActKind.REVOKE_PENALTY,
        ActKind.DEREGISTER,
    }
)
"""Acts folded away with what cannot be done: the hall does them by itself, or they are far from every day.

What the hall does not pass on by itself is passed on at the counter: there that is the next step.
"""
NEXT_KEY = "Ctrl+Return"


class ActsPanel(QWidget):
    """Buttons for what may be done, the form or the check of the one chosen, and the others folded away with why not.

    With ``keyed`` the ordinary next step has a key of its own, which held down does one act only; with ``quiet``, where
    several tasks stand under each other, none of them is the page's primary one, and nothing is said of no act.
    """

    given = Signal(object)  # a Chosen
    opened = Signal()  # a form
    closed = Signal()  # a form

    def __init__(self, words: KeptWords, *, keyed: bool = False, quiet: bool = False) -> None:
        super().__init__()
        self._words = words
        self._quiet = quiet
        self._view: TaskView | None = None
        self._case: CaseView | None = None
        self._since = QElapsedTimer()
        self._came_from: QWidget | None = None
        self._shown = QTimer(self, singleShot=True, interval=0)
        self._shown.timeout.connect(self._on_shown)
        self._keyed = keyed
        self.buttons: dict[ActKind, Button] = {}
        self.first: ActKind | None = None
        self.end: Button | None = None
        self._grave, self._ends_shown = Flow(), False
        self.form: ActForm | None = None
        self._rows, self._place, self._more = Column(spacing=1), Column(spacing=1), Column(spacing=1)
        self._choices, self._form_place, self._folded = QWidget(), QWidget(), QWidget()
        self.notice = Notice()
        self._overtaken: ActKind | None = None
        self.fold, self.why_not = Button("", "link"), WhyNot()
        self._links = Flow(self.fold)
        column = Column(self, spacing=1)
        column.addWidget(self.notice)
        for holder, layout in (
            (self._choices, self._rows),
            (self._form_place, self._place),
            (self._folded, self._more),
        ):
            holder.setLayout(layout)
        self._rare = Flow()
        self._more.addWidget(self._rare)
        self._more.addWidget(self.why_not)
        for part in (self._choices, self._form_place, self._links, self._folded):
            column.addWidget(part)
        self._form_place.hide()
        self._folded.hide()
        self.fold.clicked.connect(partial(self._on_fold))
        self._key = QShortcut(QKeySequence(NEXT_KEY), self)
        self._key.setAutoRepeat(False)
        self._key.activated.connect(self.press_next)
        self.set_keyed(keyed=keyed)

    def add_link(self, link: Button) -> None:
        """Put another link beside the one that unfolds the rest."""
        self._links.add(link)

    def set_keyed(self, *, keyed: bool, listens: bool = True) -> None:
        """Give the ordinary next step its key, or leave the key to another panel; the page itself may listen for it."""
        self._keyed = keyed
        self._key.setEnabled(keyed and listens)
        if self.first is not None:
            self.buttons[self.first].show_key(NEXT_KEY if keyed else "")

    def show_task(self, view: TaskView, case: CaseView) -> None:
        """Offer the acts of a task. A form that is open stays if it still fits."""
        same = self._view is not None and self._view.row.id == view.row.id
        self._ends_shown = same and self._ends_shown
        self._view, self._case = view, case
        self._say_overtaken(self._overtaken if same else None)
        offered = [offer for offer in view.offers if offer.allowed]
        self._say_buttons(sorted(offered, key=_order))
        self.why_not.show_task(view, self.words_of)
        self.fold.setVisible(bool(view.offers))
        self._say_fold()
        self._keep_form(offered if same else [])

    def open_form(self, offer: Offer) -> None:
        """Put the form of an act in the place of the buttons, with what was written there before and not sent."""
        if self._view is None or self._case is None:
            return
        self._say_overtaken(None)
        focused = QApplication.focusWidget()
        came_from = self._came_from if self.form is not None else focused
        self.close_form()
        self._came_from = came_from
        self.form = ActForm(self._view, offer, self._case, self._words)
        self.form.given.connect(self.given)
        self.form.left.connect(self.close_form)
        if self._keyed and not self.form.is_check:
            self.form.go.show_key(NEXT_KEY)
        self._place.addWidget(self.form)
        self._form_place.show()
        self._choices.hide()
        self._folded.hide()
        self._say_fold()
        self.opened.emit()
        self.form.take_focus()
        self._shown.start()

    def finish_form(self) -> None:
        """Put the form of an act away that is done: nothing of it is kept."""
        if self.form is not None:
            self.form.forget()
        self.close_form()

    @Slot()
    def close_form(self) -> None:
        """Put the form of an act away; what is written stays kept, the keyboard goes back to where it came from."""
        focused, form = QApplication.focusWidget(), self.form
        had_keys = form is not None and focused is not None and form.isAncestorOf(focused)
        emptied(self._place)
        self.form = None
        self._form_place.hide()
        usual = any(not self._is_folded(act) for act in self.buttons)
        self._choices.setVisible(usual or not self._quiet)
        if form is not None:
            self.closed.emit()
        if form is not None and had_keys:
            self._give_keys_back(form.offer.act)

    def _give_keys_back(self, act: ActKind) -> None:
        """Put the keyboard where it was before the form of an act was opened, or else at a button of an act."""
        came_from, self._came_from = self._came_from, None
        if came_from is not None and isValid(came_from) and not self.isAncestorOf(came_from):
            came_from.setFocus()
            return
        near = (self.buttons.get(act), self.buttons.get(self.first) if self.first else None, self.end, self.fold)
        seen = (button for button in near if button is not None and button.isVisible())
        if (button := next(seen, None)) is not None:
            button.setFocus()

    @Slot()
    def _on_shown(self) -> None:
        """Bring a form that was just opened into sight, once it has its height."""
        if self.form is not None:
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
            reveal(self.form, self.form.rect())

    def set_busy(self, *, busy: bool) -> None:
        """Take no second act while one is being done."""
        for button in (*self.buttons.values(), *((self.form.go,) if self.form is not None else ())):
            button.setEnabled(not busy)

    def is_repeat(self) -> bool:
        """Whether the key pressed now would follow its last press too soon to be meant."""
        return self._since.isValid() and self._since.elapsed() < PRESS_AGAIN_MS

    def _keep_form(self, offered: list[Offer]) -> None:
        """Keep an open form whose act may still be done, with what was typed; what it is about is read anew."""
        form, view, case = self.form, self._view, self._case
        if form is None or view is None or case is None:
            return
        offer = next((offer for offer in offered if offer.act is form.offer.act), None)
        if offer is None:
            own = not form.go.isEnabled()  # what overtakes it is then the act it was for
            self._say_overtaken(None if own else form.offer.act)
            self.close_form()
        elif form.still_fits(view):
            form.say(case)
        else:
            self.open_form(offer)

    def _say_overtaken(self, act: ActKind | None) -> None:
        """Say that the form of an act was put away because somebody else went on with the task; None for nothing."""
        self._overtaken = act
        if act is None or self._view is None:
            self.notice.clear()
            return
        task = self._view.task
        now = state_words(task.state.state, task.item.procedure)
        what = _("“{act}” can no longer be done: somebody else has gone on with it, and it stands at “{state}” now.")
        self.notice.say("info", what.format(act=self.words_of(act), state=now))

    def _say_buttons(self, offers: list[Offer]) -> None:
        emptied(self._rows)
        self._more.removeWidget(self._rare)
        self._rare.deleteLater()
        self.buttons = {}
        self.first = None if self._view is None else next_step(self._view)
        ordinary, self._grave, self._rare = Flow(), Flow(), Flow()
        for offer in offers:
            row = self._rare if self._is_folded(offer.act) else self._grave if offer.act in ENDING else ordinary
            row.add(self._button(offer))
        if self.first is not None and self._keyed:
            self.buttons[self.first].show_key(NEXT_KEY)
        usual = [offer for offer in offers if not self._is_folded(offer.act)]
        if not usual and not self._quiet:
            self._rows.addWidget(Label(_("There is nothing for you to do here now."), "muted"))
        self._rows.addWidget(ordinary)
        self._rows.addWidget(self._grave)
        ending = sum(offer.act in ENDING for offer in usual)
        ordinary.setVisible(ending < len(usual))
        self.end = Button() if 1 < ending < len(usual) else None
        if self.end is not None:
            ordinary.add(self.end)
            self.end.clicked.connect(partial(self._on_end))
        self._show_ends(has_ends=ending > 0)
        self._choices.setVisible(self.form is None and bool(usual or not self._quiet))
        self._more.insertWidget(0, self._rare)
        self._rare.setVisible(len(usual) < len(offers))

    def _show_ends(self, *, has_ends: bool) -> None:
        """Show what ends the matter: a single one as it is, several beside an ordinary step once they are asked for."""
        if self.end is not None:
            self.end.set_text(_("Fold these away") if self._ends_shown else _("End the case…"))
        self._grave.setVisible(has_ends and (self.end is None or self._ends_shown))

    def _is_folded(self, act: ActKind) -> bool:
        """Fold away what is rare, and where many tasks stand under each other also that one of them is withdrawn."""
        if act is ActKind.SUBMIT and self._view is not None and waits_for_counter(self._view.task):
            return False
        return act in RARE or (self._quiet and act is ActKind.WITHDRAW)

    def _button(self, offer: Offer) -> Button:
        main = offer.act is self.first and not self._quiet  # where tasks stand under each other the page has the one
        role: ButtonRole = "danger" if offer.act in ENDING else "primary" if main else ""
        button = Button(self.words_of(offer.act), role)
        button.clicked.connect(partial(self._on_act, offer))
        self.buttons[offer.act] = button
        return button

    def words_of(self, act: ActKind) -> str:
        """Name an act as the procedure of the task does."""
        if self._view is None:
            return act_words(act)
        task = self._view.task
        return act_words(act, task.item.procedure, service_owed=task.state.service_owed)

    def told_of(self, act: ActKind) -> str:
        """Say of an act that it is done, in the words the history of the request has for it."""
        if self._view is None or self._case is None:
            return act_words(act)
        task = self._view.task
        owed = task.state.service_owed
        return act_told(act, task.item.code, self._case.catalogue, here(), service_owed=owed)

    def fold_of(self, act: ActKind) -> Button | None:
        """Give the button that has to be pressed first to see an act's own; None where it stands there."""
        if self._is_folded(act):
            return self.fold if self._folded.isHidden() else None
        return self.end if act in ENDING and not self._ends_shown else None

    def _on_end(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self._ends_shown = not self._ends_shown
        self._show_ends(has_ends=True)

    def _say_fold(self) -> None:
        shown = not self._folded.isHidden()
        self.fold.set_text(_("Fold the rest away") if shown else _("Other acts, and why not"))

    def _on_fold(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self._folded.setVisible(self._folded.isHidden())
        self._say_fold()

    @Slot()
    def press_next(self) -> None:
        """Do the ordinary next step, or what the open form is for; a check wants a key of its own."""
        if self.is_repeat():
            return
        if self.form is not None and self.form.is_check:
            self.form.go.setFocus()
            return
        button = self.form.go if self.form is not None else self.buttons.get(self.first) if self.first else None
        if button is not None and button.isEnabled():
            self._since.start()
            button.click()

    def _on_act(self, offer: Offer, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        if self._view is None or self._case is None:
            return
        if needs_form(self._view, offer):
            self.open_form(offer)
        else:
            self._say_overtaken(None)
            self.given.emit(Chosen(offer.act))


def _order(offer: Offer) -> tuple[bool, bool]:
    """The ordinary next step first, what ends the matter last."""
    return offer.act in ENDING, offer.act not in FIRST
