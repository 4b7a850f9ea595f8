"""A person at the keyboard: keys go to whatever window has the keyboard, and every one of them is counted."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.heard import with_keyboard

MODIFIERS = frozenset({Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta})
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Keys(QObject):
    """Counts the keys that reach any window of the program, each once; a key with Ctrl is one."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.count = 0
        self._app = app
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Each press begins at a window with the question whether it is a shortcut."""
        begins = event.type() == QEvent.Type.ShortcutOverride and isinstance(watched, QWindow)
        if begins and isinstance(event, QKeyEvent):
            self.count += event.key() not in MODIFIERS
        return False

    def stop(self) -> None:
        """Count no more."""
        self._app.removeEventFilter(self)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key in the window that has the keyboard."""
    window = QGuiApplication.focusWindow()
    assert isinstance(window, QWindow), "no window has the keyboard"
    QTest.keyClick(window, key, modifier)


def write(words: str) -> None:
    """Write words through the input method, as Chinese is written, into whatever has the keyboard."""
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(with_keyboard(), event)
