"""Boxes and marks with many words beside them: these go on in the next line where the width ends."""

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QWidget

from desktop.ui import theme
from desktop.ui.widgets.buttons import plain

if TYPE_CHECKING:
    _Button = QAbstractButton
else:
    _Button = object

LEAST_HANZI = 10
_ENDLESS = 1 << 20


class Wrapping(_Button):
    """A button whose words break for its width: ``class Link(Wrapping, Button)``, first in the list of bases.

    Its own class calls ``begin_wrapping`` in ``__init__`` and ``break_words`` when the words are others.
    """

    _words = ""

    def begin_wrapping(self) -> None:
        """Let the height follow from the width."""
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def break_words(self, words: str) -> None:
        """Say other words, broken for the width there is."""
        self._words = words
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
            self.setText(broken)
            self.updateGeometry()

    def _lines(self, width: int) -> list[str]:
        layout = self._laid_out(max(self.fontMetrics().height(), width - self._around().width()))
        lines = (layout.lineAt(at) for at in range(layout.lineCount()))
        return [self._words[line.textStart() : line.textStart() + line.textLength()].strip() for line in lines]

    def _laid_out(self, width: int) -> QTextLayout:
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout = QTextLayout(self._words, self.font())
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
        layout.endLayout()
        return layout

    def _in_one_line(self) -> int:
        """How wide the words are before any break: as they are set, which may be more than their signs add up to."""
        layout = self._laid_out(_ENDLESS)
        return ceil(max((layout.lineAt(at).naturalTextWidth() for at in range(layout.lineCount())), default=0.0))

    def _around(self) -> QSize:
        """The room of the icon or mark and the edges, around the words."""
        whole, lines = super().sizeHint(), self.text().split("\n")
        words = max(self._advance(line.replace("&&", "&")) for line in lines)
        return QSize(whole.width() - words, max(0, whole.height() - len(lines) * self.fontMetrics().lineSpacing()))

    def _advance(self, text: str) -> int:
        return self.fontMetrics().horizontalAdvance(text)


class _Marked(Wrapping):
    """A box or mark that is as wide as its words in one line, where there is room for that."""

    def set_text(self, words: str) -> None:
        """Say what holds when it is ticked or chosen."""
        self.setAccessibleName(words)
        self.break_words(words)

    def sizeHint(self) -> QSize:
        """All in one line, and not a pixel less, or the last sign would break off."""
        wide = max(self._in_one_line(), self._advance(self._words))
        return QSize(self._around().width() + wide + 1, super().sizeHint().height())


class TickBox(_Marked, QCheckBox):
    """A box to tick."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.begin_wrapping()
        self.set_text(words)


class OneOf(_Marked, QRadioButton):
    """One answer of several."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.begin_wrapping()
        self.set_text(words)
