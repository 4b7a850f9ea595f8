"""What an item asks, as authors write it: bare codes, lists, and the words need, known, after, any, when, for_each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from desktop.authoring.nodes import Block, Listing, Node, Scalar
from desktop.authoring.values import (
    MISSING,
    Desk,
    Missing,
    Reader,
    boolean,
    code_of,
    integer,
    known_code,
    limit,
    one_of,
    read_keys,
    string,
)
from desktop.workflow.catalogue.requirements import (
    After,
    All,
    Any,
    AtLeast,
    Deferral,
    ForEach,
    Known,
    LeafKind,
    Need,
    Phase,
    Requirement,
    When,
)

LEAVES = ("fact", "material", "outcome")
_FORMS = ("need", "known", "after", "all", "any", "at_least", "for_each", "then")


def requires(desk: Desk, key: str, node: Node) -> object:
    """Read what an item asks before each gate."""
    if not isinstance(node, Block):
        return desk.wrong_type(node, key, "block")
    phases: Mapping[str, tuple[str, Reader]] = {phase.value: (phase.value, requirement) for phase in Phase}
    return {Phase(phase): read for phase, read in read_keys(desk, node, phases).items()}


def requirement(desk: Desk, key: str, node: Node) -> Requirement | Missing:
    """Read one requirement: a bare code, a list (all of it), or one of the forms."""
    match node:
        case Scalar():
            return _bare(desk, key, node)
        case Listing():
            return _all(desk, key, node)
    forms = [form for form in _FORMS if form in node.parts]
    if "for_each" in forms:
        forms = ["for_each"]
    if len(forms) != 1:
        return desk.fault(node.line, "requirement_unclear", found=tuple(node.parts), known=_FORMS)
    return _guarded(desk, node, _READERS[forms[0]])


def deferral(desk: Desk, key: str, node: Node) -> object:
    """Read how a paper may be owing; `true` alone means until the decision."""
    if isinstance(node, Scalar):
        allowed = boolean(desk, key, node)
        return Deferral() if allowed is True else MISSING
    if not isinstance(node, Block):
        return desk.wrong_type(node, key, "block")
    table: Mapping[str, tuple[str, Reader]] = {"until": ("until", one_of("decide", "issue")), "limit": ("limit", limit)}
    return Deferral.model_validate(read_keys(desk, node, table))


def _guarded(desk: Desk, node: Block, reader: Callable[[Desk, Block], Requirement | Missing]) -> Requirement | Missing:
    """Read a form and put its `when` round it."""
    part = reader(desk, node)
    if "when" not in node.parts:
        return desk.fault(node.line, "key_missing", key="when") if "then" in node.parts and part is MISSING else part
    condition = string(desk, "when", node.parts["when"])
    if isinstance(part, Missing) or isinstance(condition, Missing):
        return MISSING
    return When(condition=condition, part=part)


def _bare(desk: Desk, key: str, node: Scalar) -> Requirement | Missing:
    code = string(desk, key, node)
    return code if isinstance(code, Missing) else _need(desk, key, node.line, {"code": code})


def _need(desk: Desk, key: str, line: int, found: Mapping[str, object]) -> Requirement | Missing:
    code = known_code(desk, key, line, str(found["code"]), LEAVES)
    if isinstance(code, Missing):
        return code
    return Need.model_validate({**found, "kind": LeafKind(desk.authored.kind_of_code[code])})


def _all(desk: Desk, key: str, node: Node) -> Requirement | Missing:
    parts = _parts(desk, key, node)
    return parts if isinstance(parts, Missing) else All(parts=parts)


def _parts(desk: Desk, key: str, node: Node) -> tuple[Requirement, ...] | Missing:
    if not isinstance(node, Listing):
        return desk.wrong_type(node, key, "list")
    read = [requirement(desk, key, part) for part in node.parts]
    return tuple(part for part in read if not isinstance(part, Missing))


_ANY_TEXT: Mapping[str, tuple[str, Reader]] = {"when": ("when", string)}
_NEED_KEYS: Mapping[str, tuple[str, Reader]] = {
    "need": ("code", code_of(*LEAVES)),
    "of": ("of", string),
    "optional": ("optional", boolean),
    "deferrable": ("deferrable", deferral),
    "holds": ("holds", one_of("at_gate", "until_decision")),
}


def _read_need(desk: Desk, node: Block) -> Requirement | Missing:
    found = read_keys(desk, node, {**_NEED_KEYS, **_ANY_TEXT})
    found.pop("when", None)
    return _need(desk, "need", node.line, found) if "code" in found else MISSING


def _read_known(desk: Desk, node: Block) -> Requirement | Missing:
    found = read_keys(desk, node, {"known": ("code", code_of("fact")), "of": ("of", string), **_ANY_TEXT})
    found.pop("when", None)
    return Known.model_validate(found) if "code" in found else MISSING


def _read_after(desk: Desk, node: Block) -> Requirement | Missing:
    gates = one_of("accept", "issue")
    found = read_keys(desk, node, {"after": ("item", code_of("item")), "gate": ("gate", gates), **_ANY_TEXT})
    found.pop("when", None)
    return After.model_validate(found) if "item" in found else MISSING


def _read_all(desk: Desk, node: Block) -> Requirement | Missing:
    found = read_keys(desk, node, {"all": ("parts", _parts), **_ANY_TEXT})
    parts = found.get("parts")
    return All(parts=parts) if isinstance(parts, tuple) else MISSING


def _read_any(desk: Desk, node: Block) -> Requirement | Missing:
    found = read_keys(desk, node, {"any": ("parts", _parts), **_ANY_TEXT})
    parts = found.get("parts")
    return Any(parts=parts) if isinstance(parts, tuple) else MISSING


def _read_at_least(desk: Desk, node: Block) -> Requirement | Missing:
    table: Mapping[str, tuple[str, Reader]] = {"at_least": ("k", integer), "of_parts": ("parts", _parts), **_ANY_TEXT}
    found = read_keys(desk, node, table, ("of_parts",))
    k, parts = found.get("k"), found.get("parts")
    if not isinstance(k, int) or not isinstance(parts, tuple):
        return MISSING
    if k < 1:
        return desk.fault(node.line, "at_least_nothing", k=k)
    return AtLeast(k=k, parts=parts)


def _read_for_each(desk: Desk, node: Block) -> Requirement | Missing:
    needs = _NEED_KEYS if "need" in node.parts else {"then": ("then", requirement)}
    table = {"for_each": ("members", string), "role": ("role", string), **needs, **_ANY_TEXT}
    found = read_keys(desk, node, table, ("role", "need" if "need" in node.parts else "then"))
    found.pop("when", None)
    members, role = found.pop("members", None), found.pop("role", None)
    part = found.get("then")
    if "code" in found:
        # What is asked for each is the member's own, unless it is said to be somebody else's.
        part = _need(desk, "need", node.line, {"of": role, **found})
    if members is None or role is None or part is None or isinstance(part, Missing):
        return MISSING
    return ForEach.model_validate({"members": members, "role": role, "part": part})


def _read_then(desk: Desk, node: Block) -> Requirement | Missing:
    found = read_keys(desk, node, {"then": ("then", requirement), **_ANY_TEXT}, ("when",))
    part = found.get("then")
    return part if isinstance(part, All | Any | AtLeast | When | ForEach | Need | Known | After) else MISSING


_READERS: Mapping[str, Callable[[Desk, Block], Requirement | Missing]] = {
    "need": _read_need,
    "known": _read_known,
    "after": _read_after,
    "all": _read_all,
    "any": _read_any,
    "at_least": _read_at_least,
    "for_each": _read_for_each,
    "then": _read_then,
}
