"""Which words a document can be found by: short pieces of its names, numbers and texts, and the pinyin of its names.

A document's texts are *folded* (one width, one case, no marks, blanks or punctuation), and a query's word finds a
document when it stands, folded the same way, anywhere in one of its values. The pieces kept in the index only have
to lead there quickly: every character of Chinese and the like, every pair with one in it, every three letters or
digits of the rest. A query of one or two letters or digits finds names that hold it, and what begins with it elsewhere.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, product
from typing import Final

TEXT_POINTS: Final = 20_000
"""How much of one value is searchable; more than a form or a note of a hall ever holds."""

QUERY_POINTS: Final = 200
QUERY_WORDS: Final = 8

_KEYED: Final = re.compile(r"[0-9a-f]{32,}")
# Scripts without blanks between words, whose single signs are searched for: Chinese with all its extensions, kana,
# Hangul, Yi, private characters. All else comes in longer runs of letters and digits.
_SIGNS: Final = "\u2e80-\ua4cf\uac00-\ufaff\U00010000-\U0010ffff"
_RUNS: Final = re.compile(f"[{_SIGNS}]+|[^{_SIGNS}]+")
_SIGN: Final = re.compile(f"[{_SIGNS}]")
_SIGNED_PAIR: Final = re.compile(f"(?=([{_SIGNS}].|.[{_SIGNS}]))")
_LONG_NUMBER: Final = re.compile(r"[0-9]{15,}x?|[0-9]{6}[ -][0-9]{4}[ -]?[0-9]{4}[ -][0-9]{3}[0-9x]")
_SPOKEN_SIGNS: Final = 4
_SPOKEN_WAYS: Final = 12


class _Kept(dict[int, int | None]):
    """Which characters folding keeps, found out once each: letters, digits and what is too new to be known."""

    def __missing__(self, point: int) -> int | None:
        kind = unicodedata.category(chr(point))
        kept = None if kind[0] in "MPSZ" or kind in {"Cc", "Cf", "Cs"} else point
        self[point] = kept
        return kept


_KEPT: Final = _Kept()


def fold(text: str) -> str:
    """Return the text as it is compared: NFKC, one case, without accents, blanks and punctuation."""
    bare = unicodedata.normalize("NFKD", text[:TEXT_POINTS]).translate(_KEPT)
    return unicodedata.normalize("NFKC", bare).casefold()


class Words:
    """The words of one document: `pieces` go into the index, `folded` is what a query is compared with."""

    def __init__(self) -> None:
        self.pieces: set[str] = set()
        self._values: dict[str, None] = {}

    @property
    def folded(self) -> str:
        """All values folded, one a line."""
        return "\n".join(self._values)

    def add_code(self, code: str) -> None:
        """Add a number or code; 32 and more hexadecimal digits are a keyed token, found whole only."""
        value = fold(code)
        if _KEYED.fullmatch(value):
            self.pieces.add(value)
        else:
            self._add(value)
            self._add_start(value)

    def add_phone(self, phone: str) -> None:
        """Add a phone, to be found by any three of its digits or more."""
        self._add(fold(phone))

    def add_name(self, name: str) -> None:
        """Add a name, to be found by any part of it, by its pinyin and by the initials of its pinyin."""
        value = fold(name)
        self._add(value)
        for run in _RUNS.findall(value):
            if not _SIGN.match(run):
                self.pieces.update(_grams(run, 1), _grams(run, 2))
        for syllables in spoken(value):
            whole, initials = "".join(syllables), "".join(syllable[0] for syllable in syllables)
            self._add(whole)
            self._add_start(whole)
            self.pieces.update(syllable for syllable in syllables if len(syllable) < 3)
            self._add(initials)
            self.pieces.update(_grams(initials, 2))

    def add_text(self, text: str) -> None:
        """Add free text; a number of 15 digits and more in it, perhaps a person's, is left out."""
        plain = _LONG_NUMBER.sub(" ", unicodedata.normalize("NFKC", text[:TEXT_POINTS]).casefold())
        self._add(fold(plain))
        for word in plain.split():
            for run in _RUNS.findall(fold(word)):
                if len(run) < 3:
                    self.pieces.add(run)

    def _add(self, value: str) -> None:
        """Keep a folded value and the pieces that lead to every part of it."""
        if not value:
            return
        self._values[value] = None
        self.pieces.update(_SIGN.findall(value), _SIGNED_PAIR.findall(value))
        for run in _RUNS.findall(value):
            if not _SIGN.match(run):
                self.pieces.update(_grams(run, 3))

    def _add_start(self, value: str) -> None:
        """Let one or two letters or digits find what begins with them."""
        self.pieces.update(value[:length] for length in (1, 2) if len(value) >= length)


def document_words(codes: Iterable[str], names: Iterable[str], phones: Iterable[str], texts: Iterable[str]) -> Words:
    """Return the words of a document made of these values."""
    words = Words()
    for code in codes:
        words.add_code(code)
    for name in names:
        words.add_name(name)
    for phone in phones:
        words.add_phone(phone)
    for text in texts:
        words.add_text(text)
    return words


class Sought:
    """What a query asks for: all `pieces` are in the index entry, all `parts` stand in the folded values."""

    def __init__(self, query: str) -> None:
        values = [value for word in query[:QUERY_POINTS].split() if (value := fold(word))][:QUERY_WORDS]
        led = {value: _leading(value) for value in values}
        self.pieces: list[str] = sorted({piece for pieces in led.values() for piece in pieces})
        if not self.pieces:
            # Only words of one or two letters or digits: they are pieces themselves.
            self.pieces = sorted(set(values))
        # Words that are a piece themselves need no second look.
        self.parts: list[str] = [value for value in led if value not in self.pieces]


def _leading(value: str) -> Iterator[str]:
    """Give the pieces a document holds for certain if the folded value stands in it; few, yet covering it all."""
    if _KEYED.fullmatch(value):
        yield value
        return
    yield from _SIGNED_PAIR.findall(value) if len(value) > 1 else _SIGN.findall(value)
    for run in _RUNS.findall(value):
        if len(run) > 2 and not _SIGN.match(run):
            yield from (run[start : start + 3] for start in range(0, len(run) - 3, 3))
            yield run[-3:]


def spoken(name: str) -> list[list[str]]:
    """Return the ways a folded name can be said, as syllables without tones (张乐: zhang le, zhang yue).

    Every reading of every character counts for names of up to four characters, at most twelve ways, those of the
    surname first (单: dan, chan, shan); a longer name is said in one way. A character nobody can say is passed over.
    """
    signs = [sign for sign in _SIGN.findall(name) if _readings(sign)]
    if not signs:
        return []
    from pypinyin import Style, lazy_pinyin

    usual = lazy_pinyin("".join(signs), style=Style.NORMAL)
    if len(signs) > _SPOKEN_SIGNS or len(usual) != len(signs):
        return [usual]
    choices = [list(dict.fromkeys([said, *_readings(sign)])) for said, sign in zip(usual, signs, strict=True)]
    # The last factor of a product changes fastest: turned round, that is the surname.
    ways = islice(product(*reversed(choices)), _SPOKEN_WAYS)
    return [list(reversed(way)) for way in ways]


@lru_cache(maxsize=4096)
def _readings(sign: str) -> tuple[str, ...]:
    """Return every reading of one character, without tones, or none."""
    from pypinyin import Style, pinyin

    said: list[list[str]] = pinyin(sign, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(said[0])) if said else ()


def _grams(run: str, width: int) -> Iterator[str]:
    """Give every piece of this width."""
    return (run[start : start + width] for start in range(len(run) - width + 1))
