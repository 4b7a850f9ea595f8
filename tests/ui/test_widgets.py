"""The small widgets do what every page relies on: keys, names, errors, answers kept, and room for every text."""

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLabel, QLineEdit, QMainWindow, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui import theme
from desktop.ui.sizes import Size
from desktop.ui.widgets.ask import Ask, Verb
from desktop.ui.widgets.buttons import PRESS_AGAIN_MS, Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.date_edit import DateEdit
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.key_value import KeyValue
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.progress import Progress
from desktop.ui.widgets.running_text import RunningText
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.ui.widgets.search_box import SearchBox
from desktop.ui.widgets.side_by_side import SideBySide
from desktop.ui.widgets.status_mark import STATUSES, StatusMark
from desktop.ui.widgets.table import Table, Width
from desktop.ui.widgets.text_box import TextBox
from desktop.ui.widgets.yes_no import YesNo
from tests.ui.conftest import SetLook
from tests.ui.page_parts import settle

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
TOWNS = [(name, name) for name in ("洮阳镇", "新添镇", "中铺镇", "太石镇", "辛店镇", "峡口镇", "玉井镇")]


@pytest.fixture
def put(look: SetLook, qtbot: QtBot) -> Callable[..., QMainWindow]:
    """Put widgets under each other into a window that has the keyboard."""
    look()
    kept = []

    def put_widgets(*widgets: QWidget, width: int = 800) -> QMainWindow:
        window, page = QMainWindow(), QWidget()
        column = Column(page)
        for widget in widgets:
            column.addWidget(widget)
        column.addStretch(1)
        window.setCentralWidget(page)
        window.resize(width, 600)
        qtbot.addWidget(window)
        kept.append(window)
        window.show()
        window.activateWindow()
        settle()
        return window

    return put_widgets


Put = Callable[..., QMainWindow]


def with_keyboard() -> QWidget:
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def name_of(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def description_of(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Description)


# ---------------------------------------------------------------------------------------------------- buttons


def test_a_second_press_within_half_a_second_is_not_meant(put: Put) -> None:
    button, presses = Button("叫号"), []
    button.clicked.connect(lambda: presses.append(1))
    put(button)
    for _hand in range(3):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert len(presses) == 1


def test_a_press_after_half_a_second_is_meant(put: Put, qtbot: QtBot) -> None:
    button, presses = Button("叫号"), []
    button.clicked.connect(lambda: presses.append(1))
    put(button)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not button.is_repeat(), timeout=4 * PRESS_AGAIN_MS)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(presses) == 2


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_space_and_enter_press_a_button(key: Qt.Key, put: Put) -> None:
    button, presses = Button("受理"), []
    button.clicked.connect(lambda: presses.append(1))
    put(button)
    button.setFocus()
    QTest.keyClick(button, key)
    assert presses == [1]


def test_a_button_shows_its_key_and_the_key_presses_it(put: Put, qtbot: QtBot) -> None:
    plain, keyed = Button("保存"), Button("保存", shortcut="Ctrl+S")
    window = put(plain, keyed)
    assert keyed.sizeHint().width() > plain.sizeHint().width()
    with qtbot.waitSignal(keyed.clicked):
        QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


def test_a_button_keeps_its_key_when_its_word_changes(put: Put) -> None:
    button = Button("保存", shortcut="Ctrl+S")
    button.set_text("Save")
    assert button.shortcut().toString() == "Ctrl+S"


def test_an_ampersand_in_a_name_is_a_letter(put: Put) -> None:
    button = Button("A&B 商行")
    put(button)
    assert button.text() == "A&&B 商行"
    assert name_of(button) == "A&B 商行"
    assert button.shortcut().isEmpty()


def test_a_button_is_said_by_its_word_alone(put: Put) -> None:
    button = Button("保存", shortcut="Ctrl+S", icon="save")
    put(button)
    assert name_of(button) == "保存"


# ----------------------------------------------------------------------------------------------------- fields


def test_a_field_names_its_editor_and_says_the_help_and_the_error(put: Put) -> None:
    field = Field(QLineEdit("1380931000"), "手机号码", "可以不填")
    put(field)
    field.set_error("手机号码应为11位")
    assert name_of(field.editor) == "手机号码"
    assert description_of(field.editor) == "手机号码应为11位 可以不填"
    assert field.editor.text() == "1380931000"
    assert field.label.buddy() is field.editor


def test_an_error_that_is_put_right_is_gone(put: Put) -> None:
    field = Field(QLineEdit(), "姓名")
    put(field)
    field.set_error("请填写姓名")
    height = field.sizeHint().height()
    field.set_error()
    assert field.error() == ""
    assert field.sizeHint().height() < height
    assert field.editor.property("invalid") is False


