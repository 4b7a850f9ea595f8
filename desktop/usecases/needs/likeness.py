"""How like two ways of saying a need are: without the words people say around it, in any order, one word missing."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

_AROUND: Final = re.compile(
    "我想要|我想|我要|想要|想(?!法)|请问|帮我|帮忙|麻烦|怎么样?|如何|咋|需要|能不能|可不可以|可以|应该|打算|准备|"
    "办理?一下|一下|一个|一家|一间|一份|(?<=[开办])[家间]|个(?![体人税])|自己|在哪里?|去(?!世)|要|[了的吗呢啊吧]$"
)
_ENGLISH: Final = re.compile(r"[a-z]+")
_SAID_AROUND: Final = frozenset(
    _ENGLISH.findall("i we my our me a an the to for of in at on is it do how want need would like please can with get")
)
_LEAST_SHARE: Final = 0.5


def essence(plain: str) -> str:
    """Give words (of one width, nothing between them) without what people say around a need: 想开个面馆 is 开面馆."""
    return _AROUND.sub("", plain)


def essential_words(said: str) -> frozenset[str]:
    """Give the English words of what was said that tell one need from another."""
    return frozenset(_ENGLISH.findall(said.casefold())) - _SAID_AROUND


def likeness(core: str, asked: frozenset[str], names: Iterable[str]) -> float | None:
    """Say how unlike the nearest of several names is, 0 the most like; None when none is like it at all."""
    unlike = [1 - share for name in names if (share := _share(core, asked, name)) is not None]
    return min(unlike, default=None)


def _share(core: str, asked: frozenset[str], name: str) -> float | None:
    """Give the part of what was asked that a name has: half of its signs, two of them side by side, or most words."""
    if name.isascii():
        share = len(asked & essential_words(name)) / len(asked) if asked else 0.0
        return share if share > _LEAST_SHARE else None
    signs, pairs = _pieces(name)
    wanted, wanted_pairs = _pieces(core)
    if core.isascii() or not pairs & wanted_pairs:
        return None
    share = len(signs & wanted) / len(wanted)
    return share if share >= _LEAST_SHARE else None


@lru_cache(maxsize=40_000)
def _pieces(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Give the signs of a text and its pairs of neighbours."""
    return frozenset(text), frozenset(text[at : at + 2] for at in range(len(text) - 1))
