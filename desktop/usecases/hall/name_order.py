"""The order of names in a list: by their pinyin, as a Chinese telephone book has them."""

from functools import lru_cache

from pypinyin import Style, lazy_pinyin


@lru_cache(maxsize=4096)
def name_order(name: str) -> tuple[tuple[str, ...], str]:
    """Give the place of a name among others: syllable by syllable with its tone, then the name itself."""
    return tuple(lazy_pinyin(name.casefold(), style=Style.TONE3, neutral_tone_with_five=True)), name
