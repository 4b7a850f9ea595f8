"""The look of the program: one function lays theme and size over every window; widgets ask the look for the rest.

A page uses roles and the unit ``u``, never a colour or a pixel: ``button.setProperty("role", "primary")``,
``layout.setSpacing(current().px(2))``. Any style sheet stops Qt's live font scaling until it is set again, which is why
palette, font and style sheet are set together here and nowhere else.
"""

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Literal, get_args

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui import fonts, sizes
from desktop.ui.sizes import Size

Theme = Literal["light", "dark", "high_contrast", "low_glare"]
Step = Literal["text", "heading", "title"]

THEMES: tuple[Theme, ...] = get_args(Theme)
SIZES = sizes.SIZES

_STYLED = "styled"  # the application has Fusion under its style sheet, whose own name says nothing of that
_STEPS: dict[Step, float] = {"text": 1.0, "heading": sizes.HEADING, "title": sizes.TITLE}


@lru_cache(maxsize=len(THEMES))
def tokens_of(theme: Theme) -> dict[str, str]:
    """The colours of a theme by role, as ``#RRGGBB``."""
    text = (files("resources") / "themes" / f"{theme}.toml").read_text(encoding="utf-8")
    tokens: dict[str, str] = tomllib.loads(text)["tokens"]
    return tokens


class Look(QObject):
    """What theme and size are shown now, and every measure and colour that follows from them."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.theme: Theme = "light"
        self.size: Size = "standard"
        self.standard_pixels = sizes.clerk_text_pixels()
        self.text_pixels = self.standard_pixels
        self.u = self.text_pixels * fonts.LINE_HEIGHT / 2
        self._hanzi: float | None = None

    @property
    def ring(self) -> int:
        """Thickness of the focus mark in pixels; one of them covers the border, the others lie outside it."""
        return max(3, self.px(0.28))

    @property
    def is_large(self) -> bool:
        """Whether the text is so large that what stands around a page must give it room."""
        return self.text_pixels >= self.standard_pixels * sizes.LARGE_FROM

    @property
    def radius(self) -> int:
        """Radius of corners in pixels."""
        return self.px(0.5)

    def px(self, units: float) -> int:
        """So many ``u`` in whole pixels."""
        return round(self.u * units)

    def token(self, role: str) -> QColor:
        """The colour of a role in this theme; an unknown role is a bug."""
        return QColor(tokens_of(self.theme)[role])

    def font(self, step: Step = "text", *, strong: bool = False) -> QFont:
        """The typeface at one of the three steps of size."""
        return fonts.font(self.text_pixels * _STEPS[step], strong=strong)

    def line_width(self, hanzi: float = 40) -> int:
        """Width in pixels of a line of so many Chinese characters; 40 is the longest that reads well."""
        if self._hanzi is None:
            self._hanzi = QFontMetricsF(self.font()).horizontalAdvance("国")
        return int(self._hanzi * hanzi)

    def take(self, theme: Theme, size: Size, standard_pixels: float) -> None:
        """Hold another theme and size; only ``apply`` calls this."""
        self.theme = theme
        self.size = size
        self.standard_pixels = standard_pixels
        self.text_pixels = round(sizes.scaled(standard_pixels, size))
        self.u = self.text_pixels * fonts.LINE_HEIGHT / 2
        self._hanzi = None


@lru_cache(maxsize=1)
def current() -> Look:
    """The look of this program; one object for its whole life, so that its signal can be connected once."""
    return Look()


def apply(app: QApplication, theme: Theme, size: Size, *, standard_pixels: float | None = None) -> None:
    """Lay a theme and a size over every window of the program.

    ``standard_pixels`` is the text size of the standard step on this screen (``sizes.clerk_text_pixels``,
    ``sizes.kiosk_text_pixels``); without it the one in force stays. Nothing is done where all is as it is asked for.
    """
    from desktop.ui.stylesheet import style_sheet

    fonts.load()
    look = current()
    pixels = look.standard_pixels if standard_pixels is None else standard_pixels
    is_styled = app.property(_STYLED) is not None
    if is_styled and (theme, size, pixels) == (look.theme, look.size, look.standard_pixels):
        return
    look.take(theme, size, pixels)
    if not is_styled:
        app.setStyle("Fusion")
        app.setProperty(_STYLED, True)
    app.setPalette(palette(look))
    app.setFont(look.font())
    _lay(app, style_sheet(look))
    look.changed.emit()


def _lay(app: QApplication, sheet: str) -> None:
    """Lay a style sheet over all widgets, however deep they lie: none first, and then the new one.

    Qt lays a sheet that takes another's place over a widget once for itself and once for every widget it lies in;
    to take a sheet away, or to lay the first, it goes over each only once. Widgets that were never styled would keep
    the old font.
    """
    for widget in app.allWidgets():
        if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            widget.ensurePolished()
    app.setStyleSheet("")
    app.setStyleSheet(sheet)


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget another role while it is shown; before its first showing ``setProperty`` is enough."""
    set_state(widget, "role", role)


def set_state(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and draw the widget by it at once."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    QWidget.update(widget)  # on Qt 6.8 a view has only its own `update`, which wants an index


def palette(look: Look) -> QPalette:
    """Qt's palette from the tokens, for whatever the style sheet does not draw."""
    roles = {
        QPalette.ColorRole.Window: "page",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "page",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.BrightText: "danger",
        QPalette.ColorRole.PlaceholderText: "muted",
        QPalette.ColorRole.ToolTipBase: "surface",
        QPalette.ColorRole.ToolTipText: "text",
        QPalette.ColorRole.Highlight: "selected",
        QPalette.ColorRole.HighlightedText: "on_selected",
        QPalette.ColorRole.Accent: "accent",
        QPalette.ColorRole.Link: "accent",
        QPalette.ColorRole.LinkVisited: "accent",
        QPalette.ColorRole.Light: "hairline",
        QPalette.ColorRole.Midlight: "hairline",
        QPalette.ColorRole.Mid: "border",
        QPalette.ColorRole.Dark: "border",
        QPalette.ColorRole.Shadow: "border",
    }
    made = QPalette()
    for role, token in roles.items():
        made.setColor(QPalette.ColorGroup.All, role, look.token(token))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, look.token("muted"))
    return made
