"""The answers to facts in words: yes and no, options by name, days, money, and numbers with their unit."""

from datetime import date
from decimal import Decimal

from desktop.words import Words
from desktop.workflow.catalogue.definitions import Fact


def value_words(fact: Fact, value: object, words: Words) -> str:
    """Say the answer to a fact as it is kept."""
    match value:
        case None:
            return words.pgettext("answer", "I don't know")
        case bool():
            return words.pgettext("answer", "Yes") if value else words.pgettext("answer", "No")
        case list() | tuple() | frozenset():
            return words.listing(_option(fact, str(member), words) for member in value) or words.gettext("None")
    text = str(value)
    match fact.type.value:
        case "date":
            return words.date(date.fromisoformat(text))
        case "money":
            return words.money(Decimal(text))
    return measured(_option(fact, text, words), fact.unit, words)


def measured(number: str, unit: str | None, words: Words) -> str:
    """Say a number with its unit: 56人, 56 people; a unit without a word of its own stands as it is."""
    units = {
        "people": words.pgettext("unit", "{n} people"),
        "CNY": words.pgettext("unit", "{n} yuan"),
        "yuan": words.pgettext("unit", "{n} yuan"),
        "m": words.pgettext("unit", "{n} m"),
        "cm": words.pgettext("unit", "{n} cm"),
        "m2": words.pgettext("unit", "{n} m²"),
        "months": words.pgettext("unit", "{n} months"),
        "years": words.pgettext("unit", "{n} years"),
    }
    return units[unit].format(n=number) if unit in units else number + (unit or "")


def _option(fact: Fact, key: str, words: Words) -> str:
    return words.pick(fact.options[key]) if key in fact.options else key
