"""The command line, the settings, the log and the places of files."""

import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from db.backup import sha256_of
from db.open import open_database
from desktop import cli, words
from desktop.cli import libraries
from desktop.log import start_log, stop_log
from desktop.paths import paths_in
from desktop.settings import keep_choice, load_settings
from desktop.usecases.hall.seat_keys import keys_at
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
    assert f"找不到备份{tmp_path / 'no.db'}" in result.output
    assert "办件记录" not in result.output


@pytest.mark.parametrize("named", ["bk", "bk.db", "bk.json", "bk.key.json", "."])
def test_a_backup_made_without_an_ending_is_found_by_every_name(tmp_path: Path, named: str) -> None:
    place, folder = copy_of_template(tmp_path / "hall"), tmp_path / "x"
    folder.mkdir()
    taken = runner.invoke(cli.app, ["--data", str(place.folder), "backup", "--to", str(folder / "bk")])
    assert taken.exit_code == 0, taken.output
    assert sorted(path.name for path in folder.iterdir()) == ["bk.db", "bk.json", "bk.key.json"]
    back = runner.invoke(cli.app, ["--data", str(place.folder), "restore", str(folder / named)])
    assert back.exit_code == 0, back.output


def test_a_backup_of_an_earlier_program_without_an_ending_is_found(tmp_path: Path) -> None:
    place, copy = copy_of_template(tmp_path / "hall"), tmp_path / "bk.db"
    runner.invoke(cli.app, ["--data", str(place.folder), "backup", "--to", str(copy)])
    copy.rename(tmp_path / "bk")
    back = runner.invoke(cli.app, ["--data", str(place.folder), "restore", str(tmp_path / "bk")])
    assert back.exit_code == 0, back.output


def test_a_backup_into_a_folder_that_is_not_there_names_the_folder(tmp_path: Path) -> None:
    place, copy = copy_of_template(tmp_path / "hall"), tmp_path / "none" / "bk"
    taken = runner.invoke(cli.app, ["--data", str(place.folder), "backup", "--to", str(copy)])
    assert taken.exit_code == 1
    assert f"文件夹{copy.parent}不存在" in taken.output
    assert "办件记录" not in taken.output


def cut_the_copy(copy: Path) -> None:
    copy.write_bytes(copy.read_bytes()[:5000])


def leave_a_page_of_text(copy: Path) -> None:
    copy.write_text("not a backup", encoding="utf-8")


def take_the_manifest_away(copy: Path) -> None:
    copy.with_suffix(".json").unlink()


def spoil_the_manifest(copy: Path) -> None:
    copy.with_suffix(".json").write_text("{", encoding="utf-8")


def take_the_copy_away(copy: Path) -> None:
    copy.unlink()


def fake_it(copy: Path) -> None:
    """A file of noise with a manifest that fits it."""
    copy.write_bytes(os.urandom(8192))
    manifest = copy.with_suffix(".json")
    document = json.loads(manifest.read_text("utf-8"))
    manifest.write_text(json.dumps({**document, "sha256": sha256_of(copy)}), encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "named", "zh", "en"),
    [
        (cut_the_copy, "bk.db", "这份备份已损坏", "This backup is damaged"),
        (leave_a_page_of_text, "bk.db", "这份备份已损坏", "This backup is damaged"),
        (fake_it, "bk.db", "这份备份已损坏", "This backup is damaged"),
        (spoil_the_manifest, "bk.db", "这份备份已损坏", "This backup is damaged"),
        (take_the_manifest_away, "bk.db", "不是完整的备份", "is no whole backup"),
        (take_the_manifest_away, ".", "里没有完整的备份", "There is no whole backup in the folder"),
        (take_the_copy_away, "bk", "这份备份已不在原处", "This backup is not there any more"),
    ],
)
def test_a_bad_backup_is_what_is_bad_and_the_records_stay(
    tmp_path: Path, spoil: Callable[[Path], None], named: str, zh: str, en: str
) -> None:
    place, folder = copy_of_template(tmp_path / "hall"), tmp_path / "x"
    folder.mkdir()
    runner.invoke(cli.app, ["--data", str(place.folder), "backup", "--to", str(folder / "bk")])
    spoil(folder / "bk.db")
    before = place.file.read_bytes()
    for language, said, never in (("zh", zh, "记录已损坏"), ("en", en, "records are damaged")):
        seat = ["--data", str(place.folder), "--lang", language]
        result = runner.invoke(cli.app, [*seat, "restore", str(folder / named)])
        assert result.exit_code == 1
        assert said in result.output
        assert never not in result.output
    assert place.file.read_bytes() == before


def test_the_live_records_are_not_taken_for_a_backup(tmp_path: Path) -> None:
    place = copy_of_template(tmp_path / "hall")
    result = runner.invoke(cli.app, ["--data", str(place.folder), "restore", str(place.file)])
    assert result.exit_code == 1
    assert "不是完整的备份" in result.output


def test_a_restore_while_a_window_is_open_says_what_to_close(tmp_path: Path) -> None:
    place, copy = copy_of_template(tmp_path / "hall"), tmp_path / "bk"
    runner.invoke(cli.app, ["--data", str(place.folder), "backup", "--to", str(copy)])
    database = open_database(place, keys_at(place))
    try:
        result = runner.invoke(cli.app, ["--data", str(place.folder), "restore", str(copy)])
    finally:
        database.close()
    assert result.exit_code == 1
    assert "请先关闭本席位和其他席位上的一键" in result.output


def test_the_data_folder_is_the_one_that_was_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert paths_in(tmp_path).log_file == tmp_path / "log" / "yijian.log"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    if sys.platform.startswith("linux"):
        assert paths_in().folder == tmp_path / "share" / "yijian"
