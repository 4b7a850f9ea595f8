"""A field: its label above, help under the label, its editor, and the error under it; the answer is always kept."""

from typing import Generic, Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QSizePolicy, QWidget

from desktop.ui import theme
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.scroll_page import page_around


@runtime_checkable
class Composite(Protocol):
    """An editor made of several parts, which names each of them after the field it stands in."""

    def name_parts(self, name: str, description: str, label: QLabel) -> None:
        """Give every part a name and a description for those who hear the screen, and the label its buddy."""


Editor = TypeVar("Editor", bound=QWidget)

MOST = 10_000
"""Signs a line takes in: more than any answer may have, so that one too long is refused in words and never cut; of
more Qt would lay out every one, and the window would stand still."""


class Field(QWidget, Generic[Editor]):
    """One question and the place for its answer.

    ``hanzi`` is the width of the longest answer in Chinese characters: a field is as wide as its answer.
    """

    def __init__(
        self,
        editor: Editor,
        label: str = "",
        help_text: str = "",
        *,
        hanzi: float | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.editor: Editor = editor
        if isinstance(editor, QLineEdit):
            editor.setMaxLength(min(editor.maxLength(), MOST))
        self._hanzi = hanzi
        self._texts = {"label": label, "help": help_text, "error": ""}
        self.label = Label(role="label")
        self.label.setBuddy(editor)
        self.help = Label(role="muted")
        self._error = Label(role="error")
        self._error_row = QWidget()
        self._arrange()
        self._show_texts()
        self._measure()

    def set_label(self, text: str) -> None:
        """Say what is asked."""
        self._texts["label"] = text
        self._show_texts()

    def set_help(self, text: str) -> None:
        """Say how to answer, where to find the answer, or why it is asked."""
        self._texts["help"] = text
        self._show_texts()

    def set_error(self, text: str = "") -> None:
        """Say what is wrong with the answer and how to put it right; without a text the error is gone.

        The error is in the editor's description before anybody moves the focus, so that it is heard on arrival.
        """
        self._texts["error"] = text
        self._show_texts()

    def error(self) -> str:
        """The error shown, or an empty text."""
        return self._texts["error"]

    def label_text(self) -> str:
        """What is asked."""
        return self._texts["label"]

    def focus(self) -> None:
        """Bring the keyboard to the editor, as a press of Tab does, and the field into sight if it is there already."""
        page = page_around(self)
        if page is not None and self.editor.hasFocus():
            page.hold(self)
        self.editor.setFocus(Qt.FocusReason.TabFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Keep the width of the answer when the size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()

    def _arrange(self) -> None:
        row = Row(self._error_row, spacing=0.4)
        row.addWidget(IconLabel("alert-circle", "danger"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._error, 1)
        column = Column(self, spacing=0.2)
        for widget in (self.label, self.help, self.editor, self._error_row):
            column.addWidget(widget)

    def _show_texts(self) -> None:
        label, help_text, error = self._texts["label"], self._texts["help"], self._texts["error"]
        self.label.set_text(label)
        self.label.setVisible(bool(label))
        self.help.set_text(help_text)
        self.help.setVisible(bool(help_text))
        self._error.set_text(error)
        self._error_row.setVisible(bool(error))
        theme.set_state(self.editor, "invalid", bool(error))
        description = " ".join(text for text in (error, help_text) if text)
        self.editor.setAccessibleName(label)
        self.editor.setAccessibleDescription(description)
        _name_parts(self.editor, label, description, self.label)

    def _measure(self) -> None:
        if self._hanzi is None:
            return
        look = theme.current()
        self.editor.setMaximumWidth(look.line_width(self._hanzi) + look.px(2.5) + 2 * look.ring)
        self.editor.setSizePolicy(QSizePolicy.Policy.Expanding, self.editor.sizePolicy().verticalPolicy())


def _name_parts(editor: object, name: str, description: str, label: QLabel) -> None:
    if isinstance(editor, Composite):
        editor.name_parts(name, description, label)
