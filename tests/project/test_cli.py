"""The command line, the settings, the log and the places of files."""

import json
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from desktop import cli, words
from desktop.cli import libraries
from desktop.log import start_log, stop_log
from desktop.paths import paths_in
from desktop.settings import keep_choice, load_settings
from tests.databases import copy_of_template

runner = CliRunner()


@pytest.fixture(autouse=True)
def seat(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A seat whose environment says nothing; its language is put back."""
    for name in list(os.environ):
        if name.startswith("YIJIAN_"):
            monkeypatch.delenv(name)
    yield
    words.set_language("zh")


def test_the_command_line_comes_before_the_environment_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "seat.json"
    assert load_settings(file).theme == "light"
    keep_choice(file, theme="dark", size="large")
    keep_choice(file, language="en")
    assert (load_settings(file).theme, load_settings(file).size, load_settings(file).language) == (
        "dark",
        "large",
        "en",
    )
    monkeypatch.setenv("YIJIAN_THEME", "low_glare")
    assert load_settings(file).theme == "low_glare"
    assert load_settings(file, theme="high_contrast").theme == "high_contrast"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"theme": "pink"}', '{"theme": 3}', "\x00"])
def test_a_damaged_seat_file_counts_as_empty(tmp_path: Path, text: str) -> None:
    file = tmp_path / "seat.json"
    file.write_text(text)
    assert load_settings(file).theme == "light"


def test_the_address_of_the_server_is_not_shown(tmp_path: Path) -> None:
    settings = load_settings(tmp_path / "seat.json", database="postgresql://hall:secret@server/yijian")
    assert "secret" not in repr(settings)
    assert settings.database == "postgresql://hall:secret@server/yijian"


def test_a_theme_that_does_not_exist_is_named_and_nothing_opens(tmp_path: Path) -> None:
    result = runner.invoke(cli.app, ["--data", str(tmp_path), "--theme", "pink"])
    assert result.exit_code == 1
    assert "theme" in result.output


def test_the_log_holds_lines_of_json_and_nothing_about_people(tmp_path: Path) -> None:
    file = tmp_path / "log" / "yijian.log"
    handler = start_log(file)
    log = logging.getLogger("desktop.try")
    try:
        log.warning("somebody called %s came", "王小明", extra={"code": "server_away"})
        try:
            raise ValueError("身份证 110105194912310021")  # noqa: TRY301  the error is what is logged
        except ValueError:
            log.exception("a bug", extra={"reference": "A1B2C3"})
    finally:
        stop_log(handler)
    text = file.read_text("utf-8")
    first, second = (json.loads(line) for line in text.splitlines())
    assert "王小明" not in text
    assert "110105" not in text
    assert (first["message"], first["code"], first["level"]) == ("somebody called %s came", "server_away", "warning")
    assert second["error"]["kind"] == "ValueError"
    assert second["error"]["places"][0].startswith("test_cli.py:")


def test_missing_libraries_are_named_with_the_line_that_brings_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(libraries, "ANYWHERE", {"libnosuchthing.so.9": "libnosuchthing9"})
    missing = libraries.missing_libraries(on_a_screen=False)
    assert missing == [("libnosuchthing.so.9", "libnosuchthing9")]
    libraries.say_missing(missing)
    said = capsys.readouterr().err
    assert "系统缺少1个运行库" in said
    assert "sudo apt install libnosuchthing9" in said


@pytest.mark.parametrize(
    ("environment", "screen"),
    [
        ({}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"QT_QPA_PLATFORM": "offscreen"}, False),
        ({"QT_QPA_PLATFORM": "vnc"}, True),
    ],
)
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a screen")
def test_a_screen_is_known_by_the_environment(
    environment: dict[str, str],
    screen: bool,  # noqa: FBT001  a case
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert libraries.has_screen() is screen


def test_a_backup_is_taken_and_put_back(tmp_path: Path) -> None:
    place = copy_of_template(tmp_path / "hall")
    copy = tmp_path / "copy.db"
    taken = runner.invoke(cli.app, ["--data", str(place.folder), "backup", "--to", str(copy)])
    assert taken.exit_code == 0, taken.output
    assert copy.exists()
    again = runner.invoke(cli.app, ["--data", str(place.folder), "backup", "--to", str(copy)])
    assert again.exit_code == 1
    assert "已有同名文件" in again.output
    place.file.unlink()
    back = runner.invoke(cli.app, ["--data", str(place.folder), "restore", str(copy)])
    assert back.exit_code == 0, back.output
    assert place.file.exists()


def test_a_backup_of_nothing_is_refused_and_makes_nothing(tmp_path: Path) -> None:
    result = runner.invoke(cli.app, ["--data", str(tmp_path / "none"), "backup", "--to", str(tmp_path / "copy.db")])
    assert result.exit_code == 1
    assert "原位置找不到办件记录" in result.output
    assert not (tmp_path / "none").exists()


def test_a_restore_of_what_is_not_there_says_so(tmp_path: Path) -> None:
    result = runner.invoke(cli.app, ["--data", str(tmp_path), "restore", str(tmp_path / "no.db")])
    assert result.exit_code == 1
    assert "原位置找不到办件记录" in result.output


def test_the_data_folder_is_the_one_that_was_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert paths_in(tmp_path).log_file == tmp_path / "log" / "yijian.log"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    if sys.platform.startswith("linux"):
        assert paths_in().folder == tmp_path / "share" / "yijian"
