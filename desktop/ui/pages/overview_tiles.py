"""The figures of the overview: each a number with its unit, its name and what it counts, pressed for its cases."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from desktop.ui import theme
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row, emptied
from desktop.ui.widgets.running_text import RunningText
from desktop.ui.widgets.status_mark import StatusMark
from desktop.words import here, pgettext

TILE_HANZI = 14
MOST_COLUMNS = 4


@dataclass(frozen=True, slots=True)
class Tile:
    """What one figure says, and what a press on it does."""

    figure: str
    more: str
    """In how many requests the items lie, or nothing."""
    title: str
    meaning: str
    trouble: bool
    act: Callable[[], None]


class TileButton(Button):
    """A figure as a button as high as its words; those who hear it hear figure, name and meaning in one."""

    def __init__(self, tile: Tile) -> None:
        super().__init__("", "choice")
        self.tile = tile
        self._figure, self._more = Label(role="title", wraps=False), Label(role="muted")
        self._title = StatusMark("overdue") if tile.trouble else Label(role="strong")
        self._meaning = RunningText("", "muted")
        self._column = Column(spacing=0.2, margins=(1.4, 1, 1.4, 1))
        self._arrange()
        self.clicked.connect(self._on_pressed)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.take(tile)

    def take(self, tile: Tile) -> None:
        """Say another number of the same."""
        self.tile = tile
        for label, text in ((self._figure, tile.figure), (self._more, tile.more), (self._meaning, tile.meaning)):
            label.set_text(text)
        if isinstance(self._title, StatusMark):
            self._title.set_status("overdue", tile.title)
        else:
            self._title.set_text(tile.title)
        figure = here().listing(text for text in (tile.figure, tile.more) if text)
        self.setAccessibleName(pgettext("figure", "{name}: {figure}").format(name=tile.title, figure=figure))
        self.setAccessibleDescription(tile.meaning)

    def _arrange(self) -> None:
        top = Row(spacing=0.6)
        top.addWidget(self._figure)
        top.addWidget(self._more, 1, Qt.AlignmentFlag.AlignBottom)
        self._column.addLayout(top)
        self._column.addWidget(self._title)
        self._column.addWidget(self._meaning)
        self._column.addStretch(1)
        self.setLayout(self._column)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @Slot()
    def _on_pressed(self) -> None:
        self.tile.act()

    def hasHeightForWidth(self) -> bool:
        """It is as high as its words in the width it gets."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as its words."""
        return self._column.totalHeightForWidth(width)

    def sizeHint(self) -> QSize:
        """As wide as every other figure at least."""
        width = theme.current().line_width(TILE_HANZI)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Words are never cut; a wider one may be lower."""
        return QSize(self.sizeHint().width(), theme.current().px(4))


class TileLayout(FlowLayout):
    """Figures in columns of one width that together fill the room, those of a row of one height."""

    def heightForWidth(self, width: int) -> int:
        """How high all rows are together."""
        heights = self._heights(width)
        return sum(heights) + self._gap() * max(0, len(heights) - 1)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802  Qt's name
        """Place every figure."""
        QLayout.setGeometry(self, rect)
        columns, wide, gap = self._columns(rect.width()), self._wide(rect.width()), self._gap()
        top = rect.top()
        for row, height in zip(self._rows(rect.width()), self._heights(rect.width()), strict=True):
            for at, item in enumerate(row):
                item.setGeometry(QRect(rect.left() + at % columns * (wide + gap), top, wide, height))
            top += height + gap

    def _rows(self, width: int) -> list[list[QLayoutItem]]:
        shown, columns = self._shown(), self._columns(width)
        return [shown[at : at + columns] for at in range(0, len(shown), columns)]

    def _heights(self, width: int) -> list[int]:
        wide = self._wide(width)
        return [max(item.heightForWidth(wide) for item in row) for row in self._rows(width)]

    def _columns(self, width: int) -> int:
        """As many as there is room for; of more than one row, so many that the last row is not left with one."""
        shown = self._shown()
        least = max((item.minimumSize().width() for item in shown), default=1)
        room = max(1, min(MOST_COLUMNS, (width + self._gap()) // (least + self._gap())))
        return room if len(shown) <= room else ceil(len(shown) / ceil(len(shown) / room))

    def _wide(self, width: int) -> int:
        columns = self._columns(width)
        return (width - self._gap() * (columns - 1)) // columns


class Tiles(QWidget):
    """Figures beside each other, as many as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self.buttons: list[TileButton] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._flow = TileLayout(self, spacing=1)

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show these figures; while they are of the same things they stay the same buttons, so that the focus stays."""
        if [button.tile.title for button in self.buttons] == [tile.title for tile in tiles]:
            for button, tile in zip(self.buttons, tiles, strict=True):
                button.take(tile)
            return
        focused = next((button.tile.title for button in self.buttons if button.hasFocus()), None)
        emptied(self._flow)
        self.buttons = [TileButton(tile) for tile in tiles]
        for button in self.buttons:
            self._flow.addWidget(button)
            if button.tile.title == focused:
                button.setFocus()
        self.setVisible(bool(tiles))
