"""What is on a page: its visible widgets, their texts with the places they stand in, and what can be pressed."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QScrollBar,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStyleOptionGroupBox,
    QTabBar,
    QTextEdit,
    QToolButton,
    QTreeView,
    QWidget,
)

from desktop import words
from desktop.ui import theme

MOST_CELLS = 300

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignLeading
_UPRIGHT = Qt.AlignmentFlag.AlignVertical_Mask


@dataclass(frozen=True, slots=True)
class Fault:
    """One broken rule of inclusion.md: its number, the widget, what is wrong, and the look it was found in."""

    rule: int
    widget: str
    what: str
    look: str

    def __str__(self) -> str:
        return f"rule {self.rule}: {self.widget}: {self.what} [{self.look}]"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text on a widget and the rectangle it stands in, in the widget's pixels."""

    widget: QWidget
    rect: QRect
    text: str


def fault(rule: int, widget: QWidget, what: str) -> Fault:
    """A fault found in the look of now."""
    look = theme.current()
    return Fault(rule, named(widget), what, f"{look.theme} {look.size} {words.language()}")


def named(widget: QWidget) -> str:
    """How a report calls a widget: its class, its name or its text."""
    said = widget.objectName() or widget.accessibleName()
    if not said and isinstance(widget, (QLabel, QAbstractButton, QLineEdit)):
        said = widget.text()
    return f"{type(widget).__name__}({said[:30]})"


def shown(page: QWidget) -> list[QWidget]:
    """The page and every widget on it that can be seen, without the inner parts of Qt's own controls."""
    window = page.window()
    every = (page, *page.findChildren(QWidget))
    seen = (each for each in every if each.isVisibleTo(page) and not each.isHidden() and each.window() is window)
    return [widget for widget in seen if not is_inner(widget)]


