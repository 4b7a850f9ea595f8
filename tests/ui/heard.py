"""What a screen reader hears of a widget, and which widget has the keyboard."""

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget


def with_keyboard() -> QWidget:
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def name_of(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def description_of(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Description)
