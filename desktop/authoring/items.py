"""The keys of a service item as authors write them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from desktop.authoring.needs import requires
from desktop.authoring.nodes import Block, Node, Scalar
from desktop.authoring.values import (
    MISSING,
    Desk,
    Missing,
    Reader,
    amount,
    boolean,
    code_of,
    codes_of,
    known_code,
    limit,
    listed,
    many_of,
    one_of,
    read_keys,
    sources,
    string,
    strings,
    text,
)
from desktop.workflow.catalogue.definitions import Fee, Window
from desktop.workflow.procedure.procedures import ItemKind, PauseGround

SUBJECT_KINDS = ("person", "enterprise", "sole_trader", "body", "premises", "vehicle", "object")

_Keys = Mapping[str, tuple[str, Reader]]

_GROUNDS = {
    "听证": "hearing",
    "招标": "tender",
    "拍卖": "auction",
    "检验": "inspection",
    "检测": "testing",
    "检疫": "quarantine",
    "鉴定": "appraisal",
    "专家评审": "expert_review",
    "残疾评定": "disability_assessment",
    "制卡": "card_making",
}
_LIMITS: _Keys = {name: (name, limit) for name in ("statutory", "promised", "extend", "afterwards")}
_PAUSE: _Keys = {"ground": ("ground", string), "basis": ("basis", string), "src": ("src", sources)}
_FEE: _Keys = {"amount": ("amount", amount), "when": ("when", string), "text": ("text", text), "src": ("src", sources)}
_WINDOW: _Keys = {
    "limit": ("limit", limit),
    "after": ("after", code_of("fact")),
    "of": ("of", string),
    "text": ("text", text),
    "consequence": ("consequence", text),
    "basis": ("basis", string),
    "src": ("src", sources),
}


def _limits(desk: Desk, key: str, node: Node) -> object:
    return read_keys(desk, node, _LIMITS) if isinstance(node, Block) else desk.wrong_type(node, key, "block")


def _pauses(desk: Desk, key: str, node: Node) -> object:
    return listed(desk, key, node, _pause)


def _pause(desk: Desk, key: str, node: Node) -> object:
    if not isinstance(node, Block):
        return desk.wrong_type(node, key, "block")
    found = read_keys(desk, node, _PAUSE, ("ground", "basis"))
    if "ground" not in found or "basis" not in found:
        return MISSING
    ground = str(found["ground"])
    return PauseGround(_GROUNDS.get(ground, ground), str(found["basis"]))


def _fees(desk: Desk, key: str, node: Node) -> object:
    return listed(desk, key, node, _fee_row)


def _fee_row(desk: Desk, key: str, node: Node) -> object:
    if not isinstance(node, Block):
        return desk.wrong_type(node, key, "block")
    found = read_keys(desk, node, _FEE, ("amount",))
    found.pop("src", None)
    return Fee.model_validate(found)


def _fee(desk: Desk, key: str, node: Node) -> object:
    """Read one fee for everybody; nought is no row at all."""
    if isinstance(node, Block):
        return (_fee_row(desk, key, node),)
    read = amount(desk, key, node)
    if isinstance(read, Missing):
        return read
    return () if read == Decimal(0) else (Fee(amount=read),)


def _window(desk: Desk, key: str, node: Node) -> object:
    if not isinstance(node, Block):
        return desk.wrong_type(node, key, "block")
    found = read_keys(desk, node, _WINDOW, ("limit",))
    return Window.model_validate(found) if "limit" in found else MISSING


def _on_change(desk: Desk, key: str, node: Node) -> object:
    if not isinstance(node, Block):
        return desk.wrong_type(node, key, "block")
    policy = one_of("ignore", "notify", "reverify", "redecide", "revoke")
    for code in node.parts:
        known_code(desk, key, node.lines[code], code, ("fact",))
    return {code: policy(desk, code, part) for code, part in node.parts.items()}


def _basis(desk: Desk, key: str, node: Node) -> object:
    """Read the legal basis; several articles are told in a row."""
    if isinstance(node, Scalar):
        return string(desk, key, node)
    read = strings(desk, key, node)
    return read if isinstance(read, Missing) else "；".join(read)


ITEM: _Keys = {
    "department": ("department", code_of("department")),
    "about": ("about", string),
    "for": ("open_to", many_of(*SUBJECT_KINDS)),
    "provides": ("provides", codes_of("outcome")),
    "ends": ("ends", codes_of("outcome")),
    "eligible": ("eligible", string),
    "requires": ("requires", requires),
    "procedure": ("procedure", string),
    "kind": ("kind", one_of(*ItemKind)),
    "limits": ("limits", _limits),
    "pauses": ("pauses", _pauses),
    "window": ("window", _window),
    "fees": ("fees", _fees),
    "fee": ("fee", _fee),
    "joint": ("joint", string),
    "special": ("special", text),
    "channel": ("channel", text),
    "note": ("note", text),
    "base_code": ("base_code", string),
    "on_change": ("on_change", _on_change),
    "basis": ("basis", _basis),
    "plain_item": ("plain_item", boolean),
}


def item_values(found: Mapping[str, object]) -> dict[str, object]:
    """Put the limits and the single fee where the catalogue has them."""
    values = dict(found)
    limits = values.pop("limits", {})
    fee = values.pop("fee", None)
    if isinstance(limits, dict):
        values.update(limits)
    if fee is not None:
        values.setdefault("fees", fee)
    return values
