"""Rules 1 to 8 of inclusion on any page: hand it a page, get back what is wrong with it.

``check_page(page)`` looks at the page as it is now. ``check_everywhere(page)`` shows it in every theme, size and
language first; a page test needs one line::

    assert check_everywhere(QueuePage(...)) == []
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
TALLEST = 12_000

__all__ = ["Fault", "check_everywhere", "check_page"]


def check_page(page: QWidget, kind: Kind = "clerk", *, screen: QSize | None = None) -> list[Fault]:
    """What is wrong with a page in the theme, size and language of now."""
    with _hosted(page):
        window = _shown_window(page, kind, screen)
        found = check_names(page) + _check_measures(page, kind, screen or SCREENS[kind])
        _unfold(window, page)
        return found + check_text_contrast(page, kind) + check_marks(page) + check_focus_marks(page)


def check_everywhere(
    page: QWidget,
    kind: Kind = "clerk",
    *,
    screen: QSize | None = None,
    themes: Sequence[Theme] = theme.THEMES,
    sizes: Sequence[Size] = theme.SIZES,
) -> list[Fault]:
    """What is wrong with a page in all four themes, four sizes and two languages; each fault is told once.

    The page is left in light, standard, Chinese.
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("a page needs a QApplication")
    pixels = kiosk_text_pixels(KIOSK_DOTS_PER_MM) if kind == "kiosk" else clerk_text_pixels()
    found: list[Fault] = []
    heard = []
    with _hosted(page):
        for language in words.LANGUAGES:
            translate.switch_language(app, language)
            for size, shown_theme in product(sizes, themes):
                theme.apply(app, shown_theme, size, standard_pixels=pixels)
                first = (shown_theme == themes[0], size == sizes[0])
                found += _check_one(page, kind, screen, first_theme=first[0], first_size=first[1])
            heard.append(said(page))
        translate.switch_language(app, "zh")
        theme.apply(app, "light", "standard", standard_pixels=clerk_text_pixels())
        settle()
    return _told_once(found + check_translated(*heard))


def _check_one(page: QWidget, kind: Kind, screen: QSize | None, *, first_theme: bool, first_size: bool) -> list[Fault]:
    """One of the 32 looks; names depend on neither theme nor size, measures not on theme, focus not on language."""
    window = _shown_window(page, kind, screen)
    found: list[Fault] = []
    if first_theme and first_size:
        found += check_names(page)
    if first_theme:
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