def test_a_field_is_as_wide_as_its_answer_at_every_size(put: Put, look: SetLook) -> None:
    field = Field(QLineEdit(), "姓名", hanzi=6)
    put(field)
    for size in theme.SIZES:
        look("light", size)
        settle()
        room = field.editor.width()
        assert theme.current().line_width(6) <= room <= theme.current().line_width(9)


def test_a_name_with_markup_is_shown_as_it_was_typed(put: Put) -> None:
    field = Field(QLineEdit(), "<b>张伟</b> & 李雷")
    put(field)
    assert field.label.textFormat() is Qt.TextFormat.PlainText
    assert field.label.text() == "<b>张伟</b> && 李雷"


def test_the_name_of_a_field_reaches_every_part_of_a_date(put: Put, look: SetLook) -> None:
    field = Field(DateEdit(), "出生日期")
    put(field)
    field.set_error("没有这一天")
    names = [name_of(part) for part in (field.editor.year, field.editor.month, field.editor.day)]
    assert names == ["出生日期，年", "出生日期，月", "出生日期，日"]
    assert description_of(field.editor.day) == "没有这一天"
    look("light", "standard", "en")
    assert name_of(field.editor.year) == "出生日期, year"


def test_a_box_for_several_lines_lets_tab_go_on(put: Put) -> None:
    box, after = TextBox("备注"), QLineEdit()
    put(box, after)
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Tab)
    assert after.hasFocus()
    assert box.toPlainText() == "备注"


# ----------------------------------------------------------------------------------------------------- dates


def test_a_date_is_three_numbers() -> None:
    date = DateEdit()
    date.set_value(dt.date(1980, 1, 2))
    assert [part.text() for part in (date.year, date.month, date.day)] == ["1980", "1", "2"]
    assert date.value() == dt.date(1980, 1, 2)


@pytest.mark.parametrize("typed", ["19800102", "1980-01-02", "1980年1月2日"])
def test_a_whole_date_pasted_into_the_year_fills_all_three(typed: str, put: Put, qapp: QApplication) -> None:
    date = DateEdit()
    put(date)
    date.year.setFocus()
    qapp.clipboard().setText(typed)
    date.year.paste()
    assert date.value() == dt.date(1980, 1, 2)
    assert date.day.hasFocus()


def test_a_separator_goes_on_to_the_next_number(put: Put) -> None:
    date = DateEdit()
    put(date)
    date.setFocus()
    QTest.keyClicks(date.year, "1980-")
    assert date.month.hasFocus()
    QTest.keyClicks(date.month, "1.")
    assert date.day.hasFocus()
    QTest.keyClicks(date.day, "2")
    assert date.value() == dt.date(1980, 1, 2)


@pytest.mark.parametrize(("year", "month", "day"), [("1980", "2", "30"), ("1980", "", "1"), ("", "", "")])
def test_a_day_that_does_not_exist_is_no_date_but_is_kept(year: str, month: str, day: str) -> None:
    date = DateEdit()
    for part, text in zip((date.year, date.month, date.day), (year, month, day), strict=True):
        part.setText(text)
    assert date.value() is None
    assert date.is_empty() is (year == "")
    assert date.year.text() == year


# --------------------------------------------------------------------------------------------------- choices


def test_nothing_is_answered_beforehand() -> None:
    assert YesNo().value() is None
    assert Choice([("self", "本人"), ("agent", "代理人")]).value() is None
    assert Choice(TOWNS).value() is None


@pytest.mark.parametrize(
    ("key", "answer"),
    [(Qt.Key.Key_Y, "yes"), (Qt.Key.Key_2, "no"), (Qt.Key.Key_Question, "unknown"), (Qt.Key.Key_3, "unknown")],
)
def test_a_yes_or_no_is_answered_by_a_key(key: Qt.Key, answer: str, put: Put, qtbot: QtBot) -> None:
    question = YesNo()
    put(question)
    question.setFocus()
    with qtbot.waitSignal(question.answered) as told:
        QTest.keyClick(with_keyboard(), key)
    assert told.args == [answer]
    assert question.value() == answer


def test_not_knowing_is_no_answer_where_it_is_not_allowed(put: Put) -> None:
    question = YesNo(may_not_know=False)
    put(question)
    question.setFocus()
    QTest.keyClick(with_keyboard(), Qt.Key.Key_3)
    assert question.value() is None


def test_an_answer_can_be_taken_back() -> None:
    question = YesNo()
    question.set_value("no")
    assert question.value() == "no"
    question.set_value(None)
    assert question.value() is None


