"""The locked seat: the work lies untouched beneath, and the password of who sits here brings it back."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.pages.door import Door
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.flow import Flow
from desktop.words import _


class LockPage(Door):
    """Asks for one password; or lets the next person sign in, which clears the desk."""

    unlock_requested = Signal(str)
    sign_out_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        editor = QLineEdit()
        editor.setEchoMode(QLineEdit.EchoMode.Password)
        self.password: Field[QLineEdit] = Field(editor, hanzi=18)
        self.unlock = Button("", "primary", icon="lock-open")
        self.sign_out = Button("", "quiet", icon="log-out")
        for widget in (self.password, Flow(self.unlock, self.sign_out)):
            self.put(widget)
        editor.returnPressed.connect(self._on_unlock)
        self.unlock.clicked.connect(self._on_unlock)
        self.sign_out.clicked.connect(self.sign_out_requested)
        self.retranslate()

    def begin(self, name: str) -> None:
        """Lock for this person."""
        self._name = name
        self.password.editor.setText("")
        self.retranslate()
        self.password.focus()

    def say_wrong(self, what: str) -> None:
        """Say under the one field what was wrong with what was typed into it, with the keyboard there to type again."""
        self.notice.clear()
        self.password.editor.setText("")
        self.password.set_error(what)
        self.unlock.setEnabled(True)
        self.password.focus()

    def say_refused(self, what: str) -> None:
        """Say why the seat stays locked, whatever is typed."""
        self.password.editor.setText("")
        self.unlock.setEnabled(True)
        self.notice.say_problem(what)

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.title.set_text(_("Locked"))
        self.lead.set_text(_("{name} is signed in. Everything half-typed is kept.").format(name=self._name))
        self.password.set_label(_("Password"))
        self.unlock.set_text(_("Unlock"))
        self.sign_out.set_text(_("Sign out"))
        self.notice.clear()
        self.password.set_error()

    @Slot()
    def _on_unlock(self) -> None:
        password = self.password.editor.text()
        if password:
            self.unlock_requested.emit(password)
