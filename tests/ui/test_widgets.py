"""Buttons, fields and choices: keys, names, errors, and answers kept."""

import datetime as dt

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QRadioButton
from pytestqt.qtbot import QtBot

from desktop.ui import theme
from desktop.ui.widgets.buttons import PRESS_AGAIN_MS, Button
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.date_edit import DateEdit
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.number_box import NumberBox
from desktop.ui.widgets.text_box import TextBox
from desktop.ui.widgets.yes_no import YesNo
from tests.ui.conftest import Put, SetLook
from tests.ui.heard import description_of, name_of, with_keyboard
from tests.ui.page_parts import settle

TOWNS = [(name, name) for name in ("洮阳镇", "新添镇", "中铺镇", "太石镇", "辛店镇", "峡口镇", "玉井镇")]


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


def test_a_word_given_later_stands_as_far_from_its_icon_as_one_given_at_once(put: Put) -> None:
    at_once, later = Button("去办理", icon="briefcase"), Button(icon="briefcase")
    later.set_text("去办理")
    put(at_once, later)
    assert later.iconSize() == at_once.iconSize()


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


@pytest.mark.bad_input("markup in any text field")
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


def test_the_wheel_scrolls_the_page_and_changes_no_answer(put: Put) -> None:
    choice, number = Choice(TOWNS), NumberBox(0, 9)
    put(choice, number)
    choice.set_value("中铺镇")
    number.setValue(5)
    box = choice.findChild(QComboBox)
    assert box is not None
    for widget in (box, number):
        widget.setFocus()
        centre = QPointF(widget.rect().center())
        buttons, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
        wheel = QWheelEvent(
            centre, centre, QPoint(), QPoint(0, -120), buttons, keys, Qt.ScrollPhase.NoScrollPhase, False
        )
        QApplication.sendEvent(widget, wheel)
    assert choice.value() == "中铺镇"
    assert number.value() == 5


def test_a_choice_tells_which_key_was_chosen(put: Put, qtbot: QtBot) -> None:
    choice = Choice([("self", "本人"), ("agent", "代理人")])
    put(choice)
    with qtbot.waitSignal(choice.chosen) as told:
        choice.findChildren(QRadioButton)[1].click()
    assert told.args == ["agent"]


@pytest.mark.parametrize("options", [TOWNS, TOWNS[:2]])
def test_the_keys_stay_at_a_choice_that_gets_other_options(options: list[tuple[str, str]], put: Put) -> None:
    choice, other = Choice(options), QLineEdit()
    put(other, choice)
    choice.setFocus()
    choice.set_options([*options, ("new", "新的")])
    settle()
    assert choice.isAncestorOf(with_keyboard())
