"""An empty place says what belongs there and what to do, with the button that does it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.label import IconLabel
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.running_text import RunningText


class EmptyState(QWidget):
    """An icon, what is not here, what to do, and at most one button; ``at_top`` it begins where the rows would."""

    def __init__(
        self,
        icon: str = "inbox",
        title: str = "",
        text: str = "",
        action: Button | None = None,
        *,
        at_top: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.heading = Heading(title, 2)
        self.text = RunningText(text, "muted")
        column = Column(self, spacing=1, margins=(0, 1, 0, 3) if at_top else 3)
        if not at_top:
            column.addStretch(1)
        column.addWidget(IconLabel(icon, "muted", 4))
        column.addWidget(self.heading)
        column.addWidget(self.text)
        if action is not None:
            column.addWidget(action, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(2)

    def set_texts(self, title: str, text: str) -> None:
        """Say what is not here and what to do."""
        self.heading.set_text(title)
        self.text.set_text(text)
        self.text.setVisible(bool(text))