def test_few_options_are_listed_and_many_are_in_a_box(put: Put) -> None:
    few, many = Choice([("self", "本人"), ("agent", "代理人")]), Choice(TOWNS)
    put(few, many)
    assert len(few.findChildren(QRadioButton)) == 2
    assert len(many.findChildren(QComboBox)) == 1


def test_an_answer_survives_being_said_in_another_language(put: Put) -> None:
    choice = Choice([("self", "本人"), ("agent", "代理人")])
    put(choice)
    choice.set_value("agent")
    choice.set_options([("self", "Myself"), ("agent", "An agent")])
    assert choice.value() == "agent"
    choice.set_options([("self", "Myself")])
    assert choice.value() is None


def test_the_box_of_a_choice_has_the_field_s_label_for_its_name_even_when_it_comes_later(put: Put) -> None:
    field = Field(Choice(), "所在乡镇")
    put(field)
    field.editor.set_options(TOWNS)
    assert field.label.buddy() is field.editor.findChild(QComboBox)


def test_a_choice_tells_which_key_was_chosen(put: Put, qtbot: QtBot) -> None:
    choice = Choice([("self", "本人"), ("agent", "代理人")])
    put(choice)
    with qtbot.waitSignal(choice.chosen) as told:
        choice.findChildren(QRadioButton)[1].click()
    assert told.args == ["agent"]


# ----------------------------------------------------------------------------------------------------- texts


def test_running_text_stands_one_and_a_half_lines_apart(look: SetLook) -> None:
    look()
    text = RunningText("问清" * 60)
    lines = text.lines(theme.current().line_width(40))[0].lineCount()
    assert text.heightForWidth(theme.current().line_width(40)) == lines * 14 * 1.5


@pytest.mark.parametrize(("text", "longest"), [("问清要办成什么事" * 20, 40), ("what is wanted " * 30, 75)])
def test_lines_are_never_longer_than_an_eye_can_follow(text: str, longest: int, look: SetLook) -> None:
    look()
    layout = RunningText(text).lines(5000)[0]
    assert max(layout.lineAt(at).textLength() for at in range(layout.lineCount())) <= longest + 1


def test_running_text_is_read_as_a_text(put: Put) -> None:
    text = RunningText("先问清\n再办")
    put(text)
    interface = QAccessible.queryAccessibleInterface(text)
    assert interface.role() is QAccessible.Role.StaticText
    assert interface.text(QAccessible.Text.Name) == "先问清\n再办"


def test_a_break_in_running_text_begins_a_paragraph(look: SetLook) -> None:
    look()
    assert len(RunningText("先问清\n再办").lines(400)) == 2


@pytest.mark.parametrize("status", STATUSES)
def test_a_status_is_a_shape_and_a_word(status: str, put: Put, look: SetLook) -> None:
    mark = StatusMark(status)  # type: ignore[arg-type]  # parametrised
    put(mark)
    zh = mark.text()
    look("light", "standard", "en")
    assert zh
    assert mark.text() not in ("", zh)
    assert mark.contentsRect().left() > theme.current().px(1)


def test_a_status_says_the_page_s_better_word() -> None:
    mark = StatusMark("waiting", "等市场监管局")
    assert mark.text() == "等市场监管局"
    mark.set_status("done")
    assert mark.status() == "done"
    assert "市场监管局" not in mark.text()


# --------------------------------------------------------------------------------------------------- notices


def test_a_notice_with_nothing_to_say_takes_no_room(put: Put) -> None:
    notice = Notice()
    put(notice)
    assert not notice.isVisible()


def test_success_is_said_quietly_and_can_be_undone(put: Put, qtbot: QtBot) -> None:
    undone: list[int] = []
    notice, field = Notice(), QLineEdit()
    put(notice, field)
    field.setFocus()
    notice.say_done("已保存", ("撤销", lambda: undone.append(1)))
    settle()
    assert field.hasFocus()
    notice.findChildren(Button)[0].click()
    assert undone == [1]


def test_a_problem_says_what_why_and_what_to_do_and_takes_the_focus(put: Put) -> None:
    notice = Notice()
    put(notice)
    notice.say_problem("没有打印出来", "打印机缺纸", "加纸后再按打印")
    assert notice.hasFocus()
    assert notice.text() == "没有打印出来\n打印机缺纸\n加纸后再按打印"
    assert name_of(notice) == "没有打印出来"
    assert description_of(notice) == "打印机缺纸\n加纸后再按打印"


