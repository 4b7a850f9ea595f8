"""The scans and photographs of a request: looked at beside what they prove, and more can be attached."""

from uuid import UUID

from PySide6.QtWidgets import QWidget

from desktop.ui.navigation import Seat
from desktop.ui.widgets.attachments import AttachmentsCard
from desktop.ui.widgets.card import Card
from desktop.usecases.permissions import Permission
from desktop.words import _


class FilesCard(Card):
    """Every file of one request; who may not look at files sees no card."""

    def __init__(self, seat: Seat, *, hint: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._seat = seat
        self._request: UUID | None = None
        self.files = AttachmentsCard(seat, hint=hint)
        self.add(self.files)

    def show_request(self, request: UUID) -> None:
        """Show the files of a request; the card reads them again by itself when they change."""
        self.set_title(_("Scans and files"))
        may = self._seat.may(Permission.SEE_ATTACHMENT)
        self.setVisible(may)
        if may and request != self._request:
            self._request = request
            self.files.show_request(request)
