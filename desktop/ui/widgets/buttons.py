"""Buttons: an icon, a word, and the key that does the same; one primary on a page, a dangerous one named by its act."""

from typing import Literal

from PySide6.QtCore import QElapsedTimer, QEvent, QRect, QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter, QWidget

from desktop.ui import icons, theme

ButtonRole = Literal["", "primary", "quiet", "danger", "rail", "choice", "chip", "link"]

PRESS_AGAIN_MS = 500  # a trembling hand presses twice; the second press within half a second is not meant

_ICON_TOKENS: dict[str, str] = {"primary": "on_accent", "danger": "danger", "link": "accent"}


def plain(text: str) -> str:
    """A button's text with its ampersands shown as ampersands."""
    return text.replace("&", "&&")


class Button(QPushButton):
    """A button that says what it does, shows its key, and takes one press where a hand gave two.

    ``clicked`` is Qt's. A program's own ``click()`` is never taken for a second press.
    """

    def __init__(
        self,
        text: str = "",
        role: ButtonRole = "",
        *,
        icon: str | None = None,
        shortcut: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._shortcut_text, self._shown_keys = "", QKeySequence()
        self._since_press = QElapsedTimer()
        self.setProperty("role", role)
        self.setAutoDefault(True)
        if icon is not None:
            self.setIcon(icons.icon(icon, _ICON_TOKENS.get(role, "text")))
        if shortcut is not None:
            self.set_shortcut(shortcut)
        self.set_text(text)
        self.clicked.connect(self._on_clicked)

    def set_text(self, text: str) -> None:
        """Say another word; any letter of it may be an ampersand."""
        sequence = self.shortcut()
        self.setText(plain(text))
        self.setShortcut(sequence)  # Qt forgets the key when the text changes
        self.setAccessibleName(text)
        self._measure()

    def set_shortcut(self, keys: str) -> None:
        """Let a key do the same, and show it on the button: ``Ctrl+Return``."""
        self.setShortcut(QKeySequence(keys))
        self.show_key(keys)

    def show_key(self, keys: str) -> None:
        """Show a key that presses the button though the page, not the button, listens for it."""
        self._shown_keys = QKeySequence(keys)
        self._say_keys()

    def sizeHint(self) -> QSize:
        """Room for the icon, the word and the key."""
        hint = super().sizeHint()
        return QSize(hint.width() + self._shortcut_width(), hint.height())

    def minimumSizeHint(self) -> QSize:
        """A button's words are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the key in its own place beside the word."""
        if not self._shortcut_text:
            super().paintEvent(event)
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        whole = QRect(option.rect)
        room = self._shortcut_width()
        option.rect = whole.adjusted(0, 0, -room, 0)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonLabel, option)
        edge = theme.current().px(1.2) + theme.current().ring
        option.rect = QRect(whole.right() - room - edge + 1, whole.top(), room, whole.height())
        self._draw_keys(painter, option)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a press, unless it follows the last one too soon to be meant."""
        if self.is_repeat():
            event.accept()
            return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a press of Space or Enter, unless the key is held down or follows too soon."""
        presses = event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select)
        if presses and (event.isAutoRepeat() or self.is_repeat()):
            event.accept()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Take a press of the button's key, unless it follows too soon."""
        if event.type() == QEvent.Type.Shortcut and self.is_repeat():
            event.accept()
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text; say the key in the language of the seat."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()
        elif event.type() == QEvent.Type.LanguageChange:
            self._say_keys()

    def _say_keys(self) -> None:
        self._shortcut_text = self._shown_keys.toString(QKeySequence.SequenceFormat.NativeText)
        self.updateGeometry()

    @Slot()
    def _on_clicked(self) -> None:
        self._since_press.start()

    def is_repeat(self) -> bool:
        """Whether a press now would follow the last one too soon to be meant."""
        return self._since_press.isValid() and self._since_press.elapsed() < PRESS_AGAIN_MS

    def _measure(self) -> None:
        """The icon's room is wider than the icon: the rest is the space before the word."""
        look = theme.current()
        self.setIconSize(QSize(look.px(2.1 if self.text() else 1.8), look.px(1.8)))

    def _shortcut_width(self) -> int:
        if not self._shortcut_text:
            return 0
        return self.fontMetrics().horizontalAdvance(self._shortcut_text) + theme.current().px(1)

    def _draw_keys(self, painter: QStylePainter, option: QStyleOptionButton) -> None:
        role = self.property("role")
        token = "muted" if role in ("", "quiet", "choice") or not self.isEnabled() else _ICON_TOKENS.get(role, "text")
        painter.setFont(theme.current().font())
        painter.setPen(theme.current().token(token))
        painter.drawText(
            option.rect, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self._shortcut_text
        )
