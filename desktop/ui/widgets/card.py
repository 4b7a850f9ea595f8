"""A card: one matter raised from the page on a surface of its own."""

from PySide6.QtWidgets import QFrame, QWidget

from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.layouts import Column

CARD_HANZI = 32
"""How wide the one card of a page without a desk is: start, first start, sign-in, lock."""


class Card(QFrame):
    """A surface with a heading, if it has one, and whatever is added to it."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.heading = Heading(title, 2)
        self.heading.setVisible(bool(title))
        self.column = Column(self, spacing=1, margins=2)
        self.column.addWidget(self.heading)
        self.column.addStretch(0)

    def set_title(self, title: str) -> None:
        """Say another heading; without one the card begins with its content."""
        self.heading.set_text(title)
        self.heading.setVisible(bool(title))

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget below the others; one with a stretch takes the height that is left, otherwise it stays empty."""
        self.column.insertWidget(self.column.count() - 1, widget, stretch)
