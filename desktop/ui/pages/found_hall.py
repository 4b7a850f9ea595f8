"""Founding a hall on the first start: its name, and the administrator who gives everybody else their accounts."""

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.top_bar import LookButtons
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.layouts import to_the_left
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.progress import Progress
from desktop.ui.widgets.running_text import RunningText
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.words import _


@dataclass(frozen=True, slots=True)
class Founding:
    """What a hall begins with."""

    name_zh: str
    name_en: str
    administrator: str
    login: str
    password: str


class FoundHallPage(Retranslated, ScrollPage):
    """One form; the same password twice, because nobody could look it up."""

    found_requested = Signal(object)  # a Founding
    practice_requested = Signal()
    practice_stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(hanzi=32, margins=2, parent=parent)
        self._title, self._lead, self.notice = Heading("", 1), RunningText("", "muted"), Notice()
        self.look = LookButtons()
        self.name_zh: Field[QLineEdit] = Field(QLineEdit(), hanzi=24)
        self.name_en: Field[QLineEdit] = Field(QLineEdit(), hanzi=24)
        self.administrator: Field[QLineEdit] = Field(QLineEdit(), hanzi=12)
        self.login: Field[QLineEdit] = Field(QLineEdit(), hanzi=12)
        self.password: Field[QLineEdit] = Field(QLineEdit(), hanzi=18)
        self.again: Field[QLineEdit] = Field(QLineEdit(), hanzi=18)
        self.found = Button("", "primary", icon="landmark")
        self._practice_lead = RunningText("", "muted")
        self.practice = Button("", "quiet", icon="graduation-cap")
        self.progress = Progress()
        self.progress.setVisible(False)
        for field in (self.password, self.again):
            field.editor.setEchoMode(QLineEdit.EchoMode.Password)
        for widget in (self.look, self._title, self._lead, self.notice, *self._fields()):
            self.add(widget)
        to_the_left(self.column, self.found)
        self.add(self._practice_lead)
        to_the_left(self.column, self.practice)
        self.add(self.progress)
        self.add_stretch()
        self.found.clicked.connect(self._on_found)
        self.practice.clicked.connect(self._on_practice)
        self.progress.cancel_requested.connect(self.practice_stopped)
        self.retranslate()

    def forget(self) -> None:
        """Let go of every answer, the password first."""
        self._show_practice(busy=False)
        for field in self._fields():
            field.editor.setText("")

    def show_progress(self, done: int, of: int) -> None:
        """Show how far the practice hall is."""
        self.progress.set_amount(done, of)

    def _show_practice(self, *, busy: bool) -> None:
        self.found.setEnabled(not busy)
        self.practice.setEnabled(not busy)
        self.progress.setVisible(busy)

    def say_refused(self, what: str) -> None:
        """Say why the hall was not founded; the answers are kept."""
        self._show_practice(busy=False)
        self.notice.say_problem(what)

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self._title.set_text(_("A new hall"))
        self._lead.set_text(_("This seat has no records yet. Name the hall and its administrator to begin."))
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
            _("Or look around first: a practice hall with two weeks of work. Nothing in it is counted.")
        )
        self.practice.set_text(_("Open a practice hall"))
        self.progress.set_what(_("Making two weeks of work, day by day"))
        self._clear_errors()

    @Slot()
    def _on_practice(self) -> None:
        self._clear_errors()
        self._show_practice(busy=True)
        self.progress.set_amount(0, 0)
        self.practice_requested.emit()

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


def _fault(field: Field[QLineEdit], text: str) -> tuple[str, QWidget]:
    field.set_error(text)
    return text, field.editor
