"""The button that takes a list out as a table, with how far it is, and what came of it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QIODevice, QSaveFile, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.ui.navigation import Seat
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.progress import Progress
from desktop.usecases.context import Session
from desktop.usecases.permissions import Permission
from desktop.usecases.refusals import refusal_words
from desktop.usecases.refused import Refused
from desktop.usecases.requests.exports import Listing, TableForm, take_out
from desktop.words import _

FILTERS = {"Excel (*.xlsx)": TableForm.XLSX, "CSV (*.csv)": TableForm.CSV}


class ListExport(Retranslated, QWidget):
    """Takes out what `listing` gives when it is pressed: the list as it is searched and filtered then.

    It is seen by those only who may take lists out. With `apart` the page puts the button where it belongs, and what
    stands here is how far it is and what came of it.
    """

    def __init__(
        self, seat: Seat, listing: Callable[[], Listing], *, apart: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.seat = seat
        self._listing = listing
        self._busy, self._apart = False, apart
        self.button, self.progress, self.notice = Button(icon="download"), Progress(), Notice()
        column = Column(self, spacing=0.8)
        if not apart:
            column.addWidget(Flow(self.button))
        for widget in (self.progress, self.notice):
            column.addWidget(widget)
        self.progress.hide()
        self.button.clicked.connect(self._on_clicked)
        self.progress.cancel_requested.connect(seat.runner.stop_work)
        seat.runner.progressed.connect(self._on_progressed)
        seat.runner.broken.connect(self._on_broken)
        seat.session_changed.connect(self._on_session_changed)
        self._on_session_changed()
        self.retranslate()

    def export_to(self, path: str, form: TableForm) -> None:
        """Take the list out into this file."""
        self._busy = True
        self.button.setEnabled(False)
        self.notice.clear()
        self.progress.set_amount(0, 0)
        self.progress.show()
        self.show()
        piece = partial(_take_out, self.seat.session, self._listing(), form)
        self.seat.runner.work(self, piece, done=partial(self._on_written, path), refused=self._on_refused)

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.button.set_text(_("Export the list"))
        self.progress.set_what(_("Exporting the list"))

    @Slot()
    def _on_clicked(self) -> None:
        dialog = QFileDialog(self, _("Export the list"), f"{self._listing().name}.xlsx", ";;".join(FILTERS))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(TableForm.XLSX.value)
        dialog.filterSelected.connect(partial(_set_suffix, dialog))
        dialog.fileSelected.connect(self._on_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _on_chosen(self, path: str) -> None:
        """Write the form the name asks for; a name that asks for none is a table of Excel."""
        self.export_to(path, TableForm.CSV if path.lower().endswith(".csv") else TableForm.XLSX)

    def _on_written(self, path: str, content: bytes) -> None:
        self._done()
        file = QSaveFile(path)
        kept = file.open(QIODevice.OpenModeFlag.WriteOnly) and file.write(content) == len(content) and file.commit()
        if kept:
            self.notice.say_done(_("Saved: {path}").format(path=path))
        else:
            words = _("The list could not be saved: {why}. Choose another folder.")
            self.notice.say_problem(words.format(why=file.errorString()))

    def _on_refused(self, refusal: Refused) -> None:
        self._done()
        if refusal.code == "export_stopped":
            self.notice.say("info", refusal_words(refusal))
        else:
            self.notice.say_problem(refusal_words(refusal))

    @Slot(object)
    def _on_broken(self, _error: BaseException) -> None:
        """The store failed; the window says so, and one may try again."""
        self._done()

    def _done(self) -> None:
        self._busy = False
        self.button.setEnabled(True)
        self.progress.hide()

    @Slot(int, int)
    def _on_progressed(self, done: int, _of: int) -> None:
        if self._busy:
            self.progress.set_what(_("Exporting the list: {rows} rows").format(rows=done))

    @Slot()
    def _on_session_changed(self) -> None:
        may = self.seat.may(Permission.EXPORT)
        self.button.setVisible(may)
        self.notice.clear()
        self.setVisible(may and (self._busy or not self._apart))


def _set_suffix(dialog: QFileDialog, chosen: str) -> None:
    dialog.setDefaultSuffix(FILTERS.get(chosen, TableForm.XLSX).value)


def _take_out(
    session: Session | None, listing: Listing, form: TableForm, performer: Any, report: Callable[[int, int], bool]
) -> bytes:
    """On the worker's thread: read the list to its end and write it down."""
    return take_out(performer, session, listing, form, report)
