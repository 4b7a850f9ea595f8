"""Short texts: a label says plain text, wraps where it must, and never takes a name typed by somebody for markup."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.ui import icons, theme


class Label(QLabel):
    """A short text in one role: ``muted``, ``label``, ``strong``, ``error``, ``accent`` or none."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None, *, wraps: bool = True) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wraps)
        if role:
            self.setProperty("role", role)
        self.setText(text)

    def set_text(self, text: str) -> None:
        """Show another text; an ampersand is a letter, not a key, even beside a field."""
        self.setText(text.replace("&", "&&") if self.buddy() is not None else text)

    def set_role(self, role: str) -> None:
        """Show the text in another role."""
        theme.set_role(self, role)


class IconLabel(QWidget):
    """An icon as large as the text beside it; it says nothing by itself, so it is no stop for a screen reader."""

    def __init__(self, name: str, role: str = "text", units: float = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._role = role
        self._units = units
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, name: str, role: str) -> None:
        """Show another icon in the colour of another token."""
        self._name, self._role = name, role
        self.update()

    def sizeHint(self) -> QSize:
        """As many units a side as asked."""
        side = theme.current().px(self._units)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """An icon is never squeezed."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon in the token's colour of now."""
        painter = QPainter(self)
        side = min(self.width(), self.height())
        colour = theme.current().token(self._role).name()
        painter.drawImage(0, 0, icons.image(self._name, colour, side, self.devicePixelRatioF()))
        painter.end()
