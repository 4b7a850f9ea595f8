"""A page without a desk: first start, sign-in and lock have one bar, and one card in the middle of the window."""

from PySide6.QtWidgets import QWidget

from desktop.ui.look_buttons import LookButtons
from desktop.ui.top_bar import DoorBar
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.card import CARD_HANZI, Card
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.running_text import RunningText
from desktop.ui.widgets.scroll_page import ScrollPage


class Door(Retranslated, QWidget):
    """The bar says the program and the hall once; the card says what is to be done, and takes what is put into it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.look = LookButtons()
        self.bar = DoorBar(self.look)
        self.title, self.lead, self.notice = Heading("", 1), RunningText("", "muted"), Notice()
        self.card = Card()
        self.body = ScrollPage(hanzi=CARD_HANZI, margins=2, centred=True)
        self.body.add_stretch()
        self.body.add(self.card)
        self.body.add_stretch()
        column = Column(self, spacing=0)
        column.addWidget(self.bar)
        column.addWidget(self.body, 1)
        for widget in (self.title, self.lead, self.notice):
            self.card.add(widget)
        parts = QWidget()
        self._parts = Column(parts, spacing=2, margins=(0, 1, 0, 0))
        self.card.add(parts)

    def put(self, widget: QWidget) -> None:
        """Put a part below the others."""
        self._parts.addWidget(widget)

    def show_hall(self, hall: tuple[str, str]) -> None:
        """Say which hall this is, in both languages; without a name the program stands alone."""
        self.bar.show_hall(hall)
