"""Tables and layouts: nothing cut, nothing sideways, only what is in sight is measured."""

import time

import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui import theme
from desktop.ui.sizes import Size
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.key_value import KeyValue
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.link import WrappingLink
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.ui.widgets.side_by_side import SideBySide
from desktop.ui.widgets.table import Table, Width
from desktop.ui.widgets.table_columns import share_out
from tests.ui.conftest import Put, SetLook
from tests.ui.heard import with_keyboard
from tests.ui.page_checks import check_page
from tests.ui.page_parts import settle

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class People(QAbstractTableModel):
    """A table that fetches its rows a hundred at a time."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.total = count
        self.fetched = min(count, 100)

    def rowCount(self, _parent: Index = NOWHERE) -> int:
        return self.fetched

    def columnCount(self, _parent: Index = NOWHERE) -> int:
        return 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        texts = (f"A{index.row():03}", "临洮县农产品有限公司", "还有3个工作日")
        return texts[index.column()] if role == Qt.ItemDataRole.DisplayRole else None

    def canFetchMore(self, _parent: Index) -> bool:
        return self.fetched < self.total

    def fetchMore(self, _parent: Index) -> None:
        more = min(100, self.total - self.fetched)
        self.beginInsertRows(NOWHERE, self.fetched, self.fetched + more - 1)
        self.fetched += more
        self.endInsertRows()


def people_table(count: int) -> tuple[Table, People]:
    table, model = Table("名单", [Width(4), Width(10, 1), Width(8)]), People(count)
    model.setParent(table)
    table.setModel(model)
    return table, model


def test_enter_opens_a_row_and_tab_leaves_the_table(put: Put, qtbot: QtBot) -> None:
    table, _model = people_table(3)
    after = QLineEdit()
    put(table, after)
    table.setFocus()
    table.selectRow(1)
    with qtbot.waitSignal(table.row_opened) as told:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert told.args == [1]
    QTest.keyClick(table, Qt.Key.Key_Tab)
    assert after.hasFocus()


def test_the_arrows_choose_a_row(put: Put, qtbot: QtBot) -> None:
    table, _model = people_table(3)
    put(table)
    table.setFocus()
    table.selectRow(0)
    with qtbot.waitSignal(table.row_chosen) as told:
        QTest.keyClick(table, Qt.Key.Key_Down)
    assert told.args == [1]
    assert table.selected_row() == 1


def test_rows_are_fetched_as_one_scrolls(put: Put) -> None:
    table, model = people_table(250)
    put(table)
    table.scrollToBottom()
    settle()
    table.scrollToBottom()
    settle()
    assert model.fetched > 100


@pytest.mark.parametrize("size", theme.SIZES)
def test_no_cell_is_cut_and_no_table_goes_sideways(size: Size, put: Put, look: SetLook) -> None:
    table, _model = people_table(5)
    put(table)
    look("light", size)
    settle()
    assert table.horizontalScrollBar().maximum() == 0
    assert sum(table.columnWidth(column) for column in range(3)) <= table.viewport().width()
    metrics = QFontMetricsF(table.font())
    for column in range(3):
        inner = table.columnWidth(column) - 2 * theme.current().px(0.8) - 6
        wanted = metrics.horizontalAdvance(str(table.model().index(0, column).data()))
        assert table.rowHeight(0) >= metrics.lineSpacing() * -(-wanted // inner)


def test_a_short_name_is_not_broken_nor_a_state_but_after_its_comma(put: Put) -> None:
    table, model = Table("名单", [Width(1), Width(30, 1), Width(1)]), QStandardItemModel(1, 3)
    for column, text in enumerate(("何国栋", "临洮县农产品有限公司", "已收件，待受理")):
        model.setItem(0, column, QStandardItem(text))
    table.setModel(model)
    put(table, width=400)
    settle()
    metrics = QFontMetricsF(table.font())
    assert table.columnWidth(0) > metrics.horizontalAdvance("何国栋")
    assert table.columnWidth(2) > metrics.horizontalAdvance("已收件，")


class HigherWhenWide(QWidget):
    """Parts that turn where there is room, and are higher so; how high in another width they learn there."""

    room = 400

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, _width: int) -> int:
        return 320 if self.width() >= self.room else 280

    def sizeHint(self) -> QSize:
        return QSize(100, self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()


def test_a_page_that_needs_its_bar_only_while_it_has_none_keeps_it(look: SetLook, qtbot: QtBot) -> None:
    look()
    page, parts = ScrollPage(margins=0), HigherWhenWide()
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    parts.setSizePolicy(policy)
    page.add(parts)
    page.add_stretch()
    qtbot.addWidget(page)
    page.show()
    for width in (380, 402, 408, 600):
        page.resize(width, 300)
        settle()
        assert parts.height() == parts.heightForWidth(0)
        assert page.verticalScrollBar().maximum() == max(0, parts.height() - page.viewport().height())


def test_a_long_table_measures_only_the_rows_in_sight(put: Put) -> None:
    table, model = people_table(100)
    put(table, width=300)
    tall = [row for row in range(model.rowCount()) if table.rowHeight(row) > theme.current().px(4)]
    assert tall
    assert max(tall) < 40


def test_columns_give_way_alike_but_not_below_their_longest_word() -> None:
    assert share_out(100, [30, 30], [10, 10], [0, 1]) == [30, 70]
    assert share_out(100, [30, 30], [10, 10], [0, 0]) == [30, 30]
    assert share_out(60, [80, 80], [40, 10], [0, 0]) == [43, 16]
    assert share_out(60, [30, 30], [60, 60], [0, 0]) == [30, 30]


def test_names_and_values_stand_under_each_other_when_the_text_is_large(put: Put, look: SetLook) -> None:
    facts = KeyValue([("编号", "YJ-1"), ("期限", "还有3个工作日")])
    put(facts)
    low = facts.sizeHint().height() / theme.current().u
    look("light", "larger")
    settle()
    assert facts.sizeHint().height() / theme.current().u > 1.5 * low
    assert facts.rows() == [("编号", "YJ-1"), ("期限", "还有3个工作日")]


def test_buttons_that_do_not_fit_go_on_in_the_next_row(put: Put) -> None:
    buttons = [Button("打印收件回执") for _each in range(4)]
    flow = Flow(*buttons)
    window = put(flow, width=900)
    assert len({button.y() for button in buttons}) == 1
    window.resize(400, 600)
    settle()
    assert len({button.y() for button in buttons}) == 2


def test_buttons_of_which_only_one_fits_stand_in_a_column_as_wide_as_the_page(put: Put, look: SetLook) -> None:
    buttons = [Button("打印收件回执"), Button("保存")]
    flow = Flow(*buttons)
    put(flow, width=360)
    look("light", "largest")
    settle()
    assert buttons[0].y() < buttons[1].y()
    assert buttons[0].width() == buttons[1].width() == flow.width()


def test_a_link_to_a_fault_goes_on_in_the_next_line(put: Put, look: SetLook) -> None:
    notice, field = Notice(), QLineEdit()
    field.setAccessibleName("密码")
    said = "Type your own password, so that nobody does this in your name."
    put(notice, field, width=600)
    notice.say_errors([(said, field)])
    look(size="largest", language="en")
    settle()
    link = next(each for each in notice.findChildren(WrappingLink) if each.isVisible())
    assert notice.window().width() == 600
    assert link.width() < QFontMetricsF(link.font()).horizontalAdvance(said)
    assert link.height() >= 3 * link.fontMetrics().lineSpacing()
    assert check_page(notice) == []
    assert link.accessibleName() == said
    look(language="en")
    settle()
    assert link.text() == said


def test_a_button_hidden_in_a_row_leaves_no_gap(put: Put) -> None:
    first, middle, last = Button("一"), Button("二"), Button("三")
    put(Flow(first, middle, last))
    middle.hide()
    settle()
    assert last.x() - first.geometry().right() - 1 == theme.current().px(1)


def test_two_parts_stand_beside_each_other_while_there_is_room(put: Put, look: SetLook) -> None:
    left, right = Card("申请人"), Card("这件事")
    halves = SideBySide(left, right)
    put(halves, width=1300)
    assert left.y() == right.y()
    assert not halves.is_stacked()
    look("light", "largest")
    settle()
    assert halves.is_stacked()
    assert right.y() > left.y()


def test_spaces_follow_the_size_of_the_text(look: SetLook) -> None:
    look()
    column = Column(spacing=2, margins=(1, 2, 3, 4))
    look("light", "larger")
    px = theme.current().px
    assert column.spacing() == px(2)
    margins = column.contentsMargins()
    assert (margins.left(), margins.top(), margins.right(), margins.bottom()) == (px(1), px(2), px(3), px(4))


def test_a_page_scrolls_down_to_what_gets_the_keyboard_and_never_sideways(look: SetLook, qtbot: QtBot) -> None:
    look("light", "largest")
    page = ScrollPage(hanzi=40)
    fields = [Field(QLineEdit(), "姓名", "和身份证上的一样") for _each in range(20)]
    for field in fields:
        page.add(field)
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    page.activateWindow()
    settle()
    fields[0].focus()
    for _step in range(19):
        QTest.keyClick(with_keyboard(), Qt.Key.Key_Tab)
    assert fields[-1].editor.hasFocus()
    assert page.verticalScrollBar().value() > 0
    assert page.horizontalScrollBar().maximum() == 0


def test_a_table_whose_rows_are_taken_away_is_empty(put: Put) -> None:
    table, _model = people_table(250)
    put(table)
    table.scrollToBottom()
    table.setModel(None)
    settle()
    assert table.selected_row() is None


def test_ten_thousand_rows_are_scrolled_without_delay(put: Put) -> None:
    table, model = people_table(10_000)
    model.fetched = 10_000
    model.layoutChanged.emit()
    put(table)
    begun = time.perf_counter()
    for _turn in range(20):
        table.verticalScrollBar().setValue(table.verticalScrollBar().value() + 300)
        settle()
    assert (time.perf_counter() - begun) / 20 < 0.05
