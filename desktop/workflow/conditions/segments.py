"""Takes apart Chinese written without spaces: 经营面积大于300且有明火 is five words."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from desktop.workflow.conditions.tokens import number_at
from desktop.workflow.conditions.words import AFTER_OPERAND, INFIX, KEYWORDS, function

LONGEST_RUN: Final = 200
_LONGEST_NAME: Final = 40
_LONGEST_KEYWORD: Final = max(map(len, KEYWORDS))
_PLAIN_WORDS: Final = [word for word in KEYWORDS if word in "且或" or (not word.isascii() and len(word) > 1)]
_PLAINEST: Final = re.compile(f"({'|'.join(sorted(_PLAIN_WORDS, key=len, reverse=True))})")
_ENOUGH: Final = 2  # two readings already make it ambiguous


def parts_of(run: str) -> list[str]:
    """Return every stretch of the run that could be a name."""
    ends = ((start, end) for start in range(len(run)) for end in range(start + 1, _end(run, start) + 1))
    return [run[start:end] for start, end in ends if _may_cut(run, start) and _may_cut(run, end)]


def rough_parts(run: str) -> tuple[str, ...]:
    """Cut a run that cannot be read at its plainest keywords, so that the unknown word in it can be named alone."""
    return tuple(filter(None, _PLAINEST.split(run)))


def has_keyword(run: str) -> bool:
    """Tell whether a Chinese keyword or a number stands in the run, so that taking it apart is worth while."""
    return any(character.isdigit() for character in run) or any(word in run for word in KEYWORDS if not word.isascii())


@dataclass
class Segmenter:
    """Finds the ways to read one run as words; an operand never follows another without something between."""

    run: str
    is_operand: Callable[[str], bool]
    call_follows: bool
    _known: dict[tuple[int, bool], list[tuple[str, ...]]] = field(default_factory=dict)

    def readings(self, *, after_operand: bool) -> list[tuple[str, ...]]:
        """Return no reading, the only one, or two of several."""
        for start in range(len(self.run) - 1, -1, -1):  # from the end, so that nothing recurses deeply
            for state in (False, True):
                self._known[start, state] = self._from(start, after_operand=state)
        return self._known[0, after_operand]

    def _from(self, start: int, *, after_operand: bool) -> list[tuple[str, ...]]:
        if not _may_cut(self.run, start):
            return []
        found: list[tuple[str, ...]] = []
        for end, then_operand in self._steps(start, after_operand=after_operand):
            word = self.run[start:end]
            rests = [()] if end == len(self.run) else self._known[end, then_operand]
            found.extend((word, *rest) for rest in rests)
            if len(found) >= _ENOUGH:
                break
        return found[:_ENOUGH]

    def _steps(self, start: int, *, after_operand: bool) -> list[tuple[int, bool]]:
        """Return where the next word may end, and whether something complete then stands there."""
        steps = self._keyword_step(start, after_operand=after_operand)
        return steps if after_operand else steps + self._operand_steps(start)

    def _keyword_step(self, start: int, *, after_operand: bool) -> list[tuple[int, bool]]:
        for length in range(_LONGEST_KEYWORD, 0, -1):
            word = self.run[start : start + length]
            if len(word) == length and not word.isascii() and word in KEYWORDS:
                kind = AFTER_OPERAND.get(word, KEYWORDS[word]).kind if after_operand else KEYWORDS[word].kind
                complete = kind in {"TRUE", "FALSE", "TODAY"}
                return [(start + length, complete)] if (kind in INFIX) == after_operand else []
        return []

    def _operand_steps(self, start: int) -> list[tuple[int, bool]]:
        number = number_at(self.run, start)
        steps = [(start + len(number), True)] if number and _may_cut(self.run, start + len(number)) else []
        for end in range(start + 1, _end(self.run, start) + 1):
            word = self.run[start:end]
            called = self.call_follows and end == len(self.run) and function(word)
            if _may_cut(self.run, end) and (called or self.is_operand(word)):
                steps.append((end, True))
        return steps


def _end(run: str, start: int) -> int:
    return min(len(run), start + _LONGEST_NAME)


def _may_cut(run: str, place: int) -> bool:
    """Latin letters and digits that stand together stay together, and a dot belongs to both its sides."""
    if place in {0, len(run)}:
        return True
    before, after = run[place - 1], run[place]
    return not (_is_latin(before) and _is_latin(after))


def _is_latin(character: str) -> bool:
    return character.isascii()  # letters, digits, the underscore and the dot
