"""A box for several lines of text, as high as the text expected, which Tab leaves."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.ui import theme


class TextBox(QPlainTextEdit):
    """Several lines of plain text; Tab goes on to the next field instead of into the text."""

    def __init__(self, text: str = "", *, lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setTabChangesFocus(True)
        self.setPlainText(text)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """Keep the number of lines when the size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()

    def _measure(self) -> None:
        look = theme.current()
        self.setFixedHeight(look.px(2 * self._lines + 2) + 2 * look.ring)
