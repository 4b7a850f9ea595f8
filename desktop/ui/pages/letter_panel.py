"""The letters of one request: which there are, how each looks on paper, and printing it or keeping it as a file."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QIODevice, QSaveFile, Qt, Signal, Slot
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.letters.content import LetterKind
from desktop.letters.names import letter_name
from desktop.letters.pdf import print_to, to_pdf
from desktop.letters.preview import LetterPreview
from desktop.letters.render import Rendered, render
from desktop.ui.navigation import Seat
from desktop.ui.refusals import refusal_words
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, emptied
from desktop.ui.widgets.notice import Notice
from desktop.usecases.letters import LetterLine, WrittenLetter, list_letters, see_letter
from desktop.usecases.refused import Refused
from desktop.usecases.topics import Topic
from desktop.words import _


class LetterPanel(Retranslated, QWidget):
    """One button a letter, the newest first, and below them the pages of the chosen one."""

    saved = Signal(str)  # the file a letter was kept in
    shown = Signal(object)  # the id of the letter whose pages are seen

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.seat = seat
        self.request: UUID | None = None
        self.lines: tuple[LetterLine, ...] = ()
        self.buttons: dict[UUID, Button] = {}
        self._wanted: UUID | None = None
        self.none, self.notice, self.preview = Label("", "muted"), Notice(), LetterPreview()
        self._choice = Flow()
        self._arrange()
        self.preview.print_requested.connect(self._on_print)
        self.preview.save_requested.connect(self._on_save)
        seat.runner.changed.connect(self._on_changed)
        self.retranslate()

    def show_request(self, request_id: UUID) -> None:
        """Show the letters of a request; the newest one's pages come first."""
        if request_id != self.request:
            self.request, self._wanted = request_id, None
            self._show_lines(())
        self.seat.runner.read(
            self, list_letters, request_id, done=partial(self._on_listed, request_id), refused=self._on_refused
        )

    def choose(self, letter: UUID) -> None:
        """Show the pages of one letter."""
        self._wanted = letter
        for one, button in self.buttons.items():
            button.setChecked(one == letter)
        self.seat.runner.read(self, see_letter, letter, done=self._on_seen, refused=self._on_refused)

    def save_to(self, rendered: Rendered, path: str) -> bool:
        """Keep a letter as a PDF, written whole or not at all; say so either way."""
        data, file = to_pdf(rendered), QSaveFile(path)
        kept = file.open(QIODevice.OpenModeFlag.WriteOnly) and file.write(data) == len(data) and file.commit()
        if kept:
            self.notice.say_done(_("Saved: {path}").format(path=path))
            self.saved.emit(path)
        else:
            words = _("The letter could not be saved: {why}. Nothing was changed.")
            self.notice.say_problem(words.format(why=file.errorString()))
        return bool(kept)

    def retranslate(self) -> None:
        """Say everything in the language of the seat."""
        self.none.setText(_("No letter has been written yet."))
        for line in self.lines:
            self.buttons[line.id].set_text(_words(line))

    def _arrange(self) -> None:
        column = Column(spacing=1)
        for part in (self.none, self._choice, self.notice, self.preview):
            column.addWidget(part)
        self.setLayout(column)
        self.preview.hide()

    def _show_lines(self, lines: tuple[LetterLine, ...]) -> None:
        layout = self._choice.layout()
        if layout is not None:
            emptied(layout)
        self.lines, self.buttons = lines, {}
        for line in lines:
            button = Button(_words(line), "choice")
            button.setCheckable(True)
            button.clicked.connect(partial(self._on_chosen, line.id))
            self._choice.add(button)
            self.buttons[line.id] = button
        self.none.setVisible(not lines)
        self.preview.setVisible(bool(lines))
        if not lines:
            self.preview.show_letter(None)

    def _on_listed(self, request: UUID, lines: tuple[LetterLine, ...]) -> None:
        if request != self.request:
            return
        self._show_lines(lines)
        if lines:
            self.choose(self._wanted if self._wanted is not None and self._wanted in self.buttons else lines[0].id)

    def _on_chosen(self, letter: UUID, *_checked: bool) -> None:
        self.choose(letter)

    def _on_seen(self, written: WrittenLetter) -> None:
        if written.line.id != self._wanted:
            return
        self.preview.show_letter(render(written.letter))
        self.shown.emit(written.line.id)

    def _on_refused(self, refused: Refused) -> None:
        self.notice.say_problem(refusal_words(refused))

    @Slot(object)
    def _on_changed(self, topics: frozenset[Topic]) -> None:
        """An act may have left a letter; the newest is shown then."""
        if self.request is not None and not topics.isdisjoint({Topic.REQUESTS, Topic.TASKS}):
            self._wanted = None
            self.show_request(self.request)

    @Slot(object)
    def _on_print(self, rendered: Rendered) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.accepted.connect(partial(print_to, rendered, printer))
        dialog.finished.connect(dialog.deleteLater)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.show()

    @Slot(object)
    def _on_save(self, rendered: Rendered) -> None:
        dialog = QFileDialog(self, _("Save the letter"), f"{rendered.number}.pdf", "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.fileSelected.connect(partial(self.save_to, rendered))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _words(line: LetterLine) -> str:
    return _("{letter} {number}").format(letter=letter_name(LetterKind(line.kind)), number=line.number)
