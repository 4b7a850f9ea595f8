"""The answer to "why": a panel beside a plan that says why something is asked, what is missing and who must act."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget
from shiboken6 import isValid

from desktop.ui.plan_reasons import Explained, Names, explain
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, emptied
from desktop.ui.widgets.running_text import RunningText
from desktop.words import _
from desktop.workflow.planning.plan import Plan


class WhyPanel(Retranslated, QFrame):
    """Explains one vertex of a plan at a time; empty it takes no room. Escape closes it and gives the keyboard back.

    ``ask(plan, leaf)`` explains; ``renew(plan)`` says the same of a plan made anew, while the panel is open.
    """

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice-info")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.explained: Explained | None = None
        self._plan: Plan | None = None
        self._leaf = ""
        self._asker: QWidget | None = None
        self._whose: Names = {}
        self.title, self.leave = Heading("", 3), Button("", "quiet")
        self._rows = Column(spacing=0.4)
        column = Column(self, spacing=0.6, margins=(1.5, 1, 1.5, 1))
        column.addWidget(self.title)
        column.addLayout(self._rows)
        column.addWidget(Flow(self.leave))
        self.leave.clicked.connect(partial(self._on_leave))
        self.hide()

    def ask(self, plan: Plan, leaf: str, whose: Names | None = None) -> bool:
        """Explain a vertex; False when the plan knows nothing of it. The panel takes the keyboard, so it is heard."""
        self._plan, self._leaf, self._whose = plan, leaf, whose or {}
        self.retranslate()
        if self.explained is None:
            self.hide()
            return False
        self._asker = QApplication.focusWidget()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def renew(self, plan: Plan, whose: Names | None = None) -> None:
        """Say the same of a plan made anew; what is no longer in it is closed."""
        self._plan, self._whose = plan, whose or self._whose
        if not self.isHidden():
            self.retranslate()
            self.setVisible(self.explained is not None)

    def retranslate(self) -> None:
        """Say it in the language of the seat."""
        self.leave.set_text(_("Close"))
        self.explained = None if self._plan is None else explain(self._plan, self._leaf, self._whose)
        emptied(self._rows)
        if self.explained is None:
            return
        self.title.set_text(self.explained.name)
        self.setAccessibleName(self.explained.name)
        self.setAccessibleDescription(self.explained.text)
        for section in self.explained.sections:
            self._rows.addWidget(Label(section.title, "label"))
            self._rows.addWidget(RunningText("\n".join(section.lines)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self._on_leave()
            return
        super().keyPressEvent(event)

    def _on_leave(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        asker, self._asker = self._asker, None
        self.hide()
        if asker is not None and isValid(asker):
            asker.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()
