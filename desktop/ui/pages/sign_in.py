"""Signing in: who, with which password, at which counter."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.pages.admin_words import roles_words
from desktop.ui.top_bar import LookButtons, hall_name
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.layouts import to_the_left
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.running_text import RunningText
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.usecases.hall.signing_in import AccountToSignIn
from desktop.words import _, pick

NO_COUNTER = "-"


@dataclass(frozen=True, slots=True)
class Entry:
    """What was typed at the door."""

    login: str
    password: str
    counter: str | None


class SignInPage(Retranslated, ScrollPage):
    """One form. A hall for training offers its accounts to choose from; a real one never says who works there."""

    sign_in_requested = Signal(object)  # an Entry

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(hanzi=32, margins=2, parent=parent)
        self._hall = ("", "")
        self._practice_password = ""
        self._accounts: list[AccountToSignIn] = []
        self._counters: list[tuple[str, str]] = []
        self._title, self._lead, self.notice = Heading("", 1), RunningText("", "muted"), Notice()
        self.account: Field[Choice] = Field(Choice(shown_at_most=0))
        self.login: Field[QLineEdit] = Field(QLineEdit(), hanzi=18)
        password = QLineEdit()
        password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password: Field[QLineEdit] = Field(password, hanzi=18)
        self.counter: Field[Choice] = Field(Choice(shown_at_most=0))
        self.enter = Button("", "primary", icon="log-in")
        self.look = LookButtons()
        self._arrange()
        self.enter.clicked.connect(self._on_enter)
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
        self._hall, self._accounts, self._counters = hall, list(accounts), list(counters)
        self._practice_password = practice_password
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
        self._title.set_text(hall_name(self._hall) or _("Sign in"))
        self._lead.set_text(
            _("A hall for training: choose an account. Nothing here is real.")
            if self._accounts
            else _("Sign in with the account the administrator gave you.")
        )
        self.account.set_label(_("Account"))
        self.account.editor.set_options([(each.login, _account_words(each)) for each in self._accounts])
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

    def _fault(self, field: Field[Choice] | Field[QLineEdit], text: str) -> tuple[str, QWidget]:
        field.set_error(text)
        return text, field.editor

    def _clear_errors(self) -> None:
        self.notice.clear()
        for field in (self.account, self.login, self.password, self.counter):
            field.set_error()

    def _arrange(self) -> None:
        self.add(self.look)
        for widget in (
            self._title,
            self._lead,
            self.notice,
            self.account,
            self.login,
            self.password,
            self.counter,
        ):
            self.add(widget)
        to_the_left(self.column, self.enter)
        self.add_stretch()


def _account_words(account: AccountToSignIn) -> str:
    """Name an account with what it is there for, so that the right one is found."""
    role = roles_words(account.roles)
    if account.department is None:
        return _("{name}, {role}").format(name=account.name, role=role)
    return _("{name}, {role} ({department})").format(name=account.name, role=role, department=pick(account.department))
