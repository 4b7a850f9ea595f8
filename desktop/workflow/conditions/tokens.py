"""Cuts a condition into words, numbers, dates, texts and signs, in either language."""

import re
from dataclasses import dataclass
from typing import Final

from desktop.workflow.conditions.characters import Characters, normalise, refuse_letter, same_spelling
from desktop.workflow.conditions.types import MAX_DEPTH, MAX_DIGITS, ConditionFault
from desktop.workflow.conditions.words import SYMBOLS

_HAN: Final = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_DATE: Final = r"(?<![0-9])[0-9]{4}(?:-[0-9]{2}-[0-9]{2}|年[0-9]{1,2}月[0-9]{1,2}日)(?![0-9])"
_LETTERS: Final = f"(?:(?!{_DATE})[A-Za-z0-9_{_HAN}])+"
_SIGNS: Final = "|".join(re.escape(sign) for sign in sorted(SYMBOLS, key=len, reverse=True))

_TOKEN: Final = re.compile(
    rf"""(?P<SPACE>[ \t\r\n]+)
    | (?P<STRING>"(?:[^"\\\t\r\n]|\\.)*" | '(?:[^'\\\t\r\n]|\\.)*' | “[^”\t\r\n]*” | ‘[^’\t\r\n]*’ | 「[^」\t\r\n]*」)
    | (?P<DATE>{_DATE})
    | (?P<RUN>{_LETTERS}(?:\.{_LETTERS})*)
    | (?P<SIGN>{_SIGNS})""",
    re.VERBOSE,
)
_ESCAPE: Final = re.compile(r"\\(.)")
_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_NAME: Final = re.compile(f"{_LETTERS}(?:\\.{_LETTERS})*")


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One token: its kind, its text, the operator it stands for, the column where it begins, and its position.

    `end` is the position after it in the normalised text, by which one sees whether two of them touch.
    """

    kind: str
    text: str
    column: int
    start: int
    end: int
    operator: str = ""


def scan(text: str) -> list[Lexeme]:
    """Cut the text into runs of letters (not yet told apart), texts, dates and signs.

    Errors: ConditionFault for too long a text, a character that cannot stand there, an open quotation mark, or
    brackets that do not match or lie deeper than MAX_DEPTH.
    """
    characters = normalise(text)
    found = _cut(characters)
    _refuse_outside_quotes(characters, found)
    _check_brackets(found)
    return found


def is_name(word: str) -> bool:
    """Tell whether a name can be written in a condition as it is, in one run of letters."""
    return bool(_NAME.fullmatch(word))


def number_fault(word: str, column: int) -> ConditionFault | None:
    """Return what is wrong with a number, when something is."""
    digits = word.replace(".", "")
    if len(digits) > MAX_DIGITS:
        return ConditionFault("number_too_large", column, {"digits": len(digits), "limit": MAX_DIGITS})
    if len(word) > 1 and word[0] == "0" and word[1] != ".":
        return ConditionFault("leading_zero", column, {"number": word})
    return None


def is_number(word: str) -> bool:
    """Tell whether a run is a plain number, without sign, unit or exponent."""
    return bool(_NUMBER.fullmatch(word))


def number_at(run: str, start: int) -> str:
    """Return the number that begins at a place of a run, or nothing."""
    match = _NUMBER.match(run, start)
    return match.group() if match else ""


def numbers_in(run: str) -> list[re.Match[str]]:
    """Return the numbers that stand in a run, from left to right."""
    return list(_NUMBER.finditer(run))


def _cut(characters: Characters) -> list[Lexeme]:
    lexemes: list[Lexeme] = []
    position, text = 0, characters.text
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise _unreadable(characters, position)
        if match.lastgroup != "SPACE":
            lexemes.append(_lexeme(match, characters.column(position)))
        position = match.end()
    return lexemes


def _lexeme(match: re.Match[str], column: int) -> Lexeme:
    kind, written = match.lastgroup or "", match.group()
    if kind == "STRING":
        return Lexeme("STRING", _unquoted(written, column), column, match.start(), match.end())
    if kind == "SIGN":
        sign = SYMBOLS[written]
        return Lexeme(sign.kind, written, column, match.start(), match.end(), sign.operator)
    return Lexeme(kind, written, column, match.start(), match.end())


def _unquoted(written: str, column: int) -> str:
    inner = written[1:-1]
    if written[0] in "\"'" and "\\" in inner:
        for escape in _ESCAPE.finditer(inner):
            if escape[1] not in "\"'\\":
                raise ConditionFault("bad_escape", column + escape.start() + 1, {"escape": escape[0]})
        inner = _ESCAPE.sub(r"\1", inner)
    return same_spelling(inner)


def _unreadable(characters: Characters, position: int) -> ConditionFault:
    character, column = characters.text[position], characters.column(position)
    if character in "\"'“‘「":
        return ConditionFault("unclosed_string", column, {"character": character})
    for start, written in characters.quoted_only:
        if characters.column(start) == column:  # ½ becomes three characters, of which the second cannot be read
            return ConditionFault("compatibility_character", column, {"character": written})
    return refuse_letter(character, column)


def _refuse_outside_quotes(characters: Characters, lexemes: list[Lexeme]) -> None:
    for position, character in characters.quoted_only:
        holder = next((lexeme for lexeme in lexemes if lexeme.start <= position < lexeme.end), None)
        if holder is None or holder.kind != "STRING":
            values = {"character": character}
            raise ConditionFault("compatibility_character", characters.column(position), values)


def _check_brackets(lexemes: list[Lexeme]) -> None:
    still_open: list[Lexeme] = []
    for lexeme in lexemes:
        if lexeme.kind in {"LPAR", "LSQB"}:
            still_open.append(lexeme)
            if len(still_open) > MAX_DEPTH:
                raise ConditionFault("too_deep", lexeme.column, {"limit": MAX_DEPTH})
        elif lexeme.kind in {"RPAR", "RSQB"}:
            before = still_open.pop() if still_open else None
            if before is None or before.kind[1:] != lexeme.kind[1:]:
                raise ConditionFault("unbalanced", lexeme.column, {"bracket": lexeme.text})
    if still_open:
        raise ConditionFault("unbalanced", still_open[-1].column, {"bracket": still_open[-1].text})
