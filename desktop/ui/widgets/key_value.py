"""Names and values beside each other; under each other when the text is large."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QWidget

from desktop.ui import theme
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Grid, emptied

_STACKED_FROM = 1.5  # times the standard text size


class KeyValue(QWidget):
    """What is known of one thing: ``set_rows([("Number", "A012"), …])``; with ``stacked`` always under each other."""

    def __init__(
        self, rows: Sequence[tuple[str, str]] = (), parent: QWidget | None = None, *, stacked: bool = False
    ) -> None:
        super().__init__(parent)
        self._always_stacked = stacked
        self._rows: list[tuple[str, str]] = []
        self._stacked = False
        self._grid = Grid(self, spacing=0.5, between=2)
        self._grid.setColumnStretch(1, 1)
        self.set_rows(rows)

    def set_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Show other names and values; a value is selected with the mouse to be copied."""
        self._rows = list(rows)
        self._stacked = self._should_stack()
        emptied(self._grid)
        for at, (key, value) in enumerate(self._rows):
            self._add_row(at, key, value)

    def rows(self) -> list[tuple[str, str]]:
        """The names and values shown."""
        return list(self._rows)

    def changeEvent(self, event: QEvent) -> None:
        """Put values under their names when the text has become large."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._should_stack() != self._stacked:
            self.set_rows(self._rows)

    def _add_row(self, at: int, key: str, value: str) -> None:
        name, shown = Label(key, "muted"), Label(value)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        shown.setAccessibleName(value)
        shown.setAccessibleDescription(key)
        if self._stacked:
            self._grid.addWidget(name, 2 * at, 0, 1, 2)
            self._grid.addWidget(shown, 2 * at + 1, 0, 1, 2)
            shown.setContentsMargins(0, 0, 0, theme.current().px(0.8))
            return
        name.setWordWrap(False)
        self._grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(shown, at, 1, Qt.AlignmentFlag.AlignTop)

    def _should_stack(self) -> bool:
        look = theme.current()
        return self._always_stacked or look.text_pixels >= look.standard_pixels * _STACKED_FROM
