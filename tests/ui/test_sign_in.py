"""The way in: founding a hall, signing in, what is said when it does not succeed, and the rules of every page."""

from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import Program
from desktop.paths import Paths
from desktop.settings import load_settings
from desktop.ui import theme
from desktop.ui.pages.found_hall import FoundHallPage
from desktop.ui.pages.lock import LockPage
from desktop.ui.pages.sign_in import Entry, SignInPage
from desktop.ui.pages.start import StartPage
from desktop.ui.sizes import Size
from desktop.ui.widgets.card import Card
from desktop.usecases.backups.store_faults import FAULTS
from desktop.usecases.hall.hall_settings import Both, HallForm, save_hall
from desktop.usecases.hall.signing_in import AccountToSignIn
from desktop.usecases.permissions import Role
from desktop.usecases.refusals import SENTENCES, refusal_words
from desktop.usecases.refused import Refused
from desktop.workflow.catalogue.definitions import Text
from tests.databases import copy_of_template
from tests.ui.conftest import SetLook
from tests.ui.heard import description_of, with_keyboard
from tests.ui.page_checks import check_everywhere
from tests.ui.page_parts import settle

PATIENCE = 20_000
TRAINING = [
    AccountToSignIn("lina", "李娜", frozenset({Role.CLERK}), None),
    AccountToSignIn("wang", "王强", frozenset({Role.REVIEWER}), Text(zh="民政局", en="Civil Affairs")),
]
HALL = ("临洮县政务服务中心", "Lintao Service Hall")
PASSWORD = "一句容易记的话很安全"


@pytest.fixture
def program(qapp: QApplication, look: SetLook, tmp_path: Path, qtbot: QtBot) -> Iterator[Program]:
    """The whole program on an empty folder, at the page that comes first."""
    paths = Paths(copy_of_template(tmp_path / "hall").folder)
    started = Program(qapp, paths, load_settings(paths.seat_file))
    started.crash.remove()  # a bug is to fail the test
    qtbot.addWidget(started.window)
    started.show()
    started.wait_until_ready(PATIENCE)
    yield started
    started.window.close()


def in_front(program: Program) -> QWidget | None:
    """The page that is shown."""
    return program.window.stack.currentWidget()


def come_to(qtbot: QtBot, program: Program, page: QWidget) -> None:
    """Wait until a page is in front."""
    qtbot.waitUntil(lambda: in_front(program) is page, timeout=PATIENCE)


def found(qtbot: QtBot, program: Program) -> None:
    """Found a hall the way a person does."""
    page = program.window.found_hall
    page.own.click()
    page.name_zh.editor.setText(HALL[0])
    page.name_en.editor.setText(HALL[1])
    page.administrator.editor.setText("王强")
    page.login.editor.setText("wangqiang")
    page.password.editor.setText(PASSWORD)
    page.again.editor.setText(PASSWORD)
    page.found.click()
    come_to(qtbot, program, program.window.sign_in)


def enter(program: Program, password: str) -> None:
    """Sign in the way a person does."""
    page = program.window.sign_in
    page.login.editor.setText("wangqiang")
    page.password.editor.setText(password)
    page.enter.click()


def test_the_first_start_asks_for_the_hall_and_its_administrator(program: Program) -> None:
    assert in_front(program) is program.window.found_hall


def test_practice_or_an_own_hall_is_chosen_first_and_both_are_in_sight(program: Program) -> None:
    page = program.window.found_hall
    program.window.resize(1366, 768)
    settle()
    viewport = page.body.viewport()
    for button in (page.practice, page.own):
        assert button.isVisible()
        assert viewport.rect().contains(button.mapTo(viewport, button.rect().bottomRight()))
    assert page.practice.hasFocus()
    page.own.click()
    assert page.name_zh.isVisible()
    assert not page.practice.isVisible()
    page.back.click()
    assert page.practice.isVisible()


def test_the_practice_hall_counts_its_days_where_its_button_was(look: SetLook, qtbot: QtBot) -> None:
    page = FoundHallPage()
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    page.focus_first()
    page.practice.click()
    page.show_progress(1, 10)
    settle()
    assert "第2天，共10天" in page.progress._label.text()
    assert page.progress.cancel.hasFocus()
    assert page.body.verticalScrollBar().value() == 0
    with qtbot.waitSignal(page.practice_stopped):
        page.progress.cancel.click()


def test_a_hall_is_founded_and_its_administrator_signs_in(program: Program, qtbot: QtBot) -> None:
    found(qtbot, program)
    enter(program, PASSWORD)
    come_to(qtbot, program, program.window.workspace)
    assert program.window.workspace.bar.where.text() == HALL[0]
    assert program.window.workspace.bar.who.text() == "王强 · 管理员"
    assert program.window.sign_in.password.editor.text() == ""
    assert program.window.found_hall.password.editor.text() == ""


