"""A link of many words: it goes on in the next line where the width ends, as the sentence it is."""

from PySide6.QtWidgets import QWidget

from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.wrapping import Wrapping


class WrappingLink(Wrapping, Button):
    """A link as wide as the place it stands in; what it says is its accessible name."""

    def __init__(self, text: str = "", *, icon: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__("", "link", icon=icon, parent=parent)
        self.begin_wrapping()
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Say other words."""
        super().set_text(text)
        self.break_words(text)
