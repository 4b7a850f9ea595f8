"""A page that scrolls up and down, never sideways, with its text kept to a width that reads well."""

from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QScrollArea, QSizePolicy, QWidget
from shiboken6 import isValid

from desktop.ui import theme
from desktop.ui.widgets.layouts import Column, Margins, Row
from desktop.ui.widgets.tab_order import put_in_order

_MOVED = frozenset({QEvent.Type.LayoutRequest, QEvent.Type.Resize})

DEEPEST = 6
"""How often Qt may size a page within its sizing before it is taken to go on without end."""


class ScrollPage(QScrollArea):
    """A column of widgets as high as it needs; ``hanzi`` is its greatest width, or None for the whole window.

    What is wider than that leaves the rest at the right, or at both sides when the page is ``centred``.

    One part is held in sight: what has the keyboard, or what was last shown at the top. It stays there while errors,
    answers, another size of text or a smaller window move everything, until somebody scrolls it away. Tab goes down it
    as one reads.
    """

    def __init__(
        self,
        *,
        hanzi: float | None = None,
        margins: Margins = 2,
        centred: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._depth = 0
        self._hanzi = hanzi
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._page = QWidget()
        self._page.setProperty("role", "page")
        self._body = QWidget()
        self._body.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.column = Column(self._body, spacing=2)
        self._row = Row(self._page, spacing=0, margins=margins)
        if centred:
            self._row.addStretch(0)
        self._row.addWidget(self._body, 1)
        if hanzi is not None:
            self._row.addStretch(0)
        self.setWidget(self._page)
        self._page.installEventFilter(self)
        self._held: QWidget | None = None
        self._beside: QWidget | None = None
        self._at_top, self._is_new = False, False
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._on_placed)
        self._ordering = QTimer(self, singleShot=True, interval=0)
        self._ordering.timeout.connect(partial(put_in_order, self._page))
        self.verticalScrollBar().actionTriggered.connect(self._on_scrolled)
        self._measure()

    def set_hanzi(self, hanzi: float) -> None:
        """Let the page be so wide and no wider."""
        self._hanzi = hanzi
        self._measure()

    def add(self, widget: QWidget) -> None:
        """Put a widget at the bottom of the page."""
        self.column.addWidget(widget)

    def add_stretch(self) -> None:
        """Keep what was added at the top of the window; one above and one below keep it in the middle."""
        self.column.addStretch(1)

    def show_at_top(self, part: QWidget) -> None:
        """Scroll so far that a part of the page stands at the top, once the page has its new height."""
        self._held, self._beside, self._at_top = part, None, True
        self._later.start()

    def hold(self, part: QWidget, *, beside: QWidget | None = None) -> None:
        """Bring a part of the page into sight, once everything has its place, and keep it there.

        What stands ``beside`` it, as the button that sends a field off, is seen with it where both have room.
        """
        self._held, self._beside, self._at_top, self._is_new = part, beside, False, True
        self._later.start()

    def hold_if_seen(self, part: QWidget) -> None:
        """Keep a part in sight that stands there wholly; the page does not move under the hand that pressed it."""
        self._held, self._beside = part if self._sees(self._place(part)) else None, None
        self._at_top = self._is_new = False

    def height_for(self, width: int) -> int:
        """How high the whole page is in a width of so many pixels."""
        return self._row.totalHeightForWidth(width)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is held in sight in a smaller window."""
        super().resizeEvent(event)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._see_again()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be no narrower than what must not be cut, so that nothing lies outside the window's side."""
        if watched is self._page and event.type() in _MOVED:
            self._see_again()
            if event.type() == QEvent.Type.LayoutRequest:
                self.setMinimumWidth(self._least_width())
                self._ordering.start()
        if self._depth >= DEEPEST:
            self._keep_bar()
            return False
        self._depth += 1
        try:
            return super().eventFilter(watched, event)
        finally:
            self._depth -= 1

    def _keep_bar(self) -> None:
        """Keep the bar in a window of this size: the page needs it in the width without, and not in the width with."""
        if self.verticalScrollBarPolicy() is not Qt.ScrollBarPolicy.ScrollBarAlwaysOn:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
            QCoreApplication.postEvent(self._page, QEvent(QEvent.Type.LayoutRequest))  # sizes it once, and for good

    def _see_again(self) -> None:
        if self._held is not None:
            self._later.start()

    @Slot()
    def _on_placed(self) -> None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)  # errors just said take their height
        if self._held is None or not isValid(self._held) or not self._page.isAncestorOf(self._held):
            self._held = None
        elif not self._held.isVisible():
            return
        elif self._at_top:
            edge = theme.current().px(1)
            self.verticalScrollBar().setValue(self._held.mapTo(self._page, QPoint(0, 0)).y() - edge)
        elif not self._sees(place := self._place_held(self._held)) or (self._is_new and not self._fits(place)):
            self._is_new = False
            self._show(place)

    @Slot(int)
    def _on_scrolled(self, _action: int) -> None:
        """Let go of what somebody has scrolled away."""
        self._at_top = False
        if self._held is not None and isValid(self._held):
            top = self.verticalScrollBar().sliderPosition()
            seen = QRect(0, top, self._page.width(), self.viewport().height())
            self._held = self._held if seen.intersects(self._place(self._held)) else None

    def _place_held(self, part: QWidget) -> QRect:
        """Where what is held is to be seen, with what stands beside it where both have room."""
        place, beside = self._place(part), self._beside
        if beside is None or not isValid(beside) or not beside.isVisible():
            return place
        both = place.united(self._place(beside))
        return both if self._fits(both) else place

    def _place(self, part: QWidget) -> QRect:
        """Where on the page a part is to be seen: its field where that has room, of a list the line that is marked."""
        from desktop.ui.widgets.field import Field

        if not self._page.isAncestorOf(part):
            return QRect()
        place = part.rect()
        if isinstance(part, QAbstractItemView) and part.currentIndex().isValid():
            place = part.visualRect(part.currentIndex())
        above = part.parentWidget()
        while above is not None and above is not self._page and not isinstance(above, Field):
            above = above.parentWidget()
        if isinstance(above, Field) and self._fits(above.rect()):
            part, place = above, above.rect()
        return QRect(part.mapTo(self._page, place.topLeft()), place.size())

    def _sees(self, place: QRect) -> bool:
        """Whether a place of the page is in sight; of one higher than the window, whether any of it is."""
        seen = QRect(0, self.verticalScrollBar().value(), self._page.width(), self.viewport().height())
        lines = QRect(0, place.top(), 1, place.height())  # what stands too far right is no matter of scrolling
        return place.isValid() and (seen.contains(lines) if self._fits(place) else seen.intersects(lines))

    def _fits(self, place: QRect) -> bool:
        return place.height() <= self._room()

    def _room(self) -> int:
        return self.viewport().height() - 2 * theme.current().px(1)

    def _show(self, place: QRect) -> None:
        """Scroll so far that a place of the page is in sight; of one higher than the window its top."""
        if place.isValid():
            high = min(place.height(), self._room())
            middle = place.top() + high // 2
            self.ensureVisible(place.center().x(), middle, 0, high // 2 + theme.current().px(1))

    def _least_width(self) -> int:
        bar = self.verticalScrollBar().sizeHint().width()
        return self._page.minimumSizeHint().width() + bar

    def _measure(self) -> None:
        if self._hanzi is not None:
            self._body.setMaximumWidth(theme.current().line_width(self._hanzi))


def reveal(inside: QWidget, place: QRect) -> None:
    """Scroll the page a widget lies on so that a place of the widget is in sight; without such a page nothing moves.

    Of a place higher than the window its top is shown.
    """
    page = page_around(inside)
    on_page = None if page is None else page.widget()
    if page is not None and on_page is not None and place.isValid():
        page._show(QRect(inside.mapTo(on_page, place.topLeft()), place.size()))  # noqa: SLF001  of the same module


def page_around(inside: QWidget) -> ScrollPage | None:
    """Give the page a widget lies on, if it lies on one."""
    above = inside.parentWidget()
    while above is not None and not isinstance(above, ScrollPage):
        above = above.parentWidget()
    return above
