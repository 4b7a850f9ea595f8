"""One backup: what it is, checking it, and putting it back after being told what would be lost."""

from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.pages.admin_words import amount
from desktop.ui.pages.backup_words import reason_words, state_words
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.key_value import KeyValue
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.running_text import RunningText
from desktop.usecases.backups.backups import BackupRow, BackupState, BackupsView, Lost
from desktop.words import _, gettext_noop, here, pgettext


class ChosenBackup(Retranslated, Card):
    """Asks for the password before the records are replaced; nothing is done by one press."""

    check_requested = Signal()
    restore_requested = Signal()
    restore_confirmed = Signal(str)  # the administrator's password

    def __init__(self) -> None:
        super().__init__()
        self._row: BackupRow | None = None
        self._view: BackupsView | None = None
        self._lost: Lost | None = None
        self._fault = ""
        self.what, self.hint = KeyValue(), RunningText("", "muted")
        self.check, self.restore = Button("", icon="shield-check"), Button("", "danger", icon="history")
        self.warning, self.lost, self.after = Notice(), KeyValue(), RunningText("", "muted")
        self.password: Field[QLineEdit] = Field(QLineEdit(), hanzi=18)
        self.password.editor.setEchoMode(QLineEdit.EchoMode.Password)
        self.confirm, self.keep = Button("", "danger", icon="history"), Button("", "quiet", icon="x")
        self._acts, self._answers = Flow(self.check, self.restore), Flow(self.confirm, self.keep)
        for widget in (self.what, self.hint, self._acts, *self._question()):
            self.add(widget)
        self.check.clicked.connect(self.check_requested)
        self.restore.clicked.connect(self.restore_requested)
        self.confirm.clicked.connect(self._on_confirm)
        self.keep.clicked.connect(self._on_keep)
        self.password.editor.returnPressed.connect(self._on_confirm)
        self.retranslate()

    def show_backup(self, row: BackupRow | None, view: BackupsView) -> None:
        """Show a backup of the list, or what to do when none is chosen; a question about another one is closed."""
        if row is None or self._row is None or row.path != self._row.path:
            self._lost = None
        self._row, self._view = row, view
        self.retranslate()

    def ask_restore(self, lost: Lost) -> None:
        """Say what would be lost, and ask for the password."""
        self._lost = lost
        self.password.editor.setText("")
        self._fault = ""
        self.retranslate()
        self.password.focus()

    def say_wrong_password(self) -> None:
        """Say that the password was wrong; the question stays."""
        self.password.editor.setText("")
        self._say_fault(gettext_noop("Your password is wrong. Type it again."))

    def _say_fault(self, fault: str) -> None:
        self._fault = fault
        self.password.set_error(_(fault))
        self.password.focus()

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        row, view = self._row, self._view
        usable = row is not None and row.state is BackupState.WHOLE
        self.set_title(_("This backup") if row is not None else _("No backup chosen"))
        self.check.set_text(_("Check whether it can be restored"))
        self.restore.set_text(_("Restore this backup…"))
        self.password.set_label(_("Your password"))
        self.password.set_error(_(self._fault) if self._fault else "")
        self.confirm.set_text(_("Replace the records by this backup"))
        self.keep.set_text(_("Keep the records as they are"))
        self.after.set_text(
            _("What is replaced is kept as a backup and can be put back. Everybody signs in again afterwards.")
        )
        if row is not None and view is not None:
            self.what.set_rows(_known(row, view))
        self.hint.set_text(_hint(row, usable=usable))
        asking = self._lost is not None and usable
        for part, shown in (
            (self.what, row is not None),
            (self.hint, bool(self.hint.text())),
            (self._acts, usable and not asking),
            *((part, asking) for part in self._question()),
        ):
            part.setVisible(shown)
        if asking and self._lost is not None and view is not None:
            self.warning.say("warning" if self._lost.acts else "done", lost_words(self._lost))
            self.lost.set_rows(lost_rows(self._lost, view.now))

    def _question(self) -> tuple[QWidget, ...]:
        """The parts that ask whether to restore."""
        return self.warning, self.lost, self.after, self.password, self._answers

    @Slot()
    def _on_confirm(self) -> None:
        password = self.password.editor.text()
        if not password:
            self._say_fault(gettext_noop("Type your password."))
            return
        self._fault = ""
        self.password.set_error()
        self.password.editor.setText("")
        self.restore_confirmed.emit(password)

    def _on_keep(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self._lost = None
        self.password.editor.setText("")
        self.retranslate()
        self.restore.setFocus()


def lost_words(lost: Lost) -> str:
    """Say whether anything would no longer be in the records."""
    return _("What was done since then leaves the records:") if lost.acts else _("Nothing was done since then.")


def lost_rows(lost: Lost, now: datetime) -> list[tuple[str, str]]:
    """Name what would no longer be in the records."""
    if not lost.acts:
        return []
    last = "" if lost.last_act is None else here().date_time(lost.last_act, now.date())
    return [
        (_("Acts"), str(lost.acts)),
        (_("New requests"), str(lost.requests)),
        (_("From"), here().date_time(lost.made, now.date())),
        (_("Until"), last),
    ]


def _hint(row: BackupRow | None, *, usable: bool) -> str:
    if row is None:
        return _("Choose a backup of the list to check it or to put it back.")
    return "" if usable else _("This one cannot be used. It may be removed from the folder.")


def _known(row: BackupRow, view: BackupsView) -> list[tuple[str, str]]:
    made = _("Unknown") if row.made is None else here().date_time(row.made, view.now.date())
    return [
        (_("Made"), made),
        (_("Why"), reason_words(row.reason)),
        (_("State"), state_words(row.state)),
        (pgettext("file", "Size"), amount(row.size)),
    ]
