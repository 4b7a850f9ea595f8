"""The help of the program: short manuals in both languages, one a page, read from files and searched without a network.

A manual is ``resources/help/<language>/<code of the page>.md``; its first line is its title. A link to another manual
is written ``[words](help:code)``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from desktop import words
from desktop.words import Language

ORDER: tuple[str, ...] = (
    "keys", "log", "requests", "request", "work", "overview", "hand_out", "needs", "accounts", "my_account",
    "departments", "hall", "calendar", "backup", "sign_in", "found_hall", "about",
)  # fmt: skip
"""The order in which the manuals are offered; others follow by name."""
LINK = "help:"
EXCERPT = 42  # characters

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKUP = re.compile(r"[`*_]+|^\s{0,3}(?:#+|[-+]|\d+\.)\s+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Manual:
    """The help of one page in one language."""

    code: str
    title: str
    markdown: str

    @property
    def plain(self) -> str:
        """What the manual says, without its markup."""
        return _MARKUP.sub("", _LINK.sub(r"\1", self.markdown))


@dataclass(frozen=True, slots=True)
class Found:
    """A manual that has the words looked for, and the place in it."""

    manual: Manual
    excerpt: str


@lru_cache(maxsize=len(words.LANGUAGES))
def manuals(language: Language) -> dict[str, Manual]:
    """All manuals of a language by the code of their page, in the order they are offered."""
    folder = files("resources") / "help" / language
    names = {entry.name.removesuffix(".md") for entry in folder.iterdir() if entry.name.endswith(".md")}
    ordered = [code for code in ORDER if code in names] + sorted(names - set(ORDER))
    return {code: _read(code, (folder / f"{code}.md").read_text(encoding="utf-8")) for code in ordered}


def manual(code: str, language: Language | None = None) -> Manual | None:
    """The help of a page in the language of the seat or another, None where there is none."""
    return manuals(language or words.language()).get(code)


def find(sought: str, language: Language | None = None) -> list[Found]:
    """The manuals that have every word looked for, those that have it in the title first."""
    wanted = sought.casefold().split()
    hits = list(_hits(wanted, language or words.language())) if wanted else []
    return sorted(hits, key=lambda hit: not all(word in hit.manual.title.casefold() for word in wanted))


def _hits(wanted: list[str], language: Language) -> Iterator[Found]:
    for each in manuals(language).values():
        text = each.plain
        if all(word in text.casefold() for word in wanted):
            yield Found(each, _excerpt(text, wanted))


def _excerpt(text: str, wanted: list[str]) -> str:
    """The line with the first of the words, or as much of it around the word as is read at a glance."""
    body = text.split("\n", 1)[-1]
    line = next((line for line in body.splitlines() if wanted[0] in line.casefold()), "").strip()
    at = line.casefold().find(wanted[0])
    begin = max(0, at - EXCERPT // 2) if len(line) > EXCERPT else 0
    part = line[begin : begin + EXCERPT]
    return ("…" if begin else "") + part + ("…" if begin + EXCERPT < len(line) else "")


def _read(code: str, text: str) -> Manual:
    title = text.split("\n", 1)[0].lstrip("# ").strip()
    return Manual(code, title, text)
