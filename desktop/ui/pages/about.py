"""What the program is, its version and licence, and where this seat keeps its files."""

import platform
from importlib.metadata import version

from PySide6.QtCore import qVersion

from desktop.ui.navigation import Seat
from desktop.ui.pages.page import Page
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.key_value import KeyValue
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.running_text import RunningText
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.words import _


class AboutPage(Page):
    """The name, the version and the keys that work everywhere."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._title = Heading("", 1)
        self._what = RunningText()
        self._program = Card()
        self._versions = KeyValue()
        self._program.add(self._versions)
        self._keys = Card()
        self._shortcuts = KeyValue()
        self._keys.add(self._shortcuts)
        body = ScrollPage(hanzi=44)
        for widget in (self._title, self._what, self._program, self._keys):
            body.add(widget)
        body.add_stretch()
        Column(self).addWidget(body)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self._title.set_text(_("About"))
        self._what.set_text(
            _(
                "Yijian plans a person's whole matter from what the person wants: "
                "what is needed, what is not, what is missing and by when it can be done."
            )
        )
        self._program.set_title(_("Program"))
        self._versions.set_rows(
            [
                (_("Version"), version("yijian")),
                (_("Licence"), "MIT"),
                (_("Python version"), platform.python_version()),
                (_("Qt version"), qVersion()),
            ]
        )
        self._keys.set_title(_("Keys that work everywhere"))
        self._shortcuts.set_rows(
            [
                (_("Find a request, somebody, a page or an act"), _("Press {keys}").format(keys="Ctrl+K")),
                (_("Lock the seat"), _("Press {keys}").format(keys="Ctrl+L")),
                (_("Go to a page of the rail"), _("Press {keys}").format(keys="Ctrl+1 … Ctrl+9")),
                (_("Fold or unfold the rail"), _("Press {keys}").format(keys="Ctrl+B")),
            ]
        )
