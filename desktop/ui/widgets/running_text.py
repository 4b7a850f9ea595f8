"""Text that is read and not glanced at: one and a half lines apart, and no line longer than an eye can follow."""

from PySide6.QtCore import QEvent, QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui import theme
from desktop.ui.widgets.label import Label

LINE_SPACING = 1.5  # of the text size; a label of Qt knows no line height
HANZI_A_LINE = 40
_KEPT = 4
LATIN_A_LINE = 33  # hanzi wide: room for 75 letters, which are of many widths


class RunningText(Label):
    """Sentences in plain text; a line break in the text begins a paragraph.

    It is a label, so that a screen reader reads it as one, whose lines are laid out and painted here.
    """

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, role, parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._laid_out: dict[tuple[str, int, int], list[QTextLayout]] = {}

    def lines(self, width: int) -> list[QTextLayout]:
        """The paragraphs laid out in a width of so many pixels; their lines carry their places.

        A layout asks for the height in the same few widths again and again: what was laid out last is kept.
        """
        widest = max(1, min(width, self._longest_line()))
        asked = (self.text(), self.font().pixelSize(), widest)
        if asked not in self._laid_out:
            if len(self._laid_out) >= _KEPT:
                self._laid_out.clear()
            self._laid_out[asked] = self._paragraphs(widest)
        return self._laid_out[asked]

    def _paragraphs(self, width: int) -> list[QTextLayout]:
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        height = self._line_height()
        top = 0.0
        paragraphs = []
        for paragraph in self.text().split("\n"):
            layout = QTextLayout(paragraph, self.font())
            layout.setTextOption(option)
            layout.beginLayout()
            while (line := layout.createLine()).isValid():
                line.setLineWidth(width)
                line.setPosition(QPointF(0, top + (height - line.height()) / 2))
                top += height
            layout.endLayout()
            if layout.lineCount() == 0:
                top += height / 2
            paragraphs.append(layout)
        return paragraphs

    def hasHeightForWidth(self) -> bool:
        """Text is as high as its width makes it."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of the text in a width of so many pixels."""
        count = sum(max(layout.lineCount(), 0.5) for layout in self.lines(width))
        return round(count * self._line_height())

    def sizeHint(self) -> QSize:
        """As wide as the longest paragraph, at most 40 hanzi or 75 Latin letters."""
        metrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(paragraph) for paragraph in self.text().split("\n")) + 2
        width = min(widest, self._longest_line())
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Never narrower than ten hanzi, or than the text when that is shorter."""
        width = min(self.sizeHint().width(), theme.current().line_width(10))
        return QSize(width, round(self._line_height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the lines in the colour of the role."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        for layout in self.lines(self.width()):
            layout.draw(painter, QPointF(0, 0))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Ask for another height when the text grows."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._laid_out.clear()
            self.updateGeometry()

    def _longest_line(self) -> int:
        text = self.text()
        latin = sum(each.isascii() for each in text) > len(text) / 2
        return theme.current().line_width(LATIN_A_LINE if latin else HANZI_A_LINE)

    def _line_height(self) -> float:
        return self.font().pixelSize() * LINE_SPACING
