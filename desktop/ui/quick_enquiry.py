"""An enquiry from anywhere: type the question, Enter logs it; with an answer beside it, it ends at once."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.navigation import Seat
from desktop.ui.quick import Quick
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.text_box import TextBox
from desktop.usecases.refusals import refusal_words
from desktop.usecases.refused import Refused
from desktop.usecases.requests.enquiries import Enquiry, LoggedEnquiry, log_enquiry
from desktop.words import _

Contact = tuple[UUID | None, str]
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class QuickEnquiry(Quick):
    """The question, the answer if it can be given now, and a phone if one is left; nothing else is asked."""

    logged = Signal()

    def __init__(self, seat: Seat, contact: Callable[[], Contact], parent: QWidget | None = None) -> None:
        super().__init__(seat, parent)
        self._contact = contact
        self._who: Contact = (None, "")
        self._last: LoggedEnquiry | None = None
        self._busy = False
        self._op: UUID = uuid4()
        self.notice = Notice()
        self.who = Label(role="muted")
        self.anonymous = Button("", "quiet", icon="eye-off")
        self.question: Field[TextBox] = Field(TextBox(lines=3))
        self.answer: Field[TextBox] = Field(TextBox(lines=2))
        self.phone: Field[QLineEdit] = Field(QLineEdit(), hanzi=12)
        self.send = Button("", "primary", icon="send")
        self.anonymous.setAutoDefault(False)
        for widget in (self.notice, self.question, self.answer, self.phone, self.who):
            self.body.add(widget)
        self.body.add(Flow(self.send, self.anonymous))
        self.body.add_stretch()
        for field in (self.question, self.answer):
            field.editor.installEventFilter(self)
            field.editor.textChanged.connect(self._on_typed)
        self.phone.editor.returnPressed.connect(self._on_send)
        self.send.clicked.connect(self._on_send)
        self.anonymous.clicked.connect(self._on_anonymous)
        self.retranslate()

    def begin(self) -> None:
        """Take who is at the counter from the form beneath; what was half-typed here is still here."""
        if not self.question.editor.toPlainText():
            self._last = None
            self.notice.clear()
        self._who = self._contact()
        self._say_who()
        self.question.focus()

    def state(self) -> dict[str, Any]:
        """What is half-typed, as it is kept."""
        return {
            "question": self.question.editor.toPlainText(),
            "answer": self.answer.editor.toPlainText(),
            "phone": self.phone.editor.text(),
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Put back what was half-typed."""
        self.question.editor.setPlainText(str(state.get("question", "")))
        self.answer.editor.setPlainText(str(state.get("answer", "")))
        self.phone.editor.setText(str(state.get("phone", "")))

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.say_title(_("Enquiry"))
        self.question.set_label(_("What do they ask?"))
        self.question.set_help(_("In their own words. Enter logs it, Shift+Enter begins a new line."))
        self.answer.set_label(_("Answer given now"))
        self.answer.set_help(_("Empty: the question is passed on and answered within its limit."))
        self.phone.set_label(_("Phone, if they want to be called"))
        self.anonymous.set_text(_("Without a name"))
        self._say_who()
        self._say_send()
        if self._last is not None:
            self._say_logged(self._last)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Send at Enter; Shift+Enter is a new line."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.modifiers() in _PLAIN:
                self._on_send()
                return True
        return super().eventFilter(watched, event)

    def _on_typed(self) -> None:
        self._op = uuid4()  # what is sent from here on is another wish
        self._say_send()
        if self.question.editor.toPlainText() and self._last is not None:
            self._last = None
            self.notice.clear()

    def _say_send(self) -> None:
        answered = bool(self.answer.editor.toPlainText().strip())
        self.send.set_text(_("Log with its answer") if answered else _("Log the question"))

    def _say_who(self) -> None:
        subject, name = self._who
        self.who.set_text(
            _("Asked by {name}, who is on the form.").format(name=name) if subject else _("Logged without a name.")
        )
        self.anonymous.setVisible(subject is not None)

    def _on_anonymous(self) -> None:
        self._who = (None, "")
        self._say_who()
        self.question.focus()

    def _on_send(self) -> None:
        if self._busy:
            return
        self.question.set_error()
        self.notice.clear()
        state = self.state()
        if not state["question"].strip():
            self._on_refused(Refused("words_missing"))
            return
        self._busy = True
        command = Enquiry(state["question"], state["answer"], self._who[0], state["phone"])
        done = partial(self._on_logged, state)
        self.seat.runner.write(self, log_enquiry, command, done=done, refused=self._on_refused, op=self._op)

    def _on_logged(self, sent: dict[str, Any], logged: LoggedEnquiry) -> None:
        self._busy = False
        if self.state() == sent:  # what was typed meanwhile is the next question
            self.restore({})
        self._op = uuid4()
        self._last = logged
        self._say_logged(logged)
        self.question.focus()
        self.body.show_at_top(self.notice)  # the number stands above the next question
        self.logged.emit()

    def _say_logged(self, logged: LoggedEnquiry) -> None:
        more = (
            _("The question is closed with its answer.")
            if logged.answered
            else _("It has been passed on. Give the person the number.")
        )
        self.notice.say("done", _("Logged: {number}").format(number=logged.number), more)

    def _on_refused(self, refusal: Refused) -> None:
        self._busy = False
        missing = _("Type what the person asks.")
        self.question.set_error(missing if refusal.code == "words_missing" else refusal_words(refusal))
        self.question.focus()
