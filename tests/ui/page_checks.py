"""Rules 1 to 8 of inclusion on any page: hand it a page, get back what is wrong with it.

``check_page(page)`` looks at the page as it is now. ``check_everywhere(page)`` shows it in every theme, size and
language first; a page test needs one line::

    assert check_everywhere(QueuePage(...)) == []

Every theme is met in every size, and each of them in every language, which takes 16 looks. All 32 are for what every
page is made of: the widgets.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import product
from typing import Literal

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget

from desktop import words
from desktop.ui import theme, translate
from desktop.ui.sizes import Size, clerk_text_pixels, kiosk_text_pixels
from desktop.ui.theme import Theme
from tests.ui.page_fit import check_fit, check_letters, check_lines, check_targets
from tests.ui.page_names import check_names, check_translated, said
from tests.ui.page_parts import Fault, scroll_areas, settle
from tests.ui.page_pixels import check_focus_marks, check_marks, check_text_contrast

Kind = Literal["clerk", "kiosk"]

SCREENS: dict[Kind, QSize] = {"clerk": QSize(1366, 768), "kiosk": QSize(1080, 1920)}
KIOSK_DOTS_PER_MM = 1080 / 267.8  # a portrait screen of 21.5 inches
WITHIN_FRAME = QSize(1220, 600)  # what bar and rail leave a page of the largest text
TALLEST = 12_000

__all__ = ["Fault", "check_everywhere", "check_page", "check_within_frame"]


def check_page(page: QWidget, kind: Kind = "clerk", *, screen: QSize | None = None) -> list[Fault]:
    """What is wrong with a page in the theme, size and language of now."""
    with _hosted(page):
        window = _shown_window(page, kind, screen)
        found = check_names(page) + _check_measures(page, kind, screen or SCREENS[kind])
        _unfold(window, page)
        return found + check_text_contrast(page, kind) + check_marks(page) + check_focus_marks(page)


def check_within_frame(page: QWidget) -> list[Fault]:
    """What does not fit of a page, as it is now, in the room the window's frame leaves it at the largest size."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("a page needs a QApplication")
    found: list[Fault] = []
    with _hosted(page):
        for language in words.LANGUAGES:
            translate.switch_language(app, language)
            theme.apply(app, "light", "largest", standard_pixels=clerk_text_pixels())
            _shown_window(page, "clerk", WITHIN_FRAME)
            found += check_fit(page, WITHIN_FRAME)
        translate.switch_language(app, "zh")
        theme.apply(app, "light", "standard", standard_pixels=clerk_text_pixels())
        settle()
    return _told_once(found)


def check_everywhere(
    page: QWidget,
    kind: Kind = "clerk",
    *,
    screen: QSize | None = None,
    themes: Sequence[Theme] = theme.THEMES,
    sizes: Sequence[Size] = theme.SIZES,
    every_three: bool = False,
) -> list[Fault]:
    """What is wrong with a page in all themes, sizes and languages, met in pairs or all three; each fault is told once.

    The page is left in light, standard, Chinese.
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("a page needs a QApplication")
    pixels = kiosk_text_pixels(KIOSK_DOTS_PER_MM) if kind == "kiosk" else clerk_text_pixels()
    found: list[Fault] = []
    heard = []
    with _hosted(page):
        for language, looks in _looks(themes, sizes, every_three=every_three).items():
            translate.switch_language(app, language)
            measured: set[Size] = set()
            for size, shown_theme in looks:
                theme.apply(app, shown_theme, size, standard_pixels=pixels)
                found += _check_one(page, kind, screen, first=not measured, measures=size not in measured)
                measured.add(size)
            heard.append(said(page))
        translate.switch_language(app, "zh")
        theme.apply(app, "light", "standard", standard_pixels=clerk_text_pixels())
        settle()
    return _told_once(found + check_translated(*heard))


def _looks(
    themes: Sequence[Theme], sizes: Sequence[Size], *, every_three: bool
) -> dict[words.Language, list[tuple[Size, Theme]]]:
    """The sizes and themes to be seen in each language: every two of the three together, or every three."""
    whole = every_three or len(themes) < 2
    return {
        language: [
            (size, shown)
            for (row, size), (column, shown) in product(enumerate(sizes), enumerate(themes))
            if whole or (row + column) % 2 == order
        ]
        for order, language in enumerate(words.LANGUAGES)
    }


def _check_one(page: QWidget, kind: Kind, screen: QSize | None, *, first: bool, measures: bool) -> list[Fault]:
    """One look; names depend on neither theme nor size, measures not on theme, marks and focus not on language."""
    window = _shown_window(page, kind, screen)
    found: list[Fault] = []
    if first:
        found += check_names(page)
    if measures:
        found += _check_measures(page, kind, screen or SCREENS[kind])
    _unfold(window, page)
    found += check_text_contrast(page, kind)
    if words.language() == words.LANGUAGES[0]:
        found += check_marks(page) + check_focus_marks(page)
    return found


def _check_measures(page: QWidget, kind: Kind, screen: QSize) -> list[Fault]:
    return [
        *check_fit(page, screen),
        *check_targets(page, kind, KIOSK_DOTS_PER_MM),
        *check_letters(page, kind, KIOSK_DOTS_PER_MM),
        *check_lines(page),
    ]


@contextmanager
def _hosted(page: QWidget) -> Iterator[None]:
    """Give a page without a window one for as long as it is checked."""
    if page.parentWidget() is not None or isinstance(page, (QMainWindow, QDialog)) or page.windowTitle():
        yield
        return
    host = QMainWindow()
    host.setCentralWidget(page)
    yield
    host.takeCentralWidget()


def _shown_window(page: QWidget, kind: Kind, screen: QSize | None) -> QWidget:
    """The window of a page, as large as the screen and with the keyboard."""
    window = page.window()
    if not isinstance(window, QDialog):
        window.resize(screen or SCREENS[kind])
    window.show()
    window.activateWindow()
    settle()
    focused = window.focusWidget()
    if focused is not None:
        focused.clearFocus()  # its mark and its blinking line are no part of the picture of the others
        settle()
    return window


def _unfold(window: QWidget, page: QWidget) -> None:
    """Make the window as high as its page, so that one picture shows everything that scrolls up and down."""
    for _try in range(4):
        missing = max((area.verticalScrollBar().maximum() for area in scroll_areas(page)), default=0)
        if missing == 0:
            return
        window.resize(window.width(), min(TALLEST, window.height() + missing))
        settle()


def _told_once(found: list[Fault]) -> list[Fault]:
    """Each fault in the first look it was found in."""
    first: dict[tuple[int, str, str], Fault] = {}
    for each in found:
        first.setdefault((each.rule, each.widget, each.what), each)
    return list(first.values())