def is_inner(widget: QWidget) -> bool:
    """Whether a widget is a part that Qt put into a control of its own, such as the view behind a combo box."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, (QComboBox, QAbstractSpinBox, QLineEdit, QScrollBar)):
            return True
        parent = parent.parentWidget()
    return isinstance(widget, QScrollBar) or widget.objectName() in ("qt_scrollarea_viewport", "qt_spinbox_lineedit")


def scroll_areas(page: QWidget) -> list[QScrollArea]:
    """The scrolling parts of a page, from the outside in."""
    return [widget for widget in shown(page) if isinstance(widget, QScrollArea)]


def texts(widget: QWidget) -> Iterator[Part]:
    """The texts a widget shows. A widget painted by hand says its own by a method ``text_areas``."""
    areas = getattr(widget, "text_areas", None)
    if areas is not None:
        yield from (Part(widget, rect, text) for rect, text in areas())
    elif isinstance(widget, QLabel):
        if widget.text():
            yield Part(widget, _begun(widget, widget.contentsRect(), widget.text()), widget.text())
    elif isinstance(widget, QAbstractButton):
        if widget.text():
            yield Part(widget, _button_rect(widget), widget.text().replace("&&", "&"))
    elif isinstance(widget, QAbstractItemView):
        yield from _cells(widget)
    else:
        yield from _other_texts(widget)


def _other_texts(widget: QWidget) -> Iterator[Part]:
    inner = widget.rect().adjusted(6, 6, -6, -6)
    if isinstance(widget, QLineEdit):
        text = widget.text() or widget.placeholderText()
        yield from _said(widget, _begun(widget, inner, text), text)
    elif isinstance(widget, (QTextEdit, QPlainTextEdit)):
        yield from _said(widget, inner, widget.toPlainText() or widget.placeholderText())
    elif isinstance(widget, QComboBox):
        yield from _said(widget, combo_text_rect(widget), widget.currentText() or widget.placeholderText())
    elif isinstance(widget, QAbstractSpinBox):
        yield from _said(widget, inner, widget.text())
    elif isinstance(widget, QTabBar):
        for at in range(widget.count()):
            yield from _said(widget, widget.tabRect(at).adjusted(4, 4, -4, -4), widget.tabText(at))
    elif isinstance(widget, QGroupBox):
        option = QStyleOptionGroupBox()
        widget.initStyleOption(option)
        label = QStyle.SubControl.SC_GroupBoxLabel
        rect = widget.style().subControlRect(QStyle.ComplexControl.CC_GroupBox, option, label, widget)
        yield from _said(widget, rect, widget.title())


def _begun(widget: QWidget, rect: QRect, text: str) -> QRect:
    """The part of a rectangle in which a text that begins at the left stands; the rest need not be looked at."""
    if isinstance(widget, (QLabel, QLineEdit)) and widget.alignment() & ~(_LEFT | _UPRIGHT):
        return rect
    font = widget.fontMetrics()
    return rect & QRect(
        rect.topLeft(), QSize(int(font.horizontalAdvance(text) * 1.2) + 4 * font.height(), rect.height())
    )


def _said(widget: QWidget, rect: QRect, text: str) -> Iterator[Part]:
    if text.strip():
        yield Part(widget, rect, text)


def combo_text_rect(box: QComboBox) -> QRect:
    """Where a combo box shows its answer."""
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    field = QStyle.SubControl.SC_ComboBoxEditField
    return box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, box)


def indicator_rect(button: QCheckBox | QRadioButton) -> QRect:
    """Where a check box or a radio button shows its mark."""
    option = QStyleOptionButton()
    button.initStyleOption(option)
    check, radio = QStyle.SubElement.SE_CheckBoxIndicator, QStyle.SubElement.SE_RadioButtonIndicator
    element = check if isinstance(button, QCheckBox) else radio
    return button.style().subElementRect(element, option, button)


def button_text_rect(button: QCheckBox | QRadioButton) -> QRect:
    """Where a check box or a radio button shows its words."""
    option = QStyleOptionButton()
    button.initStyleOption(option)
    check, radio = QStyle.SubElement.SE_CheckBoxContents, QStyle.SubElement.SE_RadioButtonContents
    element = check if isinstance(button, QCheckBox) else radio
    return button.style().subElementRect(element, option, button)


def _button_rect(button: QAbstractButton) -> QRect:
    if isinstance(button, (QCheckBox, QRadioButton)):
        return button_text_rect(button)
    if isinstance(button, QPushButton):
        option = QStyleOptionButton()
        button.initStyleOption(option)
        return button.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, button)
    return button.rect().adjusted(6, 6, -6, -6)


def _cells(view: QAbstractItemView) -> Iterator[Part]:
    """The texts of the cells in sight; a header is a view whose cells are its sections."""
    if isinstance(view, QHeaderView):
        yield from _sections(view)
        return
    for index in visible_cells(view):
        rect = view.visualRect(index).translated(view.viewport().pos())
        text = str(index.data() or "")
        if index.data(Qt.ItemDataRole.TextAlignmentRole) is None:
            rect = _begun(view, rect, text)
        yield from _said(view, rect, text)


def visible_cells(view: QAbstractItemView) -> list[QModelIndex]:
    """The cells of a list, table or tree that are wholly in sight, at most three hundred."""
    model: QAbstractItemModel | None = view.model()
    if model is None:
        return []
    found: list[QModelIndex] = []
    pending = [QModelIndex()]
    while pending and len(found) < MOST_CELLS:
        parent = pending.pop(0)
        for row in range(min(model.rowCount(parent), MOST_CELLS)):
            for column in range(model.columnCount(parent)):
                index = model.index(row, column, parent)
                rect = view.visualRect(index)
                if rect.isValid() and view.viewport().rect().contains(rect):
                    found.append(index)
                if column == 0 and isinstance(view, QTreeView):
                    pending.append(index)
    return found


def _sections(header: QHeaderView) -> Iterator[Part]:
    model: QAbstractItemModel | None = header.model()
    if model is None:
        return
    for at in range(header.count()):
        text = str(model.headerData(at, header.orientation()) or "")
        if text and not header.isSectionHidden(at):
            left = header.sectionViewportPosition(at)
            yield Part(header, QRect(left, 0, header.sectionSize(at), header.height()), text)


def targets(page: QWidget) -> list[tuple[QWidget, QRect]]:
    """What can be pressed: each control with its place on the page."""
    found: list[tuple[QWidget, QRect]] = []
    for widget in shown(page):
        if isinstance(widget, QTabBar):
            found += [(widget, on_page(page, widget, widget.tabRect(at))) for at in range(widget.count())]
        elif _is_pressed(widget):
            found.append((widget, on_page(page, widget, widget.rect())))
    return found


def _is_pressed(widget: QWidget) -> bool:
    if isinstance(widget, QToolButton) and isinstance(widget.parentWidget(), QTabBar):
        return False
    pressed = (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox, QAbstractSlider, QTextEdit, QPlainTextEdit)
    return isinstance(widget, pressed) and widget.isEnabled()


def on_page(page: QWidget, widget: QWidget, rect: QRect) -> QRect:
    """A rectangle of a widget in the pixels of the page."""
    return QRect(widget.mapTo(page, rect.topLeft()), rect.size())


def settle() -> None:
    """Let layouts, fonts and style sheets take effect."""
    for _turn in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()
