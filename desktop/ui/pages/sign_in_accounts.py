"""The accounts of a practice hall in one list, by what they are there for."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex
from PySide6.QtWidgets import QWidget

from desktop.ui import theme
from desktop.ui.pages.admin_rows import WordRows
from desktop.ui.pages.admin_words import roles_words
from desktop.ui.widgets.table import ROW_UNITS, Table, Width
from desktop.usecases.hall.signing_in import AccountToSignIn
from desktop.words import _, pgettext, pick

_COLUMNS = (Width(7, 1), Width(12, 2), Width(6, 1))
_ROWS = 5.5  # half a row at the end says that the list goes on


class AccountList(Table):
    """Role, department, name. Nothing is chosen beforehand; the arrows or a click choose, Enter goes on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", _COLUMNS, parent)
        self.rows = WordRows(len(_COLUMNS), parent=self)
        self.setModel(self.rows)
        self._measure()

    def set_accounts(self, accounts: Sequence[AccountToSignIn]) -> None:
        """Offer other accounts, or the same in other words; the one chosen is kept."""
        kept = self.value()
        self.rows.set_names(pgettext("account", "Role"), _("Department"), pgettext("account", "Name"))
        self.rows.show_rows([(each.login, _account_words(each), None) for each in accounts])
        self.set_value(kept)

    def value(self) -> str | None:
        """The login of the account chosen, or None."""
        row = self.selected_row()
        return None if row is None else str(self.rows.keys[row])

    def set_value(self, login: str | None) -> None:
        """Choose an account, or none."""
        row = self.rows.row_of(login)
        self.setCurrentIndex(QModelIndex() if row is None else self.rows.index(row, 0))
        if row is None:
            self.clearSelection()

    def changeEvent(self, event: QEvent) -> None:
        """Keep the height in rows when the size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()

    def _measure(self) -> None:
        self.setFixedHeight(theme.current().px(ROW_UNITS * (1 + _ROWS)))


def _account_words(account: AccountToSignIn) -> tuple[str, ...]:
    """Say what an account is there for, so that the right one is found."""
    department = pgettext("department", "whole hall") if account.department is None else pick(account.department)
    return (roles_words(account.roles), department, account.name)
