"""Tells the words of a condition apart: keywords, numbers, functions, names; with or without spaces between them."""

from dataclasses import replace
from itertools import pairwise
from typing import Final

from desktop.workflow.conditions.characters import same_spelling
from desktop.workflow.conditions.scope import Scope
from desktop.workflow.conditions.segments import LONGEST_RUN, Segmenter, has_keyword, parts_of, rough_parts
from desktop.workflow.conditions.tokens import Lexeme, is_number, number_at, number_fault, numbers_in, scan
from desktop.workflow.conditions.types import ConditionFault
from desktop.workflow.conditions.words import AFTER_OPERAND, OPERANDS, function, keyword

_LONGEST_PHRASE: Final = 6  # words in one English name, after the first
_NUMBERS_TRIED: Final = 5
_QUANTIFIERS: Final = {"ALL", "EXISTS"}


def read_words(text: str, scope: Scope) -> list[Lexeme]:
    """Return the tokens of a condition, every one of a kind the grammar knows.

    Errors: ConditionFault of `scan`, `ambiguous_name` for a run of letters that can be read in several ways,
    `too_long_without_spaces`, `number_too_large`, `leading_zero`, `number_with_unit`.
    """
    lexemes = scan(text)
    if not lexemes:
        raise ConditionFault("empty", 1)
    return _Reader(lexemes, scope).read()


class _Reader:
    """Goes through the tokens of one condition from left to right."""

    def __init__(self, lexemes: list[Lexeme], scope: Scope) -> None:
        self._lexemes = lexemes
        self._scope = scope
        self._binders = _binders(lexemes)
        self._variables = {lexemes[index].text for index in self._binders}
        self._seen: set[str] = set()
        self._options: set[str] = set()
        self._read: list[Lexeme] = []

    def read(self) -> list[Lexeme]:
        for lexeme in self._lexemes:
            if lexeme.kind == "RUN":
                self._note_options(lexeme.text)
        for index, lexeme in enumerate(self._lexemes):
            if lexeme.kind == "RUN":
                self._read_run(index, lexeme)
            else:
                self._add(lexeme)
        return self._read

    def _read_run(self, index: int, run: Lexeme) -> None:
        call_follows = index + 1 < len(self._lexemes) and self._lexemes[index + 1].kind == "LPAR"
        if index in self._binders or self._is_one_word(run.text):
            self._add_word(run, call_follows=call_follows)
            return
        parts = self._split(run, call_follows=call_follows)
        start = 0
        for number, part in enumerate(parts, 1):
            at_end = number == len(parts)
            piece = replace(
                run, text=part, column=run.column + start, start=run.start + start, end=run.start + start + len(part)
            )
            self._add_word(piece, call_follows=call_follows and at_end)
            start += len(part)

    def _is_one_word(self, word: str) -> bool:
        return keyword(word) is not None or is_number(word) or self._is_operand(word)

    def _is_operand(self, word: str) -> bool:
        return self._scope.knows(word, self._variables) or word in self._options

    def _split(self, run: Lexeme, *, call_follows: bool) -> tuple[str, ...]:
        if not has_keyword(run.text):
            return (run.text,)
        if len(run.text) > LONGEST_RUN:
            raise ConditionFault("too_long_without_spaces", run.column, {"limit": LONGEST_RUN})
        for part in parts_of(run.text):
            self._note_options(part)
        readings = Segmenter(run.text, self._is_operand, call_follows).readings(after_operand=self._after_operand())
        if len(readings) > 1:
            candidates = tuple(" ".join(reading) for reading in readings)
            raise ConditionFault("ambiguous_name", run.column, {"name": run.text, "candidates": candidates})
        if not readings:
            self._refuse_unit(run, call_follows=call_follows)
            return rough_parts(run.text)
        return readings[0]

    def _refuse_unit(self, run: Lexeme, *, call_follows: bool) -> None:
        """Name the unit when everything before it can be read: 面积大于300平方米."""
        for number in numbers_in(run.text)[:_NUMBERS_TRIED]:
            before = run.text[: number.end()]
            if Segmenter(before, self._is_operand, call_follows).readings(after_operand=self._after_operand()):
                values = {"number": number.group(), "unit": run.text[number.end() :]}
                raise ConditionFault("number_with_unit", run.column + number.start(), values)

    def _note_options(self, word: str) -> None:
        """Remember the options of the facts spoken of: their words may stand bare in this condition."""
        meaning = self._scope.meaning(word, self._variables)
        if meaning and meaning.kind and meaning.kind.options and meaning.kind.code not in self._seen:
            self._seen.add(meaning.kind.code)
            self._options.update(map(same_spelling, (*meaning.kind.options, *meaning.kind.option_labels)))

    def _after_operand(self) -> bool:
        return bool(self._read) and self._read[-1].kind in OPERANDS

    def _add_word(self, word: Lexeme, *, call_follows: bool) -> None:
        if word.text in AFTER_OPERAND and self._after_operand():
            self._add(replace(word, kind="COMPARE", operator=AFTER_OPERAND[word.text].operator))
        elif call_follows and function(word.text):
            self._add(replace(word, kind="FUNCTION", operator=function(word.text) or ""))
        elif found := keyword(word.text):
            self._add_keyword(replace(word, kind=found.kind, operator=found.operator))
        elif is_number(word.text):
            self._add_number(word)
        elif word.text[0].isdigit() and not self._is_operand(word.text):
            number = number_at(word.text, 0)
            values = {"number": number, "unit": word.text[len(number) :]}
            raise ConditionFault("number_with_unit", word.column, values)
        elif call_follows:
            self._add(replace(word, kind="FUNCTION"))
        else:
            self._add_name(word)

    def _add_keyword(self, word: Lexeme) -> None:
        previous = self._read[-1] if self._read else None
        if word.kind == "IN" and previous and previous.kind == "NOT":
            self._read[-1] = replace(previous, kind="NOT_IN", end=word.end)
        else:
            self._add(word)

    def _add_number(self, word: Lexeme) -> None:
        if fault := number_fault(word.text, word.column):
            raise fault
        self._add(replace(word, kind="NUMBER"))

    def _add_name(self, word: Lexeme) -> None:
        """Add a name, joined to the words before it when together they are a name known with spaces in it."""
        words = [word]
        for previous in reversed(self._read[-_LONGEST_PHRASE:]):
            if previous.kind != "WORD":
                break
            words.insert(0, previous)
            joined = " ".join(part.text for part in words)
            if self._is_operand(joined):
                del self._read[-(len(words) - 1) :]
                word = replace(words[0], text=joined, end=word.end)
                break
        self._add(replace(word, kind="WORD"))

    def _add(self, lexeme: Lexeme) -> None:
        self._read.append(lexeme)


def _binders(lexemes: list[Lexeme]) -> set[int]:
    """Return where the names stand that a quantifier gives to the members it goes through."""
    return {
        index + 1
        for index, (lexeme, following) in enumerate(pairwise(lexemes))
        if lexeme.kind == "RUN" and following.kind == "RUN" and _is_quantifier(lexeme.text)
    }


def _is_quantifier(word: str) -> bool:
    found = keyword(word)
    return found is not None and found.kind in _QUANTIFIERS
