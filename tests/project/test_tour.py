"""The tour plays the whole main job in the real window, says what it does, and leaves a picture of each step."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from typer.testing import CliRunner

from desktop import cli

SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
STEPS = [
    *("start", "first-start", "sign-in"),
    *("log-empty", "log-need", "log-questions", "log-papers", "log-check", "log-done", "receipt"),
    *("market-supervision-work", "market-supervision-assign"),
    *("market-supervision-issue", "market-supervision-issue"),
    *("urban-management-work", "urban-management-issue"),
    *("handed-over", "handed-over", "requests", "request"),
]


def without_a_screen() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in SCREENS and not name.startswith("YIJIAN_")}
    return {**kept, "PYTHONUNBUFFERED": "1"}


def begin(*arguments: str) -> subprocess.Popen[str]:
    line = [sys.executable, "-m", "desktop", *arguments]
    return subprocess.Popen(  # noqa: S603  our own program
        line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=without_a_screen()
    )


def colours(image: QImage) -> int:
    """How many different colours a picture has, looked at in steps."""
    points = ((x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7))
    return len({image.pixel(x, y) for x, y in points})


def test_the_tour_logs_decides_and_hands_over_with_a_picture_of_each_step(tmp_path: Path) -> None:
    out = tmp_path / "pictures"
    playing = begin("--data", str(tmp_path / "seat"), "tour", "--out", str(out), "--lang", "zh", "--size", "standard")
    said, errors = playing.communicate(timeout=540)
    assert playing.returncode == 0, errors
    pictures = sorted(out.glob("*.png"))
    assert [re.sub(r"^\d+-", "", picture.stem) for picture in pictures] == STEPS
    images = [QImage(str(picture)) for picture in pictures]
    assert all((image.width(), image.height()) == (1366, 768) for image in images)
    assert [picture.name for picture, image in zip(pictures, images, strict=True) if colours(image) < 8] == []
    same = [picture.name for picture, one, two in zip(pictures, images, images[1:], strict=False) if one == two]
    assert same == []
    assert re.search("市场监督管理局，《食品经营许可证》新办：准予.*、出具结果。", said)
    assert "结果发到申请人手里：《食品经营许可证》新办。" in said
    assert said.splitlines()[-1] == f"图片在 {out}。"
    assert not (tmp_path / "seat" / "keys").exists(), "the hall of this seat is not touched"


def test_a_machine_without_a_screen_plays_the_tour_into_pictures(tmp_path: Path) -> None:
    playing = begin("--data", str(tmp_path), "--lang", "en")
    try:
        assert playing.stdout is not None
        said = [playing.stdout.readline() for _line in range(5)]
    finally:
        playing.terminate()
        playing.communicate(timeout=60)
    assert said[:2] == [
        "This machine has no screen, so the window is drawn into pictures instead.\n",
        "The program starts.\n",
    ]
    assert Path(said[2].strip()) == tmp_path / "tour" / "01-start.png"
    assert said[3] == "On the first start a practice hall is opened.\n"
    assert (tmp_path / "tour" / "02-first-start.png").stat().st_size > 5000


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--size", "huge", "size"),
        ("--theme", "pink", "theme"),
        ("--date", "13月", "13月 不是日期"),
        ("--lang", "fr", "fr"),
    ],
)
def test_what_the_tour_cannot_be_played_in_is_said(tmp_path: Path, option: str, value: str, said: str) -> None:
    done = CliRunner().invoke(cli.app, ["--data", str(tmp_path), "tour", "--out", str(tmp_path / "p"), option, value])
    assert done.exit_code == 1
    assert said in done.output
    assert not (tmp_path / "p").exists()


def test_pictures_that_cannot_be_written_are_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    playing = begin("--data", str(tmp_path / "seat"), "tour", "--out", str(tmp_path / "file" / "pictures"))
    _said, errors = playing.communicate(timeout=120)
    assert playing.returncode == 1
    assert "图片写不进" in errors