def test_a_hall_that_is_renamed_is_called_so_at_once(program: Program, qtbot: QtBot) -> None:
    found(qtbot, program)
    enter(program, PASSWORD)
    come_to(qtbot, program, program.window.workspace)
    bar, form = program.window.workspace.bar, HallForm(Both("临洮县便民服务中心"))
    assert program.runner is not None
    program.runner.write(program.window, save_hall, form)
    qtbot.waitUntil(lambda: bar.where.text() == "临洮县便民服务中心", timeout=PATIENCE)


def test_a_wrong_password_is_told_and_forgotten_and_the_name_is_kept(program: Program, qtbot: QtBot) -> None:
    found(qtbot, program)
    enter(program, "不是这一句")
    page = program.window.sign_in
    qtbot.waitUntil(lambda: page.notice.text() == "账号或密码不对，请核对后重试。", timeout=PATIENCE)
    assert page.login.editor.text() == "wangqiang"
    assert page.password.editor.text() == ""
    assert page.enter.isEnabled()


def test_in_the_largest_size_a_wrong_password_is_told_in_sight(program: Program, qtbot: QtBot, look: SetLook) -> None:
    found(qtbot, program)
    program.window.resize(1366, 768)
    look(size="largest")
    page = program.window.sign_in
    page.login.editor.setText("wangqiang")
    page.password.editor.setText("不是这一句")
    page.enter.setFocus(Qt.FocusReason.TabFocusReason)
    settle()
    QTest.mouseClick(page.enter, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.notice.isVisible, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not page.notice.visibleRegion().isEmpty(), timeout=PATIENCE)


def test_the_lock_opens_for_the_right_password_only_and_keeps_the_desk(program: Program, qtbot: QtBot) -> None:
    found(qtbot, program)
    enter(program, PASSWORD)
    window = program.window
    come_to(qtbot, program, window.workspace)
    page = window.workspace.stack.currentWidget()
    window.lock()
    assert in_front(program) is window.lock_page
    window.lock_page.password.editor.setText("不是这一句")
    window.lock_page.unlock.click()
    qtbot.waitUntil(lambda: window.lock_page.password.error() == "密码不对，请重新输入。", timeout=PATIENCE)
    assert with_keyboard() is window.lock_page.password.editor
    assert "密码不对" in description_of(with_keyboard())
    assert not window.lock_page.notice.isVisible()
    window.lock_page.password.editor.setText(PASSWORD)
    qtbot.wait(510)  # a second press within half a second is taken for a trembling hand
    window.lock_page.unlock.click()
    come_to(qtbot, program, window.workspace)
    assert window.workspace.stack.currentWidget() is page


def test_signing_out_clears_the_desk(program: Program, qtbot: QtBot) -> None:
    found(qtbot, program)
    enter(program, PASSWORD)
    come_to(qtbot, program, program.window.workspace)
    program.window.sign_out_requested.emit()
    come_to(qtbot, program, program.window.sign_in)
    assert program.window.workspace.pages == {}
    assert program.runner is not None
    assert program.runner.session is None


def test_records_that_were_moved_away_have_a_page_that_says_so(
    qapp: QApplication, look: SetLook, tmp_path: Path, qtbot: QtBot
) -> None:
    place = copy_of_template(tmp_path / "hall")
    kept = place.file.rename(tmp_path / "away.db")
    paths = Paths(place.folder)
    started = Program(qapp, paths, load_settings(paths.seat_file))
    started.crash.remove()
    qtbot.addWidget(started.window)
    started.show()
    qtbot.waitUntil(lambda: "原位置找不到办件记录" in started.window.start.notice.text(), timeout=PATIENCE)
    assert not place.file.exists()
    kept.rename(place.file)
    started.window.start.retry.click()
    started.wait_until_ready(PATIENCE)
    assert in_front(started) is started.window.found_hall
    started.window.close()


def test_an_empty_form_names_both_fields_and_asks_nobody(look: SetLook, qtbot: QtBot) -> None:
    page = SignInPage()
    qtbot.addWidget(page)
    with qtbot.assertNotEmitted(page.sign_in_requested):
        page.enter.click()
    assert page.login.error() == "请填写或选择账号。"
    assert page.password.error() == "请输入密码。"


def test_an_account_for_training_says_what_it_is_there_for(look: SetLook, qtbot: QtBot) -> None:
    page = SignInPage()
    qtbot.addWidget(page)
    page.offer(HALL, TRAINING, [])
    assert page.account.editor.rows.words() == [("窗口人员", "全大厅", "李娜"), ("审查人员", "民政局", "王强")]
    look(language="en")
    settle()
    assert page.account.editor.rows.words()[1] == ("Reviewer", "Civil Affairs", "王强")


