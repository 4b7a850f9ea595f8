"""Dates, limits and last days in the words of a letter, in Chinese and in English."""

from datetime import date

from desktop.letters.parts import Due, Limit, LimitUnit
from desktop.words import Language

_ZH_WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
_EN_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_EN_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_ZH_UNITS = {LimitUnit.WORKING_DAY: "个工作日", LimitUnit.DAY: "日", LimitUnit.MONTH: "个月"}
_EN_UNITS = {
    LimitUnit.WORKING_DAY: ("working day", "working days"),
    LimitUnit.DAY: ("day", "days"),
    LimitUnit.MONTH: ("month", "months"),
}

NOT_VALID = ("练习 · 无效", "PRACTICE, NOT VALID")
"""What lies across every page of a practice hall's letter, in both languages whatever the letter's own."""


def day(value: date, language: Language) -> str:
    """Write a date out: 2025年11月23日, 23 November 2025."""
    if language == "zh":
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {_EN_MONTHS[value.month - 1]} {value.year}"


def last_day(value: Due, language: Language) -> str:
    """Write a last day with its weekday; say when it is only estimated, or a weekend's day that is worked."""
    if language == "zh":
        note = "（预计，以公布的放假安排为准）" if value.estimated else ""
        worked = "，调休上班" if value.worked else ""
        return f"{day(value.on, language)}（{_ZH_WEEKDAYS[value.on.weekday()]}{worked}）{note}"
    note = " (estimated until the holidays of that year are published)" if value.estimated else ""
    note += " (a working day)" if value.worked else ""
    return f"{_EN_WEEKDAYS[value.on.weekday()]} {day(value.on, language)}{note}"


def limit(value: Limit, language: Language) -> str:
    """Write a length of time: 20个工作日, 20 working days; none at all means on the spot."""
    if value.count == 0:
        return "当场办结" if language == "zh" else "on the spot"
    if language == "zh":
        return f"{value.count}{_ZH_UNITS[value.unit]}"
    one, many = _EN_UNITS[value.unit]
    return f"{value.count} {one if value.count == 1 else many}"
