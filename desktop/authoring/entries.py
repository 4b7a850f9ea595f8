"""The entries of a catalogue file: departments, scenes, facts, papers, outcomes; what each key means."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.authoring.demands import DEMAND, demand_values
from desktop.authoring.folder import Entry
from desktop.authoring.items import ITEM, item_values
from desktop.authoring.needs import deferral
from desktop.authoring.nodes import Block, Node
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
    one_of,
    pair,
    read_keys,
    sources,
    string,
    strings,
    text,
    wording,
)
from desktop.workflow.catalogue.definitions import (
    Demand,
    Department,
    Fact,
    FromRoles,
    Item,
    Law,
    Material,
    Outcome,
    Scene,
    Source,
)
from desktop.workflow.catalogue.requirements import Part
from desktop.workflow.conditions.condition import FactType

_Keys = Mapping[str, tuple[str, Reader]]

_NOT_IN_NAMES = frozenset(" \t\n()（）[]【】,，、:：\"“”'<>=!")


def _fact_name(desk: Desk, key: str, node: Node) -> str | Missing:
    """Read a fact's Chinese name, which stands in conditions and so must be one word."""
    name = string(desk, key, node)
    if not isinstance(name, Missing) and not _NOT_IN_NAMES.isdisjoint(name):
        return desk.fault(node.line, "name_not_usable", found=name)
    return name


def _options(desk: Desk, key: str, node: Node) -> object:
    """Read the options of a choice: code → text in both languages."""
    if not isinstance(node, Block):
        return desk.wrong_type(node, key, "block")
    read = {code: text(desk, code, part) for code, part in node.parts.items()}
    return {code: option for code, option in read.items() if not isinstance(option, Missing)}


def _from_roles(desk: Desk, key: str, node: Node) -> object:
    """Read what a fact is by who takes part: `{same: [applicant, father], holds: true}`, `{named: agent, …}`."""
    return listed(desk, key, node, _from_role)


def _from_role(desk: Desk, key: str, node: Node) -> object:
    if not isinstance(node, Block):
        return desk.wrong_type(node, key, "block")
    found = read_keys(desk, node, _FROM_ROLE, ("holds",))
    if "holds" not in found:
        return MISSING
    same = found.get("same", ("", ""))
    if ("named" in found) is ("same" in found) or not isinstance(same, tuple) or len(same) != 2:
        return desk.fault(node.line, "key_missing", key="named / same: [a, b]")
    return FromRoles.model_validate(found)


_FROM_ROLE: _Keys = {"holds": ("holds", boolean), "named": ("named", string), "same": ("same", strings)}
_NAMED: _Keys = {"zh": ("zh", string), "en": ("en", string), "src": ("src", sources)}
_PLAIN: _Keys = {**_NAMED, "plain": ("plain", text)}

_DEPARTMENT: _Keys = {**_NAMED, "short": ("short", text)}
_SCENE: _Keys = {
    **_NAMED,
    "words": ("words", strings),
    "audience": ("audience", one_of("personal", "business", "field")),
}
_FACT: _Keys = {
    **_NAMED,
    "zh": ("zh", _fact_name),
    "type": ("type", one_of(*FactType)),
    "unit": ("unit", string),
    "about": ("about", string),
    "options": ("options", _options),
    "question": ("question", wording),
    "help": ("help", text),
    "sources": ("sources", many_of(*Source)),
    "valid_for": ("valid_for", limit),
    "sensitive": ("sensitive", boolean),
    "members": ("members", one_of("values", "subjects")),
    "minimum": ("minimum", integer),
    "maximum": ("maximum", integer),
    "rule": ("rule", string),
    "from_outcome": ("from_outcome", code_of("outcome")),
    "from_roles": ("from_roles", _from_roles),
}
_MATERIAL: _Keys = {
    **_PLAIN,
    "about": ("about", string),
    "forms": ("forms", many_of("original", "copy", "shared", "form", "photo")),
    "origin": ("origin", one_of("applicant", "government", "hospital", "other", "hall")),
    "issuer": ("issuer", string),
    "valid_for": ("valid_for", limit),
    "substitutes": ("substitutes", codes_of("material")),
    "provided_by": ("provided_by", codes_of("outcome")),
    "deferrable": ("deferrable", deferral),
    "carries": ("carries", codes_of("fact")),
}
_OUTCOME: _Keys = {
    **_PLAIN,
    "kind": ("kind", one_of("certificate", "registration", "permit", "payment", "notice", "consent")),
    "about": ("about", string),
    "valid_for": ("valid_for", limit),
    "issuer": ("issuer", string),
}

_TABLES: Mapping[str, tuple[type[Part], _Keys, tuple[str, ...]]] = {
    "department": (Department, _DEPARTMENT, ()),
    "scene": (Scene, _SCENE, ("audience",)),
    "law": (Law, _NAMED, ()),
    "fact": (Fact, _FACT, ("type",)),
    "material": (Material, _MATERIAL, ()),
    "outcome": (Outcome, _OUTCOME, ()),
    "item": (Item, {**_PLAIN, **ITEM}, ("department",)),
    "demand": (Demand, {**_PLAIN, **DEMAND}, ("roles", "wants")),
}


def read_entry(desk: Desk, entry: Entry) -> Part | None:
    """Make the entry's part of the catalogue; None when a fault leaves too little of it."""
    model, table, required = _TABLES[entry.kind]
    desk.file = entry.file
    before = len(desk.faults)
    found = read_keys(desk, Block(entry.line, entry.node.parts, entry.node.lines), table, ("zh", "en", *required))
    if len(desk.faults) > before:
        return None
    name = pair({"zh": found.pop("zh", None), "en": found.pop("en", None)})
    if entry.kind == "item":
        found = item_values(found)
    elif entry.kind == "demand":
        found = demand_values(found)
    if "src" not in model.model_fields:
        found.pop("src", None)
    return None if name is MISSING else model.model_validate({**found, "code": entry.code, "name": name})
