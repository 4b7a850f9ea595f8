"""Looking at an attached picture: as wide as the window, nearer and further, turned, and kept as a copy."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QDialog, QLabel, QScrollArea, QWidget

from desktop.ui import theme
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.attachment_pictures import turned
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.running_text import RunningText
from desktop.usecases.papers.attachments import AttachmentRow
from desktop.words import _

SIDE = 3000
"""Dots of the longer side of a picture that is looked at: a sheet of A4 at 250 dots per inch."""
STEPS = (1.0, 1.5, 2.0, 3.0, 4.0)


class _Area(QScrollArea):
    """The picture, no wider than its frame at the first step."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self._step = 0
        self._picture = QLabel()
        self._picture.setTextFormat(Qt.TextFormat.PlainText)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWidget(self._picture)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_image(self, image: QImage) -> None:
        """Show another picture."""
        self._image = image
        self._draw()

    def zoom(self, by: int) -> None:
        """Come nearer or go further by a step."""
        self._step = max(0, min(len(STEPS) - 1, self._step + by))
        self._draw()

    def move_by(self, key: int) -> bool:
        """Move the picture by an arrow key; say whether it was one."""
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        keys = {Qt.Key.Key_Left: (across, -1), Qt.Key.Key_Right: (across, 1)}
        keys |= {Qt.Key.Key_Up: (down, -1), Qt.Key.Key_Down: (down, 1)}
        bar, way = keys.get(Qt.Key(key), (across, 0))
        bar.setValue(bar.value() + way * bar.pageStep() // 4)
        return bool(way)

    def at_end(self, by: int) -> bool:
        """Whether there is no further step that way."""
        return not 0 <= self._step + by < len(STEPS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep fitting the frame."""
        super().resizeEvent(event)
        self._draw()

    def _draw(self) -> None:
        if self._image.isNull():
            return
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        room = self.maximumViewportSize() * STEPS[self._step]
        self._picture.setPixmap(QPixmap.fromImage(self._image).scaled(room, keep, smooth))


class AttachmentView(Retranslated, QDialog):
    """One picture in a window of its own; Escape closes it."""

    turn_asked = Signal()
    save_asked = Signal()

    def __init__(self, row: AttachmentRow, image: QImage, *, may_change: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row, self._image = row, image
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.name, self.area = RunningText("", "strong"), _Area()
        self.nearer, self.further = Button(icon="zoom-in"), Button(icon="zoom-out")
        self.turn, self.save = Button(icon="redo"), Button(icon="download")
        self.finish = Button(icon="x")
        self.turn.setVisible(may_change)
        buttons = Flow(self.nearer, self.further, self.turn, self.save, self.finish)
        column = Column(self, spacing=1, margins=2)
        column.addWidget(self.name)
        column.addWidget(self.area, 1)
        column.addWidget(buttons)
        self._connect()
        self.show_turned(row)
        self._zoom(0)
        self.retranslate()
        self._fit()
        self.finish.setFocus()

    def show_turned(self, row: AttachmentRow) -> None:
        """Show the picture as it has just been turned."""
        self._row = row
        self.area.show_image(turned(self._image, row.turned))

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.setWindowTitle(_("Attached file"))
        self.setAccessibleName(self._row.name)
        self.setAccessibleDescription(_("The arrow keys move the picture."))
        self.name.set_text(self._row.name)
        self.nearer.set_text(_("Nearer"))
        self.further.set_text(_("Further away"))
        self.turn.set_text(_("Turn"))
        self.save.set_text(_("Save a copy"))
        self.finish.set_text(_("Close"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Come nearer with plus, go further with minus, and move the picture with the arrows."""
        by = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}.get(Qt.Key(event.key()), 0)
        if by:
            self._zoom(by)
        elif not self.area.move_by(event.key()):
            super().keyPressEvent(event)

    def _connect(self) -> None:
        self.nearer.clicked.connect(self._on_nearer)
        self.further.clicked.connect(self._on_further)
        self.turn.clicked.connect(self.turn_asked)
        self.save.clicked.connect(self.save_asked)
        self.finish.clicked.connect(self.accept)

    def _on_nearer(self) -> None:
        self._zoom(1)

    def _on_further(self) -> None:
        self._zoom(-1)

    def _zoom(self, by: int) -> None:
        self.area.zoom(by)
        self.nearer.setEnabled(not self.area.at_end(1))
        self.further.setEnabled(not self.area.at_end(-1))

    def _fit(self) -> None:
        room, look = self.screen().availableSize(), theme.current()
        self.resize(min(look.line_width(56), int(room.width() * 0.9)), int(room.height() * 0.9))
