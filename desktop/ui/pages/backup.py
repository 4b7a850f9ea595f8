"""Backup and restore: where the copies lie, how old the last good one is, a new one, a proof, and putting one back."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from desktop.ui.navigation import Seat
from desktop.ui.pages.admin_rows import WordRows
from desktop.ui.pages.admin_words import admin_refusal, ago, amount
from desktop.ui.pages.backup_chosen import ChosenBackup
from desktop.ui.pages.backup_words import reason_words, state_status, state_words
from desktop.ui.pages.page import Page
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.progress import Progress
from desktop.ui.widgets.running_text import RunningText
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.ui.widgets.side_by_side import SideBySide
from desktop.ui.widgets.status_mark import StatusMark
from desktop.ui.widgets.table import Table, Width
from desktop.usecases.backups.backups import (
    BackupRow,
    BackupsView,
    Lost,
    Proven,
    Restored,
    RestoreWish,
    back_up_now,
    check_backup,
    count_lost,
    restore_backup,
    see_backups,
)
from desktop.usecases.refused import Refused
from desktop.usecases.topics import Topic
from desktop.words import _, here, ngettext, pgettext

STALE_HOURS = 24


class BackupPage(Page):
    """The copies of one folder; what is done with one of them stands beside the list."""

    topics = frozenset(Topic)  # every act makes the last backup older

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.view: BackupsView | None = None
        self.busy = False
        self._folder: Path | None = None
        self.title, self.notice = Heading("", 1), Notice()
        self.age, self.since = StatusMark("waiting"), RunningText("", "muted")
        self.take = Button("", "primary", icon="save")
        self.folder: Field[QLineEdit] = Field(QLineEdit(), hanzi=40)
        self.choose, self.usual = Button("", icon="folder"), Button("", "quiet", icon="undo")
        self.progress = Progress()
        self.model = WordRows(4, status_in=3)
        self.table = Table(widths=[Width(10, 1), Width(6, 1), Width(4), Width(5, 1)])
        self.chosen = ChosenBackup()
        self.body = ScrollPage(margins=2)
        self._arrange()
        self._connect()
        self.retranslate()

    def reload(self) -> None:
        """Look into the folder again."""
        session = self.seat.session
        if session is not None and not self.busy:
            piece = partial(see_backups, session=session, folder=self._folder)
            self.seat.runner.work(self, piece, done=self._show, refused=self._on_refused)

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.notice.clear()  # what it said was said in the language of then
        self.title.set_text(_("Backup and restore"))
        self.take.set_text(_("Back up now"))
        self.folder.set_label(_("Folder of the backups"))
        self.folder.set_help(_("A stick or a second disk is safest. Press Enter to look into it."))
        self.choose.set_text(_("Choose a folder"))
        self.usual.set_text(_("The usual folder"))
        self.model.set_names(_("Made"), _("Why"), pgettext("file", "Size"), _("State"))
        self.table.set_name(_("Backups"))
        if self.view is not None:
            self._show(self.view)

    # -- what is shown ------------------------------------------------------------------------------------------

    def _show(self, view: BackupsView) -> None:
        kept = self._chosen_row()
        self.view = view
        self.folder.editor.setText(str(view.folder))
        self._say_age(view)
        self.model.show_rows([(row.path, self._cells(row), state_status(row.state)) for row in view.rows])
        for part in (self.table, self.chosen):  # where there is none, that is said once, above
            part.setVisible(bool(view.rows))
        again = None if kept is None else self.model.row_of(kept.path)
        if again is not None:
            self.table.selectRow(again)
        self.chosen.show_backup(self._chosen_row(), view)

    def _cells(self, row: BackupRow) -> tuple[str, ...]:
        today = None if self.view is None else self.view.now.date()
        at = _("Unknown") if row.made is None else here().date_time(row.made, today)
        return at, reason_words(row.reason), amount(row.size), state_words(row.state)

    def _say_age(self, view: BackupsView) -> None:
        last = view.last_good
        if last is None or last.made is None:
            none = (
                _("There is no good backup in this folder") if view.rows else _("There is no backup in this folder yet")
            )
            self.age.set_status("overdue", none)
            self.since.set_text(_("Back up now; it takes a moment and nobody has to stop working."))
            return
        old = (view.now - last.made).total_seconds() > STALE_HOURS * 3600
        when = here().date_time(last.made, view.now.date())
        said = _("Last good backup: {ago}, {when}").format(ago=ago(last.made, view.now), when=when)
        self.age.set_status("overdue" if old and view.acts_since else "done", said)
        count = _("Nothing has been logged since.")
        if view.acts_since:
            count = ngettext("{n} act has been logged since.", "{n} acts have been logged since.", view.acts_since)
        by_itself = _("A backup is also taken by itself every half hour of work.") if view.restorable else ""
        self.since.set_text(" ".join(part for part in (count.format(n=view.acts_since), by_itself) if part))

    def _chosen_row(self) -> BackupRow | None:
        at = self.table.selected_row()
        rows = () if self.view is None else self.view.rows
        return None if at is None or at >= len(rows) else rows[at]

    # -- what is done -------------------------------------------------------------------------------------------

    def _begin(self, what: str, *, may_stop: bool) -> None:
        self.busy = True
        self.notice.clear()
        self.progress.set_what(what)
        self.progress.set_amount(0, 0)
        self.progress.cancel.setVisible(may_stop)
        self.progress.setVisible(True)
        if may_stop:  # before the button just pressed is put out, so that the keyboard falls on nothing else
            self.progress.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_busy()

    def _end(self) -> None:
        self.busy = False
        had_keys = self.progress.cancel.hasFocus()
        self._show_busy()
        if had_keys:
            self.take.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_busy(self) -> None:
        self.progress.setVisible(self.busy)
        for part in (self.take, self.folder, self.choose, self.usual, self.table, self.chosen):
            part.setEnabled(not self.busy)

    def _on_take(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        session = self.seat.session
        if session is None or self.busy:
            return
        self._begin(_("Copying the records and proving the copy"), may_stop=True)
        piece = partial(back_up_now, session=session, folder=self._folder)
        self.seat.runner.work(self, piece, done=self._on_taken, refused=self._on_refused)

    def _on_taken(self, _path: Path) -> None:
        self._end()
        self.notice.say_done(_("Backed up, and the copy is proven whole."))
        self.reload()

    @Slot()
    def _on_check(self) -> None:
        session, row = self.seat.session, self._chosen_row()
        if session is None or row is None or self.busy:
            return
        self._begin(_("Restoring the backup into a scratch place to prove it"), may_stop=False)
        piece = partial(check_backup, session=session, path=row.path)
        self.seat.runner.work(self, piece, done=self._on_proven, refused=self._on_refused)

    def _on_proven(self, found: Proven) -> None:
        self._end()
        if not found.restored:
            self.notice.say("done", _("Every piece of this backup was read and is as it was written."))
            return
        requests = ngettext("{n} request", "{n} requests", found.requests).format(n=found.requests)
        last = _("nothing done") if found.last_act is None else here().date_time(found.last_act)
        more = _("It holds {hall} with {requests}; the last act is of {last}.")
        self.notice.say(
            "done",
            _("This backup can be restored: it was, in a scratch place."),
            more.format(hall=found.hall or _("no hall"), requests=requests, last=last),
        )

    @Slot()
    def _on_restore_asked(self) -> None:
        session, row = self.seat.session, self._chosen_row()
        if session is None or row is None or self.busy:
            return
        self.notice.clear()
        piece = partial(count_lost, session=session, path=row.path)
        self.seat.runner.work(self, piece, done=self._on_lost, refused=self._on_refused)

    def _on_lost(self, lost: Lost) -> None:
        self.chosen.ask_restore(lost)

    @Slot(str)
    def _on_restore(self, password: str) -> None:
        session, row = self.seat.session, self._chosen_row()
        if session is None or row is None or self.busy:
            return
        self._begin(_("Putting the backup in place of the records; what was there is kept"), may_stop=False)
        self.seat.restore_begun.emit()
        piece = partial(restore_backup, session=session, wish=RestoreWish(row.path, password))
        self.seat.runner.work(self, piece, done=self._on_restored, refused=self._on_restore_refused)

    def _on_restored(self, restored: Restored) -> None:
        self._end()
        self.seat.restore_ended.emit(restored)

    def _on_restore_refused(self, refusal: Refused) -> None:
        self.seat.restore_ended.emit(None)
        self._end()
        if refusal.code == "wrong_login_or_password":
            self.chosen.say_wrong_password()
        else:
            self.notice.say_problem(admin_refusal(refusal))

    def _on_refused(self, refusal: Refused) -> None:
        self._end()
        if refusal.code == "backup_folder_unusable":
            self.folder.set_error(admin_refusal(refusal))
        self.notice.say_problem(admin_refusal(refusal))

    @Slot(int, int)
    def _on_progressed(self, done: int, of: int) -> None:
        if self.busy:
            self.progress.set_amount(100 * done // of if of else 0, 100 if of else 0)

    # -- the folder ---------------------------------------------------------------------------------------------

    @Slot()
    def _on_folder_typed(self) -> None:
        typed = self.folder.editor.text().strip()
        if self.view is None or typed != str(self.view.folder):
            self._look_into(Path(typed).expanduser() if typed else None)

    def _on_choose(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        chosen = QFileDialog.getExistingDirectory(self, _("Folder of the backups"), self.folder.editor.text())
        if chosen:
            self._look_into(Path(chosen))

    def _on_usual(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self._look_into(None)

    def _look_into(self, folder: Path | None) -> None:
        self._folder = folder
        self.folder.set_error()
        self.notice.clear()
        self.reload()

    @Slot(int)
    def _on_row(self, _row: int) -> None:
        if self.view is not None:
            self.chosen.show_backup(self._chosen_row(), self.view)

    # -- how it is put together ---------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.table.setModel(self.model)
        self.table.row_chosen.connect(self._on_row)
        self.table.row_opened.connect(self._on_row)
        self.take.clicked.connect(self._on_take)
        self.choose.clicked.connect(self._on_choose)
        self.usual.clicked.connect(self._on_usual)
        self.folder.editor.returnPressed.connect(self._on_folder_typed)
        self.chosen.check_requested.connect(self._on_check)
        self.chosen.restore_requested.connect(self._on_restore_asked)
        self.chosen.restore_confirmed.connect(self._on_restore)
        self.progress.cancel_requested.connect(self.seat.runner.stop_work)
        self.seat.runner.progressed.connect(self._on_progressed)

    def _arrange(self) -> None:
        left = QWidget()
        column = Column(left, spacing=1.5)
        column.addWidget(self.folder)
        column.addWidget(Flow(self.choose, self.usual))
        column.addWidget(self.table)
        column.addStretch(1)
        self.table.show_up_to_a_screen()
        for widget in (self.title, self.notice, self.age, self.since):
            self.body.add(widget)
        self.body.add(Flow(self.take))
        self.body.add(self.progress)
        self.progress.hide()
        self.body.add(SideBySide(left, self.chosen, shares=(3, 2), least_hanzi=60))
        self.body.add_stretch()
        Column(self).addWidget(self.body)
