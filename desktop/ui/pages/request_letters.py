"""The letters of a request on its page: each can be seen as it was given, printed, and kept as a file."""

from uuid import UUID

from PySide6.QtWidgets import QWidget

from desktop.ui.navigation import Seat
from desktop.ui.pages.letter_panel import LetterPanel
from desktop.ui.widgets.card import Card
from desktop.usecases.permissions import Permission
from desktop.words import _


class LettersCard(Card):
    """Every letter of a request; who may not read letters sees no card."""

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._seat = seat
        self.panel = LetterPanel(seat)
        self.add(self.panel)

    def show_request(self, request: UUID) -> None:
        """Show the letters of a request."""
        self.set_title(_("Letters"))
        may = self._seat.may(Permission.SEE_LETTERS)
        self.setVisible(may)
        if may and self.panel.request != request:
            self.panel.show_request(request)
