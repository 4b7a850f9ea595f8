"""What the program says: running text, statuses, notices, searches, progress and questions."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui import theme
from desktop.ui.widgets.ask import Ask, Verb
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.progress import Progress
from desktop.ui.widgets.running_text import RunningText
from desktop.ui.widgets.search_box import SearchBox
from desktop.ui.widgets.status_mark import STATUSES, StatusMark
from tests.ui.conftest import Put, SetLook
from tests.ui.heard import description_of, name_of
from tests.ui.page_parts import settle


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


def test_the_key_on_a_button_is_said_in_the_language_of_the_seat(put: Put, look: SetLook) -> None:
    button = Button("登记", shortcut="Ctrl+PgUp")
    put(button)
    for language in ("en", "zh"):
        look("light", "standard", language)
        settle()
        assert button._shortcut_text == QKeySequence("Ctrl+PgUp").toString(QKeySequence.SequenceFormat.NativeText)


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


def test_good_news_may_hold_the_keyboard_without_a_ring_and_is_no_stop_of_tab(put: Put) -> None:
    notice, field = Notice(), QLineEdit()
    put(field, notice)
    field.setFocus()
    notice.say_done("已保存")
    settle()
    before = notice.grab().toImage()
    notice.take_keys()
    settle()
    assert notice.hasFocus()
    assert notice.grab().toImage() == before
    assert not notice.focusPolicy() & Qt.FocusPolicy.TabFocus


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
    assert name_of(notice) == "还差2处："
    links = notice.findChildren(Button)
    assert [link.text() for link in links] == ["请填写姓名", "号码少一位"]
    links[1].click()
    assert phone.editor.hasFocus()
    look("light", "standard", "en")
    assert name_of(notice) == "2 places are still open:"


def test_a_notice_that_is_cleared_is_gone(put: Put) -> None:
    notice = Notice()
    put(notice)
    notice.say("warning", "今天系统较慢")
    notice.clear()
    assert not notice.isVisible()


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