def test_errors_are_summed_up_and_each_leads_to_its_field(put: Put, look: SetLook) -> None:
    notice, name, phone = Notice(), Field(QLineEdit(), "姓名"), Field(QLineEdit(), "手机")
    put(notice, name, phone)
    notice.say_errors([("请填写姓名", name.editor), ("号码少一位", phone.editor)])
    assert notice.hasFocus()
    assert name_of(notice) == "有2处需要更正"
    links = notice.findChildren(Button)
    assert [link.text() for link in links] == ["请填写姓名", "号码少一位"]
    links[1].click()
    assert phone.editor.hasFocus()
    look("light", "standard", "en")
    assert name_of(notice) == "2 answers need a correction"


def test_a_notice_that_is_cleared_is_gone(put: Put) -> None:
    notice = Notice()
    put(notice)
    notice.say("warning", "今天系统较慢")
    notice.clear()
    assert not notice.isVisible()


# --------------------------------------------------------------------------------------------- tables, lists


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


def test_a_long_table_measures_only_the_rows_in_sight(put: Put) -> None:
    table, model = people_table(100)
    put(table, width=300)
    tall = [row for row in range(model.rowCount()) if table.rowHeight(row) > theme.current().px(4)]
    assert tall
    assert max(tall) < 40


def test_names_and_values_stand_under_each_other_when_the_text_is_large(put: Put, look: SetLook) -> None:
    facts = KeyValue([("编号", "YJ-1"), ("期限", "还有3个工作日")])
    put(facts)
    low = facts.sizeHint().height() / theme.current().u
    look("light", "larger")
    settle()
    assert facts.sizeHint().height() / theme.current().u > 1.5 * low
    assert facts.rows() == [("编号", "YJ-1"), ("期限", "还有3个工作日")]


# --------------------------------------------------------------------------------------------------- layouts


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


# ------------------------------------------------------------------------------------- search, progress, ask


def test_a_search_is_asked_when_typing_rests(put: Put, qtbot: QtBot) -> None:
    asked: list[str] = []
    box = SearchBox("找人")
    box.searched.connect(asked.append)
    put(box)
    with qtbot.waitSignal(box.searched):
        for typed in ("z", "zh", "zhang"):
            box.setText(typed)
            box.textEdited.emit(typed)
    assert asked == ["zhang"]


def test_enter_asks_at_once_and_escape_empties_the_box(put: Put) -> None:
    asked: list[str] = []
    box = SearchBox("找人")
    box.searched.connect(asked.append)
    put(box)
    box.setText("张伟 ")
    QTest.keyClick(box, Qt.Key.Key_Return)
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert asked == ["张伟", ""]
    assert box.text() == ""


def test_escape_in_an_empty_box_is_left_to_the_page(put: Put) -> None:
    box = SearchBox("找人")

    class Outer(QDialog):
        """A window that Escape closes."""

    window = put(box)
    outer = Outer(window)
    Column(outer).addWidget(box)
    outer.show()
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert not outer.isVisible()


def test_work_says_how_far_it_is_and_can_be_stopped(put: Put, qtbot: QtBot, look: SetLook) -> None:
    work = Progress("正在导入清单")
    put(work)
    assert not work.bar.isVisible()
    work.set_amount(37, 120)
    assert work.bar.isVisible()
    assert work.findChildren(QLabel)[0].text() == "正在导入清单：第37个，共120个"
    with qtbot.waitSignal(work.cancel_requested):
        work.cancel.click()


def ask(parent: QWidget | None = None) -> Ask:
    verbs = [Verb("refuse", "不予受理", "danger", "ban"), Verb("keep", "先不决定")]
    return Ask(parent, "不予受理这件事吗", "会发给申请人书面凭证，写明理由和救济途径。", verbs)


def test_a_question_is_answered_by_a_verb(put: Put, qtbot: QtBot) -> None:
    question = ask(put(QLineEdit()))
    question.open()
    with qtbot.waitSignal(question.chosen) as told:
        question.buttons["refuse"].click()
    assert told.args == ["refuse"]


def test_escape_answers_nothing(put: Put, qtbot: QtBot) -> None:
    question = ask(put(QLineEdit()))
    question.open()
    with qtbot.waitSignal(question.chosen) as told:
        QTest.keyClick(question, Qt.Key.Key_Escape)
    assert told.args == [""]


def test_the_dangerous_answer_does_not_have_the_keyboard(put: Put) -> None:
    question = ask(put(QLineEdit()))
    question.open()
    question.activateWindow()
    settle()
    assert question.buttons["keep"].hasFocus()


def test_an_empty_place_says_what_to_do(put: Put) -> None:
    action = Button("登记一件事")
    empty = EmptyState("inbox", "今天还没有件", "叫号以后，办的件会列在这里。", action)
    put(empty)
    said = [label.text() for label in empty.findChildren(Label)]
    assert said == ["今天还没有件", "叫号以后，办的件会列在这里。"]
    assert action.isVisible()
