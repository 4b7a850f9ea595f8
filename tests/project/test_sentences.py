"""The Chinese sentences: each stands once, and for words that the program can really say."""

import ast
from collections import defaultdict
from pathlib import Path

from desktop.words import read_po

ROOT = Path(__file__).parents[2]
TRANSLATED = sorted((ROOT / "resources" / "i18n" / "zh").glob("*.po"))
CONTEXT = "\x04"


def written() -> set[str]:
    """Every text that stands in a source of the program."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "desktop").rglob("*.py"))
    return {
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def unsaid(msgids: set[str], said: set[str]) -> set[str]:
    """The msgids that no source says, whatever their context."""
    return {msgid for msgid in msgids if msgid.rpartition(CONTEXT)[2] not in said}


def test_every_sentence_is_said_somewhere() -> None:
    said = written()
    left = {path.name: unsaid(set(read_po(path.read_text(encoding="utf-8"))), said) for path in TRANSLATED}
    assert {name: sorted(msgids) for name, msgids in left.items() if msgids} == {}


def test_a_sentence_nobody_says_any_more_is_found() -> None:
    assert unsaid({"Said", "role" + CONTEXT + "Said", "Gone"}, {"Said"}) == {"Gone"}


def test_every_sentence_stands_in_one_file() -> None:
    files = defaultdict[str, list[str]](list)
    for path in TRANSLATED:
        for msgid in read_po(path.read_text(encoding="utf-8")):
            files[msgid].append(path.name)
    assert {msgid: names for msgid, names in files.items() if len(names) > 1} == {}
