"""Tab goes down a page as one reads it, also through parts that were put in or made anew since."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def put_in_order(page: QWidget) -> None:
    """Let Tab stop in the order in which things are seen; Qt puts what comes later after everything else."""
    stops = list(_stops(page))
    if stops and not _are_in_order(stops):
        for one, after in pairwise(stops):
            QWidget.setTabOrder(one, after)


def _are_in_order(stops: list[QWidget]) -> bool:
    wanted, found = set(stops), [stops[0]]
    at = stops[0].nextInFocusChain()
    while at is not None and at is not stops[0]:
        if at in wanted:
            found.append(at)
        at = at.nextInFocusChain()
    return found == stops


def _stops(widget: QWidget) -> Iterator[QWidget]:
    """Give where Tab stops within a widget, itself first; what hands the keyboard on to a part of it is no stop."""
    takes_tab = bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
    if takes_tab and widget.focusProxy() is None:
        yield widget
    for row in _rows(widget):
        for part in row:
            yield from _stops(part)


def _rows(widget: QWidget) -> Iterator[list[QWidget]]:
    """Give the parts of a widget line by line, each from left to right."""
    below = widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    parts = [part for part in below if not (part.isHidden() or part.isWindow())]
    row: list[QWidget] = []
    for part in sorted(parts, key=QWidget.y):
        if row and part.geometry().center().y() > row[0].geometry().bottom():
            yield sorted(row, key=QWidget.x)
            row = []
        row.append(part)
    yield sorted(row, key=QWidget.x)
