"""The letters of one request: which there are, how each looks on paper, and printing it or keeping it as a file."""

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from PySide6.QtCore import QIODevice, QSaveFile, Qt, Signal, Slot
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.letters.content import LetterKind
from desktop.letters.names import letter_name
from desktop.letters.render import EN_ONLY, ZH_ONLY, ZH_THEN_EN, Rendered, render
from desktop.ui.letters.pdf import print_to, to_pdf
from desktop.ui.letters.preview import LetterPreview
from desktop.ui.navigation import Seat
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, emptied
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.side_by_side import SideBySide
from desktop.usecases.letters.letters import LetterLine, WrittenLetter, list_letters, see_letter
from desktop.usecases.refusals import refusal_words
from desktop.usecases.refused import Refused
from desktop.usecases.topics import Topic
from desktop.words import Language, _, gettext_noop, here, ngettext, pick

LEAST_HANZI = 60
"""Below so many in a line the pages stand under the list of letters, as wide as there is room."""
SHOWN = 4  # letters named before the rest are folded away
LANGUAGES: Mapping[str, tuple[Language, ...]] = {"zh": ZH_ONLY, "en": EN_ONLY, "both": ZH_THEN_EN}
LANGUAGE_WORDS = {"zh": gettext_noop("Chinese"), "en": gettext_noop("English"), "both": gettext_noop("Both")}
PRINT_WORDS = {"standard": gettext_noop("Standard print"), "large": gettext_noop("Large print")}


class LetterPanel(Retranslated, QWidget):
    """Every letter, the newest first, with whose it is; below, the chosen one as it is to be printed."""

    saved = Signal(str)  # the file a letter was kept in
    shown = Signal(object)  # the id of the letter whose pages are seen

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.seat = seat
        self.request: UUID | None = None
        self.lines: tuple[LetterLine, ...] = ()
        self.buttons: dict[UUID, Button] = {}
        self._wanted: UUID | None = None
        self._written: WrittenLetter | None = None
        self.none, self.notice, self.preview = Label("", "muted"), Notice(), LetterPreview()
        self.language, self.print_size = Field(Choice()), Field(Choice())
        self._choice = Column(spacing=1)
        self._whose: dict[UUID, Label] = {}
        self._rows: list[QWidget] = []
        self.more, self._unfolded = Button("", "link"), False
        self._arrange()
        self.more.clicked.connect(partial(self._on_more))
        self.language.editor.chosen.connect(self._on_print_chosen)
        self.print_size.editor.chosen.connect(self._on_print_chosen)
        self.preview.print_requested.connect(self._on_print)
        self.preview.save_requested.connect(self._on_save)
        seat.runner.changed.connect(self._on_changed)
        self.retranslate()

    def show_request(self, request_id: UUID) -> None:
        """Show the letters of a request; the newest one's pages come first."""
        if request_id != self.request:
            self.request, self._wanted, self._written, self._unfolded = request_id, None, None, False
            self.notice.clear()
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
            self._whose[line.id].set_text(_whose(line))
        self._fold()
        self.language.set_label(_("Language of the letter"))
        self.print_size.set_label(_("Print"))
        for field, options, first in (
            (self.language, [(key, _(said)) for key, said in LANGUAGE_WORDS.items()], "zh"),
            (self.print_size, [(key, _(said)) for key, said in PRINT_WORDS.items()], "standard"),
        ):
            chosen = field.editor.value() or first
            field.editor.set_options(options)
            field.editor.set_value(chosen)
        self._show_written()

    def _arrange(self) -> None:
        which, seen = QWidget(), QWidget()
        column = Column(which, spacing=1.5)
        column.addWidget(self.none)
        column.addLayout(self._choice)
        column.addWidget(Flow(self.more))
        self._print = SideBySide(_on_top(self.language), _on_top(self.print_size), shares=(1, 1), least_hanzi=28)
        column.addWidget(self._print)
        column.addStretch(1)
        beside = Column(seen, spacing=1.5)
        beside.addWidget(self.notice)
        beside.addWidget(self.preview)
        beside.addStretch(1)
        Column(self).addWidget(SideBySide(which, seen, shares=(1, 2), least_hanzi=LEAST_HANZI, spacing=3))
        self._print.hide()
        self.preview.hide()
        self.preview.lie_open()

    def _show_lines(self, lines: tuple[LetterLine, ...]) -> None:
        emptied(self._choice)
        self.lines, self.buttons, self._whose, self._rows = lines, {}, {}, []
        for line in lines:
            self._add_line(line)
        self._fold()
        self.none.setVisible(not lines)
        for part in (self._print, self.preview):
            part.setVisible(bool(lines))
        if not lines:
            self.preview.show_letter(None)

    def _add_line(self, line: LetterLine) -> None:
        """Name a letter on the button that shows it, and below whose it is and when it was written."""
        button = Button(_words(line), "choice")
        button.setCheckable(True)
        button.setChecked(line.id == self._wanted)
        button.clicked.connect(partial(self._on_chosen, line.id))
        self.buttons[line.id], self._whose[line.id] = button, Label(_whose(line), "muted")
        row = QWidget()
        column = Column(row, spacing=0.2)
        column.addWidget(button)
        column.addWidget(self._whose[line.id])
        self._choice.addWidget(row)
        self._rows.append(row)

    def _fold(self) -> None:
        """Show the newest letters and the chosen one; the rest are unfolded on request."""
        for at, (row, line) in enumerate(zip(self._rows, self.lines, strict=True)):
            row.setVisible(self._unfolded or at < SHOWN or line.id == self._wanted)
        self.more.setVisible(len(self.lines) > SHOWN)
        count = len(self.lines)
        shown = ngettext("Show {n} letter", "Show all {n} letters", count).format(n=count)
        self.more.set_text(_("Show the newest only") if self._unfolded else shown)

    def _on_more(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self._unfolded = not self._unfolded
        self._fold()

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
        self._written = written
        self._show_written()
        self.shown.emit(written.line.id)

    def _show_written(self) -> None:
        """Show the chosen letter in the language and the size it is to be printed in."""
        if self._written is not None:
            languages = LANGUAGES[self.language.editor.value() or "zh"]
            large = self.print_size.editor.value() == "large"
            self.preview.show_letter(render(self._written.letter, languages, large=large))

    @Slot(str)
    def _on_print_chosen(self, _which: str) -> None:
        self._show_written()

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


def _on_top(widget: QWidget) -> QWidget:
    """Hold a widget at the top of its place, so that two of unequal height begin on one line."""
    holder = QWidget()
    column = Column(holder)
    column.addWidget(widget)
    column.addStretch(1)
    return holder


def _words(line: LetterLine) -> str:
    name = letter_name(LetterKind(line.kind)) if line.title is None else pick(line.title)
    return _("{letter} {number}").format(letter=name, number=line.number)


def _whose(line: LetterLine) -> str:
    """Say when a letter was written, whose it is, and who wrote it."""
    when = here().date_time(line.made_at)
    said = _("{when}, {issuer}, written by {name}") if line.writer else _("{when}, {issuer}")
    return said.format(when=when, issuer=pick(line.issuer), name=line.writer)
