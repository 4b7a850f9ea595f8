"""The closed table of functions a condition may call."""

import difflib
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from desktop.workflow.conditions.tree import (
    CLAIMS,
    Age,
    Constant,
    Count,
    Days,
    Holds,
    Known,
    Months,
    NextDay,
    Node,
    Read,
    Sort,
    Today,
    Value,
)
from desktop.workflow.conditions.types import ConditionFault
from desktop.workflow.conditions.typing import Loose, Typing
from desktop.workflow.conditions.words import FUNCTIONS

Argument = tuple[Node | Loose, int]

_COUNTS: Final = {
    "age": 1,
    "known": 1,
    "count": 1,
    "days_between": 2,
    "months_between": 2,
    "date": 3,
    "today": 0,
    "next_day": 2,
}
_LEAP_YEAR: Final = 2000  # a year that has every day there is


def called(code: str, written: str, arguments: Sequence[Argument], column: int, typing: Typing) -> Node:
    """Return the node of a call; `code` is empty when nobody knows the function as written.

    Errors: ConditionFault `unknown_function`, `wrong_arguments`, `bad_date`, `type_mismatch`, `unknown_name`,
    `not_a_set`.
    """
    if not code:
        near = tuple(difflib.get_close_matches(written[:60], list(FUNCTIONS), n=3, cutoff=0.5))
        raise ConditionFault("unknown_function", column, {"function": written, "suggestions": near})
    if len(arguments) != _COUNTS[code]:
        values = {"function": written, "expected": _COUNTS[code], "found": len(arguments)}
        raise ConditionFault("wrong_arguments", column, values)
    return _built(code, arguments, column, typing)


def calendar_day(year: int, month: int, day: int, column: int) -> Constant:
    """Return a date constant; ConditionFault `bad_date` when the calendar has no such day."""
    try:
        return Constant(Sort.DATE, date(year, month, day))
    except (ValueError, OverflowError):
        values = {"year": year, "month": month, "day": day}
        raise ConditionFault("bad_date", column, values) from None


def _built(code: str, arguments: Sequence[Argument], column: int, typing: Typing) -> Node:
    if code == "today":
        return Today()
    if code == "known":
        return Known(_fact(arguments[0], typing))
    if code == "date":
        year, month, day = (_whole(argument, typing) for argument in arguments)
        return calendar_day(year, month, day, column)
    if code == "next_day":
        month, day = (_whole(argument, typing) for argument in arguments)
        calendar_day(_LEAP_YEAR, month, day, column)
        return NextDay(month, day)
    if code == "count":
        node, place = arguments[0]
        return Count(typing.set_fact(_value(node, place, typing), place))
    dates = [_day(argument, typing) for argument in arguments]
    if code == "age":
        return Age(dates[0])
    start, end = dates
    return Days(start, end) if code == "days_between" else Months(start, end)


def _value(node: Node | Loose, column: int, typing: Typing) -> Value:
    if isinstance(node, CLAIMS):
        raise ConditionFault("type_mismatch", column, {"expected": "value", "found": Sort.BOOL.value})
    return typing.fitted(node, None, column)


def _day(argument: Argument, typing: Typing) -> Value:
    node, column = argument
    value = _value(node, column, typing)
    if value.sort is not Sort.DATE:
        raise ConditionFault("type_mismatch", column, {"expected": Sort.DATE.value, "found": value.sort.value})
    return value


def _whole(argument: Argument, typing: Typing) -> int:
    node, column = argument
    value = _value(node, column, typing)
    if isinstance(value, Constant) and isinstance(value.value, Decimal) and value.value % 1 == 0:
        return int(value.value)
    raise ConditionFault("type_mismatch", column, {"expected": "whole number", "found": value.sort.value})


def _fact(argument: Argument, typing: Typing) -> Read:
    node, column = argument
    if isinstance(node, Holds):
        return node.fact
    if isinstance(node, Loose):
        raise typing.unknown(node, column)
    if not isinstance(node, Read):
        raise ConditionFault("type_mismatch", column, {"expected": "fact"})
    return node
