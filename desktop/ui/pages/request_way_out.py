"""A way out that a day has brought and nobody was told of, on top of a request: where to go, and the letter for it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.running_text import RunningText
from desktop.usecases.requests.timeline import CaseView
from desktop.words import _, pick


class WayOutCard(Card):
    """It takes no room while there is nothing to tell."""

    told = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.words, self.tell = RunningText(), Button("", "primary", icon="file-text")
        for widget in (self.words, Flow(self.tell)):
            self.add(widget)
        self.tell.clicked.connect(partial(self._on_tell))
        self.hide()

    def show_case(self, case: CaseView, *, may_write: bool) -> None:
        """Say where the matter leads, where that is still to be told."""
        self.set_title(_("It cannot go on here, and the applicant has not been told yet"))
        self.words.set_text("" if case.to_tell is None else pick(case.to_tell))
        self.tell.set_text(_("Tell it in writing"))
        self.tell.setVisible(may_write)
        self.set_busy(busy=False)
        self.setVisible(case.to_tell is not None)

    def set_busy(self, *, busy: bool) -> None:
        """Take no second press while the first is being done."""
        self.tell.setEnabled(not busy)

    def _on_tell(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self.set_busy(busy=True)
        self.told.emit()
