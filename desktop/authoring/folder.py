"""A catalogue folder as its authors wrote it: every entry with its file and line, before anything is made of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from desktop.authoring.faults import CatalogueFault
from desktop.authoring.nodes import MAX_BYTES, Block, Listing, Node, kind_of, line_of_text, plain, read_tree

KINDS: Mapping[str, str] = {
    "departments": "department",
    "facts": "fact",
    "materials": "material",
    "outcomes": "outcome",
    "items": "item",
    "demands": "demand",
    "scenes": "scene",
    "laws": "law",
}
"""The top-level keys of a file, and what one entry below each is called."""

SOURCES = "sources.yaml"
TYPICAL = "typical.yaml"
BESIDE = frozenset({SOURCES, "contradictions.yaml", "omissions.yaml", TYPICAL})
"""Files of the folder that are no part of the catalogue."""

MAX_FILES = 500
GENERAL_KNOWLEDGE = "G"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as written."""

    kind: str
    code: str
    file: str
    line: int
    node: Block


@dataclass
class Authored:
    """A folder as written: its entries by kind and code in the order of the files, its sources, and its faults."""

    entries: dict[str, dict[str, Entry]] = field(default_factory=lambda: {kind: {} for kind in KINDS.values()})
    kind_of_code: dict[str, str] = field(default_factory=dict)
    sources: frozenset[str] | None = None
    faults: list[CatalogueFault] = field(default_factory=list)

    def entry(self, kind: str, code: str) -> Entry | None:
        """Give the entry of that kind and code."""
        return self.entries[kind].get(code)

    def place(self, kind: str, code: str, at: str = "", text: str | None = None) -> tuple[str, int]:
        """Give file and line of a field (dotted: `limits.promised`), or of a text that stands in it."""
        entry = self.entry(kind, code)
        if entry is None:
            return "", 0
        node, line = _below(entry, at)
        found = line_of_text(node, text) if text is not None else None
        return entry.file, line if found is None else found

    @cached_property
    def version(self) -> str:
        """The SHA-256 of what the entries say in their order; comments, layout and the cutting into files do not count.

        A change of order changes the version, because the order of items and options is the author's preference.
        """
        content = {kind: {code: plain(entry.node) for code, entry in of.items()} for kind, of in self.entries.items()}
        written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def _below(entry: Entry, at: str) -> tuple[Node, int]:
    """Follow a dotted field as far as it goes."""
    node: Node = entry.node
    line = entry.line
    for step in filter(None, at.split(".")):
        if isinstance(node, Block) and step in node.parts:
            line = node.lines[step]
            node = node.parts[step]
        elif isinstance(node, Listing) and step.isdigit() and int(step) < len(node.parts):
            node = node.parts[int(step)]
            line = node.line
        else:
            break
    return node, line


def read_folder(path: Path) -> Authored:
    """Read every YAML file of a folder, in the order of their names; what is wrong is collected in `faults`."""
    authored = Authored()
    files = sorted(each for each in path.glob("*.y*ml") if each.suffix in {".yaml", ".yml"}) if path.is_dir() else []
    if not files:
        authored.faults.append(CatalogueFault(path.name, 0, "folder_empty"))
    if len(files) > MAX_FILES:
        authored.faults.append(CatalogueFault(path.name, 0, "too_many_files", {"limit": MAX_FILES}))
        return authored
    for each in files:
        _read_file(authored, each)
    return authored


def _read_file(authored: Authored, path: Path) -> None:
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError:
        authored.faults.append(CatalogueFault(path.name, 0, "file_not_readable"))
        return
    if path.name in BESIDE - {SOURCES}:
        return
    tree, faults = read_tree(path.name, raw)
    authored.faults.extend(faults)
    if path.name == SOURCES:
        authored.sources = frozenset(tree.parts) | {GENERAL_KNOWLEDGE}
        return
    for key, section in tree.parts.items():
        _add_section(authored, path.name, tree.lines[key], key, section)


def _add_section(authored: Authored, file: str, line: int, key: str, section: Node) -> None:
    kind = KINDS.get(key)
    if kind is None:
        values = {"key": key, "known": tuple(KINDS)}
        authored.faults.append(CatalogueFault(file, line, "unknown_section", values))
    elif kind_of(section) == "nothing":
        return
    elif not isinstance(section, Block):
        values = {"key": key, "wanted": "block", "found": kind_of(section)}
        authored.faults.append(CatalogueFault(file, section.line, "wrong_type", values))
    else:
        for code, node in section.parts.items():
            _add_entry(authored, Entry(kind, code, file, section.lines[code], Block(0)), node)


def _add_entry(authored: Authored, entry: Entry, node: Node) -> None:
    def fault(code: str, **values: object) -> None:
        authored.faults.append(CatalogueFault(entry.file, entry.line, code, values))

    if not entry.code.isascii() or not entry.code.replace("_", "a").isalnum() or entry.code != entry.code.lower():
        fault("code_not_plain", found=entry.code)
        return
    if not isinstance(node, Block):
        fault("wrong_type", key=entry.code, wanted="block", found=kind_of(node))
        return
    earlier = authored.kind_of_code.get(entry.code)
    if earlier is not None:
        first = authored.entries[earlier][entry.code]
        fault("code_twice", found=entry.code, first_file=first.file, first_line=first.line)
        return
    authored.kind_of_code[entry.code] = entry.kind
    authored.entries[entry.kind][entry.code] = Entry(entry.kind, entry.code, entry.file, entry.line, node)
