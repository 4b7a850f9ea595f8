"""A box for several lines of text, as high as the text expected, which Tab leaves."""

from PySide6.QtCore import QEvent, QMimeData
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.ui import theme

MOST = 100_000
"""Signs of one paste that are laid out: every text the hall keeps is shorter by far, and more would hold the window."""


class TextBox(QPlainTextEdit):
    """Several lines of plain text; Tab goes on to the next field instead of into the text."""

    def __init__(self, text: str = "", *, lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setTabChangesFocus(True)
        self.setPlainText(text)
        self._measure()

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802  Qt's name
        """Take in what is pasted; of a book only so much that it is still refused as too long, and said so."""
        self.insertPlainText(source.text()[: MOST + 1])

    def changeEvent(self, event: QEvent) -> None:
        """Keep the number of lines when the size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()

    def _measure(self) -> None:
        look = theme.current()
        self.setFixedHeight(look.px(2 * self._lines + 2) + 2 * look.ring)
