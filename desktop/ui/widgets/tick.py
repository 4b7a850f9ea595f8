"""A box to tick with its words beside it; long words go on in the next line, and a press on them ticks the box too."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row, emptied


class _Words(Label):
    """The words beside a box."""

    pressed = Signal()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick the box these words belong to."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.pressed.emit()


class Tick(QWidget):
    """One thing that holds or not."""

    ticked = Signal(bool)

    def __init__(self, text: str = "", *, on: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box, self.words = QCheckBox(), _Words()
        self.box.setChecked(on)
        row = Row(self, spacing=0.4)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        self.box.toggled.connect(self.ticked)
        self.words.pressed.connect(self.box.click)
        self.setFocusProxy(self.box)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Say what holds when it is ticked."""
        self.words.set_text(text)
        self.box.setAccessibleName(text)

    def is_on(self) -> bool:
        """Whether it is ticked."""
        return self.box.isChecked()

    def set_on(self, *, on: bool) -> None:
        """Tick it, or not."""
        self.box.setChecked(on)


class Ticks(QWidget):
    """Several things of which each holds or not, by their keys."""

    def __init__(self, keys: Sequence[str] = (), *, on: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ticks: dict[str, Tick] = {}
        self._column = Column(self, spacing=0.3)
        self.set_keys(keys, on=on)

    def set_keys(self, keys: Sequence[str], *, on: bool = True) -> None:
        """Offer these things, all ticked or none."""
        emptied(self._column)
        self.ticks = {key: Tick(key, on=on) for key in keys}
        for tick in self.ticks.values():
            self._column.addWidget(tick)
        first = next(iter(self.ticks.values()), None)
        if first is not None:
            self.setFocusProxy(first)

    def set_texts(self, texts: dict[str, str]) -> None:
        """Say what the things are called."""
        for key, text in texts.items():
            self.ticks[key].set_text(text)

    def chosen(self) -> tuple[str, ...]:
        """The keys of what is ticked."""
        return tuple(key for key, tick in self.ticks.items() if tick.is_on())
