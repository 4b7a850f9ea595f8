"""The first start: a practice hall to look around in, or a hall of one's own with its name and its administrator."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.pages.door import Door
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.layouts import Column, to_the_left
from desktop.ui.widgets.progress import Progress
from desktop.ui.widgets.running_text import RunningText
from desktop.words import _, pgettext


@dataclass(frozen=True, slots=True)
class Founding:
    """What a hall begins with."""

    name_zh: str
    name_en: str
    administrator: str
    login: str
    password: str


class FoundHallPage(Door):
    """The choice comes first, in sight as a whole; a hall of one's own opens one form.

    The same password is asked twice, because nobody could look it up.
    """

    found_requested = Signal(object)  # a Founding
    practice_requested = Signal()
    practice_stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name_zh: Field[QLineEdit] = Field(QLineEdit(), hanzi=24)
        self.name_en: Field[QLineEdit] = Field(QLineEdit(), hanzi=24)
        self.administrator: Field[QLineEdit] = Field(QLineEdit(), hanzi=12)
        self.login: Field[QLineEdit] = Field(QLineEdit(), hanzi=12)
        self.password: Field[QLineEdit] = Field(QLineEdit(), hanzi=18)
        self.again: Field[QLineEdit] = Field(QLineEdit(), hanzi=18)
        self.found, self.back = Button("", "primary", icon="landmark"), Button("", "quiet", icon="arrow-left")
        self._practice_title, self._practice_lead = Heading("", 2), RunningText("", "muted")
        self.practice = Button("", "primary", icon="graduation-cap")
        self.progress = Progress(counted=_day_words)
        self.progress.setVisible(False)
        self._own_title, self._own_lead = Heading("", 2), RunningText("", "muted")
        self.own = Button("", icon="landmark")
        self._choices, self._form = QWidget(), QWidget()
        for field in (self.password, self.again):
            field.editor.setEchoMode(QLineEdit.EchoMode.Password)
        self._arrange()
        self.found.clicked.connect(self._on_found)
        self.practice.clicked.connect(self._on_practice)
        self.own.clicked.connect(self._on_own)
        self.back.clicked.connect(self._on_back)
        self.progress.cancel_requested.connect(self.practice_stopped)
        self._show_form(shown=False)
        self.retranslate()

    def focus_first(self) -> None:
        """Bring the keyboard to what comes first: the choice, or the name of one's own hall."""
        if self._form.isHidden():
            self.practice.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.name_zh.focus()

    def forget(self) -> None:
        """Let go of every answer, the password first."""
        self._show_practice(busy=False)
        self._show_form(shown=False)
        for field in self._fields():
            field.editor.setText("")

    def show_progress(self, done: int, of: int) -> None:
        """Show how far the practice hall is."""
        self.progress.set_amount(done, of)

    def _arrange(self) -> None:
        choices = Column(self._choices, spacing=3)
        for title, lead, button in (
            (self._practice_title, self._practice_lead, self.practice),
            (self._own_title, self._own_lead, self.own),
        ):
            choice = Column(spacing=1)
            choice.addWidget(title)
            choice.addWidget(lead)
            to_the_left(choice, button)
            choices.addLayout(choice)
            if button is self.practice:
                choice.addWidget(self.progress)
        form = Column(self._form, spacing=2)
        for field in self._fields():
            form.addWidget(field)
        form.addWidget(Flow(self.found, self.back))
        for widget in (self._choices, self._form):
            self.put(widget)

    def _show_form(self, *, shown: bool) -> None:
        self._form.setVisible(shown)
        self._choices.setVisible(not shown)
        self.retranslate()

    def _show_practice(self, *, busy: bool) -> None:
        """Show how far the practice hall is where its button was, with the keyboard at what stops it."""
        at_hand = self.practice.hasFocus()
        self.progress.setVisible(busy)
        if busy and at_hand:
            self.progress.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        self.practice.setVisible(not busy)
        for button in (self.found, self.own):
            button.setEnabled(not busy)

    def say_refused(self, what: str) -> None:
        """Say why the hall was not founded; the answers are kept."""
        self._show_practice(busy=False)
        self.notice.say_problem(what)

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        if self._form.isHidden():
            self.title.set_text(_("How do you want to begin?"))
            self.lead.set_text(_("This seat has no records yet."))
        else:
            self.title.set_text(_("A new hall"))
            self.lead.set_text(_("Name the hall and its administrator to begin."))
        self.name_zh.set_label(_("Name of the hall in Chinese"))
        self.name_en.set_label(_("Name of the hall in English"))
        self.name_en.set_help(_("May be left empty."))
        self.administrator.set_label(_("Name of the administrator"))
        self.login.set_label(_("Account of the administrator"))
        self.login.set_help(_("Letters and digits, typed at every sign-in."))
        self.password.set_label(_("Password"))
        self.password.set_help(_("At least 8 characters; a sentence is easy to keep in mind."))
        self.again.set_label(_("The password again"))
        self.found.set_text(_("Found the hall"))
        self._practice_lead.set_text(
            _("A made-up hall with ten days of work and an account for every role. Nothing in it is counted.")
        )
        self._practice_title.set_text(_("Look around first"))
        self._own_title.set_text(_("Begin for real"))
        self._own_lead.set_text(_("An empty hall of your own; you name it and its administrator."))
        self.own.set_text(_("Found your own hall"))
        self.back.set_text(pgettext("first start", "Back to the choice"))
        self.practice.set_text(_("Open a practice hall"))
        self.progress.set_what(_("Making the practice hall"))
        self._clear_errors()

    @Slot()
    def _on_practice(self) -> None:
        self._clear_errors()
        self._show_practice(busy=True)
        self.progress.set_amount(0, 0)
        self.practice_requested.emit()

    @Slot()
    def _on_own(self) -> None:
        self._show_form(shown=True)
        self.focus_first()

    @Slot()
    def _on_back(self) -> None:
        self._show_form(shown=False)
        self.own.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_found(self) -> None:
        self._clear_errors()
        faults = self._faults()
        if faults:
            self.notice.say_errors(faults)
            return
        self.found.setEnabled(False)
        name_zh, name_en, administrator, login = (
            field.editor.text().strip() for field in (self.name_zh, self.name_en, self.administrator, self.login)
        )
        password = self.password.editor.text()
        self.found_requested.emit(Founding(name_zh, name_en, administrator, login, password))

    def _faults(self) -> list[tuple[str, QWidget]]:
        """What is still missing, and a password that was typed in two ways."""
        found = [
            _fault(field, _("Please fill in: {field}").format(field=field.label_text()))
            for field in (self.name_zh, self.administrator, self.login, self.password)
            if not field.editor.text().strip()
        ]
        if self.password.editor.text() != self.again.editor.text():
            found.append(_fault(self.again, _("The two passwords differ. Type the second one again.")))
        return found

    def _fields(self) -> tuple[Field[QLineEdit], ...]:
        return (self.name_zh, self.name_en, self.administrator, self.login, self.password, self.again)

    def _clear_errors(self) -> None:
        self.notice.clear()
        for field in self._fields():
            field.set_error()


def _day_words(done: int, total: int) -> str:
    """Say which day of the practice hall is being made."""
    return _("Making the practice hall: day {n} of {total}").format(n=min(done + 1, total), total=total)


def _fault(field: Field[QLineEdit], text: str) -> tuple[str, QWidget]:
    field.set_error(text)
    return text, field.editor
