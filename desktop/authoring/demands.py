"""The keys of a demand as authors write them."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.authoring.items import SUBJECT_KINDS
from desktop.authoring.nodes import Block, Listing, Node
from desktop.authoring.values import (
    MISSING,
    Desk,
    Missing,
    Reader,
    boolean,
    code_of,
    codes_of,
    integer,
    limit,
    listed,
    many_of,
    read_keys,
    sources,
    string,
    strings,
    text,
)
from desktop.workflow.catalogue.definitions import Advice, BeforeAfter, Role, Route, Text, Want

_Keys = Mapping[str, tuple[str, Reader]]

_ROLE: _Keys = {
    "zh": ("zh", string),
    "en": ("en", string),
    "kinds": ("kinds", many_of(*SUBJECT_KINDS)),
    "optional": ("optional", boolean),
    "set_of": ("set_of", code_of("fact")),
    "in_person": ("in_person", strings),
    "src": ("src", sources),
}
_WANT: _Keys = {
    "outcome": ("outcome", code_of("outcome")),
    "when": ("when", string),
    "of": ("of", string),
    "item": ("item", code_of("item")),
    "opt_in": ("opt_in", boolean),
    "anew": ("anew", boolean),
    "src": ("src", sources),
}
_ROUTE: _Keys = {"when": ("when", string), "outcome": ("outcome", text), "src": ("src", sources)}
_ADVICE: _Keys = {"text": ("text", text), "when": ("when", string), "src": ("src", sources)}


def _roles(desk: Desk, key: str, node: Node) -> object:
    if not isinstance(node, Block):
        return desk.wrong_type(node, key, "block")
    read = [_role(desk, code, part, node.lines[code]) for code, part in node.parts.items()]
    return tuple(role for role in read if not isinstance(role, Missing))


def _role(desk: Desk, code: str, node: Node, line: int) -> Role | Missing:
    if not isinstance(node, Block):
        return desk.wrong_type(node, code, "block")
    found = read_keys(desk, Block(line, node.parts, node.lines), _ROLE, ("zh", "en"))
    found.pop("src", None)
    zh, en = found.pop("zh", None), found.pop("en", None)
    if zh is None or en is None:
        return MISSING
    return Role.model_validate({**found, "code": code, "name": Text(zh=str(zh), en=str(en))})


def _wants(desk: Desk, key: str, node: Node) -> object:
    return listed(desk, key, node, _want)


def _want(desk: Desk, key: str, node: Node) -> object:
    """Read one outcome aimed at; a bare code is wanted in every case."""
    if not isinstance(node, Block):
        code = code_of("outcome")(desk, key, node)
        return Want(outcome=code) if isinstance(code, str) else MISSING
    found = read_keys(desk, node, _WANT, ("outcome",))
    found.pop("src", None)
    return Want.model_validate(found) if "outcome" in found else MISSING


def _routing(desk: Desk, key: str, node: Node) -> object:
    return listed(desk, key, node, _route)


def _route(desk: Desk, key: str, node: Node) -> object:
    if not isinstance(node, Block):
        return desk.wrong_type(node, key, "block")
    found = read_keys(desk, node, _ROUTE, ("when", "outcome"))
    return Route.model_validate(found) if {"when", "outcome"} <= found.keys() else MISSING


def _advice(desk: Desk, key: str, node: Node) -> object:
    return listed(desk, key, node, _advise)


def _advise(desk: Desk, key: str, node: Node) -> object:
    if not isinstance(node, Block):
        return desk.wrong_type(node, key, "block")
    found = read_keys(desk, node, _ADVICE, ("text",))
    return Advice.model_validate(found) if "text" in found else MISSING


def _two(desk: Desk, key: str, node: Node) -> object:
    """Read how many it was before and how many it is now."""
    if not isinstance(node, Listing) or len(node.parts) != 2:
        return desk.wrong_type(node, key, "two_numbers")
    read = [integer(desk, key, part) for part in node.parts]
    return MISSING if any(isinstance(each, Missing) for each in read) else tuple(read)


_BEFORE_AFTER: _Keys = {
    "days": ("days", _two),
    "papers": ("papers", _two),
    "visits": ("visits", _two),
    "steps": ("steps", _two),
    "src": ("src", sources),
}


def _before_after(desk: Desk, key: str, node: Node) -> object:
    if not isinstance(node, Block):
        return desk.wrong_type(node, key, "block")
    return BeforeAfter.model_validate(read_keys(desk, node, _BEFORE_AFTER))


DEMAND: _Keys = {
    "words": ("words", strings),
    "scene": ("scene", code_of("scene")),
    "lead": ("lead", code_of("department")),
    "roles": ("roles", _roles),
    "wants": ("wants", _wants),
    "order": ("order", codes_of("fact")),
    "routing": ("routing", _routing),
    "advice": ("advice", _advice),
    "promised": ("promised", limit),
    "visits": ("visits", integer),
    "fee_note": ("fee_note", text),
    "before_after": ("before_after", _before_after),
    "basis": ("basis", strings),
}


def demand_values(found: Mapping[str, object]) -> dict[str, object]:
    """Give the values of a demand as the catalogue has them."""
    return dict(found)
