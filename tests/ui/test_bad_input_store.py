"""Whatever happens to the records, the window says what and what to do, in its language, and nothing kept is lost."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select, text

from db.backup import list_backups
from db.keys import KEY_FILE, Keys
from db.migrate import change_version, newest_version, open_up_to_date, schema_version
from db.models.request import Request
from db.models.writing import Draft
from db.open import Database, open_database
from desktop import words
from desktop.app import Program
from desktop.log import start_log, stop_log
from desktop.paths import Paths
from desktop.usecases.requests.drafts import SaveDraft, save_draft
from tests.db.seats import ROOT
from tests.ui.conftest import SetLook
from tests.ui.hall_on_disk import SECRET, at_the_door, hall_on_disk, opened, place_of, quiet, sit_down, wait
from tests.usecases.conftest import _quick_hashes

__all__ = ["_quick_hashes"]

Start = Callable[[words.Language], Program]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return hall_on_disk(tmp_path / "hall")


@pytest.fixture
def start(qapp: QApplication, look: SetLook, paths: Paths, qtbot: QtBot) -> Iterator[Start]:
    """Open the program on the hall; at the end nothing of it has crashed and its log holds nothing about people."""
    programs: list[Program] = []
    crashes: list[str] = []
    log = start_log(paths.folder.parent / "yijian.log")

    def begin(language: words.Language) -> Program:
        program = opened(qapp, paths, language)
        program.crash.noticed.connect(crashes.append)
        programs.append(program)
        return program

    yield begin
    for program in programs:
        program.window.close()
        program.close()
        program.window.deleteLater()
    stop_log(log)
    assert crashes == []
    file = paths.folder.parent / "yijian.log"
    lines = file.read_text() if file.exists() else ""
    assert not any(secret in lines for secret in (SECRET, "王小明", "李娜"))


def words_of(paths: Paths) -> list[str | None]:
    """Return what people said in every request of the records on the disk."""
    database = open_up_to_date(place_of(paths), Keys.load(paths.folder))
    try:
        with database.read() as connection:
            return list(connection.execute(select(Request.words)).scalars())
    finally:
        database.close()


def damage(paths: Paths) -> None:
    content = bytearray(place_of(paths).file.read_bytes())
    content[2000] ^= 0xFF
    place_of(paths).file.write_bytes(content)


def cut(paths: Paths) -> None:
    os.truncate(place_of(paths).file, 8192)


def take_away(paths: Paths) -> None:
    place_of(paths).file.unlink()


def exchange_the_key(paths: Paths) -> None:
    with tempfile.TemporaryDirectory() as other:
        Keys.create(Path(other))
        shutil.copyfile(Path(other) / "keys" / "seat.key", paths.folder / "keys" / "seat.key")


def lose_the_key(paths: Paths) -> None:
    (paths.folder / "keys" / "seat.key").unlink()


def spoil_the_key(paths: Paths) -> None:
    (paths.folder / KEY_FILE).write_text("{}")


def make_newer(paths: Paths) -> None:
    database = open_up_to_date(place_of(paths), Keys.load(paths.folder))
    later = newest_version() + 1
    with database.write() as connection:
        connection.execute(text("UPDATE schema_state SET minimum_seat = :later"), {"later": later})
        connection.exec_driver_sql(f"PRAGMA user_version = {later:d}")
    database.remember_schema(later)
    database.close()


FAULTS = [
    pytest.param(
        damage, ("办件记录已损坏", "恢复最近一次备份"), ("The records are damaged", "Restore the last backup"),
        id="damaged", marks=pytest.mark.bad_input("a damaged file"),
    ),
    pytest.param(
        cut, ("办件记录不完整", "恢复最近一次备份"), ("The records are not complete", "Restore the last backup"),
        id="cut", marks=pytest.mark.bad_input("a truncated file"),
    ),
    pytest.param(
        take_away, ("原位置找不到办件记录", "没有新建任何文件"), ("are not where they were", "Nothing new was made"),
        id="away", marks=pytest.mark.bad_input("a truncated file"),
    ),
    pytest.param(
        exchange_the_key, ("密钥与办件记录不匹配", "记录本身完好"), ("does not belong to these records", "unharmed"),
        id="key", marks=pytest.mark.bad_input("a wrong key"),
    ),
    pytest.param(
        lose_the_key, ("找不到办件记录的密钥", "记录本身完好"), ("The key to the records is missing", "unharmed"),
        id="no key", marks=pytest.mark.bad_input("a wrong key"),
    ),
    pytest.param(
        spoil_the_key, ("密钥文件已损坏", "记录本身完好"), ("The key file is damaged", "unharmed"),
        id="spoilt key", marks=pytest.mark.bad_input("a wrong key"),
    ),
    pytest.param(
        make_newer, ("办件记录由更新的版本建立", "新版"), ("made by a newer version", "Install the newer version"),
        id="newer", marks=pytest.mark.bad_input("a newer schema"),
    ),
]  # fmt: skip


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize(("spoil", "zh", "en"), FAULTS)
def test_records_that_cannot_be_opened_say_why_and_are_left_alone(
    start: Start,
    paths: Paths,
    qtbot: QtBot,
    tmp_path: Path,
    *,
    language: words.Language,
    spoil: Callable[[Paths], None],
    zh: tuple[str, str],
    en: tuple[str, str],
) -> None:
    shutil.copytree(paths.folder, tmp_path / "whole")
    spoil(paths)
    found = place_of(paths).file.read_bytes() if place_of(paths).file.exists() else None
    program = start(language)
    wait(qtbot, program.window.start.notice.isVisible)
    said = program.window.start.notice.text()
    assert all(part in said for part in (zh if language == "zh" else en)), said
    assert "_" not in said
    assert program.window.start.retry.isVisible()
    assert (place_of(paths).file.read_bytes() if place_of(paths).file.exists() else None) == found
    shutil.copytree(tmp_path / "whole", paths.folder, dirs_exist_ok=True)
    program.window.start.retry.click()
    wait(qtbot, lambda: at_the_door(program))
    program.close()
    assert words_of(paths) == [SECRET]


@pytest.mark.bad_input("an older schema")
@pytest.mark.parametrize("language", words.LANGUAGES)
def test_older_records_are_brought_up_after_a_copy_and_that_is_said(
    start: Start, paths: Paths, qtbot: QtBot, language: words.Language
) -> None:
    database = open_up_to_date(place_of(paths), Keys.load(paths.folder))
    change_version(database, 1)
    database.close()
    program = start(language)
    sit_down(qtbot, program)
    wait(qtbot, program.window.workspace.notice.isVisible)
    said = program.window.workspace.notice.text()
    (copy,) = list_backups(paths.backups)
    assert ("转成本版程序的格式" if language == "zh" else "brought to the form of this version") in said
    assert str(copy.path) in said
    assert copy.schema_version == 1
    program.close()
    assert words_of(paths) == [SECRET]
    database = open_database(place_of(paths), Keys.load(paths.folder))
    with database.read() as connection:
        assert schema_version(connection) == newest_version()
    database.close()


@pytest.mark.bad_input("the database deleted while open")
@pytest.mark.parametrize("language", words.LANGUAGES)
def test_records_moved_away_while_open_are_said_and_come_back(
    start: Start, paths: Paths, qtbot: QtBot, tmp_path: Path, language: words.Language
) -> None:
    program = start(language)
    sit_down(qtbot, program)
    file = place_of(paths).file
    for part in file.parent.glob("yijian.db*"):
        part.rename(tmp_path / part.name)
    program.window.workspace.go("requests")
    wait(qtbot, program.window.workspace.notice.isVisible)
    said = program.window.workspace.notice.text()
    assert ("使用过程中办件记录被移走" if language == "zh" else "moved away while they were open") in said
    assert not file.exists()
    program.window.close()
    for part in tmp_path.glob("yijian.db*"):
        part.rename(file.parent / part.name)
    assert words_of(paths) == [SECRET]


def limit_pages(database: Database, more: int | None) -> None:
    """Let the store grow by so many pages only, as a full disk does; None lets it grow again."""
    with database.write() as connection:  # the store has one connection that writes
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {4294967294 if more is None else pages + more:d}")


@pytest.mark.bad_input("a full disk")
@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_full_disk_is_said_and_the_same_act_is_kept_when_there_is_room(
    start: Start, paths: Paths, qtbot: QtBot, language: words.Language
) -> None:
    program = start(language)
    sit_down(qtbot, program)
    assert program.runner is not None
    assert program._performer is not None
    database = program._performer.database
    long = SaveDraft({"words": "字" * 100_000}, who="王小明")
    limit_pages(database, 4)
    program.runner.write(program, save_draft, long)
    wait(qtbot, program.window.workspace.notice.isVisible)
    said = program.window.workspace.notice.text()
    assert ("磁盘已满" if language == "zh" else "The disk is full") in said
    assert ("没有丢失" if language == "zh" else "Nothing was lost") in said
    quiet(qtbot, program)
    with database.read() as connection:
        assert connection.execute(select(Draft.title)).scalars().all() == []
    limit_pages(database, None)
    program.runner.write(program, save_draft, long)
    quiet(qtbot, program)
    with database.read() as connection:
        assert connection.execute(select(Draft.title)).scalars().all() == ["王小明"]
    assert database.is_whole()
    program.window.close()
    assert words_of(paths) == [SECRET]


@pytest.mark.bad_input("a read-only database")
@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("what", ["file", "folder"])
def test_records_that_may_not_be_written_are_said_so(what: str, language: words.Language) -> None:
    with tempfile.TemporaryDirectory(prefix="yj") as name:
        Path(name).chmod(0o755)  # an unprivileged user has to reach it
        paths = hall_on_disk(Path(name) / "hall")
        if what == "file":
            place_of(paths).file.chmod(0o400)
        else:
            paths.folder.chmod(0o500)
        command = [sys.executable, "-m", "tests.ui.read_only_seat", str(paths.folder), language]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=180, check=False)  # noqa: S603 our own program
        paths.folder.chmod(0o700)
        assert done.returncode == 0, done.stderr
        assert ("数据文件夹不能写入" if language == "zh" else "data folder cannot be written") in done.stdout, (
            done.stderr
        )
        place_of(paths).file.chmod(0o600)
        assert words_of(paths) == [SECRET]
