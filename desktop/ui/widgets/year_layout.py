"""Where each day of a year stands in its picture: twelve months, as many beside each other as there is room for."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QRect

COLUMNS = 7
ROWS = 6
MOST = 1.3  # times the least side of a day


@dataclass(frozen=True, slots=True)
class YearLayout:
    """The measures of the picture in pixels: the side of a day, the room between months, and the months in a row."""

    year: int
    cell: int
    gap: int
    across: int

    @classmethod
    def fitting(cls, year: int, cell: int, gap: int, width: int) -> "YearLayout":
        """Put as many months beside each other as fit into a width in even rows, and let days take what is left."""
        room = max(1, (width + gap) // (cell * COLUMNS + gap))
        across = next(each for each in (4, 3, 2, 1) if each <= room)
        stretched = (width - (across - 1) * gap) // (across * COLUMNS)
        return cls(year, max(cell, min(stretched, round(cell * MOST))), gap, across)

    @property
    def month_size(self) -> tuple[int, int]:
        """Width and height of a month: its name, the weekdays, and six weeks."""
        return self.cell * COLUMNS, self.cell * (ROWS + 2)

    @property
    def height(self) -> int:
        """Height of the whole picture."""
        rows = 12 // self.across
        return rows * self.month_size[1] + (rows - 1) * self.gap

    def month_rect(self, month: int) -> QRect:
        """The place of a month."""
        row, column = divmod(month - 1, self.across)
        width, height = self.month_size
        return QRect(column * (width + self.gap), row * (height + self.gap), width, height)

    def title_rect(self, month: int) -> QRect:
        """The place of a month's name."""
        place = self.month_rect(month)
        return QRect(place.x(), place.y(), place.width(), self.cell)

    def weekday_rect(self, month: int, weekday: int) -> QRect:
        """The place of a weekday's name above its column, Monday first."""
        place = self.month_rect(month)
        return QRect(place.x() + weekday * self.cell, place.y() + self.cell, self.cell, self.cell)

    def day_rect(self, day: date) -> QRect:
        """The place of a day."""
        place = self.month_rect(day.month)
        first = date(self.year, day.month, 1).weekday()
        row, column = divmod(first + day.day - 1, COLUMNS)
        return QRect(place.x() + column * self.cell, place.y() + (row + 2) * self.cell, self.cell, self.cell)

    def day_at(self, x: int, y: int) -> date | None:
        """The day at a point, or None between days."""
        width, height = self.month_size
        column, row = x // (width + self.gap), y // (height + self.gap)
        month = row * self.across + column + 1
        if not (0 <= column < self.across and 1 <= month <= 12) or x < 0 or y < 0:
            return None
        place = self.month_rect(month)
        at_column, at_row = (x - place.x()) // self.cell, (y - place.y()) // self.cell - 2
        number = at_row * COLUMNS + at_column - date(self.year, month, 1).weekday() + 1
        inside = at_column < COLUMNS and at_row >= 0 and 1 <= number <= monthrange(self.year, month)[1]
        return date(self.year, month, number) if inside else None


def days_of(year: int) -> list[date]:
    """Every day of a year."""
    first = date(year, 1, 1)
    return [first + timedelta(days=at) for at in range((date(year + 1, 1, 1) - first).days)]
