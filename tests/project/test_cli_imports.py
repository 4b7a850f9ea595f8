"""Taking lists in from the command line: who may, what is said, and that Ctrl-C leaves whole batches."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from typer.testing import CliRunner, Result

from db.keys import Keys
from db.migrate import open_up_to_date
from db.open import Place
from desktop import cli, words
from desktop.authoring import load_catalogue, shipped_calendar
from desktop.usecases.hall import passwords
from desktop.usecases.hall.halls import FoundHall, found_hall
from desktop.usecases.perform import Performer
from desktop.usecases.sample import PASSWORD as OF_PRACTICE
from tests.databases import copy_of_template

PASSWORD = "lintao 大厅 2026"
ITEMS = "部门,事项名称,事项编码\n民政局,高龄津贴发放,511A\n民政局,高龄津贴发放,511A\n"
HEAD = "留言编号,留言用户,留言主题,留言时间,留言详情,答复意见,答复时间\n"

runner = CliRunner()


@pytest.fixture(autouse=True)
def _seat(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in list(os.environ):
        if name.startswith("YIJIAN_"):
            monkeypatch.delenv(name)
    monkeypatch.setattr(passwords, "_hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    yield
    words.set_language("zh")


def found(folder: Path, *, sample: bool = False) -> Place:
    place = copy_of_template(folder)
    database = open_up_to_date(place, Keys.load(place.folder))
    performer = Performer(database, load_catalogue(), shipped_calendar())
    password = OF_PRACTICE if sample else PASSWORD
    command = FoundHall("临洮县政务大厅", "administrator", "马主任", password, division="621124", sample=sample)
    performer.write(None, found_hall, command)
    database.close()
    return place


@pytest.fixture
def hall(tmp_path: Path) -> Place:
    return found(tmp_path / "hall")


def run(place: Place, *arguments: str, password: str = PASSWORD, typed: str | None = None) -> Result:
    environment = {"YIJIAN_PASSWORD": password} if password else {}
    return runner.invoke(cli.app, ["--data", str(place.folder), "import", *arguments], env=environment, input=typed)


def test_a_list_of_items_is_taken_in_and_its_odd_lines_are_said(hall: Place, tmp_path: Path) -> None:
    file = tmp_path / "items.csv"
    file.write_text(ITEMS, encoding="gb18030")
    report = tmp_path / "report.csv"
    done = run(hall, "items", str(file), "--login", "administrator", "--report", str(report))
    assert done.exit_code == 2, done.output
    assert "新增1，更新0，已有0，未收1。" in done.stdout
    assert "第3行未收：这个编码与第2行重复。请给每个事项各自的编码。" in done.stdout
    assert "第3行未收" in report.read_text(encoding="utf-8-sig")
    again = run(hall, "items", str(file), "--login", "administrator", "--lang", "en")
    assert "New: 0. Changed: 0. There already: 1. Not taken: 1." in again.stdout


def test_a_list_of_messages_is_taken_in(hall: Place, tmp_path: Path) -> None:
    file = tmp_path / "messages.csv"
    file.write_text(HEAD + "1,U0001,投诉扰民,2026/2/3,太吵。,已劝阻。,2026/2/4\n", encoding="utf-8")
    done = run(hall, "messages", str(file), "--login", "administrator")
    assert done.exit_code == 0, done.output
    assert "新增1，更新0，已有0，未收0。\n  投诉：1\n" in done.stdout
    assert "1行中已完成1行" in done.stderr


def test_a_trial_writes_nothing(hall: Place, tmp_path: Path) -> None:
    file = tmp_path / "messages.csv"
    file.write_text(HEAD + "1,U0001,投诉扰民,2026/2/3,太吵。,,\n", encoding="utf-8")
    for _time in range(2):
        done = run(hall, "messages", str(file), "--login", "administrator", "--dry-run")
        assert "试运行，什么也没有写入。" in done.stdout
        assert "新增1" in done.stdout


def test_nobody_writes_into_a_practice_hall_without_signing_in(tmp_path: Path) -> None:
    place, file = found(tmp_path / "hall", sample=True), tmp_path / "items.csv"
    file.write_text(ITEMS, encoding="utf-8")
    for login in ((), ("--login", "administrator")):
        done = run(place, "items", str(file), *login, password="")
        assert done.exit_code == 1
        assert "新增" not in done.stdout
        assert "--login" in done.stderr
    assert "新增1" in run(place, "items", str(file), "--login", "administrator", password=OF_PRACTICE).stdout


def test_the_account_and_password_are_asked_for(hall: Place, tmp_path: Path) -> None:
    file = tmp_path / "items.csv"
    file.write_text(ITEMS, encoding="utf-8")
    done = run(hall, "items", str(file), password="", typed=f"administrator\n{PASSWORD}\n")
    assert "新增1" in done.stdout, done.output


def test_a_wrong_password_takes_nothing_in(hall: Place, tmp_path: Path) -> None:
    file = tmp_path / "items.csv"
    file.write_text(ITEMS, encoding="utf-8")
    done = run(hall, "items", str(file), "--login", "administrator", password="falsch falsch")
    assert done.exit_code == 1
    assert "账号或密码" in done.stderr


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("items.csv", "", "清单是空的。"),
        ("items.csv", "名称\n甲\n", "缺少这些栏：部门。请在第一行写上栏名。"),
        ("items.xlsx", "部门,名称\n", "这不是 CSV 或者 Excel 文件。"),
    ],
)
def test_what_is_no_list_is_said_in_a_sentence(hall: Place, tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    done = run(hall, "items", str(tmp_path / name), "--login", "administrator")
    assert done.exit_code == 1
    assert said in done.stderr


def test_without_records_or_without_a_hall_the_way_is_said(tmp_path: Path) -> None:
    file = tmp_path / "items.csv"
    file.write_text(ITEMS, encoding="utf-8")
    nothing = run(Place(tmp_path / "nothing"), "items", str(file))
    assert (nothing.exit_code, (tmp_path / "nothing").exists()) == (1, False)
    assert "原位置找不到办件记录" in nothing.stderr
    empty = run(copy_of_template(tmp_path / "empty"), "items", str(file))
    assert empty.exit_code == 1
    assert "请先打开程序建立大厅" in empty.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent otherwise there")
def test_ctrl_c_leaves_whole_batches_and_the_next_run_goes_on(hall: Place, tmp_path: Path) -> None:
    rows = [f"{n},U{n:05d},建议{n},2026/2/3,内容{n},好,2026/2/4" for n in range(1500)]
    file = tmp_path / "messages.csv"
    file.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    line = [sys.executable, "-m", "desktop", "--data", str(hall.folder), "import", "messages", str(file)]
    begun = subprocess.Popen(  # noqa: S603  our own program
        [*line, "--login", "administrator"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "YIJIAN_PASSWORD": PASSWORD},
    )  # fmt: skip
    assert begun.stderr is not None
    assert "1500行中已完成150行" in begun.stderr.readline()
    begun.send_signal(signal.SIGINT)
    out, _err = begun.communicate(timeout=120)
    assert begun.returncode == 3
    assert "已停止。" in out
    added = int(out.split("新增")[1].split("，")[0])
    assert 150 <= added < 1500
    assert added % 50 == 0
    rest = run(hall, "messages", str(file), "--login", "administrator")
    assert f"新增{1500 - added}，更新0，已有{added}，未收0。" in rest.stdout
