"""Conditions that can never hold, and conditions about people the demand does not speak of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from desktop.workflow.catalogue.definitions import APPLICANT, CASE, Catalogue
from desktop.workflow.catalogue.requirements import Known, Need
from desktop.workflow.checking.findings import (
    Finding,
    Spoken,
    all_conditions,
    demand_conditions,
    error,
    item_conditions,
    parts_of,
    reached_items,
    read,
)
from desktop.workflow.conditions.condition import ConditionFault, FactRef, FactType
from desktop.workflow.conditions.table import Cell, Row, rows_of
from desktop.workflow.conditions.tree import Age, AllOf, Claim, Count, Read, all_parts

_ALWAYS = frozenset({APPLICANT, "agent", "guardian"})
"""The roles that any demand may have filled, whether it names them or not."""


def condition_findings(catalogue: Catalogue) -> Iterator[Finding]:
    """Find conditions that can never hold (by intervals and options alone) and facts of roles nobody declares."""
    for spoken in all_conditions(catalogue):
        if not _may_hold(catalogue, spoken.text):
            yield error("condition_never_holds", spoken.where, text=spoken.text)
        elif spoken.under and not _may_hold(catalogue, spoken.text, *spoken.under):
            yield error("condition_never_holds_here", spoken.where, text=spoken.text, under=spoken.under)
    yield from _role_findings(catalogue)


def _may_hold(catalogue: Catalogue, *texts: str) -> bool:
    """Say whether conditions may all hold at once; what is no simple comparison is taken to be possible."""
    claims = [condition.tree for condition in (read(catalogue, text) for text in texts) if condition is not None]
    whole = all_parts(claims)
    parts = whole.parts if isinstance(whole, AllOf) else (whole,)
    simple = all_parts(part for part in parts if _rows(part) is not None)
    rows = _rows(simple)
    return rows is None or any(_row_may_hold(catalogue, row) for row in rows)


def _rows(claim: Claim) -> tuple[Row, ...] | None:
    try:
        return rows_of(claim)
    except ConditionFault:
        return None


def _row_may_hold(catalogue: Catalogue, row: Row) -> bool:
    by_subject: dict[object, list[Cell]] = {}
    for cell in row:
        by_subject.setdefault(cell.subject, []).append(cell)
    return all(_cells_may_hold(catalogue, cells) for cells in by_subject.values())


def _cells_may_hold(catalogue: Catalogue, cells: list[Cell]) -> bool:
    operators = {cell.operator for cell in cells}
    if "unknown" in operators and len(operators) > 1:
        return False  # what compares an unknown value never holds
    if {"is", "is not"} <= operators:
        return False
    has = {cell.values[0] for cell in cells if cell.operator == "contains"}
    lacks = {cell.values[0] for cell in cells if cell.operator == "lacks"}
    compared = [
        cell for cell in cells if cell.operator not in {"is", "is not", "known", "unknown", "contains", "lacks"}
    ]
    return not has & lacks and (not compared or _values_may_hold(catalogue, compared))


def _values_may_hold(catalogue: Catalogue, cells: list[Cell]) -> bool:
    allowed: set[object] | None = _options(catalogue, cells[0])
    for cell in cells:
        if cell.operator in {"==", "in"}:
            values: set[object] = {constant.value for constant in cell.values}
            allowed = values if allowed is None else allowed & values
    if allowed is not None:
        return any(
            all(_fits(value, cell) for cell in cells) and _in_domain(catalogue, value, cells[0]) for value in allowed
        )
    return _interval_open(catalogue, cells)


def _options(catalogue: Catalogue, cell: Cell) -> set[object] | None:
    """Give the closed list of values a choice may take."""
    subject = cell.subject
    if isinstance(subject, Read) and subject.type is FactType.ENUM and subject.code in catalogue.facts:
        return set(catalogue.facts[subject.code].options)
    return None


def _fits(value: object, cell: Cell) -> bool:
    first = cell.values[0].value
    match cell.operator:
        case "==" | "in":
            return any(value == constant.value for constant in cell.values)
        case "!=" | "not in":
            return all(value != constant.value for constant in cell.values)
        case "<":
            return _less(value, first)
        case "<=":
            return not _less(first, value)
        case ">":
            return _less(first, value)
    return not _less(value, first)


def _less(left: object, right: object) -> bool:
    return bool(left < right)  # type: ignore[operator]  # both are of the one sort the condition was typed with


def _lowest(catalogue: Catalogue, cell: Cell) -> int | None:
    """Give the least value a number can have: an age or a count is never below nought."""
    subject = cell.subject
    if isinstance(subject, Count):
        fact = catalogue.facts.get(subject.members.code)
        return (fact.minimum if fact is not None else None) or 0
    return 0 if isinstance(subject, Age) else None


def _is_whole(cell: Cell) -> bool:
    subject = cell.subject
    return isinstance(subject, Age | Count) or (isinstance(subject, Read) and subject.type is FactType.INT)


def _in_domain(catalogue: Catalogue, value: object, cell: Cell) -> bool:
    lowest = _lowest(catalogue, cell)
    if not isinstance(value, Decimal):
        return True
    return (lowest is None or value >= lowest) and (not _is_whole(cell) or value == int(value))


def _interval_open(catalogue: Catalogue, cells: list[Cell]) -> bool:
    """Say whether any value lies within all the bounds; of whole numbers, whether a whole one does."""
    lows = [(cell.values[0].value, cell.operator == ">") for cell in cells if cell.operator in {">", ">="}]
    highs = [(cell.values[0].value, cell.operator == "<") for cell in cells if cell.operator in {"<", "<="}]
    lowest = _lowest(catalogue, cells[0])
    if lowest is not None:
        lows.append((Decimal(lowest), False))
    banned = {constant.value for cell in cells if cell.operator in {"!=", "not in"} for constant in cell.values}
    return all(_between(low, high, banned, whole=_is_whole(cells[0])) for low in lows for high in highs)


_Bound = tuple[object, bool]


def _between(low: _Bound, high: _Bound, banned: Iterable[object], *, whole: bool) -> bool:
    """Say whether a value lies between two bounds, each with whether it is left out itself."""
    if isinstance(low[0], Decimal) and isinstance(high[0], Decimal) and whole:
        first = -((-low[0]) // 1) + (1 if low[1] and low[0] == low[0] // 1 else 0)
        last = high[0] // 1 - (1 if high[1] and high[0] == high[0] // 1 else 0)
        return last - first + 1 > len(
            [value for value in banned if isinstance(value, Decimal) and first <= value <= last]
        )
    if _less(low[0], high[0]):
        return True
    return low[0] == high[0] and not low[1] and not high[1] and low[0] not in banned


def _role_findings(catalogue: Catalogue) -> Iterator[Finding]:
    """Find facts and papers of roles that the demand, or every demand leading to the item, leaves undeclared."""
    yield from _told_by_nobody(catalogue)
    around: dict[str, set[str]] = {}
    for demand in catalogue.demands.values():
        roles = {role.code for role in demand.roles} | {APPLICANT, CASE}
        for spoken in demand_conditions(demand):
            yield from _undeclared(catalogue, spoken, roles)
        for item in reached_items(catalogue, demand):
            around.setdefault(item.code, set()).update(roles)
    for code, roles in around.items():
        item = catalogue.items[code]
        for spoken in item_conditions(item):
            yield from _undeclared(catalogue, spoken, roles)
        for placed in parts_of(item):
            of = placed.part.of if isinstance(placed.part, Need | Known) else None
            if of is not None and of not in roles | placed.roles:
                yield error("role_not_declared", placed.where, role=of, text=of)
        dated = item.window.of if item.window is not None else None
        if dated is not None and dated not in roles:
            yield error("role_not_declared", ("item", code, "window"), role=dated, text=dated)


def _told_by_nobody(catalogue: Catalogue) -> Iterator[Finding]:
    """Find facts told by who holds a role that no demand has."""
    everybody = {role.code for demand in catalogue.demands.values() for role in demand.roles} | _ALWAYS
    for fact in catalogue.facts.values():
        for role in sorted({role for row in fact.from_roles for role in (row.named, *(row.same or ())) if role}):
            if role not in everybody:
                yield error("role_not_declared", ("fact", fact.code, "from_roles"), role=role, text=role)


def _undeclared(catalogue: Catalogue, spoken: Spoken, roles: set[str]) -> Iterator[Finding]:
    condition = read(catalogue, spoken.text)
    wanted = {_role_of(catalogue, ref) for ref in condition.reads} if condition is not None else set()
    for role in sorted(role for role in wanted if role is not None and role not in roles | spoken.roles):
        yield error("role_not_declared", spoken.where, role=role, text=spoken.text)


def _role_of(catalogue: Catalogue, ref: FactRef) -> str | None:
    if ref.each_of is not None or ref.subject is not None:
        return None
    fact = catalogue.facts.get(ref.code)
    return ref.role or (fact.about if fact is not None else None)
