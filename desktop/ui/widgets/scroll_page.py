"""A page that scrolls up and down, never sideways, with its text kept to a width that reads well."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget
from shiboken6 import isValid

from desktop.ui import theme
from desktop.ui.widgets.layouts import Column, Margins, Row


class ScrollPage(QScrollArea):
    """A column of widgets as high as it needs; ``hanzi`` is its greatest width, or None for the whole window.

    What is wider than that leaves the rest at the right, or at both sides when the page is ``centred``.
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
        self._sought: QWidget | None = None
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._on_later)
        self._measure()

    def add(self, widget: QWidget) -> None:
        """Put a widget at the bottom of the page."""
        self.column.addWidget(widget)

    def add_stretch(self) -> None:
        """Keep what was added at the top of the window; one above and one below keep it in the middle."""
        self.column.addStretch(1)

    def show_at_top(self, part: QWidget) -> None:
        """Scroll so far that a part of the page stands at the top, once the page has its new height."""
        self._sought = part
        self._later.start()

    def height_for(self, width: int) -> int:
        """How high the whole page is in a width of so many pixels."""
        return self._row.totalHeightForWidth(width)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be no narrower than what must not be cut, so that nothing lies outside the window's side."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self._page:
            self.setMinimumWidth(self._least_width())
        return super().eventFilter(watched, event)

    @Slot()
    def _on_later(self) -> None:
        sought, self._sought = self._sought, None
        if sought is None or not isValid(sought) or not self._page.isAncestorOf(sought):
            return
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)  # parts just shown take their height
        self.verticalScrollBar().setValue(sought.mapTo(self._page, QPoint(0, 0)).y() - theme.current().px(1))

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
    above = inside.parentWidget()
    while above is not None and not isinstance(above, ScrollPage):
        above = above.parentWidget()
    page = above.widget() if isinstance(above, ScrollPage) else None
    if isinstance(above, ScrollPage) and page is not None and place.isValid():
        edge = theme.current().px(1)
        high = min(place.height(), above.viewport().height() - 2 * edge)
        middle = inside.mapTo(page, QPoint(place.center().x(), place.top() + high // 2))
        above.ensureVisible(middle.x(), middle.y(), 0, high // 2 + edge)
