"""Functions that give the values in a condition: facts read, numbers reckoned exactly, dates.

A value that cannot be given yet is the frozenset of facts that are missing for it; no plain value is a frozenset.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from typing import Any, Final, cast

from desktop.workflow.conditions.characters import same_spelling
from desktop.workflow.conditions.dates import age, months_between, moved, next_day
from desktop.workflow.conditions.tree import (
    Age,
    Constant,
    Count,
    Days,
    MemberValue,
    Months,
    Negative,
    NextDay,
    Product,
    Read,
    Sort,
    Sum,
    Today,
    Value,
)
from desktop.workflow.conditions.types import Absent, CaseDays, FactRef, FactType, Lookup, WrongValue

Missing = frozenset[FactRef]
Members = Mapping[str, str]
ValueFunction = Callable[[Lookup, CaseDays, Members], Any]

_EXACT: Final = Context(prec=2_000, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])
_LARGEST_EXPONENT: Final = 200

_ACCEPTED: Final[dict[FactType, frozenset[type]]] = {
    FactType.BOOL: frozenset({bool}),
    FactType.INT: frozenset({int}),
    FactType.DECIMAL: frozenset({int, Decimal}),
    FactType.MONEY: frozenset({int, Decimal}),
    FactType.TEXT: frozenset({str}),
    FactType.ENUM: frozenset({str}),
    FactType.DATE: frozenset({date}),
    FactType.SET: frozenset({frozenset, set, tuple, list}),
}


def accepted(fact_type: FactType) -> frozenset[type]:
    """Return the Python types a stored value of this type may have."""
    return _ACCEPTED[fact_type]


def absent(value: object, ref: FactRef, expected: FactType) -> Missing:
    """Return what is missing when there is no value; WrongValue when there is one of another type."""
    if value is None or isinstance(value, Absent):
        return frozenset((ref,))
    raise WrongValue(ref, expected, value)


def constant(node: Constant) -> object:
    """Return a constant as it is compared: whole numbers as int, which is quicker and as exact."""
    value = node.value
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    return value


def value_function(node: Value) -> ValueFunction:
    """Return the function that gives a value, or the facts missing for it."""
    return _MAKERS[type(node)](node)


def read_function(node: Read) -> ValueFunction:
    """Return the function that reads a fact and checks that its value is of the fact's type.

    Errors of that function: WrongValue, also for a number that is not finite or beyond 10^200.
    """
    if node.variable is not None:
        return _member_read(node, node.variable)
    ref, expected, types = node.ref, node.type, accepted(node.type)
    refine = _REFINED.get(expected)

    def read(lookup: Lookup, _days: CaseDays, _members: Members) -> Any:
        value = lookup(ref)
        if type(value) in types:
            return value if refine is None else refine(value, ref)
        return absent(value, ref, expected)

    return read


def _member_read(node: Read, variable: str) -> ValueFunction:
    code, expected, types = node.code, node.type, accepted(node.type)
    refine = _REFINED.get(expected)

    def read(lookup: Lookup, _days: CaseDays, members: Members) -> Any:
        ref = FactRef.of_subject(members[variable], code)
        value = lookup(ref)
        if type(value) in types:
            return value if refine is None else refine(value, ref)
        return absent(value, ref, expected)

    return read


def _reasonable(value: Any, ref: FactRef) -> object:
    if type(value) is Decimal and not (value.is_finite() and abs(value.adjusted()) <= _LARGEST_EXPONENT):
        raise WrongValue(ref, FactType.DECIMAL, value)
    return cast("object", value)


_REFINED: Final[dict[FactType, Callable[[Any, FactRef], object]]] = {
    FactType.DECIMAL: _reasonable,
    FactType.MONEY: _reasonable,
    FactType.TEXT: lambda value, _: same_spelling(value),
    FactType.SET: lambda value, _: set(value),  # a frozenset would be taken for missing facts
}


def _constant(node: Constant) -> ValueFunction:
    value = constant(node)
    return lambda _lookup, _days, _members: value


def _member(node: MemberValue) -> ValueFunction:
    variable, is_text = node.variable, node.sort is Sort.TEXT
    return lambda _lookup, _days, members: same_spelling(members[variable]) if is_text else members[variable]


def _today(_node: Today) -> ValueFunction:
    return lambda _lookup, days, _members: days.today


def _next_day(node: NextDay) -> ValueFunction:
    def run(_lookup: Lookup, days: CaseDays, _members: Members) -> Any:
        day = days.counted_from
        return None if day is None else next_day(node.month, node.day, day)

    return run


def _sum(node: Sum) -> ValueFunction:
    steps = [(sign, value_function(term)) for sign, term in node.terms]
    of_date = node.sort is Sort.DATE

    def add(values: list[Any]) -> object:
        if of_date:
            days = sum((sign * int(value) for (sign, _), value in zip(steps[1:], values[1:], strict=True)), 0)
            return moved(values[0], days)
        total = Decimal(0)
        for (sign, _), value in zip(steps, values, strict=True):
            total = _EXACT.add(total, value) if sign > 0 else _EXACT.subtract(total, value)
        return total

    return _combined([step for _, step in steps], add)


def _product(node: Product) -> ValueFunction:
    def multiply(values: list[Any]) -> object:
        result = Decimal(1)
        for value in values:
            result = _EXACT.multiply(result, value)
        return result

    return _combined([value_function(factor) for factor in node.factors], multiply)


def _combined(parts: list[ValueFunction], combine: Callable[[list[Any]], object]) -> ValueFunction:
    """Return the function that combines the parts' values, or gathers what is missing for any of them."""

    def run(lookup: Lookup, days: CaseDays, members: Members) -> Any:
        values = [part(lookup, days, members) for part in parts]
        missing = [value for value in values if type(value) is frozenset]
        return frozenset().union(*missing) if missing else combine(values)

    return run


def _negative(node: Negative) -> ValueFunction:
    return _combined([value_function(node.operand)], lambda values: _EXACT.minus(Decimal(values[0])))


def _age(node: Age) -> ValueFunction:
    parts = [value_function(node.born), _today(Today())]
    return _combined(parts, lambda values: age(values[0], values[1]))


def _days(node: Days) -> ValueFunction:
    parts = [value_function(node.start), value_function(node.end)]
    return _combined(parts, lambda values: (values[1] - values[0]).days)


def _months(node: Months) -> ValueFunction:
    parts = [value_function(node.start), value_function(node.end)]
    return _combined(parts, lambda values: months_between(values[0], values[1]))


def _count(node: Count) -> ValueFunction:
    return _combined([read_function(node.members)], lambda values: len(values[0]))


_MAKERS: Final[dict[type, Callable[[Any], ValueFunction]]] = {
    Constant: _constant,
    Read: read_function,
    MemberValue: _member,
    Today: _today,
    NextDay: _next_day,
    Sum: _sum,
    Product: _product,
    Negative: _negative,
    Age: _age,
    Days: _days,
    Months: _months,
    Count: _count,
}
