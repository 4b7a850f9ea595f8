"""Full years, months and days between two dates, and a date moved by days."""

import calendar
from datetime import date, timedelta
from decimal import Decimal

_FARTHEST = (date.max - date.min).days
_LEAP_GAP = 8  # years from one 29 February to the next at the most, around a common century


def months_between(start: date, end: date) -> int:
    """Return the full months from start to end, negative backward.

    A month ends on the day of the same number; where a month has none, on its last day
    (Civil Code of the PRC, Art. 202): from 31 January to 28 February is one month in a common year.
    """
    if end < start:
        return -months_between(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    last_day = calendar.monthrange(end.year, end.month)[1]
    return months if end.day >= min(start.day, last_day) else months - 1


def age(born: date, today: date) -> int:
    """Return the full years lived on a day; somebody born on 29 February completes a year on 28 February.

    Counted as full years by the calendar (Civil Code Art. 200, 202). Who is not born yet is -1.
    """
    return months_between(born, today) // 12 if born <= today else -1


def next_day(month: int, day: int, today: date) -> date:
    """Return the next day of that number and month, today included; past the last year the calendar's last day.

    29 February comes in leap years only; nothing is put in its place.
    """
    for year in range(today.year, min(today.year + _LEAP_GAP, date.max.year) + 1):
        if day <= calendar.monthrange(year, month)[1] and date(year, month, day) >= today:
            return date(year, month, day)
    return date.max


def moved(start: date, days: int | Decimal) -> date:
    """Return the date so many days later; past the first or last day of the calendar it stays there."""
    if not -_FARTHEST <= days <= _FARTHEST:
        return date.max if days > 0 else date.min
    steps = timedelta(days=int(days))
    if steps.days > (date.max - start).days:
        return date.max
    return date.min if -steps.days > (start - date.min).days else start + steps
