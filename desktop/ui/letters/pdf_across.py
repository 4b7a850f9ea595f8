"""What lies across the pages of a practice hall's letters, so that none can pass for a real one."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from desktop.letters.style import PALE, Sheet, millimetres
from desktop.ui.letters.pdf_faces import letter_font
from desktop.words import Language

ACROSS_LANGUAGE: Final[Language] = "zh"
"""The face the words lie across in: the same under a letter in either language."""
_TIMES = 2  # in the upper and in the lower half: half a page cut off still says it
_SLANT = -24  # degrees
_WIDTH = millimetres(150)
_LEAD, _SECOND = millimetres(26), millimetres(13)


def paint_across(painter: QPainter, sheet: Sheet, lines: Sequence[str]) -> None:
    """Write the lines across both halves of a page, pale and below its words, so that these stay legible."""
    for part in range(_TIMES if lines else 0):
        painter.save()
        painter.setPen(QColor(PALE))
        painter.translate(sheet.width / 2, sheet.height * (2 * part + 1) / (2 * _TIMES))
        painter.rotate(_SLANT)
        _write(painter, lines)
        painter.restore()


def _write(painter: QPainter, lines: Sequence[str]) -> None:
    """Write the first line large and those below it half as large, around the place the painter stands at."""
    top = -(_LEAD + _SECOND * (len(lines) - 1)) / 2
    for number, line in enumerate(lines):
        height = _SECOND if number else _LEAD
        font = letter_font(height, ACROSS_LANGUAGE, bold=True)
        wide = QFontMetricsF(font).horizontalAdvance(line)
        if wide > _WIDTH:
            font.setPixelSize(int(height * _WIDTH / wide))
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.drawText(QPointF(-metrics.horizontalAdvance(line) / 2, top + 0.88 * height), line)
        top += height * 1.15
