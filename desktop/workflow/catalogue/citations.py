"""Articles of law as the catalogue cites them in Chinese, said in English by one table of the laws' names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from desktop.workflow.catalogue.definitions import Catalogue, Law, Text

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
_TENS = {"十": 10, "百": 100, "千": 1000}
_NUMBER = "[零一二三四五六七八九十百千]+"
_PLACE = re.compile(f"第({_NUMBER})([条款项])")
_FULL_NAME = "中华人民共和国"
_MARKS = {"条": "Art. {}", "款": "para. {}", "项": "item {}"}


def cited(basis: str, catalogue: Catalogue) -> Text:
    """Give a legal basis in both languages: “食品安全法第三十五条” is “Food Safety Law, Art. 35”.

    Several laws stand in a row with “；”. What names no law of the table stays as it is written.
    """
    parts = [part.strip() for part in re.split("[；;]", basis) if part.strip()]
    return Text(zh=basis, en="; ".join(_in_english(part, catalogue.laws.values()) for part in parts) or basis)


def number_of(written: str) -> int:
    """Give the value of a Chinese number below ten thousand, as articles are numbered."""
    total, digit = 0, 0
    for mark in written:
        if mark in _TENS:
            total += (digit or 1) * _TENS[mark]
            digit = 0
        else:
            digit = _DIGITS[mark]
    return total + digit


def _in_english(part: str, laws: Iterable[Law]) -> str:
    bare = part.replace("《", "").replace("》", "").removeprefix(_FULL_NAME)
    fitting = [law for law in laws if bare.startswith(law.name.zh)]
    if not fitting:
        return part
    law = max(fitting, key=lambda each: len(each.name.zh))
    places = _places(bare.removeprefix(law.name.zh).strip())
    return f"{law.name.en}, {places}" if places else law.name.en


def _places(written: str) -> str:
    """Say articles, paragraphs and items: 第三十一条至第三十四条 is Art. 31 to Art. 34."""
    said = ""
    end = 0
    for found in _PLACE.finditer(written):
        between = written[end : found.start()]
        said += " to " if "至" in between else ", " if between.strip() else " " if said else ""
        said += _MARKS[found[2]].format(number_of(found[1]))
        end = found.end()
    return said
