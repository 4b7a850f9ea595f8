"""A link of many words: it goes on in the next line where the width ends, as the sentence it is."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from desktop.ui import theme
from desktop.ui.widgets.buttons import Button, plain

LEAST_HANZI = 10


class WrappingLink(Button):
    """A link as wide as the place it stands in; what it says is its accessible name."""

    def __init__(self, text: str = "", *, icon: str | None = None, parent: QWidget | None = None) -> None:
        self._words = ""
        super().__init__("", "link", icon=icon, parent=parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Say other words."""
        self._words = text
        super().set_text(text)
        self._break()

    def words(self) -> str:
        """What it says, in one line."""
        return self._words

    def minimumSizeHint(self) -> QSize:
        """Never narrower than ten hanzi, or than the words when these are shorter."""
        shortest = min(self._advance(self._words), theme.current().line_width(LEAST_HANZI))
        return QSize(self._around().width() + shortest, super().sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high the words are in a width of so many pixels."""
        return self._around().height() + len(self._lines(width)) * self.fontMetrics().lineSpacing()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the words for the new width."""
        super().resizeEvent(event)
        self._break()

    def changeEvent(self, event: QEvent) -> None:
        """Break the words for the new size of the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._break()

    def _break(self) -> None:
        broken = plain("\n".join(self._lines(self.width())))
        if broken != self.text():
            QPushButton.setText(self, broken)
            self.updateGeometry()

    def _lines(self, width: int) -> list[str]:
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout = QTextLayout(self._words, self.font())
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(self.fontMetrics().height(), width - self._around().width()))
        layout.endLayout()
        lines = (layout.lineAt(at) for at in range(layout.lineCount()))
        return [self._words[line.textStart() : line.textStart() + line.textLength()].strip() for line in lines]

    def _around(self) -> QSize:
        """The room of the icon and the edges, around the words."""
        whole, lines = super().sizeHint(), self.text().split("\n")
        words = max(self._advance(line) for line in lines)
        return QSize(whole.width() - words, max(0, whole.height() - len(lines) * self.fontMetrics().lineSpacing()))

    def _advance(self, text: str) -> int:
        return self.fontMetrics().horizontalAdvance(text)
