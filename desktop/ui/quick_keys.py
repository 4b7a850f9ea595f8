"""The sheet of keys: what can be done from anywhere, and what the page in front can do."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.ui.navigation import Seat
from desktop.ui.quick import Quick
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.key_value import KeyValue
from desktop.words import _

Rows = Sequence[tuple[str, str]]


class QuickKeys(Quick):
    """Two lists of a key and what it does."""

    def __init__(
        self,
        seat: Seat,
        anywhere: Callable[[], Rows],
        page: Callable[[], QWidget | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(seat, parent)
        self._anywhere, self._page = anywhere, page
        self._titles = Heading("", 3), Heading("", 3)
        self.anywhere, self.here = KeyValue(), KeyValue()
        for heading, rows in zip(self._titles, (self.anywhere, self.here), strict=True):
            self.body.add(heading)
            self.body.add(rows)
        self.body.add_stretch()
        self.retranslate()

    def begin(self) -> None:
        """Show the keys of the page in front."""
        self.retranslate()
        self.leave.setFocus()

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.say_title(_("Keys"))
        everywhere, page = self._titles
        everywhere.set_text(_("From anywhere"))
        page.set_text(_("On this page"))
        self.anywhere.set_rows(list(self._anywhere()))
        shown = self._page()
        rows = [] if shown is None else keys_of(shown)
        page.setVisible(bool(rows))
        self.here.set_rows(rows)


def keys_of(page: QWidget) -> list[tuple[str, str]]:
    """The keys of the buttons that can be seen on a page, and what they do."""
    found = {}
    for button in page.findChildren(Button):
        keys = button.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        if keys and button.isVisible():
            found[keys] = button.accessibleName()
    return sorted(found.items())
