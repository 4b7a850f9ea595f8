"""One attached file in a row: its picture, its name, and what may be done with it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.ui import icons, theme
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.attachment_pictures import turned
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.running_text import RunningText
from desktop.usecases.papers.attachments import AttachmentRow
from desktop.usecases.papers.file_kinds import Media, size_words
from desktop.words import _

THUMB_UNITS = 8


class Thumb(QLabel):
    """A small picture of a file, or the sign of one that has none; it is no stop for a screen reader."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._image: QImage | None = None
        theme.current().changed.connect(self._draw)
        self._draw()

    def show_image(self, image: QImage | None) -> None:
        """Show another picture; None shows the sign of a file."""
        self._image = image
        self._draw()

    def sizeHint(self) -> QSize:
        """A square of so many units."""
        side = theme.current().px(THUMB_UNITS)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """A picture is never squeezed."""
        return self.sizeHint()

    def _draw(self) -> None:
        side = theme.current().px(THUMB_UNITS)
        if self._image is None:
            self.setPixmap(icons.pixmap("file-text", "muted", side // 2, self.devicePixelRatioF()))
            return
        shown = QPixmap.fromImage(self._image)
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        self.setPixmap(shown.scaled(side, side, keep, smooth))


class AttachmentRowView(Retranslated, QWidget):
    """A file that is attached; its buttons say which file is meant to those who hear them."""

    view_asked = Signal()
    save_asked = Signal()
    turn_asked = Signal()
    remove_asked = Signal()

    def __init__(self, row: AttachmentRow, *, may_change: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        self._image: QImage | None = None
        self.thumb, self.name, self.about = Thumb(), RunningText(), Label("", "muted")
        self.view, self.save = Button(icon="eye"), Button(icon="download")
        self.turn, self.remove = Button(icon="redo"), Button(icon="trash")
        drawn = row.media != Media.PDF
        self.view.setVisible(drawn)
        self.save.setVisible(not drawn)
        self.turn.setVisible(drawn and may_change)
        self.remove.setVisible(may_change)
        self._arrange()
        for button, asked in (
            (self.view, self.view_asked),
            (self.save, self.save_asked),
            (self.turn, self.turn_asked),
            (self.remove, self.remove_asked),
        ):
            button.clicked.connect(asked)
        self.retranslate()

    def show_image(self, image: QImage | None) -> None:
        """Show the picture of the file, turned as it was turned by hand."""
        self._image = image
        self.thumb.show_image(None if image is None else turned(image, self.row.turned))

    def show_turned(self, row: AttachmentRow) -> None:
        """Show the file as it has just been turned."""
        self.row = row
        self.show_image(self._image)

    def wait(self, *, busy: bool) -> None:
        """Take no other wish while one is carried out."""
        for button in (self.turn, self.remove):
            button.setEnabled(not busy)

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.name.set_text(self.row.name)
        kind = "PDF" if self.row.media == Media.PDF else _("picture")
        self.about.set_text(_("{kind}, {size}").format(kind=kind, size=size_words(self.row.size)))
        words = (_("View"), _("Save a copy"), _("Turn"), _("Remove"))
        for button, word in zip((self.view, self.save, self.turn, self.remove), words, strict=True):
            button.set_text(word)
            button.setAccessibleName(_("{act}: {what}").format(act=word, what=self.row.name))

    def _arrange(self) -> None:
        column = Column(spacing=0.3)
        for widget in (self.name, self.about, Flow(self.view, self.save, self.turn, self.remove, spacing=0.6)):
            column.addWidget(widget)
        row = Row(self, spacing=1)
        row.addWidget(self.thumb, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
