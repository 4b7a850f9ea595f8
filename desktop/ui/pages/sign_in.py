"""Signing in: who, with which password, at which counter."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.pages.door import Door
from desktop.ui.pages.sign_in_accounts import AccountList
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.layouts import Column, to_the_left
from desktop.usecases.hall.signing_in import AccountToSignIn
from desktop.words import _

NO_COUNTER = "-"


@dataclass(frozen=True, slots=True)
class Entry:
    """What was typed at the door."""

    login: str
    password: str
    counter: str | None


class SignInPage(Door):
    """One form. A hall for training offers its accounts to choose from; a real one never says who works there."""

    sign_in_requested = Signal(object)  # an Entry

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._practice_password = ""
        self._accounts: list[AccountToSignIn] = []
        self._counters: list[tuple[str, str]] = []
        self.account: Field[AccountList] = Field(AccountList())
        self.login: Field[QLineEdit] = Field(QLineEdit(), hanzi=18)
        password = QLineEdit()
        password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password: Field[QLineEdit] = Field(password, hanzi=18)
        self.counter: Field[Choice] = Field(Choice(shown_at_most=0))
        self.enter = Button("", "primary", icon="log-in")
        self._arrange()
        self.enter.clicked.connect(self._on_enter)
        self.account.editor.row_opened.connect(self._on_account_opened)
        for field in (self.login, self.password):
            field.editor.returnPressed.connect(self._on_enter)
        self.retranslate()

    def offer(
        self,
        hall: tuple[str, str],
        accounts: Sequence[AccountToSignIn],
        counters: Sequence[tuple[str, str]],
        practice_password: str = "",
    ) -> None:
        """Show the door of a hall: its name, the accounts for training if any with their password, and its counters."""
        self._accounts, self._counters = list(accounts), list(counters)
        self._practice_password = practice_password
        self.show_hall(hall)
        self.retranslate()

    def begin(self) -> None:
        """Empty the form for the next person; the counter stays, it belongs to the seat."""
        self.notice.clear()
        self.enter.setEnabled(True)
        self.login.editor.setText("")
        self.password.editor.setText("")
        self._clear_errors()
        (self.account if self._accounts else self.login).focus()

    def say_refused(self, what: str) -> None:
        """Say why nobody was let in; the name is kept, the password is not."""
        self.enter.setEnabled(True)
        self.password.editor.setText("")
        self.notice.say_problem(what)

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.title.set_text(_("Sign in"))
        self.lead.set_text(
            _("A hall for training: choose an account. Nothing here is real.")
            if self._accounts
            else _("Sign in with the account the administrator gave you.")
        )
        self.account.set_label(_("Account"))
        self.account.editor.set_accounts(self._accounts)
        self.account.setVisible(bool(self._accounts))
        self.login.set_label(_("Account"))
        self.login.setVisible(not self._accounts)
        self.password.set_label(_("Password"))
        practice = _("In this practice hall it is: {password}").format(password=self._practice_password)
        self.password.set_help(practice if self._accounts and self._practice_password else "")
        self.counter.set_label(_("Counter"))
        self.counter.set_help(_("Choose none if you do not sit at a counter."))
        self.counter.editor.set_options([(NO_COUNTER, _("No counter")), *self._counters])
        self.counter.setVisible(bool(self._counters))
        self.enter.set_text(_("Sign in"))
        self._clear_errors()

    @Slot()
    def _on_enter(self) -> None:
        self._clear_errors()
        login = (self.account.editor.value() or "") if self._accounts else self.login.editor.text().strip()
        password = self.password.editor.text()
        faults: list[tuple[str, QWidget]] = []
        if not login:
            faults.append(self._fault(self.account if self._accounts else self.login, _("Say who you are.")))
        if not password:
            faults.append(self._fault(self.password, _("Type your password.")))
        if faults:
            self.notice.say_errors(faults)
            return
        chosen = self.counter.editor.value()
        self.enter.setEnabled(False)
        self.sign_in_requested.emit(Entry(login, password, None if chosen in (None, NO_COUNTER) else chosen))

    @Slot(int)
    def _on_account_opened(self, _row: int) -> None:
        self.password.focus()

    def _fault(self, field: Field[AccountList] | Field[QLineEdit], text: str) -> tuple[str, QWidget]:
        field.set_error(text)
        return text, field.editor

    def _clear_errors(self) -> None:
        self.notice.clear()
        for field in (self.account, self.login, self.password, self.counter):
            field.set_error()

    def _arrange(self) -> None:
        for field in (self.account, self.login, self.password, self.counter):
            self.put(field)
        place = QWidget()
        to_the_left(Column(place), self.enter)
        self.put(place)
