"""Text broken into lines of even length, measured once and painted often."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSizeF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from desktop.ui.fonts import STRONG


@dataclass(slots=True)
class Lines:
    """A text in lines, with the room it takes."""

    layout: QTextLayout
    w: float
    h: float

    @property
    def size(self) -> QSizeF:
        """The room the lines take."""
        return QSizeF(self.w, self.h)

    @property
    def lines(self) -> list[QTextLine]:
        """The lines from the top."""
        return [self.layout.lineAt(i) for i in range(self.layout.lineCount())]

    def paint(
        self, painter: QPainter, x: float, y: float, colour: QColor, rest: tuple[int, QColor] | None = None
    ) -> None:
        """Paint the lines with their top left corner at (x, y); from letter `rest` on in another colour."""
        painter.setPen(colour)
        self.layout.draw(painter, QPointF(x, y), [_tinted(*rest)] if rest else [])


def _tinted(start: int, colour: QColor) -> QTextLayout.FormatRange:
    tinted = QTextLayout.FormatRange()
    tinted.start, tinted.length = start, 1 << 20
    form = QTextCharFormat()
    form.setForeground(colour)
    tinted.format = form
    return tinted


class Breaker:
    """Breaks texts into lines in one font and remembers the results."""

    def __init__(self, font: QFont) -> None:
        self._fonts = {False: _steady(font), True: _steady(font)}
        self._fonts[True].setWeight(STRONG)
        self._metrics = {bold: QFontMetricsF(each) for bold, each in self._fonts.items()}
        self._broken: dict[tuple[str, float, bool, bool], Lines] = {}

    @property
    def line(self) -> float:
        """The height of one line."""
        return self._metrics[False].lineSpacing()

    def width(self, text: str, *, bold: bool = False) -> float:
        """Measure a text that is not broken."""
        return self._metrics[bold].horizontalAdvance(text) + 1

    def broken(self, text: str, width: float, *, bold: bool = False, even: bool = True) -> Lines:
        """Break a text into as few lines as `width` allows, and these as even as they come."""
        key = (text, round(width, 1), bold, even)
        if key not in self._broken:
            self._broken[key] = self._lines(text, width, self._fonts[bold], even=even)
        return self._broken[key]

    def _lines(self, text: str, width: float, font: QFont, *, even: bool) -> Lines:
        layout = QTextLayout(text, font)
        layout.setCacheEnabled(True)
        _wrap(layout, QTextOption.WrapMode.WordWrap)
        if not _break(layout, width):
            _wrap(layout, QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
            _break(layout, width)
        count = layout.lineCount()
        if count > 1 and even:
            low, high = width / count, width
            while high - low > 1:
                middle = (low + high) / 2
                fits = _break(layout, middle) and layout.lineCount() == count
                low, high = (low, middle) if fits else (middle, high)
            _break(layout, high)
        lines = [layout.lineAt(i) for i in range(layout.lineCount())]
        return Lines(layout, max((line.naturalTextWidth() for line in lines), default=0.0), self._height(layout))

    def _height(self, layout: QTextLayout) -> float:
        return max(layout.boundingRect().height(), self.line)


def _steady(font: QFont) -> QFont:
    """Give the font without hinting: letters keep their widths when the picture is zoomed."""
    copy = QFont(font)
    copy.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return copy


def _wrap(layout: QTextLayout, mode: QTextOption.WrapMode) -> None:
    option = QTextOption()
    option.setWrapMode(mode)
    layout.setTextOption(option)


def _break(layout: QTextLayout, width: float) -> bool:
    """Break the text at one width; False when a word is longer than that."""
    layout.beginLayout()
    top, fits = 0.0, True
    line = layout.createLine()
    while line.isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, top))
        fits = fits and line.naturalTextWidth() <= width + 0.5
        top += line.height() + line.leading()
        line = layout.createLine()
    layout.endLayout()
    return fits
