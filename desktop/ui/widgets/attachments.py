"""Files attached to a paper: brought by a button, dropped or pasted; looked at, turned, removed, and brought back.

Nothing is decoded, read or written on the window's thread, and a file that is refused says why beside its place.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QIODevice, QSaveFile, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from desktop.ui import theme
from desktop.ui.navigation import Seat
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.attachment_pictures import Picture, PictureWanted, picture_of
from desktop.ui.widgets.attachment_queue import MOST_AT_ONCE, AttachmentQueue, holds_files
from desktop.ui.widgets.attachment_row import THUMB_UNITS, AttachmentRowView
from desktop.ui.widgets.attachment_view import SIDE, AttachmentView
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, emptied
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.progress import Progress
from desktop.usecases.papers.attachment_intake import Added
from desktop.usecases.papers.attachments import (
    AttachmentRow,
    Place,
    SeenAttachment,
    Turn,
    attachment_limit,
    list_attachments,
    remove_attachment,
    restore_attachment,
    see_attachment,
    turn_attachment,
)
from desktop.usecases.papers.file_kinds import size_words
from desktop.usecases.permissions import Permission
from desktop.usecases.refusals import refusal_words
from desktop.usecases.refused import Refused
from desktop.usecases.topics import Topic
from desktop.words import _, here


class AttachmentsCard(Retranslated, QWidget):
    """The files of one place; `changed` carries their ids in order, which a form keeps with its paper."""

    changed = Signal(object)  # tuple[UUID, ...]

    def __init__(self, seat: Seat, *, hint: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.seat = seat
        self.place = Place()
        self.rows: dict[UUID, AttachmentRowView] = {}
        self._name, self._limit = "", 0
        self._asked = 0
        self._not_taken: list[str] = []
        self._views: dict[UUID, AttachmentView] = {}
        self.notice, self.progress = Notice(), Progress()
        self.add, self.hint = Button(icon="paperclip"), Label("", "muted")
        self._list = Column(spacing=1.2)
        self._has_hint = hint
        self._arrange()
        self.queue = AttachmentQueue(seat, self._now_at, self)
        self._connect()
        self.retranslate()

    def set_name(self, name: str) -> None:
        """Say which paper the files belong to, for those who hear the buttons."""
        self._name = name
        self.retranslate()

    def show_form(self, attachments: Iterable[UUID] = ()) -> None:
        """Show the files of a paper on a form that is being filled in; they belong to who is signed in."""
        self._show_place(Place(form=tuple(attachments)))

    def show_request(self, request: UUID, paper: UUID | None = None) -> None:
        """Show the files of a logged request, or of one of its papers."""
        self._show_place(Place(request, paper))

    def attachments(self) -> tuple[UUID, ...]:
        """The files that lie here, in the order in which they came."""
        return tuple(self.rows)

    def is_busy(self) -> bool:
        """Whether a file is still being taken in; a form is not sent meanwhile."""
        return self.queue.busy

    def add_files(self, paths: Iterable[str]) -> None:
        """Take in files from the disk, one after the other."""
        self._begin_anew()
        self.queue.add_files(paths)

    def reload(self) -> None:
        """Read again which files lie here; an answer about another place is dropped."""
        self._asked += 1
        runner = self.seat.runner
        if not self._limit and self._may_change():
            runner.read(self, attachment_limit, None, done=self._on_limit, refused=self._on_refused)
        listed = partial(self._on_listed, self._asked)
        runner.read(self, list_attachments, self._now_at(), done=listed, refused=self._on_refused)

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        word = _("Attach a scan or file")
        self.add.set_text(word)
        self.add.setAccessibleName(_("{act}: {what}").format(act=word, what=self._name) if self._name else word)
        size = size_words(self._limit) if self._limit else ""
        self.hint.set_text(
            _("Or drop it here, or paste it (Ctrl+V). JPEG, PNG or PDF, at most {size} each.").format(size=size)
        )
        self.hint.setVisible(self._has_hint and bool(size) and self._may_change())

    # -- bringing files ---------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what holds files of this computer, or a picture."""
        if self._may_change() and holds_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take in what is dropped."""
        self._begin_anew()
        if self._may_change() and self.queue.take(event.mimeData()):
            event.acceptProposedAction()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take in what was copied, when one pastes here."""
        if event.matches(QKeySequence.StandardKey.Paste) and self._may_change():
            self._begin_anew()
            if not self.queue.take(QGuiApplication.clipboard().mimeData()):
                self.notice.say("info", _("There is no file and no picture to paste. Copy one first."))
            return
        super().keyPressEvent(event)

    def _on_add(self) -> None:
        dialog = QFileDialog(self, _("Attach a scan or file"), "", f"{_('Scans and files')} (*.jpg *.jpeg *.png *.pdf)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self.add_files)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _begin_anew(self) -> None:
        self._not_taken.clear()
        self.notice.clear()

    @Slot()
    def _on_begun(self) -> None:
        self.progress.set_what(_("Attaching"))
        self.progress.set_amount(0, 0)
        self.progress.show()

    @Slot(int, int)
    def _on_amount(self, done: int, of: int) -> None:
        self.progress.set_amount(done * 100 // of, 100)

    @Slot(object)
    def _on_added(self, added: Added) -> None:
        self.progress.hide()
        self._add_row(added.row)
        if added.elsewhere:
            self.notice.say(
                "warning",
                _("The same file lies on {numbers} too. Check that it belongs here.").format(
                    numbers=here().listing(added.elsewhere)
                ),
            )
        self._tell()

    @Slot(str, object)
    def _on_not_added(self, name: str, refusal: Refused) -> None:
        """Say which file was not taken and why, below the others of the same drop."""
        self.progress.hide()
        if refusal.code == "attachment_stopped":
            self._on_refused(refusal)
            return
        self._not_taken.append(_("{file}: {why}").format(file=name, why=refusal_words(refusal)))
        self.notice.say_problem(self._not_taken[0], "\n".join(self._not_taken[1:]))

    @Slot()
    def _on_failed(self) -> None:
        self.progress.hide()
        for view in self.rows.values():
            view.wait(busy=False)

    @Slot(int)
    def _on_too_many(self, count: int) -> None:
        words = _("These are {count} files; at most {most} at once. Choose fewer.")
        self.notice.say_problem(words.format(count=count, most=MOST_AT_ONCE))

    # -- what lies here ---------------------------------------------------------------------------------------------

    def _show_place(self, place: Place) -> None:
        self.place = place
        self.queue.forget()
        self.notice.clear()
        self._show_rows(())
        self.add.setVisible(self._may_change())
        self.setAcceptDrops(self._may_change())
        self.reload()

    def _now_at(self) -> Place:
        return self.place if self.place.request is not None else Place(form=self.place.form)

    def _may_change(self) -> bool:
        return self.seat.may(Permission.ATTACH)

    def _on_limit(self, limit: int) -> None:
        self._limit = limit
        self.retranslate()

    def _on_listed(self, asked: int, rows: tuple[AttachmentRow, ...]) -> None:
        if asked != self._asked or rows == tuple(view.row for view in self.rows.values()):
            return
        gone = self.place.request is None and len(rows) < len(self.place.form)
        self._show_rows(rows)
        if gone:
            self._tell()

    def _show_rows(self, rows: Iterable[AttachmentRow]) -> None:
        emptied(self._list)
        self.rows = {}
        for row in rows:
            self._add_row(row)

    def _add_row(self, row: AttachmentRow) -> None:
        if row.id in self.rows:
            return
        view = AttachmentRowView(row, may_change=self._may_change())
        view.view_asked.connect(partial(self._on_view, row.id))
        view.save_asked.connect(partial(self._on_save, row.id))
        view.turn_asked.connect(partial(self._on_turn, row.id))
        view.remove_asked.connect(partial(self._on_remove, row.id))
        self.rows[row.id] = view
        self._list.addWidget(view)
        wanted = PictureWanted(row.id, 2 * theme.current().px(THUMB_UNITS))
        self.seat.runner.read(self, picture_of, wanted, done=self._on_thumb, refused=self._on_refused)

    def _on_thumb(self, picture: Picture) -> None:
        if picture.row.id in self.rows:
            self.rows[picture.row.id].show_image(picture.image)

    def _tell(self) -> None:
        """Say which files lie here now, and remember them as those of the form."""
        if self.place.request is None:
            self.place = Place(form=self.attachments())
        self._asked += 1
        self.changed.emit(self.attachments())

    @Slot(object)
    def _on_changed(self, topics: frozenset[Topic]) -> None:
        """Read again when somebody else may have attached something to the request."""
        if self.place.request is not None and Topic.PAPERS in topics and not self.queue.busy:
            self.reload()

    # -- what is done with a file -----------------------------------------------------------------------------------

    def _on_view(self, attachment: UUID) -> None:
        wanted = PictureWanted(attachment, SIDE)
        self.seat.runner.read(self, picture_of, wanted, done=self._show_view, refused=self._on_refused)

    def _show_view(self, picture: Picture) -> None:
        if picture.image is None:
            self.notice.say_problem(_("This picture cannot be shown. Save a copy and open it elsewhere."))
            return
        view = AttachmentView(picture.row, picture.image, may_change=self._may_change(), parent=self)
        view.turn_asked.connect(partial(self._on_turn, picture.row.id))
        view.save_asked.connect(partial(self._on_save, picture.row.id))
        self._views[picture.row.id] = view
        view.open()

    def _on_turn(self, attachment: UUID) -> None:
        self._do(attachment, turn_attachment, Turn(attachment, 1), self._on_turned)

    def _on_turned(self, row: AttachmentRow) -> None:
        if row.id in self.rows:
            self.rows[row.id].wait(busy=False)
            self.rows[row.id].show_turned(row)
        view = self._views.get(row.id)
        if view is not None and isValid(view):
            view.show_turned(row)

    def _on_remove(self, attachment: UUID) -> None:
        self._do(attachment, remove_attachment, attachment, self._on_removed)

    def _on_removed(self, row: AttachmentRow) -> None:
        view = self.rows.pop(row.id, None)
        if view is not None:
            self._list.removeWidget(view)
            view.hide()
            view.deleteLater()
        undo = (_("Undo"), partial(self._on_undo, row.id))
        self.notice.say_done(_("Removed: {name}").format(name=row.name), undo)
        self.add.setFocus()
        self._tell()

    def _on_undo(self, attachment: UUID) -> None:
        self.seat.runner.write(self, restore_attachment, attachment, done=self._on_restored, refused=self._on_refused)

    def _on_restored(self, row: AttachmentRow) -> None:
        self.notice.clear()
        self._add_row(row)
        self._tell()

    def _do(self, attachment: UUID, use_case: Callable[..., Any], command: object, done: Callable[[Any], None]) -> None:
        if attachment in self.rows:
            self.rows[attachment].wait(busy=True)
        self.seat.runner.write(self, use_case, command, done=done, refused=partial(self._on_not_done, attachment))

    def _on_not_done(self, attachment: UUID, refusal: Refused) -> None:
        if attachment in self.rows:
            self.rows[attachment].wait(busy=False)
        self._on_refused(refusal)

    def _on_save(self, attachment: UUID) -> None:
        self.seat.runner.read(self, see_attachment, attachment, done=self._ask_where, refused=self._on_refused)

    def _ask_where(self, seen: SeenAttachment) -> None:
        dialog = QFileDialog(self, _("Save a copy"), seen.row.name)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(partial(self.save_to, seen))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_to(self, seen: SeenAttachment, path: str) -> bool:
        """Keep a copy of a file, written whole or not at all; say so either way."""
        file = QSaveFile(path)
        written = file.open(QIODevice.OpenModeFlag.WriteOnly) and file.write(seen.content) == len(seen.content)
        kept = bool(written and file.commit())
        if kept:
            self.notice.say_done(_("Saved: {path}").format(path=path))
        else:
            why = _("The copy could not be saved: {why}. Choose another folder.").format(why=file.errorString())
            self.notice.say_problem(why)
        return kept

    def _on_refused(self, refusal: Refused) -> None:
        if refusal.code == "attachment_stopped":
            self.notice.say("info", refusal_words(refusal))
        else:
            self.notice.say_problem(refusal_words(refusal))

    def _connect(self) -> None:
        self.add.clicked.connect(self._on_add)
        self.progress.cancel_requested.connect(self.queue.stop)
        self.queue.begun.connect(self._on_begun)
        self.queue.amount.connect(self._on_amount)
        self.queue.added.connect(self._on_added)
        self.queue.refused.connect(self._on_not_added)
        self.queue.too_many.connect(self._on_too_many)
        self.queue.failed.connect(self._on_failed)
        self.seat.runner.changed.connect(self._on_changed)

    def _arrange(self) -> None:
        column = Column(self, spacing=0.8)
        column.addWidget(self.notice)
        column.addLayout(self._list)
        column.addWidget(self.progress)
        column.addWidget(Flow(self.add))
        column.addWidget(self.hint)
        self.progress.hide()
        self.hint.hide()
