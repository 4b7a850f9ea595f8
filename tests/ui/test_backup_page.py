"""Backup and restore in the window: taken, checked, put back; a bad one is named; the program goes on with the rest."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Program
from desktop.paths import Paths
from desktop.settings import load_settings
from desktop.ui.navigation import Seat
from desktop.ui.pages.backup import BackupPage
from desktop.usecases.backups.backups import Restored
from desktop.usecases.hall.halls import CounterForm, list_counters, save_counter
from tests.databases import copy_of_template
from tests.ui.admin_desk import (
    _quick_hashes,
    clock,
    come,
    hall,
    performer,
    put_page,
    seat,
    sqlite_database,
    text_of,
)
from tests.ui.conftest import SetLook
from tests.ui.page_checks import check_everywhere
from tests.usecases.conftest import PASSWORD, SmallHall
from tests.usecases.test_backups import BAD, come_in_at

__all__ = ["_quick_hashes", "clock", "hall", "performer", "seat", "sqlite_database"]

SENTENCES = {
    "backup_damaged": "这份备份已损坏",
    "backup_schema_newer": "更新版本的程序",
    "backup_wrong_key": "别的大厅的密钥",
    "backup_missing": "已不在原处",
}


@pytest.fixture
def page(seat: Seat, qtbot: QtBot) -> BackupPage:
    return put_page(qtbot, seat, BackupPage(seat))


def take(qtbot: QtBot, seat: Seat, page: BackupPage) -> Path:
    page.take.click()
    come(qtbot, seat, page)
    page.table.selectRow(0)
    path: Path = page.model.keys[0]
    return path


def ask_restore(qtbot: QtBot, seat: Seat, page: BackupPage) -> None:
    page.chosen.restore.click()
    come(qtbot, seat, page)


def confirm(qtbot: QtBot, seat: Seat, page: BackupPage, password: str = PASSWORD) -> None:
    page.chosen.password.editor.setText(password)
    page.chosen.confirm.click()
    come(qtbot, seat, page)


def test_without_a_backup_the_page_says_what_to_do(page: BackupPage) -> None:
    assert page.age.text() == "这个文件夹里还没有备份"
    assert page.age.status() == "overdue"
    assert text_of(page).count("没有备份") == 1, "said once"
    assert not page.table.isVisible()
    assert not page.chosen.isVisible()


def test_a_backup_is_taken_and_its_age_is_said(page: BackupPage, seat: Seat, qtbot: QtBot) -> None:
    take(qtbot, seat, page)
    assert page.notice.text() == "备份完成，已核验完整。"
    assert page.model.words()[0][1:] == ("人工备份", page.model.words()[0][2], "完好")
    assert "上次完好的备份" in page.age.text()
    assert not page.progress.isVisible()
    assert page.take.isEnabled()


def test_a_backup_can_be_stopped_while_it_is_taken(page: BackupPage, seat: Seat, qtbot: QtBot) -> None:
    page.take.click()
    assert page.progress.isVisible()
    page.progress.cancel.click()
    come(qtbot, seat, page)
    assert page.notice.text().startswith("已停止")
    page.reload()
    come(qtbot, seat, page)
    assert page.model.rowCount() == 0


def test_a_check_says_what_the_backup_holds(page: BackupPage, seat: Seat, qtbot: QtBot) -> None:
    take(qtbot, seat, page)
    page.chosen.check.click()
    come(qtbot, seat, page)
    assert "这份备份可以恢复" in page.notice.text()
    assert "临洮县政务大厅" in page.notice.text()


def test_a_restore_says_what_is_lost_and_asks_for_the_password(
    page: BackupPage, seat: Seat, hall: SmallHall, qtbot: QtBot
) -> None:
    take(qtbot, seat, page)
    ask_restore(qtbot, seat, page)
    assert "没有新的操作" in page.chosen.warning.text()
    assert page.chosen.warning.tone == "done"
    assert "另存为一份备份" in page.chosen.after.text()
    confirm(qtbot, seat, page, "")
    assert page.chosen.password.error() == "请输入密码。"
    confirm(qtbot, seat, page, "不对的密码")
    assert page.chosen.password.error() == "您的密码不对，请重新输入。"
    page.chosen.keep.click()
    assert not page.chosen.password.isVisible()
    assert page.chosen.restore.isVisible()


def test_a_restore_tells_the_program_before_and_after(
    page: BackupPage, seat: Seat, hall: SmallHall, qtbot: QtBot
) -> None:
    take(qtbot, seat, page)
    come_in_at(hall, datetime.now(UTC))
    seat.set_session(hall.administrator)
    hall.write(hall.administrator, save_counter, CounterForm("B01", "B01"))
    heard: list[object] = []
    seat.restore_begun.connect(lambda: heard.append("begun"))
    seat.restore_ended.connect(heard.append)
    ask_restore(qtbot, seat, page)
    assert page.chosen.warning.text().startswith("备份之后的以下操作将不在记录中")
    assert page.chosen.warning.tone == "warning"
    assert dict(page.chosen.lost.rows())["操作"] == "1"
    confirm(qtbot, seat, page)
    assert heard[0] == "begun"
    assert isinstance(heard[1], Restored)
    assert [row.code for row in hall.read(None, list_counters)] == ["A01", "A02"]


@pytest.mark.parametrize(("spoil", "code"), BAD)
def test_a_bad_backup_is_named_in_a_sentence_and_nothing_changes(
    page: BackupPage, seat: Seat, hall: SmallHall, qtbot: QtBot, spoil: Callable[[Path], None], code: str
) -> None:
    path = take(qtbot, seat, page)
    ask_restore(qtbot, seat, page)
    spoil(path)
    ended: list[object] = []
    seat.restore_ended.connect(ended.append)
    confirm(qtbot, seat, page)
    assert SENTENCES[code] in page.notice.text()
    assert "什么都没有改动" in page.notice.text()
    assert ended == [None]
    assert [row.code for row in hall.read(None, list_counters)] == ["A01", "A02"]
    page.chosen.keep.click()
    page.chosen.check.click()
    come(qtbot, seat, page)
    assert SENTENCES[code] in page.notice.text()


def test_another_folder_is_looked_into_and_one_that_is_none_is_refused(
    page: BackupPage, seat: Seat, qtbot: QtBot, tmp_path: Path
) -> None:
    take(qtbot, seat, page)
    stick = tmp_path / "stick"
    stick.mkdir()
    page.folder.editor.setText(str(stick))
    QTest.keyClick(page.folder.editor, Qt.Key.Key_Return)
    come(qtbot, seat, page)
    assert page.model.rowCount() == 0
    take(qtbot, seat, page)
    assert len(list(stick.glob("*.db"))) == 1
    page.folder.editor.setText(str(tmp_path / "nowhere"))
    QTest.keyClick(page.folder.editor, Qt.Key.Key_Return)
    come(qtbot, seat, page)
    page.take.click()
    come(qtbot, seat, page)
    assert page.folder.error() == "这个文件夹不存在或不能使用，请另选一个。"
    page.usual.click()
    come(qtbot, seat, page)
    assert page.model.rowCount() == 1


def test_the_page_keeps_the_rules_of_inclusion_empty_filled_and_asking(
    page: BackupPage, seat: Seat, hall: SmallHall, qtbot: QtBot
) -> None:
    assert check_everywhere(page) == []
    take(qtbot, seat, page)
    ask_restore(qtbot, seat, page)
    confirm(qtbot, seat, page, "不对的密码")
    assert check_everywhere(page) == []


# -- in the program ---------------------------------------------------------------------------------------------

PATIENCE = 30_000


@pytest.fixture
def program(qapp: QApplication, look: SetLook, tmp_path: Path, qtbot: QtBot) -> Iterator[Program]:
    """The whole program on an empty folder, with a hall founded and its administrator at the desk."""
    paths = Paths(copy_of_template(tmp_path / "seat").folder)
    started = Program(qapp, paths, load_settings(paths.seat_file))
    started.crash.remove()  # a bug is to fail the test
    qtbot.addWidget(started.window)
    started.show()
    started.wait_until_ready(PATIENCE)
    found(qtbot, started)
    enter(qtbot, started)
    yield started
    started.window.close()


def found(qtbot: QtBot, program: Program) -> None:
    page = program.window.found_hall
    for field, text in (
        (page.name_zh, "临洮县政务大厅"),
        (page.administrator, "马主任"),
        (page.login, "administrator"),
        (page.password, PASSWORD),
        (page.again, PASSWORD),
    ):
        field.editor.setText(text)
    page.found.click()
    qtbot.waitUntil(lambda: program.window.stack.currentWidget() is program.window.sign_in, timeout=PATIENCE)


def enter(qtbot: QtBot, program: Program) -> None:
    page = program.window.sign_in
    page.login.editor.setText("administrator")
    page.password.editor.setText(PASSWORD)
    page.enter.click()
    qtbot.waitUntil(program.window.is_at_desk, timeout=PATIENCE)


def test_after_a_restore_everybody_comes_in_by_the_door_and_the_old_records_work(
    program: Program, qtbot: QtBot
) -> None:
    seat, window = program._seat, program.window
    assert seat is not None
    window.workspace.go("backup")
    page = window.workspace.pages["backup"]
    assert isinstance(page, BackupPage)
    come(qtbot, seat, page)
    take(qtbot, seat, page)
    assert program._performer is not None
    program._performer.write(seat.session, save_counter, CounterForm("B01", "B01"))
    ask_restore(qtbot, seat, page)
    page.chosen.password.editor.setText(PASSWORD)
    page.chosen.confirm.click()
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.sign_in, timeout=PATIENCE)
    qtbot.waitUntil(lambda: "已恢复到备份时的记录" in window.sign_in.notice.text(), timeout=PATIENCE)
    assert seat.session is None
    enter(qtbot, program)
    assert program._performer.read(None, list_counters, None) == ()
    assert program._watcher is not None
