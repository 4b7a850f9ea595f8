"""A year as a picture: which days rest, which make up for one, which the hall set itself; walked by the arrow keys.

It is an item view whose items are the days, so that each day is a thing of its own to assistive tools, with its
sentence, its place and its focus; only where it stands and how it looks is ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QScrollArea, QSizePolicy, QWidget

from desktop.ui import theme
from desktop.ui.widgets.year_layout import YearLayout, days_of

_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex
_Move = QAbstractItemView.CursorAction
_STEPS = {_Move.MoveLeft: -1, _Move.MoveRight: 1, _Move.MoveUp: -7, _Move.MoveDown: 7}
CELL_UNITS = 2.6
GAP_UNITS = 2.2


@dataclass(frozen=True, slots=True)
class DayMark:
    """How a day is drawn: whether it rests, and against the ordinary week; whether the hall itself set it."""

    rests: bool
    exceptional: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True)
class YearWords:
    """What is written on the picture and said of its days."""

    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    sentences: Mapping[date, str]


class _Days(QAbstractTableModel):
    """The days as items; their sentence is for those who hear the picture."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.days: list[date] = []
        self.sentences: Mapping[date, str] = {}

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """As many as the year has days."""
        return 0 if parent.isValid() else len(self.days)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """One."""
        return 0 if parent.isValid() else 1

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The sentence of a day."""
        if role != Qt.ItemDataRole.AccessibleTextRole:
            return None
        day = self.days[index.row()]
        return self.sentences.get(day, day.isoformat())


class YearPicture(QListView):
    """Twelve months; a day is chosen with the mouse, the arrow keys, Page Up and Down, Home and End."""

    day_chosen = Signal(object)  # a date
    day_opened = Signal(object)  # a date, by Enter or a double click

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items = _Days(self)
        self._marks: Mapping[date, DayMark] = {}
        self._words = YearWords(("",) * 12, ("",) * 7, {})
        self._today: date | None = None
        self._faint = False
        self.layout_of = YearLayout(2000, 1, 1, 4)
        self.setModel(self._items)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.activated.connect(self._on_activated)
        theme.current().changed.connect(self._fit)

    def show_year(
        self, year: int, marks: Mapping[date, DayMark], words: YearWords, today: date, *, faint: bool
    ) -> None:
        """Show a year; ``faint`` draws ordinary days as estimated, because its notice is not known."""
        kept = self.day()
        self._marks, self._words, self._today, self._faint = marks, words, today, faint
        self._items.beginResetModel()
        self._items.days, self._items.sentences = days_of(year), words.sentences
        self._items.endResetModel()
        self.layout_of = YearLayout(year, self.layout_of.cell, self.layout_of.gap, self.layout_of.across)
        self._fit()
        blocked = self.blockSignals(True)  # the keys stand somewhere before anybody chooses a day
        self.choose(next(each for each in (kept, today, date(year, 1, 1)) if each is not None and each.year == year))
        self.blockSignals(blocked)

    def day(self) -> date | None:
        """The day the keys are on."""
        index = self.currentIndex()
        return self._items.days[index.row()] if index.isValid() else None

    def choose(self, day: date) -> None:
        """Put the keys on a day."""
        if self._items.days and day.year == self._items.days[0].year:
            self.setCurrentIndex(self._items.index((day - self._items.days[0]).days, 0))

    def text_areas(self) -> list[tuple[QRect, str]]:
        """What is written where, for whoever checks that it can be read."""
        place = self.layout_of
        areas = [(place.title_rect(month), name) for month, name in enumerate(self._words.months, 1)]
        areas.append((place.weekday_rect(1, 0).united(place.weekday_rect(1, 6)), " ".join(self._words.weekdays)))
        areas += [
            (place.day_rect(day), str(day.day)) for day in self._items.days if day in self._marks or day.month == 1
        ]
        return [(rect.translated(self.viewport().pos()), text) for rect, text in areas]

    # --- what an item view asks of us

    def visualRect(self, index: _Index) -> QRect:  # noqa: N802 - Qt's name
        """The place of a day in the window."""
        return self.layout_of.day_rect(self._items.days[index.row()]) if index.isValid() else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:  # noqa: N802 - Qt's name
        """The day at a point of the window."""
        day = self.layout_of.day_at(point.x(), point.y())
        if day is None or not self._items.days:
            return QModelIndex()
        return self._items.index((day - self._items.days[0]).days, 0)

    def scrollTo(  # noqa: N802 - Qt's name
        self, index: _Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Let the page scroll so that the day is in sight: the picture itself is as high as it is."""
        del hint
        area, place = self.parentWidget(), self.visualRect(index)
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        inside = area.widget() if isinstance(area, QScrollArea) else None
        if isinstance(area, QScrollArea) and inside is not None:
            centre = self.viewport().mapTo(inside, place.center())
            area.ensureVisible(centre.x(), centre.y(), place.width(), 2 * place.height())

    def horizontalOffset(self) -> int:  # noqa: N802 - Qt's name
        """It is never moved."""
        return 0

    def verticalOffset(self) -> int:  # noqa: N802 - Qt's name
        """It is never moved."""
        return 0

    def isIndexHidden(self, _index: _Index) -> bool:  # noqa: N802 - Qt's name
        """No day is hidden."""
        return False

    def setSelection(self, _rect: QRect, _flags: QItemSelectionModel.SelectionFlag) -> None:  # noqa: N802 - Qt's name
        """Nothing is selected by dragging."""

    def visualRegionForSelection(self, _selection: object) -> QRegion:  # noqa: N802 - Qt's name
        """Nothing is selected."""
        return QRegion()

    def updateGeometries(self) -> None:  # noqa: N802 - Qt's name
        """There is nothing to scroll."""

    def moveCursor(  # noqa: N802 - Qt's name
        self, action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Walk by days, weeks and months; at the edge of the year stay."""
        day = self.day()
        if not self._items.days:
            return QModelIndex()
        if day is None:
            return self._items.index(0, 0)
        aim = _stepped(day, action)
        inside = aim if aim.year == day.year else day
        return self._items.index((inside - self._items.days[0]).days, 0)

    def currentChanged(self, current: _Index, previous: _Index) -> None:  # noqa: N802 - Qt's name
        """Tell which day is chosen."""
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.isValid():
            self.day_chosen.emit(self._items.days[current.row()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the day with Enter."""
        day = self.day()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and day is not None:
            self.day_opened.emit(day)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put as many months beside each other as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def hasHeightForWidth(self) -> bool:
        """It is as high as its width makes it."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of the whole year in a width of so many pixels."""
        return self._fitting(width - self._edge()).height + self._edge()

    def sizeHint(self) -> QSize:
        """Four months wide, and as high as that makes it."""
        look = theme.current()
        width = 4 * 7 * look.px(CELL_UNITS) + 3 * look.px(GAP_UNITS) + self._edge()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """One month."""
        look = theme.current()
        return QSize(look.px(CELL_UNITS) * 7 + self._edge(), look.px(CELL_UNITS) * 8 + self._edge())

    def _edge(self) -> int:
        """What the style sheet keeps around the window over the picture."""
        return 2 * theme.current().ring

    def _on_activated(self, index: QModelIndex) -> None:
        self.day_opened.emit(self._items.days[index.row()])

    def _fitting(self, width: int) -> YearLayout:
        look = theme.current()
        return YearLayout.fitting(self.layout_of.year, look.px(CELL_UNITS), look.px(GAP_UNITS), width)

    def _fit(self) -> None:
        self.layout_of = self._fitting(self.viewport().width())
        self.updateGeometry()
        self.viewport().update()

    # --- what is drawn

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the months, the weekdays and every day."""
        look = theme.current()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = int(Qt.AlignmentFlag.AlignCenter)
        for month, name in enumerate(self._words.months, 1):
            painter.setFont(look.font(strong=True))
            painter.setPen(look.token("text"))
            left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            inner = self.layout_of.title_rect(month).adjusted(look.px(0.6), 0, 0, 0)
            painter.drawText(inner, left, name)
            painter.setFont(look.font())
            painter.setPen(look.token("muted"))
            for at, weekday in enumerate(self._words.weekdays):
                painter.drawText(self.layout_of.weekday_rect(month, at), centre, weekday)
        for day in self._items.days:
            self._draw_day(painter, day)
        painter.end()

    def _draw_day(self, painter: QPainter, day: date) -> None:
        look, place = theme.current(), self.layout_of.day_rect(day)
        mark = self._marks.get(day, DayMark(rests=day.weekday() >= 5))
        paint_day_mark(painter, place, mark)
        filled = mark.exceptional and mark.rests
        quiet = not mark.exceptional and (mark.rests or self._faint)
        painter.setFont(look.font(strong=mark.exceptional or day == self._today))
        painter.setPen(look.token("on_accent" if filled else "muted" if quiet else "text"))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), str(day.day))
        if day == self._today:
            paint_today(painter, place)
        if self.hasFocus() and day == self.day():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.token("focus"), look.ring))
            painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), look.radius, look.radius)


def paint_day_mark(painter: QPainter, place: QRect, mark: DayMark) -> None:
    """Draw the sign of a day: a disc rests by notice, a block by the hall; a frame works, a broken one by the hall."""
    if not mark.exceptional:
        return
    look = theme.current()
    side = min(place.width(), place.height()) - 4
    inner = QRect(0, 0, side, side)
    inner.moveCenter(place.center())
    if mark.rests:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.token("accent"))
        (painter.drawRect if mark.own else painter.drawEllipse)(inner)
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    style = Qt.PenStyle.DashLine if mark.own else Qt.PenStyle.SolidLine
    painter.setPen(QPen(look.token("text"), max(2, look.px(0.2)), style))
    painter.drawRect(inner.adjusted(1, 1, -1, -1))


def paint_today(painter: QPainter, place: QRect) -> None:
    """Draw the sign of today: the upper right corner of its place."""
    look = theme.current()
    side, corner = look.px(0.8), place.topRight()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.token("focus"))
    painter.drawPolygon([corner, corner + QPoint(-side, 0), corner + QPoint(0, side)])


def _stepped(day: date, action: QAbstractItemView.CursorAction) -> date:
    """The day a key leads to."""
    if action in _STEPS:
        return day + timedelta(days=_STEPS[action])
    if action is _Move.MoveHome:
        return day.replace(day=1)
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    if action is _Move.MoveEnd:
        return following - timedelta(days=1)
    if action is _Move.MovePageDown:
        return following + timedelta(days=min(day.day, 28) - 1)
    if action is _Move.MovePageUp:
        return (day.replace(day=1) - timedelta(days=1)).replace(day=min(day.day, 28))
    return day + timedelta(days=1 if action is _Move.MoveNext else -1 if action is _Move.MovePrevious else 0)
