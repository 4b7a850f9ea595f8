"""The locked seat: the work lies untouched beneath, and the password of who sits here brings it back."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.running_text import RunningText
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.words import _


class LockPage(Retranslated, ScrollPage):
    """Asks for one password; or lets the next person sign in, which clears the desk."""

    unlock_requested = Signal(str)
    sign_out_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(hanzi=32, margins=6, parent=parent)
        self._name = ""
        self._title, self._what, self.notice = Heading("", 1), RunningText(), Notice()
        editor = QLineEdit()
        editor.setEchoMode(QLineEdit.EchoMode.Password)
        self.password: Field[QLineEdit] = Field(editor, hanzi=18)
        self.unlock = Button("", "primary", icon="lock-open")
        self.sign_out = Button("", "quiet", icon="log-out")
        for widget in (self._title, self._what, self.notice, self.password, Flow(self.unlock, self.sign_out)):
            self.add(widget)
        self.add_stretch()
        editor.returnPressed.connect(self._on_unlock)
        self.unlock.clicked.connect(self._on_unlock)
        self.sign_out.clicked.connect(self.sign_out_requested)
        self.retranslate()

    def begin(self, name: str) -> None:
        """Lock for this person."""
        self._name = name
        self.notice.clear()
        self.password.editor.setText("")
        self.retranslate()
        self.password.focus()

    def say_refused(self, what: str) -> None:
        """Say why the seat stays locked."""
        self.password.editor.setText("")
        self.unlock.setEnabled(True)
        self.notice.say_problem(what)

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self._title.set_text(_("Locked"))
        self._what.set_text(_("{name} is signed in. Everything half-typed is kept.").format(name=self._name))
        self.password.set_label(_("Password"))
        self.unlock.set_text(_("Unlock"))
        self.sign_out.set_text(_("Sign out"))
        self.notice.clear()

    @Slot()
    def _on_unlock(self) -> None:
        password = self.password.editor.text()
        if password:
            self.unlock_requested.emit(password)
