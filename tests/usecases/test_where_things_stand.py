"""Statements that read stand in one folder, and acts are put on record in one way."""

import ast
from pathlib import Path

import pytest

import desktop.usecases

SOURCES = sorted(Path(desktop.usecases.__file__).parent.rglob("*.py"))
RECORDING = {"judging.py", "worklist.py"}
"""Judged acts, seen elsewhere too; an item passed on to its department."""


def called(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_use_case_reads_the_tables_itself(path: Path) -> None:
    assert "select" not in called(path)


def test_acts_are_put_on_record_where_they_are_judged() -> None:
    assert {path.name for path in SOURCES if "record_act" in called(path)} == RECORDING
