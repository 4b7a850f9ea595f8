"""A box to search in: it answers while one types, after a moment's rest, and Escape empties it."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui import icons, theme
from desktop.ui.translate import Retranslated
from desktop.words import _

REST_MS = 200


class SearchBox(Retranslated, QLineEdit):
    """Words to look for; ``searched`` carries them, trimmed, when typing rests or Enter is pressed."""

    searched = Signal(str)

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked = ""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._on_rested)
        self.setProperty("role", "search")
        self.textEdited.connect(self._on_text_edited)
        self.returnPressed.connect(self._on_rested)
        self.set_name(name)
        self.retranslate()

    def set_name(self, name: str) -> None:
        """Say what is searched."""
        self.setAccessibleName(name)

    def retranslate(self) -> None:
        """Say in the language of the seat how the box is emptied."""
        self.setAccessibleDescription(_("Escape empties the box"))

    def reset(self, words: str = "") -> None:
        """Show other words, or none, as if they had been looked for already; nobody is told."""
        self._rest.stop()
        self._asked = words.strip()
        self.setText(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Empty the box at Escape; an empty box leaves Escape to the page."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._on_rested()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the glass before the words; Qt's own place for it does not follow the style sheet."""
        super().paintEvent(event)
        look = theme.current()
        side = look.px(1.7)
        painter = QPainter(self)
        sign = icons.image("search", look.token("muted").name(), side, self.devicePixelRatioF())
        painter.drawImage(look.px(0.9) + 1, (self.height() - side) // 2, sign)
        painter.end()

    @Slot(str)
    def _on_text_edited(self, _text: str) -> None:
        self._rest.start()

    @Slot()
    def _on_rested(self) -> None:
        self._rest.stop()
        words = self.text().strip()
        if words != self._asked:
            self._asked = words
            self.searched.emit(words)
