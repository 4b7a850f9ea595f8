"""The kinds of value an entry may hold, each read from its node or reported with what was wanted instead."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from desktop.authoring.faults import CatalogueFault
from desktop.authoring.folder import Authored
from desktop.authoring.nodes import Block, Listing, Node, Scalar, kind_of
from desktop.workflow.catalogue.definitions import Text, Wording
from desktop.workflow.time.calendars import TimeFault
from desktop.workflow.time.limits import Limit

NEAREST = 3


class Missing:
    """Stands for a value that could not be read; its fault has been told."""


MISSING = Missing()

Reader = Callable[["Desk", str, Node], object]


class Desk:
    """Where the entry being read lies: its file, its faults, and the other entries of the folder."""

    def __init__(self, authored: Authored, faults: list[CatalogueFault], file: str = "") -> None:
        self.authored = authored
        self.faults = faults
        self.file = file

    def fault(self, line: int, code: str, **values: object) -> Missing:
        """Tell a fault of the entry."""
        self.faults.append(CatalogueFault(self.file, line, code, values))
        return MISSING

    def wrong_type(self, node: Node, key: str, wanted: str) -> Missing:
        """Tell that a value is of another kind than its key wants."""
        return self.fault(node.line, "wrong_type", key=key, wanted=wanted, found=kind_of(node))


def near(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """Give the known words that a mistyped one may mean."""
    return tuple(difflib.get_close_matches(word[:60], tuple(known), n=NEAREST, cutoff=0.6))


def read_keys(
    desk: Desk, node: Block, table: Mapping[str, tuple[str, Reader]], required: Iterable[str] = ()
) -> dict[str, object]:
    """Read the keys of a block by a table of key → (name in the catalogue, reader); others are faults."""
    found: dict[str, object] = {}
    for key, value in node.parts.items():
        line = node.lines[key]
        if key not in table:
            desk.fault(line, "unknown_key", key=key, near=near(key, table), known=tuple(table))
            continue
        if kind_of(value) == "nothing":
            desk.fault(line, "value_missing", key=key)
            continue
        name, reader = table[key]
        read = reader(desk, key, value)
        if read is not MISSING:
            found[name] = read
    for key in required:
        if key not in node.parts:
            desk.fault(node.line, "key_missing", key=key)
    return found


def string(desk: Desk, key: str, node: Node) -> str | Missing:
    """Read a text of one line or more; a number written without quotes is a text here too."""
    if not isinstance(node, Scalar) or kind_of(node) in {"bool", "nothing"}:
        return desk.wrong_type(node, key, "text")
    if not node.text.strip():
        return desk.fault(node.line, "value_missing", key=key)
    return node.text.strip()


def boolean(desk: Desk, key: str, node: Node) -> bool | Missing:
    """Read true or false."""
    if isinstance(node, Scalar) and node.type == "bool":
        return node.is_true
    return desk.wrong_type(node, key, "bool")


def integer(desk: Desk, key: str, node: Node) -> int | Missing:
    """Read a whole number of nought or more."""
    if not isinstance(node, Scalar) or node.type != "int":
        return desk.wrong_type(node, key, "int")
    if int(node.text) < 0:
        return desk.fault(node.line, "number_negative", key=key, found=node.text)
    return int(node.text)


def amount(desk: Desk, key: str, node: Node) -> Decimal | Missing:
    """Read an exact amount of yuan, not below nought."""
    if not isinstance(node, Scalar) or node.type not in {"int", "decimal"}:
        return desk.wrong_type(node, key, "decimal")
    if Decimal(node.text) < 0:
        return desk.fault(node.line, "number_negative", key=key, found=node.text)
    return Decimal(node.text)


def strings(desk: Desk, key: str, node: Node) -> tuple[str, ...] | Missing:
    """Read a list of texts; one alone may stand without its list."""
    parts = node.parts if isinstance(node, Listing) else [node]
    read = [string(desk, key, part) for part in parts]
    return tuple(each for each in read if not isinstance(each, Missing))


def listed(desk: Desk, key: str, node: Node, reader: Reader) -> tuple[object, ...] | Missing:
    """Read a list whose values are all of one kind."""
    if not isinstance(node, Listing):
        return desk.wrong_type(node, key, "list")
    return tuple(read for read in (reader(desk, key, part) for part in node.parts) if read is not MISSING)


def one_of(*known: str) -> Reader:
    """Read one word of a closed list."""

    def read(desk: Desk, key: str, node: Node) -> object:
        word = string(desk, key, node)
        if isinstance(word, Missing) or word in known:
            return word
        return desk.fault(node.line, "not_an_option", key=key, found=word, near=near(word, known), known=known)

    return read


def many_of(*known: str) -> Reader:
    """Read a list of words of a closed list."""

    def read(desk: Desk, key: str, node: Node) -> object:
        if isinstance(node, Scalar):
            return listed(desk, key, Listing(node.line, [node]), one_of(*known))
        return listed(desk, key, node, one_of(*known))

    return read


def code_of(*kinds: str) -> Reader:
    """Read the code of an entry of one of these kinds that stands somewhere in the folder."""

    def read(desk: Desk, key: str, node: Node) -> object:
        code = string(desk, key, node)
        return code if isinstance(code, Missing) else known_code(desk, key, node.line, code, kinds)

    return read


def known_code(desk: Desk, key: str, line: int, code: str, kinds: Iterable[str]) -> str | Missing:
    """Check that a code stands in the folder and is of the kind wanted here."""
    kind = desk.authored.kind_of_code.get(code)
    wanted = tuple(kinds)
    if kind in wanted:
        return code
    if kind is not None:
        return desk.fault(line, "code_of_other_kind", key=key, found=code, kind=kind, wanted=wanted)
    known = [each for each, its in desk.authored.kind_of_code.items() if its in wanted]
    return desk.fault(line, "unknown_code", key=key, found=code, near=near(code, known), wanted=wanted)


def codes_of(*kinds: str) -> Reader:
    """Read a list of codes of entries."""
    one = code_of(*kinds)

    def read(desk: Desk, key: str, node: Node) -> object:
        if isinstance(node, Scalar):
            return listed(desk, key, Listing(node.line, [node]), one)
        return listed(desk, key, node, one)

    return read


def limit(desk: Desk, key: str, node: Node) -> Limit | Missing:
    """Read a length of time: `10 workdays`."""
    written = string(desk, key, node)
    if isinstance(written, Missing):
        return written
    try:
        return Limit.parse(written)
    except TimeFault as fault:
        return desk.fault(node.line, fault.code, key=key, found=written)


_TEXT: Mapping[str, tuple[str, Reader]] = {"zh": ("zh", string), "en": ("en", string)}


def text(desk: Desk, key: str, node: Node) -> Text | Missing:
    """Read a text in both languages."""
    if not isinstance(node, Block):
        return desk.wrong_type(node, key, "zh_and_en")
    return pair(read_keys(desk, node, _TEXT, ("zh", "en")))


def pair(found: Mapping[str, object]) -> Text | Missing:
    """Make a text of what was read, when both languages are there."""
    if "zh" in found and "en" in found:
        return Text(zh=str(found["zh"]), en=str(found["en"]))
    return MISSING


def wording(desk: Desk, key: str, node: Node) -> Wording | Missing:
    """Read a question with its plain wording."""
    if not isinstance(node, Block):
        return desk.wrong_type(node, key, "zh_and_en")
    found = read_keys(desk, node, {**_TEXT, "plain": ("plain", text)}, ("zh", "en"))
    both = pair(found)
    return both if isinstance(both, Missing) else Wording.model_validate({**found})


def sources(desk: Desk, key: str, node: Node) -> tuple[str, ...] | Missing:
    """Read source codes; an article may follow the code: `L-XF 第十五条`."""
    read = strings(desk, key, node)
    known = desk.authored.sources
    if isinstance(read, Missing) or known is None:
        return read
    codes = tuple(each.split()[0] for each in read)
    for code in codes:
        if code not in known:
            desk.fault(node.line, "unknown_source", found=code, near=near(code, known))
    return codes
