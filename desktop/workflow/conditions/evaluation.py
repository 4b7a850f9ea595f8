"""Turns the tree of a condition into functions that value it, and say what is missing, in one pass.

A claim gives TRUE, FALSE, or the set of facts without which it cannot be decided. Such a set stands for UNKNOWN, so
that nothing has to be gone through twice.
"""

import operator
from collections.abc import Callable
from typing import Any, Final

from desktop.workflow.conditions.characters import same_spelling
from desktop.workflow.conditions.tree import (
    Agree,
    AllOf,
    Always,
    AnyOf,
    Claim,
    Compare,
    Constant,
    Contains,
    Each,
    Holds,
    Known,
    Not,
    Read,
    Sort,
    Within,
)
from desktop.workflow.conditions.truth import Truth, negate
from desktop.workflow.conditions.types import Absent, CaseDays, FactRef, FactType, Lookup
from desktop.workflow.conditions.values import (
    Members,
    Missing,
    absent,
    accepted,
    constant,
    read_function,
    value_function,
)

Outcome = Truth | Missing
ClaimFunction = Callable[[Lookup, CaseDays, Members], Outcome]

_TRUE: Final = Truth.TRUE
_FALSE: Final = Truth.FALSE
_OPERATORS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_PLAINLY_READ: Final = frozenset({FactType.INT, FactType.ENUM, FactType.DATE})  # nothing to refine in these


def claim_function(claim: Claim) -> ClaimFunction:
    """Return the function that values a claim for (lookup, days, members in scope)."""
    return _MAKERS[type(claim)](claim)


def _always(claim: Always) -> ClaimFunction:
    outcome = _TRUE if claim.holds else _FALSE
    return lambda _lookup, _days, _members: outcome


def _holds(claim: Holds) -> ClaimFunction:
    if claim.fact.variable is not None:
        return _tested(read_function(claim.fact), lambda value: value is True)
    ref, missing = claim.fact.ref, frozenset((claim.fact.ref,))

    def run(lookup: Lookup, _days: CaseDays, _members: Members) -> Outcome:
        value = lookup(ref)
        if value is True:
            return _TRUE
        if value is False:
            return _FALSE
        return missing if isinstance(value, Absent) else absent(value, ref, FactType.BOOL)

    return run


def _compare(claim: Compare) -> ClaimFunction:
    compared, left, right = _OPERATORS[claim.operator], claim.left, claim.right
    if isinstance(right, Constant):
        fixed = constant(right)
        if isinstance(left, Read) and left.variable is None and left.type in _PLAINLY_READ:
            return _compare_read(left, lambda value: compared(value, fixed))
        return _tested(value_function(left), lambda value: compared(value, fixed))
    first, second = value_function(left), value_function(right)

    def run(lookup: Lookup, days: CaseDays, members: Members) -> Outcome:
        one, two = first(lookup, days, members), second(lookup, days, members)
        if type(one) is frozenset:
            return one | two if type(two) is frozenset else one
        if type(two) is frozenset:
            return two
        return _TRUE if compared(one, two) else _FALSE

    return run


def _compare_read(read: Read, test: Callable[[Any], bool]) -> ClaimFunction:
    """Return the commonest test, of one fact against a constant, with nothing called in between."""
    ref, expected, types = read.ref, read.type, accepted(read.type)

    def run(lookup: Lookup, _days: CaseDays, _members: Members) -> Outcome:
        value = lookup(ref)
        if type(value) in types:
            return _TRUE if test(value) else _FALSE
        return absent(value, ref, expected)

    return run


def _tested(value: Callable[..., Any], test: Callable[[Any], bool]) -> ClaimFunction:
    def run(lookup: Lookup, days: CaseDays, members: Members) -> Outcome:
        found = value(lookup, days, members)
        if type(found) is frozenset:
            return found
        return _TRUE if test(found) else _FALSE

    return run


def _within(claim: Within) -> ClaimFunction:
    options = frozenset(map(constant, claim.options))
    return _tested(value_function(claim.item), options.__contains__)


def _contains(claim: Contains) -> ClaimFunction:
    members_of, item = read_function(claim.members), value_function(claim.item)
    is_text = claim.item.sort is Sort.TEXT

    def run(lookup: Lookup, days: CaseDays, members: Members) -> Outcome:
        one, two = members_of(lookup, days, members), item(lookup, days, members)
        if type(one) is frozenset:
            return one | two if type(two) is frozenset else one
        if type(two) is frozenset:
            return two
        return _TRUE if two in (map(same_spelling, one) if is_text else one) else _FALSE

    return run


def _known(claim: Known) -> ClaimFunction:
    read = read_function(claim.fact)

    def run(lookup: Lookup, days: CaseDays, members: Members) -> Outcome:
        return _FALSE if type(read(lookup, days, members)) is frozenset else _TRUE

    return run


def _agree(claim: Agree) -> ClaimFunction:
    left, right, same = claim_function(claim.left), claim_function(claim.right), claim.same

    def run(lookup: Lookup, days: CaseDays, members: Members) -> Outcome:
        missing: Missing = frozenset()
        one, two = left(lookup, days, members), right(lookup, days, members)
        for outcome in (one, two):
            if not isinstance(outcome, Truth):
                missing |= outcome
        return missing or (_TRUE if (one is two) is same else _FALSE)

    return run


def _not(claim: Not) -> ClaimFunction:
    inner = claim_function(claim.claim)

    def run(lookup: Lookup, days: CaseDays, members: Members) -> Outcome:
        outcome = inner(lookup, days, members)
        return negate(outcome) if isinstance(outcome, Truth) else outcome

    return run


def _joined(parts: tuple[Claim, ...], deciding: Truth, otherwise: Truth) -> ClaimFunction:
    """Return "and" (decided by FALSE) or "or" (decided by TRUE); whoever stays undecided may still change it."""
    functions = tuple(map(claim_function, parts))

    def run(lookup: Lookup, days: CaseDays, members: Members) -> Outcome:
        missing: Missing | None = None
        for function in functions:
            outcome = function(lookup, days, members)
            if outcome is deciding:
                return deciding
            if not isinstance(outcome, Truth):
                missing = outcome if missing is None else missing | outcome
        return otherwise if missing is None else missing

    return run


def _each(claim: Each) -> ClaimFunction:
    members_of, inner, variable = read_function(claim.members), claim_function(claim.claim), claim.variable
    deciding, otherwise = (_FALSE, _TRUE) if claim.every else (_TRUE, _FALSE)

    def run(lookup: Lookup, days: CaseDays, members: Members) -> Outcome:
        found = members_of(lookup, days, members)
        if type(found) is frozenset:
            return found
        missing: set[FactRef] = set()
        for member in found:
            outcome = inner(lookup, days, {**members, variable: member})
            if outcome is deciding:
                return deciding
            if not isinstance(outcome, Truth):
                missing |= outcome
        return frozenset(missing) or otherwise

    return run


_MAKERS: Final[dict[type, Callable[[Any], ClaimFunction]]] = {
    Always: _always,
    Holds: _holds,
    Compare: _compare,
    Within: _within,
    Contains: _contains,
    Known: _known,
    Agree: _agree,
    Not: _not,
    AllOf: lambda claim: _joined(claim.parts, _FALSE, _TRUE),
    AnyOf: lambda claim: _joined(claim.parts, _TRUE, _FALSE),
    Each: _each,
}
