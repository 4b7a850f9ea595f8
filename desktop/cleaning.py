"""Text as it enters the hall: whatever is typed, pasted or imported passes here before anything keeps it."""

import re
import unicodedata
from typing import Final, TypeVar

Value = TypeVar("Value")

LINE_POINTS: Final = 200
TEXT_POINTS: Final = 4000
NAME_POINTS: Final = 200
CODE_POINTS: Final = 64
CELL_UNITS: Final = 32_767
"""What one cell of a spreadsheet holds, in UTF-16 units."""

# Pasted text may carry invisible characters and blanks on top of what counts; beyond this nothing is even looked at.
_SLACK: Final = 1024

_NEWLINES: Final = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_EMPTY_LETTERS: Final = "\u3164\uffa0\u2800"  # letters by class, blanks to the eye
_FULL_WIDTH: Final = {point: point - 0xFEE0 for point in range(0xFF01, 0xFF5F)}
_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣", "-"))
_NAME_DOTS: Final = str.maketrans(dict.fromkeys("•‧∙⋅・･", "·"))
_FORMULA_STARTS: Final = "=+-@＝＋－＠"
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")


class TextFault(Exception):
    """A text the program cannot take as it is: a code, and the figures the sentence about it needs."""

    def __init__(self, code: str, **values: int) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def clean_line(text: str, *, max_points: int = LINE_POINTS) -> str:
    """Return the text as one tidy line of at most `max_points` code points, or raise `TextFault`."""
    _bound(text, max_points)
    return _within(_tidy(_NEWLINES.sub(" ", text)), max_points)


def clean_text(text: str, *, max_points: int = TEXT_POINTS) -> str:
    """Return the text tidied line by line, at most `max_points` code points with its line ends, or raise."""
    _bound(text, max_points)
    lines = [_tidy(line) for line in _NEWLINES.split(text)]
    return _within("\n".join(lines).strip("\n"), max_points)


def clean_name(text: str, *, max_points: int = NAME_POINTS) -> str:
    """Return a person's or body's name tidied, with the one dot (·) that the register writes between its parts."""
    return clean_line(text, max_points=max_points).translate(_NAME_DOTS)


def clean_code(text: str, *, max_points: int = CODE_POINTS) -> str:
    """Return a number or code in plain ASCII width and dashes, without blanks and in capitals, or raise."""
    _bound(text, max_points)
    plain = _visible(_NEWLINES.sub("", text)).translate(_FULL_WIDTH).translate(_DASHES)
    return _within("".join(plain.split()).upper(), max_points)


def name_questions(name: str) -> tuple[str, ...]:
    """Say what is odd about a cleaned name, so that the clerk looks again; nothing here forbids the name.

    `digits`: it holds digits. `private_use`: it holds a character that other machines show as another one or as
    a blank. `no_letters`: nothing in it is a letter or a character.
    """
    classes = [unicodedata.category(point) for point in name]
    questions = {
        "digits": "Nd" in classes,
        "private_use": "Co" in classes,
        # Characters newer than Python's tables are unassigned (Cn) to it, and yet are people's names.
        "no_letters": not any(kind[0] == "L" or kind in {"Co", "Cn", "Nl"} for kind in classes),
    }
    return tuple(code for code, asked in questions.items() if asked)


def spreadsheet_safe(value: Value) -> Value | str:
    """Return the value for a spreadsheet's cell: text that looks like a formula gets an apostrophe and stays text.

    Anything but text is returned as it is. Whoever writes the file still has to write text cells, or the program
    that opens it rounds long numbers. Text longer than a cell raises `TextFault`: it would be cut without a word.
    """
    if not isinstance(value, str):
        return value
    shown = _UNPRINTABLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    if shown.lstrip().startswith(tuple(_FORMULA_STARTS)) or shown.startswith(("\t", "\n")):
        shown = "'" + shown
    if (units := len(shown) + sum(point > "\uffff" for point in shown)) > CELL_UNITS:
        raise TextFault("too_long", limit=CELL_UNITS, length=units)
    return shown


def _bound(text: str, max_points: int) -> None:
    """Refuse what is far too long or not Unicode before any work that grows with the text."""
    if len(text) > 2 * max_points + _SLACK:
        raise TextFault("too_long", limit=max_points, length=len(text))
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise TextFault("lone_surrogate", place=error.start + 1) from None


def _within(cleaned: str, max_points: int) -> str:
    """Return the cleaned text if it keeps the cap; a text is never cut in silence."""
    if len(cleaned) > max_points:
        raise TextFault("too_long", limit=max_points, length=len(cleaned))
    return cleaned


def _tidy(line: str) -> str:
    """Compose the line (NFC), take out what cannot be seen, and leave single blanks inside only."""
    return " ".join(unicodedata.normalize("NFC", _visible(line)).split())


def _visible(line: str) -> str:
    """Take out control and format characters and the two non-characters; tabs and odd blanks become blanks."""
    if line.isascii() and line.isprintable():
        return line
    return "".join(_shown(point) for point in line)


def _shown(point: str) -> str:
    """Return the character, a blank in its place, or nothing."""
    if point.isspace() or point in _EMPTY_LETTERS:
        return " "
    if unicodedata.category(point) in {"Cc", "Cf"} or ord(point) & 0xFFFE == 0xFFFE or "\ufdd0" <= point <= "\ufdef":
        return ""
    return point
