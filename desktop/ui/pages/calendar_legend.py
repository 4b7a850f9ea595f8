"""What the signs in the picture of a year mean: each a shape and a word."""

from typing import Literal

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui import theme
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.year_picture import DayMark, paint_day_mark, paint_today
from desktop.words import _

Sign = Literal["rest", "makeup", "own_rest", "own_work", "today"]
MARKS: dict[Sign, DayMark | None] = {
    "rest": DayMark(rests=True, exceptional=True),
    "makeup": DayMark(rests=False, exceptional=True),
    "own_rest": DayMark(rests=True, exceptional=True, own=True),
    "own_work": DayMark(rests=False, exceptional=True, own=True),
    "today": None,
}


class _Mark(QWidget):
    """The shape of one sign; it says nothing by itself, the word beside it does."""

    def __init__(self, mark: DayMark | None) -> None:
        super().__init__()
        self._mark = mark
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As large as a letter."""
        side = theme.current().px(1.8)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the shape as it stands in the picture."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._mark is None:
            paint_today(painter, self.rect())
        else:
            paint_day_mark(painter, self.rect(), self._mark)
        painter.end()


class Legend(Retranslated, QWidget):
    """One sign after the other."""

    def __init__(self) -> None:
        super().__init__()
        self._labels: dict[Sign, Label] = {sign: Label(role="muted", wraps=False) for sign in MARKS}
        flow = Flow(spacing=1.5)
        for sign, label in self._labels.items():
            pair = QWidget()
            row = Row(pair, spacing=0.5)
            row.addWidget(_Mark(MARKS[sign]))
            row.addWidget(label)
            flow.add(pair)
        Column(self).addWidget(flow)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        words: dict[Sign, str] = {
            "rest": _("Rest day"),
            "makeup": _("Works to make up"),
            "own_rest": _("Rest day of this hall"),
            "own_work": _("Working day of this hall"),
            "today": _("Today"),
        }
        for sign, label in self._labels.items():
            label.set_text(words[sign])
