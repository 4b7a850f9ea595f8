"""One account: what is known of it, and what may be done with it."""

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal

from desktop.ui.pages.accounts_form import PASSWORD, RENAME, REOPEN, ROLES, UNLOCK
from desktop.ui.pages.admin_words import roles_words
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.key_value import KeyValue
from desktop.ui.widgets.running_text import RunningText
from desktop.usecases.hall.accounts import AccountCard
from desktop.usecases.permissions import Role
from desktop.words import _, here, pgettext

CLOSE = "close"


class AccountView(Retranslated, Card):
    """The chosen account; the acts that make sense for it as it stands."""

    act_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._account: AccountCard | None = None
        self._departments: Mapping[str, str] = {}
        self._may_change, self._own = False, False
        self.what, self.hint = KeyValue(), RunningText("", "muted")
        self.buttons = {
            UNLOCK: Button("", icon="lock-open"),
            REOPEN: Button("", icon="undo"),
            ROLES: Button("", icon="shield"),
            PASSWORD: Button("", icon="key"),
            RENAME: Button("", icon="edit"),
            CLOSE: Button("", "danger", icon="ban"),
        }
        self._acts = Flow(*self.buttons.values())
        for widget in (self.what, self.hint, self._acts):
            self.add(widget)
        for kind, button in self.buttons.items():
            button.clicked.connect(partial(self._on_clicked, kind))
        self.retranslate()

    def show_account(
        self, account: AccountCard | None, departments: Mapping[str, str], *, may_change: bool, own: UUID | None
    ) -> None:
        """Show an account, or what to do when none is chosen."""
        self._account, self._departments = account, departments
        self._may_change, self._own = may_change, account is not None and account.id == own
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        account = self._account
        self.set_title(_("No account chosen") if account is None else account.name)
        self.hint.set_text(self._hint())
        self.hint.setVisible(bool(self.hint.text()))
        self.what.set_rows([] if account is None else self._known(account))
        words = {
            UNLOCK: _("Let in again"),
            REOPEN: _("Open the account again"),
            ROLES: _("Change the roles"),
            PASSWORD: _("Give a new password"),
            RENAME: _("Correct the name"),
            CLOSE: _("Close the account"),
        }
        for kind, button in self.buttons.items():
            button.set_text(words[kind])
            button.setVisible(account is not None and self._may_change and self._offers(account, kind))
        self._acts.setVisible(account is not None and self._may_change)

    def _offers(self, account: AccountCard, kind: str) -> bool:
        """Whether an act makes sense for an account as it stands."""
        match kind:
            case "unlock":
                return account.active and (account.locked or account.locked_until is not None)
            case "reopen":
                return not account.active
            case "close":
                return account.active and not self._own
            case "password":
                return account.active and not self._own
            case _:
                return True

    def _hint(self) -> str:
        if self._account is None:
            return _("Choose an account of the list to see what may be done with it.")
        if self._own:
            return _("This is you. Your password is changed under “My account”; another administrator may close it.")
        if not self._account.active:
            return _("Nobody can sign in with it. What it did stays in the log.")
        return ""

    def _known(self, account: AccountCard) -> list[tuple[str, str]]:
        rows = [(_("Account"), account.login), (_("Roles"), roles_words(account.roles))]
        if account.department is not None:
            rows.append((_("Department"), self._departments.get(account.department, account.department)))
        if Role.REVIEWER in account.roles:
            rows.append((_("May approve"), pgettext("answer", "Yes") if account.approver else pgettext("answer", "No")))
        last = account.last_began
        rows.append((_("Last signed in"), _("Never") if last is None else here().date_time(last)))
        if account.locked:
            rows.append((_("Locked"), _("After too many wrong passwords")))
        elif account.locked_until is not None:
            rows.append((_("Next try"), here().time(account.locked_until)))
        return rows

    def _on_clicked(self, kind: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self.act_requested.emit(kind)
