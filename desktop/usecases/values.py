"""How a fact's value is kept and read back: exact, and of the type its catalogue entry gives it."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from desktop.cleaning import TextFault, clean_line
from desktop.identity import IdentityFault, check_birth, check_phone
from desktop.usecases.refused import Refused
from desktop.workflow.catalogue.definitions import Fact
from desktop.workflow.catalogue.numbers import NumberFault, check_number, least_of, most_of
from desktop.workflow.conditions.condition import FactType

_NUMBERS = {FactType.DECIMAL, FactType.MONEY}
NO_PHONE: Final = "未留电话"
"""What stands for the telephone of who left none and comes back with the number."""


def kept(fact: Fact, value: object) -> Any:
    """Give a value as it is kept; None is "I don't know".

    Refused value_unfit (fact) when it is of another type, and the refusals of numbers, texts and telephones.
    """
    if value is None:
        return None
    match fact.type:
        case FactType.BOOL if isinstance(value, bool):
            return value
        case FactType.INT if isinstance(value, int) and not isinstance(value, bool):
            _check(fact, value)
            return value
        case FactType.DECIMAL | FactType.MONEY:
            return str(_number(fact, value))
        case FactType.DATE if isinstance(value, date):
            return value.isoformat()
        case FactType.ENUM if isinstance(value, str) and value in fact.options:
            return value
        case FactType.TEXT if isinstance(value, str):
            return phone_of(value) if is_phone(fact) else _line(fact, value)
        case FactType.SET if isinstance(value, Iterable) and not isinstance(value, str):
            return sorted(str(member) for member in value)
    raise Refused("value_unfit", fact=fact.code)


def read_back(fact: Fact, value: Any) -> object:
    """Give a kept value as the engine reads it."""
    if value is None:
        return None
    if fact.type in _NUMBERS:
        return Decimal(value)
    if fact.type is FactType.DATE:
        return date.fromisoformat(value)
    if fact.type is FactType.SET:
        return frozenset(value)
    return value


def _number(fact: Fact, value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise Refused("value_unfit", fact=fact.code)
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise Refused("value_unfit", fact=fact.code) from None
    if not number.is_finite() or len(number.as_tuple().digits) > 30:
        raise Refused("value_unfit", fact=fact.code)
    _check(fact, number)
    return number


def _check(fact: Fact, number: Decimal | int) -> None:
    """Refuse a number that the fact cannot be: number_too_small (fact, least), number_too_large (fact, most)."""
    try:
        check_number(fact, number)
    except NumberFault as fault:
        raise Refused(fault.code, fact=fact.name, least=least_of(fact), most=most_of(fact)) from None


def is_phone(fact: Fact) -> bool:
    """Tell whether a fact is a telephone, which can be right or wrong."""
    return fact.type is FactType.TEXT and fact.code.endswith("_phone")


def phone_of(typed: str) -> str:
    """Give a telephone the one way it is written, or that there is none; Refused phone_<fault>."""
    if typed == NO_PHONE:
        return typed
    try:
        return check_phone(typed).normal
    except IdentityFault as fault:
        raise Refused(f"phone_{fault.code}", **fault.values) from None


def birth_of(typed: str | date, today: date) -> date:
    """Give a day of birth that somebody living today can have; Refused birth_<fault>."""
    try:
        return check_birth(typed, today)
    except IdentityFault as fault:
        code = fault.code if fault.code.startswith("birth_") else f"birth_{fault.code}"
        raise Refused(code, **fault.values) from None


def _line(fact: Fact, value: str) -> str:
    try:
        return clean_line(value)
    except TextFault as fault:
        raise Refused(fault.code, fact=fact.code, **fault.values) from None
