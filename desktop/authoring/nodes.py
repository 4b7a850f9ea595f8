"""The YAML of one catalogue file as a tree that knows its lines; hostile input is refused, never expanded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from desktop.authoring.faults import CatalogueFault

MAX_BYTES = 2_000_000
MAX_DEPTH = 24
MAX_NODES = 200_000
MAX_TEXT = 5_000

_SLIPS = (
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
    ArithmeticError,
    AssertionError,
    RecursionError,
    Warning,
)
_INTEGER = re.compile(r"[-+]?\d{1,18}")
_DECIMAL = re.compile(r"[-+]?\d{1,18}\.\d{1,18}")
_BROKEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_TRUE, _FALSE, _NULL = {"true", "True"}, {"false", "False"}, {"", "~", "null", "Null"}


@dataclass(slots=True)
class Scalar:
    """One value as written; a quoted one is always text."""

    line: int
    text: str
    quoted: bool = False

    @property
    def type(self) -> str:
        """What the value is: text, int, decimal, bool or nothing."""
        if self.quoted:
            return "text"
        if self.text in _TRUE or self.text in _FALSE:
            return "bool"
        if self.text in _NULL:
            return "nothing"
        if _INTEGER.fullmatch(self.text):
            return "int"
        return "decimal" if _DECIMAL.fullmatch(self.text) else "text"

    @property
    def is_true(self) -> bool:
        """Whether a yes-or-no value says yes."""
        return not self.quoted and self.text in _TRUE


@dataclass(slots=True)
class Listing:
    """A list of values."""

    line: int
    parts: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Block:
    """Keys with their values, and the line of every key."""

    line: int
    parts: dict[str, Node] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


Node = Scalar | Listing | Block


class NodeFault(ValueError):
    """A file that cannot be read any further."""

    def __init__(self, line: int, code: str, **values: object) -> None:
        super().__init__(code)
        self.line, self.code, self.values = line, code, values


def read_tree(file: str, raw: bytes) -> tuple[Block, list[CatalogueFault]]:
    """Read one file: its tree (empty when it cannot be read) and what is wrong with it as YAML."""
    faults: list[CatalogueFault] = []
    try:
        return _Builder(file, faults).document(_events(raw)), faults
    except NodeFault as fault:
        faults.append(CatalogueFault(file, fault.line, fault.code, fault.values))
    return Block(1), faults


def _decoded(raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        raise NodeFault(0, "file_too_large", bytes=len(raw), limit=MAX_BYTES)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NodeFault(raw.count(b"\n", 0, error.start) + 1, "not_utf8") from error


def _events(raw: bytes) -> Iterator[Event]:
    """Give the events of a file one by one, so that nothing past a fault is read."""
    text = _decoded(raw)
    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise NodeFault(mark.line + 1 if mark else 0, "not_yaml", problem=str(error.problem or "")) from error
    except YAMLError as error:
        raise NodeFault(0, "not_yaml", problem=str(error).splitlines()[0]) from error
    except (
        ValueError,
        LookupError,
        AttributeError,
        TypeError,
        ArithmeticError,
        AssertionError,
        RecursionError,
        Warning,
    ) as error:
        # The YAML library lets its own slips through on broken escapes, tags and directives.
        raise NodeFault(0, "not_yaml", problem=type(error).__name__) from error


class _Builder:
    """Puts the events of one file together to a tree."""

    def __init__(self, file: str, faults: list[CatalogueFault]) -> None:
        self._file = file
        self._faults = faults
        self._count = 0

    def document(self, events: Iterator[Event]) -> Block:
        """Build the only document of a file; an empty file is an empty block."""
        root: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise NodeFault(_line(event), "several_documents")
                if event.version or event.tags:
                    raise NodeFault(_line(event), "yaml_directive")
            elif isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent | AliasEvent):
                root = self._node(event, events, 1)
        if root is None or (isinstance(root, Scalar) and root.type == "nothing"):
            return Block(1)
        if not isinstance(root, Block):
            raise NodeFault(root.line, "wrong_type", key="", wanted="block", found=kind_of(root))
        return root

    def _node(self, event: Event, events: Iterator[Event], depth: int) -> Node:
        self._refuse_hostile(event, depth)
        line = _line(event)
        if isinstance(event, ScalarEvent):
            return Scalar(line, event.value, quoted=event.style in {"'", '"', "|", ">"})
        if isinstance(event, SequenceStartEvent):
            listing = Listing(line)
            for inner in events:
                if isinstance(inner, SequenceEndEvent):
                    break
                listing.parts.append(self._node(inner, events, depth + 1))
            return listing
        return self._block(Block(line), events, depth)

    def _block(self, block: Block, events: Iterator[Event], depth: int) -> Block:
        for event in events:
            if isinstance(event, MappingEndEvent):
                break
            key = self._node(event, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            if not isinstance(key, Scalar):
                raise NodeFault(key.line, "key_not_a_word")
            if key.text in block.parts:
                values = {"key": key.text, "first": block.lines[key.text]}
                self._faults.append(CatalogueFault(self._file, key.line, "key_twice", values))
                continue
            block.parts[key.text] = value
            block.lines[key.text] = key.line
        return block

    def _refuse_hostile(self, event: Event, depth: int) -> None:
        self._count += 1
        line = _line(event)
        if depth > MAX_DEPTH:
            raise NodeFault(line, "too_deep", limit=MAX_DEPTH)
        if self._count > MAX_NODES:
            raise NodeFault(line, "too_many_values", limit=MAX_NODES)
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise NodeFault(line, "anchor_or_alias")
        if getattr(event, "tag", None) not in {None, "!"}:
            raise NodeFault(line, "yaml_tag", tag=str(getattr(event, "tag", "")))
        text = event.value if isinstance(event, ScalarEvent) else ""
        if len(text) > MAX_TEXT:
            raise NodeFault(line, "text_too_long", limit=MAX_TEXT)
        if _BROKEN.search(text):
            raise NodeFault(line, "broken_character")


def _line(event: Event) -> int:
    return int(event.start_mark.line) + 1 if event.start_mark else 0


def kind_of(node: Node) -> str:
    """Say what a value is: block, list, text, int, decimal, bool or nothing."""
    match node:
        case Block():
            return "block"
        case Listing():
            return "list"
    return node.type


def plain(node: Node) -> object:
    """Give a tree as plain data, the same for every way of writing the same content."""
    match node:
        case Block():
            return {key: plain(part) for key, part in node.parts.items()}
        case Listing():
            return [plain(part) for part in node.parts]
    return node.text if node.type == "text" else {node.type: node.text}


def line_of_text(node: Node, text: str) -> int | None:
    """Give the line of the first value (or key) below a node that reads just so."""
    match node:
        case Scalar():
            return node.line if node.text == text else None
        case Listing():
            found = (line_of_text(part, text) for part in node.parts)
        case Block():
            if text in node.lines:
                return node.lines[text]
            found = (line_of_text(part, text) for part in node.parts.values())
    return next((line for line in found if line is not None), None)
