"""A condition as people say it: 面积不少于50，并且“小餐饮”为否, instead of the signs in which experts write it."""

import re
from typing import Final

from desktop.words import language

_QUOTED: Final = re.compile(r"(“[^”]*”|\"[^\"]*\")")
_SAID: Final = {
    "zh": (
        (r"\s*属于\s*\[([^\]]*)\]", r"是\1之一"),
        (r"\s*包含\s*", "包括"),
        (r"\s*≥\s*", "不少于"),
        (r"\s*≤\s*", "不多于"),
        (r"\s*≠\s*", "不是"),
        (r"\s*<\s*", "少于"),
        (r"\s*>\s*", "多于"),
        (r"\s*=\s*", "是"),
        (r"\s+且\s+", "，并且"),
        (r"\s+或\s+", "，或者"),
        (r"(\w)\.(\w)", r"\1\2"),
        (r"非\s+(\w+)", r"“\1”为否"),
        (r",\s*", "、"),
        (r"\(", "（"),
        (r"\)", "）"),
    ),
    "en": (
        (r"\s+in\s+\[([^\]]*)\]", r" is one of \1"),
        (r"\s*>=\s*", " is at least "),
        (r"\s*<=\s*", " is at most "),
        (r"\s*!=\s*", " is not "),
        (r"\s*==\s*", " is "),
        (r"\s*<\s*", " is less than "),
        (r"\s*>\s*", " is more than "),
    ),
}
"""Signs and what is said for them, in the order in which they are looked for."""


def natural(written: str) -> str:
    """Say a condition in words; what is quoted stays as it is."""
    kept: list[str] = []

    def put_by(found: re.Match[str]) -> str:
        kept.append(f"“{found.group()[1:-1]}”")
        return f"\N{OBJECT REPLACEMENT CHARACTER}{len(kept) - 1}\N{OBJECT REPLACEMENT CHARACTER}"

    said = _QUOTED.sub(put_by, written)
    for sign, words in _SAID[language()]:
        said = re.sub(sign, words, said)
    mark = "\N{OBJECT REPLACEMENT CHARACTER}"
    return re.sub(rf"{mark}(\d+){mark}", lambda found: kept[int(found.group(1))], said)
