"""Where the keyboard is put is also seen: a page scrolls to it, however small the window and large the text."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, Qt, QTimer, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.ui.widgets.scroll_page import reveal

_SEEN_ALREADY = frozenset(
    {
        Qt.FocusReason.MouseFocusReason,  # who presses something sees it; scrolling would take it from under the hand
        Qt.FocusReason.ActiveWindowFocusReason,
        Qt.FocusReason.PopupFocusReason,
        Qt.FocusReason.MenuBarFocusReason,
    }
)


class FocusFollower(QObject):
    """Brings what has just got the keyboard into sight, once the page around it has its new height.

    Qt scrolls for the Tab key only: an error beside a field, or a notice that takes the keyboard, stayed outside.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._sought: QWidget | None = None
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._on_later)

    def follow(self, widget: QWidget, reason: Qt.FocusReason) -> None:
        """Note who gets the keyboard, and by what."""
        self._sought = None if reason in _SEEN_ALREADY else widget
        if self._sought is not None:
            self._later.start()

    @Slot()
    def _on_later(self) -> None:
        sought, self._sought = self._sought, None
        if sought is None or not isValid(sought) or not sought.hasFocus():
            return
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)  # errors just said take their height
        field = _field_of(sought)
        reveal(field, QRect(0, 0, field.width(), field.height()))


def _field_of(editor: QWidget) -> QWidget:
    """Give the field an editor stands in, whose label and error are to be seen with it; else the editor itself."""
    from desktop.ui.widgets.field import Field

    above = editor.parentWidget()
    while above is not None and not isinstance(above, Field):
        above = above.parentWidget()
    return editor if above is None else above
