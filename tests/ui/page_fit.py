"""Rules 5 to 8: nothing cut, nothing sideways, targets large enough, letters high enough, lines short enough."""

from itertools import combinations
from unicodedata import category

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QRadioButton,
    QTabBar,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.widgets.running_text import RunningText
from desktop.ui.widgets.table import STATUS_ROLE
from tests.ui.page_parts import Fault, button_text_rect, combo_text_rect, fault, shown, targets, visible_cells

CLERK_TARGET = 24  # pixels
KIOSK_TARGET_MM = 12.7
KIOSK_GAP_MM = 2.54
KIOSK_CAP_MM = {"standard": 3.9, "large": 4.8, "larger": 7.3, "largest": 8.8}
LATIN_A_HANZI = 40 / 75
GLANCED_LINES = 2  # of a label; what is longer is read, and reading needs lines further apart


def check_fit(page: QWidget, screen: QSize) -> list[Fault]:
    """Texts that are cut and pages that would have to be moved sideways (rule 5)."""
    found = []
    least = page.window().minimumSizeHint()
    if least.width() > screen.width() or least.height() > screen.height():
        what = f"needs {least.width()}×{least.height()} on a screen of {screen.width()}×{screen.height()}"
        found.append(fault(5, page, what))
    for widget in shown(page):
        what = _cut(widget)
        if what:
            found.append(fault(5, widget, what))
    return found


def _cut(widget: QWidget) -> str:
    """What of a widget is cut, or an empty text."""
    if isinstance(widget, QHeaderView):
        return ""
    if isinstance(widget, QAbstractScrollArea):
        own = hasattr(widget, "text_areas")  # breaks its words itself and says where they stand
        return _sideways(widget) or (_cut_cell(widget) if isinstance(widget, QAbstractItemView) and not own else "")
    if isinstance(widget, QLabel):
        return _cut_label(widget)
    return _cut_control(widget)


def _cut_control(widget: QWidget) -> str:
    if isinstance(widget, (QCheckBox, QRadioButton)):
        return _wider(widget, widget.text(), button_text_rect(widget).width())
    if isinstance(widget, QAbstractButton):
        return _smaller(widget, widget.sizeHint()) if widget.text() else ""
    if isinstance(widget, QComboBox):
        return _wider(widget, widget.currentText() or widget.placeholderText(), combo_text_rect(widget).width())
    if isinstance(widget, QLineEdit):
        fixed = widget.isReadOnly() or not widget.isEnabled()
        return _wider(widget, widget.text() if fixed else widget.placeholderText(), widget.width() - 12)
    if isinstance(widget, QTabBar):
        return next((f"tab “{widget.tabText(i)}” is elided" for i in range(widget.count()) if _tab_cut(widget, i)), "")
    return _outside(widget)


def _outside(widget: QWidget) -> str:
    """Whether a container gives its content less room than it needs."""
    layout = widget.layout()
    if layout is None or widget.isWindow():
        return ""
    least = layout.minimumSize()
    if least.width() > widget.width() + 1:
        return f"content needs {least.width()} pixels, has {widget.width()}"
    return ""


def _sideways(area: QAbstractScrollArea) -> str:
    bar = area.horizontalScrollBar()
    if bar.maximum() > 0:
        return f"scrolls sideways by {bar.maximum()} pixels"
    return ""


def _cut_label(label: QLabel) -> str:
    if not label.text():
        return ""
    inner = label.contentsRect()
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        widest = max((_advance(label, word) for word in label.text().split()), default=0)
        if not isinstance(label, RunningText) and _has_long_word(label) and widest > inner.width() + 1:
            return f"a word of “{label.text()[:20]}” is wider than its {inner.width()} pixels"
        return f"needs {needed} pixels of height, has {label.height()}" if needed > label.height() + 1 else ""
    return _wider(label, label.text(), inner.width()) or _lower(label, inner)


def _lower(label: QLabel, inner: QRect) -> str:
    needed = QFontMetricsF(label.font()).height()
    return f"letters of {needed:.0f} pixels in {inner.height()}" if needed > inner.height() + 2 else ""


def _has_long_word(label: QLabel) -> bool:
    return any(word.isascii() for word in label.text().split())


def _wider(widget: QWidget, text: str, room: int) -> str:
    needed = _advance(widget, text)
    return f"“{text[:20]}” needs {needed:.0f} pixels, has {room}" if needed > room + 1 else ""


def _advance(widget: QWidget, text: str) -> float:
    return max(QFontMetricsF(widget.font()).horizontalAdvance(line.replace("&&", "&")) for line in text.split("\n"))


def _smaller(widget: QWidget, wanted: QSize) -> str:
    if widget.width() < wanted.width() - 1 or widget.height() < wanted.height() - 1:
        return f"needs {wanted.width()}×{wanted.height()} pixels, has {widget.width()}×{widget.height()}"
    return ""


def _tab_cut(bar: QTabBar, at: int) -> bool:
    return bar.tabRect(at).width() < bar.tabSizeHint(at).width() - 1 or not bar.rect().contains(bar.tabRect(at))


