"""How many calendar days a limit takes at least and at most, whatever days it falls on."""

from __future__ import annotations

import math

from desktop.workflow.time.limits import Limit, Unit

_LONG_HOLIDAY = 7
"""The rest days a long holiday adds to its weekend: nine days in a row at most (国务院办公厅 holiday notices)."""


def at_least_days(limit: Limit) -> float:
    """Give the fewest calendar days: working days in a row, as before a holiday that is made up for."""
    match limit.unit:
        case Unit.MONTHS:
            return limit.n * 28.0
        case Unit.YEARS:
            return limit.n * 365.0
        case Unit.HOURS:
            return limit.n / 24
    return float(limit.n)


def at_most_days(limit: Limit) -> float:
    """Give the most calendar days: every weekend, a long holiday, and another for each fifty working days."""
    match limit.unit:
        case Unit.WORKDAYS:
            return float(limit.n + 2 * math.ceil(limit.n / 5) + _LONG_HOLIDAY * (1 + limit.n // 50))
        case Unit.MONTHS:
            return limit.n * 31.0
        case Unit.YEARS:
            return limit.n * 366.0
        case Unit.HOURS:
            return limit.n / 24
    return float(limit.n)


def surely_longer(one: Limit, other: Limit) -> bool:
    """Say whether a limit is longer than another whatever days it falls on."""
    if one.unit is other.unit:
        return one.n > other.n
    return at_least_days(one) > at_most_days(other)


def may_be_longer(one: Limit, other: Limit) -> bool:
    """Say whether a limit that is counted otherwise than another may end after it on some days of the year."""
    return one.unit is not other.unit and at_most_days(one) > at_least_days(other)
