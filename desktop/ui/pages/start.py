"""The first thing painted: the program's name and what it is doing; a fault of the records has its page here too."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import CARD_HANZI, Card
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.label import IconLabel
from desktop.ui.widgets.layouts import Column, Row, to_the_left
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.running_text import RunningText
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.usecases.backups.store_faults import fault_words
from desktop.words import _

if TYPE_CHECKING:
    from desktop.authoring.faults import CatalogueFault


class StartPage(Retranslated, ScrollPage):
    """Says that the program is starting, or why it cannot."""

    retry_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(hanzi=CARD_HANZI, centred=True, parent=parent)
        self._code = ""
        self._faults: tuple[CatalogueFault, ...] = ()
        self._title = Heading("", 1)
        self._what = RunningText("", "muted")
        self.notice = Notice()
        self.retry = Button("", "primary", icon="refresh")
        self.retry.clicked.connect(self.retry_requested)
        self.retry.hide()
        card, place = Card(), QWidget()
        head = Row(spacing=1)
        head.addWidget(IconLabel("landmark", "accent", 3))
        head.addWidget(self._title, 1)
        card.column.insertLayout(0, head)
        to_the_left(Column(place), self.retry)
        for widget in (self._what, self.notice, place):
            card.add(widget)
        self.add_stretch()
        self.add(card)
        self.add_stretch()
        self.setAccessibleName("Yijian")
        self.retranslate()

    def say_opening(self) -> None:
        """Say that the records are being opened."""
        self._code, self._faults = "", ()
        self.retranslate()

    def say_broken_catalogue(self, faults: "tuple[CatalogueFault, ...]") -> None:
        """Say what is wrong with the catalogue, and offer to try again."""
        self._faults = faults
        self.retranslate()
        self.retry.setFocus()

    def say_fault(self, code: str) -> None:
        """Say why the records cannot be opened, and offer to try again."""
        self._code = code
        self.retranslate()
        self.retry.setFocus()

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self._title.set_text(_("Yijian"))
        self._what.set_text(_("Opening the hall's records…"))
        waits = not self._code and not self._faults
        self._what.setVisible(waits)
        self.retry.set_text(_("Try again"))
        self.retry.setVisible(not waits)
        if self._faults:
            from desktop.ui.broken_catalogue import broken_words

            self.notice.say_problem(*broken_words(self._faults))
        elif self._code:
            self.notice.say_problem(*fault_words(self._code))
        else:
            self.notice.clear()
