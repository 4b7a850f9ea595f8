"""Every phrase of the list of bad inputs is a marked test, and every mark is a phrase of the list."""

import ast
from collections import defaultdict
from pathlib import Path
from typing import Final

import pytest

PHRASES: Final = (
    "a broken catalogue file",
    "a condition with a typing error",
    "an impossible identity number",
    "a date in 1880",
    "a name with rare characters",
    "a name of 110 characters",
    "a text of 100,000 characters",
    "an attachment of 0 bytes",
    "of 1 GB",
    "of a wrong type",
    "with a path trick",
    "markup in any text field",
    "formula-like text in an export",
    "a full disk",
    "a read-only database",
    "a damaged file",
    "a truncated file",
    "a wrong key",
    "the database deleted while open",
    "a clock set back",
    "an older schema",
    "a newer schema",
)
"""As the requirement lists them; each gets a clear sentence in the user's language, and nothing is lost."""

MET_BY_PEOPLE: Final = ("ui", "project")
"""Where the tests look at what a person reads: in the window and on the command line."""

TESTS: Final = Path(__file__).parents[1]


def marked(folder: Path) -> dict[str, set[str]]:
    """Return, for every phrase that is marked, the folders of tests that mark it."""
    found: dict[str, set[str]] = defaultdict(set)
    for file in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "bad_input":
                phrase = node.args[0]
                assert isinstance(phrase, ast.Constant), f"{file}:{node.lineno} names no phrase"
                found[str(phrase.value)].add(file.relative_to(folder).parts[0])
    return found


@pytest.mark.parametrize("phrase", PHRASES)
def test_every_phrase_is_tried_where_a_person_reads_the_answer(phrase: str) -> None:
    assert marked(TESTS)[phrase] & set(MET_BY_PEOPLE)


def test_every_mark_is_a_phrase_of_the_list() -> None:
    assert set(marked(TESTS)) - set(PHRASES) == set()


def test_a_phrase_without_a_test_would_be_noticed(tmp_path: Path) -> None:
    (tmp_path / "ui").mkdir()
    (tmp_path / "ui" / "test_one.py").write_text('@pytest.mark.bad_input("a full disk")\ndef test_it() -> None: ...\n')
    assert marked(tmp_path) == {"a full disk": {"ui"}}
    assert "a damaged file" not in marked(tmp_path)
