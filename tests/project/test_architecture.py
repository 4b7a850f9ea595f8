import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOP_LEVEL = {"desktop", "resources", "db", "tests", "pyproject.toml", "README.md", "LICENSE"}


def test_nothing_else_stands_at_the_top() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout  # noqa: S607
    top = {line.split("/")[0] for line in tracked.splitlines()}
    assert {name for name in top if not name.startswith(".")} - TOP_LEVEL == set()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    ignore = shutil.ignore_patterns("__pycache__", "*.otf", "*.ttf")
    for name in ("desktop", "db"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    if not program.exists():
        pytest.skip("import-linter belongs to the lint extra")
    return subprocess.run([program, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("db/ids.py", "import desktop.words", "db imports nothing of ours"),
        ("desktop/workflow/conditions/truth.py", "import db.ids", "the engine and the database do not know each other"),
        ("desktop/usecases/values.py", "import desktop.ui.theme", "desktop has one way down"),
        ("desktop/usecases/values.py", "import PySide6", "no Qt below the window"),
        ("desktop/cli/stops.py", "import desktop.ui.theme", "the command line finds its words without the window"),
        ("desktop/ui/theme.py", "import db.ids", "the window reaches the database through use cases only"),
    ],
)
def test_a_wrong_import_is_reported(copy: Path, file: str, line: str, contract: str) -> None:
    target = copy / file
    target.write_text(f"{target.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    answer = lint(copy)
    assert answer.returncode == 1
    assert any(contract in said and "BROKEN" in said for said in answer.stdout.splitlines())


def test_a_new_folder_cannot_appear_undeclared(copy: Path) -> None:
    (copy / "desktop" / "misc.py").write_text('"""Anything."""\n', encoding="utf-8")
    assert lint(copy).returncode == 1


def test_whatever_stands_below_the_window_is_kept_from_qt() -> None:
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(rule["layers"] for rule in rules if rule["type"] == "layers")
    below = [part.strip() for layer in layers[layers.index("ui") + 1 :] for part in layer.split("|")]
    kept = next(rule["source_modules"] for rule in rules if rule["name"] == "no Qt below the window")
    assert set(kept) == {"db", *(f"desktop.{part}" for part in below)}


def test_a_call_that_gives_nothing_keeps_the_count_of_nothing(qtbot: object) -> None:
    """PySide6 6.12.0 on Python 3.11 loses a reference to None on every such call, and aborts in the end."""
    from PySide6.QtWidgets import QWidget

    widget = QWidget()
    before = sys.getrefcount(None)
    for _ in range(2_000):
        widget.setToolTip("")
    assert sys.getrefcount(None) > before - 1_000
