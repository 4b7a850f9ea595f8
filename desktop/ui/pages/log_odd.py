"""What is odd of the number of somebody just registered: said above the page until somebody else is taken."""

from PySide6.QtCore import QObject, Slot

from desktop.ui.navigation import Seat
from desktop.ui.pages.log_people import Named
from desktop.ui.pages.log_roles import RolesCard


class OddNumber(QObject):
    """The one warning that stands, and who was on the form when it was said."""

    def __init__(self, seat: Seat, roles: RolesCard) -> None:
        super().__init__(roles)
        self._seat, self._roles = seat, roles
        self._words = ""
        self._among: frozenset[Named] = frozenset()

    @Slot(str)
    def say(self, words: str) -> None:
        """Say it above the page."""
        self._words, self._among = words, frozenset(self._roles.people())
        self._seat.say("warning", words)

    def see(self) -> None:
        """Say it no longer once somebody else is on the form."""
        if not self._among.issuperset(self._roles.people()):
            self.take_back()

    def take_back(self) -> None:
        """Say it no longer."""
        if self._words:
            self._seat.take_back(self._words)
        self._words, self._among = "", frozenset()
