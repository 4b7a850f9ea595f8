"""What a number told of a fact may be: written plainly, not below its least, not above what its unit can be."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from desktop.workflow.catalogue.definitions import Fact
from desktop.workflow.conditions.condition import FactType

NUMBERS: Final = frozenset({FactType.INT, FactType.DECIMAL, FactType.MONEY})
_MOST: Final[Mapping[str, int]] = {
    "m2": 10_000_000,
    "m": 1_000_000,
    "cm": 10_000,
    "people": 10_000_000,
    "years": 200,
    "months": 2_400,
    "CNY": 10_000_000_000_000,
}
"""More than any hall sees of each unit; beyond stands a slip of the hand."""
_MOST_OF_ALL: Final = 1_000_000_000_000_000
_WHOLE: Final = re.compile(r"[+-]?\d+")
_PLAIN: Final = re.compile(r"[+-]?\d+(?:\.\d+)?")


class NumberFault(ValueError):
    """Why a number cannot be told of a fact: `number_unreadable`, `number_too_small` or `number_too_large`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def least_of(fact: Fact) -> int | None:
    """Give the smallest number a fact may be; what is counted or measured in a unit is never below nothing."""
    return 0 if fact.minimum is None and fact.unit is not None else fact.minimum


def most_of(fact: Fact) -> int:
    """Give the largest number a fact may be: its own, or what its unit can be."""
    return fact.maximum if fact.maximum is not None else _MOST.get(fact.unit or "", _MOST_OF_ALL)


def check_number(fact: Fact, number: Decimal | int) -> None:
    """Look at a number told of a fact. Raises NumberFault."""
    least = least_of(fact)
    if not Decimal(number).is_finite():
        raise NumberFault("number_unreadable")
    if least is not None and number < least:
        raise NumberFault("number_too_small")
    if number > most_of(fact):
        raise NumberFault("number_too_large")


def read_number(fact: Fact, text: str) -> Decimal | int:
    """Read a number as people write one, whole where the fact is; 1e5 is none. Raises NumberFault."""
    if (_WHOLE if fact.type is FactType.INT else _PLAIN).fullmatch(text) is None:
        raise NumberFault("number_unreadable")
    number = Decimal(text)
    check_number(fact, number)
    return int(number) if fact.type is FactType.INT else number
