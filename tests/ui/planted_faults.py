"""Pages with one fault each, of every kind the detectors must find."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSlider,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.widgets.field import Field

LONG = "先问清要办成什么事再由系统倒着推出还缺什么已经有的材料不用再交问过的不再问每一项都说明为什么需要"


def page_with(*widgets: QWidget) -> QWidget:
    page = QWidget()
    page.setProperty("role", "page")
    column = QVBoxLayout(page)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return page


def labelled(editor: QWidget) -> QWidget:
    return Field(editor, "姓名")


def plain_label(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def nameless_field() -> QWidget:
    return QLineEdit()


def combo_without_a_label() -> QWidget:
    box = QComboBox()
    box.setAccessibleName("乡镇")
    box.addItems(["洮阳镇", "新添镇"])
    return box


def table_with(*, corner: bool, eats_tab: bool) -> QTableView:
    model = QStandardItemModel(1, 1)
    model.setItem(0, 0, QStandardItem("张伟"))
    table = QTableView()
    model.setParent(table)
    table.setModel(model)
    table.setAccessibleName("件")
    table.setCornerButtonEnabled(corner)
    table.setTabKeyNavigation(eats_tab)
    return table


class Painted(QWidget):
    """A control painted by hand that forgot to say what it is."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("图")
        self.setMinimumSize(40, 40)


class PaintedText(QWidget):
    """A widget that paints pale text by hand, and says where."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumSize(200, 40)

    def text_areas(self) -> list[tuple[object, str]]:
        return [(self.rect(), "等候")]

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(255, 255, 255))
        painter.setPen(QColor(200, 200, 200))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft, "等候")
        painter.end()


def markup_label() -> QWidget:
    label = QLabel("<b>张伟</b>")
    label.setTextFormat(Qt.TextFormat.AutoText)
    return label


def pale_label() -> QWidget:
    label = plain_label("看不清的字")
    palette = label.palette()
    palette.setColor(QPalette.ColorRole.WindowText, QColor(190, 190, 190))
    label.setPalette(palette)
    label.setStyleSheet("color: rgb(190, 190, 190)")
    return label


def pale_placeholder() -> QWidget:
    field = QLineEdit()
    field.setPlaceholderText("请输入姓名")
    field.setStyleSheet("placeholder-text-color: rgb(200, 200, 200)")
    return labelled(field)


def field_whose_focus_cannot_be_seen() -> QWidget:
    field = QLineEdit("张伟")
    field.setStyleSheet("QLineEdit, QLineEdit:focus { border: 1px solid rgb(120, 120, 120); margin: 2px; }")
    return labelled(field)


def field_whose_focus_is_a_thin_line() -> QWidget:
    field = QLineEdit("张伟")
    field.setStyleSheet("QLineEdit { border: 1px solid white; } QLineEdit:focus { border: 1px solid black; }")
    return labelled(field)


def box_whose_mark_cannot_be_seen() -> QWidget:
    box = QCheckBox("同意")
    box.setStyleSheet("QCheckBox::indicator { border: 1px solid rgb(225, 225, 225); background: white; }")
    return box


def radio_whose_mark_cannot_be_seen() -> QWidget:
    button = QRadioButton("本人")
    button.setStyleSheet("QRadioButton::indicator { border: 1px solid rgb(225, 225, 225); background: white; }")
    return button


def slider_whose_handle_cannot_be_seen() -> QWidget:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setAccessibleName("音量")
    slider.setStyleSheet(
        "QSlider::groove { background: transparent; height: 4px; }"
        "QSlider::handle { background: rgb(235, 235, 235); width: 20px; margin: -8px 0; border: none; }"
    )
    return slider


def cut_label() -> QWidget:
    label = plain_label("临洮县市场监督管理局")
    label.setFixedWidth(60)
    return label


def flattened_label() -> QWidget:
    label = plain_label("先问清要办成什么事，再由系统倒着推出还缺什么")
    label.setWordWrap(True)
    label.setFixedSize(120, 20)
    return label


def number_that_can_only_be_read_in_part() -> QWidget:
    field = QLineEdit("620421198001020011")
    field.setReadOnly(True)
    field.setFixedWidth(90)
    return labelled(field)


def squeezed_button() -> QWidget:
    button = QPushButton("打印收件回执")
    button.setFixedWidth(50)
    return button


def squeezed_box() -> QWidget:
    box = QComboBox()
    box.addItem("临洮县农产品有限公司")
    box.setFixedWidth(80)
    return labelled(box)


def elided_cell() -> QWidget:
    table = table_with(corner=False, eats_tab=False)
    model = table.model()
    model.setData(model.index(0, 0), "临洮县农产品有限公司")
    table.setColumnWidth(0, 60)
    table.setWordWrap(False)
    return table


def elided_tab() -> QWidget:
    tabs = QTabWidget()
    tabs.addTab(QWidget(), "今天要办的件")
    tabs.tabBar().setElideMode(Qt.TextElideMode.ElideRight)
    tabs.tabBar().setFixedWidth(50)
    tabs.tabBar().setAccessibleName("分页")
    tabs.tabBar().setUsesScrollButtons(False)
    return tabs


def sideways_area() -> QWidget:
    area = QScrollArea()
    wide = QWidget()
    wide.setMinimumWidth(3000)
    area.setWidget(wide)
    area.setAccessibleName("图")
    return area


def too_wide_for_the_screen() -> QWidget:
    wide = QWidget()
    wide.setMinimumWidth(1500)
    return wide


def tiny_button() -> QWidget:
    button = QPushButton("×")
    button.setStyleSheet("QPushButton { padding: 0; margin: 0; min-height: 0; min-width: 0; }")
    button.setFixedSize(18, 18)
    return button


def tiny_letters() -> QWidget:
    label = plain_label("小字")
    font = QFont(theme.current().font())
    font.setPixelSize(9)
    label.setFont(font)
    label.setStyleSheet("font-size: 9px")
    return label


def long_line() -> QWidget:
    return plain_label(LONG)


def text_in_a_label() -> QWidget:
    label = plain_label(LONG + LONG)
    label.setWordWrap(True)
    label.setFixedWidth(400)
    return label


PLANTED: list[tuple[int, str, Callable[[], QWidget]]] = [
    (1, "no accessible name", nameless_field),
    (2, "without a buddy label", combo_without_a_label),
    (2, "nameless corner", lambda: table_with(corner=True, eats_tab=False)),
    (2, "eats Tab", lambda: table_with(corner=False, eats_tab=True)),
    (2, "no role", Painted),
    (2, "markup", markup_label),
    (3, "contrast", pale_label),
    (3, "contrast", pale_placeholder),
    (3, "contrast", PaintedText),
    (4, "focus changes", field_whose_focus_cannot_be_seen),
    (4, "focus changes", field_whose_focus_is_a_thin_line),
    (4, "mark has", box_whose_mark_cannot_be_seen),
    (4, "mark has", radio_whose_mark_cannot_be_seen),
    (4, "mark has", slider_whose_handle_cannot_be_seen),
    (5, "needs", cut_label),
    (5, "of height", flattened_label),
    (5, "needs", number_that_can_only_be_read_in_part),
    (5, "needs", squeezed_button),
    (5, "needs", squeezed_box),
    (5, "is cut", elided_cell),
    (5, "elided", elided_tab),
    (5, "sideways", sideways_area),
    (5, "on a screen of", too_wide_for_the_screen),
    (6, "target of", tiny_button),
    (7, "capitals", tiny_letters),
    (8, "a line of", long_line),
    (8, "RunningText", text_in_a_label),
]
