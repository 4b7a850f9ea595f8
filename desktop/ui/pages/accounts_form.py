"""What may be done with an account, one form for each: open, rights, name, password, let in again, open again."""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.pages.admin_form import AdminForm, RolesBox, password_line, text_of
from desktop.ui.pages.admin_words import admin_refusal
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.yes_no import YesNo
from desktop.usecases.hall.accounts import (
    AccountCard,
    GivenPassword,
    NewAccount,
    NewRoles,
    Rename,
    Unlock,
    check_rights,
)
from desktop.usecases.hall.passwords import check_strength
from desktop.usecases.permissions import Role
from desktop.usecases.refused import Refused
from desktop.words import _, gettext_noop, pgettext

ADD, ROLES, RENAME, PASSWORD, UNLOCK, REOPEN = "add", "roles", "rename", "password", "unlock", "reopen"
ASKED: Final[Mapping[str, tuple[str, ...]]] = {
    ADD: ("name", "login", "password", "again", "roles", "department", "approver", "own"),
    ROLES: ("roles", "department", "approver", "own"),
    RENAME: ("name",),
    PASSWORD: ("password", "again", "own"),
    UNLOCK: ("own",),
    REOPEN: ("own",),
}
TITLES: Final[Mapping[str, str]] = {
    ADD: gettext_noop("A new account"),
    ROLES: gettext_noop("Change the roles"),
    RENAME: gettext_noop("Correct the name"),
    PASSWORD: gettext_noop("Give a new password"),
    UNLOCK: gettext_noop("Let in again"),
    REOPEN: gettext_noop("Open the account again"),
}
WORDS: Final[Mapping[str, str]] = {
    ADD: gettext_noop("Open the account"),
    ROLES: gettext_noop("Change the roles"),
    RENAME: gettext_noop("Write the name"),
    PASSWORD: gettext_noop("Give this password"),
    UNLOCK: gettext_noop("Let in again"),
    REOPEN: gettext_noop("Open again"),
}
LEADS: Final[Mapping[str, str]] = {
    ADD: gettext_noop("Tell the person the account and the password by word of mouth; they change the password."),
    ROLES: gettext_noop("The new roles hold from the person's next act."),
    RENAME: gettext_noop("The account's own name, typed at sign-in, stays."),
    PASSWORD: gettext_noop("The person signs in with it and takes one of their own under “My account”."),
    UNLOCK: gettext_noop("Make sure that it was really this person who typed the wrong passwords."),
    REOPEN: gettext_noop("It has the roles it had when it was closed."),
}
Command = NewAccount | NewRoles | Rename | GivenPassword | Unlock


