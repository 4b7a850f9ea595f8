"""Long work says what it does, how far it is, and can be stopped. Nothing moves but the figure."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row
from desktop.words import _

Counted = Callable[[int, int], str]
"""Says how much of how much is done."""


class Progress(Retranslated, QWidget):
    """What is being done, a bar once the amount is known, and the button that stops it."""

    cancel_requested = Signal()

    def __init__(
        self, what: str = "", *, may_cancel: bool = True, counted: Counted | None = None, parent: QWidget | None = None
    ) -> None:
        """`counted` says done and total in words of its own, where they are days or the like."""
        super().__init__(parent)
        self._counted = counted
        self._what = what
        self._amount = (0, 0)
        self._label = Label(what)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.cancel = Button("", "quiet", icon="x")
        self.cancel.clicked.connect(self.cancel_requested)
        column = Column(spacing=0.5)
        column.addWidget(self._label)
        column.addWidget(self.bar)
        row = Row(self, spacing=1)
        row.addLayout(column, 1)
        row.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignBottom)
        self.cancel.setVisible(may_cancel)  # only now: without a place it would open as a window of its own
        self.set_amount(0, 0)
        self.retranslate()

    def set_what(self, what: str) -> None:
        """Say what is being done."""
        self._what = what
        self._show()

    def set_amount(self, done: int, total: int) -> None:
        """Show how far it is; while the total is unknown (0) there is no bar."""
        self._amount = (done, total)
        self.bar.setVisible(total > 0)
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)
        self._show()

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.cancel.set_text(_("Stop"))
        self._show()

    def _show(self) -> None:
        done, total = self._amount
        if not total:
            self._label.set_text(self._what)
        elif self._counted is not None:
            self._label.set_text(self._counted(done, total))
        else:
            self._label.set_text(_("{what}: {done} of {total}").format(what=self._what, done=done, total=total))
        self.bar.setAccessibleName(self._what)
