"""Telling the pages what other seats have changed, and only that: what was done here they have heard already."""

from uuid import UUID

from PySide6.QtCore import QObject, Slot

from desktop.ui.runner import Runner
from desktop.usecases.news import News, what_is_new
from desktop.usecases.refused import Refused
from desktop.usecases.topics import Topic

EVERYTHING = frozenset(Topic)


class NewsTeller(QObject):
    """Looks into the log whenever the store says that something may have changed."""

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._place: int | None = None
        self._told: frozenset[UUID] = frozenset()
        self._looking = False
        self._again = False
        runner.broken.connect(self._on_broken)
        self.look()

    @Slot()
    def look(self) -> None:
        """Look what is new; while one is looking, look once more afterwards."""
        self._again = self._looking
        if not self._looking:
            self._looking = True
            self._runner.read(self, what_is_new, self._place, done=self._on_news, refused=self._on_refused)

    def _on_news(self, news: News) -> None:
        first, self._place = self._place is None, news.place
        fresh, self._told = news.acts - self._told, news.acts
        others = any(not self._runner.is_own(op) for op in fresh)
        if not news.whole or (others and not first):
            self._runner.tell(EVERYTHING)
        self._go_on()

    @Slot(object)
    def _on_broken(self, _error: object) -> None:
        """An answer that may have been this one does not come; the next news ask again."""
        self._looking = self._again = False

    def _on_refused(self, _refusal: Refused) -> None:
        """Whoever sat here has left or was sent away: the pages find out themselves."""
        self._runner.tell(EVERYTHING)
        self._go_on()

    def _go_on(self) -> None:
        self._looking = False
        if self._again:
            self.look()
