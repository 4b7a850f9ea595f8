"""Rules 3 and 4, measured on the picture of a page: contrast of text, of marks, and of where the keyboard is."""

from collections import Counter
from functools import lru_cache
from math import pi

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QRadioButton,
    QSlider,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionSlider,
    QTabBar,
    QWidget,
)

from desktop.ui import theme
from tests.ui.page_names import focusable
from tests.ui.page_parts import Fault, fault, indicator_rect, on_page, settle, shown, texts

LEAST_PIXELS = 3  # of one colour: the heart of a stroke; the rest of a letter is blended with what lies under it
EVERY_ROW = 3  # one row of pixels in three is looked at; a letter has upright strokes in all of them
STRETCH = 64 * 4  # bytes compared at once
FOCUS_AREA = 0.9  # of a line two pixels wide around the widget: corners are round
SMALL_TEXT = 24  # pixels: below this a stroke is thinner than two, and is drawn twice as large to be measured


@lru_cache(maxsize=4096)
def luminance(colour: int) -> float:
    """Relative luminance of a colour 0xRRGGBB (WCAG 2.2)."""
    channels = ((colour >> 16) & 255, (colour >> 8) & 255, colour & 255)
    red, green, blue = (c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@lru_cache(maxsize=65536)
def contrast(one: int, other: int) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def picture(widget: QWidget, rect: QRect | None = None, ratio: float = 1) -> QImage:
    """What a widget looks like, or a part of it."""
    area = widget.rect() if rect is None else rect.intersected(widget.rect())
    drawn = QImage(area.size() * ratio, QImage.Format.Format_RGB32)
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(widget.palette().window().color())
    painter = QPainter(drawn)
    widget.render(painter, QPoint(0, 0), area)
    painter.end()
    return drawn


def colours(image: QImage, rect: QRect, every_row: int = 1) -> Counter[int]:
    """How many pixels of each colour there are in a part of a picture, in the picture's own pixels."""
    part = image.copy(rect)
    if every_row > 1 and part.height() > 2 * every_row:
        part = part.scaled(part.width(), part.height() // every_row)
    counted = Counter(memoryview(part.constBits()).cast("I"))
    return Counter({colour & 0xFFFFFF: count for colour, count in counted.items()})


def text_contrast(counted: Counter[int]) -> float:
    """Contrast of the text in a rectangle with what it stands on, or 0 where no text can be seen."""
    if not counted:
        return 0
    ground = counted.most_common(1)[0][0]
    inks = [contrast(ground, colour) for colour, count in counted.items() if count >= LEAST_PIXELS and colour != ground]
    return max(inks, default=0)


def limits(kind: str) -> tuple[float, float]:
    """The least and the greatest contrast of text in the theme of now, on a clerk's screen or a kiosk's."""
    if theme.current().theme == "high_contrast":
        return 20, 21.1
    if theme.current().theme == "low_glare":
        return 4.5, 8.05
    return (7 if kind == "kiosk" else 4.5), 21.1


def check_text_contrast(page: QWidget, kind: str) -> list[Fault]:
    """Texts whose contrast is outside the limits (rule 3)."""
    ratio = 2 if theme.current().text_pixels < SMALL_TEXT else 1
    image = picture(page, ratio=ratio)
    least, most = limits(kind)
    found = []
    for widget in shown(page):
        for part in texts(widget):
            rect = on_page(page, widget, part.rect & widget.rect())
            counted = colours(image, QRect(rect.topLeft() * ratio, rect.size() * ratio), EVERY_ROW)
            measured = text_contrast(counted)
            if not least <= measured <= most:
                what = f"contrast {measured:.1f} of “{part.text[:20]}”, not {least} to {most:.0f}"
                found.append(fault(3, widget, what))
    return found


def check_marks(page: QWidget) -> list[Fault]:
    """Check marks, radio marks, slider handles and combo arrows that cannot be told from their ground (rule 4)."""
    found = []
    for widget in shown(page):
        rect = _mark_rect(widget)
        if rect is None:
            continue
        image = picture(page, on_page(page, widget, rect).adjusted(-3, -3, 3, 3), ratio=2)
        ground = image.pixel(1, image.height() // 2) & 0xFFFFFF
        counted = colours(image, image.rect().adjusted(6, 6, -6, -6))
        seen = sum(count for colour, count in counted.items() if contrast(ground, colour) >= 3)
        needed = (0.25 if isinstance(widget, QComboBox) else 0.6) * pi * min(rect.width(), rect.height()) * 2
        if seen < needed:
            found.append(fault(4, widget, f"mark has {seen} visible pixels at 3:1, not {needed:.0f}"))
    return found


def _mark_rect(widget: QWidget) -> QRect | None:
    if isinstance(widget, (QCheckBox, QRadioButton)):
        return indicator_rect(widget)
    if isinstance(widget, QSlider):
        option = QStyleOptionSlider()
        widget.initStyleOption(option)
        handle = QStyle.SubControl.SC_SliderHandle
        return widget.style().subControlRect(QStyle.ComplexControl.CC_Slider, option, handle, widget)
    if isinstance(widget, QComboBox):
        box = QStyleOptionComboBox()
        widget.initStyleOption(box)
        arrow = QStyle.SubControl.SC_ComboBoxArrow
        return widget.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, box, arrow, widget)
    return None


def check_focus_marks(page: QWidget) -> list[Fault]:
    """Controls on which one cannot see that the keyboard is there (rule 4); one of each kind and role is tried."""
    window = page.window()
    before = window.focusWidget()
    tried = set()
    found = []
    for widget in focusable(page):
        kind = (type(widget), widget.property("role"), widget.property("invalid"), widget.isEnabled())
        if kind in tried or not widget.isEnabled():
            continue
        tried.add(kind)
        found += _focus_mark_of(widget, page)
    if before is not None:
        before.setFocus()
    return found


def _focus_mark_of(widget: QWidget, page: QWidget) -> list[Fault]:
    rect = widget.rect()
    if isinstance(widget, QTabBar):
        rect = widget.tabRect(widget.currentIndex())
    around = on_page(page, widget, rect).adjusted(-6, -6, 6, 6)
    widget.clearFocus()
    settle()
    without = picture(page, around)
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    settle()
    changed = changed_pixels(without, picture(page, around))
    _calm(widget)
    needed = FOCUS_AREA * (4 * (rect.width() + rect.height()) - 16)
    if changed < needed:
        return [fault(4, widget, f"focus changes {changed} pixels by 3:1, not {needed:.0f}")]
    return []


def _calm(widget: QWidget) -> None:
    """A view chooses its first row when it gets the keyboard; the next measurement must not see that."""
    if isinstance(widget, QAbstractItemView):
        widget.clearFocus()


def changed_pixels(one: QImage, other: QImage) -> int:
    """How many pixels differ between two pictures by a contrast of at least 3."""
    pairs: Counter[tuple[int, int]] = Counter()
    before, after = memoryview(one.constBits()), memoryview(other.constBits())
    for at in range(0, len(before), STRETCH):
        old, new = before[at : at + STRETCH], after[at : at + STRETCH]
        if old != new:
            pairs.update(zip(old.cast("I"), new.cast("I"), strict=True))
    return sum(
        count
        for (was, became), count in pairs.items()
        if was != became and contrast(was & 0xFFFFFF, became & 0xFFFFFF) >= 3
    )
