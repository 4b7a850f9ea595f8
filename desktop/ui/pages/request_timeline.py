"""The timeline of a request: what happened and who did it, the latest first."""

from PySide6.QtWidgets import QWidget

from desktop.ui.widgets.card import Card
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, emptied
from desktop.usecases.requests.timeline import CaseView, Line, lines_of
from desktop.words import _, here


class TimelineCard(Card):
    """Everything that happened, by day, the latest day first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._rows = Column(spacing=0.6)
        holder = QWidget()
        holder.setLayout(self._rows)
        self.add(holder)

    def show_case(self, case: CaseView) -> None:
        """Tell the history of a request."""
        self.set_title(_("Timeline"))
        emptied(self._rows)
        day = ""
        for line in reversed(lines_of(case.view.history, case.catalogue, case.zone, here(), case.view.facts)):
            of = here().date(line.at.date(), case.today)
            if of != day:
                self._rows.addWidget(Heading(of, 3))
                day = of
            self._add(line, "" if line.by is None else case.staff.get(line.by, ""))

    def _add(self, line: Line, by: str) -> None:
        words = _("{time}  {what} ({name})") if by else _("{time}  {what}")
        self._rows.addWidget(Label(words.format(time=here().time(line.at), what=line.sentence, name=by)))
        for more in line.more:
            self._rows.addWidget(Label(more, "muted"))