def _cut_cell(view: QAbstractItemView) -> str:
    for index in visible_cells(view):
        text = str(index.data() or "")
        needed, has = view.sizeHintForIndex(index), view.visualRect(index)
        if (
            text
            and _cell_lines(view, text, has.width() - _sign_width(index)) * QFontMetricsF(view.font()).lineSpacing()
            > has.height() + 1
        ):
            return f"cell “{text[:20]}” is cut in {has.width()}×{has.height()}, needs {needed.height()} of height"
    return ""


def _sign_width(index: QModelIndex) -> int:
    """Room an icon or a status takes before the text of a cell."""
    sign = index.data(STATUS_ROLE) or index.data(Qt.ItemDataRole.DecorationRole)
    return theme.current().px(1.7) + 6 if sign is not None else 0


def _cell_lines(view: QAbstractItemView, text: str, width: int) -> int:
    """How many lines the text of a cell takes in a width; more than fit when it does not wrap at all."""
    inner = width - 2 * theme.current().px(0.8) - 6
    wraps = getattr(view, "wordWrap", lambda: False)()
    needed = QFontMetricsF(view.font()).horizontalAdvance(text)
    if needed <= inner + 1:
        return 1
    if not wraps:
        return 1_000
    longest = max((QFontMetricsF(view.font()).horizontalAdvance(w) for w in text.split() if w.isascii()), default=0)
    return 1_000 if longest > inner + 1 else len(_lines(view, text, inner))


def check_targets(page: QWidget, kind: str, dots_per_mm: float) -> list[Fault]:
    """What can be pressed and is too small, or at a kiosk too near to the next (rule 6)."""
    least = KIOSK_TARGET_MM * dots_per_mm if kind == "kiosk" else CLERK_TARGET
    pressed = targets(page)
    found = [
        fault(6, widget, f"target of {rect.width()}×{rect.height()} pixels, not {least:.0f}")
        for widget, rect in pressed
        if min(rect.width(), rect.height()) < round(least)
    ]
    if kind == "kiosk":
        gap = KIOSK_GAP_MM * dots_per_mm
        for (one, first), (_other, second) in combinations(pressed, 2):
            apart = _apart(first, second)
            if apart < round(gap):
                found.append(fault(6, one, f"{apart} pixels from the next target, not {gap:.0f}"))
    return found


def _apart(one: QRect, other: QRect) -> int:
    across = max(one.left() - other.right(), other.left() - one.right()) - 1
    down = max(one.top() - other.bottom(), other.top() - one.bottom()) - 1
    return max(across, down)


def check_letters(page: QWidget, kind: str, dots_per_mm: float) -> list[Fault]:
    """Letters lower than the size promises (rule 7)."""
    look = theme.current()
    desk = QFontMetricsF(look.font()).capHeight()
    least = KIOSK_CAP_MM[look.size] * dots_per_mm if kind == "kiosk" else desk
    found = []
    for widget in shown(page):
        cap = QFontMetricsF(widget.font()).capHeight()
        if cap < least - 0.6 and isinstance(widget, (QLabel, QAbstractButton, QLineEdit, QComboBox, QAbstractItemView)):
            found.append(fault(7, widget, f"capitals {cap:.1f} pixels high, not {least:.1f}"))
    return found


def check_lines(page: QWidget) -> list[Fault]:
    """Lines longer than 40 hanzi or 75 Latin letters, and texts whose lines stand too close (rule 8)."""
    found = []
    for widget in shown(page):
        if not isinstance(widget, QLabel) or not widget.text():
            continue
        lines = _shown_lines(widget)
        longest = max((length_in_hanzi(line) for line in lines), default=0)
        if longest > 41:
            found.append(fault(8, widget, f"a line of {longest:.0f} hanzi"))
        if not isinstance(widget, RunningText) and length_in_hanzi(widget.text()) > 40 * GLANCED_LINES:
            found.append(fault(8, widget, "a text to be read in a label; RunningText sets its lines apart"))
    return found


def length_in_hanzi(line: str) -> float:
    """How long a line is when a Latin letter counts as 40/75 of a hanzi; what has no width counts nothing."""
    seen = (each for each in line if category(each) != "Cf")
    return sum(LATIN_A_HANZI if ord(each) < 0x2E80 else 1 for each in seen)


def _shown_lines(label: QLabel) -> list[str]:
    if isinstance(label, RunningText):
        layouts = label.lines(label.width())
        return [_line_text(layout, at) for layout in layouts for at in range(layout.lineCount())]
    if not label.wordWrap():
        return label.text().split("\n")
    return [line for text in label.text().split("\n") for line in _lines(label, text, label.contentsRect().width())]


def _lines(widget: QWidget, text: str, width: int) -> list[str]:
    layout = QTextLayout(text, widget.font())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
    layout.endLayout()
    return [_line_text(layout, at) for at in range(layout.lineCount())]


def _line_text(layout: QTextLayout, at: int) -> str:
    line = layout.lineAt(at)
    return layout.text()[line.textStart() : line.textStart() + line.textLength()]
