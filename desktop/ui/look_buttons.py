"""Size, colours and language of the seat: the buttons that are in reach on every page, before sign-in and after."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from desktop import words
from desktop.ui import theme
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.layouts import Row
from desktop.words import _, gettext_noop

SIZE_WORDS = {
    "standard": gettext_noop("Standard text"),
    "large": gettext_noop("Large text"),
    "larger": gettext_noop("Larger text"),
    "largest": gettext_noop("Largest text"),
}
THEME_WORDS = {
    "light": gettext_noop("Light"),
    "dark": gettext_noop("Dark"),
    "high_contrast": gettext_noop("High contrast"),
    "low_glare": gettext_noop("Low glare"),
}
HELP_KEY = "F1"
LANGUAGE_WORDS = {"zh": "中文", "en": "English"}


class LookButtons(Retranslated, QWidget):
    """Size, colours and language of the seat, for the bar and for the pages before sign-in."""

    size_chosen = Signal(str)
    theme_chosen = Signal(str)
    language_chosen = Signal(str)
    help_requested = Signal()

    def __init__(self, parent: QWidget | None = None, *, more: Sequence[QWidget] = ()) -> None:
        super().__init__(parent)
        self.size_button = Button("", "quiet", icon="text-size")
        self.theme_button = Button("", "quiet", icon="contrast")
        self.language_button = Button("", "quiet", icon="languages")
        self.help_button = Button("", "quiet", icon="help-circle", shortcut=HELP_KEY)
        self.display_button = Button("", "quiet", icon="settings")
        self._most = False
        self._choices = (self.size_button, self.theme_button, self.language_button)
        self._others = (self.help_button, *more)
        row = Row(self, spacing=0.3)
        for button in (self.display_button, *self._choices, *self._others):
            row.addWidget(button)
        self.display_button.hide()
        self.display_button.clicked.connect(self._on_display_clicked)
        self.size_button.clicked.connect(self._on_size_clicked)
        self.theme_button.clicked.connect(self._on_theme_clicked)
        self.language_button.clicked.connect(self._on_language_clicked)
        self.help_button.clicked.connect(self.help_requested)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words in the language of the seat; the language button says the other language's own name."""
        self.size_button.set_text(_("Size"))
        self.theme_button.set_text(_("Colours"))
        other = "en" if words.language() == "zh" else "zh"
        self.language_button.set_text(LANGUAGE_WORDS[other])
        self.help_button.set_text(_("Help"))
        self.display_button.set_text(_("More") if self._most else _("Display"))

    def minimumSizeHint(self) -> QSize:
        """Never more than they need when they are gathered, so that a window can become so narrow that they are."""
        return QSize(self.gathered_width(most=True), super().minimumSizeHint().height())

    def full_width(self) -> int:
        """The width of all buttons in one row."""
        buttons = (*self._choices, *self._others)
        key = 0 if self.display_button.isHidden() else theme.current().px(3)  # of the help, hidden with them
        return sum(each.sizeHint().width() for each in buttons) + theme.current().px(0.3) * (len(buttons) + 1) + key

    def gathered_width(self, *, most: bool = False) -> int:
        """The width of the buttons in one row when three of them stand under one, or all but the last."""
        buttons = (self.display_button, *(self._others[-1:] if most else self._others))
        return sum(each.sizeHint().width() for each in buttons) + theme.current().px(0.3) * (len(buttons) - 1)

    def gather(self, gathered: bool, *, most: bool = False) -> None:  # noqa: FBT001  a setter like Qt's own
        """Put size, colours and language under one button, or each under its own; then no key is shown either.

        With `most` all but the last go there too.
        """
        self._most = gathered and most
        for button in self._choices:
            button.setVisible(not gathered)
        for other in self._others[:-1]:
            other.setVisible(not self._most)
        self.display_button.setVisible(gathered)
        self.display_button.set_text(_("More") if self._most else _("Display"))
        self.help_button.show_key("" if gathered else HELP_KEY)

    def _on_display_clicked(self) -> None:
        """Offer what is gathered; each goes on to its own choice at the same place."""
        menu = self._menu(self.display_button)
        for button in (*self._choices, *(self._others[:-1] if self._most else ())):
            menu.addAction(button.accessibleName()).setData(button)
        menu.triggered.connect(_go_on)
        menu.popup(self._below(self.display_button))

    def _on_size_clicked(self) -> None:
        self._offer(self.size_button, SIZE_WORDS, theme.current().size, self.size_chosen.emit)

    def _on_theme_clicked(self) -> None:
        self._offer(self.theme_button, THEME_WORDS, theme.current().theme, self.theme_chosen.emit)

    def _on_language_clicked(self) -> None:
        self.language_chosen.emit("en" if words.language() == "zh" else "zh")

    def _offer(self, button: Button, options: dict[str, str], now: str, choose: Callable[[str], None]) -> None:
        menu = self._menu(button)
        group = QActionGroup(menu)
        for key, word in options.items():
            action = QAction(_(word), menu)
            action.setCheckable(True)
            action.setChecked(key == now)
            action.setData(key)
            group.addAction(action)
            menu.addAction(action)
        group.triggered.connect(partial(_choose, choose))
        menu.popup(self._below(button if button.isVisible() else self.display_button))

    def _menu(self, button: Button) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(button.accessibleName())
        return menu

    def _below(self, button: Button) -> QPoint:
        return button.mapToGlobal(QPoint(0, button.height()))


def _go_on(action: QAction) -> None:
    action.data().click()


def _choose(choose: Callable[[str], None], action: QAction) -> None:
    choose(action.data())
