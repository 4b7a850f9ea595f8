"""One of several answers: a list of all of them while they are few, a box to choose from when they are many."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QButtonGroup,
    QComboBox,
    QLabel,
    QStyledItemDelegate,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.layouts import Column, emptied
from desktop.ui.widgets.wrapping import OneOf
from desktop.words import pgettext

Options = Sequence[tuple[str, str]]

SHOWN_AT_MOST = 6


class Choice(Retranslated, QWidget):
    """One of the options, each a key and its words; nothing is chosen beforehand.

    ``large`` shows each option of a list as wide as the page and apart from the next, to be pressed with a finger.
    """

    chosen = Signal(str)

    def __init__(
        self,
        options: Options = (),
        *,
        shown_at_most: int = SHOWN_AT_MOST,
        large: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._shown_at_most = shown_at_most
        self._large = large
        self._name = ""
        self._label: QLabel | None = None
        self._description = ""
        self._group = QButtonGroup(self)
        self._buttons: dict[str, OneOf] = {}
        self._box: QComboBox | None = None
        self._column = Column(self, spacing=1 if large else 0.2)
        self._group.buttonClicked.connect(self._on_button_clicked)
        self.set_options(options)

    def set_options(self, options: Options) -> None:
        """Offer other options, or the same in other words; an answer that is still among them is kept, and the keys."""
        kept, with_keys = self.value(), self.hasFocus() or self.isAncestorOf(QApplication.focusWidget() or self)
        self._clear()
        if len(options) > self._shown_at_most:
            self._offer_box(options)
        else:
            self._offer_buttons(options)
        self.set_value(kept)
        self.name_parts(self._name, self._description, self._label)
        if with_keys:
            self.setFocus()

    def value(self) -> str | None:
        """The key of the answer, or None while there is none."""
        if self._box is not None:
            key: str | None = self._box.currentData()
            return key
        return next((key for key, button in self._buttons.items() if button.isChecked()), None)

    def set_value(self, key: str | None) -> None:
        """Show an answer given before, or none."""
        if self._box is not None:
            self._box.setCurrentIndex(-1 if key is None else self._box.findData(key))
            return
        self._group.setExclusive(False)
        for each, button in self._buttons.items():
            button.setChecked(each == key)
        self._group.setExclusive(True)

    def name_parts(self, name: str, description: str, label: QLabel | None = None) -> None:
        """Name the options after the question they answer; a box is known by its label alone on some systems."""
        self._name, self._description, self._label = name, description, label
        if label is not None:
            label.setBuddy(self.focusProxy() or self)
        if self._box is not None:
            self._box.setAccessibleName(name)
            self._box.setAccessibleDescription(description)
            theme.set_state(self._box, "invalid", bool(self.property("invalid")))
        for button in self._buttons.values():
            word = button.words()
            named = pgettext("choice", "{answer}, {name}").format(answer=word, name=name) if name else word
            button.setAccessibleName(named)
            button.setAccessibleDescription(description)

    def retranslate(self) -> None:
        """Say "Choose" in the language of the seat; the options' words are the page's to say again."""
        if self._box is not None:
            self._box.setPlaceholderText(pgettext("choice", "Choose"))
        self.name_parts(self._name, self._description, self._label)

    @Slot(QAbstractButton)
    def _on_button_clicked(self, _button: QAbstractButton) -> None:
        self.chosen.emit(self.value() or "")

    @Slot(int)
    def _on_activated(self, _index: int) -> None:
        self.chosen.emit(self.value() or "")

    def _clear(self) -> None:
        for button in self._buttons.values():
            self._group.removeButton(button)
        emptied(self._column)
        self._buttons = {}
        self._box = None

    def _offer_box(self, options: Options) -> None:
        box = _Box()
        box.setItemDelegate(QStyledItemDelegate(box))
        box.setPlaceholderText(pgettext("choice", "Choose"))
        for key, words in options:
            box.addItem(words, key)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.activated.connect(self._on_activated)
        self._column.addWidget(box, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(box)
        self._box = box

    def _offer_buttons(self, options: Options) -> None:
        for key, words in options:
            button = OneOf(words)
            self._group.addButton(button)
            self._buttons[key] = button
            if self._large:
                button.setProperty("role", "choice")
            self._column.addWidget(button, 0, Qt.AlignmentFlag(0) if self._large else Qt.AlignmentFlag.AlignLeft)
        if self._buttons:
            self.setFocusProxy(next(iter(self._buttons.values())))


class _Box(QComboBox):
    """A box whose answer the wheel does not change while one scrolls the page."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()
