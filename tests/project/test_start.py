"""The start page is painted before anything large is read in."""

import subprocess
import sys

import pytest

PAINTED = """
import sys
from pathlib import Path
from desktop.app import Program, qt_application
from desktop.paths import paths_in
from desktop.settings import load_settings
paths = paths_in(Path(sys.argv[1]))
settings = load_settings(paths.seat_file)
program = Program(qt_application(settings), paths, settings)
program.window.show()
program.app.processEvents()
large = {"sqlalchemy", "pydantic", "pypinyin", "alembic", "lark", "jinja2", "openpyxl", "asyncio"}
print(*sorted(set(sys.modules) & large))
program.close()
"""


def test_the_start_page_waits_for_nothing_it_does_not_show(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    began = subprocess.run(  # noqa: S603  the program itself
        [sys.executable, "-c", PAINTED, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert began.stdout.split() == []
