"""What the palette finds among the records: requests by number or words, and people, as the pages for them do."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.ui.navigation import Seat
from desktop.ui.pages.log_people import ICONS, told_apart
from desktop.ui.pages.requests_model import cell_words
from desktop.ui.palette import Command
from desktop.usecases.people.people import FoundPerson, PeopleQuery, find_people
from desktop.usecases.permissions import Permission
from desktop.usecases.requests.request_list import ListQuery, ListView, RequestRow, see_list

MOST = 5
"""So many requests and so many people at the most."""
_SAID = (0, 1, 2, 3)  # number, matter, applicant, status, as the list of requests has them


class PaletteRecords(QObject):
    """Looks words up for who is signed in; an answer to words given up since is dropped."""

    found = Signal(object)  # commands: the exact number, requests, people
    finished = Signal()

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._asked, self._words, self._is_whole = 0, "", False
        self._exact: list[Command] = []
        self._requests: list[Command] | None = None  # None is not known yet
        self._people: list[Command] | None = None

    def look(self, words: str) -> None:
        """Look for these words, and forget those before; without words nothing is looked for."""
        self._asked += 1
        self._words, self._exact, self._requests, self._people = words, [], None, None
        if not words or not self._seat.may(Permission.SEE_REQUESTS):
            self.finished.emit()
            return
        self._ask_requests(self._asked, ListQuery(words, limit=MOST))
        if self._seat.may(Permission.FIND_PEOPLE):
            done = partial(self._on_people, self._asked)
            self._seat.runner.read(self, find_people, PeopleQuery(words, limit=MOST), done=done)
        else:
            self._people = []

    def _ask_requests(self, asked: int, query: ListQuery) -> None:
        self._seat.runner.read(self, see_list, query, done=partial(self._on_requests, asked, query))

    def _on_requests(self, asked: int, query: ListQuery, view: ListView) -> None:
        """What words find may come in steps, which are gone through until there are enough."""
        if asked != self._asked:
            return
        self._requests = self._requests or []
        for row in view.rows:
            is_exact = row.number.casefold() == self._words.casefold()
            (self._exact if is_exact else self._requests).append(self._request(row, view))
        self._is_whole = view.after is None or len(self._exact) + len(self._requests) >= MOST
        if not self._is_whole:
            self._ask_requests(asked, replace(query, before=view.after))
        self._tell()

    def _on_people(self, asked: int, people: Sequence[FoundPerson]) -> None:
        if asked == self._asked:
            self._people = [self._person(each) for each in people if each.name]
            self._tell()

    def _tell(self) -> None:
        """Tell once both have been heard of, so that what comes first is shown first."""
        if self._requests is None or self._people is None:
            return
        self.found.emit([*self._exact, *self._requests[: MOST - len(self._exact)], *self._people])
        if self._is_whole:
            self.finished.emit()

    def _request(self, row: RequestRow, view: ListView) -> Command:
        said = [cell_words(row, column, view.today, view.zone, view.matters) for column in _SAID]
        return Command(" · ".join(said), "inbox", partial(self._seat.go, "request", row.id))

    def _person(self, found: FoundPerson) -> Command:
        """Somebody's requests, found by the name."""
        act = partial(self._seat.go, "requests", found.name)
        return Command(told_apart(found), ICONS.get(found.kind, "user"), act)