def test_an_account_chosen_by_keys_is_kept_in_another_language(look: SetLook, qtbot: QtBot) -> None:
    page = SignInPage()
    qtbot.addWidget(page)
    page.offer(HALL, TRAINING, [("3", "3号窗口")])
    page.show()
    page.activateWindow()
    page.begin()
    QTest.keyClick(page.account.editor, Qt.Key.Key_Down)
    QTest.keyClick(page.account.editor, Qt.Key.Key_Down)
    look(language="en")
    settle()
    assert page.account.editor.value() == "wang"
    assert page.account.editor.hasFocus()
    QTest.keyClick(page.account.editor, Qt.Key.Key_Return)
    assert page.password.editor.hasFocus()


@pytest.mark.parametrize("size", ["standard", "largest"])
def test_start_first_start_sign_in_and_lock_have_one_card_in_the_middle(
    size: Size, look: SetLook, qtbot: QtBot
) -> None:
    widths = set()
    for made in (StartPage, FoundHallPage, SignInPage, LockPage):
        page = made()
        window = QMainWindow()
        qtbot.addWidget(window)
        window.setCentralWidget(page)
        window.resize(1366, 768)
        look(size=size)
        window.show()
        settle()
        cards = [card for card in page.findChildren(Card) if card.isVisible()]
        assert len(cards) == 1
        left = cards[0].mapTo(window, QPoint(0, 0)).x()
        assert abs(left - (window.width() - left - cards[0].width())) <= theme.current().px(1.5)  # of the scroll bar
        widths.add(cards[0].width() // 20)
        window.close()
    assert len(widths) == 1


def test_the_hall_is_named_once_at_the_door_and_under_the_lock(look: SetLook, qtbot: QtBot) -> None:
    page = SignInPage()
    qtbot.addWidget(page)
    page.offer(HALL, [], [])
    page.show()
    settle()
    said = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert said.count(HALL[0]) == said.count("一键") == 1


def test_a_hall_for_training_offers_its_accounts_and_counters(look: SetLook, qtbot: QtBot) -> None:
    page = SignInPage()
    qtbot.addWidget(page)
    page.offer(HALL, TRAINING, [("3", "3号窗口")])
    page.account.editor.set_value("lina")
    page.counter.editor.set_value("3")
    page.password.editor.setText("abc")
    with qtbot.waitSignal(page.sign_in_requested) as told:
        page.enter.click()
    assert told.args == [Entry("lina", "abc", "3")]


def test_two_different_passwords_found_no_hall(look: SetLook, qtbot: QtBot) -> None:
    page = FoundHallPage()
    qtbot.addWidget(page)
    for field in (page.name_zh, page.administrator, page.login, page.password):
        field.editor.setText("甲乙丙丁戊己庚辛")
    with qtbot.assertNotEmitted(page.found_requested):
        page.found.click()
    assert page.again.error() == "两次输入的密码不一样，请重新输入第二次。"


@pytest.mark.parametrize("code", SENTENCES)
def test_every_refusal_is_said_in_chinese(code: str, look: SetLook) -> None:
    values = {name: "3" for _text, name, _spec, _turn in Formatter().parse(SENTENCES[code]) if name}
    said = refusal_words(Refused(code, **values))
    assert said != SENTENCES[code].format(**values)
    assert "{" not in said


def test_the_page_of_the_start_keeps_the_rules(look: SetLook, qtbot: QtBot) -> None:
    page = StartPage()
    qtbot.addWidget(page)
    assert check_everywhere(page) == []


@pytest.mark.parametrize("code", FAULTS)
def test_each_fault_of_the_records_is_said_within_the_rules(code: str, look: SetLook, qtbot: QtBot) -> None:
    page = StartPage()
    qtbot.addWidget(page)
    page.say_fault(code)
    assert check_everywhere(page, themes=("light",), sizes=("standard", "largest")) == []


def test_the_page_of_founding_keeps_the_rules(look: SetLook, qtbot: QtBot) -> None:
    page = FoundHallPage()
    qtbot.addWidget(page)
    assert check_everywhere(page) == []


@pytest.mark.parametrize("training", [True, False])
def test_the_sign_in_page_keeps_the_rules(training: bool, look: SetLook, qtbot: QtBot) -> None:  # noqa: FBT001  a case
    page = SignInPage()
    qtbot.addWidget(page)
    page.offer(HALL, TRAINING if training else [], [("3", "3号窗口")])
    assert check_everywhere(page) == []


def test_the_lock_keeps_the_rules(look: SetLook, qtbot: QtBot) -> None:
    page = LockPage()
    qtbot.addWidget(page)
    page.begin("李娜")
    assert check_everywhere(page) == []
