"""Line icons beside words, drawn in the colour of a token and redrawn by themselves when the theme changes."""

from functools import cache, lru_cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.ui import theme


def icon(name: str, role: str = "text") -> QIcon:
    """The icon of that name, in the colour of a token; disabled it is drawn as muted."""
    svg(name)  # an unknown name is a bug of the page that asks, found at once
    return QIcon(_TokenIconEngine(name, role))


def pixmap(name: str, role: str, size: int, ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of ``size`` pixels a side, in the colour that token has now."""
    return QPixmap.fromImage(image(name, theme.current().token(role).name(), size, ratio))


@cache
def svg(name: str) -> str:
    """The drawing of one icon as SVG text; its strokes are ``currentColor``."""
    return (files("resources") / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=2048)
def image(name: str, colour: str, size: int, ratio: float = 1.0) -> QImage:
    """The icon drawn in one colour at one size; kept, because a table paints the same few hundreds of times."""
    drawn = QImage(QSize(round(size * ratio), round(size * ratio)), QImage.Format.Format_ARGB32_Premultiplied)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(svg(name).replace("currentColor", colour).encode())).render(painter, QRectF(drawn.rect()))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


class _TokenIconEngine(QIconEngine):
    """Draws one icon in a token's colour of the moment, so that no widget has to set its icon again."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name = name
        self._role = role

    def clone(self) -> QIconEngine:
        """Another engine for the same icon."""
        return _TokenIconEngine(self._name, self._role)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw the icon at the left, halfway down; what a wider rectangle leaves is the space before a word."""
        side = min(rect.width(), rect.height())
        drawn = image(self._name, self._colour(mode, state).name(), side, painter.device().devicePixelRatioF())
        painter.drawImage(rect.x(), rect.y() + (rect.height() - side) // 2, drawn)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The icon as a picture."""
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(  # noqa: N802  Qt's name
        self,
        size: QSize,
        mode: QIcon.Mode,
        state: QIcon.State,
        scale: float,
    ) -> QPixmap:
        """The icon as a picture for a screen of several dots a pixel."""
        drawn = QPixmap(size)
        drawn.setDevicePixelRatio(scale)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        self.paint(painter, QRect(0, 0, round(size.width() / scale), round(size.height() / scale)), mode, state)
        painter.end()
        return drawn

    def _colour(self, mode: QIcon.Mode, state: QIcon.State) -> QColor:
        """A chosen row and a button that is held down stand on another ground than the rest."""
        look = theme.current()
        if mode == QIcon.Mode.Disabled:
            return look.token("muted")
        chosen = mode == QIcon.Mode.Selected or state == QIcon.State.On
        return look.token("on_selected" if chosen else self._role)
