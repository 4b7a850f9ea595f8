"""Accounts: who may do what here, and who is signed in where; what is done with one stands beside the list."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop import words
from desktop.ui.navigation import Seat
from desktop.ui.pages.accounts_card import AccountView
from desktop.ui.pages.accounts_form import ADD, PASSWORD, RENAME, REOPEN, ROLES, UNLOCK, AccountForm
from desktop.ui.pages.accounts_stays import Stays
from desktop.ui.pages.admin_rows import WordRows
from desktop.ui.pages.admin_words import admin_refusal, roles_words
from desktop.ui.pages.page import Page
from desktop.ui.widgets.ask import Ask, Verb
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.ui.widgets.search_box import SearchBox
from desktop.ui.widgets.side_by_side import SideBySide
from desktop.ui.widgets.status_mark import Status
from desktop.ui.widgets.table import Table, Width
from desktop.usecases.hall.accounts import (
    AccountCard,
    add_account,
    change_roles,
    deactivate,
    list_accounts,
    rename_account,
    reopen,
    reset_password,
    unlock,
)
from desktop.usecases.hall.halls import DepartmentRow, list_departments
from desktop.usecases.hall.stays import Stay, end_stay, list_stays
from desktop.usecases.permissions import Permission
from desktop.usecases.refused import Refused
from desktop.usecases.topics import Topic
from desktop.words import _, gettext_noop, pgettext

USE_CASES: dict[str, tuple[Callable[..., Any], str]] = {
    ADD: (add_account, gettext_noop("The account of {name} is open.")),
    ROLES: (change_roles, gettext_noop("{name} has other roles from now on.")),
    RENAME: (rename_account, gettext_noop("The name is written: {name}.")),
    PASSWORD: (reset_password, gettext_noop("{name} has a new password.")),
    UNLOCK: (unlock, gettext_noop("{name} may sign in again.")),
    REOPEN: (reopen, gettext_noop("The account of {name} is open again.")),
}


class AccountsPage(Page):
    """The list, the account that is chosen, and the sessions below; a supervisor sees and does not change."""

    topics = frozenset({Topic.ACCOUNTS, Topic.SETTINGS})

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.accounts: tuple[AccountCard, ...] = ()
        self._departments: tuple[DepartmentRow, ...] = ()
        self._chosen: UUID | None = None
        self.title, self.notice = Heading("", 1), Notice()
        self.add_button = Button("", "primary", icon="user-plus")
        self.search: Field[SearchBox] = Field(SearchBox(), hanzi=20)
        self.model = WordRows(4, status_in=3)
        self.table = Table(widths=[Width(6, 1), Width(6, 1), Width(10, 2), Width(5, 1)])
        self.account, self.form, self.stays = AccountView(), AccountForm(), Stays()
        self.body = ScrollPage(margins=2)
        self._asked: Ask | None = None
        self._arrange()
        self._connect()
        self.retranslate()

    def open(self, argument: object) -> None:
        """Show the account of this id."""
        if isinstance(argument, UUID):
            self._choose(argument)

    def reload(self) -> None:
        """Read accounts, departments and sessions again; what is half-typed stays."""
        read = partial(self.seat.runner.read, self, refused=self._say_no)
        read(list_departments, None, done=self._on_departments)
        read(list_accounts, None, done=self._on_accounts)
        read(list_stays, None, done=self._on_stays)

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.notice.clear()
        self.title.set_text(_("Accounts"))
        self.add_button.set_text(_("A new account"))
        self.search.set_label(_("Find an account"))
        self.search.editor.set_name(_("Find an account"))
        self.model.set_names(pgettext("person", "Name"), _("Account"), _("Roles"), _("Status"))
        self.table.set_name(_("Accounts"))
        self._show()

    # -- what is shown ------------------------------------------------------------------------------------------

    def _on_departments(self, rows: tuple[DepartmentRow, ...]) -> None:
        self._departments = rows
        self._show()

    def _on_accounts(self, accounts: tuple[AccountCard, ...]) -> None:
        self.accounts = accounts
        self._show()

    def _on_stays(self, stays: tuple[Stay, ...]) -> None:
        self.stays.show_stays(stays, may_end=self._may_change())

    def _show(self) -> None:
        may_change = self._may_change()
        self.add_button.setVisible(may_change and self.form.isHidden())
        sought = self.search.editor.text().casefold().strip()
        seen = [each for each in self.accounts if sought in f"{each.name} {each.login}".casefold()]
        self.model.show_rows([(each.id, self._cells(each), status_of(each)) for each in seen])
        row = None if self._chosen is None else self.model.row_of(self._chosen)
        if row is not None:
            self.table.selectRow(row)
        known = {each.code: self._department_name(each) for each in self._departments}
        self.form.show_accounts(self.accounts)
        self.form.offer_departments([(each.code, known[each.code]) for each in self._departments if each.active])
        session = self.seat.session
        own = None if session is None else session.account_id
        self.account.show_account(self.chosen(), known, may_change=may_change, own=own)

    def _cells(self, each: AccountCard) -> tuple[str, ...]:
        known = {row.code: self._department_name(row) for row in self._departments}
        roles = roles_words(each.roles)
        if each.department is not None:
            department = known.get(each.department, each.department)
            roles = _("{roles}, {department}").format(roles=roles, department=department)
        return each.name, each.login, roles, _(STATES[status_of(each)])

    def _department_name(self, row: DepartmentRow) -> str:
        return (row.name_en or row.name_zh) if words.language() == "en" else row.name_zh

    def _may_change(self) -> bool:
        return self.seat.may(Permission.CHANGE_ROLES)

    def chosen(self) -> AccountCard | None:
        """The account beside the list."""
        return next((each for each in self.accounts if each.id == self._chosen), None)

    def _choose(self, account: UUID | None) -> None:
        self._chosen = account
        self.form.hide()
        self.account.show()
        self._show()

    # -- what is done -------------------------------------------------------------------------------------------

    @Slot(int)
    def _on_row(self, row: int) -> None:
        if 0 <= row < len(self.model.keys) and self.model.keys[row] != self._chosen:
            self.notice.clear()
            self._choose(self.model.keys[row])

    @Slot(str)
    def _on_act(self, kind: str) -> None:
        if kind == "close":
            self._ask_close()
            return
        self._begin(kind, self.chosen())

    def _on_add(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self._begin(ADD, None)

    def _begin(self, kind: str, account: AccountCard | None) -> None:
        self.notice.clear()
        self.account.hide()
        self.add_button.hide()  # one thing at a time, and one button that stands out
        self.form.show()
        self.form.begin(kind, account)
        self.body.hold(self.form)

    @Slot()
    def _on_given(self) -> None:
        use_case, said = USE_CASES[self.form.kind]
        command = self.form.command()
        name = getattr(command, "name", "") or (self.form.account.name if self.form.account else "")
        done = partial(self._on_done, said, name)
        self.seat.runner.write(self, use_case, command, done=done, refused=self.form.say_refused)

    def _on_done(self, said: str, name: str, value: object) -> None:
        if isinstance(value, UUID):
            self._chosen = value
        self.form.forget()
        self._on_closed()
        self.notice.say_done(_(said).format(name=name))

    @Slot()
    def _on_closed(self) -> None:
        self.form.hide()
        self.account.show()
        self.form.set_busy(busy=False)
        self._show()

    def _ask_close(self) -> None:
        account = self.chosen()
        if account is None:
            return
        text = _("{name} cannot do anything from this moment. Work in hand goes back to the department.")
        verbs = [Verb("close", _("Close the account"), "danger", "ban"), Verb("keep", _("Leave it open"), "quiet")]
        self._asked = Ask(self, _("Close this account?"), text.format(name=account.name), verbs)
        self._asked.chosen.connect(partial(self._on_close_answered, account))
        self._asked.open()

    def _on_close_answered(self, account: AccountCard, answer: str) -> None:
        if answer == "close":
            said = gettext_noop("The account of {name} is closed.")
            done = partial(self._on_done, said, account.name)
            self.seat.runner.write(self, deactivate, account.id, done=done, refused=self._say_no)

    @Slot(object)
    def _on_end_stay(self, stay: Stay) -> None:
        done = partial(self._on_done, gettext_noop("The session of {name} has ended."), stay.name)
        self.seat.runner.write(self, end_stay, stay.id, done=done, refused=self._say_no)

    def _say_no(self, refusal: Refused) -> None:
        self.notice.say_problem(admin_refusal(refusal))

    # -- how it is put together ---------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.table.setModel(self.model)
        self.table.row_chosen.connect(self._on_row)
        self.table.row_opened.connect(self._on_row)
        self.add_button.clicked.connect(self._on_add)
        self.search.editor.textChanged.connect(self._on_searched)
        self.account.act_requested.connect(self._on_act)
        self.form.given.connect(self._on_given)
        self.form.closed.connect(self._on_closed)
        self.stays.end_requested.connect(self._on_end_stay)

    @Slot(str)
    def _on_searched(self, _sought: str) -> None:
        self._show()

    def _arrange(self) -> None:
        left, right = QWidget(), QWidget()
        column, beside = Column(left, spacing=1.5), Column(right, spacing=1.5)
        column.addWidget(self.search)
        column.addWidget(self.table)
        column.addStretch(1)
        self.table.show_up_to_a_screen()
        beside.addWidget(self.account)
        beside.addWidget(self.form)
        beside.addStretch(1)
        self.form.hide()
        for widget in (self.title, self.notice, Flow(self.add_button)):
            self.body.add(widget)
        self.body.add(SideBySide(left, right, shares=(3, 2), least_hanzi=60))
        self.body.add(self.stays)
        self.body.add_stretch()
        Column(self).addWidget(self.body)


STATES: dict[Status, str] = {
    "done": gettext_noop("In use"),
    "waiting": gettext_noop("Waits after wrong passwords"),
    "overdue": gettext_noop("Locked"),
    "not_needed": gettext_noop("Closed"),
}


def status_of(account: AccountCard) -> Status:
    """How an account stands: closed, locked, waiting a moment, or open."""
    if not account.active:
        return "not_needed"
    if account.locked:
        return "overdue"
    return "waiting" if account.locked_until is not None else "done"
