"""A status: always a shape, a word and a colour, so that no one of them is the only sign."""

from typing import Literal, get_args

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from desktop.ui import theme
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.plan_marks import paint_mark
from desktop.words import pgettext

Status = Literal["done", "ready", "waiting", "not_needed", "overdue", "refused"]

TOKENS: dict[Status, str] = {
    "done": "status_done",
    "ready": "status_ready",
    "waiting": "status_waiting",
    "not_needed": "status_waiting",
    "overdue": "status_overdue",
    "refused": "status_overdue",
}
STATUSES: tuple[Status, ...] = get_args(Status)
_MARK = 1.3  # side of the shape, in units
_GAP = 0.6


def status_word(status: Status) -> str:
    """What a status is called when the page has no better word for it."""
    return {
        "done": pgettext("status", "Done"),
        "ready": pgettext("status", "Ready"),
        "waiting": pgettext("status", "Waiting"),
        "not_needed": pgettext("status", "Not needed"),
        "overdue": pgettext("status", "Overdue"),
        "refused": pgettext("status", "Refused"),
    }[status]


def status_icon(status: Status) -> QIcon:
    """The shape of a status as an icon, for the rows of a table or a list."""
    return QIcon(_StatusIconEngine(status))


class _StatusIconEngine(QIconEngine):
    """Draws a status in its colour of the moment, or in a chosen row's."""

    def __init__(self, status: Status) -> None:
        super().__init__()
        self._status = status

    def clone(self) -> QIconEngine:
        """Another engine for the same status."""
        return _StatusIconEngine(self._status)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        """Draw the shape in the middle of the rectangle."""
        token = "on_selected" if mode == QIcon.Mode.Selected else TOKENS[self._status]
        side = min(rect.width(), rect.height()) * 0.8
        box = QRectF(0, 0, side, side)
        box.moveCenter(QRectF(rect).center())
        paint_mark(painter, self._status, box, theme.current().token(token))

    def scaledPixmap(  # noqa: N802  Qt's name
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        """The shape as a picture."""
        drawn = QPixmap(size)
        drawn.setDevicePixelRatio(scale)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        self.paint(painter, QRect(0, 0, round(size.width() / scale), round(size.height() / scale)), mode, state)
        painter.end()
        return drawn

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The shape as a picture."""
        return self.scaledPixmap(size, mode, state, 1.0)


class StatusMark(Retranslated, Label):
    """The shape of a status in its colour, and its word, which is text like any other.

    The page may say a better word, such as 等市场监管局.
    """

    def __init__(self, status: Status = "waiting", word: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._status: Status = status
        self._word = word
        self._measure()
        self.retranslate()

    def status(self) -> Status:
        """The status shown."""
        return self._status

    def set_status(self, status: Status, word: str = "") -> None:
        """Show another status, with the page's word for it or the ordinary one."""
        self._status = status
        self._word = word
        self.retranslate()

    def retranslate(self) -> None:
        """Say the word in the language of the seat."""
        self.set_role(f"status-{self._status.replace('_', '-')}")
        self.setText(self._word or status_word(self._status))

    def minimumSizeHint(self) -> QSize:
        """Never lower than its shape."""
        hint = super().minimumSizeHint()
        return QSize(hint.width(), max(hint.height(), theme.current().px(2)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the shape before the word, at the height of its first line."""
        super().paintEvent(event)
        look = theme.current()
        side = look.px(_MARK)
        lines = self.heightForWidth(self.width()) if self.wordWrap() else self.sizeHint().height()
        top = (self.height() - lines) / 2 + (2 * look.u - side) / 2
        painter = QPainter(self)
        paint_mark(painter, self._status, QRectF(1, top, side, side), look.token(TOKENS[self._status]))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Keep room for the shape when the size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()

    def _measure(self) -> None:
        look = theme.current()
        self.setContentsMargins(look.px(_MARK) + look.px(_GAP), 0, 0, 0)
