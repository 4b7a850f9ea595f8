"""The conditions department experts write: text in Chinese or English, a tree, and a three-valued value.

    经营面积 > 300 且 (有明火 或 有冷库) 且 区县 属于 ["城关", "新添"]
    premises.area > 300 and (open_fire or cold_store) and district in ["Chengguan", "Xintian"]

What is not known is neither true nor false: the condition is then UNKNOWN, with the facts that could settle it.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from desktop.workflow.conditions.evaluation import ClaimFunction, claim_function
from desktop.workflow.conditions.names import FactNames
from desktop.workflow.conditions.parsing import read_claim
from desktop.workflow.conditions.table import MAX_ROWS, Cell, Row, claim_of, rows_of
from desktop.workflow.conditions.text import Writer
from desktop.workflow.conditions.tree import (
    Age,
    Always,
    Claim,
    NextDay,
    Today,
    opposite,
    reads_of,
    walk,
)
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.conditions.types import (
    MAX_CHARACTERS,
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_NESTED_QUANTIFIERS,
    NO_ANSWER,
    UNKNOWN,
    Absent,
    CaseDays,
    ConditionFault,
    FactKind,
    FactRef,
    FactType,
    Language,
    Lookup,
    Names,
    NearNames,
    RoleNames,
    WrongValue,
)

__all__ = [
    "ALWAYS",
    "MAX_CHARACTERS",
    "MAX_DEPTH",
    "MAX_DIGITS",
    "MAX_NESTED_QUANTIFIERS",
    "MAX_ROWS",
    "NO_ANSWER",
    "UNKNOWN",
    "Absent",
    "Cell",
    "Condition",
    "ConditionFault",
    "FactKind",
    "FactNames",
    "FactRef",
    "FactType",
    "Language",
    "Lookup",
    "Names",
    "NearNames",
    "RoleNames",
    "Row",
    "Truth",
    "Verdict",
    "WrongValue",
    "from_table",
    "parse",
    "to_table",
]


class Verdict(NamedTuple):
    """The value of a condition and, when it is not decided, the unknown facts that can still decide it."""

    truth: Truth
    missing: frozenset[FactRef] = frozenset()


_DECIDED: Final = {truth: Verdict(truth) for truth in (Truth.FALSE, Truth.TRUE)}
_NO_MEMBERS: Final[Mapping[str, str]] = {}


class Condition:
    """One condition, never changed; two are equal when their trees are, however they were written."""

    __slots__ = ("_function", "_hash", "_tree", "reads", "reads_today", "text")

    def __init__(self, tree: Claim, text: str) -> None:
        self._tree = tree
        self._hash = hash(tree)
        self._function: ClaimFunction | None = None
        self.text: Final = text
        self.reads: Final[frozenset[FactRef]] = reads_of(tree)
        self.reads_today: Final = any(isinstance(node, Age | NextDay | Today) for node in walk(tree))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Condition) and (self is other or self._tree == other.tree)

    def __hash__(self) -> int:
        return self._hash

    def __repr__(self) -> str:
        return f"Condition({self.text!r})"

    def __reduce__(self) -> tuple[type["Condition"], tuple[Claim, str]]:
        return Condition, (self._tree, self.text)

    @property
    def tree(self) -> Claim:
        """The parsed claim."""
        return self._tree

    def evaluate(self, lookup: Lookup, today: date | None = None, opened: date | None = None) -> Verdict:
        """Return the condition's value for the facts that `lookup` gives, on the hall's day.

        `opened` is the day the case was opened: a next day of the year is counted from it.
        `lookup` answers UNKNOWN (or NO_ANSWER, or None) for a fact without a value; money is in yuan.
        Errors: TypeError when the condition reads today and no day is given; WrongValue for a value of another type.
        """
        function = self._function
        if function is None:
            function = self._function = claim_function(self._tree)
        if today is None and self.reads_today:
            raise TypeError("this condition reads today: give the hall's day")
        outcome = function(lookup, CaseDays(today, opened), _NO_MEMBERS)
        if isinstance(outcome, Truth):
            return _DECIDED[outcome]
        return Verdict(Truth.UNKNOWN, outcome)

    def negated(self) -> "Condition":
        """Return the opposite condition; negated twice it is the same again."""
        word = "not" if self.text.isascii() else "非"
        return Condition(opposite(self._tree), f"{word} ({self.text})")

    def to_text(self, language: Language, names: Names) -> str:
        """Return the condition in Chinese or English; read again it is the same tree."""
        return Writer(names, language).write(self._tree)


ALWAYS: Final = Condition(Always(holds=True), "true")


def parse(text: str, names: Names) -> Condition:
    """Return the condition written in Chinese, English or both, checked against the facts.

    Errors: ConditionFault, see its codes; at most MAX_CHARACTERS, MAX_DEPTH and MAX_DIGITS.
    """
    return Condition(read_claim(text, names), text)


def to_table(condition: Condition) -> tuple[Row, ...]:
    """Return the condition as rows of alternatives; a row holds when all its cells do.

    Errors: ConditionFault `not_a_table` when a part is no comparison with constants, `too_many_rows`.
    """
    return rows_of(condition.tree)


def from_table(rows: Sequence[Row], names: Names | None = None, language: Language = "zh") -> Condition:
    """Return the condition of a table; its text is written with the names given, else with the facts' codes."""
    claim = claim_of(rows)
    names = names or FactNames(())
    return Condition(claim, Writer(names, language).write(claim))
