"""A date typed as three numbers, year, month and day, because calendars read badly and birthdays are far away."""

import datetime as dt
import re

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from desktop.ui import theme
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Row
from desktop.words import _, pgettext

_WHOLE_DATE = re.compile(r"^\D*(\d{4})\D*(\d{2}|\d{1,2}(?=\D))\D*(\d{1,2})\D*$")
_SEPARATORS = "-/. 年月日"


class DateEdit(Retranslated, QWidget):
    """Year, month and day; a whole date typed or pasted into the year (19800102, 1980-1-2) fills all three."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._label: QLabel | None = None
        self._description = ""
        self.year, self.month, self.day = (_Number(digits) for digits in (8, 2, 2))
        self._units = (Label(wraps=False), Label(wraps=False), Label(wraps=False))
        row = Row(self, spacing=0.4)
        for part, unit in zip(self._parts(), self._units, strict=True):
            row.addWidget(part)
            row.addWidget(unit)
            unit.setBuddy(part)
            part.textEdited.connect(self._on_text_edited)
        row.addStretch(1)
        self.year.separated.connect(self.month.take_over)
        self.month.separated.connect(self.day.take_over)
        self.setFocusProxy(self.year)
        self._measure()
        self.retranslate()

    def value(self) -> dt.date | None:
        """The date, or None while it is incomplete or no such day exists."""
        try:
            return dt.date(int(self.year.text()), int(self.month.text()), int(self.day.text()))
        except ValueError:
            return None

    def set_value(self, day: dt.date | None) -> None:
        """Show a date, or nothing."""
        numbers = ("", "", "") if day is None else (str(day.year), str(day.month), str(day.day))
        for part, number in zip(self._parts(), numbers, strict=True):
            part.setText(number)

    def is_empty(self) -> bool:
        """Whether nothing is typed; something typed that is no date is a different matter."""
        return not any(part.text() for part in self._parts())

    def fault(self) -> str:
        """Say what is wrong with what is typed; nothing while it is empty or a day."""
        if self.is_empty() or self.value() is not None:
            return ""
        return _("There is no such day. Check year, month and day.")

    def name_parts(self, name: str, description: str, label: QLabel | None = None) -> None:
        """Name the three fields after the question they answer."""
        self._name, self._description, self._label = name, description, label
        if label is not None:
            label.setBuddy(self.year)
        words = (pgettext("date", "year"), pgettext("date", "month"), pgettext("date", "day"))
        for part, word in zip(self._parts(), words, strict=True):
            part.setAccessibleName(pgettext("date", "{name}, {part}").format(name=name, part=word) if name else word)
            part.setAccessibleDescription(description)
            theme.set_state(part, "invalid", bool(self.property("invalid")))

    def retranslate(self) -> None:
        """Say year, month and day in the language of the seat."""
        words = (pgettext("date", "year"), pgettext("date", "month"), pgettext("date", "day"))
        for unit, word in zip(self._units, words, strict=True):
            unit.set_text(word)
        self.name_parts(self._name, self._description, self._label)

    def changeEvent(self, event: QEvent) -> None:
        """Keep the fields as wide as their numbers."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()

    @Slot(str)
    def _on_text_edited(self, text: str) -> None:
        match = _WHOLE_DATE.match(text) if self.sender() is self.year and len(text) > 5 else None
        if match is not None:
            for part, number in zip(self._parts(), match.groups(), strict=True):
                part.setText(str(int(number)))
            self.day.setFocus()
        self.edited.emit()

    def _parts(self) -> tuple["_Number", "_Number", "_Number"]:
        return self.year, self.month, self.day

    def _measure(self) -> None:
        look = theme.current()
        digit = self.fontMetrics().horizontalAdvance("0")
        for part, digits in zip(self._parts(), (4, 2, 2), strict=True):
            part.setFixedWidth(digit * (digits + 1) + look.px(1.6) + 2 * look.ring + 4)


class _Number(QLineEdit):
    """A few digits; a separator typed after them goes on to the next field."""

    separated = Signal()

    def __init__(self, digits: int) -> None:
        super().__init__()
        if digits <= 2:
            self.setValidator(QIntValidator(0, 99, self))
            self.setMaxLength(digits)
        else:
            self.setMaxLength(12)

    @Slot()
    def take_over(self) -> None:
        """Take the keyboard, with what is there selected to be typed over."""
        self.setFocus()
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on at a separator."""
        if event.text() and event.text() in _SEPARATORS:
            if self.text():
                self.separated.emit()
            return
        super().keyPressEvent(event)