class AccountForm(AdminForm):
    """Asks what one act needs and makes the command of it."""

    about: ClassVar[Mapping[str, str]] = {
        "login_taken": "login",
        "login_missing": "login",
        "name_missing": "name",
        "password_too_short": "password",
        "password_too_long": "password",
        "password_has_login": "password",
        "password_too_simple": "password",
        "no_role": "roles",
        "auditor_alone": "roles",
        "last_administrator": "roles",
        "approver_reviews": "approver",
        "department_needed": "department",
        "unknown_department": "department",
        "wrong_login_or_password": "own",
    }

    def __init__(self) -> None:
        super().__init__()
        self.kind = ADD
        self.taken: frozenset[str] = frozenset()
        self.account: AccountCard | None = None
        self.roles, self.department, self.approver = RolesBox(), Choice(shown_at_most=0), YesNo(may_not_know=False)
        self.add_field("name", Field(QLineEdit(), hanzi=16))
        self.add_field("login", Field(QLineEdit(), hanzi=16))
        self.add_field("password", Field(password_line(), hanzi=18))
        self.add_field("again", Field(password_line(), hanzi=18))
        self.add_field("roles", Field(self.roles))
        self.add_field("department", Field(self.department))
        self.add_field("approver", Field(self.approver))
        self.add_field("own", Field(password_line(), hanzi=18))
        self.roles.changed.connect(self._on_roles)
        self.finish()

    def show_accounts(self, accounts: Sequence[AccountCard]) -> None:
        """Know which accounts there are."""
        self.taken = frozenset(account.login for account in accounts)

    def offer_departments(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer these departments: code and name."""
        self.department.set_options(options)

    def begin(self, kind: str, account: AccountCard | None) -> None:
        """Ask what an act needs, filled with what is known."""
        self.kind, self.account = kind, account
        self.forget()
        self.set_busy(busy=False)
        self.roles.set_value(frozenset() if account is None else account.roles)
        self.department.set_value(None if account is None else account.department)
        self.approver.set_value("yes" if account is not None and account.approver else "no")
        if account is not None:
            name = self.fields["name"].editor
            name.setText(account.name)
        self.retranslate()
        self._show_asked()
        self.fields[next(name for name in ASKED[kind] if not self.fields[name].isHidden())].focus()

    def command(self) -> Command:
        """What was asked for."""
        own, password, name = (text_of(self.fields[each]) for each in ("own", "password", "name"))
        roles, reviews = self.roles.value(), Role.REVIEWER in self.roles.value()
        department = self.department.value() if reviews else None
        approver = reviews and self.approver.value() == "yes"
        if self.kind == ADD or self.account is None:
            login = text_of(self.fields["login"])
            return NewAccount(login, name, password, roles, department, approver, own_password=own)
        if self.kind == ROLES:
            return NewRoles(self.account.id, roles, department, approver, own)
        if self.kind == RENAME:
            return Rename(self.account.id, name)
        if self.kind == PASSWORD:
            return GivenPassword(self.account.id, password, own)
        return Unlock(self.account.id, own)

    def missing(self) -> list[tuple[str, QWidget]]:
        """What still has to be filled in, and a password typed in two ways."""
        asked = ASKED[self.kind]
        found: list[tuple[str, QWidget]] = []
        if "name" in asked:
            found += self.require("name", _("Type the person's name."))
        if "login" in asked:
            found += self.require("login", _("Type the name of the account.")) or self._taken()
        if "password" in asked:
            found += self.require("password", _("Type the new password."))
            if text_of(self.fields["password"]) != text_of(self.fields["again"]):
                found.append(self.fault("again", _("The two passwords differ. Type the second one again.")))
            else:
                found += self._weakness()
        if "roles" in asked:
            found += self._contradictions()
        if "own" in asked:
            found += self.require("own", _("Type your own password, so that nobody does this in your name."))
        return found

    def _taken(self) -> list[tuple[str, QWidget]]:
        """An account that is there already; whether it still is when the button is pressed, the records say."""
        login = text_of(self.fields["login"]).strip()
        if login.casefold() not in self.taken:
            return []
        return [self.fault("login", admin_refusal(Refused("login_taken", login=login)))]

    def _weakness(self) -> list[tuple[str, QWidget]]:
        """A password that is easily guessed."""
        login = text_of(self.fields["login"]) if self.kind == ADD or self.account is None else self.account.login
        password = text_of(self.fields["password"])
        return self._judged(lambda: check_strength(password, login)) if password else []

    def _contradictions(self) -> list[tuple[str, QWidget]]:
        """Roles that are missing or contradict each other, and a reviewer without a department."""
        roles, approver = self.roles.value(), self.approver.value() == "yes"
        reviews = Role.REVIEWER in roles
        department = self.department.value() if reviews else None
        return self._judged(lambda: check_rights(roles, department, approver=reviews and approver))

    def _judged(self, check: Callable[[], None]) -> list[tuple[str, QWidget]]:
        """Say beside its field what the records would refuse."""
        try:
            check()
        except Refused as refusal:
            return [self.fault(self.about[refusal.code], admin_refusal(refusal))]
        return []

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        super().retranslate()
        self.set_title(_(TITLES[self.kind]))
        self.set_lead(_(LEADS[self.kind]))
        self.save.set_text(_(WORDS[self.kind]))
        labels = {
            "name": (pgettext("person", "Name"), ""),
            "login": (_("Account"), _("Letters and digits, typed at every sign-in.")),
            "password": (_("New password"), _("At least 8 characters; a sentence is easy to keep in mind.")),
            "again": (_("The password again"), ""),
            "roles": (_("Roles"), ""),
            "department": (_("Department"), ""),
            "approver": (_("May approve for the department"), ""),
            "own": (_("Your own password"), ""),
        }
        for name, (label, help_text) in labels.items():
            self.fields[name].set_label(label)
            self.fields[name].set_help(help_text)

    def _show_asked(self) -> None:
        reviews = Role.REVIEWER in self.roles.value()
        self.show_only([name for name in ASKED[self.kind] if reviews or name not in ("department", "approver")])

    @Slot()
    def _on_roles(self) -> None:
        self._show_asked()
