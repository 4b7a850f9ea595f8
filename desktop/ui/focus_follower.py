"""Where the keyboard is put is seen, and stays seen: a page scrolls to it, however small the window, large the text."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.ui.widgets.scroll_page import page_around

_SAME_AS_BEFORE = frozenset(
    {
        Qt.FocusReason.ActiveWindowFocusReason,
        Qt.FocusReason.PopupFocusReason,
        Qt.FocusReason.MenuBarFocusReason,
    }
)


def follow(widget: QWidget, reason: Qt.FocusReason) -> None:
    """Let the page hold in sight what has just got the keyboard.

    Qt scrolls for the Tab key only: an error beside a field, or a notice that takes the keyboard, stayed outside. Who
    presses something sees it: there the page does not move, which would take it from under the hand.
    """
    page = page_around(widget)
    if page is None or reason in _SAME_AS_BEFORE:
        return
    if reason is Qt.FocusReason.MouseFocusReason:
        page.hold_if_seen(widget)
    else:
        page.hold(widget)
