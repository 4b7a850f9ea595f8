"""Rules 1 and 2: everything that takes the keyboard has a name, and what a screen reader needs to say it right."""

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialog,
    QLabel,
    QMainWindow,
    QPushButton,
    QTableView,
    QWidget,
)

from tests.ui.page_parts import Fault, fault, shown

_WORD = re.compile(r"[a-z]{3,}")
_HANZI = re.compile(r"[\u3400-\u9fff]")
_BARE_ROLES = (QAccessible.Role.NoRole, QAccessible.Role.Client)
_PLAIN = (Qt.TextFormat.PlainText,)

SAME_IN_BOTH = frozenset({"English", "中文", "Yijian", "OK", "Excel", "CSV"})


def accessible_name(widget: QWidget) -> str:
    """What a screen reader calls a widget."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()


def focusable(page: QWidget) -> list[QWidget]:
    """The widgets of a page that take the keyboard by Tab; one that hands it on to a part of it does not count."""
    return [
        widget
        for widget in shown(page)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
    ]


def check_names(page: QWidget) -> list[Fault]:
    """Faults of rules 1 and 2 in the language of now, and texts that would be taken for markup."""
    found = [fault(1, widget, "has no accessible name") for widget in focusable(page) if not _name_heard(widget, page)]
    for widget in focusable(page):
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface.role() in _BARE_ROLES:
            found.append(fault(2, widget, "has no role; a widget painted by hand must say what it is"))
    for widget in shown(page):
        found += _structure(widget, page)
    return found


def _name_heard(widget: QWidget, page: QWidget) -> bool:
    if isinstance(widget, QComboBox):
        return _label_of(widget, page) is not None
    return bool(accessible_name(widget))


def _label_of(widget: QWidget, page: QWidget) -> QLabel | None:
    labels = page.window().findChildren(QLabel)
    return next((label for label in labels if label.buddy() is widget and label.text().strip()), None)


def _structure(widget: QWidget, page: QWidget) -> list[Fault]:
    found = []
    if isinstance(widget, QComboBox) and _label_of(widget, page) is None:
        found.append(fault(2, widget, "combo box without a buddy label; its own name is ignored on Linux"))
    if isinstance(widget, QTableView):
        if widget.tabKeyNavigation():
            found.append(fault(2, widget, "table eats Tab: setTabKeyNavigation(False)"))
        both = widget.verticalHeader().isVisible() and widget.horizontalHeader().isVisible()
        if both and widget.isCornerButtonEnabled():
            found.append(fault(2, widget, "table with a nameless corner button"))
    if isinstance(widget, QLabel) and widget.text() and widget.textFormat() not in _PLAIN:
        found.append(fault(2, widget, "label takes its text for markup; set PlainText"))
    if widget.isWindow() and not isinstance(widget, (QMainWindow, QDialog)):
        found.append(fault(2, widget, "window is neither QMainWindow nor QDialog"))
    return found


def said(page: QWidget) -> dict[int, tuple[QWidget, str]]:
    """What labels, buttons and fields say in the language of now, to be compared with the other language."""
    found = {}
    for widget in shown(page):
        text = widget.text() if isinstance(widget, (QLabel, QAbstractButton)) else ""
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not isinstance(widget, QAbstractButton):
            text = accessible_name(widget)
        found[id(widget)] = (widget, text)
    return found


def check_translated(zh: dict[int, tuple[QWidget, str]], en: dict[int, tuple[QWidget, str]]) -> list[Fault]:
    """Texts that are the same in both languages although they are words of one of them."""
    found = []
    for key, (widget, text) in zh.items():
        if key not in en or en[key][1] != text or text in SAME_IN_BOTH:
            continue
        if _WORD.search(text) and not _HANZI.search(text):
            found.append(fault(1, widget, f"says “{text[:30]}” in Chinese too"))
        elif _HANZI.search(text) and isinstance(widget, QPushButton):
            found.append(fault(1, widget, f"says “{text[:30]}” in English too"))
    return found
