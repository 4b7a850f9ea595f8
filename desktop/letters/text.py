"""Words that come from people: cleaned once, kept in two languages, and never taken for markup."""

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

# Joiners decide the shape of a written name (Uyghur, Mongolian); every other format character is invisible.
_JOINERS = frozenset("\u200c\u200d")
# Inside a text layout the object mark stands for a picture; as text it is noise.
_OBJECT_MARK = "\ufffc"
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n\u3000]+")


def _is_noncharacter(character: str) -> bool:
    """Say whether Unicode sets the code aside for programs; text layouts mark their frames with such codes."""
    code = ord(character)
    return 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE


def _is_written(character: str) -> bool:
    """Say whether a character can stand in a letter; private and unassigned ones stay, so that they are asked about."""
    if character in _JOINERS:
        return True
    invisible = unicodedata.category(character) in _UNSEEN
    return not invisible and character != _OBJECT_MARK and not _is_noncharacter(character)


def clean_text(text: str) -> str:
    """Keep what can be read: one kind of line break, one kind of space, no invisible or layout characters."""
    text = _SPACES.sub(" ", _BREAKS.sub("\n", text))
    kept = "".join(character for character in text if character == "\n" or _is_written(character))
    return "\n".join(line.strip(" ") for line in kept.split("\n")).strip("\n")


def clean_line(text: str) -> str:
    """Clean a text that stands on one line, such as a name or a number."""
    return " ".join(clean_text(text).split("\n"))


Line = Annotated[str, AfterValidator(clean_line)]
"""A text on one line, possibly empty."""
SaidLine = Annotated[str, AfterValidator(clean_line), Field(min_length=1)]
"""A text on one line that must not be empty."""
Words = Annotated[str, AfterValidator(clean_text)]
"""A text that may have several paragraphs."""


class Part(BaseModel):
    """A piece of what a letter says: fixed once made, with nothing beside what was asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Bilingual(Part):
    """The same words in Chinese and in English; what has no English is given in Chinese."""

    zh: Annotated[str, AfterValidator(clean_text), Field(min_length=1)]
    en: Words = ""
