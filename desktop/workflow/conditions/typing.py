"""Which values may be compared and reckoned with which, judged when the condition is written."""

import difflib
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from desktop.workflow.conditions.scope import option_of
from desktop.workflow.conditions.tree import (
    NUMERIC,
    ORDERED,
    Age,
    Compare,
    Constant,
    Contains,
    Count,
    Days,
    MemberValue,
    Months,
    Negative,
    Product,
    Read,
    Sort,
    Sum,
    Value,
    Within,
)
from desktop.workflow.conditions.types import ConditionFault, FactKind, FactType, Names, suggestions


class Loose:
    """A word that is no name: an option's word, or a mistake; and a subject, which only its facts speak for."""

    def __init__(self, text: str) -> None:
        self.text = text


Typed = Value | Loose
_FLIPPED: Final = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def flipped(operator: str) -> str:
    """Return the operator that says the same with its sides exchanged."""
    return _FLIPPED[operator]


class Typing:
    """Checks the sorts of values against each other, with the facts' options at hand."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def comparison(self, operator: str, left: Typed, right: Typed, columns: tuple[int, int]) -> Compare:
        """Return the comparison of two values; options are found on either side of an enum.

        Errors: ConditionFault `unknown_name`, `unknown_option`, `type_mismatch`, `mixed` (money with a plain quantity).
        """
        first, second = self.fitted(left, right, columns[0]), self.fitted(right, left, columns[1])
        self._agree(first, second, columns[1])
        if operator not in {"==", "!="} and first.sort not in ORDERED:
            values = {"operator": operator, "type": first.sort.value}
            raise ConditionFault("type_mismatch", columns[1], values)
        return Compare(operator, first, second)

    def within(self, item: Typed, options: Sequence[tuple[Typed, int]], column: int) -> Within:
        """Return "one of": every option a constant that may be compared with the item."""
        first = self.fitted(item, None, column)
        constants: list[Constant] = []
        for option, place in options:
            constant = self.fitted(option, first, place)
            if not isinstance(constant, Constant):
                raise ConditionFault("type_mismatch", place, {"expected": "constant"})
            self._agree(first, constant, place)
            constants.append(constant)
        if not constants:
            raise ConditionFault("syntax", column, {"found": "[]"})
        return Within(first, tuple(constants))

    def contains(self, members: Typed, item: Typed, columns: tuple[int, int]) -> Contains:
        """Return "among": a set fact and a value that could be a member of it."""
        container = self.set_fact(members, columns[0])
        kind = self._kind(container.code)
        if kind.members == "subjects":
            raise ConditionFault("type_mismatch", columns[1], {"expected": Sort.SUBJECT.value})
        first = self.fitted(item, MemberValue("", kind.code, member_sort(kind)), columns[1])
        if first.sort is not member_sort(kind):
            values = {"expected": member_sort(kind).value, "found": first.sort.value}
            raise ConditionFault("type_mismatch", columns[1], values)
        return Contains(container, first)

    def set_fact(self, members: Typed, column: int) -> Read:
        """Return the value when it is a fact that holds a set; ConditionFault `not_a_set` otherwise."""
        if isinstance(members, Loose):
            raise self.unknown(members, column)
        if not isinstance(members, Read) or members.type is not FactType.SET:
            raise ConditionFault("not_a_set", column, {"found": members.sort.value})
        return members

    def fitted(self, value: Typed, other: Typed | None, column: int) -> Value:
        """Return the value; a word or a text beside an enum becomes the option it names."""
        word = _word(value)
        if word is not None and isinstance(other, Read | MemberValue) and other.sort is Sort.ENUM:
            return self._option(word, other.code, column)
        if isinstance(value, Loose):
            raise self.unknown(value, column)
        return value

    def unknown(self, loose: Loose, column: int) -> ConditionFault:
        """Make the fault for a name nobody knows, with the names that look like it."""
        values = {"name": loose.text, "suggestions": suggestions(self._names, loose.text)}
        return ConditionFault("unknown_name", column, values)

    def _option(self, word: str, code: str, column: int) -> Constant:
        kind = self._kind(code)
        if (option := option_of(kind, word)) is not None:
            return Constant(Sort.ENUM, option, code)
        known = list(dict.fromkeys([*kind.option_labels, *kind.options]))
        near = tuple(difflib.get_close_matches(word[:100], known, n=3, cutoff=0.3)) or tuple(known[:3])
        raise ConditionFault("unknown_option", column, {"fact": code, "option": word, "suggestions": near})

    def _kind(self, code: str) -> FactKind:
        kind = self._names.find(code)
        if kind is None:
            raise ConditionFault("unknown_name", 1, {"name": code, "suggestions": ()})
        return kind

    def _agree(self, first: Value, second: Value, column: int) -> None:
        if first.sort in {Sort.SET, Sort.BOOL} or second.sort in {Sort.SET, Sort.BOOL}:
            raise mismatch(first.sort, second.sort, column)
        if first.sort is not second.sort and joint_sort(first.sort, second.sort) is None:
            raise mismatch(first.sort, second.sort, column)


def member_sort(kind: FactKind) -> Sort:
    """Return the sort of the members of a set fact."""
    if kind.members == "subjects":
        return Sort.SUBJECT
    return Sort.ENUM if kind.options else Sort.TEXT


def mismatch(expected: Sort, found: Sort, column: int) -> ConditionFault:
    """Make the fault for two values that do not go together."""
    code = "mixed" if expected in NUMERIC and found in NUMERIC else "type_mismatch"
    return ConditionFault(code, column, {"expected": expected.value, "found": found.value})


def joint_sort(first: Sort, second: Sort) -> Sort | None:
    """Return the sort of two numbers added or compared, or nothing when they do not go together."""
    if first is second and first in NUMERIC:
        return first
    if first in NUMERIC and second in NUMERIC and Sort.NUMBER in {first, second}:
        return second if first is Sort.NUMBER else first
    return None


def total(terms: Sequence[tuple[int, Value, int]]) -> Sum:
    """Return a sum of (sign, value, column): of numbers, or of a date and whole days.

    Errors: ConditionFault `type_mismatch`, `mixed`.
    """
    _, first, column = terms[0]
    sort = first.sort
    if sort is not Sort.DATE and sort not in NUMERIC:
        raise mismatch(Sort.NUMBER, sort, column)
    for _, term, place in terms[1:]:
        if sort is Sort.DATE:
            _refuse_part_days(term, place)
            continue
        joint = joint_sort(sort, term.sort)
        if joint is None:
            raise mismatch(sort, term.sort, place)
        sort = joint
    return Sum(tuple((sign, term) for sign, term, _ in terms), sort)


def multiplied(factors: Sequence[tuple[Value, int]]) -> Product:
    """Return a product of (value, column); money times money is no quantity of anything.

    A number counted and multiplied by a bare one may be of any kind ("500 a person").
    """
    sorts = []
    for factor, column in factors:
        if factor.sort not in NUMERIC:
            raise mismatch(Sort.NUMBER, factor.sort, column)
        if factor.sort is Sort.MONEY and Sort.MONEY in sorts:
            raise mismatch(Sort.NUMBER, Sort.MONEY, column)
        sorts.append(factor.sort)
    if Sort.MONEY in sorts:
        return Product(tuple(factor for factor, _ in factors), Sort.MONEY)
    sort = Sort.NUMBER if Sort.NUMBER in sorts else Sort.QUANTITY
    return Product(tuple(factor for factor, _ in factors), sort)


def negated_number(operand: Value, column: int) -> Value:
    """Return the number with its sign turned; a constant is turned at once."""
    if operand.sort not in NUMERIC:
        raise mismatch(Sort.NUMBER, operand.sort, column)
    if isinstance(operand, Constant) and isinstance(operand.value, Decimal):
        return Constant(operand.sort, operand.value.copy_negate() if operand.value else operand.value)
    return operand.operand if isinstance(operand, Negative) else Negative(operand, operand.sort)


def is_whole(value: Value) -> bool:
    """Tell whether a number can only be a whole one."""
    match value:
        case Constant(value=Decimal() as number):
            return number == number.to_integral_value()
        case Read(type=FactType.INT) | Count() | Age() | Days() | Months():
            return True
        case Sum(terms=terms):
            return value.sort is not Sort.DATE and all(is_whole(term) for _, term in terms)
        case Product(factors=factors):
            return all(map(is_whole, factors))
        case Negative(operand=operand):
            return is_whole(operand)
    return False


def _refuse_part_days(term: Value, column: int) -> None:
    if term.sort not in NUMERIC or term.sort is Sort.MONEY or not is_whole(term):
        raise ConditionFault("type_mismatch", column, {"expected": "days", "found": term.sort.value})


def _word(value: Typed) -> str | None:
    """Return what could be the word of an option: a loose word, a text, or a plain number such as a grade."""
    if isinstance(value, Loose):
        return value.text
    if isinstance(value, Constant) and value.sort in {Sort.TEXT, Sort.NUMBER}:
        return value.value if isinstance(value.value, str) else format(value.value, "f")
    return None
