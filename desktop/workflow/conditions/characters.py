"""The characters of a condition: one spelling for full and half width, nothing invisible, nothing that deceives."""

import unicodedata
from dataclasses import dataclass
from typing import Final

from desktop.workflow.conditions.types import MAX_CHARACTERS, ConditionFault

_BLANK: Final = "\t\n\r"
_INVISIBLE_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_ALSO_INVISIBLE: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")  # fillers and a joiner

# These are folded to plain letters and digits by NFKC, and would change the meaning: 10² would read 102.
_MEANING_CHANGED: Final = ("<super>", "<sub>", "<fraction>", "<circle>", "<square>")


@dataclass(frozen=True, slots=True)
class Characters:
    """The normalised text, with where each character came from and which ones may stand in quotation marks only."""

    text: str
    columns: tuple[int, ...] | None
    quoted_only: tuple[tuple[int, str], ...] = ()

    def column(self, position: int) -> int:
        """Return the column (from 1) in the text as written, of a position (from 0) in the normalised text."""
        return position + 1 if self.columns is None else self.columns[position]


def normalise(text: str) -> Characters:
    """Bring the text to NFKC, remembering the columns.

    Errors: ConditionFault `too_long`, `invisible_character`. Standard: Unicode UAX #15.
    """
    if len(text) > MAX_CHARACTERS:
        raise ConditionFault("too_long", MAX_CHARACTERS + 1, {"length": len(text), "limit": MAX_CHARACTERS})
    if not text.isascii() or not text.isprintable():
        _refuse_invisible(text)
    return Characters(text, None) if unicodedata.is_normalized("NFKC", text) else _folded(text)


def same_spelling(text: str) -> str:
    """Return a word in the spelling that comparisons use (NFKC)."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def refuse_letter(character: str, column: int) -> ConditionFault:
    """Make the fault for a character that cannot stand where it does; a foreign letter is named as a look-alike."""
    code = "lookalike_character" if unicodedata.category(character)[0] in "LM" else "unexpected_character"
    name = unicodedata.name(character, "")
    return ConditionFault(code, column, {"character": character, "name": name})


def _refuse_invisible(text: str) -> None:
    for index, character in enumerate(text):
        hidden = unicodedata.category(character) in _INVISIBLE_CATEGORIES and character not in _BLANK
        if hidden or character in _ALSO_INVISIBLE or _is_variation_selector(character):
            values = {"character": f"U+{ord(character):04X}", "name": unicodedata.name(character, "")}
            raise ConditionFault("invisible_character", index + 1, values)


def _is_variation_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def _folded(text: str) -> Characters:
    folded: list[str] = []
    columns: list[int] = []
    quoted_only: list[tuple[int, str]] = []
    for start, cluster in _clusters(text):
        if unicodedata.decomposition(cluster[0]).startswith(_MEANING_CHANGED):
            quoted_only.append((len(columns), cluster[0]))
        plain = unicodedata.normalize("NFKC", cluster)
        folded.append(plain)
        columns.extend([start + 1] * len(plain))
    return Characters("".join(folded), tuple(columns), tuple(quoted_only))


def _clusters(text: str) -> list[tuple[int, str]]:
    """Cut the text before every character that does not combine with the one before it."""
    starts = [index for index, character in enumerate(text) if index == 0 or not unicodedata.combining(character)]
    return [(start, text[start:end]) for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
